"""The people and the world of the tests.

Three agencies share nothing but one agreement (BP3MI, which keeps the record, and two Sudin of one city),
and a stranger. Five people: ``petugas_unit`` (the responsible Sudin), ``petugas_lain`` (another Sudin),
``pimpinan`` (supervisor of BP3MI), ``humas`` (press of BP3MI), ``tamu`` (signed out); beside them
``petugas`` (officer of BP3MI), ``pimpinan_unit``, ``auditor``, ``admin`` and ``petugas_asing``.
"""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, settings

from agencies.models import AgencyKind, AuditAssignment, Role
from agencies.triggers import drop_triggers, install_triggers
from commitments.status import Status
from tests.browsers import browser_of
from tests.factories import (
    AgencyFactory,
    AgreementFactory,
    ClauseFactory,
    CommitmentFactory,
    MeetingFactory,
    person,
)

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)

# A busy machine must not turn a true property into a failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Install the append-only triggers after the migrations, as start does."""
    with django_db_blocker.unblock():
        install_triggers()


@pytest.fixture
def flushable(db_without_triggers, transactional_db):
    """Real transactions (races, kills, on_commit). The triggers refuse the flush at the end, so they are away."""


@pytest.fixture
def db_without_triggers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        drop_triggers()
    yield
    with django_db_blocker.unblock():
        install_triggers()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def ministry(db):
    return AgencyFactory(code="kp2mi", kind=AgencyKind.MINISTRY, name="Kementerian Contoh", short_name="Kementerian")


@pytest.fixture
def bp3mi(ministry):
    return AgencyFactory(
        code="bp3mi", kind=AgencyKind.FIELD_OFFICE, name="BP3MI Uji", short_name="BP3MI", parent=ministry
    )


@pytest.fixture
def province(db):
    return AgencyFactory(code="pemprov", kind=AgencyKind.PROVINCE, name="Pemprov Uji", short_name="Pemprov")


@pytest.fixture
def city(province):
    return AgencyFactory(code="kota", kind=AgencyKind.CITY, name="Kota Uji", short_name="Pemkot", parent=province)


@pytest.fixture
def unit(city):
    return AgencyFactory(code="naker", name="Suku Dinas Tenaga Kerja", short_name="Sudin Naker", parent=city)


@pytest.fixture
def other_unit(city):
    return AgencyFactory(code="sosial", name="Suku Dinas Sosial", short_name="Sudin Sosial", parent=city)


@pytest.fixture
def stranger(db):
    return AgencyFactory(code="asing", name="Dinas Asing", short_name="Dinas Asing")


@pytest.fixture
def agreement(bp3mi, ministry, province):
    return AgreementFactory(code="NK-2025-001", host_agency=bp3mi, parties=[ministry, province])


@pytest.fixture
def clause(agreement):
    return ClauseFactory(agreement=agreement, number="1", text="Sosialisasi peluang kerja")


@pytest.fixture
def meeting(bp3mi, city, unit, other_unit, agreement):
    return MeetingFactory(
        code="A-2026-001", host_agency=bp3mi, counterpart=city, agreement=agreement, present=[city, unit, other_unit]
    )


@pytest.fixture
def commitment(meeting, unit):
    """A shared commitment of the unit with an agreed date, 30 June 2026."""
    return CommitmentFactory(
        code="K-2026-001", meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30), agreed=True, target=4, unit="kali"
    )


@pytest.fixture
def draft_commitment(bp3mi, city, agreement):
    held = MeetingFactory(host_agency=bp3mi, counterpart=city, agreement=agreement, shared_at=None)
    return CommitmentFactory(code="K-2026-009", meeting=held, status=Status.DRAFT)


@pytest.fixture
def petugas(bp3mi):
    return person(bp3mi, Role.OFFICER)


@pytest.fixture
def pimpinan(bp3mi):
    return person(bp3mi, Role.SUPERVISOR)


@pytest.fixture
def humas(bp3mi):
    return person(bp3mi, Role.PRESS)


@pytest.fixture
def admin(bp3mi):
    return person(bp3mi, Role.ADMIN)


@pytest.fixture
def petugas_unit(unit):
    return person(unit, Role.OFFICER)


@pytest.fixture
def pimpinan_unit(unit):
    return person(unit, Role.SUPERVISOR)


@pytest.fixture
def petugas_lain(other_unit):
    return person(other_unit, Role.OFFICER)


@pytest.fixture
def petugas_asing(stranger):
    return person(stranger, Role.OFFICER)


@pytest.fixture
def auditor(db, agreement):
    inspectorate = AgencyFactory(code="inspektorat", kind=AgencyKind.INSPECTORATE)
    user = person(inspectorate, Role.AUDITOR)
    AuditAssignment.objects.create(user=user, agreement=agreement, starts_on=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def tamu():
    return AnonymousUser()


@pytest.fixture
def as_person():
    """A browser signed in as a person: ``as_person(petugas).get(...)``."""

    return browser_of
