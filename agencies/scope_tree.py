"""The scope of an agreement as a tree: each item with the commitments under it that a person may see."""

import dataclasses
import datetime as dt
from collections import defaultdict
from typing import Any, Protocol

from django.db.models import QuerySet

from agencies.models import Agency, Agreement, Clause, User


class Row(Protocol):
    """What the tree shows of a commitment; the rows themselves belong to an app above."""

    pk: int
    code: str
    wording: str
    status: str
    lead: Agency | None
    due_on: dt.date | None
    due_basis: str
    condition: str
    clauses: Any


@dataclasses.dataclass(frozen=True)
class ScopeItem:
    """One scope item; ``total`` counts each commitment under it and its sub-items once."""

    clause: Clause
    rows: tuple[Row, ...]
    items: tuple["ScopeItem", ...]
    keys: frozenset[int]

    @property
    def total(self) -> int:
        """Number of commitments here and below."""
        return len(self.keys)

    @property
    def covered(self) -> int:
        """Number of items, this one and those below, that have a commitment."""
        return bool(self.keys) + sum(item.covered for item in self.items)


@dataclasses.dataclass(frozen=True)
class ScopeTree:
    """The whole tree, what is not linked to any item, and whether the person sees everything."""

    items: tuple[ScopeItem, ...]
    unlinked: tuple[Row, ...]
    total: int
    hidden: int
    clauses: int
    clauses_with_commitment: int


def scope_tree(agreement: Agreement, user: User, *, at: dt.datetime) -> ScopeTree:
    """Build the tree as of an instant, in a constant number of queries."""
    counted = agreement.commitments.counted()
    visible: QuerySet[Any] = agreement.commitments.visible_to(user).counted().with_condition(at=at)
    rows: list[Row] = list(visible.select_related("lead").prefetch_related("clauses").order_by("code").distinct())
    by_clause: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        for clause in row.clauses.all():
            by_clause[clause.pk].append(row)
    below: dict[int | None, list[Clause]] = defaultdict(list)
    clauses = list(agreement.clauses.all())
    for clause in clauses:
        below[clause.parent_id].append(clause)

    def item(clause: Clause) -> ScopeItem:
        own = tuple(by_clause[clause.pk])
        items = tuple(item(child) for child in below[clause.pk])
        keys = frozenset(row.pk for row in own).union(*(child.keys for child in items))
        return ScopeItem(clause, own, items, keys)

    items = tuple(item(clause) for clause in below[None])
    return ScopeTree(
        items=items,
        unlinked=tuple(row for row in rows if not row.clauses.all()),
        total=len(rows),
        hidden=counted.count() - len(rows),
        clauses=len(clauses),
        clauses_with_commitment=sum(item.covered for item in items),
    )
