"""The work of making a report: told as it goes, stopped when nobody wants it, taken up again, tried once more."""

import datetime as dt
import json
import time

import pytest
from django.urls import reverse
from django.utils import translation

from agencies.models import Channel, Delivery, Event
from agencies.policy import Refusal
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.jobs.heartbeat import LEASE, Heartbeat, Stopped
from reports.models import JobState, Report, ReportJob
from reports.models.job import TRIES
from reports.options import ReportOptions
from reports.printing.pdf import Rendered, RenderFailed
from tests.factories import AgencyFactory, AgreementFactory, CommitmentFactory, MeetingFactory, at, person

QUARTER = read_period("2026-TW1")
NOW = at("2026-04-02")
LATER = NOW + dt.timedelta(minutes=5)
FAKE = Rendered(b"%PDF-1.7 uji", 5)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Nothing is done by itself: the tests say when a worker comes."""
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)


@pytest.fixture
def job(commitment, agreement, bp3mi, petugas):
    return actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)


def printer(monkeypatch, during=lambda progress: None):
    """The next printing does ``during`` and gives a stand-in."""

    def stand_in(snapshot, *, progress, **rest):
        during(progress)
        return FAKE

    monkeypatch.setattr(actions, "print_report", stand_in)


def fails(monkeypatch, sentence, **about):
    def stand_in(*args, **rest):
        raise RenderFailed(sentence, **about)

    monkeypatch.setattr(actions, "print_report", stand_in)


def work(job, *, when=NOW):
    taken = actions.take(job.pk, at=when)
    return actions.make(taken, at=when) if taken else None


def test_each_page_is_told_with_the_share_that_is_done(job, monkeypatch):
    told = []

    def lay_out(progress):
        for page in (0, 1, 2, 3, 400):
            progress(page)
            job.refresh_from_db()
            told.append((job.step_words, job.percent))

    monkeypatch.setattr("reports.jobs.pages.PAUSE", 0)
    printer(monkeypatch, lay_out)

    work(job)

    words, percents = zip(*told, strict=True)
    assert words[0] == "Menyiapkan halaman"
    assert words[1].startswith("Menyusun halaman 1 dari sekitar")
    assert words[-1] == "Menyusun halaman 400"
    assert list(percents) == sorted(percents)
    assert percents[-1] < 100


def test_a_step_is_told_in_the_language_of_who_looks_whoever_asked(commitment, agreement, bp3mi, petugas, as_person):
    browser = as_person(petugas)
    with translation.override("en"):
        asked = actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)
        Heartbeat(actions.take(asked.pk, at=NOW), at=NOW).step("Baris %(n)s dari %(m)s", 40, n=1_000, m=20_000)

    page, listed = (browser.get(address).content.decode() for address in (asked.get_absolute_url(), "/laporan/"))
    assert "Baris 1.000 dari 20.000" in page
    assert "Baris 1.000 dari 20.000 (40%)" in listed
    browser.cookies["django_language"] = "en"
    assert "Row 1,000 of 20,000" in browser.get(asked.get_absolute_url()).content.decode()


def test_a_job_asked_for_in_english_waits_in_the_language_of_who_looks(commitment, agreement, bp3mi, petugas):
    with translation.override("en"):
        asked = actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)

    assert asked.step_words == "Menunggu giliran"


def test_a_worker_that_lives_keeps_its_job_however_long_it_takes(job, monkeypatch):
    taken = actions.take(job.pk, at=NOW)
    heart = Heartbeat(taken, at=NOW)
    monkeypatch.setattr(heart, "now", lambda: NOW + dt.timedelta(seconds=50))

    heart.step("Menyusun halaman 40", 60)

    assert actions.take(job.pk, at=NOW + LEASE) is None
    assert actions.take(job.pk, at=NOW + dt.timedelta(seconds=50) + LEASE) is not None
    with pytest.raises(Stopped):
        heart.step("Menyusun halaman 41", 61)


def test_counting_for_long_keeps_the_job_too(flushable, monkeypatch):
    host = AgencyFactory()
    agreement = AgreementFactory(host_agency=host)
    CommitmentFactory(meeting=MeetingFactory(host_agency=host, agreement=agreement), lead=host)
    job = actions.request_report(agreement, QUARTER, issuer=host, by=person(host), at=NOW)
    taken, seen = actions.take(job.pk, at=NOW), []
    monkeypatch.setattr("reports.jobs.heartbeat.RENEWED", 0.05)

    with Heartbeat(taken, at=NOW).beating():
        time.sleep(0.3)
        seen.append(ReportJob.objects.get(pk=job.pk).lease_until)
    time.sleep(0.2)

    assert seen[0] > NOW + LEASE
    assert ReportJob.objects.get(pk=job.pk).lease_until - seen[0] < dt.timedelta(seconds=0.2)


def test_a_waiting_job_is_cancelled_at_once(job, petugas):
    stopped = actions.cancel(job, by=petugas, at=NOW)

    assert stopped.is_cancelled
    assert actions.take(job.pk, at=NOW) is None
    assert Event.objects.get(verb="report.cancelled").after["job"] == job.pk


def test_a_running_job_is_cancelled_at_its_next_page_and_leaves_nothing(job, petugas, monkeypatch):
    def lay_out(progress):
        actions.cancel(job, by=petugas, at=NOW)
        time.sleep(0.5)
        progress(1)
        raise AssertionError("the printer was not stopped")

    printer(monkeypatch, lay_out)

    assert work(job) is None

    job.refresh_from_db()
    assert (job.state, job.lease_until, job.error) == (JobState.CANCELLED, None, "")
    assert not Report.objects.exists()


def test_a_job_cancelled_while_its_last_page_is_laid_out_gives_no_report(job, petugas, monkeypatch):
    printer(monkeypatch, lambda progress: actions.cancel(job, by=petugas, at=NOW))

    assert work(job) is None

    job.refresh_from_db()
    assert job.is_cancelled
    assert not Report.objects.exists()


def test_a_cancelled_job_whose_worker_was_killed_ends_when_it_is_taken_up_again(job, petugas):
    actions.take(job.pk, at=NOW)
    actions.cancel(job, by=petugas, at=NOW)

    assert actions.sweep(at=NOW + LEASE) == 1
    assert actions.take(job.pk, at=NOW + LEASE) is None

    job.refresh_from_db()
    assert job.is_cancelled
    assert actions.sweep(at=NOW + 2 * LEASE) == 0


def test_what_is_over_is_not_cancelled(job, petugas, monkeypatch):
    printer(monkeypatch)
    report = work(job)

    actions.cancel(job, by=petugas, at=NOW)

    job.refresh_from_db()
    assert (job.state, job.report, job.cancel_asked_at) == (JobState.DONE, report, None)


@pytest.mark.parametrize("act", [actions.cancel, actions.try_again])
def test_another_agency_steers_nothing(job, petugas_asing, act):
    with pytest.raises(Refusal):
        act(job, by=petugas_asing, at=NOW)

    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_trying_again_prints_the_numbers_of_the_first_time(job, petugas, commitment, monkeypatch):
    fails(monkeypatch, "Laporan belum jadi: penyusunan melebihi batas waktu.")
    work(job)
    job.refresh_from_db()
    first, job.agreement.host_agency.name = job.snapshot, "Nama baru"

    again = actions.try_again(job, by=petugas, at=LATER)
    assert (again.state, again.error, again.percent) == (JobState.WAITING, "", 0)
    assert actions.try_again(again, by=petugas, at=LATER).state == JobState.WAITING
    printer(monkeypatch)

    assert work(job, when=LATER).snapshot == first
    assert Event.objects.filter(verb="report.tried_again").count() == 1


def test_a_cancelled_job_may_be_tried_again(job, petugas, monkeypatch):
    actions.cancel(job, by=petugas, at=NOW)
    actions.try_again(job, by=petugas, at=LATER)
    printer(monkeypatch)

    assert work(job, when=LATER) is not None


def test_trying_again_gives_as_many_tries_and_no_old_worker_writes_any_more(job, petugas):
    old = [actions.take(job.pk, at=NOW + n * LEASE) for n in range(TRIES)]
    assert actions.take(job.pk, at=NOW + TRIES * LEASE) is None
    actions.try_again(job, by=petugas, at=LATER)

    new = [actions.take(job.pk, at=LATER + n * LEASE) for n in range(TRIES + 1)]

    assert [taken is not None for taken in new] == [True] * TRIES + [False]
    actions.try_again(job, by=petugas, at=LATER + TRIES * LEASE)
    actions.take(job.pk, at=LATER + TRIES * LEASE)
    for taken in (*old, *new[:TRIES]):
        with pytest.raises(Stopped):
            Heartbeat(taken, at=LATER).step("Menyusun halaman 1", 30)


def test_a_photo_that_cannot_be_read_is_named_and_left_out_on_demand(job, petugas, monkeypatch):
    fails(monkeypatch, "Laporan belum jadi: gambar foto-3.jpg rusak.", photo=7)
    work(job)
    job.refresh_from_db()
    assert (job.state, job.broken_photo) == (JobState.FAILED, 7)
    assert "foto-3.jpg" in job.error

    again = actions.try_again(job, by=petugas, at=LATER, without_photo=True)
    assert (again.chosen.left_out, again.broken_photo, again.snapshot) == ((7,), None, "")
    printer(monkeypatch)

    report = work(job, when=LATER)

    assert report.chosen == ReportOptions(left_out=(7,))
    assert ReportJob.objects.get(pk=job.pk).report == report
    assert json.loads(report.snapshot)["made_at"] == NOW.astimezone(dt.UTC).isoformat()


def test_who_waited_long_is_told_in_the_app_and_who_still_looks_is_not(job, petugas, monkeypatch):
    printer(monkeypatch)
    told = Delivery.objects.filter(channel=Channel.APP, user=petugas)

    report = work(job, when=LATER)

    assert told.get().path == report.get_absolute_url()
    assert told.get().subject.startswith("Laporan siap: NK-2025-001, Triwulan I 2026")
    quick = actions.request_report(job.agreement, QUARTER, issuer=job.issuer, by=petugas, at=NOW)
    work(quick)
    assert told.count() == 1


def test_a_failure_is_told_with_its_reason(job, petugas, monkeypatch):
    fails(monkeypatch, "Laporan belum jadi: penyusunan melebihi batas waktu.")

    work(job, when=LATER)

    told = Delivery.objects.get(channel=Channel.APP, user=petugas)
    assert "batas waktu" in told.body
    assert told.path == job.get_absolute_url()


def test_the_page_offers_to_stop_and_stops_asking_when_it_is_over(as_person, petugas, job):
    browser, page = as_person(petugas), reverse("reports:job", args=[job.pk])

    waiting = browser.get(page).content.decode()
    answer = browser.post(reverse("reports:job_cancel", args=[job.pk]))
    over = browser.get(page).content.decode()

    assert "Batalkan" in waiting
    assert "every 1s" in waiting
    assert answer.url == page
    assert "Tidak ada berkas yang tersimpan" in over
    assert "Coba lagi" in over
    assert "every 1s" not in over
    assert "http-equiv" not in over


def test_the_page_offers_to_leave_out_the_broken_photo(as_person, petugas, job):
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, error="Laporan belum jadi: gambar foto-3.jpg rusak.", broken_photo=3
    )
    browser, page = as_person(petugas), reverse("reports:job", args=[job.pk])

    assert "Buat tanpa foto itu" in browser.get(page).content.decode()
    again = reverse("reports:job_again", args=[job.pk])
    assert [browser.post(again, {"aksi": "tanpa-foto"}).url for _click in range(2)] == [page, page]

    job.refresh_from_db()
    assert (job.state, job.chosen.left_out) == (JobState.WAITING, (3,))


@pytest.mark.parametrize("door", ["job", "job_cancel", "job_again"])
def test_a_job_of_another_agency_does_not_exist(as_person, petugas_asing, pimpinan_unit, job, door):
    for user in (petugas_asing, pimpinan_unit):
        browser, address = as_person(user), reverse(f"reports:{door}", args=[job.pk])
        answer = browser.get(address) if door == "job" else browser.post(address)
        assert answer.status_code == 404


def test_the_list_recalls_what_is_underway_and_what_failed_lately(job, petugas):
    def found(when):
        return list(ReportJob.objects.unfinished_of(petugas, at=when))

    assert found(NOW + dt.timedelta(days=30)) == [job]
    ReportJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=NOW)

    assert found(NOW + dt.timedelta(days=1)) == [job]
    assert found(NOW + dt.timedelta(days=30)) == []


def test_an_overtaken_worker_does_not_change_the_numbers_of_the_one_that_has_the_job(job, monkeypatch):
    slow, kept, count = actions.take(job.pk, at=NOW), [], actions.freeze

    def killed(progress):
        kept.append(ReportJob.objects.get(pk=job.pk).snapshot)
        raise Stopped

    def overtaken(*args, **kwargs):
        """While this worker counts, it is believed dead, and another one counts and begins to print."""
        monkeypatch.setattr(actions, "freeze", count)
        actions.make(actions.take(job.pk, at=LATER), at=LATER)
        return count(*args, **kwargs)

    printer(monkeypatch, killed)
    monkeypatch.setattr(actions, "freeze", overtaken)

    assert actions.make(slow, at=NOW) is None
    assert [ReportJob.objects.get(pk=job.pk).snapshot] == kept
