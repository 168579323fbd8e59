"""What the filters offer is what stands on the commitments a person sees: no more, no less."""

import pytest

from agencies.models import Agency, Agreement, Party
from commitments.models import Commitment, Contribution
from commitments.seen import seen_values
from commitments.status import Status
from tests.factories import AgencyFactory, AgreementFactory, CommitmentFactory, MeetingFactory

PEOPLE = [
    "petugas", "pimpinan", "humas", "petugas_unit", "petugas_lain", "pimpinan_unit", "auditor", "admin", "petugas_asing"
]  # fmt: skip


@pytest.fixture
def world(meeting, agreement, bp3mi, unit, other_unit, stranger, commitment, draft_commitment):
    """Every reason to see a commitment, each with a lead and an agreement of its own; and some that nobody sees."""

    def one(*, present=(), host=bp3mi, supported_by=None, **values):
        pact = AgreementFactory(host_agency=host)
        held = MeetingFactory(host_agency=host, agreement=pact, present=present)
        row = CommitmentFactory(meeting=held, **{"lead": AgencyFactory(), **values})
        if supported_by:
            Contribution.objects.create(commitment=row, agency=supported_by)
        return pact

    for status in Status:
        one(status=status)
        one(status=status, host=stranger, supported_by=unit)
        one(status=status, host=stranger, supported_by=bp3mi)
        one(status=status, host=stranger, lead=other_unit)
        one(status=status, host=stranger, lead=None, present=[unit, bp3mi])
        one(status=status, host=stranger, present=[unit])
        opened = one(status=status, host=stranger)
        Agreement.objects.filter(pk=opened.pk).update(is_open_between_parties=True)
        Party.objects.create(agreement=opened, agency=unit)
    one(status=Status.DRAFT, is_discarded=True)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_values_told_are_those_of_the_visible_rows(request, world, who):
    user = request.getfixturevalue(who)
    rows = list(Commitment.objects.visible_to(user).select_related("lead", "agreement"))

    leads = set(Agency.objects.filter(pk__in=seen_values("lead", user)))
    agreements = set(Agreement.objects.filter(pk__in=seen_values("agreement", user)))

    assert leads == {row.lead for row in rows} - {None}
    assert agreements == {row.agreement for row in rows} - {None}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_was_cancelled_or_merged_can_be_left_out(request, world, who):
    user = request.getfixturevalue(who)
    rows = Commitment.objects.visible_to(user).exclude(status__in=[Status.VOID, Status.MERGED])

    leads = set(Agency.objects.filter(pk__in=seen_values("lead", user, with_gone=False)))

    assert leads == {row.lead for row in rows.select_related("lead")} - {None}
