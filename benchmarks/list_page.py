"""The list of commitments with 1,000 and 10,000 rows, against the same 50 rows on a bare Django page.

The floor has no session, no person, no filters, no words per row: one query and one plain template. Goal: the
list costs the same however many rows there are.
"""

import datetime as dt
import io
import os
import tempfile
from typing import TYPE_CHECKING

from benchmarks.measuring import medians, show

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 40
SIZES = (1_000, 10_000)
LEADS = 20
ADDRESS = "/komitmen/"
THIN = """<table>{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.wording }}</td>
<td>{{ row.due_on|date:"j M Y" }}</td><td>{{ row.status }}</td></tr>{% endfor %}</table>"""


def main() -> None:
    """Make a world in a folder that is thrown away, and measure."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        os.environ |= {"SIMPUL_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        measure()


def measure() -> None:
    """Grow the list from one size to the next and print each."""
    from django.core.management import call_command
    from django.test import Client

    from config.installation import install

    install(say=lambda text: None)
    call_command("demo", stdout=io.StringIO())
    browser, rows = Client(headers={"host": "127.0.0.1"}), 0
    sign_in(browser)
    for size in SIZES:
        grow(size - rows, first=rows)
        rows = size
        assert browser.get(ADDRESS).status_code == 200
        ours, floor = medians(lambda: browser.get(ADDRESS), thin_page, rounds=ROUNDS)
        show(f"list of {size} rows, p50", ours, floor, "ms")


def sign_in(browser: "Client") -> None:
    """As the officer of the office that keeps the rows."""
    from agencies.models import User
    from reports.example.accounts import email_of

    browser.force_login(User.objects.get(email=email_of("petugas.bp3mi")))


def grow(count: int, *, first: int) -> None:
    """Add rows with dates over a year, some without lead or date."""
    from agencies.models import Agency
    from commitments.models import Commitment, DueBasis
    from commitments.status import Status
    from meetings.models import Meeting

    meeting = Meeting.objects.filter(is_example=True, source_texts__isnull=False).select_related(
        "host_agency", "agreement"
    )[0]
    source = meeting.source_texts.all()[0]
    leads = [*Agency.objects.order_by("pk")[:LEADS], None]
    open_statuses = (Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED)
    made = []
    for n in range(first, first + count):
        due_on = dt.date(2026, 1, 1) + dt.timedelta(days=n % 365) if n % 7 else None
        made.append(
            Commitment(
                code=f"K-2026-{n + 1000:06d}", meeting=meeting, agreement=meeting.agreement,
                host_agency=meeting.host_agency, origin_on=meeting.held_on, source=source, span_start=0, span_end=9,
                wording=f"Sosialisasi migrasi aman yang ke-{n} di sekolah menengah", lead=leads[n % len(leads)],
                due_on=due_on, due_basis=DueBasis.AGREED if due_on else "",
                late_from=meeting.host_agency.midnight_after(due_on) if due_on else None,
                status=open_statuses[n % 3], shared_at=meeting.created_at, created_at=meeting.created_at,
                is_example=True,
            )
        )  # fmt: skip
    Commitment.objects.bulk_create(made, batch_size=500)


def thin_page() -> object:
    """The floor: one query, one template, nothing else."""
    from django.http import HttpResponse
    from django.template import Context, Template

    from commitments.models import Commitment

    rows = Commitment.objects.order_by("due_on", "code").values("code", "wording", "due_on", "status")[:50]
    return HttpResponse(Template(THIN).render(Context({"rows": list(rows)})))


if __name__ == "__main__":
    main()
