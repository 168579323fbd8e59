"""A worker killed in the middle of a large file: no file, and another worker makes the whole one."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from openpyxl import load_workbook

from reports.exports import jobs
from reports.jobs.heartbeat import LEASE
from reports.models import ExportJob, JobState
from tests.factories import CommitmentFactory, at
from tests.faults.test_reminder_kills import database_url

NOW = at("2026-03-02")
ROWS = 12
WORK = """
import datetime, sys, time
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[3]
from reports.exports import jobs
jobs.STEP = 1
tell = jobs._tell
def tell_slowly(*args, **kwargs):
    tell(*args, **kwargs)
    time.sleep(0.5)
jobs._tell = tell_slowly
now = datetime.datetime.fromisoformat(sys.argv[2])
jobs.make(jobs.take(int(sys.argv[1]), at=now), at=now)
"""


@pytest.fixture
def job(flushable, petugas, meeting, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    for _n in range(ROWS):
        CommitmentFactory(meeting=meeting)
    return ExportJob.objects.create(  # asked for while no worker was there
        kind="komitmen", params={"query": "urut=kode"}, name="komitmen.xlsx", requested_by=petugas, requested_at=NOW
    )


def worker(job, home):
    own = {"DATABASE_URL": database_url(), "SIMPUL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", WORK, str(job.pk), NOW.isoformat(), str(home / "files")]
    return subprocess.Popen(command, env={**os.environ, **own})


def kill_in_the_middle(job, child):
    limit = time.monotonic() + 120
    while time.monotonic() < limit and child.poll() is None:
        if ExportJob.objects.get(pk=job.pk).percent:
            break
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()


def test_a_killed_worker_leaves_no_file_and_another_makes_the_whole_one(job, tmp_path):
    kill_in_the_middle(job, worker(job, tmp_path))

    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert 0 < job.percent < 100
    assert list((tmp_path / "files").rglob("*.xlsx")) == []

    assert jobs.sweep(at=NOW + LEASE + dt.timedelta(seconds=1)) == 1  # wakes a worker of this process

    job.refresh_from_db()
    assert job.state == JobState.DONE
    with job.file.open() as file:
        assert load_workbook(file).active.max_row == ROWS + 1
