"""The list of those present: several people for one agency, none of whom needs an account."""

import pytest

from agencies.audit import trail
from agencies.models import EventText
from meetings.models import Attendance, Meeting
from tests.factories import AgencyFactory, MeetingFactory

LIST = "/pertemuan/A-2026-001/hadir/"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b22"


def typed(**more):
    return {"agency": "Sudin Naker", "name": "Peserta Satu", "post_text": "Kepala Seksi", **more}


def people_of(agency):
    return list(Attendance.objects.filter(agency=agency).values_list("name", "post_text"))


def test_the_first_person_fills_the_empty_line_of_the_agency(as_person, petugas, meeting, unit):
    response = as_person(petugas).post(LIST, typed())

    assert response.status_code == 302
    assert people_of(unit) == [("Peserta Satu", "Kepala Seksi")]


def test_an_agency_may_bring_several_people(as_person, petugas, meeting, unit):
    as_person(petugas).post(LIST, typed())
    as_person(petugas).post(LIST, typed(name="Peserta Dua", post_text=""))

    assert people_of(unit) == [("Peserta Satu", "Kepala Seksi"), ("Peserta Dua", "")]


def test_the_same_person_twice_is_one_line_and_one_event(as_person, petugas, meeting, unit):
    as_person(petugas).post(LIST, typed())
    as_person(petugas).post(LIST, typed())

    assert people_of(unit) == [("Peserta Satu", "Kepala Seksi")]
    assert [event.verb for event in trail(meeting)].count("meeting.person_added") == 1


def test_a_second_click_saves_once_and_leads_to_the_same_page(as_person, petugas, meeting):
    first = as_person(petugas).post(LIST, typed(token=TOKEN))
    second = as_person(petugas).post(LIST, typed(token=TOKEN))

    assert first["Location"] == second["Location"]
    assert Attendance.objects.filter(name="Peserta Satu").count() == 1


def test_names_stand_in_the_erasable_part_of_the_trail_only(as_person, petugas, meeting):
    as_person(petugas).post(LIST, typed())

    event = trail(meeting).last()
    assert event.after == {"agency": "naker"}
    assert EventText.objects.get(event=event).text == "Peserta Satu, Kepala Seksi"


def test_an_agency_nobody_knows_is_named_with_the_nearest_and_nothing_typed_is_lost(as_person, petugas, meeting):
    response = as_person(petugas).post(LIST, typed(agency="Sudin Nakr"))

    words = response.content.decode()
    assert response.status_code == 422
    assert "Sudin Naker" in str(response.context["form"].errors["agency"])
    assert "Peserta Satu" in words
    assert "Kepala Seksi" in words


def test_marks_that_turn_the_reading_direction_are_dropped(as_person, petugas, meeting, unit):
    as_person(petugas).post(LIST, typed(name="Peserta\u202e \u200bSatu\n\tBaru", post_text="\x00"))

    assert people_of(unit) == [("Peserta Satu Baru", "")]


def test_a_line_is_corrected(as_person, petugas, meeting, unit, other_unit):
    row = Attendance.objects.get(agency=unit)

    as_person(petugas).post(f"{LIST}{row.pk}/", typed(agency="@sosial", name="Peserta Tiga"))

    row.refresh_from_db()
    assert (row.agency, row.name) == (other_unit, "Peserta Tiga")
    assert trail(meeting).last().before == {"agency": "naker"}


def test_an_agency_that_no_longer_exists_may_stay_in_its_line(as_person, petugas, meeting, unit):
    unit.is_active = False
    unit.save()
    row = Attendance.objects.get(agency=unit)

    response = as_person(petugas).post(f"{LIST}{row.pk}/", typed(agency="Suku Dinas Tenaga Kerja"))

    assert response.status_code == 302
    assert people_of(unit) == [("Peserta Satu", "Kepala Seksi")]


def test_striking_the_last_line_ends_the_presence_and_the_reading(
    as_person, petugas, petugas_lain, meeting, other_unit
):
    row = Attendance.objects.get(agency=other_unit)

    as_person(petugas).post(f"{LIST}{row.pk}/coret/")
    again = as_person(petugas).post(f"{LIST}{row.pk}/coret/")

    assert again.status_code == 302
    assert not Meeting.objects.visible_to(petugas_lain).exists()
    assert [event.verb for event in trail(meeting)].count("meeting.person_struck") == 1


def test_who_edits_the_facts_meanwhile_is_told(as_person, petugas, meeting):
    as_person(petugas).post(LIST, typed())

    meeting.refresh_from_db()
    assert meeting.version == 2


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_keeper_writes_the_list(as_person, request, meeting, unit, who, status):
    row = Attendance.objects.get(agency=unit)
    browser = as_person(request.getfixturevalue(who))

    answers = {browser.post(address, typed()).status_code for address in (LIST, f"{LIST}{row.pk}/coret/")}

    assert answers == {status}
    assert people_of(unit) == [("", "")]


def test_a_line_of_another_meeting_is_not_found_under_this_one(as_person, petugas, meeting, bp3mi, unit):
    other = MeetingFactory(host_agency=bp3mi, present=[unit])
    row = other.attendance.get()

    assert as_person(petugas).get(f"{LIST}{row.pk}/").status_code == 404
    as_person(petugas).post(f"{LIST}{row.pk}/coret/")
    assert Attendance.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("people", [1, 20])
def test_the_page_costs_the_same_for_one_and_for_twenty(
    as_person, petugas, meeting, django_assert_max_num_queries, people
):
    for n in range(people):
        Attendance.objects.create(meeting=meeting, agency=AgencyFactory(), name=f"Peserta {n}")
    browser = as_person(petugas)

    with django_assert_max_num_queries(16):
        assert browser.get(LIST).status_code == 200


def test_the_meeting_page_groups_people_under_their_agency(as_person, petugas, meeting, unit):
    as_person(petugas).post(LIST, typed())
    as_person(petugas).post(LIST, typed(name="Peserta Dua"))

    words = as_person(petugas).get("/pertemuan/A-2026-001/").content.decode()

    assert "3 instansi hadir" in words
    assert "Peserta Satu, Kepala Seksi" in words
    assert "Peserta Dua, Kepala Seksi" in words


def test_a_list_without_people_says_so_and_numbers_nothing(as_person, petugas, meeting):
    Attendance.objects.filter(meeting=meeting).delete()
    page = as_person(petugas).get(LIST).content.decode()

    assert "Belum dicatat siapa yang hadir." in page
    assert "numbered" not in page
    assert "dicoret" not in page
