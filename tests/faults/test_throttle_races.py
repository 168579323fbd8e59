"""Strangers who try at the same moment: every try is counted, in one window."""

import datetime as dt

from django.core.cache import cache

from config.throttle import Throttle
from tests.factories import at
from tests.faults.test_races import all_at_once

MORNING = at("2026-03-02", "09.00")
CROWD = 16


def test_tries_at_the_same_moment_are_all_counted(flushable):
    throttle, one_more = (Throttle("ramai", most, dt.timedelta(minutes=10)) for most in (CROWD, CROWD + 1))

    all_at_once([lambda n=n: throttle.count("a", at=MORNING + dt.timedelta(seconds=n)) for n in range(CROWD)])

    now = MORNING + dt.timedelta(minutes=1)
    assert throttle.refused_until("a", at=now) is not None
    assert one_more.refused_until("a", at=now) is None
    one_more.count("a", at=now)
    assert one_more.refused_until("a", at=now) is not None
    cache.clear()


def test_two_who_count_at_once_are_two(flushable):
    cache.set("hitungan", 0, timeout=60)

    assert sorted(all_at_once([lambda: cache.incr("hitungan")] * 2)) == [1, 2]
    cache.clear()
