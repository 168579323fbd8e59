"""What a brief (*bahan audiensi*) says about two offices: gathered over rows the reader may see, judged by nobody.

Counts and words only; which of them fit on the page is decided in :mod:`reports.papers.brief`.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from functools import cached_property

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from agencies.models import Agency, Agreement, User
from agencies.models.agency import AgencyQuerySet
from commitments.carry import Carried, carried, concerning
from commitments.models import Commitment, Consent, Contribution, Progress, Terms
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import CLOSED, Status
from meetings.models import Attendance, Meeting
from meetings.models.meeting import MeetingQuerySet
from reports.counting.recorded import Stated, stated
from reports.counting.strength import Standpoint, standpoint

LATEST = 30  # entries of the journal that are looked at for the newest of each commitment


@dataclasses.dataclass(frozen=True)
class Open:
    """An open commitment on the table of two offices, seen from the host's side."""

    carried: Carried
    stood: Standpoint
    is_ours: bool  # led by the host or an office below it
    is_theirs: bool
    we_support: bool
    they_support: bool

    @property
    def commitment(self) -> Commitment:
        """The row itself."""
        return self.carried.commitment


@dataclasses.dataclass(frozen=True)
class Since:
    """What happened after the day of the last meeting, up to now."""

    done: int
    unmet: int
    fresh: int
    entries: int
    on_commitments: int
    shifts: int
    latest: tuple[Progress, ...]  # the newest entry of each commitment, the newest first


class BriefFacts:
    """Everything between ``host`` and ``partner`` that ``user`` may see, as of ``at``; each question asked once.

    With a meeting, *last time* is the meeting before it. The number of queries does not grow with the rows.
    """

    def __init__(
        self, host: Agency, partner: Agency, user: User, *, at: dt.datetime, meeting: Meeting | None = None
    ) -> None:
        self.host, self.partner, self.user, self.at, self.meeting = host, partner, user, at, meeting
        self.today = at.astimezone(host.clock).date()

    @cached_property
    def open_rows(self) -> list[Open]:
        """What is open between the two, in the order of :func:`commitments.carry.carried`."""
        rows = carried(self.host, self.partner, self.user, at=self.at)
        keys = [row.commitment.pk for row in rows]
        supporting: dict[int, list[Agency]] = defaultdict(list)
        for part in Contribution.objects.filter(commitment__in=keys).select_related("agency"):
            supporting[part.commitment_id].append(part.agency)
        answers = stated(Consent.objects.filter(terms__commitment__in=keys))
        present = Terms.objects.filter(commitment__in=keys, n=F("commitment__terms_n"))
        terms = dict(present.values_list("commitment", "pk"))
        return [
            self._open(row, supporting[row.commitment.pk], answers.get(row.commitment.pk, []), terms[row.commitment.pk])
            for row in rows
        ]

    @cached_property
    def previous(self) -> Meeting | None:
        """The last meeting with the partner that was held (before the meeting of this brief)."""
        held = self._meetings().order_by("-held_on", "-pk")
        if self.meeting is None:
            return held.filter(held_on__lte=self.today).first()
        named = held.filter(pk=self.meeting.previous_id).first() if self.meeting.previous_id else None
        earlier = held.filter(held_on__lte=min(self.meeting.held_on, self.today)).exclude(pk=self.meeting.pk)
        return named or earlier.first()

    @cached_property
    def people(self) -> list[Attendance]:
        """Whom the partner sent to held meetings, the last meeting first; everybody once."""
        rows = Attendance.objects.filter(agency__in=self._side(), meeting__in=self._meetings().values("pk"))
        named = rows.exclude(name="", post_text="").select_related("agency")
        found: dict[tuple[int, str, str], Attendance] = {}
        for row in named.order_by("-meeting__held_on", "agency__path", "pk")[:100]:
            found.setdefault((row.agency_id, row.name, row.post_text), row)
        return list(found.values())

    @cached_property
    def last_word(self) -> Progress | None:
        """The newest entry that came from the partner, whoever wrote it down."""
        side = self._side().values("pk")
        theirs = Q(on_behalf_of__in=side) | Q(agency__in=side)
        return self._journal().filter(theirs).order_by("-at", "-pk").first()

    @cached_property
    def since(self) -> Since | None:
        """What happened after the day of the last meeting; None when there was none."""
        if self.previous is None:
            return None
        start = self.host.midnight_after(self.previous.held_on)
        rows = self._between().filter(shared_at__lte=self.at)
        closed = rows.filter(closed_at__gte=start)
        entries = list(self._journal().filter(at__gte=start).values_list("commitment", flat=True))
        return Since(
            done=closed.filter(status=Status.DONE).count(),
            unmet=closed.filter(status=Status.UNMET).count(),
            fresh=rows.filter(shared_at__gte=start).exclude(meeting=self.previous).count(),
            entries=len(entries),
            on_commitments=len(set(entries)),
            shifts=self._shifts(start),
            latest=self._latest(start),
        )

    @cached_property
    def closed(self) -> int:
        """How many commitments between the two are closed."""
        return self._between().filter(status__in=CLOSED).count()

    @cached_property
    def agreement(self) -> Agreement | None:
        """The agreement of the meeting, otherwise the last one signed between the two lines of offices."""
        if self.meeting is not None and self.meeting.agreement is not None:
            return self.meeting.agreement
        ours = Agreement.objects.filter(Q(host_agency=self.host) | Q(parties__agency__in=self.host.ancestor_ids))
        theirs = Agreement.objects.visible_to(self.user).filter(parties__agency__in=self.partner.ancestor_ids)
        return theirs.filter(pk__in=ours.values("pk")).order_by("-signed_on", "-pk").first()

    @property
    def is_example(self) -> bool:
        """Whether anything on the page was made up to show how it works."""
        things = (self.host, self.partner, self.meeting, self.previous, self.agreement)
        return any(thing.is_example for thing in things if thing is not None) or any(
            row.commitment.is_example for row in self.open_rows
        )

    def _open(self, row: Carried, supporting: list[Agency], answers: list[Stated], terms: int) -> Open:
        commitment = row.commitment
        stood = standpoint(
            answers,
            present_terms=terms,
            lead=commitment.lead_id,
            supporting=[agency.pk for agency in supporting],
            host=commitment.host_agency_id,
        )
        lead = [commitment.lead] if commitment.lead is not None else []
        return Open(
            carried=row,
            stood=stood,
            is_ours=any(self._is_host(agency) for agency in lead),
            is_theirs=any(self._is_partner(agency) for agency in lead),
            we_support=any(self._is_host(agency) for agency in supporting),
            they_support=any(self._is_partner(agency) for agency in supporting),
        )

    def _is_host(self, agency: Agency) -> bool:
        """Within the host's tree; should the partner stand in it too, without the partner's own branch."""
        is_branch = self._is_below and agency.path.startswith(self.partner.path)
        return agency.path.startswith(self.host.path) and not is_branch

    def _is_partner(self, agency: Agency) -> bool:
        return agency.path.startswith(self.partner.path) and not self._is_host(agency)

    @property
    def _is_below(self) -> bool:
        """Whether the partner is an office of the host's own tree."""
        return self.partner.path.startswith(self.host.path)

    def _side(self) -> AgencyQuerySet:
        """The partner and the offices below it; never the host, should the partner stand above it."""
        side = Agency.objects.within([self.partner])
        return side if self._is_below else side.exclude(path__startswith=self.host.path)

    def _meetings(self) -> MeetingQuerySet:
        side = self._side().values("pk")
        with_them = Meeting.objects.filter(Q(counterpart__in=side) | Q(attendance__agency__in=side))
        seen = Meeting.objects.visible_to(self.user).held().filter(host_agency=self.host)
        return seen.filter(pk__in=with_them.values("pk"))

    def _between(self) -> CommitmentQuerySet:
        """Counted rows of the host's record that concern the partner, closed ones too."""
        mine = Commitment.objects.visible_to(self.user).counted().filter(host_agency=self.host)
        return mine.filter(pk__in=Commitment.objects.filter(concerning(self._side())).values("pk"))

    def _journal(self) -> QuerySet[Progress]:
        return Progress.objects.filter(commitment__in=self._between().values("pk"), at__lte=self.at).select_related(
            "commitment", "agency", "on_behalf_of"
        )

    def _latest(self, start: dt.datetime) -> tuple[Progress, ...]:
        found: dict[int, Progress] = {}
        for entry in self._journal().filter(at__gte=start).order_by("-at", "-pk")[:LATEST]:
            found.setdefault(entry.commitment_id, entry)
        return tuple(found.values())

    def _shifts(self, start: dt.datetime) -> int:
        """Known dates that were changed; naming a first date, or editing a draft, is no change."""
        before = Terms.objects.filter(commitment=OuterRef("commitment"), n=OuterRef("n") - 1).values("due_on")[:1]
        made = Terms.objects.filter(commitment__in=self._between().values("pk"), at__gte=start, at__lte=self.at)
        known = made.filter(at__gt=F("commitment__shared_at")).annotate(before=Subquery(before))
        return sum(old is not None and old != new for old, new in known.values_list("before", "due_on"))
