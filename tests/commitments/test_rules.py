"""Who may do what now: the right persons, the wrong ones, and the reason each refusal gives."""

import pytest

from agencies.models import Role
from commitments import rules
from commitments.models import ProgressKind
from commitments.rules import Facts, Voice
from commitments.status import TRANSITIONS, Status, Verb
from tests.factories import CommitmentFactory, ProgressFactory, at, person

AT = at("2026-03-02")

RULE_OF_VERB = {
    Verb.START: rules.may_start,
    Verb.REPORT: rules.may_report,
    Verb.BLOCK: rules.may_block,
    Verb.RESUME: rules.may_resume,
    Verb.SUBMIT: rules.may_submit,
}


def facts_of(commitment):
    return Facts(commitment, at=AT)


def claimed(commitment, *, by):
    commitment.status, commitment.submitted_at = Status.SUBMITTED, AT
    commitment.save()
    return ProgressFactory(commitment=commitment, kind=ProgressKind.CLAIM, author=by, at=AT)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", RULE_OF_VERB)
def test_only_the_listed_steps_are_allowed(meeting, unit, petugas_unit, status, verb):
    commitment = CommitmentFactory(meeting=meeting, lead=unit, status=status)

    verdict = RULE_OF_VERB[verb](petugas_unit, commitment, facts_of(commitment))

    assert bool(verdict) == ((status, verb) in TRANSITIONS)
    assert verdict or (verdict.reason and verdict.status in (403, 409))


@pytest.mark.parametrize("rule", RULE_OF_VERB.values())
def test_strangers_and_press_do_nothing(commitment, petugas_asing, humas, auditor, admin, rule):
    for user in (petugas_asing, humas, auditor, admin):
        verdict = rule(user, commitment, facts_of(commitment))

        assert not verdict
        assert verdict.status == 403


def test_the_host_reports_only_for_a_lead_without_account(commitment, petugas):
    assert rules.voices(petugas, commitment, facts_of(commitment)) == (rules.Voice.ON_BEHALF,)


def test_the_host_falls_silent_once_the_lead_has_an_account(commitment, petugas, petugas_unit):
    verdict = rules.may_report(petugas, commitment, facts_of(commitment))

    assert not verdict
    assert "sudah mempunyai akun" in verdict.reason


def test_a_host_that_leads_speaks_for_itself(meeting, bp3mi, petugas):
    own = CommitmentFactory(meeting=meeting, lead=bp3mi)

    assert rules.voices(petugas, own, facts_of(own)) == (Voice.OWN,)


def test_a_line_without_owner_is_followed_up_by_its_host(meeting, petugas, petugas_unit):
    ownerless = CommitmentFactory(meeting=meeting, lead=None)

    assert rules.voices(petugas, ownerless, facts_of(ownerless)) == (Voice.RECORD,)
    assert not rules.may_report(petugas_unit, ownerless, facts_of(ownerless))


def test_a_supporter_reports_its_part_and_no_more(commitment, other_unit, petugas_lain):
    commitment.contributions.create(agency=other_unit)

    assert rules.may_report(petugas_lain, commitment, facts_of(commitment))
    assert "bagian Anda" in rules.may_block(petugas_lain, commitment, facts_of(commitment)).reason
    assert "bukan oleh pendukung" in rules.may_submit(petugas_lain, commitment, facts_of(commitment)).reason


def test_starting_on_behalf_needs_a_source_so_progress_is_recorded_instead(commitment, petugas):
    verdict = rules.may_start(petugas, commitment, facts_of(commitment))

    assert not verdict
    assert "sumbernya" in verdict.reason


def test_nobody_verifies_their_own_claim(commitment, unit, bp3mi):
    both = person(bp3mi, Role.OFFICER, Role.SUPERVISOR)
    claimed(commitment, by=both)

    for rule in (rules.may_verify, rules.may_send_back):
        verdict = rule(both, commitment, facts_of(commitment))
        assert not verdict
        assert "orang lain" in verdict.reason


def test_supervisors_of_host_lead_and_above_may_verify(commitment, city, pimpinan, pimpinan_unit, petugas_unit):
    claimed(commitment, by=petugas_unit)
    above = person(city, Role.SUPERVISOR)

    for user in (pimpinan, pimpinan_unit, above):
        assert rules.may_verify(user, commitment, facts_of(commitment))


def test_officers_do_not_verify_but_the_hosts_record_a_document(commitment, petugas, petugas_unit):
    claimed(commitment, by=petugas_unit)

    assert rules.may_verify(petugas, commitment, facts_of(commitment)).status == 403
    assert rules.may_verify_by_document(petugas, commitment, facts_of(commitment))
    assert not rules.may_verify_by_document(petugas_unit, commitment, facts_of(commitment))


def test_nothing_is_verified_before_it_is_claimed(commitment, pimpinan):
    verdict = rules.may_verify(pimpinan, commitment, facts_of(commitment))

    assert (verdict.ok, verdict.status) == (False, 409)


def test_the_signer_of_a_document_is_not_the_one_who_claimed(commitment, petugas_unit):
    claim = claimed(commitment, by=petugas_unit)

    assert not rules.may_sign(f"  {petugas_unit.name.upper()} ", claim)
    assert rules.may_sign("Kepala Suku Dinas Lain", claim)


@pytest.mark.parametrize("status", [Status.DONE, Status.UNMET, Status.VOID, Status.MERGED])
def test_a_closed_record_is_not_changed(meeting, petugas, status):
    closed = CommitmentFactory(meeting=meeting, status=status)

    assert rules.may_change(petugas, closed).status == 409
    assert rules.may_tick(petugas, closed).status == 409


def test_only_the_keeper_changes_the_record(commitment, petugas, petugas_unit):
    assert rules.may_change(petugas, commitment)
    assert rules.may_change(petugas_unit, commitment).status == 403
    assert rules.may_tick(petugas_unit, commitment).status == 403
