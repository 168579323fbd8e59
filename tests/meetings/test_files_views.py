"""The papers of a meeting: who adds them, who gets them, and what is refused."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.audit import trail
from meetings.models import FileKind, MeetingFile
from tests.factories import MeetingFactory

ADD = "/pertemuan/A-2026-001/berkas/"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b11"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pdf(name="undangan.pdf"):
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def typed(**more):
    return {"kind": FileKind.INVITATION, "letter_number": "B-12/2026", "letter_on": "20 Januari 2026", **more}


@pytest.fixture
def stored(as_person, petugas, meeting):
    as_person(petugas).post(ADD, typed(file=pdf()))
    return MeetingFile.objects.get()


def test_a_file_is_added_with_its_letter_and_its_trace(as_person, petugas, meeting):
    response = as_person(petugas).post(ADD, typed(file=pdf()))

    row = MeetingFile.objects.get()
    assert response.status_code == 302
    assert (row.kind, row.letter_number, str(row.letter_on)) == ("INVITATION", "B-12/2026", "2026-01-20")
    assert trail(meeting).last().verb == "meeting.file_added"


def test_the_second_click_adds_nothing(as_person, petugas, meeting):
    content = pdf()
    first = as_person(petugas).post(ADD, typed(file=content, token=TOKEN))
    content.seek(0)

    second = as_person(petugas).post(ADD, typed(file=content, token=TOKEN))

    assert MeetingFile.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_the_keeper_and_those_present_download_it_as_an_attachment(as_person, petugas, petugas_unit, stored):
    for who in (petugas, petugas_unit):
        response = as_person(who).get(f"{ADD}{stored.pk}/")

        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize(("who", "status"), [("humas", 403), ("admin", 403), ("petugas_asing", 404), ("auditor", 200)])
def test_others_are_told_no_or_nothing(as_person, request, stored, who, status):
    response = as_person(request.getfixturevalue(who)).get(f"{ADD}{stored.pk}/")
    response.close()

    assert response.status_code == status


def test_a_file_of_another_meeting_is_not_found_under_this_one(as_person, petugas, bp3mi, stored):
    MeetingFactory(code="A-2026-002", host_agency=bp3mi)

    assert as_person(petugas).get(f"/pertemuan/A-2026-002/berkas/{stored.pk}/").status_code == 404
    assert as_person(petugas).get(f"{ADD}999999999999999999/").status_code == 404


def test_press_does_not_see_the_papers_on_the_page(as_person, humas, stored):
    text = as_person(humas).get("/pertemuan/A-2026-001/").content.decode()

    assert stored.name not in text


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_keeper_adds_papers(as_person, request, meeting, who, status):
    response = as_person(request.getfixturevalue(who)).post(ADD, typed(file=pdf()))

    assert response.status_code == status
    assert not MeetingFile.objects.exists()


def test_a_page_renamed_to_pdf_is_refused_and_the_typed_text_stays(as_person, petugas, meeting):
    page = SimpleUploadedFile("undangan.pdf", b"<html><script>1</script></html>", content_type="application/pdf")

    response = as_person(petugas).post(ADD, typed(file=page))

    assert response.status_code == 422
    assert "Berkas harus JPG, PNG, HEIC, atau PDF." in response.content.decode()
    assert "B-12/2026" in response.content.decode()


def test_25_megabytes_are_too_large_and_the_typed_text_stays(as_person, petugas, meeting):
    large = SimpleUploadedFile("besar.pdf", b"%PDF-" + b"0" * (25 * 2**20), content_type="application/pdf")

    response = as_person(petugas).post(ADD, typed(file=large))

    assert response.status_code == 413
    assert "terlalu besar. Batas 10 MB per berkas." in response.content.decode()
    assert "B-12/2026" in response.content.decode()
    assert not MeetingFile.objects.exists()


def test_an_empty_form_says_what_is_missing(as_person, petugas, meeting):
    response = as_person(petugas).post(ADD, {})

    assert response.status_code == 422
    assert "belum diisi" in response.content.decode()


def test_an_impossible_date_stands_beside_its_field(as_person, petugas, meeting):
    response = as_person(petugas).post(ADD, typed(letter_on="31 Februari 2026", file=pdf()))

    assert response.status_code == 422
    assert "tidak ada di kalender" in str(response.context["form"].errors["letter_on"])
