"""What the checker says about the agreement behind a meeting, its place, and those who came."""

import dataclasses

import pytest

from reports.press.checking import check
from reports.press.findings import Kind
from tests.reports.press.cases import DIRECTORY, facts_of


def found(text, kind, **changes):
    """Verdict and recorded value by the words, of one kind of finding."""
    facts = dataclasses.replace(facts_of("kota"), **changes)
    read = check(text, facts, DIRECTORY)
    return {
        one.span.of(read.text): (one.answer.verdict.value, one.answer.right)
        for one in read.findings
        if one.kind is kind
    }


def held_in(place):
    return (dataclasses.replace(facts_of("kota").occasions[0], place=place),)


def test_the_kind_of_agreement_is_compared():
    kind = facts_of("kota").pact.kind
    other = "Perjanjian Kerja Sama"

    assert kind != other
    assert found(f"Audiensi menindaklanjuti {kind} itu.", Kind.PACT) == {kind: ("VERIFIED", "")}
    assert found(f"Audiensi menindaklanjuti {other} itu.", Kind.PACT) == {other: ("NO_DATA", kind)}


def test_the_press_may_call_a_nota_a_mou_and_everyday_words_name_no_document():
    assert found("Ini pelaksanaan MoU tahun lalu.", Kind.PACT)["MoU"][0] == "VERIFIED"
    assert found("Pertemuan menghasilkan kesepakatan bersama.", Kind.PACT) == {}


def test_no_agreement_is_compared_where_none_is_recorded():
    assert found("Perjanjian Kerja Sama itu lama.", Kind.PACT, pact=None) == {}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("Aula Melati", "VERIFIED"), ("Aula Melati Lantai 2", "VERIFIED"), ("Hotel Anggur", "DIFFERENT")],
)
def test_the_place_of_a_meeting_is_compared(said, verdict):
    places = found(f"Audiensi berlangsung di {said}.", Kind.PLACE, occasions=held_in("Aula Melati"))

    assert places[said][0] == verdict


def test_a_place_of_something_else_is_left_open():
    places = found("Bursa kerja ada di Gedung Serbaguna.", Kind.PLACE, occasions=held_in("Aula Melati"))

    assert places["Gedung Serbaguna"] == ("NO_DATA", "Aula Melati")


def test_a_place_of_a_meeting_without_a_recorded_one_is_left_open():
    unknown = held_in("")

    assert found("Audiensi berlangsung di Hotel Anggur.", Kind.PLACE, occasions=unknown)["Hotel Anggur"][0] == "NO_DATA"
    assert found("Bursa kerja ada di Gedung Serbaguna.", Kind.PLACE, occasions=unknown) == {}


def test_those_who_came_are_counted_with_the_two_sides_only_where_it_is_said():
    numbers = {**facts_of("kota").numbers, "present": 4, "present_all": 6}

    assert found("Sebanyak 4 instansi hadir.", Kind.NUMBER, numbers=numbers)["4"][0] == "VERIFIED"
    assert found("Sebanyak 6 instansi hadir.", Kind.NUMBER, numbers=numbers)["6"] == ("NO_DATA", "4")
    assert found("Total 6 instansi hadir.", Kind.NUMBER, numbers=numbers)["6"][0] == "VERIFIED"
    assert found("Sebanyak 5 instansi hadir.", Kind.NUMBER, numbers=numbers)["5"][0] == "DIFFERENT"


def test_a_numbered_area_may_end_a_sentence():
    read = check("Hadir Sudin Pendidikan Wilayah I. Sudin Sosial akan mendata warga.", facts_of("kota"), DIRECTORY)

    assert len(read.sentences) == 2


def test_one_word_is_no_beginning_of_a_name():
    agencies = found("Acara itu dihadiri Balai.", Kind.AGENCY)

    assert all(verdict != "VERIFIED" for verdict, _right in agencies.values())


def test_not_a_single_one_counts_nothing():
    numbers = {**facts_of("maju").numbers, "late": 0}
    facts = dataclasses.replace(facts_of("maju"), numbers=numbers)
    read = check("Tidak satu pun komitmen melewati tenggat.", facts, DIRECTORY)

    assert [(one.kind.value, one.answer.verdict.value) for one in read.findings] == [
        ("NUMBER", "VERIFIED"),
        ("TENSE", "VERIFIED"),
    ]


def test_a_share_between_its_part_and_its_whole_is_computed():
    text = "Capaiannya 26 desa atau {} persen dari 32 desa."

    assert found(text.format(81), Kind.NUMBER)["81 persen"][0] == "VERIFIED"
    assert found(text.format(91), Kind.NUMBER)["91 persen"][0] == "DIFFERENT"
