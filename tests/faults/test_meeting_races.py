"""Several people at one meeting in the same moment: nothing is doubled, lost, or held up by two who wait in turn."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from agencies.policy import Refusal
from commitments.actions import merging, recording
from commitments.actions.entries import LineEntry, MeetingEntry
from commitments.actions.terms import TermsEntry
from commitments.models import CommitmentMerge, Progress
from meetings import checkin, planning
from meetings.models import Attendance, CheckIn, Meeting, MeetingMerge, MeetingStatus
from meetings.planning import PlanEntry
from tests.factories import CommitmentFactory, MeetingFactory, at
from tests.faults.test_races import all_at_once, browser_of

CROWD = 8
AT = at("2026-03-02", "10.00")
NEWS = "Dua kegiatan sudah dilaksanakan."


def outcome(act):
    """``ok`` or the status of the refusal; anything else is a breakdown."""

    def run():
        try:
            act()
        except Refusal as refused:
            return refused.verdict.status
        return "ok"

    return run


@pytest.fixture
def held(flushable, request):
    found = request.getfixturevalue("meeting")
    found.code = "A-2026-901"  # what is planned here is counted from 001
    found.save()
    return found


@pytest.fixture
def keeper(held, request):
    return request.getfixturevalue("petugas")


def test_two_records_merged_crosswise_become_one(held, keeper):
    twin = MeetingFactory(host_agency=held.host_agency)
    tries = [(held, twin), (twin, held)] * 4

    found = all_at_once([outcome(lambda a=a, b=b: merging.merge_meetings(a, b, by=keeper, at=AT)) for a, b in tries])

    assert sorted(map(str, found)) == ["409"] * 7 + ["ok"]
    assert MeetingMerge.objects.count() == 1
    assert Meeting.objects.filter(merged_into=None, pk__in=[held.pk, twin.pk]).count() == 1


def test_two_commitments_merged_crosswise_leave_one(held, keeper):
    one, two = CommitmentFactory(meeting=held), CommitmentFactory(meeting=held)
    tries = [(one, two), (two, one)] * 4

    found = all_at_once([outcome(lambda a=a, b=b: merging.merge_commitments(a, b, by=keeper, at=AT)) for a, b in tries])

    assert found.count("ok") == 1
    assert CommitmentMerge.objects.count() == 1


def test_merging_and_sharing_do_not_wait_for_each_other(held, keeper):
    drafts = [MeetingFactory(host_agency=held.host_agency, shared_at=None) for _n in range(4)]
    for draft in drafts:
        CommitmentFactory(meeting=draft, status="DRAFT")

    tries = [outcome(lambda m=m: recording.share(m, by=keeper, at=AT)) for m in drafts]
    tries += [outcome(lambda m=m: merging.merge_meetings(m, held, by=keeper, at=AT)) for m in drafts]
    tries += [outcome(lambda: recording.share(held, by=keeper, at=AT))]

    assert set(all_at_once(tries)) <= {"ok", 409}
    assert held.commitments.count() == 4


def line(commitment):
    return LineEntry(TermsEntry(wording=NEWS), 0, len(NEWS), progress_on=commitment)


def test_news_about_a_line_and_a_correction_of_its_meeting_do_not_wait_for_each_other(held, keeper):
    """One locked the commitment and wanted the meeting, the other the meeting and wanted its commitments."""
    row = CommitmentFactory(meeting=held, lead=held.host_agency)

    def correct():
        now = Meeting.objects.get(pk=held.pk)
        entry = MeetingEntry(host_agency=held.host_agency, held_on=now.held_on, minutes="x")
        try:
            recording.update_meeting(now, entry, by=keeper, at=AT, version=now.version)
        except recording.StaleMeeting:
            raise Refusal(recording.no("lambat", status=409)) from None

    def add():
        recording.add_lines(held, text=NEWS, lines=[line(row)], by=keeper, at=AT)

    found = all_at_once([outcome(act) for act in (correct, add) * CROWD])

    assert set(found) <= {"ok", 409}
    assert Progress.objects.filter(commitment=row).count() == CROWD


def test_a_series_is_continued_once_by_many_workers_and_clicks(held, keeper):
    entry = PlanEntry(host_agency=held.host_agency, held_on=dt.date(2026, 3, 2), every_months=1)
    first = planning.plan(entry, by=keeper, at=AT)

    tries = [outcome(lambda: planning.hold(first, by=keeper, at=AT))] * CROWD
    tries += [outcome(lambda: planning.sweep_series(at("2026-03-03")))] * CROWD

    assert set(all_at_once(tries)) == {"ok"}
    assert Meeting.objects.filter(series=first.series, status=MeetingStatus.PLANNED).count() == 1


def test_many_clicks_plan_one_evaluation(held, keeper):
    browsers = [browser_of(keeper) for _n in range(CROWD)]
    address = f"{held.get_absolute_url()}evaluasi/"

    found = all_at_once([lambda browser=browser: browser.post(address).status_code for browser in browsers])

    assert found == [302] * CROWD
    assert Meeting.objects.filter(kind="EVALUATION").count() == 1


def test_of_many_who_log_one_plan_one_does(held, keeper):
    plan = planning.plan(PlanEntry(host_agency=held.host_agency, held_on=dt.date(2026, 3, 2)), by=keeper, at=AT)

    def log(number):
        entry = MeetingEntry(host_agency=held.host_agency, held_on=plan.held_on, minutes=f"Catatan {number}")
        return outcome(lambda: recording.log_meeting(entry, text="", lines=[], by=keeper, at=AT, planned=plan))

    found = all_at_once([log(number) for number in range(CROWD)])

    assert sorted(map(str, found)) == ["409"] * (CROWD - 1) + ["ok"]


def test_one_name_written_many_times_is_one_and_taken_over_once(held, keeper, unit, time_machine):
    time_machine.move_to(at("2026-01-28", "09.00"), tick=False)
    opened = checkin.open_door(held, dt.time(12), by=keeper, at=at("2026-01-28", "09.00"))
    door = f"/h/{opened.checkin_token}/"
    typed = {"name": "Peserta Satu", "post_text": "Kepala Seksi", "agency_text": unit.name}

    found = all_at_once([lambda: Client().post(door, typed).status_code] * CROWD)
    now = at("2026-01-28", "10.00")
    all_at_once([outcome(lambda: checkin.take_over(opened, by=keeper, at=now))] * CROWD)

    assert found == [200] * CROWD
    assert CheckIn.objects.count() == 1
    assert Attendance.objects.filter(meeting=held, name="Peserta Satu").count() == 1


def test_two_windows_with_one_new_draft_keep_one(held, keeper):
    browsers = [browser_of(keeper) for _n in range(CROWD)]
    ticket = browsers[0].get("/pertemuan/catat/?konsep=satu").context["draft"].ticket
    body = {"konsep": ticket, "konsep_versi": "0", "minutes": "x", "token": str(uuid.uuid4())}

    def keep(browser, words):
        return lambda: browser.post("/konsep/", body | {"minutes": words}, headers={"HX-Request": "true"}).status_code

    found = all_at_once([keep(browser, f"Catatan {n}") for n, browser in enumerate(browsers)])

    assert sorted(found) == [200] + [409] * (CROWD - 1)
