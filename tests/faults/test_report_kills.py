"""Reports whose worker is killed or called off while pages are laid out: nothing half, and the same numbers later.

The workers run the real code, page-maker included, on the same database as the test (a file, or PostgreSQL).
"""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from agencies.audit import canonical
from agencies.models import Role
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.jobs.heartbeat import LEASE
from reports.jobs.pages import LAYOUT_STARTS
from reports.models import JobState, Report, ReportJob
from tests.factories import AgencyFactory, AgreementFactory, CommitmentFactory, MeetingFactory, person
from tests.faults.test_reminder_kills import database_url

QUARTER = read_period("2026-TW1")
ROWS = 60
WORKER = """
import sys
import django
django.setup()
from django.utils import timezone
from reports.jobs import actions
job = actions.take(int(sys.argv[1]), at=timezone.now())
actions.make(job, at=timezone.now())
"""


@pytest.fixture
def job(flushable, monkeypatch, settings, tmp_path):
    """A report of sixty commitments that waits for a worker."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)
    host = AgencyFactory()
    meeting = MeetingFactory(host_agency=host, agreement=AgreementFactory(host_agency=host))
    for _n in range(ROWS):
        CommitmentFactory(meeting=meeting, lead=host)
    asker = person(host, Role.OFFICER)
    return actions.request_report(meeting.agreement, QUARTER, issuer=host, by=asker, at=timezone.now())


def worker(job: ReportJob) -> "subprocess.Popen[bytes]":
    own = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    own |= {"SIMPUL_HOME": str(Path(settings.MEDIA_ROOT).parent)}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(job.pk)], env={**os.environ, **own})


def wait_until(is_so, *, seconds: float = 60) -> float:
    """How long it took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def is_laying_out(job: ReportJob) -> bool:
    job.refresh_from_db()
    return job.percent >= LAYOUT_STARTS and bool(children_of(os.getpid()))


def children_of(pid: int) -> list[int]:
    """Page-makers that this process, or one it started, has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            is_maker = b"reports.printing.render_child" in path.read_bytes()
            parent = int((path.parent / "stat").read_text().rpartition(")")[2].split()[1])
            while is_maker and parent > 1:
                if parent == pid:
                    found.append(int(path.parent.name))
                    break
                parent = int((Path("/proc") / str(parent) / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def is_gone(pid: int) -> bool:
    try:
        return "Z" in (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_killed_worker_leaves_nothing_and_another_ends_with_the_same_numbers(job):
    killed = worker(job)
    wait_until(lambda: is_laying_out(job))
    makers = children_of(killed.pid)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed_at = timezone.now()

    wait_until(lambda: all(is_gone(maker) for maker in makers), seconds=30)
    assert makers
    assert files() == []
    assert not Report.objects.exists()
    CommitmentFactory(meeting=MeetingFactory(agreement=job.agreement, host_agency=job.issuer))

    assert actions.sweep(at=killed_at) == 0  # it might still live
    later = killed_at + LEASE
    assert (later - killed_at) + dt.timedelta(seconds=settings.SWEEPS["reports.sweep_jobs"]) < dt.timedelta(seconds=120)
    assert actions.sweep(at=later) == 1
    report = actions.make(actions.take(job.pk, at=later), at=later)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.report) == (JobState.DONE, 2, report)
    assert report.snapshot == job.snapshot
    assert json.loads(report.snapshot)["totals"]["total"] == ROWS
    assert len(files()) == 1


def test_calling_it_off_ends_the_page_maker_within_two_seconds(job):
    ReportJob.objects.filter(pk=job.pk).update(snapshot=_longer(job))
    ended = []

    def run():
        try:
            ended.append(actions.make(actions.take(job.pk, at=timezone.now()), at=timezone.now()))
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    wait_until(lambda: is_laying_out(job))
    makers = children_of(os.getpid())

    actions.cancel(job, by=job.requested_by, at=timezone.now())
    took = wait_until(lambda: ReportJob.objects.get(pk=job.pk).is_cancelled)
    thread.join()

    assert took < 2
    assert ended == [None]
    assert all(is_gone(maker) for maker in makers)
    assert files() == []
    assert not Report.objects.exists()


def _longer(job: ReportJob) -> str:
    """The snapshot of a report that takes long: its rows many times over."""
    snapshot = json.loads(actions.freeze(job.agreement, QUARTER, issuer=job.issuer, at=job.requested_at))
    return canonical(snapshot | {"rows": snapshot["rows"] * 10})
