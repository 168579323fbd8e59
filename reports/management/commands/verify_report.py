"""``manage.py verify_report F.pdf [--bundle B.zip]``: prove that an issued report is what it says it is."""

import json
import sys
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from agencies.audit import sha256
from agencies.models import Event
from reports.issuing.bundle import UNREADABLE, NoBundle, enclosed, read_bundle, stored_claims
from reports.issuing.knowing import standing_of
from reports.issuing.verification import Claims, Finding, NoPdf, Outcome, Printed, examine, read_printed
from reports.models import Report

GOOD, WRONG, NOT_CHECKED = 0, 1, 2
"""Exit statuses: all is well; something differs; the question could not be asked."""
RECORDED, HEAD = "Catatan di sini", "Kepala jejak"


class NotChecked(Exception):
    """There is nothing to check against; the message says why."""


class Command(BaseCommand):
    """Checks file, frozen data, figures, evidence and trail; with a bundle no database is needed."""

    help = "Memeriksa laporan terbit: berkas, data, angka, bukti dukung, dan jejak audit."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The PDF, the bundle, and whether a program reads the answer."""
        parser.add_argument("pdf", type=Path, help="berkas PDF laporan")
        parser.add_argument("--bundle", type=Path, help="bundel pemeriksaan (zip) dari halaman laporan")
        parser.add_argument("--json", action="store_true", help="jawaban sebagai JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, print each answer, and leave with the status that sums them up."""
        del args
        try:
            findings = self._findings(options["pdf"], options["bundle"])
        except (OSError, zipfile.BadZipFile, NoPdf, NoBundle, NotChecked) as problem:
            self._say([], as_json=options["json"], problem=_words(problem))
            sys.exit(NOT_CHECKED)
        self._say(findings, as_json=options["json"])
        if any(finding.outcome == Outcome.WRONG for finding in findings):
            sys.exit(WRONG)

    def _findings(self, path: Path, bundle: Path | None) -> list[Finding]:
        pdf = path.read_bytes()
        printed = read_printed(pdf)
        if bundle is None:
            claims = stored_claims(_report(printed))
            return [*examine(pdf, printed, claims), *_known_here(claims)]
        with zipfile.ZipFile(bundle) as archive:
            claims = read_bundle(archive)
            try:
                return [*examine(pdf, printed, claims), enclosed(archive, claims), *_known_here(claims)]
            except UNREADABLE as error:
                raise NoBundle("Isi bundel tidak terbaca.") from error

    def _say(self, findings: list[Finding], *, as_json: bool, problem: str = "") -> None:
        if as_json:
            answers = [{"name": one.name, "outcome": one.outcome, "words": one.words} for one in findings]
            self.stdout.write(json.dumps({"findings": answers, "problem": problem}, ensure_ascii=False))
            return
        for one in findings:
            self.stdout.write(f"{one.outcome:<16} {one.name}: {one.words}")
        if problem:
            self.stderr.write(problem)


def _report(printed: Printed) -> Report:
    """The report of this system whose code the PDF prints."""
    if not _has_database():
        raise NotChecked("Tidak ada basis data. Sertakan bundel pemeriksaan dengan --bundle.")
    report = Report.objects.filter(code__in=printed.codes, snapshot_sha256__in=printed.digests).first()
    if report is None:
        raise NotChecked("Laporan ini tidak dikenal di sini. Sertakan bundel pemeriksaan dengan --bundle.")
    if not report.was_issued:
        raise NotChecked("Laporan ini masih draf; yang diperiksa adalah laporan terbit.")
    return report


def _known_here(claims: Claims) -> list[Finding]:
    """What this system itself knows about the report, if there is one: a bundle alone may be made up as a whole."""
    snapshot = json.loads(claims.snapshot)
    if not _has_database():
        words = "tanpa basis data; cocokkan SHA-256 data laporan dan berkas dengan halaman pemeriksaan"
        return [Finding(name, Outcome.SKIPPED, words) for name in (RECORDED, HEAD)]
    report = Report.objects.filter(code=snapshot["code"]).first()
    if report is None:
        return [Finding(name, Outcome.SKIPPED, "laporan ini bukan dari sistem ini") for name in (RECORDED, HEAD)]
    return [_as_recorded(claims, report), _in_local_trail(snapshot["audit_head"])]


def _as_recorded(claims: Claims, report: Report) -> Finding:
    """Whether data and files are those that this system issued under the code, and whether it still stands."""
    if sha256(claims.snapshot) != report.snapshot_sha256:
        return Finding(RECORDED, Outcome.WRONG, "data laporan lain daripada yang tercatat di sini")
    if not set(claims.files.values()) <= {report.pdf_sha256, report.archive_pdf_sha256}:
        return Finding(RECORDED, Outcome.WRONG, "berkas lain daripada yang tercatat di sini")
    words = "data dan berkas sama dengan yang tercatat di sini"
    return Finding(RECORDED, Outcome.GOOD, f"{words}; kedudukannya: {standing_of(report).word}")


def _in_local_trail(head: str) -> Finding:
    """Whether the head that was printed stands in the trail of this system."""
    if Event.objects.filter(hash=head).exists():
        return Finding(HEAD, Outcome.GOOD, "ada pada jejak audit di sini")
    return Finding(HEAD, Outcome.WRONG, "tidak ada pada jejak audit di sini")


def _has_database() -> bool:
    """Whether a database with a trail is within reach; asking creates none."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    try:
        return Event.objects.exists()
    except DatabaseError:
        return False


def _words(problem: Exception) -> str:
    if isinstance(problem, NoPdf):
        return "Berkas ini tidak terbaca sebagai PDF."
    if isinstance(problem, zipfile.BadZipFile):
        return "Bundel ini tidak terbaca sebagai zip."
    return str(problem)
