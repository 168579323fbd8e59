"""The only place where a report counts: one agreement in one period, as of one instant.

The figures take no user and use only what every party may see, so they are the same for everyone.
Stock = shared on or before the period's end and not closed before its start. Flows are counted by the
day of the event inside the period. What a signed-in person sees on a page is counted in ``overview``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agreement
from commitments.models import Strength
from commitments.status import COUNTED, COUNTED_CONDITIONS, REPORT_CLASS, Condition, ReportClass, Status
from config.workdays import day_of
from meetings.models import Meeting, MeetingMerge, MeetingStatus
from reports.counting.aging import AgeFigures, Upcoming, aging, upcoming
from reports.counting.history import Then, history
from reports.counting.leads import LeadFigures, lead_figures
from reports.counting.periods import Period, end_instant
from reports.counting.rows import ReportRow, rows_of
from reports.counting.scope import ClauseFigures, Share, clause_figures, expected_share, realised_share
from reports.counting.trend import Week, trend


@dataclass(frozen=True, slots=True)
class ClassFigure:
    """One of the four classes of SIPTL: ``count`` of ``total``."""

    report_class: ReportClass
    label: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class GapFigures:
    """Open commitments that lack something; ``any`` lack at least one of the four."""

    owner: int
    date: int
    target: int
    scope: int
    any: int


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """A meeting held in the period; an open list has at least ``lines`` commitments."""

    code: str
    held_on: dt.date
    kind: str
    counterpart_name: str
    lines: int
    is_open_list: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """A commitment that is no longer in the stock: closed before the period, void or merged."""

    code: str
    status: Status


@dataclass(frozen=True, slots=True)
class Flows:
    """What happened inside the period, by the day it happened."""

    shared: int
    done: int
    meetings: int
    shifts: int


@dataclass(frozen=True, slots=True)
class AgreementFigures:
    """Everything a report counts. ``at`` is the instant the state is told of, at most the period's end."""

    agreement_code: str
    period: Period
    at: dt.datetime
    rows: tuple[ReportRow, ...]
    outside: tuple[Outside, ...]
    drafts: int
    by_condition: dict[Condition, int]
    classes: tuple[ClassFigure, ...]
    late: int
    longest_days: int
    past_proposal: int
    gaps: GapFigures
    by_strength: dict[Strength, int]
    confirmed_by_partner: int
    claimed: int
    verified: int
    realised: Share
    expected: Share
    aging: tuple[AgeFigures, ...]
    trend: tuple[Week, ...]
    upcoming: tuple[Upcoming, ...]
    by_lead: tuple[LeadFigures, ...]
    clauses: tuple[ClauseFigures, ...]
    rows_without_clause: tuple[str, ...]
    meetings: tuple[MeetingFigures, ...]
    flows: Flows
    is_open_list: bool
    is_example: bool

    @property
    def total(self) -> int:
        """Commitments in the stock; drafts are outside."""
        return len(self.rows)

    @property
    def clauses_without_commitment(self) -> tuple[ClauseFigures, ...]:
        """Scope items under which nothing was promised, nor under their sub-items."""
        return tuple(clause for clause in self.clauses if not clause.total and not clause.below)

    @property
    def clauses_moving(self) -> int:
        """Scope items under which something was begun."""
        return sum(clause.is_moving for clause in self.clauses)

    def sentence(self) -> str:
        """Tell the state in one sentence that counts and names nobody."""
        if not self.total:
            return _("Belum ada komitmen pada periode ini.")
        parts = [_done_words(self.by_condition[Condition.DONE]), _late_words(self.late, self.longest_days)]
        if self.past_proposal:
            parts.append(_("%(n)d melewati tanggal usulan") % {"n": self.past_proposal})
        if self.gaps.any:
            parts.append(_("%(n)d belum lengkap") % {"n": self.gaps.any})
        start = _("Dari sekurang-kurangnya %(n)d komitmen") if self.is_open_list else _("Dari %(n)d komitmen")
        return f"{start % {'n': self.total}}, {', '.join(parts)}."


def figures(
    agreement: Agreement, period: Period, at: dt.datetime, *, within: frozenset[str] | None = None
) -> AgreementFigures:
    """Count an agreement's commitments in a period as of ``at`` (aware; never later than the period's end).

    ``within`` (codes of agencies) keeps only commitments led by one of them, without lead those it keeps;
    meetings stay. Costs at most 12 queries, however many rows.
    """
    instant = min(at, end_instant(period))
    on = day_of(instant)
    then = [t for t in history(agreement, at=instant) if within is None or t.keeper.code in within]
    stock = [t for t in then if _in_stock(t, period)]
    rows = rows_of(stock)
    meetings = _meetings(agreement, period, then, at=instant)
    conditions = Counter(row.condition for row in rows)
    strengths = Counter(row.strength for row in rows)
    verified = sum(row.status == Status.DONE for row in rows)
    return AgreementFigures(
        agreement_code=agreement.code,
        period=period,
        at=instant,
        rows=rows,
        outside=tuple(
            Outside(t.commitment.code, t.status) for t in then if t.status != Status.DRAFT and not _in_stock(t, period)
        ),
        drafts=sum(t.status == Status.DRAFT for t in then),
        by_condition={condition: conditions[condition] for condition in COUNTED_CONDITIONS},
        classes=_classes(rows),
        late=conditions[Condition.LATE],
        longest_days=max((row.days_past for row in rows if row.is_late), default=0),
        past_proposal=sum(row.is_past_proposal for row in rows),
        gaps=_gaps(rows),
        by_strength={strength: strengths[strength] for strength in Strength},
        confirmed_by_partner=sum(row.is_confirmed_by_partner for row in rows),
        claimed=verified + sum(row.status == Status.SUBMITTED for row in rows),
        verified=verified,
        realised=realised_share(rows),
        expected=expected_share(rows, on=on),
        aging=aging(rows),
        trend=trend(then, at=instant),
        upcoming=upcoming(rows, on=on),
        by_lead=lead_figures(rows),
        clauses=clause_figures(agreement, rows, on=on),
        rows_without_clause=tuple(row.code for row in rows if not row.clause_numbers),
        meetings=meetings,
        flows=_flows(stock, period, meetings=len(meetings)),
        is_open_list=any(row.is_open_list for row in rows),
        is_example=agreement.is_example or any(row.is_example for row in rows),
    )


def _in_stock(then: Then, period: Period) -> bool:
    """Shared by then, counted at all, and not closed before the period began."""
    return then.status in COUNTED and (then.closed_at is None or day_of(then.closed_at) >= period.starts_on)


def _classes(rows: tuple[ReportRow, ...]) -> tuple[ClassFigure, ...]:
    counts = Counter(REPORT_CLASS[row.status] for row in rows)
    return tuple(ClassFigure(one, str(one.label), counts[one], len(rows)) for one in ReportClass)


def _gaps(rows: Iterable[ReportRow]) -> GapFigures:
    lacking = [row.gaps for row in rows if row.gaps]
    counts = Counter(gap for gaps in lacking for gap in gaps)
    return GapFigures(
        owner=counts["owner"],
        date=counts["date"],
        target=counts["target"],
        scope=counts["scope"],
        any=len(lacking),
    )


def _meetings(
    agreement: Agreement, period: Period, then: Iterable[Then], *, at: dt.datetime
) -> tuple[MeetingFigures, ...]:
    """Meetings held in the period and made known by ``at``, oldest first."""
    lines = Counter(t.commitment.meeting_id for t in then if t.status in COUNTED)
    held = Meeting.objects.filter(
        agreement=agreement,
        is_discarded=False,
        status=MeetingStatus.HELD,
        held_on__range=(period.starts_on, period.ends_on),
        shared_at__lte=at,
    ).exclude(pk__in=MeetingMerge.objects.filter(at__lte=at, undone_at=None).values("source"))
    return tuple(
        MeetingFigures(
            code=meeting.code,
            held_on=meeting.held_on,
            kind=str(meeting.get_kind_display()),
            counterpart_name=meeting.counterpart.short_name if meeting.counterpart else "",
            lines=lines[meeting.pk],
            is_open_list=meeting.is_open_list,
        )
        for meeting in held.select_related("counterpart").order_by("held_on", "pk")
    )


def _flows(stock: Iterable[Then], period: Period, *, meetings: int) -> Flows:
    counted = list(stock)

    def inside(instants: Iterable[dt.datetime | None]) -> int:
        return sum(1 for instant in instants if instant is not None and day_of(instant) in period)

    return Flows(
        shared=inside(t.shared_at for t in counted),
        done=inside(t.closed_at for t in counted if t.status == Status.DONE),
        meetings=meetings,
        shifts=inside(shift.at for t in counted for shift in t.shifts()),
    )


def _done_words(count: int) -> str:
    return _("%(n)d selesai") % {"n": count} if count else _("belum ada yang selesai")


def _late_words(count: int, longest: int) -> str:
    if not count:
        return _("tidak ada yang melewati tenggat")
    words = ngettext("%(n)d melewati tenggat (%(days)d hari)", "%(n)d melewati tenggat (terlama %(days)d hari)", count)
    return words % {"n": count, "days": longest}
