"""The first-run page: opens once, by a link printed on the machine itself."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies import firstrun
from agencies.access import public
from agencies.forms.firstrun import FirstRunForm
from agencies.views.posted import typed


@public
@never_cache
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest, token: str) -> HttpResponse:
    """Set up one office; 404 once anybody has an account."""
    if not firstrun.require_open(token):
        return render(request, "agencies/link_over.html", {"trouble": "first_run"}, status=410)
    form = FirstRunForm(typed(request))
    if not form.is_valid():
        return render(request, "agencies/first_run.html", {"form": form}, status=422 if form.is_bound else 200)
    founded = firstrun.found_office(form.founding(), at=timezone.now())
    login(request, founded.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    messages.success(request, _welcome(founded))
    return redirect("/")


def _welcome(founded: firstrun.Founded) -> str:
    """Say that it is done, and hand over the second person's link."""
    done = _("Kantor Anda siap dipakai. Mulailah dengan mencatat pertemuan.")
    if founded.second is None:
        return done
    handover = _("Berikan tautan ini kepada %(name)s untuk membuat kata sandi (7 hari, sekali pakai): %(link)s")
    return f"{done} {handover % {'name': founded.second.name, 'link': founded.link}}"
