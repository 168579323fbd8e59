"""Typefaces for paper: static cuts (variable ones print unevenly) with wide spaces and figures of one width.

What every word of a document wants is in the file, so that no line has to ask for it: that takes time on every line.
The files in ``cuts/`` are made from those of the site by ``python -m reports.printing.typefaces``.
"""

import base64
import io
from functools import cache
from pathlib import Path
from typing import Any

TYPEFACE, PLAIN_TYPEFACE = "Plus Jakarta Sans", "Arimo"
SITE = Path(__file__).parents[2] / "static" / "fonts"
PAPER = Path(__file__).parent / "cuts"
FAMILIES = {TYPEFACE: ("plus-jakarta-sans", (400, 500, 600, 700, 800)), PLAIN_TYPEFACE: ("arimo", (400, 700))}
WIDER = 0.08
"""How much wider the space of our own typeface is set, in its size; letters as wide as Arial's stay as they are."""


@cache
def font_addresses(*, is_plain: bool = False) -> tuple[tuple[str, int, str], ...]:
    """Family, weight and ``data:`` address of each typeface file.

    ``is_plain`` adds letters as wide as Arial's, as official letters are typed; drawings keep the first family.
    """
    return tuple(
        (family, weight, f"data:font/ttf;base64,{base64.b64encode(_paper(name, weight).read_bytes()).decode()}")
        for family, (name, weights) in FAMILIES.items()
        if is_plain or family == TYPEFACE
        for weight in weights
    )


def _paper(name: str, weight: int) -> Path:
    return PAPER / f"{name}-{weight}.ttf"


def cut(site: Path, *, wider: float) -> bytes:
    """A typeface file of the site as paper wants it."""
    from fontTools.ttLib import TTFont  # needed here only

    font = TTFont(site, recalcTimestamp=False)
    font.flavor = None
    characters = font.getBestCmap()
    for glyph in {characters[ord(" ")], characters[ord("\u00a0")]}:
        width, left = font["hmtx"][glyph]
        font["hmtx"][glyph] = (width + round(wider * font["head"].unitsPerEm), left)
    figures = _figures_of_one_width(font["GSUB"].table)
    for table in font["cmap"].tables:
        table.cmap.update({code: figures[glyph] for code, glyph in table.cmap.items() if glyph in figures})
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _figures_of_one_width(rules: Any) -> dict[str, str]:
    """Which figure stands for which, as the feature ``tnum`` has it."""
    features = [record.Feature for record in rules.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    lookups = [rules.LookupList.Lookup[index] for feature in features for index in feature.LookupListIndex]
    return {old: new for lookup in lookups for table in lookup.SubTable for old, new in table.mapping.items()}


def main() -> None:
    """Make all files anew."""
    PAPER.mkdir(exist_ok=True)
    for family, (name, weights) in FAMILIES.items():
        for weight in weights:
            site = SITE / f"{name}-{weight}.woff2"
            _paper(name, weight).write_bytes(cut(site, wider=WIDER if family == TYPEFACE else 0))


if __name__ == "__main__":
    main()
