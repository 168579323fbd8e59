"""Tables as offices keep them: what is certain is read, everything else stays words, nothing is lost."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reading.quickadd import parse
from commitments.reading.table.agencies import AgencyReader
from commitments.reading.table.cells import grid, to_text
from commitments.reading.table.days import DateReader
from commitments.reading.table.headers import Layout, Role, role_of
from commitments.reading.table.reading import Skip, read_table
from tests.commitments.reading.boxes import AGENCIES, MEETING, read
from tests.commitments.reading.workbooks import BUILDERS
from tests.commitments.reading.workbooks.scoring import score

HEADINGS = "No\tKomitmen\tPenanggung Jawab\tTenggat\tStatus\tKeterangan"


def table(*lines, **options):
    return read_table("\n".join(lines), meeting_on=MEETING, agencies=AGENCIES, **options)


def taken(found):
    return [row.line for row in found.rows if row.skip is None]


def codes_of(line):
    return [remark.code for remark in line.remarks]


# --- messy workbooks ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scores():
    tables = [build() for build in BUILDERS]
    return {table.slug: score(table) for table in tables}


def test_no_cell_of_a_messy_table_is_silently_wrong(scores):
    assert {slug: found.wrong for slug, found in scores.items() if found.wrong} == {}


def test_of_all_messy_cells_nearly_every_one_is_right(scores):
    right = sum(found.counts["right"] for found in scores.values())

    assert right / sum(sum(found.counts.values()) for found in scores.values()) > 0.95


# --- cells --------------------------------------------------------------------------------------


def test_a_cell_with_a_line_break_is_one_cell_and_its_quotes_are_not_words():
    [row, last] = grid('1\t"Pelatihan\ndan ""magang"""\tSudin A\nBerikut\tlagi')

    assert [cell.text for cell in row.cells] == ["1", 'Pelatihan\ndan "magang"', "Sudin A"]
    assert (row.line, last.line) == (1, 3)


@pytest.mark.parametrize("text", ['"Bursa" kerja\tx', '"tidak ditutup\tx', '"\tx', '""a\tx'])
def test_a_quote_that_encloses_no_cell_is_a_word(text):
    assert [cell.text for cell in grid(text)[0].cells] == text.split("\t")


cell_texts = st.text(alphabet=st.sampled_from('ab "\t\n1'), max_size=8).map(str.strip)


@given(st.lists(st.lists(cell_texts, min_size=1, max_size=4), min_size=1, max_size=5))
def test_rows_written_out_are_read_back(rows):
    assert [[cell.text for cell in row.cells] for row in grid(to_text(rows))] == rows


@given(st.text(alphabet=st.sampled_from('ab"\t\n@/1 \u3003'), max_size=60))
def test_spans_lie_in_the_text_whatever_is_pasted(text):
    found = read_table(text, meeting_on=MEETING, agencies=AGENCIES)

    for row in found.rows:
        assert 0 <= row.line.span.start <= row.line.wording_span.start
        assert row.line.wording_span.end <= row.line.span.end <= len(found.text)
        assert found.text.count("\n", 0, row.line.span.start) == row.line.number - 1


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000, '"a"\t' * 50_000, '"""\t' * 50_000, "\t" * 200_000, "a\tb\n" * 50_000,
        "1\t" + "(" * 100_000 + "\tSudin Sosial", "a\tb\n1\t" + "x" * 200_000, "1\t" + "a, " * 60_000 + "\tb",
        ("Komitmen\tPIC\tTenggat\n" + "a\t" + "Dinas Antah, " * 40 + "\t" + "akhir " * 18 + "\n") * 150,
    ],
    ids=range(9),
)  # fmt: skip
def test_hostile_tables_are_read_in_time(text):
    began = time.process_time()

    read_table(text, meeting_on=MEETING, agencies=AGENCIES)

    assert time.process_time() - began < 2


# --- headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("No.", Role.NUMBER), ("Rencana Aksi", Role.WORDING), ("Hal yang Disepakati", Role.WORDING),
        ("PIC", Role.LEAD), ("Instansi / Unit Penanggung Jawab", Role.LEAD), ("Instansi Pendukung", Role.SUPPORT),
        ("Batas Waktu Penyelesaian", Role.DUE), ("Target Waktu", Role.DUE), ("Progres s.d. Mei", Role.STATUS),
        ("Ket.", Role.NOTE), ("Anggaran", None), ("Target Volume", None), ("Lokasi Kegiatan", None), ("", None),
    ],
)  # fmt: skip
def test_headings_are_known_in_the_words_of_offices(heading, role):
    assert role_of(heading) == role


def test_two_rows_of_headings_are_read_as_one():
    found = table(
        "No\tUraian\tPenanggung Jawab\t\tWaktu\t",
        "\t\tUtama\tPendukung\tMulai\tSelesai",
        "1\tPelatihan bahasa\tSudin Sosial\tSudin PPAPP\t1/2/2026\t30/6/2026",
    )

    [line] = taken(found)
    assert (line.lead, line.supporting, line.due_on) == ("sos", ("ppapp",), dt.date(2026, 6, 30))


@pytest.mark.parametrize("above", ["Hasil rapat tanggal 12 Maret 2025", "RENCANA TINDAK LANJUT", "\t\t\tWaktu"])
def test_a_title_is_no_heading_and_an_upper_heading_is(above):
    found = table(above, "No\tKomitmen\tPIC\tTenggat", "1\tPelatihan bahasa\tSudin Sosial\t30 Juni 2026")

    [line] = taken(found)
    assert (line.wording, line.lead, line.due_on) == ("Pelatihan bahasa", "sos", dt.date(2026, 6, 30))
    assert len(found.titles) == (not above.startswith("\t"))


def test_columns_without_headings_are_known_by_what_stands_in_them():
    found = table("1\tPelatihan bahasa\tSudin Sosial\t30 Juni 2026", "2\tBursa kerja kota\tSudin PPAPP\tTW III 2026")

    assert [(line.wording, line.lead, line.due_on) for line in taken(found)] == [
        ("Pelatihan bahasa", "sos", dt.date(2026, 6, 30)),
        ("Bursa kerja kota", "ppapp", dt.date(2026, 9, 30)),
    ]


def test_the_writer_may_choose_other_columns():
    layout = Layout(first_row=2, roles={Role.WORDING: 2}, labels=("No", "Komitmen", "Isi"))

    [line] = taken(table("No\tKomitmen\tIsi", "1\tA\tYang sebenarnya", layout=layout))

    assert line.wording == "Yang sebenarnya"
    assert "Komitmen: A" in line.note


# --- rows ---------------------------------------------------------------------------------------


def test_what_is_no_commitment_is_left_out_with_its_reason():
    found = table(
        "MATRIKS TINDAK LANJUT",
        "",
        HEADINGS,
        "1\t2\t3\t4\t5\t6",
        "A\tBIDANG PELATIHAN\t\t\t\t",
        "1\tPelatihan bahasa\tSudin Sosial\t\t\t",
        "\tJumlah\t1\t\t\t",
        "",
        "\t\t\tContoh, 3 Februari 2026\t\t",
        "\t\t\tMengetahui,\t\t",
        "\t\t\tKepala Bidang\t\t",
    )

    assert [line.wording for line in taken(found)] == ["Pelatihan bahasa"]
    assert [row.skip for row in found.rows if row.skip] == [
        Skip.TITLE, Skip.SECTION, Skip.TOTAL, Skip.BELOW, Skip.BELOW, Skip.BELOW,
    ]  # fmt: skip


def test_a_row_without_words_of_its_own_goes_on_with_the_row_above():
    found = table(
        HEADINGS, "1\tPelatihan bahasa\tSudin Sosial\t30 Juni 2026\t\tRuang ada", "\t\tSudin PPAPP\t\t\tGuru belum"
    )

    [line] = taken(found)
    assert (line.lead, line.supporting, line.note) == ("sos", ("ppapp",), "Ruang ada\nGuru belum")
    assert "Sudin PPAPP" in line.span.of(found.text)


def test_two_dates_for_one_commitment_are_not_chosen_between():
    found = table(HEADINGS, "1\tPelatihan\tSudin Sosial\t30 Juni 2026\t\t", "\t\t\t31 Juli 2026\t\t")

    [line] = taken(found)
    assert line.due_on is None
    assert "Tenggat menurut tabel: 30 Juni 2026 31 Juli 2026" in line.note
    assert "table_date" in codes_of(line)


def test_a_merged_owner_counts_for_every_row_it_spans():
    found = table(HEADINGS, "1\tPelatihan\tSudin Sosial\t\t\t", "2\tBursa kerja\t\u3003\t\t\t", "3\tPameran\tsda\t\t\t")

    assert [line.lead for line in taken(found)] == ["sos", "sos", "sos"]


def test_a_hidden_row_is_read_but_not_taken():
    found = table(HEADINGS, "1\tPelatihan\tSudin Sosial\t\t\t", "2\tRahasia\tSudin Sosial\t\t\t", hidden=[3])

    assert [(row.line.wording, row.skip) for row in found.rows] == [("Pelatihan", None), ("Rahasia", Skip.HIDDEN)]


def test_a_status_never_moves_anything_it_stays_a_word():
    [line] = taken(table(HEADINGS, "1\tPelatihan\tSudin Sosial\t\tSelesai\tRuang ada"))

    assert line.note == "Ruang ada\nStatus menurut tabel: Selesai"
    assert "table_status" in codes_of(line)


def test_columns_of_the_office_that_are_not_ours_stay_in_the_note():
    [line] = taken(table("Komitmen\tPIC\tLokasi", "Pelatihan\tSudin Sosial\tAula lantai 2"))

    assert line.note == "Lokasi: Aula lantai 2"


def test_a_formula_without_a_result_is_said():
    [line] = taken(table(HEADINGS, "1\tPelatihan\tSudin Sosial\t#RUMUS!\t\t"))

    assert "table_formula" in codes_of(line)


# --- agencies -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("Sudin Sosial", ("sos",), ()),
        ("Suku Dinas Contoh Pendidikan Wilayah I dan II", ("dik1", "dik2"), ()),
        ("1. Sudin Sosial\n2. Disnaker", ("sos", "naker"), ()),
        ("Sudin Sosial/Sudin PPAPP, naker", ("sos", "ppapp", "naker"), ()),
        ("Kepala Sudin Sosial", ("sos",), ()),
        ("Kasudin Sosial", ("sos",), ()),
        ("Sosial", (), ("Sosial",)),
        ("Dinas Antah dan Sudin Sosial", ("sos",), ("Dinas Antah",)),
        ("-", (), ()),
    ],
)
def test_only_whole_names_are_agencies(text, codes, unknown):
    found = AgencyReader(AGENCIES).read(text)

    assert (found.codes, found.unknown) == (codes, unknown)


def test_nobody_leads_past_an_unknown_first_name():
    [line] = taken(table(HEADINGS, "1\tPelatihan\tDinas Antah, Sudin Sosial\t\t\t"))

    assert (line.lead, line.supporting) == (None, ())
    assert "Penanggung jawab menurut tabel: Dinas Antah, Sudin Sosial" in line.note
    [remark] = [remark for remark in line.remarks if remark.code == "table_agency"]
    assert len(remark.choices) == 3


def test_the_writer_may_say_whom_a_name_means():
    [line] = taken(table(HEADINGS, "1\tPelatihan\tDinas Antah, Sudin Sosial\t\t\t", choices={"Dinas Antah": "ppapp"}))

    assert (line.lead, line.supporting) == ("ppapp", ("sos",))


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-30", "2026-06-30"), ("Selasa, 30 Juni 2026", "2026-06-30"), ("s.d. 30/06/26", "2026-06-30"),
        ("TW II 2026", "2026-06-30"), ("Triwulan ke-2 Tahun 2026", "2026-06-30"), ("Semester II 2026", "2026-12-31"),
        ("paling lambat tanggal 30 Juni 2026", "2026-06-30"), ("akhir bulan Juni 2026", "2026-06-30"),
        ("akhir tahun 2026", "2026-12-31"), ("2026-06-30 09.30", "2026-06-30"),
    ],
)  # fmt: skip
def test_a_date_that_says_its_day_is_read_without_a_word(text, day):
    found = DateReader(base=MEETING).read(text)

    assert (found.on, found.remarks) == (dt.date.fromisoformat(day), ())


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("TW II", "2026-06-30", "table_completed"), ("30 Juni", "2026-06-30", "table_completed"),
        ("1 Mei s.d. 30 Juni 2026", "2026-06-30", "table_range"), ("1-30 Juni 2026", "2026-06-30", "table_range"),
        ("Juni 2026", None, "table_month"), ("Mei - Juni 2026", None, "table_month"), ("rutin", None, "table_date"),
        ("46203", None, "table_date"), ("2026", None, "table_date"), ("besok", None, "table_date"),
        ("6/30/2026", None, "date_order"), ("31 Februari 2026", None, "date_impossible"),
        ("Senin, 30 Juni 2026", None, "weekday_mismatch"),
    ],
)  # fmt: skip
def test_what_is_completed_or_left_is_said(text, day, code):
    found = DateReader(base=MEETING).read(text)

    assert found.on == (dt.date.fromisoformat(day) if day else None)
    assert [remark.code for remark in found.remarks] == [code]
    assert found.on is not None or not found.is_whole


def test_a_month_is_its_end_only_when_the_writer_says_so():
    assert DateReader(base=MEETING, month_ends=True).read("Juni 2026").on == dt.date(2026, 6, 30)


def test_a_column_of_american_dates_is_not_guessed_at():
    found = table(HEADINGS, "1\tPelatihan\t\t6/30/2026\t\t", "2\tBursa kerja\t\t06/07/2026\t\t")

    assert [line.due_on for line in taken(found)] == [None, None]


def test_the_year_of_the_heading_is_the_year_of_its_dates():
    [line] = taken(table("Komitmen\tPIC\tTarget Waktu 2027", "Pelatihan\tSudin Sosial\tTW I"))

    assert line.due_on == dt.date(2027, 3, 31)


# --- rows pasted into the box -------------------------------------------------------------------


def test_pasted_rows_are_lines_among_typed_ones():
    reading = read("Penjajakan bersama @naker\nPelatihan\tSudin Sosial\t30 Juni 2026\nPameran\tAntah\t\n> catatan")

    typed, first, second = reading.lines
    assert (typed.lead, typed.wording, typed.note) == ("naker", "Penjajakan bersama", "")
    assert (first.lead, first.due_on, first.span.of(reading.text)[:9]) == ("sos", dt.date(2026, 6, 30), "Pelatihan")
    assert (second.lead, second.number) == (None, 3)
    assert second.note == "Penanggung jawab menurut tabel: Antah\ncatatan"


def test_headings_and_totals_pasted_with_the_rows_make_no_lines():
    reading = read(f"{HEADINGS}\n1\tPelatihan\tSudin Sosial\t30 Juni 2026\tProses\t\n\tJumlah\t1\t\t\t")

    assert [line.wording for line in reading.lines] == ["Pelatihan"]
    assert [remark.code for remark in reading.warnings] == ["table_skipped"]


@pytest.mark.parametrize("text", ["Edukasi\t@naker /30jun", "Edukasi\n\tcatatan di bawahnya", "Edukasi\tlanjutan"])
def test_tabs_alone_make_no_table(text):
    [line] = read(text).lines

    assert line.wording.startswith("Edukasi")
    assert not [code for code in codes_of(line) if code.startswith("table")]


def test_more_pasted_rows_than_can_be_saved_at_once_are_said():
    reading = read("\n".join(f"Kegiatan ke-{n}\tSudin Sosial" for n in range(230)))

    assert len(reading.lines) == 200
    assert [remark.code for remark in reading.errors] == ["too_many_lines"]


@given(
    st.lists(st.sampled_from(["Edukasi", "\t", "\n", "Sudin Sosial", "30 Juni 2026", "No\tKomitmen\tPIC", '"', "1"]))
)
def test_pasted_text_never_raises(pieces):
    reading = parse("".join(pieces), meeting_on=MEETING, agencies=AGENCIES, clauses=[])

    assert all(0 <= line.span.start <= line.span.end <= len(reading.text) for line in reading.lines)
    assert all(remark.text for remark in reading.all_remarks)
