"""``manage.py make_report``: the report of one agreement and period, as a draft, without a worker."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.models import Agency, Agreement
from config.workdays import WIB
from meetings.models import Meeting
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.printing.pdf import RenderFailed


class Command(BaseCommand):
    """Makes and stores a draft, writes its PDF, prints code and digest."""

    help = "Susun laporan kemajuan satu kesepakatan sebagai draf dan tulis PDF-nya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agreement, the period, where to write, and from when on to look."""
        parser.add_argument("--agreement", required=True, help="kode kesepakatan, misalnya NK-2025-001")
        parser.add_argument("--period", required=True, help="2026-TW1, 2026-S1, 2026-03, atau 2026")
        parser.add_argument("--on", help="keadaan per waktu ini, misalnya 2026-03-31T16:20 (tanpa zona: WIB)")
        parser.add_argument("--issuer", help="kode instansi penyusun (bawaan: pencatat pertemuan pertama)")
        parser.add_argument("--out", required=True, help="nama berkas PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it."""
        del args
        try:
            period, at = read_period(options["period"]), read_instant(options["on"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        agreement = Agreement.objects.filter(code=options["agreement"].upper()).first()
        if agreement is None:
            raise CommandError(f"Kesepakatan {options['agreement']} tidak ditemukan.")
        issuer = _issuer(agreement, options["issuer"])
        try:
            report = actions.make_at_once(agreement, period, issuer=issuer, at=at)
        except RenderFailed as error:
            raise CommandError(str(error)) from error
        with report.draft_pdf.open("rb") as file:
            Path(options["out"]).write_bytes(file.read())
        self.stdout.write(f"Kode dokumen: {report.code}")
        self.stdout.write(f"SHA-256 data laporan: {report.snapshot_sha256}")
        self.stdout.write(f"{report.pages} halaman: {options['out']}")


def read_instant(text: str | None) -> dt.datetime:
    """The instant of ``--on``; naive ones are WIB, nothing is now. Raises ValueError with a sentence."""
    if not text:
        return timezone.now()
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"--on {text!r} bukan waktu; tulis misalnya 2026-03-31T16:20.") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)


def _issuer(agreement: Agreement, code: str | None) -> Agency:
    """The named office, else the host of the agreement's first meeting, else who entered the agreement."""
    if code:
        found = Agency.objects.filter(code=code.lower()).first()
        if found is None:
            raise CommandError(f"Instansi {code} tidak ditemukan.")
        return found
    first = (
        Meeting.objects.filter(agreement=agreement, is_discarded=False)
        .select_related("host_agency")
        .order_by("held_on", "pk")
        .first()
    )
    return first.host_agency if first else agreement.host_agency
