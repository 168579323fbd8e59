"""Reports that are usually asked for: this quarter and the last one, of the agreements that were active last.

A report that was made already is offered as it is when nothing has changed since it was asked for.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Max, OuterRef, QuerySet, Subquery

from agencies.models import Agency, Agreement, Event, Paper, User
from commitments.models import Commitment
from config.workdays import day_of
from meetings.models import Meeting
from reports.counting.periods import Period, current_periods, end_instant
from reports.models import Report, ReportStatus
from reports.options import USUAL, ReportOptions

AGREEMENTS, QUARTERS = 3, 2
SHOWN = ("code", "agreement", "period", "status", "options", "as_of", "made_at", "replaced_by", "is_example")
ASIDE = ("report.", "reminder.")
"""Beginnings of verbs that change no figure."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One report to be had by one click; ``ready`` is one that still says what would be said now."""

    agreement: Agreement
    period: Period
    ready: Report | None
    token: uuid.UUID = field(default_factory=uuid.uuid4)


def usual_options(issuer: Agency | None) -> ReportOptions:
    """What is made when nobody chose anything, on the issuer's paper."""
    return ReportOptions(paper=Paper(issuer.paper)) if issuer else USUAL


def makeable_agreements(user: User) -> QuerySet[Agreement]:
    """Agreements of which the person may have a report: entered by an own agency, or with a part in something."""
    return Agreement.objects.near(user)


def presets_for(user: User, *, at: dt.datetime, first: str = "", most: int = AGREEMENTS) -> list[Preset]:
    """The usual reports of a person's main agency, the agreement with the code ``first`` at the top.

    At most ``most`` agreements; one that was signed after a quarter has no report of it.
    """
    issuer = user.rights.main_agency
    if issuer is None:
        return []
    held = Meeting.objects.filter(agreement=OuterRef("pk")).order_by("-held_on")
    by_activity = makeable_agreements(user).annotate(last=Subquery(held.values("held_on")[:1]))
    agreements = sorted(by_activity, key=lambda one: (one.code != first, -(one.last or one.signed_on).toordinal()))
    agreements = agreements[:most]
    periods = current_periods(day_of(at))[:QUARTERS]
    made = _made(issuer, agreements, periods)
    reported = {agreement for agreement, _period in made}
    changes = last_changes([one for one in agreements if one.pk in reported]) if made else {}
    found = []
    for agreement in agreements:
        for period in periods:
            if period.ends_on < agreement.signed_on:
                continue
            report = made.get((agreement.pk, period.code))
            is_ready = report is not None and _still_true(report, period, changes.get(agreement.pk), at=at)
            found.append(Preset(agreement, period, report if is_ready else None))
    return found


def last_changes(agreements: Collection[Agreement]) -> dict[int, dt.datetime]:
    """When something was last recorded about each agreement, its meetings or its commitments, by primary key."""
    found: dict[int, dt.datetime] = {}
    questions = (
        (Commitment.objects.filter(agreement__in=agreements), "commitment", "agreement"),
        (Meeting.objects.filter(agreement__in=agreements), "meeting", "agreement"),
        (Agreement.objects.filter(pk__in=[one.pk for one in agreements]), "agreement", "pk"),
    )
    for rows, kind, key in questions:
        events = Event.objects.filter(object_kind=kind, object_code=OuterRef("code")).order_by("-seq")
        for beginning in ASIDE:
            events = events.exclude(verb__startswith=beginning)
        told = rows.annotate(told=Subquery(events.values("recorded_at")[:1])).order_by().values_list(key)
        for agreement, last in told.annotate(last=Max("told")):
            if last is not None:
                found[agreement] = max(last, found.get(agreement, last))
    return found


def _made(
    issuer: Agency, agreements: Collection[Agreement], periods: Collection[Period]
) -> dict[tuple[int, str], Report]:
    """The latest usual report of each agreement (key) and period that is neither withdrawn nor replaced."""
    rows = (
        Report.objects.filter(issuer=issuer, agreement__in=agreements, period__in=[period.code for period in periods])
        .filter(replaced_by=None)
        .exclude(status=ReportStatus.WITHDRAWN)
        .order_by("made_at", "pk")
        .only(*SHOWN)
    )
    usual = usual_options(issuer)
    return {(report.agreement_id, report.period): report for report in rows if report.chosen == usual}


def _still_true(report: Report, period: Period, changed_at: dt.datetime | None, *, at: dt.datetime) -> bool:
    """Nothing was recorded since, and no day has passed that makes anything later."""
    is_of_now = report.as_of >= end_instant(period) or day_of(report.as_of) == day_of(at)
    return is_of_now and (changed_at is None or changed_at < report.made_at)
