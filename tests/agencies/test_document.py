"""The signed document: kept by its agency's supervisor, read by every party, never served inline."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.audit import trail
from agencies.models import Role
from tests.factories import person
from tests.pictures import tiny_png


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def door(agreement):
    return reverse("agencies:document_add", args=[agreement.code])


def paper(content=None, name="naskah.png"):
    return SimpleUploadedFile(name, content or tiny_png(), content_type="image/png")


def test_the_document_is_kept_and_its_digest_is_in_the_trail(as_person, pimpinan, agreement, door):
    response = as_person(pimpinan).post(door, {"file": paper()})

    assert response.status_code == 302
    agreement.refresh_from_db()
    assert agreement.file
    assert agreement.version == 2
    assert len(trail(agreement).get(verb="agreement.document_attached").after["sha256"]) == 64


def test_every_party_reads_it_as_an_attachment_and_strangers_do_not(
    as_person, pimpinan, city, petugas_asing, agreement, door
):
    as_person(pimpinan).post(door, {"file": paper()})
    address = reverse("agencies:document", args=[agreement.code])

    answer = as_person(person(city, Role.OFFICER)).get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert as_person(petugas_asing).get(address).status_code == 404
    answer.close()


def test_without_a_document_there_is_nothing_to_download(as_person, pimpinan, agreement):
    assert as_person(pimpinan).get(reverse("agencies:document", args=[agreement.code])).status_code == 404


def test_a_page_renamed_to_pdf_is_refused(as_person, pimpinan, agreement, door):
    response = as_person(pimpinan).post(door, {"file": paper(b"<html><script>", "naskah.pdf")})

    assert response.status_code == 422
    assert "Berkas harus JPG, PNG, HEIC, atau PDF." in response.content.decode()
    agreement.refresh_from_db()
    assert not agreement.file


def test_an_officer_does_not_replace_it(as_person, petugas, door):
    assert as_person(petugas).post(door, {"file": paper()}).status_code == 403
