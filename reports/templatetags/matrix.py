"""The numbers of the matrix. They have no template of their own: one page shows hundreds of them."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.board.overview import Cell

register = template.Library()


@register.simple_tag
def number_cells(cells: Iterable[Cell], list_url: str) -> SafeString:
    """Draw the numbers of one row under their columns; nought opens nothing."""
    drawn = [_drawn(cell, list_url) if cell.number.count else _nought(cell.label) for cell in cells]
    return SafeString("\n".join(drawn))


def _drawn(cell: Cell, list_url: str) -> SafeString:
    address = f"{list_url}?{cell.number.query}"
    draft = '<td class="number" data-label="{}"><a href="{}">{}</a></td>'
    return format_html(draft, cell.label, address, cell.number.count)


@lru_cache(maxsize=64)
def _nought(label: str) -> SafeString:
    return format_html('<td class="number zero" data-label="{}">0</td>', label)
