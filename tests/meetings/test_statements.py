"""Statements: noted with their speaker, quoted only with permission, carried into the commitments box."""

import pytest

from agencies.models import Event
from commitments.models import Commitment, Kind
from meetings.actions import add_statement
from meetings.models import Statement
from tests.factories import MeetingFactory, SourceTextFactory

URL = "/pertemuan/A-2026-001/pernyataan/"
TOKEN = "9d1f0c1e-1111-4d0a-9c39-1c7d3f0a5b11"
TYPED = {"speaker": "Kepala Suku Dinas", "agency": "naker", "verbatim": "Kami siap menggelar bursa kerja."}


@pytest.fixture
def said(meeting, unit, petugas, now):
    return add_statement(
        meeting,
        speaker="Kepala Suku Dinas",
        agency=unit,
        verbatim="Kami siap menggelar bursa kerja.",
        by=petugas,
        at=now,
    )


def text_of(response):
    return response.content.decode()


def test_a_statement_is_noted_without_permission_to_quote(as_person, petugas, meeting, unit):
    response = as_person(petugas).post(URL, TYPED)

    statement = meeting.statements.get()
    assert response["Location"] == "/pertemuan/A-2026-001/#pernyataan"
    assert (statement.agency, statement.may_quote, statement.quote_allowed_by) == (unit, False, "")
    assert "belum ada izin kutip" in text_of(as_person(petugas).get("/pertemuan/A-2026-001/"))


def test_the_second_click_notes_it_once(as_person, petugas, meeting):
    client = as_person(petugas)
    client.post(URL, TYPED | {"token": TOKEN})
    client.post(URL, TYPED | {"token": TOKEN})

    assert meeting.statements.count() == 1


def test_permission_to_quote_names_who_gave_it_and_leaves_its_trace(as_person, petugas, said):
    client = as_person(petugas)

    refused = client.post(f"{URL}{said.pk}/", TYPED | {"may_quote": "on"})
    assert refused.status_code == 422
    assert "Sebutkan siapa yang memberi izin kutip." in text_of(refused)

    client.post(f"{URL}{said.pk}/", TYPED | {"may_quote": "on", "quote_allowed_by": "Kasudin, lisan"})
    said.refresh_from_db()
    assert (said.may_quote, said.quote_allowed_by) == (True, "Kasudin, lisan")
    event = Event.objects.get(verb="meeting.statement_changed")
    assert (event.before, event.after) == ({"may_quote": False}, {"may_quote": True, "statement": said.pk})
    assert "izin: Kasudin, lisan" in text_of(client.get("/pertemuan/A-2026-001/"))


def test_a_withdrawn_permission_keeps_no_name(as_person, petugas, said):
    said.may_quote, said.quote_allowed_by = True, "Kasudin"
    said.save()

    as_person(petugas).post(f"{URL}{said.pk}/", TYPED | {"quote_allowed_by": "Kasudin"})

    said.refresh_from_db()
    assert (said.may_quote, said.quote_allowed_by) == (False, "")


def test_words_taken_from_a_source_stay_as_the_source_has_them(as_person, petugas, said):
    said.source, said.span_start, said.span_end = SourceTextFactory(text=said.verbatim), 0, len(said.verbatim)
    said.save()

    as_person(petugas).post(f"{URL}{said.pk}/", TYPED | {"verbatim": "Diubah", "speaker": "Kasudin"})

    said.refresh_from_db()
    assert (said.speaker, said.verbatim) == ("Kasudin", "Kami siap menggelar bursa kerja.")


@pytest.mark.parametrize("who", ["petugas_unit", "humas", "auditor"])
def test_others_do_not_write_statements(as_person, request, meeting, said, who):
    client = as_person(request.getfixturevalue(who))

    assert client.post(URL, TYPED).status_code == 403
    assert client.post(f"{URL}{said.pk}/", TYPED).status_code == 403
    assert meeting.statements.count() == 1


def test_a_statement_of_another_meeting_is_not_found(as_person, petugas, bp3mi, said):
    MeetingFactory(code="A-2026-050", host_agency=bp3mi)

    assert as_person(petugas).get(f"/pertemuan/A-2026-050/pernyataan/{said.pk}/").status_code == 404
    assert "Kami siap" not in text_of(
        as_person(petugas).get(f"/pertemuan/A-2026-050/komitmen/?dari=pernyataan-{said.pk}")
    )


def test_incomplete_input_is_kept_and_explained(as_person, petugas, meeting):
    response = as_person(petugas).post(URL, {"verbatim": "Kutipan tanpa penutur"})

    assert response.status_code == 422
    assert "Kutipan tanpa penutur" in text_of(response)
    assert not Statement.objects.exists()


def test_one_click_makes_a_readiness_of_what_was_said(as_person, petugas, meeting, said, unit):
    client = as_person(petugas)
    address = f"/pertemuan/A-2026-001/komitmen/?dari=pernyataan-{said.pk}"

    page = client.get(address)
    assert "Kami siap menggelar bursa kerja. @naker" in text_of(page)
    assert '<option value="PLEDGE" selected>' in text_of(page)
    client.post(address, {"lines": "Menggelar bursa kerja @naker", "kind": "PLEDGE", "aksi": "draf"})

    made = Commitment.objects.get()
    assert (made.kind, made.lead) == (Kind.PLEDGE, unit)


@pytest.mark.parametrize(
    "asked", ["", "pernyataan-", "pernyataan-99999", "butir-1-0", "lain-1", "pernyataan-" + "9" * 40, "butir-1-0'"]
)
def test_an_address_that_leads_nowhere_opens_an_empty_box(as_person, petugas, meeting, asked):
    page = as_person(petugas).get("/pertemuan/A-2026-001/komitmen/", {"dari": asked})

    assert page.status_code == 200
    assert '<option value="AGREED" selected>' in text_of(page)


def test_lines_typed_without_a_kind_are_agreements(as_person, petugas, meeting):
    as_person(petugas).post("/pertemuan/A-2026-001/komitmen/", {"lines": "Bursa kerja", "aksi": "draf"})

    assert Commitment.objects.get().kind == Kind.AGREED
