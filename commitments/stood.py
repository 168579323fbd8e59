"""Where commitments stood at the end of an earlier day, told by their Moves and Terms and not by today's copies."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from agencies.models import Zone
from commitments.models import DueBasis, Move, Terms
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import OPEN, Status
from config.templatetags.waktu import tanggal
from config.workdays import WIB

OPENED, LATE, DONE = "terbuka", "terlambat", "selesai"
THEN = re.compile(r"^(?P<what>terbuka|terlambat|selesai)-(?P<day>20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$")


def end_of(day: dt.date, *, at: dt.datetime) -> dt.datetime:
    """The last microsecond of ``day`` in WIB, but never later than ``at``."""
    return min(at, dt.datetime.combine(day, dt.time.max, tzinfo=WIB))


def stood(commitments: CommitmentQuerySet, written: str, *, at: dt.datetime) -> CommitmentQuerySet:
    """The rows that were open, late or done at the end of a day: ``terlambat-2026-02-15``.

    None for a day that does not exist.
    """
    found = THEN.fullmatch(written)
    day = _day(found["day"]) if found else None
    if found is None or day is None:
        return commitments.none()
    instant = end_of(day, at=at)
    moves = Move.objects.filter(commitment=OuterRef("pk"), at__lte=instant).order_by("-at", "-pk")
    terms = Terms.objects.filter(commitment=OuterRef("pk"), at__lte=instant).order_by("-n")
    rows = commitments.kept().annotate(
        then_status=Subquery(moves.values("to_status")[:1]),
        then_moved_at=Subquery(moves.values("at")[:1]),
        then_due_on=Subquery(terms.values("due_on")[:1]),
        then_basis=Subquery(terms.values("due_basis")[:1]),
        then_zone=Coalesce(Subquery(terms.values("lead__zone")[:1]), F("host_agency__zone")),
    )
    if found["what"] == DONE:
        return rows.filter(then_status=Status.DONE)
    rows = rows.filter(then_status__in=OPEN)
    return rows if found["what"] == OPENED else rows.filter(_was_late(instant))


def stood_words(written: str) -> str:
    """The chip: ``Melewati tenggat pada 15 Februari 2026``."""
    found = THEN.fullmatch(written)
    day = _day(found["day"]) if found else None
    words = {
        OPENED: _("Belum selesai pada %(day)s"),
        LATE: _("Melewati tenggat pada %(day)s"),
        DONE: _("Sudah selesai pada %(day)s"),
    }
    return words[found["what"]] % {"day": tanggal(day)} if found and day else written


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _was_late(instant: dt.datetime) -> Q:
    """An agreed date had passed where the keeper is; a claim counts as of its submission."""
    is_claim, late = Q(then_status=Status.SUBMITTED), Q(pk__in=[])
    for zone in Zone:
        clock = ZoneInfo(zone)
        late |= Q(then_zone=zone) & (
            (~is_claim & Q(then_due_on__lt=instant.astimezone(clock).date()))
            | (is_claim & Q(then_due_on__lt=TruncDate("then_moved_at", tzinfo=clock)))
        )
    return Q(then_basis=DueBasis.AGREED) & late
