"""The list of commitments as a table: the same rows, in the columns that the import page reads.

A hundred thousand rows pass through here: bare values instead of objects, what belongs to a few hundred rows asked
for together, and each kind of standing judged once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from agencies.models import Party, User
from agencies.policy import allowed
from agencies.standing import Standing
from commitments.models import Contribution, DueBasis
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from config.downloads import Column, Value
from meetings.models import Attendance, Meeting

COLUMNS = (
    Column("Kode", 14),
    Column("Komitmen", 60),
    Column("Penanggung jawab", 28),
    Column("Pendukung", 30),
    Column("Tenggat"),
    Column("Sifat tenggat"),
    Column("Status"),
    Column("Keterangan", 50),
)
_CHUNK = 500


class _Line(NamedTuple):
    """The columns that are read of a commitment, by their names in the database."""

    pk: int
    code: str
    wording: str
    lead: int | None
    lead__short_name: str | None
    due_on: Value
    due_basis: str
    status: str
    note: str
    host_agency: int
    meeting: int | None
    agreement: int | None
    agreement__is_open_between_parties: bool | None


@dataclass(frozen=True)
class _Placed:
    """A commitment as far as the policy looks at it."""

    place: Standing

    def standing(self) -> Standing:
        """Where its agencies stand to it."""
        return self.place


@dataclass
class _Reader:
    """What one person may read of each row, and what belongs to the rows beside their own columns."""

    user: User
    words: dict[str, str]
    judged: dict[Standing, tuple[bool, bool]] = field(default_factory=dict)

    def rows(self, lines: list[_Line]) -> Iterator[tuple[Value, ...]]:
        """The rows of a few hundred lines."""
        supporters = _supporters(line.pk for line in lines)
        present = _present({line.meeting for line in lines if line.lead is None and line.meeting})
        parties = _parties({line.agreement for line in lines if line.agreement__is_open_between_parties})
        for line in lines:
            names = supporters.get(line.pk, {})
            place = Standing(
                host=frozenset({line.host_agency}),
                lead=frozenset({line.lead} if line.lead else ()),
                contributors=frozenset(names),
                present=frozenset(present.get(line.meeting, ()) if line.lead is None else ()),
                parties=frozenset(parties.get(line.agreement, ())),
                agreement=line.agreement,
                is_draft=line.status == Status.DRAFT,
            )
            is_full, has_note = self._may_read(place)
            yield (
                line.code,
                line.wording,
                line.lead__short_name,
                "; ".join(names.values()) if is_full else "",
                line.due_on,
                self.words.get(line.due_basis, ""),
                self.words[line.status],
                line.note if has_note else "",
            )

    def _may_read(self, place: Standing) -> tuple[bool, bool]:
        """Journal and note: who is only a party sees wording, owner, date and status, notes are the host's."""
        if place not in self.judged:
            thing = _Placed(place)
            asked = ("commitment.read_journal", "commitment.read_note")
            journal, note = (bool(allowed(self.user, action, thing)) for action in asked)
            self.judged[place] = journal, note
        return self.judged[place]


def commitment_rows(found: CommitmentQuerySet, user: User) -> Iterator[tuple[Value, ...]]:
    """One row per commitment as far as this person may read it; a few hundred in memory at a time."""
    words = {str(value): str(label) for value, label in (*Status.choices, *DueBasis.choices)}
    reader = _Reader(user, words)
    lines = map(_Line._make, found.values_list(*_Line._fields).iterator(chunk_size=_CHUNK))
    while chunk := list(islice(lines, _CHUNK)):
        yield from reader.rows(chunk)


def _supporters(commitments: Iterable[int]) -> dict[int, dict[int, str]]:
    """By commitment: its supporting agencies with their short names, in the order they were added."""
    rows = Contribution.objects.filter(commitment__in=list(commitments)).order_by("pk")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for commitment, agency, name in rows.values_list("commitment", "agency", "agency__short_name"):
        found[commitment][agency] = name
    return found


def _present(meetings: set[int]) -> dict[int | None, set[int]]:
    """By meeting: the agencies in the room; only asked for rows that nobody leads."""
    found: dict[int | None, set[int]] = defaultdict(set)
    if not meetings:
        return found
    for meeting, agency in Attendance.objects.filter(meeting__in=meetings).values_list("meeting", "agency"):
        found[meeting].add(agency)
    partners = Meeting.objects.filter(pk__in=meetings).exclude(counterpart=None)
    for meeting, agency in partners.values_list("pk", "counterpart"):
        found[meeting].add(agency)
    return found


def _parties(agreements: set[int | None]) -> dict[int | None, set[int]]:
    """By agreement that is open between its parties: these parties."""
    found: dict[int | None, set[int]] = defaultdict(set)
    if not agreements:
        return found
    for agreement, agency in Party.objects.filter(agreement__in=agreements).values_list("agreement", "agency"):
        found[agreement].add(agency)
    return found
