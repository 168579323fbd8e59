"""One month of what a person may see: meetings, dates of commitments, issued reports, and days off."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from agencies.models import Agreement, Holiday, User
from agencies.policy import allowed
from commitments.models import Commitment, DueBasis
from commitments.models.commitment import CommitmentQuerySet
from commitments.words import Mark, schedule_mark
from config.workdays import WIB, day_of
from meetings.models import Meeting, MeetingQuerySet, MeetingStatus
from reports.counting.periods import Period, end_instant
from reports.models import Report, ReportStatus

MOST = 400
MINE, OURS = "saya", "kita"
_SHOWN = (MeetingStatus.HELD, MeetingStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a day. ``kind`` is meeting, due or report; ``clock`` is empty for the whole day."""

    kind: str
    words: str
    url: str
    note: str
    clock: str = ""
    status: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its items; ``holiday`` is its name when it is off."""

    on: dt.date
    items: tuple[Item, ...]
    holiday: str
    is_in_month: bool
    is_today: bool

    @property
    def is_weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.on.weekday() > 4


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; ``is_cut`` when there was more than fits; ``next_on`` follows an empty month."""

    period: Period
    weeks: tuple[tuple[Day, ...], ...]
    is_cut: bool
    next_on: dt.date | None

    @property
    def days(self) -> list[Day]:
        """The days of the month on which there is something to tell."""
        return [day for week in self.weeks for day in week if day.is_in_month and (day.items or day.holiday)]

    @property
    def total(self) -> int:
        """How many items the month has."""
        return sum(len(day.items) for day in self.days)


@dataclass(frozen=True, slots=True)
class View:
    """Whose month it is: everything visible, :data:`OURS` or :data:`MINE`; of one agreement or of all."""

    user: User
    whose: str = ""
    agreement: Agreement | None = None

    def commitments(self) -> CommitmentQuerySet:
        """Counted rows of this view."""
        rows: CommitmentQuerySet = self._narrowed(Commitment.objects.visible_to(self.user).counted())
        if self.whose == OURS:
            return rows.filter(lead__in=self.user.rights.own)
        if self.whose == MINE:
            return rows.filter(lead_post__in=[tenure.post_id for tenure in self.user.rights.tenures])
        return rows

    def meetings(self) -> MeetingQuerySet:
        """Meetings held or planned, of this view."""
        shown = Meeting.objects.visible_to(self.user).standing_apart().filter(status__in=_SHOWN)
        rows: MeetingQuerySet = self._narrowed(shown)
        if self.whose == OURS:
            own = self.user.rights.own
            there = Meeting.objects.filter(attendance__agency__in=own).values("pk")
            return rows.filter(Q(host_agency__in=own) | Q(counterpart__in=own) | Q(pk__in=there))
        return rows.filter(created_by=self.user) if self.whose == MINE else rows

    def reports(self) -> Any:
        """Issued reports of this view."""
        rows = self._narrowed(Report.objects.visible_to(self.user).filter(published_at__isnull=False))
        if self.whose == OURS:
            return rows.filter(issuer__in=self.user.rights.own)
        return rows.filter(published_by=self.user) if self.whose == MINE else rows

    def _narrowed(self, rows: Any) -> Any:
        return rows.filter(agreement=self.agreement) if self.agreement else rows


def month_of(view: View, period: Period, *, at: dt.datetime) -> Month:
    """Return a month as of ``at``. Four queries, two more when it is empty."""
    found: dict[dt.date, list[Item]] = defaultdict(list)
    seen = 0
    for on, item in (*_meetings(view, period), *_dates(view, period, at=at), *_reports(view, period)):
        found[on].append(item)
        seen += 1
    span = (period.starts_on, period.ends_on)
    off = Holiday.objects.visible_to(view.user).filter(on__range=span, is_removed=False)
    holidays = dict(off.values_list("on", "name"))
    weeks = calendar.Calendar().monthdatescalendar(period.starts_on.year, period.starts_on.month)
    return Month(
        period=period,
        weeks=tuple(
            tuple(Day(on, tuple(found[on]), holidays.get(on, ""), on in period, on == day_of(at)) for on in week)
            for week in weeks
        ),
        is_cut=seen >= MOST,
        next_on=None if seen else _next_after(view, period.ends_on),
    )


def _meetings(view: View, period: Period) -> Iterable[tuple[dt.date, Item]]:
    rows = view.meetings().filter(held_on__range=(period.starts_on, period.ends_on))
    rows = rows.select_related("counterpart", "host_agency").order_by("held_on", "starts_at", "pk")
    for meeting in rows[:MOST]:
        partner = f" {meeting.counterpart.short_name}" if meeting.counterpart else ""
        zone = meeting.host_agency.get_zone_display()
        clock = f"{meeting.starts_at:%H.%M} {zone}" if meeting.starts_at else ""
        note = (
            meeting.get_status_display() if meeting.status == MeetingStatus.PLANNED or meeting.is_shared else _("draf")
        )
        yield (
            meeting.held_on,
            Item("meeting", f"{meeting.get_kind_display()}{partner}", meeting.get_absolute_url(), note, clock),
        )


def _dates(view: View, period: Period, *, at: dt.datetime) -> Iterable[tuple[dt.date, Item]]:
    rows = view.commitments().filter(due_on__range=(period.starts_on, period.ends_on))
    for row in rows.select_related("lead", "host_agency").order_by("due_on", "code")[:MOST]:
        basis = _("tenggat disepakati") if row.due_basis == DueBasis.AGREED else _("tenggat usulan, belum disepakati")
        lead = f"{row.lead.short_name} · " if row.lead else ""
        assert row.due_on is not None
        yield row.due_on, Item(
            "due", f"{row.code} {row.wording}", row.get_absolute_url(), f"{lead}{basis}",
            status=row.status, mark=schedule_mark(row, at=at),
        )  # fmt: skip


def _reports(view: View, period: Period) -> Iterable[tuple[dt.date, Item]]:
    if not allowed(view.user, "report.list"):
        return
    start = dt.datetime.combine(period.starts_on, dt.time.min, tzinfo=WIB)
    rows = view.reports().filter(published_at__range=(start, end_instant(period)))
    rows = rows.select_related("agreement").order_by("published_at")
    for report in rows[:MOST]:
        said = {"agreement": report.agreement.code, "period": report.period_label}
        words = _("Laporan %(agreement)s, %(period)s") % said
        yield day_of(report.published_at), Item("report", words, report.get_absolute_url(), _standing(report))


def _standing(report: Report) -> str:
    """What an issued report is: ``diterbitkan · revisi 2 · publik``."""
    if report.status == ReportStatus.WITHDRAWN:
        words = [_("ditarik")]
    elif report.replaced_by_id is not None:
        words = [_("digantikan")]
    else:
        words = [_("diterbitkan")]
    if report.revision > 1:
        words.append(_("revisi %(n)s") % {"n": report.revision})
    return " · ".join([*words, str(report.get_audience_display())])


def _next_after(view: View, day: dt.date) -> dt.date | None:
    """The next day on which there is something, after an empty month."""
    dates = view.commitments().filter(due_on__gt=day).order_by().aggregate(on=Min("due_on"))["on"]
    held = view.meetings().filter(held_on__gt=day).order_by().aggregate(on=Min("held_on"))["on"]
    return min((on for on in (dates, held) if on), default=None)
