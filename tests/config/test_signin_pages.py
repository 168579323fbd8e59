"""Sign-in, second factor and their mails: in Indonesian, calm, and telling nothing to strangers."""

import base64
import hmac
import re
import struct
import time

import pytest
from django.core import mail
from django.core.cache import cache

PASSWORD = "tujuh-gajah-menyeberang"
ENGLISH = re.compile(
    r"\b(?:password|sign in|sign out|email address|remember|authenticator code|recovery codes|click|please|your)\b",
    re.I,
)


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def officer(petugas):
    from allauth.account.models import EmailAddress

    petugas.set_password(PASSWORD)
    petugas.save()
    EmailAddress.objects.create(user=petugas, email=petugas.email, verified=True, primary=True)
    return petugas


@pytest.fixture
def signed_in(client, officer):
    client.post("/masuk/", {"login": officer.email, "password": PASSWORD})
    return client


def words(response):
    """What a reader sees of a page."""
    html = re.sub(
        r"<head>.*?</head>|<footer.*?</footer>|<textarea.*?</textarea>", " ", response.content.decode(), flags=re.S
    )
    return re.sub(r"<[^>]+>", " ", html)


def six_digits(secret):
    """The code an authenticator app shows now (RFC 6238, SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def activate(client):
    client.post("/masuk/lagi/", {"password": PASSWORD})
    page = client.get("/pengaturan/keamanan/totp/aktifkan/")
    secret = page.context["form"].secret
    client.post("/pengaturan/keamanan/totp/aktifkan/", {"code": six_digits(secret)})
    return secret


def test_the_sign_in_page_helps_password_managers(client, db):
    html = client.get("/masuk/").content.decode()

    assert 'autocomplete="email"' in html
    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html
    assert "Daftar" not in html


def test_a_wrong_password_does_not_say_which_part_was_wrong(client, officer):
    known = client.post("/masuk/", {"login": officer.email, "password": "salah-sama-sekali"})
    unknown = client.post("/masuk/", {"login": "bukan.siapa@simpul.example", "password": "salah-sama-sekali"})

    assert "Surel atau kata sandi tidak cocok." in words(known)
    assert "Surel atau kata sandi tidak cocok." in words(unknown)


def test_too_many_attempts_are_stopped_in_words(client, officer):
    for _ in range(6):
        response = client.post("/masuk/", {"login": officer.email, "password": "salah-sama-sekali"})

    assert "Terlalu banyak percobaan." in words(response)


@pytest.mark.parametrize(
    "address",
    [
        "/masuk/",
        "/lupa-sandi/",
        "/lupa-sandi/terkirim/",
        "/lupa-sandi/selesai/",
        "/lupa-sandi/1-salah/",
        "/akun/nonaktif/",
        "/daftar/",
        "/surel/terkirim/",
        "/surel/kunci-salah/",
    ],
)
def test_pages_for_the_signed_out_speak_indonesian(client, db, address):
    response = client.get(address, follow=True)

    assert response.status_code == 200
    assert ENGLISH.findall(words(response)) == []


@pytest.mark.parametrize(
    "address",
    [
        "/keluar/",
        "/surel/",
        "/masuk/lagi/",
        "/pengaturan/sandi/",
        "/pengaturan/keamanan/",
        "/pengaturan/keamanan/totp/aktifkan/",
        "/pengaturan/keamanan/totp/matikan/",
        "/pengaturan/keamanan/kode/",
        "/pengaturan/keamanan/kode/baru/",
    ],
)
@pytest.mark.parametrize("with_second_factor", [False, True])
def test_pages_for_the_signed_in_speak_indonesian(signed_in, address, with_second_factor):
    if with_second_factor:
        activate(signed_in)

    response = signed_in.get(address, follow=True)

    assert response.status_code in {200, 404}
    assert ENGLISH.findall(words(response)) == []


def test_the_second_factor_is_one_field_and_lets_in(signed_in, officer, client):
    activate(signed_in)
    signed_in.post("/keluar/")

    asked = signed_in.post("/masuk/", {"login": officer.email, "password": PASSWORD}, follow=True)

    html = asked.content.decode()
    assert "Kode dari aplikasi autentikator" in html
    assert html.count('autocomplete="one-time-code"') == 1
    assert signed_in.get("/pengaturan/keamanan/").status_code == 302


def test_recovery_codes_are_shown_and_a_mail_tells_the_owner(flushable, signed_in, officer):
    activate(signed_in)

    html = signed_in.get("/pengaturan/keamanan/kode/").content.decode()

    assert "10 dari 10 kode belum dipakai." in html
    assert [message.subject for message in mail.outbox] == ["Verifikasi dua langkah diaktifkan"]
    assert mail.outbox[0].to == [officer.email]


def test_the_reset_mail_is_short_plain_and_indonesian(client, officer):
    client.post("/lupa-sandi/", {"email": officer.email})

    message = mail.outbox[0]
    assert message.subject == "Buat kata sandi baru"
    assert "/lupa-sandi/" in message.body
    assert "&" not in message.body
    assert message.alternatives == []
    assert ENGLISH.findall(message.body) == []


def test_an_unknown_address_gets_the_same_answer_on_the_page(client, officer):
    known = client.post("/lupa-sandi/", {"email": officer.email}, follow=True)
    unknown = client.post("/lupa-sandi/", {"email": "bukan.siapa@simpul.example"}, follow=True)

    assert words(known) == words(unknown)


def test_a_new_password_is_made_with_the_link_and_only_once(client, officer):
    client.post("/lupa-sandi/", {"email": officer.email})
    link = re.search(r"/lupa-sandi/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    fresh = "kursi-rotan-dan-hujan"

    client.post(form.redirect_chain[-1][0], {"password1": fresh, "password2": fresh})
    again = client.get(link, follow=True)

    officer.refresh_from_db()
    assert officer.check_password(fresh)
    assert "Tautan tidak berlaku lagi" in words(again)


def test_two_different_passwords_are_explained(signed_in):
    response = signed_in.post(
        "/pengaturan/sandi/",
        {"oldpassword": PASSWORD, "password1": "kursi-rotan-dan-hujan", "password2": "lain-sekali-ini"},
    )

    assert "Ada isian yang perlu diperbaiki" in words(response)
    assert ENGLISH.findall(words(response)) == []
