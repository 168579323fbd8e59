"""The numbers of the matrix. They have no template of their own: one page shows hundreds of them."""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.board.numbers import Number
from reports.board.overview import Cell

register = template.Library()


@register.simple_tag
def number_cells(cells: Sequence[Cell], labels: Sequence[str], list_url: str) -> SafeString:
    """Draw the numbers of one row under the ``labels`` of their columns."""
    both = zip(cells, labels, strict=True)
    return SafeString("\n".join([_drawn(cell.number, label, list_url) for cell, label in both]))


def _drawn(number: Number, label: str, list_url: str) -> SafeString:
    """A number that opens its rows on the list; nought opens nothing."""
    if not number.count:
        return _nought(label)
    address = f"{list_url}?{number.query}"
    return format_html('<td class="number" data-label="{}"><a href="{}">{}</a></td>', label, address, number.count)


@lru_cache(maxsize=64)  # as many as there are columns and languages
def _nought(label: str) -> SafeString:
    return format_html('<td class="number zero" data-label="{}">0</td>', label)
