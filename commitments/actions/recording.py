"""Record what was held and what was promised there, and make it known.

The box is consumed: saving turns each line into a row with a code; later edits go per row. The typed text
is kept as it was, and each commitment points to its span in it.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import record
from agencies.models import Agency, Agreement, User
from agencies.numbering import next_code
from agencies.policy import Refusal, no, permit
from commitments import notifications
from commitments.actions.terms import TermsEntry, Tick, agree_in_meeting, bind, set_links, write_terms
from commitments.models import Commitment, DueBasis, Move, Origin
from commitments.status import Status, Verb
from meetings.models import Attendance, Meeting, MeetingKind, SourceText


@dataclasses.dataclass(frozen=True)
class Presence:
    """An agency that was there, perhaps with a person."""

    agency: Agency
    name: str = ""
    post_text: str = ""


@dataclasses.dataclass(frozen=True)
class MeetingEntry:
    """What is known of a meeting; only host and date are required."""

    host_agency: Agency
    held_on: dt.date
    kind: str = MeetingKind.AUDIENCE
    counterpart: Agency | None = None
    agreement: Agreement | None = None
    led_by: str = ""
    received_by: str = ""
    place: str = ""
    is_open_list: bool = False
    minutes: str = ""
    source_url: str = ""
    present: tuple[Presence, ...] = ()


@dataclasses.dataclass(frozen=True)
class LineEntry:
    """One line of the box: its terms, the span of its words in the typed text, and who agreed in the room."""

    terms: TermsEntry
    start: int
    end: int
    note: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclasses.dataclass(frozen=True)
class LetterEntry:
    """A letter or an instruction from which commitments follow without a meeting."""

    host_agency: Agency
    origin: str
    origin_on: dt.date
    reference: str
    agreement: Agreement | None = None


class StaleMeeting(Exception):
    """Somebody else changed the meeting since the form was opened."""

    def __init__(self, current: Meeting) -> None:
        super().__init__(f"{current.code} is at version {current.version}")
        self.current = current


@transaction.atomic
def log_meeting(
    entry: MeetingEntry, *, text: str, lines: Sequence[LineEntry], by: User, at: dt.datetime, is_example: bool = False
) -> Meeting:
    """Save a meeting as a draft of its host, with one commitment per line.

    Raises Refusal when the person may not log for that agency, or when there is neither a line nor minutes.
    """
    permit(by, "meeting.log", entry.host_agency)
    if not lines and not entry.minutes.strip():
        raise Refusal(no(_("Tulis paling sedikit satu komitmen atau notula."), status=409))
    meeting = Meeting(
        code=next_code("A", entry.held_on.year),
        created_at=at,
        created_by=by,
        is_example=is_example,
        host_agency=entry.host_agency,
    )
    _fill(meeting, entry)
    meeting.save()
    _set_presence(meeting, entry.present)
    made = _write_lines(lines, text=text, label=_label(meeting), meeting=meeting, by=by, at=at)
    record(
        "meeting.logged",
        on=meeting,
        by=by,
        at=at,
        after={"held_on": meeting.held_on, "lines": [c.code for c in made], "agencies": _present_codes(meeting)},
    )
    return meeting


@transaction.atomic
def update_meeting(meeting: Meeting, entry: MeetingEntry, *, by: User, at: dt.datetime, version: int) -> Meeting:
    """Correct a meeting's own facts. Raises StaleMeeting when somebody was faster."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    if meeting.version != version:
        raise StaleMeeting(meeting)
    before = {"held_on": meeting.held_on, "kind": meeting.kind, "agencies": _present_codes(meeting)}
    _fill(meeting, entry)
    meeting.version += 1
    meeting.save()
    _set_presence(meeting, entry.present)
    for commitment in meeting.commitments.select_for_update(of=("self",)).order_by("pk"):
        _follow(commitment, meeting)
    record(
        "meeting.changed",
        on=meeting,
        by=by,
        at=at,
        before=before,
        after={"held_on": meeting.held_on, "kind": meeting.kind, "agencies": _present_codes(meeting)},
        texts={"minutes": meeting.minutes},
    )
    return meeting


@transaction.atomic
def add_lines(
    meeting: Meeting, *, text: str, lines: Sequence[LineEntry], by: User, at: dt.datetime
) -> list[Commitment]:
    """Add lines to a meeting that was saved before; they stay drafts until shared."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    made = _write_lines(lines, text=text, label=_label(meeting), meeting=meeting, by=by, at=at)
    record("meeting.lines_added", on=meeting, by=by, at=at, after={"lines": [c.code for c in made]})
    return made


@transaction.atomic
def record_letter(
    entry: LetterEntry, *, text: str, lines: Sequence[LineEntry], by: User, at: dt.datetime, is_example: bool = False
) -> list[Commitment]:
    """Record commitments that follow from a letter or an instruction; drafts until shared."""
    permit(by, "meeting.log", entry.host_agency)
    made = _write_lines(lines, text=text, label=_label(entry), letter=entry, by=by, at=at, is_example=is_example)
    for commitment in made:
        record(
            "commitment.recorded", on=commitment, by=by, at=at, after={"origin": entry.origin, "on": entry.origin_on}
        )
    return made


@transaction.atomic
def share(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """*Simpan dan sampaikan*: all draft lines become known with their gaps, and reminders begin.

    A second click finds nothing left to share and changes nothing.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.share", meeting)
    drafts = list(
        Commitment.objects.select_for_update(of=("self",))
        .filter(meeting=meeting)
        .drafts()
        .select_related("lead")
        .order_by("pk")
    )
    if meeting.is_shared and not drafts:
        return meeting
    if not meeting.is_shared:
        meeting.shared_at = at
        meeting.version += 1
        meeting.save(update_fields=["shared_at", "version"])
    _make_known(drafts, by=by, at=at)
    record("meeting.shared", on=meeting, by=by, at=at, after={"lines": [c.code for c in drafts]})
    return meeting


@transaction.atomic
def share_commitments(commitments: Iterable[Commitment], *, by: User, at: dt.datetime) -> list[Commitment]:
    """Make lines without a meeting (letter, instruction) known."""
    wanted = [c.pk for c in commitments]
    drafts = list(Commitment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).drafts().order_by("pk"))
    for commitment in drafts:
        permit(by, "commitment.change", commitment)
    _make_known(drafts, by=by, at=at)
    for commitment in drafts:
        record("commitment.shared", on=commitment, by=by, at=at)
    return drafts


@transaction.atomic
def discard(commitment: Commitment, *, by: User, at: dt.datetime, reason: str = "") -> None:
    """Discard a draft line: it is marked, never deleted, and its code is not used again."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    permit(by, "commitment.change", commitment)
    if commitment.status != Status.DRAFT:
        raise Refusal(no(_("Hanya draf yang dapat dibuang. Komitmen ini sudah disampaikan."), status=409))
    if commitment.is_discarded:
        return
    commitment.is_discarded = True
    commitment.save(update_fields=["is_discarded"])
    record("commitment.discarded", on=commitment, by=by, at=at, texts={"reason": reason})


def _fill(meeting: Meeting, entry: MeetingEntry) -> None:
    for field in (
        "held_on",
        "kind",
        "counterpart",
        "agreement",
        "led_by",
        "received_by",
        "place",
        "is_open_list",
        "minutes",
    ):
        setattr(meeting, field, getattr(entry, field))
    meeting.source_url = entry.source_url or meeting.source_url


def _follow(commitment: Commitment, meeting: Meeting) -> None:
    """A commitment's day and agreement are those of its meeting; scope items of another agreement fall away."""
    if (commitment.origin_on, commitment.agreement_id) == (meeting.held_on, meeting.agreement_id):
        return
    if commitment.agreement_id != meeting.agreement_id:
        commitment.clauses.clear()
    commitment.origin_on, commitment.agreement = meeting.held_on, meeting.agreement
    commitment.version += 1
    commitment.save(update_fields=["origin_on", "agreement", "version"])


def _set_presence(meeting: Meeting, present: Iterable[Presence]) -> None:
    wanted = {(p.agency.pk, p.name, p.post_text): p for p in present}
    for row in meeting.attendance.all():
        if wanted.pop((row.agency_id, row.name, row.post_text), None) is None:
            row.delete()
    for presence in wanted.values():
        Attendance.objects.create(
            meeting=meeting, agency=presence.agency, name=presence.name, post_text=presence.post_text
        )


def _present_codes(meeting: Meeting) -> list[str]:
    return sorted(set(meeting.attendance.values_list("agency__code", flat=True)))


def _label(source: Meeting | LetterEntry) -> str:
    """What the typed words are called; kept for ever, so in Indonesian whoever typed them."""
    with override(settings.LANGUAGE_CODE):
        if isinstance(source, Meeting):
            return _("Baris komitmen %(code)s") % {"code": source.code}
        named = f"{Origin(source.origin).label} {source.reference}".strip()
        return named[:1].upper() + named[1:]


def _write_lines(
    lines: Sequence[LineEntry],
    *,
    text: str,
    label: str,
    by: User,
    at: dt.datetime,
    meeting: Meeting | None = None,
    letter: LetterEntry | None = None,
    is_example: bool = False,
) -> list[Commitment]:
    """Keep the typed text and make one commitment per line, with version 1 of its terms."""
    if not lines:
        return []
    source = SourceText.objects.create(meeting=meeting, text=text, label=label, created_at=at, created_by=by)
    first = meeting.commitments.count() + 1 if meeting else 1
    made = []
    for position, line in enumerate(lines, start=first):
        commitment = _born(line, meeting=meeting, letter=letter)
        commitment.source, commitment.span_start, commitment.span_end = source, line.start, line.end
        commitment.position, commitment.note = position, line.note
        commitment.created_at, commitment.created_by = at, by
        commitment.is_example = is_example or bool(meeting and meeting.is_example)
        commitment.save()
        set_links(commitment, line.terms)
        write_terms(commitment, by=by, at=at)
        if line.ticks:
            commitment = agree_in_meeting(commitment, line.ticks, by=by, at=at)
        made.append(commitment)
    return made


def _born(line: LineEntry, *, meeting: Meeting | None, letter: LetterEntry | None) -> Commitment:
    """A new commitment with its code and its binding terms, not yet saved."""
    if meeting is not None:
        commitment = Commitment(
            origin=Origin.MEETING,
            origin_on=meeting.held_on,
            meeting=meeting,
            agreement=meeting.agreement,
            host_agency=meeting.host_agency,
        )
    elif letter is not None:
        commitment = Commitment(
            origin=letter.origin,
            origin_on=letter.origin_on,
            origin_reference=letter.reference,
            agreement=letter.agreement,
            host_agency=letter.host_agency,
        )
    else:
        raise ValueError("a commitment comes from a meeting, a letter or an instruction")
    commitment.code = next_code("K", commitment.origin_on.year)
    basis = DueBasis.PROPOSED if line.terms.due_on else ""
    bind(commitment, line.terms, basis=basis)
    return commitment


def _make_known(drafts: Sequence[Commitment], *, by: User, at: dt.datetime) -> None:
    for commitment in drafts:
        commitment.status, commitment.shared_at = Status.NOT_STARTED, at
        commitment.version += 1
        commitment.save(update_fields=["status", "shared_at", "version"])
        Move.objects.create(
            commitment=commitment, from_status=Status.DRAFT, to_status=Status.NOT_STARTED, verb=Verb.SHARE, at=at, by=by
        )
    notifications.lines_shared(drafts, by=by, at=at)
