"""Two records of one thing: found, joined, made one, and taken apart again with nothing lost."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from agencies.audit import trail
from agencies.models import Role
from agencies.policy import Refusal
from commitments.actions import merging, recording
from commitments.models import Commitment, CommitmentMerge, Move
from commitments.status import Status, Verb
from meetings.duplicates import likely_same
from meetings.models import CheckIn, Meeting, MeetingMerge, Statement
from tests.factories import AgencyFactory, AgreementFactory, CommitmentFactory, MeetingFactory, at, person

AT = at("2026-03-02", "10.00")
DAY = dt.date(2026, 1, 28)


@pytest.fixture
def twins(bp3mi, city, unit, other_unit):
    """Two records of one audience: the second holds one line, a quote and one more agency."""
    first = MeetingFactory(host_agency=bp3mi, counterpart=city, present=[unit], held_on=DAY)
    second = MeetingFactory(
        host_agency=bp3mi, counterpart=city, present=[unit, other_unit], held_on=DAY + dt.timedelta(days=1)
    )
    Statement.objects.create(meeting=second, speaker="Wali Kota", verbatim="Kami mendukung.")
    CommitmentFactory(meeting=first, wording="Sinergi pencegahan")
    CommitmentFactory(meeting=second, wording="Optimalisasi bursa kerja")
    return first, second


@pytest.fixture
def pair(bp3mi, unit, meeting):
    first = CommitmentFactory(meeting=meeting, lead=unit, wording="Optimalisasi pelaksanaan bursa kerja")
    second = CommitmentFactory(meeting=meeting, lead=unit, wording="optimalisasi bursa kerja, pelaksanaan")
    return first, second


# --- finding -------------------------------------------------------------------------------------


def test_a_record_a_day_apart_with_two_agencies_in_common_is_likely_the_same(twins, petugas, bp3mi, city):
    first, second = twins

    found = likely_same(petugas, held_on=DAY, agencies=[bp3mi, city])

    assert found == [first, second]  # the nearest day first


@pytest.mark.parametrize(("days", "known"), [(2, True), (-2, True), (0, False)])
def test_other_days_or_only_one_common_agency_are_another_meeting(twins, petugas, bp3mi, city, days, known):
    agencies = [bp3mi, city] if known else [bp3mi, AgencyFactory()]

    found = likely_same(petugas, held_on=DAY + dt.timedelta(days=days), agencies=agencies)

    assert found == ([twins[1]] if days == 2 else [])


def test_a_draft_of_another_agency_is_not_betrayed(twins, petugas_asing, bp3mi, city):
    assert likely_same(petugas_asing, held_on=DAY, agencies=[bp3mi, city]) == []


def test_a_merged_record_is_not_offered_again(twins, petugas, bp3mi, city):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)

    assert likely_same(petugas, held_on=DAY, agencies=[bp3mi, city]) == [first]


def test_the_search_costs_the_same_for_many_records(twins, petugas, bp3mi, city, unit, django_assert_num_queries):
    petugas.rights  # noqa: B018  (asked once per request)
    for _n in range(20):
        MeetingFactory(host_agency=bp3mi, counterpart=city, present=[unit], held_on=DAY)

    with django_assert_num_queries(3):
        assert len(likely_same(petugas, held_on=DAY, agencies=[bp3mi, city])) == 22


# --- meetings ------------------------------------------------------------------------------------


def test_merging_moves_lines_quotes_and_people_and_loses_nothing(twins, petugas, other_unit):
    first, second = twins

    merging.merge_meetings(second, first, by=petugas, at=AT, reason="Tercatat dua kali.")

    second.refresh_from_db()
    assert second.merged_into == first
    moved = Commitment.objects.get(wording="Optimalisasi bursa kerja")
    assert (moved.meeting, moved.origin_on, moved.position) == (first, DAY, 2)
    assert first.statements.get().verbatim == "Kami mendukung."
    assert first.attendance.filter(agency=other_unit).count() == 1
    assert trail(second).filter(verb="meeting.merged").count() == 1


def test_undoing_puts_everything_back_where_it_was(twins, petugas, other_unit, unit):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)

    merging.unmerge_meetings(second, by=petugas, at=AT)
    merging.unmerge_meetings(second, by=petugas, at=AT)  # the second click

    second.refresh_from_db()
    assert second.merged_into is None
    back = Commitment.objects.get(wording="Optimalisasi bursa kerja")
    assert (back.meeting, back.origin_on, back.position) == (second, second.held_on, 1)
    assert second.statements.count() == 1
    assert set(first.attendance.values_list("agency", flat=True)) == {unit.pk}
    assert trail(second).filter(verb="meeting.unmerged").count() == 1


def test_what_was_added_after_the_merge_stays_where_it_was_added(twins, petugas):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)
    late = CommitmentFactory(meeting=first, wording="Baris sesudah penggabungan")

    merging.unmerge_meetings(second, by=petugas, at=AT)

    late.refresh_from_db()
    assert late.meeting == first


def test_names_written_at_the_door_go_along_and_come_back(twins, petugas):
    first, second = twins
    row = CheckIn.objects.create(meeting=second, name="Peserta Dua", agency_text="Yayasan Uji", at=AT, taken_over_at=AT)

    merging.merge_meetings(second, first, by=petugas, at=AT)
    row.refresh_from_db()
    assert row.meeting == first

    merging.unmerge_meetings(second, by=petugas, at=AT)
    row.refresh_from_db()
    assert row.meeting == second


def test_a_merged_record_takes_no_more_lines_and_is_not_shared(twins, petugas):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)

    for act in (
        lambda: recording.share(second, by=petugas, at=AT),
        lambda: recording.add_lines(second, text="", lines=[], by=petugas, at=AT),
        lambda: merging.merge_meetings(second, first, by=petugas, at=AT),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.verdict.status == 409
        assert first.code in refused.value.verdict.reason


def test_a_shared_record_does_not_go_into_a_draft(twins, petugas):
    first, second = twins
    Meeting.objects.filter(pk=first.pk).update(shared_at=None)

    with pytest.raises(Refusal, match="belum"):
        merging.merge_meetings(second, first, by=petugas, at=AT)
    merging.merge_meetings(first, second, by=petugas, at=AT)


@pytest.mark.parametrize("who", ["petugas_unit", "humas", "admin", "petugas_asing"])
def test_only_the_keeper_merges_meetings(twins, request, who):
    first, second = twins

    with pytest.raises(Refusal):
        merging.merge_meetings(second, first, by=request.getfixturevalue(who), at=AT)


def test_records_of_different_keepers_are_not_merged(twins, petugas, bp3mi):
    first, _second = twins
    foreign = MeetingFactory(host_agency=AgencyFactory(parent=bp3mi), held_on=DAY)
    both = person(bp3mi, Role.SUPERVISOR)

    with pytest.raises(Refusal, match="pengelola yang sama"):
        merging.merge_meetings(foreign, first, by=both, at=AT)


def test_a_merged_meeting_is_not_counted_and_not_listed(twins, petugas, as_person):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)

    page = as_person(petugas).get(reverse("meetings:list")).content.decode()

    assert first.code in page
    assert second.code not in page


def test_the_page_says_where_it_went_and_takes_it_back(twins, petugas, as_person):
    first, second = twins
    merging.merge_meetings(second, first, by=petugas, at=AT)
    browser = as_person(petugas)

    assert f"digabung ke {first.code}" in browser.get(second.get_absolute_url()).content.decode()
    response = browser.post(reverse("commitments:unmerge_meeting", args=[second.code]))

    assert response.status_code == 302
    assert MeetingMerge.objects.get().undone_by == petugas


def test_the_page_offers_the_likely_one_and_merges_with_two_clicks(twins, petugas, as_person):
    first, second = twins
    browser = as_person(petugas)
    url = reverse("commitments:merge_meeting", args=[second.code])

    assert f"Mungkin sudah dicatat oleh BP3MI: {first.code}" in browser.get(second.get_absolute_url()).content.decode()
    assert f'value="{first.code}"' in browser.get(url).content.decode()
    sent = {"offered": first.code, "token": str(uuid.uuid4())}
    for _click in range(2):
        assert browser.post(url, sent).url == first.get_absolute_url()
    assert MeetingMerge.objects.count() == 1


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("A-1999-001", 409), ("bukan kode", 409)])
def test_a_wrong_code_is_said_beside_the_field(twins, petugas, as_person, typed, status):
    response = as_person(petugas).post(
        reverse("commitments:merge_meeting", args=[twins[1].code]), {"typed_code": typed, "reason": "Dua kali tercatat"}
    )

    assert response.status_code == status
    assert "Dua kali tercatat" in response.content.decode()


# --- joining from the log page ----------------------------------------------------------------------


@pytest.fixture
def typed(bp3mi, city, unit):
    return {
        "host": bp3mi.code, "counterpart": city.name, "held_on": "28 Januari 2026", "lines": "Pelatihan bersama",
        "minutes": "Tambahan notula.", "kind": "AUDIENCE", "token": str(uuid.uuid4()), "present": [unit.code],
    }  # fmt: skip


def test_the_log_page_asks_before_a_meeting_is_recorded_twice(twins, petugas, as_person, typed):
    first, _second = twins

    response = as_person(petugas).post(reverse("commitments:log"), typed | {"aksi": "draf"})

    page = response.content.decode()
    assert response.status_code == 422
    assert f"Mungkin sudah dicatat oleh BP3MI: {first.code}" in page
    assert "Pelatihan bersama" in page
    assert f'value="gabung-{first.code}"' in page


def test_joining_puts_what_was_typed_into_the_record_that_stands(twins, petugas, as_person, typed, other_unit):
    first, _second = twins
    sent = typed | {"aksi": f"gabung-{first.code}", "present": [other_unit.code]}
    browser = as_person(petugas)

    for _click in range(2):
        assert browser.post(reverse("commitments:log"), sent).url == first.get_absolute_url()

    first.refresh_from_db()
    line = Commitment.objects.get(wording="Pelatihan bersama")
    assert (line.meeting, line.status) == (first, Status.DRAFT)
    assert first.minutes == "Tambahan notula."
    assert first.attendance.filter(agency=other_unit).exists()
    assert Meeting.objects.count() == 2


def test_joining_fills_in_what_the_record_does_not_say(twins, petugas, as_person, typed, clause):
    first, _second = twins
    Meeting.objects.filter(pk=first.pk).update(place="Balai warga")
    old = first.commitments.get()
    sent = typed | {
        "aksi": f"gabung-{first.code}", "lines": f"Pelatihan bersama #{clause.number}", "place": "Aula",
        "led_by": "Kepala BP3MI", "agreement": clause.agreement.pk,
    }  # fmt: skip

    as_person(petugas).post(reverse("commitments:log"), sent)

    first.refresh_from_db()
    old.refresh_from_db()
    line = Commitment.objects.get(wording="Pelatihan bersama")
    assert (first.place, first.led_by, first.agreement) == ("Balai warga", "Kepala BP3MI", clause.agreement)
    assert (old.agreement, line.agreement) == (clause.agreement, clause.agreement)
    assert list(line.clauses.all()) == [clause]


def test_scope_items_of_another_agreement_do_not_come_along(twins, petugas, as_person, typed, clause):
    first, _second = twins
    Meeting.objects.filter(pk=first.pk).update(agreement=AgreementFactory())
    sent = typed | {
        "aksi": f"gabung-{first.code}", "lines": f"Pelatihan bersama #{clause.number}",
        "agreement": clause.agreement.pk,
    }  # fmt: skip

    as_person(petugas).post(reverse("commitments:log"), sent)

    line = Commitment.objects.get(wording="Pelatihan bersama")
    assert (line.meeting, list(line.clauses.all())) == (first, [])


def test_keeping_it_apart_is_one_tick(twins, petugas, as_person, typed):
    first, second = twins
    ticks = [f"sudah-dicatat-{code}" for code in (first.code, second.code)]

    response = as_person(petugas).post(
        reverse("commitments:log"), typed | {"aksi": "draf", "abaikan_peringatan": ticks}
    )

    assert response.status_code == 302
    assert Meeting.objects.count() == 3


def test_a_record_kept_by_another_office_is_named_but_cannot_be_joined(petugas, as_person, typed, city, bp3mi):
    theirs = MeetingFactory(host_agency=city, counterpart=bp3mi, held_on=DAY)
    sent = typed | {"aksi": f"gabung-{theirs.code}"}

    response = as_person(petugas).post(reverse("commitments:log"), sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert f"Mungkin sudah dicatat oleh Pemkot: {theirs.code}" in page
    assert f'value="gabung-{theirs.code}"' not in page
    assert not theirs.commitments.exists()


# --- commitments ---------------------------------------------------------------------------------


def test_a_merged_commitment_is_counted_once_and_points_on(pair, petugas):
    first, second = pair

    merged = merging.merge_commitments(second, first, by=petugas, at=AT, reason="Sama.")

    assert (merged.status, merged.merged_into) == (Status.MERGED, first)
    assert list(Commitment.objects.counted()) == [first]
    step = Move.objects.filter(commitment=second).last()
    assert (step.verb, step.from_status, step.reason) == (Verb.MERGE, Status.NOT_STARTED, "Sama.")
    assert trail(second).filter(verb="commitment.merged").count() == 1


def test_undoing_gives_back_the_status_it_had(pair, petugas):
    first, second = pair
    Commitment.objects.filter(pk=second.pk).update(status=Status.BLOCKED)
    merging.merge_commitments(second, first, by=petugas, at=AT)

    for _click in range(2):
        merging.unmerge_commitments(second, by=petugas, at=AT)

    second.refresh_from_db()
    assert (second.status, second.merged_into) == (Status.BLOCKED, None)
    assert CommitmentMerge.objects.get().undone_by == petugas
    assert [m.verb for m in Move.objects.filter(commitment=second)][-2:] == [Verb.MERGE, Verb.UNMERGE]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.DONE])
def test_a_draft_a_claim_and_a_closed_one_are_not_merged(meeting, unit, petugas, status):
    target = CommitmentFactory(meeting=meeting, lead=unit)
    row = CommitmentFactory(meeting=meeting, lead=unit, status=status)

    with pytest.raises(Refusal) as refused:
        merging.merge_commitments(row, target, by=petugas, at=AT)
    assert refused.value.verdict.status == 409


def test_nothing_is_merged_into_itself_or_into_what_is_gone(pair, petugas):
    first, second = pair
    with pytest.raises(Refusal, match="dirinya sendiri"):
        merging.merge_commitments(first, first, by=petugas, at=AT)

    merging.merge_commitments(second, first, by=petugas, at=AT)
    with pytest.raises(Refusal, match="tujuan penggabungan"):
        merging.merge_commitments(first, second, by=petugas, at=AT)


@pytest.mark.parametrize("who", ["petugas_unit", "pimpinan_unit", "humas", "admin", "auditor"])
def test_only_the_keeper_merges_commitments(pair, request, who):
    first, second = pair

    with pytest.raises(Refusal):
        merging.merge_commitments(second, first, by=request.getfixturevalue(who), at=AT)


def test_the_lead_is_told_that_its_row_was_merged(pair, petugas, petugas_unit):
    first, second = pair

    merging.merge_commitments(second, first, by=petugas, at=AT)

    assert petugas_unit.deliveries.filter(subject__contains=first.code).exists()


def test_the_pages_offer_merge_and_take_it_back(pair, petugas, as_person):
    first, second = pair
    browser = as_person(petugas)
    url = reverse("commitments:merge", args=[second.code])

    assert url in browser.get(second.get_absolute_url()).content.decode()
    assert f'value="{first.code}"' in browser.get(url).content.decode()
    assert browser.post(url, {"offered": first.code, "token": str(uuid.uuid4())}).url == first.get_absolute_url()
    assert f"digabung ke {first.code}" in browser.get(second.get_absolute_url()).content.decode()
    assert browser.post(reverse("commitments:unmerge", args=[second.code])).status_code == 302
    second.refresh_from_db()
    assert second.status == Status.NOT_STARTED


def test_a_lead_without_sight_of_the_other_row_gets_no_link_to_it(bp3mi, unit, other_unit, petugas, as_person):
    meeting = MeetingFactory(host_agency=bp3mi)
    target = CommitmentFactory(meeting=meeting, lead=other_unit)
    row = CommitmentFactory(meeting=meeting, lead=unit)
    merging.merge_commitments(row, target, by=petugas, at=AT)

    page = as_person(person(unit, Role.OFFICER)).get(row.get_absolute_url()).content.decode()

    assert f"digabung ke {target.code}" in page
    assert target.get_absolute_url() not in page


def test_scope_items_of_another_agreement_fall_away_with_the_move(twins, petugas, clause):
    first, second = twins
    line = second.commitments.get()
    line.clauses.set([clause])
    Meeting.objects.filter(pk=first.pk).update(agreement=AgreementFactory())

    merging.merge_meetings(second, first, by=petugas, at=AT)

    assert not line.clauses.exists()


def test_undoing_gives_back_the_scope_items_that_fell_away(twins, petugas, clause):
    first, second = twins
    line = second.commitments.get()
    Meeting.objects.filter(pk=second.pk).update(agreement=clause.agreement)
    second.refresh_from_db()
    line.agreement = clause.agreement
    line.save()
    line.clauses.set([clause])
    merging.merge_meetings(second, first, by=petugas, at=AT)

    merging.unmerge_meetings(second, by=petugas, at=AT)

    line.refresh_from_db()
    assert (line.agreement, list(line.clauses.all())) == (clause.agreement, [clause])
