"""The one mechanism of background work: asked for, taken with a lease, made, kept or ended with a sentence.

The row is the truth: a worker that finds its job ended, called off or taken by another changes nothing and leaves
no file behind. ``steering`` holds what people may say meanwhile.
"""

import datetime as dt
import logging
from contextlib import ExitStack

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as _

from agencies.audit import record
from agencies.models import User
from agencies.outbox import post_notice
from agencies.policy import Refusal, require
from config.celery import wake
from reports.jobs.heartbeat import LEASE, Heartbeat, Stopped
from reports.jobs.kind import Failed, Kind, Made, Result
from reports.models.job import AnyJob, JobState

logger = logging.getLogger(__name__)


@transaction.atomic
def ask(kind: Kind[AnyJob, Made, Result], job: AnyJob, *, by: User, at: dt.datetime) -> AnyJob:
    """Store a new job and wake a worker. Raises Refusal (403, or 409 when the person has too many underway)."""
    require(kind.may_have(by, job))
    User.objects.select_for_update().get(pk=by.pk)  # two requests at once are counted one after the other
    require(kind.may_ask(by))
    job.requested_by, job.requested_at = by, at
    put_in_line(kind, job)
    note(kind, "requested", job, by=by, at=at)
    return job


def take(kind: Kind[AnyJob, Made, Result], job_id: int, *, at: dt.datetime) -> AnyJob | None:
    """Win a job for :data:`LEASE`; None when it is over, or another worker holds it."""
    with transaction.atomic():
        job = kind.rows.select_for_update().filter(pk=job_id).first()
        if job is None or job.is_over or job.is_held(at=at):
            return None
        if not job.has_tries_left:
            _fail(kind, job, str(kind.given_up), at=at)
            return None
        if job.cancel_asked_at is not None:
            end(job, JobState.CANCELLED, at=at)
            return None
        job.state, job.attempts, job.lease_until = JobState.RUNNING, job.attempts + 1, at + LEASE
        job.say(kind.begins[0])
        job.percent = kind.begins[1]
        job.save(update_fields=["state", "attempts", "lease_until", "step", "step_numbers", "percent"])
    return kind.rows.select_related(*kind.beside).get(pk=job_id)


def make(kind: Kind[AnyJob, Made, Result], job: AnyJob, *, at: dt.datetime) -> Result | None:
    """Do a job that was taken at ``at``, with the asker's rights of now; gives the result when it is DONE.

    It ends DONE, CANCELLED, FAILED with a sentence, or WAITING for another try.
    """
    heart = Heartbeat(job, at=at)
    with translation.override("id"):
        try:
            require(kind.may_have(job.requested_by, job))
            with ExitStack() as until_kept:
                with heart.beating():
                    made = until_kept.enter_context(kind.making(job, heart))
                return _finish(kind, job, made, at=heart.now())
        except Stopped:
            _stop(kind, job, at=heart.now())
        except Refusal as refusal:
            _fail_or_retry(kind, job, Failed(str(refusal)), at=heart.now())
        except Failed as failure:
            _fail_or_retry(kind, job, failure, at=heart.now())
        except Exception:
            logger.exception("%s job %s broke", kind.noun, job.pk)
            _fail_or_retry(kind, job, Failed(str(kind.broken), may_pass=True), at=heart.now())
    return None


def sweep(kind: Kind[AnyJob, Made, Result], *, at: dt.datetime) -> int:
    """Wake every job that waits, or whose worker died; returns how many."""
    lost = list(kind.rows.lost(at=at).values_list("pk", flat=True))
    with transaction.atomic():
        for pk in lost:
            wake(kind.task, pk)
    return len(lost)


def put_in_line(kind: Kind[AnyJob, Made, Result], job: AnyJob) -> None:
    """Save a job as one that waits, and wake a worker."""
    job.state, job.percent = JobState.WAITING, 0
    job.say(_("Menunggu giliran"))
    job.save()
    wake(kind.task, job.pk)


def end(job: AnyJob, state: JobState, *, at: dt.datetime) -> None:
    """End a locked job; what else was changed on it is saved, too."""
    words = {JobState.DONE: _("Selesai"), JobState.CANCELLED: _("Dibatalkan")}
    job.state, job.finished_at, job.lease_until = state, at, None
    if state in words:
        job.say(words[state])
    job.percent = 100 if state == JobState.DONE else job.percent
    job.save()


def note(kind: Kind[AnyJob, Made, Result], verb: str, job: AnyJob, *, by: User, at: dt.datetime) -> None:
    """Write an event of a job into the trail."""
    on, facts, texts = kind.about(job), kind.facts(job), kind.texts(job)
    record(f"{kind.noun}.{verb}", on=on, by=by, at=at, after=facts, texts=texts)


@transaction.atomic
def _finish(kind: Kind[AnyJob, Made, Result], job: AnyJob, made: Made, *, at: dt.datetime) -> Result:
    """Keep what was made. Raises Stopped when another worker was faster, or somebody called it off at the end."""
    held = _held(kind, job)
    if held is None or held.cancel_asked_at is not None:
        raise Stopped
    ending = kind.keep(held, made, at=at)
    end(held, JobState.DONE, at=at)
    _tell(kind, held, ending.subject, path=ending.path, at=at)
    kind.note_kept(ending.result, held, at=at)
    return ending.result


@transaction.atomic
def _stop(kind: Kind[AnyJob, Made, Result], job: AnyJob, *, at: dt.datetime) -> None:
    """End a job that somebody called off; one that another worker has is left to it."""
    held = _held(kind, job)
    if held is not None and held.cancel_asked_at is not None:
        end(held, JobState.CANCELLED, at=at)


@transaction.atomic
def _fail_or_retry(kind: Kind[AnyJob, Made, Result], job: AnyJob, failure: Failed, *, at: dt.datetime) -> None:
    """Give up with a sentence, or put the job back for another try, unless another worker has it by now."""
    held = _held(kind, job)
    if held is None:
        return
    if held.cancel_asked_at is not None:
        end(held, JobState.CANCELLED, at=at)
    elif failure.may_pass and held.has_tries_left:
        held.state, held.lease_until = JobState.WAITING, None
        held.say(_("Menunggu dicoba lagi"))
        held.save(update_fields=["state", "lease_until", "step", "step_numbers"])
        wake(kind.task, job.pk)
    else:
        for name, value in failure.marks.items():
            setattr(held, name, value)
        _fail(kind, held, str(failure), at=at)


def _fail(kind: Kind[AnyJob, Made, Result], job: AnyJob, sentence: str, *, at: dt.datetime) -> None:
    job.error = sentence[:300]
    end(job, JobState.FAILED, at=at)
    _tell(kind, job, kind.failed_subject(job), path=job.get_absolute_url(), at=at)


def _held(kind: Kind[AnyJob, Made, Result], job: AnyJob) -> AnyJob | None:
    """The row, locked until the caller's commit; None when another worker took or ended the job meanwhile."""
    rows = kind.rows.select_for_update(of=("self",)).select_related(*kind.beside)
    held = rows.get(pk=job.pk)
    return held if held.state == JobState.RUNNING and held.attempts == job.attempts else None


def _tell(kind: Kind[AnyJob, Made, Result], job: AnyJob, subject: str, *, path: str, at: dt.datetime) -> None:
    """Tell the person who asked how it ended, when they have waited too long to be still looking."""
    if at - job.requested_at < kind.patience:
        return
    key = f"{kind.noun}-job:{job.pk}:{at:%Y%m%dT%H%M%S%f}"
    post_notice(key=key, user=job.requested_by, subject=subject, body=job.error, path=path, at=at)
