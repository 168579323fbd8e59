"""Commitments to which something happened between two days (WIB, both inclusive)."""

import datetime as dt
import re
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from commitments.models import Commitment, Terms
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from config.templatetags.waktu import tanggal
from config.workdays import WIB

SHARED, DONE, SHIFTED = "disampaikan", "selesai", "tenggat-diubah"
_DAY = r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
HAPPENED = re.compile(rf"^(?P<what>disampaikan|selesai|tenggat-diubah)-(?P<first>{_DAY})-(?P<last>{_DAY})$")


def happened(commitments: CommitmentQuerySet, what: str, first: dt.date, last: dt.date) -> CommitmentQuerySet:
    """Counted rows that were made known, verified or given another date between ``first`` and ``last``."""
    start = dt.datetime.combine(first, dt.time.min, tzinfo=WIB)
    end = dt.datetime.combine(last, dt.time.max, tzinfo=WIB)
    rows = commitments.counted()
    if what == SHARED:
        return rows.filter(shared_at__range=(start, end))
    if what == DONE:
        return rows.filter(status=Status.DONE, closed_at__range=(start, end))
    shifted = _shifts().filter(at__range=(start, end)).order_by().values("commitment")
    # what is counted was made known; the second reason has the database look up the first once and not row by row
    return rows.filter(Q(pk__in=shifted) | Q(shared_at=None))


def written_as(what: str, first: dt.date, last: dt.date) -> str:
    """As it stands in an address."""
    return f"{what}-{first}-{last}"


def by_address(commitments: CommitmentQuerySet, written: str) -> CommitmentQuerySet:
    """The rows that an address asks for; none when a day of it does not exist."""
    found = _read(written)
    return happened(commitments, *found) if found else commitments.none()


def happened_words(written: str) -> str:
    """The chip: ``Selesai 1 Januari 2026 sampai 31 Maret 2026``."""
    found = _read(written)
    words = {
        SHARED: _("Disampaikan %(first)s sampai %(last)s"),
        DONE: _("Selesai %(first)s sampai %(last)s"),
        SHIFTED: _("Tenggat diubah %(first)s sampai %(last)s"),
    }
    if found is None:
        return written
    return words[found[0]] % {"first": tanggal(found[1]), "last": tanggal(found[2])}


def _read(written: str) -> tuple[str, dt.date, dt.date] | None:
    found = HAPPENED.fullmatch(written)
    try:
        days = [dt.date.fromisoformat(found[name]) for name in ("first", "last")] if found else []
    except ValueError:
        return None
    return (found["what"], days[0], days[1]) if found else None


def _shifts() -> QuerySet[Terms]:
    """Versions that change or take away a date that was known; a first date and edits of a draft are no change.

    Most versions are told by the one before them; only a date after none is compared with the last one named.
    """
    same = Terms.objects.filter(commitment=OuterRef("commitment")).order_by()
    before = same.filter(n=OuterRef("n") - 1)
    redrafted = same.filter(n__gt=OuterRef("n"), at__lte=OuterRef("commitment__shared_at"))
    named = same.filter(~Exists(redrafted), n__lt=OuterRef("n")).exclude(due_on=None).order_by("-n")
    said = Coalesce(OuterRef("due_on"), Value(dt.date.min))
    moved = before.filter(Q(due_on__gt=said) | Q(due_on__lt=said))
    shared = Commitment.objects.filter(pk=OuterRef("commitment")).order_by()
    versions = Terms.objects.filter(n__gt=1).annotate(
        moved_n=_one(moved, "n"),
        undated_n=_one(before.filter(due_on=None), "n"),
        named_on=_one(named, "due_on"),
        shared_at=_one(shared, "shared_at"),
    )
    is_named_anew = Q(due_on__isnull=False, undated_n__isnull=False, named_on__isnull=False) & ~Q(due_on=F("named_on"))
    return versions.filter(Q(moved_n__isnull=False) | is_named_anew, at__gt=F("shared_at"))


def _one(rows: "QuerySet[Any, Any]", name: str) -> Subquery:
    """A value of the one row, looked up row by row: for a mere whether a database would read the whole table."""
    return Subquery(rows.values(name)[:1])
