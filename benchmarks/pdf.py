"""Processor seconds of a report's pages against a bare document of the same words, and how they grow.

The floor is one plain table of the same rows: no letterhead, no patterns, no second table. Both run in a child
process, in turns. Goals: at most 0.08 s a page on one quiet core, the same at 50 and at 200 pages, bounded memory.
Run as ``python -m benchmarks.pdf``; it needs a snapshot of any report (``--snapshot FILE``, default the one of the
tests) whose rows are repeated, each with words of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import django

from benchmarks.measuring import show

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "reports" / "fixtures" / "snapshot-1.json"
CHILD = """
import json, resource, sys
from reports.printing import render_child
code = render_child.main()
used = resource.getrusage(resource.RUSAGE_SELF)
sys.stderr.write(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
sys.exit(code)
"""


def main() -> None:
    """Print one line for each length: seconds a page, ours and the floor's, and the memory at its peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snapshot", type=Path, default=SAMPLE)
    parser.add_argument("--rows", type=int, nargs="+", default=[170, 800])
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    snapshot = json.loads(chosen.snapshot.read_text(encoding="utf-8"))
    for rows in chosen.rows:
        measure(snapshot, rows, rounds=chosen.rounds)


def measure(snapshot: dict[str, object], rows: int, *, rounds: int) -> None:
    """Lay out both documents in turns and keep the best of each: noise only ever adds."""
    from reports.printing.document import report_html  # needs the settings

    given = snapshot["rows"]
    assert isinstance(given, list)
    many = snapshot | {"rows": [_another(given[n % len(given)], n) for n in range(rows)]}
    ours = report_html(many, digest="0" * 64, issued=True)
    floor = bare(many["rows"])
    best: list[tuple[float, float, int]] = []
    for html in (ours, floor):
        best.append(min(laid_out(html) for _round in range(rounds)))
    (mine, memory, pages), (theirs, floor_memory, floor_pages) = best
    show(f"{pages} pages, a page (floor {floor_pages})", 1000 * mine / pages, 1000 * theirs / floor_pages, "ms")
    show(f"{pages} pages, peak memory", memory, floor_memory, "MiB")


def _another(row: dict[str, object], n: int) -> dict[str, object]:
    """The same row with words of its own, for no two commitments are the same."""
    words = f"{n} {row['wording']}"
    return row | {"code": f"K-2026-{n:03d}", "wording": words, "original": words}


def bare(rows: object) -> str:
    """The same words in one plain table."""
    assert isinstance(rows, list)
    names = ("code", "wording", "lead", "status_label", "strength_words")
    cells = "".join("<tr>" + "".join(f"<td>{escape(str(row[name]))}</td>" for name in names) + "</tr>" for row in rows)
    style = "table{table-layout:fixed;width:100%}td{padding:2mm}"
    head = f'<html lang="id"><head><title>-</title><style>{style}</style></head>'
    return f"{head}<body><table>{cells}</table></body></html>"


def laid_out(html: str) -> tuple[float, float, int]:
    """Processor seconds, peak memory in MiB and number of pages of one document."""
    import pikepdf  # loads a large library

    order = {"html": html, "identifier": "x", "made_at": "2026-03-31T09:20:00+00:00", "seconds": 900, "producer": "-"}
    with tempfile.TemporaryFile() as found:
        child = subprocess.run(
            [sys.executable, "-c", CHILD],
            input=json.dumps(order).encode(),
            stdout=found,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=True,
        )
        found.seek(0)
        with pikepdf.open(found) as document:
            pages = len(document.pages)
    seconds, memory = json.loads(child.stderr.decode().splitlines()[-1])
    return seconds, memory, pages


if __name__ == "__main__":
    main()
