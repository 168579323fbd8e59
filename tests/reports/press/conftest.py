"""Scores that several tests ask for, counted once: every planted error is a check of its whole text."""

import functools

import pytest

from benchmarks import press_check, press_marks


@pytest.fixture(scope="session")
def score_of():
    """Score of a part of any set, by the part's name."""
    first = press_check.load()

    @functools.cache
    def count(part):
        if part in ("dev", "held"):
            return press_check.score(first, part)
        return press_marks.score(press_marks.load(part), part)

    return count
