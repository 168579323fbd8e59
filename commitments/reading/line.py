"""One commitment as the box reads it, and what it still lacks."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commitments.reading.offers import Offer
from commitments.reading.remarks import Remark, gettext_noop
from commitments.reading.spans import Span


class Gap(StrEnum):
    """What a commitment still lacks. A gap never keeps a line from being saved."""

    OWNER = gettext_noop("penanggung jawab")
    DATE = gettext_noop("tenggat")
    TARGET = gettext_noop("target")
    SCOPE = gettext_noop("ruang lingkup")


@dataclass(frozen=True, slots=True)
class ClauseName:
    """A scope item that can be named: its key (``1``, ``3.1.b``) and its words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment as read. Codes, keys and words are those of the vocabulary and of the writer."""

    number: int  # of the physical line, from 1
    wording: str
    span: Span  # the typed line without bullet
    wording_span: Span  # from the first to the last word of the wording
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    due_on: dt.date | None = None
    clause_keys: tuple[str, ...] = ()
    target: Decimal | None = None
    unit: str = ""
    note: str = ""
    person_text: str = ""  # the post or person that does it, in the writer's words
    is_important: bool = False
    remarks: tuple[Remark, ...] = ()
    offers: tuple[Offer, ...] = ()  # what the ordinary words seem to say; nothing of it is assigned

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is still to be completed, in the order it is printed."""
        missing = {
            Gap.OWNER: self.lead is None,
            Gap.DATE: self.due_on is None,
            Gap.TARGET: self.target is None,
            Gap.SCOPE: not self.clause_keys,
        }
        return tuple(gap for gap, is_missing in missing.items() if is_missing)
