"""Workbooks whose cells are the difficulty: dates in every form, several agencies, status words, typed rich text."""

import datetime as dt
import io

import xlsxwriter
from openpyxl import Workbook as Book
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.commitments.reading.workbooks.model import Messy, Row, day, filled, one_sheet, stored

NBSP = "\u00a0"


def quarters() -> Messy:
    """Quarters and half-years in five ways of writing; without a year they count from the meeting."""
    typed = (
        ("TW II", "2026-06-30"),
        ("Triwulan III 2026", "2026-09-30"),
        ("TW-IV 2026", "2026-12-31"),
        ("Tw. I Tahun 2027", "2027-03-31"),
        ("Semester I 2026", "2026-06-30"),
        ("triwulan 2 tahun 2026", "2026-06-30"),
    )
    rows = [("Rencana Aksi", "PIC", "Target Waktu")]
    rows += [(f"Evaluasi tahap {number}", "Disnaker", words) for number, (words, _) in enumerate(typed, start=1)]
    expected = [
        Row(f"Evaluasi tahap {number}", ("naker",), (), day(due)) for number, (_, due) in enumerate(typed, start=1)
    ]
    return Messy("quarters", tuple(expected), "triwulan.xlsx", one_sheet(rows))


def dates_as_text() -> Messy:
    """Dates typed as words: every order an office uses, periods, and words that fix no day."""
    typed: tuple[tuple[str, str | None], ...] = (
        ("30/06/2026", "2026-06-30"),
        ("5-6-2026", "2026-06-05"),
        ("s.d. 30/06/26", "2026-06-30"),
        ("Selasa, 30 Juni 2026", "2026-06-30"),
        ("30 Jun 2026", "2026-06-30"),
        ("paling lambat tgl 12 Agustus 2026", "2026-08-12"),
        ("Maret 2026", "2026-03-31"),
        ("Maret s.d. Mei 2026", "2026-05-31"),
        ("20 - 22 April 2026", "2026-04-22"),
        ("2026-07-15", "2026-07-15"),
        ("akhir Oktober 2026", "2026-10-31"),
        ("30 Juni", "2026-06-30"),
        ("31/06/2026", None),
        ("segera", None),
        ("setiap bulan", None),
        ("setelah anggaran turun", None),
        ("minggu II Juli 2026", None),
    )
    rows = [("Komitmen", "PIC", "Batas waktu")]
    rows += [(f"Kegiatan nomor {number}", "BP3MI", words) for number, (words, _) in enumerate(typed, start=1)]
    expected = [
        Row(f"Kegiatan nomor {number}", ("bp3mi",), (), day(due) if due else None, "" if due else words)
        for number, (words, due) in enumerate(typed, start=1)
    ]
    return Messy("dates_as_text", tuple(expected), "tanggal.xlsx", one_sheet(rows))


def excel_dates() -> Messy:
    """Real dates in several formats. A cell shown as "Jun-26" means the month, though Excel keeps the first of it."""
    book = Book()
    assert book.active is not None
    sheet = filled(
        book.active,
        [
            ("Uraian", "Instansi", "Tgl Target"),
            ("Rapat teknis", "Disnaker", dt.datetime(2026, 3, 10, 9, 30)),  # noqa: DTZ001 - Excel knows no zone
            ("Uji coba aplikasi", "Kominfo", day("2026-04-02")),
            ("Peluncuran aplikasi", "Kominfo", day("2026-06-01")),
            ("Laporan akhir", "BP3MI", day("2026-12-11")),
        ],
    )
    for row, shown in ((2, "dd/mm/yyyy hh:mm"), (3, "[$-421]dd mmmm yyyy"), (4, "mmm-yy"), (5, "d-mmm-yy")):
        sheet.cell(row, 3).number_format = shown
    expected = (
        Row("Rapat teknis", ("naker",), (), day("2026-03-10")),
        Row("Uji coba aplikasi", ("kominfo",), (), day("2026-04-02")),
        Row("Peluncuran aplikasi", ("kominfo",), (), day("2026-06-30")),
        Row("Laporan akhir", ("bp3mi",), (), day("2026-12-11")),
    )
    return Messy("excel_dates", expected, "excel.xlsx", stored(book))


def several_agencies() -> Messy:
    """Several agencies in one cell; one office has commas and "dan" in its name, one is not in the directory."""
    name = "Dinas Sosial, Pemberdayaan Perempuan, dan Pelindungan Anak"
    typed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("Disnaker, BP3MI", ("naker", "bp3mi"), ()),
        ("Disnaker/Dinsos", ("naker", "sos"), ()),
        ("Polres\nImigrasi", ("polres", "imi"), ()),
        ("Dinkes dan Dukcapil", ("kes", "duk"), ()),
        ("Kominfo & Disnaker", ("kominfo", "naker"), ()),
        (name, ("sos",), ()),
        (f"{name} dan Disnaker", ("sos", "naker"), ()),
        ("Sudin Pendidikan I dan II", ("dik1", "dik2"), ()),
        ("1. Dinkes\n2. Polres\n3. Forum Lurah", ("kes", "polres"), ("Forum Lurah",)),
        ("Disnaker; Kecamatan se-Kota", ("naker",), ("Kecamatan se-Kota",)),
        ("Lembaga Bahasa Pelita", (), ("Lembaga Bahasa Pelita",)),
        ("DINAS TENAGA KERJA KOTA CONTOH", ("naker",), ()),
    )
    rows = [("Tindak Lanjut", "Unit Penanggung Jawab", "Target Waktu")]
    rows += [(f"Kerja sama ke-{number}", words, "30 Juni 2026") for number, (words, _, _) in enumerate(typed, start=1)]
    expected = [
        Row(f"Kerja sama ke-{number}", owners, unknown, day("2026-06-30"))
        for number, (_, owners, unknown) in enumerate(typed, start=1)
    ]
    return Messy("several_agencies", tuple(expected), "instansi.xlsx", one_sheet(rows))


def other_names_and_order() -> Messy:
    """The columns stand in another order and carry other names than ours."""
    rows = [
        ("Ket.", "Progres", "Batas Waktu", "Instansi", "Uraian", "Anggaran"),
        (
            "lihat lampiran",
            "Proses",
            "18 Mei 2026",
            "Dinas Kesehatan",
            "Posyandu bagi keluarga pekerja migran",
            25000000,
        ),
        (None, "Belum mulai", "1 September 2026", "Disdukcapil", "Layanan akta di kelurahan", 0),
    ]
    expected = (
        Row("Posyandu bagi keluarga pekerja migran", ("kes",), (), day("2026-05-18"), "", "Proses", "lihat lampiran"),
        Row("Layanan akta di kelurahan", ("duk",), (), day("2026-09-01"), "", "Belum mulai"),
    )
    return Messy("other_names_and_order", expected, "urutan.xlsx", one_sheet(rows), other_columns=("Anggaran",))


def status_words() -> Messy:
    """Status as words, ticks and percentages; a percentage is a number that Excel shows with its sign."""
    book = Book()
    assert book.active is not None
    typed = ("Selesai", "Proses", "On progress", "Belum", "√", "100%", 1, 0.5, "sudah dilaksanakan", "-", "batal")
    rows = [(f"Pekerjaan {number}", "BP3MI", "30 Juni 2026", word) for number, word in enumerate(typed, start=1)]
    sheet = filled(book.active, [("Komitmen", "PIC", "Tenggat", "Status"), *rows])
    for row in (8, 9):
        sheet.cell(row, 4).number_format = "0%"
    shown = {1: "100%", 0.5: "50%", "-": ""}
    expected = [
        Row(f"Pekerjaan {number}", ("bp3mi",), (), day("2026-06-30"), "", shown.get(word, str(word)))
        for number, word in enumerate(typed, start=1)
    ]
    return Messy("status_words", tuple(expected), "status.xlsx", stored(book))


def formulas() -> Messy:
    """Numbers, owner and date are formulas; what counts is the value that Excel kept beside each."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ("No", "Komitmen", "PIC", "Tenggat", "Keterangan"))
    rows = (
        ("Kelas bahasa bagi calon pekerja migran", "Disnaker", "2026-05-05", "kuota 30"),
        ("Pembekalan akhir pemberangkatan", "BP3MI Contoh", "2026-07-07", "kuota 45"),
    )
    start = day("1899-12-30")
    for number, (wording, owner, due, note) in enumerate(rows, start=1):
        sheet.write_formula(number, 0, "=ROW()-1", None, number)
        sheet.write_string(number, 1, wording)
        sheet.write_formula(number, 2, f"=VLOOKUP({number},Ref!A:B,2,FALSE)", None, owner)
        sheet.write_formula(number, 3, f"=DATE(2026,{day(due).month},{day(due).day})", as_day, (day(due) - start).days)
        sheet.write_formula(number, 4, f'="kuota "&{note.split()[1]}', None, note)
    reference = book.add_worksheet("Ref")
    reference.write_row(0, 0, (1, "Disnaker"))
    reference.write_row(1, 0, (2, "BP3MI Contoh"))
    book.close()
    expected = (
        Row("Kelas bahasa bagi calon pekerja migran", ("naker",), (), day("2026-05-05"), note="kuota 30"),
        Row("Pembekalan akhir pemberangkatan", ("bp3mi",), (), day("2026-07-07"), note="kuota 45"),
    )
    return Messy("formulas", expected, "rumus.xlsx", file.getvalue(), sheet="Data")


def wrapped_and_rich() -> Messy:
    """Lines broken inside cells, a list in one cell and words in bold: still one commitment a row."""
    book = Book()
    assert book.active is not None
    bold = CellRichText("Menyusun ", TextBlock(InlineFont(b=True), "modul pelatihan"), " bersama")
    filled(
        book.active,
        [
            ("Komitmen /\nKesepakatan", "Penanggung\nJawab", "Target\nWaktu", "Keterangan"),
            (bold, "Disnaker", "9 Juni 2026", None),
            (
                "Mengadakan pertemuan\nberkala antara kedua pihak\nsetiap dua bulan",
                "BP3MI",
                "30 Juni\n2026",
                "notula\ndikirim",
            ),
            ("Sosialisasi:\n- SMK\n- SMA", "Sudin Pendidikan I", "14 Agustus 2026", None),
        ],
    )
    expected = (
        Row("Menyusun modul pelatihan bersama", ("naker",), (), day("2026-06-09")),
        Row(
            "Mengadakan pertemuan berkala antara kedua pihak setiap dua bulan",
            ("bp3mi",), (), day("2026-06-30"), note="notula dikirim",
        ),
        Row("Sosialisasi: - SMK - SMA", ("dik1",), (), day("2026-08-14")),
    )  # fmt: skip
    return Messy("wrapped_and_rich", expected, "bungkus.xlsx", stored(book))


def careless_cells() -> Messy:
    """Stray spaces, hard spaces, dashes for "nothing", ditto words, an amount of money and a link of no use to us."""
    rows = [
        (" No ", f"KOMITMEN{NBSP}", " PIC  ", "TARGET WAKTU ", "STATUS", "KETERANGAN", "Anggaran (Rp)", "Tautan"),
        (
            "1.",
            f"  Pameran{NBSP}kerja   terbuka ",
            " disnaker ",
            " 3 Juni 2026",
            "-",
            " - ",
            "12.500.000",
            "contoh.example",
        ),
        ("2.", "Lokakarya penulisan riwayat hidup", "sda", "4 Juni 2026", "", "idem", "-", None),
        ("3.", "Uji kesehatan jiwa", "DINKES", "n/a", "proses", "'=rujukan dari BP3MI", 0, None),
        ("4.", "-", "-", "-", "-", "-", "-", None),
    ]
    expected = (
        Row("Pameran kerja terbuka", ("naker",), (), day("2026-06-03")),
        Row("Lokakarya penulisan riwayat hidup", ("naker",), (), day("2026-06-04"), note="idem"),
        Row("Uji kesehatan jiwa", ("kes",), (), None, "n/a", "proses", "'=rujukan dari BP3MI"),
    )
    return Messy(
        "careless_cells", expected, "ceroboh.xlsx", one_sheet(rows), other_columns=("Anggaran (Rp)", "Tautan")
    )  # fmt: skip


CELLS = (
    quarters, dates_as_text, excel_dates, several_agencies, other_names_and_order, status_words, formulas,
    wrapped_and_rich, careless_cells,
)  # fmt: skip
