"""First and second start, and the memory of the whole tree, against one bare process of the same libraries.

The floor sets up Django, Celery and gunicorn and does nothing: what the tree costs on top is ours. Goals: the
second start within 5 s; web, worker and scheduler together within 350 MiB (PSS: shared pages count once).
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.measuring import show

ROOT = Path(__file__).parents[1]
BARE = """
import time
import django, gunicorn.arbiter
from celery import Celery
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"])
django.setup()
Celery("bare").finalize()
print("ada", flush=True)
time.sleep(60)
"""
SETTLED = 8.0  # seconds until the worker and the scheduler have started, too


def main() -> None:
    """Start twice on a home that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        floor_seconds, floor_memory = bare_process()
        first, _memory = start(home)
        second, memory = start(home)
    show("first start, with the example", first, floor_seconds, "s")
    show("second start", second, floor_seconds, "s")
    show("memory of the tree (PSS)", memory, floor_memory, "MiB")


def start(home: str) -> tuple[float, float]:
    """Start a copy; return the seconds until its sign-in page answers, and the memory of its tree in MiB."""
    port = free_port()
    began = time.monotonic()
    tree = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(port)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SIMPUL_HOME": home, "SITE_URL": f"http://127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/masuk/"):
            if tree.poll() is not None or time.monotonic() - began > 120:
                raise SystemExit("The copy did not come up.")
            time.sleep(0.05)
        seconds = time.monotonic() - began
        time.sleep(SETTLED)
        return seconds, sum(memory_of(pid) for pid in family(tree.pid))
    finally:
        tree.send_signal(signal.SIGINT)
        tree.wait()


def bare_process() -> tuple[float, float]:
    """The floor: seconds until the libraries are there, and the memory of that process in MiB."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.PIPE) as bare:
        assert bare.stdout is not None
        bare.stdout.readline()
        seconds, memory = time.monotonic() - began, memory_of(bare.pid)
        bare.kill()
    return seconds, memory


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a page is there."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def family(pid: int) -> list[int]:
    """A process and everything that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory_of(pid: int) -> float:
    """Proportional set size in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
