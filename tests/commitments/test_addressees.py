"""Who is reminded: never nobody, and never those who are not concerned."""

import datetime as dt

import pytest
from django.core import mail

from agencies.models import Contact, Delivery, Post, Role, Tenure
from commitments import reminders
from commitments.models import Reminder
from tests.commitments.reminding import H_MINUS_7, mails_to, states
from tests.factories import CommitmentFactory, at, person

pytestmark = pytest.mark.usefixtures("days_off")


# --- who ----------------------------------------------------------------------------------------


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


# --- gaps ---------------------------------------------------------------------------------------


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
