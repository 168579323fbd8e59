"""How well the messy tables are read: every expected cell is right, flagged, or silently wrong; and how fast.

The cells are those of ``tests/commitments/reading/workbooks``. Goals: 98 % right or flagged, none silently wrong.
"""

import time
from collections import Counter

ROWS = 200


def main() -> None:
    """Print the figures of every table and of all."""
    from tests.commitments.reading.workbooks import BUILDERS
    from tests.commitments.reading.workbooks.scoring import score

    whole: Counter[str] = Counter()
    for build in BUILDERS:
        table = build()
        found = score(table)
        whole += Counter(found.counts)
        print(
            f"{table.slug:<40}{found.counts['right']:>5} right{found.counts['flagged']:>5} flagged "
            f"{found.counts['wrong']:>3} wrong"
        )
        for words in found.wrong:
            print(f"    {words}")
    cells = sum(whole.values())
    good = whole["right"] + whole["flagged"]
    print(
        f"{cells} cells: {whole['right']} right, {whole['flagged']} flagged, {whole['wrong']} silently wrong; "
        f"{100 * good / cells:.1f} % right or flagged"
    )
    print(f"a table of {ROWS} rows is read in {pace():.0f} ms")


def pace() -> float:
    """Milliseconds of work for a table of :data:`ROWS` rows, the best of five."""
    from commitments.reading.table.reading import read_table
    from tests.commitments.reading.workbooks import AGENCIES, MEETING_ON

    row = "%d\tPelatihan ke-%d\tDisnaker, Dinas Antah %d dan Polres\tTW II 2026\tProses\tKeterangan"
    text = "\n".join(["No\tKomitmen\tPIC\tTenggat\tStatus\tKet.", *(row % (n, n, n % 9) for n in range(ROWS))])
    taken = []
    for _turn in range(5):
        began = time.process_time()
        read_table(text, meeting_on=MEETING_ON, agencies=AGENCIES)
        taken.append((time.process_time() - began) * 1000)
    return min(taken)


if __name__ == "__main__":
    main()
