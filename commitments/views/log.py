"""The log page: a whole meeting on one page, and the server's reading beside the box."""

import datetime as dt
import re
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.numbering import right_form
from agencies.policy import require
from agencies.views.unsaved import Unsaved
from commitments.forms.box import AgencyVocabulary
from commitments.forms.last_time import TAKE_LAST
from commitments.forms.log import LogForm, NewAgencyForm
from commitments.forms.offers import TAKE
from commitments.views.box_page import SHARE
from commitments.views.recorded import Also, join_meeting, save_meeting, save_or_join, saved_words, with_new_agency
from config.htmx import page_or_part, wants_part
from config.uploads import named_too_large
from meetings.actions import attach_file
from meetings.models import Meeting
from meetings.rules import may_hold
from meetings.views.detail import meeting_or_404

TEMPLATE = "commitments/log.html"
PLANNED = re.compile(r"A-\d{4}-\d{3,9}", re.ASCII)


@needs("meeting.log")
def log(request: HttpRequest) -> HttpResponse:
    """Log a meeting: GET the empty page; POST reads (*Periksa*), adds an agency, saves, or saves and shares."""
    signed = cast(SignedInRequest, request)
    draft = _draft(signed)
    form = _form(signed, draft)
    if request.method != "POST":
        draft.hush(form)
        return _answer(signed, form, draft)
    step = request.POST.get("aksi", "periksa")
    if step == "tambah-instansi":
        return _add_agency(signed, draft)
    if step == TAKE_LAST:
        return _take_last(signed, form, draft)
    form.is_valid()
    if step == "periksa" or step.startswith(TAKE):
        return _answer(signed, form, draft, is_checked=True)
    if named_too_large(request, form):
        return _answer(signed, form, draft, status=413)
    done = save_or_join(
        signed,
        form,
        draft,
        step,
        save=lambda: _save(signed, form, step),
        join=lambda meeting: _join(signed, form, meeting),
    )
    return done or _answer(signed, form, draft, status=422)


def _draft(request: SignedInRequest) -> Unsaved:
    """What was typed before: for a planned meeting its own, else one of possibly several new records."""
    code = right_form(request.POST.get("planned") or request.GET.get("rencana") or "")
    path = reverse("commitments:log")
    if PLANNED.fullmatch(code):
        return Unsaved(
            request, f"rencana:{code}", title=_("Catat pertemuan"), about=code, is_shared=True,
            look=reverse("meetings:list"), path=f"{path}?{urlencode({'rencana': code})}",
        )  # fmt: skip
    return Unsaved(
        request, "catat", title=_("Catat pertemuan"), is_new=True, is_shared=True, look=reverse("meetings:list"),
        says=("counterpart", "held_on"), path=path,
    )  # fmt: skip


def _form(request: SignedInRequest, draft: Unsaved) -> LogForm:
    today = timezone.localdate()
    if draft.typed is not None:
        return LogForm(draft.typed, request.FILES or None, user=request.user, today=today)
    plan = None
    if code := request.GET.get("rencana"):
        plan = meeting_or_404(right_form(code), request.user)
        require(may_hold(request.user, plan, at=timezone.now()))
    return LogForm(user=request.user, today=today, plan=plan)


def _save(request: SignedInRequest, form: LogForm, step: str) -> str:
    """Save the meeting with its lines and files; share when asked. Returns the address."""
    meeting = save_meeting(request, form, form.written(), step, also=_files_of(request, form))
    if not form.is_starting:
        messages.success(request, saved_words(meeting, is_shared=step == SHARE))
    _tell_news(request, form)
    return reverse("commitments:room", args=[meeting.code]) if form.is_starting else meeting.get_absolute_url()


def _join(request: SignedInRequest, form: LogForm, meeting: Meeting) -> str:
    """Put everything typed into the record that exists already. Returns the address."""
    address = join_meeting(request, form, form.written(), meeting, also=_files_of(request, form))
    _tell_news(request, form)
    return address


def _files_of(request: SignedInRequest, form: LogForm) -> Also:
    def attach(meeting: Meeting, at: dt.datetime) -> None:
        for kind, stored in form.stored:
            attach_file(meeting, kind, stored, by=request.user, at=at)

    return attach


def _tell_news(request: SignedInRequest, form: LogForm) -> None:
    if form.news_words:
        messages.success(request, form.news_words)


def _take_last(request: SignedInRequest, form: LogForm, draft: Unsaved) -> HttpResponse:
    """Tick the agencies of the last meeting with the partner; its people are offered, not assumed."""
    form.is_valid()
    data = request.POST.copy()
    ticked = data.getlist("present")
    data.setlist("present", [*ticked, *(a.code for a in form.last_time.agencies if a.code not in ticked)])
    form = LogForm(data, request.FILES, user=request.user, today=timezone.localdate())
    form.is_valid()
    return _answer(request, form, draft, is_checked=True)


def _add_agency(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """Add an agency to the directory without leaving the page; it is ticked as present."""
    new = NewAgencyForm(request.POST, vocabulary=AgencyVocabulary())
    if not new.is_valid():
        form = _form(request, draft)
        form.is_valid()
        return _answer(request, form, draft, new_agency=new, status=422)
    data = with_new_agency(request, new)
    form = LogForm(data, request.FILES, user=request.user, today=timezone.localdate())
    form.is_valid()
    return _answer(request, form, draft, is_checked=True)


def _answer(
    request: SignedInRequest,
    form: LogForm,
    draft: Unsaved,
    *,
    new_agency: NewAgencyForm | None = None,
    is_checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page, or with htmx the preview only. After *Periksa* a missing line is no error yet."""
    form.is_part = wants_part(request)
    context = {
        "form": form,
        "draft": draft,
        "new_agency": new_agency or NewAgencyForm(vocabulary=form.vocabulary),
        "is_checked": is_checked,
        "is_swap": form.is_part,
        "file_slots": [(form[f"file_kind_{n}"], form[f"file_{n}"]) for n in (1, 2, 3)],
    }
    return page_or_part(request, TEMPLATE, "preview", context, status=status)
