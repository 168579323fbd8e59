"""What the page of an agreement counts: its scope as a tree with the commitments that a person may see."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import Agreement, Clause, User
from commitments.models import Commitment
from reports.board.drawing import Conditions, conditions
from reports.counting.under import Under, children, under, with_any

Rows = dict[int, Any]
"""Commitments by primary key, each with its ``condition``."""


@dataclass(frozen=True)
class ScopeItem:
    """One scope item with its own rows; ``total`` counts each commitment under it and its sub-items once."""

    clause: Clause
    rows: tuple[Commitment, ...]
    items: tuple["ScopeItem", ...]
    total: int


@dataclass(frozen=True)
class ScopeTree:
    """The whole tree, what is not linked to any item, and how much the person does not see (``hidden``)."""

    items: tuple[ScopeItem, ...]
    unlinked: tuple[Commitment, ...]
    total: int
    hidden: int
    clauses: int
    clauses_with_commitment: int
    conditions: Conditions


def numbers(agreement: Agreement, user: User, at: dt.datetime) -> dict[str, Any]:
    """Count for the page of an agreement."""
    return {"tree": scope_tree(agreement, user, at=at)}


def scope_tree(agreement: Agreement, user: User, *, at: dt.datetime) -> ScopeTree:
    """Build the tree as of an instant, in a constant number of queries."""
    of_agreement = Commitment.objects.filter(agreement=agreement).counted()
    seen = of_agreement.visible_to(user).with_condition(at=at).select_related("lead").prefetch_related("clauses")
    rows: Rows = {row.pk: row for row in seen.order_by("code").distinct()}
    clauses = list(agreement.clauses.all())
    found = under(clauses, ((clause.pk, row.pk) for row in rows.values() for clause in row.clauses.all()))
    counts = Counter(row.condition for row in rows.values())
    return ScopeTree(
        items=_items(None, children(clauses), found, rows),
        unlinked=tuple(row for row in rows.values() if not row.clauses.all()),
        total=len(rows),
        hidden=of_agreement.count() - len(rows),
        clauses=len(clauses),
        clauses_with_commitment=with_any(found),
        conditions=conditions(counts, kesepakatan=agreement.code),
    )


def _items(
    above: int | None, below: Mapping[int | None, Sequence[Clause]], found: Mapping[int, Under[int]], rows: Rows
) -> tuple[ScopeItem, ...]:
    """The scope items under one, with everything under them; rows by code."""
    return tuple(
        ScopeItem(
            clause,
            tuple(sorted((rows[pk] for pk in found[clause.pk].own), key=_code)),
            _items(clause.pk, below, found, rows),
            len(found[clause.pk].whole),
        )
        for clause in below.get(above, ())
    )


def _code(row: Commitment) -> str:
    return row.code
