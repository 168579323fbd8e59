"""The parent of the tree, with small programs in place of the real ones."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "config" / "supervisor.py"
SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER
FAILING = "import sys; open(sys.argv[1], 'a').write('x\\n'); sys.exit(3)"
PARENT = (
    "import subprocess, sys, time;subprocess.Popen([sys.executable, '-c', sys.argv[2], sys.argv[1]]);time.sleep(60)"
)


def is_alive(pid):
    """Whether a process runs (a dead one that nobody collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(answer, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := answer():
            return found
        time.sleep(0.02)
    pytest.fail("waited in vain")


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def run_tree(listening):
    started = []

    def run(*, port=listening, banner="siap", **programs):
        reader, writer = os.pipe()
        plan = {"programs": programs, "host": "127.0.0.1", "port": port, "banner": banner}
        os.write(writer, json.dumps(plan).encode())
        os.close(writer)
        tree = subprocess.Popen(
            [sys.executable, "-P", str(SCRIPT), str(reader)], pass_fds=[reader], stdout=subprocess.PIPE, text=True
        )
        os.close(reader)
        started.append(tree)
        return tree

    yield run
    for tree in started:
        if tree.poll() is None:
            tree.terminate()
            tree.wait(timeout=10)
        tree.stdout.close()


def program(code, path, *more):
    return [sys.executable, "-c", code, str(path), *more]


def pids(path):
    return [int(line) for line in path.read_text(encoding="ascii").split()] if path.exists() else []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_every_program(run_tree, tmp_path, number):
    tree = run_tree(satu=program(SLEEPER, tmp_path / "satu"), dua=program(SLEEPER, tmp_path / "dua"))
    running = [wait_for(lambda name=name: pids(tmp_path / name))[0] for name in ("satu", "dua")]

    tree.send_signal(number)

    assert tree.wait(timeout=3) == 0
    assert not any(is_alive(pid) for pid in running)


def test_a_program_that_does_not_listen_is_gone_within_eight_seconds(run_tree, tmp_path):
    tree = run_tree(bandel=program(STUBBORN, tmp_path / "bandel"))
    [pid] = wait_for(lambda: pids(tmp_path / "bandel"))

    asked_at = time.monotonic()
    tree.terminate()
    tree.wait(timeout=10)

    assert 5.5 < time.monotonic() - asked_at < 8
    assert not is_alive(pid)


def test_a_killed_program_is_started_again_and_its_workers_are_cleared_away(run_tree, tmp_path):
    parent = [sys.executable, "-c", PARENT, str(tmp_path / "pekerja"), SLEEPER]
    run_tree(induk=parent)
    [worker] = wait_for(lambda: pids(tmp_path / "pekerja"))

    os.killpg(os.getpgid(worker), 0)  # it exists
    os.kill(os.getpgid(worker), signal.SIGKILL)

    wait_for(lambda: len(pids(tmp_path / "pekerja")) == 2)
    assert not is_alive(worker)


def test_a_program_that_keeps_failing_stops_the_tree_with_a_sentence(run_tree, tmp_path, monkeypatch):
    monkeypatch.setenv("SIMPUL_PAUSE", "0.01")
    tree = run_tree(gagal=program(FAILING, tmp_path / "gagal"), lain=program(SLEEPER, tmp_path / "lain"))

    said, _ = tree.communicate(timeout=10)

    assert tree.returncode == 1
    assert "Proses gagal terus berhenti (status 3)" in said
    assert not is_alive(pids(tmp_path / "lain")[0])


def test_the_banner_appears_once_and_only_when_the_port_answers(run_tree, tmp_path):
    with socket.socket() as later:
        later.bind(("127.0.0.1", 0))
        tree = run_tree(port=later.getsockname()[1], banner="alamat", satu=program(SLEEPER, tmp_path / "satu"))
        wait_for(lambda: pids(tmp_path / "satu"))
        early, _, _ = select.select([tree.stdout], [], [], 0.4)

        later.listen()

        assert not early
        assert tree.stdout.readline() == "alamat\n"


def test_programs_do_not_outlive_a_killed_supervisor(run_tree, tmp_path):
    tree = run_tree(satu=program(SLEEPER, tmp_path / "satu"))
    [pid] = wait_for(lambda: pids(tmp_path / "satu"))

    tree.kill()
    tree.wait(timeout=3)

    wait_for(lambda: not is_alive(pid))


def test_the_first_program_starts_alone_and_the_others_follow_once_it_answers(run_tree, tmp_path):
    with socket.socket() as later:
        later.bind(("127.0.0.1", 0))
        run_tree(
            port=later.getsockname()[1],
            web=program(SLEEPER, tmp_path / "web"),
            pekerja=program(SLEEPER, tmp_path / "pekerja"),
        )
        wait_for(lambda: pids(tmp_path / "web"))
        time.sleep(0.3)
        early = pids(tmp_path / "pekerja")

        later.listen()

        assert early == []
        wait_for(lambda: pids(tmp_path / "pekerja"))
