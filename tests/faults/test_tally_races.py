"""Eight people write at once, and the sweep settles meanwhile: the tallies say what the commitments say."""

import contextlib
import threading
import time

import pytest
from django.db import connection
from django.db.models import Sum

from agencies.models import Role
from commitments import actions, tallies
from commitments.actions import Proof
from commitments.models import Commitment, Tally
from commitments.status import Status
from tests.factories import CommitmentFactory, at, person

WRITERS = 8
EACH = 3
NOW = at("2026-03-05")


def together(tasks):
    """Run the functions at the same moment, each in its own connection; none may fail."""
    gate, failures = threading.Barrier(len(tasks)), []

    def run(task):
        try:
            gate.wait(60)
            task()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []


@pytest.fixture
def rows(flushable, request):
    """Commitments of one lead, so that everybody writes to the same sorts."""
    meeting, unit = (request.getfixturevalue(name) for name in ("meeting", "unit"))
    return [CommitmentFactory(meeting=meeting, lead=unit) for _n in range(WRITERS * EACH)]


def of_status(status):
    return Tally.objects.filter(status=status).aggregate(n=Sum("n"))["n"] or 0


def test_eight_writers_and_a_sweep_leave_exact_tallies(rows, unit):
    writers = [person(unit, Role.OFFICER) for _n in range(WRITERS)]

    def work(number):
        for row in rows[number * EACH : (number + 1) * EACH]:
            actions.start(row, by=writers[number], at=NOW)
            actions.submit(row, by=writers[number], at=NOW, text="Selesai.", evidence=[Proof(letter_number="1")])

    sweeps = [lambda: [tallies.settle(NOW) for _n in range(EACH)]] * 2
    together([*[lambda n=n: work(n) for n in range(WRITERS)], *sweeps])

    assert tallies.differences(NOW) == []
    assert of_status(Status.SUBMITTED) == len(rows)
    assert of_status(Status.NOT_STARTED) == of_status(Status.RUNNING) == 0


def test_two_at_once_on_one_commitment_count_once(rows, unit):
    row, people = rows[0], [person(unit, Role.OFFICER) for _n in range(2)]

    def start(by):
        with contextlib.suppress(actions.terms.Refusal):
            actions.start(Commitment.objects.get(pk=row.pk), by=by, at=NOW)

    together([lambda by=by: start(by) for by in people])

    assert of_status(Status.RUNNING) == 1
    assert tallies.differences(NOW) == []


def test_repairing_while_others_write_loses_nothing(rows, unit):
    writers = [person(unit, Role.OFFICER) for _n in range(WRITERS)]

    def work(number):
        for row in rows[number * EACH : (number + 1) * EACH]:
            actions.start(row, by=writers[number], at=NOW)

    together([*[lambda n=n: work(n) for n in range(WRITERS)], lambda: tallies.repair(NOW)])

    assert tallies.differences(NOW) == []
    assert of_status(Status.RUNNING) == len(rows)


def test_repairing_while_a_sweep_is_half_done_counts_nothing_twice(rows, unit, monkeypatch):
    actions.start(rows[0], by=person(unit, Role.OFFICER), at=NOW)
    is_half_done, add, sweeper = threading.Event(), tallies._added, []

    def slow(*args):
        if threading.current_thread() in sweeper and not is_half_done.is_set():
            is_half_done.set()
            time.sleep(1)
        return add(*args)

    def sweep():
        sweeper.append(threading.current_thread())
        tallies.settle(NOW)

    def repair():
        assert is_half_done.wait(60)
        tallies.repair(NOW)

    monkeypatch.setattr(tallies, "_added", slow)
    together([sweep, repair])

    assert tallies.differences(NOW) == []
