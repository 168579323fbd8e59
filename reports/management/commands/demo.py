"""Load the example: ``manage.py demo``. Running it again changes nothing."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.workdays import WIB
from reports.example import places, real
from reports.example.accounts import open_accounts
from reports.example.fictional import Story

FOUNDED = dt.datetime(2025, 10, 1, 9, 0, tzinfo=WIB)


class Command(BaseCommand):
    """Loads the example data and accounts, in the mode *contoh* only."""

    help = "Memuat data contoh: fakta nyata dari sumbernya dan satu kota rekaan. Aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing."""
        if settings.IS_PRODUCTION:
            raise CommandError("Data contoh tidak dimuat dalam mode produksi.")
        with transaction.atomic():
            load(now=timezone.localtime())
        self.stdout.write("Data contoh tersedia.")


def load(*, now: dt.datetime) -> None:
    """Load what is missing, as of ``now``."""
    agencies = places.settle(places.REAL + places.FICTIONAL, at=FOUNDED)
    people = open_accounts(at=FOUNDED, since=FOUNDED.date())
    real.tell(agencies, people["petugas.bp3mi"])
    Story(agencies, people, now=now).tell()
