"""What people may still say about a job: call it off, or try it once more."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from agencies.models import User
from agencies.policy import require
from reports.jobs.kind import Kind, Made, Result
from reports.jobs.work import end, note, put_in_line
from reports.models.job import TRIES, AnyJob, JobState

AGAIN = frozenset({JobState.FAILED, JobState.CANCELLED})


@transaction.atomic
def cancel(kind: Kind[AnyJob, Made, Result], job: AnyJob, *, by: User, at: dt.datetime) -> AnyJob:
    """Stop a job: at once while it waits, at the next step while a worker has it. What is over stays as it is."""
    require(kind.may_have(by, job))
    job = _locked(kind, job)
    if job.is_over or job.cancel_asked_at is not None:
        return job
    job.cancel_asked_at = at
    if job.state == JobState.WAITING:
        end(job, JobState.CANCELLED, at=at)
    else:
        job.save(update_fields=["cancel_asked_at"])
    note(kind, "cancelled", job, by=by, at=at)
    return job


@transaction.atomic
def try_again(
    kind: Kind[AnyJob, Made, Result], job: AnyJob, anew: Callable[[AnyJob], None], *, by: User, at: dt.datetime
) -> AnyJob:
    """Make a failed or cancelled job wait anew, with as many tries as a new one. A second click changes nothing.

    ``anew`` sets on the locked job what the new request changes. Raises Refusal as ``work.ask``.
    """
    require(kind.may_have(by, job))
    User.objects.select_for_update().get(pk=by.pk)
    job = _locked(kind, job)
    if job.state not in AGAIN:
        return job
    require(kind.may_ask(by))
    anew(job)
    job.attempts += -job.attempts % TRIES  # never back: a worker believed dead may still come with an old number
    job.error, job.cancel_asked_at, job.finished_at = "", None, None
    put_in_line(kind, job)
    note(kind, "tried_again", job, by=by, at=at)
    return job


def _locked(kind: Kind[AnyJob, Made, Result], job: AnyJob) -> AnyJob:
    return kind.rows.select_for_update(of=("self",)).select_related(*kind.beside).get(pk=job.pk)
