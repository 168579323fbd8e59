"""Two agendas of one beginning: joined where they differ in different places, refused where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.minutes_join import joined

ROWS = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


@given(ROWS, ROWS)
def test_what_only_one_changed_stands(base, changed):
    assert joined(base, changed, base) == changed
    assert joined(base, base, changed) == changed


@given(ROWS, ROWS)
def test_the_same_change_made_twice_is_one(base, changed):
    assert joined(base, changed, changed) == changed


@given(ROWS, ROWS, ROWS)
def test_nothing_that_somebody_wrote_is_lost(base, mine, theirs):
    found = joined(base, mine, theirs)

    if found is not None:
        assert set(mine) - set(base) <= set(found)
        assert set(theirs) - set(base) <= set(found)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (["A", "b", "c"], ["a", "b", "C"], ["A", "b", "C"]),
        (["a", "b", "c", "x"], ["a", "b", "c", "y"], ["a", "b", "c", "y", "x"]),
        (["b", "c"], ["a", "b", "c", "y"], ["b", "c", "y"]),
        (["a", "x", "b", "c"], ["a", "b", "C"], ["a", "x", "b", "C"]),
        (["a", "B", "c"], ["a", "beta", "c"], None),
        (["a", "c"], ["a", "beta", "c"], None),
    ],
)
def test_places_decide(mine, theirs, expected):
    assert joined(["a", "b", "c"], mine, theirs) == expected


def test_two_agendas_that_began_empty_stand_one_after_the_other():
    assert joined([], ["x"], ["y"]) == ["y", "x"]
