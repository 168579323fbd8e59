"""Whose turn it is: what waits for a person's decision, what their agencies owe, what is due soon.

All of it over rows that the person may see.
"""

import datetime as dt

from django.db.models import OuterRef, Q, Subquery

from agencies.models import Role, User
from commitments.models import Contribution, Progress, ProgressKind
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from config.workdays import day_of


def awaiting_decision(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Claims this person may verify: supervisor of host, lead or supporter, and not their own claim."""
    posts = user.rights.by_role[Role.SUPERVISOR]
    supporting = Contribution.objects.filter(agency__in=posts).values("commitment")
    claims = Progress.objects.filter(commitment=OuterRef("pk"), kind=ProgressKind.CLAIM).order_by("-at", "-pk")
    waiting = commitments.filter(status=Status.SUBMITTED).filter(
        Q(host_agency__in=posts) | Q(lead__in=posts) | Q(pk__in=supporting)
    )
    by = waiting.annotate(claimed_by=Subquery(claims.values("author")[:1]))
    return by.filter(claimed_by__isnull=False).exclude(claimed_by=user.pk)


def owed_by(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Open commitments that the person's own agencies lead."""
    return commitments.unfinished().filter(lead__in=user.rights.own)


def due_within(commitments: CommitmentQuerySet, days: int, *, at: dt.datetime) -> CommitmentQuerySet:
    """Open rows whose date is today (WIB) or within the next ``days`` calendar days."""
    today = day_of(at)
    return commitments.unfinished().filter(due_on__range=(today, today + dt.timedelta(days=days)))
