"""The list of meetings this person may see."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from agencies.access import SignedInRequest, needs
from config.htmx import page_or_part
from config.paging import NumberedPage, evaluated, paginate
from meetings.forms import MeetingSearch
from meetings.lines import LineCount, line_counts
from meetings.models import Meeting
from meetings.rows import row_of, with_words

COUNT_LIMIT = 1_000
"""Meetings that are counted and shown at most."""


@needs("meeting.list")
def show_list(request: HttpRequest) -> HttpResponse:
    """Newest first, 50 a page; what is looked for stands in the address."""
    signed = cast(SignedInRequest, request)
    visible = Meeting.objects.visible_to(signed.user).standing_apart()
    search = MeetingSearch(request.GET, meetings=visible, keepers=signed.user.rights.own)
    shown = with_words(Meeting.objects.all())  # of those found among the visible ones
    page = paginate(request, search.filter(visible), most=COUNT_LIMIT, shown=shown)
    counts = line_counts(page.object_list, signed.user)
    page = evaluated(page, [(meeting, counts.get(meeting.pk, LineCount())) for meeting in page.object_list])
    context = {
        "page": page,
        "rows": [row_of(meeting, count) for meeting, count in page],
        "search": search,
        "words": _count_words(page, search),
        "may_plan": signed.user.rights.may("meeting.plan"),
    }
    return page_or_part(request, "meetings/list.html", "rows", context)


def _count_words(page: NumberedPage, search: MeetingSearch) -> str:
    if search.is_filtering:
        words = ngettext(
            "%(n)s pertemuan sesuai filter, terbaru di atas.",
            "%(n)s pertemuan sesuai filter, terbaru di atas.",
            page.total,
        )
    else:
        words = ngettext("%(n)s pertemuan, terbaru di atas.", "%(n)s pertemuan, terbaru di atas.", page.total)
    return capfirst(words % {"n": page.total_words})
