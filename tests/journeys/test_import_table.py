"""The table an office keeps becomes drafts, with and without JavaScript, and comes out of the list again."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import field, told

pytestmark = pytest.mark.journey

ROWS = (
    ("MATRIKS TINDAK LANJUT RAPAT 12 MARET 2025 (contoh)",),
    ("No", "Rencana Aksi", "PIC", "Target Waktu", "Progres", "Ket."),
    (1, "Penyuluhan di balai warga {mark} (contoh)", "Sudin Contoh A, Sudin Contoh B", "TW II 2025", "Selesai", None),
    (2, "Pelatihan kader {mark} (contoh)", "Dinas Entah", "Juni 2031", None, "Menunggu surat"),
    (None, "Jumlah", 2, None, None, None),
)


@pytest.fixture
def matrix(tmp_path):
    """A workbook whose commitments carry a mark of their own."""

    def make(mark):
        book = Workbook()
        for row in ROWS:
            book.active.append([cell.format(mark=mark) if isinstance(cell, str) else cell for cell in row])
        path = tmp_path / "matriks.xlsx"
        book.save(path)
        return path

    return make


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_matrix_is_read_corrected_and_saved(sign_in, example_copy, matrix, javascript):
    officer = sign_in(example_copy, "petugas.bp3mi", javascript=javascript, viewport=PHONE)
    mark = "pagi" if javascript else "sore"
    officer.goto("/pertemuan/impor/")
    field(officer, "Berkas Excel atau CSV").set_input_files(matrix(mark))
    officer.get_by_role("button", name="Baca tabel").click()

    told(officer, "2 komitmen akan disimpan, 1 perlu dilengkapi")
    told(officer, "pengingat untuk tanggal yang sudah lewat tidak dikirim")
    expect(field(officer, "Tanggal")).to_have_value("Rabu, 12 Maret 2025")
    officer.get_by_label("Dinas Entah").select_option(index=1)
    officer.get_by_label("Bulan tanpa tanggal dibaca sebagai akhir bulan").check()
    if not javascript:
        officer.get_by_role("button", name="Baca ulang").last.click()
    expect(officer.get_by_text("30 Juni 2031").first).to_be_visible()
    told(officer, "2 komitmen akan disimpan")
    officer.get_by_role("button", name="Simpan draf").click()

    officer.wait_for_url(re.compile("/pertemuan/A-2025-"))
    told(officer, f"Penyuluhan di balai warga {mark} (contoh)")
    told(officer, f"Pelatihan kader {mark} (contoh)")
