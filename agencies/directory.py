"""What the directory shows: the tree of agencies, and what is on record about one."""

import dataclasses
import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Agency, Contact, Tenure, User
from agencies.names import AgencyEntry, nearest, snapshot
from agencies.reach import officer_agencies

DEEPEST = 5  # levels that are shown as indentation
LATEST = 5


@dataclasses.dataclass(frozen=True)
class TreeRow:
    """One line of the directory: an agency, how deep it stands, and whether anybody there has an account."""

    agency: Agency
    depth: int
    has_accounts: bool


@dataclasses.dataclass(frozen=True)
class Meetings:
    """The latest meetings an agency took part in, and how many there are, as far as a person may see."""

    latest: tuple[Any, ...]
    count: int


def tree(*, on: dt.date, query: str = "") -> list[TreeRow]:
    """The whole tree by name, or the agencies that are called like ``query``; two queries."""
    wanted = _called(query.strip()) if query.strip() else Agency.objects.all()
    current = Tenure.objects.current(on=on).filter(post__agency=OuterRef("pk"))
    found = wanted.annotate(has_accounts=Exists(current)).select_related("parent").order_by("short_name", "pk")
    rows = [TreeRow(agency, 0, agency.has_accounts) for agency in found]
    if query.strip():
        return rows
    below: dict[int | None, list[TreeRow]] = defaultdict(list)
    for row in rows:
        below[row.agency.parent_id].append(row)
    ordered: list[TreeRow] = []
    waiting = below[None][::-1]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        deeper = min(row.depth + 1, DEEPEST)
        waiting += [dataclasses.replace(child, depth=deeper) for child in reversed(below[row.agency.pk])]
    return ordered


def similar(query: str) -> list[AgencyEntry]:
    """What may have been meant when nothing is called so."""
    return nearest(query, snapshot())


def chain(agency: Agency) -> list[Agency]:
    """The agencies above, from the top down."""
    above = Agency.objects.filter(pk__in=agency.ancestor_ids).exclude(pk=agency.pk)
    return sorted(above, key=lambda a: len(a.ancestor_ids))


def meetings_of(agency: Agency, user: User) -> Meetings:
    """The meetings an agency kept, was the partner of, or was present at. Two queries."""
    held = agency.hosted_meetings.model.objects.visible_to(user).held().attended_by(agency.code)
    latest = held.select_related("counterpart").order_by("-held_on", "-pk")[:LATEST]
    return Meetings(tuple(latest), held.count())


def posts_of(agency: Agency, *, on: dt.date) -> list[str]:
    """The posts (never the people) through which an agency takes part on a day."""
    held = Tenure.objects.current(on=on).filter(post__agency=agency)
    return sorted(set(held.values_list("post__title", flat=True)))


def contacts_for(user: User, agency: Agency) -> QuerySet[Contact]:
    """The contacts at an agency that the person's own agency keeps; for its officers only."""
    return agency.contacts.filter(kept_by__in=officer_agencies(user), is_active=True).order_by("post_text", "pk")


def _called(query: str) -> QuerySet[Agency]:
    named = Q(name__icontains=query) | Q(short_name__icontains=query) | Q(code__icontains=query.removeprefix("@"))
    return Agency.objects.filter(named | Q(pk__in=Agency.objects.filter(aliases__name__icontains=query).values("pk")))
