"""Figures count one agreement in one period from rows that never change, so last quarter stays last quarter."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Answer, Commitment, Consent, Contribution, DueBasis, Move, Strength, Terms
from commitments.status import Condition, ReportClass, Status, Verb
from reports.counting.figures import figures
from reports.counting.periods import read_period
from tests.factories import AgencyFactory, ClauseFactory, CommitmentFactory, MeetingFactory, ProgressFactory, at

QUARTER = read_period("2026-TW1")
END = at("2026-03-31", "16.20")
QUERIES = 11


def move(commitment, to, verb, instant):
    Move.objects.create(commitment=commitment, from_status=commitment.status, to_status=to, verb=verb, at=instant)


def new_terms(commitment, instant, **changes):
    """Append a version as the actions do: values unlike the last, copied onto the commitment."""
    last = commitment.terms.last()
    values = {name: changes.get(name, getattr(last, name)) for name in ("wording", "lead", "due_on", "due_basis")}
    return Terms.objects.create(commitment=commitment, n=last.n + 1, target=last.target, at=instant, **values)


@pytest.fixture
def five_lines(meeting):
    """The real case: an open list of five quoted lines without owner, date, target or scope."""
    meeting.is_open_list = True
    meeting.save()
    return CommitmentFactory.create_batch(5, meeting=meeting)


def test_five_lines_without_owner_and_date_all_stand_in_the_quarters_report(agreement, clause, five_lines):
    counted = figures(agreement, QUARTER, END)

    assert [row.code for row in counted.rows] == [c.code for c in five_lines]
    assert {row.gaps for row in counted.rows} == {("owner", "date", "target", "scope")}
    assert (counted.gaps.owner, counted.gaps.date, counted.gaps.target, counted.gaps.scope) == (5, 5, 5, 5)
    assert counted.rows_without_clause == tuple(c.code for c in five_lines)
    assert [c.number for c in counted.clauses_without_commitment] == ["1"]
    assert counted.sentence() == (
        "Dari sekurang-kurangnya 5 komitmen, belum ada yang selesai, tidak ada yang melewati tenggat, 5 belum lengkap."
    )


def test_an_agreement_without_commitments_says_so(agreement):
    counted = figures(agreement, QUARTER, END)

    assert counted.total == 0
    assert counted.sentence() == "Belum ada komitmen pada periode ini."


def test_conditions_and_classes_each_sum_to_the_total_and_drafts_stand_apart(meeting, unit, agreement):
    for status in (s for s in Status if s not in (Status.VOID, Status.MERGED, Status.DRAFT)):
        CommitmentFactory.create_batch(2, meeting=meeting, lead=unit, status=status)
    CommitmentFactory.create_batch(3, meeting=meeting, status=Status.DRAFT)
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 19))

    counted = figures(agreement, QUARTER, END)

    assert (counted.total, counted.drafts) == (13, 3)
    assert sum(counted.by_condition.values()) == 13
    assert Condition.DRAFT not in counted.by_condition
    assert sum(one.count for one in counted.classes) == 13
    assert {one.report_class: one.count for one in counted.classes} == {
        ReportClass.MET: 2, ReportClass.PARTLY: 6, ReportClass.UNTOUCHED: 3, ReportClass.IMPOSSIBLE: 2,
    }  # fmt: skip
    assert {one.total for one in counted.classes} == {13}
    assert (counted.claimed, counted.verified) == (4, 2)


def test_void_rows_are_outside_every_total(meeting, agreement):
    row = CommitmentFactory(meeting=meeting)
    move(row, Status.VOID, "void", at("2026-03-01"))

    assert figures(agreement, QUARTER, END).total == 0


def test_lateness_needs_an_agreed_date(meeting, unit, agreement):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 19), agreed=True)
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 1))

    counted = figures(agreement, QUARTER, END)

    assert (counted.late, counted.longest_days, counted.past_proposal) == (1, 12, 1)
    assert [row.days_past for row in counted.rows] == [12, 30]
    assert "1 melewati tenggat (12 hari), 1 melewati tanggal usulan" in counted.sentence()


def test_a_date_is_past_from_midnight_where_the_lead_is(meeting, agreement):
    papua = AgencyFactory(zone="Asia/Jayapura")
    CommitmentFactory(meeting=meeting, lead=papua, due_on=dt.date(2026, 3, 19), agreed=True)

    assert figures(agreement, QUARTER, at("2026-03-19", "21.59")).late == 0
    assert figures(agreement, QUARTER, at("2026-03-19", "22.00")).late == 1


def test_last_quarter_says_the_same_after_everything_changed(meeting, unit, other_unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 19), agreed=True, target=4)
    before = figures(agreement, QUARTER, END)

    new_terms(row, at("2026-04-05"), lead=other_unit, due_on=dt.date(2026, 6, 30), wording="Lain")
    move(row, Status.DONE, Verb.VERIFY, at("2026-04-20"))
    ProgressFactory(commitment=row, at=at("2026-04-10"), realised=4)
    Commitment.objects.filter(pk=row.pk).update(
        lead=other_unit, due_on=dt.date(2026, 6, 30), wording="Lain", status=Status.DONE, closed_at=at("2026-04-20"),
        realised=4, late_from=at("2026-07-01", "00.00"),
    )  # fmt: skip
    CommitmentFactory(meeting=meeting, created_at=at("2026-04-02"), shared_at=at("2026-04-02"))

    after = figures(agreement, QUARTER, at("2027-03-01"))

    assert before.rows == after.rows
    assert before.late == after.late == 1
    assert before.flows == after.flows
    assert figures(agreement, read_period("2026-TW2"), at("2027-03-01")).flows.done == 1


def test_a_row_closed_before_the_period_has_left_the_stock(meeting, agreement):
    CommitmentFactory(meeting=meeting, status=Status.DONE, closed_at=at("2026-03-31", "23.59"))

    assert figures(agreement, QUARTER, at("2026-04-01")).flows.done == 1
    assert figures(agreement, read_period("2026-TW2"), at("2026-06-30")).total == 0


def test_the_clock_stands_still_while_a_verifier_has_the_claim(meeting, unit, agreement):
    CommitmentFactory(
        meeting=meeting, lead=unit, status=Status.SUBMITTED, due_on=dt.date(2026, 3, 10), agreed=True,
        submitted_at=at("2026-03-10", "23.00"),
    )  # fmt: skip

    row = figures(agreement, QUARTER, END).rows[0]

    assert (row.condition, row.days_past) == (Condition.SUBMITTED, 0)
    assert row.verified_by == "selesai menurut laporan, belum diverifikasi"


def test_naming_a_first_date_is_no_shift_and_moving_it_is(meeting, unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit)
    new_terms(row, at("2026-02-05"), due_on=dt.date(2026, 3, 10), due_basis=DueBasis.PROPOSED)
    new_terms(row, at("2026-02-06"), due_basis=DueBasis.AGREED)
    new_terms(row, at("2026-03-05"), due_on=dt.date(2026, 3, 30))

    counted = figures(agreement, QUARTER, END)

    assert (counted.rows[0].shifts, counted.flows.shifts) == (1, 1)
    assert counted.rows[0].first_due_on == dt.date(2026, 3, 10)
    assert counted.rows[0].due_on == dt.date(2026, 3, 30)


def test_dates_tried_in_a_draft_are_no_shifts(meeting, agreement):
    row = CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 3, 1), shared_at=at("2026-02-01"))
    new_terms(row, at("2026-01-30"), due_on=dt.date(2026, 3, 20))

    counted = figures(agreement, QUARTER, END).rows[0]

    assert (counted.shifts, counted.first_due_on) == (0, dt.date(2026, 3, 20))


def consent(row, agency, strength=Strength.CONFIRMED, **kwargs):
    kwargs.setdefault("terms", row.terms.last())
    return Consent.objects.create(agency=agency, strength=strength, at=kwargs.pop("at", at("2026-02-02")), **kwargs)


def test_strength_is_the_leads_and_the_others_are_counted(meeting, unit, other_unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit)
    Contribution.objects.create(commitment=row, agency=other_unit)
    consent(row, unit)

    counted = figures(agreement, QUARTER, END)

    assert counted.rows[0].strength == Strength.CONFIRMED
    assert counted.rows[0].strength_words == "dikonfirmasi; 1 dari 2 instansi menyepakati"
    assert (counted.confirmed_by_partner, counted.by_strength[Strength.CONFIRMED]) == (1, 1)


def test_a_yes_to_earlier_words_is_said_and_not_counted(meeting, unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit)
    consent(row, unit)
    new_terms(row, at("2026-03-01"), wording="Rumusan baru")

    counted = figures(agreement, QUARTER, END)

    assert counted.rows[0].strength_words == "dicatat; rumusan sebelumnya disepakati"
    assert counted.confirmed_by_partner == 0
    assert figures(agreement, QUARTER, at("2026-02-15")).confirmed_by_partner == 1


def test_an_objection_takes_the_yes_back_and_is_printed_as_written(meeting, unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit)
    consent(row, unit)
    consent(row, unit, Strength.RECORDED, answer=Answer.OBJECTED, text="Bukan kami.", at=at("2026-02-20"))

    counted = figures(agreement, QUARTER, END).rows[0]

    assert (counted.strength, counted.is_confirmed_by_partner) == (Strength.RECORDED, False)
    assert [(r.words, r.text) for r in counted.remarks] == [("keberatan", "Bukan kami.")]


def test_the_host_cannot_confirm_for_a_partner(meeting, bp3mi, unit, agreement):
    row = CommitmentFactory(meeting=meeting)
    consent(row, bp3mi)

    assert figures(agreement, QUARTER, END).rows[0].strength == Strength.RECORDED

    consent(row, unit, Strength.IN_MEETING)

    assert figures(agreement, QUARTER, END).rows[0].strength_words == "disepakati dalam rapat"


def test_share_of_the_target_is_a_whole_percent_and_may_pass_a_hundred(meeting, agreement):
    half, over, unknown = (CommitmentFactory(meeting=meeting, target=target) for target in (3, 2, None))
    ProgressFactory(commitment=half, realised=1, at=at("2026-02-01"))
    ProgressFactory(commitment=half, realised=None, at=at("2026-02-03"))
    ProgressFactory(commitment=over, realised=3)
    ProgressFactory(commitment=unknown, realised=3)

    rows = figures(agreement, QUARTER, END).rows

    assert [row.share for row in rows] == [Decimal(33), Decimal(150), None]
    assert rows[0].last_news_on == dt.date(2026, 2, 3)


def test_scope_items_sum_their_own_commitments(meeting, unit, agreement, clause):
    other = ClauseFactory(agreement=agreement, number="2")
    for status in (Status.DONE, Status.RUNNING, Status.NOT_STARTED, Status.UNMET):
        CommitmentFactory(meeting=meeting, lead=unit, status=status, clauses=[clause])
    late = CommitmentFactory(
        meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 1), clauses=[clause, other]
    )

    first, second = figures(agreement, QUARTER, END).clauses

    assert (first.total, first.done, first.running, first.not_started, first.unmet, first.late) == (5, 1, 1, 1, 1, 1)
    assert (second.total, second.late, second.codes, second.is_moving) == (1, 1, (late.code,), False)


def test_scope_items_tell_all_seven_conditions_and_they_sum(meeting, unit, agreement, clause):
    for status in (Status.DONE, Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.UNMET):
        CommitmentFactory(meeting=meeting, lead=unit, status=status, clauses=[clause])

    counted = figures(agreement, QUARTER, END).clauses[0]

    assert len(counted.by_condition) == 7
    assert sum(counted.by_condition.values()) == counted.total == 5
    assert counted.by_condition[Condition.BLOCKED] == 1
    assert counted.running == 3


def test_what_should_be_done_by_now_grows_evenly_to_the_date(meeting, unit, agreement, clause):
    middle = CommitmentFactory(
        meeting=meeting, lead=unit, origin_on=dt.date(2026, 3, 1), due_on=dt.date(2026, 4, 30), target=10,
        clauses=[clause],
    )  # fmt: skip
    ProgressFactory(commitment=middle, realised=2)
    passed = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 1), target=4, clauses=[clause])
    ProgressFactory(commitment=passed, realised=9)
    CommitmentFactory(meeting=meeting, lead=unit, target=4, clauses=[clause])
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 1), clauses=[clause])

    counted = figures(agreement, QUARTER, END).clauses[0]

    assert (counted.expected.percent, counted.expected.counted, counted.expected.total) == (75, 2, 4)
    assert (counted.realised.percent, counted.realised.counted, counted.realised.total) == (40, 3, 4)


def test_without_a_target_nothing_is_measured(agreement, five_lines):
    counted = figures(agreement, QUARTER, END)

    assert (counted.realised.percent, counted.realised.counted, counted.expected.percent) == (None, 0, None)


def test_late_rows_fall_into_four_ages_that_sum(meeting, unit, agreement):
    for day in ("2026-03-30", "2026-03-24", "2026-03-23", "2026-03-01", "2026-02-28", "2025-12-31", "2025-12-30"):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date.fromisoformat(day), agreed=True)
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 1, 1))

    counted = figures(agreement, QUARTER, END)

    assert [(one.key, one.count) for one in counted.aging] == [("1-7", 2), ("8-30", 2), ("31-90", 2), ("91", 1)]
    assert sum(one.count for one in counted.aging) == counted.late == 7


def test_dates_of_the_next_thirty_days_stand_in_their_order(meeting, unit, agreement):
    days = ("2026-04-30", "2026-03-31", "2026-05-01", "2026-03-30")
    rows = [CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date.fromisoformat(day)) for day in days]
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 4, 2), status=Status.DONE)

    assert [one.code for one in figures(agreement, QUARTER, END).upcoming] == [rows[1].code, rows[0].code]


def test_leads_stand_by_name_and_rows_nobody_leads_come_last(meeting, unit, other_unit, agreement):
    CommitmentFactory(meeting=meeting)
    CommitmentFactory(meeting=meeting, lead=other_unit, status=Status.DONE)
    late = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 1))

    counted = figures(agreement, QUARTER, END)

    assert [one.code for one in counted.by_lead] == [unit.code, other_unit.code, ""]
    assert (counted.by_lead[0].late, counted.by_lead[0].codes) == (1, (late.code,))
    assert counted.by_lead[1].by_class[ReportClass.MET] == 1
    assert sum(one.total for one in counted.by_lead) == counted.total


def test_only_rows_of_the_wanted_agencies_are_counted(meeting, bp3mi, unit, other_unit, agreement):
    led = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 1))
    CommitmentFactory(meeting=meeting, lead=other_unit)
    nobodys = CommitmentFactory(meeting=meeting)
    CommitmentFactory(meeting=meeting, lead=other_unit, status=Status.DRAFT)

    of_unit = figures(agreement, QUARTER, END, within=frozenset({unit.code}))
    of_host = figures(agreement, QUARTER, END, within=frozenset({bp3mi.code}))

    assert [row.code for row in of_unit.rows] == [led.code]
    assert (of_unit.late, of_unit.trend[-1].open, of_unit.flows.shared, of_unit.drafts) == (1, 1, 1, 0)
    assert [row.code for row in of_host.rows] == [nobodys.code]
    assert figures(agreement, QUARTER, END, within=frozenset()).total == 0


def test_the_trend_tells_each_week_as_it_stood(meeting, unit, agreement):
    row = CommitmentFactory(
        meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 8), shared_at=at("2026-02-01"),
        created_at=at("2026-01-31"),
    )  # fmt: skip
    move(row, Status.DONE, Verb.VERIFY, at("2026-03-26"))

    weeks = figures(agreement, QUARTER, END).trend

    assert len(weeks) == 12
    assert (weeks[0].ends_on, weeks[-1].ends_on) == (dt.date(2026, 1, 13), dt.date(2026, 3, 31))
    assert [(w.open, w.late, w.done) for w in weeks] == [
        *[(0, 0, 0)] * 3, *[(1, 0, 0)] * 5, *[(1, 1, 0)] * 3, (0, 0, 1),
    ]  # fmt: skip


def test_a_date_taken_away_is_one_shift_however_often_the_words_change(meeting, unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 10))
    new_terms(row, at("2026-02-05"), due_on=None, due_basis="")
    new_terms(row, at("2026-02-06"), wording="Lain")

    log = figures(agreement, QUARTER, END).rows[0].shift_log

    assert [(shift.old_on, shift.new_on) for shift in log] == [(dt.date(2026, 3, 10), None)]


def test_meetings_of_the_period_are_listed_with_their_lines(meeting, agreement, city, five_lines):
    MeetingFactory(host_agency=meeting.host_agency, agreement=agreement, held_on=dt.date(2026, 4, 1))
    MeetingFactory(host_agency=meeting.host_agency, agreement=agreement, shared_at=None)

    counted = figures(agreement, QUARTER, END)

    assert [(m.code, m.lines, m.is_open_list) for m in counted.meetings] == [("A-2026-001", 5, True)]
    assert (counted.flows.meetings, counted.flows.shared) == (1, 5)


def test_another_agreements_commitments_stay_out(agreement, five_lines):
    CommitmentFactory(meeting=MeetingFactory(agreement=None))

    assert figures(agreement, QUARTER, END).total == 5


@pytest.mark.parametrize("count", [1, 20])
def test_a_report_costs_the_same_for_one_row_and_for_twenty(meeting, unit, agreement, clause, count):
    for row in CommitmentFactory.create_batch(count, meeting=meeting, lead=unit, clauses=[clause]):
        ProgressFactory(commitment=row)
        consent(row, unit)

    with CaptureQueriesContext(connection) as queries:
        figures(agreement, QUARTER, END)

    assert len(queries) == QUERIES
