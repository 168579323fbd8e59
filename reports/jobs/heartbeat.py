"""The sign of life of a worker at a job: it says how far the work is, keeps the job, and hears that it was stopped."""

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, connection

from reports.models.job import Job, JobQuerySet

LEASE = dt.timedelta(seconds=60)
"""How long a silent worker keeps a job; a killed one loses it then, and the sweep gives it to another."""
RENEWED = 15.0  # seconds between two renewals of the lease while something takes its time


class Stopped(Exception):
    """The job was cancelled, or is another worker's by now."""


class Heartbeat:
    """One worker at one job, from the instant ``at`` at which it took it."""

    def __init__(self, job: Job, *, at: dt.datetime) -> None:
        self.job = job
        self._started_at, self._started = at, time.monotonic()
        self._spoke = self._started

    def now(self) -> dt.datetime:
        """The present instant, told by the time that passed since the job was taken."""
        return self._started_at + dt.timedelta(seconds=time.monotonic() - self._started)

    @property
    def silence(self) -> float:
        """Seconds since the last :meth:`step`, or since the job was taken."""
        return time.monotonic() - self._spoke

    def step(self, words: str, percent: int, **numbers: int) -> None:
        """Say what is done now, a message id and the numbers in it. Raises :class:`Stopped`.

        Never backwards, since pages are laid out more than once.
        """
        self._spoke = time.monotonic()
        self.job.say(words, **numbers)
        self.job.percent = max(self.job.percent, percent)
        self._renew(step=self.job.step, step_numbers=self.job.step_numbers, percent=self.job.percent)

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Keep the job while the body works, also when it has nothing to tell for minutes (thousands of rows)."""
        is_over = threading.Event()
        renewer = threading.Thread(target=self._beat, args=(is_over,), daemon=True)
        renewer.start()
        try:
            yield
        finally:
            is_over.set()
            renewer.join()

    def _beat(self, is_over: threading.Event) -> None:
        """Renew the lease until the work is over; a database that is busy is asked again later."""
        try:
            while not is_over.wait(RENEWED):
                with contextlib.suppress(DatabaseError, Stopped):
                    self._renew()
        finally:
            connection.close()

    def _renew(self, **told: object) -> None:
        """Write as long as this worker has the job and nobody called it off. Raises :class:`Stopped`."""
        rows: JobQuerySet[Job] = JobQuerySet(type(self.job)).held_by(self.job)
        if not rows.update(lease_until=self.now() + LEASE, **told):
            raise Stopped
