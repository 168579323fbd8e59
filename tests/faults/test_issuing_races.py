"""Several people at one report in the same moment: one result, and one sentence for everybody who came too late."""

import hashlib
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from agencies.models import Event, Role
from agencies.policy import Refusal
from commitments.actions.merging import merge_commitments
from commitments.actions.photos import disallow_photo
from reports.counting.periods import read_period
from reports.issuing import erratum as errata
from reports.issuing import publishing
from reports.models import Erratum, ErratumState, Report, ReportStatus
from reports.options import ReportOptions
from reports.printing.pdf import Rendered
from reports.rules import may_show_photos
from reports.snapshots.making import freeze, kept, store
from tests.browsers import browser_of
from tests.factories import CommitmentFactory, at, person
from tests.faults.test_races import all_at_once
from tests.reports.test_photos import photo_of

CROWD = 6
QUARTER = read_period("2026-TW1")
MADE, LATER = at("2026-04-02"), at("2026-05-04")


@pytest.fixture
def media(settings, tmp_path, monkeypatch):
    """Where files go; pages are made at once, each time with other bytes, as a printer in a hurry would."""
    settings.MEDIA_ROOT = tmp_path
    turns = iter(range(1000))
    monkeypatch.setattr(publishing, "print_report", lambda *_a, **_k: Rendered(b"%%PDF-1.7 %d" % next(turns), 3))
    monkeypatch.setattr(errata, "print_erratum", lambda *_a, **_k: Rendered(b"%%PDF-1.7 %d" % next(turns), 1))
    return tmp_path


@pytest.fixture
def host(flushable, media, request):
    request.getfixturevalue("commitment")
    return request.getfixturevalue("bp3mi")


@pytest.fixture
def press(host):
    return [person(host, Role.PRESS) for _n in range(CROWD)]


@pytest.fixture
def draft(host, request):
    return drafted(request.getfixturevalue("agreement"))


def drafted(agreement, *, revises=None):
    text = freeze(agreement, QUARTER, issuer=agreement.host_agency, at=MADE, options=ReportOptions(), revises=revises)
    with kept(b"%PDF-1.7 draf", text=text, suffix="-draf") as file:
        rendered = Rendered(b"%PDF-1.7 draf", 3)
        made = store(text, rendered, file=file, agreement=agreement, issuer=agreement.host_agency, by=None)
    return Report.objects.get(pk=made.pk)


def issued_files(media: Path) -> list[Path]:
    """What was stored beside the drafts."""
    return [path for path in media.rglob("*.pdf") if "-draf" not in path.name]


def answers_to(browsers, tries):
    """Status and words of every answer; ``tries``: (door, arguments, fields) for each browser."""

    def knock(browser, door, arguments, fields):
        answer = browser.post(reverse(f"reports:{door}", args=arguments), fields)
        return answer.status_code, "" if answer.status_code == 302 else answer.content.decode()

    return all_at_once([lambda b=b, t=t: knock(b, *t) for b, t in zip(browsers, tries, strict=True)])


def test_of_six_who_publish_at_once_one_does_and_all_see_it_issued(draft, press, media):
    browsers = [browser_of(user) for user in press]

    answers = answers_to(browsers, [("publish", [draft.code], {})] * CROWD)

    report = Report.objects.get(pk=draft.pk)
    assert [status for status, _words in answers] == [302] * CROWD
    assert Event.objects.filter(verb="report.published").count() == 1
    [file] = issued_files(media)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == report.pdf_sha256
    assert Event.objects.get(verb="report.published").after["pdf"] == report.pdf_sha256


def test_publishing_and_withdrawing_at_once_ends_withdrawn_with_one_reason(draft, press, media):
    publishing.publish(draft, by=press[0], at=MADE)
    browsers = [browser_of(user) for user in press]
    tries = [
        ("withdraw", [draft.code], {"reason": f"Alasan {n}"}) if n % 2 else ("publish", [draft.code], {})
        for n in range(CROWD)
    ]  # fmt: skip

    answers = answers_to(browsers, tries)

    report = Report.objects.get(pk=draft.pk)
    late = [words for status, words in answers if status == 409]
    assert report.status == ReportStatus.WITHDRAWN
    assert {status for status, _words in answers} <= {302, 409}
    assert Event.objects.filter(verb="report.withdrawn").count() == 1
    assert len([words for words in late if "Laporan ini sudah ditarik." in words]) == CROWD // 2 - 1
    assert all("sudah ditarik" in words or "sudah diterbitkan" in words for words in late)
    assert len(issued_files(media)) == 1


def test_of_two_revisions_issued_at_once_one_takes_the_place(draft, press, media):
    publishing.publish(draft, by=press[0], at=MADE)
    rivals = [drafted(draft.agreement, revises=draft) for _n in range(2)]
    browsers = [browser_of(user) for user in press]

    answers = answers_to(browsers, [("publish", [rivals[n % 2].code], {}) for n in range(CROWD)])

    states = sorted(Report.objects.filter(revises=draft).values_list("status", flat=True))
    winner = Report.objects.get(revises=draft, status=ReportStatus.PUBLISHED)
    assert states == [ReportStatus.DRAFT, ReportStatus.PUBLISHED]
    assert Report.objects.get(pk=draft.pk).replaced_by == winner
    assert sorted(status for status, _words in answers) == [302] * (CROWD // 2) + [409] * (CROWD // 2)
    assert all(
        "Revisi lain dari laporan yang sama sudah terbit." in words for status, words in answers if status == 409
    )
    assert len(issued_files(media)) == 2


@pytest.fixture
def contradicted(draft, press):
    """An issued report whose two commitments turned out to be one."""
    twin = CommitmentFactory(meeting=draft.agreement.meetings.get(), code="K-2026-002")
    report = publishing.publish(drafted(draft.agreement), by=press[0], at=MADE)
    keeper = person(report.issuer, Role.OFFICER)
    merge_commitments(twin, draft.agreement.commitments.get(code="K-2026-001"), by=keeper, at=LATER)
    return report


def test_six_who_look_for_errata_at_once_make_one_draft(contradicted, press):
    found = all_at_once([lambda user=user: errata.find_erratum(contradicted, at=LATER, by=user).pk for user in press])

    assert found == [Erratum.objects.get().pk] * CROWD
    assert Event.objects.filter(verb="report.erratum_drafted").count() == 1


def test_of_six_who_decide_about_an_erratum_at_once_one_does(contradicted, press, media):
    erratum = errata.find_erratum(contradicted, at=LATER)
    browsers = [browser_of(user) for user in press]
    where = [contradicted.code, erratum.n]
    tries = [
        ("erratum", where, {"note": ""}) if n % 2 else ("erratum_dismiss", where, {"reason": f"Alasan {n}"})
        for n in range(CROWD)
    ]  # fmt: skip

    answers = answers_to(browsers, tries)

    erratum.refresh_from_db()
    assert sorted(status for status, _words in answers) == [302] + [409] * (CROWD - 1)
    assert all("Lembar Ralat ini sudah diputuskan." in words for status, words in answers if status == 409)
    assert erratum.state in (ErratumState.ISSUED, ErratumState.DISMISSED)
    decided = ["report.erratum_issued", "report.erratum_dismissed"]
    assert Event.objects.filter(verb__in=decided).count() == 1
    assert len(issued_files(media)) == (2 if erratum.state == ErratumState.ISSUED else 1)


@pytest.mark.parametrize("waits", [True, False], ids=["in the last moment", "before it"])
def test_a_permission_taken_back_while_a_report_is_issued_comes_before_or_after_it(
    host, press, media, request, monkeypatch, waits
):
    """Never in between: either the report is refused, or it was out before the permission was taken back."""
    consent = photo_of(request.getfixturevalue("commitment"))
    report = drafted(request.getfixturevalue("agreement"))
    asked, answered, tries = threading.Event(), threading.Event(), []

    def take_back():
        asked.wait(30)
        disallow_photo(consent.evidence, by=person(host, Role.OFFICER), at=LATER)
        answered.set()
        connection.close()

    def slow(found):
        verdict = may_show_photos(found)
        tries.append(connection.in_atomic_block)
        if tries[-1] or not waits:
            asked.set()
            answered.wait(1 if tries[-1] else 30)
        return verdict

    monkeypatch.setattr(publishing, "may_show_photos", slow)
    thread = threading.Thread(target=take_back)
    thread.start()
    with nullcontext() if waits else pytest.raises(Refusal, match="Izin salah satu foto"):
        publishing.publish(report, by=press[0], at=LATER)
    thread.join(60)

    verbs = list(Event.objects.filter(verb__in=["report.published", "photo.disallowed"]).order_by("seq"))
    assert [one.verb for one in verbs] == (["report.published", "photo.disallowed"] if waits else ["photo.disallowed"])
    assert Report.objects.get(pk=report.pk).is_published is waits
