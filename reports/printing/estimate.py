"""How many pages a report will have, before it is laid out: for the form, and for telling how far the work is."""

from math import ceil

from django.utils.translation import gettext as _

from commitments.status import Condition
from reports.options import Form, ReportOptions, Section
from reports.snapshots.snapshot import Snapshot

ROWS_A_PAGE = {Section.MATRIX: 9.4, Section.OVERDUE: 11, Section.ANNEX_A: 8.5, Section.ANNEX_B: 20, Section.DONE: 12}
PHOTOS_A_PAGE = 6
ALWAYS = 5.5  # summary, basis and approval, and what each further part begins with
MOST_PAGES = 220
"""More may take longer than the minute there is for publishing; each also wants about 2 MB of the page-maker's 1 GB."""


def estimated_pages(snapshot: Snapshot) -> int:
    """Pages of the document, give or take a few; at least 1."""
    options = ReportOptions.from_json(snapshot.get("options", {}))
    if options.form == Form.ONE_PAGE:
        return 1
    rows = snapshot["rows"]
    late = sum(row["condition"] in (Condition.LATE, Condition.BLOCKED) for row in rows)
    counts = {
        Section.MATRIX: len(rows),
        Section.ANNEX_A: len(rows),
        Section.OVERDUE: late,
        Section.DONE: sum(row["condition"] == Condition.DONE for row in rows),
        Section.ANNEX_B: sum(row["shifts"] for row in rows),
    }
    pages: float = ALWAYS + sum(count / ROWS_A_PAGE[part] for part, count in counts.items() if options.has(part))
    if options.has(Section.SCOPE):
        pages += len(snapshot["clauses"]) / 14
    if options.has(Section.PHOTOS):
        pages += ceil(len(snapshot.get("photos", ())) / PHOTOS_A_PAGE)
    if options.has(Section.ANNEX_C):
        pages += len(snapshot["meetings"]) / 20
    return ceil(pages + sum(options.has(part) for part in (Section.CHANGES, Section.TREND, Section.ANNEX_D)) * 0.7)


def too_long_words(pages: int) -> str:
    """Why a report of so many pages is not made, and what to do; empty when it can be."""
    if pages <= MOST_PAGES:
        return ""
    return _(
        "Laporan ini sekitar %(pages)d halaman; sekali susun paling banyak %(most)d. "
        "Pilih sebagian instansi, wilayah, atau bagian, atau periode yang lebih pendek."
    ) % {"pages": pages, "most": MOST_PAGES}
