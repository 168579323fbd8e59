"""The page of a meeting: facts, lines, and who is offered what."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from commitments.actions.terms import Tick, agree_in_meeting
from commitments.models import DueBasis
from commitments.status import Status
from meetings.models import Attendance, CheckIn, MeetingStatus, Statement
from tests.factories import CommitmentFactory, MeetingFactory, at

URL = "/pertemuan/A-2026-001/"


@pytest.fixture
def draft(bp3mi, city, unit, other_unit, agreement):
    held = MeetingFactory(
        code="A-2026-002", host_agency=bp3mi, counterpart=city, agreement=agreement, shared_at=None,
        present=[unit, other_unit], is_open_list=True, minutes="Baris satu\nBaris dua <b>",
    )  # fmt: skip
    CommitmentFactory(code="K-2026-021", meeting=held, status=Status.DRAFT, lead=unit)
    CommitmentFactory(code="K-2026-022", meeting=held, status=Status.DRAFT)
    return held


def page(client, url=URL):
    response = client.get(url)
    return response.status_code, response.content.decode()


def test_the_keeper_of_a_draft_is_offered_every_next_step(as_person, petugas, draft):
    status, text = page(as_person(petugas), "/pertemuan/A-2026-002/")

    assert status == 200
    assert "Sampaikan 2 komitmen" in text
    for door in ("komitmen/", "sampaikan/", "kesepakatan-rapat/", "ubah/", "berkas/", "bagikan/"):
        assert f"/pertemuan/A-2026-002/{door}" in text
    assert "/komitmen/K-2026-021/buang/" in text


def test_gaps_open_list_and_what_is_not_filled_in_are_said_in_words(as_person, petugas, draft):
    _status, text = page(as_person(petugas), "/pertemuan/A-2026-002/")

    assert "belum ada: penanggung jawab, tenggat, target, ruang lingkup" in text
    assert "belum ada: tenggat, target, ruang lingkup" in text
    assert "2 perlu dilengkapi" in text
    assert "daftar terbuka: sumber menyebut" in text
    assert "belum diisi" in text


def test_the_heading_counts_what_stands_and_says_what_does_not(as_person, petugas, meeting, unit):
    kept = CommitmentFactory(meeting=meeting, lead=unit)
    CommitmentFactory(meeting=meeting, status=Status.DONE)
    CommitmentFactory(meeting=meeting, status=Status.MERGED, merged_into=kept)

    _status, text = page(as_person(petugas))

    assert "<h2>2 komitmen, 1 perlu dilengkapi, 1 di luar jumlah</h2>" in text
    assert text.count("belum ada: ") == 1


def test_what_people_typed_is_escaped(as_person, petugas, draft):
    _status, text = page(as_person(petugas), "/pertemuan/A-2026-002/")

    assert "Baris dua &lt;b&gt;" in text


@pytest.mark.parametrize("who", ["petugas_unit", "petugas_lain", "petugas_asing"])
def test_a_draft_does_not_exist_for_others(as_person, request, draft, who):
    status, _text = page(as_person(request.getfixturevalue(who)), "/pertemuan/A-2026-002/")

    assert status == 404


def test_those_present_read_the_shared_page_without_the_keepers_buttons(as_person, petugas_unit, meeting, commitment):
    status, text = page(as_person(petugas_unit))

    assert status == 200
    assert commitment.wording in text
    for door in ("sampaikan/", "ubah/", "bagikan/", "kesepakatan-rapat/"):
        assert f"/pertemuan/A-2026-001/{door}" not in text


def test_an_agency_sees_only_its_own_lines_and_those_without_owner(as_person, petugas_lain, meeting, commitment):
    open_line = CommitmentFactory(meeting=meeting, wording="Sinergi pencegahan TPPO")

    _status, text = page(as_person(petugas_lain))

    assert open_line.wording in text
    assert commitment.wording not in text


def test_press_reads_but_does_not_act(as_person, humas, draft):
    status, text = page(as_person(humas), "/pertemuan/A-2026-002/")

    assert status == 200
    assert "Sampaikan 2 komitmen" not in text
    assert "/pertemuan/A-2026-002/ubah/" not in text


def test_the_auditor_of_the_agreement_reads_the_shared_page(as_person, auditor, meeting, draft):
    assert page(as_person(auditor))[0] == 200
    assert page(as_person(auditor), "/pertemuan/A-2026-002/")[0] == 404


def test_a_stranger_and_an_unknown_code_get_the_same_answer(as_person, petugas_asing, petugas, meeting):
    assert page(as_person(petugas_asing))[0] == 404
    assert page(as_person(petugas), "/pertemuan/A-2026-999/")[0] == 404


@pytest.mark.parametrize("typed", ["a-2026-1", "A-2026-1", "a-2026-001"])
def test_a_code_typed_short_leads_to_the_proper_address(as_person, petugas, meeting, typed):
    response = as_person(petugas).get(f"/pertemuan/{typed}/")

    assert response.status_code == 301
    assert response["Location"] == URL


def test_strength_is_shown_with_name_and_post(as_person, petugas, meeting, unit, commitment):
    Attendance.objects.filter(agency=unit).update(name="Budi", post_text="Kepala Suku Dinas")
    tick = Tick(unit, "Budi", "Kepala Suku Dinas")
    agree_in_meeting(commitment, [tick], by=petugas, at=at("2026-01-29"))

    _status, text = page(as_person(petugas))

    assert "disepakati dalam rapat: Sudin Naker (Budi, Kepala Suku Dinas)" in text


def test_the_partner_is_no_guest_of_its_own_meeting(as_person, petugas, bp3mi, city, unit):
    MeetingFactory(code="A-2026-003", host_agency=bp3mi, counterpart=city, present=[unit])

    _status, text = page(as_person(petugas), "/pertemuan/A-2026-003/")

    assert "1 instansi hadir" in text


@pytest.mark.parametrize(("who", "is_told"), [("petugas", True), ("auditor", True), ("petugas_unit", False)])
def test_names_of_people_stay_with_the_keeper_and_the_auditor(as_person, request, meeting, unit, who, is_told):
    """As in the papers: to the others those present are their agencies and posts."""
    Attendance.objects.create(meeting=meeting, agency=unit, name="Peserta Satu", post_text="Kepala Seksi")
    CheckIn.objects.create(
        meeting=meeting, name="Peserta Dua", post_text="Ketua", agency_text="Yayasan Uji", at=at("2026-01-28"),
        taken_over_at=at("2026-01-28"),
    )  # fmt: skip

    _status, text = page(as_person(request.getfixturevalue(who)))

    assert ("Peserta Satu" in text, "Peserta Dua" in text) == (is_told, is_told)
    assert "Kepala Seksi" in text
    assert "Yayasan Uji" in text


@pytest.mark.parametrize(("who", "is_shown"), [("petugas", True), ("humas", True), ("petugas_unit", False)])
def test_minutes_that_are_being_written_are_their_keepers_alone(as_person, request, meeting, who, is_shown):
    """Others read the version that was sent, on the page of the minutes."""
    meeting.minutes = "Catatan yang masih ditulis."
    meeting.save()

    _status, text = page(as_person(request.getfixturevalue(who)))

    assert ("Catatan yang masih ditulis." in text) == is_shown


def test_a_line_nobody_confirmed_says_so(as_person, petugas, commitment):
    _status, text = page(as_person(petugas))

    assert "dicatat, belum dikonfirmasi" in text


def test_a_proposed_date_is_named_as_such(as_person, petugas, meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=at("2026-06-30").date(), due_basis=DueBasis.PROPOSED)

    _status, text = page(as_person(petugas))

    assert "30 Jun 2026 (usulan)" in text


def test_statements_stand_with_their_speaker_and_source(as_person, petugas, meeting):
    Statement.objects.create(
        meeting=meeting, speaker="Wali Kota Uji", verbatim="Bursa kerja perlu didukung", source_url="https://kota.example/rilis"
    )  # fmt: skip

    _status, text = page(as_person(petugas))

    assert "<blockquote>Bursa kerja perlu didukung</blockquote>" in text
    assert "Wali Kota Uji" in text
    assert 'href="https://kota.example/rilis" rel="noopener noreferrer"' in text


def test_a_meeting_with_minutes_only_has_an_empty_list_and_can_be_shared(as_person, petugas, bp3mi):
    MeetingFactory(code="A-2026-003", host_agency=bp3mi, shared_at=None, minutes="Perkenalan.")

    status, text = page(as_person(petugas), "/pertemuan/A-2026-003/")

    assert status == 200
    assert "Belum ada komitmen" in text
    assert "Sampaikan pertemuan" in text


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_for_one_line_and_for_twenty(
    as_person, petugas, meeting, unit, other_unit, clause, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        line = CommitmentFactory(meeting=meeting, lead=unit, clauses=[clause])
        line.contributions.create(agency=other_unit)
        agree_in_meeting(line, [Tick(unit)], by=petugas, at=at("2026-01-29"))
    client = as_person(petugas)

    with django_assert_max_num_queries(31):
        response = client.get(URL)

    assert len(response.context["lines"]) == rows


def test_a_cancelled_meeting_offers_neither_minutes_nor_check_in(as_person, petugas, bp3mi, city):
    plan = MeetingFactory(host_agency=bp3mi, counterpart=city, status=MeetingStatus.PLANNED, shared_at=None)
    offers = (reverse("meetings:minutes", args=[plan.code]), reverse("meetings:checkin_room", args=[plan.code]))
    before = as_person(petugas).get(plan.get_absolute_url()).content.decode()
    plan.status = MeetingStatus.CANCELLED
    plan.save()
    after = as_person(petugas).get(plan.get_absolute_url()).content.decode()
    there = as_person(petugas).get(reverse("meetings:attendance", args=[plan.code])).content.decode()

    assert all(offer in before for offer in offers)
    assert not any(offer in after for offer in offers)
    assert offers[1] not in there


def test_a_line_past_its_agreed_date_says_so_and_one_past_a_proposal_does_not(as_person, petugas, meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 3))
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 3))

    with time_machine.travel(at("2026-03-02"), tick=False):
        assert page(as_person(petugas))[1].count("melewati tenggat") == 1
