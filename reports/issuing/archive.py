"""The archive version of an issued report: PDF/A-3 that carries its own data, made once and kept."""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import User
from agencies.policy import require
from config.downloads import csv_lines
from reports.exports.report_tables import text_table
from reports.models import Report
from reports.printing.document import report_html
from reports.printing.pdf import Attached, Rendered, render_pdf
from reports.rules import may_archive, may_print
from reports.snapshots.making import kept


def archived(report: Report, *, by: User, at: dt.datetime) -> Report:
    """The report with its archive file, made now unless it was before; a second click changes nothing.

    The pages are made before anything is locked. Raises Refusal (403, or 409 for what was not issued),
    RenderFailed with a sentence.
    """
    require(may_archive(by, report))
    if report.archive_pdf:
        return report
    require(may_print(report))
    return _keep(report.pk, print_archive(report), by=by, at=at)


def print_archive(report: Report) -> Rendered:
    """The pages of the issued report as PDF/A-3a, with ``report.json`` (the snapshot) and ``komitmen.csv`` inside."""
    snapshot = json.loads(report.snapshot)
    with translation.override("id"):
        table = "".join(csv_lines(text_table(report, snapshot))).encode()
        data_words, table_words = _("Data laporan"), _("Komitmen sebagai tabel")
    return render_pdf(
        report_html(snapshot, digest=report.snapshot_sha256, issued=True),
        identifier=report.snapshot_sha256,
        made_at=snapshot["made_at"],
        attached=(
            Attached("report.json", report.snapshot.encode(), "application/json", data_words, is_source=True),
            Attached("komitmen.csv", table, "text/csv", table_words),
        ),
    )


@transaction.atomic
def _keep(report_id: int, rendered: Rendered, *, by: User, at: dt.datetime) -> Report:
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.archive_pdf:
        return report
    with kept(rendered.pdf, text=report.snapshot, suffix="-arsip") as file:
        report.archive_pdf.name = file
        report.archive_pdf_sha256 = hashlib.sha256(rendered.pdf).hexdigest()
        report.save(update_fields=["archive_pdf", "archive_pdf_sha256"])
        record("report.archived", on=report, by=by, at=at, after={"pdf": report.archive_pdf_sha256})
    return report
