"""What every answer tells the browser, and where a link or a redirect may lead."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies.models import User
from tests.project.crawling import let_go

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "object-src": "'none'",
}  # fmt: skip
ELSEWHERE = [
    "//jahat.example", "///jahat.example", "////jahat.example", "https://jahat.example", "http:jahat.example",
    "https:jahat.example", "https:/jahat.example", "\\\\jahat.example", "/\\jahat.example", "\\/jahat.example",
    "/\t/jahat.example", "\t//jahat.example", "/\n/jahat.example", " //jahat.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//jahat.example\\@testserver",
    "//testserver@jahat.example",
    "https://testserver@jahat.example", "https://testserver.jahat.example", "http://[::1]jahat.example",
    "//%6aahat.example",
    "ftp://jahat.example",
]  # fmt: skip


def policy_of(response):
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.fixture
def answers(example, signed_in, monkeypatch):
    """One answer of each kind, by name."""
    officer, guest = signed_in["petugas.bp3mi"], signed_in["tamu"]
    quiet = Client(raise_request_exception=False)
    found = {
        "200": officer.get("/"),
        "200 for anybody": guest.get("/v/"),
        "302": guest.get("/komitmen/"),
        "403": officer.get("/kelola/libur/"),
        "403 without a token": Client(enforce_csrf_checks=True).post("/masuk/", {"login": "a"}),
        "404": officer.get("/komitmen/K-2020-999/"),
        "404 outside": guest.get("/tidak/ada/"),
        "405": officer.put("/komitmen/"),
        "410": guest.get("/undangan/bukan-tautan/"),
        "422": officer.post("/kelola/pengguna/undang/", {}),
        "400 for another host": quiet.get("/masuk/", headers={"host": "jahat.example"}),
        "429": [guest.get(f"/v/TAK-ADA-{n}/") for n in range(21)][-1],
    }
    monkeypatch.setattr("reports.views.help.render", None)
    found["500"] = quiet.get("/bantuan/")
    return found


def test_every_kind_of_answer_carries_the_policy(answers):
    assert {name: policy_of(answer) for name, answer in answers.items()} == dict.fromkeys(answers, POLICY)


def test_every_kind_of_answer_is_guarded_against_guessing_framing_and_telling(answers):
    for name, answer in answers.items():
        assert str(answer.status_code) in name or name.startswith("422"), name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name


def test_nothing_of_a_signed_in_person_stays_in_the_browser(answers):
    assert "no-store" not in answers["200 for anybody"].headers.get("Cache-Control", "")
    for name in ("200", "403", "404", "422"):
        assert "no-store" in answers[name].headers["Cache-Control"], name


@pytest.mark.parametrize(
    ("person", "url_name", "what"),
    [("petugas.bp3mi", "commitments:evidence", "bukti"), ("petugas.bp3mi", "meetings:file", "berkas")],
)
def test_a_file_is_an_attachment_in_a_sandbox(example, signed_in, person, url_name, what):
    response = signed_in[person].get(example.address(url_name, what))
    let_go(response)

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
@pytest.mark.parametrize("address", ["/", "/komitmen/", "/pertemuan/catat/", "/masuk/", "/tidak/ada/"])
def test_other_methods_are_not_known(petugas, as_person, method, address):
    assert getattr(as_person(petugas), method)(address).status_code == 405


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(db, target):
    user = User.objects.create_user("orang@simpul.example", "Orang", "sandi-yang-panjang")
    browser = Client()

    page = browser.get("/masuk/", {"next": target})
    response = browser.post("/masuk/", {"login": user.email, "password": "sandi-yang-panjang", "next": target})

    assert "jahat.example" not in re.sub(r'name="next" value="[^"]*"', "", page.content.decode())
    assert response.status_code == 302
    assert is_ours(response.headers["Location"]), response.headers["Location"]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("address", ["/bahasa/", "/keluar/"])
def test_language_and_signing_out_lead_nowhere_else(db, address, target):
    response = Client().post(address, {"language": "en", "next": target}, headers={"referer": target.strip()})

    assert is_ours(response.headers["Location"]), response.headers["Location"]


@pytest.mark.parametrize(
    "path", ["//jahat.example/", "/%2f%2fjahat.example/", "//jahat.example/%2e%2e", "/\\jahat.example/"]
)
def test_a_strange_path_leads_nowhere_else(db, path):
    response = Client().get(path)

    assert response.status_code in (404, 301, 302)
    assert is_ours(response.headers.get("Location", "/"))


def is_ours(location):
    """A path on this host that no browser reads as another host."""
    return bool(re.match(r"/(?![/\\])", location)) and not re.search(r"[\t\r\n\\]", location)


@pytest.mark.parametrize("headers", [{"host": "jahat.example"}, {"host": "127.0.0.1:8000@jahat.example"}])
def test_another_host_gets_nothing(db, headers):
    response = Client(raise_request_exception=False).post(
        "/lupa-sandi/", {"email": "a@simpul.example"}, headers=headers
    )

    assert response.status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-original-host", "forwarded", "x-host"])
def test_links_in_mail_stand_on_the_configured_address(db, settings, header):
    settings.SITE_URL = "https://simpul.example"
    user = User.objects.create_user("orang@simpul.example", "Orang", "sandi-yang-panjang")
    browser = Client(headers={header: "jahat.example"})
    browser.force_login(user)

    Client().post("/lupa-sandi/", {"email": user.email}, headers={header: "jahat.example"})

    links = re.findall(r"https?://\S+", mail.outbox[-1].body)
    assert links
    assert all(link.startswith("https://simpul.example/lupa-sandi/") for link in links)


def test_the_link_that_confirms_an_address_stands_there_too(petugas, as_person, settings):
    settings.SITE_URL = "https://simpul.example"

    as_person(petugas).post(reverse("account_email"), {"action_add": "", "email": "lain@simpul.example"})

    links = re.findall(r"https?://\S+", mail.outbox[-1].body)
    assert links
    assert all(link.startswith("https://simpul.example/surel/") for link in links)
