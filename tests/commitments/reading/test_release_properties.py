"""What holds for every text: nothing raises, every finding stands where it says, and no text takes long."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commitments.reading.names import AgencyName
from commitments.reading.release import MAX_LENGTH, as_labels, read_release, sentences
from commitments.reading.release.passages import MOST_SENTENCES, open_page
from commitments.reading.spans import normalise

AGENCIES = [
    AgencyName("sos", "Dinas Sosial Kota Contoh", "Dinsos", ("Dinas Sosial",)),
    AgencyName("dik1", "Suku Dinas Contoh Pendidikan Wilayah I"),
    AgencyName("dik2", "Suku Dinas Contoh Pendidikan Wilayah II"),
]
PIECES = [
    "Rapat menghasilkan", "sejumlah kesepakatan", "antara lain", "yaitu", "sepakat untuk", "disepakati", "akan",
    "akan terus", "menggelar pelatihan", "pendataan ulang", "pembelian timbangan", "dan", "serta", ",", ";", ":",
    ".", "?", "\n", "\n\n", "1.", "a)", "- ", "\u2022", "|", "\t", "Pertama,", "Kedua,", "Dinas Sosial",
    "Suku Dinas Contoh Pendidikan Wilayah I dan II", "Kepala Dinas Sosial,", "Kombes Pol. Arum",
    "Dr. H. Suta, S.E., M.M.", "Rabu (28/1/2026)", "(28/1)", "28 Januari", "31 Februari 2026", "triwulan II 2026",
    "Rawa, KP2MI (28/1) -", "\u201c", "\u201d", '"', "ujarnya", "kata Suta", "Ia", "berharap", "jika", "telah",
    "siap", "berkomitmen", "Tempat:", "Hari/Tanggal:", "Hasil rapat:", "Baca juga:", "Beranda | Profil | Berita",
    "\u200b", "\u202e", "e\u0301", "\U0001f44d", "(", ")", "No | Uraian | PIC", "Nota Kesepakatan",
    "Peraturan Nomor 1 Tahun 2020", "diterima", "dipimpin", "di Aula", "\x00", "\ud800",
]  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join) | st.lists(st.sampled_from(PIECES)).map("".join)
FURNITURE = (
    "Beranda | Profil | Berita | Kontak\nBagikan: Facebook Twitter WhatsApp\nBaca juga: Dinas Contoh Sepakat "
    "Bentuk Tim\nDilihat 120 kali\n\n"
)
REPEATED = [
    "a ", "(", "( ", '"', "\u201c", "dan ", "antara lain ", "sepakat ", "menghasilkan komitmen ", "akan ", "Dinas ",
    "Dinas Sosial dan ", "Kepala Dinas Sosial, ", "pertama, ", "1) ", "1. ", "a. A\n", "- x\n", "; ", ",", ". ",
    "S.E., ", "Kombes Pol. ", "Pemberdayaan, ", "tindak lanjut ", "hasil rapat ", "28 Januari 2026 ", "28/1 ",
    "Rabu (28/1) ", "triwulan ", "akhir ", "di Ruang ", "siap ", "berkomitmen ", "Wilayah I dan II ", "ujarnya ",
    "Peraturan Nomor ", "Nota Kesepakatan ", "\n", "| ", "yaitu ", "Menteri ", "(ABC) ", "kedua belah pihak ",
    "poin ", "hal-hal ", "x\n\n", "Rawa, KP2MI (28/1) - ", "menyatakan ", "Hasil:\n", "1 | a b | c\n", "  ", "*a* ",
    "tahun 2026 ",
]  # fmt: skip


def everything_in(release):
    singles = [release.held_on, release.published_on, release.place, release.host, release.partner, release.open_list]
    many = [release.agencies, release.people, release.legal_basis, release.commitments, release.statements]
    return [found for found in singles if found] + [found for group in many for found in group]


@given(texts)
@example("0. ")
def test_every_finding_stands_where_it_says_and_tells_why(text):
    release = read_release(text, agencies=AGENCIES)

    assert release.text == normalise(text)
    for found in everything_in(release):
        assert found.span.of(release.text) == found.text != ""
        assert found.reason.text
    for commitment in release.commitments:
        assert commitment.due_span is None or commitment.due_span.end <= len(release.text)


@given(texts)
def test_reading_again_says_the_same(text):
    release = read_release(text, agencies=AGENCIES)

    assert read_release(release.text, agencies=AGENCIES) == release
    assert as_labels(release) == as_labels(read_release(text, agencies=AGENCIES))


@given(texts)
def test_sentences_stand_in_order_and_apart(text):
    text = normalise(text)
    spans = sentences(text)

    assert all(span.of(text).strip() for span in spans)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))


def test_furniture_before_the_text_changes_no_commitment():
    text = (
        "RAWA INDAH - Dinas Sosial Kota Rawa Indah menggelar rapat dengan Puskesmas Hulu, Rabu (28/1/2026).\n"
        "Rapat menghasilkan kesepakatan, yaitu pendataan ulang lansia, pelatihan kader desa, dan kunjungan rumah.\n"
        "Dinas Sosial akan mengirim tim pada 3 Februari 2026.\n"
    )

    plain, furnished = read_release(text), read_release(FURNITURE + text)

    assert [found.text for found in furnished.commitments] == [found.text for found in plain.commitments]
    assert len(plain.commitments) == 4


@pytest.mark.parametrize("before", ["", "Rapat menghasilkan kesepakatan antara lain "])
@pytest.mark.parametrize("piece", REPEATED)
def test_no_repetition_takes_long(piece, before):
    text = before + piece * (MAX_LENGTH // len(piece))

    began = time.process_time()
    read_release(text, agencies=AGENCIES)

    assert time.process_time() - began < 2


def test_of_a_megabyte_only_the_beginning_is_read_and_that_is_said():
    text = "Dinas Sosial akan menggelar pelatihan pada 3 Maret 2026. " * 20_000

    began = time.process_time()
    release = read_release(text, agencies=AGENCIES)

    assert time.process_time() - began < 2
    assert release.text == text
    assert "40.000 huruf pertama" in release.remarks[0].text
    assert max(found.span.end for found in release.commitments) <= MAX_LENGTH


def test_what_follows_thousands_of_sentences_is_read_in_pieces():
    text = "1. " * 13_000 + "Rapat ditutup"

    page = open_page(text)

    sentences = [span for passage in page.passages for span in passage.sentences]
    assert len(sentences) < MOST_SENTENCES + 50
    assert text[sentences[-1].start : sentences[-1].end].endswith("Rapat ditutup")
