"""The second set of texts for the press: by another author than the rules, and scored more strictly.

In its texts ``{right|n:wrong|n:wrong}`` is a true statement with the errors planted in its place; the letter tells
the kind. A planted error counts as marked only where its mark is graver than the one the true words have, so that a
checker which marks everything finds nothing. Marked and false alarms, as they were measured:

========  ==================  =====================  =====================  ==================
part      read for the first  rules improved on      improved on            improved on
          time                ``tune`` alone         ``blind`` as well      ``last`` as well
========  ==================  =====================  =====================  ==================
tune      86.5 %  0.9 %       99.7 %  0.0 %          99.7 %  0.0 %          99.7 %  0.0 %
blind     82.8 %  3.9 %       89.3 %  2.6 %          96.7 %  0.7 %          98.5 %  0.0 %
last      -                   88.5 %  1.9 %          92.0 %  1.9 %          95.6 %  0.0 %
fresh     -                   -                      87.0 %  0.9 %          91.8 %  0.9 %
========  ==================  =====================  =====================  ==================

``fresh`` was written after the rules of the third column and nobody has looked into what becomes of it, so its
figures are those to expect of a text that nobody has seen.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "tests" / "reports" / "press" / "cases_second.json"
KINDS = {
    "n": "number", "d": "date", "a": "agency", "t": "title", "v": "tense", "q": "quote", "x": "negation",
    "i": "invented",
}  # fmt: skip
_MARK = re.compile(r"\{(?P<right>[^{}|]*)(?P<wrong>(?:\|[a-z]:[^{}|]*)*)\}")
_GRAVITY = {"VERIFIED": 0, "NO_DATA": 1, "DIFFERENT": 2}
_UNREAD = -1


@dataclass(frozen=True)
class Mark:
    """True words of a text, where they begin in it, and the errors (kind, words) to plant in their place."""

    start: int
    right: str
    wrong: tuple[tuple[str, str], ...]


@dataclass
class MarkScore:
    """What became of planted errors (by kind) and of true statements (by the verdict on them)."""

    planted: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    right: Counter[int] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of planted errors that were marked."""
        return sum(self.marked.values()) / max(1, sum(self.planted.values()))

    @property
    def false_alarms(self) -> float:
        """Share of true statements that were said to differ."""
        return self.right[_GRAVITY["DIFFERENT"]] / max(1, sum(self.right.values()))

    @property
    def recognised(self) -> float:
        """Share of true statements that were verified."""
        return self.right[_GRAVITY["VERIFIED"]] / max(1, sum(self.right.values()))


def load() -> dict[str, Any]:
    """The data file: directory, worlds of facts, and texts with their marks."""
    stored: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return stored


def unmarked(text: str) -> tuple[str, list[Mark]]:
    """The true text, and its marks in order."""
    pieces, marks, last, length = [], [], 0, 0
    for found in _MARK.finditer(text):
        pieces += [text[last : found.start()], found["right"]]
        length += found.start() - last
        wrong = tuple((KINDS[one[0]], one[2:]) for one in found["wrong"].split("|")[1:])
        marks.append(Mark(length, found["right"], wrong))
        length, last = length + len(found["right"]), found.end()
    return "".join((*pieces, text[last:])), marks


def score(cases: dict[str, Any], part: str) -> MarkScore:
    """Check the true texts of one part, then each again with every planted error alone."""
    from reports.press.checking import check
    from reports.press.facts import Office, PressFacts

    directory = [Office(**one | {"aliases": tuple(one["aliases"])}) for one in cases["directory"]]
    result = MarkScore()
    for case in (one for one in cases["texts"] if one["part"] == part):
        facts = PressFacts.from_json(cases["worlds"][case["world"]])
        text, marks = unmarked(case["text"])
        found = check(text, facts, directory).findings
        for mark in marks:
            was = _gravest(found, mark.start, mark.right)
            if mark.right:
                result.right[was] += 1
            if was == _GRAVITY["DIFFERENT"]:
                result.alarms.append(f"{case['id']}: {mark.right}")
            for kind, wrong, planted in _planted(text, mark):
                result.planted[kind] += 1
                if _gravest(check(planted, facts, directory).findings, mark.start, wrong) > max(was, 0):
                    result.marked[kind] += 1
                else:
                    result.missed.append(f"{case['id']}: {mark.right} -> {wrong}")
    return result


def _planted(text: str, mark: Mark) -> Iterator[tuple[str, str, str]]:
    """(kind, wrong words, the text with them)."""
    for kind, wrong in mark.wrong:
        yield kind, wrong, text[: mark.start] + wrong + text[mark.start + len(mark.right) :]


def _gravest(findings: Sequence[Any], start: int, words: str) -> int:
    """The gravest verdict that touches some words; -1 when none does."""
    end = start + len(words)
    touching = (one.answer.verdict.value for one in findings if one.span.start < end and start < one.span.end)
    return max((_GRAVITY[verdict] for verdict in touching), default=_UNREAD)
