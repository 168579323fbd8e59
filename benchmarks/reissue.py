"""A report that was made already, downloaded again, against the same bytes read from the disk.

Nothing is laid out anew: the stored file is handed out. Goal: at most 10 ms beyond what signing in and the page
around it cost anyway; the floor is opening and reading the file.
"""

import io
import os
import tempfile
from pathlib import Path

from benchmarks.list_page import sign_in
from benchmarks.measuring import medians, show

ROUNDS = 30
PERIOD = "2026-TW1"


def main() -> None:
    """Make a world in a folder that is thrown away, and measure."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        os.environ |= {"SIMPUL_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        measure()


def measure() -> None:
    """Make one report and download it again and again."""
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from agencies.models import Agreement
    from config.installation import install
    from reports.counting.periods import read_period
    from reports.jobs.actions import make_at_once

    install(say=lambda text: None)
    call_command("demo", stdout=io.StringIO())
    agreement = Agreement.objects.filter(is_example=True, commitments__isnull=False)[0]
    issuer = agreement.commitments.select_related("host_agency")[0].host_agency
    report = make_at_once(agreement, read_period(PERIOD), issuer=issuer, at=timezone.now())
    browser = Client(headers={"host": "127.0.0.1"})
    sign_in(browser)
    address, stored = f"/laporan/{report.code}/pdf/", Path(report.draft_pdf.path)
    assert browser.get(address).status_code == 200
    ours, floor = medians(lambda: b"".join(browser.get(address)), stored.read_bytes, rounds=ROUNDS)
    show("the same report again, p50", ours, floor, "ms")


if __name__ == "__main__":
    main()
