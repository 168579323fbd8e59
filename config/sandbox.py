"""Files from outside are read in a child process: no Django, no secrets, a ceiling on memory and time, then gone.

A limit of the worker does nothing to a parser that is deep inside a C library; a process of its own ends when told.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

OUT_OF_MEMORY = 3  # exit code with which a script says that its memory ran out


class Stop(Enum):
    """Why a child gave no answer."""

    LATE = auto()  # time ran out
    HEAVY = auto()  # memory ran out
    BROKEN = auto()  # it failed over what it was given


class Stopped(Exception):
    """A child ended without an answer; nothing was written anywhere."""

    def __init__(self, why: Stop) -> None:
        super().__init__(why.name)
        self.why = why


@dataclass(frozen=True)
class Limits:
    """What a child may use: ``seconds`` on the clock, ``processor`` seconds of work (0: as many), ``megabytes``.

    On a busy machine the clock runs on while the child waits for its turn; only its work is its own fault.
    """

    seconds: float
    megabytes: int
    processor: int = 0


def run_apart(script: Path, order: bytes, limits: Limits) -> bytes:
    """Run a Python file with ``order`` on its standard input; return its standard output.

    The file stands alone: it sees the installed packages but neither the project, its settings, nor the environment.
    It exits with 0 when it has answered and with ``OUT_OF_MEMORY`` on a MemoryError. Raises :class:`Stopped`.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
        start_new_session=True,
    )
    try:
        _limit(child.pid, limits)  # it waits for its order, so the limits are there before its work
        answer, _errors = child.communicate(order, timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise Stopped(Stop.LATE) from error
    finally:
        _end(child)
    if child.returncode == 0:
        return answer
    raise Stopped(_reason(child.returncode))


def _limit(pid: int, limits: Limits) -> None:
    memory, seconds = limits.megabytes * 2**20, limits.processor or int(limits.seconds) + 1
    with contextlib.suppress(ProcessLookupError):  # it is gone already, and its exit code will tell why
        resource.prlimit(pid, resource.RLIMIT_AS, (memory, memory))
        resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started, and take back the pipes."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    child.wait()


def _reason(code: int) -> Stop:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Stop.LATE
    return Stop.HEAVY if code in (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV) else Stop.BROKEN
