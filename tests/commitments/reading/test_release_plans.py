"""Plans and pledges, and the many words of good will that are neither."""

import pytest

from commitments.reading.release import Kind, read_release

PLANS = [
    (
        "Dinas Sosial akan menggelar pelatihan pada 3 Maret 2026.",
        "Dinas Sosial akan menggelar pelatihan pada 3 Maret 2026",
    ),
    (
        "Ke depan, kolaborasi akan difokuskan pada pendataan pekerja.",
        "kolaborasi akan difokuskan pada pendataan pekerja",
    ),
    ("Menanggapi keluhan warga, Dinas Sosial berencana membuka posko.", "Dinas Sosial berencana membuka posko"),
    ("Rapat lanjutan dijadwalkan pada 3 Maret 2026.", "Rapat lanjutan dijadwalkan pada 3 Maret 2026"),
    ("Kepala Dinas Sosial, Suta, mengatakan pihaknya akan mengirim tim.", "pihaknya akan mengirim tim"),
    ("“Kami akan segera mengirim tim ke desa itu,” kata Suta.", "Kami akan segera mengirim tim ke desa itu"),
    ("Dinas Sosial bakal membuka dua posko di terminal.", "Dinas Sosial bakal membuka dua posko di terminal"),
    ("Pelatihan juga akan dilaksanakan untuk kader desa.", "Pelatihan juga akan dilaksanakan untuk kader desa"),
    ("Sebagai tindak lanjut, kedua pihak akan membentuk tim kecil.", "kedua pihak akan membentuk tim kecil"),
    ("Usai rapat, tim akan meninjau tiga desa agar datanya lengkap.", "tim akan meninjau tiga desa"),
]
PLEDGES = [
    (
        "Bupati menyatakan kesiapannya untuk hadir dan memberi arahan.",
        "menyatakan kesiapannya untuk hadir dan memberi arahan",
    ),
    ("“Kami berkomitmen melatih kader desa,” ujarnya.", "Kami berkomitmen melatih kader desa"),
    ("Dinas Sosial siap mendukung pendataan.", "siap mendukung pendataan"),
    ("Satgas akan terus memantau harga di pasar.", "Satgas akan terus memantau harga di pasar"),
    ("Jika dana tersedia, pihaknya siap memasang dua pompa.", "pihaknya siap memasang dua pompa"),
    ("Camat menyanggupi menyediakan ruang pertemuan.", "menyanggupi menyediakan ruang pertemuan"),
]
NEITHER = [
    "Bupati berharap pelatihan akan digelar setiap bulan.",
    "Diharapkan Dinas Sosial akan membuka posko.",
    "Dinas Sosial harus segera mengirim tim.",
    "Semua pihak perlu melakukan pendataan ulang.",
    "Program tersebut akan memberikan dampak besar bagi warga.",
    "APBD disepakati sebesar Rp2,1 triliun.",
    "Seluruh fraksi menyetujui rancangan peraturan daerah.",
    "Hasil musyawarah daerah: Naya 40 suara, Suta 32 suara.",
    "Hal ini akan mempercepat layanan dan mengurangi antrean.",
    "Kerja sama ini akan memberikan manfaat bagi warga.",
    "Anak yang disiplin akan tumbuh menjadi pribadi tangguh.",
    "Dinas Sosial telah menggelar pelatihan pada Desember 2025.",
    "Peserta yang akan berangkat sudah dilatih.",
    "Kesadaran akan pentingnya gizi terus tumbuh.",
    "Kegiatan serupa pernah akan digelar, akan tetapi batal.",
    "Dinas Sosial tidak akan melakukan pemotongan bantuan.",
    "Kedua pihak akan semakin erat bekerja sama.",
    "Gubernur mengapresiasi komitmen kabupaten dan mengucapkan terima kasih.",
    "Ia mengajak warga melakukan pendataan mandiri.",
    "Lulusan siap kerja makin banyak.",
    "Bupati meminta Dinas Sosial segera mengirim tim.",
    "Jika hujan turun, sungai akan meluap.",
    "Dibutuhkan komitmen untuk membangun desa.",
    "Dinas Sosial sudah siap sejak awal tahun.",
    "The two agencies will hold a joint training next month.",
    "Saya percaya petani akan memetik hasilnya.",
    "Kegiatan ini akan dihadiri bupati.",
]


def promised(text, kind):
    return [found.text for found in read_release(text).commitments if found.kind is kind]


@pytest.mark.parametrize(("text", "plan"), PLANS)
def test_a_concrete_next_action_is_a_plan(text, plan):
    assert promised(text, Kind.PLAN) == [plan]


@pytest.mark.parametrize(("text", "pledge"), PLEDGES)
def test_declared_readiness_is_a_pledge(text, pledge):
    assert promised(text, Kind.PLEDGE) == [pledge]


@pytest.mark.parametrize("text", NEITHER)
def test_hopes_duties_praise_and_work_already_done_are_no_commitment(text):
    assert read_release(text).commitments == ()


def test_two_plans_of_one_sentence_are_two():
    text = "Dinas Sosial akan membuka posko, sedangkan Dinas Kesehatan akan mengirim dua perawat."

    assert promised(text, Kind.PLAN) == [
        "Dinas Sosial akan membuka posko",
        "Dinas Kesehatan akan mengirim dua perawat",
    ]


def test_an_item_that_only_explores_says_so():
    found = read_release("Rapat menyepakati penjajakan pembentukan rumah singgah di terminal.").commitments

    assert [one.kind for one in found] == [Kind.EXPLORATION]


def test_only_the_offices_of_its_own_sentence_are_suggested():
    text = "Dinas Sosial dan BPBD hadir. Rapat menyepakati pembukaan posko oleh Dinas Kesehatan."

    assert read_release(text).commitments[0].agencies == ("Dinas Kesehatan",)


def test_a_headline_and_related_news_promise_nothing():
    text = (
        "Dinas Sosial dan BPBD Sepakat Bentuk Tim Siaga\n\nDinas Sosial menerima BPBD, Rabu (28/1/2026).\n\n"
        "Berita Terkait\nDinas Contoh akan menggelar pelatihan kader\nBupati sepakat membuka posko\n"
    )

    assert read_release(text).commitments == ()


def test_the_reason_names_the_words():
    found = read_release("Rapat menghasilkan sejumlah komitmen bersama, antara lain pendataan ulang kader.")

    assert found.commitments[0].reason.text == "kata kunci 'menghasilkan sejumlah komitmen bersama, antara lain'"
    assert found.open_list.text == "antara lain"
