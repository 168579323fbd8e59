"""The list of meetings: who sees what, what can be looked for, and what it costs."""

import pytest
from django.urls import reverse

from agencies.models import AgencyKind, Role
from commitments.status import Status
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, person

URL = "/pertemuan/"


def codes(response):
    return [meeting.code for meeting, _count in response.context["page"]]


@pytest.fixture
def draft_meeting(bp3mi, city):
    return MeetingFactory(code="A-2026-002", host_agency=bp3mi, counterpart=city, shared_at=None, place="Ruang Anggrek")


def test_the_keeper_sees_its_drafts_and_what_it_shared(as_person, petugas, meeting, draft_meeting):
    response = as_person(petugas).get(URL)

    assert codes(response) == ["A-2026-002", "A-2026-001"]
    assert "Draf" in response.content.decode()


def test_those_present_see_it_only_once_it_is_shared(as_person, petugas_unit, meeting, draft_meeting):
    response = as_person(petugas_unit).get(URL)

    assert codes(response) == ["A-2026-001"]


def test_a_stranger_sees_an_empty_page_that_says_what_would_be_there(as_person, petugas_asing, meeting):
    response = as_person(petugas_asing).get(URL)

    assert codes(response) == []
    assert "Belum ada pertemuan" in response.content.decode()


@pytest.mark.parametrize("is_discarded", [True, False])
def test_a_draft_line_opens_its_meeting_to_nobody_new(as_person, petugas_asing, meeting, stranger, is_discarded):
    CommitmentFactory(meeting=meeting, status=Status.DRAFT, lead=stranger, is_discarded=is_discarded)

    browser = as_person(petugas_asing)

    assert codes(browser.get(URL)) == []
    assert browser.get(meeting.get_absolute_url()).status_code == 404


def test_a_shared_line_opens_its_meeting_to_its_lead(as_person, petugas_asing, meeting, stranger):
    CommitmentFactory(meeting=meeting, lead=stranger)

    browser = as_person(petugas_asing)

    assert codes(browser.get(URL)) == [meeting.code]
    assert browser.get(meeting.get_absolute_url()).status_code == 200


def test_press_reads_the_list_and_is_not_offered_to_log(as_person, humas, meeting):
    text = as_person(humas).get(URL).content.decode()

    assert "A-2026-001" in text
    assert reverse("commitments:log") not in text


def test_the_number_of_lines_counts_only_what_the_person_may_see(
    as_person, petugas_unit, petugas, meeting, unit, other_unit
):
    CommitmentFactory(meeting=meeting, lead=unit)
    CommitmentFactory(meeting=meeting, lead=other_unit)
    CommitmentFactory(meeting=meeting, status=Status.DRAFT)

    (_meeting, seen), *_rest = as_person(petugas_unit).get(URL).context["page"]
    (_meeting, kept), *_rest = as_person(petugas).get(URL).context["page"]

    assert (seen.all, seen.drafts) == (1, 0)
    assert (kept.all, kept.drafts) == (3, 1)


@pytest.mark.parametrize("status", [Status.MERGED, Status.VOID])
def test_what_was_merged_or_void_is_in_no_number_of_the_list_and_its_file(as_person, petugas, meeting, unit, status):
    kept, _other = CommitmentFactory.create_batch(2, meeting=meeting, lead=unit)
    CommitmentFactory(meeting=meeting, lead=unit, status=status, merged_into=kept if status == Status.MERGED else None)
    browser = as_person(petugas)

    text = browser.get(URL).content.decode()
    table = b"".join(browser.get("/unduh/pertemuan.csv").streaming_content).decode("utf-8-sig")

    assert f'<a href="/komitmen/?pertemuan={meeting.code}">2</a>' in text
    assert browser.get(f"/komitmen/?pertemuan={meeting.code}").context["page"].total == 2
    assert [line.split(";")[7] for line in table.splitlines() if line.startswith(meeting.code)] == ["2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "draf"}, ["A-2026-002"]),
        ({"status": "disampaikan"}, ["A-2026-001"]),
        ({"q": "anggrek"}, ["A-2026-002"]),
        ({"q": "a-2026-001"}, ["A-2026-001"]),
        ({"q": "pemkot anggrek"}, ["A-2026-002"]),
        ({"mitra": "kota"}, ["A-2026-002", "A-2026-001"]),
        ({"q": "tidak ada yang begini"}, []),
    ],
)
def test_filters_stand_in_the_address(as_person, petugas, meeting, draft_meeting, query, found):
    response = as_person(petugas).get(URL, query)

    assert codes(response) == found


def test_a_filter_nobody_knows_is_left_out_and_named(as_person, petugas, meeting):
    response = as_person(petugas).get(URL, {"status": "ngawur", "mitra": "bukan-mitra", "halaman": "x"})

    assert response.status_code == 200
    assert codes(response) == ["A-2026-001"]
    assert "diabaikan: Instansi mitra, Keadaan" in response.content.decode()


def test_nothing_found_leads_back_to_everything(as_person, petugas, meeting):
    text = as_person(petugas).get(URL, {"q": "zzz"}).content.decode()

    assert "Tidak ada pertemuan yang sesuai" in text
    assert "Hapus filter" in text


def test_htmx_gets_the_rows_only(as_person, petugas, meeting):
    part = as_person(petugas).get(URL, headers={"HX-Request": "true"})
    restored = as_person(petugas).get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<h1>" not in part.content.decode()
    assert "A-2026-001" in part.content.decode()
    assert "<h1>" in restored.content.decode()


def test_fifty_a_page(as_person, petugas, bp3mi):
    MeetingFactory.create_batch(51, host_agency=bp3mi)

    second = as_person(petugas).get(URL, {"halaman": "2"})

    assert len(codes(second)) == 1


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_and_for_twenty(
    as_person, petugas, bp3mi, agreement, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        partner = AgencyFactory(kind=AgencyKind.CITY)
        held = MeetingFactory(host_agency=bp3mi, counterpart=partner, agreement=agreement)
        CommitmentFactory(meeting=held)
    client = as_person(petugas)

    with django_assert_max_num_queries(11):
        client.get(URL)


def test_signed_out_people_are_asked_to_sign_in(client, meeting):
    response = client.get(URL)

    assert response.status_code == 302
    assert "/masuk/" in response["Location"]


def test_a_supervisor_above_sees_the_meetings_of_the_offices_below(as_person, ministry, meeting):
    above = person(ministry, Role.SUPERVISOR)

    assert codes(as_person(above).get(URL)) == ["A-2026-001"]


@pytest.mark.parametrize(("who", "is_found"), [("petugas", True), ("petugas_unit", False)])
def test_minutes_that_are_being_written_are_found_by_their_keeper_alone(as_person, request, meeting, who, is_found):
    """Else a partner could guess them word by word."""
    meeting.minutes = "Anggaran belum pasti."
    meeting.save()

    page = as_person(request.getfixturevalue(who)).get("/pertemuan/", {"q": "anggaran"}).content.decode()

    assert (meeting.get_absolute_url() in page) == is_found


def test_a_long_list_is_counted_no_further_than_it_is_shown(as_person, petugas, bp3mi, monkeypatch):
    monkeypatch.setattr("meetings.views.list.COUNT_LIMIT", 2)
    MeetingFactory.create_batch(3, host_agency=bp3mi)

    text = as_person(petugas).get(URL).content.decode()

    assert "Lebih dari 2 pertemuan, terbaru di atas." in text
    assert "Yang ditampilkan 2 pertemuan pertama." in text
