"""A commitment's schedule, amounts and strength in words, for lists and pages."""

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Commitment, DueBasis
from commitments.status import Status
from config.templatetags.waktu import angka
from config.workdays import day_of

NEAR_DAYS = 7
SILENT_DAYS = 30


@dataclasses.dataclass(frozen=True)
class Mark:
    """A derived mark beside the status: ``kind`` names its look, ``words`` say it."""

    kind: str
    words: str


def schedule_mark(commitment: Commitment, *, at: dt.datetime) -> Mark | None:
    """How the date stands: late only when it was agreed; a proposal is never called late."""
    if commitment.due_on is None or not commitment.is_open:
        return None
    past, left = commitment.days_past(at=at), days_left(commitment, at=at)
    if commitment.is_late(at=at):
        return Mark("late", ngettext("terlambat %(n)d hari", "terlambat %(n)d hari", past) % {"n": past})
    if commitment.is_past_proposal(at=at):
        words = ngettext("melewati tanggal usulan %(n)d hari", "melewati tanggal usulan %(n)d hari", past)
        return Mark("proposed", words % {"n": past})
    if left > NEAR_DAYS or commitment.status == Status.SUBMITTED:
        return None
    words = ngettext("tinggal %(n)d hari", "tinggal %(n)d hari", left) if left else _("hari ini tenggat")
    return Mark("near", words % {"n": left})


def days_left(commitment: Commitment, *, at: dt.datetime) -> int:
    """Calendar days until the date where the lead is (without lead: the host); negative when past."""
    assert commitment.due_on is not None
    zone = (commitment.lead or commitment.host_agency).clock
    return (commitment.due_on - at.astimezone(zone).date()).days


def basis_words(commitment: Commitment) -> str:
    """Whether the date was agreed or only proposed; empty without a date."""
    if commitment.due_on is None:
        return ""
    return _("disepakati") if commitment.due_basis == DueBasis.AGREED else _("usulan")


def silence_mark(commitment: Commitment, *, at: dt.datetime) -> Mark | None:
    """No word for a month while it is open."""
    last = commitment.last_progress_at or commitment.shared_at
    if not commitment.is_open or commitment.status == Status.SUBMITTED or last is None:
        return None
    days = (at - last).days
    return Mark("silent", _("belum ada perkembangan %(n)d hari") % {"n": days}) if days >= SILENT_DAYS else None


def amount_words(commitment: Commitment) -> str:
    """``1 dari 4 kali (25%)``; without a target only what was done."""
    unit = commitment.unit
    if commitment.target is None:
        return f"{angka(commitment.realised)} {unit}".strip() if commitment.realised is not None else ""
    done = commitment.realised or Decimal(0)
    words = _("%(n)s dari %(m)s %(unit)s") % {"n": angka(done), "m": angka(commitment.target), "unit": unit}
    return f"{words.strip()} ({share(done, commitment.target)}%)" if commitment.target else words.strip()


def share(part: Decimal | int, whole: Decimal | int) -> int:
    """Whole percent, half up."""
    return int((Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def days_waiting(commitment: Commitment, *, at: dt.datetime) -> str:
    """How many calendar days a claim has waited for its decision, in words."""
    if commitment.submitted_at is None:
        return ""
    days = (day_of(at) - day_of(commitment.submitted_at)).days
    if not days:
        return _("sejak hari ini")
    return ngettext("menunggu %(n)d hari", "menunggu %(n)d hari", days) % {"n": days}
