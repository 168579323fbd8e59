"""Meetings to come: planned, put off, called off, held, and coming back month by month."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from agencies.audit import trail
from agencies.models import Holiday, Role
from agencies.policy import Refusal
from commitments.actions import agree_in_meeting, recording
from commitments.actions.terms import Tick
from commitments.carry import Why, carried, open_items
from commitments.models import Answer, Commitment, Consent, Strength
from commitments.status import Status
from meetings import planning
from meetings.models import AgendaKind, Meeting, MeetingSeries, MeetingStatus
from meetings.planning import PlanEntry
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person

AT = at("2026-03-02", "10.00")
MONDAY = dt.date(2026, 3, 9)


@pytest.fixture
def entry(bp3mi, city):
    return PlanEntry(host_agency=bp3mi, counterpart=city, held_on=MONDAY, starts_at=dt.time(9), ends_at=dt.time(11))


@pytest.fixture
def planned(entry, petugas):
    return planning.plan(entry, by=petugas, at=AT)


@pytest.fixture
def browser(as_person, petugas, time_machine_at):
    return as_person(petugas)


@pytest.fixture
def time_machine_at(time_machine):
    time_machine.move_to(AT, tick=False)


# --- the life of a plan ------------------------------------------------------------------------


def test_a_planned_meeting_has_a_code_a_trail_and_its_host_alone(planned, petugas_unit, pimpinan_unit):
    assert planned.code.startswith("A-2026-")
    assert planned.status == MeetingStatus.PLANNED
    assert trail(planned).get().verb == "meeting.planned"
    assert not Meeting.objects.visible_to(petugas_unit).exists()


def test_it_is_put_off_to_a_day_or_for_the_time_being(planned, petugas):
    moved = planning.postpone(planned, new_on=dt.date(2026, 3, 16), reason="Ruang dipakai.", by=petugas, at=AT)
    assert (moved.status, moved.held_on) == (MeetingStatus.PLANNED, dt.date(2026, 3, 16))
    assert moved.status_reason == "Semula 9 Maret 2026. Ruang dipakai."

    moved = planning.postpone(planned, new_on=None, reason="Menunggu kabar.", by=petugas, at=AT)
    assert moved.status == MeetingStatus.POSTPONED


def test_a_cancelled_meeting_stays_with_its_reason_and_takes_no_further_step(planned, petugas):
    cancelled = planning.cancel(planned, reason="Mitra berhalangan.", by=petugas, at=AT)

    assert (cancelled.status, cancelled.status_reason) == (MeetingStatus.CANCELLED, "Mitra berhalangan.")
    for act in (planning.hold, lambda m, **k: planning.postpone(m, new_on=None, reason="x", **k)):
        with pytest.raises(Refusal) as refused:
            act(planned, by=petugas, at=at("2026-03-20"))
        assert refused.value.verdict.status == 409


def test_it_is_not_held_before_its_day_and_only_once(planned, petugas):
    with pytest.raises(Refusal, match="baru dijadwalkan"):
        planning.hold(planned, by=petugas, at=at("2026-03-08", "23.59"))

    for _click in range(2):
        held = planning.hold(planned, by=petugas, at=at("2026-03-09", "00.01"))
    assert held.status == MeetingStatus.HELD
    assert trail(planned).filter(verb="meeting.held").count() == 1


@pytest.mark.parametrize("who", ["humas", "petugas_unit", "petugas_asing", "admin", "auditor"])
def test_only_officers_and_supervisors_of_the_host_plan(entry, request, who):
    with pytest.raises(Refusal):
        planning.plan(entry, by=request.getfixturevalue(who), at=AT)


def test_lines_of_a_meeting_that_was_not_held_are_not_shared(planned, petugas):
    with pytest.raises(Refusal, match="belum ditandai terlaksana"):
        recording.share(planned, by=petugas, at=AT)


# --- series ------------------------------------------------------------------------------------


@pytest.fixture
def series(bp3mi, city, petugas):
    first = PlanEntry(host_agency=bp3mi, counterpart=city, held_on=dt.date(2026, 1, 31), every_months=1)
    return planning.plan(first, by=petugas, at=at("2026-01-02")).series


def test_the_next_one_is_planned_when_the_last_is_held_on_the_last_day_of_a_shorter_month(series, petugas):
    planning.hold(series.meetings.get(), by=petugas, at=at("2026-01-31", "12.00"))

    assert list(series.meetings.order_by("held_on").values_list("held_on", flat=True)) == [
        dt.date(2026, 1, 31), dt.date(2026, 2, 28),
    ]  # fmt: skip


def test_a_forgotten_series_goes_on_by_the_sweep_once(series):
    later = at("2026-04-10")

    assert [planning.sweep_series(later) for _ in range(3)] == [1, 0, 0]
    assert series.meetings.filter(status=MeetingStatus.PLANNED, held_on=dt.date(2026, 4, 30)).count() == 1


def test_a_series_ends_by_hand_and_by_its_date(series, petugas):
    MeetingSeries.objects.filter(pk=series.pk).update(ends_on=dt.date(2026, 3, 15))
    assert planning.sweep_series(at("2026-03-31")) == 0

    MeetingSeries.objects.filter(pk=series.pk).update(ends_on=None)
    planning.end_series(series, by=petugas, at=AT)
    assert planning.sweep_series(at("2026-03-31")) == 0


def test_a_cancelled_meeting_lets_the_series_go_on(series, petugas):
    planning.cancel(series.meetings.get(), reason="Libur.", by=petugas, at=at("2026-01-20"))

    assert series.meetings.filter(status=MeetingStatus.PLANNED).get().held_on == dt.date(2026, 2, 28)


# --- what is carried ---------------------------------------------------------------------------


@pytest.fixture
def between(bp3mi, city, unit, other_unit, petugas):
    """Late, disputed, silent and open between BP3MI and the city; closed, foreign and draft beside them."""
    before = MeetingFactory(host_agency=bp3mi, counterpart=city, present=[unit])
    calm = {"last_progress_at": at("2026-02-25")}
    rows = {
        "open": CommitmentFactory(meeting=before, lead=unit, wording="Terbuka", **calm),
        "silent": CommitmentFactory(meeting=before, lead=unit, wording="Sepi"),
        "disputed": CommitmentFactory(meeting=before, lead=unit, wording="Dipersoalkan", **calm),
        "late": CommitmentFactory(meeting=before, lead=unit, agreed=True, due_on=dt.date(2026, 2, 20), **calm),
    }
    terms = rows["disputed"].terms.get()
    Consent.objects.create(
        agency=unit, terms=terms, answer=Answer.OBJECTED, strength=Strength.CONFIRMED, at=at("2026-02-11"),
        name="Kepala", post_text="Kepala", text="Bukan kami.", by=petugas,
    )  # fmt: skip
    CommitmentFactory(meeting=before, lead=unit, status=Status.DONE)
    CommitmentFactory(meeting=MeetingFactory(host_agency=bp3mi, counterpart=AgencyFactory()))
    CommitmentFactory(meeting=before, status=Status.DRAFT)
    return rows


def test_late_disputed_silent_and_open_ones_come_in_this_order(between, bp3mi, city, petugas):
    found = carried(bp3mi, city, petugas, at=AT)

    assert [row.commitment for row in found] == [between[name] for name in ("late", "disputed", "silent", "open")]
    assert [row.why for row in found] == [Why.LATE, Why.DISPUTED, Why.SILENT, Why.OPEN]
    assert "terlambat" in found[0].words


def test_an_objection_to_words_that_were_changed_meanwhile_is_settled(between, bp3mi, city, petugas, unit):
    agree_in_meeting(between["disputed"], [Tick(unit)], by=petugas, at=AT)
    Commitment.objects.filter(pk=between["disputed"].pk).update(terms_n=2)

    found = {row.commitment: row.why for row in carried(bp3mi, city, petugas, at=AT)}

    assert found[between["disputed"]] == Why.OPEN


def test_without_a_partner_nothing_is_carried(between, bp3mi, petugas):
    assert carried(bp3mi, None, petugas, at=AT) == []


def test_carrying_costs_the_same_for_many_rows(between, bp3mi, city, unit, petugas, django_assert_max_num_queries):
    before = between["late"].meeting
    for _n in range(20):
        CommitmentFactory(meeting=before, lead=unit)
    petugas.rights  # noqa: B018

    with django_assert_max_num_queries(4):
        assert len(carried(bp3mi, city, petugas, at=AT)) == 24


# --- pages -------------------------------------------------------------------------------------


@pytest.fixture
def typed(bp3mi, city):
    return {
        "token": str(uuid.uuid4()), "host": bp3mi.code, "kind": "AUDIENCE", "counterpart": city.name,
        "held_on": "9 Maret 2026", "starts_at": "09.00", "ends_at": "11.00", "place": "Kantor Wali Kota",
    }  # fmt: skip


def test_planning_makes_an_agenda_of_what_is_open_and_a_second_click_makes_no_second(browser, typed, between):
    for _click in range(2):
        response = browser.post(reverse("commitments:plan"), typed)

    meeting = Meeting.objects.get(status=MeetingStatus.PLANNED)
    assert response.url == meeting.get_absolute_url()
    items = list(meeting.agenda.all())
    assert [item.about_code for item in items] == [
        between[name].code for name in ("late", "disputed", "silent", "open")
    ]
    assert {item.kind for item in items} == {AgendaKind.COMMITMENT}
    page = browser.get(meeting.get_absolute_url()).content.decode()
    assert "Pertemuan direncanakan" in page
    assert "pukul 09.00–11.00" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"held_on": "1 Maret 2026"}, "sudah lewat"),
        ({"held_on": ""}, "belum diisi"),
        ({"ends_at": "08.00"}, "sesudah jam mulai"),
        ({"starts_at": "25.99"}, "Tulis jam seperti 09.00."),
        ({"counterpart": "Dinas Antah"}, "Dinas Antah"),
        ({"until": "1 Maret 2025", "every_months": "3"}, "Tanggal akhir harus sesudah"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(browser, typed, changes, words):
    response = browser.post(reverse("commitments:plan"), typed | changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Kantor Wali Kota" in page
    assert not Meeting.objects.exists()


def test_a_day_off_is_doubted_and_the_next_working_day_named(browser, typed):
    Holiday.objects.create(on=MONDAY, name="Hari Contoh", kind="OWN")

    response = browser.post(reverse("commitments:plan"), typed)
    assert response.status_code == 422
    assert "Hari kerja berikutnya: Selasa, 10 Maret 2026" in response.content.decode()
    assert (
        browser.post(reverse("commitments:plan"), typed | {"abaikan_peringatan": "libur-2026-03-09"}).status_code == 302
    )


def test_postponing_and_cancelling_ask_for_a_reason(browser, planned):
    for name in ("commitments:postpone", "commitments:cancel"):
        url = reverse(name, args=[planned.code])
        assert browser.get(url).status_code == 200
        assert browser.post(url, {"reason": ""}).status_code == 422
    assert browser.post(reverse("commitments:cancel", args=[planned.code]), {"reason": "Batal."}).status_code == 302
    assert "Pertemuan dibatalkan" in browser.get(planned.get_absolute_url()).content.decode()


def test_a_meeting_that_took_place_is_logged_into_its_plan(as_person, petugas, planned, time_machine, city, bp3mi):
    time_machine.move_to(at("2026-03-09", "12.00"), tick=False)
    browser = as_person(petugas)
    page = browser.get(reverse("commitments:log") + f"?rencana={planned.code}").content.decode()
    assert f'name="planned" value="{planned.code}"' in page
    assert 'value="Kota Uji"' in page

    sent = {
        "token": str(uuid.uuid4()), "host": bp3mi.code, "kind": "AUDIENCE", "counterpart": city.name,
        "held_on": "9 Maret 2026", "lines": "Pelatihan bersama", "planned": planned.code, "aksi": "sampaikan",
    }  # fmt: skip
    for _click in range(2):
        assert browser.post(reverse("commitments:log"), sent).url == planned.get_absolute_url()

    planned.refresh_from_db()
    assert (planned.status, planned.is_shared) == (MeetingStatus.HELD, True)
    assert Commitment.objects.get().meeting == planned
    assert Meeting.objects.count() == 1


def test_a_plan_of_somebody_else_cannot_be_logged_into(as_person, planned, petugas_asing, time_machine):
    time_machine.move_to(at("2026-03-09", "12.00"), tick=False)

    assert as_person(petugas_asing).get(reverse("commitments:log") + f"?rencana={planned.code}").status_code == 404


def test_the_log_page_shows_what_is_carried_and_makes_it_the_agenda(browser, between, bp3mi, city):
    sent = {
        "host": bp3mi.code, "kind": "AUDIENCE", "counterpart": city.name, "held_on": "2 Maret 2026",
        "lines": "Pelatihan bersama", "token": str(uuid.uuid4()),
    }  # fmt: skip
    page = browser.post(reverse("commitments:log"), sent | {"aksi": "periksa"}).content.decode()
    assert "Dibawa dari pertemuan sebelumnya" in page
    assert between["late"].code in page

    browser.post(reverse("commitments:log"), sent | {"aksi": "draf", "carry_shown": "ya", "carry": "ya"})
    meeting = Commitment.objects.get(wording="Pelatihan bersama").meeting
    assert meeting.agenda.count() == 4
    assert meeting.previous == between["late"].meeting


def test_without_the_tick_nothing_is_carried(browser, between, bp3mi, city):
    sent = {
        "host": bp3mi.code, "kind": "AUDIENCE", "counterpart": city.name, "held_on": "2 Maret 2026",
        "lines": "Pelatihan bersama", "token": str(uuid.uuid4()), "aksi": "draf", "carry_shown": "ya",
    }  # fmt: skip

    browser.post(reverse("commitments:log"), sent)

    assert not Commitment.objects.get(wording="Pelatihan bersama").meeting.agenda.exists()


def test_an_evaluation_is_one_click_and_the_second_finds_it(browser, between):
    before = between["late"].meeting
    url = reverse("commitments:evaluate", args=[before.code])

    first, second = browser.post(url), browser.post(url)

    meeting = Meeting.objects.get(status=MeetingStatus.PLANNED)
    assert first.url == second.url == meeting.get_absolute_url()
    assert (meeting.kind, meeting.held_on, meeting.previous) == ("EVALUATION", MONDAY, before)
    assert meeting.agenda.count() == 4


def test_minutes_that_wait_for_approval_come_first(browser, between, typed):
    Meeting.objects.filter(pk=between["late"].meeting.pk).update(minutes_status="SENT")

    browser.post(reverse("commitments:plan"), typed)

    first = Meeting.objects.get(status=MeetingStatus.PLANNED).agenda.first()
    assert (first.kind, first.about_code) == (AgendaKind.MINUTES, between["late"].meeting.code)


def test_the_list_tells_plans_from_what_was_held(browser, planned):
    held = MeetingFactory(host_agency=planned.host_agency)
    url = reverse("meetings:list")

    both, plans = browser.get(url).content.decode(), browser.get(url + "?status=direncanakan").content.decode()

    assert planned.code in both
    assert held.code in both
    assert planned.code in plans
    assert held.code not in plans


def test_a_supervisor_plans_too_and_a_press_officer_gets_no_button(as_person, bp3mi, humas):
    url = reverse("meetings:list")

    assert reverse("commitments:plan") in as_person(person(bp3mi, Role.SUPERVISOR)).get(url).content.decode()
    assert reverse("commitments:plan") not in as_person(humas).get(url).content.decode()


def test_ending_a_series_from_the_page(browser, series, petugas):
    meeting = series.meetings.get()

    assert browser.post(reverse("commitments:end_series", args=[meeting.code])).status_code == 302
    series.refresh_from_db()
    assert series.is_ended


def test_the_agreement_offers_an_evaluation_of_its_last_meeting(browser, between, agreement, as_person, petugas_unit):
    before = between["late"].meeting
    Meeting.objects.filter(pk=before.pk).update(agreement=agreement)
    url = reverse("commitments:evaluate", args=[before.code])

    assert url in browser.get(agreement.get_absolute_url()).content.decode()
    assert url not in as_person(petugas_unit).get(agreement.get_absolute_url()).content.decode()


def test_who_was_faster_is_said_and_a_second_look_may_overrule(browser, planned, petugas, typed):
    url = reverse("commitments:replan", args=[planned.code])
    sent = typed | {"place": "Ruang kedua", "version": planned.version}
    planning.postpone(planned, new_on=dt.date(2026, 3, 17), reason="Ruang dipakai.", by=petugas, at=AT)

    response = browser.post(url, sent)

    planned.refresh_from_db()
    page = response.content.decode()
    assert response.status_code == 409
    assert "sekarang 17 Maret 2026" in page
    assert "Ruang kedua" in page
    assert planned.held_on == dt.date(2026, 3, 17)
    again = sent | {"version": planned.version, "token": str(uuid.uuid4())}
    assert browser.post(url, again).status_code == 302
    planned.refresh_from_db()
    assert (planned.place, planned.held_on) == ("Ruang kedua", MONDAY)


def test_a_cancelled_meeting_is_planned_again_with_its_agenda(browser, typed, between):
    browser.post(reverse("commitments:plan"), typed)
    meeting = Meeting.objects.get(status=MeetingStatus.PLANNED)
    browser.post(reverse("commitments:cancel", args=[meeting.code]), {"reason": "Batal."})
    url = reverse("commitments:reinstate", args=[meeting.code])

    assert url in browser.get(meeting.get_absolute_url()).content.decode()
    for _click in range(2):
        assert browser.post(url).url == meeting.get_absolute_url()

    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason, meeting.agenda.count()) == (MeetingStatus.PLANNED, "", 4)
    assert trail(meeting).filter(verb="meeting.reinstated").count() == 1


def test_what_was_held_is_not_planned_again(between, petugas):
    with pytest.raises(Refusal, match="terlaksana"):
        planning.reinstate(between["late"].meeting, by=petugas, at=AT)


@pytest.mark.parametrize("step", ["held", "cancelled", "swept"])
def test_the_next_of_a_series_starts_with_what_is_open(between, bp3mi, city, petugas, step):
    first = PlanEntry(host_agency=bp3mi, counterpart=city, held_on=dt.date(2026, 2, 27), every_months=1)
    last = planning.plan(first, by=petugas, at=at("2026-02-02"))
    if step == "held":
        planning.hold(last, by=petugas, at=AT, brings=open_items(AT))
    elif step == "cancelled":
        planning.cancel(last, reason="Libur.", by=petugas, at=AT, brings=open_items(AT))
    else:
        planning.sweep_series(AT, brings=open_items(AT))

    following = last.series.meetings.exclude(pk=last.pk).get()
    assert [item.about_code for item in following.agenda.all()] == [
        between[name].code for name in ("late", "disputed", "silent", "open")
    ]
