"""One URL, page or part: how views answer a full visit and an htmx request."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part; a restored history entry needs the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def page_or_part(
    request: HttpRequest, template: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render the page, or only its partial named ``part`` when htmx asks for one."""
    name = f"{template}#{part}" if wants_part(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the visitor to ``to`` (URL, view name or object) after an action, with and without htmx.

    A plain 302 would be followed inside the htmx request and the whole page swapped into a part.
    """
    url = resolve_url(to, *args, **kwargs)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


class HtmxSignInMiddleware:
    """Turn the redirect to the sign-in page into 401 + ``HX-Redirect`` for htmx requests.

    Without it the sign-in form of an expired session would be swapped into a part of the page.
    Stands above ``LoginRequiredMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") != "true" or response.status_code != 302:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if urlsplit(response.headers["Location"]).path != sign_in:
            return response
        return HttpResponse(
            status=401, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': _shown_page(request)})}"}
        )


def _shown_page(request: HttpRequest) -> str:
    """Return the path of the page the visitor looks at, never another host."""
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    if current.netloc != request.get_host():
        return "/"
    return current.path + (f"?{current.query}" if current.query else "")
