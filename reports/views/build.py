"""The builder: everything that can be chosen on the left, the page it makes on the right."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Self, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from agencies import drafts
from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import once
from agencies.policy import Refusal
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from config.asked import asked
from config.htmx import go, page_or_part, wants_part
from config.throttle import Throttle, clock_words
from config.workdays import day_of
from reports.counting.periods import Period, current_periods, read_period
from reports.forms.build import BuildForm
from reports.jobs import actions
from reports.models import ReportJob
from reports.presets import makeable_agreements, usual_options
from reports.preview import Preview, nearest_period, preview_of
from reports.printing.pdf import RenderFailed
from reports.rules import may_make

MAKE = "susun"
CHOSEN = ("agreement", "kesepakatan", "periode", "pekerjaan")
"""Parts of an address that say what was chosen elsewhere."""
LOOKS = Throttle("pratinjau", 240, dt.timedelta(minutes=10))
"""Previews of one person; each change in the builder makes two, one for its words and one for the page."""
INSIDE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
"""A document made of what people typed: nothing in it runs, is fetched, or leads anywhere."""


@csp_update({"frame-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.make")
def build(request: HttpRequest) -> HttpResponse:
    """Choose and look, also by an address that holds what was chosen; the button *Susun PDF* asks for it."""
    user, now = cast("SignedInRequest", request).user, timezone.now()
    draft = _draft(cast("SignedInRequest", request))
    form = _form(request, user, draft, at=now)
    draft.hush(form)
    is_asked = request.POST.get("aksi") == MAKE
    if form.is_valid() and is_asked:
        act = draft.saving(partial(_ask, form, user, at=now))
        return go(request, once(form.once, by=user, content=content_of(request), act=act))
    if request.method == "POST" and not is_asked and not wants_part(request):
        return go(request, f"{draft.opening.address}&{form.query}#pratinjau")  # so that one may come back to it
    context = {
        "draft": draft,
        "form": form,
        "shown": Shown.of(form, user, at=now),
        "is_moved": request.POST.get("scope", form.scope) != form.scope,
    }
    return page_or_part(request, "reports/build.html", "preview", context, status=422 if is_asked else 200)


@xframe_options_sameorigin
@require_safe
@needs("report.make")
def preview(request: HttpRequest) -> HttpResponse:
    """The page itself, for the frame of the builder and for a small screen."""
    user, now = cast("SignedInRequest", request).user, timezone.now()
    form = BuildForm(request.GET, user=user, today=timezone.localdate(now))
    form.is_valid()
    shown = Shown.of(form, user, at=now)
    try:
        response = HttpResponse(shown.html)
    except RenderFailed as failure:
        response = render(request, "reports/pdf/preview_none.html", {"reason": str(failure)}, status=shown.status)
    response.headers["Content-Security-Policy"] = INSIDE
    return response


@dataclass(frozen=True)
class Shown:
    """What the builder shows beside the form: the report as it would be, or why there is none."""

    preview: Preview | None
    reason: str = ""
    nearest: Period | None = None
    status: int = 422  # of the page when there is none

    @property
    def html(self) -> str:
        """The page that the PDF would be made of. Raises RenderFailed with the reason when there is none."""
        if self.preview is None:
            raise RenderFailed(self.reason)
        return self.preview.html

    @classmethod
    def of(cls, form: BuildForm, user: User, *, at: dt.datetime) -> Self:
        """Look at what was chosen; half a form is looked at as far as it says agreement and period."""
        told = form.cleaned_data
        if not (form.issuer and told.get("agreement") and told.get("period")):
            return cls(None, _("Pilih kesepakatan dan periode."))
        agreement, period = told["agreement"], told["period"]
        if not (verdict := may_make(user, agreement, form.issuer)):
            return cls(None, verdict.reason)
        if (until := LOOKS.refused_until(str(user.pk), at=at)) is not None:
            words = _("Terlalu banyak pratinjau. Coba lagi pukul %(time)s; laporan tetap dapat disusun.")
            return cls(None, words % {"time": clock_words(until)}, status=429)
        LOOKS.count(str(user.pk), at=at)
        try:
            found = preview_of(agreement, period, issuer=form.issuer, at=at, options=form.options)
        except Refusal as refusal:
            return cls(None, str(refusal))
        is_empty = not found.total
        return cls(found, nearest=nearest_period(agreement, period, today=day_of(at)) if is_empty else None)


def _draft(request: SignedInRequest) -> Unsaved:
    """What was typed before; an address that says what was chosen begins anew."""
    is_fresh = any(name in request.GET for name in CHOSEN) and drafts.TICKET not in request.GET
    return Unsaved(request, "susun", title=_("Susun laporan"), is_new=True, is_fresh=is_fresh)


def _form(request: HttpRequest, user: User, draft: Unsaved, *, at: dt.datetime) -> BuildForm:
    """What was posted, else what the address, or a job that came to nothing, says was chosen, else the draft."""
    today = timezone.localdate(at)
    if request.method == "POST":
        return BuildForm(request.POST, user=user, today=today)
    if "agreement" in request.GET:
        return BuildForm.again(request.GET, user=user, today=today)
    if (job := _job(request, user)) is not None:
        return BuildForm.start(job.agreement, read_period(job.period), job.chosen, user=user, today=today)
    if draft.typed is not None:
        return BuildForm(draft.typed, user=user, today=today)
    agreements = makeable_agreements(user)
    agreement = agreements.filter(code=asked(request, "kesepakatan")).first() or agreements.first()
    chosen = usual_options(user.rights.main_agency)
    return BuildForm.start(agreement, _period(request, today), chosen, user=user, today=today)


def _job(request: HttpRequest, user: User) -> ReportJob | None:
    key = request.GET.get("pekerjaan", "")
    is_key = key.isascii() and key.isdigit() and len(key) < 10
    rows = ReportJob.objects.visible_to(user).select_related("agreement")
    return rows.filter(pk=int(key)).first() if is_key else None


def _period(request: HttpRequest, today: dt.date) -> Period:
    """The period named in the address, else the present quarter."""
    try:
        return read_period(request.GET.get("periode", ""))
    except ValueError:
        return current_periods(today)[0]


def _ask(form: BuildForm, user: User, *, at: dt.datetime) -> str:
    """Ask for the report that was chosen; the address of its progress."""
    told = form.cleaned_data
    job = actions.request_report(
        told["agreement"], told["period"], issuer=form.issuer, by=user, at=at, options=form.options
    )
    return job.get_absolute_url()
