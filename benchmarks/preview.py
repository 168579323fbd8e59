"""The reading beside the box for 200 lines, on an empty list and beside 10,000 open commitments.

What is measured is the whole answer to one pause in typing: sign-in, form, reading, comparison with everything
open, page part. The floor is the bare reading of the same text. Goal: within 300 ms.
"""

import datetime as dt
import io
import os
import tempfile
from typing import TYPE_CHECKING

from benchmarks.list_page import grow, sign_in
from benchmarks.measuring import medians, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

ROUNDS = 12
OPEN = 10_000
LINES = 200
CODES = ("contoh-a", "contoh-b", "contoh-c", "naker", "sos")
ADDRESS = "/pertemuan/catat/"


def main() -> None:
    """Make a world in a folder that is thrown away, and measure."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        os.environ |= {"SIMPUL_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        measure()


def measure() -> None:
    """Print the answer for 5 and 200 lines, then for 200 lines with and without owner beside what is open."""
    from django.core.management import call_command
    from django.test import Client

    from config.installation import install

    install(say=lambda text: None)
    call_command("demo", stdout=io.StringIO())
    browser = Client(headers={"host": "127.0.0.1", "HX-Request": "true"})
    sign_in(browser)
    _show(browser, "5 lines", _text(5))
    _show(browser, f"{LINES} lines", _text(LINES))
    grow(OPEN, first=0)
    _show(browser, f"5 lines, {OPEN} open", _text(5))
    _show(browser, f"{LINES} lines, {OPEN} open", _text(LINES))
    _show(browser, f"{LINES} bare lines, {OPEN} open", _text(LINES, with_owner=False))


def _text(count: int, *, with_owner: bool = True) -> str:
    """Lines as they are typed, no two alike; every second one has a date."""
    return "\n".join(
        f"Penyusunan bahan ajar jilid {n} untuk sekolah menengah kejuruan"
        f"{f' @{CODES[n % len(CODES)]}' if with_owner else ''}{' /30jun' if n % 2 else ''}"
        for n in range(count)
    )


def _show(browser: "Client", what: str, text: str) -> None:
    typed = {"aksi": "periksa", "host": "bp3mi-jakarta", "held_on": "28 Januari 2026", "kind": "AUDIENCE"}
    typed |= {"lines": text}
    present = ["contoh-a", "contoh-b", "contoh-c", "naker", "sos", "ekon"]
    answer = browser.post(ADDRESS, typed | {"present": present})
    assert answer.status_code == 200
    assert answer.content.count(b"row-title") == len(text.split("\n"))
    ours, floor = medians(lambda: browser.post(ADDRESS, typed | {"present": present}), _bare(text), rounds=ROUNDS)
    show(f"reading of {what}, p50", ours, floor, "ms")


def _bare(text: str) -> "Callable[[], object]":
    """The floor: the same text read, nothing shown."""
    from commitments.forms.box import AgencyVocabulary
    from commitments.reading.quickadd import parse

    names = AgencyVocabulary().names
    return lambda: parse(text, meeting_on=dt.date(2026, 1, 28), agencies=names, clauses=[])


if __name__ == "__main__":
    main()
