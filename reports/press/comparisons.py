"""What a person may compare a text with: meetings, reports and agreements whose record their office keeps."""

import datetime as dt
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agreement, User
from agencies.policy import allowed
from commitments.reading.dates import short_date
from config.templatetags.waktu import tanggal
from config.workdays import day_of
from meetings.models import Meeting
from reports.counting.periods import Period
from reports.models import Report
from reports.press.facts import PressFacts
from reports.press.rules import WRITERS
from reports.press.sources import facts_of_agreement, facts_of_meeting, facts_of_report

Thing = TypeVar("Thing", Meeting, Report, Agreement)
MOST_OFFERED = 30  # of each kind; one further may be asked for by its code


class Comparisons:
    """The things offered to one person; ``asked`` is a code that an address named."""

    def __init__(self, user: User, *, asked: str = "") -> None:
        kept: frozenset[int] = frozenset().union(*(user.rights.by_role[role] for role in WRITERS))
        meetings = Meeting.objects.visible_to(user).held().filter(host_agency__in=kept, shared_at__isnull=False)
        reports = Report.objects.visible_to(user).filter(issuer__in=kept).select_related("agreement", "issuer")
        self.user = user
        self.meetings = _offered(meetings.select_related("counterpart"), asked)
        self.reports = _offered(reports, asked)
        agreements = Agreement.objects.visible_to(user).prefetch_related("parties")
        self.agreements = {
            one.code: one for one in _offered(agreements, asked).values() if allowed(user, "press.write", one)
        }

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Choices of a select, by kind."""
        return [
            (_("Pertemuan"), [(code, _meeting_label(one)) for code, one in self.meetings.items()]),
            (_("Laporan"), [(code, _report_label(one)) for code, one in self.reports.items()]),
            (_("Kesepakatan, keadaan sekarang"), [(code, _label(one)) for code, one in self.agreements.items()]),
        ]

    def facts(self, code: str, *, at: dt.datetime) -> PressFacts:
        """The facts of an offered thing. KeyError for any other code."""
        with override(settings.LANGUAGE_CODE):
            if code in self.meetings:
                return facts_of_meeting(self.meetings[code], at=at)
            if code in self.reports:
                return facts_of_report(self.reports[code])
            agreement, issuer = self.agreements[code], self.user.rights.main_agency
            assert issuer is not None  # nobody without an agency is signed in
            return facts_of_agreement(agreement, until_now(agreement, at=at), issuer=issuer, at=at)


def until_now(agreement: Agreement, *, at: dt.datetime) -> Period:
    """From the day an agreement was signed until today."""
    today = day_of(at)
    first = min(agreement.signed_on, today)
    return Period("kini", f"{short_date(first)} - {short_date(today)}", first, today)


def _offered(rows: "models.QuerySet[Thing]", asked: str) -> dict[str, Thing]:
    """The first rows by code, and the one that was asked for."""
    offered: dict[str, Thing] = {one.code: one for one in rows.filter(code=asked)} if asked else {}
    return offered | {one.code: one for one in rows[:MOST_OFFERED]}


def _meeting_label(meeting: Meeting) -> str:
    partner = f" {meeting.counterpart.short_name}" if meeting.counterpart else ""
    return f"{meeting.code}: {meeting.get_kind_display()}{partner}, {tanggal(meeting.held_on)}"


def _report_label(report: Report) -> str:
    return f"{report.code}: {report.agreement.code}, {report.period_label} ({report.get_status_display()})"


def _label(agreement: Agreement) -> str:
    return f"{agreement.code}: {agreement.get_kind_display()}, {tanggal(agreement.signed_on)}"
