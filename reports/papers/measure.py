"""How wide words are on paper, so that a page of a fixed size can be filled by counting.

Widths are those of the typeface of the papers, in classes; letters it does not hold count as the widest of
the typefaces that stand in for it.
"""

import dataclasses
import math
from itertools import accumulate

POINTS_PER_MM = 72 / 25.4
WORD_SPACE = 0.08  # added to every blank by the style sheet, in em
RAGGED = 0.95  # of a line that is filled before a word goes to the next one
OTHER = 1.3  # em of a letter that another typeface must give
HEAVY = 1.03  # how much wider bold words are
_CLASSES = (
    (" ", 0.16),
    ("'Iijl", 0.24),
    ("!(),.:·", 0.28),
    (";[]r{|}", 0.32),
    ("`", 0.36),
    ('"Jft“”', 0.4),
    ("/\\z", 0.44),
    ("*-?x", 0.48),
    ("LTsvy", 0.52),
    ("7ahknu–", 0.56),
    ("+123569<=>EFXZ^_ce~", 0.6),
    ("$48AKPRSVYo", 0.64),
    ("Bbdgpq…", 0.68),
    ("&0HNU", 0.72),
    ("D", 0.76),
    ("#Cw", 0.8),
    ("GM", 0.84),
    ("OQ", 0.88),
    ("@m", 0.92),
    ("%", 0.96),
    ("W", 1.0),
)
_LETTERS = {letter: width for letters, width in _CLASSES for letter in letters}


@dataclasses.dataclass(frozen=True)
class Text:
    """Words with the number of lines they may take; the style sheet cuts them there."""

    words: str
    lines: int

    @property
    def look(self) -> str:
        """The class that cuts them."""
        return f"lines-{self.lines}"


def fitted(said: str, *, mm: float, most: int, size: float = 9.5, is_heavy: bool = False) -> Text:
    """Words for a column ``mm`` wide at ``size`` points: at most ``most`` lines, longer ones end in an ellipsis."""
    plain = " ".join(said.split())
    line = mm * POINTS_PER_MM / size / (HEAVY if is_heavy else 1)
    widths = list(accumulate(map(_width, plain)))
    if not widths or widths[-1] <= line:
        return Text(plain, 1)
    room = most * line * RAGGED if most > 1 else line
    if widths[-1] <= room:
        return Text(plain, min(most, math.ceil(widths[-1] / (line * RAGGED))))
    return Text(_cut(plain, sum(width <= room - 1 for width in widths)), most)


def _cut(plain: str, longest: int) -> str:
    """The first ``longest`` letters, up to a word if that keeps most of them, and an ellipsis."""
    cut = plain[:longest]
    at_word = cut.rsplit(" ", 1)[0]
    return f"{(at_word if len(at_word) > longest // 2 else cut).rstrip()}…"


def _width(letter: str) -> float:
    """Width of a letter in em."""
    return _LETTERS.get(letter, OTHER) + (WORD_SPACE if letter == " " else 0)
