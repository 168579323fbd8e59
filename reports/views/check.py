"""The check page: anybody who holds a printed report may ask whether this system knows it."""

import datetime as dt
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from agencies.access import public
from config.files import PDF, serve
from config.forms import Form
from config.throttle import Throttle, clock_words
from config.uploads import counted_through
from reports.issuing.codes import read_code
from reports.issuing.knowing import (
    issued_errata,
    known_files,
    may_be_fetched,
    newest_of,
    public_figures,
    standing_of,
    title_of,
)
from reports.models import Report

MISSES = 20
"""Codes that are not known, per address, within :data:`WINDOW`; a known code costs nothing."""
COMPARISONS = 30
"""Files sent to be compared, per address, within :data:`WINDOW`; what the browser compares itself costs nothing."""
WINDOW = dt.timedelta(minutes=10)
GUESSES = Throttle("check", MISSES, WINDOW)
SENDERS = Throttle("compare", COMPARISONS, WINDOW)
COMPARED_BYTES = 20 * 2**20


class CheckForm(Form):
    """The box for people who cannot scan."""

    kode = forms.CharField(
        label=gettext_lazy("Kode dokumen"), help_text=gettext_lazy("Contoh penulisan: 7KQ4-M2XD-9F."), max_length=40
    )


@require_safe
@public
def check_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a typed one leads to its own address."""
    typed = request.GET.get("kode", "").strip()[:40]
    if typed:
        return redirect("reports:check", code=read_code(typed) or typed.replace("/", " ").strip(". ") or "-")
    form = CheckForm(request.GET if "kode" in request.GET else None)  # sent empty: say what is missing
    return render(request, "reports/check.html", {"form": form, "asked": ""}, status=422 if form.errors else 200)


@require_safe
@public
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is known about a code: published, draft, or nothing; never more than the page needs."""
    now, address = timezone.now(), _address(request)
    if (until := GUESSES.refused_until(address, at=now)) is not None:
        return _too_many(request, until)
    written = read_code(code)
    if written and written != code:
        return redirect("reports:check", code=written, permanent=True)
    report = _known(written)
    if report is None:
        GUESSES.count(address, at=now)
    return _answer(request, code, report, status=200 if report else 404)


@csrf_exempt  # a question anybody may ask: nothing is stored and nobody need be signed in
@require_POST
@public
@never_cache
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a file is one of those under a code. It is counted through and thrown away, never stored."""
    now, address = timezone.now(), _address(request)
    if (until := SENDERS.refused_until(address, at=now) or GUESSES.refused_until(address, at=now)) is not None:
        return _too_many(request, until)
    SENDERS.count(address, at=now)
    sent, report = counted_through(request, most=COMPARED_BYTES), _known(read_code(code))
    if report is None:
        GUESSES.count(address, at=now)
        return _answer(request, code, None, status=404)
    if sent.is_too_large:
        return _answer(request, code, report, result=_("Berkas terlalu besar. Batas 20 MB."), status=413)
    if not sent.digest:
        return _answer(request, code, report, result=_("Pilih berkas yang akan dibandingkan."), status=422)
    same = next((file for file in known_files(report) if file.sha256 == sent.digest), None)
    words, look = (same.words, same.look) if same else (_different(), "warning")
    return _answer(request, code, report, result=words, look=look)


@require_safe
@public
@never_cache
def erratum_sheet(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """The sheet of an erratum to a report for the public, for anybody; what is not open is not told apart from none."""
    now, address = timezone.now(), _address(request)
    if (until := GUESSES.refused_until(address, at=now)) is not None:
        return _too_many(request, until)
    report = _known(read_code(code))
    sheet = next((one for one in issued_errata(report) if one.n == n), None) if report else None
    if sheet is None or not may_be_fetched(sheet):
        GUESSES.count(address, at=now)
        raise Http404
    return cast("HttpResponse", serve(sheet.pdf, name=f"lembar-ralat-{n}-{sheet.report.code}.pdf", content_type=PDF))


def _known(written: str | None) -> Report | None:
    return Report.objects.with_row_data().filter(code=written).first() if written else None


def _answer(
    request: HttpRequest, code: str, report: Report | None, *, status: int = 200, result: str = "", look: str = "info"
) -> HttpResponse:
    """The page about a code; ``result`` is what comparing a file gave, and ``look`` the notice it stands in."""
    context: dict[str, Any] = {
        "form": CheckForm(initial={"kode": code}),
        "asked": code,
        "report": report,
        "standing": standing_of(report),
        "result": result,
        "look": look,
    }
    if report is not None:
        context |= {
            "title": title_of(report),
            "files": known_files(report),
            "different": _different(),
            "errata": [(one, may_be_fetched(one)) for one in issued_errata(report)],
            "figures": public_figures(report),
            "newest": newest_of(report),
        }
    return render(request, "reports/check.html", context, status=status)


def _different() -> str:
    return _(
        "Berbeda dengan semua berkas yang tercatat untuk kode ini. Hasil cetak atau pindai sendiri memang berbeda: "
        "cocokkan yang tercetak dengan halaman ini."
    )


def _too_many(request: HttpRequest, until: dt.datetime) -> HttpResponse:
    return render(request, "reports/check.html", {"form": None, "again_at": clock_words(until)}, status=429)


def _address(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))
