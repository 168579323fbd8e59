"""What the pages hand to the actions that record: a meeting, a letter, their lines, and the text these stand in."""

import dataclasses
import datetime as dt

from agencies.models import Agency, Agreement
from commitments.actions.terms import TermsEntry, Tick
from commitments.models import Commitment, Kind
from meetings.models import MeetingKind

FACTS = ("held_on", "kind", "counterpart", "agreement", "led_by", "received_by", "place", "is_open_list", "minutes")


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
    """One line of the box: its terms, the span of its words in the typed text, and who agreed in the room.

    ``reminders_from`` mutes an old row: what was due before that day is not reminded of. ``progress_on``: the line
    is no new promise but an entry in the journal of that commitment.
    """

    terms: TermsEntry
    start: int
    end: int
    note: str = ""
    ticks: tuple[Tick, ...] = ()
    kind: str = Kind.AGREED
    is_important: bool = False
    person_text: str = ""
    reminders_from: dt.date | None = None
    progress_on: Commitment | None = None


@dataclasses.dataclass(frozen=True)
class SourceEntry:
    """A text that others wrote and that was pasted or came as a file: its name, and where it was published."""

    label: str
    address: str = ""


@dataclasses.dataclass(frozen=True)
class Written:
    """A text, the lines that stand in it, and what it is called when others wrote it."""

    text: str
    lines: list[LineEntry]
    source: SourceEntry | None = None


@dataclasses.dataclass(frozen=True)
class LetterEntry:
    """A letter or an instruction from which commitments follow without a meeting."""

    host_agency: Agency
    origin: str
    origin_on: dt.date
    reference: str
    agreement: Agreement | None = None
