"""What keeping the tallies costs a save: start, submit and verify, each with and without. Goal: at most a fifth more.

``DATABASE_URL`` chooses the database; it must be empty. Beside the time of the clock stands that of this process,
which a busy machine hardly touches, and how many statements each save sends.
"""

import contextlib
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.growing import grow, set_up
from benchmarks.measuring import show

if TYPE_CHECKING:
    from agencies.models import User
    from commitments.models import Commitment

ROUNDS = 150
WARM_UP = 3
Save = Callable[[], object]
Taken = dict[tuple[str, bool], list[tuple[float, float, int]]]
"""By verb, and whether tallies were kept: milliseconds, those of this process, statements."""


def main() -> None:
    """Begin, claim and accept commitments that nobody has begun."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        set_up(home)
        grow(4_000, seed=1)
        tell(measure())


def measure() -> Taken:
    """Two commitments in turns, one with tallies and one without; what belongs to no save is read beforehand."""
    from commitments.models import Commitment

    fresh = Commitment.objects.filter(status="NOT_STARTED", host_agency__code__startswith="beban")
    rows = iter(list(fresh.exclude(lead=None).filter(lead__posts=None)[: 2 * (ROUNDS + WARM_UP)]))
    taken: Taken = defaultdict(list)
    for turn in range(ROUNDS + WARM_UP):
        for keeps in (True, False) if turn % 2 else (False, True):
            with contextlib.nullcontext() if keeps else no_tallies():
                for verb, save in saves(next(rows)):
                    cost = cost_of(save)
                    if turn >= WARM_UP:
                        taken[verb, keeps].append(cost)
    return taken


def saves(row: "Commitment") -> Iterator[tuple[str, Save]]:
    """News from the lead noted by its keeper, which starts the work; its claim with a letter; the supervisor's yes."""
    from django.utils import timezone

    from commitments.actions import OnBehalf, report_progress, submit, verify
    from commitments.actions.decide import claim_digest
    from commitments.actions.follow_up import Proof

    keeper, supervisor = person_of(row, "OFFICER"), person_of(row, "SUPERVISOR")
    now = timezone.now()
    told = OnBehalf("PHONE", "Narahubung", now.date())
    letter = Proof(letter_number="B-1/CONTOH", letter_on=now.date())
    yield "start", lambda: report_progress(row, by=keeper, at=now, text="Mulai dikerjakan.", on_behalf=told)
    yield (
        "submit",
        lambda: submit(row, by=keeper, at=now, text="Sudah dikerjakan.", evidence=[letter], on_behalf=told),
    )
    row.refresh_from_db()
    seen = claim_digest(row, row.progress.get(kind="CLAIM"))
    yield "verify", lambda: verify(row, by=supervisor, at=timezone.now(), seen_digest=seen)


def person_of(row: "Commitment", role: str) -> "User":
    """Who holds a post of this role where the record is kept; with the rights read, as in a request."""
    from agencies.models import Tenure

    user = Tenure.objects.filter(post__agency=row.host_agency, role=role).select_related("user")[0].user
    assert user.rights.tenures
    return user


def no_tallies() -> AbstractContextManager[object]:
    """The floor: the same without tallies."""
    from commitments import tallies

    return patch.object(tallies, "kept", lambda rows, **named: contextlib.nullcontext())


def cost_of(save: Save) -> tuple[float, float, int]:
    """Milliseconds of the clock and of this process, and the statements sent."""
    from django.db import connection

    sent: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        began, busy = time.perf_counter(), time.process_time()
        save()
        return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000, len(sent)


def tell(taken: Taken) -> None:
    """For each verb the medians with tallies, without, and their ratio."""
    for verb in ("start", "submit", "verify"):
        ours, floor = (list(zip(*taken[verb, keeps], strict=True)) for keeps in (True, False))
        for what, place in (("", 0), (" (this process)", 1)):
            show(f"{verb}{what}, p50", statistics.median(ours[place]), statistics.median(floor[place]), "ms")
        print(f"{'':<34}statements {statistics.median(ours[2]):.0f}, without tallies {statistics.median(floor[2]):.0f}")


if __name__ == "__main__":
    main()
