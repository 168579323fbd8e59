"""The directory of agencies and the page of one: who sees, who adds, who corrects."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.actions import AgencyFacts, change_agency
from agencies.models import Agency, AgencyKind, Alias, Contact, Event, Role, Zone
from agencies.phones import whatsapp_number
from agencies.policy import Refusal
from commitments import tallies
from commitments.models import Contribution
from commitments.status import Status
from tests.factories import AgencyFactory, CommitmentFactory, at, person

PAGE_QUERIES = 16
NEW = {"name": "Suku Dinas Pendidikan", "short_name": "Sudin Pendidikan", "code": "didik", "kind": "CITY_OFFICE"}


@pytest.fixture
def contact(bp3mi, unit):
    return Contact.objects.create(
        agency=unit, kept_by=bp3mi, post_text="Kepala Seksi", name="Nama Narahubung", whatsapp="6281200000000"
    )


def test_the_tree_lists_children_below_their_parent(as_person, petugas, city, unit, other_unit, province):
    rows = as_person(petugas).get("/instansi/").context["rows"]

    told = [(row.agency.code, row.depth) for row in rows]
    start = told.index(("pemprov", 0))
    assert told[start : start + 4] == [("pemprov", 0), ("kota", 1), ("naker", 2), ("sosial", 2)]


def test_participation_is_derived_from_accounts(as_person, petugas, petugas_unit, other_unit):
    rows = {row.agency.code: row for row in as_person(petugas).get("/instansi/").context["rows"]}

    assert rows["naker"].has_accounts
    assert not rows["sosial"].has_accounts


def test_search_finds_by_former_name_and_suggests_when_nothing_fits(as_person, petugas, unit):
    Alias.objects.create(agency=unit, name="Nakertransgi")
    browser = as_person(petugas)

    found = browser.get("/instansi/", {"q": "transgi"})
    missed = browser.get("/instansi/", {"q": "nakre"})

    assert [row.agency.code for row in found.context["rows"]] == ["naker"]
    assert missed.context["rows"] == []
    assert "Sudin Naker" in missed.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_tree_costs_the_same_for_many(as_person, petugas, city, rows, django_assert_max_num_queries):
    AgencyFactory.create_batch(rows, parent=city)
    browser = as_person(petugas)

    with django_assert_max_num_queries(9):
        browser.get("/instansi/")


def test_an_officer_adds_a_partner_without_accounts(as_person, petugas, city):
    answer = as_person(petugas).post("/instansi/tambah/", NEW | {"parent": city.pk})

    added = Agency.objects.get(code="didik")
    assert answer["Location"] == "/instansi/didik/"
    assert added.parent == city
    assert Event.objects.filter(verb="agency.added", object_code="didik").count() == 1


def test_the_second_click_adds_nothing(as_person, petugas):
    browser = as_person(petugas)
    token = browser.get("/instansi/tambah/").context["form"]["token"].value()

    first = browser.post("/instansi/tambah/", NEW | {"token": token})
    Agency.objects.filter(code="didik").update(code="didik-lama")
    second = browser.post("/instansi/tambah/", NEW | {"token": token})

    assert first["Location"] == second["Location"]
    assert Agency.objects.filter(code__startswith="didik").count() == 1


def test_a_taken_or_wrong_code_is_said_beside_the_field(as_person, petugas, unit):
    browser = as_person(petugas)

    taken = browser.post("/instansi/tambah/", NEW | {"code": "@NAKER"})
    wrong = browser.post("/instansi/tambah/", NEW | {"code": "dua kata"})
    address = browser.post("/instansi/tambah/", NEW | {"code": "tambah"})

    for answer in (taken, wrong, address):
        assert answer.status_code == 422
        assert "code" in answer.context["form"].errors
        assert 'value="Sudin Pendidikan"' in answer.content.decode()


def test_press_cannot_add(as_person, humas):
    assert as_person(humas).post("/instansi/tambah/", NEW).status_code == 403


def test_a_supervisor_corrects_the_own_agency_and_below_only(as_person, pimpinan, bp3mi, unit):
    browser = as_person(pimpinan)
    facts = {
        "name": "BP3MI Uji Baru",
        "short_name": "BP3MI",
        "zone": "Asia/Jakarta",
        "paper": "A4",
        "letterhead": "BARIS SATU\n\nBARIS DUA",
    }

    own = browser.post("/instansi/bp3mi/ubah/", facts)
    foreign = browser.post("/instansi/naker/ubah/", facts)

    bp3mi.refresh_from_db()
    assert own.status_code == 302
    assert (bp3mi.name, bp3mi.letterhead) == ("BP3MI Uji Baru", "BARIS SATU\nBARIS DUA")
    assert Alias.objects.get(agency=bp3mi).name == "BP3MI Uji"
    assert foreign.status_code == 403


def test_only_an_admin_moves_an_agency(as_person, pimpinan, admin, bp3mi, province, ministry):
    facts = {"name": "BP3MI Uji", "short_name": "BP3MI", "zone": "Asia/Jakarta", "kind": "FIELD_OFFICE", "paper": "A4"}

    as_person(pimpinan).post("/instansi/bp3mi/ubah/", facts | {"parent": province.pk})
    bp3mi.refresh_from_db()
    assert bp3mi.parent == ministry
    as_person(admin).post("/instansi/bp3mi/ubah/", facts | {"parent": province.pk})

    bp3mi.refresh_from_db()
    assert bp3mi.parent == province


def test_a_moved_subtree_keeps_its_lines(admin, city, unit, ministry):
    facts = AgencyFacts(name=city.name, short_name=city.short_name, kind=AgencyKind.CITY, parent=ministry)

    change_agency(city, facts, by=admin, at=at("2026-03-02"))

    unit.refresh_from_db()
    assert unit.path == f"/{ministry.pk}/{city.pk}/{unit.pk}/"


def test_a_corrected_zone_moves_the_midnight_of_every_date_it_keeps(admin, bp3mi, unit, meeting, commitment):
    bare = CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 6, 30))
    led = CommitmentFactory(meeting=meeting, lead=bp3mi, due_on=dt.date(2026, 6, 30))
    facts = AgencyFacts(bp3mi.name, bp3mi.short_name, bp3mi.kind, bp3mi.parent, zone=Zone.WIT)

    change_agency(bp3mi, facts, by=admin, at=at("2026-03-02"))

    for row in (bare, led, commitment):
        row.refresh_from_db()
    east, west = dt.datetime(2026, 6, 30, 15, tzinfo=dt.UTC), dt.datetime(2026, 6, 30, 17, tzinfo=dt.UTC)
    assert (bare.late_from, led.late_from, commitment.late_from) == (east, east, west)


@pytest.mark.parametrize("zone", [Zone.WIT, Zone.WITA])
def test_the_tallies_follow_a_corrected_zone(admin, bp3mi, meeting, petugas, zone):
    for lead in (None, bp3mi):
        CommitmentFactory(meeting=meeting, lead=lead, due_on=dt.date(2026, 2, 20), agreed=True)
    tallies.repair(at("2026-03-02"))
    facts = AgencyFacts(bp3mi.name, bp3mi.short_name, bp3mi.kind, bp3mi.parent, zone=zone)

    change_agency(bp3mi, facts, by=admin, at=at("2026-03-02"))

    assert tallies.differences(at("2026-03-02")) == []


def test_an_agency_never_stands_below_itself(as_person, admin, city, unit, province):
    facts = AgencyFacts(name=city.name, short_name=city.short_name, kind=AgencyKind.CITY, parent=unit)
    with pytest.raises(Refusal, match="dirinya sendiri"):
        change_agency(city, facts, by=admin, at=at("2026-03-02"))

    form = as_person(admin).get("/instansi/kota/ubah/").context["form"]
    assert unit not in form.fields["parent"].queryset


def test_other_names_carry_their_validity(as_person, admin, unit):
    browser = as_person(admin)
    browser.post("/instansi/naker/nama-lain/", {"alias-name": "Nakertransgi", "alias-valid_until": "31/12/2024"})
    browser.post("/instansi/naker/nama-lain/", {"alias-name": "Nakertransgi", "alias-valid_until": "30 Juni 2025"})
    wrong = browser.post(
        "/instansi/naker/nama-lain/",
        {"alias-name": "X", "alias-valid_from": "1/1/2025", "alias-valid_until": "1/1/2024"},
    )

    assert Alias.objects.get(agency=unit).valid_until == dt.date(2025, 6, 30)
    assert wrong.status_code == 422


def test_the_page_counts_only_what_the_person_may_see(as_person, petugas_unit, petugas_lain, commitment, unit):
    CommitmentFactory(meeting=commitment.meeting, lead=unit, status=Status.DONE)

    seen = as_person(petugas_unit).get("/instansi/naker/")
    hidden = as_person(petugas_lain).get("/instansi/naker/")

    assert (seen.context["promises"].led, seen.context["promises"].done) == (2, 1)
    assert "?penanggung_jawab=naker" in seen.content.decode()
    assert hidden.context["promises"].led == 0


@time_machine.travel("2026-07-15T03:00:00Z")
def test_every_number_opens_exactly_its_rows(as_person, petugas, commitment, draft_commitment, unit):
    CommitmentFactory(meeting=commitment.meeting, lead=unit, status=Status.DONE)
    CommitmentFactory(meeting=draft_commitment.meeting, lead=unit, status=Status.DRAFT)
    browser = as_person(petugas)
    page = browser.get("/instansi/naker/")

    links = re.findall(r'href="(/komitmen/\?[^"]+)">(\d+)', page.content.decode())

    opened = [(browser.get(html.unescape(link)).context["page"].total, int(count)) for link, count in links]
    assert opened == [(1, 1), (1, 1), (2, 2)]
    assert "2 komitmen sebagai penanggung jawab: 1 melewati tenggat, 1 selesai." in page.content.decode()


def test_empty_official_facts_read_belum_diisi(as_person, petugas, unit):
    assert as_person(petugas).get("/instansi/naker/").content.decode().count("belum diisi") >= 5


def test_contacts_are_seen_by_officers_of_the_keeping_agency_only(
    as_person, petugas, pimpinan, petugas_unit, admin, contact
):
    people = {"own": petugas, "boss": pimpinan, "itself": petugas_unit, "admin": admin}

    pages = {name: as_person(user).get("/instansi/naker/").content.decode() for name, user in people.items()}

    seen = {name: "Nama Narahubung" in page for name, page in pages.items()}
    assert seen == {"own": True, "boss": False, "itself": False, "admin": False}


def test_a_contact_is_kept_with_a_normal_number_and_no_personal_value_in_the_trail(as_person, petugas, bp3mi, unit):
    answer = as_person(petugas).post(
        "/instansi/naker/narahubung/", {"post_text": "Kepala Seksi", "name": "Nama Uji", "whatsapp": "0812-0000-0000"}
    )

    contact = Contact.objects.get()
    event = Event.objects.get(verb="contact.kept")
    assert answer.status_code == 302
    assert (contact.kept_by, contact.whatsapp) == (bp3mi, "6281200000000")
    assert "Nama Uji" not in str(event.after)
    assert "62812" not in str(event.after)


def test_a_wrong_number_is_explained_and_kept(as_person, petugas, unit):
    answer = as_person(petugas).post("/instansi/naker/narahubung/", {"post_text": "Kasi", "whatsapp": "021-55"})

    assert answer.status_code == 422
    assert "whatsapp" in answer.context["form"].errors
    assert 'value="021-55"' in answer.content.decode()


def test_another_agencys_contact_does_not_exist(as_person, petugas_lain, contact):
    browser = as_person(petugas_lain)

    assert browser.get(f"/instansi/naker/narahubung/{contact.pk}/").status_code == 404
    assert browser.post(f"/instansi/naker/narahubung/{contact.pk}/berhenti/").status_code == 404
    contact.refresh_from_db()
    assert contact.is_active


def test_a_contact_is_corrected_and_retired(as_person, petugas, contact):
    browser = as_person(petugas)
    browser.post(f"/instansi/naker/narahubung/{contact.pk}/", {"post_text": "Kepala Subbagian", "whatsapp": ""})
    browser.post(f"/instansi/naker/narahubung/{contact.pk}/berhenti/")
    again = browser.post(f"/instansi/naker/narahubung/{contact.pk}/berhenti/")

    contact.refresh_from_db()
    assert (contact.post_text, contact.whatsapp, contact.is_active) == ("Kepala Subbagian", "", False)
    assert again.status_code == 302
    assert Event.objects.filter(verb="contact.retired").count() == 1


def test_a_supervisor_keeps_no_contacts(as_person, city, unit):
    assert as_person(person(city, Role.SUPERVISOR)).get("/instansi/naker/narahubung/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0812 0000 0000", "6281200000000"), ("+62 812-0000-0000", "6281200000000"), ("81200000000", "6281200000000"),
     ("+31 6 00000000", "31600000000"), ("", "")],
)  # fmt: skip
def test_whatsapp_numbers_are_read_as_written(typed, number):
    assert whatsapp_number(typed) == number


@pytest.mark.parametrize("typed", ["12", "021 5555 5555", "nomor saya", "08120000000000000000", "+0812"])
def test_what_is_no_whatsapp_number_is_refused(typed):
    with pytest.raises(ValueError, match="bukan nomor WhatsApp"):
        whatsapp_number(typed)


def test_what_an_agency_supports_has_a_tab_of_its_own(as_person, petugas, commitment, other_unit):
    Contribution.objects.create(commitment=commitment, agency=other_unit)
    browser = as_person(petugas)

    led = browser.get("/instansi/sosial/").content.decode()
    supported = browser.get("/instansi/sosial/?peran=pendukung").content.decode()

    assert commitment.code not in led
    assert commitment.code in supported
    (link,) = re.findall(r'href="(/komitmen/\?pendukung=[^"]+)">1 komitmen', supported)
    assert browser.get(html.unescape(link)).context["page"].total == 1


def test_meetings_are_those_the_person_may_see(as_person, petugas, petugas_asing, commitment, unit):
    seen, hidden = (as_person(who).get("/instansi/naker/").content.decode() for who in (petugas, petugas_asing))

    assert commitment.meeting.code in seen
    assert "/pertemuan/?status=terlaksana&amp;instansi=naker" in seen
    assert commitment.meeting.code not in hidden
    assert "Belum ada pertemuan instansi ini" in hidden


def test_posts_are_shown_and_people_are_not(as_person, petugas, petugas_unit):
    page = as_person(petugas).get("/instansi/naker/").content.decode()

    assert "Jabatan OFFICER" in page
    assert petugas_unit.name not in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_of_an_agency_costs_the_same_for_one_row_and_for_twenty(count, as_person, petugas, meeting, unit):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=unit)
    browser = as_person(petugas)
    browser.get("/instansi/naker/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/instansi/naker/")

    assert len(queries) == PAGE_QUERIES
