"""The words of made-up commitments, meetings and news, put together from parts."""

import random

ACTS = (
    "Sosialisasi migrasi aman", "Pelatihan bahasa", "Pendataan calon pekerja migran", "Penyuluhan keluarga",
    "Bursa kerja terpadu", "Pendampingan usaha purna pekerja migran", "Pembentukan pos informasi",
    "Penyusunan modul pelatihan", "Pertukaran data penempatan", "Kampanye pencegahan perdagangan orang",
    "Monitoring lembaga pelatihan", "Layanan pengaduan bersama", "Penguatan kelurahan ramah migran",
)  # fmt: skip
WHERE = (
    "di sekolah menengah kejuruan", "di kelurahan asal pekerja migran", "bagi keluarga pekerja migran",
    "bersama lembaga pelatihan kerja", "untuk purna pekerja migran", "di balai latihan kerja",
    "bersama perangkat kecamatan", "bagi calon pekerja migran perempuan",
)  # fmt: skip
TIMES = ("setiap triwulan", "secara bertahap", "pada semester berjalan", "melalui tim bersama", "")
UNITS = ("sekolah", "kelurahan", "orang", "kegiatan", "kelas", "laporan", "keluarga")
NEWS = (
    "Tahap pertama sudah dilaksanakan.", "Jadwal disepakati dengan pelaksana di lapangan.",
    "Data peserta sedang dilengkapi.", "Sebagian sasaran sudah tercapai.", "Bahan kegiatan selesai disusun.",
)  # fmt: skip
OBSTACLES = (
    "Anggaran kegiatan belum tersedia.", "Pelatih belum ditetapkan.", "Data dari kelurahan belum lengkap.",
    "Tempat kegiatan belum dapat dipakai.",
)  # fmt: skip
RETURNS = ("Rekap per kelurahan belum dilampirkan.", "Daftar hadir belum dilampirkan.")
SHIFTS = ("Menunggu penetapan anggaran.", "Menyesuaikan kalender sekolah.", "Permintaan penanggung jawab.")
SCOPES = (
    "Sosialisasi peluang kerja di negara tujuan", "Pendidikan dan pelatihan calon pekerja migran",
    "Pelindungan pekerja migran dan keluarganya", "Pemberdayaan purna pekerja migran",
    "Pertukaran data dan informasi", "Pencegahan penempatan nonprosedural",
)  # fmt: skip


def wording(chance: random.Random) -> str:
    """One promise in a sentence of office language."""
    return " ".join(filter(None, (chance.choice(ACTS), chance.choice(WHERE), chance.choice(TIMES))))
