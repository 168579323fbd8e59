"""Compare the tallies with the commitments: ``manage.py verify_figures`` exits 1 when they differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commitments import tallies

SHOWN = 20


class Command(BaseCommand):
    """Counts all commitments anew; nobody can save anything meanwhile."""

    help = "Menghitung ulang semua komitmen dan membandingkannya dengan angka rekap. Penyimpanan menunggu selama itu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only compare, write anew, or fill what an older version did not have."""
        parser.add_argument("--repair", action="store_true", help="tulis ulang rekap dari komitmen")
        parser.add_argument("--fill", action="store_true", help="tulis rekap hanya bila belum ada")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say every difference, or that there is none."""
        at = timezone.now()
        if options["fill"]:
            if tallies.are_missing():
                tallies.repair(at)
            return
        found = tallies.differences(at)
        for one in found[:SHOWN]:
            self.stdout.write(f"{one.kind} {one.sort}: rekap {one.told}, komitmen {one.counted}")
        if not found:
            self.stdout.write("Semua angka rekap sama dengan jumlah komitmen.")
        elif options["repair"]:
            tallies.repair(at)
            self.stdout.write(f"{len(found)} angka rekap ditulis ulang.")
        else:
            raise CommandError(f"{len(found)} angka rekap berbeda. Tulis ulang dengan --repair.")
