"""Words that stand in a document again and again are typeset and drawn once: names, dates, states, heads, page lines.

Belongs to the short cuts of the page-maker: the bytes are the same.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from weasyprint.matrix import Matrix

MOST_LETTERS = 80
"""Longer words hardly ever come again."""


def typesetting_once(slow: Callable[..., Any]) -> Callable[..., Any]:
    """The first line of a text, found out once for its style and room."""

    def quick(text: str, style: Any, context: Any, max_width: Any, spacing: Any, **how: Any) -> Any:
        if len(text) > MOST_LETTERS:
            return slow(text, style, context, max_width, spacing, **how)
        known = style.__dict__.setdefault("lines", {})
        key = (text, max_width, spacing, *how.items())
        if key not in known:
            known[key] = slow(text, style, context, max_width, spacing, **how)
        return known[key]

    return quick


def drawing_once(slow: Callable[..., None]) -> Callable[..., None]:
    """The letters of a line as they were drawn the first time, at another place."""

    def quick(stream: Any, box: Any, offset_x: Any, text_overflow: str, block_ellipsis: Any) -> None:
        if text_overflow != "clip" or block_ellipsis != "none":
            box.pango_layout = copy(box.pango_layout)  # it is going to be cut, and others hold it too
            return slow(stream, box, offset_x, text_overflow, block_ellipsis)
        letters = box.pango_layout.__dict__.get("letters")
        if letters is None:
            before = len(stream.stream)
            slow(stream, box, offset_x, text_overflow, block_ellipsis)
            box.pango_layout.letters = _letters(stream, before, box.style)
        elif letters:
            font, shown = letters
            stream.set_color(box.style["color"])
            stream.begin_text()
            matrix = Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline)
            stream.set_text_matrix(*matrix.values)
            stream.set_font_size(*font)
            stream.stream.append(shown)
            stream.end_text()
        else:
            slow(stream, box, offset_x, text_overflow, block_ellipsis)
        return None

    return quick


def _letters(stream: Any, before: int, style: Any) -> tuple[Any, bytes] | tuple[()]:
    """Font and letters of what was drawn since; empty when it was more than one piece of plain letters."""
    drawn = stream.stream[before:]
    shown = [one for one in drawn if isinstance(one, bytes) and one.endswith(b"TJ")]
    is_plain = len(shown) == 1 and drawn[-2:] == [shown[0], b"ET"] and style["text_decoration_line"] == "none"
    return (stream._old_font, shown[0]) if is_plain else ()
