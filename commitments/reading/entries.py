"""From a box full of text to entries: one per commitment, without bullets, with the notes below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from commitments.reading.spans import Span, TextLine, lines_with_spans

_BULLET = re.compile(
    r"(?:[-*\u2013\u2014\u00b7\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u2610-\u2612\u2705\u2714]"
    r"|[0-9]{1,3}[.)]|\([0-9]{1,3}\)|[a-z][.)]|\[[ xX]?\])(?:\s+|\Z)"
    r"|[-\u2013\u2022\u25aa\u25cf](?=[^\W\d_])"
    r"|\[[ xX]?\](?=\w)"
)
_CHAT = re.compile(  # exported and copied messages: [28/01/26 10.15] Nama:  or  28/01/26 10.15 - Nama:
    r"\[[0-9./:, \u00a0\u202fAPMapm-]{8,30}\]\s?[^:\[\]]{1,60}:(?:\s+|\Z)"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4},? [0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?:[ \u202f][APap][Mm])?"
    r" - [^:]{1,60}:(?:\s+|\Z)"
)
_BACKSLASHES = re.compile(r"\\*")
_QUOTED = re.compile(r"\s*>?\s*")
_SAYS = re.compile(r"[^\W_]")
_NOTE_INDENT = 2


@dataclass(slots=True)
class Entry:
    """One commitment as typed: ``text`` without its bullet, standing at ``span``, and its note lines."""

    number: int
    text: str
    span: Span
    notes: list[TextLine] = field(default_factory=list)


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a normalised text.

    Lines that are quoted (``>``) or indented deeper than the text as a whole are notes of the entry above.
    Lines without a letter or digit are rules and blanks, and are passed over.
    """
    margin = min((_indent(line) for line in text.split("\n") if line and not line.isspace()), default=0)
    current: Entry | None = None
    for line in lines_with_spans(text, blank=False):
        if not _says_something(line.text):
            continue
        if current is not None and _is_note(line.text, margin):
            current.notes.append(_inner(line, _QUOTED.match(line.text)))
            continue
        inner = _inner(line, _QUOTED.match(line.text))
        start = prefix_end(inner.text)
        if not _says_something(inner.text[start:]):
            continue
        if current is not None:
            yield current
        current = Entry(line.number, inner.text[start:], Span(inner.span.start + start, inner.span.end))
    if current is not None:
        yield current


def prefix_end(text: str) -> int:
    """Return where the words begin, after bullets, numbers, boxes and the sender of a copied message."""
    position = 0
    while found := _CHAT.match(text, position) or _BULLET.match(text, position):
        position = found.end()
    return position


def is_shielded(text: str) -> bool:
    """Whether ``text`` starts with a backslash that keeps what follows from being read as a bullet or note."""
    found = _BACKSLASHES.match(text)
    return bool(found and found.end()) and needs_shield(text)


def needs_shield(text: str) -> bool:
    """Whether the beginning of ``text`` (after any backslashes) would be read as a bullet or note."""
    found = _BACKSLASHES.match(text)
    bare = text[found.end() :] if found else text
    return bare.startswith(">") or bool(_CHAT.match(bare) or _BULLET.match(bare))


def _says_something(text: str) -> bool:
    return _SAYS.search(text) is not None


def _indent(line: str) -> int:
    """Return the width of the leading white space; a tab is as wide as a note's indent."""
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank) + blank.count("\t") * (_NOTE_INDENT - 1)


def _is_note(line: str, margin: int) -> bool:
    return line.lstrip().startswith(">") or _indent(line) - margin >= _NOTE_INDENT


def _inner(line: TextLine, opening: re.Match[str] | None) -> TextLine:
    """Return the line without what ``opening`` matched and without white space at its end."""
    start = opening.end() if opening else 0
    words = line.text[start:].rstrip()
    begin = line.span.start + start
    return TextLine(line.number, words, Span(begin, begin + len(words)))
