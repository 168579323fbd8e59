"""A press release or minutes become a checked draft: paste, read, correct, save. Nothing is kept before *Simpan*."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import SignedInRequest, needs
from agencies.views.unsaved import Unsaved
from commitments.forms.box import AgencyVocabulary
from commitments.forms.log import NewAgencyForm
from commitments.forms.paste import PasteForm
from commitments.forms.paste_text import SourceForm, key_of, span_of, whole_words
from commitments.forms.recorded import JOIN, agreements_of, hosts_of
from commitments.models import Kind
from commitments.pasted import Pasted, echoes
from commitments.proposal import add_row, proposal
from commitments.reading.release import Release, read_release
from commitments.reading.spans import normalise
from commitments.views.box_page import DRAFT, SHARE
from commitments.views.recorded import join_meeting, save_meeting, save_or_join, saved_words, with_new_agency
from commitments.views.source_step import ask, ask_again
from config.htmx import wants_part
from meetings.actions import add_statement
from meetings.models import Meeting

START, CHECK = "commitments/paste.html", "commitments/paste_check.html"
READ, BACK, MAKE, NEW_AGENCY = "uraikan", "ubah-teks", "jadikan", "tambah-instansi"


@needs("meeting.log")
def paste(request: HttpRequest) -> HttpResponse:
    """GET the empty box; POST reads it, changes what is shown, adds an agency, saves, or saves and shares."""
    signed = cast(SignedInRequest, request)
    draft = Unsaved(signed, "tempel", title=_("Tempel siaran pers"), is_new=True)
    if request.method != "POST":
        return _open(signed, draft)
    step = request.POST.get("aksi", "")
    if step == READ or not _is_second(request.POST):
        return _read(signed, draft)
    if step == BACK:
        return ask(signed, START, SourceForm(initial={"text": request.POST.get("text", "")}), draft)
    if step == NEW_AGENCY:
        return _add_agency(signed, draft)
    if step in (DRAFT, SHARE) or step.startswith(JOIN):
        return _finish(signed, draft, step)
    data = _changed(request.POST)
    checked = _form(signed, data)
    checked.is_valid()
    return _answer(signed, checked, draft, new_name=request.POST.get("instansi-baru", ""))


def _is_second(data: QueryDict) -> bool:
    """Whether fields are those of the second step."""
    return "label" in data


def _open(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """The empty box, or the step at which a draft was left."""
    if draft.typed is not None and _is_second(draft.typed):
        form = _form(request, draft.typed)
        draft.hush(form)
        return _answer(request, form, draft)
    return ask(request, START, SourceForm(draft.typed), draft)


def _read(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """*Uraikan*: read the text and show what was found; 422 or 413 with the text kept when there is none."""
    source = SourceForm(request.POST, request.FILES)
    if refused := ask_again(request, START, source, draft):
        return refused
    vocabulary = AgencyVocabulary()
    release = read_release(source.cleaned_data["text"], agencies=vocabulary.names)
    data = proposal(
        release,
        hosts=hosts_of(request.user),
        by_code=vocabulary.by_code,
        agreements=agreements_of(request.user),
        label=source.label,
    )
    form = _form(request, data, vocabulary=vocabulary)
    form.hush()  # nobody has typed anything yet
    if source.removed > 0:
        messages.warning(request, _removed_words(source.removed))
    return _answer(request, form, draft, release=release)


def _removed_words(count: int) -> str:
    words = ngettext(
        "%(n)d tanda tak terlihat dibuang dari teks, misalnya pembalik arah tulisan.",
        "%(n)d tanda tak terlihat dibuang dari teks, misalnya pembalik arah tulisan.",
        count,
    )
    return words % {"n": count}


def _form(request: SignedInRequest, data: QueryDict, *, vocabulary: AgencyVocabulary | None = None) -> PasteForm:
    return PasteForm(data, user=request.user, today=timezone.localdate(), vocabulary=vocabulary or AgencyVocabulary())


def _changed(posted: QueryDict) -> QueryDict:
    """The fields after a button of a row or a sentence: an owner taken over, more words made a commitment."""
    data, text = posted.copy(), normalise(posted.get("text", ""))
    key, _colon, code = posted.get("pakai", "").partition(":")
    if code and span_of(key):
        name = f"instansi-{key}"
        data[name] = ", ".join(filter(None, [data.get(name, "").strip(), f"@{code}"]))
    key, _colon, kind = posted.get(MAKE, "").partition(":")
    wanted = [(key, kind if kind in Kind.values else Kind.PLEDGE.value)]
    if posted.get("aksi") == MAKE:
        wanted += [(key, Kind.AGREED.value) for key in (*posted.getlist("kalimat"), posted.get("pilihan", ""))]
    for key, kind in wanted:
        if (span := span_of(key)) and span.end <= len(text) and len(span := whole_words(span, text)):
            add_row(data, span, text, kind=kind)
            data["baru"] = key_of(span)
    data.pop("kalimat", None)
    data.pop("pilihan", None)
    return data


def _finish(request: SignedInRequest, draft: Unsaved, step: str) -> HttpResponse:
    """Save the text, the meeting, its commitments and statements, or put them into the record that stands."""
    form = _form(request, request.POST)

    def add_statements(meeting: Meeting, at: dt.datetime) -> None:
        _add_statements(request, form, meeting, at=at)

    def save() -> str:
        meeting = save_meeting(request, form, form.written(), step, also=add_statements)
        messages.success(request, saved_words(meeting, is_shared=step == SHARE))
        return meeting.get_absolute_url()

    def join(meeting: Meeting) -> str:
        return join_meeting(request, form, form.written(), meeting, also=add_statements)

    done = save_or_join(request, form, draft, step, save=save, join=join)
    return done or _answer(request, form, draft, status=422)


def _add_statements(request: SignedInRequest, form: PasteForm, meeting: Meeting, *, at: dt.datetime) -> None:
    source, address = meeting.source_texts.latest("pk"), form.cleaned_data["source_url"]
    for speaker, span in form.quotes():
        add_statement(
            meeting,
            speaker=speaker,
            agency=None,
            verbatim=span.of(source.text),
            source_url=address,
            source=source,
            span=(span.start, span.end),
            by=request.user,
            at=at,
        )


def _add_agency(request: SignedInRequest, draft: Unsaved) -> HttpResponse:
    """Add an agency to the directory without leaving the page; it is ticked as present."""
    new = NewAgencyForm(request.POST, vocabulary=AgencyVocabulary())
    if not new.is_valid():
        form = _form(request, request.POST)
        form.is_valid()
        return _answer(request, form, draft, new_agency=new, status=422)
    form = _form(request, with_new_agency(request, new))
    form.is_valid()
    return _answer(request, form, draft)


def _answer(
    request: SignedInRequest,
    form: PasteForm,
    draft: Unsaved,
    *,
    release: Release | None = None,
    new_agency: NewAgencyForm | None = None,
    new_name: str = "",
    status: int = 200,
) -> HttpResponse:
    """The second step, or with htmx only what stands beside the rows; the text is read again, never trusted."""
    if wants_part(request):
        return render(request, f"{CHECK}#echo", {"form": form, "echoes": echoes(form), "is_swap": True})
    found = release or read_release(form.cleaned_data.get("text", ""), agencies=form.vocabulary.names)
    new = new_agency or NewAgencyForm(initial={"new_name": new_name[:200]}, vocabulary=form.vocabulary)
    page = {
        "form": form,
        "draft": draft,
        "page": Pasted(form, found),
        "new_agency": new,
        "is_adding": bool(new_name or new.errors),
    }
    return render(request, CHECK, page, status=status)
