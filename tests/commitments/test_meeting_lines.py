"""What is done with the lines of a meeting: add, share, note who agreed, pass on, discard."""

import re

import pytest

from agencies.models import Event
from commitments.models import Commitment, Consent, DueBasis
from commitments.status import Status
from meetings.lines import tick_name
from meetings.models import Attendance
from tests.factories import CommitmentFactory, MeetingFactory

MEETING = "/pertemuan/A-2026-002/"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b11"


@pytest.fixture
def held(bp3mi, city, unit, other_unit, agreement):
    return MeetingFactory(
        code="A-2026-002", host_agency=bp3mi, counterpart=city, agreement=agreement, shared_at=None,
        present=[unit, other_unit],
    )  # fmt: skip


@pytest.fixture
def line(held, unit):
    return CommitmentFactory(
        code="K-2026-021", meeting=held, status=Status.DRAFT, lead=unit, due_on=held.held_on.replace(month=6)
    )


# adding lines


def test_more_lines_become_drafts_of_the_meeting(as_person, petugas, held, unit, clause):
    response = as_person(petugas).post(
        f"{MEETING}komitmen/", {"lines": "Optimalisasi bursa kerja @naker /30jun #1 =4 kali", "aksi": "draf"}
    )

    made = held.commitments.get()
    assert response["Location"] == MEETING
    assert (made.lead, made.status, str(made.due_on), made.unit) == (unit, Status.DRAFT, "2026-06-30", "kali")
    assert list(made.clauses.all()) == [clause]


def test_saving_and_sharing_makes_them_known_at_once(as_person, petugas, held):
    as_person(petugas).post(f"{MEETING}komitmen/", {"lines": "Sinergi pencegahan TPPO", "aksi": "sampaikan"})

    held.refresh_from_db()
    assert held.is_shared
    assert held.commitments.get().status == Status.NOT_STARTED


def test_a_tick_beside_a_new_line_makes_its_date_agreed(as_person, petugas, held, unit):
    client = as_person(petugas)
    typed = "Optimalisasi bursa kerja @naker /30jun"
    checked = client.post(f"{MEETING}komitmen/", {"lines": typed, "aksi": "periksa"})
    box = next(b for b in checked.context["form"].preview[0].boxes if b.agency == unit)

    client.post(
        f"{MEETING}komitmen/",
        {"lines": typed, box.name: "ya", "nama-naker": "Budi", "jabatan-naker": "Kasudin", "aksi": "draf"},
    )

    made = held.commitments.get()
    consent = Consent.objects.filter(terms__commitment=made).first()
    assert made.due_basis == DueBasis.AGREED
    assert (consent.name, consent.post_text) == ("Budi", "Kasudin")


def test_checking_saves_nothing_and_shows_what_is_read(as_person, petugas, held):
    response = as_person(petugas).post(f"{MEETING}komitmen/", {"lines": "Bursa kerja @naker", "aksi": "periksa"})

    assert response.status_code == 200
    assert "Terbaca 1 komitmen" in response.content.decode()
    assert not held.commitments.exists()


def test_htmx_gets_the_preview_only(as_person, petugas, held):
    response = as_person(petugas).post(
        f"{MEETING}komitmen/", {"lines": "Bursa kerja", "aksi": "periksa"}, headers={"HX-Request": "true"}
    )

    assert "<h1>" not in response.content.decode()
    assert 'id="pratinjau"' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis paling sedikit satu komitmen."),
        ("Bursa kerja /31feb", "tidak ada di kalender"),
        ("Bursa kerja @nakr", "@naker"),
        ("Bursa kerja #99", "tidak ada dalam ruang lingkup"),
        ("Bursa kerja /1jan2025", "Simpan meskipun ada peringatan"),
        ("x" * 5000, "terlalu panjang"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(as_person, petugas, held, clause, unit, typed, sentence):
    response = as_person(petugas).post(f"{MEETING}komitmen/", {"lines": typed, "aksi": "draf"})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert typed in response.content.decode()
    assert not held.commitments.exists()


def test_the_second_click_adds_the_lines_once(as_person, petugas, held):
    client = as_person(petugas)
    typed = {"lines": "Bursa kerja", "aksi": "draf", "token": TOKEN}

    first, second = client.post(f"{MEETING}komitmen/", typed), client.post(f"{MEETING}komitmen/", typed)

    assert held.commitments.count() == 1
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("petugas_unit", 404), ("petugas_asing", 404), ("humas", 403), ("admin", 403), ("auditor", 403)],
)
@pytest.mark.parametrize("door", ["komitmen/", "kesepakatan-rapat/", "sampaikan/"])
def test_only_the_keeper_works_on_a_draft(as_person, request, held, line, who, status, door):
    response = as_person(request.getfixturevalue(who)).post(
        f"{MEETING}{door}", {"lines": "Bursa kerja", "aksi": "draf"}
    )

    line.refresh_from_db()
    assert response.status_code == status
    assert line.status == Status.DRAFT
    assert held.commitments.count() == 1


def test_those_present_are_told_no_once_it_is_shared_and_it_leaves_a_trace(as_person, petugas_unit, meeting):
    response = as_person(petugas_unit).post("/pertemuan/A-2026-001/komitmen/", {"lines": "Bursa kerja", "aksi": "draf"})

    assert response.status_code == 403
    assert Event.objects.filter(verb="access.refused").exists()


# sharing


def test_sharing_makes_every_line_known_and_the_second_click_changes_nothing(as_person, petugas, held, line):
    client = as_person(petugas)

    first = client.post(f"{MEETING}sampaikan/", follow=True)
    version = Commitment.objects.get(pk=line.pk).version
    second = client.post(f"{MEETING}sampaikan/", follow=True)

    line.refresh_from_db()
    assert "1 komitmen disampaikan. Pengingat mulai berjalan." in first.content.decode()
    assert "Pertemuan ini sudah disampaikan." in second.content.decode()
    assert (line.status, line.version) == (Status.NOT_STARTED, version)


def test_sharing_is_no_link(as_person, petugas, held, line):
    assert as_person(petugas).get(f"{MEETING}sampaikan/").status_code == 405


def test_the_text_for_the_group_comes_as_a_page_and_as_a_panel(as_person, petugas, held, line):
    client = as_person(petugas)

    page = client.get(f"{MEETING}bagikan/").content.decode()
    panel = client.get(f"{MEETING}bagikan/", headers={"HX-Request": "true"}).content.decode()

    assert "<h1>" in page
    assert "<h1>" not in panel
    for text in (page, panel):
        assert "Hasil Audiensi BP3MI - Pemkot" in text
        assert re.search(r'href="https://wa\.me/\?text=%2AHasil%20', text)


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_only_the_keeper_gets_the_text(as_person, request, meeting, who, status):
    response = as_person(request.getfixturevalue(who)).get("/pertemuan/A-2026-001/bagikan/")

    assert response.status_code == status


# who agreed


def test_a_tick_on_the_meeting_page_makes_the_date_agreed(as_person, petugas, held, line, unit):
    response = as_person(petugas).post(
        f"{MEETING}kesepakatan-rapat/", {tick_name(line, unit): "ya", "nama-naker": "Budi", "jabatan-naker": "Kasudin"}
    )

    line.refresh_from_db()
    consent = Consent.objects.filter(terms__commitment=line, terms__n=line.terms_n).get()
    assert response["Location"] == MEETING
    assert line.due_basis == DueBasis.AGREED
    assert (consent.agency, consent.name, consent.post_text) == (unit, "Budi", "Kasudin")


def test_without_a_typed_name_the_person_who_was_there_is_taken(as_person, petugas, held, line, unit):
    Attendance.objects.filter(agency=unit).update(name="Sari")

    as_person(petugas).post(f"{MEETING}kesepakatan-rapat/", {tick_name(line, unit): "ya"})

    assert Consent.objects.first().name == "Sari"


@pytest.mark.parametrize("token", [TOKEN, ""])
def test_ticking_twice_leaves_one_consent(as_person, petugas, held, line, unit, token):
    client = as_person(petugas)
    typed = {tick_name(line, unit): "ya", "token": token}

    first, second = (client.post(f"{MEETING}kesepakatan-rapat/", typed) for _click in range(2))

    line.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert Consent.objects.filter(terms__commitment=line, terms__n=line.terms_n).count() == 1


def test_a_tick_for_words_that_changed_meanwhile_is_not_taken(as_person, petugas, held, line, unit, other_unit):
    other = CommitmentFactory(code="K-2026-022", meeting=held, status=Status.DRAFT)
    old, kept = tick_name(line, unit), tick_name(other, other_unit)
    Commitment.objects.filter(pk=line.pk).update(wording="Rumusan lain")

    response = as_person(petugas).post(f"{MEETING}kesepakatan-rapat/", {old: "ya", kept: "ya", "nama-naker": "Budi"})

    text = response.content.decode()
    assert response.status_code == 409
    assert "berubah sejak halaman ini dibuka" in text
    assert re.search(rf'name="{kept}" value="ya" checked', text)
    assert 'value="Budi"' in text
    assert not Consent.objects.exists()


def test_nothing_ticked_is_said(as_person, petugas, held, line):
    response = as_person(petugas).post(f"{MEETING}kesepakatan-rapat/", {})

    assert response.status_code == 422
    assert "Centang paling sedikit satu instansi" in response.content.decode()


def test_the_ticks_have_a_page_of_their_own(as_person, petugas, held, line, unit):
    text = as_person(petugas).get(f"{MEETING}kesepakatan-rapat/").content.decode()

    assert tick_name(line, unit) in text


def test_an_agency_that_was_not_there_cannot_be_ticked(as_person, petugas, held, line, stranger):
    response = as_person(petugas).post(f"{MEETING}kesepakatan-rapat/", {tick_name(line, stranger): "ya"})

    assert response.status_code == 409
    assert not Consent.objects.exists()


# discarding


def test_a_draft_is_discarded_marked_and_its_code_stays_taken(as_person, petugas, held, line):
    response = as_person(petugas).post("/komitmen/K-2026-021/buang/", {"alasan": "salah ketik"})

    line.refresh_from_db()
    assert response["Location"] == MEETING
    assert line.is_discarded
    assert line.wording not in as_person(petugas).get(MEETING).content.decode()


def test_a_zero_character_in_a_reason_or_a_name_is_no_breakdown(as_person, petugas, held, line, unit):
    client = as_person(petugas)

    named = client.post(f"{MEETING}kesepakatan-rapat/", {tick_name(line, unit): "ya", "nama-naker": "Bu\0di"})
    discarded = client.post("/komitmen/K-2026-021/buang/", {"alasan": "salah\0"})

    assert (named.status_code, discarded.status_code) == (302, 302)
    assert Consent.objects.first().name == "Budi"


def test_the_second_click_on_discard_is_harmless(as_person, petugas, held, line):
    client = as_person(petugas)
    client.post("/komitmen/K-2026-021/buang/")

    assert client.post("/komitmen/K-2026-021/buang/").status_code == 302
    assert Event.objects.filter(verb="commitment.discarded").count() == 1


def test_what_was_shared_is_not_discarded(as_person, petugas, commitment):
    response = as_person(petugas).post("/komitmen/K-2026-001/buang/")

    commitment.refresh_from_db()
    assert response.status_code == 409
    assert "sudah disampaikan" in response.content.decode()
    assert not commitment.is_discarded


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 404), ("humas", 403), ("petugas_asing", 404)])
def test_nobody_else_discards(as_person, request, line, who, status):
    response = as_person(request.getfixturevalue(who)).post("/komitmen/K-2026-021/buang/")

    line.refresh_from_db()
    assert response.status_code == status
    assert not line.is_discarded


def test_a_line_of_a_meeting_is_shared_with_its_meeting(as_person, petugas, held, line):
    response = as_person(petugas).post("/komitmen/K-2026-021/sampaikan/")

    held.refresh_from_db()
    assert response["Location"] == MEETING
    assert held.is_shared
