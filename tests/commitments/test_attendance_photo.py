"""Photos of the signed list: one to three, clean of places and devices, kept for a year."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from meetings.models import FileKind, MeetingFile
from tests.pictures import tiny_png

PAGE = "/pertemuan/A-2026-001/foto-daftar-hadir/"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b33"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(n=1):
    return SimpleUploadedFile(f"foto-{n}.png", tiny_png(), content_type="image/png")


def placed_photo():
    """A JPEG that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera Uji"
    exif[0x8825] = {1: "S", 2: (6.0, 10.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("lapangan.jpg", out.getvalue(), content_type="image/jpeg")


def test_three_photos_are_kept_as_the_list_of_those_present(as_person, petugas, meeting):
    response = as_person(petugas).post(PAGE, {"photos": [photo(1), photo(2), photo(3)]})

    rows = MeetingFile.objects.all()
    assert response.status_code == 302
    assert [row.kind for row in rows] == [FileKind.ATTENDANCE] * 3
    assert all(row.keep_until for row in rows)


def test_place_and_device_are_dropped(as_person, petugas, meeting):
    as_person(petugas).post(PAGE, {"photos": [placed_photo()]})

    with MeetingFile.objects.get().file.open("rb") as file:
        kept = file.read()
    assert b"Kamera Uji" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_phone_opens_its_camera(as_person, petugas, meeting):
    words = as_person(petugas).get(PAGE).content.decode()

    assert 'accept="image/*"' in words
    assert 'capture="environment"' in words
    assert " multiple" in words


@pytest.mark.parametrize("sent", [[], [photo(n) for n in range(4)]])
def test_none_and_four_are_refused(as_person, petugas, meeting, sent):
    response = as_person(petugas).post(PAGE, {"photos": sent})

    assert response.status_code == 422
    assert not MeetingFile.objects.exists()


def test_one_broken_photo_keeps_the_others_out(as_person, petugas, meeting):
    broken = SimpleUploadedFile("rusak.png", b"\x89PNG\r\n\x1a\nxx", content_type="image/png")

    response = as_person(petugas).post(PAGE, {"photos": [photo(), broken]})

    assert response.status_code == 422
    assert "rusak.png" in response.content.decode()
    assert not MeetingFile.objects.exists()


def test_a_second_click_keeps_them_once(as_person, petugas, meeting):
    for _click in range(2):
        as_person(petugas).post(PAGE, {"photos": [photo()], "token": TOKEN})

    assert MeetingFile.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_keeper_adds_photos(as_person, request, meeting, who, status):
    response = as_person(request.getfixturevalue(who)).post(PAGE, {"photos": [photo()]})

    assert response.status_code == status
    assert not MeetingFile.objects.exists()
