"""What a report would say, before anybody asks for it: its page, how long it is, and what it will point out."""

import datetime as dt
import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency, Agreement
from commitments.models import Commitment
from config.workdays import WIB
from reports.counting.periods import Period, current_periods, end_instant
from reports.options import ReportOptions
from reports.printing.document import report_html
from reports.printing.estimate import estimated_pages, too_long_words
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import Snapshot

ROWS, PHOTOS = 60, 6
"""At most so many are shown; the report has all of them."""
CODE = "PRATINJAU"
"""Stands where the code will be."""


@dataclass(frozen=True)
class Preview:
    """The facts of a report that nobody has asked for yet."""

    snapshot: Snapshot
    total: int
    pages: int
    warnings: tuple[str, ...]

    @property
    def html(self) -> str:
        """The same page that the PDF is made of, with a style for the screen. Raises RenderFailed."""
        document = report_html(self.snapshot, digest="", issued=False)
        return document.replace("</head>", render_to_string("reports/pdf/preview_head.html") + "</head>", 1)


def preview_of(
    agreement: Agreement, period: Period, *, issuer: Agency, at: dt.datetime, options: ReportOptions
) -> Preview:
    """Count as the report would. Raises Refusal when such a report cannot be made."""
    with translation.override("id"):  # as the report will be frozen, whatever language its reader has chosen
        snapshot = json.loads(freeze(agreement, period, issuer=issuer, at=at, options=options))
    total, pages = snapshot["totals"]["total"], estimated_pages(snapshot)
    warnings = tuple(filter(None, [too_long_words(pages), *_warnings(snapshot)]))
    snapshot["check_url"] = snapshot["check_url"].replace(snapshot["code"], CODE)
    snapshot |= {"code": CODE, "page_url": ""}
    snapshot["rows"] = snapshot["rows"][:ROWS]
    shown = {row["code"] for row in snapshot["rows"]}
    snapshot["upcoming"] = [one for one in snapshot.get("upcoming", []) if one["code"] in shown]
    snapshot["photos"] = snapshot.get("photos", [])[:PHOTOS]
    return Preview(snapshot, total, pages, warnings)


def nearest_period(agreement: Agreement, period: Period, *, today: dt.date) -> Period | None:
    """The choice nearest to ``period``, as long as it if possible, in which the agreement has commitments.

    None when it has none at all.
    """
    shared = Commitment.objects.counted().filter(agreement=agreement)

    def distance(one: Period) -> tuple[bool, int]:
        return _months(one) != _months(period), abs((one.ends_on - period.ends_on).days)

    for choice in sorted(current_periods(today), key=distance):
        begins = dt.datetime.combine(choice.starts_on, dt.time(), tzinfo=WIB)
        stock = shared.filter(shared_at__lte=end_instant(choice)).exclude(closed_at__lt=begins)
        if stock.exists():
            return choice
    return None


def _months(period: Period) -> int:
    return 12 * (period.ends_on.year - period.starts_on.year) + period.ends_on.month - period.starts_on.month


def _warnings(snapshot: Snapshot) -> list[str]:
    """What the report will mark, and what hinders its issue."""
    gaps, found = snapshot["gaps"], []
    if n := gaps["owner"]:
        words = ngettext(
            "%(n)d komitmen tanpa penanggung jawab akan ditandai.",
            "%(n)d komitmen tanpa penanggung jawab akan ditandai.",
            n,
        )
        found.append(words % {"n": n})
    if n := gaps["date"]:
        words = ngettext(
            "%(n)d komitmen tanpa tenggat akan ditandai.", "%(n)d komitmen tanpa tenggat akan ditandai.", n
        )
        found.append(words % {"n": n})
    if n := snapshot["totals"]["drafts"]:
        words = ngettext("%(n)d draf berada di luar jumlah.", "%(n)d draf berada di luar jumlah.", n)
        found.append(words % {"n": n})
    if not snapshot["clauses"]:
        found.append(_("Ruang lingkup kesepakatan ini belum diisi."))
    if snapshot["is_example"]:
        found.append(_("Memuat data contoh, sehingga tidak dapat diterbitkan."))
    if len(snapshot["rows"]) > ROWS:
        found.append(_("Pratinjau memuat %(n)d komitmen pertama.") % {"n": ROWS})
    return found
