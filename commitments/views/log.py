"""The log page: a whole meeting on one page, and the server's reading beside the box."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import SignedInRequest, needs
from agencies.actions import add_agency
from agencies.numbering import once
from agencies.views.posted import content_of
from commitments.actions import recording
from commitments.forms.box import AgencyVocabulary
from commitments.forms.log import LogForm, NewAgencyForm
from config.htmx import go, page_or_part, wants_part
from config.uploads import named_too_large
from meetings.actions import attach_file
from meetings.models import Meeting

TEMPLATE = "commitments/log.html"


@needs("meeting.log")
def log(request: HttpRequest) -> HttpResponse:
    """Log a meeting: GET the empty page; POST reads (*Periksa*), adds an agency, saves, or saves and shares."""
    signed = cast(SignedInRequest, request)
    if request.method != "POST":
        return _answer(signed, _form(signed))
    step = request.POST.get("aksi", "periksa")
    if step == "tambah-instansi":
        return _add_agency(signed)
    form = _form(signed)
    is_valid = form.is_valid()
    if step == "periksa":
        return _answer(signed, form, is_checked=True)
    if named_too_large(request, form):
        return _answer(signed, form, status=413)
    if not is_valid:
        return _answer(signed, form, status=422)
    address = once(form.once, by=signed.user, content=content_of(signed), act=lambda: _save(signed, form, step))
    return go(request, address)


def _form(request: SignedInRequest) -> LogForm:
    today = timezone.localdate()
    if request.method == "POST":
        return LogForm(request.POST, request.FILES, user=request.user, today=today)
    return LogForm(user=request.user, today=today)


def _save(request: SignedInRequest, form: LogForm, step: str) -> str:
    """Save the meeting with its lines and files in one transaction; share when asked. Returns the address."""
    at = timezone.now()
    with transaction.atomic():
        meeting = recording.log_meeting(
            form.meeting_entry(),
            text=form.reading.text,
            lines=form.entries(form.spokespeople),
            by=request.user,
            at=at,
        )
        for kind, stored in form.stored:
            attach_file(meeting, kind, stored, by=request.user, at=at)
        if step == "sampaikan":
            recording.share(meeting, by=request.user, at=at)
    messages.success(request, _saved_words(meeting, is_shared=step == "sampaikan"))
    return meeting.get_absolute_url()


def _saved_words(meeting: Meeting, *, is_shared: bool) -> str:
    lines = meeting.commitments.kept().count()
    words = ngettext("%(n)d komitmen", "%(n)d komitmen", lines) % {"n": lines}
    if is_shared:
        return _("Disampaikan: %(lines)s dari pertemuan %(code)s.") % {"lines": words, "code": meeting.code}
    return _("Draf tersimpan: %(lines)s dari pertemuan %(code)s. Sampaikan bila sudah benar.") % {
        "lines": words,
        "code": meeting.code,
    }


def _add_agency(request: SignedInRequest) -> HttpResponse:
    """Add an agency to the directory without leaving the page; it is ticked as present."""
    new = NewAgencyForm(request.POST, vocabulary=AgencyVocabulary())
    if not new.is_valid():
        form = _form(request)
        form.is_valid()
        return _answer(request, form, new_agency=new, status=422)
    agency = add_agency(by=request.user, at=timezone.now(), **new.entry())
    data = request.POST.copy()
    data.appendlist("present", agency.code)
    for name in new.fields:
        data.pop(name, None)
    form = LogForm(data, request.FILES, user=request.user, today=timezone.localdate())
    form.is_valid()
    messages.success(request, _("%(name)s ditambahkan dan ditandai hadir.") % {"name": agency.name})
    return _answer(request, form, is_checked=True)


def _answer(
    request: SignedInRequest,
    form: LogForm,
    *,
    new_agency: NewAgencyForm | None = None,
    is_checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page, or with htmx the preview only. After *Periksa* a missing line is no error yet."""
    context = {
        "form": form,
        "new_agency": new_agency or NewAgencyForm(vocabulary=form.vocabulary),
        "is_checked": is_checked,
        "is_swap": wants_part(request),
        "file_slots": [(form[f"file_kind_{n}"], form[f"file_{n}"]) for n in (1, 2, 3)],
    }
    return page_or_part(request, TEMPLATE, "preview", context, status=status)
