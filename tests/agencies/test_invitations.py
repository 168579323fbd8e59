"""Invitation links: seven days, one use."""

import re

import pytest
import time_machine
from django.utils import timezone

from agencies import invitations
from agencies.actions import invite
from agencies.models import Delivery, Role
from tests.factories import at

PASSWORD = "hujan-di-kebon-sirih"
BOTH = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(bp3mi, admin):
    person, link = invite(
        by=admin, at=at("2026-03-02"), name="Orang Baru", email="Baru@Simpul.example", agency=bp3mi,
        post_title="Analis", roles=[Role.OFFICER],
    )  # fmt: skip
    return person, f"/{link.split('/', 3)[3]}"


def test_the_link_sets_a_password_and_the_person_can_sign_in(client, invited):
    person, address = invited

    shown = client.get(address)
    answer = client.post(address, BOTH)

    assert "baru@simpul.example" in shown.content.decode()
    assert answer["Location"] == "/masuk/"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    signed_in = client.post("/masuk/", {"login": "baru@simpul.example", "password": PASSWORD, "next": "/instansi/"})
    assert signed_in.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_link_works_once(client, invited):
    person, address = invited
    client.post(address, BOTH)

    again = client.post(address, {"password1": "lain-lagi-kali-ini", "password2": "lain-lagi-kali-ini"})

    assert again.status_code == 410
    assert "sudah dipakai" in again.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_link_dies_after_seven_days(client, bp3mi, admin):
    with time_machine.travel("2026-03-02T02:00:00Z"):
        _person, link = invite(
            by=admin, at=at("2026-03-02"), name="Orang", email="o@simpul.example", agency=bp3mi, post_title="A",
            roles=[Role.OFFICER],
        )  # fmt: skip

    with time_machine.travel("2026-03-09T02:00:01Z"):
        answer = client.get(f"/{link.split('/', 3)[3]}")

    assert answer.status_code == 410
    assert "7 hari" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "x:y:z", "eyJ1IjoxfQ:1abcde:AAAA"])
def test_a_made_up_token_opens_nothing(client, db, token):
    answer = client.get(f"/undangan/{token}/")

    assert answer.status_code == 410
    assert "tidak dikenal" in answer.content.decode()


def test_a_weak_or_mistyped_password_is_explained(client, invited):
    _person, address = invited

    mistyped = client.post(address, {"password1": PASSWORD, "password2": "bukan"})
    weak = client.post(address, {"password1": "pendek", "password2": "pendek"})

    assert "password2" in mistyped.context["form"].errors
    assert "password1" in weak.context["form"].errors
    assert (mistyped.status_code, weak.status_code) == (422, 422)


def test_the_mail_carries_the_link_on_the_configured_address(invited, settings):
    person, address = invited

    mail = Delivery.objects.get(user=person)

    assert f"{settings.SITE_URL}{address}" in mail.body
    assert len(mail.subject) <= 60
    assert re.search(r"Yth\. Orang Baru,", mail.body)


def test_a_deactivated_person_cannot_use_the_link(client, invited):
    person, address = invited
    person.is_active = False
    person.save()

    assert client.get(address).status_code == 410


def test_the_address_is_verified_so_that_a_second_factor_can_be_added(invited):
    person, _address = invited

    email = person.emailaddress_set.get()

    assert (email.verified, email.primary) == (True, True)
    assert invitations.read("nonsense").trouble == "unknown"


def test_the_mail_leaves_as_soon_as_the_invitation_is_saved(
    bp3mi, admin, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        person, link = invite(
            by=admin, at=timezone.now(), name="Orang", email="o@simpul.example", agency=bp3mi, post_title="A",
            roles=[Role.OFFICER],
        )  # fmt: skip

    assert [mail.to for mail in mailoutbox] == [[person.email]]
    assert link in mailoutbox[0].body
