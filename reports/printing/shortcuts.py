"""Short cuts through WeasyPrint 70: the same pages with less than half the work.

Its time goes into finding out, box by box, what is the same for thousands of boxes. Here that is remembered with the
style, which such boxes share. No short cut changes a byte (a test compares), except that a drawing in a background is
put into the file once and then referred to. Only the page-maker's process calls :func:`take_shortcuts`.
"""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from inspect import signature
from math import inf
from types import FunctionType
from typing import Any

import pydyf
import weasyprint
from weasyprint import draw
from weasyprint.formatting_structure.boxes import Box
from weasyprint.images import SVGImage
from weasyprint.layout import background, inline, page, percent, preferred
from weasyprint.layout import float as floats
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

from reports.printing.placed import descendants, same_look, standing_freely, without_background
from reports.printing.repeated import drawing_once, typesetting_once
from reports.printing.spared import forget_notes, reading_once, subtree_once, write_plainly

SIDES = ("top", "right", "bottom", "left")
SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES)
BORDERS = tuple(f"border_{side}_width" for side in SIDES)
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
NO = 0
STACK = 140_000
"""Places on the interpreter's stack, about 1 MB: see :func:`roomy`."""


def roomy(function: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same function, called with room on the interpreter's stack.

    Python takes its stack in pieces of 16 KB and gives a piece back when it is empty. Deep calls that go back and
    forth over the end of a piece cost a tenth of the time; a frame that asks for much gets one piece for all of them.
    """

    def call(*args: Any, **words: Any) -> bytes:
        return function(*args, **words)

    return FunctionType(
        call.__code__.replace(co_stacksize=STACK), call.__globals__, call.__name__, None, call.__closure__
    )


def take_shortcuts() -> None:
    """Put the quick functions in the place of WeasyPrint's, wherever it uses them; once for the process."""
    forget_notes()
    write_plainly()
    weasyprint.tinyhtml5.parse = reading_once(weasyprint.tinyhtml5.parse)
    pydyf.PDF.page_references = property(_page_references)
    Box.is_in_normal_flow = _once("is_flowing", Box.is_in_normal_flow, lambda box: box.style)
    _replace("strut", _once("strut_size", line_break.strut, lambda style: style))
    _replace("can_break_text", cache(line_break.can_break_text))
    _replace("resolve_percentages", _resolving(percent.resolve_percentages))
    _replace("resolve_radii_percentages", _rounding(percent.resolve_radii_percentages))
    _replace("draw_background_image", _drawing(draw.draw_background_image))
    _replace("get_color", _color)
    wrapper = weasyprint.cssselect2.ElementWrapper
    wrapper.iter_subtree = subtree_once(wrapper.iter_subtree)
    Box.descendants = descendants
    _replace("avoid_collisions", standing_freely(floats.avoid_collisions))
    _replace("layout_box_backgrounds", without_background(background.layout_box_backgrounds))
    _replace("set_page_type_computed_styles", same_look(page.set_page_type_computed_styles))
    _replace("draw_text", drawing_once(draw.draw_text))
    inline.split_first_line = preferred.split_first_line = typesetting_once(line_break.split_first_line)
    Layout.setup = _setting_up(Layout.setup)


def _replace(name: str, quick: Callable[..., Any]) -> None:
    """In every module of WeasyPrint that has it under this name."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("weasyprint.") and hasattr(module, name):
            setattr(module, name, quick)


def _once(name: str, slow: Callable[[Any], Any], style_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What depends on nothing but the style is found out once for it."""

    def quick(thing: Any) -> Any:
        known = style_of(thing).__dict__
        if name not in known:
            known[name] = slow(thing)
        return known[name]

    return quick


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """References of all pages; asked for every tag, and the pages do not change between."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = pdf.__dict__.get("known_pages", ())
    if len(known) * 3 != len(kids):
        known = pdf.known_pages = tuple(b"%d 0 R" % number for number in kids[::3])
    return known


def _color(style: Mapping[str, Any], key: str) -> Any:
    """The colour, without asking every colour whether it is a certain word."""
    value = style[key]
    return style["color"] if isinstance(value, str) else value


def _resolving(slow: Callable[..., None]) -> Callable[..., None]:
    """Sizes of a box without any share of its surroundings are those of its style."""

    def quick(box: Any, containing_block: Any) -> None:
        known = box.style.__dict__
        if "own_sizes" not in known:
            known["own_sizes"] = _own_sizes(box.style)
        sizes, borders = known["own_sizes"]
        if not sizes:
            return slow(box, containing_block)
        held = box.__dict__
        if "border_top_width" in held and box.style["border_collapse"] == "collapse":
            borders = {}  # settled with the neighbours
        held.update(sizes, **borders)
        return None

    return quick


def _own_sizes(style: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Sizes in pixels and widths of the borders; empty when they depend on anything else, or when a width is given."""
    free = {"width": "auto", "height": "auto", "min_width": 0, "min_height": 0, "max_width": inf, "max_height": inf}
    sizes = {name: _pixels(style[name]) for name in (*SPACES, *free)}
    sizes |= {name: 0 for name in ("min_width", "min_height") if sizes[name] == "auto"}
    if None in sizes.values() or not free.items() <= sizes.items():
        return {}, {}
    return sizes, {name: style[name] for name in BORDERS}


def _pixels(value: Any) -> Any:
    """The number behind a length, ``auto``, or None when it is neither."""
    return value if value == "auto" else value.value if getattr(value, "unit", None) == "px" else None


def _rounding(slow: Callable[[Any], None]) -> Callable[[Any], None]:
    """Most boxes have square corners."""

    def quick(box: Any) -> None:
        known = box.style.__dict__
        if "is_square" not in known:
            known["is_square"] = all((0, "px") in box.style[corner] for corner in CORNERS)
        if known["is_square"]:
            box.__dict__.update(dict.fromkeys(CORNERS, (0, 0)))
        else:
            slow(box)

    return quick


def _setting_up(slow: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Lines of one style are typeset with one context and one font."""

    def quick(layout: Any, style: Any) -> None:
        known = style.__dict__
        if "typesetting" not in known:
            known["typesetting"] = _typesetting(style)
        if known["typesetting"] is None:
            return slow(layout, style)
        context, font, held = known["typesetting"]
        layout.__dict__.update(held, style=style)
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, NO)
        pango.pango_layout_set_font_description(layout.layout, font)
        return None

    return quick


def _typesetting(style: Any) -> tuple[Any, Any, dict[str, Any]] | None:
    """Context, font, and what a layout holds beside them; None for a style that wants more than letters in a font."""
    wanted = font_features(**{name: style[name] for name in signature(font_features).parameters})
    if wanted or style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, NO)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        language = pango.pango_language_from_string(unicode_to_char_p(style["lang"])[0])
        pango.pango_context_set_language(context, language)
    lines = dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    return context, get_font_description(style), {"first_line_direction": 0, "language": language, **lines}


def _drawing(slow: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """A drawing that stands behind many boxes, such as a mark, is put into the file once."""
    drawn: dict[tuple[Any, ...], str] = {}

    def quick(stream: Any, layer: Any, style: Any) -> None:
        if not isinstance(layer.image, SVGImage) or layer.repeat != ("no-repeat", "no-repeat"):
            return slow(stream, layer, style)
        key = (layer.image, layer.size, id(stream._resources))
        with stream.artifact(), stream.stacked():
            if not layer.unbounded:
                stream.rectangle(*layer.painting_area)
                stream.clip()
                stream.end()
            if key not in drawn:
                group = stream.add_group(0, 0, *layer.size)
                layer.image.draw(group, *layer.size, style)
                drawn[key] = group.id
            left, top = (sum(pair) for pair in zip(layer.position, layer.positioning_area[:2], strict=True))
            stream.transform(e=left, f=top)
            stream.draw_x_object(drawn[key])
        return None

    return quick
