"""The minutes of a meeting: written, read in any version, answered, and corrected after they were sent."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs, trace_refusal
from agencies.models import User
from agencies.numbering import once
from agencies.policy import Refusal, require
from agencies.views.answering import admit, answer
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from config.htmx import go
from meetings.forms.minutes import COMMIT, SEND, AnswerForm, MinutesForm, Step
from meetings.minutes import StaleMinutes, correct_minutes, keep_minutes, note_answer, send_minutes
from meetings.minutes_content import Content, for_reader, is_outdated, partners_of, results_of, results_taken_up
from meetings.minutes_content import content_of as facts_of
from meetings.minutes_diff import changes
from meetings.minutes_rules import may_answer_minutes, may_correct_minutes, may_send_minutes, may_write_minutes
from meetings.minutes_words import readable
from meetings.models import Meeting, MinutesNote, MinutesVersion
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404

EDITOR, READER = "meetings/minutes_edit.html", "meetings/minutes.html"


@needs("meeting.read")
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes: to their keeper the page to write them until they are sent, to everybody else what was sent."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, meeting).read)
    verdict = may_write_minutes(signed.user, meeting)
    if verdict:
        return _edit(signed, meeting)
    if request.method == "POST":
        admit(request, verdict)
        return _edit(signed, meeting)
    return _read(signed, meeting)


@needs("meeting.minutes")
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct minutes that were sent: saving makes the next version, with its reason."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_correct_minutes(signed.user, meeting))
    return _edit(signed, meeting, corrects=True)


@needs("meeting.minutes")
def add_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Note what an agency answered to the minutes, and where that stands."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_answer_minutes(signed.user, meeting))
    draft = _unsaved(signed, meeting, f"tanggapan:{meeting.code}", _("Tanggapan atas notula"))
    form = AnswerForm(draft.typed, partners=partners_of(meeting))

    def act() -> str:
        note_answer(meeting, form.entry(), by=signed.user, at=timezone.now())
        messages.success(signed, _("Tanggapan dicatat."))
        return _address(meeting)

    return answer(signed, "meetings/minutes_answer.html", {"meeting": meeting, "form": form, "draft": draft}, form, act)


def _edit(request: SignedInRequest, meeting: Meeting, *, corrects: bool = False) -> HttpResponse:
    """The rows to write in. Moving rows saves nothing; saving goes back to this page, on, or to the new version."""
    key = "perbaikan-notula" if corrects else "notula"
    draft = _unsaved(request, meeting, f"{key}:{meeting.code}", _("Perbaiki notula") if corrects else _("Notula"))
    form = MinutesForm(draft.typed, meeting=meeting, corrects=corrects)
    draft.hush(form)
    step = Step.read(request.POST.get("aksi", ""))
    if request.method != "POST":
        return _editor(request, meeting, draft, form)
    if step.only_moves:
        return _editor(request, meeting, draft, _moved(form, meeting, step, corrects=corrects))
    if not form.is_valid():
        return _editor(request, meeting, draft, form, status=422)
    act = _correction(request, meeting, form) if corrects else _saving(request, meeting, form, step)
    try:
        return go(request, once(form.once, by=request.user, content=content_of(request), act=draft.saving(act)))
    except StaleMinutes as stale:
        return _conflict(request, draft, form, stale.current, corrects=corrects)
    except Refusal as refusal:
        if refusal.verdict.status == 403:
            raise
        trace_refusal(request, request.user)
        form.add_error(None, refusal.verdict.reason)
        return _editor(request, meeting, draft, form, status=refusal.verdict.status)


def _saving(request: SignedInRequest, meeting: Meeting, form: MinutesForm, step: Step) -> Callable[[], str]:
    """Save the draft; then stay, send it, or carry one line of an outcome into the commitments box."""

    def act() -> str:
        at = timezone.now()
        seen = form.cleaned_data["seen"]
        kept = keep_minutes(meeting, form.entry(), by=request.user, at=at, seen=seen)
        if step.verb == SEND:
            version = send_minutes(kept, by=request.user, at=at)
            messages.success(request, _("Notula versi %(n)d disampaikan untuk diperiksa.") % {"n": version.n})
        elif step.verb == COMMIT and (item := _item_at(kept, form, step.row)) is not None:
            return f"{reverse('commitments:add_lines', args=[meeting.code])}?dari=butir-{item}-{step.line}"
        else:
            messages.success(request, _("Notula disimpan."))
        return _address(meeting)

    return act


def _correction(request: SignedInRequest, meeting: Meeting, form: MinutesForm) -> Callable[[], str]:
    def act() -> str:
        version = correct_minutes(
            meeting, form.entry(), reason=form.cleaned_data["reason"], by=request.user, at=timezone.now(),
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
        messages.success(request, _("Notula versi %(n)d disampaikan untuk diperiksa.") % {"n": version.n})
        return _address(meeting)

    return act


def _item_at(meeting: Meeting, form: MinutesForm, row: int) -> int | None:
    """The stored item of a row of the page: rows without words are not stored."""
    if row >= len(form.rows) or form.rows[row].is_empty:
        return None
    position = sum(1 for earlier in form.rows[:row] if not earlier.is_empty)
    return list(meeting.agenda.values_list("pk", flat=True))[position]


def _moved(form: MinutesForm, meeting: Meeting, step: Step, *, corrects: bool) -> MinutesForm:
    """The page again with the rows arranged and every other field as it was typed."""
    others = {name: form[name].value() or "" for name in form.fields}
    return MinutesForm(meeting=meeting, corrects=corrects, rows=form.arranged(step), initial=others)


def _conflict(
    request: SignedInRequest, draft: Unsaved, form: MinutesForm, current: Meeting, *, corrects: bool
) -> HttpResponse:
    """409: what both wrote in different places is joined; else what stands now is shown beside what was typed.

    Either way the person looks, and sending it again is a decision.
    """
    stored = MinutesForm(meeting=current, corrects=corrects)
    both = form.joined(stored)
    others = {name: form[name].value() or "" for name in form.fields}
    others |= {name: stored[name].value() for name in ("seen", "base")}
    rows = [row.typed for row in form.rows]
    if both is not None:
        others["general"], rows = both
        messages.warning(
            request, _("Notula ini diubah orang lain. Isian keduanya sudah digabung; periksa, lalu simpan.")
        )
    again = MinutesForm(meeting=current, corrects=corrects, rows=rows, initial=others)
    differing = () if both is not None else form.differences(stored)
    return _editor(request, current, draft, again, status=409, differences=differing)


def _editor(
    request: SignedInRequest,
    meeting: Meeting,
    draft: Unsaved,
    form: MinutesForm,
    *,
    status: int = 200,
    differences: Sequence[tuple[str, str, str]] = (),
) -> HttpResponse:
    taken_up = results_taken_up(meeting, request.user)
    page = {
        "meeting": meeting,
        "form": form,
        "draft": draft,
        "differences": differences,
        "corrects": "reason" in form.fields,
        "may_send": may_send_minutes(request.user, meeting),
        "partners": partners_of(meeting),
        "rows": [(row, results_of(row.outcome_text, taken_up)) for row in form.rows],
        "unshared": meeting.commitments.drafts().count(),
    }
    return render(request, EDITOR, page, status=status)


def _read(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """One version (``?versi=2``, otherwise the last), what changed in it, and what came back on it."""
    user = request.user
    rights = MeetingRights(user, meeting)
    is_keeper = meeting.host_agency_id in user.rights.own
    versions = list(meeting.minutes_versions.select_related("by"))
    shown = _chosen(versions, request.GET.get("versi", ""))
    frozen = shown.content if shown else facts_of(meeting) if is_keeper else None
    content = readable(for_reader(frozen, user, meeting)) if frozen else None
    page: dict[str, Any] = {
        "meeting": meeting,
        "rights": rights,
        "is_keeper": is_keeper,
        "versions": versions[::-1],
        "shown": shown,
        "content": _with_results(content, meeting, user, rights) if content else None,
        "changes": _changes(versions, shown, user, meeting) if shown else [],
        "notes": _notes(shown, user, is_keeper=is_keeper) if shown else [],
        "is_outdated": bool(is_keeper and versions and is_outdated(versions[-1].content, meeting)),
        "may_correct": may_correct_minutes(user, meeting),
        "may_answer": may_answer_minutes(user, meeting),
    }
    return render(request, READER, page)


def _with_results(content: Content, meeting: Meeting, user: User, rights: MeetingRights) -> Content:
    """The lines of each outcome; to the keeper with what became of them and where to make them a commitment."""
    taken_up = results_taken_up(meeting, user) if rights.edit else {}
    stored = {(item.title, item.outcome): item.pk for item in meeting.agenda.all()} if rights.edit else {}
    items = [
        item | {"results": results_of(item["outcome"], taken_up, stored.get((item["title"], item["outcome"])))}
        for item in content["agenda"]
    ]
    return content | {"agenda": items}


def _chosen(versions: list[MinutesVersion], asked: str) -> MinutesVersion | None:
    if not versions:
        return None
    if not asked:
        return versions[-1]
    found = next((version for version in versions if str(version.n) == asked), None)
    if found is None:
        raise Http404
    return found


def _changes(versions: list[MinutesVersion], shown: MinutesVersion, user: User, meeting: Meeting) -> list[Any]:
    before = next((version for version in versions if version.n == shown.n - 1), None)
    if before is None:
        return []
    return changes(for_reader(before.content, user, meeting), for_reader(shown.content, user, meeting))


def _notes(version: MinutesVersion, user: User, *, is_keeper: bool) -> list[MinutesNote]:
    """Answers to a version: to the keeper all; to others their own, and who signed."""
    notes = version.notes.select_related("agency", "document", "by")
    return [note for note in notes if is_keeper or note.kind == "SIGNED" or note.agency_id in user.rights.own]


def _unsaved(request: SignedInRequest, meeting: Meeting, key: str, title: str) -> Unsaved:
    """What is typed about the minutes, kept until it is saved; colleagues who keep the record may take it over."""
    return Unsaved(
        request, key, title=title, about=meeting.code, agency=meeting.host_agency, is_shared=True,
        look=meeting.get_absolute_url(),
    )  # fmt: skip


def _address(meeting: Meeting) -> str:
    return reverse("meetings:minutes", args=[meeting.code])
