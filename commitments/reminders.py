"""Reminders: what is due is computed from the rows, never from the ticks of a clock.

A sweep plans the rungs that were reached, puts all of a person's rungs of a day into one message, and sends.
It may run at any time, twice, or after three days off: the ledger's unique rows and the outbox's unique keys
make a second run find nothing to do.
"""

import dataclasses
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from agencies import outbox
from agencies.models import Holiday
from commitments import envelopes
from commitments.addressees import AddressBook, Addressee
from commitments.ladder import REACH, Due, Step, due_steps, gaps_step, rungs_for
from commitments.models import Commitment, DueBasis, Reminder, ReminderState, Rung
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from config.workdays import WIB, Calendar, day_of

logger = logging.getLogger(__name__)

SEND_FROM = dt.time(7, 30)
"""Nothing leaves earlier in the day, WIB."""
HEARTBEAT = "reminders.last_sweep"


@dataclasses.dataclass(frozen=True)
class Notice:
    """One rung of one commitment for one recipient."""

    commitment: Commitment
    step: Step
    addressee: Addressee

    @property
    def key(self) -> tuple[int, str, dt.date, str]:
        """What is unique in the ledger."""
        return (self.commitment.pk, self.step.rung, self.step.due_on, self.addressee.key)


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a sweep would add to the ledger."""

    due: tuple[Notice, ...] = ()
    skipped: tuple[Notice, ...] = ()

    @property
    def count(self) -> "SweepCount":
        """What a dry run counts: nothing is sent."""
        return SweepCount(planned=len(self.due), skipped=len(self.skipped))


@dataclasses.dataclass(frozen=True)
class SweepCount:
    """What a sweep did. ``sent`` counts messages (mails that went out, texts laid ready), the others rungs."""

    planned: int = 0
    sent: int = 0
    skipped: int = 0
    failed: int = 0


def plan(at: dt.datetime) -> Plan:
    """The rungs that are due at ``at`` and not in the ledger yet; nothing outside working days from 07.30 WIB."""
    calendar, today = working_calendar(), day_of(at)
    if not is_sending_time(at, calendar):
        return Plan()
    rows = list(_candidates(today, at))
    book, ledger = AddressBook(today), _Ledger.of(rows)
    due: list[Notice] = []
    skipped: list[Notice] = []
    for commitment in rows:
        for found in _due(commitment, ledger, today=today, calendar=calendar):
            due += _addressed(commitment, [found.send] if found.send else [], book)
            skipped += _addressed(commitment, found.skip, book)
    return Plan(
        tuple(notice for notice in due if notice.key not in ledger.keys),
        tuple(notice for notice in skipped if notice.key not in ledger.keys),
    )


def sweep(at: dt.datetime) -> SweepCount:
    """Plan, put into envelopes and send what is due at ``at``."""
    planned = plan(at)
    outrun = _write(planned, at)
    laid_ready = envelopes.fill(at, today=day_of(at)) if is_sending_time(at, working_calendar()) else 0
    envelopes.renew_by_hand(at)
    delivered = deliver(at)
    return SweepCount(
        planned=len(planned.due),
        sent=delivered.sent + laid_ready,
        skipped=len(planned.skipped) + outrun,
        failed=delivered.failed,
    )


def deliver(at: dt.datetime) -> outbox.DeliveryCount:
    """Send the envelopes that wait. What failed on Friday evening is tried again on Monday morning."""
    if not is_sending_time(at, working_calendar()):
        return outbox.DeliveryCount()
    return outbox.deliver(at, ledger=envelopes.ReminderLedger())


def is_sending_time(at: dt.datetime, calendar: Calendar) -> bool:
    """Whether messages may leave now: a working day, from 07.30 WIB on."""
    local = at.astimezone(WIB)
    return local.time() >= SEND_FROM and calendar.is_workday(local.date())


def working_calendar() -> Calendar:
    """The working days as the table of days off has them now."""
    return Calendar(frozenset(Holiday.objects.filter(is_removed=False).values_list("on", flat=True)))


def note_sweep(at: dt.datetime) -> None:
    """Remember when the last real sweep ended; a cache that is down is only logged."""
    try:
        cache.set(HEARTBEAT, at, timeout=None)
    except Exception:
        logger.exception("could not note the sweep")


def last_sweep() -> dt.datetime | None:
    """When the last real sweep ended, or None when none is known."""
    found = cache.get(HEARTBEAT)
    return found if isinstance(found, dt.datetime) else None


@dataclasses.dataclass(frozen=True)
class _Ledger:
    """What the ledger says about a set of commitments."""

    keys: frozenset[tuple[int, str, dt.date, str]]
    reached: dict[tuple[int, dt.date], set[Rung]]
    gaps_asked: frozenset[int]

    @classmethod
    def of(cls, commitments: list[Commitment]) -> "_Ledger":
        """Read it; a cancelled rung was not reached, but its row stays."""
        rows = list(
            Reminder.objects.filter(commitment__in=[c.pk for c in commitments]).values_list(
                "commitment", "rung", "due_on", "recipient", "state"
            )
        )
        reached: dict[tuple[int, dt.date], set[Rung]] = defaultdict(set)
        for commitment, rung, due_on, _recipient, state in rows:
            if state != ReminderState.CANCELLED:
                reached[commitment, due_on].add(Rung(rung))
        gaps = frozenset(row[0] for row in rows if row[1] == Rung.GAPS and row[4] != ReminderState.CANCELLED)
        return cls(frozenset((c, rung, due_on, who) for c, rung, due_on, who, _state in rows), reached, gaps)


def _candidates(today: dt.date, at: dt.datetime) -> CommitmentQuerySet:
    """Shared, open commitments not in a verifier's hands that may have a rung today.

    Those whose last rung was reached, and gaps that were asked for, are left out here so that a sweep costs
    what is new and not what is old.
    """
    own = Reminder.objects.filter(commitment=OuterRef("pk")).exclude(state=ReminderState.CANCELLED)
    of_date = own.filter(due_on=OuterRef("due_on"))
    is_over = Exists(of_date.filter(rung=Rung.AFTER_7)) | (
        (Q(lead=F("host_agency")) | Q(lead__isnull=True)) & Exists(of_date.filter(rung=Rung.AFTER_1))
    )
    dated = Q(due_on__lte=today + REACH) & ~Q(is_over)
    has_gap = Q(lead__isnull=True) | Q(due_on__isnull=True) | Q(target__isnull=True) | Q(clauses__isnull=True)
    unasked = has_gap & ~Exists(own.filter(rung=Rung.GAPS))
    return (
        Commitment.objects.unfinished()
        .exclude(status=Status.SUBMITTED)
        .filter(shared_at__lte=at)
        .filter(dated | unasked)
        .distinct()
        .select_related("lead", "lead_post", "host_agency")
        .prefetch_related("clauses")
        .order_by("pk")
    )


def _due(commitment: Commitment, ledger: _Ledger, *, today: dt.date, calendar: Calendar) -> Iterable[Due]:
    """What the ladder of the date, and the question for the gaps, ask for today."""
    if commitment.shared_at is None:
        return
    shared_on = day_of(commitment.shared_at)
    if commitment.due_on is not None:
        is_own = commitment.lead_id in (None, commitment.host_agency_id)
        yield due_steps(
            rungs_for(commitment.due_on, is_own=is_own, calendar=calendar),
            today=today,
            shared_on=shared_on,
            is_agreed=commitment.due_basis == DueBasis.AGREED,
            reached=ledger.reached[commitment.pk, commitment.due_on],
            muted_before=commitment.reminders_from,
        )
    if commitment.pk not in ledger.gaps_asked and commitment.gaps:
        step = gaps_step(shared_on, calendar=calendar)
        yield Due(send=step if step.send_on <= today else None)


def _addressed(commitment: Commitment, steps: Iterable[Step], book: AddressBook) -> list[Notice]:
    return [
        Notice(commitment, step, addressee) for step in steps for addressee in book.addressees(commitment, step.rung)
    ]


@transaction.atomic
def _write(planned: Plan, at: dt.datetime) -> int:
    """Add the plan to the ledger; older rungs still waiting for the same recipient are outrun and skipped."""
    rows = [(notice, ReminderState.PLANNED) for notice in planned.due]
    rows += [(notice, ReminderState.SKIPPED) for notice in planned.skipped]
    Reminder.objects.bulk_create(
        [
            Reminder(
                commitment=notice.commitment,
                rung=notice.step.rung,
                due_on=notice.step.due_on,
                recipient=notice.addressee.key,
                state=state,
                at=at,
            )
            for notice, state in rows
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    outrun = [reminder.pk for reminder in _waiting_beside(planned) if reminder.rung != Rung.GAPS]
    return Reminder.objects.filter(pk__in=outrun, state=ReminderState.PLANNED).update(
        state=ReminderState.SKIPPED, at=at
    )


def _waiting_beside(planned: Plan) -> list[Reminder]:
    """Rungs still waiting although a later rung of the same commitment is planned now."""
    newest = {n.commitment.pk: (n.step.rung, n.step.due_on) for n in planned.due if n.step.rung != Rung.GAPS}
    waiting = chain.from_iterable(
        Reminder.objects.filter(state=ReminderState.PLANNED, commitment__in=part) for part in _parts(sorted(newest))
    )
    return [r for r in waiting if (r.rung, r.due_on) != newest[r.commitment_id]]


def _parts(keys: list[int], size: int = 500) -> Iterable[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
