"""The outbox: messages are rows first, and a row is sent, or not, but never forgotten.

Promise: in the app exactly once; by e-mail at least once, a repeat only after a crash in the send window and
then with the same Message-ID. A message is claimed with a lease, sent outside any transaction, and its state,
its notice in the app and its ledger are committed together afterwards. The broker only wakes the sender up.
"""

import dataclasses
import datetime as dt
import hashlib
import logging
import smtplib
import time
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction

from agencies.models import Agency, Channel, Contact, Delivery, DeliveryState, User
from config.celery import wake

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
BACKOFF = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
BATCH = 5  # five sends that run into the ten-second timeout still end within the lease
SILENT_IN_A_ROW = 3  # a mail server that does not answer thrice is left alone until the next run
SECRET = "invitation:"
"""Keys of messages that carry a one-time link: their words are not kept once they are done with."""
LEDGERED = "digest:"
"""Keys of messages that may only be sent together with their ledger."""
ENCLOSING = "report:"
"""Keys of messages that carry a stored file; they are sent with their ledger, which hands the file out."""


class Unsendable(Exception):
    """A message that must not go out; its text is the sentence that is written down."""


class Ledger(Protocol):
    """Rows elsewhere that stand or fall with a message; called inside the outbox's transactions."""

    def is_wanted(self, delivery: Delivery, *, at: dt.datetime) -> bool:
        """Whether the message is still true; may correct its subject and body."""

    def sent(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """The message went out."""

    def failed(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """The message will never go out."""


Enclosures = Callable[[Delivery], bytes]
"""Gives the stored file that travels with a message; raises :class:`Unsendable` when it is not what it was."""


@dataclasses.dataclass(frozen=True)
class DeliveryCount:
    """What one run did; ``failed`` counts failed attempts, those that will be tried again too."""

    sent: int = 0
    failed: int = 0


def enqueue_mail(
    *,
    key: str,
    subject: str,
    body: str,
    at: dt.datetime,
    user: User | None = None,
    contact: Contact | None = None,
    address: str = "",
    path: str = "",
    attachment: str = "",
    attachment_name: str = "",
) -> Delivery:
    """Put one plain-text mail for one recipient into the outbox, once per ``key``.

    The address is the person's unless one is given; ``attachment`` names a stored file. Wakes the sender after the
    commit, unless the message is sent with a ledger.
    Raises ValueError when there is nobody to send to.
    """
    address = address or (user.email if user else "")
    if not address:
        raise ValueError("a mail needs a person or an address")
    delivery = _put(
        key, channel=Channel.EMAIL, user=user, contact=contact, address=address, subject=subject, body=body, path=path,
        at=at, attachment=attachment, attachment_name=attachment_name,
    )  # fmt: skip
    if not key.startswith((LEDGERED, ENCLOSING)):
        wake("agencies.deliver_mail")
    return delivery


def post_notice(*, key: str, user: User, subject: str, at: dt.datetime, body: str = "", path: str = "") -> Delivery:
    """Show a notice in the app, once per ``key``; it counts as delivered with the caller's commit."""
    return _put(key, channel=Channel.APP, user=user, subject=subject, body=body, path=path, at=at)


def prepare_whatsapp(
    *, key: str, contact: Contact, handled_by: Agency, body: str, at: dt.datetime, subject: str = ""
) -> Delivery:
    """Lay a text ready that an officer of ``handled_by`` sends by hand, once per ``key``."""
    return _put(
        key, channel=Channel.WHATSAPP_MANUAL, contact=contact, handled_by=handled_by, subject=subject, body=body, at=at
    )


def _put(key: str, *, channel: Channel, subject: str, at: dt.datetime, **fields: object) -> Delivery:
    is_instant = channel == Channel.APP
    delivery, _created = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "subject": one_line(subject),
            "created_at": at,
            "next_try_at": at,
            "state": DeliveryState.SENT if is_instant else DeliveryState.WAITING,
            "sent_at": at if is_instant else None,
            "message_id": message_id(key) if channel == Channel.EMAIL else "",
            **fields,
        },
    )
    return delivery


def one_line(subject: str, *, longest: int = 200) -> str:
    """A subject without line breaks or control characters, so that no header can be smuggled in."""
    plain = "".join(letter if letter.isprintable() else " " for letter in subject)
    return " ".join(plain.split())[:longest]


def message_id(key: str) -> str:
    """The Message-ID of a key: the same for every try, and without the recipient's name in it."""
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


@transaction.atomic
def claim(at: dt.datetime, limit: int = BATCH, *, prefix: str = "") -> list[Delivery]:
    """Take up to ``limit`` waiting mails under a lease of 60 seconds; two senders never get the same one.

    PostgreSQL skips rows another sender holds; SQLite has one writer at a time. Mails that keep a ledger, told by
    the ``prefix`` of their keys, and those that keep none are taken by different senders.
    """
    due = Delivery.objects.claimable(at=at).select_related("user")
    with_ledger = models.Q(key__startswith=LEDGERED) | models.Q(key__startswith=ENCLOSING)
    due = due.filter(key__startswith=prefix) if prefix else due.exclude(with_ledger)
    found = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk")[:limit])
    Delivery.objects.filter(pk__in=[d.pk for d in found]).update(lease_until=at + LEASE)
    for delivery in found:
        delivery.lease_until = at + LEASE
    return found


def deliver(
    at: dt.datetime, *, ledger: Ledger | None = None, prefix: str = LEDGERED, enclosures: Enclosures | None = None
) -> DeliveryCount:
    """Send everything that is due and return what happened; safe to run many times and at once.

    With a ledger: the mails whose keys begin with ``prefix``, with the files that ``enclosures`` gives. A mail server
    that does not answer three times in a row ends the run: the rest waits for the next one.
    """
    started, sent, failed, silent = time.monotonic(), 0, 0, 0
    while silent < SILENT_IN_A_ROW:
        instant = at + dt.timedelta(seconds=time.monotonic() - started)
        batch = claim(instant, prefix=prefix if ledger is not None else "")
        if not batch:
            break
        for delivery in batch:
            if ledger is not None and not _is_still_wanted(delivery, ledger, instant):
                continue
            outcome = _send(delivery, enclosures)
            _settle(delivery, outcome, at=instant, ledger=ledger)
            sent, failed = sent + outcome.is_sent, failed + (not outcome.is_sent)
            silent = silent + 1 if outcome.is_silence else 0
    return DeliveryCount(sent, failed)


@transaction.atomic
def _is_still_wanted(delivery: Delivery, ledger: Ledger, at: dt.datetime) -> bool:
    """Ask the ledger at the last moment; what became untrue since it was planned is never sent."""
    if ledger.is_wanted(delivery, at=at):
        return bool(_held(delivery).update(subject=delivery.subject, body=delivery.body))
    _held(delivery).update(state=DeliveryState.CANCELLED, lease_until=None)
    return False


def _held(delivery: Delivery) -> models.QuerySet[Delivery]:
    """The row as long as this sender's lease holds: afterwards another one has it, or has settled it."""
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, lease_until=delivery.lease_until)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the mail server said."""

    error: str = ""
    is_permanent: bool = False
    is_silence: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether the server took the message."""
        return not self.error


def _send(delivery: Delivery, enclosures: Enclosures | None) -> Outcome:
    """Hand one message to the mail server, with its file if it has one; outside any transaction."""
    message = EmailMessage(
        subject=one_line(delivery.subject),
        body=delivery.body,
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    try:
        if delivery.attachment and enclosures is not None:
            message.attach(delivery.attachment_name, enclosures(delivery), "application/pdf")
        message.send()
    except Unsendable as reason:
        return Outcome(str(reason), is_permanent=True)
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return Outcome(f"{code} {_text(words)}", is_permanent=code >= 500)
    except smtplib.SMTPDataError as refused:
        return Outcome(f"{refused.smtp_code} {_text(refused.smtp_error)}", is_permanent=refused.smtp_code >= 500)
    except (smtplib.SMTPException, OSError) as failure:
        return Outcome(f"{type(failure).__name__}: {failure}", is_silence=True)
    except (ValueError, UnicodeError) as failure:  # an address or header that no server would take
        return Outcome(f"{type(failure).__name__}: {failure}", is_permanent=True)
    return Outcome()


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


@transaction.atomic
def _settle(delivery: Delivery, outcome: Outcome, *, at: dt.datetime, ledger: Ledger | None) -> None:
    """Write down the outcome, the notice in the app and the ledger in one transaction."""
    attempts = delivery.attempts + 1
    is_lost = outcome.is_permanent or attempts > len(BACKOFF)
    if outcome.is_sent:
        change: dict[str, object] = {"state": DeliveryState.SENT, "sent_at": at, "error": ""}
    elif is_lost:
        change = {"state": DeliveryState.FAILED, "error": one_line(outcome.error, longest=300)}
    else:
        pause = _pause(delivery.key, attempts)
        change = {"next_try_at": at + pause, "error": one_line(outcome.error, longest=300)}
    if (outcome.is_sent or is_lost) and delivery.key.startswith(SECRET):
        change["body"] = ""
    if not _held(delivery).update(attempts=attempts, lease_until=None, **change):
        return
    if outcome.is_sent or is_lost:
        _tell_in_app(delivery, at)
        if ledger is not None:
            (ledger.sent if outcome.is_sent else ledger.failed)(delivery, at=at)


def _tell_in_app(delivery: Delivery, at: dt.datetime) -> None:
    """The same message in the app; also when no mail server takes it, so that somebody is told."""
    if delivery.user is not None and delivery.key.startswith(LEDGERED):
        post_notice(
            key=f"{delivery.key}:app",
            user=delivery.user,
            subject=delivery.subject,
            body=delivery.body,
            path=delivery.path,
            at=at,
        )


def _pause(key: str, attempts: int) -> dt.timedelta:
    """How long to wait after a failed try: longer each time, spread by 20 % either way, the same for the same try."""
    spread = int(hashlib.sha256(f"{key}/{attempts}".encode()).hexdigest()[:4], 16) / 0xFFFF
    return BACKOFF[attempts - 1] * (0.8 + 0.4 * spread)
