"""What waits for one person's word: claims to verify, reports and errata that another person prepared for release."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Subquery, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agreement, Role, User
from commitments.models.commitment import CommitmentQuerySet
from commitments.queues import awaiting_decision, claims_untold
from config.workdays import day_of
from reports.counting.periods import read_period
from reports.models import Erratum, Report, ReportStatus

COLUMNS = ("status", "n", "since", "code_", "agreement_", "period_")


@dataclass(frozen=True, slots=True)
class Release:
    """A prepared report, or an erratum to one: its document code, and since when it waits.

    ``agreement``: its code; ``period``: in words; ``erratum``: the number of the erratum, None for the report itself.
    """

    code: str
    agreement: str
    period: str
    since: dt.datetime
    erratum: int | None = None

    @property
    def title(self) -> str:
        """What it is, in words."""
        words = {"agreement": self.agreement, "period": self.period}
        if self.erratum is None:
            return _("Laporan %(agreement)s, %(period)s") % words
        return _("Lembar Ralat %(n)d, laporan %(agreement)s, %(period)s") % {"n": self.erratum, **words}

    @property
    def url(self) -> str:
        """The page where it is read and released."""
        if self.erratum is None:
            return reverse("reports:detail", args=[self.code])
        return reverse("reports:erratum", args=[self.code, self.erratum])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims and prepared papers a person may decide; ``oldest_days``: calendar days the oldest claim has waited."""

    is_decider: bool
    claims: int = 0
    oldest_days: int = 0
    releases: tuple[Release, ...] = ()

    @property
    def count(self) -> int:
        """How many decisions wait in all."""
        return self.claims + len(self.releases)


def waiting_for(
    user: User, commitments: CommitmentQuerySet, told: int, *, at: dt.datetime, agreement: Agreement | None = None
) -> Waiting:
    """Count the claims among ``commitments`` that this person may decide, and name what they may release.

    ``told`` are the claims near their posts (:func:`reports.board.tallied.count_turns`). ``agreement`` narrows the
    what is released. One query: a row for the claims, and one for each report or erratum.
    """
    if Role.SUPERVISOR not in user.rights.roles:
        return Waiting(is_decider=False)
    prepared = _reports(user, agreement), _errata(user, agreement)
    found = list(_claims(user, commitments).union(*prepared, all=True))
    more, oldest = next((n or 0, since) for status, n, since, *_rest in found if status != ReportStatus.PREPARED)
    releases = [
        Release(code, of, str(read_period(period)), since, erratum=n or None)
        for status, n, since, code, of, period in found
        if status == ReportStatus.PREPARED
    ]
    return Waiting(
        is_decider=True,
        claims=told + more,
        oldest_days=(day_of(at) - day_of(oldest)).days if oldest else 0,
        releases=tuple(sorted(releases, key=lambda one: (one.since, one.code, one.erratum or 0))),
    )


def _claims(user: User, commitments: CommitmentQuerySet) -> "QuerySet[User, Any]":
    """One row of :data:`COLUMNS`: claims that are not told, and since when the oldest waits (looked up in order)."""
    untold = claims_untold(commitments, user).order_by().values("status").annotate(sum=Sum("turn"))
    oldest = awaiting_decision(commitments, user).order_by("submitted_at")
    return (
        User.objects.filter(pk=user.pk)
        .order_by()
        .values_list(
            _words(""), Subquery(untold.values("sum")), Subquery(oldest.values("submitted_at")[:1]), *[_words("")] * 3
        )
    )


def _reports(user: User, agreement: Agreement | None) -> QuerySet[Report, Any]:
    """The reports this person may release as rows of :data:`COLUMNS`; ``n`` is nought."""
    reports = Report.objects.awaiting_release(user).order_by()
    if agreement is not None:
        reports = reports.filter(agreement=agreement)
    return reports.annotate(
        n=Value(0),
        since=F("prepared_at"),
        code_=F("code"),
        agreement_=F("agreement__code"),
        period_=F("period"),
    ).values_list(*COLUMNS)


def _errata(user: User, agreement: Agreement | None) -> QuerySet[Erratum, Any]:
    """The errata this person may release as rows of :data:`COLUMNS`; ``n`` is their number."""
    errata = Erratum.objects.awaiting_release(user).order_by()
    if agreement is not None:
        errata = errata.filter(report__agreement=agreement)
    return errata.annotate(
        status=_words(ReportStatus.PREPARED),
        since=F("prepared_at"),
        code_=F("report__code"),
        agreement_=F("report__agreement__code"),
        period_=F("report__period"),
    ).values_list(*COLUMNS)


def _words(text: str) -> Value:
    return Value(text, output_field=CharField())
