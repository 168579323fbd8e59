"""The commitments box: one line, one commitment.

``Edukasi ke SMK @dik1,2 @naker @@Kepala Seksi /30jun #1 ! =4 kali`` names the lead (the first ``@``), who
supports it, the post that does it, a date, a scope item, that it is important, and a target. ``parse`` reads
the whole box and never raises; ``render`` writes a line the way it would be typed, so that what is read can
be shown for correction. Rows copied from a spreadsheet are read as a table (``commitments.reading.table``).
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commitments.reading.entries import entries, needs_shield
from commitments.reading.line import ClauseName, Gap, Line
from commitments.reading.line_reader import LineReader, Vocabulary
from commitments.reading.names import AgencyFinder, AgencyName
from commitments.reading.remarks import Level, Remark, error
from commitments.reading.spans import normalise
from commitments.reading.table.pasted import read_pasted, with_notes

__all__ = ["AgencyName", "ClauseName", "Gap", "Line", "Reading", "parse", "render"]

MAX_LINES = 200  # commitments of one text
_TOKEN_LIKE = re.compile(r"^([(\[]*)(\\*[@/#=])|^(\\*!)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one text says. ``text`` is the text the spans point into: store this one."""

    text: str
    lines: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()  # about the text as a whole

    @property
    def all_remarks(self) -> tuple[Remark, ...]:
        """Every remark in the order of the text."""
        return (*(remark for line in self.lines for remark in line.remarks), *self.remarks)

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What must be mended before the text can be saved."""
        return tuple(remark for remark in self.all_remarks if remark.is_error)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """What the writer may accept."""
        return tuple(remark for remark in self.all_remarks if remark.level is Level.WARNING)


def parse(text: str, *, meeting_on: dt.date, agencies: Sequence[AgencyName], clauses: Sequence[ClauseName]) -> Reading:
    """Read a text of commitments, in time linear to its length; whatever is typed, this never raises."""
    text = normalise(text)
    vocabulary = Vocabulary(meeting_on=meeting_on, finder=AgencyFinder(agencies), clauses=clauses)
    pasted = read_pasted(text, meeting_on=meeting_on, agencies=agencies)
    lines: list[Line] = []
    for entry in entries(pasted.rest):
        if len(lines) == MAX_LINES:
            remark = error("too_many_lines", limit=MAX_LINES).at(line=entry.number, span=entry.span)
            return Reading(text, tuple(lines), (*pasted.remarks, remark))
        row = pasted.lines.get(entry.span.start)
        lines.append(with_notes(row, entry.notes) if row else LineReader(entry, vocabulary).read())
    return Reading(text, tuple(lines), pasted.remarks)


def render(line: Line) -> str:
    """Write a line as it would be typed; reading it again gives the same commitment."""
    wording = _escaped(line.wording)
    if needs_shield(wording):
        wording = f"\\{wording}"
    return "\n".join([" ".join(filter(None, [wording, *_tokens(line)])), *_notes(line)])


def _tokens(line: Line) -> Iterator[str]:
    if line.lead is not None:
        yield from (f"@{code}" for code in (line.lead, *line.supporting))
    if line.person_text:
        yield f"@@{_person(line.person_text)}"
    if line.due_on is not None:
        yield f"/{line.due_on.day}-{line.due_on.month}-{line.due_on.year}"
    yield from (f"#{key}" for key in line.clause_keys)
    if line.is_important:
        yield "!"
    if line.target is not None:
        yield f"={_number(line.target)} {_escaped(line.unit)}".rstrip()


def _notes(line: Line) -> Iterator[str]:
    yield from (f"> {note}" for note in line.note.split("\n") if note)


def _number(value: Decimal) -> str:
    whole, _, part = f"{value:f}".partition(".")
    part = part.rstrip("0")
    return f"{whole},{part}" if part else whole


def _escaped(words: str) -> str:
    """Put a backslash before every word that would be read as a token."""
    return " ".join(_TOKEN_LIKE.sub(r"\1\\\2\3", word) for word in words.split())


def _person(words: str) -> str:
    """The words after ``@@``; the first begins with a letter or digit and needs no escape."""
    first, _, rest = words.partition(" ")
    return f"{first} {_escaped(rest)}".rstrip()
