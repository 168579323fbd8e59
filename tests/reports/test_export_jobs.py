"""A workbook too long to wait for: made by a worker, for its asker alone, whole or not at all."""

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from agencies.models import Delivery, Event, Post, Role, Tenure
from agencies.policy import Refusal
from reports.counting.periods import read_period
from reports.exports import jobs
from reports.jobs.actions import request_report
from reports.jobs.heartbeat import LEASE
from reports.models import ExportJob, JobState
from reports.tasks import sweep_jobs
from reports.views import export
from tests.factories import CommitmentFactory, at

NOW = at("2026-03-02")
LATER = NOW + dt.timedelta(days=1)
PREPARE = "/unduh/komitmen/siapkan/?urut=kode"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def job(petugas, commitment, media):
    return jobs.request_export("komitmen", "urut=kode", by=petugas, at=NOW)


@pytest.fixture
def step_of_one(monkeypatch):
    monkeypatch.setattr(jobs, "STEP", 1)


def work(job, moment=NOW):
    taken = jobs.take(job.pk, at=moment)
    if taken is not None:
        jobs.make(taken, at=moment)
    job.refresh_from_db()
    return taken


def files(media):
    return [path for path in (media / "exports").rglob("*") if path.is_file()]


def test_the_long_way_from_the_list_to_the_file(as_person, petugas, commitment, media, monkeypatch):
    monkeypatch.setitem(export.MOST_AT_ONCE, "xlsx", 0)
    browser = as_person(petugas)
    page = browser.get("/unduh/komitmen.xlsx?urut=kode")
    token = page.context["form"]["token"].value()

    first = browser.post(PREPARE, {"token": token})
    second = browser.post(PREPARE, {"token": token})

    job = ExportJob.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == job.get_absolute_url()
    assert "Menunggu giliran" in browser.get(job.get_absolute_url()).content.decode()
    work(job)
    assert "Berkas siap" in browser.get(job.get_absolute_url()).content.decode()
    content = b"".join(browser.get(f"/unduh/berkas/{job.pk}/unduh/").streaming_content)
    assert load_workbook(io.BytesIO(content)).active["A2"].value == "K-2026-001"
    assert job.name in browser.get("/unduh/").content.decode()


def test_a_large_file_and_its_page_name_the_filters(as_person, petugas, commitment, media):
    job = jobs.request_export("komitmen", "tenggat=14", by=petugas, at=NOW)
    work(job)

    words = "Tenggat dalam 14 hari"
    with job.file.open() as file:
        assert load_workbook(file)["Filter yang dipakai"]["A2"].value == words
    assert f"Filter yang dipakai: {words}" in as_person(petugas).get(job.get_absolute_url()).content.decode()


def test_the_page_of_a_file_whose_list_is_gone_names_no_filters(as_person, petugas, media):
    job = jobs.request_export("ruang-lingkup", "kode=NK-2025-001", by=petugas, at=NOW)

    assert "Filter yang dipakai" not in as_person(petugas).get(job.get_absolute_url()).content.decode()


def test_who_asked_is_told_when_it_is_done(job, petugas):
    work(job)

    notice = Delivery.objects.get(user=petugas)
    assert (notice.path, "siap diunduh" in notice.subject) == (job.get_absolute_url(), True)


def test_the_trail_keeps_what_was_typed_apart_from_the_chain(petugas, media):
    job = jobs.request_export("komitmen", "q=Ibu+Contoh", by=petugas, at=NOW)
    jobs.cancel(job, by=petugas, at=NOW)

    asked = Event.objects.get(verb="export.requested")
    assert asked.after == {"kind": "komitmen"}
    assert [(one.field, one.text) for one in asked.free_texts.all()] == [("query", "q=Ibu+Contoh")]
    assert Event.objects.get(verb="export.cancelled").actor_id == petugas.pk


def test_a_file_ends_with_the_post_under_which_it_was_asked_for(as_person, petugas, job, stranger):
    work(job)
    address = f"/unduh/berkas/{job.pk}/unduh/"
    assert as_person(petugas).get(address).getvalue()

    Tenure.objects.filter(user=petugas).update(ends_on=dt.date(2026, 1, 1))
    post = Post.objects.create(agency=stranger, title="Petugas lain")
    Tenure.objects.create(user=petugas, post=post, role=Role.OFFICER, starts_on=dt.date(2026, 1, 2))

    assert as_person(petugas).get(address).status_code == 403


def test_a_file_is_its_askers_alone(as_person, job, pimpinan, petugas_asing):
    work(job)

    for person in (pimpinan, petugas_asing):
        browser = as_person(person)
        for path in ("", "unduh/"):
            assert browser.get(f"/unduh/berkas/{job.pk}/{path}").status_code == 404
        for path in ("batal/", "coba-lagi/"):
            assert browser.post(f"/unduh/berkas/{job.pk}/{path}").status_code == 404
        assert job.name not in browser.get("/unduh/").content.decode()
    with pytest.raises(Refusal):
        jobs.cancel(job, by=pimpinan, at=NOW)


def test_two_workers_make_one_file(job, media):
    assert jobs.take(job.pk, at=NOW) is not None
    assert jobs.take(job.pk, at=NOW) is None
    assert work(job, NOW + LEASE + dt.timedelta(seconds=1)) is not None

    assert job.state == JobState.DONE
    assert len(files(media)) == 1


def test_a_cancelled_job_leaves_nothing_and_can_be_asked_for_again(
    as_person, petugas, job, media, monkeypatch, step_of_one
):
    tell = jobs._tell

    def cancelled_meanwhile(*args, **kwargs):
        jobs.cancel(job, by=petugas, at=NOW)
        tell(*args, **kwargs)

    monkeypatch.setattr(jobs, "_tell", cancelled_meanwhile)
    work(job)

    assert job.state == JobState.CANCELLED
    assert files(media) == []
    browser = as_person(petugas)
    assert "dibatalkan" in browser.get(job.get_absolute_url()).content.decode()
    monkeypatch.setattr(jobs, "_tell", tell)
    again = f"/unduh/berkas/{job.pk}/coba-lagi/"
    assert [browser.post(again).headers["Location"] for _click in range(2)] == [job.get_absolute_url()] * 2
    asked = job.params
    work(job, LATER)
    assert (job.state, job.params, len(files(media))) == (JobState.DONE, asked, 1)
    assert Event.objects.filter(verb="export.tried_again").count() == 1


def test_cancelling_what_is_done_changes_nothing(as_person, petugas, job, media):
    work(job)

    assert as_person(petugas).post(f"/unduh/berkas/{job.pk}/batal/").status_code == 302
    job.refresh_from_db()
    assert (job.state, len(files(media))) == (JobState.DONE, 1)


def test_a_worker_that_lost_its_job_leaves_the_file_of_the_other(job, media, monkeypatch, step_of_one):
    tell = jobs._tell

    def overtaken(mine, *args, **kwargs):
        monkeypatch.setattr(jobs, "_tell", tell)
        late = NOW + LEASE + dt.timedelta(seconds=1)
        jobs.make(jobs.take(mine.job.pk, at=late), at=late)
        tell(mine, *args, **kwargs)

    monkeypatch.setattr(jobs, "_tell", overtaken)
    work(job)

    assert job.state == JobState.DONE
    assert [path.name for path in files(media)] == [Path(job.file.name).name]


def test_a_killed_worker_is_followed_by_another(job, media):
    jobs.take(job.pk, at=NOW)
    (media / "exports" / "2026").mkdir(parents=True)
    half = media / "exports" / "2026" / ".menunggu-x"
    half.write_bytes(b"half")

    assert jobs.sweep(at=NOW + dt.timedelta(seconds=30)) == 0
    assert jobs.sweep(at=NOW + LEASE) == 1
    work(job, NOW + LEASE + dt.timedelta(seconds=1))
    assert job.state == JobState.DONE

    half.touch()
    jobs.drop_old(at=dt.datetime.now(dt.UTC) + dt.timedelta(days=8))
    assert not half.exists()


def test_what_killed_workers_left_goes_with_its_week_and_what_is_named_stays(job, media):
    work(job)
    stray, half, draft = (
        media / name for name in ("exports/2026/7-abc.xlsx", "reports/2026/.menunggu-x", "reports/2026/x-draf.pdf")
    )
    half.parent.mkdir(parents=True)
    for path in (stray, half, draft):
        path.write_bytes(b"isi")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)

    ExportJob.objects.update(requested_at=later)
    jobs.drop_old(at=later - dt.timedelta(days=2))
    assert stray.exists()
    assert half.exists()
    jobs.drop_old(at=later)

    assert files(media) == [Path(job.file.path)]
    assert (half.exists(), draft.exists()) == (False, True)


def test_three_kills_are_told_in_a_sentence(job):
    for n in range(3):
        assert jobs.take(job.pk, at=NOW + n * dt.timedelta(minutes=2)) is not None
    work(job, NOW + dt.timedelta(minutes=8))

    assert job.state == JobState.FAILED
    assert "tiga kali" in job.error


def test_three_files_at_once_are_enough_and_one_less_makes_room(as_person, petugas, job, pimpinan):
    second, _third = (jobs.request_export("komitmen", "", by=petugas, at=NOW) for _n in range(2))

    with pytest.raises(Refusal, match="3 berkas Anda masih disiapkan") as refused:
        jobs.request_export("komitmen", "", by=petugas, at=NOW)
    assert refused.value.verdict.status == 409
    assert as_person(petugas).post(PREPARE).status_code == 409
    assert jobs.request_export("komitmen", "", by=pimpinan, at=NOW)

    jobs.take(second.pk, at=NOW)
    jobs.cancel(second, by=petugas, at=NOW)
    jobs.request_export("komitmen", "", by=petugas, at=NOW)
    jobs.take(second.pk, at=NOW + LEASE)
    with pytest.raises(Refusal):
        jobs.try_again(second, by=petugas, at=NOW)
    assert ExportJob.objects.underway().filter(requested_by=petugas).count() == jobs.MOST_UNDERWAY


def test_one_sweep_wakes_what_was_lost_of_either_kind(petugas, agreement, job, monkeypatch):
    report = request_report(agreement, read_period("2026-TW1"), issuer=agreement.host_agency, by=petugas, at=NOW)
    woken = []
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: woken.append(task))

    assert sweep_jobs() == 2
    assert woken == [("reports.make_report", report.pk), ("reports.make_export", job.pk)]


def test_what_breaks_is_a_sentence_and_no_file(job, media, monkeypatch):
    monkeypatch.setattr(jobs, "write_workbook", lambda *args: 1 / 0)
    states = [(work(job), job.state)[1] for _try in range(3)]

    assert states == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    assert ("Coba lagi" in job.error, files(media)) == (True, [])
    assert "belum jadi" in Delivery.objects.get(user=job.requested_by).subject


def test_rights_are_those_of_the_moment_the_file_is_made(job, petugas, media):
    Tenure.objects.filter(user=petugas).update(ends_on=dt.date(2020, 2, 1))
    work(job)

    assert (job.state, files(media)) == (JobState.FAILED, [])


def test_files_are_kept_for_a_week(job, media):
    work(job)

    jobs.drop_old(at=NOW + dt.timedelta(days=6))
    assert ExportJob.objects.exists()
    jobs.drop_old(at=NOW + dt.timedelta(days=8))
    assert not ExportJob.objects.exists()
    assert files(media) == []


def test_the_file_holds_what_the_list_shows(job, meeting, petugas, media):
    for _n in range(3):
        CommitmentFactory(meeting=meeting, wording="=1+1")
    work(job)

    with job.file.open() as file:
        sheet = load_workbook(file).active
    assert sheet.max_row == 5
    assert {cell.data_type for cell in sheet["B"]} == {"s"}
