"""A report or the dashboard as a short text for a WhatsApp group: the same figures, no names of people."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templatetags.waktu import tanggal_pendek, waktu
from config.workdays import day_of
from reports.board.overview import Overview
from reports.exports.lists import EXAMPLE
from reports.exports.report_tables import marks
from reports.models import Report

LONGEST = 900  # characters; more is folded away on a phone


def report_text(report: Report, snapshot: dict[str, Any]) -> str:
    """The figures of a report with its code; only an issued one carries the address where it is checked."""
    totals, total = snapshot["totals"], snapshot["totals"]["total"]
    as_of = tanggal_pendek(day_of(report.as_of))
    head = [
        _("*Laporan Kemajuan %(code)s*") % {"code": report.agreement.code},
        _("%(period)s, keadaan per %(as_of)s") % {"period": snapshot["period"]["label"], "as_of": as_of},
        *marks(report),
        "",
        snapshot["sentence"],
    ]
    figures = [
        *(_part(one["label"], one["count"], total) for one in totals["classes"]),
        _past_words(totals["late"], totals["longest_late"]),
        _part(_("dikonfirmasi mitra"), totals["confirmed"], total),
        _part(_("ruang lingkup berjalan"), snapshot["coverage"]["running"], snapshot["coverage"]["total"]),
    ]
    foot = ["", _("Kode dokumen %(code)s") % {"code": report.code}]
    if report.was_issued:
        foot.append(_("Periksa: %(address)s") % {"address": snapshot["check_url"]})
    return _fitted(head, figures if total else [], foot)


def dashboard_text(counted: Overview, *, title: str, zone: str) -> str:
    """The figures of the dashboard as the reader sees it now."""
    total = counted.totals.total.count
    head = [
        f"*{title}*",
        _("data per %(when)s") % {"when": waktu(counted.at, zone)},
        *([str(EXAMPLE)] if counted.is_example else []),
        "",
        counted.sentence(),
    ]
    figures = [
        *(_part(cell.label, cell.number.count, total) for cell in counted.totals.cells),
        _past_words(counted.late.count, counted.totals.longest_days),
        _part(_("perlu dilengkapi"), counted.gaps.any.count, total),
    ]
    foot = ["", _("Rincian (perlu masuk): %(address)s") % {"address": settings.SITE_URL + reverse("reports:dashboard")}]
    return _fitted(head, figures if total else [], foot)


def _part(label: str, count: int, total: int) -> str:
    """``- Selesai: 3 dari 12``."""
    label = str(label)
    return _("- %(label)s: %(n)d dari %(m)d") % {"label": label[:1].upper() + label[1:], "n": count, "m": total}


def _past_words(count: int, days: int) -> str:
    if not count:
        return _("- Melewati tenggat: 0")
    words = ngettext("%(n)d (%(days)d hari)", "%(n)d (terlama %(days)d hari)", count) % {"n": count, "days": days}
    return _("- Melewati tenggat: %(words)s") % {"words": words}


def _fitted(head: Sequence[str], figures: Sequence[str], foot: Sequence[str]) -> str:
    """The lines as one text of at most :data:`LONGEST` characters; the last figures give way, never the foot."""
    for kept in range(len(figures), -1, -1):
        text = "\n".join([*head, *figures[:kept], *foot])
        if len(text) <= LONGEST:
            return text
    return "\n".join([*(line[:120] for line in head), *foot])[:LONGEST]
