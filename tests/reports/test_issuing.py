"""Issued means frozen: two keys, the same bytes for ever, letters beside, revisions and withdrawals."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from agencies.audit import trail
from agencies.models import Agency, Delivery, Event, Role
from agencies.policy import Refusal
from commitments.models import Contribution, Sensitivity
from config.files import take_in
from reports.counting.periods import read_period
from reports.issuing import archive, publishing
from reports.issuing.archive import archived
from reports.issuing.publishing import Letter
from reports.jobs import actions
from reports.models import Report, ReportJob, ReportStatus
from reports.options import ReportOptions
from reports.printing.pdf import Rendered
from reports.snapshots.making import freeze
from tests.factories import at, person
from tests.pictures import tiny_png
from tests.reports.test_photos import answered, photo_of

QUARTER = read_period("2026-TW1")
NOW, LATER = at("2026-04-02"), at("2026-05-04")
FAKE = Rendered(b"%PDF-1.7 uji", 5)


@pytest.fixture
def fast(monkeypatch):
    """No child process; the stand-in counts how often something is printed."""
    printed = []

    def stand_in(snapshot, *, digest, issued, **rest):
        printed.append((snapshot["code"], issued))
        return FAKE

    monkeypatch.setattr(actions, "print_report", stand_in)
    monkeypatch.setattr(publishing, "print_report", stand_in)
    return printed


def make(agreement, issuer, by, **kwargs):
    when = kwargs.pop("at", NOW)
    job = actions.request_report(agreement, QUARTER, issuer=issuer, by=by, at=when, **kwargs)
    return actions.make(actions.take(job.pk, at=when), at=when)


@pytest.fixture
def draft(commitment, agreement, bp3mi, petugas, fast):
    return make(agreement, bp3mi, petugas)


@pytest.fixture
def two_keys(bp3mi):
    bp3mi.two_key_publishing = True
    bp3mi.save()
    return bp3mi


@pytest.fixture
def issued(draft, humas):
    return publishing.publish(draft, by=humas, at=NOW)


def fresh(report):
    return Report.objects.get(pk=report.pk)


def downloaded(page, door, report) -> bytes:
    return page.get(reverse(door, args=[report.code])).getvalue()


def revise(report, by, *, when=LATER):
    return make(report.agreement, report.issuer, by, options=report.chosen, revises=report, at=when)


# --- what is printed ----------------------------------------------------------------------


def test_a_photo_whose_permission_was_taken_back_is_not_issued(commitment, agreement, bp3mi, petugas, humas, fast):
    consent = photo_of(commitment)
    draft = make(agreement, bp3mi, petugas)
    assert json.loads(draft.snapshot)["photos"]
    answered(consent.evidence, allowed=False)

    with pytest.raises(Refusal, match="Izin salah satu foto") as refusal:
        publishing.publish(draft, by=humas, at=LATER)

    assert (refusal.value.verdict.status, fresh(draft).status) == (409, ReportStatus.DRAFT)
    assert publishing.publish(make(agreement, bp3mi, petugas), by=humas, at=LATER).is_published


def test_a_photo_whose_permission_is_taken_back_while_pages_are_made_is_not_issued(
    commitment, agreement, bp3mi, petugas, humas, fast, monkeypatch
):
    consent = photo_of(commitment)
    draft = make(agreement, bp3mi, petugas)

    def slow(*_args, **_kwargs):
        answered(consent.evidence, allowed=False)
        return FAKE

    monkeypatch.setattr(publishing, "print_report", slow)
    with pytest.raises(Refusal, match="Izin salah satu foto"):
        publishing.publish(draft, by=humas, at=LATER)
    assert fresh(draft).status == ReportStatus.DRAFT


def test_an_agency_that_took_its_agreement_back_is_not_named_in_public(
    commitment, agreement, bp3mi, petugas, humas, pimpinan, fast
):
    lead = Agency.objects.filter(pk=commitment.lead_id)
    lead.update(named_in_public=True)
    draft = make(agreement, bp3mi, petugas, options=ReportOptions(is_public=True))
    assert [one["code"] for one in json.loads(draft.snapshot)["leads"]] == [lead.get().code]
    lead.update(named_in_public=False)

    with pytest.raises(Refusal, match=lead.get().short_name) as refusal:
        publishing.publish(draft, by=humas, at=LATER)

    assert (refusal.value.verdict.status, fresh(draft).status) == (409, ReportStatus.DRAFT)
    Agency.objects.filter(pk=bp3mi.pk).update(two_key_publishing=True)
    with pytest.raises(Refusal, match=lead.get().short_name):
        publishing.prepare(draft, by=humas, at=LATER)
    Agency.objects.filter(pk=bp3mi.pk).update(two_key_publishing=False)
    anew = make(agreement, bp3mi, petugas, options=ReportOptions(is_public=True), at=LATER)
    assert publishing.publish(anew, by=humas, at=LATER).is_published


def test_an_agency_that_takes_its_agreement_back_while_pages_are_made_is_not_named(
    commitment, agreement, bp3mi, petugas, humas, fast, monkeypatch
):
    lead = Agency.objects.filter(pk=commitment.lead_id)
    lead.update(named_in_public=True)
    draft = make(agreement, bp3mi, petugas, options=ReportOptions(is_public=True))

    def slow(*_args, **_kwargs):
        lead.update(named_in_public=False)
        return FAKE

    monkeypatch.setattr(publishing, "print_report", slow)
    with pytest.raises(Refusal, match="disebut dalam laporan publik"):
        publishing.publish(draft, by=humas, at=LATER)
    assert fresh(draft).status == ReportStatus.DRAFT


def test_a_changed_snapshot_gets_no_archive(issued, humas):
    Report.objects.filter(pk=issued.pk).update(snapshot=issued.snapshot.replace("Asia/Jakarta", "Asia/Jayapura"))

    with pytest.raises(Refusal, match="sidik jarinya"):
        archived(fresh(issued), by=humas, at=LATER)


def test_who_only_supports_prints_no_internal_proof(commitment, agreement, bp3mi, unit, other_unit):
    Contribution.objects.get_or_create(commitment=commitment, agency=other_unit)
    photo_of(commitment, allowed=False)
    photo_of(commitment, allowed=False, sensitivity=Sensitivity.GENERAL)

    def proofs(issuer):
        rows = json.loads(freeze(agreement, QUARTER, issuer=issuer, at=NOW))["rows"]
        return [len(row["proofs"]) for row in rows if row["code"] == commitment.code]

    assert (proofs(bp3mi), proofs(unit), proofs(other_unit)) == ([2], [2], [1])


# --- two keys -----------------------------------------------------------------------------


def test_with_two_keys_one_prepares_and_another_releases(two_keys, draft, humas, pimpinan):
    prepared = publishing.prepare(draft, by=humas, at=NOW)
    assert (prepared.status, prepared.prepared_by) == (ReportStatus.PREPARED, humas)

    released = publishing.publish(prepared, by=pimpinan, at=LATER)

    assert (released.status, released.prepared_by, released.published_by) == ("PUBLISHED", humas, pimpinan)
    assert [event.verb for event in trail(draft)][-2:] == ["report.prepared", "report.published"]


def test_notices_are_indonesian_whatever_language_the_sender_reads(two_keys, draft, humas, pimpinan):
    with translation.override("en"):
        publishing.prepare(draft, by=humas, at=NOW)
        publishing.return_to_draft(draft, "Angka keliru", by=pimpinan, at=LATER)

    told = Delivery.objects.filter(path=draft.get_absolute_url()).order_by("pk").values_list("user", "subject")
    assert list(told) == [
        (pimpinan.pk, f"Laporan {draft.code} menunggu rilis Anda."),
        (humas.pk, f"Laporan {draft.code} dikembalikan menjadi draf."),
    ]


def test_the_archive_is_indonesian_whatever_language_its_maker_reads(issued, monkeypatch):
    printed = []
    monkeypatch.setattr(archive, "render_pdf", lambda _html, **about: printed.append(about["attached"]))
    with translation.override("en"):
        archive.print_archive(issued)

    assert [file.description for file in printed[0]] == ["Data laporan", "Komitmen sebagai tabel"]


def test_nobody_releases_what_they_prepared(two_keys, draft, pimpinan):
    publishing.prepare(draft, by=pimpinan, at=NOW)

    with pytest.raises(Refusal, match="Anda yang menyiapkan") as refusal:
        publishing.publish(fresh(draft), by=pimpinan, at=LATER)

    assert refusal.value.verdict.status == 403
    assert fresh(draft).status == ReportStatus.PREPARED


def test_switching_two_keys_off_does_not_let_the_preparer_release(two_keys, draft, humas):
    publishing.prepare(draft, by=humas, at=NOW)
    two_keys.two_key_publishing = False
    two_keys.save()

    with pytest.raises(Refusal, match="Anda yang menyiapkan"):
        publishing.publish(fresh(draft), by=humas, at=LATER)


def test_with_two_keys_nothing_is_published_at_once_and_press_does_not_release(two_keys, draft, humas, pimpinan):
    with pytest.raises(Refusal, match="dua kunci"):
        publishing.publish(draft, by=pimpinan, at=NOW)
    publishing.prepare(draft, by=pimpinan, at=NOW)

    with pytest.raises(Refusal, match="dirilis oleh pimpinan"):
        publishing.publish(fresh(draft), by=humas, at=NOW)


def test_with_one_key_there_is_nothing_to_prepare(draft, humas):
    with pytest.raises(Refusal, match="satu kunci"):
        publishing.prepare(draft, by=humas, at=NOW)


def test_officers_turn_no_key(two_keys, draft, petugas):
    for act in (publishing.prepare, publishing.publish):
        with pytest.raises(Refusal, match="humas atau pimpinan"):
            act(draft, by=petugas, at=NOW)


def test_the_second_click_prepares_once_and_tells_the_supervisor_once(two_keys, draft, humas, pimpinan):
    for _click in range(2):
        publishing.prepare(draft, by=humas, at=NOW)

    assert Delivery.objects.filter(user=pimpinan, subject__contains="menunggu rilis").count() == 1
    assert [event.verb for event in trail(draft)].count("report.prepared") == 1


def test_a_prepared_report_is_returned_with_the_reason(two_keys, draft, humas, pimpinan, as_person):
    publishing.prepare(draft, by=humas, at=NOW)
    page, address = as_person(pimpinan), reverse("reports:return", args=[draft.code])

    empty = page.post(address, {"reason": " "})
    page.post(address, {"reason": "Kop belum benar"})

    assert empty.status_code == 422
    assert fresh(draft).status == ReportStatus.DRAFT
    assert fresh(draft).prepared_by is None
    assert Delivery.objects.get(user=humas, subject__contains="dikembalikan").body == "Kop belum benar"
    assert "Kop belum benar" in as_person(humas).get(draft.get_absolute_url()).content.decode()
    publishing.prepare(fresh(draft), by=humas, at=LATER)
    assert publishing.last_return(fresh(draft)) == ""


def test_the_page_leads_from_one_key_to_the_other(two_keys, draft, humas, pimpinan, as_person):
    address = reverse("reports:publish", args=[draft.code])

    assert "Siapkan untuk dirilis" in as_person(humas).get(address).content.decode()
    as_person(humas).post(address)
    assert "Anda yang menyiapkan" in as_person(humas).get(draft.get_absolute_url()).content.decode()
    assert "Rilis</button>" in as_person(pimpinan).get(address).content.decode()
    as_person(pimpinan).post(address)

    assert fresh(draft).is_published


def test_the_switch_stands_on_the_agency_and_is_audited(bp3mi, pimpinan, as_person):
    address = reverse("agencies:agency_edit", args=[bp3mi.code])
    page = as_person(pimpinan)
    assert "Penerbitan dua kunci" in page.get(address).content.decode()

    page.post(
        address,
        {
            "name": bp3mi.name,
            "short_name": bp3mi.short_name,
            "zone": bp3mi.zone,
            "paper": bp3mi.paper,
            "two_key_publishing": "on",
        },
    )

    bp3mi.refresh_from_db()
    assert bp3mi.two_key_publishing
    assert Event.objects.order_by("seq").last().after["two_key_publishing"] is True


def test_turning_the_switch_asks_for_the_password_again_and_goes_on_after_it(bp3mi, pimpinan, as_person):
    pimpinan.set_password("sandi-uji-yang-panjang")
    pimpinan.save()
    address, browser = reverse("agencies:agency_edit", args=[bp3mi.code]), as_person(pimpinan, ago=3600)
    plain = {"name": bp3mi.name, "short_name": bp3mi.short_name, "zone": bp3mi.zone, "paper": bp3mi.paper}

    assert browser.post(address, plain).url == bp3mi.get_absolute_url()
    asked = browser.post(address, plain | {"two_key_publishing": "on"})
    bp3mi.refresh_from_db()
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not bp3mi.two_key_publishing

    browser.post(asked.url, {"password": "sandi-uji-yang-panjang"}, follow=True)
    bp3mi.refresh_from_db()
    assert bp3mi.two_key_publishing
    changed = Event.objects.order_by("seq").last()
    assert [facts["two_key_publishing"] for facts in (changed.before, changed.after)] == [False, True]


def test_a_logo_is_not_lost_while_the_password_is_asked_for(bp3mi, pimpinan, as_person):
    facts = {
        "name": bp3mi.name,
        "short_name": bp3mi.short_name,
        "zone": bp3mi.zone,
        "paper": bp3mi.paper,
        "two_key_publishing": "on",
    }

    answer = as_person(pimpinan).post(
        reverse("agencies:agency_edit", args=[bp3mi.code]), facts | {"logo": SimpleUploadedFile("logo.png", tiny_png())}
    )

    assert answer.status_code == 422
    assert "Kirim logo tersendiri" in answer.content.decode()


# --- frozen -------------------------------------------------------------------------------

ELSEWHERE = """
import json, os, sys, time
os.environ["TZ"] = "America/St_Johns"; time.tzset()
import django; django.setup()
from reports.printing.document import print_report
from agencies.audit import sha256
text = sys.stdin.read()
sys.stdout.buffer.write(print_report(json.loads(text), digest=sha256(text), issued=True).pdf)
"""


def test_another_process_prints_the_same_bytes(commitment, agreement, bp3mi, humas):
    report = publishing.publish(make(agreement, bp3mi, humas), by=humas, at=NOW)
    env = os.environ | {
        "PYTHONHASHSEED": "4711", "TZ": "America/St_Johns",
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }  # fmt: skip

    again = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], input=report.snapshot.encode(), capture_output=True, env=env,
        cwd=settings.BASE_DIR, check=True,
    ).stdout  # fmt: skip

    assert hashlib.sha256(again).hexdigest() == report.pdf_sha256
    with report.pdf.open("rb") as file:
        assert file.read() == again


def test_what_is_issued_is_never_printed_again(issued, humas, as_person, fast):
    fast.clear()

    assert downloaded(as_person(humas), "reports:pdf", issued) == FAKE.pdf
    assert fast == []


def test_a_snapshot_that_was_touched_is_not_issued(draft, humas):
    Report.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot.replace("2026-TW1", "2026-TW2"))

    with pytest.raises(Refusal, match="sidik jarinya"):
        publishing.publish(fresh(draft), by=humas, at=NOW)


# --- the letter ---------------------------------------------------------------------------


def test_number_day_and_scan_are_added_beside_the_frozen_content(issued, petugas, humas, as_person):
    before = (issued.snapshot_sha256, issued.pdf_sha256)
    address = reverse("reports:letter", args=[issued.code])
    page = as_person(petugas)
    assert "Belum ditandatangani" in page.get(issued.get_absolute_url()).content.decode()
    scan = SimpleUploadedFile("scan.png", tiny_png(), content_type="image/png")

    answer = page.post(address, {"number": "B-12/BP3MI/IV/2026", "on": "2 April 2026", "scan": scan})

    assert answer.status_code == 302
    report = fresh(issued)
    assert (report.snapshot_sha256, report.pdf_sha256) == before
    assert (report.letter_number, str(report.letter_on)) == ("B-12/BP3MI/IV/2026", "2026-04-02")
    with report.signed_scan.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == report.signed_scan_sha256
    shown = as_person(humas).get(issued.get_absolute_url()).content.decode()
    assert "Belum ditandatangani" not in shown
    assert downloaded(page, "reports:scan", issued)
    assert trail(issued).last().after["number"] == "B-12/BP3MI/IV/2026"


def test_a_correction_of_the_letter_keeps_the_scan_and_both_numbers_in_the_trail(issued, petugas):
    paper = take_in(SimpleUploadedFile("scan.png", tiny_png(), content_type="image/png"))
    publishing.add_letter(issued, Letter("B-12", at("2026-04-02").date(), paper), by=petugas, at=NOW)

    corrected = publishing.add_letter(issued, Letter("B-13", at("2026-04-03").date()), by=petugas, at=LATER)

    assert corrected.signed_scan
    last = trail(issued).last()
    assert (last.before["number"], last.after["number"]) == ("B-12", "B-13")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Isi nomor dan tanggal"),
        ({"number": "B-12"}, "diisi bersama"),
        ({"on": "2 April 2026"}, "diisi bersama"),
        ({"number": "B-12", "on": "2 April 2199"}, "tidak boleh sesudah hari ini"),
        ({"number": "B-12", "on": "1 April 2026"}, "tidak boleh sebelum laporan terbit (2 April 2026)"),
        ({"number": "B-12", "on": "besok lusa"}, "tidak terbaca"),
        ({"number": "x" * 121, "on": "2 April 2026"}, "120"),
    ],
)
def test_a_letter_that_cannot_be_is_explained_and_kept(issued, petugas, as_person, sent, said):
    answer = as_person(petugas).post(reverse("reports:letter", args=[issued.code]), sent)

    words = answer.content.decode()
    assert answer.status_code == 422
    assert said in words
    assert sent.get("number", "") in words


def test_a_draft_has_no_letter(draft, petugas, as_person):
    assert as_person(petugas).get(reverse("reports:letter", args=[draft.code])).status_code == 409


def test_a_withdrawn_report_takes_no_letter_and_says_that_it_was_withdrawn(issued, pimpinan, petugas, as_person):
    publishing.withdraw(issued, "Angka keliru", by=pimpinan, at=LATER)

    answer = as_person(petugas).get(reverse("reports:letter", args=[issued.code]))

    assert answer.status_code == 409
    assert "Laporan ini sudah ditarik." in answer.content.decode()
    assert "setelah laporan terbit" not in answer.content.decode()


# --- revisions and withdrawal -------------------------------------------------------------


def test_the_next_revision_takes_the_place_of_the_first(issued, humas, fast):
    second = revise(issued, humas)
    assert (second.revision, second.revises) == (2, issued)
    assert json.loads(second.snapshot)["revises"] == issued.code
    assert fresh(issued).is_current

    publishing.publish(second, by=humas, at=LATER)

    old = fresh(issued)
    assert (old.is_published, old.is_current, old.replaced_by) == (True, False, second)
    assert trail(second).last().after["replaces"] == issued.code
    assert [one.revision for one in Report.objects.lineage_of(second)] == [1, 2]


def test_two_revisions_of_one_report_cannot_both_be_issued(issued, humas):
    second, rival = revise(issued, humas), revise(issued, humas)
    publishing.publish(second, by=humas, at=LATER)

    with pytest.raises(Refusal, match="Revisi lain"):
        publishing.publish(rival, by=humas, at=LATER)
    with pytest.raises(Refusal, match="Revisi lain"):
        publishing._publish(rival, FAKE, by=humas, at=LATER)


def test_asking_again_in_the_same_words_makes_the_next_revision(issued, agreement, bp3mi, petugas, humas):
    again = make(agreement, bp3mi, petugas, at=LATER)
    other = make(agreement, bp3mi, petugas, at=LATER, options=ReportOptions(form="ONE_PAGE"))

    assert (again.revises, again.revision) == (issued, 2)
    assert (other.revises, other.revision) == (None, 1)
    assert publishing.publish(other, by=humas, at=LATER).is_published
    assert publishing.publish(again, by=humas, at=LATER).is_current
    assert fresh(issued).replaced_by == again


def test_of_two_drafts_asked_for_in_the_same_words_one_is_issued(agreement, commitment, bp3mi, petugas, humas, fast):
    first, second = make(agreement, bp3mi, petugas), make(agreement, bp3mi, petugas)
    publishing.publish(first, by=humas, at=NOW)

    with pytest.raises(Refusal, match=f"sudah terbit dengan kode {first.code}"):
        publishing.publish(second, by=humas, at=NOW)
    with pytest.raises(Refusal, match="sudah terbit"):
        publishing._publish(second, FAKE, by=humas, at=NOW)

    assert publishing.publish(first, by=humas, at=LATER).is_published  # the second click of the first one

    publishing.withdraw(first, "Angka keliru", by=humas, at=LATER)
    assert publishing.publish(second, by=humas, at=LATER).is_current


def test_the_button_asks_for_one_revision_however_often_it_is_pressed(issued, humas, as_person):
    page, address = as_person(humas), reverse("reports:revise", args=[issued.code])
    token = page.get(issued.get_absolute_url()).context["once"]["token"].value()

    first, second = (page.post(address, {"token": token}) for _click in range(2))

    assert first.url == second.url
    job = ReportJob.objects.get(revises=issued)
    assert (job.agreement, job.period, job.options) == (issued.agreement, issued.period, issued.options)


def test_what_is_replaced_or_a_draft_is_not_revised(issued, draft, humas, as_person):
    publishing.publish(revise(issued, humas), by=humas, at=LATER)

    answer = as_person(humas).post(reverse("reports:revise", args=[issued.code]))

    assert answer.status_code == 409
    assert "sudah digantikan" in answer.content.decode()


def test_a_withdrawn_report_stays_withdrawn_says_why_and_may_be_revised(issued, pimpinan, humas, as_person):
    page, address = as_person(pimpinan), reverse("reports:withdraw", args=[issued.code])
    assert page.post(address, {"reason": ""}).status_code == 422

    page.post(address, {"reason": "Angka ruang lingkup 3 keliru"})

    report = fresh(issued)
    assert (report.status, report.withdrawal_reason) == ("WITHDRAWN", "Angka ruang lingkup 3 keliru")
    assert page.post(address, {"reason": "lagi"}).status_code == 409
    assert "Angka ruang lingkup 3 keliru" in page.get(issued.get_absolute_url()).content.decode()
    assert downloaded(page, "reports:pdf", issued) == FAKE.pdf
    second = publishing.publish(revise(report, humas), by=humas, at=LATER)
    assert fresh(issued).replaced_by == second


def test_only_the_issuer_withdraws_and_only_what_is_issued(issued, draft, petugas, petugas_asing, auditor, as_person):
    address = reverse("reports:withdraw", args=[issued.code])

    answers = {
        who: as_person(who).post(address, {"reason": "x"}).status_code for who in (petugas, petugas_asing, auditor)
    }

    assert answers == {petugas: 403, petugas_asing: 404, auditor: 403}
    assert fresh(issued).is_published


def test_a_refused_action_says_why_on_the_page(issued, petugas, as_person):
    words = as_person(petugas).get(issued.get_absolute_url()).content.decode()

    assert "Tarik: Laporan ditarik oleh humas atau pimpinan" in words


def test_a_head_office_person_without_the_role_cannot_turn_the_second_key(two_keys, draft, humas, ministry):
    publishing.prepare(draft, by=humas, at=NOW)

    with pytest.raises(Refusal):
        publishing.publish(fresh(draft), by=person(ministry, Role.PRESS), at=LATER)
