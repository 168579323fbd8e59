"""A commitment read aloud: one plain sentence, and what is missing is said."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.models import Agency
from commitments.models import Commitment, Contribution
from commitments.read_back import sentence_of

NAKER = Agency(pk=1, code="naker", name="Suku Dinas Tenaga Kerja", short_name="Sudin Naker")
SOSIAL = Agency(pk=2, code="sosial", name="Suku Dinas Sosial", short_name="Sudin Sosial")
PPAPP = Agency(pk=3, code="ppapp", name="Suku Dinas PPAPP", short_name="Sudin PPAPP")
JUNE = dt.date(2026, 6, 30)


def said(wording, *, lead=NAKER, supporting=(), due_on=JUNE, **more):
    row = Commitment(pk=1, wording=wording, lead=lead, due_on=due_on, **more)
    row._prefetched_objects_cache = {"contributions": [Contribution(commitment=row, agency=a) for a in supporting]}
    return sentence_of(row)


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("Optimalisasi job fair", "Sudin Naker akan melaksanakan optimalisasi job fair"),
        ("Penjajakan Kelurahan Migran Emas", "Sudin Naker akan melaksanakan penjajakan Kelurahan Migran Emas"),
        ("Sinergi pencegahan TPPO.", "Sudin Naker akan melaksanakan sinergi pencegahan TPPO"),
        ("Mengoptimalkan job fair", "Sudin Naker akan mengoptimalkan job fair"),
        ("Berkoordinasi dengan kelurahan", "Sudin Naker akan berkoordinasi dengan kelurahan"),
        ("Kirim data penempatan", "Sudin Naker akan melaksanakan: Kirim data penempatan"),
        ("Siapkan ruang layanan", "Sudin Naker akan melaksanakan: Siapkan ruang layanan"),
        ("akan menyusun jadwal", "Sudin Naker akan menyusun jadwal"),
        ("Sudin Naker akan menyusun jadwal", "Sudin Naker akan menyusun jadwal"),
        ("Pemkot akan menyiapkan data", "Sudin Naker bertanggung jawab: Pemkot akan menyiapkan data"),
        ("SMK dikunjungi", "Sudin Naker akan melaksanakan: SMK dikunjungi"),
        ("Memorandum bersama", "Sudin Naker akan melaksanakan: Memorandum bersama"),
    ],
)
def test_the_words_become_a_sentence_by_how_they_begin(wording, sentence):
    assert said(wording) == f"{sentence} paling lambat Selasa, 30 Juni 2026."


def test_supporters_and_target_are_said():
    words = said("Optimalisasi job fair", supporting=[SOSIAL, PPAPP], target=Decimal("4.00"), unit="kali")

    assert words == (
        "Sudin Naker akan melaksanakan optimalisasi job fair sebanyak 4 kali, "
        "didukung Sudin Sosial dan Sudin PPAPP, paling lambat Selasa, 30 Juni 2026."
    )


def test_three_supporters_are_listed_with_commas():
    assert "didukung Sudin Sosial, Sudin PPAPP, dan Sudin Sosial," in said("Rapat", supporting=[SOSIAL, PPAPP, SOSIAL])


def test_a_missing_owner_is_said():
    assert said("Optimalisasi job fair", lead=None) == (
        "Optimalisasi job fair paling lambat Selasa, 30 Juni 2026; penanggung jawab belum ditetapkan."
    )


def test_a_missing_date_is_said():
    assert said("Optimalisasi job fair", due_on=None).endswith("job fair; tenggat belum ditetapkan.")


def test_both_are_said_together():
    words = said("optimalisasi job fair", lead=None, due_on=None, supporting=[SOSIAL])

    assert words == (
        "Optimalisasi job fair, didukung Sudin Sosial; penanggung jawab belum ditetapkan, tenggat belum ditetapkan."
    )


def test_a_date_in_the_words_is_not_promised_twice():
    words = said("Menyusun jadwal paling lambat akhir Juni")

    assert words == "Sudin Naker akan menyusun jadwal paling lambat akhir Juni tenggat Selasa, 30 Juni 2026."


def test_who_carries_it_out_stands_beside_the_owner():
    assert said("Menyusun jadwal", person_text="Kepala Seksi").startswith("Sudin Naker (Kepala Seksi) akan menyusun")


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_words_break_the_sentence(wording):
    words = said(wording)

    assert words.endswith("paling lambat Selasa, 30 Juni 2026.")


@pytest.mark.parametrize("wording", ["me" * 50_000, "pe" + "an" * 50_000, "a" * 100_000 + "n"])
def test_long_words_cost_no_more_than_their_length(wording):
    began = dt.datetime.now(dt.UTC)

    said(wording)

    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=2)
