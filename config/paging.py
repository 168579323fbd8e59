"""Numbered pages of 50 rows that forgive any page number in the address, and need not count a long list."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from config.templatetags.waktu import angka

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

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than the pages show."""
        return isinstance(self.paginator, BoundedPaginator) and self.paginator.is_cut

    @property
    def total_words(self) -> str:
        """``37``, or ``lebih dari 1.000`` when nobody counted further."""
        total = angka(self.total)
        return _("lebih dari %(n)s") % {"n": total} if self.is_cut else total


class NumberedPaginator(AnyPaginator):
    """A paginator whose pages are :class:`NumberedPage`."""

    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


class BoundedPaginator(NumberedPaginator):
    """Counts and shows at most ``most`` rows, so that a page costs the same however long the list is.

    One question finds the keys of all these rows in their order; what a row shows is read for those of the page alone.
    """

    def __init__(self, rows: QuerySet[Any], size: int, *, most: int, shown: QuerySet[Any]) -> None:
        super().__init__(rows, size)
        self.most, self.rows, self.shown = most, rows, shown

    @cached_property
    def count(self) -> int:
        """Number of rows, at most ``most``."""
        return min(len(self._keys), self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than ``most``."""
        return len(self._keys) > self.most

    def page(self, number: int | str) -> NumberedPage:
        """The rows of one page; one that went away meanwhile is left out."""
        number = self.validate_number(number)
        keys = self._keys[: self.most][(number - 1) * self.per_page : number * self.per_page]
        found = {row.pk: row for row in self.shown.filter(pk__in=keys)}
        return self._get_page([found[key] for key in keys if key in found], number, self)

    @cached_property
    def _keys(self) -> list[Any]:
        return list(self.rows.values_list("pk", flat=True)[: self.most + 1])


def paginate(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    *,
    size: int = PAGE_SIZE,
    most: int = 0,
    shown: QuerySet[Any] | None = None,
) -> NumberedPage:
    """Cut ``rows`` to the page named by ``?halaman=``; nonsense gives the first page, too much the last.

    Costs two queries; with ``most`` neither goes further than so many rows, and ``shown`` (else ``rows``) says
    how those of the page are read, with what is joined and annotated. ``rows`` must be ordered.
    """
    pages = NumberedPaginator(rows, size)
    if most and isinstance(rows, QuerySet):
        pages = BoundedPaginator(rows, size, most=most, shown=rows if shown is None else shown)
    page = pages.get_page(request.GET.get(PARAMETER))
    assert isinstance(page, NumberedPage)
    return page


def evaluated(page: NumberedPage, rows: Iterable[Any]) -> NumberedPage:
    """Return ``page`` holding ``rows`` in place of its own, for rows that were enriched after the cut."""
    page.object_list = list(rows)
    return page
