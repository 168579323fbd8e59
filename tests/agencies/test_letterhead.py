"""Logo, paper and the permission to be named: kept by the agency itself, with who said so and when."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, Event, Paper, Role
from tests.browsers import browser_of
from tests.factories import AgencyFactory, person
from tests.pictures import tiny_png


@pytest.fixture
def agency(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return AgencyFactory(code="bp3mi-uji")


@pytest.fixture
def browser(agency):
    return browser_of(person(agency, Role.SUPERVISOR))


def typed(agency, **values):
    fields = {"name": agency.name, "short_name": agency.short_name, "zone": agency.zone, "paper": agency.paper}
    return fields | values


def saved(browser, agency, **values):
    return browser.post(reverse("agencies:agency_edit", args=[agency.code]), typed(agency, **values))


def png(name="logo.png"):
    return SimpleUploadedFile(name, tiny_png(), content_type="image/png")


def test_a_logo_is_kept_drawn_anew_and_taken_away_again(browser, agency):
    assert saved(browser, agency, logo=png()).status_code == 302
    agency.refresh_from_db()
    assert agency.logo.name.startswith("logos/")
    assert agency.logo.size > 0

    assert saved(browser, agency, drops_logo="on").status_code == 302
    agency.refresh_from_db()
    assert not agency.logo


def test_a_logo_that_is_no_picture_is_refused_beside_its_field(browser, agency):
    answer = saved(
        browser, agency, logo=SimpleUploadedFile("logo.svg", b"<svg onload='x'/>", content_type="image/svg+xml")
    )

    assert answer.status_code == 422
    assert "Logo harus JPG atau PNG." in answer.content.decode()


def test_paper_and_type_are_the_agencys_own(browser, agency):
    saved(browser, agency, paper="F4", is_plain_type="on")

    agency.refresh_from_db()
    assert (agency.paper, agency.is_plain_type) == (Paper.F4, True)


def test_the_permission_to_be_named_says_who_and_when_and_stands_in_the_trail(browser, agency):
    assert saved(browser, agency, named_in_public="on").status_code == 422

    saved(browser, agency, named_in_public="on", named_in_public_by="Kepala Suku Dinas", named_in_public_on="3-2-2026")

    assert Agency.objects.get(pk=agency.pk).named_in_public_by == "Kepala Suku Dinas"
    assert Event.objects.filter(verb="agency.changed").latest("seq").after["named_in_public"] is True


def test_an_officer_does_not_change_them(agency):
    answer = saved(browser_of(person(agency, Role.OFFICER)), agency, paper="F4")

    assert answer.status_code == 403
