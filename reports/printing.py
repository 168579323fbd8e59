"""A snapshot as a page: everything printed comes from the snapshot, so the same one prints the same document."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commitments.status import Condition
from reports.charts import MARKS, bar_svg, mark_svg, qr_svg, swatch_svg
from reports.models import grouped
from reports.pdf import Progress, Rendered, data_uri, font_addresses, render_pdf
from reports.snapshot import Snapshot

NUMBERS = frozenset({"target", "realised", "share"})


def print_report(
    snapshot: Snapshot, *, digest: str, issued: bool, seconds: int = 60, progress: Progress | None = None
) -> Rendered:
    """The PDF of a snapshot. ``issued``: with the letterhead and without the DRAF mark.

    Raises :class:`reports.pdf.RenderFailed` with a sentence.
    """
    return render_pdf(
        report_html(snapshot, digest=digest, issued=issued),
        identifier=digest,
        made_at=snapshot["made_at"],
        seconds=seconds,
        progress=progress,
    )


def report_html(snapshot: Snapshot, *, digest: str, issued: bool) -> str:
    """The document in HTML, with every picture and typeface inside it; Indonesian whatever the reader's language."""
    facts = revive(snapshot)
    with translation.override("id"), timezone.override(ZoneInfo(snapshot["issuer"]["zone"])):
        return render_to_string(
            "reports/pdf/report.html",
            {
                "s": facts,
                "digest": digest,
                "issued": issued,
                "fonts": font_addresses(),
                "marks": _marks(),
                "bar": data_uri(bar_svg(snapshot["totals"]["by_condition"]), "image/svg+xml"),
                "bar_words": _bar_words(snapshot["totals"]["by_condition"]),
                "conditions": _conditions(snapshot["totals"]["by_condition"]),
                "clauses": list(zip(facts["clauses"], _clause_bars(facts["clauses"]), strict=True)),
                "digest_words": grouped(digest),
                "watermark": _watermark(is_draft=not issued, is_example=facts["is_example"]),
                "qr": data_uri(qr_svg(snapshot["check_url"]), "image/svg+xml"),
                "late_or_blocked": [
                    row for row in facts["rows"] if row["condition"] in (Condition.LATE, Condition.BLOCKED)
                ],
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


def _clause_bars(clauses: list[dict[str, Any]]) -> list[str]:
    """A small bar for each scope item, in the same patterns."""
    return [
        data_uri(bar_svg(one["by_condition"], width=44.0, height=3.6, numbers=False), "image/svg+xml")
        if one["total"]
        else ""
        for one in clauses
    ]


def _watermark(*, is_draft: bool, is_example: bool) -> str:
    """The address of the words that lie across every page; empty when there is nothing to say."""
    words = [word for word, said in ((_("DRAF"), is_draft), (_("DATA CONTOH"), is_example)) if said]
    if not words:
        return ""
    return data_uri(render_to_string("reports/pdf/watermark.svg", {"words": words}), "image/svg+xml")
