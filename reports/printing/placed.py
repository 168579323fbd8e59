"""Boxes that stand plainly one under another, without floats, backgrounds or pages of their own kind.

Belongs to the short cuts of the page-maker: the bytes are the same.
"""

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import Box

ZERO_CORNERS = dict.fromkeys(
    (f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")), (0, 0)
)


def descendants(box: Any, placeholders: Any = None) -> Iterator[Any]:
    """The box and all below it in the order of the document, in one loop instead of one in another."""
    waiting = [box]
    while waiting:
        one = waiting.pop()
        if placeholders and not isinstance(one, Box):
            yield from one.descendants(placeholders)  # stands for another box
            continue
        yield one
        if isinstance(one, Box):
            waiting.extend(reversed(one.children))


def standing_freely(slow: Callable[..., Any]) -> Callable[..., Any]:
    """The place of a box where nothing floats beside it: all the width there is."""

    def quick(context: Any, box: Any, holder: Any, outer: Any = 1) -> Any:
        if context.excluded_shapes or box.style["float"] != "none" or holder.style["direction"] != "ltr":
            return slow(context, box, holder, outer)
        left, width = holder.content_box_x(), holder.width
        if outer:
            return left, box.position_y, width
        left += box.margin_left
        right = holder.content_box_x() + holder.width - box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return quick


def without_background(slow: Callable[..., None]) -> Callable[..., None]:
    """Most boxes have nothing behind them."""

    def quick(page: Any, box: Any, get_image: Any, layout_children: Any = 1, style: Any = None) -> None:
        if style is not None or box is page or not isinstance(box, Box) or not _is_bare(box):
            return slow(page, box, get_image, layout_children, style)
        box.__dict__.update(ZERO_CORNERS, background=None)
        if layout_children:
            for child in box.all_children():
                quick(page, child, get_image)
        return None

    return quick


def _is_bare(box: Any) -> bool:
    """No colour, picture, shadow or round corner; found out once for the style."""
    style = box.style
    if "is_bare" not in style.__dict__:
        color = style["background_color"]
        style.is_bare = (
            not isinstance(color, str)
            and color.alpha == 0
            and all(kind == "none" for kind, _value in style["background_image"])
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and not style["box_shadow"]
            and all((0, "px") in style[corner] for corner in ZERO_CORNERS)
        )
    return bool(style.is_bare)


def same_look(slow: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """Pages of one kind and the boxes in their margins share their styles, and so what is remembered with them."""
    known: dict[tuple[Any, ...], dict[Any, Any]] = {}

    def quick(page: Any, html: Any, style_for: Any) -> None:
        computed = style_for.get_computed_styles()
        kind = (page.side, page.blank, page.index == 0, page.name)
        if kind not in known:
            before = set(computed)
            slow(page, html, style_for)
            known[kind] = {pseudo: computed[one, pseudo] for one, pseudo in computed.keys() - before}
        computed.update({(page, pseudo): style for pseudo, style in known[kind].items()})

    return quick
