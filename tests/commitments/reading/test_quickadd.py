import datetime as dt
from decimal import Decimal

import pytest

from commitments.reading.quickadd import AgencyName, ClauseName, Gap, Line, Reading, parse, render

MEETING = dt.date(2026, 1, 28)
AGENCIES = [
    AgencyName("naker", "Suku Dinas Contoh Tenaga Kerja", "Sudin Nakertrans", ("Disnaker", "Sudin Naker")),
    AgencyName("dik1", "Suku Dinas Contoh Pendidikan Wilayah I", "Sudin Pendidikan I"),
    AgencyName("dik2", "Suku Dinas Contoh Pendidikan Wilayah II", "Sudin Pendidikan II"),
    AgencyName("sos", "Suku Dinas Contoh Sosial", "Sudin Sosial"),
    AgencyName("ppapp", "Suku Dinas Contoh PPAPP", "Sudin PPAPP"),
    AgencyName("pemkot-contoh", "Pemerintah Kota Contoh", "Pemkot Contoh"),
]
CLAUSES = [ClauseName("1", "Edukasi"), ClauseName("2", "Penempatan"), ClauseName("3.1.b", "Pemantauan")]


def read(text: str) -> Reading:
    return parse(text, meeting_on=MEETING, agencies=AGENCIES, clauses=CLAUSES)


def read_one(text: str) -> Line:
    (line,) = read(text).lines
    return line


# --- a line ------------------------------------------------------------------------------------


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
        "Naker => Sosial @@ibu",
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


# --- the box -----------------------------------------------------------------------------------


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


# --- agencies ----------------------------------------------------------------------------------


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


# --- dates -------------------------------------------------------------------------------------


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
    assert not line.has_errors
    assert [remark.code for remark in line.remarks] == ["date_or_frequency"]


# --- scope items and targets ---------------------------------------------------------------------


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


# --- limits --------------------------------------------------------------------------------------


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


# --- writing ---------------------------------------------------------------------------------------


def test_a_line_is_written_the_way_it_would_be_typed():
    line = read_one("- Edukasi (SMK) dan /atau BLK @dik1,2 /tw2 #1 =1.200,50 orang\n  bersama")

    assert render(line) == r"Edukasi (SMK) dan \/atau BLK @dik1 @dik2 /30-6-2026 #1 =1200,5 orang" "\n> bersama"


def test_a_line_without_wording_is_written_as_its_tokens():
    assert render(read_one("@naker /30jun")) == "@naker /30-6-2026"
