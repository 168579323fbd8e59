"""The labelled texts are what their README says: whole, consistent, and two halves that share no sentence."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from commitments.reading.spans import normalise

FOLDER = Path(__file__).parent / "releases"
TEXTS = sorted(FOLDER.glob("*.txt"))
HALVES = ("dev", "held")
KINDS = ("agreed", "plan", "pledge")
DATES = ("date", "date_published", "date_inferred")


def body(path):
    return path.read_text(encoding="utf-8")


def label(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def half(name):
    return [path for path in TEXTS if path.name.startswith(f"{name}_")]


def sentences(path):
    """The longer sentences of a text, without case, space and punctuation."""
    parts = re.split(r"[.!?\n]", body(path).casefold())
    return {words for part in parts if len(words := re.sub(r"\W", "", part)) > 30}


@pytest.mark.parametrize("name", HALVES)
def test_a_half_has_30_texts_and_at_least_six_without_commitments(name):
    assert len(half(name)) == 30
    assert sum(not label(path)["commitments"] for path in half(name)) >= 6


@pytest.mark.parametrize("name", HALVES)
def test_a_half_has_every_kind(name):
    kinds = {commitment["kind"] for path in half(name) for commitment in label(path)["commitments"]}

    assert kinds == set(KINDS)


def test_the_halves_share_no_sentence():
    dev, held = (set().union(*(sentences(path) for path in half(name))) for name in HALVES)

    assert dev & held == set()


def test_every_text_has_one_label_and_every_label_one_text():
    assert [path.stem for path in TEXTS] == [path.stem for path in sorted(FOLDER.glob("*.json"))]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
class TestLabel:
    def test_spans_are_the_words_they_stand_on(self, path):
        text = body(path)

        for found in [*label(path)["commitments"], *label(path)["statements"]]:
            assert text[found["start"] : found["end"]] == found["text"]
            assert found["text"] == found["text"].strip()

    def test_commitments_do_not_overlap_and_come_in_order(self, path):
        spans = [(found["start"], found["end"]) for found in label(path)["commitments"]]

        assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))

    def test_kinds_and_dates_are_of_the_shape(self, path):
        found = label(path)

        assert {commitment["kind"] for commitment in found["commitments"]} <= set(KINDS)
        assert all(dt.date.fromisoformat(found[key]) for key in DATES if found.get(key))
        for commitment in found["commitments"]:
            assert ("due" in commitment) == ("due_text" in commitment)
            assert commitment.get("due") is None or dt.date.fromisoformat(commitment["due"])

    def test_words_of_a_due_date_stand_in_the_text(self, path):
        text = " ".join(body(path).split())

        assert all(found.get("due_text", "") in text for found in label(path)["commitments"])

    def test_owners_are_agencies_of_the_text(self, path):
        found = label(path)

        assert {name for commitment in found["commitments"] for name in commitment["agencies"]} <= set(
            found["agencies"]
        )

    def test_text_is_stored_as_it_is_read(self, path):
        text = body(path)

        assert normalise(text) == text
        assert label(path)["body_chars"] == len(text)
        assert 300 <= len(text.encode()) <= 5500
