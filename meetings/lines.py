"""The commitments of a meeting as its page shows them. Reached through the related manager: they stand above."""

import dataclasses
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency, User
from config.templatetags.waktu import angka, tanggal_pendek
from meetings.models import Attendance, Meeting

if TYPE_CHECKING:
    from django.db.models import Manager

OUTSIDE = ("VOID", "MERGED")
"""Statuses of lines that are shown and not counted; they are those of ``commitments.status``, which stands above."""


@dataclasses.dataclass(frozen=True)
class AgreeBox:
    """One agency beside one line: did it agree in the room, and the name of the tick that says so.

    The name carries a digest of what the line says: nobody agrees to words that changed meanwhile.
    """

    agency: Agency
    field: str
    has_agreed: bool


@dataclasses.dataclass(frozen=True)
class MeetingLine:
    """A commitment of the meeting with the consents to its present version."""

    commitment: Any
    consents: tuple[Any, ...]
    boxes: tuple[AgreeBox, ...]

    @property
    def facts(self) -> list[str]:
        """Code, owner, date with its basis, target and scope in words; what is missing is not repeated here."""
        row = self.commitment
        clauses = ", ".join(clause.number for clause in row.clauses.all())
        return [
            row.code,
            *([_("penting")] if row.is_important else []),
            *([row.get_kind_display()] if row.kind != "AGREED" else []),
            *([self._owner()] if row.lead else []),
            *([row.person_text] if row.person_text else []),
            *([f"{_('tenggat')} {tanggal_pendek(row.due_on)} ({row.get_due_basis_display()})"] if row.due_on else []),
            *([f"{_('target')} {angka(row.target)} {row.unit}".rstrip()] if row.target is not None else []),
            *([f"{_('ruang lingkup')} {clauses}"] if clauses else []),
            *([] if self.consents else [_("dicatat, belum dikonfirmasi")]),
        ]

    def _owner(self) -> str:
        supporters = len(self.commitment.contributions.all())
        if not supporters:
            return str(self.commitment.lead)
        words = ngettext("%(n)d pendukung", "%(n)d pendukung", supporters) % {"n": supporters}
        return f"{self.commitment.lead} + {words}"

    @property
    def is_counted(self) -> bool:
        """Whether it is one of the meeting's commitments: neither void nor merged into another one."""
        return self.commitment.status not in OUTSIDE

    @property
    def gaps(self) -> list[str]:
        """What is still to be completed, in words; of what is closed or gone nothing is."""
        return list(self.commitment.gaps) if self.is_open_for_ticks else []

    @property
    def is_open_for_ticks(self) -> bool:
        """Whether anybody can still be ticked: a draft, or shared and not closed."""
        return bool(self.commitment.status == "DRAFT" or self.commitment.is_open)


@dataclasses.dataclass(frozen=True)
class LineCount:
    """How many commitments of a meeting a person may see, and how many of them are drafts."""

    all: int = 0
    drafts: int = 0


def agencies_in_room(meeting: Meeting) -> list[Agency]:
    """Who was there in the order of the tree: the partner and everybody ticked; the host keeps the record."""
    found = {row.agency_id: row.agency for row in meeting.attendance.all()}
    if meeting.counterpart is not None:
        found[meeting.counterpart.pk] = meeting.counterpart
    return sorted(found.values(), key=lambda agency: (agency.path, agency.code))


def spokespeople(meeting: Meeting) -> dict[int, Attendance]:
    """The first named person of each agency that was there."""
    found: dict[int, Attendance] = {}
    for row in meeting.attendance.all():
        if row.name or row.post_text:
            found.setdefault(row.agency_id, row)
    return found


def lines_of(meeting: Meeting, user: User) -> list[MeetingLine]:
    """The lines this person may see, in the order they were typed, at constant cost."""
    rows = (
        meeting.commitments.visible_to(user)
        .with_row_data()
        .prefetch_related("terms__consents__agency")
        .order_by("position", "pk")
    )
    room = agencies_in_room(meeting)
    return [_line(commitment, room) for commitment in rows]


def tick_name(commitment: Any, agency: Agency) -> str:
    """The name of a tick, such as ``setuju-K-2026-001-3f2a90c1-naker``."""
    return f"setuju-{commitment.code}-{_said(commitment)}-{agency.code}"


def _said(commitment: Any) -> str:
    """Eight digits of what a line binds: words, owner, date, target."""
    said = (commitment.wording, commitment.lead_id, commitment.due_on, commitment.target, commitment.unit)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]


def _line(commitment: Any, room: list[Agency]) -> MeetingLine:
    present_terms = [terms for terms in commitment.terms.all() if terms.n == commitment.terms_n]
    consents = tuple(consent for terms in present_terms for consent in terms.consents.all())
    agreed = {consent.agency_id for consent in consents if consent.answer == "AGREED"}
    boxes = tuple(AgreeBox(agency, tick_name(commitment, agency), agency.pk in agreed) for agency in room)
    return MeetingLine(commitment, consents, boxes)


def line_counts(meetings: Iterable[Meeting], user: User) -> dict[int, LineCount]:
    """Commitments per meeting (by primary key) that this person may see: two numbers, one query.

    They are those that the list of commitments shows for the meeting: void and merged lines are not counted.
    """
    commitments: Manager[Any] = Meeting._meta.get_field("commitments").related_model._default_manager
    rows = (
        commitments.visible_to(user)  # type: ignore[attr-defined]
        .filter(meeting__in=[meeting.pk for meeting in meetings])
        .exclude(status__in=OUTSIDE)
        .order_by()
        .values("meeting")
        .annotate(seen=Count("pk"), unshared=Count("pk", filter=Q(status="DRAFT")))
    )
    return {row["meeting"]: LineCount(row["seen"], row["unshared"]) for row in rows}
