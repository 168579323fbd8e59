"""Minutes, memos, records and notes: lists in every shape in which offices keep them."""

import pytest

from commitments.reading.release import read_release, sentences

SHAPES = {
    "bars": """\
Tabel tindak lanjut:
| No | Tindak Lanjut | Penanggung Jawab | Batas Waktu |
|----|----|----|----|
| 1 | Pengecatan ruang pamer | Dinas Kebudayaan | 31 Maret 2026 |
| 2 | Inventarisasi arca | Museum | Mei |""",
    "tabs": "Rencana Tindak Lanjut\nNo\tUraian\tPIC\n1\tPengecatan ruang pamer\tDinas A\n2\tInventarisasi arca\tMuseum",
    "columns": """\
MATRIKS RENCANA AKSI
No   Rencana Aksi              Pelaksana
1    Pengecatan ruang pamer    Dinas A
2    Inventarisasi arca        Museum""",
    "semicolons": """\
Rencana Tindak Lanjut
No;Kegiatan;PIC
1;Pengecatan ruang pamer;Dinas A
2;Inventarisasi arca;Museum""",
    "record": """\
BERITA ACARA KESEPAKATAN
Para pihak bersepakat sebagai berikut:
1. Pengecatan ruang pamer;
2. Inventarisasi arca.
Berita acara ini dibuat rangkap dua.""",
    "dictum": "Para pihak dengan ini bersepakat:\nKESATU : Pengecatan ruang pamer.\nKEDUA : Inventarisasi arca.",
    "articles": """\
Para pihak sepakat atas hal-hal berikut.
Pasal 1
Pengecatan ruang pamer.
Pasal 2
Inventarisasi arca.""",
    "chat": """\
*LAPORAN*
Mohon izin melaporkan
Telah dilaksanakan rakor museum.
👉 Kesepakatan:
🔹 Pengecatan ruang pamer
🔹 Inventarisasi arca
Demikian dilaporkan 🙏""",
    "hurried": """\
rapat museum di dinas
hadir dinas, museum
kesepakatan:
pengecatan ruang pamer
inventarisasi arca
mohon maaf kalau ada yg kurang""",
    "bare numbers": "rapat museum\nhasilnya:\n1 pengecatan ruang pamer\n2 inventarisasi arca\nsekian",
    "groups": """\
RENCANA TINDAK LANJUT
A. Gedung
1) Pengecatan ruang pamer
B. Koleksi
1) Inventarisasi arca

Notulis""",
    "inner list": """\
Hasil lokakarya:
1. Bidang gedung
   a. Pengecatan ruang pamer;
2. Bidang koleksi
   a. Inventarisasi arca.""",
    "doubled mark": "Rapat menghasilkan keputusan:\n1). Pengecatan ruang pamer\n2). Inventarisasi arca",
    "dashes and gaps": "Para pihak menyetujui hal berikut:\n\n-- pengecatan ruang pamer;\n\n-- inventarisasi arca.",
    "caption": "Seru! ✨\nOutputnya:\n✔️ pengecatan ruang pamer\n✔️ inventarisasi arca\n#Museum",
    "next sentence": "Kesepakatan tercapai. Pengecatan ruang pamer, inventarisasi arca.",
    "hint": "Dialog melahirkan solusi bagi museum. Pertama, pengecatan ruang pamer. Kedua, inventarisasi arca.",
    "lead": "Museum dan dinas kemudian berbagi pekerjaan:\n- pengecatan ruang pamer\n- inventarisasi arca",
    "wrapped": """\
Pertemuan antara Dinas Kebudayaan Kabupaten Rawa dan Museum Negeri
menghasilkan beberapa kesepakatan penting bagi museum itu, yakni
pengecatan ruang pamer, serta inventarisasi arca. Kepala Dinas
Kebudayaan menutup acara itu dengan ucapan selamat bagi semua yang
hadir dan mengajak mereka berkeliling sampai sore di museum itu.""",
}
STATES = [
    "B. Hasil\n1. Suhu ruang simpan dinilai belum memenuhi syarat.\n2. Stok obat sebanyak 12 dus.\n3. Hunian 412.",
    "Peserta:\n1. Dinas Sosial\n2. Dinas Kesehatan",
    "Agenda rapat:\n- Pembukaan acara\n- Pemaparan materi",
    "Pembahasan\n1. Dinas Sosial melaporkan bahwa bantuan telah disalurkan.\n2. Peserta menilai kunjungan rendah.",
    "Permasalahan yang mengemuka:\n- kerusakan jalan di dua ruas\n- keterlambatan pembayaran",
    "Hasil panen:\n- padi 12 ton\n- jagung 4 ton",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_read_in_every_shape(shape):
    found = [" ".join(one.text.lower().split()) for one in read_release(SHAPES[shape]).commitments]

    assert found == ["pengecatan ruang pamer", "inventarisasi arca"]


@pytest.mark.parametrize("text", STATES)
def test_what_was_found_said_or_planned_for_the_meeting_is_no_commitment(text):
    assert read_release(text).commitments == ()


def test_a_row_gives_its_offices_and_its_date():
    first = read_release(SHAPES["bars"]).commitments[0]

    assert first.agencies == ("Dinas Kebudayaan",)
    assert first.due_on.isoformat() == "2026-03-31"


def test_a_day_ahead_makes_done_a_promise():
    text = "Rapat, Rabu (28/1/2026), menyepakati:\n- saluran sudah dikeruk 30 Juni 2026\n- pintu air sudah diganti"

    assert [one.text for one in read_release(text).commitments] == ["saluran sudah dikeruk 30 Juni 2026"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kombes Pol. Arum hadir. Dr. H. Suta, S.E., M.M. memimpin. Ia pulang (25/9).", 3),
        ("Rapat pukul 10.00 WIB di Jl. Contoh No. 5 selesai.", 1),
        ("“Datang! Kami siap.” Ia pulang.", 3),
        ("- satu hal\n- dua hal", 2),
        ("", 0),
    ],
)
def test_full_stops_of_titles_numbers_and_times_end_no_sentence(text, count):
    assert len(sentences(text)) == count
