"""What an office has not told anybody yet is in no version for the public, not even as a number."""

import pytest

from commitments.status import Status
from reports.counting.tracing import traces
from tests.factories import CommitmentFactory, MeetingFactory, at
from tests.reports.test_documents import frozen_with, page
from tests.reports.worlds import issuing_office, year_of_work


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def pact(office):
    return year_of_work(office)


def test_the_public_version_counts_no_draft(office, pact):
    meeting = MeetingFactory(agreement=pact, host_agency=office, shared_at=None)
    CommitmentFactory(meeting=meeting, status=Status.DRAFT, shared_at=None, created_at=at("2026-02-01"))
    internal, public = frozen_with(pact, office), frozen_with(pact, office, is_public=True)

    assert internal["totals"]["drafts"] == internal["totals"]["by_condition"]["DRAFT"] > 0
    assert (public["totals"]["drafts"], "DRAFT" in public["totals"]["by_condition"]) == (None, False)
    assert "drafts" not in dict(traces(public))
    assert "Draf, di luar jumlah" in page(internal)
    assert "di luar jumlah" not in page(public)
