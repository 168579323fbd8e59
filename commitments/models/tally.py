"""Tallies: how many commitments there are of each sort, so that a page reads sums instead of counting rows.

A tally is a ledger: an action adds rows of plus and minus one, reading sums them, and a sweep puts rows of one
sort together. So writers never wait for each other, and the sums are right at any moment in between.
"""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from agencies.models import Agency, Agreement, Clause, User
from commitments.models.commitment import DueBasis
from commitments.status import Status

WHOSE = ("host_agency", "lead", "agreement")
TOLD = ("n", "dateless", "targetless", "scopeless", "lacking", "examples")


class TallyQuerySet(models.QuerySet["AnyTally"]):
    """Questions about tallies."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Sorts of rows that the person reads because of their host, their lead or their agreement."""
        return self.filter(seen_by(user)) if isinstance(user, User) else self.none()


def seen_by(user: User) -> Q:
    """Shared commitments, or sorts of them, that show their reason to be read: host, lead or agreement."""
    return Q(host_agency__in=user.rights.own) | seen_beside_hosts(user)


def seen_beside_hosts(user: User) -> Q:
    """Those that are read because of lead or agreement."""
    rights = user.rights
    agreements = {*rights.audited_agreements, *rights.open_agreements()}
    return Q(lead__in=rights.own) | Q(agreement__in=agreements)


class AnyTally(models.Model):
    """Sums over shared commitments of one host, lead and agreement."""

    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+", db_index=False)
    is_settled = models.BooleanField(default=False)

    objects = TallyQuerySet.as_manager()

    class Meta:
        abstract = True


class StatusTally(AnyTally):
    """``n`` of them have one status now."""

    status = models.CharField(max_length=11, choices=Status)
    n = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.status}: {self.n}"


class Tally(StatusTally):
    """Commitments inside totals, each once: ``n`` of them in all.

    How many have no date, target or scope item, lack any of these or a lead, and are examples.
    """

    dateless = models.IntegerField()
    targetless = models.IntegerField()
    scopeless = models.IntegerField()
    lacking = models.IntegerField()
    examples = models.IntegerField()

    class Meta:
        indexes = [  # both hold all that a page sums, so the rows themselves are not read
            models.Index(fields=[*WHOSE, "status", *TOLD], name="tally_of_sort"),
            models.Index(fields=["lead", "host_agency", "agreement", "status", *TOLD], name="tally_of_lead"),
        ]


class DateTally(StatusTally):
    """Open commitments with a date. ``passes_at``: from when on the date is past; None while a claim in time waits.

    ``days_past``: of a claim made too late, the calendar days until then; else 0. Long past, ``due_on`` is None.
    """

    due_basis = models.CharField(max_length=8, choices=DueBasis)
    due_on = models.DateField(null=True)
    passes_at = models.DateTimeField(null=True)
    days_past = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["passes_at", *WHOSE, "status", "due_basis", "days_past", "n"], name="date_tally_of_passing"
            ),
            models.Index(fields=["due_on", *WHOSE, "n"], name="date_tally_of_day"),
        ]


class HostTally(AnyTally):
    """Whole agencies are read by their host alone: once more every sum stands there without lead and agreement."""

    is_of_host = models.BooleanField()

    class Meta:
        abstract = True


class DayTally(HostTally):
    """By how much the number of open, late and done commitments grew on a day (WIB), or will when dates pass.

    Days long past are put together on the first of all days.
    """

    day = models.DateField()
    open = models.IntegerField()
    late = models.IntegerField()
    done = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["is_of_host", "host_agency", "day", "open", "late", "done"], name="day_tally_of_host"),
            models.Index(fields=["lead", "day"], name="day_tally_of_lead"),
            models.Index(fields=["agreement", "day"], name="day_tally_of_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.open:+}"


class MonthTally(HostTally):
    """How many of those inside totals were made known in a month (WIB), verified, and given another date.

    ``shifted`` counts each once in the month; the others count it in the first such month of a quarter, half-year and
    year, so that their sums over one count each once, too. Months that no page asks for are put together.
    """

    month = models.DateField()
    shared = models.IntegerField()
    done = models.IntegerField()
    shifted = models.IntegerField()
    shifted_in_quarter = models.IntegerField()
    shifted_in_half = models.IntegerField()
    shifted_in_year = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["is_of_host", "host_agency", "month"], name="month_tally_of_host"),
            models.Index(fields=["lead", "month"], name="month_tally_of_lead"),
            models.Index(fields=["agreement", "month"], name="month_tally_of_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.shared:+}"


class ScopeTally(HostTally):
    """Of those inside totals under a scope item (without ``clause``: under none) how many there are, done and begun.

    ``measured``: how many have a target above nothing, ``planned``: and a date beside it; ``reached``: their percents
    reported, summed up. ``rate`` and ``base`` tell how far even work would have come (``commitments/pace.py``) and
    change on their days; all else, and what is past, is of the first day.
    """

    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+", db_index=False)
    day = models.DateField()
    n = models.IntegerField()
    done = models.IntegerField()
    begun = models.IntegerField()
    measured = models.IntegerField()
    planned = models.IntegerField()
    reached = models.IntegerField()
    rate = models.BigIntegerField()
    base = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["is_of_host", "host_agency", "day"], name="scope_tally_of_host"),
            models.Index(fields=["lead", "day"], name="scope_tally_of_lead"),
            models.Index(fields=["agreement", "day"], name="scope_tally_of_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.n:+}"
