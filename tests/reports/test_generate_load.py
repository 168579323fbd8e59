"""A made-up nation for load: the same from the same seed, and as consistent as if people had acted."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies.audit import verify_chain
from agencies.models import Agency, Agreement, User
from commitments.models import Commitment, Evidence, Move, Verification
from commitments.status import TRANSITIONS, Status
from config.workdays import WIB
from meetings.models import Meeting
from reports.counting.history import history
from reports.example.accounts import email_of
from tests.browsers import browser_of

DAY = dt.date(2026, 6, 30)
NOW = dt.datetime.combine(DAY, dt.time(), tzinfo=WIB)
REACHED = {
    Status.DRAFT, Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.DONE, Status.MERGED,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.SIMPUL_HOME = tmp_path


def load(commitments, *, seed=1):
    said = StringIO()
    call_command("generate_load", commitments=commitments, seed=seed, on=DAY, stdout=said)
    return said.getvalue()


@pytest.fixture
def loaded(db):
    load(403)


def test_the_same_seed_makes_the_same_rows(db):
    first = load(40, seed=7)

    assert load(40, seed=7) == first
    assert load(40, seed=8) != first


def test_exactly_as_many_are_made_as_asked(loaded):
    assert Commitment.objects.count() == 403
    assert Agency.objects.filter(kind="FIELD_OFFICE").count() == 23


def test_everything_is_marked_as_example(loaded):
    for kind in (Commitment, Meeting, Agreement, Agency):
        assert not kind.objects.filter(is_example=False).exists()


def test_the_rows_are_what_their_histories_say(loaded):
    told = [then for agreement in Agreement.objects.all() for then in history(agreement, at=NOW)]

    rows = Commitment.objects.select_related("lead", "host_agency").in_bulk()

    assert len(told) == 403
    for then in told:
        row = rows[then.commitment.pk]
        assert (then.status, then.is_late) == (row.status, row.is_late(at=NOW))
        assert (then.terms.lead_id, then.terms.due_on) == (row.lead_id, row.due_on)
        assert (then.terms.due_basis, then.realised) == (row.due_basis, row.realised)


def test_every_status_that_an_action_reaches_occurs_and_some_are_late_or_lack_something(loaded):
    shared = Commitment.objects.kept()

    assert set(shared.values_list("status", flat=True)) == REACHED
    assert 0 < shared.overdue(at=NOW).count() < 100
    assert shared.past_proposal(at=NOW).exists()
    assert shared.without_owner().exists()
    assert shared.without_date().exists()
    assert shared.without_clause().exists()


def test_every_move_is_one_that_an_action_makes(loaded):
    for move in Move.objects.exclude(verb="share"):
        assert TRANSITIONS[move.from_status, move.verb] == move.to_status
    assert Move.objects.filter(at__gte=NOW).count() == 0


def test_every_claim_has_its_proof_and_is_decided_by_somebody_else(loaded):
    assert Verification.objects.filter(verdict="RETURNED").exists()
    assert Evidence.objects.count() == Move.objects.filter(verb="submit").count()
    assert Verification.objects.count() == Move.objects.filter(verb__in=["verify", "send_back"]).count()


def test_the_words_of_a_commitment_stand_in_its_source(loaded):
    for row in Commitment.objects.select_related("source")[:50]:
        assert row.original == row.wording


def test_the_trail_stays_whole_and_codes_go_on(loaded):
    load(8)

    assert verify_chain().broken_at is None
    assert Commitment.objects.values("code").distinct().count() == 411


def test_the_head_office_sees_all_of_it_and_pages_open(loaded):
    head = User.objects.get(email=email_of("pimpinan.pusat"))

    assert Commitment.objects.visible_to(head).count() == 403
    browser = browser_of(head)
    for name in ("commitments:list", "reports:dashboard"):
        assert browser.get(reverse(name)).status_code == 200
    assert browser.get(Commitment.objects.first().get_absolute_url()).status_code == 200


def test_production_refuses_it(db, settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError):
        load(8)
    assert not Commitment.objects.exists()


def test_none_at_all_is_refused(db):
    with pytest.raises(CommandError):
        load(0)
