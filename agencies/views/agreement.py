"""Agreements: the list, the page with its tree, entering and correcting, adding scope items."""

import mimetypes
from pathlib import PurePath
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies import actions
from agencies.access import SignedInRequest, needs
from agencies.conflict import differences
from agencies.forms.agreement import AgreementForm, DocumentForm, ScopeForm
from agencies.models import Agreement, User
from agencies.numbering import once, right_form
from agencies.policy import allowed, permit
from agencies.reach import agencies_within_reach
from agencies.views.answering import answer
from agencies.views.posted import content_of, typed
from agencies.views.unsaved import Unsaved
from config.files import serve
from config.numbers import numbers_of
from config.paging import paginate
from config.uploads import named_too_large


@require_GET
@needs("agreement.list")
def index(request: HttpRequest) -> HttpResponse:
    """Agreements the person may read, newest first."""
    rows = Agreement.objects.visible_to(request.user).with_row_data().order_by("-signed_on", "code")
    context = {"page": paginate(request, rows), "may_add": allowed(request.user, "agreement.add")}
    return render(request, "agencies/agreements.html", context)


@require_GET
@needs("agreement.list")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One agreement: what is known of it, and its scope with the commitments under each item."""
    request = cast("SignedInRequest", request)
    if (written := right_form(code)) != code:
        return redirect("agencies:agreement", code=written, permanent=True)
    agreement = _fetch(request, code)
    permit(request.user, "agreement.read", agreement)
    context = {
        "agreement": agreement,
        "parties": agreement.parties.select_related("agency"),
        "descendants": agreement.descendants.visible_to(request.user).order_by("signed_on"),
        "may_edit": allowed(request.user, "agreement.edit", agreement.host_agency),
        "writes_press": bool(allowed(request.user, "press.write", agreement)),
        "may_report": allowed(request.user, "report.list"),
        "last_meeting": agreement.meetings.to_evaluate(request.user).first(),
    }
    context |= numbers_of("agreement", agreement, request.user, at=timezone.now())
    return render(request, "agencies/agreement.html", context)


@require_http_methods(["GET", "POST"])
@needs("agreement.add")
def add(request: HttpRequest) -> HttpResponse:
    """Enter an agreement; the date and two parties suffice."""
    request = cast("SignedInRequest", request)
    draft = Unsaved(request, "kesepakatan", title=_("Catat kesepakatan"), is_new=True)
    form = _form(request, draft.typed)

    def act() -> str:
        facts, host = vars(form.facts()), form.cleaned_data["host_agency"]
        entered = actions.enter_agreement(
            by=request.user, at=timezone.now(), parties=form.parties(), host_agency=host, **facts
        )
        messages.success(request, _("Kesepakatan tercatat. Tempelkan ruang lingkupnya bila naskahnya sudah ada."))
        return entered.get_absolute_url()

    page = {"form": form, "draft": draft, "back": "/kesepakatan/"}
    return answer(request, "agencies/agreement_edit.html", page, form, act)


@require_http_methods(["GET", "POST"])
@needs("agreement.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an agreement; when somebody was faster, both versions are shown and nothing is lost."""
    request = cast("SignedInRequest", request)
    agreement = _fetch(request, code)
    permit(request.user, "agreement.edit", agreement.host_agency)
    draft = Unsaved(
        request, f"kesepakatan:{agreement.code}", title=_("Ubah kesepakatan"), about=agreement.code,
        agency=agreement.host_agency, is_shared=True, look=agreement.get_absolute_url(),
    )  # fmt: skip
    form = _form(request, draft.typed, agreement)
    context = {"form": form, "draft": draft, "agreement": agreement, "back": agreement.get_absolute_url()}
    if request.method != "POST":
        draft.hush(form)
        return render(request, "agencies/agreement_edit.html", context)
    if not form.is_valid():
        return render(request, "agencies/agreement_edit.html", context, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        with transaction.atomic():
            actions.change_agreement(
                agreement, form.facts(), form.parties(), by=request.user, at=timezone.now(), version=version
            )
            draft.forget()
    except actions.StaleAgreement as stale:
        theirs = _form(request, None, stale.current)
        context |= {"differences": differences(form, theirs, keep="version")}
        return render(request, "agencies/agreement_edit.html", context, status=409)
    messages.success(request, _("Perubahan kesepakatan tersimpan."))
    return redirect(agreement)


@require_http_methods(["GET", "POST"])
@needs("agreement.edit")
def add_scope(request: HttpRequest, code: str) -> HttpResponse:
    """Add scope items from pasted text; what stands already is never renumbered."""
    request = cast("SignedInRequest", request)
    agreement = _fetch(request, code)
    permit(request.user, "agreement.edit", agreement.host_agency)
    draft = Unsaved(
        request, f"ruang-lingkup:{agreement.code}", title=_("Ruang lingkup"), about=agreement.code,
        agency=agreement.host_agency, is_shared=True, look=agreement.get_absolute_url(),
    )  # fmt: skip
    form = ScopeForm(draft.typed, agreement=agreement)

    def act() -> str:
        actions.add_clauses(agreement, form.entries, by=request.user, at=timezone.now())
        messages.success(request, _("Ruang lingkup ditambahkan."))
        return agreement.get_absolute_url()

    page = {"form": form, "draft": draft, "agreement": agreement}
    return answer(request, "agencies/scope_edit.html", page, form, act)


@require_http_methods(["GET", "POST"])
@needs("agreement.edit")
def add_document(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the signed document with the agreement."""
    request = cast("SignedInRequest", request)
    agreement = _fetch(request, code)
    permit(request.user, "agreement.edit", agreement.host_agency)
    form = DocumentForm(typed(request), request.FILES or None)
    context = {"form": form, "agreement": agreement}
    if named_too_large(request, form):
        return render(request, "agencies/document_edit.html", context, status=413)
    if not form.is_valid():
        return render(request, "agencies/document_edit.html", context, status=422 if form.is_bound else 200)
    stored = form.cleaned_data["file"]

    def act() -> str:
        return actions.attach_document(agreement, stored, by=request.user, at=timezone.now()).get_absolute_url()

    address = once(form.once, by=request.user, content=content_of(request), act=act)
    messages.success(request, _("Berkas naskah tersimpan."))
    return redirect(address)


@require_GET
@needs("agreement.list")
def document(request: HttpRequest, code: str) -> HttpResponse:
    """The signed document, as an attachment, for everybody who may read the agreement."""
    agreement = _fetch(request, code)
    permit(request.user, "agreement.read", agreement)
    suffix = PurePath(agreement.file.name or "").suffix
    kind = mimetypes.types_map.get(suffix, "application/octet-stream")
    return cast("HttpResponse", serve(agreement.file, name=f"{agreement.code}{suffix}", content_type=kind))


def _fetch(request: HttpRequest, code: str) -> Agreement:
    return get_object_or_404(
        Agreement.objects.visible_to(request.user).select_related("host_agency", "parent"), code=code
    )


def _form(request: HttpRequest, data: QueryDict | None, agreement: Agreement | None = None) -> AgreementForm:
    """The form for what the person may enter, with what was typed."""
    user = cast("User", request.user)
    others = Agreement.objects.visible_to(user)
    hosts = agencies_within_reach(user).active().order_by("short_name")
    if agreement is not None:
        others, hosts = others.exclude(pk=agreement.pk), hosts.model.objects.filter(pk=agreement.host_agency_id)
    return AgreementForm(
        data,
        user_agreements=others.order_by("code"),
        hosts=hosts,
        initial=AgreementForm.initial_of(agreement) if agreement else None,
    )
