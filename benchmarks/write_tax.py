"""What keeping the tallies costs a save: the same actions with and without. Goal: at most a fifth more.

``DATABASE_URL`` chooses the database; it must be empty.
"""

import contextlib
import tempfile
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.growing import grow, set_up
from benchmarks.measuring import medians, show

if TYPE_CHECKING:
    from commitments.models import Commitment

ROUNDS = 150


def main() -> None:
    """Report on commitments that nobody has begun."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        set_up(home)
        grow(4_000, seed=1)
        measure()


def measure() -> None:
    """Interleave saves that keep the tallies with saves that do not."""
    from commitments.models import Commitment

    fresh = Commitment.objects.filter(status="NOT_STARTED", host_agency__code__startswith="beban")
    rows = iter(list(fresh.exclude(lead=None).filter(lead__posts=None)[: 2 * ROUNDS + 4]))
    ours, floor = medians(lambda: save(next(rows)), lambda: save_without(next(rows)), rounds=ROUNDS)
    show("save with tallies, p50", ours, floor, "ms")


def save(row: "Commitment") -> None:
    """News from the lead, noted by its keeper; it starts the commitment by itself."""
    from django.utils import timezone

    from agencies.models import Tenure
    from commitments.actions import OnBehalf, report_progress

    keeper = Tenure.objects.filter(post__agency=row.host_agency, role="OFFICER").select_related("user")[0].user
    now = timezone.now()
    told = OnBehalf("PHONE", "Narahubung", now.date())
    report_progress(row, by=keeper, at=now, text="Mulai dikerjakan.", on_behalf=told)


def save_without(row: "Commitment") -> None:
    """The floor: the same without tallies."""
    from commitments import tallies

    with patch.object(tallies, "kept", lambda rows, at: contextlib.nullcontext()):
        save(row)


if __name__ == "__main__":
    main()
