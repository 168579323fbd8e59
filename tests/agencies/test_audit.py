"""The trail is whole, or says where it is not."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import triggers
from agencies.audit import record, trail, verify_chain
from agencies.models import Event, EventHead, EventText
from agencies.models.event import AppendOnlyError

REMOVAL = (
    "DELETE FROM agencies_eventtext WHERE event_id IN (SELECT id FROM agencies_event WHERE seq = {0}); "
    "DELETE FROM agencies_event WHERE seq = {0}"
)


@pytest.fixture
def three_events(petugas, unit, now):
    with transaction.atomic():
        return [
            record("agency.changed", on=unit, by=petugas, at=now, after={"n": n}, texts={"note": f"catatan {n}"})
            for n in range(3)
        ]


def test_an_untouched_chain_is_whole(three_events):
    check = verify_chain()

    assert check.rows == 3
    assert check.broken_at is None


def test_every_trigger_is_in_place(db):
    assert triggers.missing_triggers() == []


def test_the_database_refuses_to_change_or_remove_an_event(three_events):
    for statement in ("UPDATE agencies_event SET verb = 'x'", "DELETE FROM agencies_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_model_refuses_too(three_events):
    with pytest.raises(AppendOnlyError):
        three_events[0].save()
    with pytest.raises(AppendOnlyError):
        three_events[0].delete()


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE agencies_event SET verb = 'lain' WHERE seq = 2", 2),
        ("UPDATE agencies_event SET at = recorded_at WHERE seq = 3", 3),
        (REMOVAL.format(2), 2),
        (REMOVAL.format(3), 3),
    ],
)
def test_tampering_is_found_with_its_row(three_events, statement, row):
    triggers.drop_triggers()
    with connection.cursor() as cursor:
        for part in statement.split("; "):
            cursor.execute(part)

    check = verify_chain()

    assert check.broken_at == row


def test_a_changed_text_is_found_and_an_erased_one_is_not_a_break(three_events):
    EventText.objects.filter(event=three_events[0]).update(text="")
    assert verify_chain().broken_at is None

    EventText.objects.filter(event=three_events[1]).update(text="lain")
    assert verify_chain().broken_at == 2


def test_a_record_outside_a_transaction_is_impossible(unit, now, monkeypatch):
    with monkeypatch.context() as outside:
        outside.setattr("agencies.audit.transaction.get_connection", lambda: SimpleNamespace(in_atomic_block=False))
        with pytest.raises(RuntimeError, match="transaction"):
            record("agency.changed", on=unit, by=None, at=now)


def test_the_trail_of_a_thing_is_its_own(three_events, unit, other_unit):
    assert [event.after["n"] for event in trail(unit)] == [0, 1, 2]
    assert not trail(other_unit).exists()
    assert EventHead.objects.get().seq == Event.objects.count() == 3
