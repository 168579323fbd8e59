"""``manage.py seed_reference``: the days off that every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from agencies.models import Holiday, HolidayKind
from config.workdays import NATIONAL, national_days_off

YEARS = (2025, 2026, 2027)


class Command(BaseCommand):
    """Adds missing days and leaves alone what an admin renamed or removed, so it may run at every start."""

    help = "Memuat hari libur nasional dan cuti bersama 2025-2027; aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        """Insert the days that are not in the table yet."""
        known = set(Holiday.objects.values_list("on", flat=True))
        missing = [
            Holiday(
                on=day.on,
                name=day.name[:120],
                kind=HolidayKind.NATIONAL if day.kind == NATIONAL else HolidayKind.SHARED_LEAVE,
            )
            for day in national_days_off(YEARS)
            if day.on not in known
        ]
        Holiday.objects.bulk_create(missing, ignore_conflicts=True)
        if options["verbosity"]:
            self.stdout.write(f"{len(missing)} hari libur ditambahkan.")
