"""One message a day and three a week for each person, checked once more before it leaves."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from agencies.models import Contact, Delivery, DeliveryState
from commitments import reminders
from commitments.models import Commitment, Reminder, Rung
from commitments.status import Status
from commitments.tasks import deliver_reminders
from tests.commitments.reminding import DUE, H_MINUS_7, UP, mails_to, states
from tests.factories import at

pytestmark = pytest.mark.usefixtures("days_off")


# --- one message a day, three a week ------------------------------------------------------------


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


# --- between plan and send ----------------------------------------------------------------------


@pytest.fixture
def server_down(settings):
    settings.EMAIL_BACKEND = "tests.commitments.reminding.DownBackend"
    yield
    settings.EMAIL_BACKEND = UP


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

    with time_machine.travel(at("2026-06-23", "07.40"), tick=False):
        deliver_reminders.delay()

    assert len(mail.outbox) == 1
    assert states(promise) == {("H-7", "SENT")}


def test_what_failed_on_a_friday_is_not_tried_again_at_night_or_on_a_day_off(promise, settings, server_down):
    Commitment.objects.update(due_on=dt.date(2026, 7, 3), late_from=at("2026-07-04", "00.00"))
    reminders.sweep(at("2026-06-26", "17.00"))
    settings.EMAIL_BACKEND = UP

    saturday, dawn = reminders.deliver(at("2026-06-27", "09.00")), reminders.deliver(at("2026-06-29", "07.00"))
    monday = reminders.deliver(at("2026-06-29", "07.30"))

    assert (saturday.sent, dawn.sent, monday.sent) == (0, 0, 1)


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
