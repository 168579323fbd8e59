"""Every number on every page that counts opens exactly its rows, for everybody: over the example world."""

import pytest
from django.db import transaction
from django.test import override_settings

from agencies.models import Clause, User
from reports.example.accounts import email_of
from tests.browsers import browser_of
from tests.reports.every_number.following import Follower
from tests.reports.every_number.pages import pages_of
from tests.reports.every_number.reading import NumbersOf
from tests.reports.every_number.world import build

PEOPLE = {
    "petugas.bp3mi": 150,
    "pimpinan.bp3mi": 150,
    "humas.bp3mi": 150,
    "pimpinan.contoh": 110,
    "petugas.contoh": 80,
    "petugas.jaksel": 60,
    "auditor": 110,
}
"""Who looks, and to how many different places their numbers lead at least."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world for all tests of the module, taken back at the end: what one test writes the next does not see."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("berkas"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def follower(name):
    return Follower(browser_of(User.objects.get(email=email_of(name))))


@pytest.mark.parametrize("name", PEOPLE)
def test_every_number_opens_exactly_its_rows(world, db, name):
    person = follower(name)

    left_out = [address for address in pages_of(world) if person.read(address) is None]

    assert person.wrong == []
    assert (left_out == []) is name.endswith("bp3mi")  # it keeps the record; others do not see all of it
    assert len(person.opened) >= PEOPLE[name]


@pytest.mark.parametrize("name", ["pimpinan.bp3mi", "petugas.contoh", "auditor"])
def test_a_scope_item_has_begun_when_it_or_what_is_below_opens_rows_that_have(world, db, name):
    person, pact = follower(name), f"kesepakatan={world.fictional}"
    page = person.read(f"/dasbor/?bagian=semua&{pact}")
    begun = "&".join(f"status={status}" for status in ("RUNNING", "BLOCKED", "SUBMITTED", "DONE"))

    said = [one.counts for one in page.bare if "butir ruang lingkup sudah dimulai" in one.words]
    items = Clause.objects.filter(agreement__code=world.fictional).values_list("number", flat=True)
    opened = [person.rows_behind(f"/komitmen/?{pact}&ruang_lingkup={number}*&{begun}") for number in items]

    assert said == [(sum(map(bool, opened)), len(opened))]


@pytest.mark.parametrize("name", ["humas.bp3mi", "auditor"])
def test_every_figure_of_a_report_opens_exactly_its_frozen_rows(world, db, name):
    browser, followed = follower(name).browser, 0
    for code in (world.drafts[0], world.issued[1]):
        response = browser.get(f"/laporan/{code}/angka/")
        for one in NumbersOf(response.content).linked if response.status_code == 200 else ():
            followed += 1
            assert_opens(browser.get(one.href), one)

    assert followed >= 60


def assert_opens(response, figure):
    """A figure's page shows as many rows as the figure says, or tells in words what it counts instead."""
    words, rows = " ".join(NumbersOf(response.content).main.text_content().split()), response.context["page"].total
    if figure.href.endswith("/angka/drafts/"):
        assert "hanya jumlahnya yang dibekukan" in words
    elif figure.href.endswith("/angka/coverage/"):
        assert f"{figure.count} ruang lingkup berjalan melalui {rows} komitmen." in words
    elif rows != figure.count:
        assert f"{figure.count} kali pada {rows} komitmen." in words, figure


def test_every_figure_of_a_public_report_says_how_many_of_its_rows_are_shown(world, db):
    browser = follower("humas.bp3mi").browser
    figures = NumbersOf(browser.get(f"/laporan/{world.drafts[1]}/angka/").content).linked

    for one in figures:
        response = browser.get(one.href)
        words, rows = " ".join(response.content.decode().split()), response.context["page"].total
        assert rows <= one.count
        assert f"Versi publik: {rows} dari {one.count} baris ditampilkan." in words, one
    assert len(figures) > 30
