"""The list: filters in the address, the sentence that counts, nobody sees too much, constant cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments import actions
from commitments.actions.terms import Tick, agree_in_meeting
from commitments.models import Commitment
from commitments.status import Status
from tests.factories import AgencyFactory, ClauseFactory, CommitmentFactory, MeetingFactory, at

LIST = reverse("commitments:list")


def codes(response):
    return [row["commitment"].code for row in response.context["rows"]]


@pytest.fixture
def world(meeting, unit, other_unit, clause):
    """One of each: late, proposed and past, blocked, without anything, done."""
    make = CommitmentFactory
    make(code="K-2026-011", meeting=meeting, lead=unit, due_on=dt.date(2026, 1, 30), agreed=True, target=4)
    make(code="K-2026-012", meeting=meeting, lead=other_unit, due_on=dt.date(2026, 2, 1), clauses=[clause])
    make(code="K-2026-013", meeting=meeting, lead=unit, status=Status.BLOCKED, due_on=dt.date(2100, 1, 1))
    make(code="K-2026-014", meeting=meeting, wording="Pelatihan calon pekerja")
    make(code="K-2026-015", meeting=meeting, lead=unit, status=Status.DONE, target=1, realised=1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["011", "012", "013", "014", "015"]),
        ("urut=-kode", ["015", "014", "013", "012", "011"]),
        ("kondisi=LATE", ["011"]),
        ("kondisi=NOT_STARTED", ["012", "014"]),
        ("status=BLOCKED&status=DONE", ["013", "015"]),
        ("penanggung_jawab=naker", ["011", "013", "015"]),
        ("penanggung_jawab=-", ["014"]),
        ("celah=pemilik", ["014"]),
        ("celah=tenggat", ["014"]),
        ("celah=target", ["012", "013", "014"]),
        ("celah=ruang-lingkup", ["011", "013", "014"]),
        ("celah=ada", ["011", "012", "013", "014"]),
        ("celah=terukur", ["011", "015"]),
        ("kesepakatan=NK-2025-001", ["011", "012", "013", "014", "015"]),
        ("kesepakatan=-", []),
        ("ruang_lingkup=1", ["012"]),
        ("ruang_lingkup=-", ["011", "013", "014", "015"]),
        ("pertemuan=A-2026-001", ["011", "012", "013", "014", "015"]),
        ("tenggat=lewat-usulan", ["012"]),
        ("tenggat=30", []),
        ("q=pelatihan", ["014"]),
        ("q=naker k-2026-011", ["011"]),
        ("q=tidak ada", []),
        ("kondisi=LATE&status=BLOCKED", []),
    ],
)
def test_every_filter_finds_its_rows(as_person, petugas, world, query, found):
    response = as_person(petugas).get(f"{LIST}?{query}")

    assert [code[-3:] for code in codes(response)] == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("1.a", ["012"]),
        ("1.a*", ["012", "013", "014"]),
        ("1.a.*", ["013", "014"]),
        ("1.*", ["012", "013", "014"]),
        ("1.a.1.b*", ["014"]),
        ("1.a.1.b.*", []),
        ("7*", []),
    ],
)
def test_a_scope_item_opens_its_own_rows_and_those_of_every_level_below(
    as_person, petugas, world, agreement, clause, number, found
):
    above = clause
    for level, code in (("1.a", "012"), ("1.a.1", "013"), ("1.a.1.b", "014")):
        above = ClauseFactory(agreement=agreement, number=level, parent=above)
        Commitment.objects.get(code=f"K-2026-{code}").clauses.set([above])

    response = as_person(petugas).get(f"{LIST}?kesepakatan={agreement.code}&ruang_lingkup={number}")

    assert [code[-3:] for code in codes(response)] == found


def test_dates_within_a_week_are_found(as_person, petugas, meeting, unit):
    soon = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=6)
    CommitmentFactory(code="K-2026-021", meeting=meeting, lead=unit, due_on=soon)

    assert codes(as_person(petugas).get(f"{LIST}?tenggat=7")) == ["K-2026-021"]


def test_the_sentence_counts_what_is_shown_of_the_whole(as_person, petugas, world):
    browser = as_person(petugas)

    assert "5 komitmen, urut tenggat terdekat" in browser.get(LIST).content.decode()
    assert "1 dari 5 komitmen, urut tenggat terdekat" in browser.get(f"{LIST}?kondisi=LATE").content.decode()


def test_a_chip_removes_its_filter_and_keeps_the_others(as_person, petugas, world):
    chips = as_person(petugas).get(f"{LIST}?status=BLOCKED&status=DONE&q=x").context["search"].chips()

    assert [chip.query for chip in chips] == ["?status=BLOCKED&status=DONE", "?status=DONE&q=x", "?status=BLOCKED&q=x"]


@pytest.mark.parametrize(
    "query",
    [
        "kondisi=BESOK", "status=SELESAI", "penanggung_jawab=tidakada", "celah=1", "tenggat=99999999999999",
        "urut=harga", "tugas=x", "pertemuan=' OR 1=1", "q=" + "a" * 5000, "kesepakatan=NK-1",
        "ruang_lingkup=" + "9" * 50,
    ],
)  # fmt: skip
def test_unknown_values_are_named_and_left_out(as_person, petugas, world, query):
    response = as_person(petugas).get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert len(codes(response)) == 5
    assert "tidak dikenal dan diabaikan" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["halaman=x", "halaman=-1", "halaman=99999", "q=%00", "q=%25%27", "%ff=%fe", "status="]
)
def test_nonsense_in_the_address_is_never_a_breakdown(as_person, petugas, world, query):
    assert as_person(petugas).get(f"{LIST}?{query}").status_code == 200


def test_a_stranger_sees_an_empty_page_with_its_next_step(as_person, petugas_asing, world):
    response = as_person(petugas_asing).get(LIST)

    assert codes(response) == []
    assert "Belum ada komitmen." in response.content.decode()


def test_the_choices_of_a_filter_leak_no_foreign_rows(as_person, petugas_unit, bp3mi, stranger, world):
    CommitmentFactory(meeting=MeetingFactory(host_agency=bp3mi), lead=stranger)

    page = as_person(petugas_unit).get(LIST).content.decode()

    assert "Sudin Naker" in page
    assert "Dinas Asing" not in page


def test_press_reads_and_the_signed_out_sign_in(as_person, humas, client, world):
    assert len(codes(as_person(humas).get(LIST))) == 5
    assert client.get(LIST).status_code == 302


def test_a_mere_party_sees_title_owner_date_and_status_only(as_person, petugas_lain, agreement, commitment):
    agreement.is_open_between_parties = True
    agreement.save()
    Commitment.objects.filter(pk=commitment.pk).update(realised=3)

    page = as_person(petugas_lain).get(LIST).content.decode()

    assert commitment.wording in page
    assert "3 dari 4" not in page


def test_status_and_mark_are_drawn_as_tags(as_person, petugas, world):
    rows = {row["commitment"].code: row for row in as_person(petugas).get(LIST).context["rows"]}
    page = as_person(petugas).get(LIST).content.decode()

    assert "#status-not-started" in rows["K-2026-011"]["tags"]
    assert "#flag-late" in rows["K-2026-011"]["tags"]
    assert "#flag" not in rows["K-2026-015"]["tags"]
    assert all(row["tags"] in page for row in rows.values())


def test_strength_stands_beside_the_owner(as_person, petugas, commitment, unit):
    agree_in_meeting(commitment, [Tick(unit)], by=petugas, at=at("2026-03-02"))

    assert "disepakati dalam rapat" in as_person(petugas).get(LIST).content.decode()


def test_a_proposed_date_is_never_called_late(as_person, petugas, meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 1))

    page = as_person(petugas).get(LIST).content.decode()

    assert "melewati tanggal usulan" in page
    assert "terlambat" not in page


def test_the_queue_of_a_supervisor_leaves_out_other_duties(as_person, pimpinan, petugas_unit, commitment, meeting):
    CommitmentFactory(meeting=meeting)
    proof = actions.Proof(letter_number="1/2026")
    actions.submit(commitment, by=petugas_unit, at=at("2026-03-02"), text="Selesai.", evidence=[proof])

    assert codes(as_person(pimpinan).get(f"{LIST}?tugas=verifikasi")) == [commitment.code]
    assert codes(as_person(petugas_unit).get(f"{LIST}?tugas=verifikasi")) == []
    assert codes(as_person(petugas_unit).get(f"{LIST}?tugas=kewajiban")) == [commitment.code]


def test_htmx_gets_the_table_alone(as_person, petugas, world):
    part = as_person(petugas).get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert 'id="tabel-komitmen"' in part
    assert "<html" not in part


def test_fifty_rows_stand_on_a_page(as_person, petugas, meeting):
    CommitmentFactory.create_batch(51, meeting=meeting)
    browser = as_person(petugas)

    assert len(codes(browser.get(LIST))) == 50
    assert len(codes(browser.get(f"{LIST}?halaman=2"))) == 1


@pytest.mark.parametrize("query", ["", "?kondisi=NOT_STARTED&celah=ada"])
def test_the_list_costs_the_same_for_one_row_and_for_twenty(as_person, petugas, meeting, unit, query):
    CommitmentFactory(meeting=meeting, lead=unit)
    browser, costs = as_person(petugas), []
    browser.get(LIST)  # the first visit also dates the session
    for more in (0, 19):
        for _ in range(more):
            CommitmentFactory(meeting=meeting, lead=AgencyFactory())
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST + query)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8


@pytest.mark.parametrize(
    ("typed", "right"), [("K-2026-14", "K-2026-014"), ("k-2026-014", "K-2026-014"), ("k-2026-1", "K-2026-001")]
)
def test_a_sloppy_code_leads_to_the_right_one(as_person, petugas, typed, right):
    response = as_person(petugas).get(f"/komitmen/{typed}/")

    assert (response.status_code, response.headers["Location"]) == (301, f"/komitmen/{right}/")
