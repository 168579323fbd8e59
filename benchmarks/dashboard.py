"""The dashboard of the head office, which sees everything, as the nation grows.

``python -m benchmarks.dashboard 1000 100000``

Goal: the same time at a million rows as at a thousand (1.2 times at most), and the same numbers as counting all rows.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.growing import run
from benchmarks.measuring import medians, show

if TYPE_CHECKING:
    from reports.board.overview import Overview

ACCOUNT = "pimpinan.pusat"


def main() -> None:
    """Measure the page and its later parts."""
    run(pages, account=ACCOUNT, rounds=10, check=compare)


def pages() -> dict[str, str]:
    """The page, and each part that comes after it."""
    from django.utils import timezone

    period = f"periode&periode={timezone.localdate().year}"
    parts = {"scope": "ruang-lingkup", "ages": "umur", "weeks": "tren", "flows": period}
    return {"dashboard": "/dasbor/"} | {name: f"/dasbor/?bagian={part}" for name, part in parts.items()}


def compare() -> None:
    """The figures of the page, from tallies and by counting every row: equal, and how much faster.

    The page shows the first rows of the matrix; told whole, all rows are the same as counted.
    """
    from django.utils import timezone

    from agencies.models import User
    from commitments.models import Commitment
    from reports.board.board import MOST_PARTNERS
    from reports.board.overview import overview
    from reports.board.tallied import tallied
    from reports.example.accounts import email_of

    user, at = User.objects.get(email=email_of(ACCOUNT)), timezone.now()
    own, seen = user.rights.own, Commitment.objects.visible_to(user)

    def told(most: int | None) -> "Overview":
        return overview(tallied(user, at=at, most=most), own=own, at=at)

    whole, page = told(None), told(MOST_PARTNERS)
    assert whole == overview(seen, own=own, at=at)
    rows = whole.rows[: len(page.rows)]
    assert (page.rows, page.leads) == (rows, whole.leads)
    assert replace(page, rows=(), hidden=0) == replace(whole, rows=())
    ours, floor = medians(lambda: told(MOST_PARTNERS), lambda: overview(seen, own=own, at=at), rounds=5)
    show(f"figures of {page.totals.total.count} rows, p50", ours, floor, "ms")


if __name__ == "__main__":
    main()
