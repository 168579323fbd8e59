"""An issued or drafted report as tables: every figure by its name, and the frozen rows; all from the snapshot."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from config.downloads import Column, Table, Value
from config.templatetags.waktu import waktu
from reports.counting.tracing import traces
from reports.exports.lists import EXAMPLE
from reports.models import Audience, Report
from reports.printing.document import revive

Row = tuple[Value, ...]
Facts = dict[str, Any]
WITHOUT_WHOLE = ("total", "drafts", "flow-", "trend-")
"""Figures that are no part of a whole."""


def workbook_tables(report: Report, snapshot: Facts) -> list[Table]:
    """The sheets of a report: summary, commitments, scope items, meetings, moved dates.

    A sheet whose rows the public version does not carry is left out.
    """
    facts, notes = revive(snapshot), standing(report)
    tables = [summary_table(report, snapshot)]
    if not _is_public(snapshot):
        tables.append(Table(_("Komitmen"), _row_columns(), _rows(facts), notes))
    tables.append(Table(_("Ruang lingkup"), _clause_columns(), _clauses(facts), notes))
    if not _is_public(snapshot):
        tables.append(Table(_("Pertemuan"), _meeting_columns(), _meetings(facts), notes))
        tables.append(Table(_("Perubahan tenggat"), _shift_columns(), _shifts(facts), notes))
    return tables


def text_table(report: Report, snapshot: Facts) -> Table:
    """The one table of the text file: the commitments under the counting sentence; of a public report its figures."""
    if _is_public(snapshot):
        return summary_table(report, snapshot)
    notes = (*standing(report), snapshot["sentence"])
    return Table(_("Komitmen"), _row_columns(), _rows(revive(snapshot)), notes)


def summary_table(report: Report, snapshot: Facts) -> Table:
    """Every figure of the report with the whole it is part of (*n dari m*) and the name that opens its rows."""
    agreement, period = snapshot["agreement"], snapshot["period"]
    notes = (
        _("Laporan kemajuan %(agreement)s, %(period)s") % {"agreement": agreement["code"], "period": period["label"]},
        *standing(report),
        snapshot["sentence"],
    )
    columns = (Column(_("Angka"), 60), Column(_("Jumlah"), 12), Column(_("Dari"), 12), Column(_("Nama angka"), 28))
    return Table(_("Ringkasan"), columns, _figures(snapshot), notes)


def marks(report: Report) -> list[str]:
    """Words without which no file or text of a report leaves the house; none for one that is issued and current."""
    found = [str(EXAMPLE)] if report.is_example else []
    if not report.was_issued:
        found.append(_("Draf, belum diterbitkan"))
    elif not report.is_published:
        found.append(_("Sudah ditarik oleh penerbit"))
    elif not report.is_current:
        found.append(_("Sudah digantikan oleh revisi berikutnya"))
    return found


def standing(report: Report) -> tuple[str, ...]:
    """What every file of a report says first: its marks, code, day and digest."""
    as_of = waktu(report.as_of, report.issuer.zone)
    return (
        *marks(report),
        _("Kode dokumen %(code)s, keadaan per %(as_of)s") % {"code": report.code, "as_of": as_of},
        _("SHA-256 data laporan: %(digest)s") % {"digest": report.snapshot_digest},
    )


def _is_public(snapshot: Facts) -> bool:
    return snapshot.get("audience") == Audience.PUBLIC


def _figures(snapshot: Facts) -> Iterator[Row]:
    total = snapshot["totals"]["total"]
    wholes: dict[str, int | None] = {f"clause-{one['number']}": one["total"] for one in snapshot["clauses"]}
    wholes |= {f"clause-{one['number']}-below": None for one in snapshot["clauses"]}
    wholes["coverage"] = snapshot["coverage"]["total"]
    for name, figure in traces(snapshot):
        owner = name.rpartition("-")[0]
        whole = None if name.startswith(WITHOUT_WHOLE) else wholes.get(name, wholes.get(owner, total))
        yield figure.label, figure.printed, whole, name
    yield _("Terlama melewati tenggat (hari)"), snapshot["totals"]["longest_late"], None, ""


def _row_columns() -> tuple[Column, ...]:
    return (
        Column(_("Kode"), 14), Column(_("Komitmen"), 60), Column(_("Jenis"), 20), Column(_("Ruang lingkup"), 14),
        Column(_("Pertemuan"), 14), Column(_("Tanggal asal"), 14), Column(_("Penanggung jawab"), 28),
        Column(_("Pendukung"), 30), Column(_("Tenggat"), 14), Column(_("Sifat tenggat"), 14),
        Column(_("Tenggat semula"), 14), Column(_("Tenggat diubah sejak semula (kali)"), 14), Column(_("Target"), 12),
        Column(_("Realisasi"), 12), Column(_("Satuan"), 14), Column(_("Capaian (%)"), 12), Column(_("Status"), 22),
        Column(_("Keadaan"), 22), Column(_("Hari lewat"), 10), Column(_("Kekuatan"), 30), Column(_("Verifikasi"), 30),
        Column(_("Ditutup"), 14), Column(_("Perkembangan terakhir"), 14), Column(_("Isi perkembangan"), 50),
    )  # fmt: skip


def _rows(facts: Facts) -> Iterator[Row]:
    bases = {"AGREED": _("disepakati"), "PROPOSED": _("usulan")}
    for row in facts["rows"]:
        yield (
            row["code"], row["wording"], row["kind"], ", ".join(row["clauses"]), row["meeting_code"],
            _day(row["meeting_on"]), row["lead"], "; ".join(row["supporting"]), _day(row["due_on"]),
            bases.get(row["due_basis"], ""), _day(row["first_due_on"]), row["shifts"], _number(row["target"]),
            _number(row["realised"]), row["unit"], _number(row["share"]), row["status_label"],
            row["condition_label"], row["days_past"], row["strength_words"], row["verified_by"],
            _day(row["closed_on"]), _day(row["last_news_on"]), row["last_news"],
        )  # fmt: skip


def _clause_columns() -> tuple[Column, ...]:
    return (
        Column(_("Nomor"), 10), Column(_("Ruang lingkup"), 60), Column(_("Kutipan"), 20), Column(_("Komitmen"), 12),
        Column(_("Pada butir di bawahnya"), 12), Column(_("Keterangan"), 50), Column(_("Kode komitmen"), 40),
    )  # fmt: skip


def _clauses(facts: Facts) -> Iterator[Row]:
    for one in facts["clauses"]:
        below = one.get("below", 0)  # the first snapshots do not tell
        words = one["sentence"] or ("" if below else _("belum ada komitmen"))
        yield one["number"], one["text"], one["citation"], one["total"], below, words, ", ".join(one["codes"])


def _meeting_columns() -> tuple[Column, ...]:
    return (
        Column(_("Kode"), 14), Column(_("Tanggal"), 14), Column(_("Jenis"), 24), Column(_("Instansi mitra"), 30),
        Column(_("Komitmen"), 12), Column(_("Daftar"), 24),
    )  # fmt: skip


def _meetings(facts: Facts) -> Iterator[Row]:
    for one in facts["meetings"]:
        words = _("terbuka: sekurang-kurangnya") if one["open_list"] else _("lengkap")
        yield one["code"], _day(one["held_on"]), one["kind"], one["counterpart"], one["lines"], words


def _shift_columns() -> tuple[Column, ...]:
    return (
        Column(_("Kode"), 14), Column(_("Komitmen"), 60), Column(_("Penanggung jawab"), 28),
        Column(_("Diubah pada"), 14), Column(_("Tenggat lama"), 14), Column(_("Tenggat baru"), 14),
    )  # fmt: skip


def _shifts(facts: Facts) -> Iterator[Row]:
    """Every move of an agreed date; reports of the first schema know only the first date and the last."""
    for row in facts["rows"]:
        known = row.get("shift_log")
        if known is None and row["shifts"]:
            known = [{"shifted_on": None, "old_on": row["first_due_on"], "new_on": row["due_on"]}]
        for one in known or ():
            old, new = _day(one["old_on"]), _day(one["new_on"])
            yield row["code"], row["wording"], row["lead"], _day(one["shifted_on"]), old, new


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
