"""A first text for the press, from a meeting, an issued report, or an agreement in a period."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement
from agencies.policy import Refusal, no
from agencies.views.answering import admit, answer
from agencies.views.unsaved import Unsaved
from meetings.views.detail import meeting_or_404
from reports.counting.periods import Period, current_periods, read_period
from reports.forms.press import NewPressForm
from reports.issuing.codes import read_code
from reports.models import PressText, Report
from reports.press import actions
from reports.press.checking import check
from reports.press.drafting import Draft, draft, is_told
from reports.press.facts import PressFacts
from reports.press.rules import may_write_about_agreement, may_write_about_meeting, may_write_from_report
from reports.press.shown import ShownCheck, drafted_sources
from reports.press.sources import directory_offices, facts_of_agreement, facts_of_meeting, facts_of_report

METHODS = ["GET", "HEAD", "POST"]


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where a first text comes from: its facts, what saves it, the page it belongs to and its name."""

    facts: PressFacts
    write: Callable[..., PressText]
    back: str
    name: str
    texts: list[PressText]
    periods: tuple[Period, ...] = ()
    period: str = ""


@require_http_methods(METHODS)
@needs("press.write")
def from_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """*Hasil pertemuan*: what was promised this afternoon."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(request, may_write_about_meeting(signed.user, meeting))
    with override(settings.LANGUAGE_CODE):
        facts = facts_of_meeting(meeting, at=timezone.now())
    write = partial(actions.write_about_meeting, meeting)
    texts = list(PressText.objects.visible_to(signed.user).filter(meeting=meeting)[:5])
    return _compose(signed, Origin(facts, write, meeting.get_absolute_url(), meeting.code, texts))


@require_http_methods(METHODS)
@needs("press.write")
def from_report(request: HttpRequest, code: str) -> HttpResponse:
    """*Kemajuan*: what an issued report says."""
    signed, written = cast(SignedInRequest, request), read_code(code)
    reports = Report.objects.visible_to(signed.user).with_row_data()
    report = get_object_or_404(reports, code=written or "")
    admit(request, may_write_from_report(signed.user, report))
    facts = _with_content(facts_of_report(report))
    write = partial(actions.write_from_report, report)
    texts = list(PressText.objects.visible_to(signed.user).filter(report=report)[:5])
    return _compose(signed, Origin(facts, write, report.get_absolute_url(), report.code, texts))


@require_http_methods(METHODS)
@needs("press.write")
def from_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """*Kemajuan* without a report: the figures of a period (``?periode=2026-TW1``) as they stand now."""
    signed, now = cast(SignedInRequest, request), timezone.now()
    agreement = get_object_or_404(Agreement.objects.visible_to(signed.user), code=code)
    issuer = signed.user.rights.main_agency
    admit(request, may_write_about_agreement(signed.user, agreement, issuer))
    assert issuer is not None  # the rule says no without one
    periods = tuple(current_periods(timezone.localdate(now)))
    period = _period(request.GET.get("periode", ""), periods)
    with override(settings.LANGUAGE_CODE):
        facts = _with_content(facts_of_agreement(agreement, period, issuer=issuer, at=now))
    write = partial(actions.write_about_agreement, agreement, issuer)
    texts = list(PressText.objects.visible_to(signed.user).filter(agreement=agreement, report=None, meeting=None)[:5])
    back = agreement.get_absolute_url()
    return _compose(signed, Origin(facts, write, back, agreement.code, texts, periods, period.code))


def _period(typed: str, periods: tuple[Period, ...]) -> Period:
    if not typed:
        return periods[0]
    try:
        return read_period(typed)
    except ValueError as error:
        raise Http404 from error


def _with_content(facts: PressFacts) -> PressFacts:
    """Progress of nothing is no news."""
    if facts.numbers["total"]:
        return facts
    words = _("Belum ada komitmen pada periode ini, sehingga belum ada kemajuan yang dapat diberitakan.")
    raise Refusal(no(words, status=409))


def _compose(request: SignedInRequest, origin: Origin) -> HttpResponse:
    """The form with the drafted text; *Simpan* keeps it with its facts."""
    first = draft(origin.facts)
    unsaved = Unsaved(
        request, f"siaran:{origin.name}:{origin.period}", title=_("Siaran pers"), about=origin.name,
        path=request.get_full_path() if origin.period else "",
    )  # fmt: skip
    form = NewPressForm(unsaved.typed, initial={"title": first.title.text, "text": first.text})

    def act() -> str:
        typed = form.cleaned_data
        text = origin.write(origin.facts, title=typed["title"], words=typed["text"], by=request.user, at=timezone.now())
        messages.success(request, _("Naskah disimpan."))
        return text.get_absolute_url()

    words = f"{form['title'].value() or ''}\n\n{form['text'].value() or ''}"
    page = {"form": form, "draft": unsaved, "origin": origin, "press_url": reverse("reports:press_list")}
    page |= {"checked": _checked(words, origin.facts, first), "untold": _untold(origin.facts)}
    return answer(request, "reports/press/new.html", page, form, act)


def _checked(words: str, facts: PressFacts, first: Draft) -> ShownCheck:
    """The words as they stand, against the facts; what was drafted keeps its sources."""
    return ShownCheck(check(words, facts, directory_offices()), drafted_sources(first))


def _untold(facts: PressFacts) -> int:
    """Commitments done that a text about progress does not tell."""
    return sum(row.status == "DONE" and not is_told(facts, row) for row in facts.rows) if facts.is_progress else 0
