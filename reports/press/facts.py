"""What a text for the press may say: plain values with their sources, free of the database, frozen as JSON."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Part(StrEnum):
    """What a person did, by the words that were recorded."""

    LEADS = "LEADS"
    RECEIVES = "RECEIVES"
    PRESENT = "PRESENT"
    SPOKE = "SPOKE"
    SIGNED = "SIGNED"


@dataclass(frozen=True, slots=True)
class Office:
    """An agency with all its names. ``is_named``: a text about progress may name it beside a commitment."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A post, perhaps with a name, as recorded; ``source`` is the code of the record."""

    words: str
    part: Part
    source: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as of the instant of the facts. ``lead`` and ``supporting`` are codes of offices.

    ``kind`` and ``status`` are the stored values. Numbers are decimals as text, empty when unknown.
    """

    code: str
    wording: str
    kind: str
    status: str
    condition: str
    lead: str = ""
    supporting: tuple[str, ...] = ()
    due_on: dt.date | None = None
    is_due_agreed: bool = False
    closed_on: dt.date | None = None
    target: str = ""
    realised: str = ""
    unit: str = ""
    days_past: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Recorded words of somebody; only those with ``may_quote`` may be printed."""

    source: str
    speaker: str
    words: str
    may_quote: bool
    allowed_by: str = ""


@dataclass(frozen=True, slots=True)
class Pact:
    """The agreement behind it all."""

    code: str
    kind: str
    title: str
    signed_on: dt.date
    parties: tuple[str, ...]
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting that took place."""

    code: str
    kind: str
    held_on: dt.date
    host: str = ""
    counterpart: str = ""
    present: tuple[str, ...] = ()
    place: str = ""
    starts_at: str = ""
    is_open_list: bool = False


@dataclass(frozen=True, slots=True)
class PressFacts:
    """Everything one text may say. ``numbers``: figures by name (``total``, ``done``, ...); see ``sources``.

    ``subject`` is the code of what the text is about: a meeting, a report or an agreement.
    """

    subject: str
    is_progress: bool
    as_of: dt.date
    issuer: Office
    city: str = ""
    pact: Pact | None = None
    occasions: tuple[Occasion, ...] = ()
    offices: tuple[Office, ...] = ()
    people: tuple[Person, ...] = ()
    rows: tuple[Row, ...] = ()
    quotes: tuple[Quote, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    period: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    check_url: str = ""
    is_open_list: bool = False
    is_example: bool = False

    @property
    def occasion(self) -> Occasion | None:
        """The one meeting a text about a meeting is about."""
        return self.occasions[0] if self.occasions and not self.is_progress else None

    def office(self, code: str) -> Office | None:
        """The office with this code."""
        return next((office for office in (self.issuer, *self.offices) if office.code == code), None)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: days as ISO text, tuples as lists."""
        stored: dict[str, Any] = _plain(dataclasses.asdict(self))
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote. KeyError or TypeError on anything else."""
        values = _with_days(stored)
        values["issuer"] = _one(Office, stored["issuer"])
        values["pact"] = _one(Pact, stored["pact"]) if stored.get("pact") else None
        for name, shape in (
            ("occasions", Occasion), ("offices", Office), ("people", Person), ("rows", Row), ("quotes", Quote)
        ):  # fmt: skip
            values[name] = tuple(_one(shape, one) for one in stored.get(name, ()))
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _one(shape: Any, stored: Mapping[str, Any]) -> Any:
    values = _with_days(stored)
    if "part" in values:
        values["part"] = Part(values["part"])
    return shape(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _with_days(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with days where the names say so."""
    return {
        name: dt.date.fromisoformat(value) if value and name.endswith(("_on", "as_of")) else value
        for name, value in stored.items()
    }
