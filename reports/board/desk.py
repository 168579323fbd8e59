"""A person's desk: what their agencies owe soon, and what waits for them to move; blocks follow their roles."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.drafts import address_of, drafts_of
from agencies.models import Agreement, Delivery, DeliveryState, Draft, Role, User
from agencies.policy import allowed
from commitments.models import Commitment
from commitments.queues import awaiting_decision, owed_by
from commitments.reminders import last_sweep
from commitments.words import Mark, schedule_mark
from config.workdays import day_of
from meetings.lines import LineCount, line_counts
from meetings.models import Meeting, MeetingQuerySet
from reports.board.groups import NEAR_DAYS, Owed, Whole, owed, whole
from reports.board.numbers import Filter, Number
from reports.board.overview import Headline, headline, late_words
from reports.board.tallied import Near, Tallied, Turns, count_turns, tallied
from reports.board.waiting import Waiting, waiting_for
from reports.models import Report
from reports.presets import Preset, presets_for

DUTY_ROWS = 10
SHORT = 5
MEETINGS = 3
SHOWN_OF_DUTY = (
    "code", "wording", "status", "due_on", "due_basis", "late_from", "submitted_at", "lead__short_name", "lead__zone",
)  # fmt: skip
SHOWN_OF_MEETING = ("code", "kind", "status", "held_on", "shared_at", "host_agency", "counterpart__short_name")
SHOWN_OF_REPORT = ("code", "status", "period", "made_at", "agreement__code")
DUTIES = Filter((("tugas", "kewajiban"),))


@dataclass(frozen=True, slots=True)
class Duty:
    """An open commitment of one's own, with the mark of its date."""

    commitment: Commitment
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting that took place; ``commitments``: how many it has, None for meetings kept by others."""

    meeting: Meeting
    commitments: int | None


@dataclass(frozen=True, slots=True)
class Mail:
    """Whether notices go out: the last sweep, messages waiting past their time, those that failed for good."""

    swept_at: dt.datetime | None
    overdue: int
    failed: int


class Desk:
    """What the front page asks; each block is asked of the database only when the page shows it."""

    def __init__(self, user: User, *, at: dt.datetime) -> None:
        self.user, self.at = user, at
        self.today = day_of(at)
        self.seen = Commitment.objects.visible_to(user)
        roles = user.rights.roles
        self.is_officer, self.is_decider = Role.OFFICER in roles, Role.SUPERVISOR in roles
        self.is_press, self.is_admin, self.is_auditor = Role.PRESS in roles, Role.ADMIN in roles, Role.AUDITOR in roles
        self.has_duties = self.is_officer or self.is_decider
        self.may_log = bool(allowed(user, "meeting.log"))
        self.may_make_reports = bool(allowed(user, "report.make"))

    @cached_property
    def owed(self) -> Owed:
        """Figures of the open duties of the person's agencies."""
        return owed(self.known, self.user.rights.own)

    @property
    def owed_query(self) -> str:
        """The address part that opens the open duties."""
        return DUTIES.query

    @cached_property
    def everything(self) -> Headline:
        """All commitments the person may read, in two numbers."""
        return headline(self.whole)

    @cached_property
    def known(self) -> Tallied:
        """What the tallies tell of all that the person may read."""
        by_role = self.user.rights.by_role
        near = Near(deciding=by_role[Role.SUPERVISOR], keeping=by_role[Role.OFFICER])
        return tallied(self.user, at=self.at, most=0, near=near)

    @cached_property
    def whole(self) -> Whole:
        """All of it, counted."""
        return whole(self.known)

    @cached_property
    def turns(self) -> Turns:
        """What waits for the person's word or work, of what the tallies tell."""
        return count_turns(self.known)

    @cached_property
    def sentence(self) -> str:
        """What is late, what comes near, what waits; without duties only what waits."""
        owed, waiting = self.owed, self.waiting.count
        words = [late_words(owed.late, owed.longest_days, owed.next_due_on)] if owed.open else []
        if waiting:
            words.append(_("%(n)d menunggu keputusan Anda.") % {"n": waiting})
        if owed.near:
            words.append(_("%(n)d bertenggat dalam 14 hari.") % {"n": owed.near})
        return " ".join(words)

    @cached_property
    def duties(self) -> list[Duty]:
        """Open duties that are past their date or within a fortnight of it, the oldest date first."""
        if not self.owed.open:
            return []
        near = owed_by(self.seen, self.user).filter(due_on__lte=self.today + dt.timedelta(days=NEAR_DAYS))
        rows = near.select_related("lead").only(*SHOWN_OF_DUTY).order_by("due_on", "code")
        return [Duty(row, schedule_mark(row, at=self.at)) for row in rows[:DUTY_ROWS]]

    @cached_property
    def waiting(self) -> Waiting:
        """Claims to decide, counted, and reports to release."""
        return waiting_for(self.user, self.seen, self.turns.claims if self.is_decider else 0, at=self.at)

    @cached_property
    def claims(self) -> list[Commitment]:
        """The claims that have waited longest."""
        rows = awaiting_decision(self.seen, self.user).select_related("lead").only(*SHOWN_OF_DUTY)
        return list(rows.order_by("submitted_at", "code")[:SHORT])

    @cached_property
    def to_complete(self) -> Number:
        """Open rows with a gap, when the person's own agency keeps some of them."""
        return Number(self.whole.gaps if self.turns.lacking else 0, Filter((("celah", "ada"),)))

    @cached_property
    def drafts(self) -> Number:
        """Lines not made known yet."""
        return Number(self.known.drafted[0], Filter((("status", "DRAFT"),)))

    @cached_property
    def unsaved(self) -> list[tuple[Draft, str]]:
        """What the person has typed and not saved, each with the address where it goes on."""
        return [(draft, address_of(draft.content["path"], draft.form)) for draft in drafts_of(self.user)]

    @cached_property
    def messages(self) -> int:
        """WhatsApp texts that are ready for the officer to send."""
        return Delivery.objects.to_send_by_hand(self.user.rights.by_role[Role.OFFICER]).count()

    @cached_property
    def awaited(self) -> list[Meeting]:
        """Meetings to come, and those past their day whose outcome nobody wrote down, the earliest first."""
        return list(self._meetings.awaited().order_by("held_on", "pk")[:MEETINGS])

    @cached_property
    def meetings(self) -> list[Gathering]:
        """The latest meetings the person may read."""
        held = list(self._meetings.held().order_by("-held_on", "-pk")[:MEETINGS])
        kept = [meeting for meeting in held if meeting.host_agency_id in self.user.rights.own]
        counts = line_counts(kept, self.user) if kept else {}
        return [
            Gathering(meeting, counts.get(meeting.pk, LineCount()).all if meeting in kept else None) for meeting in held
        ]

    @property
    def _meetings(self) -> MeetingQuerySet:
        return Meeting.objects.visible_to(self.user).select_related("counterpart").only(*SHOWN_OF_MEETING)

    @cached_property
    def assigned(self) -> list[Agreement]:
        """Agreements assigned to the person for audit."""
        return list(Agreement.objects.filter(pk__in=self.user.rights.audited_agreements))

    @cached_property
    def presets(self) -> list[Preset]:
        """The usual reports of the agreement that was active last."""
        return presets_for(self.user, at=self.at, most=1)

    @cached_property
    def reports(self) -> list[Report]:
        """The latest reports the person may read."""
        rows = Report.objects.visible_to(self.user).select_related("agreement").only(*SHOWN_OF_REPORT)
        return list(rows[:MEETINGS])

    @cached_property
    def mail(self) -> Mail:
        """Whether notices go out; a message may wait a quarter of an hour for its sweep."""
        late = Delivery.objects.claimable(at=self.at - dt.timedelta(minutes=15)).values("state").order_by()
        failed = Delivery.objects.filter(state=DeliveryState.FAILED).values("state").order_by()
        both = late.annotate(n=Count("pk")).union(failed.annotate(n=Count("pk")))
        counts = dict(both.values_list("state", "n"))
        return Mail(last_sweep(), counts.get(DeliveryState.WAITING, 0), counts.get(DeliveryState.FAILED, 0))
