"""A child process that reads what others sent: limits of time and memory, no secrets, no files, no leftovers."""

import os
import time

import pytest

from config.sandbox import Limits, Stop, Stopped, run_apart

ROOMY = Limits(seconds=10, megabytes=256)


@pytest.fixture
def script(tmp_path):
    def _script(words):
        path = tmp_path / "anak.py"
        path.write_text(f"import os, sys, time\norder = sys.stdin.buffer.read()\n{words}\n", encoding="utf-8")
        return path

    return _script


def test_the_answer_is_what_the_child_writes(script):
    assert run_apart(script("sys.stdout.buffer.write(order[::-1])"), b"abc", ROOMY) == b"cba"


def test_a_large_order_and_a_large_answer_pass(script):
    order = b"x" * 5_000_000

    assert run_apart(script("sys.stdout.buffer.write(order)"), order, ROOMY) == order


def test_a_child_that_does_not_end_is_ended(script):
    began = time.monotonic()

    with pytest.raises(Stopped) as stopped:
        run_apart(script("time.sleep(60)"), b"", Limits(seconds=0.5, megabytes=256))

    assert stopped.value.why is Stop.LATE
    assert time.monotonic() - began < 2


def test_a_child_that_ignores_its_order_does_not_hold_anybody(tmp_path):
    deaf = tmp_path / "tuli.py"
    deaf.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")

    with pytest.raises(Stopped) as stopped:
        run_apart(deaf, b"x" * 1_000_000, Limits(seconds=0.5, megabytes=256))

    assert stopped.value.why is Stop.LATE


def test_memory_ends_before_that_of_the_machine(script):
    greedy = "try:\n    held = bytearray(900_000_000)\nexcept MemoryError:\n    sys.exit(3)"

    with pytest.raises(Stopped) as stopped:
        run_apart(script(greedy), b"", ROOMY)

    assert stopped.value.why is Stop.HEAVY


def test_a_failure_is_told_apart_and_its_traceback_stays_inside(script, capfd):
    with pytest.raises(Stopped) as stopped:
        run_apart(script("raise ValueError"), b"", ROOMY)

    assert stopped.value.why is Stop.BROKEN
    assert capfd.readouterr().err == ""


def test_the_child_knows_no_secret_and_no_project(script, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    nosy = (
        "try:\n    import config\n    found = 'project'\nexcept ImportError:\n    found = ''\n"
        "sys.stdout.write(found + os.environ.get('SECRET_KEY', ''))"
    )

    assert run_apart(script(nosy), b"", ROOMY) == b""


def test_the_child_cannot_fill_the_disk(script, tmp_path):
    target = tmp_path / "berkas"

    with pytest.raises(Stopped):
        run_apart(script(f"open({str(target)!r}, 'wb', buffering=0).write(b'x')"), b"", ROOMY)

    assert not target.exists() or target.stat().st_size == 0


def test_nothing_of_it_stays_behind(script):
    before = len(os.listdir("/proc/self/fd"))

    for _round in range(3):
        run_apart(script("sys.stdout.write('ya')"), b"", ROOMY)

    assert len(os.listdir("/proc/self/fd")) == before
