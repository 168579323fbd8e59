"""What holds for every text: nothing raises, every finding stands in the text, and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reading.spans import normalise
from reports.press.personal import find_personal_data
from tests.reports.press.cases import CASES, checked

PIECES = [
    "3 dari 8 komitmen", "telah", "akan", "selesai", "belum", "lima", "dua puluh tiga", "5 (lima)", "37,5 persen",
    "Sudin Sosial", "BP3MI Contoh", "Kepala BP3MI Contoh,", "Anggrek Lestari", "Rabu (28/1/2026)", "(28/1)",
    "29 Oktober 2025", "30 Februari 2026", "Triwulan II 2026", "tahun 2026", "pukul 09.00", "K-2026-001",
    "optimalisasi pelaksanaan bursa kerja", "PIC:", "tenggat", "oleh", "antara", "Nota Kesepakatan", "\u201c", '"',
    ",\u201d ujar", ".", ",", ";", "\n", "\n- ", "1.", "|", "\u200b", "\u0663", "\x00", "\U0001f44d", "hadir", "dan",
]  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join) | st.lists(st.sampled_from(PIECES)).map("".join)
REPEATED = [
    "1 ", "1", "3 dari ", "a | ", "komitmen telah akan ", "(", "((1", "12 (dua ", "dua puluh ", "28 Januari ",
    "Rabu (28/1 ", "Kepala BP3MI, A. ", "Nota Kesepakatan antara ", "audiensi dengan ", "nomor ", '"', "K-2026-001 ",
    "optimalisasi bursa kerja ", "Sudin Sosial, ", "3171 ", "korban ", "a@", "a@a.", "+62 ", "RT 1", "Siti (",
    "penanggung jawab: ", "1. ", "- a\n", "1.000", "A", "\n", "PMI bernama ", "anak korban warga ", "rekening ",
]  # fmt: skip


@given(texts, st.sampled_from(["kota", "maju"]))
def test_every_finding_stands_in_the_text_and_tells_why(text, world):
    found = checked(text, world)

    assert found.text == normalise(text)
    for finding in found.findings:
        assert 0 <= finding.span.start < finding.span.end <= len(found.text)
        assert finding.answer.reason
    assert all(one.span.end <= len(found.text) for one in found.sentences)


@given(texts)
def test_personal_data_stand_apart_and_in_the_text(text):
    found = find_personal_data(text)

    assert all(one.span.of(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("words", REPEATED)
def test_no_repetition_takes_long(words):
    text = (words * 8_000)[:8_000]
    began = time.process_time()
    checked(text, "maju")
    find_personal_data(text * 5)

    assert time.process_time() - began < 4


def test_a_long_real_text_is_checked_within_two_seconds():
    words = "\n\n".join(one["text"] for one in CASES["texts"])
    text = (words * 3)[:40_000]
    began = time.process_time()
    found = checked(text, "maju")

    assert time.process_time() - began < 2
    assert len(found.findings) > 100
    assert not found.is_cut


def test_of_a_longer_text_the_beginning_is_checked_and_this_is_said():
    found = checked("komitmen " * 6_000)

    assert found.is_cut
    assert len(found.text) == 40_000
