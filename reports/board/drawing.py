"""Bars of conditions for pages: plain counts in, a drawing and its key out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commitments.status import Condition
from reports.printing.charts import ORDER, bar_svg, swatch_svg
from reports.printing.pdf import data_uri


@dataclass(frozen=True, slots=True)
class Key:
    """One condition of the bar: its pattern, its word, its number and the way to its rows."""

    swatch: str
    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """The bar as an address (empty without rows), the same in words, and its key."""

    bar: str
    alt: str
    keys: tuple[Key, ...]


def conditions(counts: Mapping[str, int], **filters: str) -> Conditions:
    """Draw counts by condition as one bar; every number of its key opens the list by ``filters`` and its condition."""
    shown = [condition for condition in (*ORDER, Condition.DRAFT) if counts.get(condition)]
    keys = tuple(
        Key(
            data_uri(swatch_svg(condition), "image/svg+xml"),
            str(condition.label),
            counts[condition],
            urlencode({**filters, "kondisi": condition.value}),
        )
        for condition in shown
    )
    told = ", ".join(f"{key.label} {key.count}" for key in keys)
    bar = data_uri(bar_svg(counts, width=165.0, height=7.0, numbers=False), "image/svg+xml") if keys else ""
    return Conditions(bar, _("Komitmen menurut keadaan: %(told)s.") % {"told": told}, keys)
