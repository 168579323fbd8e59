"""A report as data and as a working copy; everything comes from its frozen snapshot."""

import json
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from agencies.access import needs
from config.downloads import csv_download, xlsx_download
from config.files import DOCX, hand_out
from reports.exports.report_tables import text_table, workbook_tables
from reports.exports.working_copy import write_working_copy
from reports.views.fetching import readable_report


@require_safe
@needs("report.list")
def data(request: HttpRequest, code: str, ext: str) -> HttpResponse:
    """The facts of a report: a workbook, a table of text, or the canonical JSON whose digest is printed."""
    report = readable_report(request, code)
    name = f"{report.file_stem}-data"
    if ext == "json":
        return hand_out(report.snapshot.encode(), name=f"{name}.json", content_type="application/json")
    snapshot = json.loads(report.snapshot)
    with translation.override("id"):
        if ext == "csv":
            return cast("HttpResponse", csv_download(name, text_table(report, snapshot)))
        return xlsx_download(name, workbook_tables(report, snapshot))


@require_safe
@needs("report.list")
def working_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The whole report as a Word file, marked *salinan kerja* on every page."""
    report = readable_report(request, code)
    content = write_working_copy(report)
    return hand_out(content, name=f"{report.file_stem}-salinan-kerja.docx", content_type=DOCX)
