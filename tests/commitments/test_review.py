"""Verification on screen: the queue, one claim with its proofs, returning it, and signed documents."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from commitments import actions
from commitments.actions import Proof, TermsEntry
from commitments.models import Commitment, Evidence, Verification
from commitments.status import Status
from config.files import take_in
from tests.commitments.papers import document, photo
from tests.factories import CommitmentFactory, at, person

AT = at("2026-03-02", "10.00")
QUEUE = reverse("commitments:review")
LETTER = Proof(letter_number="12/ND/2026")


def url(commitment, step="verifikasi"):
    return f"{commitment.get_absolute_url()}{step}/"


def fresh(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def seen_by(browser, commitment):
    return browser.get(url(commitment)).context["form"]["seen"].value()


@pytest.fixture
def claimed(commitment, petugas_unit):
    stored = take_in(SimpleUploadedFile("bursa kerja.jpg", photo(), "image/jpeg"))
    return actions.submit(
        commitment, by=petugas_unit, at=AT, text="Empat kali terlaksana.", evidence=[LETTER, Proof(stored=stored)]
    )


def test_the_queue_shows_the_oldest_claim_first(as_person, pimpinan, petugas_unit, meeting, unit):
    rows = [CommitmentFactory(meeting=meeting, lead=unit) for _ in range(2)]
    for row, day in zip(rows, ("2026-03-05", "2026-03-03"), strict=True):
        actions.submit(row, by=petugas_unit, at=at(day), text="Selesai.", evidence=[LETTER])

    response = as_person(pimpinan).get(QUEUE)

    assert [row for row, _ in response.context["rows"]] == [rows[1], rows[0]]
    assert "menunggu" in response.content.decode()


def test_an_empty_queue_says_so(as_person, pimpinan):
    assert "Tidak ada yang menunggu verifikasi." in as_person(pimpinan).get(QUEUE).content.decode()


def test_the_queue_is_for_supervisors(as_person, petugas, humas, admin, client):
    for user in (petugas, humas, admin):
        assert as_person(user).get(QUEUE).status_code == 403
    assert client.get(QUEUE).status_code == 302


def test_the_queue_costs_the_same_for_one_and_for_twenty(as_person, pimpinan, petugas_unit, meeting, unit):
    browser, costs = as_person(pimpinan), []
    browser.get(QUEUE)
    for more in (1, 19):
        for _ in range(more):
            row = CommitmentFactory(meeting=meeting, lead=unit)
            actions.submit(row, by=petugas_unit, at=AT, text="Selesai.", evidence=[LETTER])
        with CaptureQueriesContext(connection) as queries:
            browser.get(QUEUE)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_verifier_sees_the_claim_and_its_proofs(as_person, pimpinan, claimed):
    page = as_person(pimpinan).get(url(claimed)).content.decode()

    picture = Evidence.objects.get(kind="FILE")
    assert "Empat kali terlaksana." in page
    assert f'<img src="/bukti/{picture.pk}/"' in page
    assert "12/ND/2026" in page


def test_what_was_seen_is_declared_done(as_person, pimpinan, claimed):
    browser = as_person(pimpinan)

    response = browser.post(url(claimed), {"seen": seen_by(browser, claimed)})

    assert response.status_code == 302
    assert fresh(claimed).status == Status.DONE


def test_the_second_click_on_done_is_harmless(as_person, pimpinan, claimed):
    browser = as_person(pimpinan)
    form = browser.get(url(claimed)).context["form"]
    body = {"seen": form["seen"].value(), "token": form["token"].value()}

    answers = [browser.post(url(claimed), body).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Verification.objects.count() == 1


def test_a_change_behind_the_verifiers_back_is_shown_first(as_person, pimpinan, petugas, claimed):
    browser = as_person(pimpinan)
    seen = seen_by(browser, claimed)
    entry = TermsEntry(claimed.wording, claimed.lead, claimed.due_on, 1, "kali")
    actions.change_terms(claimed, entry, by=petugas, at=AT, version=claimed.version, reason="Keliru")

    response = browser.post(url(claimed), {"seen": seen})

    assert response.status_code == 409
    assert "berubah sejak Anda buka" in response.content.decode()
    assert fresh(claimed).status == Status.SUBMITTED
    assert browser.post(url(claimed), {"seen": response.context["form"]["seen"].value()}).status_code == 302


@pytest.mark.parametrize("seen", ["", "0" * 64, "x" * 5000])
def test_deciding_without_looking_is_impossible(as_person, pimpinan, claimed, seen):
    assert as_person(pimpinan).post(url(claimed), {"seen": seen}).status_code in (409, 422)
    assert fresh(claimed).status == Status.SUBMITTED


def test_nobody_opens_their_own_claim_for_decision(as_person, bp3mi, meeting):
    both = person(bp3mi, Role.OFFICER, Role.SUPERVISOR)
    own = CommitmentFactory(meeting=meeting, lead=bp3mi)
    actions.submit(own, by=both, at=AT, text="Selesai.", evidence=[LETTER])

    response = as_person(both).get(url(own))

    assert response.status_code == 403
    assert "orang lain" in response.content.decode()
    assert as_person(both).post(url(own), {"seen": "0" * 64}).status_code == 403
    assert as_person(both).post(url(own, "kembalikan"), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("petugas", 403), ("petugas_unit", 403), ("humas", 403), ("petugas_asing", 403), ("admin", 403)]
)
def test_who_is_no_supervisor_decides_nothing(as_person, claimed, request, who, status):
    browser = as_person(request.getfixturevalue(who))

    for step, body in (("verifikasi", {"seen": "x"}), ("kembalikan", {"reason": "x"})):
        assert browser.post(url(claimed, step), body).status_code == status
    assert fresh(claimed).status == Status.SUBMITTED


def test_a_foreign_supervisor_finds_nothing(as_person, claimed, stranger):
    assert as_person(person(stranger, Role.SUPERVISOR)).post(url(claimed), {"seen": "x"}).status_code == 404


def test_a_return_needs_a_reason_and_carries_it(as_person, pimpinan, claimed):
    browser = as_person(pimpinan)
    assert browser.get(url(claimed, "kembalikan")).status_code == 200

    assert browser.post(url(claimed, "kembalikan"), {}).status_code == 422

    response = browser.post(url(claimed, "kembalikan"), {"ready": ["1"], "reason": "Sebutkan tempatnya."})
    assert response.status_code == 302
    assert Verification.objects.get().reason == "Tanggal pelaksanaan belum jelas.\nSebutkan tempatnya."
    assert fresh(claimed).status == Status.RUNNING


def test_an_earlier_return_is_shown_to_the_next_verifier(as_person, pimpinan, petugas_unit, claimed):
    actions.send_back(claimed, by=pimpinan, at=AT, reason="Foto belum ada.")
    actions.submit(claimed, by=petugas_unit, at=AT, text="Foto dilampirkan.")

    assert "Foto belum ada." in as_person(pimpinan).get(url(claimed)).content.decode()


def test_a_claim_that_was_decided_is_not_opened_again(as_person, pimpinan, claimed):
    actions.send_back(claimed, by=pimpinan, at=AT, reason="Kurang")

    assert as_person(pimpinan).get(url(claimed)).status_code == 409
    assert as_person(pimpinan).post(url(claimed, "kembalikan"), {"reason": "Lagi"}).status_code == 409


def paper(**changes):
    return {
        "letter_number": "7/BA/2026", "letter_on": "2 Maret 2026", "signer_name": "Kepala Balai",
        "signer_post": "Kepala", "file": SimpleUploadedFile("nota.pdf", document()),
    } | changes  # fmt: skip


def test_the_host_records_a_signed_document(as_person, petugas, claimed):
    browser = as_person(petugas)
    assert browser.get(url(claimed, "verifikasi-dokumen")).status_code == 200

    assert browser.post(url(claimed, "verifikasi-dokumen"), paper()).status_code == 302

    verification = Verification.objects.get()
    assert (verification.decided_by, verification.document.letter_on) == (None, dt.date(2026, 3, 2))
    assert fresh(claimed).status == Status.DONE


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": ""}, "Pilih satu berkas."),
        ({"letter_on": "2 Maret 2090"}, "belum terjadi"),
        ({"letter_on": "31/2/2026"}, "tidak ada di kalender"),
        ({"signer_name": ""}, "belum diisi"),
        ({"file": SimpleUploadedFile("nota.pdf", b"<html>")}, "Berkas harus JPG"),
    ],
)
def test_a_document_must_be_whole(as_person, petugas, claimed, changes, words):
    response = as_person(petugas).post(url(claimed, "verifikasi-dokumen"), paper(**changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "7/BA/2026" in response.content.decode()


def test_who_claimed_does_not_sign(as_person, petugas, petugas_unit, claimed):
    response = as_person(petugas).post(url(claimed, "verifikasi-dokumen"), paper(signer_name=petugas_unit.name))

    assert response.status_code == 422
    assert "bukan yang melaporkan selesai" in response.content.decode()


def test_only_the_keeper_records_documents(as_person, petugas_unit, humas, claimed):
    for user in (petugas_unit, humas):
        assert as_person(user).post(url(claimed, "verifikasi-dokumen"), paper()).status_code == 403
