"""Fifty people at once on a running copy with 10,000 commitments: ``python -m benchmarks.concurrency``.

Each asks a page, reads for two to six seconds (four on average), and asks the next. The floor is the form of the
check page, asked by the same fifty in the same run: what remains is ours. Goal: 95 of 100 pages within 100 ms on two
processors of one's own. With ``--no-pause`` nobody reads: the pages a second are what the copy can serve at most, and
the times are those of a queue. The processor time per page does not depend on who else loads the machine.
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from benchmarks.growing import grow, set_up
from benchmarks.measuring import show
from benchmarks.start import ROOT, SETTLED, answers, family, free_port, memory_of

PEOPLE = 50
SECONDS = 40
READING = (2.0, 6.0)  # seconds between two pages of one person
NO_PAUSE = (0.0, 0.0)
FLOOR = "/v/"
MIX = (("/", 3), ("/komitmen/", 4), ("/dasbor/", 2), ("/pertemuan/", 2), ("/komitmen/?kondisi=LATE", 1), ("detail", 4))
Times = dict[str, list[float]]


def main() -> None:
    """Make the world, start a copy on it, and let the people in."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--commitments", type=int, default=10_000)
    parser.add_argument("--no-pause", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        set_up(home)
        grow(asked.commitments, seed=1)
        measure(home, NO_PAUSE if asked.no_pause else READING)


def measure(home: str, reading: tuple[float, float]) -> None:
    """Start the tree of processes and print the times of every page and its memory afterwards."""
    cookies, details = sessions(), addresses()
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    environment = {"PATH": os.environ["PATH"], "SIMPUL_HOME": home, "SITE_URL": site}
    environment |= {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    tree = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not answers(f"{site}/masuk/"):
            time.sleep(0.2)
        time.sleep(SETTLED)
        before = seconds_of(family(tree.pid))
        taken = visit(site, cookies, details, reading)
        worked = seconds_of(family(tree.pid)) - before
        memory = sum(memory_of(pid) for pid in family(tree.pid))
    finally:
        tree.send_signal(signal.SIGINT)
        tree.wait()
    report(taken, memory, worked)


def seconds_of(processes: list[int]) -> float:
    """Processor seconds used so far, in programs and in the kernel."""
    found = 0
    for pid in processes:
        numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        found += int(numbers[11]) + int(numbers[12])
    return found / os.sysconf("SC_CLK_TCK")


def sessions() -> list[str]:
    """A session cookie of each person, officers and supervisors of the field offices in turn."""
    from django.conf import settings
    from django.test import Client

    from agencies.models import User

    people = list(User.objects.filter(email__contains=".balai").order_by("email"))
    found = []
    for number in range(PEOPLE):
        browser = Client()
        browser.force_login(people[number % len(people)])
        found.append(f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")
    return found


def addresses() -> dict[str, list[str]]:
    """Pages of single commitments that each person may see, by the number of the office."""
    from commitments.models import Commitment

    found: dict[str, list[str]] = defaultdict(list)
    rows = Commitment.objects.counted().filter(host_agency__code__startswith="beban-balai")
    for row in rows.select_related("host_agency")[:4_000]:
        found[row.host_agency.code].append(row.get_absolute_url())
    return found


def visit(site: str, cookies: list[str], details: dict[str, list[str]], reading: tuple[float, float]) -> Times:
    """Let everybody look at pages for a while; milliseconds by page."""
    taken: Times = defaultdict(list)
    until = time.monotonic() + SECONDS
    offices = sorted(details)

    def one(number: int) -> None:
        chance = random.Random(number)
        own = details[offices[number % len(offices)]]
        while time.monotonic() < until:
            time.sleep(chance.uniform(*reading))
            pages, weights = zip(*MIX, strict=True)
            page = chance.choices(pages, weights=weights)[0]
            taken[page].append(fetch(site + (chance.choice(own) if page == "detail" else page), cookies[number]))
            taken[FLOOR].append(fetch(site + FLOOR, cookies[number]))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def fetch(address: str, cookie: str) -> float:
    """Milliseconds until a page is there."""
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()
    return (time.perf_counter() - began) * 1000


def report(taken: Times, memory: float, worked: float) -> None:
    """Print the 95th of 100 of each page beside that of the floor."""
    answered = sum(map(len, taken.values()))
    print(f"{answered / SECONDS:.1f} pages a second, {worked / answered * 1000:.0f} ms processor time each (floor too)")
    floor = percentile(taken.pop(FLOOR))
    for page, times in sorted(taken.items()):
        show(f"{page}, p95 of {len(times)}", percentile(times), floor, "ms")
    every = [one for times in taken.values() for one in times]
    show(f"all pages, p95 of {len(every)}", percentile(every), floor, "ms")
    show("all pages, p50", statistics.median(every), floor, "ms")
    print(f"memory of the tree (PSS) {memory:.0f} MiB")


def percentile(times: list[float]) -> float:
    """The 95th of 100."""
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
