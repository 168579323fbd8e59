"""A snapshot as a page: everything printed comes from the snapshot, so the same one prints the same document."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from commitments.status import Condition, Status
from config.qr import qr_address
from config.templatetags.waktu import tanggal_pendek
from reports.counting.tracing import names
from reports.models import Audience, grouped
from reports.options import Form, ReportOptions
from reports.papers.frame import logo_address, page_look, watermark
from reports.papers.photos import pictures
from reports.printing.charts import MARKS, bar_svg, mark_svg, swatch_svg
from reports.printing.outline import outline
from reports.printing.pdf import Progress, Rendered, data_uri, render_pdf
from reports.printing.plots import bullet_svg, trend_svg
from reports.snapshots.snapshot import Snapshot

NUMBERS = frozenset({"target", "realised", "share"})
TABLE_ROWS = 100
"""Longer tables are laid out in pieces: the cost of a table grows faster than its rows."""
PHOTOS_ON_A_PAGE = 6
MOST_URGENT = 3
LATER: Snapshot = {
    "revision": 1,
    "audience": "INTERNAL",
    "page_url": "",
    "narrowed": {},
    "photos": [],
    "leads": [],
    "changes": None,
}
"""What snapshots of the first schema did not have yet."""


def print_report(
    snapshot: Snapshot, *, digest: str, issued: bool, seconds: int = 60, progress: Progress | None = None
) -> Rendered:
    """The PDF of a snapshot. ``issued``: with the letterhead and without the DRAF mark.

    Raises :class:`reports.printing.pdf.RenderFailed` with a sentence.
    """
    return render_pdf(
        report_html(snapshot, digest=digest, issued=issued),
        identifier=digest,
        made_at=snapshot["made_at"],
        seconds=seconds,
        progress=progress,
    )


def report_html(snapshot: Snapshot, *, digest: str, issued: bool) -> str:
    """The document in HTML, with every picture and typeface inside it; Indonesian whatever the reader's language.

    Raises :class:`reports.printing.pdf.RenderFailed` naming a photo that cannot be read.
    """
    snapshot = LATER | snapshot
    options = ReportOptions.from_json(snapshot.get("options", {}))
    facts = revive(snapshot)
    counts = snapshot["totals"]["by_condition"]
    name = "one_page" if options.form == Form.ONE_PAGE else "report"
    with translation.override("id"), timezone.override(ZoneInfo(snapshot["issuer"]["zone"])):
        return render_to_string(
            f"reports/pdf/{name}.html",
            {
                "s": facts,
                "options": options,
                "parts": outline(snapshot, options),
                "digest": digest,
                "issued": issued,
                "is_public": snapshot["audience"] == Audience.PUBLIC,
                **page_look(size=options.paper, is_plain=bool(snapshot["issuer"].get("is_plain_type"))),
                "logo": logo_address(snapshot["issuer"].get("logo", "")) if issued else "",
                "marks": _marks(),
                "bar": data_uri(bar_svg(counts), "image/svg+xml"),
                "bar_words": _bar_words(counts),
                "conditions": _conditions(counts),
                "digest_words": grouped(digest),
                "watermark": watermark(is_draft=not issued, is_example=facts["is_example"]),
                "qr": qr_address(snapshot["check_url"]),
                "figure_url": _figure_url(snapshot),
                "linked": _linked(snapshot),
                "signatories": snapshot.get("signatories") or [snapshot["issuer"]["signing_post"]],
                **_rows(facts),
                **_drawings(facts),
                "photo_pages": _pieces(pictures(facts["photos"]), PHOTOS_ON_A_PAGE),
            },
        )


def revive(value: Any, name: str = "") -> Any:
    """Dates, instants and decimals back from their texts, told by the name of the field."""
    if isinstance(value, dict):
        return {key: revive(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [revive(inner, name) for inner in value]
    if not isinstance(value, str) or not value:
        return value
    if name.endswith("_on"):
        return dt.date.fromisoformat(value)
    if name.endswith(("_at", "as_of")):
        return dt.datetime.fromisoformat(value)
    return Decimal(value) if name in NUMBERS else value


def _rows(facts: Snapshot) -> dict[str, Any]:
    """The rows as the parts print them: in pieces, and those that one part is about."""
    rows = [row | {"place": place} for place, row in enumerate(facts["rows"], start=1)]
    period = facts["period"]
    by_code = {row["code"]: row for row in rows}
    hindered = [row for row in rows if row["condition"] in (Condition.LATE, Condition.BLOCKED)]
    done = [
        row
        for row in rows
        if row["status"] == Status.DONE and period["starts_on"] <= row["closed_on"] <= period["ends_on"]
    ]
    shifted = [row for row in rows if row.get("shift_log")]
    return {
        "row_pieces": _pieces(rows, TABLE_ROWS),
        "hindered_pieces": _pieces(hindered, TABLE_ROWS),
        "done_pieces": _pieces(done, TABLE_ROWS),
        "shifted": shifted,
        "upcoming": [one | {"row": by_code[one["code"]]} for one in facts.get("upcoming", ())],
        "urgent": sorted(hindered, key=_urgency)[:MOST_URGENT],
    }


def _urgency(row: dict[str, Any]) -> tuple[bool, int, str]:
    """Own duties first, then by days past the date."""
    return not row.get("own"), -row["days_past"], row["code"]


def _drawings(facts: Snapshot) -> dict[str, Any]:
    """Scope items with their bars, and the weeks with their lines."""
    weeks = facts.get("trend", ())
    series = {
        _("terbuka"): [week["open"] for week in weeks],
        _("melewati tenggat"): [week["late"] for week in weeks],
        _("selesai"): [week["done"] for week in weeks],
    }
    days = [tanggal_pendek(week["ends_on"]).rsplit(" ", 1)[0] for week in weeks]
    return {
        "clauses": [(one, *_clause_pictures(one)) for one in facts["clauses"]],
        "trend": data_uri(trend_svg(series, days), "image/svg+xml") if weeks else "",
    }


def _clause_pictures(clause: dict[str, Any]) -> tuple[str, str]:
    """A small bar of conditions, and a bullet with the expected tick where progress can be measured."""
    if not clause["total"]:
        return "", ""
    bar = bar_svg(clause["by_condition"], width=44.0, height=3.6, numbers=False)
    realised, expected = clause.get("realised"), clause.get("expected")
    if not realised or realised["percent"] is None:
        return data_uri(bar, "image/svg+xml"), ""
    bullet = bullet_svg(realised["percent"], expected["percent"] if expected else None, width=44.0)
    return data_uri(bar, "image/svg+xml"), data_uri(bullet, "image/svg+xml")


def _figure_url(snapshot: Snapshot) -> str:
    """The start of the address behind every number; empty where readers have no account."""
    is_public = snapshot["audience"] == Audience.PUBLIC
    return "" if is_public or not snapshot["page_url"] else f"{snapshot['page_url']}angka/"


def _linked(snapshot: Snapshot) -> dict[str, str | int]:
    """The numbers inside sentences by the name of their figure, with the way to their rows where there is one."""
    address, known = _figure_url(snapshot), names(snapshot)
    totals, gaps, flows = snapshot["totals"], snapshot["gaps"], snapshot["flows"]
    numbers = {"total": totals["total"], "confirmed": totals["confirmed"]}
    numbers |= {f"gap-{name}": gaps[name] for name in ("owner", "date", "target", "scope")}
    numbers |= {f"flow-{name}": flows[name] for name in ("done", "shifts")}
    return {
        name.replace("-", "_"): format_html('<a href="{}{}/">{}</a>', address, name, number)
        if address and name in known
        else number
        for name, number in numbers.items()
    }


def _pieces(rows: Iterable[Any], size: int) -> list[list[Any]]:
    rows = list(rows)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _marks() -> dict[str, str]:
    """Addresses of the marks by condition or name, for the style sheet."""
    names = {str(condition): name for condition, name in MARKS.items()}
    return {key: data_uri(mark_svg(name), "image/svg+xml") for key, name in names.items()}


def _conditions(counts: dict[str, int]) -> list[dict[str, Any]]:
    """The eight conditions with their word, number and pattern, in the order of the bar."""
    return [
        {
            "code": str(condition),
            "label": Condition(condition).label,
            "count": counts.get(condition, 0),
            "swatch": data_uri(swatch_svg(condition), "image/svg+xml"),
        }
        for condition in MARKS
    ]


def _bar_words(counts: dict[str, int]) -> str:
    """The picture in words, for those who do not see it."""
    shown = [condition for condition in MARKS if counts.get(condition)]
    parts = [f"{Condition(condition).label.lower()} {counts[condition]}" for condition in shown]
    return _("Batang kondisi komitmen: %(parts)s.") % {"parts": ", ".join(parts) or _("belum ada komitmen")}
