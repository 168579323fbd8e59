"""Workbooks whose lay-out is the difficulty: titles, two header rows, merged and hidden cells, totals, sections."""

from openpyxl import Workbook as Book

from tests.commitments.reading.workbooks.model import Messy, Row, day, filled, one_sheet, stored


def plain() -> Messy:
    """Five columns, one header row, nothing else: what every reader must manage."""
    rows = [
        ("Komitmen", "Penanggung jawab", "Tenggat", "Status", "Keterangan"),
        ("Menyusun daftar sekolah sasaran", "Disnaker", "30 Juni 2026", "Berjalan", "data sekolah dari Sudin"),
        ("Membuka loket informasi", "BP3MI Contoh", "15 Mei 2026", "Belum", None),
        ("Mencetak 500 brosur", "Diskominfo", None, None, "menunggu anggaran"),
    ]
    expected = (
        Row(
            "Menyusun daftar sekolah sasaran",
            ("naker",),
            (),
            day("2026-06-30"),
            "",
            "Berjalan",
            "data sekolah dari Sudin",
        ),
        Row("Membuka loket informasi", ("bp3mi",), (), day("2026-05-15"), "", "Belum"),
        Row("Mencetak 500 brosur", ("kominfo",), note="menunggu anggaran"),
    )
    return Messy("plain", expected, "komitmen.xlsx", one_sheet(rows))


def title_block() -> Messy:
    """A letterhead and two merged title lines above the table, a column of numbers, dates as Excel keeps them."""
    rows = [
        ("PEMERINTAH KOTA CONTOH", None, None, None, None),
        ("MATRIKS TINDAK LANJUT AUDIENSI", None, None, None, None),
        ("Tanggal 28 Januari 2026", None, None, None, None),
        (),
        ("No", "Tindak Lanjut", "PIC", "Target Waktu", "Ket."),
        (1, "Sosialisasi ke lima SMK", "Sudin Pendidikan I", day("2026-04-30"), "dua tahap"),
        (2, "Bursa kerja tingkat kota", "Dinas Tenaga Kerja", day("2026-08-20"), None),
        (3, "Pertukaran data lembaga pelatihan", "BP3MI", day("2026-03-31"), "tiap triwulan"),
    ]
    expected = (
        Row("Sosialisasi ke lima SMK", ("dik1",), (), day("2026-04-30"), note="dua tahap"),
        Row("Bursa kerja tingkat kota", ("naker",), (), day("2026-08-20")),
        Row("Pertukaran data lembaga pelatihan", ("bp3mi",), (), day("2026-03-31"), note="tiap triwulan"),
    )
    return Messy("title_block", expected, "matriks.xlsx", one_sheet(rows, ("A1:E1", "A2:E2", "A3:E3")))


def two_header_rows() -> Messy:
    """Headers over two rows: "Target" spans "Keluaran" and "Waktu", the others are merged downwards."""
    rows = [
        ("No.", "Rencana Aksi", "Unit Penanggung Jawab", "Target", None, "Pelaksanaan", None),
        (None, None, None, "Keluaran", "Waktu", "Progres", "Catatan"),
        (1, "Pelatihan petugas kelurahan", "Disnaker", "60 orang", "Juni 2026", "40%", "gelombang I"),
        (2, "Pemetaan kantong pekerja migran", "BP3MI Contoh", "1 peta", "31 Juli 2026", "0%", None),
        (3, "Layanan aduan satu pintu", "Polres Contoh", "1 nomor", "TW III 2026", None, "rapat teknis dahulu"),
    ]
    expected = (
        Row("Pelatihan petugas kelurahan", ("naker",), (), day("2026-06-30"), "", "40%", "gelombang I"),
        Row("Pemetaan kantong pekerja migran", ("bp3mi",), (), day("2026-07-31"), "", "0%"),
        Row("Layanan aduan satu pintu", ("polres",), (), day("2026-09-30"), note="rapat teknis dahulu"),
    )
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1")
    return Messy("two_header_rows", expected, "rencana aksi.xlsx", one_sheet(rows, merged), other_columns=("Keluaran",))


def merged_owner() -> Messy:
    """One merged owner for three rows and one merged date for two: the value belongs to every row."""
    rows = [
        ("No", "Uraian Komitmen", "Instansi", "Batas Waktu", "Status"),
        (1, "Mendata purna pekerja migran", "Dinas Sosial", day("2026-05-29"), "Proses"),
        (2, "Menyalurkan bantuan usaha", None, None, "Belum"),
        (3, "Melatih pendamping keluarga", None, day("2026-09-30"), "Belum"),
        (4, "Menerbitkan dokumen anak", "Dukcapil", day("2026-10-30"), "Selesai"),
    ]
    expected = (
        Row("Mendata purna pekerja migran", ("sos",), (), day("2026-05-29"), "", "Proses"),
        Row("Menyalurkan bantuan usaha", ("sos",), (), day("2026-05-29"), "", "Belum"),
        Row("Melatih pendamping keluarga", ("sos",), (), day("2026-09-30"), "", "Belum"),
        Row("Menerbitkan dokumen anak", ("duk",), (), day("2026-10-30"), "", "Selesai"),
    )
    return Messy("merged_owner", expected, "gabung.xlsx", one_sheet(rows, ("C2:C4", "D2:D3")))


def totals_and_signature() -> Messy:
    """Below the table: a total, notes and the signature of a head of division."""
    rows = [
        ("No", "Komitmen", "PIC", "Tenggat", "Progres"),
        (1, "Pemeriksaan kesehatan calon pekerja migran", "Dinkes", "28 Februari 2026", "100%"),
        (2, "Penyaringan permohonan paspor", "Imigrasi Contoh", "30 April 2026", "50%"),
        ("Jumlah", None, None, None, 2),
        (),
        ("Catatan:", None, None, None, None),
        ("1. Data per 31 Januari 2026", None, None, None, None),
        ("2. Progres menurut laporan instansi", None, None, None, None),
        (),
        (None, None, None, "Contoh, 2 Februari 2026", None),
        (None, None, None, "Kepala Bidang Penempatan,", None),
        (),
        (None, None, None, "(tanda tangan)", None),
        (None, None, None, "NIP. ........", None),
    ]
    expected = (
        Row("Pemeriksaan kesehatan calon pekerja migran", ("kes",), (), day("2026-02-28"), "", "100%"),
        Row("Penyaringan permohonan paspor", ("imi",), (), day("2026-04-30"), "", "50%"),
    )
    return Messy("totals_and_signature", expected, "laporan.xlsx", one_sheet(rows, ("A4:D4", "A7:E7", "A8:E8")))


def hidden_row_and_column() -> Messy:
    """A filter left one row hidden, and a hidden column keeps codes of the office's own."""
    book = Book()
    assert book.active is not None
    sheet = filled(
        book.active,
        [
            ("No", "Kode", "Komitmen", "Penanggung Jawab", "Tenggat"),
            (1, "X-01", "Menyiapkan ruang konsultasi", "Disnaker", "1 April 2026"),
            (2, "X-02", "Memasang papan pengumuman", "Diskominfo", "8 April 2026"),
            (3, "X-03", "Menunjuk pejabat penghubung", "Polres", "15 April 2026"),
        ],
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    expected = (
        Row("Menyiapkan ruang konsultasi", ("naker",), (), day("2026-04-01")),
        Row("Memasang papan pengumuman", ("kominfo",), (), day("2026-04-08"), hidden=True),
        Row("Menunjuk pejabat penghubung", ("polres",), (), day("2026-04-15")),
    )
    return Messy("hidden_row_and_column", expected, "saring.xlsx", stored(book), other_columns=("Kode",))


def several_sheets() -> Messy:
    """Instructions, a list of offices and a hidden old year stand beside the sheet that is meant."""
    book = Book()
    assert book.active is not None
    book.active.title = "Petunjuk"
    filled(book.active, [("Cara mengisi",), ("Isi kolom kuning saja.",), ("Jangan mengubah urutan kolom.",)])
    filled(
        book.create_sheet("Ref Instansi"),
        [("Kode", "Nama Instansi"), ("naker", "Dinas Tenaga Kerja"), ("kes", "Dinas Kesehatan")],
    )
    filled(
        book.create_sheet("RTL 2026"),
        [
            ("Tindak Lanjut", "Instansi", "Pendukung", "Target Waktu", "Keterangan"),
            ("Penyuluhan di balai warga", "Disnaker", "BP3MI", "12 Juni 2026", "malam hari"),
            ("Konsultasi dokumen kerja", "BP3MI", "Disnaker, Imigrasi", "26 Juni 2026", None),
        ],
    )
    old = filled(
        book.create_sheet("RTL 2024"),
        [("Tindak Lanjut", "Instansi", "Target Waktu"), ("Sudah lama selesai", "Disnaker", "1 Juni 2024")],
    )
    old.sheet_state = "hidden"
    expected = (
        Row("Penyuluhan di balai warga", ("naker",), (), day("2026-06-12"), note="malam hari", supporters=("bp3mi",)),
        Row("Konsultasi dokumen kerja", ("bp3mi",), (), day("2026-06-26"), supporters=("naker", "imi")),
    )
    return Messy("several_sheets", expected, "rtl.xlsx", stored(book), sheet="RTL 2026")


def gaps_and_sections() -> Messy:
    """Empty rows and columns, section lines over the full width, and the row that numbers the columns."""
    rows = [
        (),
        (None, "NO", None, "KOMITMEN", "INSTANSI", "TARGET WAKTU", "KET"),
        (None, "(1)", None, "(2)", "(3)", "(4)", "(5)"),
        (None, "A. PENCEGAHAN", None, None, None, None, None),
        (None, 1, None, "Siaran radio tiap pekan", "Kominfo", "Februari 2026", None),
        (),
        (None, 2, None, "Penyuluhan guru BK", "Sudin Pendidikan II", "27 Maret 2026", "bersama BP3MI"),
        (None, "B. PENANGANAN", None, None, None, None, None),
        (None, 1, None, "Rumah aman bagi korban", "Dinas Sosial", None, "lokasi belum ada"),
        (),
        (),
        (None, 2, None, "Pendampingan hukum", "Polres", "Desember 2026", None),
    ]
    expected = (
        Row("Siaran radio tiap pekan", ("kominfo",), (), day("2026-02-28")),
        Row("Penyuluhan guru BK", ("dik2",), (), day("2026-03-27"), note="bersama BP3MI"),
        Row("Rumah aman bagi korban", ("sos",), note="lokasi belum ada"),
        Row("Pendampingan hukum", ("polres",), (), day("2026-12-31")),
    )
    return Messy("gaps_and_sections", expected, "jarang.xlsx", one_sheet(rows, ("B4:G4", "B8:G8")))


LAYOUTS = (
    plain, title_block, two_header_rows, merged_owner, totals_and_signature, hidden_row_and_column, several_sheets,
    gaps_and_sections,
)  # fmt: skip
