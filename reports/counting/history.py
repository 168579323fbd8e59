"""What a commitment was at an instant, told from its append-only rows and never from the live copies.

Moves tell the status, Terms the promise, Progress the news, Consent the strength, Verification the proof:
so last quarter's report says the same next year. Links that have no versions (agreement, scope items,
supporting agencies, names of agencies) are read as they are now; a report freezes them in its snapshot.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from agencies.models import Agency, Agreement, Tenure
from commitments.models import Consent, DueBasis
from commitments.status import CLOSED, OPEN, Condition, Status, Verb, condition_of
from config.workdays import day_of
from reports.counting import recorded
from reports.counting.recorded import Item, News, Promise, Proven, Stated, Step, Version


class _Dated(Protocol):
    @property
    def at(self) -> dt.datetime:
        """When it was written."""


class Decided(Protocol):
    """What is asked of a verification: when, and by whom."""

    @property
    def pk(self) -> int:
        """Primary key."""

    @property
    def at(self) -> dt.datetime:
        """When it was decided."""

    @property
    def decided_by_id(self) -> int | None:
        """Who decided; None for a document."""


Dated = TypeVar("Dated", bound=_Dated)
_OPEN, _CLOSED = frozenset(OPEN), frozenset(CLOSED)
_STATUS: dict[str, Status] = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class Shift:
    """A known date changed to another, or taken away (``new_on`` is None)."""

    at: dt.datetime
    old_on: dt.date
    new_on: dt.date | None


class Standing(NamedTuple):
    """Where one commitment stood at an instant, for counting over time."""

    status: Status
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Shared and not closed."""
        return self.status in _OPEN


@dataclass(frozen=True)
class Then:
    """One commitment at ``at``: its rows up to that instant, oldest first. ``terms`` is the binding version.

    ``agencies`` (by primary key) holds those of all commitments of the agreement.
    """

    commitment: Promise
    at: dt.datetime
    terms: Version
    agencies: Mapping[int, Agency] = field(repr=False)
    moves: Sequence[Step] = ()
    versions: Sequence[Version] = ()
    progress: Sequence[News] = ()
    consents: Sequence[Stated] = ()
    clauses: Sequence[Item] = ()
    supporting_ids: Sequence[int] = ()
    verification: Proven | None = None

    @cached_property
    def status(self) -> Status:
        """Where the last move led; a draft before the first."""
        return _STATUS[self.moves[-1].to_status] if self.moves else Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Shared and not closed."""
        return self.status in _OPEN

    @cached_property
    def shared_at(self) -> dt.datetime | None:
        """When it was made known."""
        return next((move.at for move in self.moves if move.verb == Verb.SHARE), None)

    @property
    def submitted_at(self) -> dt.datetime | None:
        """When it was reported as done, while a verifier has it."""
        return self.moves[-1].at if self.status == Status.SUBMITTED else None

    @property
    def closed_at(self) -> dt.datetime | None:
        """When it was closed, unless it was opened again."""
        return self.moves[-1].at if self.status in _CLOSED else None

    @property
    def host(self) -> Agency:
        """Who keeps the record."""
        return self.agencies[self.commitment.host_id]

    @property
    def lead(self) -> Agency | None:
        """Who leads."""
        return self.agencies[self.terms.lead_id] if self.terms.lead_id else None

    @property
    def supporting(self) -> list[Agency]:
        """Who supports, whether or not it came to lead."""
        return [self.agencies[pk] for pk in self.supporting_ids]

    @property
    def keeper(self) -> Agency:
        """In whose zone the days begin and end: the lead's, without lead the host's."""
        return self._keeper(self.terms)

    @property
    def is_late(self) -> bool:
        """Past an agreed date."""
        return self.terms.due_basis == DueBasis.AGREED and self._is_past

    @property
    def is_past_proposal(self) -> bool:
        """Past a date that was only proposed: nobody's lateness."""
        return self.terms.due_basis == DueBasis.PROPOSED and self._is_past

    @property
    def _clock(self) -> dt.datetime:
        """``at``, or the instant it was submitted: the clock stands still while a verifier has it."""
        return self.submitted_at or self.at

    @cached_property
    def _is_past(self) -> bool:
        return self.is_open and self._passed(self.terms, self._clock)

    @property
    def days_past(self) -> int:
        """Calendar days past the date in the keeper's zone; 0 when it is not past."""
        if self.terms.due_on is None or not self._is_past:
            return 0
        return (self._clock.astimezone(self.keeper.clock).date() - self.terms.due_on).days

    @property
    def condition(self) -> Condition:
        """The one group it is counted in."""
        return condition_of(status=self.status, is_late=self.is_late)

    @property
    def realised(self) -> Decimal | None:
        """The last reported value."""
        return next((entry.realised for entry in reversed(self.progress) if entry.realised is not None), None)

    @property
    def first_due_on(self) -> dt.date | None:
        """The first date that was made known."""
        return next((terms.due_on for terms in self._known_versions if terms.due_on), None)

    def shifts(self) -> list[Shift]:
        """Changes of a known date, oldest first; naming a first date, or editing a draft, is no change."""
        if len(self._known_versions) < 2:
            return []
        found: list[Shift] = []
        named: dt.date | None = None
        last: dt.date | None = None
        for terms in self._known_versions:
            if named is not None and terms.due_on not in (named, last):
                found.append(Shift(terms.at, named, terms.due_on))
            named, last = terms.due_on or named, terms.due_on
        return found

    def standing(self, at: dt.datetime) -> Standing | None:
        """Where it stood at an earlier instant; None before it existed. Says what :meth:`rewound` would."""
        terms = _last(self.versions, at)
        if terms is None or self.commitment.created_at > at:
            return None
        move = _last(self.moves, at)
        status = _STATUS[move.to_status] if move else Status.DRAFT
        if status not in _OPEN or terms.due_basis != DueBasis.AGREED:
            return Standing(status, is_late=False)
        clock = move.at if move and status == Status.SUBMITTED else at
        return Standing(status, self._passed(terms, clock))

    def is_settled(self, at: dt.datetime) -> bool:
        """Whether it was closed by then and nothing happened to it since."""
        return self.closed_at is not None and max(self.closed_at, self.commitment.created_at) <= at

    def rewound(self, at: dt.datetime) -> "Then | None":
        """The same commitment at an earlier instant, without asking the database; None before it existed.

        The verification is left out: only the present state tells who verified.
        """
        terms = _last(self.versions, at)
        if terms is None or self.commitment.created_at > at:
            return None
        return Then(
            commitment=self.commitment,
            at=at,
            terms=terms,
            agencies=self.agencies,
            moves=_until(self.moves, at),
            versions=_until(self.versions, at),
            progress=_until(self.progress, at),
            consents=_until(self.consents, at),
            clauses=self.clauses,
            supporting_ids=self.supporting_ids,
        )

    def _keeper(self, terms: Version) -> Agency:
        return self.agencies[terms.lead_id or self.commitment.host_id]

    def _passed(self, terms: Version, clock: dt.datetime) -> bool:
        """Whether the date of a version had passed by ``clock`` where its keeper is."""
        return terms.due_on is not None and self._keeper(terms).midnight_after(terms.due_on) <= clock

    @cached_property
    def _known_versions(self) -> Sequence[Version]:
        """The version that was shared and those after it."""
        shared_at = self.shared_at
        if shared_at is None:
            return []
        if len(self.versions) == 1:
            return self.versions
        drafted = _until(self.versions, shared_at)
        return [*drafted[-1:], *self.versions[len(drafted) :]]


def history(agreement: Agreement, *, at: dt.datetime) -> list[Then]:
    """Return every commitment of an agreement that existed at ``at``, by code. Nine queries.

    Discarded drafts are left out: they were slips of the pen.
    """
    promises, of = recorded.promises(recorded.existing(agreement, at=at)), recorded.of_agreement(agreement)
    clauses, supporting = recorded.linked(agreement), recorded.supporting(agreement)
    moves, versions = recorded.steps(of, at=at), recorded.versions(of, at=at)
    progress, proven = recorded.news(of, at=at), recorded.proven(agreement, at=at)
    given = recorded.stated(Consent.objects.filter(terms__commitment__agreement=agreement, at__lte=at))
    agencies = Agency.objects.in_bulk(_named(promises, versions).union(*supporting.values()))
    return [
        Then(
            commitment=one,
            at=at,
            terms=versions[one.pk][-1],
            agencies=agencies,
            moves=moves.get(one.pk, ()),
            versions=versions[one.pk],
            progress=progress.get(one.pk, ()),
            consents=_of_versions(given.get(one.pk, ()), versions[one.pk]),
            clauses=clauses.get(one.pk, ()),
            supporting_ids=supporting.get(one.pk, ()),
            verification=proven.get(one.pk),
        )
        for one in promises
        if one.pk in versions
    ]


def touched(agreement: Agreement, *, since: dt.datetime, until: dt.datetime) -> list[Then]:
    """Return only those of :func:`history` at ``until`` that are not what they were at ``since``. Five queries.

    Status, versions and answers are read; news, scope items, supporting agencies and proof are left out.
    """
    among = recorded.touched(agreement, since=since, until=until)
    promises, of = recorded.promises(among), recorded.of_these(among)
    moves, versions = recorded.steps(of, at=until), recorded.versions(of, at=until)
    given = recorded.stated(Consent.objects.filter(terms__commitment__in=among.values("pk"), at__lte=until))
    agencies = Agency.objects.in_bulk(_named(promises, versions))
    return [
        Then(
            commitment=one,
            at=until,
            terms=versions[one.pk][-1],
            agencies=agencies,
            moves=moves.get(one.pk, ()),
            versions=versions[one.pk],
            consents=_of_versions(given.get(one.pk, ()), versions[one.pk]),
        )
        for one in promises
        if one.pk in versions
    ]


def _named(promises: Sequence[Promise], versions: Mapping[int, Sequence[Version]]) -> set[int]:
    """Who keeps the record of these, and who leads or led them."""
    leads = {version.lead_id for them in versions.values() for version in them if version.lead_id}
    return leads.union(one.host_id for one in promises)


def deciding_agencies(verifications: Iterable[Decided]) -> dict[int, list[Agency]]:
    """Return, for each verification (by primary key), the agencies its decider held a post in on that day."""
    rows = [row for row in verifications if row.decided_by_id is not None]
    tenures: dict[int | None, list[Tenure]] = defaultdict(list)
    for tenure in Tenure.objects.filter(user__in={row.decided_by_id for row in rows}).select_related("post__agency"):
        tenures[tenure.user_id].append(tenure)
    return {
        row.pk: [
            tenure.post.agency
            for tenure in tenures[row.decided_by_id]
            if tenure.starts_on <= day_of(row.at) and (tenure.ends_on is None or tenure.ends_on >= day_of(row.at))
        ]
        for row in rows
    }


def _of_versions(given: Sequence[Stated], versions: Sequence[Version]) -> Sequence[Stated]:
    """The answers to versions that there were by then."""
    known = {version.pk for version in versions} if given else set()
    return [one for one in given if one.terms_id in known]


def _until(rows: Sequence[Dated], at: dt.datetime) -> Sequence[Dated]:
    """The rows up to an instant; they stand in the order of time."""
    if not rows or rows[-1].at <= at:
        return rows
    return [row for row in rows if row.at <= at]


def _last(rows: Sequence[Dated], at: dt.datetime) -> Dated | None:
    """The last row up to an instant."""
    for row in reversed(rows):
        if row.at <= at:
            return row
    return None
