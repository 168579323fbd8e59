"""The page of one commitment as the nation grows, ``python -m benchmarks.detail 1000 100000``. Goal: 12 queries."""

from benchmarks.growing import run


def main() -> None:
    """As the officer who keeps it."""
    run(pages, account="petugas.balai01")


def pages() -> dict[str, str]:
    """A commitment in the middle of its life."""
    from commitments.models import Commitment

    row = Commitment.objects.filter(host_agency__code="beban-balai-01", status="RUNNING").order_by("pk")[0]
    return {"detail": row.get_absolute_url()}


if __name__ == "__main__":
    main()
