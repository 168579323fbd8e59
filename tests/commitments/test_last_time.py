"""Who was there last time: agencies in one click, people offered and never assumed."""

import datetime as dt

import pytest

from meetings.models import Attendance, Meeting, MeetingStatus
from tests.factories import AgencyFactory, MeetingFactory

LOG = "/pertemuan/catat/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def last(bp3mi, city, unit, other_unit):
    held = MeetingFactory(host_agency=bp3mi, counterpart=city, present=[city, unit, other_unit])
    row = Attendance.objects.get(meeting=held, agency=unit)
    row.name, row.post_text = "Peserta Satu", "Kepala Seksi"
    row.save()
    return held


def typed(**more):
    return {
        "host": "bp3mi", "counterpart": "kota", "held_on": "2 Maret 2026", "kind": "AUDIENCE",
        "lines": "Menyusun jadwal @naker /30jun", **more,
    }  # fmt: skip


def test_the_button_names_the_day_of_the_last_meeting(as_person, petugas, last):
    assert "Pilih dari pertemuan terakhir (28 Jan 2026)" in as_person(petugas).get(LOG).content.decode()


def test_without_any_meeting_there_is_no_button(as_person, petugas):
    assert "Pilih dari pertemuan terakhir" not in as_person(petugas).get(LOG).content.decode()


def test_one_click_ticks_last_times_agencies_and_loses_nothing(as_person, petugas, last):
    page = as_person(petugas).post(LOG, typed(aksi="hadir-terakhir", minutes="Catatan saya"))

    words = page.content.decode()
    assert page.status_code == 200
    assert 'value="naker" checked' in words
    assert 'value="sosial" checked' in words
    assert "Menyusun jadwal @naker /30jun" in words
    assert "Catatan saya" in words
    assert Meeting.objects.count() == 1


def test_with_scripts_only_the_part_comes(as_person, petugas, last):
    part = as_person(petugas).post(LOG, typed(aksi="hadir-terakhir"), headers=HTMX).content.decode()

    assert 'value="naker" checked' in part
    assert 'data-hx-swap-oob="true"' in part
    assert "<html" not in part


def test_it_is_the_last_one_with_the_partner_that_is_typed(as_person, petugas, last, bp3mi):
    other = AgencyFactory(code="lain")
    MeetingFactory(host_agency=bp3mi, counterpart=other, present=[other], held_on=dt.date(2026, 2, 20))

    words = as_person(petugas).post(LOG, typed(aksi="periksa")).content.decode()

    assert "(28 Jan 2026)" in words


@pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.CANCELLED])
def test_a_meeting_that_was_not_held_is_no_last_time(as_person, petugas, last, status):
    last.status = status
    last.save()

    assert "Pilih dari pertemuan terakhir" not in as_person(petugas).get(LOG).content.decode()


def test_a_meeting_of_others_is_no_last_time(as_person, petugas, stranger, city):
    MeetingFactory(host_agency=stranger, counterpart=city, present=[city])

    assert "Pilih dari pertemuan terakhir" not in as_person(petugas).get(LOG).content.decode()


def test_people_are_offered_for_the_agencies_that_are_present(as_person, petugas, last):
    page = as_person(petugas).post(LOG, typed(aksi="hadir-terakhir")).content.decode()

    assert "Sudin Naker: Peserta Satu, Kepala Seksi" in page


def test_nobody_is_assumed(as_person, petugas, last):
    as_person(petugas).post(LOG, typed(aksi="draf", present=["naker"]))

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert made.attendance.get(agency__code="naker").name == ""


def test_a_ticked_person_is_there_and_speaks_for_the_agency(as_person, petugas, last, unit):
    row = Attendance.objects.get(meeting=last, agency=unit)

    as_person(petugas).post(LOG, typed(aksi="draf", present=["naker"], **{f"orang-{row.pk}": "ya"}))

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert list(made.attendance.filter(agency=unit).values_list("name", "post_text")) == [
        ("Peserta Satu", "Kepala Seksi")
    ]


def test_two_people_of_one_agency_come_both(as_person, petugas, last, unit):
    Attendance.objects.create(meeting=last, agency=unit, name="Peserta Dua")
    rows = Attendance.objects.filter(meeting=last, agency=unit)

    as_person(petugas).post(LOG, typed(aksi="draf", present=["naker"], **{f"orang-{row.pk}": "ya" for row in rows}))

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert sorted(made.attendance.filter(agency=unit).values_list("name", flat=True)) == ["Peserta Dua", "Peserta Satu"]


def test_the_name_typed_goes_before_the_one_ticked(as_person, petugas, last, unit):
    row = Attendance.objects.get(meeting=last, agency=unit)
    more = {f"orang-{row.pk}": "ya", "nama-naker": "Peserta Baru"}

    as_person(petugas).post(LOG, typed(aksi="draf", present=["naker"], **more))

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert [row.name for row in made.attendance.filter(agency=unit)] == ["Peserta Baru", "Peserta Satu"]


def test_whoever_speaks_for_the_partner_is_in_the_list_too(as_person, petugas, last, city):
    as_person(petugas).post(LOG, typed(aksi="draf", **{"nama-kota": "Peserta Kota"}))

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert made.attendance.get(agency=city).name == "Peserta Kota"
