"""What can be found in a press release or minutes: the shapes, without any rule."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from commitments.reading.release.reasons import Reason
from commitments.reading.spans import Span


class Kind(StrEnum):
    """How firm a commitment is by its own words."""

    AGREED = "agreed"  # an item of what the text presents as the outcome
    PLAN = "plan"  # a concrete next action
    PLEDGE = "pledge"  # the declared readiness of one party
    EXPLORATION = "exploration"  # an agreed item that only promises to look into something


class Part(StrEnum):
    """What a person did at the meeting."""

    LEADS = "leads"
    RECEIVES = "receives"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the text, where they stand, why they were taken, and whether they need a second look."""

    text: str
    span: Span
    reason: Reason
    is_sure: bool


@dataclass(frozen=True, slots=True)
class FoundDate(Found):
    """A day. ``on`` is None when the text gives day and month but nowhere the year."""

    on: dt.date | None


@dataclass(frozen=True, slots=True)
class FoundAgency(Found):
    """An office. ``code`` is None when it is not in the directory; two offices may share one span."""

    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class FoundPerson(Found):
    """Somebody who was there: ``name`` is None where only the post is told."""

    name: str | None
    post: str
    agency: str | None
    part: Part


@dataclass(frozen=True, slots=True)
class FoundCommitment(Found):
    """A commitment. ``agencies`` and ``codes`` are those its own sentence names: suggestions, never an assignment."""

    kind: Kind
    agencies: tuple[str, ...]
    codes: tuple[str, ...]
    due_on: dt.date | None
    due_span: Span | None


@dataclass(frozen=True, slots=True)
class FoundStatement(Found):
    """A quotation, without its quotes."""

    speaker: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """Everything one text says, in the order of the text. ``text`` is the text the spans point into: store this one."""

    text: str
    held_on: FoundDate | None = None
    published_on: FoundDate | None = None
    place: Found | None = None
    host: FoundAgency | None = None
    partner: FoundAgency | None = None
    agencies: tuple[FoundAgency, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    legal_basis: tuple[Found, ...] = ()
    commitments: tuple[FoundCommitment, ...] = ()
    statements: tuple[FoundStatement, ...] = ()
    open_list: Found | None = None  # words such as "antara lain": the list of outcomes is not complete
    remarks: tuple[Reason, ...] = ()  # about the text as a whole
