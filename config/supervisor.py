"""One process tree: keeps the web server, the worker and the scheduler running, and stops them together.

Runs as a plain script after set-up, without Django, so that the parent of the tree costs a few megabytes.
It reads its plan (JSON) from the file descriptor given as its only argument.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

STOP_AFTER = 6.0  # seconds between the polite and the final signal
FIRST_ALONE = 10.0  # seconds that the first program (the web server) has the machine to itself, at most
STEADY_AFTER = 60.0  # seconds of running after which earlier failures are forgotten
MOST_RESTARTS = 5
FIRST_PAUSE = float(os.environ.get("SIMPUL_PAUSE", "1"))  # seconds; doubles with each restart
POLL = 0.1
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None)


@dataclass
class Child:
    """One program of the tree, in a session of its own."""

    name: str
    command: list[str]
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    start_not_before: float = 0.0

    def start(self, now: float) -> None:
        """Start the program as leader of its own process group."""
        self.running = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)
        self.started_at = now

    def signal(self, number: signal.Signals) -> None:
        """Send ``number`` to every process of the group; gone ones are no error."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, number)

    def is_gone(self) -> bool:
        """Whether no process of the group is left."""
        if self.running is None:
            return True
        self.running.poll()
        self.reap()
        try:
            os.killpg(self.running.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def reap(self) -> None:
        """Collect processes of the group whose own parent has died."""
        if self.running is not None:
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-self.running.pid, os.WNOHANG)[0]:
                    pass


@dataclass
class Tree:
    """The programs, and what to print once the address answers."""

    children: list[Child]
    address: tuple[str, int]
    banner: str
    stopping: bool = False
    announced: bool = False
    failure: str = ""
    began_at: float = 0.0

    def request_stop(self, number: int, frame: FrameType | None) -> None:
        """Note the signal; the loop does the rest."""
        self.stopping = True

    def run(self) -> int:
        """Start everything, watch it until told to stop, stop everything; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.request_stop)
        while not self.stopping:
            self.tend(time.monotonic())
            self.announce()
            time.sleep(POLL)
        self.stop()
        if self.failure:
            say(self.failure)
        return 1 if self.failure else 0

    def tend(self, now: float) -> None:
        """Start what is due and notice what has died."""
        self.began_at = self.began_at or now
        # A person waits for the first page, nobody for the worker: the others follow once the port answers.
        may_follow = self.announced or now - self.began_at > FIRST_ALONE
        for child in self.children if may_follow else self.children[:1]:
            if child.running is None:
                if now >= child.start_not_before:
                    child.start(now)
            elif child.running.poll() is not None:
                self.bury(child, now)

    def bury(self, child: Child, now: float) -> None:
        """Clear a dead program away and plan its restart, or give up after too many."""
        status = child.running.returncode if child.running else 0
        child.signal(signal.SIGKILL)  # workers that outlived their master
        child.reap()
        child.running = None
        child.restarts = 1 if now - child.started_at > STEADY_AFTER else child.restarts + 1
        if child.restarts > MOST_RESTARTS:
            self.failure = (
                f"Proses {child.name} terus berhenti (status {status}). Semua dihentikan; lihat pesan di atas."
            )
            self.stopping = True
            return
        pause = FIRST_PAUSE * 2 ** (child.restarts - 1)
        child.start_not_before = now + pause
        say(f"Proses {child.name} berhenti (status {status}); dijalankan lagi dalam {pause:.0f} detik.")

    def announce(self) -> None:
        """Print the banner once, when the port answers."""
        if self.announced or self.stopping:
            return
        with contextlib.suppress(OSError), socket.create_connection(self.address, timeout=1):
            self.announced = True
            say(self.banner)

    def stop(self) -> None:
        """Ask every program to stop, end by force what has not after six seconds."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_AFTER
        while time.monotonic() < deadline and not all(child.is_gone() for child in self.children):
            time.sleep(POLL)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.running is not None:
                child.running.wait()


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def _die_with_parent() -> None:
    # Even a supervisor that was killed outright must not leave a server behind on the port.
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main() -> int:
    """Read the plan and run the tree."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    with os.fdopen(int(sys.argv[1]), encoding="utf-8") as plan_file:
        plan = json.load(plan_file)
    children = [Child(name, command) for name, command in plan["programs"].items()]
    return Tree(children, (plan["host"], plan["port"]), plan["banner"]).run()


if __name__ == "__main__":
    sys.exit(main())
