"""The front page: blocks follow from roles; each says in words when it is empty."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Channel, Delivery, DeliveryState, Role
from commitments.models import ProgressKind
from commitments.status import Status
from tests.factories import CommitmentFactory, MeetingFactory, ProgressFactory, at, person
from tests.reports.test_dashboard import numbers

HOME = reverse("reports:home")
QUERIES = 21


@pytest.fixture(autouse=True)
def on_second_of_march():
    with time_machine.travel(at("2026-03-02"), tick=False):
        yield


def shown(browser):
    response = browser.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def test_a_duty_past_its_date_stands_before_one_that_comes_near(meeting, unit, petugas_unit, as_person):
    near = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 5))
    late = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 18))
    later = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 17))

    html = shown(as_person(petugas_unit))

    assert html.index(late.code) < html.index(near.code)
    assert later.code not in html
    assert "terlambat 12 hari" in html
    assert "tinggal 3 hari" in html
    assert "1 komitmen melewati tenggat selama 12 hari. 1 bertenggat dalam 14 hari." in html


def test_meetings_to_come_stand_there_and_a_past_one_asks_for_its_outcome(
    petugas, petugas_unit, bp3mi, city, as_person
):
    past = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-02-27", status="PLANNED", shared_at=None)
    ahead = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-03-09", status="PLANNED", shared_at=None)
    MeetingFactory(host_agency=bp3mi, held_on="2026-03-10", status="CANCELLED", shared_at=None)

    html = shown(as_person(petugas))

    assert html.index(past.code) < html.index("hasilnya belum dicatat") < html.index(ahead.code)
    assert html.count("hasilnya belum dicatat") == 1
    assert "Pertemuan yang direncanakan" not in shown(as_person(petugas_unit))


def test_a_date_nobody_agreed_is_no_lateness(meeting, unit, petugas_unit, as_person):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 18))

    html = shown(as_person(petugas_unit))

    assert "melewati tanggal usulan 12 hari" in html
    assert "terlambat" not in html
    assert "usulan, belum disepakati" in html


def test_duties_of_others_are_not_mine(commitment, petugas_lain, as_person):
    html = shown(as_person(petugas_lain))

    assert commitment.code not in html
    assert "Belum ada kewajiban untuk Sudin Sosial." in html


def test_a_claim_waits_for_the_supervisor_and_not_for_the_officer(
    meeting, unit, petugas, petugas_unit, pimpinan, as_person
):
    row = CommitmentFactory(meeting=meeting, lead=unit, status=Status.SUBMITTED, submitted_at=at("2026-02-24"))
    ProgressFactory(commitment=row, kind=ProgressKind.CLAIM, author=petugas_unit)

    supervisor, officer = shown(as_person(pimpinan)), shown(as_person(petugas))

    assert "1 menunggu keputusan Anda." in supervisor
    assert row.code in supervisor
    assert "Menunggu keputusan Anda" not in officer


def test_the_keeper_sees_gaps_drafts_and_messages_to_send(commitment, draft_commitment, bp3mi, petugas, as_person):
    Delivery.objects.create(
        key="wa:1", channel=Channel.WHATSAPP_MANUAL, handled_by=bp3mi, subject="-", body="-",
        created_at=at("2026-03-02"), next_try_at=at("2026-03-02"),
    )  # fmt: skip

    html = shown(as_person(petugas))

    assert "1 pesan siap dikirim" in html
    assert "1 komitmen perlu dilengkapi" in html
    assert "1 draf belum disampaikan" in html


def test_who_keeps_nothing_is_not_asked_to_complete(commitment, draft_commitment, petugas_unit, as_person):
    html = shown(as_person(petugas_unit))

    assert "perlu dilengkapi" not in html
    assert "Tidak ada pesan, celah, atau draf yang menunggu Anda." in html


def test_press_finds_the_report_first(commitment, humas, as_person):
    html = shown(as_person(humas))

    assert html.index("Susun PDF") < html.index("Pertemuan terakhir")
    assert "Kewajiban instansi kita" not in html


def test_an_admin_sees_whether_notices_go_out_and_no_duties(bp3mi, admin, as_person):
    Delivery.objects.create(
        key="m:1", channel=Channel.EMAIL, state=DeliveryState.FAILED, subject="-", body="-",
        created_at=at("2026-03-01"), next_try_at=at("2026-03-01"),
    )  # fmt: skip

    html = shown(as_person(admin))

    assert "1 pesan gagal dikirim." in html
    assert "Kelola pengguna" in html
    assert "Kewajiban instansi kita" not in html


def test_the_blocks_of_two_roles_add_up(bp3mi, as_person):
    html = shown(as_person(person(bp3mi, Role.OFFICER, Role.ADMIN)))

    assert "Perlu Anda kerjakan" in html
    assert "Pengelolaan" in html


def test_an_auditor_sees_the_assigned_agreement(agreement, auditor, as_person):
    assert agreement.code in shown(as_person(auditor))


def test_a_stranger_reads_empty_sentences(commitment, petugas_asing, as_person):
    html = shown(as_person(petugas_asing))

    assert "Belum ada komitmen." in html
    assert "Belum ada pertemuan yang dapat Anda baca." in html
    assert commitment.code not in html


@pytest.mark.parametrize("who", ["petugas", "pimpinan", "petugas_unit", "auditor"])
def test_every_number_opens_exactly_its_rows(who, meeting, unit, commitment, draft_commitment, as_person, request):
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 18))
    CommitmentFactory(meeting=meeting)
    browser = as_person(request.getfixturevalue(who))
    found = numbers(browser.get(HOME))

    opened = [(href, browser.get(href).context["page"].total) for href, _ in found]

    assert found
    assert opened == found


def test_signed_out_people_are_led_to_the_door(client, db):
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_the_front_page_costs_the_same_for_one_row_and_for_twenty(count, meeting, unit, bp3mi, as_person):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=bp3mi, due_on=dt.date(2026, 3, 5), agreed=True)
    browser = as_person(person(bp3mi, Role.OFFICER, Role.SUPERVISOR, Role.ADMIN))
    browser.get(HOME)

    with CaptureQueriesContext(connection) as queries:
        browser.get(HOME)

    assert len(queries) == QUERIES


def test_the_numbers_of_a_meeting_and_of_the_duties_open_their_rows(meeting, unit, petugas, petugas_unit, as_person):
    kept = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 18))
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 5))
    CommitmentFactory(meeting=meeting, lead=unit, status=Status.MERGED, merged_into=kept)

    assert f'<a href="/komitmen/?pertemuan={meeting.code}">2 komitmen</a>' in shown(as_person(petugas))
    html = shown(as_person(petugas_unit))
    for query, words in (("kondisi=LATE", "1 melewati tenggat"), ("tenggat=14", "1 tenggat dalam 14 hari")):
        assert f'<a href="/komitmen/?tugas=kewajiban&amp;{query}">{words}</a>' in html
        assert as_person(petugas_unit).get(f"/komitmen/?tugas=kewajiban&{query}").context["page"].total == 1
