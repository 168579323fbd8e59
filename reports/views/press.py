"""Texts for the press: the list, a first text from its facts, its later versions, its files, its release."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import SignedInRequest, needs, password_again
from agencies.audit import trail
from agencies.conflict import merge
from agencies.models import User
from agencies.policy import Refusal, permit
from agencies.views.unsaved import Unsaved
from config.files import DOCX, hand_out
from config.htmx import go
from config.paging import paginate
from config.templatetags.waktu import waktu
from reports.forms.press import PressForm
from reports.models import PressState, PressText
from reports.press import actions
from reports.press.actions import StalePress, facts_of
from reports.press.checking import check
from reports.press.drafting import draft as drafted
from reports.press.personal import find_personal_data, place_words
from reports.press.rules import may_change, may_release
from reports.press.shown import ShownCheck, drafted_sources
from reports.press.sources import directory_offices
from reports.press.word import whole, write_press_text

PAGE = "reports/press/text.html"
CHECK = "periksa"


@require_safe
@needs("press.list")
def index(request: HttpRequest) -> HttpResponse:
    """The texts of one's own office, the newest first."""
    texts = PressText.objects.visible_to(request.user).select_related("issuer", "meeting", "report", "agreement")
    return render(request, "reports/press/list.html", {"page": paginate(request, texts, size=50)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("press.list")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: fixed once released; until then to be changed and checked sentence by sentence."""
    signed, text = cast(SignedInRequest, request), _visible(request, pk)
    verdict = may_change(signed.user, text)
    if not verdict:
        if request.method == "POST":
            raise Refusal(verdict)
        return render(request, PAGE, {"text": text, **_looked_at(signed.user, text, text.title, text.text)})
    draft = Unsaved(
        signed, f"siaran:{text.pk}", title=_("Siaran pers"), about=text.title, agency=text.issuer, is_shared=True,
        look=text.get_absolute_url(),
    )  # fmt: skip
    form = PressForm(draft.typed, thing=text)
    if request.method == "POST" and request.POST.get("aksi") != CHECK:
        return _save(signed, text, form, draft)
    if request.method == "POST":
        form.is_valid()
    draft.hush(form)
    return _page(signed, text, form, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("press.list")
@password_again
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes out, what differs from the facts, and the key that fixes it."""
    text, user = _visible(request, pk), cast(SignedInRequest, request).user
    if request.method != "POST":
        return render(
            request, "reports/press/release.html", {"text": text, **_looked_at(user, text, text.title, text.text)}
        )
    posted = request.POST.get("version", "")
    version = int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 10 else 0
    actions.release(text, version=version, by=user, at=timezone.now())
    messages.success(request, _("Siaran pers dirilis."))
    return go(request, text)


@require_safe
@needs("press.list")
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a Word file."""
    text = _visible(request, pk)
    written = write_press_text(text, at=timezone.now())
    return hand_out(written, name=f"siaran-pers-{text.pk}.docx", content_type=DOCX)


@require_safe
@needs("press.list")
def plain(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a plain file, for those who cannot copy it from the page."""
    text = _visible(request, pk)
    return hand_out(whole(text).encode(), name=f"siaran-pers-{text.pk}.txt", content_type="text/plain; charset=utf-8")


def _visible(request: HttpRequest, pk: int) -> PressText:
    texts = PressText.objects.visible_to(request.user)
    text = get_object_or_404(texts.select_related("issuer", "meeting", "report", "agreement", "made_by"), pk=pk)
    permit(request.user, "press.list", text)
    return text


def _looked_at(user: User, text: PressText, title: str, words: str) -> dict[str, object]:
    """What the page says about the words: the check against the frozen facts, personal data, who may release."""
    facts = facts_of(text)
    checked = check(f"{title}\n\n{words}", facts, directory_offices())
    found = find_personal_data(f"{title}\n{words}")
    return {
        "checked": ShownCheck(checked, drafted_sources(drafted(facts))),
        "blocking": [place_words(f"{title}\n{words}", one) for one in found if one.is_blocking],
        "pointed_at": [place_words(f"{title}\n{words}", one) for one in found if not one.is_blocking],
        "release": may_release(user, text),
        "is_released": text.state == PressState.RELEASED,
        "whole": whole(text),
    }


def _page(
    request: SignedInRequest, text: PressText, form: PressForm, draft: Unsaved, *, status: int = 200, **more: object
) -> HttpResponse:
    words = _looked_at(request.user, text, str(form["title"].value() or ""), str(form["text"].value() or ""))
    return render(request, PAGE, {"text": text, "form": form, "draft": draft, **words, **more}, status=status)


def _save(
    request: SignedInRequest, text: PressText, form: PressForm, draft: Unsaved, *, joined: str = ""
) -> HttpResponse:
    """Save; ``joined`` names the fields that were taken from a faster person's version already."""
    if not form.is_valid():
        return _page(request, text, form, draft, status=422)
    typed = form.cleaned_data
    try:
        with transaction.atomic():
            actions.change(
                text, title=typed["title"], words=typed["text"], version=typed["version"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
            draft.forget()
    except StalePress as stale:
        return _join(request, form, draft, stale.current)
    messages.success(request, _saved(joined))
    return go(request, text)


def _saved(joined: str) -> str:
    words = _("Naskah disimpan.")
    if joined:
        words += " " + _("Yang hanya diubah orang lain ikut dipakai: %(fields)s.") % {"fields": joined}
    return words


def _join(request: SignedInRequest, form: PressForm, draft: Unsaved, current: PressText) -> HttpResponse:
    """Save what overlaps nowhere; else 409 with both values. A second click finds nothing that differs."""
    now, mine = PressForm(None, thing=current), form.typed_words()
    joined = merge(form.cleaned_data["base"], mine, now.stored_words())
    if mine == now.stored_words():
        draft.forget()
        return go(request, current)
    data: QueryDict = now.rebased(form, joined)
    again, taken = PressForm(data, thing=current), now.labels(joined.taken)
    if not joined.clashing:
        return _save(request, current, again, draft, joined=taken)
    again.is_asking = True
    again.is_valid()
    return _page(request, current, again, draft, status=409, taken=taken, who=_who_was_faster(current))


def _who_was_faster(current: PressText) -> str:
    """``Humas BP3MI mengubah naskah ini 2 Mar 2026 10.41 WIB.``"""
    last = trail(current).filter(verb="press.changed").last()
    actor = User.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    if last is None or actor is None:
        return _("Naskah ini diubah orang lain saat Anda mengetik.")
    when = waktu(last.at, current.issuer.clock)
    return _("%(name)s mengubah naskah ini %(when)s.") % {"name": actor.name, "when": when}
