"""Changing what is promised: versions stay, dates lose their agreement, stale edits lose nothing."""

import datetime as dt

import pytest

from agencies.policy import Refusal
from commitments.actions.terms import StaleVersion, TermsEntry, Tick, agree_in_meeting, basis_for, change_terms
from commitments.models import Commitment, Consent, DueBasis
from tests.factories import ClauseFactory, at

AT = at("2026-03-02")


def entry_of(commitment, **changes):
    present = {
        "wording": commitment.wording, "lead": commitment.lead, "due_on": commitment.due_on,
        "target": commitment.target, "unit": commitment.unit,
    }  # fmt: skip
    return TermsEntry(**present | changes)


def test_a_changed_date_is_a_proposal_again_and_the_first_stays(commitment, petugas):
    changed = change_terms(
        commitment,
        entry_of(commitment, due_on=dt.date(2026, 9, 30)),
        by=petugas,
        at=AT,
        version=1,
        reason="Jadwal bergeser",
    )

    assert (changed.due_basis, changed.version, changed.terms_n) == (DueBasis.PROPOSED, 2, 2)
    assert [t.due_on for t in changed.terms.all()] == [dt.date(2026, 6, 30), dt.date(2026, 9, 30)]


def test_a_reworded_line_keeps_its_agreed_date(commitment, petugas):
    changed = change_terms(
        commitment, entry_of(commitment, wording="Bursa kerja empat kali"), by=petugas, at=AT, version=1
    )

    assert changed.due_basis == DueBasis.AGREED
    assert changed.original != changed.wording


def test_a_new_lead_in_another_zone_moves_the_instant_of_lateness(commitment, petugas, other_unit):
    other_unit.zone = "Asia/Jayapura"
    other_unit.save()

    changed = change_terms(commitment, entry_of(commitment, lead=other_unit), by=petugas, at=AT, version=1)

    assert changed.late_from == dt.datetime(2026, 6, 30, 15, 0, tzinfo=dt.UTC)


def test_the_slower_of_two_editors_is_told_and_overwrites_nothing(commitment, petugas):
    change_terms(commitment, entry_of(commitment, wording="Yang pertama"), by=petugas, at=AT, version=1)

    with pytest.raises(StaleVersion) as stale:
        change_terms(commitment, entry_of(commitment, wording="Yang kedua"), by=petugas, at=AT, version=1)

    assert stale.value.current.wording == "Yang pertama"
    assert Commitment.objects.get().wording == "Yang pertama"


def test_saving_without_a_change_makes_no_version(commitment, petugas):
    change_terms(commitment, entry_of(commitment), by=petugas, at=AT, version=1)

    assert Commitment.objects.get().version == 1


def test_linking_a_scope_item_is_not_a_new_version_of_the_promise(commitment, petugas, clause):
    changed = change_terms(commitment, entry_of(commitment, clauses=(clause,)), by=petugas, at=AT, version=1)

    assert (changed.terms_n, changed.version) == (1, 2)
    assert list(changed.clauses.all()) == [clause]


def test_a_scope_item_of_another_agreement_is_refused(commitment, petugas):
    with pytest.raises(Refusal, match="bukan bagian"):
        change_terms(commitment, entry_of(commitment, clauses=(ClauseFactory(),)), by=petugas, at=AT, version=1)


def test_the_partner_cannot_change_the_record(commitment, petugas_unit):
    with pytest.raises(Refusal):
        change_terms(commitment, entry_of(commitment, wording="Lain"), by=petugas_unit, at=AT, version=1)


def test_a_later_tick_makes_the_date_agreed_and_carries_earlier_consents(commitment, petugas, unit, city):
    proposed = change_terms(commitment, entry_of(commitment, due_on=dt.date(2026, 9, 30)), by=petugas, at=AT, version=1)
    agree_in_meeting(proposed, [Tick(city, post_text="Asisten")], by=petugas, at=AT)

    agreed = agree_in_meeting(proposed, [Tick(unit)], by=petugas, at=at("2026-03-03"))

    assert (agreed.due_basis, agreed.terms_n) == (DueBasis.AGREED, 3)
    carried = Consent.objects.filter(terms__n=3)
    assert {(c.agency.code, c.at) for c in carried} == {("kota", AT), ("naker", at("2026-03-03"))}


def test_ticking_twice_changes_nothing(commitment, petugas, unit):
    once = agree_in_meeting(commitment, [Tick(unit)], by=petugas, at=AT)
    twice = agree_in_meeting(commitment, [Tick(unit)], by=petugas, at=AT)

    assert once.version == twice.version
    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    ("lead", "agreed", "basis"),
    [
        ("unit", {"unit"}, DueBasis.AGREED),
        ("unit", {"city", "bp3mi"}, DueBasis.PROPOSED),
        (None, {"city"}, DueBasis.AGREED),
        (None, {"bp3mi"}, DueBasis.PROPOSED),
        (None, set(), DueBasis.PROPOSED),
    ],
)
def test_whose_yes_makes_a_date_agreed(request, bp3mi, lead, agreed, basis):
    agency = request.getfixturevalue(lead) if lead else None
    agreeing = {request.getfixturevalue(name).pk for name in agreed}

    assert basis_for(due_on=dt.date(2026, 6, 30), lead=agency, host=bp3mi, agreed=agreeing) == basis
    assert basis_for(due_on=None, lead=agency, host=bp3mi, agreed=agreeing) == ""
