"""Contacts at an agency: seen and kept by the officers of the agency that entered them."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import actions
from agencies.access import SignedInRequest, needs
from agencies.directory import contacts_for
from agencies.forms.agency import ContactForm
from agencies.models import Agency, User
from agencies.numbering import once
from agencies.reach import officer_agencies
from agencies.views.posted import content_of, typed


@require_http_methods(["GET", "POST"])
@needs("contact.keep")
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Note a person to reach at an agency."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(Agency.objects.visible_to(request.user).active(), code=code)
    form = ContactForm(typed(request))
    if not form.is_valid():
        return _page(request, form, agency, title=_("Tambah narahubung"))
    facts = form.cleaned_data | {}
    facts.pop("token")

    def act() -> str:
        kept_by = _own_agency(request.user)
        actions.keep_contact(by=request.user, at=timezone.now(), agency=agency, kept_by=kept_by, **facts)
        return agency.get_absolute_url()

    address = once(form.once, by=request.user, content=content_of(request), act=act)
    messages.success(request, _("Narahubung tersimpan. Hanya petugas instansi Anda yang melihatnya."))
    return redirect(address)


@require_http_methods(["GET", "POST"])
@needs("contact.keep")
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct a contact of one's own agency; others' do not exist."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), code=code)
    contact = get_object_or_404(contacts_for(request.user, agency), pk=pk)
    initial = {name: getattr(contact, name) for name in ("post_text", "name", "whatsapp", "email")}
    form = ContactForm(typed(request), initial=initial)
    if not form.is_valid():
        return _page(request, form, agency, title=_("Ubah narahubung"))
    actions.change_contact(contact, form.facts(), by=request.user, at=timezone.now())
    messages.success(request, _("Narahubung diperbarui."))
    return redirect(agency)


@require_POST
@needs("contact.keep")
def retire(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Stop using a contact."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), code=code)
    contact = agency.contacts.filter(kept_by__in=officer_agencies(request.user), pk=pk).first()
    if contact is None:
        raise Http404
    actions.retire_contact(contact, by=request.user, at=timezone.now())
    messages.success(request, _("Narahubung tidak dipakai lagi."))
    return redirect(agency)


def _own_agency(user: User) -> Agency:
    """The agency that keeps what the person notes: the one they act for, if they are an officer there."""
    own = officer_agencies(user)
    main = user.rights.main_agency
    return main if main is not None and own.contains(main) else own.order_by("pk")[0]


def _page(request: HttpRequest, form: ContactForm, agency: Agency, *, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": agency.get_absolute_url(), "subtitle": agency.name}
    return render(request, "agencies/form.html", context, status=422 if form.is_bound else 200)
