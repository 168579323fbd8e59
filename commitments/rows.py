"""A row of the list of commitments: what is read for it, and its words."""

import datetime as dt
from typing import TypedDict

from django.db.models import Exists, OuterRef, Subquery
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from agencies.models import User
from commitments.models import Answer, Commitment, Consent, Contribution, Kind, Strength
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from commitments.words import amount_words, basis_words, schedule_mark
from config.templatetags.ui import flag, status_tag
from config.templatetags.waktu import tanggal_pendek

TITLE_LENGTH = 140  # characters
READ = (
    "code", "wording", "status", "kind", "is_important", "is_example", "due_on", "due_basis", "late_from",
    "submitted_at", "target", "realised", "unit", "agreement", "host_agency__zone", "lead__zone", "lead__short_name",
)  # fmt: skip


class Row(TypedDict):
    """A commitment in the words of its row: the template, drawn fifty times a page, only places them."""

    commitment: Commitment
    code: str  # with what is special about it
    url: str
    title: str
    gaps: str
    lead: str  # short name
    strength: str
    tags: SafeString  # status and mark
    due: str
    basis: str
    amount: str
    is_late: bool
    lacks_lead: bool  # and needs one
    lacks_date: bool


def with_words(rows: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Rows with all their row says, at constant cost."""
    consents = Consent.objects.filter(
        terms__commitment=OuterRef("pk"), terms__n=OuterRef("terms_n"), agency=OuterRef("lead"), answer=Answer.AGREED
    )
    own_parts = Contribution.objects.filter(commitment=OuterRef("pk"), agency__in=user.rights.own)
    return (
        rows.select_related("lead", "host_agency")
        .only(*READ)
        .annotate(
            lead_strength=Subquery(consents.order_by("strength").values("strength")[:1]),  # CONFIRMED comes first
            is_own_part=Exists(own_parts),
            has_clause=Exists(Commitment.clauses.through.objects.filter(commitment=OuterRef("pk"))),
        )
    )


def row_of(commitment: Commitment, user: User, *, at: dt.datetime) -> Row:
    """A row in words; who is only a party sees wording, owner, date and status."""
    is_full, lead, mark = _sees_all(commitment, user), commitment.lead, schedule_mark(commitment, at=at)
    is_open = commitment.is_open
    return Row(
        commitment=commitment,
        code=_code_words(commitment),
        url=commitment.get_absolute_url(),
        title=_title(commitment.wording),
        gaps=_gaps(commitment) if is_full and is_open else "",
        lead=lead.short_name if lead else "",
        strength=_strength_words(commitment) if is_full and lead else "",
        tags=status_tag(commitment.status) + (flag(mark.kind, mark.words) if mark else SafeString()),
        due=tanggal_pendek(commitment.due_on),
        basis=basis_words(commitment),
        amount=amount_words(commitment) if is_full else "",
        is_late=mark is not None and mark.kind == "late",
        lacks_lead=lead is None and (is_open or commitment.status == Status.DRAFT),
        lacks_date=commitment.due_on is None and is_open,
    )


def _title(wording: str) -> str:
    return wording if len(wording) <= TITLE_LENGTH else Truncator(wording).chars(TITLE_LENGTH)


def _code_words(commitment: Commitment) -> str:
    """``K-2026-014 · penting · rencana``."""
    words = [commitment.code]
    if commitment.is_important:
        words.append(_("penting"))
    if commitment.kind != Kind.AGREED:
        words.append(str(Kind(commitment.kind).label))
    if commitment.is_example:
        words.append(_("DATA CONTOH"))
    return " · ".join(words)


def _strength_words(commitment: Commitment) -> str:
    return str(Strength(getattr(commitment, "lead_strength", None) or Strength.RECORDED).label)


def _sees_all(commitment: Commitment, user: User) -> bool:
    rights = user.rights
    return (
        bool({commitment.host_agency_id, commitment.lead_id} & rights.own)
        or commitment.lead_id is None
        or commitment.agreement_id in rights.audited_agreements
        or bool(getattr(commitment, "is_own_part", False))
    )


def _gaps(commitment: Commitment) -> str:
    words = [_("tanpa target")] if commitment.target is None else []
    if not getattr(commitment, "has_clause", True):
        words.append(_("belum dikaitkan dengan ruang lingkup"))
    return ", ".join(words)
