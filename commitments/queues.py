"""Whose turn it is: what waits for a person's decision, what their agencies owe, what is due soon.

All of it over rows that the person may see.
"""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from agencies.models import Role, User
from commitments.models import Answer, Consent, Contribution, Progress, ProgressKind
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from config.prepared import prepared
from config.workdays import day_of


def awaiting_decision(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Claims this person may verify: supervisor of host, lead or supporter, and not their own claim."""
    posts = user.rights.by_role[Role.SUPERVISOR]
    waiting = commitments.filter(status=Status.SUBMITTED).exclude(pk__in=claimed_by(user.pk))
    return waiting.filter(Q(host_agency__in=posts) | Q(lead__in=posts) | Q(pk__in=supported_by(posts)))


def claims_untold(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Waiting claims that host and lead do not tell about: of supporters, and the person's own. Annotates ``turn``.

    ``turn`` is what to add for each to the claims near the person's posts: one for a supporter's, minus one for an own.
    """
    posts = user.rights.by_role[Role.SUPERVISOR]
    rows = commitments.filter(status=Status.SUBMITTED, pk__in=claimed_or_supported_by(user.pk, posts))
    is_near, is_own = Q(host_agency__in=posts) | Q(lead__in=posts), Q(pk__in=claimed_by(user.pk))
    turn = Case(When(is_near & is_own, then=-1), When(is_near | is_own, then=0), default=1)
    return rows.annotate(turn=turn)


@lru_cache(maxsize=512)
def claimed_by(user: int) -> RawSQL:
    """Keys of commitments whose claim, the last one, is this person's (key)."""
    return prepared(_claims(user))


@lru_cache(maxsize=512)
def supported_by(agencies: frozenset[int]) -> RawSQL:
    """Keys of commitments that one of these agencies supports."""
    return prepared(_contributions(agencies))


@lru_cache(maxsize=512)
def claimed_or_supported_by(user: int, agencies: frozenset[int]) -> RawSQL:
    """Keys of both, so that each is looked up in an index of its own."""
    return prepared(_claims(user).union(_contributions(agencies)))


def _claims(user: int) -> "QuerySet[Any, Any]":
    claims = Progress.objects.filter(kind=ProgressKind.CLAIM)
    is_later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    later = claims.filter(is_later, commitment=OuterRef("commitment"))
    own = claims.filter(author=user, commitment__status=Status.SUBMITTED)
    return own.filter(~Exists(later)).order_by().values("commitment")


def _contributions(agencies: frozenset[int]) -> "QuerySet[Any, Any]":
    return Contribution.objects.filter(agency__in=agencies).order_by().values("commitment")


def owed_by(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Open commitments that the person's own agencies lead."""
    return commitments.unfinished().filter(lead__in=user.rights.own)


def blocked_near(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Blocked commitments that an agency keeps or leads for which the person is officer or supervisor."""
    own = kept_by(user)
    return commitments.filter(status=Status.BLOCKED).filter(Q(host_agency__in=own) | Q(lead__in=own))


def answered_otherwise(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Open commitments kept by the person's agencies whose present terms an agency wants changed or objects to.

    The last answer of each agency counts.
    """
    # a range, behind the many that agreed: SQLite would read them all for a list of answers
    present = Consent.objects.filter(answer__gt=Answer.AGREED, terms__n=F("terms__commitment__terms_n"))
    later = Consent.objects.filter(terms=OuterRef("terms"), agency=OuterRef("agency"), pk__gt=OuterRef("pk"))
    unsettled = present.filter(~Exists(later)).order_by().values("terms__commitment")
    return commitments.unfinished().filter(pk__in=unsettled, host_agency__in=kept_by(user))


def to_complete(commitments: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Commitments with a gap that the person's agencies keep."""
    return commitments.with_gap().filter(host_agency__in=kept_by(user))


def kept_by(user: User) -> frozenset[int]:
    """Agencies for which the person is officer or supervisor."""
    return user.rights.by_role[Role.OFFICER] | user.rights.by_role[Role.SUPERVISOR]


def due_within(commitments: CommitmentQuerySet, days: int, *, at: dt.datetime) -> CommitmentQuerySet:
    """Open rows whose date is today (WIB) or within the next ``days`` calendar days."""
    today = day_of(at)
    return commitments.unfinished().filter(due_on__range=(today, today + dt.timedelta(days=days)))
