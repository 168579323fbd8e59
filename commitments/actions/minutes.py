"""A signed copy of the minutes: kept with the meeting, and the strongest yes to the lines it names."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import record
from agencies.models import Agency, User
from agencies.policy import require
from commitments.actions.terms import basis_for, raise_basis
from commitments.models import Answer, Commitment, Consent, Strength, Terms
from commitments.status import OPEN, Status
from config.files import StoredFile
from config.templatetags.waktu import tanggal
from meetings.actions import attach_file
from meetings.minutes import latest_version, record_signed
from meetings.minutes_rules import may_answer_minutes
from meetings.models import FileKind, Meeting, MinutesNote


@dataclasses.dataclass(frozen=True)
class SignedMinutes:
    """What stands on the signed copy: number, date, its scan, and the agencies whose signature is on it."""

    number: str
    signed_on: dt.date
    scan: StoredFile
    agencies: tuple[Agency, ...]


@transaction.atomic
def sign_minutes(meeting: Meeting, signed: SignedMinutes, *, by: User, at: dt.datetime) -> list[MinutesNote]:
    """*Notula disahkan*: keep the scan, and confirm for every agency that signed the lines that are its own.

    An agency's own lines are those it leads or supports, and those without owner. A line whose words, owner,
    date or target changed since the minutes were sent keeps the confirmation at the version that was signed.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=meeting.pk)
    require(may_answer_minutes(by, meeting))
    rows = Commitment.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk")
    lines = {row.code: row for row in rows.select_related("lead", "host_agency")}
    document = attach_file(
        meeting, FileKind.MINUTES, signed.scan, by=by, at=at, letter_number=signed.number, letter_on=signed.signed_on
    )
    notes = record_signed(meeting, document, signed.agencies, by=by, at=at)
    version = latest_version(meeting)
    assert version is not None  # record_signed refuses without one
    for said in version.content["lines"]:
        commitment = lines.get(said["code"])
        if commitment is not None and commitment.status != Status.MERGED:
            _confirm(commitment, said["terms_n"], signed, by=by, at=at)
    return notes


def _confirm(commitment: Commitment, signed_n: int, signed: SignedMinutes, *, by: User, at: dt.datetime) -> None:
    """Write the consents of one line, and let an agreed date follow from them."""
    terms = _signed_terms(commitment, signed_n)
    if terms is None:
        return
    known = set(
        terms.consents.filter(strength=Strength.CONFIRMED, answer=Answer.AGREED).values_list("agency", flat=True)
    )
    fresh = [agency for agency in _own(commitment, signed.agencies) if agency.pk not in known]
    if not fresh:
        return
    for agency in fresh:
        Consent.objects.create(
            agency=agency, terms=terms, strength=Strength.CONFIRMED, source=_source(signed), by=by, at=at
        )
    if terms.n == commitment.terms_n and commitment.status in OPEN:
        _follow(commitment, terms, by=by, at=at)
    record(
        "commitment.confirmed_by_document",
        on=commitment,
        by=by,
        at=at,
        after={
            "agencies": sorted(agency.code for agency in fresh),
            "n": terms.n,
            "document": signed.scan.sha256,
            "signed_on": signed.signed_on,
        },
        texts={"letter_number": signed.number},
    )


def _follow(commitment: Commitment, terms: Terms, *, by: User, at: dt.datetime) -> None:
    """A date stands as agreed once its lead confirmed it."""
    agreed = terms.consents.filter(answer=Answer.AGREED).values_list("agency", flat=True)
    basis = basis_for(due_on=commitment.due_on, lead=commitment.lead, host=commitment.host_agency, agreed=agreed)
    if basis != commitment.due_basis:
        raise_basis(commitment, terms, basis, by=by, at=at)
    commitment.version += 1
    commitment.save()


def _signed_terms(commitment: Commitment, signed_n: int) -> Terms | None:
    """The present version when it still says what was signed, otherwise the version that was signed."""
    by_number = {terms.n: terms for terms in commitment.terms.filter(n__in=(signed_n, commitment.terms_n))}
    signed, present = by_number.get(signed_n), by_number.get(commitment.terms_n)
    if signed is None or present is None:
        return signed
    return present if _substance(signed) == _substance(present) else signed


def _substance(terms: Terms) -> tuple[object, ...]:
    return (terms.wording, terms.lead_id, terms.due_on, terms.target, terms.unit)


def _own(commitment: Commitment, agencies: Iterable[Agency]) -> Sequence[Agency]:
    """The signing agencies to whom this line belongs; without an owner, all of them."""
    if commitment.lead_id is None:
        return list(agencies)
    own = {commitment.lead_id, *commitment.contributions.values_list("agency", flat=True)}
    return [agency for agency in agencies if agency.pk in own]


def _source(signed: SignedMinutes) -> str:
    """``Notula bertanda tangan 12/NTL/2026, 3 Februari 2026``; kept for ever, so in Indonesian."""
    with override(settings.LANGUAGE_CODE):
        words = _("Notula bertanda tangan %(number)s, %(day)s") % {
            "number": signed.number,
            "day": tanggal(signed.signed_on),
        }
    return words[:200]
