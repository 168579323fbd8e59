"""Sentences typed in a hurry become one line each; names and dates in them are offered and never assigned."""

import datetime as dt
import json
from pathlib import Path

import pytest

from commitments.reading.offers import OfferKind
from commitments.reading.quickadd import parse
from tests.commitments.reading.workbooks import AGENCIES

FILE = json.loads((Path(__file__).parent / "plain_lines.json").read_text(encoding="utf-8"))
MEETING_ON = dt.date.fromisoformat(FILE["meeting_on"])


def read(text):
    return parse(text, meeting_on=MEETING_ON, agencies=AGENCIES, clauses=[])


def offered(line, kind):
    return [offer for offer in line.offers if offer.kind is kind]


@pytest.mark.parametrize("sample", FILE["texts"], ids=lambda sample: sample["slug"])
class TestPlainText:
    def test_one_line_per_commitment_in_its_own_words(self, sample):
        reading = read(sample["text"])

        assert [line.wording for line in reading.lines] == [line["wording"] for line in sample["lines"]]
        assert reading.errors == ()

    def test_nothing_is_assigned(self, sample):
        for line in read(sample["text"]).lines:
            assert (line.lead, line.supporting, line.due_on) == (None, (), None)

    def test_the_agency_that_acts_is_offered_first_and_no_stranger(self, sample):
        for line, expected in zip(read(sample["text"]).lines, sample["lines"], strict=True):
            codes = [offer.code for offer in offered(line, OfferKind.OWNER)]

            if expected["owner"]:
                assert codes[:1] == [expected["owner"]]
            assert set(codes) <= {expected["owner"], *expected["others"]}

    def test_a_written_day_is_offered_and_no_other(self, sample):
        for line, expected in zip(read(sample["text"]).lines, sample["lines"], strict=True):
            days = [offer.on.isoformat() for offer in offered(line, OfferKind.DATE)]

            assert days == ([expected["due_on"]] if expected["due_on"] else [])
