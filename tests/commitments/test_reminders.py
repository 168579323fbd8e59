"""Reminders: on which day what is told, once, and never what is no longer true."""

import datetime as dt

import pytest
from django.core import mail

from agencies.models import Delivery, Holiday
from commitments import reminders
from commitments.models import Commitment
from commitments.status import Status
from tests.commitments.reminding import H_MINUS_7, mails_to, states
from tests.factories import at

pytestmark = pytest.mark.usefixtures("days_off")


# --- days ---------------------------------------------------------------------------------------


def test_seven_days_before_the_lead_gets_one_mail_and_the_same_notice_in_the_app(promise, petugas_unit):
    count = reminders.sweep(H_MINUS_7)

    message = mails_to(petugas_unit)[0]
    assert (count.planned, count.sent, count.failed) == (1, 1, 0)
    assert message.subject == f"7 hari lagi: Optimalisasi bursa kerja ({promise.code})"
    assert "Tenggat : tinggal 7 hari (Selasa, 30 Juni 2026)" in message.body
    assert "Yth. Jabatan OFFICER, Suku Dinas Tenaga Kerja" in message.body
    assert "Capaian : 0 dari 4 kali" in message.body
    assert f"/komitmen/{promise.code}/" in message.body
    assert "pada 23 Juni 2026 pukul 07.30 WIB" in message.body
    assert Delivery.objects.notices_of(petugas_unit).get().subject == message.subject
    assert states(promise) == {("H-7", "SENT")}


def test_a_second_run_finds_nothing_to_do(promise):
    reminders.sweep(H_MINUS_7)

    again, later = reminders.sweep(H_MINUS_7), reminders.sweep(at("2026-06-23", "15.00"))

    assert [(c.planned, c.sent, c.skipped) for c in (again, later)] == [(0, 0, 0)] * 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "moment", [at("2026-06-22", "16.00"), at("2026-06-23", "07.29"), at("2026-06-27", "10.00"), at("2026-06-16")]
)
def test_nothing_leaves_too_early_or_on_a_day_off(promise, moment):
    count = reminders.sweep(moment)

    assert (count.planned, count.sent, mail.outbox) == (0, 0, [])


@pytest.mark.parametrize(
    ("day", "subject", "words"),
    [
        ("2026-06-26", "4 hari lagi", "tinggal 4 hari (Selasa, 30 Juni 2026)"),
        ("2026-06-29", "Besok tenggat", "besok (Selasa, 30 Juni 2026)"),
        ("2026-06-30", "Hari ini tenggat", "hari ini tenggat (Selasa, 30 Juni 2026)"),
        ("2026-07-08", "Terlambat 8 hari", "terlambat 8 hari (Selasa, 30 Juni 2026)"),
        ("2026-11-02", "Terlambat 125 hari", "terlambat 125 hari (Selasa, 30 Juni 2026)"),
    ],
)
def test_the_words_follow_the_true_distance_of_a_late_run(promise, petugas_unit, day, subject, words):
    reminders.sweep(at(day, "08.00"))

    [message] = mails_to(petugas_unit)
    assert message.subject.startswith(f"{subject}: ")
    assert words in message.body


def test_the_step_of_a_sunday_is_sent_on_the_friday_before_and_says_so(make, unit, petugas_unit):
    make(unit, due_on=dt.date(2026, 6, 28), shared_at=at("2026-06-22"))

    reminders.sweep(at("2026-06-25", "08.00"))
    reminders.sweep(at("2026-06-26", "08.00"))

    [message] = mails_to(petugas_unit)
    assert "tinggal 2 hari (Minggu, 28 Juni 2026)" in message.body


def test_an_old_row_taken_over_on_its_date_is_not_reminded_of_the_days_before(make, unit, petugas_unit):
    make(unit, reminders_from=dt.date(2026, 6, 24))
    make(unit, code="K-2026-998")

    reminders.sweep(H_MINUS_7)

    assert [message.subject for message in mails_to(petugas_unit)] == [
        f"7 hari lagi: {Commitment.objects.get(code='K-2026-998').wording} (K-2026-998)"
    ]


def test_a_day_off_added_by_an_admin_moves_the_sending(promise):
    Holiday.objects.create(on=dt.date(2026, 6, 23), name="Libur daerah", kind="OWN")

    on_the_day, before = reminders.sweep(H_MINUS_7), reminders.sweep(at("2026-06-22", "08.00"))

    assert (on_the_day.sent, before.sent) == (0, 1)


def test_a_removed_day_off_is_a_working_day(promise):
    Holiday.objects.filter(on=dt.date(2026, 6, 16)).update(is_removed=True)
    Commitment.objects.update(due_on=dt.date(2026, 6, 23), late_from=at("2026-06-24", "00.00"))

    assert reminders.sweep(at("2026-06-16", "08.00")).sent == 1


def test_three_days_off_catch_up_with_one_message_and_skip_the_rest(make, bp3mi, petugas):
    own = make(bp3mi)

    reminders.sweep(at("2026-07-02", "08.00"))

    assert states(own) == {("H-7", "SKIPPED"), ("H-1", "SKIPPED"), ("H+1", "SENT")}
    assert len(mails_to(petugas)) == 1


def test_nothing_is_sent_for_dates_before_sharing(make, unit, petugas_unit):
    make(unit, shared_at=at("2026-06-25"))

    assert reminders.sweep(at("2026-06-26", "08.00")).sent == 0
    assert reminders.sweep(at("2026-06-30", "08.00")).sent == 1


def test_an_instant_before_sharing_knows_nothing_of_the_commitment(make, unit, petugas_unit):
    make(unit, shared_at=at("2026-06-23", "09.00"))

    assert reminders.sweep(at("2026-06-23", "08.00")).planned == 0


# --- which rows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.DONE, Status.UNMET])
def test_drafts_claims_and_closed_rows_are_quiet(make, unit, petugas_unit, status):
    make(unit, status=status)

    assert reminders.sweep(H_MINUS_7).planned == 0


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED])
def test_open_rows_are_reminded_example_or_not(make, unit, petugas_unit, status):
    make(unit, status=status, is_example=True)

    assert reminders.sweep(H_MINUS_7).sent == 1


def test_an_empty_house_sweeps_nothing(db):
    assert reminders.sweep(H_MINUS_7) == reminders.SweepCount()


# --- proposed dates -----------------------------------------------------------------------------


def test_a_proposed_date_is_called_one(make, unit, petugas_unit):
    promise = make(unit, agreed=False, wording="Optimalisasi bursa kerja")

    reminders.sweep(H_MINUS_7)

    [message] = mails_to(petugas_unit)
    assert message.subject == f"7 hari lagi (usulan): Optimalisasi bursa kerja ({promise.code})"
    assert "tinggal 7 hari (Selasa, 30 Juni 2026), tanggal usulan, belum disepakati" in message.body


def test_after_an_unagreed_date_the_partner_hears_nothing_and_the_host_is_asked_to_call(
    make, unit, petugas_unit, petugas
):
    make(unit, agreed=False)

    reminders.sweep(at("2026-07-07", "08.00"))

    [message] = mails_to(petugas)
    assert mails_to(petugas_unit) == []
    assert message.subject.startswith("Tugas: hubungi Sudin Naker: ")
    assert "lewat 7 hari (Selasa, 30 Juni 2026), tanggal usulan, belum disepakati" in message.body
    assert "Tugas: hubungi Sudin Naker untuk menyepakati tenggat." in message.body
    assert "terlambat" not in message.body.lower()


def test_after_an_agreed_date_the_partner_is_told_how_late_it_is(promise, petugas_unit, petugas):
    reminders.sweep(at("2026-07-07", "08.00"))

    assert mails_to(petugas_unit)[0].subject.startswith("Terlambat 7 hari: ")
    assert mails_to(petugas) == []


# --- cost, heartbeat ---------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 20])
def test_planning_costs_the_same_for_one_row_and_for_twenty(
    make, unit, petugas_unit, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        make(unit)

    with django_assert_max_num_queries(5):
        assert len(reminders.plan(H_MINUS_7).due) == rows


def test_the_last_real_sweep_can_be_asked_for(db):
    assert reminders.last_sweep() is None

    reminders.note_sweep(H_MINUS_7)

    assert reminders.last_sweep() == H_MINUS_7


def test_the_subject_never_grows_past_sixty_characters(make, unit, petugas_unit):
    make(unit, agreed=False, wording="Optimalisasi pelaksanaan bursa kerja " * 20)

    reminders.sweep(H_MINUS_7)

    assert len(mails_to(petugas_unit)[0].subject) <= 60
