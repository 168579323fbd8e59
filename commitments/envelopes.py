"""Envelopes: all rungs of a person on a day travel in one message, and each is checked once more before it leaves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agencies.models import Agency, Channel, Contact, Delivery, DeliveryState, Role, Tenure, User
from agencies.outbox import LEDGERED, enqueue_mail, post_notice, prepare_whatsapp
from commitments.addressees import AddressBook, envelope_of
from commitments.ladder import is_after_date
from commitments.letters import compose
from commitments.models import Commitment, DueBasis, Reminder, ReminderState, Rung
from commitments.status import OPEN, Status
from config.workdays import WIB, day_of

A_WEEK = 3
"""Messages a person gets at most from Monday to Sunday in the profile *Satu kantor*; the rest waits."""


def fill(at: dt.datetime, *, today: dt.date) -> int:
    """Put waiting rungs into messages, one a day and three a week for each person.

    Texts to be sent by hand come first, so that an officer's mail can say how many lie ready.
    Returns how many of those were laid ready now.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    rows = Reminder.objects.filter(state=ReminderState.PLANNED, delivery=None).order_by("pk")
    for pk, recipient in rows.values_list("pk", "recipient"):
        waiting[envelope_of(recipient)].append(pk)
    laid_ready: dict[Agency, int] = defaultdict(int)
    book = AddressBook(today)
    for envelope in sorted(waiting):  # contact:... before user:...
        delivery = _fill_one(envelope, waiting[envelope], at=at, book=book)
        if delivery is not None and delivery.handled_by is not None:
            laid_ready[delivery.handled_by] += 1
    for agency in laid_ready:
        _tell_officers(agency, at=at, today=today)
    return sum(laid_ready.values())


def renew_by_hand(at: dt.datetime) -> None:
    """Keep the texts that still wait for an officer true: the distance, what was closed, what moved."""
    ledger = ReminderLedger()
    for pk in Delivery.objects.filter(_by_hand_waiting()).values_list("pk", flat=True):
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update(of=("self",)).filter(_by_hand_waiting(), pk=pk).first()
            if delivery is None:
                continue
            before = delivery.body
            if not ledger.is_wanted(delivery, at=at):
                delivery.state = DeliveryState.CANCELLED
            if delivery.body != before or delivery.state == DeliveryState.CANCELLED:
                delivery.save(update_fields=["subject", "body", "state"])


class ReminderLedger:
    """Keeps the ledger of rungs in step with the outbox; lives for one run."""

    def __init__(self) -> None:
        self._book: AddressBook | None = None

    def is_wanted(self, delivery: Delivery, *, at: dt.datetime) -> bool:
        """Cancel the rungs that became untrue and write the rest anew; False when nothing is left to say."""
        today = day_of(at)
        if self._book is None or self._book.on != today:
            self._book = AddressBook(today)
        pks = list(_planned(delivery).values_list("pk", flat=True))
        standing = still_standing(pks, book=self._book, at=at)
        if not standing:
            return False
        letter = compose(delivery, standing, at=at, by_hand=by_hand_count(delivery.user, today))
        delivery.subject, delivery.body = letter.subject, letter.body
        return True

    def sent(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """The rungs of a message that went out were sent."""
        _planned(delivery).update(state=ReminderState.SENT, at=at)

    def failed(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """The rungs of a message that no server takes."""
        _planned(delivery).update(state=ReminderState.FAILED, at=at)


def still_standing(pks: Sequence[int], *, book: AddressBook, at: dt.datetime) -> list[Reminder]:
    """The rungs among ``pks`` that are still true, with their commitments locked; the others are cancelled.

    Untrue: the commitment was closed or waits for its verifier, the date moved, the gap was filled, the lead or
    its people changed, or a merely proposed date has passed meanwhile.
    """
    reminders = list(Reminder.objects.filter(pk__in=pks, state=ReminderState.PLANNED).order_by("pk"))
    commitments = {
        commitment.pk: commitment
        for commitment in Commitment.objects.select_for_update(of=("self",))
        .filter(pk__in={reminder.commitment_id for reminder in reminders})
        .select_related("lead", "lead_post", "host_agency", "meeting", "agreement")
        .prefetch_related("clauses")
        .order_by("pk")
    }
    standing: list[Reminder] = []
    for reminder in reminders:
        reminder.commitment = commitments[reminder.commitment_id]
        if _is_true(reminder, book):
            standing.append(reminder)
    fallen = {reminder.pk for reminder in reminders} - {reminder.pk for reminder in standing}
    Reminder.objects.filter(pk__in=fallen).update(state=ReminderState.CANCELLED, at=at)
    return standing


def by_hand_count(user: User | None, today: dt.date) -> int:
    """How many texts wait for this person as an officer."""
    if user is None:
        return 0
    agencies = (
        Tenure.objects.current(on=today).filter(user=user, role=Role.OFFICER).values_list("post__agency", flat=True)
    )
    return Delivery.objects.to_send_by_hand(frozenset(agencies)).count()


def _is_true(reminder: Reminder, book: AddressBook) -> bool:
    commitment = reminder.commitment
    if commitment.status not in OPEN or commitment.status == Status.SUBMITTED:
        return False
    if reminder.rung == Rung.GAPS:
        if not commitment.gaps:
            return False
    elif commitment.due_on != reminder.due_on or _is_past_proposal(reminder, book.on):
        return False
    return reminder.recipient in {a.key for a in book.addressees(commitment, reminder.rung)}


def _is_past_proposal(reminder: Reminder, today: dt.date) -> bool:
    is_proposed = reminder.commitment.due_basis != DueBasis.AGREED
    return is_proposed and not is_after_date(reminder.rung) and reminder.due_on < today


@transaction.atomic
def _fill_one(envelope: str, pks: Sequence[int], *, at: dt.datetime, book: AddressBook) -> Delivery | None:
    """Make today's message of one person, or None when it must wait or nothing is true any more."""
    today = book.on
    kind, _colon, pk = envelope.partition(":")
    key = f"{LEDGERED}{envelope}:{today}"
    if Delivery.objects.filter(key=key).exists() or _this_week(envelope, today) >= A_WEEK:
        return None
    if kind == "contact":
        pks = [*pks, *_recall(int(pk))]
    standing = still_standing(pks, book=book, at=at)
    if not standing:
        return None
    delivery = _envelope(kind, int(pk), key, standing, at=at, today=today)
    ours = Delivery.objects.select_for_update(of=("self",)).filter(
        pk=delivery.pk, state=DeliveryState.WAITING, lease_until=None
    )
    if ours.first() is None or Reminder.objects.filter(delivery=delivery).exists():
        return None  # another sweep was faster; what it did not take waits for tomorrow
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in standing]).update(delivery=delivery)
    return delivery


def _envelope(
    kind: str, pk: int, key: str, standing: Sequence[Reminder], *, at: dt.datetime, today: dt.date
) -> Delivery:
    """The message itself; a contact is written to by WhatsApp unless only an e-mail address is known."""
    if kind == "user":
        user = User.objects.get(pk=pk)
        letter = compose(Delivery(user=user), standing, at=at, by_hand=by_hand_count(user, today))
        path = standing[0].commitment.get_absolute_url() if len(standing) == 1 else reverse("commitments:list")
        return enqueue_mail(key=key, user=user, subject=letter.subject, body=letter.body, path=path, at=at)
    contact = Contact.objects.select_related("agency", "kept_by").get(pk=pk)
    address = "" if contact.whatsapp else contact.email
    letter = compose(Delivery(contact=contact, address=address), standing, at=at)
    if address:
        return enqueue_mail(key=key, contact=contact, address=address, subject=letter.subject, body=letter.body, at=at)
    return prepare_whatsapp(
        key=key, contact=contact, handled_by=contact.kept_by, subject=letter.subject, body=letter.body, at=at
    )


def _recall(contact_pk: int) -> list[int]:
    """Take back an older text that still waits for this contact; its rungs go into the new one."""
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(_by_hand_waiting(), contact=contact_pk)
    old = [delivery.pk for delivery in waiting]
    pks = list(Reminder.objects.filter(delivery__in=old, state=ReminderState.PLANNED).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=old).update(state=DeliveryState.CANCELLED)
    return pks


def _this_week(envelope: str, today: dt.date) -> int:
    """Messages of this person since Monday."""
    monday = dt.datetime.combine(today - dt.timedelta(days=today.weekday()), dt.time(), tzinfo=WIB)
    sent = Delivery.objects.filter(
        key__startswith=f"{LEDGERED}{envelope}:",
        created_at__gte=monday,
        created_at__lt=monday + dt.timedelta(days=7),
    )
    return sent.exclude(state=DeliveryState.CANCELLED).exclude(key__endswith=":app").count()


def _tell_officers(agency: Agency, *, at: dt.datetime, today: dt.date) -> None:
    """Tell the officers how many texts lie ready, unless their mail of today says so."""
    count = Delivery.objects.to_send_by_hand({agency.pk}).count()
    for user in AddressBook(today).officers(agency.pk):
        if Delivery.objects.filter(key=f"{LEDGERED}user:{user.pk}:{today}").exists():
            continue
        with override(settings.LANGUAGE_CODE):
            subject = ngettext("%(count)d pesan siap dikirim", "%(count)d pesan siap dikirim", count)
            body = _("Buka WhatsApp dari kartu pesan, kirim, lalu tandai sudah dikirim.")
        post_notice(
            key=f"byhand:{agency.pk}:{today}:{user.pk}",
            user=user,
            subject=subject % {"count": count},
            body=body,
            path=reverse("commitments:inbox"),
            at=at,
        )


def _planned(delivery: Delivery) -> models.QuerySet[Reminder]:
    return Reminder.objects.filter(delivery=delivery, state=ReminderState.PLANNED)


def _by_hand_waiting() -> Q:
    return Q(channel=Channel.WHATSAPP_MANUAL, state=DeliveryState.WAITING, key__startswith=LEDGERED)
