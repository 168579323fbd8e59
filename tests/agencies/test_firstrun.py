"""The first-run page: once, whole, and gone afterwards."""

import io
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.http import Http404

from agencies import firstrun
from agencies.audit import verify_chain
from agencies.models import Agency, Agreement, Contact, Delivery, Profile, Role, User
from tests.factories import UserFactory

PASSWORD = "kopi-pagi-di-balai"
FILLED = {
    "office_name": "Balai Pelayanan Uji",
    "office_short_name": "Balai Uji",
    "office_code": "balai",
    "office_kind": "FIELD_OFFICE",
    "office_zone": "Asia/Jakarta",
    "signed_on": "29 Oktober 2025",
    "our_party": "Kementerian Uji",
    "our_party_kind": "MINISTRY",
    "their_party": "Pemerintah Provinsi Uji",
    "their_party_kind": "PROVINCE",
    "first_name": "Orang Pertama",
    "first_email": "satu@simpul.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "second_name": "Orang Kedua",
    "second_email": "dua@simpul.example",
    "second_roles": ["SUPERVISOR", "PRESS"],
    "partner_name": "Pemerintah Kota Uji",
    "partner_short_name": "Pemkot Uji",
    "partner_kind": "CITY",
    "contact_post": "Kepala Bagian Perekonomian",
    "contact_whatsapp": "0812 0000 0000",
}


@pytest.fixture
def address(db):
    return firstrun.make_link().split("//", 1)[1].split("/", 1)[1].join(["/", ""])


def test_the_whole_page_sets_up_one_office(client, address):
    answer = client.post(address, FILLED)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    office = Agency.objects.get(code="balai")
    partner = Agency.objects.get(name="Pemerintah Kota Uji")
    agreement = Agreement.objects.get()
    assert office.parent.name == "Kementerian Uji"
    assert partner.parent.name == "Pemerintah Provinsi Uji"
    assert [party.agency.name for party in agreement.parties.all()] == ["Kementerian Uji", "Pemerintah Provinsi Uji"]
    assert (agreement.code, agreement.host_agency, agreement.profile) == ("NK-2025-001", office, Profile.SINGLE_OFFICE)
    assert agreement.title == ""
    contact = Contact.objects.get()
    assert (contact.agency, contact.kept_by, contact.whatsapp) == (partner, office, "6281200000000")
    assert verify_chain().broken_at is None


def test_the_first_person_is_signed_in_as_officer_and_admin(client, address):
    client.post(address, FILLED)

    user = User.objects.get(email="satu@simpul.example")
    assert user.rights.roles == {Role.OFFICER, Role.ADMIN}
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_second_person_gets_a_link_on_screen_and_by_mail(client, address):
    answer = client.post(address, FILLED)

    link = re.search(r"http\S+/undangan/\S+", " ".join(str(m) for m in answer.wsgi_request._messages))[0]
    second = User.objects.get(email="dua@simpul.example")
    assert second.rights.roles == {Role.SUPERVISOR, Role.PRESS}
    assert not second.has_usable_password()
    assert link in Delivery.objects.get(user=second, channel="EMAIL").body


def test_the_second_person_and_the_partner_may_wait(client, address):
    optional = ("second_name", "second_email", "second_roles", "partner_name", "partner_short_name", "contact_post",
                "contact_whatsapp")  # fmt: skip

    answer = client.post(address, {k: v for k, v in FILLED.items() if k not in optional})

    assert answer.status_code == 302
    assert User.objects.count() == 1


def test_the_page_is_gone_once_somebody_has_an_account(client, address):
    assert client.get(address).status_code == 200
    client.post(address, FILLED)
    client.logout()

    assert client.get(address).status_code == 404
    assert client.post(address, FILLED | {"first_email": "lain@simpul.example"}).status_code == 404
    assert User.objects.count() == 2


def test_a_made_up_link_opens_nothing(client, db):
    assert client.get("/mulai/apa-saja/").status_code == 404


def test_a_link_older_than_a_day_says_how_to_get_another(client, db):
    with time_machine.travel("2026-03-01T08:00:00Z"):
        address = f"/{firstrun.make_link().split('/', 3)[3]}"

    with time_machine.travel("2026-03-02T09:00:00Z"):
        answer = client.get(address)

    assert answer.status_code == 410
    assert "firstrun_link" in answer.content.decode()


def test_every_error_stands_beside_its_field_and_nothing_typed_is_lost(client, address):
    wrong = FILLED | {
        "signed_on": "31 Februari 2025",
        "password2": "lain sama sekali",
        "second_email": "satu@simpul.example",
        "second_roles": [],
        "contact_whatsapp": "12",
        "partner_code": "balai",
        "their_party": "kementerian uji",
    }

    answer = client.post(address, wrong)

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) >= {"signed_on", "password2", "second_email", "second_roles", "contact_whatsapp",
                           "partner_code", "their_party"}  # fmt: skip
    page = answer.content.decode()
    assert 'value="Balai Pelayanan Uji"' in page
    assert "31 Februari 2025" in page
    assert PASSWORD not in page
    assert not User.objects.exists()
    assert not Agency.objects.exists()


def test_an_empty_page_names_what_is_missing(client, address):
    answer = client.post(address, {})

    assert answer.status_code == 422
    assert "office_name" in answer.context["form"].errors


@pytest.mark.parametrize("weak", ["pendek", "password123"])
def test_a_weak_password_is_refused(client, address, weak):
    answer = client.post(address, FILLED | {"password1": weak, "password2": weak})

    assert "password1" in answer.context["form"].errors
    assert not User.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing_behind(client, address, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(firstrun, "keep_contact", fail)
    with pytest.raises(RuntimeError):
        client.post(address, FILLED)

    assert not User.objects.exists()
    assert not Agreement.objects.exists()


def test_an_office_may_itself_be_the_party(client, address):
    client.post(address, FILLED | {"our_party": "Balai Pelayanan Uji"})

    office = Agency.objects.get(code="balai")
    assert office.parent is None
    assert Agreement.objects.get().parties.filter(agency=office).exists()


def test_the_command_prints_only_the_link(db):
    printed = io.StringIO()

    call_command("firstrun_link", stdout=printed)

    assert re.fullmatch(r"http://\S+/mulai/\S+/\n", printed.getvalue())


def test_the_command_refuses_once_there_is_an_account(db):
    UserFactory()

    with pytest.raises(CommandError):
        call_command("firstrun_link")
    with pytest.raises(Http404):
        firstrun.require_open("x")
