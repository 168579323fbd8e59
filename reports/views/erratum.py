"""*Lembar Ralat*: looked for, read, issued or said to be unnecessary."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import SignedInRequest, needs, password_again
from agencies.policy import permit, require
from agencies.views.posted import typed
from config.files import PDF, serve
from config.htmx import go
from reports.forms.issue import DismissForm, IssueErratumForm, ReturnForm
from reports.issuing import erratum as errata
from reports.models import Erratum
from reports.papers.erratum import corrections_of
from reports.printing.pdf import RenderFailed
from reports.rules import (
    may_decide_erratum,
    may_issue_erratum,
    may_look_for_errata,
    may_prepare_erratum,
    may_return_erratum,
)
from reports.views.fetching import visible_report


@require_POST
@needs("report.list")
def find(request: HttpRequest, code: str) -> HttpResponse:
    """Compare the report with the present now, without waiting for the daily look."""
    report, user = visible_report(request, code), cast("SignedInRequest", request).user
    require(may_look_for_errata(user, report))
    found = errata.find_erratum(report, at=timezone.now(), by=user)
    if found is None:
        messages.success(request, _("Tidak ada angka yang perlu diralat."))
        return go(request, report)
    return go(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def erratum(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """What was printed, what stands now, and why; a POST turns a key: the first of two where the issuer wants two."""
    one, user = _visible(request, code, n), cast("SignedInRequest", request).user
    permit(user, "report.read", one.report)
    form = IssueErratumForm(typed(request), initial={"note": one.note})
    is_first = one.report.issuer.two_key_publishing and one.prepared_by is None
    verdict = may_prepare_erratum(user, one) if is_first else may_issue_erratum(user, one)
    if request.method == "POST":
        require(verdict)
    if form.is_valid():
        return password_again(_prepare if is_first else _issue)(request, one, form.cleaned_data["note"])
    page = {"erratum": one, "report": one.report, "form": form, "decide": verdict, "is_first": is_first}
    page |= {"returned": errata.why_returned(one), "may_return": may_return_erratum(user, one)}
    return render(request, "reports/erratum.html", page | corrections_of(one), status=422 if form.is_bound else 200)


def _prepare(request: HttpRequest, one: Erratum, note: str) -> HttpResponse:
    errata.prepare_erratum(one, note, by=cast("SignedInRequest", request).user, at=timezone.now())
    messages.success(request, _("Lembar Ralat %(n)d menunggu rilis.") % {"n": one.n})
    return go(request, one)


def _issue(request: HttpRequest, one: Erratum, note: str) -> HttpResponse:
    try:
        errata.issue_erratum(one, note, by=cast("SignedInRequest", request).user, at=timezone.now())
    except RenderFailed as failure:
        messages.error(request, str(failure))
        return go(request, one)
    messages.success(request, _("Lembar Ralat %(n)d diterbitkan.") % {"n": one.n})
    return go(request, one)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def return_prepared(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Have a prepared sheet prepared anew, with the reason."""
    one, user = _visible(request, code, n), cast("SignedInRequest", request).user
    require(may_return_erratum(user, one))
    form = ReturnForm(typed(request))
    if form.is_valid():
        errata.return_erratum(one, form.cleaned_data["reason"], by=user, at=timezone.now())
        messages.success(request, _("Lembar Ralat %(n)d dikembalikan.") % {"n": n})
        return go(request, one)
    page = {"erratum": one, "report": one.report, "form": form}
    return render(request, "reports/erratum_return.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def dismiss(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Say why no sheet is needed."""
    one, user = _visible(request, code, n), cast("SignedInRequest", request).user
    require(may_decide_erratum(user, one))
    form = DismissForm(typed(request))
    if form.is_valid():
        errata.dismiss_erratum(one, form.cleaned_data["reason"], by=user, at=timezone.now())
        messages.success(request, _("Draf Lembar Ralat %(n)d dinyatakan tidak diperlukan.") % {"n": n})
        return go(request, one.report)
    page = {"erratum": one, "report": one.report, "form": form}
    return render(request, "reports/erratum_dismiss.html", page, status=422 if form.is_bound else 200)


@require_safe
@needs("report.list")
def pdf(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """The issued sheet, as an attachment."""
    one = _visible(request, code, n)
    permit(request.user, "report.read", one.report)
    return cast("HttpResponse", serve(one.pdf, name=f"lembar-ralat-{one.n}-{one.report.code}.pdf", content_type=PDF))


def _visible(request: HttpRequest, code: str, n: int) -> Erratum:
    report = visible_report(request, code)
    rows = Erratum.objects.visible_to(request.user).select_related("report__issuer", "report__agreement")
    return get_object_or_404(rows.select_related("prepared_by", "decided_by"), report=report, n=n)
