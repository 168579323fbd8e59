"""The door of a meeting: opened by its host, written at by anybody, taken over by its host."""

import datetime as dt

import pytest

from agencies.audit import trail
from agencies.policy import Refusal
from meetings import checkin
from meetings.checkin import Entry
from meetings.models import Attendance, CheckIn, Meeting, MeetingStatus
from tests.factories import at

DAY = "2026-01-28"
ROOM = "/pertemuan/A-2026-001/hadir-mandiri/"
NOON = dt.time(12, 0)
ONE = Entry("Peserta Satu", "Kepala Seksi", "Suku Dinas Tenaga Kerja")
STRANGE = Entry("Peserta Dua", "", "Yayasan Uji")


@pytest.fixture
def opened(meeting, petugas):
    return checkin.open_door(meeting, NOON, by=petugas, at=at(DAY, "09.00"))


def written(meeting, *entries, clock="10.00"):
    return [checkin.check_in(meeting, entry, at=at(DAY, clock))[0] for entry in entries]


def test_the_door_is_open_until_two_hours_after_the_end(opened):
    assert len(opened.checkin_token) == 43
    assert opened.checkin_until == at(DAY, "14.00")
    assert checkin.is_open(opened, at=at(DAY, "13.59"))
    assert not checkin.is_open(opened, at=at(DAY, "14.00"))


def test_a_meeting_past_midnight_ends_the_next_day(meeting):
    meeting.starts_at = dt.time(21, 0)

    assert checkin.ends_at(meeting, dt.time(1, 0)) == at("2026-01-29", "01.00")


def test_the_end_is_a_clock_where_the_host_is(meeting):
    meeting.host_agency.zone = "Asia/Jayapura"

    assert checkin.ends_at(meeting, NOON) == at(DAY, "10.00")


def test_the_secret_address_stands_in_no_trail(opened):
    event = trail(opened).last()

    assert event.verb == "meeting.checkin_opened"
    assert opened.checkin_token not in str((event.before, event.after, event.texts))


def test_opened_again_it_keeps_its_printed_address_unless_a_new_one_is_asked_for(opened, petugas):
    closed = checkin.close_door(opened, by=petugas, at=at(DAY, "10.00"))
    same = checkin.open_door(closed, NOON, by=petugas, at=at(DAY, "10.05"))
    other = checkin.open_door(same, NOON, by=petugas, at=at(DAY, "10.06"), is_new_address=True)

    assert not checkin.is_open(closed, at=at(DAY, "10.00"))
    assert same.checkin_token == opened.checkin_token != other.checkin_token
    assert checkin.meeting_behind(opened.checkin_token) is None


def test_it_cannot_be_opened_for_a_time_that_is_over(meeting, petugas):
    with pytest.raises(Refusal) as refused:
        checkin.open_door(meeting, NOON, by=petugas, at=at(DAY, "14.00"))

    assert refused.value.verdict.status == 409


@pytest.mark.parametrize("status", [MeetingStatus.POSTPONED, MeetingStatus.CANCELLED])
def test_a_meeting_that_is_off_has_no_door(meeting, petugas, status):
    meeting.status = status
    meeting.save()

    with pytest.raises(Refusal):
        checkin.open_door(meeting, NOON, by=petugas, at=at(DAY, "09.00"))


def test_a_name_at_the_door_gives_nobody_any_right(opened, petugas_asing, stranger):
    [row] = written(opened, Entry("Peserta Tiga", "", "Dinas Asing"))

    assert row.agency == stranger
    assert not Meeting.objects.visible_to(petugas_asing).exists()
    assert not Attendance.objects.filter(agency=stranger).exists()


def test_taken_over_an_agency_is_present_and_may_read(opened, petugas, petugas_asing, stranger):
    written(opened, Entry("Peserta Tiga", "", "Dinas Asing"), ONE)

    assert checkin.take_over(opened, by=petugas, at=at(DAY, "11.00")) == 2

    assert Meeting.objects.visible_to(petugas_asing).get() == opened
    assert Attendance.objects.get(agency=stranger).name == "Peserta Tiga"
    assert list(opened.attendance.filter(agency__code="naker").values_list("name", flat=True)) == ["Peserta Satu"]


def test_taking_over_twice_changes_nothing(opened, petugas):
    written(opened, ONE)
    checkin.take_over(opened, by=petugas, at=at(DAY, "11.00"))

    assert checkin.take_over(opened, by=petugas, at=at(DAY, "11.01")) == 0
    assert [event.verb for event in trail(opened)].count("meeting.checkin_taken_over") == 1


def test_an_agency_outside_the_directory_is_listed_by_its_typed_name_only(opened, petugas):
    before = opened.attendance.count()
    written(opened, STRANGE)

    checkin.take_over(opened, by=petugas, at=at(DAY, "11.00"))

    assert opened.attendance.count() == before
    assert [row.agency_text for row in checkin.listed_by_name_only(opened)] == ["Yayasan Uji"]


def test_named_later_it_moves_into_the_list(opened, petugas, stranger):
    [row] = written(opened, STRANGE)
    checkin.take_over(opened, by=petugas, at=at(DAY, "11.00"))

    checkin.choose_agency(row, stranger, by=petugas, at=at(DAY, "11.05"))

    assert opened.attendance.get(agency=stranger).name == "Peserta Dua"
    assert not checkin.listed_by_name_only(opened)


def test_the_same_name_of_the_same_agency_is_one_entry(opened):
    same = Entry("  peserta  SATU", "Jabatan lain", "suku dinas tenaga kerja ")

    first, second = checkin.check_in(opened, ONE, at=at(DAY)), checkin.check_in(opened, same, at=at(DAY))

    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]
    assert CheckIn.objects.count() == 1


def test_a_struck_name_can_be_written_again(opened, petugas):
    [row] = written(opened, ONE)
    checkin.strike(row, by=petugas, at=at(DAY, "10.30"))

    _row, is_new = checkin.check_in(opened, ONE, at=at(DAY, "10.31"))

    assert is_new
    assert checkin.waiting(opened).count() == 1


def test_who_is_in_the_list_already_is_struck_there(opened, petugas):
    [row] = written(opened, ONE)
    checkin.take_over(opened, by=petugas, at=at(DAY, "11.00"))

    with pytest.raises(Refusal) as refused:
        checkin.strike(row, by=petugas, at=at(DAY, "11.01"))

    assert refused.value.verdict.status == 409


def test_the_list_holds_no_more_than_its_limit(opened, monkeypatch):
    monkeypatch.setattr(checkin, "MOST", 2)
    written(opened, ONE, STRANGE)

    with pytest.raises(Refusal) as refused:
        checkin.check_in(opened, Entry("Peserta Lain", "", "Yayasan Uji"), at=at(DAY))

    assert refused.value.verdict.status == 409
    assert CheckIn.objects.count() == 2


def test_closed_meanwhile_nothing_is_written(opened, petugas):
    checkin.close_door(opened, by=petugas, at=at(DAY, "10.00"))

    with pytest.raises(Refusal):
        checkin.check_in(opened, ONE, at=at(DAY, "10.01"))

    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("act", ["open", "close", "take_over", "strike", "choose"])
def test_nobody_but_the_host_keeps_the_door(opened, petugas_unit, unit, act):
    [row] = written(opened, STRANGE)
    now = at(DAY, "10.00")
    acts = {
        "open": lambda: checkin.open_door(opened, NOON, by=petugas_unit, at=now),
        "close": lambda: checkin.close_door(opened, by=petugas_unit, at=now),
        "take_over": lambda: checkin.take_over(opened, by=petugas_unit, at=now),
        "strike": lambda: checkin.strike(row, by=petugas_unit, at=now),
        "choose": lambda: checkin.choose_agency(row, unit, by=petugas_unit, at=now),
    }

    with pytest.raises(Refusal) as refused:
        acts[act]()

    assert refused.value.verdict.status == 403


def test_what_was_not_taken_over_is_forgotten_after_a_year_and_the_rest_stays(opened, petugas):
    kept, struck = written(opened, STRANGE, ONE)
    checkin.strike(struck, by=petugas, at=at(DAY, "10.30"))
    checkin.take_over(opened, by=petugas, at=at(DAY, "11.00"))
    written(opened, Entry("Peserta Empat", "", "Yayasan Uji"), clock="11.30")

    assert checkin.forget_the_rest(at=at("2027-01-28")) == 0
    assert checkin.forget_the_rest(at=at("2027-02-01")) == 2

    assert list(CheckIn.objects.all()) == [kept]
    assert trail(opened).last().verb == "meeting.checkin_forgotten"


def test_a_broken_trail_leaves_no_name_behind(opened, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(checkin, "record", broken)

    with pytest.raises(RuntimeError):
        checkin.check_in(opened, ONE, at=at(DAY))

    assert not CheckIn.objects.exists()
