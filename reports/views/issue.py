"""A report that was made: looked at, downloaded, issued, revised, withdrawn."""

import mimetypes
import tempfile
from contextlib import ExitStack
from pathlib import PurePath
from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import SignedInRequest, needs, password_again
from agencies.numbering import once
from agencies.policy import permit, require
from agencies.views.posted import content_of, typed
from config.files import PDF, attached, serve
from config.forms import OneTimeForm
from config.htmx import go
from config.uploads import named_too_large
from config.workdays import day_of
from reports.counting.periods import read_period
from reports.forms.issue import LetterForm, ReturnForm, WithdrawForm
from reports.issuing import publishing
from reports.issuing.bundle import write_bundle
from reports.issuing.choices import choices_for, is_alone, needs_first_key
from reports.jobs import actions
from reports.models import Report
from reports.press.rules import may_write_from_report
from reports.printing.pdf import RenderFailed
from reports.rules import (
    may_add_letter,
    may_archive,
    may_bundle,
    may_prepare,
    may_publish,
    may_return,
    may_revise,
    may_withdraw,
)
from reports.views.fetching import readable_report, visible_report

BUNDLE_IN_MEMORY = 8 * 2**20  # bytes; a larger one waits on the disk


@require_safe
@needs("report.list")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One report: its state, its revisions, its letter, its files, and what may be done with it."""
    report = visible_report(request, code)
    if report.code != code:
        return go(request, report)
    user = cast("SignedInRequest", request).user
    permit(user, "report.read", report)
    choices = choices_for(user, report)
    context = {
        "report": report,
        "open": [choice for choice in choices if choice.verdict],
        "refused": [choice for choice in choices if not choice.verdict],
        "once": OneTimeForm(),
        "lineage": Report.objects.lineage_of(report),
        "errata": report.errata.order_by("-n"),
        "returned": publishing.last_return(report),
        "may_archive": may_archive(user, report),
        "writes_press": may_write_from_report(user, report),
    }
    return render(request, "reports/detail.html", context)


@require_safe
@needs("report.list")
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The file, always as an attachment: the issued one, else the draft."""
    report = readable_report(request, code)
    name = f"{report.file_stem}{'' if report.was_issued else '-draf'}.pdf"
    file = report.pdf if report.was_issued else report.draft_pdf
    return cast("HttpResponse", serve(file, name=name, content_type=PDF))


@require_safe
@needs("report.list")
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The signed paper, as an attachment."""
    report = readable_report(request, code)
    suffix = PurePath(report.signed_scan.name or "").suffix
    kind = mimetypes.types_map.get(suffix, "application/octet-stream")
    name = f"{report.file_stem}-bertanda-tangan{suffix}"
    return cast("HttpResponse", serve(report.signed_scan, name=name, content_type=kind))


@require_safe
@needs("report.list")
def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """Everything with which an outsider checks the issued report, as one zip; evidence as far as one may read it."""
    report, user = readable_report(request, code), cast("SignedInRequest", request).user
    require(may_bundle(report))
    with ExitStack() as until_handed_out:
        archive = until_handed_out.enter_context(tempfile.SpooledTemporaryFile(max_size=BUNDLE_IN_MEMORY))
        write_bundle(report, archive, reader=user)
        archive.seek(0)
        response = attached(FileResponse(archive, content_type="application/zip"), f"bundel-{report.code}.zip")
        until_handed_out.pop_all()  # from here on the response closes it
    return cast("HttpResponse", response)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
@password_again
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes fixed, and the key that fixes it: the first of two where the issuer wants two."""
    report, user = readable_report(request, code), cast("SignedInRequest", request).user
    is_first = needs_first_key(report)
    if request.method != "POST":
        verdict = may_prepare(user, report) if is_first else may_publish(user, report)
        alone = is_first and is_alone(user, report, on=day_of(timezone.now()))
        context = {"report": report, "publish": verdict, "is_first": is_first, "is_alone": alone}
        return render(request, "reports/publish.html", context)
    try:
        (publishing.prepare if is_first else publishing.publish)(report, by=user, at=timezone.now())
    except RenderFailed as failure:
        messages.error(request, str(failure))
        return go(request, report)
    words = _("Laporan %(code)s menunggu rilis.") if is_first else _("Laporan %(code)s diterbitkan.")
    messages.success(request, words % {"code": report.code})
    return go(request, report)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def return_to_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Make a prepared report a draft again, with the reason."""
    report, user = visible_report(request, code), cast("SignedInRequest", request).user
    require(may_return(user, report))
    form = ReturnForm(typed(request))
    if form.is_valid():
        publishing.return_to_draft(report, form.cleaned_data["reason"], by=user, at=timezone.now())
        messages.success(request, _("Laporan %(code)s kembali menjadi draf.") % {"code": report.code})
        return go(request, report)
    context = {"report": report, "form": form}
    return render(request, "reports/return.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
@password_again
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw an issued report, with the reason that its check page will show."""
    report, user = visible_report(request, code), cast("SignedInRequest", request).user
    require(may_withdraw(user, report))
    form = WithdrawForm(typed(request))
    if form.is_valid():
        publishing.withdraw(report, form.cleaned_data["reason"], by=user, at=timezone.now())
        messages.success(request, _("Laporan %(code)s ditarik.") % {"code": report.code})
        return go(request, report)
    context = {"report": report, "form": form}
    return render(request, "reports/withdraw.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Number, day and signed scan of the letter, added after issue or corrected."""
    report, user, now = visible_report(request, code), cast("SignedInRequest", request).user, timezone.now()
    require(may_add_letter(user, report))
    form = LetterForm(typed(request), request.FILES or None, report=report, today=timezone.localdate(now))
    is_too_large = named_too_large(request, form)
    if form.is_valid():
        publishing.add_letter(report, form.letter(), by=user, at=now)
        messages.success(request, _("Nomor dan pindaian laporan %(code)s tersimpan.") % {"code": report.code})
        return go(request, report)
    status = 413 if is_too_large else 422 if form.is_bound else 200
    return render(request, "reports/letter.html", {"report": report, "form": form}, status=status)


@require_POST
@needs("report.list")
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Have the next revision made: the same agreement, period and options, as things stand now."""
    report, user, now = visible_report(request, code), cast("SignedInRequest", request).user, timezone.now()
    require(may_revise(user, report))
    form = OneTimeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Halaman ini rusak saat dikirim. Muat ulang, lalu coba lagi."))
        return go(request, report)

    def act() -> str:
        return actions.request_report(
            report.agreement, read_period(report.period), issuer=report.issuer, by=user, at=now,
            options=report.chosen, revises=report,
        ).get_absolute_url()  # fmt: skip

    return go(request, once(form.once, by=user, content=content_of(request), act=act))
