"""The second, third and fourth set of texts for the press, scored more strictly.

The second is by another author than the rules, the third by one who had read and improved them, the fourth was written
from the shape of the facts alone, in styles that none of the others has. In their texts
``{right|n:wrong|n:wrong}`` is a true statement with the errors planted in its place; the letter tells the kind. A
planted error counts as marked only where its mark is graver than the one the true words have, so that a checker which
marks everything finds nothing. Marked and false alarms, as they were measured:

========  ==================  =====================  =====================  ==================  =================
part      read for the first  rules improved on      improved on            improved on         improved on all
          time                ``tune`` alone         ``blind`` as well      ``last`` as well    of the second set
========  ==================  =====================  =====================  ==================  =================
tune      86.5 %  0.9 %       99.7 %  0.0 %          99.7 %  0.0 %          99.7 %  0.0 %       100.0 %  0.0 %
blind     82.8 %  3.9 %       89.3 %  2.6 %          96.7 %  0.7 %          98.5 %  0.0 %       100.0 %  0.0 %
last      -                   88.5 %  1.9 %          92.0 %  1.9 %          95.6 %  0.0 %       99.1 %  0.0 %
fresh     -                   -                      87.0 %  0.9 %          91.8 %  0.9 %       100.0 %  0.0 %
unseen    -                   -                      -                      79.1 %  2.2 %       85.3 %  2.2 %
========  ==================  =====================  =====================  ==================  =================

``unseen`` is the third set, written after the rules of the last column and read once by them; then the rules were
improved on it too, to 100.0 % and 0.0 %, and read ``later``, which was written for that, for the first time: 88.7 %
and 0.0 %. Improved on ``later`` as well they mark 98.6 % of it.

Of ``foreign`` (the first part of the fourth set) they marked 79.5 % when they read it for the first time, with 2.1 %
false alarms; improved on it 99.2 % and 0.0 %. Of ``unread``, its second part, they then marked 89.7 % and 0.0 % when
they read it for the first time; improved on it too, 100.0 % and 0.0 %. Of ``anew``, its third, they then marked
85.9 % and 1.2 %; improved on it too, 100.0 % and 0.0 %. Of ``once``, its fourth, 81.7 % and 2.5 %; improved on it
too, 98.8 % and 0.0 %. What to expect of a text that nobody has seen are the first readings, 82 to 90 % (86.5 % of the
303 errors of the three), not what is reached since.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.press.checking import Checker

TEXTS = Path(__file__).parents[1] / "tests" / "reports" / "press"
PARTS = {"tune": "cases_second", "blind": "cases_second", "last": "cases_second", "fresh": "cases_second"}
PARTS |= {"unseen": "cases_third", "later": "cases_third"}
PARTS |= {"foreign": "cases_fourth", "unread": "cases_fourth", "anew": "cases_fourth", "once": "cases_fourth"}
KINDS = {
    "n": "number", "d": "date", "a": "agency", "t": "title", "v": "tense", "q": "quote", "x": "negation",
    "i": "invented",
}  # fmt: skip
_MARK = re.compile(r"\{(?P<right>[^{}|]*)(?P<wrong>(?:\|[a-z]:[^{}|]*)*)\}")
_UNREAD = "UNREAD"
_GRAVER = (_UNREAD, "VERIFIED", "NO_DATA", "DIFFERENT")


@dataclass(frozen=True)
class Mark:
    """True words of a text, where they begin in it, and the errors (kind, words) to plant in their place."""

    start: int
    right: str
    wrong: tuple[tuple[str, str], ...]


@dataclass
class Score:
    """What became of planted errors (by kind) and of what is correct (by the verdict on it)."""

    planted: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    correct: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of planted errors that were marked."""
        return sum(self.marked.values()) / max(1, sum(self.planted.values()))

    @property
    def false_alarms(self) -> float:
        """Share of correct things that were said to differ."""
        return self.correct["DIFFERENT"] / max(1, sum(self.correct.values()))

    @property
    def recognised(self) -> float:
        """Share of correct things that were verified, and not merely left open."""
        return self.correct["VERIFIED"] / max(1, sum(self.correct.values()))


def load(part: str) -> dict[str, Any]:
    """The data file of a part: directory, worlds of facts, and texts with their marks."""
    stored: dict[str, Any] = json.loads((TEXTS / f"{PARTS[part]}.json").read_text(encoding="utf-8"))
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


def checkers_of(cases: dict[str, Any]) -> "dict[str, Checker]":
    """A checker for every world of a data file."""
    from reports.press.checking import Checker
    from reports.press.facts import Office, PressFacts

    directory = [Office(**one | {"aliases": tuple(one["aliases"])}) for one in cases["directory"]]
    return {name: Checker(PressFacts.from_json(world), directory) for name, world in cases["worlds"].items()}


def score(cases: dict[str, Any], part: str) -> Score:
    """Check the true texts of one part, then each again with every planted error alone."""
    checkers = checkers_of(cases)
    result = Score()
    for case in (one for one in cases["texts"] if one["part"] == part):
        checker, (text, marks) = checkers[case["world"]], unmarked(case["text"])
        found = checker.check(text).findings
        for mark in marks:
            was = _gravest(found, mark.start, mark.right)
            if mark.right:
                result.correct[was] += 1
            if was == "DIFFERENT":
                result.alarms.append(f"{case['id']}: {mark.right}")
            least = max(was, "VERIFIED", key=_GRAVER.index)
            for kind, wrong, planted in _planted(text, mark):
                result.planted[kind] += 1
                is_now = _gravest(checker.check(planted).findings, mark.start, wrong)
                if _GRAVER.index(is_now) > _GRAVER.index(least):
                    result.marked[kind] += 1
                else:
                    result.missed.append(f"{case['id']}: {mark.right} -> {wrong}")
    return result


def _planted(text: str, mark: Mark) -> Iterator[tuple[str, str, str]]:
    """(kind, wrong words, the text with them)."""
    for kind, wrong in mark.wrong:
        yield kind, wrong, text[: mark.start] + wrong + text[mark.start + len(mark.right) :]


def _gravest(findings: Sequence[Any], start: int, words: str) -> str:
    """The gravest verdict that touches some words."""
    end = start + len(words)
    touching = (one.answer.verdict.value for one in findings if one.span.start < end and start < one.span.end)
    return max(touching, key=_GRAVER.index, default=_UNREAD)
