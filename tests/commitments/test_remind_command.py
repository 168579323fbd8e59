"""``manage.py remind``: the scheduler's sweep by hand, for people and for programs."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.models import Delivery, Holiday, HolidayKind
from commitments import reminders
from commitments.models import Reminder
from commitments.tasks import sweep_reminders
from tests.factories import CommitmentFactory


@pytest.fixture(autouse=True)
def days_off(db):
    call_command("seed_reference", verbosity=0)


@pytest.fixture
def promise(meeting, unit, clause, petugas_unit):
    return CommitmentFactory(
        meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30), agreed=True, target=4, unit="kali", clauses=[clause]
    )


def remind(capsys, *arguments):
    call_command("remind", *arguments)
    return capsys.readouterr().out


def test_json_is_the_only_line_and_the_second_run_sends_nothing(promise, capsys):
    first = remind(capsys, "--on", "2026-06-23T07:30", "--json")
    second = remind(capsys, "--on", "2026-06-23T07:30", "--json")

    assert first.count("\n") == 1
    assert json.loads(first) == {"planned": 1, "sent": 1, "skipped": 0, "failed": 0}
    assert json.loads(second)["sent"] == 0


@pytest.mark.parametrize(
    "on", ["2026-06-23T07:30", "2026-06-23", "2026-06-23T07:30:00+07:00", "2026-06-23T00:30+00:00"]
)
def test_an_instant_without_zone_is_wib_and_a_day_means_half_past_seven(promise, capsys, on):
    assert json.loads(remind(capsys, "--on", on, "--json"))["sent"] == 1


def test_a_minute_before_half_past_seven_is_too_early(promise, capsys):
    assert json.loads(remind(capsys, "--on", "2026-06-23T07:29", "--json"))["sent"] == 0


@pytest.mark.parametrize("on", ["besok", "2026-02-31", "2026-06-23T25:00"])
def test_an_unreadable_instant_is_refused_in_words(db, on):
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("remind", "--on", on)


def test_a_dry_run_lists_who_would_get_what_and_sends_nothing(promise, petugas_unit, capsys):
    out = remind(capsys, "--on", "2026-06-23T07:30", "--dry-run")

    assert f"{promise.code}" in out
    assert petugas_unit.email in out
    assert (mail.outbox, Reminder.objects.count(), Delivery.objects.count()) == ([], 0, 0)


def test_without_json_a_sentence_says_what_happened(promise, capsys):
    out = remind(capsys, "--on", "2026-06-23T07:30")

    assert out == "1 pengingat direncanakan, 1 pesan dikirim atau disiapkan, 0 dilewati, 0 gagal.\n"


def test_in_production_another_instant_only_runs_dry(promise, settings, capsys):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="--dry-run"):
        call_command("remind", "--on", "2026-06-23T07:30")
    dry = remind(capsys, "--on", "2026-06-23T07:30", "--dry-run", "--json")

    assert json.loads(dry)["planned"] == 1
    assert mail.outbox == []


def test_another_instant_is_no_heartbeat_but_a_real_run_is(promise, capsys):
    remind(capsys, "--on", "2026-06-23T07:30")
    pretended = reminders.last_sweep()

    remind(capsys)

    assert pretended is None
    assert timezone.now() - reminders.last_sweep() < dt.timedelta(minutes=1)


def test_the_scheduled_task_sweeps_and_leaves_its_mark(db):
    sweep_reminders.delay()

    assert reminders.last_sweep() is not None


def test_days_off_are_seeded_once_and_an_admins_changes_stay(db):
    Holiday.objects.filter(on=dt.date(2026, 1, 1)).update(is_removed=True, name="Diubah")
    before = Holiday.objects.count()

    call_command("seed_reference", verbosity=0)

    changed = Holiday.objects.get(on=dt.date(2026, 1, 1))
    assert Holiday.objects.count() == before > 60
    assert (changed.is_removed, changed.name) == (True, "Diubah")
    assert Holiday.objects.get(on=dt.date(2026, 2, 16)).kind == HolidayKind.SHARED_LEAVE
    assert set(Holiday.objects.values_list("on__year", flat=True)) == {2025, 2026, 2027}
