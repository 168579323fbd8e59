"""How well and how fast press releases are read: scores per kind and milliseconds per 5 KB.

Goals: recall of agreed and plan >= 85 %, precision >= 85 %, pledges or hopes taken for agreed <= 3 %, nothing
found where there is nothing, 5 KB within 50 ms. Texts: those of the project (``dev`` the rules were written with,
``held`` they were not) and the reference texts beside the project, where they exist.
"""

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commitments.reading.release import Score, as_labels, read_release, score

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "commitments" / "reading" / "releases"
SAMPLES = ROOT.parent / "shared" / "samples"
ROUNDS = 30


def main() -> None:
    """Score every set and time a text of 5 KB."""
    for name, folder, pattern in (("dev", OWN, "dev_*"), ("held", OWN, "held_*"), ("samples", SAMPLES, "*")):
        total, texts = Score(), 0
        for text, label in labelled(folder, pattern):
            total, texts = total + score(as_labels(read_release(text)), label), texts + 1
        if texts:
            show_score(name, texts, total)
    print(f"{'reading 5 KB':<12}{milliseconds(five_kilobytes()):>8.1f} ms")


def labelled(folder: Path, pattern: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the texts of a folder with their labels; the reference texts carry their address on the first line."""
    for path in sorted(folder.glob(f"{pattern}.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        body = text.split("\n", 1)[1] if folder == SAMPLES else text
        yield body, json.loads(path.read_text(encoding="utf-8"))


def show_score(name: str, texts: int, total: Score) -> None:
    """Print one line: recall per kind, precision, what was wrongly taken for agreed, and found where nothing is."""
    print(
        f"{name:<8}{texts:>3} texts  agreed+plan {total.recall('agreed', 'plan'):>6.1%}  agreed "
        f"{total.recall('agreed'):>6.1%}"
        f"  plan {total.recall('plan'):>6.1%}  pledge {total.recall('pledge'):>6.1%}  precision {total.precision:>6.1%}"
        f"  wrongly agreed {total.false_agreed:>5.1%}  invented {total.invented}  dates {dict(total.dates)}"
    )


def five_kilobytes() -> str:
    """Return 5,000 characters of the project's own texts."""
    return "\n\n".join(text for text, _ in labelled(OWN, "dev_*"))[:5_000]


def milliseconds(text: str) -> float:
    """Return the median time of reading a text."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read_release(text)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
