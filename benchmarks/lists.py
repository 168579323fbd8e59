"""The list of commitments in each order and under each filter, as the nation grows.

``python -m benchmarks.lists 1000 100000``

Goal: p50 at 100,000 rows at most 1.15 times p50 at 1,000; at most 8 queries.
"""

from benchmarks.growing import run

ADDRESS = "/komitmen/"
QUERIES = (
    "", "urut=-tenggat", "urut=-kode", "urut=perkembangan", "kondisi=LATE", "tugas=kewajiban", "celah=ada",
    "tenggat=14", "status=BLOCKED", "q=pelatihan",
)  # fmt: skip


def main() -> None:
    """As an officer of one field office, who keeps a twenty-third of all."""
    run(pages, account="petugas.balai01")


def pages() -> dict[str, str]:
    """One address for each order and filter."""
    return {f"list {query or 'plain'}"[:22]: f"{ADDRESS}?{query}" for query in QUERIES}


if __name__ == "__main__":
    main()
