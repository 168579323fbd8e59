"""Reports from asking to publishing: by the right people, once, and never half."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.models import Event, Role
from agencies.policy import Refusal
from reports.counting.periods import read_period
from reports.issuing import publishing
from reports.jobs import actions
from reports.jobs.heartbeat import LEASE
from reports.models import JobState, Report, ReportJob
from reports.printing.pdf import Rendered, RenderFailed
from reports.rules import may_publish
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory, at, person

QUARTER = read_period("2026-TW1")
NOW = at("2026-04-02")
FAKE = Rendered(b"%PDF-1.7 uji", 5)


@pytest.fixture
def fast(monkeypatch):
    """No child process: what is printed is noted and a stand-in returned."""
    printed = []

    def stand_in(snapshot, *, digest, issued, progress=None, **rest):
        printed.append((snapshot, digest, issued))
        if progress:
            progress(3)
        return FAKE

    monkeypatch.setattr(actions, "print_report", stand_in)
    monkeypatch.setattr(publishing, "print_report", stand_in)
    return printed


@pytest.fixture
def job(commitment, agreement, bp3mi, petugas, fast):
    return actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)


@pytest.fixture
def draft(job):
    return actions.make(actions.take(job.pk, at=NOW), at=NOW)


def content_of(stored) -> bytes:
    with stored.open("rb") as file:
        return file.read()


def files() -> list[str]:
    folder = Path(settings.MEDIA_ROOT, "reports")
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_a_worker_makes_the_report_that_was_asked_for(job, petugas, fast):
    report = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    job.refresh_from_db()
    assert (job.state, job.percent, job.report) == (JobState.DONE, 100, report)
    assert (report.made_by, report.pages, report.is_published) == (petugas, 5, False)
    assert [row["code"] for row in json.loads(report.snapshot)["rows"]] == ["K-2026-001"]
    assert content_of(report.draft_pdf) == FAKE.pdf
    assert Event.objects.get(verb="report.made").object_code == report.code
    assert [issued for _snapshot, _digest, issued in fast] == [False]


def test_a_stranger_and_a_mere_party_may_not_ask_for_a_report(agreement, commitment, petugas_asing, petugas_lain):
    for user in (petugas_asing, petugas_lain):
        with pytest.raises(Refusal, match="instansi yang mencatat"):
            actions.request_report(agreement, QUARTER, issuer=user.rights.main_agency, by=user, at=NOW)


def test_nobody_makes_a_report_in_the_name_of_another_agency(agreement, commitment, unit, petugas):
    with pytest.raises(Refusal, match="instansi Anda sendiri"):
        actions.request_report(agreement, QUARTER, issuer=unit, by=petugas, at=NOW)


def test_rights_are_asked_again_when_the_work_begins(job, petugas):
    petugas.tenures.update(ends_on="2026-01-01")

    made = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    job.refresh_from_db()
    assert made is None
    assert job.state == JobState.FAILED
    assert "instansi Anda sendiri" in job.error


def test_one_worker_wins_a_job_and_a_dead_one_loses_it(job):
    assert actions.take(job.pk, at=NOW) is not None
    assert actions.take(job.pk, at=NOW) is None
    assert actions.take(job.pk, at=NOW + LEASE) is not None


def test_a_slow_worker_does_not_spoil_what_a_faster_one_made(job, fast, monkeypatch):
    slow = actions.take(job.pk, at=NOW)
    report = actions.make(actions.take(job.pk, at=NOW + LEASE), at=NOW + LEASE)

    def stopped(*args, **kwargs):
        raise RenderFailed("Laporan belum jadi: penyusunan melebihi batas waktu.")

    monkeypatch.setattr(actions, "print_report", stopped)
    actions.make(slow, at=NOW + 2 * LEASE)

    job.refresh_from_db()
    assert (job.state, job.report, job.error) == (JobState.DONE, report, "")


def test_a_second_try_prints_the_numbers_of_the_first(job, commitment, monkeypatch):
    first = actions.take(job.pk, at=NOW)

    def killed(*args, **kwargs):
        raise RenderFailed("Laporan belum jadi: penyusun halaman terhenti.", may_pass=True)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "print_report", killed)
        patch.setattr("reports.jobs.work.wake", lambda *task: None)
        assert actions.make(first, at=NOW) is None
    commitment.wording = "Rumusan baru"
    commitment.save()
    CommitmentFactory(code="K-2026-002", meeting=commitment.meeting, shared_at=at("2026-02-01"))

    report = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    job.refresh_from_db()
    assert job.attempts == 2
    assert [row["code"] for row in json.loads(report.snapshot)["rows"]] == ["K-2026-001"]
    assert report.snapshot == job.snapshot


def test_a_job_that_dies_three_times_fails_in_words(job):
    later = NOW
    for _try in range(3):
        assert actions.take(job.pk, at=later) is not None
        later += LEASE

    assert actions.take(job.pk, at=later) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "tiga kali" in job.error


@pytest.mark.parametrize("failure", [RenderFailed("Laporan belum jadi: penyusunan melebihi batas waktu.")])
def test_a_rendering_that_is_stopped_leaves_a_sentence_and_no_file(job, monkeypatch, failure):
    def stopped(*args, **kwargs):
        raise failure

    monkeypatch.setattr(actions, "print_report", stopped)
    before = files()

    actions.make(actions.take(job.pk, at=NOW), at=NOW)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, str(failure))
    assert files() == before
    assert not Report.objects.exists()


def test_a_broken_trail_leaves_no_report_and_no_file(job, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no trail")

    monkeypatch.setattr(actions, "record", broken)
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)
    before = files()

    assert actions.make(actions.take(job.pk, at=NOW), at=NOW) is None

    assert not Report.objects.exists()
    assert files() == before


def test_the_sweep_wakes_what_a_killed_worker_left_and_nothing_else(job, monkeypatch):
    woken = []
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: woken.append(task))
    actions.take(job.pk, at=NOW)

    assert actions.sweep(at=NOW) == 0
    assert actions.sweep(at=NOW + LEASE) == 1
    assert woken == [("reports.make_report", job.pk)]


def test_press_publishes_with_one_key(draft, humas, fast):
    report = publishing.publish(draft, by=humas, at=NOW)

    assert (report.is_published, report.published_by, report.published_at) == (True, humas, NOW)
    assert content_of(report.pdf) == FAKE.pdf
    assert len(report.pdf_sha256) == 64
    snapshot, digest, issued = fast[-1]
    assert (issued, digest, snapshot["code"]) == (True, draft.snapshot_sha256, draft.code)


def test_the_second_click_publishes_nothing_twice(draft, pimpinan):
    first = publishing.publish(draft, by=pimpinan, at=NOW)

    again = publishing.publish(Report.objects.get(pk=draft.pk), by=pimpinan, at=at("2026-05-01"))
    stale = publishing.publish(draft, by=pimpinan, at=at("2026-05-01"))

    assert (again.published_at, stale.published_at) == (first.published_at, first.published_at)
    assert Event.objects.filter(verb="report.published").count() == 1
    assert files().count(f"{draft.code}.pdf") == 1


def test_an_officer_may_make_but_not_publish(draft, petugas):
    with pytest.raises(Refusal, match="humas atau pimpinan"):
        publishing.publish(draft, by=petugas, at=NOW)


def test_a_report_with_example_rows_is_never_published(commitment, job, humas):
    commitment.is_example = True
    commitment.save()
    example = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    assert example.is_example
    assert may_publish(humas, example).status == 409
    with pytest.raises(Refusal, match="data contoh"):
        publishing.publish(example, by=humas, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=example.pk).update(status="PUBLISHED", published_by=humas, published_at=NOW)


def test_a_snapshot_that_was_touched_is_not_published(draft, humas):
    Report.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot.replace("K-2026-001", "K-2026-009"))

    with pytest.raises(Refusal, match="sidik jari"):
        publishing.publish(Report.objects.get(pk=draft.pk), by=humas, at=NOW)


def test_a_report_is_fixed_and_never_deleted(draft):
    draft.period = "2026-TW2"

    with pytest.raises(RuntimeError, match="fixed"):
        draft.save()
    with pytest.raises(RuntimeError, match="fixed"):
        draft.save(update_fields=["period"])
    with pytest.raises(RuntimeError, match="never deleted"):
        draft.delete()


def test_the_form_leads_to_the_page_of_the_job(as_person, petugas, agreement, commitment, fast, monkeypatch):
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)
    client = as_person(petugas)
    period = client.get(reverse("reports:list")).context["form"].fields["period"].choices[0][0]

    answer = client.post(reverse("reports:list"), {"agreement": agreement.pk, "period": period})

    job = ReportJob.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("reports:job", args=[job.pk]))
    page = client.get(answer.url)
    assert "Menunggu giliran" in page.content.decode()
    assert 'http-equiv="refresh"' in page.content.decode()


def test_the_progress_part_is_polled_and_ends_at_the_report(as_person, petugas, job):
    client, url = as_person(petugas), reverse("reports:job", args=[job.pk])

    waiting = client.get(url, headers={"HX-Request": "true"}).content.decode()
    report = actions.make(actions.take(job.pk, at=NOW), at=NOW)
    over = client.get(url, headers={"HX-Request": "true"})

    assert "<html" not in waiting
    assert 'data-hx-trigger="every 1s"' in waiting
    assert over.headers["HX-Redirect"] == report.get_absolute_url()
    assert client.get(url).url == report.get_absolute_url()


def test_a_failed_job_says_why_and_stops_polling(as_person, petugas, job):
    ReportJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Laporan belum jadi: contoh.")

    page = as_person(petugas).get(reverse("reports:job", args=[job.pk])).content.decode()

    assert "Laporan belum jadi: contoh." in page
    assert "every 1s" not in page
    assert "http-equiv" not in page


def test_a_second_click_asks_for_no_second_report(as_person, petugas, agreement, commitment, monkeypatch):
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)
    browser, url = as_person(petugas), reverse("reports:list")
    form = browser.get(url).context["form"]
    typed = {"agreement": agreement.pk, "period": form.fields["period"].choices[0][0], "token": form["token"].value()}

    first, second = browser.post(url, typed), browser.post(url, typed)

    assert first.url == second.url
    assert ReportJob.objects.count() == 1


def test_a_wrong_choice_is_explained_and_keeps_the_form(as_person, petugas, agreement, commitment):
    answer = as_person(petugas).post(reverse("reports:list"), {"agreement": agreement.pk, "period": "2026-TW9"})

    assert answer.status_code == 422
    assert not ReportJob.objects.exists()


def test_agreements_of_others_cannot_be_chosen(as_person, petugas, commitment):
    foreign = AgreementFactory(code="NK-2025-050")

    answer = as_person(petugas).post(reverse("reports:list"), {"agreement": foreign.pk, "period": "2026-TW1"})

    assert answer.status_code == 422


def test_coming_from_an_agreement_puts_it_first(as_person, petugas, bp3mi, agreement, commitment):
    older = AgreementFactory(host_agency=bp3mi, signed_on=dt.date(2024, 1, 2))
    url = reverse("reports:list")

    first = [
        as_person(petugas).get(url, {"kesepakatan": code}).context["presets"][0].agreement
        for code in (older.code, agreement.code, "NK-1900-001")
    ]

    assert first == [older, agreement, agreement]


def test_the_empty_list_says_what_to_do(as_person, petugas):
    assert "Belum ada laporan." in as_person(petugas).get(reverse("reports:list")).content.decode()


def test_who_sees_a_report(as_person, draft, petugas, pimpinan, humas, auditor, petugas_unit, petugas_asing, admin):
    may = {petugas: 200, pimpinan: 200, humas: 200, auditor: 200}
    expected = may | {petugas_unit: 404, petugas_asing: 404, admin: 403}
    for name in ("detail", "pdf"):
        found = {}
        for user in expected:
            answer = as_person(user).get(reverse(f"reports:{name}", args=[draft.code]))
            found[user] = answer.status_code
            if answer.streaming:
                b"".join(answer.streaming_content)  # reading to the end closes the file

        assert found == expected


def test_a_code_typed_in_lower_case_leads_to_the_report(as_person, draft, petugas):
    answer = as_person(petugas).get(f"/laporan/{draft.code.lower()}/")

    assert (answer.status_code, answer.url) == (302, draft.get_absolute_url())


def test_the_file_comes_as_an_attachment(as_person, draft, petugas):
    answer = as_person(petugas).get(reverse("reports:pdf", args=[draft.code]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "-draf.pdf" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content) == FAKE.pdf


def test_the_publish_page_names_what_becomes_fixed_and_the_key_fixes_it(as_person, draft, humas, petugas):
    url = reverse("reports:publish", args=[draft.code])

    assert draft.snapshot_digest in as_person(humas).get(url).content.decode()
    assert "humas atau pimpinan" in as_person(petugas).get(url).content.decode()
    assert as_person(petugas).post(url).status_code == 403
    assert as_person(humas).post(url).status_code == 302
    assert as_person(humas).post(url).status_code == 302
    draft.refresh_from_db()
    assert draft.is_published


def test_the_list_costs_the_same_for_one_report_and_for_many(
    as_person, petugas, draft, agreement, bp3mi, django_assert_max_num_queries
):
    client = as_person(petugas)
    with django_assert_max_num_queries(60) as one:
        client.get(reverse("reports:list"))
    for _n in range(10):
        job = actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)
        actions.make(actions.take(job.pk, at=NOW), at=NOW)

    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(reverse("reports:list"))


def test_a_supervisor_above_sees_the_reports_of_the_offices_below(city, unit, other_unit, ministry, fast):
    meeting = MeetingFactory(host_agency=unit, agreement=AgreementFactory(host_agency=unit))
    CommitmentFactory(meeting=meeting, lead=other_unit)
    officer, above = person(unit, Role.OFFICER), person(city, Role.SUPERVISOR)
    job = actions.request_report(meeting.agreement, QUARTER, issuer=unit, by=officer, at=NOW)

    report = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    assert list(Report.objects.visible_to(above)) == [report]
    assert may_publish(above, report)
