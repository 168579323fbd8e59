import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from config.templatetags.waktu import angka, distance, jarak, tanggal, tanggal_hari, tanggal_pendek, waktu

DAY = dt.date(2026, 1, 28)
EVENING = dt.datetime(2026, 1, 28, 9, 20, tzinfo=dt.UTC)  # 16.20 in Jakarta


def test_dates_are_written_in_indonesian():
    assert tanggal(DAY) == "28 Januari 2026"
    assert tanggal_hari(DAY) == "Rabu, 28 Januari 2026"
    assert tanggal_pendek(dt.date(2026, 8, 5)) == "5 Agu 2026"


def test_dates_follow_the_language_of_the_page():
    with translation.override("en"):
        assert tanggal_hari(DAY) == "Wednesday, 28 January 2026"
        assert tanggal_pendek(dt.date(2026, 8, 5)) == "5 Aug 2026"


def test_an_instant_has_the_day_of_the_viewer():
    late = dt.datetime(2026, 1, 28, 16, 30, tzinfo=dt.UTC)

    assert tanggal(late) == "28 Januari 2026"
    with timezone.override("Asia/Makassar"):
        assert tanggal(late) == "29 Januari 2026"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "28 Jan 2026 16.20 WIB"),
        ("Asia/Makassar", "28 Jan 2026 17.20 WITA"),
        ("Asia/Jayapura", "28 Jan 2026 18.20 WIT"),
        ("Asia/Kolkata", "28 Jan 2026 14.50 UTC+05.30"),
        ("America/St_Johns", "28 Jan 2026 05.50 UTC-03.30"),
        ("UTC", "28 Jan 2026 09.20 UTC+00.00"),
    ],
)
def test_a_time_names_its_zone(zone, expected):
    assert waktu(EVENING, zone) == expected


def test_a_time_is_shown_where_the_viewer_is():
    assert waktu(EVENING) == "28 Jan 2026 16.20 WIB"
    with timezone.override("Asia/Jayapura"):
        assert waktu(EVENING) == "28 Jan 2026 18.20 WIT"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        waktu(dt.datetime(2026, 1, 28, 9, 20))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "hari ini"), (1, "besok"), (-1, "kemarin"), (2, "2 hari lagi"), (11, "11 hari lagi"), (-12, "12 hari lalu")],
)
def test_a_distance_is_said_in_words(days, expected):
    assert distance(DAY + dt.timedelta(days=days), DAY) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1200.00"), "1.200"),
        (Decimal("2.50"), "2,5"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("0.00"), "0"),
        (Decimal("-0.00"), "0"),
        (1234567, "1.234.567"),
        (-12.5, "-12,5"),
        (100, "100"),
        ("8", "8"),
        ("delapan", "delapan"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_numbers_are_printed_the_indonesian_way(value, expected):
    assert angka(value) == expected


def test_numbers_follow_the_language_of_the_page():
    with translation.override("en"):
        assert angka(Decimal("1200.50")) == "1,200.5"


@pytest.mark.parametrize("show", [tanggal, tanggal_hari, tanggal_pendek, waktu, angka])
def test_nothing_is_shown_as_nothing(show):
    assert show(None) == ""
    assert show("") == ""


def test_the_filters_work_in_a_template():
    page = Template(
        "{% load waktu %}{{ day|tanggal_pendek }}, {{ day|jarak:today }}; {{ at|waktu }}; {{ none|jarak:today }}"
    )

    shown = page.render(Context({"day": DAY, "today": dt.date(2026, 1, 17), "at": EVENING, "none": None}))

    assert shown == "28 Jan 2026, 11 hari lagi; 28 Jan 2026 16.20 WIB; "
    assert jarak(EVENING, DAY) == "hari ini"
