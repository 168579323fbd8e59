"""Lists with names and signatures are internal and are not kept for ever; what was done with them is."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.audit import trail
from agencies.models import EventText
from agencies.policy import Refusal
from config.files import take_in
from meetings import retention
from meetings.actions import attach_file
from meetings.models import FileKind, MeetingFile, MinutesNote, MinutesNoteKind, MinutesVersion
from meetings.tasks import sweep_papers
from tests.factories import at
from tests.pictures import tiny_png

PAGE = "/pertemuan/A-2026-001/"
THEN = at("2026-01-28", "15.00")


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attached(meeting, by, kind=FileKind.ATTENDANCE):
    photo = take_in(SimpleUploadedFile("daftar.png", tiny_png(), content_type="image/png"))
    return attach_file(meeting, kind, photo, by=by, at=THEN)


@pytest.fixture
def photo(meeting, petugas):
    return attached(meeting, petugas)


def stored(row):
    return row.file.storage.exists(row.file.name)


def test_a_list_of_names_is_kept_for_twelve_months_and_other_papers_with_their_meeting(photo, meeting, petugas):
    other = attached(meeting, petugas, FileKind.INVITATION)

    assert photo.keep_until == dt.date(2027, 1, 28)
    assert other.keep_until is None


def test_after_its_last_day_the_bytes_go_and_the_row_stays(photo, django_capture_on_commit_callbacks):
    name, storage = photo.file.name, photo.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        assert retention.sweep_files(at=at("2027-01-28", "23.00")) == 0
        assert storage.exists(name)
        assert retention.sweep_files(at=at("2027-01-29", "01.00")) == 1

    photo.refresh_from_db()
    assert not storage.exists(name)
    assert (photo.file.name, photo.removed_by) == ("", None)
    assert photo.sha256
    assert trail(photo.meeting).last().verb == "meeting.file_removed"


def test_a_second_sweep_finds_nothing(photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        retention.sweep_files(at=at("2027-02-01"))

    assert retention.sweep_files(at=at("2027-02-02")) == 0


def test_what_a_stopped_sweep_left_is_deleted_by_the_next(photo):
    retention.sweep_files(at=at("2027-02-01"))  # the transaction of the test never ends: its bytes are still there
    assert stored(photo) is False

    photo.file.save("lagi.png", ContentFile(b"x"), save=True)
    retention.sweep_files(at=at("2027-02-02"))

    photo.refresh_from_db()
    assert photo.file.name == ""


def test_a_list_from_before_the_rule_counts_from_the_day_it_came(photo):
    photo.keep_until = None
    photo.save(update_fields=["keep_until"])

    assert retention.sweep_files(at=at("2027-01-28")) == 0
    assert retention.sweep_files(at=at("2027-01-29")) == 1


def test_the_task_sweeps_files_and_names(photo, time_machine):
    time_machine.move_to(at("2027-03-01"))

    assert sweep_papers() == 1


def test_the_page_says_why_a_list_is_gone(as_person, petugas, photo):
    retention.sweep_files(at=at("2027-02-01"))

    words = as_person(petugas).get(PAGE).content.decode()

    assert "dihapus 1 Feb 2027 sesuai masa simpan 12 bulan" in words
    assert as_person(petugas).get(f"{PAGE}berkas/{photo.pk}/").status_code == 404


def test_the_host_removes_a_file_with_a_reason(as_person, petugas, photo, django_capture_on_commit_callbacks):
    name, storage = photo.file.name, photo.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        response = as_person(petugas).post(f"{PAGE}berkas/{photo.pk}/hapus/", {"reason": "Salah foto."})

    photo.refresh_from_db()
    assert response.status_code == 302
    assert photo.removed_by == petugas
    assert not storage.exists(name)
    assert EventText.objects.get(event=trail(photo.meeting).last()).text == "Salah foto."
    assert f"oleh {petugas.name}" in as_person(petugas).get(PAGE).content.decode()


def test_a_second_click_removes_nothing_more(as_person, petugas, photo):
    for _click in range(2):
        as_person(petugas).post(f"{PAGE}berkas/{photo.pk}/hapus/", {"reason": "Salah foto."})

    assert [event.verb for event in trail(photo.meeting)].count("meeting.file_removed") == 1


def test_without_a_reason_nothing_is_removed(as_person, petugas, photo):
    response = as_person(petugas).post(f"{PAGE}berkas/{photo.pk}/hapus/", {"reason": " "})

    assert response.status_code == 422
    assert MeetingFile.objects.get().removed_at is None


def test_a_file_on_which_something_rests_stays(photo, petugas):
    version = MinutesVersion.objects.create(
        meeting=photo.meeting, n=1, content={}, sha256="0" * 64, at=THEN, by=petugas
    )
    MinutesNote.objects.create(version=version, kind=MinutesNoteKind.SIGNED, document=photo, at=THEN, by=petugas)

    with pytest.raises(Refusal) as refused:
        retention.remove_file(photo, by=petugas, at=THEN, reason="Salah foto.")

    assert refused.value.verdict.status == 409
    assert retention.sweep_files(at=at("2027-02-01")) == 0
    assert stored(photo)


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_host_removes(as_person, request, photo, who, status):
    response = as_person(request.getfixturevalue(who)).post(f"{PAGE}berkas/{photo.pk}/hapus/", {"reason": "Salah."})

    assert response.status_code == status
    assert stored(photo)


@pytest.mark.parametrize(
    ("who", "status"), [("petugas", 200), ("pimpinan", 200), ("petugas_unit", 403), ("auditor", 200)]
)
def test_a_list_of_names_is_read_by_its_keeper_and_the_auditor_only(as_person, request, photo, who, status):
    response = as_person(request.getfixturevalue(who)).get(f"{PAGE}berkas/{photo.pk}/")
    response.close()

    assert response.status_code == status


def test_those_who_were_there_are_told_that_there_is_one(as_person, petugas_unit, photo):
    words = as_person(petugas_unit).get(PAGE).content.decode()

    assert "hanya untuk instansi pencatat" in words
    assert "daftar.png" not in words
