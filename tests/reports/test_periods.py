"""Periods are written one way, and end with the last microsecond of their last day in WIB."""

import datetime as dt

import pytest

from reports.counting.periods import current_periods, end_instant, read_period


@pytest.mark.parametrize(
    ("text", "label", "starts_on", "ends_on"),
    [
        ("2026-TW1", "Triwulan I 2026", dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        ("2026-TW4", "Triwulan IV 2026", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("2026-S1", "Semester I 2026", dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        ("2026-S2", "Semester II 2026", dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
        ("2026", "Tahun 2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-03", "Maret 2026", dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
        ("2028-02", "Februari 2028", dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
    ],
)
def test_a_period_is_read_with_its_label_and_both_ends(text, label, starts_on, ends_on):
    period = read_period(text)

    assert (period.code, period.label) == (text, label)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)


def test_small_letters_and_spaces_are_forgiven():
    assert read_period(" 2026-tw1 ").code == "2026-TW1"


@pytest.mark.parametrize("text", ["", "2026-TW5", "2026-13", "2026-S3", "TW1-2026", "26", "2026-1", "2026-TW1-x", "①"])
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="Periode ditulis 2026-TW1"):
        read_period(text)


def test_a_period_ends_at_midnight_in_jakarta_and_not_in_london():
    period = read_period("2026-TW1")

    assert end_instant(period) == dt.datetime(2026, 3, 31, 16, 59, 59, 999999, tzinfo=dt.UTC)


def test_the_choices_begin_with_this_quarter_and_can_all_be_read_back():
    choices = current_periods(dt.date(2026, 1, 15))

    assert [period.code for period in choices][:5] == ["2026-TW1", "2025-TW4", "2025-TW3", "2025-TW2", "2025-TW1"]
    assert {"2026-S1", "2025-S2", "2026", "2025", "2026-01", "2025-12"} <= {period.code for period in choices}
    assert [read_period(period.code) for period in choices] == choices


def test_every_choice_has_begun_on_every_day_of_two_years():
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(730)]

    assert all(period.starts_on <= day for day in days for period in current_periods(day))
