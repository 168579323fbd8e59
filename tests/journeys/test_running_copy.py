"""One command starts everything; one signal ends it."""

import http.client
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.journeys.running import ROOT, start_copy, wait_for

pytestmark = pytest.mark.journey

MOST_MEMORY = 350  # MiB, the whole tree at rest


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    running = start_copy(tmp_path_factory.mktemp("salinan"))
    yield running
    running.stop()


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def program(copy, word):
    """Return the process ids of the tree that were started with the argument ``word``."""
    found = []
    for pid in copy.processes():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except FileNotFoundError:
            continue
        if word.encode() in command.split(b"\0"):
            found.append(pid)
    return found


def test_the_address_and_every_account_are_printed(copy):
    said = wait_for(lambda: copy.output if copy.address in copy.output else "")

    for name in ("petugas.bp3mi", "pimpinan.bp3mi", "humas.bp3mi", "petugas.contoh", "auditor", "admin"):
        assert f"{name}@simpul.example" in said
    assert "Traceback" not in said


def test_web_worker_and_scheduler_run_in_one_tree(copy):
    wait_for(lambda: program(copy, "worker") and program(copy, "beat"))

    assert program(copy, "gunicorn")
    assert len(program(copy, "worker")) == 1
    assert len(program(copy, "beat")) == 1


def test_the_tree_is_small(copy):
    wait_for(lambda: program(copy, "worker") and program(copy, "beat"))

    assert copy.memory() < MOST_MEMORY


def test_the_files_of_the_look_are_served(copy):
    assert copy.status_of("/masuk/") == 200
    assert copy.status_of("/tidak-ada/") in {302, 404}


def test_a_file_of_25_megabytes_is_answered_and_not_cut_off(copy):
    boundary = "batas"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="besar.jpg"\r\n\r\n'
    body = head.encode() + b"x" * 25 * 1024 * 1024 + f"\r\n--{boundary}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", copy.port, timeout=30)

    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Cookie": f"csrftoken={'a' * 32}"}
    connection.request("POST", "/masuk/", body, headers)
    status = connection.getresponse().status
    connection.close()

    assert status == 403  # the form came without its token; what counts is that the whole body was heard


def test_a_second_copy_on_the_same_home_is_refused_and_the_first_goes_on(copy):
    answer = subprocess.run(
        [ROOT / "bin" / "start", "--port", "1"], env=copy.environment, capture_output=True, text=True, timeout=60
    )

    assert answer.returncode == 1
    assert "sudah berjalan" in answer.stderr
    assert copy.status_of("/masuk/") == 200


@pytest.mark.parametrize("word", ["gunicorn", "worker", "beat"])
def test_a_killed_program_comes_back(copy, word):
    first = wait_for(lambda: program(copy, word))[0]

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: not is_alive(first) and program(copy, word))
    wait_for(lambda: copy.status_of("/masuk/") == 200)


def test_one_signal_ends_everything_and_the_second_start_is_quick(tmp_path):
    first = start_copy(tmp_path)
    wait_for(lambda: program(first, "worker") and program(first, "beat"))
    processes = first.processes()

    seconds = first.stop()

    assert first.process.returncode == 0
    assert seconds < 8
    assert not [pid for pid in processes if is_alive(pid)]
    assert first.status_of("/masuk/") == 0

    again = start_copy(tmp_path)
    printed = again.output
    again.stop()

    # How long it took is a figure for benchmarks; here it only must not do the work of a first start again.
    print(f"second start: {again.ready_after:.1f} s")
    assert "Memasang" not in printed
    assert "Menyiapkan basis data" not in printed
