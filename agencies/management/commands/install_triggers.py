"""``manage.py install_triggers``: put the append-only triggers in place; run after every migrate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.triggers import append_only_tables, install_triggers, missing_triggers


class Command(BaseCommand):
    """Installs what is missing and says how many tables are guarded."""

    help = "Memasang pemicu basis data yang menolak perubahan pada tabel yang hanya boleh ditambah."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        """Install, then look whether they are there."""
        install_triggers()
        if missing := missing_triggers():
            raise CommandError(f"Pemicu belum terpasang: {', '.join(missing)}")
        if verbosity:
            self.stdout.write(f"Pemicu terpasang pada {len(append_only_tables())} tabel.")
