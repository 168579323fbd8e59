"""What the directory shows: the tree of agencies, and what is on record about one."""

import dataclasses
import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Agency, Contact, Tenure, User
from agencies.names import AgencyEntry, nearest, snapshot
from agencies.reach import officer_agencies

DEEPEST = 5  # levels that are shown as indentation


@dataclasses.dataclass(frozen=True)
class TreeRow:
    """One line of the directory: an agency, how deep it stands, and whether anybody there has an account."""

    agency: Agency
    depth: int
    has_accounts: bool


@dataclasses.dataclass(frozen=True)
class Promises:
    """How many commitments of an agency a person may see."""

    led: int
    done: int
    overdue: int
    supporting: int


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


def promises(agency: Agency, user: User, *, at: dt.datetime) -> Promises:
    """Count the commitments of an agency that a person may see; void and merged ones are left out."""
    led = agency.led_commitments.visible_to(user).counted()
    visible = agency.led_commitments.model.objects.visible_to(user).counted()
    return Promises(
        led=led.count(),
        done=led.filter(status="DONE").count(),
        overdue=led.overdue(at=at).count(),
        supporting=agency.contributions.filter(commitment__in=visible.values("pk")).count(),
    )


def contacts_for(user: User, agency: Agency) -> QuerySet[Contact]:
    """The contacts at an agency that the person's own agency keeps; for its officers only."""
    return agency.contacts.filter(kept_by__in=officer_agencies(user), is_active=True).order_by("post_text", "pk")


def _called(query: str) -> QuerySet[Agency]:
    named = Q(name__icontains=query) | Q(short_name__icontains=query) | Q(code__icontains=query.removeprefix("@"))
    return Agency.objects.filter(named | Q(pk__in=Agency.objects.filter(aliases__name__icontains=query).values("pk")))
