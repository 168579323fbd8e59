"""Work that a worker does while its page waits: ``Job`` is the mechanism's row, ReportJob and ExportJob its kinds."""

import datetime as dt
from typing import ClassVar, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from config.templatetags.waktu import angka
from reports.counting.periods import read_period
from reports.models.report import Report
from reports.options import ReportOptions

AnyJob = TypeVar("AnyJob", bound="Job")


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "WAITING", _("menunggu")
    RUNNING = "RUNNING", _("menyusun")
    DONE = "DONE", _("selesai")
    FAILED = "FAILED", _("gagal")
    CANCELLED = "CANCELLED", _("dibatalkan")


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})

TRIES = 3
"""How often workers take up one request before it fails with a sentence."""

FAILURES_SHOWN = dt.timedelta(days=3)
"""How long the list of reports recalls one that came to nothing."""

KEPT = dt.timedelta(days=7)
"""How long a large file that was asked for is kept."""


class JobQuerySet(models.QuerySet[AnyJob]):
    """Questions about many jobs of one kind."""

    def underway(self) -> Self:
        """Those that wait for a worker or have one."""
        return self.exclude(state__in=OVER)

    def lost(self, *, at: dt.datetime) -> Self:
        """Those that wait, or whose worker has been silent for its whole lease."""
        return self.underway().exclude(lease_until__gt=at)

    def held_by(self, job: "Job") -> Self:
        """The row of a job, as long as the worker that took ``job`` has it and nobody called it off."""
        return self.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING, cancel_asked_at=None)


class Job(models.Model):
    """One request; a worker takes it with a lease, so that a killed one is followed by another.

    ``attempts`` only ever grows: with it a worker that was overtaken knows that the job is no longer its own.
    """

    door: ClassVar[str]
    """URL name of the page of one job of this kind."""

    state = models.CharField(max_length=9, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=120, blank=True)  # a message id: workers and readers speak several languages
    step_numbers = models.JSONField(default=dict, blank=True)  # what stands in it
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """The page that shows how far the work is, and what came of it."""
        return reverse(self.door, args=[self.pk])

    def say(self, words: str, **numbers: int) -> None:
        """Note what is done now: a message id, and the numbers in it."""
        self.step, self.step_numbers = words, numbers

    @property
    def step_words(self) -> str:
        """What is done now, in the language of the reader."""
        words = gettext(self.step) if self.step else ""
        return words % {name: angka(number) for name, number in self.step_numbers.items()}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody did not want it any more, and it has ended."""
        return self.state == JobState.CANCELLED

    @property
    def has_tries_left(self) -> bool:
        """Whether a worker may take it up (once more): each request gets :data:`TRIES`."""
        return self.state == JobState.WAITING or self.attempts % TRIES != 0

    def is_held(self, *, at: dt.datetime) -> bool:
        """Whether a worker has it that gave a sign of life."""
        return self.lease_until is not None and self.lease_until > at


class ReportJobQuerySet(JobQuerySet["ReportJob"]):
    """Questions about many reports in the making."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Jobs of the person's own agencies."""
        return self.filter(issuer__in=user.rights.own) if isinstance(user, User) else self.none()

    def unfinished_of(self, user: User, *, at: dt.datetime) -> Self:
        """What a person asked for and did not get yet, or not at all in the last days."""
        failed = models.Q(state=JobState.FAILED, finished_at__gte=at - FAILURES_SHOWN)
        underway = models.Q(state__in=[JobState.WAITING, JobState.RUNNING])
        return self.filter(underway | failed, requested_by=user).select_related("agreement")


class ReportJob(Job):
    """One request for a report."""

    door = "reports:job"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    options = models.JSONField(default=dict, blank=True)
    revises = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    broken_photo = models.PositiveBigIntegerField(null=True, blank=True)  # consent of the photo that stopped it
    snapshot = models.TextField(blank=True)  # kept, so that a second try prints the same numbers
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="jobs")

    objects = ReportJobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.agreement} {self.period}: {self.state}"

    @property
    def period_label(self) -> str:
        """The period in words."""
        return str(read_period(self.period))

    @property
    def chosen(self) -> ReportOptions:
        """What was chosen for it."""
        return ReportOptions.from_json(self.options)


class ExportJobQuerySet(JobQuerySet["ExportJob"]):
    """Questions about many files."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A file is its asker's alone: it holds what that person may read."""
        return self.filter(requested_by=user) if isinstance(user, User) else self.none()


class ExportJob(Job):
    """One request for a file too large for a page to wait for."""

    door = "reports:export_job"

    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    name = models.CharField(max_length=160)
    file = models.FileField(upload_to="exports/%Y", blank=True)

    objects = ExportJobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"

    @property
    def expires_at(self) -> dt.datetime:
        """Until when the file is kept."""
        return self.requested_at + KEPT
