"""The dashboard of the head office, which sees everything, as the nation grows.

``python -m benchmarks.dashboard 1000 100000``

Goal: the same time at a million rows as at a thousand (1.2 times at most), and the same numbers as counting all rows.
"""

from benchmarks.growing import run
from benchmarks.measuring import medians, show

ACCOUNT = "pimpinan.pusat"


def main() -> None:
    """Measure the page and its later parts."""
    run(pages, account=ACCOUNT, rounds=10, check=compare)


def pages() -> dict[str, str]:
    """The page, and each part that comes after it."""
    parts = {"scope": "ruang-lingkup", "ages": "umur", "weeks": "tren"}
    return {"dashboard": "/dasbor/"} | {name: f"/dasbor/?bagian={part}" for name, part in parts.items()}


def compare() -> None:
    """The figures of the page, from tallies and by counting every row: equal, and how much faster."""
    from django.utils import timezone

    from agencies.models import User
    from commitments.models import Commitment
    from reports.board.overview import overview
    from reports.board.tallied import tallied
    from reports.example.accounts import email_of

    user, at = User.objects.get(email=email_of(ACCOUNT)), timezone.now()
    own, seen = user.rights.own, Commitment.objects.visible_to(user)
    told = overview(tallied(user, at=at), own=own, at=at)
    assert told == overview(seen, own=own, at=at)
    ours, floor = medians(
        lambda: overview(tallied(user, at=at), own=own, at=at), lambda: overview(seen, own=own, at=at), rounds=5
    )
    show(f"figures of {told.totals.total.count} rows, p50", ours, floor, "ms")


if __name__ == "__main__":
    main()
