"""The pace of even work, promise by promise and summed up by day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments import pace

FIRST = dt.date(2026, 1, 1)
days = st.integers(-400, 400).map(lambda n: FIRST + dt.timedelta(days=n))


@given(promises=st.lists(st.tuples(days, days), max_size=8), on=days)
def test_sums_by_day_say_what_the_promises_say(promises, on):
    steps = [step for begun_on, due_on in promises for step in pace.steps(begun_on, due_on)]
    rate, base = (sum(step[place] for step in steps if step[0] <= on) for place in (1, 2))

    told = [pace.share_on(on, begun_on=begun_on, due_on=due_on) for begun_on, due_on in promises]
    assert pace.summed(rate, base, on=on) == sum(told)


@pytest.mark.parametrize(("day", "percent"), [(0, 0), (1, 12.5), (4, 50), (8, 100), (9, 100)])
def test_even_work_brings_the_same_every_day_and_never_more_than_all(day, percent):
    on, due_on = FIRST + dt.timedelta(days=day), FIRST + dt.timedelta(days=8)

    assert pace.share_on(on, begun_on=FIRST, due_on=due_on) == percent * pace.MILLION


def test_a_half_by_right_is_never_less_than_a_half():
    on, due_on = FIRST + dt.timedelta(days=21), FIRST + dt.timedelta(days=42)

    assert pace.share_on(on, begun_on=FIRST, due_on=due_on) >= 50 * pace.MILLION
