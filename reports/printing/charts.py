"""Bars in ink that survive a black-and-white printer: each condition has its own pattern, colour is never needed.

All lengths are millimetres. The drawing itself stands in ``templates/reports/_bar.svg``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from commitments.status import Condition

INK = "#14212B"
GAP = 0.8
LEAST = 4.5  # a segment must have room for its number
MARK_SIDE = 3
DRAFT_GAP = 4.0  # drafts stand apart: they are outside the total
ORDER = (
    Condition.DONE,
    Condition.SUBMITTED,
    Condition.RUNNING,
    Condition.BLOCKED,
    Condition.LATE,
    Condition.NOT_STARTED,
    Condition.UNMET,
)
MARKS: dict[str, str] = {
    Condition.DONE: "status-done",
    Condition.SUBMITTED: "status-submitted",
    Condition.RUNNING: "status-running",
    Condition.BLOCKED: "status-blocked",
    Condition.LATE: "flag-late",
    Condition.NOT_STARTED: "status-not-started",
    Condition.UNMET: "status-unmet",
    Condition.DRAFT: "status-draft",
}


@dataclass(frozen=True)
class Segment:
    """One pattern-filled piece of a bar."""

    condition: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 2)


def segments(counts: Mapping[str, int], *, width: float, least: float = LEAST) -> list[Segment]:
    """Lay a bar out: widths by count, none narrower than ``least``; drafts last, apart. Empty without rows."""
    shown = [condition for condition in ORDER if counts.get(condition)]
    drafts = counts.get(Condition.DRAFT, 0)
    draft_width = least if drafts else 0.0
    room = width - (draft_width + DRAFT_GAP if drafts and shown else draft_width) - GAP * max(0, len(shown) - 1)
    pieces, x = [], 0.0
    for condition, piece in zip(shown, _widths([counts[c] for c in shown], room, least), strict=True):
        pieces.append(Segment(condition.value, counts[condition], round(x, 2), round(piece, 2)))
        x += piece + GAP
    if drafts:
        pieces.append(Segment(Condition.DRAFT.value, drafts, round(width - draft_width, 2), draft_width))
    return pieces


def _widths(counts: list[int], room: float, least: float) -> list[float]:
    """Share ``room`` by count; those that would be narrower than ``least`` get it from the wider ones."""
    narrow: set[int] = set()
    while True:
        rest = [count for place, count in enumerate(counts) if place not in narrow]
        free = room - least * len(narrow)
        widths = [
            least if place in narrow else free * count / sum(rest) for place, count in enumerate(counts)
        ]  # fmt: skip
        found = {place for place, piece in enumerate(widths) if piece < least - 1e-9 and place not in narrow}
        if not found:
            return widths
        narrow |= found


def bar_svg(counts: Mapping[str, int], *, width: float = 165.0, height: float = 7.0, numbers: bool = True) -> str:
    """The bar as SVG, with the counts under it unless ``numbers`` is off."""
    least = LEAST if numbers else 1.5
    return render_to_string(
        "reports/_bar.svg",
        {
            "segments": segments(counts, width=width - 0.8, least=least),
            "width": width,
            "height": height,
            "full_height": height + (5 if numbers else 1),
            "numbers": numbers,
            "baseline": height + 4.2,
        },
    )


def swatch_svg(condition: str) -> str:
    """One small patterned box for the key."""
    piece = Segment(condition, 0, 0, 6.2)
    return render_to_string(
        "reports/_bar.svg", {"segments": [piece], "width": 7, "height": 3.2, "full_height": 4, "numbers": False}
    )


@cache
def mark_svg(name: str) -> str:
    """One mark of the sprite as a picture of its own, in ink (the typeface has no check marks or triangles)."""
    sprite = (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text(encoding="utf-8")
    found = re.search(rf'<symbol id="{re.escape(name)}" viewBox="0 0 16 16"[^>]*>(.*?)</symbol>', sprite, re.DOTALL)
    if found is None:
        raise KeyError(f"no such mark: {name}")
    drawing = found[1].replace("currentColor", INK)
    size = f'width="{MARK_SIDE}mm" height="{MARK_SIDE}mm" viewBox="0 0 16 16"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="{INK}">{drawing}</svg>'
