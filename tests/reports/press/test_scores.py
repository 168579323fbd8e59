"""Planted errors are found and correct things left in peace, in texts the rules were not written with too."""

import pytest

from benchmarks import press_marks
from tests.reports.press.cases import CASES


@pytest.mark.parametrize("part", ["dev", "held"])
def test_the_checker_reaches_its_aims(part, score_of):
    found = score_of(part)

    assert sum(found.planted.values()) >= 150
    assert found.recall == 1, found.missed
    assert found.false_alarms == 0, found.alarms
    assert found.recognised >= 0.98


def test_there_are_enough_texts_and_plants_of_every_kind():
    plants = [plant["kind"] for text in CASES["texts"] for plant in text["plants"]]

    assert len(CASES["texts"]) >= 30
    assert len(plants) >= 300
    assert {kind: plants.count(kind) >= 30 for kind in set(plants)} == dict.fromkeys(
        ("number", "date", "agency", "title", "tense"), True
    )


@pytest.mark.parametrize(
    ("part", "planted", "least"),
    [
        ("tune", 362, 1.0),
        ("blind", 338, 1.0),
        ("last", 113, 0.99),
        ("fresh", 146, 1.0),
        ("unseen", 191, 1.0),
        ("later", 71, 0.98),
        ("foreign", 254, 0.99),
        ("unread", 136, 1.0),
        ("anew", 85, 1.0),
        ("once", 82, 0.98),
    ],
)
def test_errors_planted_in_the_other_sets_are_marked(part, planted, least, score_of):
    found = score_of(part)

    assert sum(found.planted.values()) == planted
    assert found.recall >= least, found.missed
    assert found.false_alarms == 0, found.alarms
    assert found.recognised >= 0.95


def test_the_other_sets_are_large_and_their_marks_read_back():
    text, marks = press_marks.unmarked("Hadir {lima|n:enam|n:tujuh} instansi.{|i: Dan 4 kepala.}")

    assert text == "Hadir lima instansi."
    assert [(one.start, one.right, len(one.wrong)) for one in marks] == [(6, "lima", 2), (20, "", 1)]
    assert len(press_marks.load("tune")["worlds"]) >= 12
    right = [
        mark.right for text in press_marks.load("unseen")["texts"] for mark in press_marks.unmarked(text["text"])[1]
    ]
    assert len(list(filter(None, right))) >= 60
