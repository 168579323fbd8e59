"""What several tests of this folder share: a promise without gaps, and the days off of the years around it."""

import pytest
from django.core.management import call_command

from tests.commitments.reminding import DUE
from tests.factories import CommitmentFactory


@pytest.fixture
def days_off(db):
    call_command("seed_reference", verbosity=0)


@pytest.fixture
def make(meeting, clause):
    """A commitment without gaps, so that only its date speaks."""

    def make(lead, *, due_on=DUE, **kwargs):
        values = {"agreed": True, "target": 4, "unit": "kali", "clauses": [clause], "meeting": meeting, **kwargs}
        return CommitmentFactory(lead=lead, due_on=due_on, **values)

    return make


@pytest.fixture
def promise(make, unit, petugas_unit):
    return make(unit, wording="Optimalisasi bursa kerja")
