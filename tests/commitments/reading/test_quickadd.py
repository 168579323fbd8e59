"""The box: what a line says, how lines are found, what is refused, how a line is written back."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.reading.quickadd import Gap, render
from tests.commitments.reading.boxes import read, read_one

# --- a line -------------------------------------------------------------------------------------


def test_one_line_says_who_what_when_why_and_how_much():
    line = read_one("Edukasi ke lembaga pelatihan @dik1 @dik2 @naker /30jun #1 =4 kali")

    assert line.wording == "Edukasi ke lembaga pelatihan"
    assert (line.lead, line.supporting) == ("dik1", ("dik2", "naker"))
    assert line.due_on == dt.date(2026, 6, 30)
    assert line.clause_keys == ("1",)
    assert (line.target, line.unit) == (Decimal(4), "kali")
    assert line.gaps == ()
    assert line.remarks == ()


def test_a_line_of_words_alone_is_a_commitment_with_gaps():
    line = read_one("Penjajakan Kelurahan Migran Emas")

    assert line.wording == "Penjajakan Kelurahan Migran Emas"
    assert line.gaps == (Gap.OWNER, Gap.DATE, Gap.TARGET, Gap.SCOPE)
    assert [str(gap) for gap in line.gaps] == ["penanggung jawab", "tenggat", "target", "ruang lingkup"]
    assert line.remarks == ()


def test_tokens_may_stand_anywhere_in_the_line():
    line = read_one("@naker Optimalisasi /tw2 bursa kerja #2 di dua lokasi")

    assert line.wording == "Optimalisasi bursa kerja di dua lokasi"
    assert (line.lead, line.due_on, line.clause_keys) == ("naker", dt.date(2026, 6, 30), ("2",))


@pytest.mark.parametrize(
    "typed",
    [
        "Job fair/bursa kerja dan/atau pelatihan",
        "Bursa kerja /atau job fair",
        "Surat ke petugas@kantor.simpul.example",
        "Rapat @ aula 24/7 # dan =",
        "Naker => Sosial @@ @@@ibu",
        "A/B C#1 D=4",
    ],
)
def test_signs_inside_ordinary_text_stay_text(typed):
    line = read_one(typed)

    assert line.wording == typed
    assert line.remarks == ()
    assert len(line.gaps) == 4


def test_a_backslash_keeps_a_sign_in_the_text():
    line = read_one(r"Unggah ke \#PelindunganPMI dan \@naker \/30jun \=4 kali \\@x")

    assert line.wording == r"Unggah ke #PelindunganPMI dan @naker /30jun =4 kali \@x"
    assert len(line.gaps) == 4


def test_brackets_and_punctuation_around_tokens_do_not_hurt():
    line = read_one("Sinergi TPPO (bersama @sos, @ppapp), monitoring (@naker) /30jun.")

    assert line.wording == "Sinergi TPPO (bersama), monitoring"
    assert (line.lead, line.supporting, line.due_on) == ("sos", ("ppapp", "naker"), dt.date(2026, 6, 30))


# --- the box ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prefix",
    [
        "- ",
        "* ",
        "• ",
        "-",
        "1. ",
        "12) ",
        "(3) ",
        "a. ",
        "[ ] ",
        "[x] ",
        "- [ ] ",
        "☐ ",
        "[28/01/26 10.15] Nama: ",
        "[28/01/26, 10.15.22] Nama Panjang: - ",
        "[10.15, 28/1/2026] Nama: ",
        "28/01/26 10.15 - Nama: ",
        "\u200e[28/01/26 10.15] ~\u202fNama: ",
    ],
)
def test_bullets_numbers_and_senders_are_left_out(prefix):
    assert read_one(f"{prefix}Edukasi ke SMK @dik1").wording == "Edukasi ke SMK"


@pytest.mark.parametrize(
    "typed", ["1.200 orang dilatih", "*Penting* sekali", "30 orang: dilatih", "A. Yani jadi lokasi"]
)
def test_numbers_and_names_at_the_start_are_no_bullets(typed):
    assert read_one(typed).wording == typed


def test_a_backslash_keeps_a_bullet():
    assert read_one(r"\1. Januari sebagai awal").wording == "1. Januari sebagai awal"


def test_indented_and_quoted_lines_are_notes_of_the_line_above():
    text = "Edukasi @dik1\n  sekolah dipilih bersama\n> usul kepala bidang\n\n\tdan satu lagi\nBursa kerja"

    first, second = read(text).lines

    assert first.note == "sekolah dipilih bersama\nusul kepala bidang\ndan satu lagi"
    assert (second.wording, second.note) == ("Bursa kerja", "")


def test_a_text_indented_as_a_whole_has_no_notes_by_that():
    lines = read("   - Edukasi\n   - Bursa kerja\n     catatan").lines

    assert [(line.wording, line.note) for line in lines] == [("Edukasi", ""), ("Bursa kerja", "catatan")]


def test_a_note_with_nothing_above_is_a_commitment():
    assert read_one("> Edukasi").wording == "Edukasi"


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "---\n===\n***", "-\n1.\n[ ]", "👍"])
def test_an_empty_box_says_nothing(text):
    assert read(text).lines == ()
    assert read(text).errors == ()


def test_lines_keep_the_number_of_the_box():
    assert [line.number for line in read("\nEdukasi\r\n\r\n---\nBursa kerja").lines] == [2, 5]


def test_spans_point_into_the_stored_text():
    reading = read("- Edukasi  ke SMK @dik1\r\n2) Bursa\u200b kerja /tw2 bersama")

    first, second = reading.lines

    assert reading.text == "- Edukasi  ke SMK @dik1\n2) Bursa kerja /tw2 bersama"
    assert first.span.of(reading.text) == "Edukasi  ke SMK @dik1"
    assert first.wording_span.of(reading.text) == "Edukasi  ke SMK"
    assert second.span.of(reading.text) == "Bursa kerja /tw2 bersama"
    assert second.wording_span.of(reading.text) == "Bursa kerja /tw2 bersama"


# --- limits -------------------------------------------------------------------------------------


def test_a_line_of_tokens_alone_lacks_its_wording():
    line = read_one("@naker /30jun")

    assert [remark.text for remark in line.remarks] == ["Baris 1: isi komitmen belum ada. Tulis apa yang disepakati."]


def test_a_very_long_line_is_kept_and_refused_in_words():
    reading = read("Edukasi\n" + "panjang " * 625)

    line = reading.lines[1]

    assert len(line.wording) == 4999
    assert [remark.text for remark in reading.errors] == [
        "Baris 2: terlalu panjang, 4.999 huruf dari paling banyak 2.000. Pisahkan menjadi beberapa baris."
    ]


def test_a_long_note_is_kept_and_refused_too():
    line = read_one("Edukasi\n> " + "x" * 2001)

    assert len(line.note) == 2001
    assert [remark.code for remark in line.remarks] == ["line_too_long"]


def test_too_many_lines_are_refused_at_the_first_that_is_not_read():
    reading = read("Edukasi\n" * 201)

    assert len(reading.lines) == 200
    assert reading.errors[0].text.startswith("Baris 201: terlalu banyak baris.")


def test_a_line_full_of_mistakes_gets_a_handful_of_remarks():
    line = read_one("Edukasi " + "@nakr " * 50)

    assert len(line.remarks) == 6
    assert line.remarks[-1].code == "more_remarks"


# --- writing ------------------------------------------------------------------------------------


def test_a_line_is_written_the_way_it_would_be_typed():
    line = read_one("- Edukasi (SMK) dan /atau BLK @dik1,2 /tw2 #1 =1.200,50 orang\n  bersama")

    assert render(line) == r"Edukasi (SMK) dan \/atau BLK @dik1 @dik2 /30-6-2026 #1 =1200,5 orang" "\n> bersama"


def test_a_line_without_wording_is_written_as_its_tokens():
    assert render(read_one("@naker /30jun")) == "@naker /30-6-2026"
