"""``manage.py start``: set everything up, then become the parent of web server, worker and scheduler."""

import errno
import fcntl
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from config import installation
from config.checks import production_has_no_example_account


class Command(BaseCommand):
    """Runs the whole of Simpul from one terminal."""

    help = "Menyiapkan dan menjalankan Simpul: web, pekerja, dan penjadwal dalam satu pohon proses."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the choices of ``bin/start``."""
        parser.add_argument("--port", type=int, default=8000, help="port web (bawaan 8000)")
        parser.add_argument("--bind", default="127.0.0.1", help="alamat yang didengarkan (bawaan 127.0.0.1)")
        parser.add_argument("--empty", action="store_true", help="tanpa data contoh; mencetak tautan pengaturan awal")
        parser.add_argument("--setup-only", action="store_true", help="hanya menyiapkan, tidak menjalankan")

    def handle(self, *args: Any, port: int, bind: str, empty: bool, setup_only: bool, **options: Any) -> None:
        """Lock the home, set up, then run; each refusal is one sentence and exit status 1."""
        lock = self.lock_home()
        if not setup_only:
            self.refuse_taken_port(bind, port)
        self.refuse_example_in_production()
        installation.install(say=self.say)
        installation.load_example(say=self.say, empty=empty)
        self.check(databases=["default"], include_deployment_checks=settings.IS_PRODUCTION)
        banner = self.banner()
        connections.close_all()
        if setup_only:
            self.say(f"Penyiapan selesai.{banner}")
            return
        os.set_inheritable(lock, True)
        run_tree(bind, port, f"\nSimpul berjalan di {settings.SITE_URL}/ (berhenti: Ctrl+C){banner}")

    def say(self, text: str) -> None:
        """Print one line at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def refuse(self, sentence: str) -> NoReturn:
        """End with a sentence on the error output."""
        self.stderr.write(sentence)
        sys.exit(1)

    def lock_home(self) -> int:
        """Take the lock of this home; a second copy on the same data would send everything twice."""
        path = Path(settings.SIMPUL_HOME) / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.refuse(f"Simpul sudah berjalan dengan data di {settings.SIMPUL_HOME}. Hentikan dahulu yang itu.")
        return lock

    def refuse_taken_port(self, bind: str, port: int) -> None:
        """Say plainly why the address cannot be used, before anything is set up."""
        family = socket.AF_INET6 if ":" in bind else socket.AF_INET
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((bind, port))
        except OverflowError:
            self.refuse(f"Port {port} tidak ada: pilih angka 1 sampai 65535.")
        except OSError as failure:
            if failure.errno == errno.EADDRINUSE:
                self.refuse(f"Port {port} sedang dipakai program lain. Pilih yang lain, misalnya --port {port + 1}.")
            self.refuse(f"Alamat {bind} port {port} tidak dapat dipakai: {failure.strerror}.")

    def refuse_example_in_production(self) -> None:
        """Stop before touching a database whose accounts have a known password."""
        for message in production_has_no_example_account(None, databases=["default"]):
            self.refuse(f"{message.msg} {message.hint}")

    def banner(self) -> str:
        """Return who can sign in, or how to begin."""
        if not installation.has_people():
            return f"\nBuka tautan sekali pakai ini untuk pengaturan awal:\n  {installation.first_run_link()}"
        accounts = installation.example_accounts()
        if settings.IS_PRODUCTION or not accounts:
            return ""
        where = "pada variabel DEMO_PASSWORD" if settings.DEMO_PASSWORD else f"di {settings.SIMPUL_HOME}/demo-password"
        return "\n".join([f"\nAkun contoh (kata sandi {where}):", *(f"  {email}" for email in accounts)])


def run_tree(bind: str, port: int, banner: str) -> NoReturn:
    """Replace this process by the supervisor, which does not carry Django."""
    host = f"[{bind}]" if ":" in bind else bind
    os.environ["SIMPUL_BIND"] = f"{host}:{port}"
    # Whoever starts a copy as root in a container need not read three lines about it each time.
    celery = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "-q", "-A"]
    quiet = ["-l", "WARNING"]
    # Everything was checked before; checking again would load all pages into the worker, which shows none.
    os.environ["CELERY_SKIP_CHECKS"] = "true"
    plan = {
        "programs": {
            "web": [sys.executable, "-m", "gunicorn", "-c", "python:config.webserver", "config.wsgi"],
            "pekerja": [
                *celery,
                "config",
                "worker",
                "-P",
                "threads",
                "-c",
                "2",
                "--without-gossip",
                "--without-mingle",
                *quiet,
            ],
            "penjadwal": [*celery, "config.scheduler", "beat", "--pidfile=", *quiet],
        },
        "host": {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind),
        "port": port,
        "banner": banner,
    }
    # Through a pipe, not the command line: the banner may carry a one-time link.
    reader, writer = os.pipe()
    os.write(writer, json.dumps(plan).encode())
    os.close(writer)
    os.set_inheritable(reader, True)
    script = str(settings.BASE_DIR / "config" / "supervisor.py")
    os.chdir(settings.BASE_DIR)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-P", script, str(reader)])
