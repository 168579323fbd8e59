"""Guessing, spraying, locking out, listing accounts, and keeping a session alive: what sign-in answers."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from agencies.models import User

PASSWORD = "sandi-uji-yang-panjang"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def officer(petugas):
    petugas.set_password(PASSWORD)
    petugas.save()
    return petugas


def sign_in(email, password=PASSWORD, **headers):
    browser = Client(**headers)
    return browser, browser.post("/masuk/", {"login": email, "password": password})


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def guess(officer, times, **headers):
    for n in range(times):
        last = sign_in(officer.email, f"salah-{n}", **headers)[1]
    return last


def test_the_right_password_after_ten_wrong_ones_does_not_open(officer):
    guess(officer, 10)

    _browser, response = sign_in(officer.email)

    assert response.status_code == 200
    assert "Terlalu banyak percobaan." in words(response)


def test_one_address_may_not_try_many_accounts(officer):
    for n in range(10):
        sign_in(f"orang{n}@simpul.example", "sandi-musim-hujan")

    _browser, response = sign_in(officer.email)

    assert "Terlalu banyak percobaan." in words(response)


def test_a_stranger_cannot_lock_somebody_out(officer):
    guess(officer, 12, REMOTE_ADDR="203.0.113.9")

    _browser, response = sign_in(officer.email, REMOTE_ADDR="203.0.113.10")

    assert response.status_code == 302


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"])
def test_a_written_address_is_not_believed(officer, header):
    for n in range(10):
        sign_in(officer.email, "salah", **{header: f"198.51.100.{n}"})

    _browser, response = sign_in(officer.email, **{header: "198.51.100.200"})

    assert "Terlalu banyak percobaan." in words(response)


def test_very_many_tries_are_refused_outright(officer):
    assert [guess(officer, 1).status_code for _n in range(31)][-1] == 429


def test_sign_in_and_reset_do_not_tell_who_has_an_account(officer):
    for address in ("/masuk/", "/lupa-sandi/"):
        known, unknown, off = (
            Client().post(address, {"login": email, "email": email, "password": "salah-sekali"})
            for email in (officer.email, "bukan.siapa@simpul.example", deactivated().email)
        )
        said = [plain(known), plain(unknown), plain(off)]
        assert said[0] == said[1] == said[2], address
    assert {message.to[0] for message in mail.outbox} >= {officer.email, "bukan.siapa@simpul.example"}


def deactivated():
    user, _made = User.objects.get_or_create(email="nonaktif@simpul.example", name="Nonaktif", is_active=False)
    user.set_password(PASSWORD)
    user.save()
    return user


def plain(response):
    """Status, goal and words, without what was typed and what is drawn by lot."""
    text = re.sub(r'value="[^"]*"|"X-CSRFToken": "\w+"', "", response.content.decode())
    return response.status_code, response.headers.get("Location"), text


def test_the_session_gets_a_new_key_at_sign_in(officer):
    browser = Client()
    browser.get("/masuk/")
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    browser.post("/masuk/", {"login": officer.email, "password": PASSWORD})

    assert browser.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/komitmen/").status_code == 302


def test_a_session_ends_with_signing_out_for_whoever_copied_it(officer):
    browser, _response = sign_in(officer.email)
    copy = Client()
    copy.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert copy.get("/komitmen/").status_code == 200

    browser.post("/keluar/")

    assert copy.get("/komitmen/").status_code == 302


def test_a_new_password_ends_every_session(officer):
    here, _response = sign_in(officer.email)
    elsewhere, _response = sign_in(officer.email)
    assert elsewhere.get("/komitmen/").status_code == 200

    form = {"oldpassword": PASSWORD, "password1": "sandi-baru-yang-panjang", "password2": "sandi-baru-yang-panjang"}
    assert here.post("/pengaturan/sandi/", form).status_code == 302

    assert elsewhere.get("/komitmen/").status_code == 302
    assert sign_in(officer.email, "sandi-baru-yang-panjang")[1].status_code == 302


def test_nobody_signs_up(db):
    form = {"email": "baru@simpul.example", "password1": PASSWORD, "password2": PASSWORD}

    Client().post("/daftar/", form)

    assert not User.objects.exists()


@pytest.mark.parametrize("weak", ["123456789", "password123", "Pendek1!", "pegawai.uji@simpul.example"])
def test_weak_passwords_are_refused(officer, weak):
    officer.email = "pegawai.uji@simpul.example"
    officer.save()
    browser = Client()
    browser.force_login(officer)

    browser.post("/pengaturan/sandi/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
