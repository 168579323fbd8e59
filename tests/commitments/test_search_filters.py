"""Filters that numbers of the dashboard lead to: region, age of lateness, an earlier day, what the reader decides."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.ages import AGES, aged
from commitments.forms.search import SearchForm
from commitments.models import Answer, Commitment, Consent, Strength, Terms
from commitments.status import Status
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at

NOW = at("2026-03-02")


def found(query, user, visible=None):
    rows = visible if visible is not None else Commitment.objects.all()
    form = SearchForm(QueryDict(query), user=user, at=NOW)
    return set(form.filter(rows)), form


def answer(row, agency, answered):
    Consent.objects.create(
        agency=agency, terms=Terms.objects.filter(commitment=row).latest("n"), answer=answered,
        strength=Strength.RECORDED, text="Perlu waktu.", at=NOW,
    )  # fmt: skip


def test_a_region_is_that_of_the_lead(meeting, unit, pimpinan):
    unit.region = "Kota Contoh Barat"
    unit.save()
    mine, _other = CommitmentFactory(meeting=meeting, lead=unit), CommitmentFactory(meeting=meeting)

    rows, form = found("wilayah=Kota+Contoh+Barat", pimpinan)

    assert rows == {mine}
    assert [chip.words for chip in form.chips()] == ["Wilayah: Kota Contoh Barat"]


def test_a_region_nobody_leads_in_is_ignored_in_words(meeting, pimpinan):
    CommitmentFactory(meeting=meeting)

    rows, form = found("wilayah=Atlantis", pimpinan)

    assert len(rows) == 1
    assert form.ignored == ['Filter Wilayah "Atlantis" tidak dikenal dan diabaikan.']


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(-3, 200), hour=st.integers(0, 23), east=st.booleans(), claimed=st.none() | st.integers(0, 200))
def test_the_age_of_a_row_is_its_days_past(meeting, unit, days, hour, east, claimed):
    lead = AgencyFactory(zone="Asia/Jayapura") if east else unit
    instant = at("2026-03-02", f"{hour}.00")
    more = {"status": Status.SUBMITTED, "submitted_at": instant - dt.timedelta(days=claimed)} if claimed else {}
    due_on = dt.date(2026, 3, 2) - dt.timedelta(days=days)
    row = CommitmentFactory(meeting=meeting, lead=lead, agreed=True, due_on=due_on, **more)

    ages = [age for age in AGES if Commitment.objects.filter(aged(age, at=instant), pk=row.pk).exists()]

    past = row.days_past(at=instant) if row.is_late(at=instant) else 0
    assert ages == [age for age in AGES if past in age]


@pytest.mark.parametrize("written", ["terlambat-2026-02-30", "besok-2026-02-01", "2026-02-01", "terlambat-2026-02-01x"])
def test_a_day_that_does_not_exist_finds_nothing_or_is_ignored_in_words(written, meeting, pimpinan):
    CommitmentFactory(meeting=meeting)

    rows, form = found(f"minggu={written}", pimpinan)

    assert not rows or form.ignored


def test_an_earlier_day_says_so_on_its_chip(meeting, pimpinan):
    _rows, form = found("minggu=terlambat-2026-02-15", pimpinan)

    assert [chip.words for chip in form.chips()] == ["Melewati tenggat pada 15 Februari 2026"]


def test_what_is_blocked_counts_where_one_keeps_or_leads(meeting, unit, other_unit, pimpinan, pimpinan_unit):
    row = CommitmentFactory(meeting=meeting, lead=unit, status=Status.BLOCKED)
    elsewhere = MeetingFactory(host_agency=other_unit)
    CommitmentFactory(meeting=elsewhere, lead=other_unit, status=Status.BLOCKED)

    assert found("tugas=terkendala", pimpinan)[0] == {row}
    assert found("tugas=terkendala", pimpinan_unit)[0] == {row}


def test_the_last_answer_of_an_agency_counts(meeting, unit, other_unit, pimpinan, pimpinan_unit):
    objected, settled, agreed = (CommitmentFactory(meeting=meeting, lead=unit) for _ in range(3))
    answer(objected, unit, Answer.OBJECTED)
    answer(objected, other_unit, Answer.AGREED)
    answer(settled, unit, Answer.PROPOSED_CHANGE)
    answer(settled, unit, Answer.AGREED)
    answer(agreed, unit, Answer.AGREED)

    assert found("tugas=tanggapan", pimpinan)[0] == {objected}
    assert found("tugas=tanggapan", pimpinan_unit)[0] == set()


def test_an_answer_to_earlier_words_waits_for_nobody(meeting, unit, pimpinan):
    row = CommitmentFactory(meeting=meeting, lead=unit)
    answer(row, unit, Answer.OBJECTED)
    Terms.objects.create(commitment=row, n=2, wording="Baru", lead=unit, at=NOW)
    Commitment.objects.filter(pk=row.pk).update(terms_n=2)

    assert found("tugas=tanggapan", pimpinan)[0] == set()


def test_gaps_are_completed_by_who_keeps_the_record(meeting, unit, pimpinan, pimpinan_unit):
    row = CommitmentFactory(meeting=meeting, lead=unit)

    assert found("tugas=lengkapi", pimpinan)[0] == {row}
    assert found("tugas=lengkapi", pimpinan_unit)[0] == set()
