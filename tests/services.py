"""The servers and programs a full test run wants; what is missing is left out in words.

``python -m tests.services postgres`` prints the address of a PostgreSQL that lets us make databases;
``python -m tests.services programs`` names the missing programs. ``REQUIRE_SERVICES=1`` turns leaving out into failing.
"""

import getpass
import os
import shutil
import socket
import sys

import pytest

PROGRAMS = {
    "chromium": "chromium (uji di peramban)",
    "pdftotext": "poppler-utils (uji isi PDF)",
    "msgfmt": "gettext (uji terjemahan)",
    "redis-server": "redis-server (uji antrean)",
}
DEFAULT_POSTGRES = "postgres://simpul:simpul@127.0.0.1/postgres"


def chromium() -> str | None:
    """Return the path of the browser, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing_programs() -> list[str]:
    """Name what is not installed."""
    found = {"chromium": chromium()}
    return [words for name, words in PROGRAMS.items() if not (found.get(name) or shutil.which(name))]


def need(answer: object, sentence: str) -> None:
    """Skip the test with ``sentence`` when ``answer`` is empty, or fail it when everything is required."""
    if answer:
        return
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"Diperlukan: {sentence}")
    pytest.skip(f"Ditinggalkan: {sentence}")


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def postgres() -> tuple[str, str]:
    """Return (address of a server that lets us make databases, "") or ("", why there is none)."""
    import psycopg2

    tried = [os.environ.get("TEST_POSTGRES_URL") or DEFAULT_POSTGRES]
    tried.append(f"postgres://{getpass.getuser()}@127.0.0.1/postgres")
    reason = ""
    for address in tried:
        try:
            connection = psycopg2.connect(address, connect_timeout=3)
        except psycopg2.OperationalError as failure:
            reason = reason or " ".join(str(failure).split())
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            may_create = cursor.fetchone() == (True,)
        connection.close()
        if may_create:
            return address, ""
        reason = "masuk, tetapi tidak boleh membuat basis data"
    return "", f"PostgreSQL tidak dapat dipakai ({reason})"


def main() -> int:
    """Answer one question of ``bin/test``."""
    if sys.argv[1] == "programs":
        print("\n".join(missing_programs()))
        return 0
    address, reason = postgres()
    print(address or reason)
    return 0 if address else 1


if __name__ == "__main__":
    sys.exit(main())
