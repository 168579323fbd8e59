"""The commands of the production shape, as docker-compose.yml has them, against servers of this machine."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import uuid
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml

from tests.journeys.running import BIN, ROOT, wait_for
from tests.services import free_port, need, postgres

pytestmark = pytest.mark.journey

HOST = "simpul.kantor.example"
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


@pytest.fixture(scope="module")
def database():
    """An empty database of our own, removed afterwards."""
    server = os.environ.get("TEST_POSTGRES_URL") or postgres()[0]
    need(server, "PostgreSQL (bentuk produksi)")
    name = f"simpul_bentuk_{uuid.uuid4().hex[:8]}"
    with contextlib.closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory):
    """A Redis of our own with a password, as the compose file starts it."""
    need(shutil.which("redis-server"), "redis-server (bentuk produksi)")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "kunci-uji"]
    server = subprocess.Popen(
        ["redis-server", *options], cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL
    )
    yield port
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture(scope="module")
def environment(tmp_path_factory, database, redis_port):
    return {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "SIMPUL_MODE": "produksi",
        "SIMPUL_HOME": str(tmp_path_factory.mktemp("produksi")),
        "SIMPUL_BIND": f"127.0.0.1:{free_port()}",
        "SECRET_KEY": "hanya-untuk-uji-abcdefghijklmnopqrstuvwxyz0123456789",
        "SITE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "true",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": f"redis://:kunci-uji@127.0.0.1:{redis_port}/0",
        "HOSTNAME": "uji",
    }


@pytest.fixture(scope="module")
def shape(environment, tmp_path_factory):
    """Web, worker and beat, each started by its own command; web sets up first."""
    folder = tmp_path_factory.mktemp("keluaran")
    running = []

    def begin(name, *more):
        with (folder / name).open("wb") as output:
            running.append(
                subprocess.Popen(
                    [*SERVICES[name]["command"], *more],
                    cwd=ROOT,
                    env=environment,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    begin("web")
    try:
        wait_for(lambda: running[0].poll() is not None or ask(environment, "/masuk/").status == 200, seconds=60)
        assert running[0].poll() is None, "web ended"
        begin("worker", "-n", "celery@uji")
        begin("beat")
        yield folder
    except AssertionError as failure:
        raise AssertionError((folder / "web").read_text(encoding="utf-8")) from failure
    finally:
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(timeout=20)


class NoAnswer:
    """What is heard from a port where nobody listens."""

    status = 0


def ask(environment, path, *, scheme="https"):
    """Ask the web server the way the TLS proxy does."""
    host, _, port = environment["SIMPUL_BIND"].rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": scheme})
        response = connection.getresponse()
        response.read()
    except OSError:
        return NoAnswer()
    finally:
        connection.close()
    return response


def run(environment, *command):
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def healthy(environment, name):
    """Run the health check of a service as the engine would."""
    kind, *command = SERVICES[name]["healthcheck"]["test"]
    if kind == "CMD-SHELL":
        command = ["sh", "-c", command[0].replace("$$", "$")]
    return run(environment, *command).returncode == 0


def test_the_sign_in_page_answers_with_strict_cookies(environment, shape):
    response = ask(environment, "/masuk/")

    cookies = " ".join(value for name, value in response.getheaders() if name == "Set-Cookie")
    assert response.status == 200
    assert "__Host-csrf" in cookies
    assert "Secure" in cookies
    assert "max-age=31536000" in response.getheader("Strict-Transport-Security")


def test_plain_http_is_sent_to_https(environment, shape):
    response = ask(environment, "/masuk/", scheme="http")

    assert response.status == 301
    assert response.getheader("Location") == f"https://{HOST}/masuk/"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_health_check_says_well(environment, shape, name):
    wait_for(lambda: healthy(environment, name), seconds=60)


def test_no_example_was_loaded_and_the_first_run_link_is_printed(environment, shape):
    answer = run(environment, "python", "manage.py", "firstrun_link")

    assert answer.returncode == 0, answer.stderr
    assert f"https://{HOST}/" in answer.stdout
    assert "@simpul.example" not in (shape / "web").read_text(encoding="utf-8")


def test_a_task_travels_through_redis_to_the_worker(environment, shape):
    task, before = "agencies.deliver_mail", len((shape / "worker").read_bytes())
    sent = run(environment, "celery", "-A", "config", "call", task)

    assert sent.returncode == 0, sent.stderr
    wait_for(lambda: queue_length(environment) == 0)
    said = (shape / "worker").read_bytes()[before:].decode()  # another test makes it complain on purpose
    assert "unregistered task" not in said
    assert "Traceback" not in said


def test_a_message_that_carries_code_is_refused_unread(environment, shape, tmp_path):
    mark = tmp_path / "dijalankan"
    script = f"""
import os
from kombu import Connection
class Harm:
    def __reduce__(self):
        return (os.mkdir, ({str(mark)!r},))
with Connection(os.environ["CELERY_BROKER_URL"]) as connection:
    connection.Producer(serializer="pickle").publish(
        [[Harm()], {{}}, {{}}], routing_key="celery", headers={{"task": "agencies.deliver_mail", "id": "1"}}
    )
"""
    sent = run(environment, "python", "-c", script)

    assert sent.returncode == 0, sent.stderr
    wait_for(lambda: queue_length(environment) == 0)
    wait_for(lambda: "Refusing to deserialize" in (shape / "worker").read_text(encoding="utf-8"))
    assert not mark.exists()


def queue_length(environment):
    import redis

    with redis.Redis.from_url(environment["CELERY_BROKER_URL"]) as client:
        return client.llen("celery")
