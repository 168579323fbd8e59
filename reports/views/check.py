"""The check page: anybody who holds a printed report may ask whether this system knows it."""

import datetime as dt

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.access import public
from config.forms import Form
from config.templatetags.waktu import zone_label
from reports.codes import read_code
from reports.models import Report

MISSES = 20
"""Codes that are not known, per address, within :data:`WINDOW`; a known code costs nothing."""
WINDOW = dt.timedelta(minutes=10)


class CheckForm(Form):
    """The box for people who cannot scan."""

    kode = forms.CharField(label=_("Kode dokumen"), help_text=_("Contoh penulisan: 7KQ4-M2XD-9F."), max_length=40)


@require_safe
@public
def check_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a typed one leads to its own address."""
    typed = request.GET.get("kode", "").strip()[:40]
    if typed:
        return redirect("reports:check", code=read_code(typed) or typed.replace("/", " ") or "-")
    return render(request, "reports/check.html", {"form": CheckForm(), "asked": ""})


@require_safe
@public
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is known about a code: published, draft, or nothing; never more than the page needs."""
    now, address = timezone.now(), str(get_adapter(request).get_client_ip(request))
    if (until := _refused_until(address, now)) is not None:
        words = f"{timezone.localtime(until):%H.%M} {zone_label(timezone.localtime(until))}"
        return render(request, "reports/check.html", {"form": None, "again_at": words}, status=429)
    written = read_code(code)
    if written and written != code:
        return redirect("reports:check", code=written, permanent=True)
    report = Report.objects.with_row_data().filter(code=written).first() if written else None
    if report is None:
        _count_miss(address, now)
    context = {"form": CheckForm(initial={"kode": code}), "asked": code, "report": report}
    return render(request, "reports/check.html", context, status=200 if report else 404)


def _refused_until(address: str, now: dt.datetime) -> dt.datetime | None:
    """When this address may ask again; None when it may now."""
    misses, until = cache.get(f"check:{address}", (0, now))
    return until if misses >= MISSES and until > now else None


def _count_miss(address: str, now: dt.datetime) -> None:
    misses, until = cache.get(f"check:{address}", (0, now + WINDOW))
    cache.set(f"check:{address}", (misses + 1, until), timeout=max(1, int((until - now).total_seconds())))
