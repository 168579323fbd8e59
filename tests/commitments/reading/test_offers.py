"""Ordinary sentences: names and dates that are written out are offered, and never assigned."""

import datetime as dt

import pytest

from commitments.reading.offers import OfferKind, take
from commitments.reading.quickadd import AgencyName, parse
from tests.commitments.reading.boxes import MEETING, read, read_one

TWO_OFFICES = [
    AgencyName("dik1", "Suku Dinas Pendidikan Wilayah I Kota Contoh", "Sudin Pendidikan I"),
    AgencyName("dik2", "Suku Dinas Pendidikan Wilayah II Kota Contoh", "Sudin Pendidikan II"),
    AgencyName("balai-c", "Balai Pelayanan Contoh", "BPCX Contoh"),
    AgencyName("ekon", "Bagian Perekonomian Kota Contoh", "Bag. Perekonomian"),
]


def offered(line, kind):
    return [offer.code or offer.on for offer in line.offers if offer.kind is kind]


def owners(line):
    return offered(line, OfferKind.OWNER)


def dates(line):
    return offered(line, OfferKind.DATE)


def read_at_two_offices(text):
    (line,) = parse(text, meeting_on=MEETING, agencies=TWO_OFFICES, clauses=[]).lines
    return line


def test_a_written_name_is_offered_and_nothing_is_assigned():
    line = read_one("Sudin Sosial akan mengirim data keluarga paling lambat 30 Juni 2026")

    assert owners(line) == ["sos"]
    assert dates(line) == [dt.date(2026, 6, 30)]
    assert (line.lead, line.due_on) == (None, None)
    assert line.wording == "Sudin Sosial akan mengirim data keluarga paling lambat 30 Juni 2026"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Suku Dinas Pendidikan Wilayah I dan II mendata siswa", ["dik1", "dik2"]),
        ("suku dinas pendidikan wilayah 2 mendata siswa", ["dik2"]),
        ("BPCX membuka pos layanan", ["balai-c"]),
        ("Bagian Perekonomian, BPCX Contoh akan menyusun jadwal", ["ekon", "balai-c"]),
        ("Surat edaran ke SMK oleh Bag. Perekonomian bersama BPCX", ["ekon", "balai-c"]),
        ("Pendidikan dan pelatihan", []),
        ("Surat kepada Bagian Perekonomian", []),
        ("Sosialisasi di Sudin Pendidikan I oleh BPCX", ["balai-c"]),
    ],
)
def test_names_are_found_as_offices_write_them(typed, codes):
    assert owners(read_at_two_offices(typed)) == codes


def test_a_name_that_two_agencies_share_offers_both():
    twins = [AgencyName("a1", "Satu", "", ("Sudin Kembar",)), AgencyName("a2", "Dua", "", ("Sudin Kembar",))]

    (line,) = parse("Sudin Kembar akan hadir", meeting_on=MEETING, agencies=twins, clauses=[]).lines

    assert owners(line) == ["a1", "a2"]


def test_with_an_owner_the_other_names_are_offered_as_supporters():
    line = read_one("Pendataan bersama Sudin Sosial dan Sudin Nakertrans @naker")

    assert owners(line) == []
    assert offered(line, OfferKind.SUPPORT) == ["sos"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Kirim data paling lambat 30 Juni", dt.date(2026, 6, 30)),
        ("Kirim data sebelum Jumat, 6 Februari 2026", dt.date(2026, 2, 6)),
        ("Kirim data s.d. 30-6", dt.date(2026, 6, 30)),
        ("Kirim data 30/6/2026", dt.date(2026, 6, 30)),
        ("Kirim data pada triwulan II 2026", dt.date(2026, 6, 30)),
        ("Kirim data akhir Maret", dt.date(2026, 3, 31)),
        ("Kirim data akhir bulan ini", dt.date(2026, 1, 31)),
        ("Kirim data paling lambat akhir tahun 2027", dt.date(2027, 12, 31)),
        ("Kirim data paling lambat Juni 2026", dt.date(2026, 6, 30)),
        ("Kirim data paling lambat hari Jumat", dt.date(2026, 1, 30)),
        ("Kirim data dalam waktu dua minggu", dt.date(2026, 2, 11)),
        ("Kirim data 3 bulan lagi", dt.date(2026, 4, 28)),
        ("Rapat 3 Februari 2026, data paling lambat 30 Juni 2026", dt.date(2026, 6, 30)),
    ],
)
def test_written_dates_are_offered(typed, day):
    assert dates(read_one(typed)) == [day]


@pytest.mark.parametrize(
    "typed",
    [
        "Tindak lanjut surat 12 Januari 2026",
        "Melatih 30-6 orang",
        "Kirim data dalam 5 hari kerja",
        "Kirim data minggu depan",
        "Kirim data Juni",
        "Kirim data sebelum 31 Februari 2026",
        "Kirim data 30 Juni 2026 /1jul",
    ],
)
def test_what_is_no_clear_date_ahead_is_not_offered(typed):
    assert dates(read_one(typed)) == []


def test_an_unknown_code_offers_the_nearest_in_its_place():
    reading = read("Bursa kerja (@nakr), /tw2")
    (line,) = reading.lines

    spellings = [offer for offer in line.offers if offer.kind is OfferKind.SPELLING]

    assert spellings[0].token == "@naker"
    assert len(spellings) == 3
    assert take(reading.text, line.span, spellings[0]) == "Bursa kerja (@naker), /tw2"


def test_taking_an_offer_writes_its_token_at_the_end_of_its_line():
    reading = read("Sudin Sosial mendata\n  catatan\nBursa kerja")
    line = reading.lines[0]

    text = take(reading.text, line.span, line.offers[0])

    assert text == "Sudin Sosial mendata @sos\n  catatan\nBursa kerja"
    assert read(text).lines[0].lead == "sos"
