"""What people do with messages: send a text by hand, drop it, read a notice."""

import datetime as dt

from django.db import transaction

from agencies.audit import record
from agencies.models import Agency, Delivery, DeliveryState, User
from agencies.policy import permit
from commitments.models import Reminder, ReminderState


@transaction.atomic
def mark_sent_by_hand(delivery: Delivery, *, by: User, at: dt.datetime) -> Delivery:
    """*Sudah saya kirim*: the officer sent the text; the ledger of each rung in it says so, and by whom.

    A second click, or a text that was withdrawn meanwhile, changes nothing. Raises Refusal for anybody but the
    officers of the agency that keeps the contact.
    """
    return _settle(delivery, "reminder.sent_by_hand", by=by, at=at, is_sent=True)


@transaction.atomic
def drop_by_hand(delivery: Delivery, *, by: User, at: dt.datetime, reason: str = "") -> Delivery:
    """*Tidak jadi dikirim*: the text is dropped and its rungs are cancelled. A second click changes nothing."""
    return _settle(delivery, "reminder.dropped_by_hand", by=by, at=at, is_sent=False, reason=reason)


def mark_read(user: User, *, at: dt.datetime) -> int:
    """Mark a person's unread notices as read and return how many they were."""
    return Delivery.objects.notices_of(user).filter(read_at=None).update(read_at=at)


def _settle(delivery: Delivery, verb: str, *, by: User, at: dt.datetime, is_sent: bool, reason: str = "") -> Delivery:
    permit(by, "reminder.send_by_hand", _keeper(delivery))
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.state != DeliveryState.WAITING:
        return delivery
    delivery.state = DeliveryState.SENT if is_sent else DeliveryState.CANCELLED
    delivery.sent_at, delivery.sent_by = (at, by) if is_sent else (None, None)
    delivery.save(update_fields=["state", "sent_at", "sent_by"])
    rungs = list(
        Reminder.objects.filter(delivery=delivery, state=ReminderState.PLANNED)
        .select_related("commitment")
        .order_by("commitment")
    )
    state = ReminderState.SENT if is_sent else ReminderState.CANCELLED
    Reminder.objects.filter(pk__in=[rung.pk for rung in rungs]).update(state=state, at=at)
    for rung in rungs:
        after = {"rung": rung.rung, "due_on": rung.due_on, "message": delivery.pk}
        record(verb, on=rung.commitment, by=by, at=at, after=after, texts={"reason": reason})
    return delivery


def _keeper(delivery: Delivery) -> Agency:
    """The agency whose officers send the text; only such texts are sent by hand."""
    if delivery.handled_by is None:
        raise ValueError("this message is not sent by hand")
    return delivery.handled_by
