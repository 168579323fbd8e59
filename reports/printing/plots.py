"""Small drawings beside the bar: progress against what is expected, and lines over weeks. Ink only, millimetres.

Each tells its lines apart by stroke and by words at its end, never by colour.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

LEFT, RIGHT, TOP, BOTTOM = 9.0, 34.0, 3.0, 7.0  # room around the lines for numbers, words and days
APART = 4.0  # least distance of two words at the ends of lines
STROKES = ("", "2.4 1.2", "0.6 1")


@dataclass(frozen=True)
class Line:
    """One drawn line: its words, its last value, and the points of its path; ``label_y`` is where the words stand."""

    words: str
    last: int
    points: str
    end_y: float
    label_y: float
    stroke: str


def bullet_svg(realised: int | None, expected: int | None, *, width: float = 44.0, height: float = 4.0) -> str:
    """How far (solid), and how far even work would be (tick), both in percent; None where it cannot be measured."""
    inner = width - 0.8
    return render_to_string(
        "reports/_bullet.svg",
        {
            "width": width,
            "inner": inner,
            "height": height,
            "bar_y": height / 4,
            "bar_height": height / 2,
            "tick": height + 1,
            "full_height": height + 2.8,
            "filled": None if realised is None else round(inner * min(realised, 100) / 100, 2),
            "expected": None if expected is None else round(inner * min(expected, 100) / 100, 2),
        },
    )


def trend_svg(
    series: Mapping[str, Sequence[int]], days: Sequence[str], *, width: float = 165.0, height: float = 46.0
) -> str:
    """Lines over the same ``days`` (words under the axis), each with its word and last value at its end.

    At most three series; the vertical axis begins at nought.
    """
    top = ceiling(max((max(values, default=0) for values in series.values()), default=0))
    across, down = width - LEFT - RIGHT, height - TOP - BOTTOM
    step = across / max(1, len(days) - 1)

    def y(value: float) -> float:
        return round(TOP + down * (1 - value / top), 2)

    places = spread([y(values[-1]) for values in series.values()], lowest=y(0))
    lines = [
        Line(
            words,
            values[-1],
            " ".join(f"{LEFT + step * place:.2f},{y(value):.2f}" for place, value in enumerate(values)),
            y(values[-1]),
            label_y + 1,
            stroke,
        )
        for (words, values), label_y, stroke in zip(series.items(), places, STROKES, strict=False)
    ]
    shown = [(round(LEFT + step * place, 2), day) for place, day in enumerate(days) if not (len(days) - 1 - place) % 3]
    grid = [(value, y(value), y(value) + 1) for value in (0, top // 2, top)]
    return render_to_string(
        "reports/_trend.svg",
        {"width": width, "height": height, "left": LEFT, "numbers": LEFT - 2, "end": LEFT + across,
         "label": LEFT + across + 2, "base": height - 2, "lines": lines, "days": shown, "grid": grid},
    )  # fmt: skip


def ceiling(value: int) -> int:
    """The next even number that is round enough for an axis: 2, 4, 10, 20, 40, 100 ..."""
    if value <= 2:
        return 2
    size = 10 ** int(math.log10(value))
    return next(int(size * step) for step in (1, 2, 4, 10) if size * step >= value and size * step % 2 == 0)


def spread(places: Sequence[float], *, lowest: float = math.inf) -> list[float]:
    """The same places, moved apart where two words would lie on each other; in the order given.

    They move down as far as ``lowest``, under which other words stand, and up from there.
    """
    moved, order = list(places), sorted(range(len(places)), key=places.__getitem__)
    above = -math.inf
    for index in order:
        moved[index] = above = round(max(places[index], above + APART), 2)
    below = lowest + APART
    for index in reversed(order):
        moved[index] = below = round(min(moved[index], below - APART), 2)
    return moved


def length_svg(count: int, most: int, *, width: float = 44.0, height: float = 4.0) -> str:
    """A count against the largest, ``most``, as a bar of thick stripes (late); nought is a line at the start."""
    length = round(width * count / most, 2) if count and most else 0.0
    stripes = [0.5 + 2 * place for place in range(int((length + 1) // 2))]
    return render_to_string(
        "reports/_length.svg",
        {"width": width, "height": height, "length": length, "stripes": stripes, "inner": max(0.1, length - 0.7),
         "inner_height": height - 0.7},
    )  # fmt: skip
