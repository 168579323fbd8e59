"""A form sent after its session ended, or with an outdated token: its words wait for their writer as a draft.

The ticket in the form names the writer, so nothing has to be known about the session, and whoever signs in
instead finds nothing of it.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_failure

from agencies import drafts
from agencies.drafts import Opening
from agencies.models import User
from agencies.policy import Refusal
from config.htmx import wants_part

KEPT = "X-Konsep"  # tells the script that the words are kept
NOTE = "konsep"  # tells the sign-in page the same


class TurnedAwayMiddleware:
    """Keeps what a form brought that was answered with the sign-in page. Stands above ``HtmxSignInMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a form that met the sign-in page is kept, and the way back leads to its own page."""
        response = self.get_response(request)
        if request.method != "POST" or not _leads_to_sign_in(response):
            return response
        opening = kept(request)
        if opening is None:
            return response
        header = "HX-Redirect" if "HX-Redirect" in response.headers else "Location"
        response.headers[header] = sign_in_address(opening)
        response.headers[KEPT] = "tersimpan"
        return response


def kept(request: HttpRequest) -> Opening | None:
    """Keep a posted form for the person its page was made for; None without a valid ticket, or when it can't be."""
    opening = drafts.opening_of(request.POST.get(drafts.TICKET, ""))
    if opening is None:
        return None
    try:
        drafts.keep(opening, drafts.kept_fields(request.POST), at=timezone.now(), known=None)
    except (Refusal, User.DoesNotExist):
        return None
    return opening


def sign_in_address(opening: Opening) -> str:
    """The sign-in page that knows of the kept words and leads back to their form."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': opening.address, NOTE: '1'})}"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An outdated page (signed in anew in another window): back to the form with every word, else the usual page.

    Only somebody who got the page can bring its ticket, so a forged request keeps nothing.
    """
    opening = kept(request)
    user = getattr(request, "user", None)
    if opening is None or (isinstance(user, User) and user.pk != opening.user_id):
        return plain_failure(request, reason)
    if not isinstance(user, User):
        return HttpResponseRedirect(sign_in_address(opening))
    if wants_part(request):
        words = _("Anda masuk kembali di jendela lain. Muat ulang halaman: isian Anda kembali.")
        response = render(request, "_ui/draft_state.html", {"reload": words}, status=409)
        response.headers[KEPT] = "tersimpan"
        return response
    messages.warning(request, _("Halaman tadi sudah lama dibuka. Isian Anda kembali di bawah; kirim sekali lagi."))
    return HttpResponseRedirect(opening.address)


def _leads_to_sign_in(response: HttpResponse) -> bool:
    target = response.headers.get("HX-Redirect") if response.status_code == 401 else response.headers.get("Location")
    return bool(target) and urlsplit(target or "").path == resolve_url(settings.LOGIN_URL)
