"""What the box begins with when it is opened from an outcome of the minutes or from a statement."""

import dataclasses
import re

from commitments.models import Kind
from meetings.minutes_content import outcome_lines
from meetings.models import Meeting

LONGEST = 1500  # characters of a statement; the box reads lines of 2,000
_SOURCE = re.compile(r"(butir|pernyataan)-([0-9]{1,18})(?:-([0-9]{1,3}))?")


@dataclasses.dataclass(frozen=True)
class Prefill:
    """A line for the box, the kind of its commitment, and the name under which it was asked for."""

    source: str
    line: str
    kind: str


def prefill(meeting: Meeting, asked: str) -> Prefill | None:
    """The line behind ``butir-12-0`` (first line of an outcome) or ``pernyataan-7`` of this meeting.

    None when nothing is asked for, or when it is not there (any more).
    """
    found = _SOURCE.fullmatch(asked)
    if found is None:
        return None
    name, number, line = found[1], int(found[2]), int(found[3] or 0)
    return _outcome(meeting, asked, number, line) if name == "butir" else _statement(meeting, asked, number)


def _outcome(meeting: Meeting, asked: str, item_id: int, line: int) -> Prefill | None:
    item = meeting.agenda.filter(pk=item_id).first()
    lines = outcome_lines(item.outcome) if item else []
    return Prefill(asked, lines[line], Kind.AGREED) if line < len(lines) else None


def _statement(meeting: Meeting, asked: str, statement_id: int) -> Prefill | None:
    """What somebody said is that side's readiness until the other agrees."""
    statement = meeting.statements.filter(pk=statement_id).select_related("agency").first()
    if statement is None:
        return None
    words = " ".join(statement.verbatim.split())[:LONGEST]
    owner = f" @{statement.agency.code}" if statement.agency else ""
    return Prefill(asked, f"{words}{owner}", Kind.PLEDGE)
