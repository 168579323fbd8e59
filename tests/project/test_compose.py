"""The production shape, checked without an engine: what the file promises, and what it must never do."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
STORES = ["postgres", "redis"]
OURS = ["web", "worker", "beat"]


def example_names():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_file_keeps_to_the_schema():
    answer = subprocess.run(
        [
            Path(sys.executable).with_name("check-jsonschema"),
            "--builtin-schema",
            "vendor.compose-spec",
            ROOT / "docker-compose.yml",
        ],
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 0, answer.stdout


def test_the_five_services_are_all_there():
    assert sorted(SERVICES) == sorted(OURS + STORES)


@pytest.mark.parametrize("name", OURS + STORES)
def test_every_service_says_how_to_tell_that_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", STORES)
def test_no_store_can_be_reached_from_outside(name):
    assert "ports" not in SERVICES[name]
    assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", STORES)
def test_the_data_of_a_store_outlives_its_container(name):
    [volume] = SERVICES[name]["volumes"]

    assert volume.split(":")[0] in COMPOSE["volumes"]


def test_redis_asks_for_a_password():
    assert "requirepass" in " ".join(SERVICES["redis"]["command"])
    assert "redis://:${REDIS_PASSWORD" in SERVICES["web"]["environment"]["CELERY_BROKER_URL"]


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_in_production_mode_without_privileges(name):
    service = SERVICES[name]

    assert service["environment"]["SIMPUL_MODE"] == "produksi"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_the_web_port_is_offered_to_this_machine_only_unless_told_otherwise():
    assert SERVICES["web"]["ports"] == ["${LISTEN:-127.0.0.1:8000}:8000"]


def test_every_value_asked_for_is_explained_and_no_secret_is_given():
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    given = example_names()

    assert asked == set(given)
    assert {name: given[name] for name in given if re.search("SECRET|PASSWORD|EMAIL", name)} == {
        "SECRET_KEY": "",
        "POSTGRES_PASSWORD": "",
        "REDIS_PASSWORD": "",
        "EMAIL_URL": "",
        "DEFAULT_FROM_EMAIL": "",
    }


def test_secrets_without_a_value_stop_the_start():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "SITE_URL"):
        uses = re.findall(rf"(?<!\$)\$\{{{name}(.)", text)
        assert uses
        assert set(uses) == {":"}, f"{name} must be written ${{{name}:?...}}"


def test_the_image_is_slim_and_runs_as_nobody_special():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(lines)

    assert lines[0] == "FROM python:3.11-slim"
    assert "libpangoft2-1.0-0" in text
    assert "--require-hashes -r requirements.txt" in text
    assert text.index("USER simpul") < text.index("CMD")


def test_what_must_stay_outside_the_image_does():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert {".git", ".venv", ".env", "var"} <= set(ignored)


@pytest.mark.parametrize("name", OURS)
def test_the_manual_shows_the_commands_that_the_services_run(name):
    manual = (ROOT / "docs" / "operasi.md").read_text(encoding="utf-8")
    command = SERVICES[name]["command"]
    text = " ".join(command) if command[0] != "sh" else command[2]

    for part in text.split(" && "):
        assert part.removeprefix("exec ") in manual


def test_no_lock_file_names_a_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
