"""The outbox: sent at least once, told exactly once, and never a header too many."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from agencies import outbox
from agencies.models import Channel, Contact, Delivery, DeliveryState, Role
from tests.factories import AgencyFactory, at, person

NOW = at("2026-06-23", "07.30")


@pytest.fixture
def officer(db):
    return person(AgencyFactory(), Role.OFFICER, email="tujuan@simpul.example")


@pytest.fixture
def server(settings):
    """A mail server whose answers are lined up: an exception is raised, anything else is a success."""
    settings.EMAIL_BACKEND = "tests.agencies.test_outbox.ScriptedBackend"
    ScriptedBackend.script = []
    ScriptedBackend.taken = []
    return ScriptedBackend


class ScriptedBackend(BaseEmailBackend):
    script: list[Exception | None] = []
    taken: list[mail.EmailMessage] = []

    def send_messages(self, messages):
        answer = self.script.pop(0) if self.script else None
        if answer is not None:
            raise answer
        self.taken.extend(messages)
        return len(messages)


class NotedLedger:
    def __init__(self, *, wanted=True):
        self.wanted, self.notes = wanted, []

    def is_wanted(self, delivery, *, at):
        return self.wanted

    def sent(self, delivery, *, at):
        self.notes.append(("sent", delivery.key))

    def failed(self, delivery, *, at):
        self.notes.append(("failed", delivery.key))


def letter(user, key="letter:1", when=NOW, **kwargs):
    return outbox.enqueue_mail(
        key=key, user=user, at=when, **{"subject": "Undangan masuk", "body": "Isi", "path": "/", **kwargs}
    )


def test_the_same_key_makes_one_mail(officer):
    first, second = letter(officer), letter(officer, subject="Lain")

    outbox.deliver(NOW)
    assert first.pk == second.pk
    assert [m.subject for m in mail.outbox] == ["Undangan masuk"]
    assert mail.outbox[0].to == ["tujuan@simpul.example"]


def test_a_mail_goes_out_once_however_often_the_sender_runs(officer):
    letter(officer)

    counts = [outbox.deliver(NOW), outbox.deliver(NOW + dt.timedelta(hours=1))]

    assert [c.sent for c in counts] == [1, 0]
    assert Delivery.objects.get().sent_at is not None


def test_a_mail_to_nobody_is_refused(db):
    with pytest.raises(ValueError, match="person or an address"):
        outbox.enqueue_mail(key="letter:2", subject="x", body="y", at=NOW)


def test_a_line_break_in_a_title_adds_no_recipient(officer):
    letter(officer, subject="Bursa kerja\r\nBcc: lain@simpul.example\x00")

    outbox.deliver(NOW)

    sent = mail.outbox[0]
    assert sent.subject == "Bursa kerja Bcc: lain@simpul.example"
    assert sent.recipients() == ["tujuan@simpul.example"]
    assert "Bcc" not in sent.message()


def test_an_address_with_a_line_break_is_given_up_and_nothing_leaves(officer):
    letter(officer, address="a@simpul.example\nBcc: b@simpul.example")

    count = outbox.deliver(NOW)

    assert (count.sent, count.failed, mail.outbox) == (0, 1, [])
    assert Delivery.objects.get().state == DeliveryState.FAILED


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPServerDisconnected("closed"),
        TimeoutError("timed out"),
        ConnectionRefusedError(111, "refused"),
        smtplib.SMTPConnectError(421, b"busy"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPRecipientsRefused({"tujuan@simpul.example": (451, b"try later")}),
        smtplib.SMTPDataError(452, b"full"),
    ],
)
def test_a_temporary_failure_is_tried_again_later_with_the_same_message_id(officer, server, failure):
    message_id = letter(officer).message_id
    server.script = [failure]

    first = outbox.deliver(NOW)
    at_once = outbox.deliver(NOW + dt.timedelta(seconds=40))
    later = outbox.deliver(NOW + dt.timedelta(seconds=90))

    assert (first.sent, first.failed, at_once.sent, later.sent) == (0, 1, 0, 1)
    assert server.taken[0].extra_headers["Message-ID"] == message_id


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({"tujuan@simpul.example": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"refused"),
    ],
)
def test_a_refused_address_fails_at_once(officer, server, failure):
    letter(officer)
    server.script = [failure]

    outbox.deliver(NOW)
    again = outbox.deliver(NOW + dt.timedelta(days=1))

    assert (again.sent, Delivery.objects.get().state) == (0, DeliveryState.FAILED)
    assert Delivery.objects.get().error[:3] in ("550", "554")


def test_pauses_grow_from_a_minute_to_half_a_day_and_then_it_gives_up(officer, server):
    letter(officer)
    server.script = [TimeoutError("timed out")] * 9
    pauses, when = [], NOW
    for _try in range(6):
        outbox.deliver(when)
        row = Delivery.objects.get()
        pauses.append((row.next_try_at - when) / dt.timedelta(minutes=1))
        when = row.next_try_at

    assert [0.8 * m <= pause <= 1.2 * m + 0.1 for m, pause in zip((1, 5, 30, 120, 720), pauses, strict=False)] == [
        True
    ] * 5
    assert (row.state, row.attempts) == (DeliveryState.FAILED, 6)


def test_a_one_time_link_is_not_kept_once_it_was_sent(officer, server):
    outbox.enqueue_mail(key=f"{outbox.SECRET}1", user=officer, subject="Undangan", body="https://tautan", at=NOW)

    outbox.deliver(NOW)

    assert "https://tautan" in server.taken[0].body
    assert Delivery.objects.get().body == ""


def test_a_dead_server_is_left_alone_after_three_silences(officer, server):
    for n in range(20):
        letter(officer, key=f"letter:{n}")
    server.script = [TimeoutError("timed out")] * 50

    count = outbox.deliver(NOW)

    assert 3 <= count.failed <= outbox.BATCH
    assert Delivery.objects.filter(attempts=0).count() == 20 - count.failed


def test_one_refused_address_does_not_hold_up_the_others(officer, server):
    for n in range(10):
        letter(officer, key=f"letter:{n}")
    server.script = [smtplib.SMTPRecipientsRefused({"x": (550, b"no")})] * 4

    count = outbox.deliver(NOW)

    assert (count.sent, count.failed) == (6, 4)


def test_a_held_lease_keeps_other_senders_away_until_it_runs_out(officer):
    letter(officer)

    claims = [
        outbox.claim(NOW),
        outbox.claim(NOW + dt.timedelta(seconds=30)),
        outbox.claim(NOW + dt.timedelta(seconds=61)),
    ]

    assert [len(c) for c in claims] == [1, 0, 1]


def test_mail_that_keeps_a_ledger_is_not_sent_without_it(officer):
    letter(officer, key="digest:user:1:2026-06-23")
    ledger = NotedLedger()

    without, with_ledger = outbox.deliver(NOW), outbox.deliver(NOW, ledger=ledger)

    assert (without.sent, with_ledger.sent) == (0, 1)
    assert ledger.notes == [("sent", "digest:user:1:2026-06-23")]


def test_the_notice_in_the_app_comes_with_the_mail(officer):
    letter(officer, key="digest:user:1:2026-06-23", path="/komitmen/K-2026-001/")
    before = Delivery.objects.notices_of(officer).count()

    outbox.deliver(NOW, ledger=NotedLedger())

    notice = Delivery.objects.notices_of(officer).get()
    assert before == 0
    assert (notice.subject, notice.path, notice.state) == (
        "Undangan masuk",
        "/komitmen/K-2026-001/",
        DeliveryState.SENT,
    )


def test_a_person_whose_mail_is_refused_is_still_told_in_the_app(officer, server):
    letter(officer, key="digest:user:1:2026-06-23")
    server.script = [smtplib.SMTPRecipientsRefused({"x": (550, b"no")})]
    ledger = NotedLedger()

    outbox.deliver(NOW, ledger=ledger)

    assert ledger.notes == [("failed", "digest:user:1:2026-06-23")]
    assert Delivery.objects.notices_of(officer).count() == 1


def test_what_became_untrue_is_cancelled_not_sent(officer):
    letter(officer, key="digest:user:1:2026-06-23")

    count = outbox.deliver(NOW, ledger=NotedLedger(wanted=False))

    assert (count.sent, mail.outbox) == (0, [])
    assert Delivery.objects.get().state == DeliveryState.CANCELLED


def test_a_sender_that_lost_its_lease_changes_nothing(officer):
    letter(officer)
    slow = outbox.claim(NOW)[0]
    outbox.deliver(NOW + dt.timedelta(seconds=61))

    outbox._settle(slow, outbox.Outcome("timed out"), at=NOW + dt.timedelta(seconds=62), ledger=None)

    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_notice_in_the_app_is_there_at_once_and_once(officer):
    for _again in range(2):
        outbox.post_notice(key="shared:1", user=officer, subject="Komitmen baru", at=NOW)

    notice = Delivery.objects.get()
    assert (notice.channel, notice.state, notice.sent_at) == (Channel.APP, DeliveryState.SENT, NOW)


def test_a_whatsapp_text_waits_for_a_person(officer):
    agency = AgencyFactory()
    contact = Contact.objects.create(agency=AgencyFactory(), kept_by=agency, post_text="Kepala Seksi")

    outbox.prepare_whatsapp(key="digest:contact:1", contact=contact, handled_by=agency, body="Yth.", at=NOW)
    outbox.deliver(NOW, ledger=NotedLedger())

    assert list(Delivery.objects.to_send_by_hand({agency.pk})) == list(Delivery.objects.all())
    assert mail.outbox == []


def test_the_sender_is_woken_after_the_commit(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter(officer, when=at("2020-01-01"))

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("wanted", [True, False])
def test_what_another_sender_has_settled_is_neither_sent_again_nor_cancelled(officer, wanted):
    letter(officer, key="digest:user:1:2026-06-23")
    [held] = outbox.claim(NOW, prefix=outbox.LEDGERED)
    later = NOW + 2 * outbox.LEASE
    outbox.deliver(later, ledger=NotedLedger())

    is_sent = outbox._is_still_wanted(held, NotedLedger(wanted=wanted), later)

    assert not is_sent
    assert Delivery.objects.get(pk=held.pk).state == DeliveryState.SENT
