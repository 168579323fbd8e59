"""Proofs leave the store by policy only, and always as attachments."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Role
from commitments import actions
from commitments.actions import Proof
from commitments.models import Evidence, Sensitivity
from config.files import take_in
from tests.commitments.papers import document, photo
from tests.factories import at, person

AT = at("2026-03-02", "10.00")


def keep(commitment, by, *, sensitivity=Sensitivity.INTERNAL, content=None, name="bukti.pdf"):
    stored = take_in(SimpleUploadedFile(name, content or document()))
    proof = Proof(stored=stored, sensitivity=sensitivity)
    actions.report_progress(commitment, by=by, at=AT, text="x", evidence=[proof])
    return Evidence.objects.latest("pk")


def answer(browser, proof):
    response = browser.get(f"/bukti/{proof.pk}/")
    b"".join(response)  # reading to the end closes the file
    return response.status_code


MATRIX = [
    ("petugas", 200, 200),
    ("pimpinan", 200, 200),
    ("petugas_unit", 200, 200),
    ("pimpinan_unit", 200, 200),
    ("auditor", 200, 200),
    ("humas", 403, 200),
    ("admin", 404, 404),
    ("petugas_lain", 404, 404),
    ("petugas_asing", 404, 404),
]


@pytest.mark.parametrize(("who", "internal", "general"), MATRIX)
def test_who_opens_which_proof(as_person, commitment, petugas_unit, request, who, internal, general):
    user = request.getfixturevalue(who)
    inner = keep(commitment, petugas_unit)
    outer = keep(commitment, petugas_unit, sensitivity=Sensitivity.GENERAL)

    assert (answer(as_person(user), inner), answer(as_person(user), outer)) == (internal, general)


def test_a_supporter_opens_what_is_general(as_person, commitment, other_unit, petugas_unit, petugas_lain):
    commitment.contributions.create(agency=other_unit)
    inner = keep(commitment, petugas_unit)
    outer = keep(commitment, petugas_unit, sensitivity=Sensitivity.GENERAL)

    assert (answer(as_person(petugas_lain), inner), answer(as_person(petugas_lain), outer)) == (403, 200)


def test_the_signed_out_get_nothing(client, commitment, petugas_unit):
    proof = keep(commitment, petugas_unit, sensitivity=Sensitivity.GENERAL)

    assert client.get(f"/bukti/{proof.pk}/").status_code == 302
    assert client.get(f"/{proof.file.name}").status_code == 404
    assert client.get(f"/media/{proof.file.name}").status_code == 404


@pytest.mark.parametrize("content", [document(), photo()])
def test_a_proof_is_an_attachment_nobody_runs(as_person, commitment, petugas_unit, content):
    proof = keep(commitment, petugas_unit, content=content, name="a.html")

    response = as_person(petugas_unit).get(f"/bukti/{proof.pk}/")

    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] in ("application/pdf", "image/jpeg")
    assert b"".join(response).startswith((b"%PDF-", b"\xff\xd8"))


def test_what_was_sent_and_what_is_kept_have_their_digests(as_person, commitment, petugas_unit):
    proof = keep(commitment, petugas_unit, content=photo(), name="foto.jpg")

    response = as_person(petugas_unit).get(f"/bukti/{proof.pk}/")

    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == proof.sha256
    assert hashlib.sha256(photo()).hexdigest() == proof.sha256_received


def test_a_link_is_no_file(as_person, commitment, petugas_unit):
    proof = Proof(link="https://simpul.example/")
    actions.report_progress(commitment, by=petugas_unit, at=AT, text="x", evidence=[proof])

    assert answer(as_person(petugas_unit), Evidence.objects.get()) == 404


def test_a_lost_file_is_a_missing_page(as_person, commitment, petugas_unit):
    proof = keep(commitment, petugas_unit)
    proof.file.storage.delete(proof.file.name)

    assert answer(as_person(petugas_unit), proof) == 404


def test_rights_that_ended_open_nothing(as_person, commitment, unit, petugas_unit):
    proof = keep(commitment, petugas_unit)
    leaver = person(unit, Role.OFFICER)
    browser = as_person(leaver)
    assert answer(browser, proof) == 200

    leaver.tenures.update(ends_on="2021-01-01")

    assert answer(browser, proof) == 302
