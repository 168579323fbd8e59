"""What changed under an agreement as one reader may see it, for the page and for its file."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from agencies.models import Agreement, User
from agencies.policy import allowed, permit
from commitments.models import Commitment
from config.asked import asked_in
from config.templatetags.waktu import tanggal
from config.workdays import day_of
from reports.counting.changes import Changes, changes, changes_between
from reports.counting.periods import quarter
from reports.forms.changes import ChangesForm
from reports.models import Audience, Report

ASKED = ("dari", "sampai", "lama", "baru")


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks for; without an agreement there is nothing to tell yet."""

    form: ChangesForm
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Seen:
    """The changes a reader may see; ``is_whole`` when these are all there are."""

    changes: Changes
    is_whole: bool


def question_of(query: QueryDict, user: User, *, at: dt.datetime) -> Question:
    """Read an address; an agreement alone is told since its last issued report."""
    agreements = Agreement.objects.visible_to(user)
    chosen = agreements.filter(code=asked_in(query, "kesepakatan")).first()
    reports = _reports(user, chosen)
    typed = _typed(query, chosen, reports, at=at)
    return Question(ChangesForm(typed, agreements=agreements, reports=reports, at=at), chosen)


def seen(agreement: Agreement, form: ChangesForm, user: User) -> Seen:
    """Answer a valid form. Between reports all that was printed, between days what the reader may see. Or Refusal."""
    permit(user, "agreement.read", agreement)
    if reports := form.reports:
        for report in reports:
            permit(user, "report.read", report)
        old, new = (json.loads(report.snapshot) for report in reports)
        return Seen(changes_between(old, new), is_whole=True)
    since, until = form.instants
    visible = Commitment.objects.visible_to(user).filter(agreement=agreement)
    codes = frozenset(visible.values_list("code", flat=True))
    told = changes(agreement, since=since, until=until).only(codes)
    return Seen(told, is_whole=agreement.commitments.counted().count() <= len(codes))


def _reports(user: User, chosen: Agreement | None) -> QuerySet[Report]:
    """Issued reports of the agreement with their rows, for those who may read reports."""
    if chosen is None or not allowed(user, "report.list"):
        return Report.objects.none()
    issued = Report.objects.visible_to(user).filter(published_at__isnull=False, audience=Audience.INTERNAL)
    return issued.filter(agreement=chosen)


def _typed(query: QueryDict, chosen: Agreement | None, reports: QuerySet[Report], *, at: dt.datetime) -> Any:
    """What was asked for; with only an agreement the days since its last issued report, else this quarter."""
    if any(name in query for name in ASKED):
        return query
    if chosen is None:
        return None
    last, today = reports.order_by("as_of").last(), day_of(at)
    first = day_of(last.as_of) if last else quarter(today.year, (today.month - 1) // 3 + 1).starts_on
    days = {"kesepakatan": chosen.code, "dari": tanggal(first), "sampai": tanggal(today)}
    return MultiValueDict({name: [value] for name, value in days.items()})
