"""Reminders: who is told what on which day, once, and never what is no longer true."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from agencies.models import Contact, Delivery, DeliveryState, Holiday, Post, Role, Tenure
from commitments import reminders
from commitments.models import Commitment, Reminder, Rung
from commitments.status import Status
from commitments.tasks import deliver_reminders
from tests.factories import CommitmentFactory, at, person

DUE = dt.date(2026, 6, 30)
H_MINUS_7 = at("2026-06-23", "07.30")


@pytest.fixture(autouse=True)
def days_off(db):
    call_command("seed_reference", verbosity=0)


@pytest.fixture
def make(meeting, clause):
    """A commitment without gaps, so that only its date speaks."""

    def make(lead, *, due_on=DUE, **kwargs):
        values = {"agreed": True, "target": 4, "unit": "kali", "clauses": [clause], "meeting": meeting, **kwargs}
        return CommitmentFactory(lead=lead, due_on=due_on, **values)

    return make


@pytest.fixture
def promise(make, unit, petugas_unit):
    return make(unit, wording="Optimalisasi bursa kerja")


def mails_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


def states(commitment):
    return {(r.rung, r.state) for r in Reminder.objects.filter(commitment=commitment)}


# --- days --------------------------------------------------------------------------------------


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


# --- which rows --------------------------------------------------------------------------------


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


# --- proposed dates ----------------------------------------------------------------------------


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


# --- who ---------------------------------------------------------------------------------------


def test_the_holder_of_the_post_comes_before_the_officers(make, unit, petugas_unit):
    holder = person(unit, Role.SUPERVISOR)
    make(unit, lead_post=Post.objects.get(tenures__user=holder))

    reminders.sweep(H_MINUS_7)

    assert (len(mails_to(holder)), len(mails_to(petugas_unit))) == (1, 0)


def test_a_post_without_holder_falls_back_to_the_officers(make, unit, petugas_unit):
    make(unit, lead_post=Post.objects.create(agency=unit, title="Kosong"))

    reminders.sweep(H_MINUS_7)

    assert len(mails_to(petugas_unit)) == 1


def test_people_who_left_are_not_written_to(make, unit, petugas_unit):
    gone, blocked = person(unit, Role.OFFICER), person(unit, Role.OFFICER)
    Tenure.objects.filter(user=gone).update(ends_on=dt.date(2026, 6, 1))
    blocked.is_active = False
    blocked.save()
    make(unit)

    reminders.sweep(H_MINUS_7)

    assert [message.to for message in mail.outbox] == [[petugas_unit.email]]


def test_own_staff_have_their_own_steps(make, bp3mi, petugas):
    make(bp3mi)

    sent = [reminders.sweep(at(day, "08.00")).sent for day in ("2026-06-23", "2026-06-29", "2026-06-30", "2026-07-01")]

    assert sent == [1, 1, 0, 1]


def test_without_account_a_text_is_laid_ready_for_the_hosts_officer(make, unit, bp3mi, petugas):
    contact = Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi", whatsapp="628111111111")
    promise = make(unit, wording="Optimalisasi bursa kerja")

    count = reminders.sweep(H_MINUS_7)

    text = Delivery.objects.get(contact=contact)
    assert (count.sent, mail.outbox) == (1, [])
    assert text.handled_by == bp3mi
    assert text.body.startswith("Yth. Kepala Seksi, Suku Dinas Tenaga Kerja\n\nBP3MI mengingatkan")
    assert f"- Optimalisasi bursa kerja ({promise.code}): tinggal 7 hari (Selasa, 30 Juni 2026)." in text.body
    assert [n.subject for n in Delivery.objects.notices_of(petugas)] == ["1 pesan siap dikirim"]
    assert states(promise) == {("H-7", "PLANNED")}


def test_a_contact_of_another_keeper_is_not_used(make, unit, stranger, petugas):
    Contact.objects.create(agency=unit, kept_by=stranger, post_text="Kepala Seksi")
    make(unit)

    reminders.sweep(H_MINUS_7)

    assert not Delivery.objects.exclude(contact=None).exists()
    assert mails_to(petugas)[0].subject.startswith("Tugas: hubungi Sudin Naker: ")


def test_a_contact_with_only_an_address_gets_a_mail(make, unit, bp3mi, petugas):
    Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi", email="seksi@simpul.example")
    make(unit)

    count = reminders.sweep(H_MINUS_7)

    assert count.sent == 1
    assert mail.outbox[0].to == ["seksi@simpul.example"]
    assert "Balasan dapat disampaikan kepada BP3MI" in mail.outbox[0].body


def test_with_nobody_at_the_lead_the_hosts_officer_is_told_to_call(make, unit, petugas):
    make(unit)

    reminders.sweep(H_MINUS_7)

    [message] = mails_to(petugas)
    assert "Tugas: hubungi Sudin Naker (belum ada akun atau narahubung)." in message.body
    assert Reminder.objects.get().recipient == f"host:user:{petugas.pk}"


def test_a_host_without_officers_reaches_its_supervisor(make, unit, pimpinan):
    make(unit)

    assert reminders.sweep(H_MINUS_7).sent == 1


# --- gaps --------------------------------------------------------------------------------------


def test_the_host_is_asked_once_for_gaps_five_working_days_after_sharing(meeting, petugas, petugas_unit):
    bare = CommitmentFactory(meeting=meeting)

    early, due = reminders.sweep(at("2026-02-03", "08.00")), reminders.sweep(at("2026-02-04", "08.00"))
    later = [reminders.sweep(at(f"2026-02-{day}", "08.00")).sent for day in ("05", "11")]

    [message] = mails_to(petugas)
    assert (early.sent, due.sent, later) == (0, 1, [0, 0])
    assert message.subject.startswith("Perlu dilengkapi: ")
    assert "belum lengkap: penanggung jawab, tenggat, target, ruang lingkup" in message.body
    assert states(bare) == {("GAPS", "SENT")}
    assert mails_to(petugas_unit) == []


def test_gaps_long_overdue_are_asked_for_at_the_next_run(meeting, petugas):
    for _line in range(5):
        CommitmentFactory(meeting=meeting)

    count = reminders.sweep(H_MINUS_7)

    assert (count.planned, count.sent) == (5, 1)
    assert mails_to(petugas)[0].subject == "5 perlu dilengkapi"


# --- one message a day, three a week -----------------------------------------------------------


def test_everything_of_a_day_travels_in_one_message(make, unit, petugas_unit):
    for due_on in (DUE, DUE, dt.date(2026, 6, 23), dt.date(2026, 6, 16)):
        make(unit, due_on=due_on)

    count = reminders.sweep(H_MINUS_7)

    [message] = mails_to(petugas_unit)
    assert (count.planned, count.sent) == (4, 1)
    assert message.subject == "1 terlambat, 1 hari ini tenggat, 2 mendekati tenggat"
    assert Delivery.objects.notices_of(petugas_unit).count() == 1
    assert message.body.index("terlambat 7 hari") < message.body.index("tinggal 7 hari")


def test_a_very_long_day_is_counted_instead_of_listed(make, unit, petugas_unit):
    for _n in range(43):
        make(unit)

    reminders.sweep(H_MINUS_7)

    [message] = mails_to(petugas_unit)
    assert message.subject == "43 mendekati tenggat"
    assert "Mohon perhatian untuk 43 komitmen berikut." in message.body
    assert message.body.count("tinggal 7 hari") == 40
    assert "dan 3 komitmen lain: " in message.body
    assert Reminder.objects.filter(state="SENT").count() == 43


def test_what_comes_up_later_on_the_same_day_waits_for_tomorrow(promise, make, unit, petugas_unit):
    reminders.sweep(H_MINUS_7)
    make(unit)

    same_day, next_day = reminders.sweep(at("2026-06-23", "14.00")), reminders.sweep(at("2026-06-24", "07.30"))

    assert (same_day.planned, same_day.sent, next_day.sent) == (1, 0, 1)
    assert "tinggal 6 hari" in mails_to(petugas_unit)[1].body


def test_at_most_three_messages_a_week_and_the_rest_the_week_after(make, unit, petugas_unit):
    for day in (29, 30):
        make(unit, due_on=dt.date(2026, 6, day))
    for day in (1, 2, 3):
        make(unit, due_on=dt.date(2026, 7, day))

    sent = [reminders.sweep(at(f"2026-06-{day}", "08.00")).sent for day in (22, 23, 24, 25, 26, 29)]

    assert sent == [1, 1, 1, 0, 0, 1]
    assert mails_to(petugas_unit)[3].body.count("tinggal") == 2


def test_a_newer_step_outruns_one_that_still_waits(make, unit, petugas_unit):
    waiting = make(unit)
    Reminder.objects.create(
        commitment=waiting, rung=Rung.BEFORE_7, due_on=DUE, recipient=f"user:{petugas_unit.pk}", at=H_MINUS_7
    )

    count = reminders.sweep(at("2026-06-30", "08.00"))

    assert (count.sent, count.skipped) == (1, 1)
    assert states(waiting) == {("H-7", "SKIPPED"), ("H", "SENT")}


def test_texts_for_one_contact_are_merged_and_an_unsent_one_is_replaced(make, unit, bp3mi, petugas):
    contact = Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi")
    first, second = make(unit), make(unit, due_on=dt.date(2026, 7, 1))

    counts = [reminders.sweep(at(f"2026-06-{day}", "08.00")).sent for day in (23, 24)]

    ready = Delivery.objects.get(contact=contact, state=DeliveryState.WAITING)
    assert counts == [1, 1]
    assert (first.code in ready.body, second.code in ready.body) == (True, True)
    assert "tinggal 6 hari (Selasa, 30 Juni 2026)" in ready.body
    assert Delivery.objects.filter(contact=contact, state=DeliveryState.CANCELLED).count() == 1


def test_a_text_that_waits_for_the_officer_stays_true(make, unit, bp3mi, petugas):
    Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi")
    promise = make(unit)
    reminders.sweep(H_MINUS_7)

    reminders.sweep(at("2026-06-25", "08.00"))
    words = Delivery.objects.exclude(contact=None).get().body
    Commitment.objects.filter(pk=promise.pk).update(status=Status.DONE, closed_at=at("2026-06-25"))
    reminders.sweep(at("2026-06-25", "08.15"))

    assert "tinggal 5 hari" in words
    assert Delivery.objects.exclude(contact=None).get().state == DeliveryState.CANCELLED
    assert states(promise) == {("H-7", "CANCELLED")}


def test_the_officers_own_mail_says_how_many_texts_lie_ready(make, unit, bp3mi, petugas):
    Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi")
    make(unit)
    make(bp3mi)

    reminders.sweep(H_MINUS_7)

    assert "1 pesan WhatsApp siap dikirim: " in mails_to(petugas)[0].body
    assert Delivery.objects.notices_of(petugas).count() <= 2


# --- between plan and send ---------------------------------------------------------------------


@pytest.fixture
def server_down(settings):
    settings.EMAIL_BACKEND = "tests.commitments.test_reminders.DownBackend"
    yield
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


class DownBackend:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("closed")


UP = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.DONE, "closed_at": at("2026-06-23", "08.00")},
        {"status": Status.SUBMITTED, "submitted_at": at("2026-06-23", "08.00")},
        {"due_on": dt.date(2026, 9, 30), "late_from": at("2026-10-01", "00.00")},
        {"lead": None},
    ],
)
def test_what_changed_between_plan_and_send_is_cancelled(promise, settings, server_down, change):
    reminders.sweep(H_MINUS_7)
    Commitment.objects.filter(pk=promise.pk).update(**change)
    settings.EMAIL_BACKEND = UP

    count = reminders.sweep(at("2026-06-23", "09.00"))

    assert mail.outbox == []
    assert count.sent == 0
    assert ("H-7", "CANCELLED") in states(promise)
    assert Delivery.objects.get(key__contains="digest:user").state == DeliveryState.CANCELLED


def test_a_mail_server_that_was_down_gets_the_message_later_with_true_words(
    promise, petugas_unit, settings, server_down
):
    down = reminders.sweep(H_MINUS_7)
    in_app = Delivery.objects.notices_of(petugas_unit).count()
    settings.EMAIL_BACKEND = UP

    up = reminders.sweep(at("2026-06-24", "07.30"))

    assert (down.sent, down.failed, in_app, up.sent) == (0, 1, 0, 1)
    assert "tinggal 6 hari" in mails_to(petugas_unit)[0].body
    assert Delivery.objects.notices_of(petugas_unit).count() == 1


def test_the_sender_between_two_sweeps_tries_again_and_writes_the_ledger(promise, settings, server_down):
    reminders.sweep(H_MINUS_7)
    settings.EMAIL_BACKEND = UP
    Delivery.objects.update(next_try_at=at("2020-01-01"))  # the clock of the task is the real one
    Commitment.objects.update(due_on=timezone.localdate() + dt.timedelta(days=7))
    Reminder.objects.update(due_on=timezone.localdate() + dt.timedelta(days=7))

    deliver_reminders.delay()

    assert len(mail.outbox) == 1
    assert states(promise) == {("H-7", "SENT")}


def test_one_closed_row_leaves_the_others_in_the_message(make, unit, petugas_unit, settings, server_down):
    kept, closed = make(unit), make(unit)
    reminders.sweep(H_MINUS_7)
    Commitment.objects.filter(pk=closed.pk).update(status=Status.DONE, closed_at=at("2026-06-23", "08.00"))
    settings.EMAIL_BACKEND = UP

    reminders.sweep(at("2026-06-23", "09.00"))

    [message] = mails_to(petugas_unit)
    assert (kept.code in message.body, closed.code in message.body) == (True, False)


def test_a_moved_date_has_its_own_steps(promise, petugas_unit):
    reminders.sweep(H_MINUS_7)
    Commitment.objects.update(due_on=dt.date(2026, 7, 31), late_from=at("2026-08-01", "00.00"))

    on_old_day, on_new_day = reminders.sweep(at("2026-06-30", "08.00")), reminders.sweep(at("2026-07-24", "08.00"))

    assert (on_old_day.sent, on_new_day.sent) == (0, 1)
    assert "tinggal 7 hari (Jumat, 31 Juli 2026)" in mails_to(petugas_unit)[1].body


def test_a_new_lead_is_told_instead_of_the_old_one(
    promise, other_unit, petugas_unit, petugas_lain, settings, server_down
):
    reminders.sweep(H_MINUS_7)
    Commitment.objects.update(lead=other_unit)
    settings.EMAIL_BACKEND = UP

    reminders.sweep(at("2026-06-23", "09.00"))
    reminders.sweep(at("2026-06-23", "09.15"))

    assert (len(mails_to(petugas_unit)), len(mails_to(petugas_lain))) == (0, 1)


# --- cost, dry run, heartbeat ------------------------------------------------------------------


def test_a_dry_run_changes_nothing(promise):
    count = reminders.sweep(H_MINUS_7, dry_run=True)

    assert (count.planned, count.sent) == (1, 0)
    assert (Reminder.objects.count(), Delivery.objects.count(), mail.outbox) == (0, 0, [])


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
