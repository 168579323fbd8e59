"""Open commitments that say nearly the same as a line that is being written.

Offered, never decided: a line may repeat what was promised before (then it is news about it), or be a new
promise in the same words.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from agencies.models import Tenure, User
from commitments import rules
from commitments.models import Commitment
from commitments.rules import Facts

ALIKE = 80  # of 100: 2 x the letters in common over all letters of both
COMPARED = 2000  # open commitments, the newest; more would keep the writer waiting


@dataclasses.dataclass(frozen=True)
class Promise:
    """What is compared of a line: its words and the primary key of its lead, if it has one."""

    wording: str
    lead: int | None


@dataclasses.dataclass(frozen=True)
class Near:
    """An open commitment in nearly the same words, and whether the person may report on it."""

    commitment: Commitment
    may_report: bool


@dataclasses.dataclass(frozen=True)
class _Known:
    """The open commitments of one lead, in even spelling."""

    pks: list[int]
    wordings: list[str]


def nearest_open(promises: Sequence[Promise], user: User, *, on: dt.date) -> dict[int, Near]:
    """Return, by its place in ``promises``, the nearest open commitment the person may see.

    Compared are commitments of the same lead, and those where one of the two has no lead. The number of
    queries does not depend on how many there are. ``on`` is the day (WIB) on which the report would be written.
    """
    found = _nearest(promises, _known(promises, user))
    rows = Commitment.objects.visible_to(user).filter(pk__in=set(found.values())).with_row_data()
    rows = rows.prefetch_related("meeting__attendance", "agreement__parties")
    nearest = {near.commitment.pk: near for near in _asked(rows, user, on)}
    return {place: nearest[pk] for place, pk in found.items() if pk in nearest}


def _known(promises: Sequence[Promise], user: User) -> dict[int | None, _Known]:
    """The candidates by lead, newest first, in one query; a line without lead is compared with all of them."""
    if not promises:
        return {}
    rows = Commitment.objects.visible_to(user).unfinished().order_by("-pk")
    leads = {promise.lead for promise in promises}
    if None not in leads:
        rows = rows.filter(lead__in=leads) | rows.filter(lead__isnull=True)
    known: dict[int | None, _Known] = {}
    for pk, lead, wording in rows.values_list("pk", "lead", "wording")[:COMPARED]:
        group = known.setdefault(lead, _Known([], []))
        group.pks.append(pk)
        group.wordings.append(utils.default_process(wording))
    return known


def _nearest(promises: Sequence[Promise], known: dict[int | None, _Known]) -> dict[int, int]:
    found: dict[int, int] = {}
    for place, promise in enumerate(promises):
        groups = known.values() if promise.lead is None else filter(None, map(known.get, {promise.lead, None}))
        if (pk := _nearest_of(utils.default_process(promise.wording), groups)) is not None:
            found[place] = pk
    return found


def _nearest_of(wording: str, groups: Iterable[_Known]) -> int | None:
    best: int | None = None
    cutoff = float(ALIKE)
    for group in groups:
        hit = process.extractOne(wording, group.wordings, scorer=fuzz.ratio, score_cutoff=cutoff)
        if hit is not None and (best is None or hit[1] > cutoff):
            best, cutoff = group.pks[hit[2]], hit[1]
    return best


def _asked(rows: Iterable[Commitment], user: User, on: dt.date) -> Iterable[Near]:
    """Each row with the answer of the rule, whose facts are asked of the database once for all."""
    rows = list(rows)
    at = dt.datetime.combine(on, dt.time(12), dt.UTC)  # noon UTC is that same day in every zone of the country
    tenures = Tenure.objects.current(on=on).filter(post__agency__in={c.lead_id for c in rows if c.lead_id})
    with_account = set(tenures.values_list("post__agency", flat=True)) if rows else set()
    for commitment in rows:
        facts = Facts(commitment, at=at)
        facts.lead_has_account = commitment.lead_id in with_account
        yield Near(commitment, bool(rules.may_report(user, commitment, facts)))
