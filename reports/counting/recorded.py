"""What is on record of commitments, read as plain values: dated rows by commitment, oldest first.

An agreement may hold ten thousand commitments with a hundred thousand rows; a model instance of each would cost
several times what counting them does. Agencies are few and are told by primary key.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from agencies.models import Agreement
from commitments.models import Commitment, Consent, Contribution, Move, Progress, Terms, Verdict, Verification
from commitments.models.commitment import CommitmentQuerySet

LINKS = Commitment.clauses.through


class Promise(NamedTuple):
    """What has no versions of one commitment. ``original``: the words it was born with."""

    pk: int
    code: str
    kind: str
    original: str
    meeting_id: int | None
    meeting_code: str | None
    is_open_list: bool | None
    origin: str
    origin_on: dt.date
    host_id: int
    created_at: dt.datetime
    is_example: bool


class Item(NamedTuple):
    """A scope item to which a commitment is linked."""

    pk: int
    number: str


class Step(NamedTuple):
    """One move: when, where it led, by which verb."""

    at: dt.datetime
    to_status: str
    verb: str


class Version(NamedTuple):
    """One version of what was promised."""

    at: dt.datetime
    pk: int
    wording: str
    lead_id: int | None
    due_on: dt.date | None
    due_basis: str
    target: Decimal | None
    unit: str


class News(NamedTuple):
    """One report of progress with the value it gave."""

    at: dt.datetime
    realised: Decimal | None


class Stated(NamedTuple):
    """What one agency answered to one version."""

    at: dt.datetime
    terms_id: int
    agency_id: int
    agency_name: str
    answer: str
    strength: str
    text: str


class Proven(NamedTuple):
    """A claim that was accepted, and by whom; by a document when ``decided_by_id`` is None."""

    at: dt.datetime
    pk: int
    decided_by_id: int | None


def existing(agreement: Agreement, *, at: dt.datetime) -> CommitmentQuerySet:
    """Return the commitments that existed at ``at``; discarded drafts were slips of the pen."""
    return Commitment.objects.kept().filter(agreement=agreement, created_at__lte=at)


def touched(agreement: Agreement, *, since: dt.datetime, until: dt.datetime) -> CommitmentQuerySet:
    """Return those that are new since ``since``, moved, have another version, or whose agencies answered."""
    meanwhile: dict[str, Any] = {"commitment": OuterRef("pk"), "at__gt": since, "at__lte": until}
    answered = Consent.objects.filter(terms__commitment=OuterRef("pk"), at__gt=since, at__lte=until)
    moved, reworded = Move.objects.filter(**meanwhile), Terms.objects.filter(**meanwhile)
    is_new = Q(created_at__gt=since)
    return existing(agreement, at=until).filter(is_new | Exists(moved) | Exists(reworded) | Exists(answered))


def promises(among: CommitmentQuerySet) -> list[Promise]:
    """Return these commitments, by code. One query."""
    born = Substr("source__text", F("span_start") + 1, F("span_end") - F("span_start"))
    return [
        Promise(*row)
        for row in among.order_by("code").values_list(
            "pk", "code", "kind", born, "meeting", "meeting__code", "meeting__is_open_list", "origin", "origin_on",
            "host_agency", "created_at", "is_example",
        )
    ]  # fmt: skip


def linked(agreement: Agreement) -> dict[int, list[Item]]:
    """Return the scope items of each commitment, in their order, as they are linked now."""
    rows = LINKS.objects.filter(commitment__agreement=agreement).order_by("clause__position", "clause")
    return _grouped(Item, rows.values_list("commitment", "clause", "clause__number"))


def supporting(agreement: Agreement) -> dict[int, list[int]]:
    """Return the supporting agencies of each commitment as they are now."""
    rows = Contribution.objects.filter(commitment__agreement=agreement).order_by("pk")
    found: dict[int, list[int]] = defaultdict(list)
    for commitment, agency in rows.values_list("commitment", "agency"):
        found[commitment].append(agency)
    return found


def steps(of: Q, *, at: dt.datetime) -> dict[int, list[Step]]:
    """Return the moves of each commitment until ``at``; ``of`` says of which, as :func:`of_agreement` does."""
    rows = Move.objects.filter(of, at__lte=at).order_by("at", "pk")
    return _grouped(Step, rows.values_list("commitment", "at", "to_status", "verb"))


def versions(of: Q, *, at: dt.datetime) -> dict[int, list[Version]]:
    """Return the versions of each commitment until ``at``."""
    rows = Terms.objects.filter(of, at__lte=at).order_by("n")
    return _grouped(
        Version,
        rows.values_list("commitment", "at", "pk", "wording", "lead", "due_on", "due_basis", "target", "unit"),
    )


def news(of: Q, *, at: dt.datetime) -> dict[int, list[News]]:
    """Return the progress of each commitment until ``at``, without its texts."""
    rows = Progress.objects.filter(of, at__lte=at).order_by("at", "pk")
    return _grouped(News, rows.values_list("commitment", "at", "realised"))


def stated(consents: QuerySet[Consent]) -> dict[int, list[Stated]]:
    """Return these answers by commitment."""
    return _grouped(
        Stated,
        consents.order_by("at", "pk").values_list(
            "terms__commitment", "at", "terms", "agency", "agency__short_name", "answer", "strength", "text"
        ),
    )


def proven(agreement: Agreement, *, at: dt.datetime) -> dict[int, Proven]:
    """Return the last claim of each commitment that was accepted until ``at``."""
    rows = Verification.objects.filter(claim__commitment__agreement=agreement, at__lte=at, verdict=Verdict.ACCEPTED)
    found = rows.order_by("at", "pk").values_list("claim__commitment", "at", "pk", "decided_by")
    return {commitment: Proven(decided_at, pk, decider) for commitment, decided_at, pk, decider in found}


def of_agreement(agreement: Agreement) -> Q:
    """Rows of every commitment of an agreement."""
    return Q(commitment__agreement=agreement)


def of_these(among: CommitmentQuerySet) -> Q:
    """Rows of some commitments, found within the question itself."""
    return Q(commitment__in=among.order_by().values("pk"))


def _grouped(kind: Any, rows: Any) -> dict[int, list[Any]]:
    """Rows by the commitment that stands first in them."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for commitment, *row in rows:
        groups[commitment].append(kind._make(row))
    return groups
