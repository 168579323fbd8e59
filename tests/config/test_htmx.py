"""One URL answers with the page, with a part, and with the page again when history is restored."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory, override_settings

from config.htmx import HtmxSignInMiddleware, go, page_or_part

PAGE = "{% load partials %}<h1>Daftar</h1>{% partialdef rows inline %}<ul>{{ words }}</ul>{% endpartialdef %}"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.locmem.Loader", {"list.html": PAGE})])
            ],
            "libraries": {"partials": "template_partials.templatetags.partials"},
        },
    }
]


urlpatterns = []


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_URL = "/masuk/"


@pytest.fixture
def answer():
    def ask(**headers):
        request = RequestFactory().get("/komitmen/", headers=headers)
        with override_settings(TEMPLATES=TEMPLATES):
            return page_or_part(request, "list.html", "rows", {"words": "satu"}, status=headers.pop("status", 200))

    return ask


def test_a_visit_gets_the_page(answer):
    response = answer()

    assert response.content.decode() == "<h1>Daftar</h1><ul>satu</ul>"


def test_htmx_gets_the_part(answer):
    response = answer(hx_request="true")

    assert response.content.decode() == "<ul>satu</ul>"


def test_a_restored_history_entry_gets_the_page(answer):
    response = answer(hx_request="true", hx_history_restore_request="true")

    assert response.content.decode().startswith("<h1>")


def test_caches_are_told_that_the_answer_depends_on_htmx(answer):
    assert "HX-Request" in answer()["Vary"]
    assert "HX-Request" in answer(hx_request="true")["Vary"]


def test_the_status_is_kept():
    request = RequestFactory().post("/komitmen/", headers={"hx-request": "true"})

    with override_settings(TEMPLATES=TEMPLATES):
        response = page_or_part(request, "list.html", "rows", {}, status=422)

    assert response.status_code == 422


def test_after_an_action_a_browser_is_redirected_and_htmx_is_told_where_to_go():
    plain = go(RequestFactory().post("/"), "/komitmen/K-2026-001/")
    htmx = go(RequestFactory().post("/", headers={"hx-request": "true"}), "/komitmen/K-2026-001/")

    assert (plain.status_code, plain["Location"]) == (302, "/komitmen/K-2026-001/")
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, "/komitmen/K-2026-001/")


def passed_through(response, **headers):
    request = RequestFactory().get("/komitmen/", headers=headers)
    return HtmxSignInMiddleware(lambda _: response)(request)


def test_an_expired_session_sends_the_whole_window_to_sign_in():
    response = passed_through(
        HttpResponseRedirect("/masuk/?next=/komitmen/"),
        hx_request="true",
        hx_current_url="http://testserver/dasbor/?periode=2026-TW1",
    )

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/masuk/?next=%2Fdasbor%2F%3Fperiode%3D2026-TW1"


def test_another_host_never_becomes_the_page_to_return_to():
    response = passed_through(
        HttpResponseRedirect("/masuk/"), hx_request="true", hx_current_url="http://jahat.example/komitmen/"
    )

    assert response["HX-Redirect"] == "/masuk/?next=%2F"


def test_other_redirects_and_plain_visits_are_left_alone():
    elsewhere = passed_through(HttpResponseRedirect("/komitmen/"), hx_request="true")
    plain = passed_through(HttpResponseRedirect("/masuk/?next=/"))
    fine = passed_through(HttpResponse("isi"), hx_request="true")

    assert (elsewhere.status_code, plain.status_code, fine.status_code) == (302, 302, 200)
