"""What changed from one version of the minutes to the next, word by word, section by section.

Pure: contents in, marked pieces out. Work is bounded: passages are compared by line first, and by word only
where lines differ and are not too long.
"""

import dataclasses
import difflib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from django.utils.translation import gettext as _

from config.templatetags.waktu import tanggal_hari
from meetings.minutes_content import Content
from meetings.minutes_words import attendant_words, day, line_words, time_words

MOST_LINES, MOST_WORDS = 3000, 2000  # of a section, and of one changed passage; longer ones are wholly replaced
LONGEST_SAME = 400  # characters of an unchanged stretch that are shown
_TOKENS = re.compile(r"\s+|[^\s]+")


class Mark(StrEnum):
    """What became of a piece."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclasses.dataclass(frozen=True)
class Piece:
    """A stretch of text with its mark."""

    mark: Mark
    text: str


@dataclasses.dataclass(frozen=True)
class Change:
    """One section that differs."""

    label: str
    pieces: tuple[Piece, ...]


def changes(old: Content, new: Content) -> list[Change]:
    """The sections that differ between two versions, in the order of the document."""
    before, after = dict(sections(old)), dict(sections(new))
    return [
        Change(label, tuple(_short(word_diff(before.get(label, ""), text))))
        for label, text in after.items()
        if before.get(label, "") != text
    ]


def sections(content: Content) -> Iterator[tuple[str, str]]:
    """(label, text) of every part of the minutes that can change."""
    yield _("Jenis dan tanggal"), f"{content['kind']}, {tanggal_hari(day(content['held_on']))}"
    yield _("Waktu"), time_words(content)
    yield _("Tempat"), content["place"]
    yield _("Pimpinan rapat"), content["led_by"]
    yield _("Diterima oleh"), content["received_by"]
    yield _("Peserta"), "\n".join(attendant_words(row) for row in content["attendance"])
    yield _("Catatan umum"), content["general"]
    yield _("Agenda dan pembahasan"), "\n".join(_item_text(item) for item in content["agenda"])
    yield _("Komitmen"), "\n".join(line_words(line) for line in content["lines"])
    yield _("Pernyataan"), "\n".join(f"{row['speaker']}: {row['words']}" for row in content["statements"])


def word_diff(old: str, new: str) -> list[Piece]:
    """The two texts as one, with what was added and removed; joined back, either text is whole."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_LINES:
        return _pair(old, new)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after).get_opcodes():
        was, now = "".join(before[i1:i2]), "".join(after[j1:j2])
        found += [Piece(Mark.SAME, now)] if tag == "equal" else _words(was, now)
    return _joined(found)


def _words(was: str, now: str) -> list[Piece]:
    old, new = _TOKENS.findall(was), _TOKENS.findall(now)
    if max(len(old), len(new)) > MOST_WORDS:
        return _pair(was, now)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        found += [Piece(Mark.SAME, added)] if tag == "equal" else _pair(removed, added)
    return found


def _pair(removed: str, added: str) -> list[Piece]:
    pieces = (Piece(Mark.REMOVED, removed), Piece(Mark.ADDED, added))
    return [piece for piece in pieces if piece.text]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one mark become one piece."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].mark == piece.mark:
            found[-1] = Piece(piece.mark, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found


def _short(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Long unchanged stretches are shortened in the middle; what changed is shown whole."""
    half = LONGEST_SAME // 2
    for piece in pieces:
        if piece.mark == Mark.SAME and len(piece.text) > LONGEST_SAME:
            yield Piece(Mark.SAME, f"{piece.text[:half]} [...] {piece.text[-half:]}")
        else:
            yield piece


def _item_text(item: Content) -> str:
    outcome = f"{_('Hasil')}: {item['outcome']}" if item["outcome"] else ""
    return "\n".join(filter(None, [item["title"], item["discussion"], outcome])) + "\n"
