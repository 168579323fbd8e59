import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reading.dates import (
    NOT_A_DATE,
    long_date,
    read_date,
    read_typed_date,
    short_date,
)

MEETING = dt.date(2026, 1, 28)  # a Wednesday
TODAY = dt.date(2026, 2, 3)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("/30jun", "2026-06-30"),
        ("30jun", "2026-06-30"),
        ("/30JUNI2026", "2026-06-30"),
        ("/30-jun-2026", "2026-06-30"),
        ("/30-6", "2026-06-30"),
        ("/30-6-2026", "2026-06-30"),
        ("/30/6", "2026-06-30"),
        ("/30/6/26", "2026-06-30"),
        ("/2026-06-30", "2026-06-30"),
        ("/17agustus", "2026-08-17"),
        ("/10nopember", "2026-11-10"),
        ("/tw1", "2026-03-31"),
        ("/tw2", "2026-06-30"),
        ("/TWIV", "2026-12-31"),
        ("/tw2-2027", "2027-06-30"),
        ("/semester1", "2026-06-30"),
        ("/semester2-2027", "2027-12-31"),
        ("/akhirbulan", "2026-01-31"),
        ("/akhirtahun", "2026-12-31"),
        ("/akhirfeb", "2026-02-28"),
        ("/akhir2027", "2027-12-31"),
        ("/hariini", "2026-01-28"),
        ("/besok", "2026-01-29"),
        ("/jumat", "2026-01-30"),
        ("/jum'at", "2026-01-30"),
        ("/ahad", "2026-02-01"),
        ("/+14h", "2026-02-11"),
        ("/+2m", "2026-02-11"),
        ("/+3b", "2026-04-28"),
        ("/+1t", "2027-01-28"),
    ],
)
def test_a_token_names_a_day(token, expected):
    reading = read_date(token, after=MEETING)

    assert reading.on == dt.date.fromisoformat(expected)
    assert reading.remark is None


@pytest.mark.parametrize(
    ("token", "expected"),
    [("/28jan", "2026-01-28"), ("/27jan", "2027-01-27"), ("/akhirjan", "2026-01-31"), ("/1-1", "2027-01-01")],
)
def test_a_missing_year_is_that_of_the_next_occurrence(token, expected):
    assert read_date(token, after=MEETING).on == dt.date.fromisoformat(expected)


def test_a_quarter_that_is_over_means_the_one_of_next_year():
    assert read_date("/tw1", after=dt.date(2026, 4, 1)).on == dt.date(2027, 3, 31)
    assert read_date("/tw1", after=dt.date(2026, 3, 31)).on == dt.date(2026, 3, 31)


def test_the_weekday_of_the_meeting_means_a_week_later():
    assert read_date("/rabu", after=MEETING).on == dt.date(2026, 2, 4)


def test_months_ahead_stop_at_the_end_of_a_shorter_month():
    assert read_date("/+1b", after=dt.date(2026, 1, 31)).on == dt.date(2026, 2, 28)
    assert read_date("/+13b", after=dt.date(2026, 12, 31)).on == dt.date(2028, 1, 31)


@pytest.mark.parametrize(
    "word", ["/atau", "/bursa", "/desa", "/jangka", "/marketing", "/twitter", "/akhirnya", "/", "//"]
)
def test_ordinary_words_are_no_dates(word):
    assert read_date(word, after=MEETING) == NOT_A_DATE


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("/31feb", 'Tanggal "31feb" tidak ada di kalender. Tulis misalnya 28feb.'),
        ("/31-6-2026", 'Tanggal "31-6-2026" tidak ada di kalender. Tulis misalnya 30jun2026.'),
        ("/29feb", 'Tanggal "29feb" tidak ada di kalender. Tulis misalnya 28feb.'),
        ("/0jan", 'Tanggal "0jan" tidak ada di kalender. Tulis misalnya 31jan.'),
        ("/6-30", 'Tanggal "6-30" tidak terbaca. Tulis hari dahulu, lalu bulan, misalnya 30-6.'),
        ("/30", 'Tanggal "30" belum lengkap. Tulis misalnya 30jun.'),
        ("/juni", 'Tanggal "juni" belum lengkap. Tulis misalnya 15juni atau akhirjuni.'),
        ("/30jum", 'Tanggal "30jum" tidak terbaca. Tulis misalnya 30jun, atau \\/30jum jika bukan tanggal.'),
        ("/12mei1926", 'Tahun pada tanggal "12mei1926" di luar 2000 sampai 2099. Periksa tanggalnya.'),
    ],
)
def test_what_begins_like_a_date_and_is_none_is_explained(token, sentence):
    reading = read_date(token, after=MEETING)

    assert reading.on is None
    assert reading.is_date
    assert reading.remark.text == sentence


@pytest.mark.parametrize(
    "token", ["/tw5", "/tw", "/semester3", "/1000", "/+62812345", "/24jam", "/30junx", "/28-1-0000"]
)
def test_unreadable_dates_are_errors_and_never_guesses(token):
    reading = read_date(token, after=MEETING)

    assert reading.on is None
    assert reading.remark.is_error


def test_per_week_is_not_taken_for_sunday():
    reading = read_date("/minggu", after=MEETING)

    assert reading.on is None
    assert not reading.is_date
    assert not reading.remark.is_error


def test_a_leap_day_is_read_when_its_year_has_one():
    assert read_date("/29feb2028", after=MEETING).on == dt.date(2028, 2, 29)
    assert read_date("/29feb", after=dt.date(2027, 6, 1)).on == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-28",
        "28/1/2026",
        "28-1-2026",
        "28.01.2026",
        "28 Januari 2026",
        "28 jan 26",
        "28 Jan. 2026",
        "Rabu, 28 Januari 2026",
        " rabu  28 Jan 2026 ",
        "28jan",
        "28/1",
        "Wednesday, 28 January 2026",
    ],
)
def test_a_date_field_takes_dates_as_people_write_them(typed):
    assert read_typed_date(typed, today=TODAY).on == MEETING


def test_a_date_field_takes_today_and_its_neighbours():
    assert read_typed_date("Hari ini", today=TODAY).on == TODAY
    assert read_typed_date("kemarin", today=TODAY).on == dt.date(2026, 2, 2)
    assert read_typed_date("besok", today=TODAY).on == dt.date(2026, 2, 4)


def test_a_date_field_without_year_takes_the_nearest_or_the_next():
    assert read_typed_date("28 Des", today=TODAY).on == dt.date(2025, 12, 28)
    assert read_typed_date("28 Des", today=TODAY, ahead=True).on == dt.date(2026, 12, 28)
    assert read_typed_date("5 Januari", today=dt.date(2026, 12, 20)).on == dt.date(2027, 1, 5)


def test_a_weekday_that_contradicts_the_date_is_an_error():
    reading = read_typed_date("Selasa, 28 Januari 2026", today=TODAY)

    assert reading.on is None
    assert reading.remark.text == "28 Januari 2026 jatuh pada hari Rabu, bukan Selasa. Periksa tanggalnya."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "Tulis tanggalnya, misalnya 28 Januari 2026."),
        ("31 Februari 2026", 'Tanggal "31 Februari 2026" tidak ada di kalender. Tulis misalnya 28feb2026.'),
        ("1/28/2026", 'Tanggal "1/28/2026" tidak terbaca. Tulis hari dahulu, lalu bulan, misalnya 28-1.'),
        ("kapan-kapan", 'Tanggal "kapan-kapan" tidak terbaca. Tulis misalnya 3 Februari 2026.'),
        ("Rabu, 31 Februari 2026", 'Tanggal "Rabu, 31 Februari 2026" tidak ada di kalender. Tulis misalnya 28feb2026.'),
    ],
)
def test_a_date_field_says_what_is_wrong(typed, sentence):
    reading = read_typed_date(typed, today=TODAY)

    assert reading.on is None
    assert reading.remark.text == sentence


def test_dates_are_written_long_and_short():
    assert long_date(MEETING) == "Rabu, 28 Januari 2026"
    assert short_date(dt.date(2026, 8, 5)) == "5 Agu 2026"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.dates())
def test_every_written_date_is_read_back(day, today):
    assert read_typed_date(long_date(day), today=today).on == day
    assert read_typed_date(short_date(day), today=today).on == day
    assert read_date(f"/{day.day}-{day.month}-{day.year}", after=today).on == day


@given(st.from_regex(r"/?[0-9]{1,2}[-/.]?[a-z0-9]{0,9}[-/.]?[0-9]{0,4}", fullmatch=True) | st.text(), st.dates())
def test_reading_never_raises_and_stays_within_its_century(typed, today):
    for reading in (read_date(typed, after=today), read_typed_date(typed, today=today)):
        assert reading.on is None or 2000 <= reading.on.year <= 2099
        assert reading.on is None or reading.remark is None


@given(st.dates(dt.date(2000, 1, 1), dt.date(2098, 12, 31)), st.dates(dt.date(2000, 1, 1), dt.date(2097, 12, 31)))
def test_a_guessed_year_never_lies_before_the_meeting(day, meeting):
    reading = read_date(f"/{day.day}-{day.month}", after=meeting)

    assert reading.on is None or meeting <= reading.on < meeting + dt.timedelta(days=367)
