"""The hidden field that names a plan: it takes up what is still to come, and never what was logged already."""

import uuid

import pytest
from django.urls import reverse

from agencies.policy import Refusal
from commitments.actions import recording
from commitments.actions.entries import MeetingEntry
from meetings.models import Meeting
from tests.factories import MeetingFactory, at

LOG = reverse("commitments:log")


@pytest.fixture
def typed(meeting, bp3mi):
    meeting.code, meeting.minutes = "A-2026-901", "Catatan rekan."
    meeting.save()
    return {
        "host": bp3mi.code, "kind": "OUTREACH", "held_on": "28 Januari 2026", "minutes": "Catatan saya.",
        "lines": "Pelatihan bersama", "planned": meeting.code, "aksi": "draf",
    }  # fmt: skip


def sent(typed, **more):
    return typed | {"token": str(uuid.uuid4())} | more


def test_what_a_colleague_logged_meanwhile_is_not_written_over(as_person, petugas, meeting, typed):
    response = as_person(petugas).post(LOG, sent(typed))

    assert response.status_code == 422
    assert f'value="gabung-{meeting.code}"' in response.content.decode()
    assert "Catatan saya." in response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.kind, meeting.commitments.count()) == ("Catatan rekan.", "AUDIENCE", 0)


def test_what_was_typed_joins_it_with_one_click(as_person, petugas, meeting, typed):
    as_person(petugas).post(LOG, sent(typed, aksi=f"gabung-{meeting.code}"))

    meeting.refresh_from_db()
    assert meeting.minutes == "Catatan rekan.\n\nCatatan saya."
    assert meeting.commitments.get().wording == "Pelatihan bersama"
    assert meeting.counterpart.code == "kota"


def test_saying_that_it_is_another_meeting_makes_another_record(as_person, petugas, meeting, typed):
    ticked = sent(typed, abaikan_peringatan=f"sudah-dicatat-{meeting.code}")

    for _click in range(2):
        address = as_person(petugas).post(LOG, ticked).url

    assert address != meeting.get_absolute_url()
    assert Meeting.objects.exclude(pk=meeting.pk).get().minutes == "Catatan saya."


def test_a_merged_record_is_not_written_into_either(as_person, petugas, meeting, bp3mi, typed):
    meeting.merged_into = MeetingFactory(host_agency=bp3mi)
    meeting.save()

    assert as_person(petugas).post(LOG, sent(typed)).status_code == 409
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.commitments.count()) == ("Catatan rekan.", 0)


def test_the_action_itself_refuses_what_was_held_already(petugas, meeting, bp3mi):
    entry = MeetingEntry(host_agency=bp3mi, held_on=meeting.held_on, minutes="Catatan saya.")

    with pytest.raises(Refusal) as refused:
        recording.log_meeting(entry, text="", lines=[], by=petugas, at=at("2026-01-29"), planned=meeting)

    assert refused.value.verdict.status == 409
