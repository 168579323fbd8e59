"""What becomes of one made-up commitment, as plain values: its dates, its versions and its steps in order.

Every life is one that the actions allow: each step follows TRANSITIONS, a date is agreed only by its lead, a claim
has its proof and is decided by another person.
"""

import datetime as dt
import random
from dataclasses import dataclass, field

from commitments.status import TRANSITIONS, Status, Verb

DAYS_TO_DATE = (30, 45, 60, 90, 90, 120, 180, 365)
TO_RUNNING = ((Verb.START,), (Verb.REPORT,), (Verb.REPORT, Verb.REPORT))
TO_BLOCKED = (*TO_RUNNING[1], Verb.BLOCK)
TO_CLAIM = (*TO_RUNNING[1], Verb.SUBMIT)
TO_DONE = (*TO_CLAIM, Verb.VERIFY)
AFTER_RETURN = (*TO_CLAIM, Verb.SEND_BACK, Verb.SUBMIT, Verb.VERIFY)
# Shares of how far a commitment has come, by where its date stands.
PAST = (
    (TO_DONE, 78),
    (AFTER_RETURN, 8),
    (TO_RUNNING[1], 6),
    ((), 3),
    (TO_BLOCKED, 2),
    (TO_CLAIM, 2),
    ((Verb.MERGE,), 1),
)
AHEAD = ((TO_RUNNING[2], 38), ((), 32), (TO_DONE, 16), (TO_BLOCKED, 7), (TO_CLAIM, 5), ((Verb.BLOCK, Verb.RESUME), 2))
UNDATED = ((TO_DONE, 60), ((), 20), (TO_RUNNING[0], 20))


@dataclass(frozen=True, slots=True)
class Step:
    """One move: its verb, where it led, and when."""

    verb: Verb
    before: Status
    after: Status
    at: dt.datetime


@dataclass(slots=True)
class Life:
    """One commitment from its meeting to the day of the load. ``due_days`` count from the meeting.

    ``first_days`` differ from ``due_days`` when the date was moved once; ``agreed`` is whether the lead stood by it.
    """

    has_lead: bool
    due_days: int | None
    first_days: int | None
    agreed: bool
    has_target: bool
    scopes: int
    supporters: int
    steps: list[Step] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Where it stands now."""
        return self.steps[-1].after if self.steps else Status.DRAFT


def live(chance: random.Random, *, shared_at: dt.datetime, now: dt.datetime, is_shared: bool) -> Life:
    """Draw one life between the sharing of its meeting and ``now``."""
    has_lead = chance.random() < 0.94
    due_days = chance.choice(DAYS_TO_DATE) if chance.random() < 0.9 else None
    first_days = due_days
    if due_days is not None and due_days > 60 and chance.random() < 0.12:
        first_days = due_days - 30
    life = Life(
        has_lead,
        due_days,
        first_days,
        agreed=due_days is not None and has_lead and chance.random() < 0.75,
        has_target=chance.random() < 0.8,
        scopes=chance.choices((0, 1, 2), weights=(8, 80, 12))[0],
        supporters=chance.choices((0, 1, 2), weights=(70, 22, 8))[0] if has_lead else 0,
    )
    if is_shared:
        _walk(life, chance, shared_at=shared_at, now=now)
    return life


def _walk(life: Life, chance: random.Random, *, shared_at: dt.datetime, now: dt.datetime) -> None:
    """Take the steps one after another; what would come after ``now`` has not happened."""
    life.steps.append(Step(Verb.SHARE, Status.DRAFT, Status.NOT_STARTED, shared_at))
    age = (now - shared_at).days
    shares = UNDATED if life.due_days is None else PAST if life.due_days < age else AHEAD
    path = chance.choices([path for path, _share in shares], weights=[share for _path, share in shares])[0]
    span = max(1, min(age, (life.due_days or 60) + 20))
    at = shared_at
    for verb in path:
        at += dt.timedelta(days=chance.uniform(0.3, 1.5) * span / (len(path) + 1), minutes=chance.randrange(1, 400))
        if at >= now:
            return
        before = life.status
        life.steps.append(Step(verb, before, TRANSITIONS[before, verb], at))
