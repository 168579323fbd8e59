"""Holidays: the days on which no notice is sent."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies import actions
from agencies.access import SignedInRequest, needs
from agencies.forms.people import HolidayForm
from agencies.models import Holiday
from agencies.numbering import once
from agencies.views.posted import content_of


@require_GET
@needs("holiday.manage")
def index(request: HttpRequest) -> HttpResponse:
    """The days off of one year (``?tahun=``, default: this year)."""
    return _page(request, HolidayForm(), _year(request.GET.get("tahun", "")))


@require_POST
@needs("holiday.manage")
def add(request: HttpRequest) -> HttpResponse:
    """Add a day off."""
    request = cast("SignedInRequest", request)
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, _year(""), status=422)
    facts = {name: form.cleaned_data[name] for name in ("on", "name", "kind")}

    def act() -> str:
        actions.add_holiday(by=request.user, at=timezone.now(), **facts)
        return f"{reverse('agencies:holidays')}?tahun={facts['on'].year}"

    address = once(form.once, by=request.user, content=content_of(request), act=act)
    messages.success(request, _("Hari libur ditambahkan. Tenggat yang sudah disepakati tidak berubah."))
    return redirect(address)


@require_POST
@needs("holiday.manage")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a day a working day again."""
    request = cast("SignedInRequest", request)
    holiday = actions.remove_holiday(_holiday(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s menjadi hari kerja.") % {"name": holiday.name})
    return redirect(f"{reverse('agencies:holidays')}?tahun={holiday.on.year}")


@require_POST
@needs("holiday.manage")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a removed day a day off again."""
    request = cast("SignedInRequest", request)
    holiday = actions.restore_holiday(_holiday(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s menjadi hari libur lagi.") % {"name": holiday.name})
    return redirect(f"{reverse('agencies:holidays')}?tahun={holiday.on.year}")


def _holiday(request: SignedInRequest, pk: int) -> Holiday:
    return get_object_or_404(Holiday.objects.visible_to(request.user), pk=pk)


def _year(typed: str) -> int:
    """A year as typed in the address; nonsense gives this year."""
    return (
        int(typed) if typed.isascii() and typed.isdigit() and 2000 <= int(typed) <= 2099 else timezone.localdate().year
    )


def _page(request: HttpRequest, form: HolidayForm, year: int, *, status: int = 200) -> HttpResponse:
    years = {day.year for day in Holiday.objects.dates("on", "year")} | {year, timezone.localdate().year}
    context = {
        "form": form,
        "year": year,
        "years": sorted(years),
        "holidays": Holiday.objects.filter(on__year=year).order_by("on"),
    }
    return render(request, "agencies/holidays.html", context, status=status)
