"""The tallies say at any moment what counting all commitments would say."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Role
from commitments import actions, pace, tallies
from commitments.actions import Proof, TermsEntry, Tick, merging, recording
from commitments.actions.entries import LineEntry, MeetingEntry, Presence
from commitments.models import Commitment, DateTally, DueBasis, MonthTally, ScopeTally, Tally
from commitments.status import Status
from tests.factories import (
    AgencyFactory,
    AgreementFactory,
    ClauseFactory,
    CommitmentFactory,
    MeetingFactory,
    at,
    person,
)

NOW = at("2026-03-02")
LATER = at("2026-07-20")


def same(instant=LATER):
    """Whether tallies and rows agree, before and after settling."""
    assert tallies.differences(instant) == []
    tallies.settle(instant)
    return tallies.differences(instant) == []


def total(what="n", **where):
    return Tally.objects.filter(**where).aggregate(n=Sum(what))["n"] or 0


def under(clause, what="n"):
    return ScopeTally.objects.filter(clause=clause, is_of_host=True).aggregate(n=Sum(what))["n"] or 0


def in_year(what):
    return MonthTally.objects.filter(is_of_host=False).aggregate(n=Sum(what))["n"] or 0


@pytest.fixture
def entry(unit, clause):
    return TermsEntry("Bursa kerja", lead=unit, due_on=dt.date(2026, 6, 30), target=Decimal(4), clauses=(clause,))


def test_every_action_of_the_example_keeps_them(db, settings, tmp_path):
    settings.SIMPUL_HOME = settings.MEDIA_ROOT = tmp_path
    call_command("demo", stdout=StringIO())

    assert Tally.objects.exists()
    assert tallies.differences(timezone.now()) == []


def test_drafts_are_not_tallied_and_count_once_shared(petugas, city, unit, agreement, entry):
    meeting = recording.log_meeting(
        MeetingEntry(petugas.rights.main_agency, dt.date(2026, 3, 1), counterpart=city, agreement=agreement),
        text="Bursa kerja", lines=[LineEntry(entry, 0, 11), LineEntry(replace(entry, clauses=()), 0, 11)],
        by=petugas, at=NOW,
    )  # fmt: skip
    assert total() == 0

    recording.share(meeting, by=petugas, at=NOW)
    recording.share(meeting, by=petugas, at=NOW)

    assert total(status=Status.NOT_STARTED) == 2
    assert total("scopeless") == 1
    assert (under(entry.clauses[0]), under(None)) == (1, 1)
    assert same()


def test_follow_up_and_decisions_keep_them(commitment, petugas_unit, pimpinan):
    actions.start(commitment, by=petugas_unit, at=NOW)
    actions.block(commitment, by=petugas_unit, at=NOW, obstacle="Anggaran.", decider="")
    actions.resume(commitment, by=petugas_unit, at=NOW, text="Tersedia.")
    proof = [Proof(letter_number="1")]
    actions.submit(commitment, by=petugas_unit, at=at("2026-07-03"), text="Selesai.", evidence=proof)
    late = DateTally.objects.filter(n=1, days_past__gt=0).get()
    assert (late.days_past, total(status=Status.SUBMITTED)) == (3, 1)
    assert same()

    actions.send_back(commitment, by=pimpinan, at=at("2026-07-05"), reason="Kurang.")
    actions.submit(commitment, by=petugas_unit, at=at("2026-07-06"), text="Lengkap.", evidence=proof)
    claim = commitment.progress.filter(kind="CLAIM").last()
    row = Commitment.objects.get(pk=commitment.pk)
    actions.verify(row, by=pimpinan, at=at("2026-07-07"), seen_digest=actions.claim_digest(row, claim))

    assert total(status=Status.DONE) == total() == 1
    assert same()


def test_new_terms_and_ticks_keep_them(commitment, petugas, entry, other_unit):
    entry = replace(entry, lead=other_unit, due_on=dt.date(2026, 7, 1), target=None)
    row = actions.change_terms(commitment, entry, by=petugas, at=NOW, version=commitment.version)
    assert total("targetless", lead=other_unit) == 1
    actions.agree_in_meeting(row, [Tick(other_unit)], by=petugas, at=NOW)

    assert DateTally.objects.filter(due_basis=DueBasis.AGREED).aggregate(n=Sum("n"))["n"] == 1
    assert same()


def test_a_meeting_of_another_agreement_takes_its_lines_along(commitment, clause, petugas, city):
    commitment.clauses.add(clause)
    tallies.repair(NOW)
    meeting, other = commitment.meeting, AgreementFactory(host_agency=commitment.host_agency)
    entry = MeetingEntry(
        meeting.host_agency, meeting.held_on, counterpart=city, agreement=other, present=(Presence(city),)
    )
    recording.update_meeting(meeting, entry, by=petugas, at=NOW, version=meeting.version)

    assert total("scopeless", agreement=other) == total() == 1
    assert same()


def test_merging_and_taking_apart_keep_them(commitment, petugas, meeting):
    twin = CommitmentFactory(meeting=meeting, status=Status.RUNNING)
    merging.merge_commitments(twin, commitment, by=petugas, at=NOW)
    assert total() == 1
    merging.unmerge_commitments(twin, by=petugas, at=NOW)
    assert total(status=Status.RUNNING) == 1

    other = MeetingFactory(host_agency=meeting.host_agency)
    merging.merge_meetings(meeting, other, by=petugas, at=NOW)
    assert total(agreement=other.agreement) == 2
    merging.unmerge_meetings(meeting, by=petugas, at=NOW)
    assert total(agreement=meeting.agreement) == 2
    assert same()


def test_news_of_numbers_reached_keeps_them(commitment, petugas_unit):
    Commitment.objects.filter(pk=commitment.pk).update(target=4)
    tallies.repair(NOW)
    row = actions.report_progress(commitment, by=petugas_unit, at=NOW, text="Dua.", realised=Decimal(2))
    assert under(None, "reached") == 50
    actions.report_progress(row, by=petugas_unit, at=NOW, text="Lima.", realised=Decimal(5))

    assert under(None, "reached") == 100
    assert under(None, "measured") == 1
    assert same()


def test_news_that_changes_nothing_tallied_writes_nothing(commitment, petugas_unit):
    actions.start(commitment, by=petugas_unit, at=NOW)
    rows = Tally.objects.count(), DateTally.objects.count()

    actions.report_progress(commitment, by=petugas_unit, at=NOW, text="Berjalan.")

    assert (Tally.objects.count(), DateTally.objects.count()) == rows


def test_a_refused_action_leaves_them(commitment, petugas_lain):
    before = Tally.objects.count()
    with pytest.raises(actions.terms.Refusal):
        actions.start(commitment, by=petugas_lain, at=NOW)

    assert Tally.objects.count() == before


def test_settling_keeps_every_sum_and_leaves_one_row_of_a_sort(unit, meeting):
    for day in (1, 1, 2, 3):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 4, day), agreed=True)
    late = DateTally.objects.filter(passes_at__lte=LATER)
    before = late.aggregate(n=Sum("n"))["n"]

    tallies.settle(LATER)

    assert late.aggregate(n=Sum("n"))["n"] == before == 4
    assert (Tally.objects.count(), DateTally.objects.count()) == (1, 1)
    assert tallies.settle(LATER) == 0


@pytest.mark.parametrize(("days", "left"), [(80, 2), (95, 1)])
def test_late_dates_keep_their_days_until_their_age_is_the_oldest(days, left, unit, meeting):
    for day in (LATER.date() - dt.timedelta(days=days), LATER.date() - dt.timedelta(days=days + 1)):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=day, agreed=True)

    tallies.settle(LATER)

    assert DateTally.objects.count() == left
    assert tallies.settle(LATER) == 0
    assert same()


def test_proposals_and_claims_that_are_past_grow_no_older(unit, meeting):
    for day in (1, 2):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 7, day))
        CommitmentFactory(
            meeting=meeting, lead=unit, due_on=dt.date(2026, 7, day), agreed=True, status=Status.SUBMITTED,
            submitted_at=at(f"2026-07-{day + 4:02}"),
        )  # fmt: skip

    tallies.settle(LATER)

    assert DateTally.objects.count() == 2
    assert same()


def test_a_date_of_today_is_not_settled_away(unit, meeting):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=LATER.date(), agreed=True)

    tallies.settle(LATER)

    assert DateTally.objects.get().due_on == LATER.date()


def test_settled_rows_take_what_comes_later(commitment, petugas_unit):
    tallies.settle(LATER)
    actions.start(commitment, by=petugas_unit, at=LATER)
    assert total(status=Status.NOT_STARTED) == 0

    tallies.settle(LATER)

    assert list(Tally.objects.values_list("status", "n", "is_settled")) == [(Status.RUNNING, 1, True)]
    assert DateTally.objects.count() == 1


def test_verify_says_what_differs_and_repairs_it(commitment):
    said = StringIO()
    call_command("verify_figures", stdout=said)
    assert "sama" in said.getvalue()
    Commitment.objects.filter(pk=commitment.pk).update(status=Status.RUNNING)

    with pytest.raises(CommandError, match="berbeda"):
        call_command("verify_figures", stdout=said)
    assert "RUNNING" in said.getvalue()
    call_command("verify_figures", repair=True, stdout=said)

    assert same(timezone.now())


def test_an_installation_without_tallies_is_filled_once(commitment):
    for kind in tallies.SORTS:
        kind.objects.all().delete()
    call_command("verify_figures", fill=True)
    assert same(timezone.now())

    with CaptureQueriesContext(
        connection,
    ) as asked:
        call_command("verify_figures", fill=True)
    assert len(asked) == 1


def test_everybody_sees_the_tallies_of_host_lead_and_open_agreements_only(commitment, agreement, unit, bp3mi, stranger):
    assert Tally.objects.visible_to(person(bp3mi, Role.OFFICER)).count() == 1
    assert Tally.objects.visible_to(person(unit, Role.OFFICER)).count() == 1
    assert not Tally.objects.visible_to(person(stranger, Role.OFFICER)).exists()
    neighbour = AgencyFactory(parent=unit.parent)
    assert not Tally.objects.visible_to(person(neighbour, Role.OFFICER)).exists()
    agreement.is_open_between_parties = True
    agreement.save()

    assert Tally.objects.visible_to(person(neighbour, Role.OFFICER)).count() == 1


def test_a_scope_item_counts_its_own_commitments(meeting, agreement):
    first, second = ClauseFactory(agreement=agreement), ClauseFactory(agreement=agreement)
    CommitmentFactory(meeting=meeting, clauses=[first, second])
    CommitmentFactory(meeting=meeting, clauses=[first])

    assert (under(first), under(second), under(None)) == (2, 1, 0)
    assert total() == 2


def test_a_date_that_shifts_twice_counts_once_a_period_and_follows_its_row(commitment, petugas, entry, meeting):
    row = commitment
    for day in ("2026-05-04", "2026-05-20", "2026-07-02"):
        entry = replace(entry, due_on=at(day).date() + dt.timedelta(days=90))
        row = actions.change_terms(row, entry, by=petugas, at=at(day), version=row.version)
    names = ("shifted", "shifted_in_quarter", "shifted_in_half", "shifted_in_year")
    assert [in_year(name) for name in names] == [2, 2, 2, 1]
    assert same()

    twin = CommitmentFactory(meeting=meeting, status=Status.RUNNING)
    merging.merge_commitments(row, twin, by=petugas, at=LATER)
    assert [in_year(name) for name in names] == [0, 0, 0, 0]
    merging.unmerge_commitments(row, by=petugas, at=LATER)
    row = actions.change_terms(
        Commitment.objects.get(pk=row.pk), replace(entry, lead=None), by=petugas, at=LATER, version=row.version + 2
    )

    assert MonthTally.objects.filter(lead=None, is_of_host=False).aggregate(n=Sum("shifted"))["n"] == 2
    assert same()


def test_a_year_that_no_page_asks_for_is_one_sum(meeting):
    for month in (1, 5, 11):
        CommitmentFactory(meeting=meeting, shared_at=at(f"2024-{month:02}-10"), due_on=None)

    tallies.settle(LATER)

    told = MonthTally.objects.filter(is_of_host=True)
    assert list(told.values_list("month", "shared")) == [(tallies.FIRST_DAY, 3)]


def test_what_even_work_would_have_come_to_is_one_row_once_it_is_over(meeting, clause):
    for day in (1, 2, 3):
        CommitmentFactory(meeting=meeting, clauses=[clause], target=4, due_on=dt.date(2026, 7, day))
    rows = ScopeTally.objects.filter(clause=clause, is_of_host=True)

    tallies.settle(LATER)

    assert rows.count() == 1
    assert pace.summed(rows[0].rate, rows[0].base, on=LATER.date()) == 3 * pace.WHOLE
    assert same()
