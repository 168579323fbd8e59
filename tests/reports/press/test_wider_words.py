"""Words by which headlines, questions and everyday language say what the record says otherwise."""

from dataclasses import replace

import pytest

from reports.press.checking import check
from reports.press.findings import Kind
from tests.reports.press.cases import DIRECTORY, checked, facts_of, right, verdicts


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("Semua komitmen sudah tuntas.", "Semua", "DIFFERENT"),
        ("Sebagian besar komitmen belum selesai.", "Sebagian besar", "VERIFIED"),
        ("Tak satu pun komitmen terkendala.", "Tak satu pun", "DIFFERENT"),
        ("Tidak ada komitmen yang melewati tanggal usulan.", "Tidak ada", "VERIFIED"),
    ],
)
def test_all_none_and_most_are_counted(text, words, verdict):
    assert verdicts(text, "maju")[words] == verdict


def test_what_all_shall_do_is_no_claim_about_their_state():
    assert "Seluruh" not in verdicts("Seluruh komitmen akan dituntaskan.", "maju")


@pytest.mark.parametrize(
    ("kind", "verdict"), [("audiensi", "VERIFIED"), ("deklarasi", "NO_DATA"), ("rapat koordinasi", "NO_DATA")]
)
def test_the_kind_of_a_meeting_is_compared(kind, verdict):
    assert verdicts(f"BP3MI Contoh menggelar {kind} dengan Pemkot Contoh.")[kind] == verdict


def test_the_kind_of_a_meeting_is_read_behind_a_label():
    assert verdicts("Kegiatan: Sosialisasi")["Sosialisasi"] == "NO_DATA"


def test_what_ought_to_be_done_is_not_said_to_be_done():
    assert "kelar" not in verdicts("Pendataan keluarga pekerja migran harusnya kelar 17 April 2026.", "maju")


def test_a_rakor_is_a_rapat_koordinasi():
    occasion = replace(facts_of("kota").occasions[0], kind="Rapat koordinasi")
    found = check("Rakor berlangsung Rabu.", replace(facts_of("kota"), occasions=(occasion,)), DIRECTORY)

    assert [one.answer.verdict for one in found.findings if one.kind is Kind.MEETING] == ["VERIFIED"]


def test_a_meeting_to_come_is_of_no_recorded_kind():
    assert "deklarasi" not in verdicts("BP3MI Contoh akan menggelar deklarasi desa.")


@pytest.mark.parametrize("name", ["UBMK", "Kemenkumham", "Disbun", "Polres Teladan"])
def test_an_unknown_office_in_a_headline_is_marked(name):
    assert "NO_DATA" in verdicts(f"{name} dan Pemkot Contoh Sepakati Enam Komitmen\n\nIsi.").values()


def test_a_headline_may_shorten_a_recorded_name():
    kota = facts_of("kota")
    offices = tuple(
        replace(one, short_name="Kanwil Kemenkum Contoh") if one.code == "dik" else one for one in kota.offices
    )
    found = check("Kemenkum Gandeng Pemkot Contoh\n\nIsi.", replace(kota, offices=offices), DIRECTORY)

    assert {one.answer.verdict for one in found.findings} == {"VERIFIED"}


def test_a_verb_in_a_headline_is_no_place():
    assert "Pemkot Sepakati" not in verdicts("Pemkot Sepakati Enam Komitmen\n\nIsi.")


def test_everyday_abbreviations_in_a_headline_are_no_offices():
    assert verdicts("Pemkot Contoh Lindungi PMI dan UMKM\n\nIsi.") == {"Pemkot Contoh": "VERIFIED"}


def test_a_place_that_goes_on_otherwise_is_marked_wherever_it_stands():
    kota = replace(facts_of("kota"), city="Tanjung Rimba")

    for text in ("BP3MI Tanjung Laut Buka Layanan\n\nIsi.", "Kegiatan di Tanjung Laut berjalan."):
        found = {one.span.of(text): one.answer for one in check(text, kota, DIRECTORY).findings}
        assert (found["Tanjung Laut"].verdict, found["Tanjung Laut"].right) == ("NO_DATA", "Tanjung Rimba")
    assert check("Kegiatan di Tanjung Rimba berjalan.", kota, DIRECTORY).findings == ()


def test_the_mayor_of_another_quarter_is_another_mayor():
    assert verdicts("Wali Kota Contoh Selatan hadir.")["Wali Kota Contoh Selatan"] == "NO_DATA"
    assert verdicts("Wali Kota Contoh hadir.")["Wali Kota Contoh"] == "VERIFIED"


@pytest.mark.parametrize(("post", "verdict"), [("Walkot", "VERIFIED"), ("Wawali", "NO_DATA"), ("Wabup", "NO_DATA")])
def test_shortened_posts_are_posts(post, verdict):
    assert verdicts(f"{post} Contoh Melati Utama menyambut rombongan.")[post] == verdict


def test_an_answer_is_about_its_question():
    asked = "Berapa komitmen yang sudah selesai?\nJawab: Tiga."

    assert verdicts(asked, "maju")["Tiga"] == "VERIFIED"
    assert right(asked.replace("Tiga", "Lima"), "Lima", "maju") == "3"


def test_an_amount_may_be_told_in_another_unit():
    text = "Pelatihan bahasa bagi calon pekerja diikuti 10 orang."

    assert verdicts(text, "maju")["10"] == "VERIFIED"
    assert right(text.replace("10", "15"), "15", "maju") == "10 peserta"


def test_what_is_left_is_counted_in_its_unit():
    assert verdicts("Masih tersisa 7 SMK.", "maju")["7"] == "VERIFIED"
    assert right("Masih tersisa 6 SMK.", "6", "maju") == "7 SMK"


def test_kinds_of_commitments_in_a_list():
    found = verdicts("Disepakati empat komitmen, satu penjajakan, dan satu janji.")

    assert found == {"empat": "VERIFIED", "satu": "VERIFIED"}


def test_states_as_labels_before_their_numbers():
    found = checked("Status komitmen: selesai 3, berjalan 2, terkendala 1.", "maju")
    numbers = [(one.span.of(found.text), one.answer.verdict) for one in found.findings if one.kind is Kind.NUMBER]

    assert numbers == [("3", "VERIFIED"), ("2", "DIFFERENT"), ("1", "VERIFIED")]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("rencananya digelar", "DIFFERENT"),
        ("sukses digelar", "VERIFIED"),
        ("masih dalam tahap persiapan", "DIFFERENT"),
        ("belum juga digelar", "DIFFERENT"),
        ("batal digelar", "DIFFERENT"),
        ("kelar digelar", "VERIFIED"),
    ],
)
def test_words_of_time_in_everyday_language(words, verdict):
    assert set(verdicts(f"Bursa kerja {words}.", "maju").values()) == {verdict}


@pytest.mark.parametrize(
    ("time", "verdict"), [("pukul 9", "VERIFIED"), ("jam 9 pagi", "VERIFIED"), ("jam 9 malam", "DIFFERENT")]
)
def test_a_time_of_day_needs_no_minutes(time, verdict):
    assert verdicts(f"Audiensi dimulai {time}.")["9"] == verdict


def test_a_commitment_is_known_by_one_word_and_its_date():
    text = "Buku kecil itu jadi pada 12 Maret 2026 untuk 500 rumah."

    assert "K-2026-008" in checked(text, "maju").sentences[0].sources


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("Perubahan tenggat terjadi satu kali.", "satu", "VERIFIED"),
        ("Perubahan tenggat terjadi tiga kali.", "tiga", "DIFFERENT"),
        ("Empat komitmen dikonfirmasi mitra, empat belum.", "empat", "VERIFIED"),
        ("Empat komitmen dikonfirmasi mitra, tiga belum.", "tiga", "DIFFERENT"),
        ("Ruang lingkup yang ditindaklanjuti: 3 dari 5.", "5", "VERIFIED"),
        ("Ruang lingkup yang ditindaklanjuti: 3 dari 6.", "6", "DIFFERENT"),
        ("Penanggung jawab: 5 instansi.", "5", "VERIFIED"),
        ("Kolaborasi edukasi migrasi aman mencakup 5 SMK dari 12.", "12", "VERIFIED"),
        ("Kolaborasi edukasi migrasi aman: 5 dari 12 SMK sudah terjangkau.", "sudah", "VERIFIED"),
        ("Kolaborasi edukasi migrasi aman: 5 dari 12 SMK belum terjangkau.", "belum terjangkau", "DIFFERENT"),
        ("Pendataan keluarga pekerja migran tidak terlambat.", "tidak terlambat", "DIFFERENT"),
        ("Pendataan keluarga pekerja migran telat.", "telat", "VERIFIED"),
        ("SMK: 5 terjangkau, 7 lagi menyusul.", "7", "VERIFIED"),
        ("SMK: 5 terjangkau, 6 lagi menyusul.", "6", "DIFFERENT"),
        ("BPVP akan melatih calon pekerja.", "BPVP", "NO_DATA"),
        ("Kolaborasi edukasi migrasi aman akan rampung 30 September 2026.", "akan rampung", "VERIFIED"),
    ],
)
def test_figures_in_the_words_of_offices(text, words, verdict):
    assert verdicts(text, "maju")[words] == verdict


@pytest.mark.parametrize(
    ("name", "verdict"), [("Melati", "VERIFIED"), ("Kenari", "NO_DATA"), ("Melati Utami", "NO_DATA")]
)
def test_who_is_said_to_have_spoken_is_known_by_name(name, verdict):
    assert verdicts(f"Semua bergerak bersama, tutur {name}.")[name] == verdict


def test_a_name_that_only_ends_as_a_recorded_one_is_not_recorded():
    assert verdicts("Hadir pula Anggrik Lestari.")["Anggrik Lestari"] == "NO_DATA"


def test_a_post_ends_before_what_its_holder_does():
    found = verdicts("Wali Kota Contoh Melati Utama menerima rombongan BP3MI Contoh.")

    assert found == {"Wali Kota Contoh Melati Utama": "VERIFIED", "BP3MI Contoh": "VERIFIED"}


def test_a_day_behind_a_dash_is_no_part_of_a_name():
    assert verdicts("Pendataan keluarga di 8 kecamatan - Sudin Sosial - 17/4/2026")["Sudin Sosial"] == "VERIFIED"


def test_an_unknown_ministry_is_seen_by_its_abbreviation():
    assert verdicts("Nota Kesepakatan antara Kemlu dan Pemprov Contoh Raya.")["Kemlu"] == "NO_DATA"


def test_a_verb_and_its_noun_are_one_word():
    assert "K-2026-006" in checked("Kelurahan Migran masih dijajaki.").sentences[0].sources


def test_words_of_an_office_are_no_words_about_a_commitment():
    assert checked("Hadir Sudin Pendataan Keluarga Pekerja Migran.").sentences[0].sources == ()
