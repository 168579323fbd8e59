"""The labelled texts of the project, and the reference texts beside it where they exist."""

import pytest

from benchmarks.read_release import OWN, SAMPLES, labelled
from commitments.reading.release import Score, as_labels, read_release, score


def scored(folder, pattern):
    total, texts = Score(), 0
    for text, label in labelled(folder, pattern):
        total, texts = total + score(as_labels(read_release(text)), label), texts + 1
    return total, texts


@pytest.mark.parametrize(("pattern", "recall"), [("dev_*", 0.97), ("held_*", 0.85)])
def test_the_texts_of_the_project_reach_the_aims(pattern, recall):
    total, texts = scored(OWN, pattern)

    assert texts >= 20
    assert total.recall("agreed", "plan") >= recall
    assert total.precision >= 0.95
    assert total.false_agreed <= 0.03
    assert total.invented == 0
    assert total.dates["invented"] == 0


def test_of_the_reference_texts_all_is_found_and_nothing_invented():
    if not SAMPLES.is_dir():
        pytest.skip("no reference texts beside the project")

    total, texts = scored(SAMPLES, "*")

    assert texts == 5
    assert total.recall("agreed", "plan") == 1
    assert total.precision == 1
    assert total.dates == {"right": 5}


LABEL = {
    "date": None,
    "commitments": [{"kind": "agreed", "start": 10, "end": 20}, {"kind": "pledge", "start": 50, "end": 60}],
}


def found(*spans, date=None):
    return {"date": date, "commitments": [{"kind": kind, "start": start, "end": end} for kind, start, end in spans]}


@pytest.mark.parametrize(
    ("span", "right"),
    [
        ((10, 20), 1),
        ((15, 25), 1),
        ((16, 30), 0),
        ((10, 43), 1),
        ((10, 44), 0),
        ((30, 40), 0),
        ((10, 13), 1),
        ((10, 12), 0),
    ],
)
def test_a_finding_is_right_when_half_of_the_shorter_and_a_third_of_the_longer_overlap(span, right):
    assert score(found(("agreed", *span)), LABEL).right == right


def test_a_pledge_taken_for_agreed_is_counted():
    total = score(found(("agreed", 10, 20), ("agreed", 50, 60)), LABEL)

    assert (total.right, total.wrongly_agreed, total.false_agreed) == (2, 1, 0.5)
    assert (total.recall("agreed"), total.recall("plan"), total.recall("pledge")) == (1, 1, 1)


def test_an_invented_date_and_commitments_where_there_are_none_are_counted():
    total = score(found(("plan", 1, 9), date="2026-01-28"), {"date": None, "commitments": []})

    assert total.invented == 1
    assert total.dates == {"invented": 1}
