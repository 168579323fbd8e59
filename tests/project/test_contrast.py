"""Contrast of the colours, recomputed from the stylesheet (WCAG 2.2: 1.4.3 text 4.5, 1.4.11 borders 3)."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("prefers-color-scheme: dark", 1)
TOKEN = re.compile(r"--([\w-]+): (#[0-9A-Fa-f]{6});")
SCHEMES = {"light": dict(TOKEN.findall(LIGHT)), "dark": dict(TOKEN.findall(DARK))}
GROUNDS = ("canvas", "surface")
TINTS = sorted(name.removesuffix("-tint") for name in SCHEMES["light"] if name.endswith("-tint"))
TEXTS = (
    [(text, ground) for text in ("text", "muted", "link", "visited", "late-text") for ground in GROUNDS]
    + [("text", "hover"), ("link", "hover"), ("muted", "hover")]
    + [("on-primary", "primary"), ("on-primary", "primary-hover")]
    + [("on-danger", "danger"), ("on-danger", "danger-hover")]
    + [(f"{name}-text", f"{name}-tint") for name in TINTS]
    + [("text", f"{name}-tint") for name in ("late", "near", "neutral")]
)
BORDERS = [(edge, ground) for edge in ("border", "focus", "primary", "danger") for ground in GROUNDS]


def luminance(colour):
    """Relative luminance of an sRGB colour as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio between 1 and 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_formula_agrees_with_known_values():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_dark_mode_changes_every_colour():
    assert SCHEMES["dark"].keys() == SCHEMES["light"].keys()
    assert len(TINTS) >= 10


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_readable(scheme, text, ground):
    tokens = SCHEMES[scheme]

    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), BORDERS)
def test_edges_of_controls_can_be_seen(scheme, edge, ground):
    tokens = SCHEMES[scheme]

    assert contrast(tokens[edge], tokens[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_halo_sets_the_focus_ring_off(scheme):
    tokens = SCHEMES[scheme]

    assert contrast(tokens["focus"], tokens["halo"]) >= 3
