"""What one kind of job says about itself; everything else about it is the mechanism's (``work``, ``steering``)."""

import abc
import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.utils.functional import Promise

from agencies.models import User
from agencies.policy import YES, Verdict
from reports.jobs.heartbeat import Heartbeat
from reports.models.job import AnyJob, JobQuerySet

Made = TypeVar("Made")
Result = TypeVar("Result")


class Failed(Exception):
    """The work could not be done; the message is a sentence for the person who asked.

    ``may_pass``: worth another try, since the cause lies outside. ``marks``: fields of the job that say more.
    """

    def __init__(self, sentence: str, *, may_pass: bool = False, **marks: object) -> None:
        super().__init__(sentence)
        self.may_pass, self.marks = may_pass, marks


@dataclass(frozen=True)
class Ending(Generic[Result]):
    """How a job ended well: what it gave, and the notice (``subject``, the page it opens) for who asked."""

    result: Result
    subject: str
    path: str


class Kind(abc.ABC, Generic[AnyJob, Made, Result]):
    """``Made`` is what the work gives before it is kept, ``Result`` what is kept."""

    model: type[AnyJob]
    noun: ClassVar[str]
    """First part of its verbs in the trail: ``report`` gives ``report.requested``."""
    task: ClassVar[str]
    """What wakes a worker for it."""
    begins: ClassVar[tuple[str, int]]
    """The first step as a message id, and its share in per cent."""
    given_up: ClassVar[str | Promise]
    """The sentence after all tries were used up."""
    broken: ClassVar[str | Promise]
    """The sentence when the code itself broke."""
    patience: ClassVar[dt.timedelta] = dt.timedelta(0)
    """Who waited longer has probably left the page, and is told in the app how it ended."""
    beside: ClassVar[tuple[str, ...]] = ("requested_by",)
    """What is fetched with a job."""

    @property
    def rows(self) -> JobQuerySet[AnyJob]:
        """All jobs of the kind."""
        return JobQuerySet(self.model)

    @abc.abstractmethod
    def may_have(self, user: User, job: AnyJob) -> Verdict:
        """Whether a person may have this made, call it off, or try it again; asked again when it is made."""

    def may_ask(self, user: User) -> Verdict:
        """Whether a person may have one more made now."""
        del user
        return YES

    @abc.abstractmethod
    def making(self, job: AnyJob, heart: Heartbeat) -> AbstractContextManager[Made]:
        """Do the work and give what was made; on an error in the body nothing of it stays behind.

        Raises Stopped, Refusal, or Failed with a sentence.
        """

    @abc.abstractmethod
    def keep(self, job: AnyJob, made: Made, *, at: dt.datetime) -> Ending[Result]:
        """Keep what was made, in the transaction that ends the locked job; the job is saved afterwards."""

    def note_kept(self, result: Result, job: AnyJob, *, at: dt.datetime) -> None:
        """Write what was kept into the trail, where the kind does."""

    @abc.abstractmethod
    def about(self, job: AnyJob) -> models.Model:
        """What its events in the trail are about."""

    @abc.abstractmethod
    def facts(self, job: AnyJob) -> dict[str, Any]:
        """What its events in the trail say."""

    def texts(self, job: AnyJob) -> dict[str, str]:
        """What was typed, kept apart from the chain of the trail."""
        del job
        return {}

    @abc.abstractmethod
    def failed_subject(self, job: AnyJob) -> str:
        """The subject of the notice that it came to nothing."""
