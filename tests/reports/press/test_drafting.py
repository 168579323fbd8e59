"""The first text says what is recorded, in the ministry's order, and nothing else."""

import dataclasses

import pytest

from reports.press.drafting import draft
from reports.press.facts import PressFacts
from reports.press.words import inside, listed
from tests.reports.press.cases import CASES, checked, facts_of


@pytest.mark.parametrize("world", sorted(CASES["worlds"]))
def test_every_drafted_word_is_verified_by_the_checker(world):
    first = draft(facts_of(world))
    found = checked(f"{first.title.text}\n\n{first.text}", world)

    assert [one for one in found.findings if one.answer.verdict != "VERIFIED"] == []


@pytest.mark.parametrize("world", sorted(CASES["worlds"]))
def test_facts_come_back_from_json_as_they_were(world):
    facts = facts_of(world)

    assert PressFacts.from_json(facts.to_json()) == facts


def test_a_meeting_is_told_with_akan_and_an_open_list_with_at_least():
    text = draft(facts_of("kota")).text

    assert text.startswith("Kota Contoh, BP3MI Contoh (28/1) - ")
    assert "sekurang-kurangnya 4 kesepakatan bersama yang akan ditindaklanjuti, antara lain" in text
    assert "telah" not in text


def test_every_sentence_knows_its_sources():
    facts = facts_of("kota")
    sources = {sentence.text[:24]: sentence.sources for sentence in draft(facts).sentences}

    assert sources["Dicatat pula 1 penjajaka"] == ("K-2026-006",)
    assert sources["Pertemuan tersebut merup"] == ("NK-2025-001",)
    assert all(sources.values())


def test_only_allowed_quotations_are_printed():
    text = draft(facts_of("kota")).text

    assert "bekal yang cukup" in text
    assert "juga perlu didampingi" not in text


def test_what_is_not_recorded_is_left_out():
    facts = dataclasses.replace(facts_of("kota"), people=(), pact=None, quotes=(), rows=(), city="")
    text = draft(facts).text

    assert text.startswith("BP3MI Contoh (28/1) - ")
    assert not any(word in text for word in ("dipimpin", "diterima", "Nota", "menghasilkan", "belum diisi", "None"))


def test_telah_is_said_only_of_verified_rows():
    facts = facts_of("maju")
    told = next(one for one in draft(facts).sentences if one.text.startswith("Komitmen yang telah selesai"))

    assert {row.status for row in facts.rows if row.code in told.sources} == {"DONE"}
    assert "1 komitmen dilaporkan selesai dan menunggu verifikasi" in draft(facts).text


def test_a_partner_that_did_not_agree_is_counted_and_not_told():
    text = draft(facts_of("maju")).text  # the booklet is led by an office that did not agree to be named

    assert "3 dari sekurang-kurangnya 8 komitmen telah selesai" in text
    assert "buku saku" not in text
    assert "PPAPP" not in text


def test_nothing_done_is_said_plainly():
    facts = facts_of("maju")
    facts = dataclasses.replace(facts, rows=(), numbers={**facts.numbers, "done": 0})

    assert "belum ada dari sekurang-kurangnya 8 komitmen yang dinyatakan selesai" in draft(facts).text


def test_rows_that_are_closed_already_are_told_apart():
    facts = facts_of("kota")
    done = dataclasses.replace(facts.rows[0], status="DONE")
    text = draft(dataclasses.replace(facts, rows=(done, *facts.rows[1:]))).text

    assert "sekurang-kurangnya 4 kesepakatan bersama, dan yang masih akan ditindaklanjuti antara lain optimal" in text
    assert "Yang telah selesai dan terverifikasi ialah kolaborasi edukasi" in text


def test_words_are_joined_as_people_read_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b dan c"]) == "a serta b dan c"
    assert listed(["a, b", "c", "d"]) == "a, b; c; serta d"
    assert inside("Optimalisasi bursa kerja.") == "optimalisasi bursa kerja"
    assert inside("Kelurahan Migran Emas") == "Kelurahan Migran Emas"
    assert inside("TPPO dicegah bersama") == "TPPO dicegah bersama"
