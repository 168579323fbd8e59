"""The row of a report: one commitment in plain values, free of the database, as of one instant."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Agency
from commitments.models import Kind, Origin, Strength
from commitments.status import CLOSED, OPEN, Condition, Status
from commitments.words import share
from config.workdays import day_of
from reports.counting.history import Shift, Then, deciding_agencies
from reports.counting.strength import Remark, Standpoint, standpoint

GAPS = ("owner", "date", "target", "scope")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One commitment as every party may see it. Days are WIB, ``days_past`` calendar days in the lead's zone.

    ``share`` is the percentage of the target that was reported; it may pass 100 and is None without both
    numbers. ``gaps`` names what an open row lacks (owner, date, target, scope). ``shift_log`` holds every
    change of a date that was known. Agencies are told by code (``host_code`` keeps the record).
    """

    code: str
    kind: str
    wording: str
    original: str
    clause_numbers: tuple[str, ...]
    meeting_code: str
    origin_on: dt.date
    origin: str
    is_open_list: bool
    host_code: str
    lead_code: str
    lead_name: str
    supporting: tuple[str, ...]
    due_on: dt.date | None
    due_basis: str
    shift_log: tuple[Shift, ...]
    first_due_on: dt.date | None
    target: Decimal | None
    unit: str
    realised: Decimal | None
    share: Decimal | None
    status: Status
    condition: Condition
    days_past: int
    is_past_proposal: bool
    strength: Strength
    strength_words: str
    is_confirmed_by_partner: bool
    remarks: tuple[Remark, ...]
    verified_by: str
    gaps: tuple[str, ...]
    last_news_on: dt.date | None
    shared_on: dt.date | None
    submitted_on: dt.date | None
    closed_on: dt.date | None
    is_example: bool

    @property
    def is_late(self) -> bool:
        """Past an agreed date."""
        return self.condition == Condition.LATE

    @property
    def is_open(self) -> bool:
        """Not closed."""
        return self.status in OPEN

    @property
    def shifts(self) -> int:
        """How often a known date was changed."""
        return len(self.shift_log)


def rows_of(then: Iterable[Then]) -> tuple[ReportRow, ...]:
    """Turn histories into rows, in their order. One query, for the posts of those who verified."""
    then = list(then)
    deciders = deciding_agencies(t.verification for t in then if t.verification is not None)
    return tuple(_row(t, deciders.get(t.verification.pk, []) if t.verification else []) for t in then)


def stood_of(then: Then) -> Standpoint:
    """Tell how firmly the agencies of a commitment stood by its binding version."""
    return standpoint(
        then.consents,
        present_terms=then.terms.pk,
        lead=then.terms.lead_id,
        supporting=[pk for pk in then.supporting_ids if pk != then.terms.lead_id],
        host=then.commitment.host_id,
    )


def _row(then: Then, deciders: list[Agency]) -> ReportRow:
    commitment, terms, lead, realised = then.commitment, then.terms, then.lead, then.realised
    stood = stood_of(then)
    return ReportRow(
        code=commitment.code,
        kind=str(Kind(commitment.kind).label),
        wording=terms.wording,
        original=commitment.original,
        clause_numbers=tuple(item.number for item in then.clauses),
        meeting_code=commitment.meeting_code or "",
        origin_on=commitment.origin_on,
        origin=str(Origin(commitment.origin).label),
        is_open_list=bool(commitment.is_open_list),
        host_code=then.host.code,
        lead_code=lead.code if lead else "",
        lead_name=lead.short_name if lead else "",
        supporting=tuple(one.short_name for one in then.supporting if one.pk != terms.lead_id),
        due_on=terms.due_on,
        due_basis=terms.due_basis,
        shift_log=tuple(then.shifts()),
        first_due_on=then.first_due_on,
        target=terms.target,
        unit=terms.unit,
        realised=realised,
        share=_share(realised, terms.target),
        status=then.status,
        condition=then.condition,
        days_past=then.days_past,
        is_past_proposal=then.is_past_proposal,
        strength=stood.strength,
        strength_words=stood.words,
        is_confirmed_by_partner=stood.is_confirmed_by_partner,
        remarks=stood.remarks,
        verified_by=_verified_by(then, deciders),
        gaps=_gaps(then),
        last_news_on=day_of(then.progress[-1].at) if then.progress else None,
        shared_on=day_of(then.shared_at) if then.shared_at else None,
        submitted_on=day_of(then.submitted_at) if then.submitted_at else None,
        closed_on=day_of(then.closed_at) if then.closed_at else None,
        is_example=commitment.is_example,
    )


def _share(realised: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Whole percent of the target, as the pages print it."""
    return Decimal(share(realised, target)) if realised is not None and target else None


def _gaps(then: Then) -> tuple[str, ...]:
    if not then.is_open:
        return ()
    missing = (then.terms.lead_id is None, then.terms.due_on is None, then.terms.target is None, not then.clauses)
    return tuple(gap for gap, is_missing in zip(GAPS, missing, strict=True) if is_missing)


def _verified_by(then: Then, deciders: list[Agency]) -> str:
    """The rung of the ladder *dilaporkan -> diverifikasi* in words; empty before anything was claimed.

    A side is named only when the decider is known to have held a post there on that day; otherwise none is.
    """
    if then.status == Status.SUBMITTED:
        return _("selesai menurut laporan, belum diverifikasi")
    if then.status not in CLOSED or then.verification is None:
        return ""
    if then.verification.decided_by_id is None:
        return _("diverifikasi dengan dokumen")
    if _speaks_for([then.host], deciders):
        return _("diverifikasi pengelola")
    if then.lead and _speaks_for([then.lead], deciders):
        return _("diverifikasi penanggung jawab")
    return _("diverifikasi pendukung") if _speaks_for(then.supporting, deciders) else _("diverifikasi")


def _speaks_for(agencies: Iterable[Agency], deciders: Iterable[Agency]) -> bool:
    """Whether a decider stands in one of the agencies or above it."""
    above = {pk for agency in agencies for pk in agency.ancestor_ids}
    return any(agency.pk in above for agency in deciders)
