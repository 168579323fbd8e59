"""Pages over a world that grows: each page against a floor taken in the same moment, and how its ratio grows.

The floor is a bare Django page with 50 rows: one query, one plain template. A machine that slows down slows both.
``DATABASE_URL`` chooses the database; it must be empty. ``SIMPUL_HOME`` is always a folder that is thrown away.
"""

import argparse
import io
import os
import tempfile
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.measuring import medians, show

if TYPE_CHECKING:
    from django.test import Client

THIN = """<table>{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.wording }}</td>
<td>{{ row.due_on|date:"j M Y" }}</td><td>{{ row.status }}</td></tr>{% endfor %}</table>"""
Pages = Callable[[], dict[str, str]]


def run(pages: Pages, *, account: str, rounds: int = 20, check: Callable[[], None] | None = None) -> None:
    """Measure ``pages`` (name and address) as ``account`` at each size; ``check`` runs at each size, too."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        set_up(home)
        first: dict[str, float] = {}
        rows = 0
        for size in sizes:
            grow(size - rows, seed=size)
            rows = size
            if check is not None:
                check()
            browser = signed_in(account)
            for name, address in pages().items():
                ours, floor = medians(partial(get, browser, address), thin_page, rounds=rounds)
                show(f"{name}, {size} rows, p50", ours, floor, "ms")
                growth = ours / floor / first.setdefault(name, ours / floor)
                print(f"{'':<34}ratio {growth:>6.2f} times that of {sizes[0]} rows")


def set_up(home: str) -> None:
    """Install into ``home`` with the example."""
    os.environ |= {"SIMPUL_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from config.installation import install

    install(say=lambda text: None)
    call_command("demo", stdout=io.StringIO())


def grow(count: int, *, seed: int) -> None:
    """Add commitments; the database learns how its tables look now, as it does by itself within minutes.

    PostgreSQL then also knows which pages everybody sees, and reads sums from an index alone.
    """
    from django.core.management import call_command
    from django.db import connection

    if count > 0:
        call_command("generate_load", commitments=count, seed=seed, stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


def signed_in(account: str) -> "Client":
    """A browser of an example account."""
    from django.test import Client

    from agencies.models import User
    from reports.example.accounts import email_of

    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(email=email_of(account)))
    return browser


def get(browser: "Client", address: str) -> None:
    """Open a page, or fetch a part of one as the page itself does; it must be there."""
    headers = {"hx-request": "true"} if "bagian=" in address else {}
    assert browser.get(address, headers=headers).status_code == 200, address


def thin_page() -> object:
    """The floor: one query, one template, nothing else."""
    from django.http import HttpResponse
    from django.template import Context, Template

    from commitments.models import Commitment

    rows = Commitment.objects.order_by("due_on", "code").values("code", "wording", "due_on", "status")[:50]
    return HttpResponse(Template(THIN).render(Context({"rows": list(rows)})))
