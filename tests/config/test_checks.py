"""What is refused or warned of before the first request."""

import pytest
from django.contrib.auth import get_user_model

from config import checks


@pytest.fixture
def production(settings):
    settings.IS_PRODUCTION = True


def make_person(email):
    return get_user_model()._default_manager.create(email=email, name="Orang Uji")


def example_account_errors():
    return [message.id for message in checks.production_has_no_example_account(None, databases=["default"])]


@pytest.mark.django_db
def test_production_refuses_accounts_with_a_known_password(production):
    make_person("petugas.bp3mi@simpul.example")

    assert example_account_errors() == ["config.E002"]


@pytest.mark.django_db
def test_production_accepts_real_accounts(production):
    make_person("petugas@kantor.example")

    assert example_account_errors() == []


@pytest.mark.django_db
def test_the_example_mode_may_hold_the_example():
    make_person("petugas.bp3mi@simpul.example")

    assert example_account_errors() == []


def test_a_database_before_its_first_migration_is_no_error(production, monkeypatch, db):
    monkeypatch.setattr(get_user_model()._meta, "db_table", "belum_ada")

    assert example_account_errors() == []


def test_without_pango_the_command_that_helps_is_named(monkeypatch):
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)

    [warning] = checks.pango_is_present(None)

    assert "apt-get install -y libpangoft2-1.0-0" in warning.hint


def test_with_pango_there_is_nothing_to_say(monkeypatch):
    monkeypatch.setattr("ctypes.util.find_library", lambda name: "libpangoft2-1.0.so.0")

    assert checks.pango_is_present(None) == []
