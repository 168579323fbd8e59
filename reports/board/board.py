"""The dashboard of one person at one instant; each part is counted only when a page shows it."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models import Agreement, Role, User
from commitments.models import Commitment
from commitments.queues import kept_by
from reports.board import parts
from reports.board.choice import Choice
from reports.board.flows import FlowsPart, flows_part
from reports.board.medians import Medians, medians
from reports.board.numbers import Number
from reports.board.overview import Overview, overview
from reports.board.scope import ScopePart, scope_part
from reports.board.tallied import Near, Tallied, Turns, count_turns, tallied
from reports.board.waiting import Waiting, waiting_for

logger = logging.getLogger(__name__)

MOST_PARTNERS = 40
LATER: dict[str, str | Promise] = {
    "ruang-lingkup": _("Kemajuan per ruang lingkup"),
    "umur": _("Umur keterlambatan"),
    "tren": _("Tren 12 minggu"),
    "periode": _("Selama periode"),
}
"""Parts that may come after the page, by their name in the address."""


@dataclass(frozen=True)
class Part:
    """A part of the page: ``facts`` is None when it could not be counted, or while it is still to come."""

    name: str
    title: str | Promise
    facts: Any = None
    is_failed: bool = False


class Board:
    """What the dashboard asks."""

    def __init__(self, user: User, choice: Choice, *, at: dt.datetime, partners: int | None = MOST_PARTNERS) -> None:
        self.user, self.choice, self.at, self.partners = user, choice, at, partners
        self.within = choice.within
        self.seen = choice.narrow(Commitment.objects.visible_to(user))

    @cached_property
    def known(self) -> Tallied:
        """What the tallies tell of it."""
        near = Near(deciding=self.user.rights.by_role[Role.SUPERVISOR], keeping=kept_by(self.user))
        return tallied(self.user, at=self.at, most=self.partners, near=near, **self.choice.conditions)

    @cached_property
    def overview(self) -> Overview:
        """The matrix, own agencies and the first partners (all on the whole page), and what stands beside it."""
        return overview(self.known, own=self.user.rights.own, at=self.at, within=self.within)

    @cached_property
    def turns(self) -> Turns:
        """What waits for the reader's word or work, of what the tallies tell."""
        return count_turns(self.known)

    @cached_property
    def waiting(self) -> Waiting:
        """Claims to decide, counted, and reports to release."""
        return waiting_for(self.user, self.seen, self.turns.claims, at=self.at, agreement=self.choice.agreement)

    @cached_property
    def sentence(self) -> str:
        """The one sentence that answers first."""
        return self.overview.sentence(waiting=self.waiting.count)

    @cached_property
    def decisions(self) -> list[parts.Decision]:
        """What waits for the reader, when the reader is a supervisor."""
        if not self.waiting.is_decider:
            return []
        return parts.decisions(self.turns, self.seen, self.user, self.within, self.waiting)

    @cached_property
    def gaps(self) -> list[tuple[str, Number]]:
        """The four gaps with the words that stand beside them."""
        gaps = self.overview.gaps
        return [
            (str(_("tanpa penanggung jawab")), gaps.owner),
            (str(_("tanpa tenggat")), gaps.date),
            (str(_("tanpa target")), gaps.target),
            (str(_("belum dikaitkan dengan ruang lingkup")), gaps.scope),
        ]

    @cached_property
    def ahead(self) -> parts.AheadPart:
        """The next fortnight."""
        planned = parts.planned(self.user, self.choice.agreement, at=self.at)
        return parts.ahead_part(self.seen, planned, self.overview.near, at=self.at)

    @cached_property
    def medians(self) -> Medians | None:
        """How the agencies under the chosen agreement stand in the middle, without names."""
        return medians(self.choice.agreement, self.user.rights.own, at=self.at) if self.choice.agreement else None

    @property
    def names(self) -> list[str]:
        """The later parts of this page; the period's only when one is chosen."""
        return [name for name in LATER if name != "periode" or self.choice.period]

    def part(self, name: str) -> Part:
        """Count a later part; a failure is logged and leaves the rest of the page standing."""
        count = {"ruang-lingkup": self._scope, "umur": self._ages, "tren": self._weeks, "periode": self._flows}[name]
        try:
            return Part(name, LATER[name], count())
        except Exception:
            logger.exception("dashboard part %s", name)
            return Part(name, LATER[name], is_failed=True)

    def later(self, *, at_once: bool) -> list[Part]:
        """All later parts: counted now, or only named so that they can be fetched."""
        return [self.part(name) if at_once else Part(name, LATER[name]) for name in self.names]

    def _scope(self) -> ScopePart:
        chosen = self.choice.agreement
        known = Agreement.objects.visible_to(self.user).filter(pk__in=self.known.agreements())
        return scope_part(self.known, [chosen] if chosen else list(known), self.within)

    def _ages(self) -> parts.AgesPart:
        return parts.ages_part(self.known, self.within)

    def _weeks(self) -> parts.WeeksPart:
        return parts.weeks_part(self.known, self.within)

    def _flows(self) -> FlowsPart | None:
        period = self.choice.period
        return flows_part(self.known, self.within, period) if period else None
