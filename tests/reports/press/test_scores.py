"""Planted errors are found and correct things left in peace, in texts the rules were not written with too."""

import pytest

from benchmarks import press_marks
from tests.reports.press.cases import CASES


@pytest.mark.parametrize("part", ["dev", "held"])
def test_the_checker_reaches_its_aims(part, score_of):
    found = score_of(part)

    assert sum(found.planted.values()) >= 150
    assert found.recall >= 0.98, found.missed
    assert found.false_alarms <= 0.05, found.alarms
    assert found.recognised >= 0.9


def test_there_are_enough_texts_and_plants_of_every_kind():
    plants = [plant["kind"] for text in CASES["texts"] for plant in text["plants"]]

    assert len(CASES["texts"]) >= 30
    assert len(plants) >= 300
    assert {kind: plants.count(kind) >= 30 for kind in set(plants)} == dict.fromkeys(
        ("number", "date", "agency", "title", "tense"), True
    )


@pytest.mark.parametrize(("part", "least"), [("tune", 0.98), ("blind", 0.98), ("last", 0.95), ("fresh", 0.91)])
def test_errors_planted_by_another_author_are_marked(part, least, score_of):
    found = score_of(part)

    assert sum(found.planted.values()) >= 100
    assert found.recall >= least, found.missed
    assert found.false_alarms <= 0.05, found.alarms
    assert found.recognised >= 0.9


def test_the_second_set_is_large_and_its_marks_read_back():
    text, marks = press_marks.unmarked("Hadir {lima|n:enam|n:tujuh} instansi.{|i: Dan 4 kepala.}")

    assert text == "Hadir lima instansi."
    assert [(one.start, one.right, len(one.wrong)) for one in marks] == [(6, "lima", 2), (20, "", 1)]
    assert len(press_marks.load()["worlds"]) >= 12
