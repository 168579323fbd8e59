"""Waking a task never costs the person who saves."""

import subprocess
import sys

import pytest
from celery import shared_task
from django.db import transaction

from config.celery import app, wake

PUBLISH = """
import os, sys, time
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", CELERY_BROKER_URL=sys.argv[1], SIMPUL_HOME=sys.argv[2])
from config.celery import _publish

began = time.monotonic()
_publish("tests.down", ())
print(time.monotonic() - began)
"""
woken = []


@shared_task(name="tests.note")
def note(number):
    woken.append(number)


@pytest.fixture(autouse=True)
def nothing_woken():
    woken.clear()


def test_a_task_waits_for_the_commit(django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        wake("tests.note", 7)
        assert woken == []

    assert woken == [7]


def test_a_rolled_back_change_wakes_nobody(django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        wake("tests.note", 7)
        transaction.set_rollback(True)

    assert woken == []


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "filesystem://localhost"])
def test_a_broker_that_is_down_is_logged_within_a_second(broker, tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", PUBLISH, broker, str(tmp_path / "hilang")],
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert float(answer.stdout) < 1
    assert "was not published" in answer.stderr


def test_only_json_is_accepted():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_no_result_is_kept():
    assert app.conf.task_ignore_result is True
    assert app.conf.result_backend is None


def test_the_scheduler_asks_only_for_tasks_that_exist():
    app.loader.import_default_modules()

    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert asked <= set(app.tasks)


def test_the_scheduler_knows_every_time_and_loads_no_model():
    loaded = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    script = (
        f"from config.scheduler import app; app.loader.init_worker(); print(*sorted(app.conf.beat_schedule)); {loaded}"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    times, modules = (line.split() for line in done.stdout.splitlines())
    assert times == sorted(app.conf.beat_schedule)
    assert not {"commitments", "meetings", "agencies", "reports"} & set(modules)
