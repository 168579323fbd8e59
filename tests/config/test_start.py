"""Starting: what is refused in one sentence, what is set up once, what a second start does not repeat."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start():
    """Run ``manage.py start`` in a fresh process with a clean environment."""

    def _start(home, *arguments, **environment):
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        return subprocess.run(
            [sys.executable, "manage.py", "start", *arguments],
            cwd=ROOT,
            env=kept | {"SIMPUL_HOME": str(home)} | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return _start


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """A home that was set up without the example; made once, read by several tests."""
    home = tmp_path_factory.mktemp("rumah")
    answer = subprocess.run(
        [sys.executable, "manage.py", "start", "--setup-only", "--empty"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SIMPUL_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stderr
    home.joinpath("said").write_text(answer.stdout, encoding="utf-8")
    return home


def rows(home, question):
    connection = sqlite3.connect(home / "simpul.sqlite3")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_set_up_makes_tables_triggers_cache_and_static_files(empty_home):
    tables = {name for (name,) in rows(empty_home, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    triggers = rows(empty_home, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'agencies_event'")

    assert {"agencies_event", "simpul_cache"} <= tables
    assert len(triggers) == 2
    assert (empty_home / "static" / "staticfiles.json").exists()


def test_an_empty_start_prints_a_link_and_loads_nobody(empty_home):
    said = (empty_home / "said").read_text(encoding="utf-8")

    assert "pengaturan awal" in said
    assert "http://127.0.0.1:8000/" in said
    assert rows(empty_home, "SELECT count(*) FROM agencies_user") == [(0,)]


def test_a_second_set_up_repeats_nothing_and_stays_empty(start, empty_home):
    manifest = (empty_home / "static" / "staticfiles.json").stat().st_mtime_ns

    answer = start(empty_home, "--setup-only")

    assert answer.returncode == 0, answer.stderr
    assert "Menyiapkan basis data" not in answer.stdout
    assert "Memuat data contoh" not in answer.stdout
    assert (empty_home / "static" / "staticfiles.json").stat().st_mtime_ns == manifest


def test_a_second_copy_on_the_same_home_is_refused(start, tmp_path):
    with (tmp_path / "lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = start(tmp_path, "--setup-only")

    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Simpul sudah berjalan dengan data di {tmp_path}. Hentikan dahulu yang itu."
    assert not (tmp_path / "simpul.sqlite3").exists()


def test_a_taken_port_is_refused_before_anything_is_set_up(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = start(tmp_path, "--port", str(port))

    assert answer.returncode == 1
    assert f"Port {port} sedang dipakai program lain." in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "simpul.sqlite3").exists()


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--bind", "203.0.113.7"), ("--bind", "bukan-alamat")])
def test_an_address_that_cannot_be_used_is_refused_in_words(start, tmp_path, arguments):
    answer = start(tmp_path, *arguments)

    assert answer.returncode == 1
    assert len(answer.stderr.strip().splitlines()) == 1


def test_production_refuses_a_database_with_the_example(start, tmp_path, empty_home):
    shutil.copy(empty_home / "simpul.sqlite3", tmp_path / "simpul.sqlite3")
    connection = sqlite3.connect(tmp_path / "simpul.sqlite3")
    columns = {row[1]: row for row in connection.execute("PRAGMA table_info(agencies_user)")}
    needed = {name: "" for name, row in columns.items() if row[3] and not row[5]}
    values = needed | {"email": "petugas.bp3mi@simpul.example"}
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO agencies_user ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    connection.commit()
    connection.close()

    answer = start(
        tmp_path,
        "--setup-only",
        SIMPUL_MODE="produksi",
        SECRET_KEY="hanya-untuk-uji-abcdefghijklmnopqrstuvwxyz",
        SITE_URL="https://simpul.example",
    )

    assert answer.returncode == 1
    assert "akun contoh" in answer.stderr


# --- bin/start itself, with stand-ins for the programs of Debian ---------------------------------------------


@pytest.fixture
def bare_machine(tmp_path):
    """A copy of bin/ on a machine where nothing is installed and the person is not root."""
    project, programs = tmp_path / "proyek", tmp_path / "program"
    shutil.copytree(ROOT / "bin", project / "bin")
    programs.mkdir()
    called = tmp_path / "dipanggil"
    stand_ins = {
        "id": "echo 1000",
        "sudo": "exit 1",
        "ldconfig": "true",
        "apt-get": f'echo "apt-get $*" >> {called}',
        "pip": f'echo "pip $*" >> {called}',
        **dict.fromkeys(("python3", "python3.11", "python3.12"), 'case "$*" in *ensurepip*) exit 1 ;; esac'),
    }
    for name, body in stand_ins.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (programs / name).chmod(0o755)

    def _start(*arguments):
        return subprocess.run(
            [project / "bin" / "start", *arguments],
            env={"PATH": f"{programs}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=30,
        )

    _start.called = called
    _start.programs = programs
    return _start


def test_what_is_missing_is_one_line_with_the_command(bare_machine):
    answer = bare_machine()

    assert answer.returncode == 1
    assert answer.stdout == ""
    [line] = answer.stderr.strip().splitlines()
    assert "apt-get update && apt-get install -y --no-install-recommends python3-venv libpangoft2-1.0-0" in line
    assert not bare_machine.called.exists()


def test_root_updates_the_list_of_packages_before_installing(bare_machine):
    (bare_machine.programs / "id").write_text("#!/bin/sh\necho 0\n", encoding="utf-8")

    bare_machine()

    first, second = bare_machine.called.read_text(encoding="utf-8").splitlines()[:2]
    assert first.endswith("update")
    assert second.endswith("python3-venv libpangoft2-1.0-0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "delapan"], "Port harus berupa angka"),
        (["--port"], "memerlukan nilai"),
        (["--kosong"], "Pilihan tidak dikenal: --kosong"),
    ],
)
def test_a_wrong_choice_is_explained(bare_machine, arguments, words):
    answer = bare_machine(*arguments)

    assert answer.returncode == 2
    assert words in answer.stderr


def test_help_is_in_indonesian_and_needs_nothing(bare_machine):
    answer = bare_machine("--help")

    assert answer.returncode == 0
    for choice in ("--port", "--bind", "--empty", "--setup-only", "Pemakaian"):
        assert choice in answer.stdout
