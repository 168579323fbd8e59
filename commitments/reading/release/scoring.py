"""How near a reading comes to a reference label: recall per kind, precision over all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Commitment = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Counts that add up over texts. A found commitment is right when it meets a labelled one of any kind."""

    labelled: Counter[str] = field(default_factory=Counter)  # per kind
    met: Counter[str] = field(default_factory=Counter)  # labelled ones that were found, per kind
    found: int = 0
    right: int = 0
    found_agreed: int = 0
    wrongly_agreed: int = 0  # pledges taken for agreed, and found as agreed where no commitment stands
    invented: int = 0  # found in texts that have none
    same_kind: int = 0  # of the right ones
    dates: Counter[str] = field(default_factory=Counter)  # "right", "missed", "invented", "wrong"

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.labelled + other.labelled,
            self.met + other.met,
            self.found + other.found,
            self.right + other.right,
            self.found_agreed + other.found_agreed,
            self.wrongly_agreed + other.wrongly_agreed,
            self.invented + other.invented,
            self.same_kind + other.same_kind,
            self.dates + other.dates,
        )

    def recall(self, *kinds: str) -> float:
        """Return the share of the labelled commitments of these kinds that was found, 1.0 when there are none."""
        labelled = sum(self.labelled[kind] for kind in kinds)
        return sum(self.met[kind] for kind in kinds) / labelled if labelled else 1.0

    @property
    def precision(self) -> float:
        """The share of the found commitments that are labelled, 1.0 when none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def false_agreed(self) -> float:
        """The share of what was found as agreed that is a pledge, a hope or nothing."""
        return self.wrongly_agreed / self.found_agreed if self.found_agreed else 0.0


def score(found: Mapping[str, Any], label: Mapping[str, Any]) -> Score:
    """Compare a reading (the shape of ``as_labels``) with the label of its text."""
    labelled: Sequence[Commitment] = label["commitments"]
    predicted: Sequence[Commitment] = found["commitments"]
    result = Score(found=len(predicted), dates=Counter([_date(found["date"], label)]))
    for wanted in labelled:
        result.labelled[wanted["kind"]] += 1
        result.met[wanted["kind"]] += any(_meets(one, wanted) for one in predicted)
    for one in predicted:
        kinds = [wanted["kind"] for wanted in labelled if _meets(one, wanted)]
        result.right += bool(kinds)
        result.same_kind += one["kind"] in kinds
        result.found_agreed += one["kind"] == "agreed"
        result.wrongly_agreed += one["kind"] == "agreed" and not {"agreed", "plan"} & {*kinds}
    result.invented = 0 if labelled else len(predicted)
    return result


def _meets(one: Commitment, wanted: Commitment) -> bool:
    """Whether two spans overlap by at least half of the shorter and 30 % of the longer."""
    shared: int = min(one["end"], wanted["end"]) - max(one["start"], wanted["start"])
    lengths: list[int] = sorted((one["end"] - one["start"], wanted["end"] - wanted["start"]))
    return shared > 0 and shared >= 0.5 * lengths[0] and shared >= 0.3 * lengths[1]


def _date(found: str | None, label: Mapping[str, Any]) -> str:
    right = {label["date"], label.get("date_inferred") or label["date"]}
    if found in right:
        return "right"
    if found is None:
        return "missed"
    return "invented" if label["date"] is None else "wrong"
