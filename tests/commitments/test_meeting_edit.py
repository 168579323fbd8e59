"""Correcting a meeting that was saved before: same fields as the log page, and nothing typed is lost."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Attendance, Meeting
from tests.factories import AgreementFactory, ClauseFactory

URL = "/pertemuan/A-2026-001/ubah/"


def typed(**more):
    return {
        "version": "1", "counterpart": "kota", "held_on": "Rabu, 28 Januari 2026", "kind": "AUDIENCE",
        "place": "Balai Kota", "present": ["kota", "naker", "sosial"], "minutes": "Perkenalan.", **more,
    }  # fmt: skip


def test_the_page_shows_what_is_stored(as_person, petugas, meeting):
    text = as_person(petugas).get(URL).content.decode()

    assert 'value="Rabu, 28 Januari 2026"' in text
    assert 'value="Kota Uji"' in text
    assert 'value="naker" checked' in text


def test_facts_change_and_the_version_grows(as_person, petugas, meeting, city):
    response = as_person(petugas).post(URL, typed(agreement=meeting.agreement_id, led_by="Kepala BP3MI"))

    meeting.refresh_from_db()
    assert response["Location"] == "/pertemuan/A-2026-001/"
    assert (meeting.place, meeting.led_by, meeting.counterpart, meeting.version) == (
        "Balai Kota",
        "Kepala BP3MI",
        city,
        2,
    )


def test_a_new_date_moves_the_lines_along(as_person, petugas, meeting, commitment):
    as_person(petugas).post(URL, typed(held_on="29 Januari 2026", agreement=meeting.agreement_id))

    commitment.refresh_from_db()
    assert commitment.origin_on == dt.date(2026, 1, 29)


def test_another_agreement_lets_scope_items_of_the_old_one_go(as_person, petugas, bp3mi, meeting, commitment, clause):
    commitment.clauses.set([clause])
    other = AgreementFactory(host_agency=bp3mi)
    ClauseFactory(agreement=other)

    as_person(petugas).post(URL, typed(agreement=other.pk))

    commitment.refresh_from_db()
    assert commitment.agreement == other
    assert not commitment.clauses.exists()


def test_names_are_kept_and_a_second_person_of_an_agency_is_not_lost(as_person, petugas, meeting, unit):
    Attendance.objects.filter(agency=unit).update(name="Budi", post_text="Kasudin")
    Attendance.objects.create(meeting=meeting, agency=unit, name="Sari")

    as_person(petugas).post(URL, typed(**{"nama-naker": "Budi", "jabatan-naker": "Kepala Suku Dinas"}))

    rows = set(Attendance.objects.filter(meeting=meeting, agency=unit).values_list("name", "post_text"))
    assert rows == {("Budi", "Kepala Suku Dinas"), ("Sari", "")}


def test_an_agency_no_longer_ticked_was_not_there(as_person, petugas, meeting, other_unit):
    as_person(petugas).post(URL, typed(present=["kota", "naker"]))

    assert not meeting.attendance.filter(agency=other_unit).exists()


def test_who_was_faster_is_shown_beside_what_was_typed(as_person, petugas, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(place="Ruang Anggrek", version=2)
    client = as_person(petugas)

    response = client.post(URL, typed(agreement=meeting.agreement_id, minutes="Isian saya"))

    text = response.content.decode()
    meeting.refresh_from_db()
    assert response.status_code == 409
    assert "Ruang Anggrek" in text
    assert "Balai Kota" in text
    assert "Isian saya" in text
    assert 'name="version" value="2"' in text
    assert meeting.place == "Ruang Anggrek"


def opened(client, **more):
    """What the page sends after ``more`` was typed: it knows with which values it was opened."""
    form = client.get(URL).context["form"]
    people = {
        f"{field}-{agency.code}": value
        for agency, name, post in form.presence_rows
        for field, value in (("nama", name), ("jabatan", post))
    }
    return typed(base=form["base"].value(), **people, **more)


def test_changes_that_do_not_overlap_are_joined_with_one_click(as_person, petugas, meeting, agreement, other_unit):
    client = as_person(petugas)
    agreed = {"agreement": agreement.pk, "counterpart": "kota"}
    mine = opened(client, minutes="Notula saya", place=meeting.place, **agreed)
    theirs = typed(place="Ruang Anggrek", minutes=meeting.minutes, present=["kota", "naker"], **agreed)
    as_person(petugas).post(URL, theirs | {"nama-naker": "Kepala Suku Dinas"})

    response = client.post(URL, mine, follow=True)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.minutes, meeting.version) == ("Ruang Anggrek", "Notula saya", 3)
    assert not meeting.attendance.filter(agency=other_unit).exists()
    assert meeting.attendance.get(agency__code="naker").name == "Kepala Suku Dinas"
    assert "Yang hanya diubah orang lain ikut dipakai: Tempat, Instansi hadir." in response.content.decode()


@pytest.mark.parametrize(("choice", "was_there"), [("saya", True), ("tersimpan", False)])
def test_what_both_changed_is_asked_also_for_who_was_there(as_person, petugas, meeting, other_unit, choice, was_there):
    client = as_person(petugas)
    mine = opened(client, place="Balai Kota", present=["kota", "sosial"], agreement=meeting.agreement_id)
    as_person(petugas).post(URL, typed(place="", present=["kota", "naker"], agreement=meeting.agreement_id))

    asked = client.post(URL, mine)
    form = asked.context["form"]
    again = mine | {name: form[name].value() for name in ("version", "base", "clashing")}
    decided = client.post(URL, again | {"pilih-present": choice})

    assert asked.status_code == 409
    assert [clash.name for clash in form.clashes] == ["present"]
    assert decided.status_code == 302
    assert meeting.attendance.filter(agency=other_unit).exists() is was_there


def test_after_comparing_the_same_form_is_saved(as_person, petugas, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(place="Ruang Anggrek", version=2)

    as_person(petugas).post(URL, typed(version="2"))

    meeting.refresh_from_db()
    assert meeting.place == "Balai Kota"


def test_the_second_click_finds_it_saved(as_person, petugas, meeting):
    client = as_person(petugas)

    first, second = (client.post(URL, typed(agreement=meeting.agreement_id)) for _click in range(2))

    meeting.refresh_from_db()
    assert (first.status_code, second.status_code, meeting.version) == (302, 302, 2)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("held_on", "31 Februari 2026", "tidak ada di kalender"),
        ("held_on", "Selasa, 28 Januari 2026", "jatuh pada hari Rabu, bukan Selasa"),
        ("counterpart", "@nakr", "@naker"),
        ("others_present", "tidak-ada", "tidak dikenal"),
        ("present", ["hantu"], "hantu"),
        ("place", "x" * 300, "200"),
    ],
)
def test_bad_input_stands_beside_its_field_and_is_kept(as_person, petugas, meeting, field, value, sentence):
    response = as_person(petugas).post(URL, typed(**{field: value}))

    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert "Perkenalan." in text
    assert Meeting.objects.get().version == 1


def test_an_agreement_of_strangers_is_no_choice(as_person, petugas, meeting, stranger):
    foreign = AgreementFactory(host_agency=stranger)

    response = as_person(petugas).post(URL, typed(agreement=foreign.pk))

    assert response.status_code == 422
    assert "agreement" in response.context["form"].errors


@pytest.mark.parametrize(
    ("who", "status"), [("petugas_unit", 403), ("humas", 403), ("admin", 403), ("petugas_asing", 404)]
)
def test_only_the_keeper_corrects(as_person, request, meeting, who, status):
    response = as_person(request.getfixturevalue(who)).post(URL, typed())

    meeting.refresh_from_db()
    assert response.status_code == status
    assert meeting.version == 1


def test_fields_nobody_asked_for_change_nothing(as_person, petugas, meeting, stranger):
    as_person(petugas).post(URL, typed(host_agency=stranger.pk, shared_at="", code="A-2026-777", is_example="on"))

    meeting.refresh_from_db()
    assert (meeting.code, meeting.host_agency.code, meeting.is_shared, meeting.is_example) == (
        "A-2026-001", "bp3mi", True, False,
    )  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["version", "counterpart", "held_on", "kind", "agreement", "present", "others_present", "minutes"]
        ),
        st.text(max_size=60) | st.sampled_from(["1", "kota", "28 Januari 2026", "AUDIENCE", "@naker, sosial"]),
    )
)
def test_whatever_is_sent_is_answered(as_person, petugas, meeting, fields):
    response = as_person(petugas).post(URL, fields)

    assert response.status_code in (302, 409, 422)
