"""The trail: record what happened, show it, and prove that nobody changed it afterwards.

Each row's hash is SHA-256 over its canonical JSON (sorted keys, UTF-8, decimals and dates as strings) and
the hash before it. Free text stands apart; only its digest is chained, so it can be erased for privacy.
"""

import dataclasses
import datetime as dt
import decimal
import hashlib
import json
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from agencies.models.event import Event, EventHead, EventText
from agencies.models.people import User

Values = dict[str, Any]


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, decimals and dates as strings."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | decimal.Decimal):
        return str(value)
    raise TypeError(f"cannot put {type(value).__name__} into the trail")


def sha256(text: str) -> str:
    """Digest of a text as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(event: Event) -> str:
    """The hash an event must have."""
    return sha256(
        canonical(
            {
                "seq": event.seq, "previous": event.previous_hash, "actor": event.actor_id, "post": event.post_id,
                "agency": event.agency_code, "verb": event.verb, "kind": event.object_kind, "code": event.object_code,
                "at": event.at, "recorded_at": event.recorded_at, "before": event.before, "after": event.after,
                "texts": event.texts,
            }
        )
    )  # fmt: skip


def record(
    verb: str,
    *,
    on: models.Model,
    by: User | None,
    at: dt.datetime,
    before: Values | None = None,
    after: Values | None = None,
    texts: dict[str, str] | None = None,
) -> Event:
    """Append one event inside the caller's transaction, as the last thing it does.

    ``before``/``after`` hold no personal values; words a person typed go into ``texts``.
    Raises RuntimeError outside a transaction: a change without its trace must be impossible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must stand inside the transaction of the change it records")
    head, _created = EventHead.objects.select_for_update().get_or_create(pk=1)
    tenure = by.rights.main_tenure if by else None
    texts = {field: text for field, text in (texts or {}).items() if text}
    event = Event(
        seq=head.seq + 1,
        previous_hash=head.hash,
        actor_id=by.pk if by else None,
        post_id=tenure.post_id if tenure else None,
        agency_code=tenure.post.agency.code if tenure else "",
        verb=verb,
        object_kind=on._meta.model_name or "",
        object_code=str(getattr(on, "code", on.pk)),
        at=at,
        recorded_at=timezone.now(),  # when the row was written; ``at`` is when it happened
        before=json.loads(canonical(before or {})),
        after=json.loads(canonical(after or {})),
        texts={field: sha256(text) for field, text in texts.items()},
    )
    event.hash = row_hash(event)
    event.save()
    for field, text in texts.items():
        EventText.objects.create(event=event, field=field, text=text)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def trail(on: models.Model) -> models.QuerySet[Event]:
    """The events of one thing, oldest first."""
    return Event.objects.filter(
        object_kind=on._meta.model_name, object_code=str(getattr(on, "code", on.pk))
    ).prefetch_related("free_texts")


@dataclasses.dataclass(frozen=True)
class ChainCheck:
    """Result of walking the chain: how many rows, and the first broken one (None when whole)."""

    rows: int
    broken_at: int | None = None
    reason: str = ""


def verify_chain() -> ChainCheck:
    """Walk the whole chain; constant memory."""
    previous, expected = "0" * 64, 0
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        expected += 1
        if event.seq != expected:
            return ChainCheck(expected - 1, expected, "a row is missing")
        if event.previous_hash != previous:
            return ChainCheck(expected - 1, event.seq, "the link to the row before is broken")
        if event.hash != row_hash(event):
            return ChainCheck(expected - 1, event.seq, "the row was changed")
        previous = event.hash
    head = EventHead.objects.filter(pk=1).first()
    if head is None:
        return ChainCheck(expected, None if expected == 0 else 1, "" if expected == 0 else "the head is missing")
    if (head.seq, head.hash) != (expected, previous):
        return ChainCheck(expected, expected + 1, "the head does not match the last row")
    wrong_text = _first_wrong_text()
    return ChainCheck(expected, wrong_text, "a text does not match its digest" if wrong_text else "")


def _first_wrong_text() -> int | None:
    """Sequence number of the first event whose kept text differs from its digest; erased text is allowed."""
    for text in EventText.objects.select_related("event").order_by("event__seq").iterator(chunk_size=2000):
        if text.text and text.event.texts.get(text.field) != sha256(text.text):
            return text.event.seq
    return None


def head_hash() -> str:
    """The hash of the last event, to be printed where an outsider keeps it."""
    head = EventHead.objects.filter(pk=1).first()
    return head.hash if head else "0" * 64
