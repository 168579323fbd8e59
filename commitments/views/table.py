"""A table the office already keeps becomes checked drafts: file or pasted rows, columns, preview, save."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.views.unsaved import Unsaved
from commitments.actions import recording
from commitments.forms.table import SourceTableForm, TableForm
from commitments.models import Commitment
from commitments.views.box_page import SHARE
from commitments.views.letter import address_of
from commitments.views.meeting_lines import added_words
from commitments.views.recorded import join_meeting, save_meeting, save_or_join
from commitments.views.source_step import ask, ask_again
from config.htmx import page_or_part, wants_part

START, CHECK = "commitments/import.html", "commitments/import_check.html"
READ = "baca"


@needs("meeting.log")
def import_table(request: HttpRequest) -> HttpResponse:
    """GET the empty page; POST reads a table, reads it again as chosen, saves, or saves and shares."""
    signed = cast(SignedInRequest, request)
    draft = Unsaved(signed, "impor", title=_("Impor tabel"), is_new=True)
    if request.method != "POST":
        return _open(signed, draft)
    step = request.POST.get("aksi", "")
    if step == READ or "book" not in request.POST:
        return _read(signed, draft)
    form = _form(signed, request.POST)
    if form.chosen.is_lost:
        return _begin_again(signed, draft)
    if not form.is_saving:
        form.hush()  # read again, not checked yet
        return _answer(signed, form, draft)
    done = save_or_join(
        signed,
        form,
        draft,
        step,
        save=lambda: _save(signed, form, step),
        join=lambda meeting: join_meeting(signed, form, form.written(), meeting),
    )
    return done or _answer(signed, form, draft, status=422)


def _open(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """The empty page, or the step at which a draft was left."""
    if draft.typed is not None and "book" in draft.typed:
        form = _form(request, draft.typed)
        if not form.chosen.is_lost:
            draft.hush(form)
            return _answer(request, form, draft)
    return ask(request, START, SourceTableForm(draft.typed), draft)


def _read(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """Take the cells and show what was understood; 422 or 413 with the pasted text kept when there are none."""
    source = SourceTableForm(request.POST, request.FILES)
    if refused := ask_again(request, START, source, draft):
        return refused
    data = QueryDict(mutable=True)
    data["book"] = source.book.dumps()
    form = _form(request, data)
    if not form.page.has_words:
        source.add_error(source.used_field, _("Tidak ada baris yang terbaca di tabel ini."))
        return ask(request, START, source, draft, status=422)
    form.hush()  # nobody has typed anything yet
    return _answer(request, form, draft)


def _begin_again(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """The cells did not come back whole: say so, and ask for them."""
    source = SourceTableForm(request.POST)
    source.hush()
    source.add_error("file", _("Isi tabel tidak ikut terkirim. Pilih berkasnya atau tempel barisnya sekali lagi."))
    return ask(request, START, source, draft, status=422)


def _form(request: SignedInRequest, data: QueryDict) -> TableForm:
    return TableForm(data, user=request.user, today=timezone.localdate())


def _save(request: SignedInRequest, form: TableForm, step: str) -> str:
    """Save the rows with the table they stand in; share when asked. Returns the address."""
    if form.is_meeting:
        meeting = save_meeting(request, form, form.written(), step)
        made, address = list(meeting.commitments.kept().order_by("position")), meeting.get_absolute_url()
    else:
        made = _save_letter(request, form, step)
        address = address_of(made)
    messages.success(request, added_words(made, is_shared=step == SHARE))
    return address


def _save_letter(request: SignedInRequest, form: TableForm, step: str) -> list[Commitment]:
    at, said = timezone.now(), form.written()
    with transaction.atomic():
        made = recording.record_letter(form.letter_entry(), text=said.text, lines=said.lines, by=request.user, at=at)
        if step == SHARE:
            recording.share_commitments(made, by=request.user, at=at)
    return made


def _answer(request: SignedInRequest, form: TableForm, draft: Unsaved, *, status: int = 200) -> HttpResponse:
    """The second step, or with htmx what is read again."""
    is_swap = wants_part(request)
    context = {"form": form, "page": form.page, "chosen": form.chosen, "draft": draft, "is_swap": is_swap}
    return page_or_part(request, CHECK, "reading", context, status=status)
