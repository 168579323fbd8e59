"""Follow up on one commitment: start, report, obstacle, resumption, report as done. Each on its own small page."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.policy import Verdict
from agencies.views.unsaved import Unsaved
from commitments import actions, rules
from commitments.actions import StaleVersion
from commitments.forms.progress import BlockForm, JournalForm, ProgressForm, ResumeForm, StartForm, SubmitForm
from commitments.models import Commitment
from commitments.rules import Facts
from commitments.views.fetch import admit, answer, restated, visible_commitment
from config.forms import OneTimeForm
from config.templatetags.waktu import angka

TEMPLATE = "commitments/form.html"


@dataclasses.dataclass(frozen=True)
class Step:
    """One kind of entry: who may write it, with which form, and what it does."""

    rule: Callable[[User, Commitment, Facts], Verdict]
    form: type[OneTimeForm]
    act: Callable[[Commitment, Any, User, dt.datetime], Commitment]
    title: Promise
    button: Promise
    done: Promise


def _start(commitment: Commitment, form: OneTimeForm, by: User, at: dt.datetime) -> Commitment:
    return actions.start(commitment, by=by, at=at)


def _report(commitment: Commitment, form: ProgressForm, by: User, at: dt.datetime) -> Commitment:
    return actions.report_progress(commitment, by=by, at=at, **_entry(form))


def _submit(commitment: Commitment, form: SubmitForm, by: User, at: dt.datetime) -> Commitment:
    return actions.submit(commitment, by=by, at=at, **_entry(form))


def _block(commitment: Commitment, form: BlockForm, by: User, at: dt.datetime) -> Commitment:
    said = form.cleaned_data
    return actions.block(
        commitment, by=by, at=at, obstacle=said["obstacle"], decider=said["decider"], on_behalf=form.on_behalf()
    )


def _resume(commitment: Commitment, form: ResumeForm, by: User, at: dt.datetime) -> Commitment:
    return actions.resume(commitment, by=by, at=at, text=form.cleaned_data["text"], on_behalf=form.on_behalf())


def _entry(form: ProgressForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "text": said["text"],
        "realised": said.get("realised"),
        "evidence": form.evidence(),
        "on_behalf": form.on_behalf(),
        "version": said.get("version"),
    }


START = Step(
    rules.may_start,
    StartForm,
    _start,
    gettext_lazy("Mulai kerjakan"),
    gettext_lazy("Mulai kerjakan"),
    gettext_lazy("Status diubah menjadi Berjalan."),
)
REPORT = Step(
    rules.may_report,
    ProgressForm,
    _report,
    gettext_lazy("Tambah perkembangan"),
    gettext_lazy("Simpan perkembangan"),
    gettext_lazy("Perkembangan tersimpan."),
)
BLOCK = Step(
    rules.may_block,
    BlockForm,
    _block,
    gettext_lazy("Laporkan kendala"),
    gettext_lazy("Laporkan kendala"),
    gettext_lazy("Kendala tersimpan. Status diubah menjadi Terkendala."),
)
RESUME = Step(
    rules.may_resume,
    ResumeForm,
    _resume,
    gettext_lazy("Lanjutkan"),
    gettext_lazy("Lanjutkan"),
    gettext_lazy("Status diubah menjadi Berjalan."),
)
SUBMIT = Step(
    rules.may_submit,
    SubmitForm,
    _submit,
    gettext_lazy("Laporkan selesai"),
    gettext_lazy("Laporkan selesai"),
    gettext_lazy("Dilaporkan selesai. Menunggu verifikasi oleh orang lain."),
)


@needs("progress.report")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say that work has begun."""
    return _step(request, code, START)


@needs("progress.report")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Add an entry with its proofs."""
    return _step(request, code, REPORT)


@needs("progress.report")
def block(request: HttpRequest, code: str) -> HttpResponse:
    """Report an obstacle."""
    return _step(request, code, BLOCK)


@needs("progress.report")
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the obstacle is gone."""
    return _step(request, code, RESUME)


@needs("commitment.submit")
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Report the commitment as done."""
    return _step(request, code, SUBMIT)


def _step(request: HttpRequest, code: str, step: Step) -> HttpResponse:
    """Fetch, permit, parse, act once, answer."""
    signed = cast(SignedInRequest, request)
    commitment, at = visible_commitment(signed, code), timezone.now()
    facts = Facts(commitment, at=at)
    admit(signed, step.rule(signed.user, commitment, facts))
    draft = _draft(signed, commitment, step)
    form = _form(signed, step, facts, draft.typed)

    def act() -> str:
        step.act(commitment, form, signed.user, at)
        messages.success(signed, str(step.done))
        return commitment.get_absolute_url()

    page = {
        "commitment": commitment,
        "form": form,
        "step": step,
        "has_files": issubclass(step.form, ProgressForm),
        "draft": draft,
    }
    try:
        return answer(signed, TEMPLATE, page, form, act)
    except StaleVersion as stale:
        return _conflict(signed, step, page, stale.current)


def _draft(request: SignedInRequest, commitment: Commitment, step: Step) -> Unsaved:
    """What was typed on this page before; nobody else is told, since several agencies write into one journal."""
    door = request.resolver_match.url_name if request.resolver_match else ""
    return Unsaved(request, f"{door}:{commitment.code}", title=str(step.title), about=commitment.code)


def _form(request: SignedInRequest, step: Step, facts: Facts, data: Any) -> OneTimeForm:
    commitment = facts.commitment
    extra: dict[str, Any] = {"has_evidence": facts.has_evidence} if step.form is SubmitForm else {}
    posted = (data, request.FILES or None)
    kind = cast("type[JournalForm]", step.form)
    return kind(
        *posted,
        commitment=commitment,
        voices=rules.voices(request.user, commitment, facts),
        today=timezone.localdate(),
        **extra,
    )


def _conflict(request: SignedInRequest, step: Step, page: dict[str, Any], current: Commitment) -> HttpResponse:
    """409: the total changed while this form was open. The words stay; saving again is a decision."""
    for _name, uploads in request.FILES.lists():
        for upload in uploads:
            upload.seek(0)
    facts = Facts(current, at=timezone.now())
    form = _form(request, step, facts, restated(request, version=current.version))
    form.is_valid()
    form.add_error(
        "realised",
        _("Isian ini berubah sejak Anda buka: realisasi sekarang tercatat %(n)s. Periksa angka Anda, lalu simpan lagi.")
        % {"n": angka(current.realised) or _("kosong")},
    )
    return render(request, TEMPLATE, page | {"commitment": current, "form": form}, status=409)
