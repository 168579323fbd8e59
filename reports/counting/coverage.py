"""Which scope items of an agreement are acted on: with a commitment, with a verified result, met about lately."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Agreement
from commitments.status import COUNTED, Status
from config.workdays import day_of
from meetings.models import Meeting
from reports.counting.history import Then, history
from reports.counting.under import under

SILENT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that was held: its code and day."""

    code: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class ItemCoverage:
    """One scope item: ``total`` commitments of its own, ``verified`` of them done, ``below`` more under sub-items.

    ``last_met`` is the last meeting about any of them, sub-items included; so are the three findings.
    """

    number: str
    text: str
    citation: str
    is_example: bool
    total: int
    verified: int
    below: int
    last_met: Met | None
    has_commitment: bool
    has_verified: bool
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Scope items in their order, as of ``at``. An item may lack several things."""

    at: dt.datetime
    items: tuple[ItemCoverage, ...]

    @property
    def total(self) -> int:
        """Number of scope items."""
        return len(self.items)

    @property
    def without_commitment(self) -> tuple[ItemCoverage, ...]:
        """Items under which nothing was promised."""
        return tuple(item for item in self.items if not item.has_commitment)

    @property
    def without_verified(self) -> tuple[ItemCoverage, ...]:
        """Items without a verified result."""
        return tuple(item for item in self.items if not item.has_verified)

    @property
    def without_meeting(self) -> tuple[ItemCoverage, ...]:
        """Items no held meeting of the last :data:`SILENT_DAYS` days was about."""
        return tuple(item for item in self.items if item.is_silent)


def coverage(agreement: Agreement, at: dt.datetime, *, among: frozenset[str] | None = None) -> Coverage:
    """Tell every scope item as of ``at``; ``among`` (codes of commitments) leaves out all others.

    A meeting is about a commitment that was made there, or that stood on its agenda. At most 12 queries.
    """
    known = history(agreement, at=at)
    then = [one for one in known if one.status in COUNTED and (among is None or one.commitment.code in among)]
    links = ((item.pk, one.commitment.code) for one in then for item in one.clauses)
    found = under(list(agreement.clauses.all()), links)
    done = {one.commitment.code for one in then if one.status == Status.DONE}
    met = _last_met(agreement, then, at=at)
    silent_before = day_of(at) - dt.timedelta(days=SILENT_DAYS)
    items = []
    for one in found.values():
        clause = one.clause
        last = max((met[code] for code in one.whole if code in met), key=_age, default=None)
        items.append(
            ItemCoverage(
                number=clause.number,
                text=clause.text,
                citation=clause.citation,
                is_example=clause.is_example,
                total=one.count,
                verified=len(one.own & done),
                below=one.below,
                last_met=last,
                has_commitment=one.has_any,
                has_verified=bool(one.whole & done),
                is_silent=last is None or last.on < silent_before,
            )
        )
    return Coverage(at, tuple(items))


def _last_met(agreement: Agreement, then: Iterable[Then], *, at: dt.datetime) -> dict[str, Met]:
    """The last held meeting about each commitment (by code) that was made known by ``at``."""
    made_in: dict[int | None, set[str]] = defaultdict(set)
    for one in then:
        made_in[one.commitment.meeting_id].add(one.commitment.code)
    known = set().union(*made_in.values())
    of_agreement = Q(agreement=agreement) | Q(commitments__agreement=agreement)
    held = Meeting.objects.held().filter(of_agreement, is_discarded=False, held_on__lte=day_of(at), shared_at__lte=at)
    found: dict[str, Met] = {}
    for meeting in held.distinct().order_by("held_on", "pk").prefetch_related("agenda"):
        about = made_in[meeting.pk] | ({item.about_code for item in meeting.agenda.all()} & known)
        found |= dict.fromkeys(about, Met(meeting.code, meeting.held_on))
    return found


def _age(met: Met) -> tuple[dt.date, str]:
    return met.on, met.code
