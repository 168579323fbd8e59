"""Places in a text: every reading can say which of the typed words it stands on.

Offsets are code points in the *normalised* text, whose line breaks are ``\\n``. The normalised text
is the one that is stored, so a span stays true for as long as the text is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_LINE_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_INVISIBLE = (
    *range(0x09),  # control characters; a NUL is refused by PostgreSQL
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x00AD,  # soft hyphen, left over from copied PDFs
    0x061C,  # marks and overrides of writing direction: they can show a text in another order than it is read
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
)
_CLEAN: dict[int, str | None] = dict.fromkeys(_INVISIBLE)
# A lone surrogate cannot be stored as UTF-8.
_CLEAN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words this span stands on."""
        return text[self.start : self.end]


class TextLine(NamedTuple):
    """One physical line: its number (from 1), its words and where they stand (without the line break)."""

    number: int
    text: str
    span: Span


def normalise(text: str) -> str:
    """Return ``text`` as it is stored and read: ``\\n`` line breaks, no invisible characters.

    Unicode composition is left alone: it would move offsets and change quoted words. Applying this
    twice changes nothing.
    """
    for line_break in _LINE_BREAKS:
        text = text.replace(line_break, "\n")
    return text.translate(_CLEAN)


def lines_with_spans(text: str, *, blank: bool = True) -> Iterator[TextLine]:
    """Yield every line of a normalised text; ``blank`` ones count, but are left out when not asked for."""
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if blank or (line and not line.isspace()):
            yield TextLine(number, line, Span(start, start + len(line)))
        start += len(line) + 1
