"""From pasted scope items to entries: one numbered item per line, numbers kept as they stand in the paper.

Known beginnings: ``Pasal 3``, ``1.``, ``1)``, ``(1)``, ``1.2``, ``a.``, ``a)``. A letter below a number belongs to
it, an indented line to the less indented one above it. A line without a number continues the one above.
"""

import dataclasses
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

MOST_ITEMS = 200
_LONGEST_NUMBER = 20
_STEP = 2  # spaces; a smaller difference is a slip of the hand, not a level
_ARTICLE = re.compile(r"pasal\s+(?P<label>\d{1,3})\b[.:)]?\s*(?P<text>.*)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3}(?:\.\d{1,3})*)[.)])\s*(?P<text>\S.*)")
_DOTTED = re.compile(r"(?P<plain>\d{1,3}(?:\.\d{1,3})+)\s+(?P<text>\S.*)")
_LETTER = re.compile(r"\(?(?P<label>[a-z])[.)]\s*(?P<text>\S.*)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class ClauseEntry:
    """A scope item: its number in full (``3.1.b``), its words, the number above it, its citation if official."""

    number: str
    text: str
    parent_number: str = ""
    citation: str = ""


class ScopeTextError(ValueError):
    """A line that cannot be read, with its number and what to do."""


@dataclasses.dataclass(frozen=True)
class _Line:
    number: int
    indent: int
    rank: int  # 0 article, 1 number, 2 letter
    label: str
    text: str

    def stands_above(self, other: "_Line") -> bool:
        """Whether ``other`` belongs to this line."""
        if other.rank == 0:
            return False
        if self.rank == 0 or other.label.startswith(f"{self.label}."):
            return True
        deeper = other.indent - self.indent
        return deeper >= _STEP or (deeper > -_STEP and self.rank < other.rank)


def read_scope(text: str) -> list[ClauseEntry]:
    """Read pasted items. Raises ScopeTextError naming the first line that is wrong."""
    entries: list[ClauseEntry] = []
    above: list[tuple[_Line, ClauseEntry]] = []
    seen: set[str] = set()
    for line in _joined(text):
        while above and not above[-1][0].stands_above(line):
            above.pop()
        entry = _entry(line, above[-1] if above else None)
        if entry.number in seen:
            raise ScopeTextError(
                _("Baris %(line)s: nomor %(number)s sudah dipakai di atasnya.")
                % {"line": line.number, "number": entry.number}
            )
        if len(entry.number) > _LONGEST_NUMBER or len(entries) >= MOST_ITEMS:
            raise ScopeTextError(
                _("Baris %(line)s: terlalu banyak tingkat atau butir (paling banyak %(most)s butir).")
                % {"line": line.number, "most": MOST_ITEMS}
            )
        seen.add(entry.number)
        entries.append(entry)
        above.append((line, entry))
    return entries


def _joined(text: str) -> Iterator[_Line]:
    """Numbered lines, each with the unnumbered ones that follow it."""
    current: _Line | None = None
    for number, raw in enumerate(text.expandtabs(4).splitlines(), start=1):
        if not raw.strip():
            continue
        line = _numbered(number, raw)
        if line is not None:
            if current is not None:
                yield current
            current = line
        elif current is None:
            raise ScopeTextError(
                _('Baris %(line)s belum bernomor. Tulis nomornya seperti pada naskah, misalnya "1. ..." atau "a. ...".')
                % {"line": number}
            )
        else:
            current = dataclasses.replace(current, text=f"{current.text} {' '.join(raw.split())}".strip())
    if current is not None:
        yield current


def _numbered(number: int, raw: str) -> _Line | None:
    words = " ".join(raw.split())
    indent = len(raw) - len(raw.lstrip())
    if match := _ARTICLE.fullmatch(words):
        return _Line(number, indent, 0, match["label"], match["text"])
    if match := _DOTTED.fullmatch(words):
        return _Line(number, indent, 1, match["plain"], match["text"])
    if match := _NUMBER.fullmatch(words):
        return _Line(number, indent, 1, match["round"] or match["plain"], match["text"])
    if match := _LETTER.fullmatch(words):
        return _Line(number, indent, 2, match["label"].lower(), match["text"])
    return None


def _entry(line: _Line, above: tuple[_Line, ClauseEntry] | None) -> ClauseEntry:
    parent_line, parent = above if above else (None, None)
    label = line.label
    if parent is not None and not label.startswith(f"{parent.number}."):
        label = f"{parent.number}.{label}"
    return ClauseEntry(
        number=label,
        text=line.text or f"Pasal {line.label}",  # stored, hence in the language of the documents
        parent_number=parent.number if parent else "",
        citation=_citation(line, parent),
    )


def _citation(line: _Line, parent: ClauseEntry | None) -> str:
    """Only what stands in the text itself: an item below an article is cited, others are not."""
    if line.rank == 0:
        return f"Pasal {line.label}"
    if parent is None or not parent.citation:
        return ""
    return f"{parent.citation} ayat ({line.label})" if line.rank == 1 else f"{parent.citation} huruf {line.label}"
