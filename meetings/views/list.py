"""The list of meetings this person may see."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from agencies.access import SignedInRequest, needs
from config.htmx import page_or_part
from config.paging import evaluated, paginate
from meetings.forms import MeetingSearch
from meetings.lines import LineCount, line_counts
from meetings.models import Meeting


@needs("meeting.list")
def show_list(request: HttpRequest) -> HttpResponse:
    """Newest first, 50 a page; what is looked for stands in the address."""
    signed = cast(SignedInRequest, request)
    visible = Meeting.objects.visible_to(signed.user)
    search = MeetingSearch(request.GET, meetings=visible)
    found = search.filter(visible).select_related("host_agency", "counterpart", "agreement")
    page = paginate(request, found)
    counts = line_counts(page.object_list, signed.user)
    page = evaluated(page, [(meeting, counts.get(meeting.pk, LineCount())) for meeting in page.object_list])
    context = {"page": page, "search": search, "words": _count_words(page.total, search)}
    return page_or_part(request, "meetings/list.html", "rows", context)


def _count_words(total: int, search: MeetingSearch) -> str:
    if search.is_filtering:
        words = ngettext(
            "%(n)d pertemuan sesuai filter, terbaru di atas.", "%(n)d pertemuan sesuai filter, terbaru di atas.", total
        )
    else:
        words = ngettext("%(n)d pertemuan, terbaru di atas.", "%(n)d pertemuan, terbaru di atas.", total)
    return words % {"n": total}
