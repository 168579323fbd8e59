"""The choice beside a line that nearly repeats an open commitment: news about that one, or a new promise."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agencies.models import User
from commitments.models import Commitment
from commitments.reading.line import Line
from commitments.repeats import Promise, nearest_open


@dataclasses.dataclass(frozen=True)
class Repeat:
    """The commitment, the name of the choice in the page, whether there is one, and whether the line is news."""

    commitment: Commitment
    name: str
    is_offered: bool
    is_chosen: bool


def repeats(
    lines: Sequence[Line],
    leads: Sequence[int | None],
    user: User,
    *,
    on: dt.date,
    data: Mapping[str, Any],
    key_of: Callable[[Line], str],
) -> dict[int, Repeat]:
    """By the place of its line, what the line repeats; ``leads`` are the primary keys of the lines' agencies."""
    promises = [Promise(line.wording, lead) for line, lead in zip(lines, leads, strict=True)]
    found = {}
    for place, near in nearest_open(promises, user, on=on).items():
        name = f"mirip-{key_of(lines[place])}"
        is_chosen = near.may_report and data.get(name) == near.commitment.code
        found[place] = Repeat(near.commitment, name, near.may_report, is_chosen)
    return found
