"""A signed copy of the minutes: *disahkan*, and the strongest yes to the lines of those who signed."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Event
from agencies.policy import Refusal
from commitments.actions.minutes import SignedMinutes, sign_minutes
from commitments.actions.terms import TermsEntry, change_terms
from commitments.models import Consent, DueBasis, Strength
from commitments.status import Status
from config.files import take_in
from meetings.minutes import AgendaEntry, MinutesEntry, keep_minutes, send_minutes
from meetings.minutes_content import agenda_digest
from meetings.models import FileKind, MinutesNoteKind, MinutesStatus
from tests.commitments.papers import document
from tests.factories import CommitmentFactory

URL = "/pertemuan/A-2026-001/notula/pengesahan/"
SCAN = document()
TOKEN = "7d2f5c1e-0000-4d0a-9c39-1c7d3f0a5b11"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def line(meeting, unit):
    """A line of the unit whose date is only a proposal."""
    return CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30))


@pytest.fixture
def sent(meeting, line, petugas, now):
    entry = MinutesEntry((AgendaEntry("Bursa kerja"),))
    kept = keep_minutes(meeting, entry, by=petugas, at=now, seen=agenda_digest(meeting))
    return send_minutes(kept, by=petugas, at=now)


def scan():
    return SimpleUploadedFile("notula.pdf", SCAN, content_type="application/pdf")


def signed_by(*agencies):
    return SignedMinutes("12/NTL/2026", dt.date(2026, 2, 3), take_in(scan()), agencies)


def typed(**fields):
    return {"number": "12/NTL/2026", "signed_on": "3/2/2026", "agencies": ["naker"], "file": scan()} | fields


def test_signing_makes_the_minutes_disahkan_and_keeps_the_scan(meeting, sent, unit, bp3mi, petugas, now):
    notes = sign_minutes(meeting, signed_by(bp3mi, unit), by=petugas, at=now)

    meeting.refresh_from_db()
    assert meeting.minutes_status == MinutesStatus.SIGNED
    assert [(note.kind, note.agency, note.version) for note in notes] == [
        (MinutesNoteKind.SIGNED, bp3mi, sent), (MinutesNoteKind.SIGNED, unit, sent),
    ]  # fmt: skip
    file = meeting.files.get()
    assert (file.kind, file.letter_number, str(file.letter_on)) == (FileKind.MINUTES, "12/NTL/2026", "2026-02-03")


def test_the_lead_that_signed_confirms_its_line_and_its_date(meeting, sent, line, unit, petugas, now):
    sign_minutes(meeting, signed_by(unit), by=petugas, at=now)

    line.refresh_from_db()
    consent = Consent.objects.filter(terms__commitment=line, terms__n=line.terms_n).get()
    assert (consent.agency, consent.strength) == (unit, Strength.CONFIRMED)
    assert consent.source == "Notula bertanda tangan 12/NTL/2026, 3 Februari 2026"
    assert line.due_basis == DueBasis.AGREED
    assert Event.objects.filter(verb="commitment.confirmed_by_document", object_code=line.code).count() == 1


def test_another_agency_that_signed_does_not_confirm_for_the_lead(meeting, sent, line, other_unit, petugas, now):
    sign_minutes(meeting, signed_by(other_unit), by=petugas, at=now)

    line.refresh_from_db()
    assert not Consent.objects.filter(terms__commitment=line).exists()
    assert line.due_basis == DueBasis.PROPOSED


def test_a_supporter_confirms_too_and_a_line_without_owner_takes_all(meeting, line, unit, other_unit, petugas, now):
    line.contributions.create(agency=other_unit)
    open_line = CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 9, 1))
    send_minutes(meeting, by=petugas, at=now)

    sign_minutes(meeting, signed_by(unit, other_unit), by=petugas, at=now)

    for row in (line, open_line):
        row.refresh_from_db()
        given = Consent.objects.filter(terms__commitment=row, terms__n=row.terms_n)
        assert {consent.agency for consent in given} == {unit, other_unit}
        assert row.due_basis == DueBasis.AGREED


def test_words_changed_since_are_not_confirmed(meeting, sent, line, unit, petugas, now):
    changed = change_terms(
        line, TermsEntry("Rumusan lain", lead=unit, due_on=dt.date(2026, 12, 1)), by=petugas, at=now,
        version=line.version,
    )  # fmt: skip

    sign_minutes(meeting, signed_by(unit), by=petugas, at=now)

    changed.refresh_from_db()
    assert changed.due_basis == DueBasis.PROPOSED
    assert list(Consent.objects.values_list("terms__n", flat=True)) == [1]


def test_a_closed_line_is_confirmed_without_changing(meeting, unit, petugas, now):
    done = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30), status=Status.DONE)
    send_minutes(meeting, by=petugas, at=now)

    sign_minutes(meeting, signed_by(unit), by=petugas, at=now)

    done.refresh_from_db()
    assert done.due_basis == DueBasis.PROPOSED
    assert Consent.objects.get().terms.commitment == done


@pytest.mark.parametrize("who", ["petugas_unit", "humas", "auditor", "petugas_asing"])
def test_only_the_keeper_records_a_signature(request, meeting, sent, unit, now, who):
    with pytest.raises(Refusal) as refusal:
        sign_minutes(meeting, signed_by(unit), by=request.getfixturevalue(who), at=now)

    assert refusal.value.verdict.status == 403
    assert not Consent.objects.exists()


def test_minutes_that_were_not_sent_cannot_be_signed(as_person, petugas, meeting):
    assert as_person(petugas).get(URL).status_code == 409


def test_the_page_records_it_once(as_person, petugas, meeting, sent):
    client = as_person(petugas)

    first = client.post(URL, typed(token=TOKEN))
    second = client.post(URL, typed(token=TOKEN))

    assert first["Location"] == second["Location"] == "/pertemuan/A-2026-001/notula/"
    assert meeting.files.count() == 1
    assert "Notula disahkan" in client.get("/pertemuan/A-2026-001/notula/").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"number": ""}, "&quot;Nomor notula&quot; belum diisi."),
        ({"signed_on": "27/1/2026"}, "sebelum pertemuan"),
        ({"signed_on": "1/1/2099"}, "belum terjadi"),
        ({"signed_on": "31/2/2026"}, "tidak ada di kalender"),
        ({"agencies": []}, "Centang paling sedikit satu instansi."),
        ({"agencies": ["asing"]}, "asing"),
        ({"file": ""}, "Pilih satu berkas."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 rusak")}, "rusak atau tidak terbaca"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(as_person, petugas, meeting, stranger, sent, fields, words):
    response = as_person(petugas).post(URL, typed(**fields))

    assert response.status_code == 422
    assert words in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes_status == MinutesStatus.SENT
