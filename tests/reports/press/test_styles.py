"""Captions, chats, tables, speeches and minutes are read in their own words, and answered at their own places."""

import datetime as dt

import pytest

from benchmarks import press_marks
from reports.press.plain import plainly

CHECKERS = press_marks.checkers_of(press_marks.load("foreign"))


def read(text, world):
    """Verdict and recorded value by the typed words."""
    found = CHECKERS[world].check(text)
    return {one.span.of(found.text): (one.answer.verdict.value, one.answer.right) for one in found.findings}


def verdict(text, words, world):
    """The verdict on some words."""
    return read(text, world)[words][0]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("*3* komitmen sdh selesai", "3 komitmen sudah selesai"),
        ("Blm mulai tgl 3", "Belum mulai tanggal 3"),
        ("18x patroli", "18 kali patroli"),
        ("dua puluh November tahun ini", "20 November 2026"),
        ("akhir Januari dua ribu dua puluh tujuh", "akhir Januari 2027"),
        ("penghujung Juni", "akhir Juni"),
        ("pukul setengah sepuluh pagi", "pukul 09.30 pagi"),
        ("jam dua lewat seperempat siang", "jam 02.15 siang"),
        ("55 KK dr target 80", "55 KK dari target 80"),
        ("dr. Farid dan SMP Contoh", "dr. Farid dan SMP Contoh"),
        ("September tahun depan", "September 2027"),
    ],
)
def test_the_words_of_chats_and_speeches_are_put_plainly(typed, plain):
    assert plainly(typed, dt.date(2026, 10, 7)).text == plain


def test_what_was_found_leads_back_to_the_typed_words():
    typed = "Pelatihan pengolahan hasil laut sdh dimulai Diskopdag, *dua puluh November* tahun ini batasnya."
    found = CHECKERS["pesisir"].check(typed)

    assert found.text == typed
    assert {"sdh dimulai", "Diskopdag"} <= {one.span.of(typed) for one in found.findings}
    assert [one.text for one in found.sentences] == [typed]


def test_a_row_of_a_table_is_held_against_its_commitment():
    row = "4 | Perbaikan sanitasi rumah tangga | Dinsos | 108/180 rumah | Terlambat 46 hari"

    assert {one[0] for one in read(row, "gizi").values()} == {"VERIFIED"}
    assert "DIFFERENT" in {one[0] for one in read(row.replace("108/180", "118/180"), "gizi").values()}
    assert verdict(row.replace("Dinsos", "Bappeda"), "Bappeda", "gizi") != "VERIFIED"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("Menunggu verifikasi", "VERIFIED"), ("Terverifikasi", "DIFFERENT"), ("Proses", "DIFFERENT")],
)
def test_the_state_in_a_cell_is_a_claim(state, expected):
    row = f"5 | Bimbingan calon pengantin | Kanwil Kemenag | 600/600 pasangan | {state}"

    assert verdict(row, state, "gizi") == expected


@pytest.mark.parametrize(("words", "expected"), [("3", "VERIFIED"), ("6", "DIFFERENT")])
def test_a_state_before_a_colon_tells_what_is_counted(words, expected):
    assert verdict(f"Selesai: *{words}* komitmen", words, "gizi") == expected
    assert verdict(f"TUNTAS ({words})", words, "gizi") == expected


def test_the_only_commitment_in_a_state_is_the_one_a_line_speaks_of():
    assert verdict("Telat: 1 (Dinsos, 46 hr)", "46", "gizi") == "VERIFIED"
    assert verdict("Telat: 1 (Dinkes, 46 hr)", "Dinkes", "gizi") == "NO_DATA"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("lebih dari 12.000", "VERIFIED"), ("hampir 13.000", "VERIFIED"), ("lebih dari 15.000", "DIFFERENT")],
)
def test_a_rough_number_is_as_near_as_its_words_allow(words, expected):
    text = f"Dinas Lingkungan Hidup akan menanam {words} batang mangrove di Teluk Pasir."

    assert verdict(text, words.split()[-1], "pesisir") == expected


def test_a_share_may_stand_before_what_it_is_the_share_of():
    text = "Sebanyak 37,5 persen komitmen, yakni tiga dari delapan, telah selesai."

    assert verdict(text, "37,5 persen", "gizi") == "VERIFIED"
    assert verdict(text.replace("37,5", "57,3"), "57,3 persen", "gizi") == "DIFFERENT"


@pytest.mark.parametrize(("years", "expected"), [("tiga", "VERIFIED"), ("lima", "DIFFERENT")])
def test_how_long_an_agreement_is_valid_is_compared(years, expected):
    assert verdict(f"Perjanjian Kerja Sama itu berlaku selama {years} tahun.", years, "pajak") == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [("akhir Oktober", "VERIFIED"), ("akhir Agustus", "DIFFERENT"), ("awal Oktober", "DIFFERENT")],
)
def test_a_month_without_a_day_is_held_against_the_date(month, expected):
    text = f"Penagihan bersama tunggakan pajak hotel ditargetkan rampung paling lambat {month}."

    assert verdict(text, month, "pajak") == expected
    assert "rampung" not in read(text, "pajak")


def test_who_spoke_and_who_led_are_told_apart():
    said = '"Satu anak stunting pun sudah terlalu banyak," tegas {} Lembah Hijau.'

    assert verdict(said.format("Wakil Gubernur"), "Wakil Gubernur Lembah Hijau", "gizi") == "VERIFIED"
    assert verdict(said.format("Gubernur"), "Gubernur Lembah Hijau", "gizi") == "DIFFERENT"
    assert verdict("Rapat dipimpin Kepala Bapenda Bukit Emas.", "Kepala Bapenda Bukit Emas", "pajak") == "DIFFERENT"


def test_a_rank_and_a_class_of_an_office_are_part_of_a_post():
    assert (
        verdict(
            "Hadir Kapolres Sele Kepulauan, AKBP Rinto Hadiwinata.",
            "Kapolres Sele Kepulauan, AKBP Rinto Hadiwinata",
            "pesisir",
        )
        == "VERIFIED"
    )
    assert read("Hadir Kapolres Sele Kepulauan, Kombes Pol. Rinto Hadiwinata.", "pesisir").popitem()[1] == (
        "DIFFERENT",
        "AKBP",
    )
    assert verdict("Kepala KPP Madya Bukit Emas hadir.", "Kepala KPP Madya Bukit Emas", "pajak") == "NO_DATA"


def test_codes_and_titles_of_agreements_are_compared():
    assert verdict("Kerja sama bernomor PKS-2025-330 itu berlanjut.", "PKS-2025-330", "pajak") == "NO_DATA"
    assert verdict("Kerja sama bernomor PKS-2025-033 itu berlanjut.", "PKS-2025-033", "pajak") == "VERIFIED"
    title = "Pengelolaan Tambang Berkelanjutan"
    assert read(f"Nota Kesepahaman tentang {title} ditandatangani.", "pesisir")[title] == (
        "NO_DATA",
        "Pengelolaan Pesisir Berkelanjutan",
    )


def test_what_is_given_up_or_only_explored_is_not_said_otherwise():
    patrol = "Polres tidak akan melaksanakan patroli bersama kawasan konservasi."

    assert verdict(patrol, "tidak akan melaksanakan", "pesisir") == "DIFFERENT"
    assert verdict("Peluncuran satu aplikasi pembayaran dibahas.", "Peluncuran", "pajak") == "DIFFERENT"
    assert "Penjajakan" not in read("Penjajakan satu aplikasi pembayaran dibahas.", "pajak")


def test_an_unknown_abbreviation_in_the_place_of_an_office_is_marked():
    assert verdict("Oleh BKAD, data wajib pajak dipertukarkan.", "BKAD", "pajak") == "NO_DATA"
    assert "PBB" not in read("Warga, PBB, dan denda dibahas.", "pajak")


def test_a_sentence_goes_on_about_what_it_takes_up():
    text = "Data wajib pajak akan dipertukarkan Bapenda. Pertukaran itu {} dilakukan."

    assert verdict(text.format("belum"), "belum dilakukan", "pajak") == "VERIFIED"
    assert verdict(text.format("sudah"), "sudah", "pajak") == "DIFFERENT"


def test_the_caption_of_a_picture_is_read_too():
    text = "FOTO: {} dan Kepala KPP Pratama Bukit Emas, Ratna Puspitasari, berjabat tangan."

    assert verdict(text.format("Sekda Haryo Wicaksana"), "Sekda Haryo Wicaksana", "pajak") == "VERIFIED"
    assert verdict(text.format("Bupati Haryo Wicaksana"), "Bupati Haryo Wicaksana", "pajak") != "VERIFIED"


def test_who_answers_for_a_commitment_is_read_in_short_brackets():
    line = "30/9/2026 – 38 ruang kelas madrasah direhab (PJ {})"

    assert verdict(line.format("Pemkab"), "Pemkab", "madrasah") == "VERIFIED"
    assert verdict(line.format("Disdikbud"), "Disdikbud", "madrasah") == "DIFFERENT"
    assert verdict(line.format("PMI"), "PMI", "madrasah") == "NO_DATA"


def test_what_is_told_to_be_untrue_is_not_held_against_the_record():
    assert "semua" not in read("Tidak benar semua komitmen selesai.", "bandar")
    assert verdict("Kini semua komitmen selesai.", "semua", "bandar") == "DIFFERENT"


@pytest.mark.parametrize(("year", "expected"), [("2026", "VERIFIED"), ("2025", "DIFFERENT")])
def test_what_happened_throughout_a_year_happened_in_the_period(year, expected):
    assert verdict(f"Tenggat berubah tiga kali sepanjang tahun {year}.", f"tahun {year}", "bandar") == expected


@pytest.mark.parametrize(("month", "expected"), [("akhir November", "VERIFIED"), ("akhir Oktober", "DIFFERENT")])
def test_the_month_of_the_state_may_stand_without_its_year(month, expected):
    assert verdict(f"Per {month}, dua komitmen selesai.", month, "bandar") == expected


def test_a_share_of_a_count_is_one_of_what_is_told_of_it():
    text = "{} dari enam komitmen telah rampung."

    assert verdict(text.format("Sepertiga"), "Sepertiga", "statistik") == "VERIFIED"
    assert verdict(text.format("Separuh"), "Separuh", "statistik") == "DIFFERENT"


@pytest.mark.parametrize(("words", "expected"), [("lima", "VERIFIED"), ("tiga", "DIFFERENT")])
def test_what_is_set_apart_from_the_rest_is_counted(words, expected):
    assert verdict(f"Dari {words} komitmen yang sudah bertenggat, satu menonjol.", words, "pangan") == expected


def test_no_is_an_answer_to_a_question():
    asked = "Tanya: adakah komitmen yang {}?\nJawab: Tidak ada."

    assert verdict(asked.format("terhambat"), "Tidak ada", "statistik") == "VERIFIED"
    assert verdict(asked.format("terlambat"), "Tidak ada", "statistik") == "DIFFERENT"


def test_the_day_something_was_finished_is_not_the_day_it_was_due():
    text = "Dinas Sosial menuntaskan pemutakhiran data keluarga miskin {} lalu."

    assert verdict(text.format("29 Juli"), "29 Juli", "statistik") == "VERIFIED"
    assert verdict(text.format("31 Juli"), "31 Juli", "statistik") == "DIFFERENT"


def test_an_office_of_another_kind_is_marked_in_a_headline():
    assert verdict("Balai POM dan Pemkab Telaga Wangi Rapatkan Barisan\n\nIsi.", "Balai POM", "pangan") == "NO_DATA"


def test_a_day_without_a_year_stands_in_a_dateline():
    assert verdict("Telaga Wangi, 29/4 – Rapat digelar.", "29/4", "pangan") == "VERIFIED"
    assert verdict("Telaga Wangi, 29/5 – Rapat digelar.", "29/5", "pangan") != "VERIFIED"
