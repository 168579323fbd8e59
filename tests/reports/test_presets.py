"""The usual reports: one click makes them, and one that still holds is offered as it is."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agencies.models import Paper
from commitments.actions import report_progress
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.models import JobState, Report, ReportJob
from reports.options import ReportOptions
from reports.presets import presets_for
from reports.printing.pdf import Rendered
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory, at

QUARTER, LAST = read_period("2026-TW2"), read_period("2026-TW1")
NOW = at("2026-04-20")


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    monkeypatch.setattr(actions, "print_report", lambda *given, **told: Rendered(b"%PDF-1.7 uji", 5))
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)


def made(agreement, issuer, by, period=QUARTER, **chosen):
    with time_machine.travel(NOW, tick=False):
        job = actions.request_report(agreement, period, issuer=issuer, by=by, at=NOW, **chosen)
        return actions.make(actions.take(job.pk, at=NOW), at=NOW)


def ready(user, *, when=NOW):
    return [preset.ready for preset in presets_for(user, at=when)]


def test_this_quarter_and_the_last_one_of_the_agreement_that_was_active_last(petugas, commitment, agreement, bp3mi):
    older = AgreementFactory(host_agency=bp3mi, signed_on=dt.date(2024, 1, 2))

    found = presets_for(petugas, at=NOW)

    assert [(one.agreement, one.period) for one in found] == [
        (agreement, QUARTER), (agreement, LAST), (older, QUARTER), (older, LAST),
    ]  # fmt: skip
    assert presets_for(petugas, at=NOW, first=older.code)[0].agreement == older


def test_a_report_that_still_holds_is_offered_as_it_is(petugas, commitment, agreement, bp3mi):
    report = made(agreement, bp3mi, petugas)

    assert ready(petugas) == [report, None]
    assert ready(petugas, when=NOW + dt.timedelta(hours=3)) == [report, None]


def test_a_new_day_makes_a_report_of_a_running_period_old(petugas, commitment, agreement, bp3mi):
    report = made(agreement, bp3mi, petugas, LAST)
    made(agreement, bp3mi, petugas)

    assert ready(petugas, when=NOW + dt.timedelta(days=1)) == [None, report]


def test_news_makes_a_report_old_and_news_of_another_agreement_does_not(
    petugas, petugas_unit, commitment, agreement, bp3mi, unit
):
    report = made(agreement, bp3mi, petugas, LAST)
    other = CommitmentFactory(meeting=MeetingFactory(agreement=AgreementFactory(), host_agency=bp3mi), lead=unit)

    report_progress(other, by=petugas_unit, at=NOW, text="Satu kegiatan selesai.")
    assert report in ready(petugas)
    report_progress(commitment, by=petugas_unit, at=NOW, text="Satu kegiatan selesai.")
    assert report not in ready(petugas)


def test_a_report_with_other_choices_or_of_another_agency_is_not_the_usual_one(
    petugas, petugas_unit, commitment, agreement, bp3mi
):
    made(agreement, bp3mi, petugas, options=ReportOptions(is_public=True))
    assert ready(petugas) == [None, None]
    usual = made(agreement, bp3mi, petugas)

    assert usual in ready(petugas)
    assert ready(petugas_unit) == [None, None]
    bp3mi.paper = Paper.F4
    bp3mi.save()
    petugas.__dict__.pop("rights", None)
    assert usual not in ready(type(petugas).objects.get(pk=petugas.pk))


def test_one_click_asks_for_it_and_the_second_finds_the_first(as_person, humas, commitment, agreement):
    browser, page = as_person(humas), reverse("reports:list")
    preset = browser.get(page).context["presets"][0]
    sent = {"agreement": agreement.pk, "period": preset.period.code, "token": preset.token}

    first, second = browser.post(page, sent), browser.post(page, sent)

    job = ReportJob.objects.get()
    assert first.url == second.url == job.get_absolute_url()
    assert (job.state, job.period, job.issuer) == (JobState.WAITING, preset.period.code, humas.rights.main_agency)


def test_the_page_downloads_what_is_ready_and_makes_the_rest(as_person, humas, commitment, agreement, bp3mi):
    with time_machine.travel(NOW, tick=False):
        browser = as_person(humas)
    report = made(agreement, bp3mi, humas)
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        page = as_person(humas).get(reverse("reports:list")).content.decode()
    del browser

    assert page.count("Susun PDF") == 1
    assert reverse("reports:pdf", args=[report.code]) in page
    assert "siap, disusun" in page


def test_a_stranger_and_an_auditor_are_offered_nothing(as_person, petugas_asing, auditor, commitment):
    for user in (petugas_asing, auditor):
        page = as_person(user).get(reverse("reports:list"))
        assert page.context["presets"] == []
        assert "Belum ada laporan." in page.content.decode()
    assert not Report.objects.exists()


def test_ten_agreements_cost_as_much_as_one(
    as_person, petugas, commitment, bp3mi, agreement, django_assert_max_num_queries
):
    made(agreement, bp3mi, petugas)
    browser = as_person(petugas)
    with django_assert_max_num_queries(40) as one:
        browser.get(reverse("reports:list"))
    for _n in range(9):
        made(MeetingFactory(host_agency=bp3mi, agreement=AgreementFactory(host_agency=bp3mi)).agreement, bp3mi, petugas)

    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(browser.get(reverse("reports:list")).context["presets"]) == 6
