"""The list of 100,000 commitments as CSV and as a workbook: time a row, and how far the memory grows.

Each file is written in a process of its own, after a small one that warms it up. The floor is the library alone
over bare values. Goals: CSV at most 20 MiB of growth, workbook at most 50 MiB. ``DATABASE_URL`` may name an empty
PostgreSQL database; without it SQLite in a folder that is thrown away.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.list_page import grow
from benchmarks.measuring import show

ROWS = 100_000
WARM = 200
SLICE = 5_000
MIB = 2**20


def main() -> None:
    """Make the world, then measure each way of writing it in a child."""
    if len(sys.argv) > 1:
        child(sys.argv[1])
        return
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        os.environ |= {"SIMPUL_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        build()
        measured = {kind: _run(kind) for kind in ("csv", "csv-floor", "xlsx", "xlsx-floor")}
    for kind, most in (("csv", 20), ("xlsx", 50)):
        (took, grew), (floor, floor_grew) = measured[kind], measured[f"{kind}-floor"]
        show(f"{kind} of {ROWS} rows, a row", took, floor, "us")
        print(f"{kind} memory growth {grew:.1f} MiB (floor {floor_grew:.1f} MiB, at most {most} MiB)")


def build() -> None:
    """The example with many rows of the office that keeps them."""
    from django.core.management import call_command

    from config.installation import install

    install(say=lambda text: None)
    call_command("demo", stdout=io.StringIO())
    for first in range(0, ROWS, SLICE):
        grow(SLICE, first=first)


def child(kind: str) -> None:
    """Write one file and print microseconds a row and MiB of growth."""
    import django

    django.setup()
    write = WAYS[kind]
    write(WARM)
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    began = time.perf_counter()
    count = write(ROWS)
    took = time.perf_counter() - began
    print(took / count * 1e6, (_memory("VmHWM") - before) / 1024)


def _run(kind: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", kind], capture_output=True, text=True, check=True
    )
    took, grew = done.stdout.split()
    return float(took), float(grew)


def _memory(name: str) -> int:
    """A figure of this process in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _table(rows: int) -> Any:
    from django.http import QueryDict
    from django.utils import timezone

    from agencies.models import User
    from config.downloads import Table
    from reports.example.accounts import email_of
    from reports.exports.lists import KINDS

    user = User.objects.get(email=email_of("petugas.bp3mi"))
    table = KINDS["komitmen"].build(user, QueryDict("urut=kode"), timezone.now()).table()
    return Table(table.name, table.columns, _first(table.rows, rows), table.notes)


def _first(rows: Iterable[Any], most: int) -> Iterable[Any]:
    for number, row in enumerate(rows):
        if number == most:
            return
        yield row


def _csv(rows: int) -> int:
    from config.downloads import csv_lines

    with open(os.devnull, "w", encoding="utf-8") as file:
        return sum(bool(file.write(line)) for line in csv_lines(_table(rows)))


def _xlsx(rows: int) -> int:
    from config.downloads import write_workbook

    with tempfile.TemporaryFile() as file:
        write_workbook(file, [_table(rows)])
    return rows


def _values(rows: int) -> Any:
    from commitments.models import Commitment

    values = Commitment.objects.order_by("code").values_list("code", "wording", "lead__short_name", "due_on", "status")
    return values[:rows].iterator(chunk_size=2_000)


def _csv_floor(rows: int) -> int:
    import csv

    with open(os.devnull, "w", encoding="utf-8") as file:
        csv.writer(file).writerows(_values(rows))
    return rows


def _xlsx_floor(rows: int) -> int:
    import xlsxwriter

    with (
        tempfile.TemporaryFile() as file,
        xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True}) as book,
    ):
        sheet = book.add_worksheet()
        for number, row in enumerate(_values(rows)):
            for place, value in enumerate(row):
                sheet.write_string(number, place, str(value or ""))
    return rows


WAYS: dict[str, Callable[[int], int]] = {
    "csv": _csv, "csv-floor": _csv_floor, "xlsx": _xlsx, "xlsx-floor": _xlsx_floor,
}  # fmt: skip


if __name__ == "__main__":
    main()
