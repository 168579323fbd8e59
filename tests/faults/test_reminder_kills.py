"""Reminders under kills and races: nobody is forgotten, nobody is told twice in the app.

The children run the real code on the same database as the test (a file, or PostgreSQL) and are killed with
SIGKILL, in the send window too: the mail was written, its state was not.
"""

import datetime as dt
import email
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, connections

from agencies.models import Channel, Contact, Delivery, DeliveryState, Role
from commitments import reminders
from commitments.models import Reminder, ReminderState
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person

NOW = at("2026-06-23", "07.30")
PEOPLE = 24
SWEEP = """
import datetime, sys, time
import django
django.setup()
from config import mail
write = mail._write
def write_then_wait(folder, message):
    write(folder, message)
    time.sleep(0.03)
mail._write = write_then_wait
from commitments import reminders
reminders.sweep(datetime.datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def crowd(flushable):
    """One commitment whose rung is due, and a lead with many officers: as many mails."""
    host, lead = AgencyFactory(), AgencyFactory()
    people = [person(lead, Role.OFFICER) for _n in range(PEOPLE)]
    promise = CommitmentFactory(
        meeting=MeetingFactory(host_agency=host), lead=lead, due_on=dt.date(2026, 6, 30), agreed=True
    )
    Reminder.objects.create(  # the gaps were asked for long ago
        commitment=promise, rung="GAPS", due_on=dt.date(2026, 2, 4), recipient="user:0", state="SENT", at=NOW
    )
    return people


def database_url():
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = f"{values['USER']}:{values['PASSWORD']}@" if values["USER"] else ""
    return f"postgres://{login}{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def sweeper(home: Path, moment: dt.datetime) -> subprocess.Popen:
    own = {"DATABASE_URL": database_url(), "SIMPUL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment = {**os.environ, **own}
    return subprocess.Popen([sys.executable, "-c", SWEEP, moment.isoformat()], env=environment)


def written(home: Path) -> list[Path]:
    return list((home / "mail").glob("*.eml"))


def kill_after(home: Path, count: int, child: subprocess.Popen) -> None:
    limit = time.monotonic() + 30
    while len(written(home)) < count and child.poll() is None and time.monotonic() < limit:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()


def test_killed_senders_lose_nobody_and_repeat_only_with_the_same_message_id(crowd, tmp_path):
    targets = (1, 6, 14)
    for n, count in enumerate(targets):
        kill_after(tmp_path, count, sweeper(tmp_path, NOW + n * dt.timedelta(minutes=2)))
    halfway = Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.SENT).count()

    assert sweeper(tmp_path, NOW + dt.timedelta(minutes=10)).wait(timeout=60) == 0

    letters = [email.message_from_bytes(path.read_bytes()) for path in written(tmp_path)]
    by_id = Counter(letter["Message-ID"] for letter in letters)
    recipients = {letter["To"] for letter in letters}
    notices = Counter(Delivery.objects.filter(channel=Channel.APP).values_list("user", flat=True))
    assert halfway < PEOPLE
    assert recipients == {user.email for user in crowd}
    assert len(by_id) == PEOPLE
    assert len(letters) - len(by_id) <= len(targets)
    assert notices == Counter({user.pk: 1 for user in crowd})
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.SENT}


def test_sweeps_at_once_send_one_of_each(crowd):
    host = Reminder.objects.first().commitment.host_agency
    other = AgencyFactory()
    Contact.objects.create(agency=other, kept_by=host, post_text="Kepala Seksi")
    promise = CommitmentFactory(meeting=MeetingFactory(host_agency=host), lead=other, due_on=dt.date(2026, 6, 30))
    person(host, Role.OFFICER)
    Reminder.objects.create(
        commitment=promise, rung="GAPS", due_on=dt.date(2026, 2, 4), recipient="user:0", state="SENT", at=NOW
    )
    counts, errors = [], []
    together = threading.Barrier(4)

    def run():
        try:
            together.wait()
            counts.append(reminders.sweep(NOW))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sum(count.sent for count in counts) == PEOPLE + 1
    assert sorted(message.to[0] for message in mail.outbox) == sorted(user.email for user in crowd)
    assert Delivery.objects.filter(channel=Channel.WHATSAPP_MANUAL).count() == 1
    assert Counter(
        Delivery.objects.filter(channel=Channel.APP, key__endswith=":app").values_list("user", flat=True)
    ) == Counter({user.pk: 1 for user in crowd})
