"""Random agreements: any mixture of conditions, leads, dates, shifts, consents, targets and scope items."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from agencies.models import Agency, Agreement, Clause
from commitments.models import Commitment, Consent, DueBasis, Move, Strength, Terms
from commitments.status import CLOSED, Status, Verb
from meetings.models import Meeting
from tests.factories import AgencyFactory, CommitmentFactory, ProgressFactory, at

NOW = at("2026-03-31", "16.20")
FIRST = dt.date(2025, 12, 20)
KINDS = tuple(Status)
PATIENT = settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@dataclass(frozen=True)
class RowSpec:
    """One commitment in plain values: days count from :data:`FIRST`; ``lead`` and ``scope`` are places in lists."""

    status: Status
    lead: int | None
    due: int | None
    is_agreed: bool
    shared: int
    moved: int
    shifts: tuple[int, ...]
    scope: frozenset[int]
    target: int | None
    realised: int | None
    strength: Strength | None


def specs(*, leads: int = 3, clauses: int = 3, least: int = 0, most: int = 7) -> st.SearchStrategy[list[RowSpec]]:
    """Worlds of ``least`` to ``most`` commitments."""
    days = st.integers(0, 130)
    row = st.builds(
        RowSpec,
        status=st.sampled_from(KINDS),
        lead=st.none() | st.integers(0, leads - 1),
        due=st.none() | days,
        is_agreed=st.booleans(),
        shared=st.integers(0, 60),
        moved=st.integers(70, 101),
        shifts=st.lists(days, max_size=2).map(tuple),
        scope=st.frozensets(st.integers(0, clauses - 1)),
        target=st.none() | st.integers(1, 12),
        realised=st.none() | st.integers(0, 14),
        strength=st.none() | st.sampled_from([Strength.IN_MEETING, Strength.CONFIRMED]),
    )
    return st.lists(row, min_size=least, max_size=most)


@contextmanager
def undone():
    """A world of its own for each example: its rows are rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(
    rows: list[RowSpec], *, meeting: Meeting, leads: list[Agency], clauses: list[Clause], start: int = 1
) -> list[Commitment]:
    """Write the world down with the Terms, Moves and Consents that explain it; codes count from ``start``."""
    return [
        _commitment(spec, code=f"K-2026-{n:03d}", meeting=meeting, leads=leads, clauses=clauses)
        for n, spec in enumerate(rows, start=start)
    ]


def _commitment(spec: RowSpec, *, code: str, meeting: Meeting, leads: list[Agency], clauses: list[Clause]):
    lead = None if spec.lead is None else leads[spec.lead]
    shared, moved, is_draft = _instant(spec.shared), _instant(spec.moved), spec.status == Status.DRAFT
    row = CommitmentFactory(
        code=code, wording=f"Rumusan {code}", meeting=meeting, lead=lead, due_on=_day(spec.due),
        due_basis=_basis(spec, spec.due), target=spec.target, unit="kali" if spec.target else "",
        clauses=[clauses[place] for place in sorted(spec.scope)], created_at=shared,
        status=Status.DRAFT if is_draft else Status.NOT_STARTED, shared_at=None if is_draft else shared,
    )  # fmt: skip
    if is_draft:
        return row
    for n, due in enumerate(spec.shifts, start=2):
        _terms(row, spec, n, due, lead)
    if spec.realised is not None:
        ProgressFactory(commitment=row, realised=spec.realised, at=shared + dt.timedelta(hours=1))
    if spec.strength and lead:
        Consent.objects.create(agency=lead, terms=row.terms.last(), strength=spec.strength, at=shared)
    if spec.status != Status.NOT_STARTED:
        _move(row, spec.status, moved)
    return row


def _terms(row: Commitment, spec: RowSpec, n: int, due: int, lead: Agency | None) -> None:
    """A later version with another date, copied onto the commitment as the actions do."""
    day, basis = _day(due), _basis(spec, due)
    Terms.objects.create(
        commitment=row, n=n, wording=row.wording, lead=lead, due_on=day, due_basis=basis, target=row.target,
        unit=row.unit, at=_instant(spec.shared + 2 * n),
    )  # fmt: skip
    keeper = lead or row.host_agency
    Commitment.objects.filter(pk=row.pk).update(due_on=day, due_basis=basis, late_from=keeper.midnight_after(day))


def _move(row: Commitment, to: Status, instant: dt.datetime) -> None:
    Move.objects.create(commitment=row, from_status=row.status, to_status=to, verb=Verb.REPORT, at=instant)
    Commitment.objects.filter(pk=row.pk).update(
        status=to,
        closed_at=instant if to in CLOSED else None,
        submitted_at=instant if to == Status.SUBMITTED else None,
        merged_into=row.pk if to == Status.MERGED else None,
    )


def _basis(spec: RowSpec, due: int | None) -> str:
    if due is None:
        return ""
    return DueBasis.AGREED if spec.is_agreed else DueBasis.PROPOSED


def _day(place: int | None) -> dt.date | None:
    return None if place is None else FIRST + dt.timedelta(days=place)


def _instant(place: int) -> dt.datetime:
    return at(str(FIRST + dt.timedelta(days=place)), "10.00")


def three_leads() -> list[Agency]:
    """Offices of three zones, so that days end at different instants."""
    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    return [AgencyFactory(code=f"uji-{n}", short_name=f"Kantor {n}", zone=zone) for n, zone in enumerate(zones)]


def scope_of(agreement: Agreement, *, items: int = 3) -> list[Clause]:
    """Scope items numbered from 1; the last one is a part of the first."""
    made = [
        Clause.objects.create(agreement=agreement, number=str(n), text=f"Butir {n}", position=n)
        for n in range(1, items + 1)
    ]
    made[-1].parent = made[0]
    made[-1].save(update_fields=["parent"])
    return made
