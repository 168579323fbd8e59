"""Numbered pages of 50 rows forgive any number."""

import pytest
from django.db.models.functions import Concat
from django.template import engines
from django.test import RequestFactory

from agencies.models import Agency
from config.paging import paginate
from tests.factories import AgencyFactory


def page_of(query, rows=range(120)):
    return paginate(RequestFactory().get("/komitmen/", query_params=query), rows)


def test_a_page_has_fifty_rows():
    assert list(page_of({})) == list(range(50))
    assert list(page_of({"halaman": "3"})) == list(range(100, 120))


@pytest.mark.parametrize(
    ("number", "shown"), [("", 1), ("abc", 1), ("0", 3), ("-1", 3), ("99999", 3), ("9" * 5000, 1), ("2.5", 1)]
)
def test_a_bad_number_still_shows_a_page(number, shown):
    assert page_of({"halaman": number}).number == shown


def test_nothing_is_one_empty_page():
    page = page_of({}, rows=[])

    assert (list(page), page.total, page.number) == ([], 0, 1)


def test_many_pages_are_shortened():
    page = page_of({"halaman": "10"}, rows=range(1000))

    assert page.links[0] == 1
    assert page.links[-1] == 20
    assert page.links.count(page.paginator.ELLIPSIS) == 2


def test_the_links_keep_the_filter():
    request = RequestFactory().get("/komitmen/", query_params={"status": "RUNNING", "halaman": "2"})
    page = paginate(request, range(120))

    html = engines["django"].from_string("{% load ui %}{% pages page %}").render({"page": page}, request)

    assert "?status=RUNNING&amp;halaman=3" in html
    assert '<span aria-current="page">2</span>' in html


def test_one_page_needs_no_links():
    request = RequestFactory().get("/komitmen/")
    page = paginate(request, range(10))

    html = engines["django"].from_string("{% load ui %}{% pages page %}").render({"page": page}, request)

    assert "<nav" not in html


@pytest.mark.parametrize(("rows", "words", "last"), [(0, "0", 1), (3, "3", 2), (4, "4", 2), (9, "lebih dari 4", 2)])
def test_a_long_list_is_not_counted_to_its_end(db, rows, words, last):
    AgencyFactory.create_batch(rows)
    request = RequestFactory().get("/instansi/", query_params={"halaman": "999"})

    page = paginate(request, Agency.objects.order_by("pk"), size=2, most=4)

    assert (page.total_words, page.number, page.is_cut) == (words, last, rows > 4)
    assert len(list(page)) <= 2


def test_a_bounded_page_keeps_the_order_and_reads_its_own_rows_alone(db, django_assert_num_queries):
    for name in "dacb":
        AgencyFactory(code=name, short_name=name)
    request = RequestFactory().get("/instansi/", query_params={"halaman": "2"})
    rows, shown = Agency.objects.order_by("code"), Agency.objects.annotate(twice=Concat("code", "code"))

    with django_assert_num_queries(2):
        page = paginate(request, rows, size=2, most=9, shown=shown)

    assert [agency.twice for agency in page] == ["cc", "dd"]


def test_a_row_that_went_away_meanwhile_is_left_out(db):
    gone = AgencyFactory(code="a")
    AgencyFactory(code="b")
    rows = Agency.objects.order_by("code")

    page = paginate(RequestFactory().get("/"), rows, most=9, shown=Agency.objects.exclude(pk=gone.pk))

    assert [agency.code for agency in page] == ["b"]
