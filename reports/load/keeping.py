"""Put made-up meetings into the database, many at a time: rows are only inserted, children after their parents."""

from collections import Counter as Count
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models, transaction

from agencies.models import Counter
from commitments.models import (
    Commitment,
    CommitmentMerge,
    Consent,
    Contribution,
    Evidence,
    Move,
    Progress,
    Terms,
    Verification,
)
from commitments.status import Status
from meetings.models import Attendance, Meeting, SourceText
from reports.load.telling import Line, Told, is_merge

BATCH = 500
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def keep(meetings: Sequence[Told]) -> None:
    """Insert the meetings with everything that belongs to them, with the next codes of their years."""
    lines = [line for told in meetings for line in told.lines]
    _give_codes("A", [told.meeting for told in meetings], [told.meeting.held_on.year for told in meetings])
    _give_codes("K", [line.commitment for line in lines], [line.commitment.origin_on.year for line in lines])
    _add(Meeting, (told.meeting for told in meetings))
    _add(Attendance, (row for told in meetings for row in told.present))
    _add(SourceText, (told.source for told in meetings))
    for told in meetings:
        _point_merges(told)
    _add(Commitment, (line.commitment for line in lines if not is_merge(line)))
    _add(Commitment, (line.commitment for line in lines if is_merge(line)))
    _add_of_lines(lines)


def _give_codes(kind: str, rows: Sequence[Meeting | Commitment], years: Sequence[int]) -> None:
    """Number the rows in their order, each in its year; the counters move on as if they were made one by one."""
    last: dict[int, int] = {}
    for year, wanted in Count(years).items():
        Counter.objects.get_or_create(kind=kind, year=year)
        counter = Counter.objects.select_for_update().get(kind=kind, year=year)
        last[year] = counter.last
        counter.last += wanted
        counter.save(update_fields=["last"])
    for row, year in zip(rows, years, strict=True):
        last[year] += 1
        row.code = f"{kind}-{year}-{last[year]:03d}"


def _point_merges(told: Told) -> None:
    """A merged line goes into the first line of its meeting that stands; without one it was never merged."""
    target = next((line.commitment for line in told.lines if not is_merge(line) and line.moves), None)
    for line in filter(is_merge, told.lines):
        if target is None:
            line.moves.pop()
            line.commitment.status = Status.NOT_STARTED
            continue
        move = line.moves[-1]
        line.commitment.merged_into = target
        line.merge = CommitmentMerge(
            source=line.commitment, target=target, status_before=move.from_status, at=move.at, by=move.by
        )


def _add_of_lines(lines: Sequence[Line]) -> None:
    linked = Commitment.clauses.through
    versions = [version for line in lines for version in line.versions]
    entries = [entry for line in lines for entry in line.entries]
    _add(
        Contribution,
        (Contribution(commitment=line.commitment, agency=agency) for line in lines for agency in line.supporters),
    )
    _add(linked, (linked(commitment=line.commitment, clause=clause) for line in lines for clause in line.clauses))
    _add(Terms, (version.terms for version in versions))
    _add(Consent, (version.consent for version in versions if version.consent))
    _add(Move, (move for line in lines for move in line.moves))
    _add(Progress, (entry.progress for entry in entries))
    _add(Evidence, (entry.evidence for entry in entries if entry.evidence))
    _add(Verification, (entry.verification for entry in entries if entry.verification))
    _add(CommitmentMerge, (line.merge for line in lines if line.merge))


def _add(kind: type[Row], rows: Iterable[Row]) -> None:
    """Insert rows whose parents have their keys by now."""
    kind._default_manager.bulk_create(list(rows), batch_size=BATCH)
