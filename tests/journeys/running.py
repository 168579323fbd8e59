"""A running copy of Simpul on a home of its own, as a person would start it."""

import email
import email.policy
import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "sandi-perjalanan-yang-panjang"
BIN = Path(sys.executable).parent


@dataclass(eq=False)
class RunningCopy:
    """One ``bin/start`` and what it may be asked."""

    home: Path
    port: int
    process: subprocess.Popen
    environment: dict[str, str]
    ready_after: float = 0.0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self):
        return (self.home / "keluaran").read_text(encoding="utf-8")

    def manage(self, *arguments):
        """Run ``manage.py`` on the data of this copy; a failure is an error of the test."""
        answer = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def mails(self):
        """Return the messages in the mail folder, oldest first."""
        files = sorted((self.home / "mail").glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def status_of(self, path):
        """Return the HTTP status of ``path`` for someone without a session, or 0 when nobody answers."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", path)
            status = connection.getresponse().status
            connection.close()
        except OSError:
            return 0
        return status

    def processes(self):
        """Return the process ids of the tree, the supervisor first."""
        found, parents = [self.process.pid], {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
        for pid in found:
            found.extend(parents.get(pid, []))
        return found

    def memory(self):
        """Return the memory of the tree in MiB: PSS, so that shared pages count once."""
        kilobytes = 0
        for pid in self.processes():
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended meanwhile
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return kilobytes / 1024

    def stop(self):
        """Stop as Ctrl+C does; return the seconds it took."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=20)
        return time.monotonic() - began


def surroundings(home):
    """What a copy on ``home`` finds in its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return kept | {"SIMPUL_HOME": str(home), "DEMO_PASSWORD": PASSWORD}


def set_up(home):
    """Make the database and load the example, without starting anything."""
    command = [ROOT / "bin" / "start", "--setup-only"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(home), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr


def start_copy(home, *arguments, **environment):
    """Start a copy on ``home`` and wait until its sign-in page answers."""
    port = free_port()
    base = surroundings(home) | environment
    began = time.monotonic()
    with (home / "keluaran").open("wb") as output:
        process = subprocess.Popen(
            [ROOT / "bin" / "start", "--port", str(port), *arguments],
            cwd=ROOT,
            env=base,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    copy = RunningCopy(home, port, process, base | {"SITE_URL": f"http://127.0.0.1:{port}"})
    while copy.status_of("/masuk/") != 200:
        if process.poll() is not None or time.monotonic() - began > 120:
            copy.stop()
            raise AssertionError(f"bin/start did not come up:\n{copy.output}")
        time.sleep(0.1)
    copy.ready_after = time.monotonic() - began
    return copy


def wait_for(answer, seconds=10.0):
    """Return the first truthy answer, or fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := answer():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain")
