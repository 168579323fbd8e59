"""Personal data stop a release; codes, letters, dates and official addresses do not."""

import pytest

from reports.press.personal import find_personal_data, place_words

NIK = "31710" + "14107900001"


@pytest.mark.parametrize(
    "words",
    [
        NIK,
        "3171 0141 0790 0001",
        "317101-410790-0001",
        "\uff13\uff11\uff17\uff11\uff10\uff11\uff14\uff11\uff10\uff17\uff19\uff10\uff10\uff10\uff10\uff11",
        "3171\u00a00141\u20090790\u202f0001",
        "3171\u200b0141\u20600790\u00ad0001",
        "0812-0000-0000",
        "0812\u20130000\u20110000",
        "+62 812 0000 0000",
        "(0812) 0000 000".replace("(", "").replace(")", ""),
        "warga.contoh@surel.invalid",
        "paspor A0000000",
        "B 0000000",
        "rekening nomor 0000-00-000000-00-0",
        "korban bernama Melati",
        "korban berinisial M.",
        "PMI asal Kota Contoh bernama Melati Contoh",
        "anak perempuan berinisial AB",
        "Melati (14 tahun)",
        "Melati Contoh, berusia 15 tahun",
        "RT 003/RW 04",
        "RT.03 RW.004",
        "beralamat di Jalan Contoh",
        "3171\u2003 0141\u2003 0790\u2003 0001",
        "3 1 7 1 0 1 4 1 0 7 9 0 0 0 0 1",
        "3171/0141/0790/0001",
        "3171_0141_0790_0001",
        "0812.0000.0000",
        "0812  0000  0000",
        "62812 0000 0000",
        "warga.contoh @ surel.invalid",
        "warga.contoh[at]surel.invalid",
        "nomor paspor: C 000 0000",
        "no. rek. 0000 0000 0000",
        "korban dengan inisial NR",
        "penyintas berinisial N.R.",
        "korban yang bernama Melati",
        "kelahiran Kota Contoh, 4 Mei 2010",
    ],
)
def test_personal_data_stop_the_release(words):
    text = f"Menurut catatan, {words} disebut dalam rapat."
    found = find_personal_data(text)

    assert [one.is_blocking for one in found] == [True]
    assert found[0].span.of(text) in words or words in text


@pytest.mark.parametrize(
    "text",
    [
        "Kode dokumen 7KQ4-M2XD-9F, komitmen K-2026-014, pertemuan A-2026-001.",
        "Surat nomor B-123/BP3MI/OT.01/1/2026 tanggal 28/1/2026.",
        "UU Nomor 18 Tahun 2017 dan PP 59/2021.",
        "Anggaran Rp1.234.567.890.123 pada 2026.",
        "Audiensi berlangsung 28-01-2026 pukul 09.00-11.30 WIB.",
        "Kontak: humas@bp3mi.go.id atau humas@simpul.example.",
        "Korban perdagangan orang didampingi; pekerja migran yang terkendala dilayani.",
        "Anak-anak pekerja migran, yaitu siswa SMK, mendapat beasiswa.",
        "Sosialisasi menjangkau 12 SMK dan 1.200 siswa (60 persen) di Jakarta (28/1).",
        "SHA-256 5f9eaf71a3231546 dan halaman /v/7KQ4-M2XD-9F/.",
        "Rumah singgah di Jalan Contoh diresmikan.".replace("Rumah singgah", "Kantor layanan"),
    ],
)
def test_what_offices_write_every_day_is_no_personal_data(text):
    assert find_personal_data(text) == []


def test_an_officials_number_and_a_landline_are_only_pointed_at():
    found = find_personal_data("NIP 19800101 200501 1 001, telepon (021) 0000000.")

    assert [(one.what, one.is_blocking) for one in found] == [("NIP", False), ("nomor telepon kantor", False)]


def test_the_place_is_named_and_the_value_hidden():
    text = f"Judul\nBaris dua {NIK}."

    assert place_words(text, find_personal_data(text)[0]) == "NIK atau nomor kartu pada baris 2: 317\u202601"
