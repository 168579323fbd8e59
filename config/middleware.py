"""Middleware of the whole site: methods, the chosen language, the age of a session, what may be kept by browsers."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

NextStep = Callable[[HttpRequest], HttpResponse]

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
REFRESH_AFTER = dt.timedelta(minutes=5)
METHODS = ("GET", "HEAD", "POST")


class KnownMethodsMiddleware:
    """Refuses what no page of ours understands (PUT, DELETE, TRACE, ...), before anything is looked up."""

    def __init__(self, get_response: NextStep) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 405 to any other method."""
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class NothingKeptMiddleware:
    """Tells browsers and proxies to keep nothing of what a signed-in person saw.

    Office computers are shared: after signing out, the back button must not show the last page, and the words
    that the script of drafts put aside while the server was out of reach are gone.
    """

    def __init__(self, get_response: NextStep) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with ``no-store`` when somebody is signed in and the view said nothing itself."""
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
            if request.method == "POST" and request.path == resolve_url("account_logout"):
                response.headers["Clear-Site-Data"] = '"storage"'
        return response


class ChosenLanguageMiddleware:
    """Speaks the language of the person's own choice (a cookie), else Indonesian.

    Django's own middleware obeys ``Accept-Language``; office computers with an English Windows would then get
    English pages that nobody chose.
    """

    def __init__(self, get_response: NextStep) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language and say that the cookie decides."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response


class SessionLimitMiddleware:
    """Ends a session ``SESSION_ABSOLUTE_AGE`` seconds after sign-in and renews its idle limit in use.

    The idle limit is the expiry of the session row (``SESSION_COOKIE_AGE``). Renewing writes that row, so it is
    done at most every five minutes.
    """

    def __init__(self, get_response: NextStep) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out a session past its age, else answer and note what the limits need."""
        now = timezone.now()
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            if _is_too_old(request.session, now):
                logout(request)
            else:
                _renew(request.session, now)
        response = self.get_response(request)
        # A sign-in happens inside the answer: its session starts to age here.
        if request.session.accessed and SESSION_KEY in request.session and SIGNED_IN_AT not in request.session:
            request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now.timestamp()
        return response


def _is_too_old(session: SessionBase, now: dt.datetime) -> bool:
    signed_in_at = session.get(SIGNED_IN_AT, now.timestamp())
    return bool(now.timestamp() - signed_in_at >= settings.SESSION_ABSOLUTE_AGE)


def _renew(session: SessionBase, now: dt.datetime) -> None:
    if now.timestamp() - session.get(SEEN_AT, 0) >= REFRESH_AFTER.total_seconds():
        session[SEEN_AT] = now.timestamp()
