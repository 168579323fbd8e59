"""Change what is promised: every version is kept, the binding one is copied onto the commitment."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import Values, record
from agencies.models import Agency, Clause, User
from agencies.policy import Refusal, no, require
from commitments import notifications, rules, tallies
from commitments.models import Answer, Commitment, Consent, Contribution, DueBasis, Strength, Terms
from commitments.status import Status


class StaleVersion(Exception):
    """Somebody else changed the row since the form was opened. ``current`` is what it says now."""

    def __init__(self, current: Commitment) -> None:
        super().__init__(f"{current.code} is at version {current.version}")
        self.current = current


@dataclasses.dataclass(frozen=True)
class TermsEntry:
    """What a version says. Dates are calendar days in the lead's zone."""

    wording: str
    lead: Agency | None = None
    due_on: dt.date | None = None
    target: decimal.Decimal | None = None
    unit: str = ""
    supporting: tuple[Agency, ...] = ()
    clauses: tuple[Clause, ...] = ()


def basis_for(*, due_on: dt.date | None, lead: Agency | None, host: Agency, agreed: Iterable[int]) -> str:
    """Whether a date is agreed: by the lead itself, or without a lead by anybody present but the host.

    ``agreed`` are the primary keys of agencies that stood by this version.
    """
    if due_on is None:
        return ""
    agreeing = set(agreed)
    stands = lead.pk in agreeing if lead else bool(agreeing - {host.pk})
    return DueBasis.AGREED if stands else DueBasis.PROPOSED


def bind(commitment: Commitment, entry: TermsEntry, *, basis: str) -> None:
    """Copy a version's values onto the (unsaved) commitment, with the instant from which its date is past."""
    commitment.wording, commitment.lead = entry.wording, entry.lead
    commitment.due_on, commitment.due_basis = entry.due_on, basis
    commitment.target, commitment.unit = entry.target, entry.unit
    keeper = entry.lead or commitment.host_agency
    commitment.late_from = keeper.midnight_after(entry.due_on) if entry.due_on else None


def write_terms(commitment: Commitment, *, by: User | None, at: dt.datetime, reason: str = "") -> Terms:
    """Append the commitment's present values as version ``terms_n``."""
    return Terms.objects.create(
        commitment=commitment,
        n=commitment.terms_n,
        wording=commitment.wording,
        lead=commitment.lead,
        due_on=commitment.due_on,
        due_basis=commitment.due_basis,
        target=commitment.target,
        unit=commitment.unit,
        reason=reason,
        proposed_by=by,
        at=at,
    )


def substance(commitment: Commitment) -> Values:
    """What a version binds, for comparing and for the trail (codes, never names of people)."""
    return {
        "lead": commitment.lead.code if commitment.lead else None,
        "due_on": commitment.due_on,
        "due_basis": commitment.due_basis,
        "target": commitment.target,
        "unit": commitment.unit,
    }


def _links(commitment: Commitment) -> Values:
    return {
        "supporting": sorted(c.agency.code for c in commitment.contributions.select_related("agency")),
        "clauses": sorted(commitment.clauses.values_list("number", flat=True)),
    }


def set_links(commitment: Commitment, entry: TermsEntry) -> None:
    """Make supporters and scope items those of the entry (the lead is never its own supporter)."""
    wanted = [agency for agency in entry.supporting if agency != entry.lead]
    commitment.contributions.exclude(agency__in=wanted).delete()
    for agency in wanted:
        Contribution.objects.get_or_create(commitment=commitment, agency=agency)
    commitment.clauses.set(entry.clauses)


def _basis_after(commitment: Commitment, entry: TermsEntry) -> str:
    """An agreed date stays agreed only while date and lead stay; anything new is a proposal again."""
    same = entry.due_on == commitment.due_on and entry.lead == commitment.lead
    if same:
        return commitment.due_basis
    return basis_for(due_on=entry.due_on, lead=entry.lead, host=commitment.host_agency, agreed=())


@transaction.atomic
def change_terms(
    commitment: Commitment, entry: TermsEntry, *, by: User, at: dt.datetime, version: int, reason: str = ""
) -> Commitment:
    """Complete or correct what is promised; the partner is told, the old version stays.

    Raises StaleVersion when ``version`` is no longer the row's, Refusal when the rule says no.
    """
    commitment = (
        Commitment.objects.select_for_update(of=("self",)).select_related("lead", "host_agency").get(pk=commitment.pk)
    )
    require(rules.may_change(by, commitment))
    if commitment.version != version:
        raise StaleVersion(commitment)
    _check_clauses(commitment, entry)
    before, old_wording, links = substance(commitment), commitment.wording, _links(commitment)
    with tallies.kept(commitment, at=at):
        bind(commitment, entry, basis=_basis_after(commitment, entry))
        set_links(commitment, entry)
    changed = substance(commitment) != before or commitment.wording != old_wording
    if not changed and _links(commitment) == links:
        return commitment
    if changed:
        commitment.terms_n += 1
        write_terms(commitment, by=by, at=at, reason=reason)
    commitment.version += 1
    commitment.save()
    if changed and commitment.status != Status.DRAFT:
        notifications.terms_changed(commitment, by=by, at=at)
    record(
        "commitment.terms_changed",
        on=commitment,
        by=by,
        at=at,
        before=before | links,
        after=substance(commitment) | _links(commitment) | {"n": commitment.terms_n},
        texts={"wording": commitment.wording if changed else "", "reason": reason},
    )
    return commitment


def _check_clauses(commitment: Commitment, entry: TermsEntry) -> None:
    """A scope item belongs to the commitment's own agreement."""
    if any(clause.agreement_id != commitment.agreement_id for clause in entry.clauses):
        raise Refusal(no(_("Ruang lingkup itu bukan bagian dari kesepakatan komitmen ini.")))


@dataclasses.dataclass(frozen=True)
class Tick:
    """An agency said yes in the meeting: who said it (name may be empty) and in which post."""

    agency: Agency
    name: str = ""
    post_text: str = ""


@transaction.atomic
def agree_in_meeting(commitment: Commitment, ticks: Iterable[Tick], *, by: User, at: dt.datetime) -> Commitment:
    """Note who agreed to the present version in the meeting. Ticking twice changes nothing.

    Only agencies that were there can be ticked. The date becomes *disepakati* by the rule of
    :func:`basis_for`; then a version with that basis follows, and the consents come along.
    """
    commitment = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("lead", "host_agency", "meeting")
        .get(pk=commitment.pk)
    )
    require(rules.may_tick(by, commitment))
    terms = commitment.terms.get(n=commitment.terms_n)
    agreed = set(terms.consents.filter(answer=Answer.AGREED).values_list("agency", flat=True))
    fresh = [tick for tick in ticks if tick.agency.pk not in agreed]
    if not fresh:
        return commitment
    _check_present(commitment, fresh)
    for tick in fresh:
        _consent(terms, tick, by=by, at=at)
    basis = basis_for(
        due_on=commitment.due_on,
        lead=commitment.lead,
        host=commitment.host_agency,
        agreed=agreed | {tick.agency.pk for tick in fresh},
    )
    if basis != commitment.due_basis:
        raise_basis(commitment, terms, basis, by=by, at=at)
    commitment.version += 1
    commitment.save()
    record(
        "commitment.agreed_in_meeting",
        on=commitment,
        by=by,
        at=at,
        after={"agencies": sorted(tick.agency.code for tick in fresh), "due_basis": basis, "n": commitment.terms_n},
    )
    return commitment


def _consent(terms: Terms, tick: Tick, *, by: User, at: dt.datetime) -> None:
    Consent.objects.create(
        agency=tick.agency,
        terms=terms,
        strength=Strength.IN_MEETING,
        name=tick.name,
        post_text=tick.post_text,
        source=terms.commitment.meeting.code if terms.commitment.meeting else "",
        by=by,
        at=at,
    )


def raise_basis(commitment: Commitment, terms: Terms, basis: str, *, by: User, at: dt.datetime) -> None:
    """Append the same version with the new basis and carry its consents over; the caller saves the row."""
    with tallies.kept(commitment, at=at):
        commitment.due_basis = basis
    commitment.terms_n += 1
    following = write_terms(commitment, by=by, at=at)
    for consent in terms.consents.all():
        Consent.objects.create(
            agency=consent.agency,
            terms=following,
            answer=consent.answer,
            strength=consent.strength,
            name=consent.name,
            post_text=consent.post_text,
            source=consent.source,
            text=consent.text,
            by=consent.by,
            at=consent.at,
        )


def _check_present(commitment: Commitment, ticks: list[Tick]) -> None:
    """Nobody agrees in a meeting they did not attend."""
    meeting = commitment.meeting
    present = {commitment.host_agency_id}
    if meeting is not None:
        present |= {meeting.counterpart_id or 0, *meeting.attendance.values_list("agency", flat=True)}
    for tick in ticks:
        if tick.agency.pk not in present:
            raise Refusal(
                no(_("%(agency)s tidak tercatat hadir dalam pertemuan ini.") % {"agency": tick.agency}, status=409)
            )
