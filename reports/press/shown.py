"""A check as the page shows it: the text in numbered pieces, the findings beside it, the sources of each sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from commitments.highlights import Piece, numbered, pieces
from commitments.reading.spans import Span
from reports.press.checking import Check
from reports.press.drafting import Draft
from reports.press.findings import Finding, Verdict
from reports.press.links import SourceLink, source_links

_WORST = (Verdict.DIFFERENT, Verdict.NO_DATA, Verdict.VERIFIED)
_LOOKS = {Verdict.DIFFERENT: "is-different", Verdict.NO_DATA: "is-unknown", Verdict.VERIFIED: "is-verified"}


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its number, its words and the links behind it."""

    number: int
    words: str
    finding: Finding
    links: tuple[SourceLink, ...]


@dataclass(frozen=True)
class ShownPiece:
    """A piece of the text and how its verdict looks."""

    piece: Piece
    look: str


@dataclass(frozen=True)
class ShownSentence:
    """A sentence and what it rests on; the title is number 0."""

    number: int
    text: str
    links: tuple[SourceLink, ...]
    differing: int


class ShownCheck:
    """Everything the pages say about one check. ``drafted``: sources of sentences that stand as they were drafted."""

    def __init__(self, check: Check, drafted: Mapping[str, Sequence[str]] | None = None) -> None:
        self.check, self.drafted = check, drafted or {}

    @cached_property
    def _numbers(self) -> dict[Span, int]:
        return numbered(finding.span for finding in self.check.findings)

    @cached_property
    def _links(self) -> dict[str, SourceLink]:
        codes = {code for finding in self.check.findings for code in finding.answer.sources}
        codes |= {code for sentence in self.check.sentences for code in self._sources(sentence.text, sentence.sources)}
        return source_links(codes)

    def _sources(self, text: str, read: Sequence[str]) -> Sequence[str]:
        return self.drafted.get(text, read)

    def _linked(self, codes: Sequence[str]) -> tuple[SourceLink, ...]:
        return tuple(self._links[code] for code in codes if code in self._links)

    @cached_property
    def findings(self) -> list[ShownFinding]:
        """All findings in the order of the text."""
        text = self.check.text
        return [
            ShownFinding(
                self._numbers[one.span], " ".join(one.span.of(text).split()), one, self._linked(one.answer.sources)
            )
            for one in self.check.findings
        ]

    @property
    def doubtful(self) -> list[ShownFinding]:
        """What differs or is not recorded."""
        return [one for one in self.findings if one.finding.answer.verdict is not Verdict.VERIFIED]

    @property
    def sure(self) -> list[ShownFinding]:
        """What is as recorded."""
        return [one for one in self.findings if one.finding.answer.verdict is Verdict.VERIFIED]

    @property
    def pieces(self) -> list[ShownPiece]:
        """The text cut at every edge; each piece looks like the worst verdict that covers it."""
        verdicts: dict[int, set[Verdict]] = {}
        for one in self.findings:
            verdicts.setdefault(one.number, set()).add(one.finding.answer.verdict)
        cut = pieces(self.check.text, self._numbers)
        return [ShownPiece(piece, _look(set().union(*(verdicts[n] for n in piece.numbers)))) for piece in cut]

    @property
    def sentences(self) -> list[ShownSentence]:
        """Each sentence with its sources."""
        return [
            ShownSentence(
                number,
                " ".join(sentence.text.split()),
                self._linked(self._sources(sentence.text, sentence.sources)),
                sum(finding.answer.verdict is Verdict.DIFFERENT for finding in sentence.findings),
            )
            for number, sentence in enumerate(self.check.sentences, start=0)
        ]

    @property
    def different(self) -> int:
        """How many findings differ."""
        return self.check.counts[Verdict.DIFFERENT]

    @property
    def unknown(self) -> int:
        """How many have nothing to be compared with."""
        return self.check.counts[Verdict.NO_DATA]

    @property
    def verified(self) -> int:
        """How many are as recorded."""
        return self.check.counts[Verdict.VERIFIED]


def drafted_sources(draft: Draft) -> dict[str, tuple[str, ...]]:
    """The sources of every drafted sentence by its words."""
    return {one.text: one.sources for one in draft.sentences}


def _look(verdicts: set[Verdict]) -> str:
    return next((_LOOKS[one] for one in _WORST if one in verdicts), "")
