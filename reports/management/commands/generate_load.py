"""Fill the database with made-up commitments: ``manage.py generate_load --commitments 100000 --seed 7``."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from agencies.audit import record
from commitments import tallies
from config.workdays import WIB
from reports.load.keeping import keep
from reports.load.offices import Region, found_nation
from reports.load.telling import Told, facts_of, tell

LINES = 8  # commitments of a meeting
DAYS = 730  # over which the meetings are spread
CHUNK = 200  # meetings kept at once


class Command(BaseCommand):
    """Makes rows for trying pages, jobs and reports under load; in the mode *contoh* only."""

    help = "Membuat komitmen rekaan dalam jumlah besar untuk uji beban. Benih yang sama memberi isi yang sama."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, from which seed, and as of which day."""
        parser.add_argument("--commitments", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--on", type=dt.date.fromisoformat, help="hari terakhir (WIB); bawaan: hari ini")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the offices, then meeting after meeting in chunks of their own transactions; tally them at the end."""
        if settings.IS_PRODUCTION:
            raise CommandError("Data uji beban tidak dibuat dalam mode produksi.")
        if options["commitments"] < 1:
            raise CommandError("Jumlah komitmen paling sedikit 1.")
        day = options["on"] or timezone.localdate()
        now = dt.datetime.combine(day, dt.time(), tzinfo=WIB)
        with transaction.atomic():
            regions = found_nation(at=now)
        digest, kept = hashlib.sha256(), 0
        meetings = _meetings(regions, options["commitments"], options["seed"], now=now)
        while chunk := list(islice(meetings, CHUNK)):
            keep(chunk)
            for told in chunk:
                digest.update(facts_of(told).encode())
                kept += len(told.lines)
            if options["verbosity"] > 1:
                self.stdout.write(f"{kept} komitmen")
        with transaction.atomic():
            after = {"commitments": kept, "seed": options["seed"], "sha256": digest.hexdigest()}
            tallies.repair(timezone.now())
            record("load.generated", on=regions[0].office, by=None, at=now, after=after)
        self.stdout.write(f"{kept} komitmen dibuat. SHA-256 isi: {digest.hexdigest()}")


def _meetings(regions: list[Region], commitments: int, seed: int, *, now: dt.datetime) -> Iterator[Told]:
    """Meetings by day, region after region, until all commitments are told."""
    chance = random.Random(seed)
    wanted = -(-commitments // LINES)
    for number in range(wanted):
        held_on = now.date() - dt.timedelta(days=DAYS - number * (DAYS - 1) // max(1, wanted - 1))
        lines = min(LINES, commitments - number * LINES)
        yield tell(chance, regions[number % len(regions)], held_on, lines=lines, now=now)
