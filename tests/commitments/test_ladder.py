"""The ladder of a date: which calendar day, which working day, and only the latest step."""

import datetime as dt

import pytest

from commitments.ladder import REACH, due_steps, gaps_step, rungs_for
from commitments.models import Rung
from config.workdays import Calendar, national_days_off

DUE = dt.date(2026, 6, 30)
LONG_AGO = dt.date(2026, 1, 28)


@pytest.fixture(scope="module")
def calendar():
    return Calendar(frozenset(day.on for day in national_days_off([2025, 2026, 2027])))


def day(text):
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("due_on", "is_own", "expected"),
    [
        ("06-30", False, {"H-7": "06-23", "H": "06-30", "H+7": "07-07"}),
        ("06-30", True, {"H-7": "06-23", "H-1": "06-29", "H+1": "07-01"}),
        ("06-28", False, {"H-7": "06-19", "H": "06-26", "H+7": "07-06"}),  # a Sunday: back before, on after
        ("06-20", True, {"H-7": "06-12", "H-1": "06-19", "H+1": "06-22"}),
        ("03-30", False, {"H-7": "03-17", "H": "03-30", "H+7": "04-06"}),  # Idulfitri and its shared leave
        ("03-17", False, {"H-7": "03-10", "H": "03-17", "H+7": "03-25"}),
        ("08-17", True, {"H-7": "08-10", "H-1": "08-14", "H+1": "08-18"}),
    ],
)
def test_steps_are_calendar_days_sent_on_the_nearest_working_day(calendar, due_on, is_own, expected):
    steps = rungs_for(day(due_on), is_own=is_own, calendar=calendar)

    assert {step.rung: step.send_on for step in steps} == {rung: day(on) for rung, on in expected.items()}


def test_no_step_is_sent_earlier_than_the_reach_of_the_query(calendar):
    first = dt.date(2025, 1, 8)
    dates = [first + dt.timedelta(days=n) for n in range(3 * 365 - 10)]

    earliest = max(d - rungs_for(d, is_own=False, calendar=calendar)[0].send_on for d in dates)

    assert dt.timedelta(days=7) < earliest <= REACH


def test_gaps_are_asked_for_five_working_days_after_sharing(calendar):
    assert gaps_step(LONG_AGO, calendar=calendar).send_on == day("02-04")
    assert gaps_step(day("03-16"), calendar=calendar).send_on == day("03-30")


def due_on_day(today, *, calendar, is_own=False, is_agreed=True, shared_on=LONG_AGO, reached=()):
    steps = rungs_for(DUE, is_own=is_own, calendar=calendar)
    due = due_steps(steps, today=today, shared_on=shared_on, is_agreed=is_agreed, reached=reached)
    return due.send and due.send.rung, [step.rung for step in due.skip]


@pytest.mark.parametrize(
    ("today", "reached", "expected"),
    [
        ("06-22", (), (None, [])),
        ("06-23", (), ("H-7", [])),
        ("06-24", (), ("H-7", [])),
        ("06-24", (Rung.BEFORE_7,), (None, [])),
        ("06-30", (Rung.BEFORE_7,), ("H", [])),
        ("06-30", (), ("H", ["H-7"])),
        ("07-03", (), ("H", ["H-7"])),
        ("12-01", (), ("H+7", ["H-7", "H"])),
        ("12-01", (Rung.AFTER_7,), (None, ["H-7", "H"])),
    ],
)
def test_a_late_run_sends_only_the_latest_step_and_skips_the_older(calendar, today, reached, expected):
    assert due_on_day(day(today), calendar=calendar, reached=reached) == expected


def test_once_a_proposed_date_has_passed_its_earlier_steps_are_silent(calendar):
    assert due_on_day(day("07-01"), calendar=calendar, is_agreed=False) == (None, ["H-7", "H"])
    assert due_on_day(day("07-07"), calendar=calendar, is_agreed=False) == ("H+7", ["H-7", "H"])


def test_steps_from_before_the_commitment_was_shared_do_not_exist(calendar):
    assert due_on_day(day("06-26"), calendar=calendar, shared_on=day("06-25")) == (None, [])
    assert due_on_day(day("06-30"), calendar=calendar, shared_on=day("06-25")) == ("H", [])


@pytest.mark.parametrize(
    ("today", "muted_before", "expected"),
    [
        ("06-30", "06-30", ("H", [])),
        ("06-30", "07-01", (None, [])),
        ("07-07", "07-01", ("H+7", [])),
        ("12-01", "12-01", (None, [])),
    ],
)
def test_steps_of_days_before_an_old_row_was_taken_over_do_not_exist(calendar, today, muted_before, expected):
    steps = rungs_for(DUE, is_own=False, calendar=calendar)

    due = due_steps(
        steps, today=day(today), shared_on=LONG_AGO, is_agreed=True, reached=(), muted_before=day(muted_before)
    )

    assert (due.send and due.send.rung, [step.rung for step in due.skip]) == expected
