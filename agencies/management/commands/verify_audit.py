"""``manage.py verify_audit``: prove that nobody changed the trail."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from agencies.audit import head_hash, verify_chain


class Command(BaseCommand):
    """Walks the whole chain; exit status 1 and the first broken row when it is not whole."""

    help = "Memeriksa rantai jejak audit. Keluar dengan status 1 dan baris rusak pertama bila tidak utuh."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say "utuh" with the number of rows and the last hash, or where it breaks."""
        check = verify_chain()
        if check.broken_at is None:
            self.stdout.write(f"utuh {check.rows} baris {head_hash()}")
            return
        self.stderr.write(f"rusak pada baris {check.broken_at}: {REASONS.get(check.reason, check.reason)}")
        sys.exit(1)


REASONS = {
    "a row is missing": "ada baris yang hilang",
    "the link to the row before is broken": "sambungan ke baris sebelumnya putus",
    "the row was changed": "isi baris berubah",
    "the head is missing": "ujung rantai hilang",
    "the head does not match the last row": "ujung rantai tidak cocok dengan baris terakhir",
    "a text does not match its digest": "teks tidak cocok dengan sidik jarinya",
}
