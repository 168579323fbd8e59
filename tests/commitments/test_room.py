"""Mode rapat: one field during the meeting, a sentence with ticks at its end."""

import datetime as dt

import pytest

from commitments.models import Commitment, DueBasis, Strength
from meetings.lines import tick_name
from meetings.models import AgendaItem, Attendance, Meeting, MeetingStatus
from tests.factories import CommitmentFactory, MeetingFactory

ROOM = "/pertemuan/A-2026-001/rapat/"
READ = f"{ROOM}?langkah=sepakati"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b44"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def named(meeting, unit):
    row = Attendance.objects.get(meeting=meeting, agency=unit)
    row.name, row.post_text = "Peserta Satu", "Kepala Seksi"
    row.save()


@pytest.fixture
def proposed(meeting, unit):
    return CommitmentFactory(
        code="K-2026-005",
        meeting=meeting,
        wording="Optimalisasi job fair",
        lead=unit,
        due_on=dt.date(2026, 6, 30),
        position=1,
    )


def agreed(*pairs, **more):
    return {"aksi": "sepakati", **{tick_name(line, agency): "ya" for line, agency in pairs}, **more}


def test_the_wall_shows_agenda_lines_and_what_is_missing(as_person, petugas, meeting, proposed):
    AgendaItem.objects.create(meeting=meeting, title="Pembukaan")
    CommitmentFactory(meeting=meeting, wording="Penjajakan Kelurahan Migran Emas")

    words = as_person(petugas).get(ROOM).content.decode()

    for shown in ("Pembukaan", "Optimalisasi job fair", "Selasa, 30 Juni 2026", "penanggung jawab belum ditetapkan"):
        assert shown in words


def test_a_line_is_added_with_one_field_and_stays_a_draft(as_person, petugas, meeting, unit):
    response = as_person(petugas).post(ROOM, {"aksi": "draf", "lines": "Menyusun jadwal @naker /30jun"})

    line = Commitment.objects.get(wording="Menyusun jadwal")
    assert response["Location"] == f"{ROOM}#id_lines"
    assert (line.status, line.lead, line.due_basis) == ("DRAFT", unit, DueBasis.PROPOSED)


def test_the_reading_beside_the_box_comes_as_a_part(as_person, petugas, meeting):
    answer = as_person(petugas).post(ROOM, {"aksi": "periksa", "lines": "Menyusun jadwal @naker"}, headers=HTMX)

    assert "Menyusun jadwal" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not Commitment.objects.exists()


def test_without_scripts_the_reading_is_the_page(as_person, petugas, meeting):
    answer = as_person(petugas).post(ROOM, {"aksi": "periksa", "lines": "Menyusun jadwal @naker"})

    assert "Terbaca 1 komitmen" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_an_empty_box_is_refused_and_says_why(as_person, petugas, meeting):
    response = as_person(petugas).post(ROOM, {"aksi": "draf", "lines": "  "})

    assert response.status_code == 422
    assert "Tulis paling sedikit satu komitmen." in response.content.decode()


def test_each_line_is_read_back_with_a_tick_for_everybody_in_the_room(as_person, petugas, named, proposed):
    words = as_person(petugas).get(READ).content.decode()

    assert "Sudin Naker akan melaksanakan optimalisasi job fair paling lambat Selasa, 30 Juni 2026." in words
    assert "Sudin Naker (penanggung jawab)" in words
    assert "Peserta Satu, Kepala Seksi" in words
    assert words.count("data-room-key=") == 3
    assert "0 dari 1 disepakati" in words


def test_a_tick_is_agreed_in_the_meeting_for_words_and_date_with_name_and_post(
    as_person, petugas, named, proposed, unit
):
    response = as_person(petugas).post(ROOM, agreed((proposed, unit)))

    proposed.refresh_from_db()
    consent = proposed.terms.get(n=proposed.terms_n).consents.get()
    assert response["Location"] == READ
    assert proposed.due_basis == DueBasis.AGREED
    assert (consent.agency, consent.strength) == (unit, Strength.IN_MEETING)
    assert (consent.name, consent.post_text) == ("Peserta Satu", "Kepala Seksi")


def test_a_name_typed_in_the_room_goes_with_the_tick(as_person, petugas, proposed, unit):
    typed = {"nama-naker": "Peserta Dua", "jabatan-naker": "Kepala Suku Dinas"}

    as_person(petugas).post(ROOM, agreed((proposed, unit), **typed))

    proposed.refresh_from_db()
    assert proposed.terms.get(n=proposed.terms_n).consents.get().name == "Peserta Dua"


def test_what_was_ticked_is_shown_as_recorded(as_person, petugas, proposed, unit):
    as_person(petugas).post(ROOM, agreed((proposed, unit)))

    words = as_person(petugas).get(READ).content.decode()

    assert "1 dari 1 disepakati" in words
    assert "checked disabled" in words


def test_a_supporter_alone_does_not_agree_for_the_lead(as_person, petugas, proposed, other_unit):
    as_person(petugas).post(ROOM, agreed((proposed, other_unit)))

    proposed.refresh_from_db()
    assert proposed.due_basis == DueBasis.PROPOSED
    assert "0 dari 1 disepakati" in as_person(petugas).get(READ).content.decode()


def test_words_changed_meanwhile_are_not_agreed_to_and_the_page_says_so(as_person, petugas, proposed, unit):
    typed = agreed((proposed, unit))
    proposed.wording = "Rumusan lain"
    proposed.save()

    response = as_person(petugas).post(ROOM, typed)

    assert response.status_code == 409
    assert "berubah sejak halaman ini dibuka" in response.content.decode()
    assert not proposed.terms.get().consents.exists()


def test_nothing_ticked_is_refused(as_person, petugas, proposed):
    assert as_person(petugas).post(ROOM, {"aksi": "sepakati"}).status_code == 422


def test_a_second_click_notes_the_agreement_once(as_person, petugas, proposed, unit):
    for _click in range(2):
        response = as_person(petugas).post(ROOM, agreed((proposed, unit), token=TOKEN))

    proposed.refresh_from_db()
    assert response["Location"] == READ
    assert proposed.terms_n == 2


def test_an_empty_room_leads_to_the_list_of_those_present(as_person, petugas, bp3mi):
    alone = MeetingFactory(host_agency=bp3mi)
    CommitmentFactory(meeting=alone)

    words = as_person(petugas).get(f"/pertemuan/{alone.code}/rapat/?langkah=sepakati").content.decode()

    assert f"/pertemuan/{alone.code}/hadir/" in words
    assert "Catat kesepakatan rapat" not in words


def test_without_lines_there_is_nothing_to_read(as_person, petugas, meeting):
    assert "Belum ada komitmen untuk dibacakan" in as_person(petugas).get(READ).content.decode()


def test_a_meeting_to_come_is_not_held_on_the_wall(as_person, petugas, meeting):
    meeting.status = MeetingStatus.PLANNED
    meeting.save()

    assert as_person(petugas).get(ROOM).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_keeper_holds_it(as_person, request, meeting, who, status):
    browser = as_person(request.getfixturevalue(who))

    assert browser.get(ROOM).status_code == status
    assert browser.post(ROOM, {"aksi": "draf", "lines": "Baris"}).status_code == status


@pytest.mark.parametrize("address", [ROOM, READ])
@pytest.mark.parametrize("lines", [1, 20])
def test_the_wall_costs_the_same_for_one_and_for_twenty(
    as_person, petugas, meeting, unit, django_assert_max_num_queries, address, lines
):
    for n in range(lines):
        CommitmentFactory(meeting=meeting, lead=unit, position=n + 1)

    browser = as_person(petugas)

    with django_assert_max_num_queries(26):
        assert browser.get(address).status_code == 200


def test_the_log_page_starts_the_room_with_a_partner_and_a_day(as_person, petugas, city):
    typed = {"aksi": "rapat", "host": "bp3mi", "counterpart": "kota", "held_on": "28 Januari 2026", "kind": "AUDIENCE"}

    response = as_person(petugas).post("/pertemuan/catat/", typed)

    meeting = Meeting.objects.get()
    assert response["Location"] == f"/pertemuan/{meeting.code}/rapat/"
    assert (meeting.counterpart, meeting.shared_at) == (city, None)


def test_the_room_does_not_start_with_nobody(as_person, petugas):
    typed = {"aksi": "rapat", "host": "bp3mi", "held_on": "28 Januari 2026", "kind": "AUDIENCE"}

    response = as_person(petugas).post("/pertemuan/catat/", typed)

    assert response.status_code == 422
    assert "Isi instansi mitra untuk memulai Mode rapat." in response.content.decode()
    assert not Meeting.objects.exists()


def test_ticks_not_saved_yet_return_with_the_page(as_person, petugas, proposed, unit):
    browser = as_person(petugas)
    page = browser.get(READ)
    typed = {**agreed((proposed, unit)), "konsep": page.context["draft"].ticket, "konsep_versi": "0"}
    browser.post("/konsep/", typed)

    words = browser.get(READ).content.decode()

    assert f'name="{tick_name(proposed, unit)}" value="ya" checked' in words
