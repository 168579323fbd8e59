"""``manage.py verify_audit`` and ``install_triggers``: what an outsider runs."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from agencies.audit import record
from agencies.triggers import drop_triggers, missing_triggers


@pytest.fixture
def three_events(unit, now):
    with transaction.atomic():
        for name in ("satu", "dua", "tiga"):
            record("agency.changed", on=unit, by=None, at=now, texts={"name": name})


def check():
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err)
    except SystemExit as stopped:
        return stopped.code, err.getvalue()
    return 0, out.getvalue()


def test_a_whole_chain_says_so_with_its_length_and_head(three_events):
    status, said = check()

    assert status == 0
    assert said.startswith("utuh 3 baris ")
    assert len(said.split()[-1]) == 64


def test_an_empty_chain_is_whole(db):
    assert check()[0] == 0


def test_a_changed_row_is_named(three_events):
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_event SET verb = 'lain' WHERE seq = 2")

    status, said = check()

    assert status == 1
    assert "baris 2" in said
    assert "isi baris berubah" in said


def test_the_triggers_are_installed_again_and_again(db):
    drop_triggers()
    assert missing_triggers()
    out = io.StringIO()

    call_command("install_triggers", stdout=out)
    call_command("install_triggers", verbosity=0)

    assert missing_triggers() == []
    assert "Pemicu terpasang" in out.getvalue()
