"""In how many ways an office says what was agreed, and in how many it says something else."""

import pytest

from commitments.reading.release import Kind, read_release

WAYS_TO_LIST = [
    (
        "Rapat menyimpulkan tiga hal: pertama, pendataan ulang kader; kedua, pembelian timbangan; ketiga, evaluasi "
        "pada April."
    ),
    (
        "Dari pertemuan itu lahir komitmen bersama berupa pendataan ulang kader, pembelian timbangan, dan evaluasi "
        "pada April."
    ),
    (
        "Ada tiga poin yang menjadi kesepakatan. Pertama, pendataan ulang kader. Kedua, pembelian timbangan. Ketiga, "
        "evaluasi pada April."
    ),
    (
        "Pertemuan ditutup dengan penandatanganan berita acara yang memuat (1) pendataan ulang kader; (2) pembelian "
        "timbangan; dan (3) evaluasi pada April."
    ),
    (
        "Adapun butir yang disepakati ialah sebagai berikut.\n1. pendataan ulang kader\n2. pembelian timbangan\n3. "
        "evaluasi pada April"
    ),
    "Ketiga pihak mengikat komitmen: pendataan ulang kader; pembelian timbangan; evaluasi pada April.",
    "Butir-butir komitmen itu ialah pendataan ulang kader; pembelian timbangan; dan evaluasi pada April.",
    "Rencana tindak lanjutnya: pendataan ulang kader, pembelian timbangan, serta evaluasi pada April.",
    "RTL:\n- pendataan ulang kader\n- pembelian timbangan\n- evaluasi pada April",
    "Langkah selanjutnya:\na. pendataan ulang kader;\nb. pembelian timbangan;\nc. evaluasi pada April.",
    "Hasilnya:\n\u2705 pendataan ulang kader\n\u2705 pembelian timbangan\n\u2705 evaluasi pada April",
    "Rapat memutuskan:\n1) pendataan ulang kader\n2) pembelian timbangan\n3) evaluasi pada April",
    (
        "III. KESIMPULAN DAN TINDAK LANJUT\n1. pendataan ulang kader\n2. pembelian timbangan\n3. evaluasi pada April\n"
        "\nIV. PENUTUP\nRapat ditutup pukul 12.00 WIB."
    ),
    "Pendataan ulang kader, pembelian timbangan, dan evaluasi pada April menjadi tiga hal yang disepakati.",
    "Kesepakatan yang dicapai meliputi pendataan ulang kader, pembelian timbangan dan evaluasi pada April.",
    "Disepakati beberapa langkah, yakni pendataan ulang kader, pembelian timbangan, dan evaluasi pada April.",
    (
        "Setelah mendengar keluhan warga, rapat menyepakati pendataan ulang kader, pembelian timbangan, dan evaluasi "
        "pada April."
    ),
    (
        "Forum bersepakat atas tiga hal berikut:\n\u2022 pendataan ulang kader;\n\u2022 pembelian timbangan;\n\u2022 "
        "evaluasi pada April."
    ),
    (
        "Pertemuan yang berlangsung dua jam itu menghasilkan tiga kesepakatan, di antaranya pendataan ulang kader, "
        "pembelian timbangan, serta evaluasi pada April."
    ),
    (
        "*Hasil Rapat:*\n1\ufe0f\u20e3 pendataan ulang kader\n2\ufe0f\u20e3 pembelian timbangan\n3\ufe0f\u20e3 "
        "evaluasi pada April"
    ),
    "Hasil kesepakatan rapat :\npendataan ulang kader\npembelian timbangan\nevaluasi pada April",
    "Kesepakatan diambil untuk pendataan ulang kader, pembelian timbangan, dan evaluasi pada April.",
    "Action items:\n- pendataan ulang kader\n- pembelian timbangan\n- evaluasi pada April",
    "Yang disepakati dalam rapat ini antara lain: pendataan ulang kader, pembelian timbangan, evaluasi pada April.",
    (
        "Para pihak sepakat melaksanakan hal-hal sebagai berikut:\n1. pendataan ulang kader;\n2. pembelian "
        "timbangan;\n3. evaluasi pada April."
    ),
    (
        "Beberapa poin penting hasil pertemuan tersebut yaitu pendataan ulang kader, pembelian timbangan, dan "
        "evaluasi pada April."
    ),
    (
        "Sebagai tindak lanjut, rapat menetapkan sejumlah langkah, mulai dari pendataan ulang kader, pembelian "
        "timbangan, hingga evaluasi pada April."
    ),
    (
        "Rencana Tindak Lanjut\nNo | Uraian | PIC\n1 | pendataan ulang kader | Dinas A |\n2 | pembelian timbangan | "
        "Dinas B |\n3 | evaluasi pada April | Dinas C |"
    ),
    "Hal-hal yang perlu ditindaklanjuti:\n1. pendataan ulang kader\n2. pembelian timbangan\n3. evaluasi pada April",
    "Kesimpulan rapat sbb\n1. pendataan ulang kader\n2. pembelian timbangan\n3. evaluasi pada April",
    (
        "Demikian hasil rapat yang disepakati bersama:\n1.pendataan ulang kader\n2.pembelian timbangan\n3.evaluasi "
        "pada April"
    ),
    (
        "Dalam berita acara tercantum tiga kesepakatan, yakni pendataan ulang kader, pembelian timbangan, dan "
        "evaluasi pada April."
    ),
    (
        "Kedua instansi menyusun rencana aksi yang mencakup pendataan ulang kader, pembelian timbangan, dan evaluasi "
        "pada April."
    ),
    "Kesepakatan itu antara lain: 1. pendataan ulang kader, 2. pembelian timbangan, dan 3. evaluasi pada April.",
    "Hasil audiensi, disepakati: pendataan ulang kader, pembelian timbangan, evaluasi pada April.",
    "Kerja sama yang disepakati mencakup pendataan ulang kader, pembelian timbangan, dan evaluasi pada April.",
    "Tindak lanjut\n\n1. pendataan ulang kader\n\n2. pembelian timbangan\n\n3. evaluasi pada April",
]
ONE_ACT = [
    ("Kedua belah pihak sepakat untuk membentuk tim pendataan bersama.", "membentuk tim pendataan bersama"),
    ("Rapat memutuskan pembentukan posko di terminal.", "pembentukan posko di terminal"),
    ("Keduanya bersepakat menggelar pelatihan kader di balai desa.", "menggelar pelatihan kader di balai desa"),
    ("Disepakati pula bahwa data kader diserahkan paling lambat 30 April 2026.", "data kader diserahkan paling lambat"),
    ("Pertemuan menghasilkan kesepakatan untuk membentuk forum komunikasi.", "membentuk forum komunikasi"),
    ("Dinas A dan Dinas B menyatakan sepakat membuka loket bersama.", "membuka loket bersama"),
    ("Para pihak berkomitmen untuk membuka loket bersama di mal pelayanan.", "membuka loket bersama di mal pelayanan"),
    ("“Kami sepakat membuka loket bersama bulan depan,” kata Kepala Dinas A.", "membuka loket bersama bulan depan"),
    ("Hasil rapat menyimpulkan bahwa Dinas A membuka loket bersama.", "Dinas A membuka loket bersama"),
    ("Pemasangan kamera di gerbang juga disetujui.", "Pemasangan kamera di gerbang"),
    ("Rapat juga menyetujui untuk membuka loket bersama.", "membuka loket bersama"),
    ("Dicapai kesepahaman bahwa Dinas A membuka loket bersama.", "Dinas A membuka loket bersama"),
    ("Pertemuan rutin disepakati digelar setiap tiga bulan.", "digelar setiap tiga bulan"),
    ("Warga dan perusahaan sepakat jam operasi truk dibatasi sampai pukul 18.00.", "jam operasi truk dibatasi"),
    ("Rapat mencapai mufakat untuk menunda kenaikan tarif air.", "menunda kenaikan tarif air"),
    ("Secara bulat peserta memutuskan menunda kenaikan tarif air.", "menunda kenaikan tarif air"),
]
NOTHING = [
    "Kerja sama ini meliputi pelatihan, penempatan, dan pelindungan pekerja.",
    "Dinas Sosial diminta melengkapi data paling lambat 3 Maret 2026.",
    "Rapat ini bertujuan menghasilkan kesepakatan antara lain tentang tarif, jadwal, dan lokasi.",
    "Bupati berharap pertemuan ini menghasilkan komitmen bersama, antara lain pendataan ulang dan pelatihan.",
    "Kedua pihak belum sepakat mengenai besaran sewa.",
    "Rapat belum menghasilkan kesepakatan apa pun dan akan dilanjutkan.",
    "Nota Kesepakatan itu meliputi pelatihan, penempatan, dan pelindungan pekerja.",
    "Semua sepakat bahwa gizi anak merupakan tanggung jawab bersama.",
    "Gubernur mengapresiasi komitmen kabupaten dalam menurunkan stunting.",
    "Diperlukan komitmen bersama seperti keterbukaan, kejujuran, dan kerja keras.",
    "Jika kedua pihak sepakat, pelatihan digelar di balai desa.",
    "Harga yang disepakati adalah Rp12.000 per kilogram.",
    "Perjanjian yang telah disepakati pada 2024 itu mencakup pelatihan dan penempatan.",
    "Hasil panen tahun ini meliputi padi, jagung, dan kedelai.",
    "Hasil pemeriksaan: tekanan darah normal, gula darah tinggi.",
    "Semua pihak harus berkomitmen menjaga kebersihan.",
    "Ia mengajak semua pihak bersepakat menjaga kebersihan sungai.",
    "Pada pertemuan sebelumnya kedua pihak menyepakati pembentukan tim.",
]


def agreed(text: str) -> list[str]:
    return [found.text for found in read_release(text).commitments if found.kind is Kind.AGREED]


@pytest.mark.parametrize("text", WAYS_TO_LIST)
def test_every_item_of_an_announced_list_is_found(text):
    items = [item.lower() for item in agreed(text)]

    assert items == ["pendataan ulang kader", "pembelian timbangan", "evaluasi pada april"]


@pytest.mark.parametrize(("text", "act"), ONE_ACT)
def test_a_single_agreed_act_is_found(text, act):
    items = agreed(text)

    assert len(items) == 1
    assert act in items[0]


@pytest.mark.parametrize("text", NOTHING)
def test_words_of_agreement_alone_promise_nothing(text):
    assert agreed(text) == []
