"""Accounts: who may sign in for which agency, inviting, ending and restoring access."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import actions, rules
from agencies.access import SignedInRequest, needs, password_again
from agencies.forms.people import InviteForm, RolesForm
from agencies.models import Tenure, User
from agencies.numbering import once
from agencies.reach import agencies_within_reach, people_within_reach
from agencies.views.posted import content_of, typed
from config.paging import paginate

FRESH_LINK = "fresh_link"  # shown once, on the page after the one that made it


@require_GET
@needs("people.manage")
def index(request: HttpRequest) -> HttpResponse:
    """People with a tenure at an agency the person looks after."""
    request = cast("SignedInRequest", request)
    current = Tenure.objects.current(on=timezone.localdate()).select_related("post__agency").order_by("pk")
    people = people_within_reach(request.user).prefetch_related(Prefetch("tenures", current, to_attr="current"))
    context = {"page": paginate(request, people.order_by("-is_active", "name", "pk"))}
    return render(request, "agencies/people.html", context)


@never_cache
@require_GET
@needs("people.manage")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles held and ended, and what may be done about them."""
    request = cast("SignedInRequest", request)
    person = _fetch(request, pk)
    return _page(request, person, _roles_form(request, is_blank=True))


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@password_again
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and its one-time link."""
    request = cast("SignedInRequest", request)
    form = InviteForm(typed(request), user=request.user, on=timezone.localdate())
    if not form.is_valid():
        context = {"form": form, "title": _("Undang pengguna"), "back": "/kelola/pengguna/", "button": _("Undang")}
        return render(request, "agencies/form.html", context, status=422 if form.is_bound else 200)
    facts = {name: form.cleaned_data[name] for name in ("name", "email", "agency", "post_title", "roles")}

    def act() -> str:
        person, link = actions.invite(by=request.user, at=timezone.now(), **facts)
        _keep_link(request, person, link)
        return reverse("agencies:person", args=[person.pk])

    address = once(form.once, by=request.user, content=content_of(request), act=act)
    messages.success(request, _("Undangan dibuat dan dikirim ke surelnya."))
    return redirect(address)


@require_POST
@needs("people.manage")
@password_again
def give_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person act for an agency in more roles."""
    request = cast("SignedInRequest", request)
    person = _fetch(request, pk)
    form = _roles_form(request)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("agency", "post_title", "roles")}
    actions.give_roles(person, by=request.user, at=timezone.now(), **facts)
    messages.success(request, _("Peran ditambahkan."))
    return redirect("agencies:person", pk=person.pk)


@require_POST
@needs("people.manage")
def renew_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new one-time link; the old one dies."""
    request = cast("SignedInRequest", request)
    person = _fetch(request, pk)
    _keep_link(request, person, actions.renew_link(person, by=request.user, at=timezone.now()))
    messages.success(request, _("Tautan baru dibuat dan dikirim. Tautan lama tidak berlaku lagi."))
    return redirect("agencies:person", pk=person.pk)


@require_POST
@needs("people.manage")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's access at once."""
    request = cast("SignedInRequest", request)
    person = actions.deactivate(_fetch(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s dinonaktifkan. Semua sesinya berakhir.") % {"name": person.name})
    return redirect("agencies:person", pk=person.pk)


@require_POST
@needs("people.manage")
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person access again, with a link to set a new password."""
    request = cast("SignedInRequest", request)
    person, link = actions.reactivate(_fetch(request, pk), by=request.user, at=timezone.now())
    _keep_link(request, person, link)
    messages.success(request, _("%(name)s aktif kembali dengan peran terakhirnya.") % {"name": person.name})
    return redirect("agencies:person", pk=person.pk)


@require_POST
@needs("people.manage")
def end_tenure(request: HttpRequest, pk: int) -> HttpResponse:
    """End one role of a person at one agency."""
    request = cast("SignedInRequest", request)
    reachable = Tenure.objects.filter(post__agency__in=agencies_within_reach(request.user))
    tenure = actions.end_tenure(get_object_or_404(reachable, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Peran berakhir."))
    return redirect("agencies:person", pk=tenure.user_id)


def _fetch(request: SignedInRequest, pk: int) -> User:
    return get_object_or_404(people_within_reach(request.user), pk=pk)


def _roles_form(request: SignedInRequest, *, is_blank: bool = False) -> RolesForm:
    return RolesForm(None if is_blank else request.POST, user=request.user, on=timezone.localdate())


def _keep_link(request: HttpRequest, person: User, link: str) -> None:
    request.session[FRESH_LINK] = {"person": person.pk, "link": link}


def _fresh_link(request: HttpRequest, person: User) -> str:
    """The link made a moment ago for this person, once."""
    kept = request.session.get(FRESH_LINK)
    if not kept or kept["person"] != person.pk:
        return ""
    del request.session[FRESH_LINK]
    return str(kept["link"])


def _page(request: SignedInRequest, person: User, form: RolesForm, *, status: int = 200) -> HttpResponse:
    today: dt.date = timezone.localdate()
    tenures = person.tenures.filter(post__agency__in=agencies_within_reach(request.user))
    shown = tenures.select_related("post__agency", "user").order_by("-starts_on", "pk")
    context = {
        "person": person,
        "rows": [(tenure, rules.may_end_tenure(request.user, tenure, on=today)) for tenure in shown],
        "today": today,
        "link": _fresh_link(request, person),
        "is_waiting": person.is_active and not person.has_usable_password(),
        "form": form,
        "change": rules.may_change_person(request.user, person, on=today),
        "deactivation": rules.may_deactivate(request.user, person, on=today),
        "reactivation": rules.may_reactivate(request.user, person, on=today),
        "renewal": rules.may_renew_link(request.user, person, on=today),
    }
    return render(request, "agencies/person.html", context, status=status)
