"""How the scripts time and print: interleaved calls, medians, our figure against the floor's."""

import statistics
import time
from collections.abc import Callable

Call = Callable[[], object]


def medians(ours: Call, floor: Call, *, rounds: int) -> tuple[float, float]:
    """Call both in turns, twice to warm up and then ``rounds`` times; return their medians in milliseconds."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 2):
        for call, times in zip((ours, floor), taken, strict=True):
            began = time.perf_counter()
            call()
            if turn >= 2:
                times.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def show(what: str, ours: float, floor: float, unit: str) -> None:
    """Print one line: our figure, the floor's, and how many times the floor ours is."""
    print(f"{what:<34}{ours:>9.1f} {unit:<4} floor {floor:>8.1f} {unit:<4} ratio {ours / floor:>6.2f}")
