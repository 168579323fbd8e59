"""The tokens of a line: who, until when, under which scope item, how much."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.reading.dates import long_date
from commitments.reading.quickadd import AgencyName, parse
from tests.commitments.reading.boxes import AGENCIES, MEETING, read, read_one

# --- agencies -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["@dik1,2", "@DIK1,@dik2", "@dik1/@dik2", "@dik1&2", "@dik1 @dik1 @dik2", "@dik1, @dik2."]
)
def test_several_agencies_may_be_named_in_short(typed):
    line = read_one(f"Edukasi {typed}")

    assert (line.wording, line.lead, line.supporting) == ("Edukasi", "dik1", ("dik2",))


@pytest.mark.parametrize("typed", ["@disnaker", "@SudinNaker", "@sudin-nakertrans"])
def test_a_name_written_as_one_word_is_understood(typed):
    assert read_one(f"Bursa kerja {typed}").lead == "naker"


def test_an_unknown_code_stays_in_the_wording_and_names_the_nearest_three():
    line = read_one("Bursa kerja @nakr /tw2")

    assert line.wording == "Bursa kerja @nakr"
    assert line.lead is None
    (remark,) = line.remarks
    assert remark.is_error
    assert remark.text.startswith(
        'Baris 1: "@nakr" tidak dikenal. Maksud Anda @naker (Sudin Nakertrans)? Pilihan lain: @'
    )
    assert remark.choices[0] == "naker"
    assert len(remark.choices) == 3


def test_an_unknown_code_among_known_ones_is_the_only_one_left():
    line = read_one("Edukasi @dik1,9")

    assert (line.wording, line.lead) == ("Edukasi @dik1,9", "dik1")
    assert [remark.code for remark in line.remarks] == ["agency_unknown_more"]
    assert '"@dik9" tidak dikenal' in line.remarks[0].text


def test_a_name_that_two_agencies_share_is_never_assigned():
    twins = [AgencyName("a1", "Satu", "", ("Sudin Kembar",)), AgencyName("a2", "Dua", "", ("Sudin Kembar",))]

    reading = parse("Edukasi @sudinkembar", meeting_on=MEETING, agencies=twins, clauses=[])

    assert reading.lines[0].lead is None
    assert reading.errors[0].text == ('Baris 1: "@sudinkembar" dapat berarti @a1 (Satu), @a2 (Dua). Tulis kodenya.')


def test_without_any_agency_the_remark_says_to_add_one():
    reading = parse("Edukasi @naker", meeting_on=MEETING, agencies=[], clauses=[])

    assert reading.errors[0].text == 'Baris 1: "@naker" tidak dikenal. Tambahkan instansinya bila belum terdaftar.'


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["/30 juni", "/30 Juni 2026.", "/30jun 2026", "/tw 2", "/tw2 2026", "/akhir juni", "/semester 1", "(/30 Jun 2026)"],
)
def test_a_date_may_be_written_as_several_words(typed):
    line = read_one(f"Edukasi {typed} di SMK")

    assert line.due_on == dt.date(2026, 6, 30)
    assert line.wording == "Edukasi di SMK"
    assert line.remarks == ()


def test_a_number_after_a_date_is_not_its_year():
    line = read_one("Edukasi /30jun 2000 orang")

    assert (line.wording, line.due_on) == ("Edukasi 2000 orang", dt.date(2026, 6, 30))


def test_an_impossible_date_names_its_line_and_stays_in_the_wording():
    reading = read("Edukasi\nBursa kerja\nMonitoring /31feb")

    line = reading.lines[2]

    assert line.wording == "Monitoring /31feb"
    assert line.due_on is None
    assert [remark.text for remark in reading.errors] == [
        'Baris 3: tanggal "31feb" tidak ada di kalender. Tulis misalnya 28feb.'
    ]
    assert reading.errors[0].span.of(reading.text) == "/31feb"


def test_two_different_dates_are_an_error_and_the_same_twice_is_not():
    line = read_one("Edukasi /30jun /1jul")

    assert [remark.text for remark in line.remarks] == [
        'Baris 1: ada dua tenggat, "/30jun" dan "/1jul". Pilih salah satu.'
    ]
    assert read_one("Edukasi /30jun /tw2").remarks == ()


def test_a_date_before_the_meeting_is_a_warning():
    reading = read("Edukasi /1-12-2025")

    assert reading.lines[0].due_on == dt.date(2025, 12, 1)
    assert reading.errors == ()
    assert [remark.code for remark in reading.warnings] == ["before_meeting"]
    assert "1 Des 2025 mendahului tanggal pertemuan, 28 Jan 2026" in reading.warnings[0].text


def test_per_week_stays_text_with_a_warning():
    line = read_one("Piket satu kali /minggu")

    assert (line.wording, line.due_on) == ("Piket satu kali /minggu", None)
    assert [(remark.code, remark.is_error) for remark in line.remarks] == [("date_or_frequency", False)]


# --- scope items and targets --------------------------------------------------------------------


def test_scope_items_are_found_by_their_key():
    assert read_one("Monitoring #3.1.B, #1").clause_keys == ("3.1.b", "1")
    assert read_one("Monitoring #1,2").clause_keys == ("1", "2")


def test_an_unknown_scope_item_names_the_known_ones():
    line = read_one("Monitoring #9")

    assert line.wording == "Monitoring #9"
    assert line.remarks[0].text == (
        'Baris 1: "#9" tidak ada dalam ruang lingkup kesepakatan. Yang tersedia: #1, #2, #3.1.b.'
    )


def test_a_scope_item_without_an_agreement_is_explained():
    reading = parse("Monitoring #1", meeting_on=MEETING, agencies=AGENCIES, clauses=[])

    assert "belum ada ruang lingkup" in reading.errors[0].text


@pytest.mark.parametrize(
    ("typed", "target", "unit"),
    [
        ("=4", "4", ""),
        ("=4 kali", "4", "kali"),
        ("=4kali,", "4", "kali"),
        ("=1.200 orang.", "1200", "orang"),
        ("=2,5 ton beras", "2.5", "ton beras"),
        ("=50% sekolah", "50", "% sekolah"),
        ("=12/bulan", "12", "/bulan"),
        ("=0 kasus", "0", "kasus"),
    ],
)
def test_a_target_is_a_number_with_its_unit(typed, target, unit):
    line = read_one(f"Pelatihan @naker {typed}")

    assert (line.wording, line.target, line.unit) == ("Pelatihan", Decimal(target), unit)
    assert line.remarks == ()


def test_the_unit_ends_at_the_next_token():
    line = read_one("Pelatihan =4 kali di aula @naker pada Juni")

    assert (line.wording, line.unit, line.lead) == ("Pelatihan pada Juni", "kali di aula", "naker")


@pytest.mark.parametrize("typed", ["=empat", "=2.5", "=4-5", "=1.2000", "=2,125", "=1,5,0"])
def test_a_target_that_is_no_number_is_explained(typed):
    line = read_one(f"Pelatihan {typed}")

    assert line.target is None
    assert line.wording == f"Pelatihan {typed}"
    assert [remark.code for remark in line.remarks] == ["target_unreadable"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("=1234567890123", "target_too_large"), ("=4 =5", "two_targets"), (f"=4 {'x' * 61}", "unit_too_long")],
)
def test_targets_that_cannot_be_kept_are_errors(typed, code):
    assert [remark.code for remark in read_one(f"Pelatihan {typed}").remarks] == [code]


# --- people and importance ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "person", "wording"),
    [
        ("Bursa kerja @@Kepala Seksi Penempatan", "Kepala Seksi Penempatan", "Bursa kerja"),
        ("Bursa kerja @@Kepala Seksi Penempatan @naker /30jun", "Kepala Seksi Penempatan", "Bursa kerja"),
        ("@@Kepala Seksi Penempatan, bursa kerja", "Kepala Seksi Penempatan", "bursa kerja"),
        ("Bursa kerja (@@Kepala Seksi) di aula", "Kepala Seksi", "Bursa kerja di aula"),
        ("Bursa kerja @@Plt. Kepala Bidang (sementara) =2 kali", "Plt. Kepala Bidang (sementara)", "Bursa kerja"),
        (r"Bursa kerja @@Kepala Seksi \#2", "Kepala Seksi #2", "Bursa kerja"),
    ],
)
def test_a_post_runs_up_to_a_comma_the_next_token_or_the_end(typed, person, wording):
    line = read_one(typed)

    assert (line.person_text, line.wording, line.remarks) == (person, wording, ())


def test_a_post_is_no_agency():
    line = read_one("Bursa kerja @@naker")

    assert (line.lead, line.person_text) == (None, "naker")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("@@Kepala Seksi /tw2 @@Kepala Bidang", "two_people"), (f"@@{'Kepala ' * 30}", "person_too_long")],
)
def test_posts_that_cannot_be_kept_are_errors(typed, code):
    assert code in [remark.code for remark in read_one(f"Pelatihan {typed}").remarks]


@pytest.mark.parametrize(
    ("typed", "is_important", "wording"),
    [
        ("! Bursa kerja", True, "Bursa kerja"),
        ("Bursa kerja ! @naker", True, "Bursa kerja"),
        ("Bursa kerja =4 kali !", True, "Bursa kerja"),
        ("Segera!", False, "Segera!"),
        ("Bursa !kerja", False, "Bursa !kerja"),
        (r"Bursa kerja \!", False, "Bursa kerja !"),
    ],
)
def test_a_lone_exclamation_mark_means_important(typed, is_important, wording):
    line = read_one(typed)

    assert (line.is_important, line.wording) == (is_important, wording)


def test_a_second_name_may_leave_out_what_both_begin_with():
    fictional = [AgencyName(f"contoh-{letter}", f"Sudin Contoh {letter.upper()}") for letter in "abc"]

    reading = parse("Edukasi @contoh-a,b,c", meeting_on=MEETING, agencies=fictional, clauses=[])

    assert (reading.lines[0].lead, reading.lines[0].supporting) == ("contoh-a", ("contoh-b", "contoh-c"))
    assert read_one("Monitoring #3.1.b, @dik1+2").supporting == ("dik2",)


# --- the whole grammar of dates, with the weekday the page will echo ------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("/30jun", "Selasa, 30 Juni 2026"),
        ("/30-6", "Selasa, 30 Juni 2026"),
        ("/tw2", "Selasa, 30 Juni 2026"),
        ("/akhirbulan", "Sabtu, 31 Januari 2026"),
        ("/jumat", "Jumat, 30 Januari 2026"),
        ("/rabu", "Rabu, 4 Februari 2026"),
        ("/+14h", "Rabu, 11 Februari 2026"),
        ("/+2m", "Rabu, 11 Februari 2026"),
        ("/+3b", "Selasa, 28 April 2026"),
    ],
)
def test_a_short_date_is_echoed_in_full(typed, day):
    line = read_one(f"Edukasi {typed}")

    assert line.due_on is not None
    assert long_date(line.due_on) == day
