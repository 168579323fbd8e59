"""Tallies that tell whole agencies by their host: what a person sees of them, in a few sums."""

from typing import Any

from django.db.models import QuerySet, Sum

from commitments.models.tally import HostTally, seen_beside_hosts
from reports.board.tallied import Tallied


def ledger(kind: type[HostTally], seen: Tallied, by: str, *sums: str, **where: Any) -> "QuerySet[Any, Any]":
    """Rows of ``by`` and its ``sums``, of own hosts as a whole, and of all others by sort; a value may come twice.

    What is narrowed (by agreement or region) is told by sort alone.
    """
    rows: QuerySet[Any, Any] = kind._default_manager.filter(**where).order_by()
    own = seen.user.rights.own
    by_sort = rows.filter(is_of_host=False)
    if seen.where:
        return _summed(by_sort.filter(seen.shown, **seen.where), by, sums)
    beside = by_sort.filter(seen_beside_hosts(seen.user)).exclude(host_agency__in=own)
    of_hosts = rows.filter(is_of_host=True, host_agency__in=own)
    return _summed(of_hosts, by, sums).union(_summed(beside, by, sums), all=True)


def _summed(rows: "QuerySet[Any, Any]", by: str, sums: tuple[str, ...]) -> "QuerySet[Any, Any]":
    found: QuerySet[Any, Any] = rows.values(by).annotate(**{f"{name}_": Sum(name) for name in sums})
    return found.values_list(by, *(f"{name}_" for name in sums))
