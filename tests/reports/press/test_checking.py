"""What the checker says about single words of a text."""

import pytest

from reports.press.findings import Kind
from tests.reports.press.cases import checked, right, verdicts


def test_a_number_is_compared_with_what_it_counts():
    assert verdicts("Audiensi menghasilkan enam komitmen.")["enam"] == "VERIFIED"
    assert right("Audiensi menghasilkan 5 komitmen.", "5") == "6"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Per 30 Juni 2026, 3 dari 8 komitmen telah selesai.", "3"),
        ("Komitmen yang telah selesai berjumlah 3.", "3"),
        ("Dari 8 komitmen, 1 terkendala.", "1"),
        ("Sebanyak 37,5 persen komitmen telah selesai.", "37,5 persen"),
        ("Keterlambatan terlama 74 hari.", "74"),
        ("Tindak lanjut mencakup 3 dari 5 ruang lingkup.", "5"),
        ("Realisasi pelatihan bahasa bagi calon pekerja 10 peserta.", "10"),
        ("Tercatat 8 (delapan) komitmen.", "8 (delapan)"),
    ],
)
def test_numbers_in_many_forms_are_known(text, words):
    assert verdicts(text, "maju")[words] == "VERIFIED"


def test_a_number_and_its_words_must_agree():
    assert right("Tercatat 8 (sembilan) komitmen.", "8 (sembilan)", "maju") == "8"


def test_numbers_of_laws_codes_and_idioms_count_nothing():
    text = "UU Nomor 18 Tahun 2017, komitmen K-2026-001, salah satu, satu sama lain, pasal 40."

    assert [one for one in checked(text).findings if one.kind is Kind.NUMBER] == []


def test_a_day_must_fall_on_its_weekday():
    found = [one for one in checked("Audiensi digelar Kamis, 28 Januari 2026.").findings if one.kind is Kind.DATE]

    assert [(one.answer.verdict, one.answer.right) for one in found] == [("DIFFERENT", "Rabu, 28 Januari 2026")]


def test_a_day_known_elsewhere_is_wrong_in_this_place():
    assert right("Audiensi digelar pada 29 Oktober 2025.", "29 Oktober 2025") == "Rabu, 28 Januari 2026"
    text = "Optimalisasi pelaksanaan bursa kerja, tenggat 30 Juni 2026."
    assert right(text, "30 Juni 2026") == "Jumat, 15 Mei 2026"


def test_a_day_to_come_that_is_not_recorded_is_left_open():
    assert verdicts("Pertemuan lanjutan akan digelar 12 Februari 2026.")["12 Februari 2026"] == "NO_DATA"


def test_the_wrong_office_for_a_commitment_is_told_with_the_right_one():
    text = "Sudin Sosial akan melaksanakan optimalisasi bursa kerja."

    assert right(text, "Sudin Sosial") == "Sudin Nakertrans"


def test_an_office_is_known_by_any_of_its_names():
    found = verdicts("Hadir Suku Dinas Tenaga Kerja dan Transmigrasi, Sudin PPAPP, serta Sudin Kesehatan.")

    assert found["Sudin Kesehatan"] == "NO_DATA"
    assert found["Suku Dinas Tenaga Kerja dan Transmigrasi"] == found["Sudin PPAPP"] == "VERIFIED"


def test_a_title_is_compared_as_it_was_recorded():
    text = "Audiensi dipimpin Sekretaris BP3MI Contoh, Anggrek Lestari."

    assert right(text, "Sekretaris BP3MI Contoh, Anggrek Lestari") == "Kepala BP3MI Contoh, Anggrek Lestari"
    assert verdicts("Hadir Kepala Bagian Perekonomian.")["Kepala Bagian Perekonomian"] == "VERIFIED"


def test_telah_about_an_unfinished_row_differs_and_akan_about_a_finished_one():
    done = "Sudin Nakertrans akan melaksanakan optimalisasi bursa kerja."
    ahead = "Pemantauan bersama lembaga penempatan telah dilaksanakan."

    assert right(done, "akan", "maju") == "Selesai (terverifikasi)"
    assert right(ahead, "telah", "maju") == "Belum dimulai"
    assert verdicts(ahead.replace("telah", "akan"), "maju")["akan"] == "VERIFIED"


def test_reported_but_not_verified_may_be_said_as_such():
    start = "Sinergi pencegahan dan penanganan perdagangan orang"

    assert verdicts(f"{start} telah dilaporkan selesai.", "maju")["telah dilaporkan selesai"] == "VERIFIED"
    assert verdicts(f"{start} telah selesai.", "maju")["telah selesai"] == "DIFFERENT"


def test_a_quotation_needs_its_words_and_its_permission():
    allowed = "Kami ingin setiap calon pekerja migran berangkat dengan bekal yang cukup"

    assert verdicts(f"“{allowed},” ujar Kepala BP3MI Contoh.")[f"{allowed},"] == "VERIFIED"
    changed = allowed.replace("cukup", "kurang")
    assert right(f"“{changed},” ujar Kepala BP3MI Contoh.", f"{changed},") == allowed
    kept = "Keluarga yang ditinggalkan juga perlu didampingi,"
    assert verdicts(f"“{kept}” ujar Wali Kota Contoh.")[kept] == "DIFFERENT"


def test_an_item_goes_on_about_its_commitment():
    text = "1. Optimalisasi pelaksanaan bursa kerja. PIC: Sudin Sosial. Tenggat: 30 Juni 2026."

    assert verdicts(text)["Sudin Sosial"] == verdicts(text)["30 Juni 2026"] == "DIFFERENT"


def test_a_text_without_anything_to_check_has_no_findings():
    assert checked("").findings == checked("Terima kasih atas kerja samanya.").findings == ()


def test_findings_tell_their_reason_and_the_codes_behind_them():
    found = checked("Audiensi menghasilkan enam komitmen pada 28 Januari 2026.").findings

    assert all(one.answer.reason and one.answer.sources == ("A-2026-001",) for one in found)


@pytest.mark.parametrize(
    ("text", "world", "words"),
    [
        ("Kegiatan diikuti 120 peserta dari 12 SMK.", "kota", "12"),
        ("Sebagian besar komitmen, yakni 5 dari 8 komitmen, belum selesai.", "maju", "5"),
        ("Pendataan keluarga pekerja migran di 8 kecamatan telah melewati tenggat.", "maju", "telah melewati tenggat"),
        ("Kolaborasi edukasi migrasi aman telah menjangkau 5 SMK.", "maju", "telah menjangkau"),
        (
            (
                "Tenggat pendataan keluarga pekerja migran adalah 17 April 2026, sedangkan pelatihan bahasa bagi calon "
                "pekerja ditargetkan 31 Agustus 2026."
            ),
            "maju",
            "17 April 2026",
        ),
        (
            (
                "Pendataan keluarga pekerja migran dan pelatihan bahasa bagi calon pekerja bertenggat masing-masing 17 "
                "April 2026 dan 31 Agustus 2026."
            ),
            "maju",
            "31 Agustus 2026",
        ),
        ("Wali Kota Contoh di Balai Kota Contoh menyambut audiensi.", "kota", "Wali Kota Contoh"),
    ],
)
def test_what_is_true_is_not_called_different(text, world, words):
    assert verdicts(text, world)[words] == "VERIFIED"


def test_kerja_sama_that_goes_well_is_no_claim_about_a_commitment():
    assert verdicts("Kerja sama dengan BP3MI Contoh telah berjalan dengan baik.")["telah berjalan"] == "NO_DATA"
