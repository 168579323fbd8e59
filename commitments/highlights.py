"""A source text cut into pieces for the page: which words stand behind which numbered field.

Every stretch that something was taken from has one number, in the order of the text; two things taken from the
same stretch share it. Stretches may lie inside each other or overlap, so the text is cut at every edge and each
piece knows all the numbers it belongs to. Offsets are code points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commitments.reading.spans import Span


@dataclass(frozen=True)
class Piece:
    """Words between two edges. ``numbers`` cover them, ``begins`` are those whose first words these are."""

    text: str
    start: int
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()

    @property
    def number_list(self) -> str:
        """The numbers as the page's script finds them: `` 3 5 ``."""
        return f" {' '.join(map(str, self.numbers))} "


def numbered(spans: Iterable[Span]) -> dict[Span, int]:
    """Number each distinct stretch from 1 by where it begins; of two that begin together the longer comes first."""
    ordered = sorted(set(spans), key=lambda span: (span.start, -span.end))
    return {span: number for number, span in enumerate((s for s in ordered if len(s)), start=1)}


def pieces(text: str, numbers: Mapping[Span, int]) -> Sequence[Piece]:
    """Cut the text at every edge of a numbered stretch; the pieces together are the text again."""
    edges = sorted({0, len(text), *(edge for span in numbers for edge in (span.start, span.end) if edge <= len(text))})
    opening: dict[int, list[Span]] = {}
    for span in numbers:
        opening.setdefault(span.start, []).append(span)
    covering: list[Span] = []
    found = []
    for start, end in pairwise(edges):
        begins = sorted(opening.get(start, []), key=lambda span: numbers[span])
        covering = [span for span in covering if span.end > start] + begins
        found.append(
            Piece(
                text[start:end],
                start,
                tuple(sorted(numbers[span] for span in covering)),
                tuple(numbers[span] for span in begins),
            )
        )
    return found
