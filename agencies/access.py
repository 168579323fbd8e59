"""Doors: every view says which action it needs, or that it is public; nothing else starts."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from agencies.audit import record
from agencies.models import User
from agencies.policy import TABLE, Refusal, permit
from config.middleware import SIGNED_IN_AT
from config.way_back import way_back

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
THIRD_PARTY = ("allauth.", "django.")  # their doors stand in doors.csv by an explicit list


class SignedInRequest(HttpRequest):
    """A request whose user is known to be signed in (the middleware saw to it)."""

    user: User
    htmx: HtmxDetails


class _Door(Protocol):
    needs: str


def needs(action: str) -> Callable[[View], View]:
    """Declare the action a view needs: nobody gets in without a role that may do it for some own agency.

    The object itself is checked inside the view with :func:`agencies.policy.permit` or a rule.
    """
    if action not in TABLE:
        raise KeyError(f"no such action in the policy: {action}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            permit(request.user, action)
            return view(request, *args, **kwargs)

        cast("_Door", guarded).needs = action
        return guarded

    return decorate


def public(view: View) -> View:
    """Declare a view that anybody may open."""
    cast("_Door", view).needs = "public"
    return login_not_required(view)


def password_again(view: View) -> View:
    """Ask for the password once more before a grave act, unless it was typed a few minutes ago.

    What was typed survives: the request is kept and goes on after the password.
    """
    return cast("View", reauthentication_required(view, enabled=_signed_in_long_ago))


def _signed_in_long_ago(request: HttpRequest) -> bool:
    signed_in_at = request.session.get(SIGNED_IN_AT, 0)
    return bool(timezone.now().timestamp() - signed_in_at > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


class AccessMiddleware:
    """Signs out people without an agency, and turns refusals into pages (and traces) with their reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> HttpResponse | None:
        """A signed-in person without a current tenure is as good as signed out."""
        del args, kwargs
        if not getattr(view, "login_required", True):
            return None
        user = request.user
        if isinstance(user, User) and not user.rights.tenures:
            logout(request)
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if isinstance(user, User) and not is_third_party(view) and lacks_second_factor(user):
            messages.warning(request, _("Peran Anda memerlukan langkah kedua saat masuk. Aktifkan lebih dahulu."))
            return redirect("mfa_activate_totp")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 or 409 with the reason; a refused change leaves an event *ditolak* after the rollback."""
        if not isinstance(exception, PermissionDenied):
            return None
        if request.method in UNSAFE and isinstance(request.user, User):
            trace_refusal(request, request.user)
        status = exception.verdict.status if isinstance(exception, Refusal) else 403
        context = {"reason": str(exception), "back": way_back(request.path)}
        return render(request, f"{status}.html", context, status=status)


def lacks_second_factor(user: User) -> bool:
    """Whether one of the person's roles needs a second factor (a switch of the profile) and none is set up."""
    wanted = user.rights.roles & frozenset(settings.SECOND_FACTOR_ROLES)
    return bool(wanted) and not is_mfa_enabled(user)


def trace_refusal(request: HttpRequest, user: User) -> None:
    """Leave the event *ditolak* for a refused change, after its rollback; a page that answers itself calls it."""
    match = request.resolver_match
    name = match.view_name if match else request.path
    try:
        with transaction.atomic():
            record("access.refused", on=user, by=user, at=timezone.now(), after={"door": name, "path": request.path})
    except Exception:
        logger.exception("could not record a refusal")


def doors() -> list[tuple[str, str, View]]:
    """Every URL pattern of the project: (qualified name, route, view)."""
    found: list[tuple[str, str, View]] = []

    def walk(resolver: URLResolver, namespace: str, route: str) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                walk(entry, inner, f"{route}{entry.pattern}")
            elif isinstance(entry, URLPattern):
                found.append((f"{namespace}{entry.name or ''}", f"{route}{entry.pattern}", entry.callback))

    walk(get_resolver(), "", "")
    return found


def is_third_party(view: View) -> bool:
    """Whether a view comes from a library."""
    return view.__module__.startswith(THIRD_PARTY)


@register("security")
def every_door_states_its_need(**kwargs: object) -> list[CheckMessage]:
    """Refuse to start with a URL whose view states no action and is not declared public."""
    del kwargs
    return [
        Error(f"{name or route}: the view states no action (@needs) and is not @public", id="agencies.E001")
        for name, route, view in doors()
        if not is_third_party(view) and not hasattr(view, "needs")
    ]
