"""What each mode needs, and how loudly it says what is missing."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SIMPUL_MODE": "produksi",
    "SECRET_KEY": "hanya-untuk-uji-" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "SITE_URL": "https://simpul.example",
    "DATABASE_URL": "sqlite:///:memory:",
}
ASK = """
import json, sys
from config import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def ask(tmp_path):
    """Read settings in a fresh process with only the given environment."""

    def _ask(*names, **environment):
        clean = {"PATH": os.environ["PATH"], "SIMPUL_HOME": str(tmp_path)} | environment
        return subprocess.run(
            [sys.executable, "-c", ASK, *names], cwd=ROOT, env=clean, capture_output=True, text=True, timeout=30
        )

    return _ask


def test_the_example_mode_needs_nothing_and_keeps_its_secret(ask, tmp_path):
    first = json.loads(ask("SECRET_KEY", "DEBUG").stdout)
    second = json.loads(ask("SECRET_KEY", "DEBUG").stdout)

    assert first == second
    assert first["DEBUG"] is False
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "pendek"}, "SECRET_KEY"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "http://simpul.example"}, "SITE_URL"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SIMPUL_MODE": "prod"}, "SIMPUL_MODE"),
    ],
)
def test_production_refuses_to_start_on_nonsense(ask, change, word):
    answer = ask("SITE_URL", **(PRODUCTION | change))

    assert answer.returncode != 0
    assert word in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_production_refuses_to_start_without_its_own_values(ask, missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    answer = ask("SITE_URL", **environment)

    assert answer.returncode != 0
    assert missing in answer.stderr.splitlines()[-1]


def test_production_cookies_and_debug_are_strict_whatever_else_is_asked(ask):
    found = json.loads(
        ask(
            "DEBUG",
            "ALLOWED_HOSTS",
            "SESSION_COOKIE_NAME",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "SECURE_HSTS_SECONDS",
            **(PRODUCTION | {"DEBUG": "true"}),
        ).stdout
    )

    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["simpul.example"],
        "SESSION_COOKIE_NAME": "__Host-sesi",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31536000,
    }


def test_postgresql_and_redis_are_chosen_by_two_addresses(ask):
    found = json.loads(
        ask(
            "DATABASES",
            "CACHES",
            DATABASE_URL="postgres://simpul@127.0.0.1/simpul",
            CELERY_BROKER_URL="redis://127.0.0.1:6379/0",
        ).stdout
    )

    assert found["DATABASES"]["default"]["ENGINE"].endswith("postgresql")
    assert found["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1:6379/0"


def test_mail_goes_to_files_until_a_server_is_named(ask):
    without = json.loads(ask("EMAIL_BACKEND").stdout)
    named = json.loads(
        ask("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_TIMEOUT", EMAIL_URL="smtp+tls://a:b@mail.example:587").stdout
    )

    assert without["EMAIL_BACKEND"] == "config.mail.EmlFileBackend"
    assert named == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_TIMEOUT": 10,
    }


def test_the_deployment_check_has_nothing_to_say_in_production(tmp_path):
    environment = {"PATH": os.environ["PATH"], "SIMPUL_HOME": str(tmp_path)} | PRODUCTION

    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(("environment", "count"), [({}, None), ({"BEHIND_PROXY": "true"}, 1)])
def test_only_a_declared_proxy_may_name_the_client(ask, environment, count):
    found = json.loads(ask("ALLAUTH_TRUSTED_PROXY_COUNT", "SECURE_PROXY_SSL_HEADER", **environment).stdout)

    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == count
    assert (found["SECURE_PROXY_SSL_HEADER"] is None) == (count is None)
