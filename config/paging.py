"""Numbered pages of 50 rows that forgive any page number in the address."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    AnyPage = Page[Any]
    AnyPaginator = Paginator[Any]
else:  # the classes of this Django are generic for the type checker only
    AnyPage, AnyPaginator = Page, Paginator

PAGE_SIZE = 50
PARAMETER = "halaman"


class NumberedPage(AnyPage):
    """A page that knows the numbers to print beside it."""

    @property
    def links(self) -> list[int | str]:
        """Page numbers around this one; gaps are the paginator's ellipsis."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1))

    @property
    def total(self) -> int:
        """Number of rows on all pages (counted once)."""
        return self.paginator.count


class NumberedPaginator(AnyPaginator):
    """A paginator whose pages are :class:`NumberedPage`."""

    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


def paginate(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = PAGE_SIZE) -> NumberedPage:
    """Cut ``rows`` to the page named by ``?halaman=``; nonsense gives the first page, too much the last.

    Costs one COUNT and one SELECT. ``rows`` must be ordered.
    """
    page = NumberedPaginator(rows, size).get_page(request.GET.get(PARAMETER))
    assert isinstance(page, NumberedPage)
    return page


def evaluated(page: NumberedPage, rows: Iterable[Any]) -> NumberedPage:
    """Return ``page`` holding ``rows`` in place of its own, for rows that were enriched after the cut."""
    page.object_list = list(rows)
    return page
