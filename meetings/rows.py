"""A row of the list of meetings: what is read for it, and its words."""

from typing import TypedDict

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templatetags.ui import flag, status_tag
from config.templatetags.waktu import tanggal_pendek
from meetings.lines import LineCount
from meetings.models import Meeting, MeetingStatus

READ = (
    "code", "kind", "status", "held_on", "place", "shared_at", "is_example",
    "host_agency__short_name", "counterpart__short_name", "agreement__code",
)  # fmt: skip


class Row(TypedDict):
    """A meeting in the words of its row: the template, drawn fifty times a page, only places them."""

    code: str
    url: str
    title: str
    place: str
    day: str
    keeper: str
    agreement: str  # code
    lines: int  # that this person may see
    state: str
    drafts: SafeString  # how many of the lines are, as a tag
    mark: SafeString


def with_words(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Rows with all their row says."""
    return meetings.select_related("host_agency", "counterpart", "agreement").only(*READ)


def row_of(meeting: Meeting, count: LineCount) -> Row:
    """A row in words; ``count`` tells of its lines."""
    partner, pact, drafts = meeting.counterpart, meeting.agreement, _drafts(meeting, count)
    return Row(
        code=meeting.code,
        url=meeting.get_absolute_url(),
        title=f"{meeting.kind_words} {partner.short_name}" if partner else meeting.kind_words,
        place=meeting.place,
        day=tanggal_pendek(meeting.held_on),
        keeper=meeting.host_agency.short_name,
        agreement=pact.code if pact else "",
        lines=count.all,
        state="" if drafts else _state(meeting),
        drafts=drafts,
        mark=flag("example", _("data contoh")) if meeting.is_example else SafeString(),
    )


def _drafts(meeting: Meeting, count: LineCount) -> SafeString:
    """New drafts beside what was made known."""
    if meeting.status != MeetingStatus.HELD or not meeting.is_shared or not count.drafts:
        return SafeString()
    words = ngettext("%(n)s draf baru", "%(n)s draf baru", count.drafts) % {"n": count.drafts}
    return status_tag("DRAFT", words)


def _state(meeting: Meeting) -> str:
    """Whether it was held and made known."""
    if meeting.status != MeetingStatus.HELD:
        return str(capfirst(meeting.get_status_display()))
    return _("Disampaikan") if meeting.is_shared else status_tag("DRAFT")
