"""*Daftar hadir* on paper: the empty sheet people sign in the room, and the list of those who were there."""

import dataclasses
import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.qr import qr_address
from meetings.attendance import attendance_of
from meetings.checkin import is_open, listed_by_name_only
from meetings.models import Meeting
from reports.papers.frame import Issuer, Paper, print_paper
from reports.printing.pdf import Rendered

PLACES = 20  # lines of the empty sheet: one page


@dataclasses.dataclass(frozen=True)
class Guest:
    """One line of the list. ``name`` may be empty: the agency was there, nobody was named."""

    name: str
    post_text: str
    agency: str


def guests(meeting: Meeting) -> list[Guest]:
    """Who was there, agencies of the directory first in the order of their tree, then those known by name only."""
    known = [Guest(row.name, row.post_text, row.agency.name) for row in attendance_of(meeting)]
    others = [Guest(row.name, row.post_text, row.agency_text) for row in listed_by_name_only(meeting)]
    return known + others


def print_list(meeting: Meeting, *, at: dt.datetime) -> Rendered:
    """The list of those present, unsigned; an internal paper. Raises :class:`reports.printing.pdf.RenderFailed`."""
    with override(settings.LANGUAGE_CODE):
        paper = _paper(meeting, _("Daftar Hadir"), _("Belum ditandatangani · dokumen internal"))
    return print_paper("papers/attendance_list.html", paper, {"meeting": meeting, "guests": guests(meeting)}, at=at)


def print_sheet(meeting: Meeting, *, at: dt.datetime) -> Rendered:
    """The empty sheet to be signed in the room, with the code of the page at the door while that is open.

    Raises :class:`reports.printing.pdf.RenderFailed`.
    """
    with override(settings.LANGUAGE_CODE):
        paper = _paper(meeting, _("Daftar Hadir"), _("Lembar untuk ditandatangani peserta"))
    qr = ""
    if is_open(meeting, at=at):
        qr = qr_address(settings.SITE_URL + reverse("meetings:checkin", args=[meeting.checkin_token]))
    content = {"meeting": meeting, "places": range(1, PLACES + 1), "qr": qr}
    return print_paper("papers/attendance_sheet.html", paper, content, at=at)


def _paper(meeting: Meeting, title: str, standing: str) -> Paper:
    return Paper(
        title=f"{title} {meeting.code}",
        issuer=Issuer.of(meeting.host_agency),
        standing=standing,
        is_official=True,
        is_example=meeting.is_example,
    )
