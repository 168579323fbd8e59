"""When it was, when it came out, where: never a year that the text does not give."""

import datetime as dt

import pytest

from commitments.reading.release import read_release

DAY = dt.date(2026, 1, 28)  # a Wednesday
MET = "Dinas Sosial Kota Contoh menggelar rapat di Aula Balai Kota Contoh"


@pytest.mark.parametrize(
    "text",
    [
        f"{MET}, Rabu (28/1/2026).",
        f"{MET} pada Rabu, 28 Januari 2026.",
        f"{MET} pada hari Rabu tanggal 28 Januari 2026.",
        f"{MET}, 28-01-2026.",
        "Notula Rapat\nHari/Tanggal : Rabu / 28 Januari 2026\nTempat : Aula Balai Kota Contoh",
        "NOTULA RAPAT\nRabu, 28 Januari 2026\n\nPeserta: Dinas Sosial",
        f"Contoh (28/1) - {MET} pada Rabu (28/1/2026).",
        f"Contoh, Rabu (28/1/2026) - {MET}.",
        f"Contoh, 28 Januari 2026 - {MET}, hari ini.",
        "rapat tgl 28 jan 26 di kantor kecamatan",
        f"{MET} pada 28 s.d. 30 Januari 2026.",
        f"{MET}, Rabu (28/1/2026). Kesepakatan itu ditandatangani pada 29 Oktober 2025.",
        f"{MET}, Rabu (28/1/2026). Dinas akan menggelar pelatihan pada Jumat, 6 Februari 2026.",
    ],
)
def test_the_day_of_the_event_is_found(text):
    assert read_release(text).held_on.on == DAY


@pytest.mark.parametrize(
    "text",
    [
        f"{MET}, Rabu (28/1). Contoh, 29 Januari 2026.",
        f"Contoh, 29/1/2026 - {MET}, Rabu (28/1).",
        "Rapat Koordinasi Tahun 2026 digelar di Aula Contoh, Rabu 28 Januari, oleh Dinas Sosial.",
    ],
)
def test_a_missing_year_is_taken_from_the_days_of_the_text(text):
    held_on = read_release(text).held_on

    assert held_on.on == DAY
    assert "2026 diambil dari" in held_on.reason.text


@pytest.mark.parametrize(
    "text",
    [
        f"{MET}, Rabu (28/1).",
        f"{MET}, Rabu (28/1). Anggaran tahun anggaran 2026 sudah siap.",
        f"{MET}, Rabu (28/1), sesuai Peraturan Gubernur Nomor 5 Tahun 2026.",
        f"{MET}, Selasa (28/1). Data tahun 2026 belum ada.",
    ],
)
def test_a_year_that_is_not_given_stays_open(text):
    held_on = read_release(text).held_on

    assert held_on.on is None
    assert not held_on.is_sure
    assert "tidak disebut" in held_on.reason.text


def test_a_weekday_that_disagrees_is_told():
    held_on = read_release(f"{MET}, Selasa (28/1/2026).").held_on

    assert held_on.on == DAY
    assert not held_on.is_sure
    assert held_on.reason.text == "28 Januari 2026 jatuh pada hari Rabu, sedangkan teks menulis Selasa"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dinas Sosial rapat Senin lalu.",
        "Skor 2-1 dan 3/4 bagian.",
        "Perjanjian itu ditandatangani pada 29 Oktober 2025.",
    ],
)
def test_without_a_day_there_is_none(text):
    assert read_release(text).held_on is None


def test_the_dateline_is_the_day_of_publication_and_takes_its_year_from_the_event():
    published_on = read_release(f"Contoh, KP2MI (29/1) - {MET}, Rabu (28/1/2026).").published_on

    assert published_on.on == dt.date(2026, 1, 29)


@pytest.mark.parametrize(
    ("text", "place", "is_sure"),
    [
        (f"{MET}, Rabu (28/1/2026).", "Aula Balai Kota Contoh", True),
        ("Tempat : Ruang Melati, Kantor Bappeda", "Ruang Melati, Kantor Bappeda", True),
        ("Contoh - Dinas Sosial menggelar rapat, Rabu (28/1/2026).", "Contoh", False),
    ],
)
def test_the_place_is_the_venue_else_the_town_of_the_dateline(text, place, is_sure):
    found = read_release(text).place

    assert (found.text, found.is_sure) == (place, is_sure)


@pytest.mark.parametrize(
    ("due", "on"),
    [
        ("paling lambat 30 Juni 2026", dt.date(2026, 6, 30)),
        ("paling lambat 30 Juni", dt.date(2026, 6, 30)),
        ("pada triwulan II 2026", dt.date(2026, 6, 30)),
        ("akhir Maret 2026", dt.date(2026, 3, 31)),
        ("akhir bulan ini", dt.date(2026, 1, 31)),
        ("minggu depan", None),
        ("pada Juni 2026", None),
        ("sejak MoU 29 Oktober 2025", None),
        ("mulai 5 Januari", None),
    ],
)
def test_a_due_date_is_a_day_the_words_fix(due, on):
    text = f"{MET}, Rabu (28/1/2026). Rapat menyepakati penyusunan daftar lansia {due}."

    assert [found.due_on for found in read_release(text).commitments] == [on]


def test_words_that_fix_no_day_are_shown_without_one():
    commitment = read_release("Rapat menyepakati penyusunan daftar lansia minggu depan.").commitments[0]

    assert commitment.due_on is None
    assert commitment.due_span.of("Rapat menyepakati penyusunan daftar lansia minggu depan.") == "minggu depan"
