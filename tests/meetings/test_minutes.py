"""Minutes: kept as a draft, sent as a version that never changes, answered, corrected, carried to the next meeting."""

import datetime as dt

import pytest

from agencies.audit import canonical, sha256
from agencies.models import Delivery, Event
from agencies.models.event import AppendOnlyError
from agencies.policy import Refusal
from commitments.status import Status
from meetings.minutes import (
    AgendaEntry,
    AnswerEntry,
    MinutesEntry,
    StaleMinutes,
    approval_item,
    correct_minutes,
    first_items,
    keep_minutes,
    note_answer,
    send_minutes,
)
from meetings.minutes_content import agenda_digest, for_reader, outcome_lines, results_taken_up
from meetings.models import AgendaItem, AgendaKind, MeetingStatus, MinutesNoteKind, MinutesStatus
from tests.factories import CommitmentFactory, MeetingFactory

ENTRY = MinutesEntry(
    (AgendaEntry("Bursa kerja", "Jadwal dibahas.", "Bursa kerja dua kali"), AgendaEntry("Lain-lain")), "Catatan umum."
)


def keep(meeting, by, now, entry=ENTRY):
    return keep_minutes(meeting, entry, by=by, at=now, seen=agenda_digest(meeting))


def sent(meeting, by, now, entry=ENTRY):
    return send_minutes(keep(meeting, by, now, entry), by=by, at=now)


# the draft


def test_the_agenda_is_kept_in_its_order_with_the_general_text(meeting, petugas, now):
    keep(meeting, petugas, now)

    meeting.refresh_from_db()
    assert [(item.position, item.title) for item in meeting.agenda.all()] == [(1, "Bursa kerja"), (2, "Lain-lain")]
    assert meeting.minutes == "Catatan umum."
    assert Event.objects.filter(verb="meeting.minutes_kept", object_code=meeting.code).count() == 1


def test_who_was_faster_is_not_overwritten(meeting, petugas, pimpinan, now):
    seen = agenda_digest(meeting)
    keep(meeting, pimpinan, now)

    with pytest.raises(StaleMinutes):
        keep_minutes(meeting, MinutesEntry((AgendaEntry("Punya saya"),)), by=petugas, at=now, seen=seen)

    assert meeting.agenda.first().title == "Bursa kerja"


@pytest.mark.parametrize("who", ["humas", "admin", "petugas_unit", "petugas_asing", "auditor"])
def test_only_who_keeps_the_record_writes_it(request, meeting, now, who):
    with pytest.raises(Refusal) as refusal:
        keep(meeting, request.getfixturevalue(who), now)

    assert refusal.value.verdict.status == 403
    assert not AgendaItem.objects.exists()


# sending


def test_sending_freezes_every_fact_with_its_digest(meeting, commitment, petugas, now):
    version = sent(meeting, petugas, now)

    content = version.content
    assert (version.n, version.sha256) == (1, sha256(canonical(content)))
    assert content["held_on"] == "2026-01-28"
    assert [item["title"] for item in content["agenda"]] == ["Bursa kerja", "Lain-lain"]
    assert (
        content["lines"][0] | {"code": "K-2026-001", "lead": "Sudin Naker", "due_on": "2026-06-30"}
        == (content["lines"][0])
    )
    assert [row["agency"] for row in content["sent_to"]] == ["Pemkot", "Sudin Naker", "Sudin Sosial"]
    meeting.refresh_from_db()
    assert meeting.minutes_status == MinutesStatus.SENT


def test_a_version_cannot_be_changed_afterwards(meeting, petugas, now):
    version = sent(meeting, petugas, now)

    version.reason = "diam-diam"
    with pytest.raises(AppendOnlyError):
        version.save()


def test_partners_with_an_account_are_told_and_the_others_are_named(meeting, petugas, petugas_unit, now):
    version = sent(meeting, petugas, now)

    notice = Delivery.objects.get(key=f"minutes:{meeting.code}:1:{petugas_unit.pk}")
    assert notice.path == f"/pertemuan/{meeting.code}/notula/"
    assert "28 Januari 2026" in notice.subject
    assert {row["agency"]: row["is_told"] for row in version.content["sent_to"]} == {
        "Pemkot": False, "Sudin Naker": True, "Sudin Sosial": False,
    }  # fmt: skip


def test_draft_lines_are_not_in_the_minutes(meeting, commitment, petugas, now):
    CommitmentFactory(meeting=meeting, status=Status.DRAFT)

    assert [line["code"] for line in sent(meeting, petugas, now).content["lines"]] == ["K-2026-001"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"shared_at": None}, "Sampaikan dahulu pertemuannya"),
        ({"status": MeetingStatus.PLANNED}, "setelah pertemuan terlaksana"),
        ({"minutes_status": MinutesStatus.SENT}, "sudah disampaikan"),
    ],
)
def test_minutes_are_not_sent_too_early_or_twice(bp3mi, petugas, now, fields, words):
    held = MeetingFactory(host_agency=bp3mi, **fields)

    with pytest.raises(Refusal, match=words) as refusal:
        send_minutes(held, by=petugas, at=now)

    assert refusal.value.verdict.status == 409


def test_after_sending_the_agenda_changes_only_by_a_new_version(meeting, petugas, now):
    sent(meeting, petugas, now)

    with pytest.raises(Refusal, match="versi baru"):
        keep(meeting, petugas, now)


# correcting and answering


def test_a_correction_is_the_next_version_with_its_reason_and_leaves_the_first(meeting, petugas, now):
    first = sent(meeting, petugas, now)
    meeting.refresh_from_db()

    second = correct_minutes(
        meeting, MinutesEntry((AgendaEntry("Bursa kerja", "Tempat dibahas."),)), reason="Salah catat", by=petugas,
        at=now, seen=agenda_digest(meeting),
    )  # fmt: skip

    first.refresh_from_db()
    assert (second.n, second.reason) == (2, "Salah catat")
    assert first.content["agenda"][0]["discussion"] == "Jadwal dibahas."


def test_a_correction_after_signing_waits_for_signatures_again(meeting, petugas, now):
    sent(meeting, petugas, now)
    meeting.refresh_from_db()
    meeting.minutes_status = MinutesStatus.SIGNED
    meeting.save()

    correct_minutes(meeting, ENTRY, reason="Salah ketik", by=petugas, at=now, seen=agenda_digest(meeting))

    meeting.refresh_from_db()
    assert meeting.minutes_status == MinutesStatus.SENT


def test_an_objection_stands_with_its_version_and_its_source(meeting, unit, petugas, now):
    version = sent(meeting, petugas, now)

    note = note_answer(
        meeting,
        AnswerEntry(MinutesNoteKind.OBJECTION, unit, "Surat 12/2026", said_by="Kasudin", words="Belum dibahas."),
        by=petugas,
        at=now,
    )

    assert (note.version, note.agency, note.words) == (version, unit, "Belum dibahas.")
    event = Event.objects.get(verb="meeting.minutes_answered")
    assert event.after == {"kind": "OBJECTION", "agency": "naker", "n": 1}


def test_who_did_not_receive_the_minutes_does_not_answer_them(meeting, stranger, petugas, now):
    sent(meeting, petugas, now)

    with pytest.raises(Refusal, match="tidak menerima notula"):
        note_answer(meeting, AnswerEntry(MinutesNoteKind.APPROVAL, stranger, "WhatsApp"), by=petugas, at=now)


def test_nothing_is_answered_before_it_was_sent(meeting, unit, petugas, now):
    with pytest.raises(Refusal, match="belum disampaikan"):
        note_answer(meeting, AnswerEntry(MinutesNoteKind.APPROVAL, unit, "WhatsApp"), by=petugas, at=now)


# the next meeting


def test_unsigned_minutes_come_first_next_time(meeting, bp3mi, city, petugas, now):
    sent(meeting, petugas, now)
    following = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on=dt.date(2026, 3, 1))

    (item,) = first_items(following)

    assert (item.kind, item.about_code) == (AgendaKind.MINUTES, meeting.code)
    assert item.title == "Pengesahan notula Audiensi 28 Januari 2026"
    assert item.pk is None


@pytest.mark.parametrize("standing", [MinutesStatus.DRAFT, MinutesStatus.SIGNED])
def test_minutes_that_were_not_sent_or_are_signed_need_no_approval(meeting, standing):
    meeting.minutes_status = standing

    assert approval_item(meeting) is None


def test_another_partners_minutes_do_not_come_up(meeting, bp3mi, stranger, petugas, now):
    sent(meeting, petugas, now)
    other = MeetingFactory(host_agency=bp3mi, counterpart=stranger, held_on=dt.date(2026, 3, 1))

    assert first_items(other) == []


# what a reader may see


def test_a_partner_reads_its_own_lines_and_those_without_owner(meeting, commitment, petugas, petugas_lain, now):
    open_line = CommitmentFactory(meeting=meeting)
    content = sent(meeting, petugas, now).content

    assert [line["code"] for line in for_reader(content, petugas, meeting)["lines"]] == [
        commitment.code, open_line.code,
    ]  # fmt: skip
    assert [line["code"] for line in for_reader(content, petugas_lain, meeting)["lines"]] == [open_line.code]


def test_an_item_about_anothers_commitment_is_not_shown_to_a_partner(
    meeting, commitment, petugas, petugas_unit, petugas_lain, now
):
    AgendaItem.objects.create(
        meeting=meeting, kind=AgendaKind.COMMITMENT, title=commitment.wording, about_code=commitment.code
    )
    content = send_minutes(meeting, by=petugas, at=now).content

    assert len(for_reader(content, petugas_unit, meeting)["agenda"]) == 1
    assert for_reader(content, petugas_lain, meeting)["agenda"] == []


def test_names_of_attendants_stay_with_the_keeper(meeting, unit, petugas, petugas_unit, now):
    meeting.attendance.create(agency=unit, name="Nama Contoh", post_text="Kasudin")
    content = sent(meeting, petugas, now).content

    assert "Nama Contoh" in str(for_reader(content, petugas, meeting)["attendance"])
    seen_by_partner = str(for_reader(content, petugas_unit, meeting)["attendance"])
    assert "Nama Contoh" not in seen_by_partner
    assert "Kasudin" in seen_by_partner


def test_lines_of_an_outcome_lose_the_marks_before_them():
    assert outcome_lines("- satu\n\n  • dua\n* tiga") == ["satu", "dua", "tiga"]


def test_an_outcome_that_became_a_commitment_is_known_by_its_first_words(meeting, petugas, now):
    keep(meeting, petugas, now, MinutesEntry((AgendaEntry("Bursa", outcome="Bursa kerja dua kali\nData disusun"),)))
    CommitmentFactory(meeting=meeting, code="K-2026-050", wording="Bursa kerja dua kali @naker /30jun")

    assert results_taken_up(meeting, petugas) == {"Bursa kerja dua kali": "K-2026-050"}
