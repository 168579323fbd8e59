import datetime as dt

import pytest

from config.workdays import Calendar, day_of, months_after, national_days_off

FRIDAY = dt.date(2026, 6, 19)
MONDAY = dt.date(2026, 6, 22)
WEDNESDAY = dt.date(2026, 6, 24)


@pytest.fixture
def calendar() -> Calendar:
    """A week whose Tuesday is off."""
    return Calendar(frozenset({dt.date(2026, 6, 23)}))


def test_an_instant_has_the_day_of_jakarta_and_not_of_london():
    assert day_of(dt.datetime(2026, 3, 31, 16, 59, tzinfo=dt.UTC)) == dt.date(2026, 3, 31)
    assert day_of(dt.datetime(2026, 3, 31, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 4, 1)


def test_offices_work_from_monday_to_friday_unless_the_day_is_off(calendar):
    week = [dt.date(2026, 6, 22) + dt.timedelta(days=n) for n in range(7)]

    assert [calendar.is_workday(day) for day in week] == [True, False, True, True, True, False, False]


def test_the_nearest_working_day_is_found_in_both_directions(calendar):
    assert calendar.last_on_or_before(dt.date(2026, 6, 21)) == FRIDAY
    assert calendar.last_on_or_before(dt.date(2026, 6, 23)) == MONDAY
    assert calendar.first_on_or_after(dt.date(2026, 6, 20)) == MONDAY
    assert calendar.first_on_or_after(dt.date(2026, 6, 23)) == WEDNESDAY
    assert calendar.first_on_or_after(MONDAY) == calendar.last_on_or_before(MONDAY) == MONDAY


def test_working_days_are_counted_after_the_day_itself(calendar):
    assert calendar.add(FRIDAY, 1) == MONDAY
    assert calendar.add(FRIDAY, 2) == WEDNESDAY
    assert calendar.add(dt.date(2026, 6, 20), 1) == MONDAY
    assert calendar.add(FRIDAY, 0) == FRIDAY


def test_working_days_are_not_counted_backwards(calendar):
    with pytest.raises(ValueError, match="-1"):
        calendar.add(FRIDAY, -1)


def test_the_national_days_are_named_in_indonesian_by_kind():
    days = {day.on: day for day in national_days_off([2025, 2026, 2027])}

    assert days[dt.date(2026, 8, 17)][1:] == ("Hari Kemerdekaan Republik Indonesia", "libur nasional")
    assert days[dt.date(2026, 3, 20)][1:] == ("Cuti Bersama Hari Raya Idul Fitri", "cuti bersama")
    assert {day.year for day in days} == {2025, 2026, 2027}
    assert max(len(day.name) for day in days.values()) <= 120


def test_each_day_off_is_listed_once_and_in_order():
    days = [day.on for day in national_days_off(range(2024, 2028))]

    assert days == sorted(set(days))
    assert national_days_off([]) == []


def test_a_rung_on_a_holiday_moves_to_a_working_day():
    calendar = Calendar(frozenset(day.on for day in national_days_off([2026])))

    assert calendar.last_on_or_before(dt.date(2026, 3, 24)) == dt.date(2026, 3, 17)
    assert calendar.first_on_or_after(dt.date(2026, 3, 18)) == dt.date(2026, 3, 25)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-06-15", 0, "2026-06-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, expected):
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)
