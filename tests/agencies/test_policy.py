"""Who stands where; the whole matrix over every door is in tests/project/test_doors.py."""

import pytest

from agencies.models import Agreement, Role, Tenure
from agencies.policy import ROLES_IN_ORDER, TABLE, Scope, allowed
from commitments.models import Commitment
from commitments.status import Status
from tests.factories import CommitmentFactory, MeetingFactory, person


def test_every_row_of_the_table_answers_for_every_role():
    letters = {letter for rows in TABLE.values() for row in rows.values() for letter in row}

    assert letters <= {"Y", "r", "-", "0"}
    assert {len(row) for rows in TABLE.values() for row in rows.values()} == {len(ROLES_IN_ORDER)}
    assert all(set(rows) == set(Scope) for rows in TABLE.values())


def test_a_stranger_sees_nothing(petugas_asing, commitment):
    assert not Commitment.objects.visible_to(petugas_asing).exists()
    assert not allowed(petugas_asing, "commitment.read", commitment)


def test_another_unit_of_the_same_city_sees_nothing_of_a_led_commitment(petugas_lain, commitment):
    assert not Commitment.objects.visible_to(petugas_lain).exists()


def test_a_line_without_owner_is_read_by_those_who_were_there(petugas_lain, petugas_asing, meeting):
    line = CommitmentFactory(meeting=meeting, lead=None)

    assert Commitment.objects.visible_to(petugas_lain).get() == line
    assert allowed(petugas_lain, "commitment.read", line)
    assert not allowed(petugas_lain, "commitment.change", line)
    assert not Commitment.objects.visible_to(petugas_asing).exists()


def test_a_draft_is_invisible_outside_the_host(petugas, petugas_unit, draft_commitment):
    assert draft_commitment in Commitment.objects.visible_to(petugas)
    assert draft_commitment not in Commitment.objects.visible_to(petugas_unit)


def test_a_supervisor_reads_the_whole_subtree(city, province, commitment):
    above, higher = person(city, Role.SUPERVISOR), person(province, Role.SUPERVISOR)

    assert Commitment.objects.visible_to(above).get() == commitment
    assert Commitment.objects.visible_to(higher).get() == commitment
    assert allowed(above, "commitment.verify", commitment)


def test_an_officer_reads_only_the_own_agency(city, commitment):
    assert not Commitment.objects.visible_to(person(city, Role.OFFICER)).exists()


def test_an_open_agreement_lets_the_parties_trees_read(petugas_lain, commitment, agreement):
    agreement.is_open_between_parties = True
    agreement.save()
    opened = Commitment.objects.get(pk=commitment.pk)

    assert Commitment.objects.visible_to(petugas_lain).get() == opened
    assert allowed(petugas_lain, "commitment.read", opened)
    assert not allowed(petugas_lain, "progress.report", opened)


def test_a_draft_of_ones_own_opens_no_door_to_the_agreement(petugas_lain, agreement, other_unit):
    held = MeetingFactory(host_agency=other_unit, agreement=agreement, shared_at=None)
    CommitmentFactory(meeting=held, status=Status.DRAFT)

    assert not allowed(petugas_lain, "report.make", agreement)
    assert not Agreement.objects.near(petugas_lain).exists()


def test_an_auditor_reads_what_is_assigned_and_changes_nothing(auditor, commitment):
    elsewhere = CommitmentFactory()

    assert Commitment.objects.visible_to(auditor).get() == commitment
    assert allowed(auditor, "evidence.read", commitment)
    assert not allowed(auditor, "commitment.change", commitment)
    assert elsewhere not in Commitment.objects.visible_to(auditor)


def test_the_admin_reads_rows_but_no_evidence_and_decides_nothing(admin, commitment):
    assert allowed(admin, "commitment.read", commitment)
    for action in ("evidence.read", "evidence.read_general", "commitment.verify", "progress.report"):
        assert not allowed(admin, action, commitment)


def test_an_ended_tenure_gives_nothing(petugas, commitment, now):
    Tenure.objects.filter(user=petugas).update(ends_on="2021-01-01")

    assert not Commitment.objects.visible_to(petugas).exists()


@pytest.mark.parametrize("action", sorted(TABLE))
def test_nobody_signed_out_is_allowed_anything(tamu, action):
    assert not allowed(tamu, action)
