"""Agreements: the page with its tree, entering with a date and parties, scope items that keep their numbers."""

import datetime as dt

import pytest
import time_machine

from agencies.actions import AgreementFacts, PartyEntry, add_clauses, change_agreement, enter_agreement
from agencies.models import Agreement, Clause, Counter, Event, Party, Relation
from agencies.policy import Refusal
from agencies.scope_text import ClauseEntry, ScopeTextError, read_scope
from commitments.status import Status
from tests.factories import AgreementFactory, ClauseFactory, CommitmentFactory, at

PASTED = """1. Pendidikan dan pelatihan
   a. pelatihan bahasa
   b. pelatihan keterampilan
2. Sosialisasi peluang kerja"""


@pytest.fixture
def typed(ministry, province, bp3mi):
    return {
        "kind": "NK",
        "signed_on": "29 Oktober 2025",
        "party1": ministry.pk,
        "party2": province.pk,
        "host_agency": bp3mi.pk,
    }


def test_the_page_shows_the_tree_with_what_has_no_commitment(as_person, petugas, agreement, clause, commitment):
    ClauseFactory(agreement=agreement, number="2", text="Tanpa tindak lanjut")
    linked = CommitmentFactory(meeting=commitment.meeting)
    linked.clauses.add(clause)

    page = as_person(petugas).get("/kesepakatan/NK-2025-001/")

    tree, text = page.context["tree"], page.content.decode()
    assert [(item.clause.number, item.total) for item in tree.items] == [("1", 1), ("2", 0)]
    assert [row.code for row in tree.unlinked] == [commitment.code]
    assert "1 dari 2 butir ruang lingkup punya komitmen" in text
    assert "Belum dikaitkan dengan ruang lingkup" in text
    assert "tanpa komitmen" in text
    assert "yang dapat Anda lihat" not in text


@pytest.mark.parametrize(
    ("agreed", "day", "words", "absent"),
    [(True, "2026-07-15", "melewati tenggat", "(usulan)"), (False, "2026-07-15", "(usulan)", "melewati tenggat"),
     (True, "2026-06-30", "30 Jun 2026", "melewati tenggat")],
)  # fmt: skip
def test_only_an_agreed_date_is_shown_as_late(as_person, petugas, meeting, unit, agreed, day, words, absent):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30), agreed=agreed)
    if not agreed:
        meeting.commitments.update(due_basis="PROPOSED")

    with time_machine.travel(f"{day}T03:00:00Z"):
        page = as_person(petugas).get("/kesepakatan/NK-2025-001/").content.decode()

    assert words in page
    assert absent not in page


def test_empty_official_facts_read_belum_diisi(as_person, petugas, agreement):
    assert as_person(petugas).get("/kesepakatan/NK-2025-001/").content.decode().count("belum diisi") >= 6


def test_a_party_reads_the_agreement_but_not_other_agencies_commitments(as_person, petugas_lain, clause, commitment):
    commitment.clauses.add(clause)

    page = as_person(petugas_lain).get("/kesepakatan/NK-2025-001/")

    assert page.status_code == 200
    assert commitment.wording not in page.content.decode()
    assert "tanpa komitmen yang dapat Anda lihat" in page.content.decode()


def test_a_stranger_does_not_find_it(as_person, petugas_asing, agreement):
    browser = as_person(petugas_asing)

    assert browser.get("/kesepakatan/NK-2025-001/").status_code == 404
    assert browser.get("/kesepakatan/").context["page"].total == 0
    assert browser.post("/kesepakatan/NK-2025-001/ubah/").status_code in (403, 404)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_tree_costs_the_same_for_many(as_person, petugas, meeting, agreement, rows, django_assert_max_num_queries):
    for number in range(rows):
        ClauseFactory(agreement=agreement, number=f"9{number}")
        CommitmentFactory(meeting=meeting).clauses.add(Clause.objects.last())
    browser = as_person(petugas)

    with django_assert_max_num_queries(26):
        browser.get("/kesepakatan/NK-2025-001/")


@pytest.mark.parametrize("typed_code", ["nk-2025-001", "NK-2025-1", "nk-2025-1"])
def test_a_sloppy_code_leads_to_the_right_address(as_person, petugas, agreement, typed_code):
    answer = as_person(petugas).get(f"/kesepakatan/{typed_code}/")

    assert (answer.status_code, answer["Location"]) == (301, "/kesepakatan/NK-2025-001/")


def test_the_date_and_two_parties_suffice(as_person, pimpinan, typed, bp3mi):
    answer = as_person(pimpinan).post("/kesepakatan/tambah/", typed)

    entered = Agreement.objects.get()
    assert answer["Location"] == "/kesepakatan/NK-2025-001/"
    assert (entered.host_agency, entered.title, entered.version) == (bp3mi, "", 1)
    assert entered.parties.count() == 2


def test_the_second_click_enters_nothing(as_person, pimpinan, typed):
    browser = as_person(pimpinan)
    token = browser.get("/kesepakatan/tambah/").context["form"]["token"].value()

    first = browser.post("/kesepakatan/tambah/", typed | {"token": token})
    second = browser.post("/kesepakatan/tambah/", typed | {"token": token})

    assert first["Location"] == second["Location"]
    assert Agreement.objects.count() == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(as_person, pimpinan, typed, ministry):
    answer = as_person(pimpinan).post(
        "/kesepakatan/tambah/",
        typed
        | {
            "signed_on": "31 Februari 2025",
            "party2": ministry.pk,
            "starts_on": "1/1/2026",
            "ends_on": "1/1/2025",
            "relation": "RENEWS",
            "title": "Judul yang sudah diketik",
        },
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"signed_on", "party2", "ends_on", "parent"}
    assert "Judul yang sudah diketik" in answer.content.decode()


def test_an_empty_form_names_date_and_parties(as_person, pimpinan):
    answer = as_person(pimpinan).post("/kesepakatan/tambah/", {})

    assert {"signed_on", "party1", "party2"} <= set(answer.context["form"].errors)


def test_officers_do_not_enter_agreements(as_person, petugas, typed):
    assert as_person(petugas).post("/kesepakatan/tambah/", typed).status_code == 403


def test_a_supervisor_enters_only_for_the_own_agency(as_person, pimpinan_unit, typed):
    answer = as_person(pimpinan_unit).post("/kesepakatan/tambah/", typed)

    assert answer.status_code == 422
    assert "host_agency" in answer.context["form"].errors


def test_a_given_code_moves_the_counter(ministry, province, bp3mi):
    parties = [PartyEntry(ministry), PartyEntry(province)]
    given = {"by": None, "at": at("2026-03-02"), "parties": parties, "host_agency": bp3mi}

    enter_agreement(signed_on=dt.date(2025, 10, 29), code="NK-2025-001", **given)
    enter_agreement(signed_on=dt.date(2025, 1, 20), code="NK-2025-002", **given)
    third = enter_agreement(signed_on=dt.date(2025, 12, 1), **given)

    assert third.code == "NK-2025-003"
    assert Counter.objects.get(kind="NK", year=2025).last == 3


def test_one_party_is_no_agreement(ministry, bp3mi):
    with pytest.raises(Refusal, match="dua pihak"):
        enter_agreement(
            by=None, at=at("2026-03-02"), signed_on=dt.date(2025, 1, 1), parties=[PartyEntry(ministry)],
            host_agency=bp3mi,
        )  # fmt: skip


def test_a_correction_is_traced_without_names_of_people(as_person, pimpinan, agreement, typed):
    browser = as_person(pimpinan)
    facts = typed | {"version": 1, "party1_signatory_name": "Nama Menteri", "party1_number": "NK.1/2025"}

    answer = browser.post("/kesepakatan/NK-2025-001/ubah/", facts)

    event = Event.objects.get(verb="agreement.changed")
    assert answer.status_code == 302
    assert Party.objects.get(agreement=agreement, position=1).signatory_name == "Nama Menteri"
    assert "Nama Menteri" not in f"{event.before}{event.after}"


def test_a_stale_edit_shows_both_versions_and_loses_nothing(as_person, pimpinan, admin, agreement, typed):
    as_person(admin).post("/kesepakatan/NK-2025-001/ubah/", typed | {"version": 1, "place": "Balai Kota"})
    browser = as_person(pimpinan)

    stale = browser.post("/kesepakatan/NK-2025-001/ubah/", typed | {"version": 1, "place": "Kantor Kementerian"})
    page = stale.content.decode()
    again = browser.post("/kesepakatan/NK-2025-001/ubah/", typed | {"version": 2, "place": "Kantor Kementerian"})

    agreement.refresh_from_db()
    assert stale.status_code == 409
    assert [(d.typed, d.stored) for d in stale.context["differences"]] == [("Kantor Kementerian", "Balai Kota")]
    assert 'name="version" value="2"' in page
    assert 'value="Kantor Kementerian"' in page
    assert again.status_code == 302
    assert (agreement.place, agreement.version) == ("Kantor Kementerian", 3)


def test_another_agency_does_not_correct_it(as_person, pimpinan_unit, agreement, typed):
    assert as_person(pimpinan_unit).post("/kesepakatan/NK-2025-001/ubah/", typed).status_code == 403


def test_lineage_is_shown_and_never_circles(as_person, pimpinan, bp3mi, ministry, province, agreement):
    earlier = AgreementFactory(code="NK-2025-002", host_agency=bp3mi, parties=[ministry, province])
    parties = [PartyEntry(ministry), PartyEntry(province)]
    facts = AgreementFacts(kind="NK", signed_on=agreement.signed_on, parent=earlier)
    change_agreement(agreement, facts, parties, by=pimpinan, at=at("2026-03-02"), version=1)

    page = as_person(pimpinan).get("/kesepakatan/NK-2025-001/").content.decode()

    agreement.refresh_from_db()
    assert agreement.relation == Relation.UNKNOWN
    assert "hubungan belum diketahui" in page
    with pytest.raises(Refusal, match="turunan"):
        change_agreement(
            earlier, AgreementFacts(kind="NK", signed_on=earlier.signed_on, parent=agreement), parties, by=pimpinan,
            at=at("2026-03-02"), version=1,
        )  # fmt: skip


def test_pasted_items_become_a_tree(as_person, pimpinan, agreement):
    answer = as_person(pimpinan).post("/kesepakatan/NK-2025-001/ruang-lingkup/", {"text": PASTED})

    clauses = {clause.number: clause for clause in agreement.clauses.all()}
    assert answer.status_code == 302
    assert list(clauses) == ["1", "1.a", "1.b", "2"]
    assert clauses["1.b"].parent == clauses["1"]
    assert {clause.citation for clause in clauses.values()} == {""}


def test_later_items_are_added_and_existing_ones_never_rewritten(as_person, pimpinan, agreement):
    browser = as_person(pimpinan)
    browser.post("/kesepakatan/NK-2025-001/ruang-lingkup/", {"text": PASTED})

    more = browser.post(
        "/kesepakatan/NK-2025-001/ruang-lingkup/", {"text": "2. Sosialisasi peluang kerja\n a. di sekolah\n3. Lain"}
    )
    changed = browser.post("/kesepakatan/NK-2025-001/ruang-lingkup/", {"text": "1. Sesuatu yang lain"})

    assert more.status_code == 302
    assert [c.number for c in agreement.clauses.all()] == ["1", "1.a", "1.b", "2", "2.a", "3"]
    assert changed.status_code == 422
    assert agreement.clauses.get(number="1").text == "Pendidikan dan pelatihan"
    with pytest.raises(Refusal, match="tidak diubah"):
        add_clauses(agreement, [ClauseEntry("3", "Bukan lain")], by=pimpinan, at=at("2026-03-02"))


def test_a_clause_that_a_done_commitment_follows_counts_once_above(as_person, petugas, agreement, meeting):
    above = ClauseFactory(agreement=agreement, number="1")
    first = ClauseFactory(agreement=agreement, number="1.a", parent=above)
    second = ClauseFactory(agreement=agreement, number="1.b", parent=above)
    CommitmentFactory(meeting=meeting, status=Status.DONE).clauses.set([first, second])

    tree = as_person(petugas).get("/kesepakatan/NK-2025-001/").context["tree"]

    assert tree.items[0].total == 1
    assert [item.total for item in tree.items[0].items] == [1, 1]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1) satu\n2) dua", ["1", "2"]),
        ("Pasal 3\n(1) Ruang lingkup meliputi:\na. satu;\nb. dua.\n(2) lain", ["3", "3.1", "3.1.a", "3.1.b", "3.2"]),
        ("1. satu\n1.1 anak\n1.2. anak\n2. dua", ["1", "1.1", "1.2", "2"]),
        ("a. satu\nb. dua", ["a", "b"]),
        ("1. satu yang\n   panjang sekali\n2. dua", ["1", "2"]),
        ("1. satu\n  1. anak\n  2. anak\n2. dua", ["1", "1.1", "1.2", "2"]),
        ("3. mulai dari tiga\n7. lompat", ["3", "7"]),
        ("", []),
    ],
)
def test_numbers_stay_as_in_the_paper(text, numbers):
    assert [entry.number for entry in read_scope(text)] == numbers


def test_only_what_stands_below_an_article_is_cited():
    cited = {entry.number: entry.citation for entry in read_scope("Pasal 3 Ruang lingkup\n(1) isi\na. rinci")}

    assert cited == {"3": "Pasal 3", "3.1": "Pasal 3 ayat (1)", "3.1.a": "Pasal 3 ayat (1) huruf a"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("tanpa nomor", "Baris 1 belum bernomor"), ("1. a\n1. b", "Baris 2: nomor 1 sudah dipakai"),
     ("\n".join(f"{n}. x" for n in range(1, 300)), "terlalu banyak")],
)  # fmt: skip
def test_an_unreadable_line_is_named(text, sentence):
    with pytest.raises(ScopeTextError, match=sentence):
        read_scope(text)
