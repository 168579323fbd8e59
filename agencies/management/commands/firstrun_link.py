"""``manage.py firstrun_link``: print a one-time link to the first-run page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import firstrun
from agencies.policy import Refusal


class Command(BaseCommand):
    """Prints the link and nothing else."""

    help = "Mencetak tautan sekali pakai ke halaman pengaturan awal (berlaku 24 jam, selama belum ada akun)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link, or say that the first run is over."""
        try:
            self.stdout.write(firstrun.make_link())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
