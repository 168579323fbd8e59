"""The cells that travel in a hidden field: what came back otherwise than it went is asked for again."""

import json

import pytest

from commitments.forms.book import Book


def carried(**more):
    return json.dumps(
        {"name": "Rekap", "sheets": [{"name": "A", "text": "b", "hidden": False, "hidden_rows": [1]} | more]}
    )


def test_a_book_comes_back_as_it_went():
    book = Book.loads(carried())

    assert book is not None
    assert Book.loads(book.dumps()) == book


@pytest.mark.parametrize(
    "torn",
    [
        "", "null", "[]", "[" * 100_000, '{"name": "", "sheets": {}}', '{"name": "", "sheets": []}',
        carried(hidden_rows=[float("inf")]), carried(hidden_rows=[float("nan")]), carried(hidden_rows=["x"]),
        carried(hidden_rows={}), carried(text="x" * 900_000), carried(hidden_rows=["9" * 5000]),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_was_changed_on_the_way_is_no_book(torn):
    assert Book.loads(torn) is None
