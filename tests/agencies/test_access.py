"""Doors: who is let in at all, who must show a second factor, and what a refusal leaves behind."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.urls import reverse

from agencies import access, triggers
from agencies.access import needs
from agencies.models import Event, Tenure, User
from tests.factories import UserFactory


@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_ROLES = ["ADMIN"]


def test_a_view_cannot_need_an_action_that_the_policy_does_not_know():
    with pytest.raises(KeyError, match="no such action"):
        needs("agency.demolish")


def test_a_person_without_an_agency_is_as_good_as_signed_out(as_person, db):
    browser = as_person(UserFactory())

    response = browser.get(reverse("commitments:list"))

    assert response.status_code == 302
    assert response.url.startswith("/masuk/")
    assert "_auth_user_id" not in browser.session


def test_ending_the_last_tenure_shuts_the_door_at_the_next_request(as_person, petugas):
    browser = as_person(petugas)
    assert browser.get(reverse("commitments:list")).status_code == 200

    Tenure.objects.filter(user=petugas).update(ends_on="2020-02-01")

    assert browser.get(reverse("commitments:list")).status_code == 302


def test_a_deactivated_person_is_signed_out_at_once(as_person, petugas):
    browser = as_person(petugas)
    User.objects.filter(pk=petugas.pk).update(is_active=False)

    assert browser.get(reverse("commitments:list")).status_code == 302


def test_an_admin_must_set_up_a_second_factor_where_the_profile_says_so(as_person, admin, strict):
    response = as_person(admin).get(reverse("commitments:list"))

    assert response.status_code == 302
    assert response.url == reverse("mfa_activate_totp")


def test_an_officer_needs_none(as_person, petugas, strict):
    assert as_person(petugas).get(reverse("commitments:list")).status_code == 200


def test_with_a_second_factor_the_admin_gets_in(as_person, admin, strict):
    totp.TOTP.activate(admin, totp.generate_totp_secret())

    assert as_person(admin).get(reverse("commitments:list")).status_code == 200


def test_a_refused_page_names_the_reason_and_who_is_signed_in(as_person, humas):
    response = as_person(humas).get(reverse("commitments:log"))

    assert response.status_code == 403
    assert "Anda masuk sebagai Humas, BP3MI" in response.content.decode()
    assert not Event.objects.exists()


def test_a_refused_change_leaves_an_event(as_person, humas):
    as_person(humas).post(reverse("commitments:log"), {"lines": "x"})

    event = Event.objects.get()
    assert (event.verb, event.after["door"]) == ("access.refused", "commitments:log")


def test_a_grave_act_asks_for_the_password_again_after_some_minutes(as_person, pimpinan):
    pimpinan.set_password("sandi-uji-yang-panjang")
    pimpinan.save()
    fresh, stale = as_person(pimpinan), as_person(pimpinan, ago=3600)

    assert fresh.get(reverse("agencies:person_invite")).status_code == 200
    response = stale.get(reverse("agencies:person_invite"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_after_the_password_the_act_goes_on(as_person, pimpinan):
    pimpinan.set_password("sandi-uji-yang-panjang")
    pimpinan.save()
    browser = as_person(pimpinan, ago=3600)
    asked = browser.get(reverse("agencies:person_invite"))

    response = browser.post(asked.url, {"password": "sandi-uji-yang-panjang"})

    assert response.url == reverse("agencies:person_invite")
    assert browser.get(response.url).status_code == 200


def test_a_url_whose_view_states_no_need_stops_the_start(monkeypatch):
    def forgotten(request):
        return None

    found = [
        ("agencies:forgotten", "terlupa/", forgotten),
        ("commitments:log", "pertemuan/catat/", needs("home")(forgotten)),
    ]
    monkeypatch.setattr(access, "doors", lambda: found)

    errors = access.every_door_states_its_need()

    assert [error.id for error in errors] == ["agencies.E001"]
    assert "agencies:forgotten" in errors[0].msg


def test_every_url_of_the_product_states_its_need():
    assert access.every_door_states_its_need() == []


def test_append_only_tables_without_their_triggers_stop_the_start(db):
    assert triggers.triggers_are_in_place(databases=["default"]) == []
    with connection.cursor() as cursor:
        on = ' ON "commitments_move"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "commitments_move_no_delete"{on}')

    errors = triggers.triggers_are_in_place(databases=["default"])

    assert [error.id for error in errors] == ["agencies.E002"]
    assert "commitments_move_no_delete" in errors[0].msg
