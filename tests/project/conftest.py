"""The loaded example with a browser for each of its accounts, and a foreign world beside it."""

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import User
from reports.example.accounts import email_of
from reports.management.commands.demo import load
from reports.printing.pdf import Rendered
from tests.project.canaries import ForeignWorld
from tests.project.test_doors import GUEST, PEOPLE, Objects


@pytest.fixture(autouse=True)
def papers_as_written(monkeypatch):
    """Papers as the HTML they are printed from: all their words, without the seconds that laying them out takes.

    What the printer makes of them is looked at in tests/reports.
    """
    monkeypatch.setattr("reports.papers.frame.render_pdf", lambda html, **_: Rendered(html.encode(), 1))


@pytest.fixture
def example(db, settings, tmp_path):
    """The example, its objects by the names used in doors.csv."""
    settings.MEDIA_ROOT = tmp_path
    load(now=timezone.localtime())
    return Objects()


@pytest.fixture
def foreign(example):
    """Two agencies nobody of the example has to do with."""
    return ForeignWorld()


@pytest.fixture
def signed_in(example):
    """A browser for each example account and for a guest, by name."""
    found = {GUEST: Client()}
    for name in PEOPLE[:-1]:
        found[name] = Client()
        found[name].force_login(User.objects.get(email=email_of(name)))
    return found
