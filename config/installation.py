"""Set-up before the first request: tables, triggers, cache, static files, reference rows, example.

Every step looks first and does only what is missing, so that a second start is quick.
"""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

EMPTY_MARK = "tanpa-contoh"
Say = Callable[[str], None]


def install(*, say: Say) -> None:
    """Bring database and static files to the state this version of the code needs."""
    _migrate(say)
    # SQLite drops triggers when a migration remakes a table: they are put back after each migrate and each start.
    call_command("install_triggers", verbosity=0)
    _make_cache_table()
    _collect_static(say)
    call_command("seed_reference", verbosity=0)
    call_command("verify_figures", fill=True, verbosity=0)


def load_example(*, say: Say, empty: bool) -> None:
    """Load the example when nobody has an account yet, unless this home was asked to stay without it."""
    mark = Path(settings.SIMPUL_HOME) / EMPTY_MARK
    if has_people():
        if empty and not mark.exists():
            say("Basis data sudah berisi: pilihan --empty tidak berpengaruh.")
        return
    if empty:
        mark.touch()
    if settings.IS_PRODUCTION or mark.exists():
        return
    say("Memuat data contoh ...")
    call_command("demo", verbosity=0)


def has_people() -> bool:
    """Whether anyone has an account."""
    return get_user_model()._default_manager.exists()


def example_accounts() -> list[str]:
    """Return the e-mail addresses of the example's accounts, in the order they were made."""
    people = get_user_model()._default_manager.filter(email__iendswith="@simpul.example").order_by("pk")
    return list(people.values_list("email", flat=True))


def first_run_link() -> str:
    """Return a fresh one-time link to the first-run page."""
    printed = io.StringIO()
    call_command("firstrun_link", stdout=printed)
    return printed.getvalue().strip()


def _migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Menyiapkan basis data ...")
        call_command("migrate", interactive=False, verbosity=0)


def _make_cache_table() -> None:
    if settings.DATABASE_CACHE["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def _collect_static(say: Say) -> None:
    stamp_file = Path(settings.SIMPUL_HOME) / "static.stamp"
    stamp = _static_stamp()
    if stamp_file.exists() and stamp_file.read_text(encoding="ascii") == stamp:
        return
    say("Mengumpulkan berkas tampilan ...")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp_file.write_text(stamp, encoding="ascii")


def _static_stamp() -> str:
    """Digest of name, size and time of every source file, and of where they are collected."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
