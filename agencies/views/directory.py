"""The directory: the tree of agencies, the page of one, adding and correcting it."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies import actions, directory, reach
from agencies.access import SignedInRequest, needs, password_again
from agencies.forms.agency import AgencyForm, AliasForm, NewAgencyForm
from agencies.models import Agency, User
from agencies.numbering import once
from agencies.policy import allowed, permit
from agencies.views.posted import content_of, typed
from config.asked import asked
from config.numbers import numbers_of
from config.uploads import named_too_large


@require_GET
@needs("agency.read")
def index(request: HttpRequest) -> HttpResponse:
    """The tree of agencies, or those that are called like ``?q=``."""
    query = asked(request, "q")
    rows = directory.tree(on=timezone.localdate(), query=query)
    context = {
        "rows": rows,
        "query": query,
        "with_accounts": sum(row.has_accounts for row in rows),
        "similar": directory.similar(query) if query and not rows else [],
        "may_add": allowed(request.user, "agency.add"),
    }
    return render(request, "agencies/directory.html", context)


@require_GET
@needs("agency.read")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: where it stands, what it promised as far as the person may see, how it is reached."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(_agencies(request.user), code=code)
    may_keep_contacts, at = bool(allowed(request.user, "contact.keep")), timezone.now()
    is_supporting = request.GET.get("peran") == "pendukung"
    numbers = numbers_of("agency", agency, request.user, at=at)
    context = {
        "agency": agency,
        "chain": directory.chain(agency),
        "children": agency.children.order_by("short_name"),
        "aliases": agency.aliases.all(),
        "promises": numbers["promises"],
        "is_supporting": is_supporting,
        "rows": numbers["supported_rows" if is_supporting else "led_rows"],
        "meetings": directory.meetings_of(agency, request.user),
        "posts": directory.posts_of(agency, on=timezone.localdate(at)),
        "has_accounts": reach.has_accounts(agency, on=timezone.localdate()),
        "may_edit": allowed(request.user, "agency.edit", agency),
        "may_brief": allowed(request.user, "meeting.brief") and agency != request.user.rights.main_agency,
        "may_keep_contacts": may_keep_contacts,
        "contacts": directory.contacts_for(request.user, agency) if may_keep_contacts else [],
    }
    return render(request, "agencies/agency.html", context)


@require_http_methods(["GET", "POST"])
@needs("agency.add")
def add(request: HttpRequest) -> HttpResponse:
    """Add an agency without accounts."""
    request = cast("SignedInRequest", request)
    form = NewAgencyForm(typed(request), initial={"parent": request.GET.get("induk")})
    if not form.is_valid():
        context = {"form": form, "title": _("Tambah instansi"), "back": "/instansi/"}
        return render(request, "agencies/form.html", context, status=422 if form.is_bound else 200)
    facts = {name: form.cleaned_data[name] for name in ("code", "kind", "name", "short_name", "parent")}

    def act() -> str:
        return actions.add_agency(by=request.user, at=timezone.now(), **facts).get_absolute_url()

    address = once(form.once, by=request.user, content=content_of(request), act=act)
    messages.success(request, _("Instansi ditambahkan. Statusnya Dicatatkan: belum mempunyai akun."))
    return redirect(address)


@require_http_methods(["GET", "POST"])
@needs("agency.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an agency's names, letterhead and place; who may publish only with the password; an Admin moves it."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(_agencies(request.user), code=code)
    permit(request.user, "agency.edit", agency)
    form = AgencyForm(typed(request), request.FILES or None, agency=agency, may_move=reach.is_admin(request.user))
    named_too_large(request, form)
    if not form.is_valid():
        context = {"form": form, "agency": agency, "alias_form": AliasForm(prefix="alias")}
        return render(request, "agencies/agency_edit.html", context, status=422 if form.is_bound else 200)
    save = password_again(_save) if form.changes_who_publishes else _save
    return save(request, agency, form)


@require_http_methods(["POST"])
@needs("agency.edit")
def keep_alias(request: HttpRequest, code: str) -> HttpResponse:
    """Note another name of an agency."""
    request = cast("SignedInRequest", request)
    agency = get_object_or_404(_agencies(request.user), code=code)
    permit(request.user, "agency.edit", agency)
    alias_form = AliasForm(request.POST, prefix="alias")
    if not alias_form.is_valid():
        form = AgencyForm(agency=agency, may_move=reach.is_admin(request.user))
        context = {"form": form, "agency": agency, "alias_form": alias_form}
        return render(request, "agencies/agency_edit.html", context, status=422)
    actions.keep_alias(agency, by=request.user, at=timezone.now(), **alias_form.cleaned_data)
    messages.success(request, _("Nama lain tersimpan."))
    return redirect(agency)


def _save(request: SignedInRequest, agency: Agency, form: AgencyForm) -> HttpResponse:
    actions.change_agency(agency, form.facts(), by=request.user, at=timezone.now())
    messages.success(request, _("Perubahan instansi tersimpan."))
    return redirect(agency)


def _agencies(user: User) -> QuerySet[Agency]:
    """The directory with the neighbours that the pages name."""
    return Agency.objects.visible_to(user).select_related("parent", "technical_parent", "successor")
