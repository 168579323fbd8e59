"""Tries of strangers are counted, refused past a number, and forgotten after a while."""

import datetime as dt

import pytest
from django.core.cache import cache

from config.throttle import Throttle, clock_words
from tests.factories import at

MORNING = at("2026-03-02", "09.00")
THREE = Throttle("uji", 3, dt.timedelta(minutes=10))


@pytest.fixture(autouse=True)
def forget(db):
    cache.clear()


def test_the_fourth_try_waits_until_the_window_of_the_first_is_over():
    for minute in (0, 1, 2):
        assert THREE.refused_until("a", at=MORNING) is None
        THREE.count("a", at=MORNING + dt.timedelta(minutes=minute))

    assert THREE.refused_until("a", at=MORNING + dt.timedelta(minutes=3)) == MORNING + dt.timedelta(minutes=10)
    assert THREE.refused_until("a", at=MORNING + dt.timedelta(minutes=10)) is None


def test_a_new_window_counts_from_nought():
    for _try in range(3):
        THREE.count("a", at=MORNING)

    THREE.count("a", at=MORNING + dt.timedelta(minutes=11))

    assert THREE.refused_until("a", at=MORNING + dt.timedelta(minutes=12)) is None


def test_others_are_not_held_up():
    for _try in range(3):
        THREE.count("a", at=MORNING)

    assert THREE.refused_until("b", at=MORNING) is None
    assert Throttle("lain", 3, dt.timedelta(minutes=10)).refused_until("a", at=MORNING) is None


def test_the_clock_is_told_with_its_zone():
    assert clock_words(MORNING) == "09.00 WIB"
