"""The chosen language, and how old a session may become."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user_model, login
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils.translation import get_language

START = dt.datetime(2026, 6, 23, 0, 30, tzinfo=dt.UTC)


def language(request):
    return HttpResponse(get_language())


def who(request):
    return HttpResponse("masuk" if request.user.is_authenticated else "tamu")


def sign_in(request):
    login(request, get_user_model().objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("masuk")


for view in (language, who, sign_in):
    view.login_required = False

urlpatterns = [path("bahasa/", language), path("siapa/", who), path("coba-masuk/", sign_in)]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def signed_in(db, settings):
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "config.middleware.ChosenLanguageMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "config.middleware.SessionLimitMiddleware",
    ]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    person = get_user_model()(email="petugas@simpul.example")
    person.set_password("sandi-uji-yang-panjang")
    person.save()
    client = Client()
    with time_machine.travel(START, tick=False):
        client.get("/coba-masuk/")
    return client


def seen(client, **after):
    with time_machine.travel(START + dt.timedelta(**after), tick=False):
        return client.get("/siapa/").content.decode()


@pytest.mark.django_db
def test_an_english_browser_gets_indonesian():
    response = Client(headers={"accept-language": "en-GB,en;q=0.9"}).get("/bahasa/")

    assert response.content == b"id"
    assert response["Content-Language"] == "id"
    assert "Accept-Language" not in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize(("cookie", "answer"), [("en", b"en"), ("id", b"id"), ("de", b"id"), ("../en", b"id")])
def test_only_the_cookie_changes_the_language(cookie, answer):
    client = Client()
    client.cookies["django_language"] = cookie

    response = client.get("/bahasa/")

    assert response.content == answer
    assert "Cookie" in response["Vary"]


def test_a_session_in_use_ends_at_its_absolute_age(signed_in):
    answers = [seen(signed_in, hours=hour) for hour in (4, 8, 11, 12)]

    assert answers == ["masuk", "masuk", "masuk", "tamu"]


def test_an_ended_session_does_not_come_back(signed_in):
    old_cookie = signed_in.cookies["sessionid"].value
    seen(signed_in, hours=7)
    seen(signed_in, hours=12)

    signed_in.cookies["sessionid"] = old_cookie

    assert seen(signed_in, hours=12, minutes=1) == "tamu"


def test_an_idle_session_ends_after_eight_hours(signed_in):
    assert seen(signed_in, hours=7, minutes=59) == "masuk"
    assert seen(signed_in, hours=16) == "tamu"


def test_the_session_row_is_written_at_most_every_five_minutes(signed_in, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session and the person
        seen(signed_in, minutes=4)

    with django_assert_num_queries(5):  # as above, and the renewed row in its savepoint
        seen(signed_in, minutes=6)


def test_a_person_without_a_session_costs_no_query(db, settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/bahasa/")
