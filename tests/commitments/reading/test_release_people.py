"""Offices, people with their titles, the ground of a meeting, and who said what."""

import pytest

from commitments.reading.names import AgencyName
from commitments.reading.release import Part, read_release

AGENCIES = [
    AgencyName("dik1", "Suku Dinas Contoh Pendidikan Wilayah I"),
    AgencyName("dik2", "Suku Dinas Contoh Pendidikan Wilayah II"),
    AgencyName("ppapp", "Suku Dinas Contoh Pemberdayaan, Pelindungan Anak, dan Pengendalian Penduduk", "Sudin PPAPP"),
    AgencyName("kota", "Pemerintah Kota Administrasi Contoh", "", ("Kota Administrasi Contoh",)),
    AgencyName("naker", "Suku Dinas Contoh Tenaga Kerja", "Sudin Naker", ("Disnaker",)),
]


def offices(text):
    return [(found.name, found.code) for found in read_release(text, agencies=AGENCIES).agencies]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rapat dihadiri Suku Dinas Contoh Tenaga Kerja.", "naker"),
        ("Rapat dihadiri Sudin Contoh Tenaga Kerja.", "naker"),
        ("Rapat dihadiri Disnaker.", "naker"),
        ("Rapat dihadiri Pemkot Contoh.", "kota"),
        ("Rapat dihadiri Pemerintah Kota (Pemkot) Administrasi Contoh.", "kota"),
        ("Rapat digelar di Kota Administrasi Contoh.", "kota"),
        ("Rapat dihadiri Suku Dinas Contoh Pemberdayaan, Perlindungan Anak, dan Pengendalian Penduduk.", "ppapp"),
        ("Rapat dihadiri Suku Dinas Contoh Pemberdayaan Perlindungan Anak dan Pengendalian Penduduk.", "ppapp"),
    ],
)
def test_an_office_of_the_directory_is_known_by_every_way_to_write_it(text, code):
    assert [found for _, found in offices(text)] == [code]


def test_one_phrase_can_name_two_offices():
    release = read_release("Rapat dihadiri Suku Dinas Contoh Pendidikan Wilayah I dan II.", agencies=AGENCIES)

    assert [found.code for found in release.agencies] == ["dik1", "dik2"]
    assert release.agencies[0].span == release.agencies[1].span


@pytest.mark.parametrize(
    "name",
    [
        "Kementerian Dalam Negeri",
        "Dinas Tenaga Kerja dan Transmigrasi Kabupaten Contoh",
        "Balai Besar Contoh Raya",
        "Kanwil Kemenkum Contoh",
        "Badan Penanggulangan Bencana Daerah Kota Contoh",
        "Pemerintah Kabupaten Contoh",
        "Pemkot Rawa Indah",
        "Polres Contoh",
        "Disnakertrans Contoh",
        "PT Contoh Jaya",
        "Universitas Contoh",
        "Asosiasi Hotel Contoh",
        "Dinas Pekerjaan Umum dan Penataan Ruang Contoh",
        "Puskesmas Contoh Hulu",
        "Kecamatan Contoh",
        "DPRD Kabupaten Contoh",
    ],
)
def test_an_office_that_nobody_entered_is_found_by_how_it_is_named(name):
    assert offices(f"Rapat dihadiri {name} dan warga.") == [(name, None)]


def test_offices_beside_each_other_stay_apart():
    text = "Hadir Dinas Sosial Contoh dan Dinas Kesehatan Contoh, BPBD Contoh, serta Kepala Polsek Contoh."

    assert [name for name, _ in offices(text)] == [
        "Dinas Sosial Contoh",
        "Dinas Kesehatan Contoh",
        "BPBD Contoh",
        "Polsek Contoh",
    ]


def test_host_and_partner_are_the_sides_of_the_meeting():
    release = read_release("Rawa (28/1) - BP3MI Rawa menggelar audiensi dengan Pemkot Contoh, Rabu (28/1/2026).")

    assert (release.host.name, release.partner.name) == ("BP3MI Rawa", "Pemkot Contoh")


@pytest.mark.parametrize(
    ("text", "name", "post", "part"),
    [
        (
            "Audiensi dipimpin Kepala BP3MI Rawa, Kombes Pol. Arum Suta.",
            "Kombes Pol. Arum Suta",
            "Kepala BP3MI Rawa",
            Part.LEADS,
        ),
        (
            "Tamu diterima Bupati Contoh, Hj. Ratna Kemangi, S.Sos., M.Si.",
            "Hj. Ratna Kemangi, S.Sos., M.Si.",
            "Bupati Contoh",
            Part.RECEIVES,
        ),
        ("Turut hadir Camat Contoh, Suta, dan warga.", "Suta", "Camat Contoh", Part.PRESENT),
        (
            "Rapat dipimpin Dr. H. Suta Raya, S.E., M.M. selaku Ketua KPU Contoh.",
            "Dr. H. Suta Raya, S.E., M.M.",
            "Ketua KPU Contoh",
            Part.LEADS,
        ),
        ("Hadir perwakilan Dinas Sosial Contoh.", None, "perwakilan Dinas Sosial Contoh", Part.PRESENT),
    ],
)
def test_people_come_with_titles_post_and_part(text, name, post, part):
    person = read_release(text).people[0]

    assert (person.name, person.post, person.part) == (name, post, part)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (
            "Rapat didasari Peraturan Gubernur Contoh Nomor 64 Tahun 2019 tentang hal itu.",
            "Peraturan Gubernur Contoh Nomor 64 Tahun 2019",
        ),
        (
            "Audiensi ini tindak lanjut Nota Kesepakatan antara A dan B yang ditandatangani pada 29 Oktober 2025.",
            "Nota Kesepakatan antara A dan B yang ditandatangani pada 29 Oktober 2025",
        ),
        ("Kedua pihak akan menandatangani Nota Kesepahaman.", None),
    ],
)
def test_the_ground_of_the_meeting_is_an_agreement_or_a_regulation(text, basis):
    assert [found.text for found in read_release(text).legal_basis] == ([basis] if basis else [])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Data harus satu pintu,” ujar Kepala Dinas Sosial Contoh, Suta Raya.", "Suta Raya"),
        ('Bupati Contoh, Suta Raya, menyambut tamu.\n"Data harus satu pintu," ujarnya.', "Suta Raya"),
        (
            "Bupati Contoh, Suta Raya, menyambut tamu. Ia menekankan data.\n”Data harus satu pintu,” lanjutnya.",
            "Suta Raya",
        ),
        ("Bupati Contoh, Suta Raya, hadir. “Data harus satu pintu,” sahut Raya.", "Suta Raya"),
        (
            "Perwakilan Dinas Sosial Contoh menyampaikan pendapat. “Data harus satu pintu,” katanya.",
            "Perwakilan Dinas Sosial Contoh",
        ),
        ("“Data harus satu pintu.”", None),
    ],
)
def test_a_quotation_has_the_speaker_the_words_lead_back_to(text, speaker):
    statement = read_release(text).statements[0]

    assert statement.text.startswith("Data harus satu pintu")
    assert statement.speaker == speaker


def test_a_word_in_quotes_is_no_statement():
    assert read_release("Program “Desa Emas” dibahas bersama “Kawan PMI” di aula.").statements == ()
