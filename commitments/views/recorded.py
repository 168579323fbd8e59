"""What the pages do alike that record a whole meeting: save it or join the record that stands, once, and say so."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import SignedInRequest
from agencies.actions import add_agency
from agencies.numbering import once
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from commitments.actions import merging, recording
from commitments.actions.entries import Written
from commitments.carry import agenda_of
from commitments.forms.log import NewAgencyForm
from commitments.forms.recorded import RecordingForm
from commitments.views.box_page import SHARE
from config.htmx import go
from meetings.models import Meeting
from meetings.planning import set_agenda

Also = Callable[[Meeting, dt.datetime], None]  # adds what belongs to the meeting beside its lines


def nothing_more(meeting: Meeting, at: dt.datetime) -> None:
    """For a page that has only lines."""


def save_or_join(
    request: SignedInRequest,
    form: RecordingForm,
    draft: Unsaved,
    step: str,
    *,
    save: Callable[[], str],
    join: Callable[[Meeting], str],
) -> HttpResponse | None:
    """Save what was typed, or put it into the record that was chosen, once per token; None while it cannot be saved.

    ``save`` and ``join`` return the address to go to; the draft is dropped in their transaction.
    """
    is_valid = form.is_valid()
    if joined := form.joined(step):
        act = draft.saving(lambda: join(joined))
    elif is_valid:
        act = draft.saving(save)
    else:
        return None
    return go(request, once(form.once, by=request.user, content=content_of(request), act=act))


def save_meeting(
    request: SignedInRequest, form: RecordingForm, said: Written, step: str, *, also: Also = nothing_more
) -> Meeting:
    """Save the meeting with what was written and what is carried into it, in one transaction; share it when asked."""
    at = timezone.now()
    with transaction.atomic():
        meeting = recording.log_meeting(
            form.meeting_entry(),
            text=said.text,
            lines=said.lines,
            source=said.source,
            by=request.user,
            at=at,
            planned=form.cleaned_data.get("planned"),
            is_starting=form.is_starting,
        )
        if form.carried and form.carries:
            set_agenda(meeting, agenda_of(form.carried.rows))
        also(meeting, at)
        if step == SHARE:
            recording.share(meeting, by=request.user, at=at)
    return meeting


def join_meeting(
    request: SignedInRequest, form: RecordingForm, said: Written, meeting: Meeting, *, also: Also = nothing_more
) -> str:
    """Put everything typed into the record that exists already; its agenda stays. Returns the address."""
    at = timezone.now()
    with transaction.atomic():
        made = merging.join_meeting(
            meeting,
            form.meeting_entry(),
            text=said.text,
            lines=said.lines,
            source=said.source,
            by=request.user,
            at=at,
        )
        also(meeting, at)
    messages.success(request, _joined_words(meeting, len(made)))
    return meeting.get_absolute_url()


def saved_words(meeting: Meeting, *, is_shared: bool) -> str:
    """``Disampaikan: 2 komitmen dari pertemuan A-2026-004.``, or that a draft was saved."""
    lines = meeting.commitments.kept().count()
    words = ngettext("%(n)d komitmen", "%(n)d komitmen", lines) % {"n": lines}
    if is_shared:
        return _("Disampaikan: %(lines)s dari pertemuan %(code)s.") % {"lines": words, "code": meeting.code}
    return _("Draf tersimpan: %(lines)s dari pertemuan %(code)s. Sampaikan bila sudah benar.") % {
        "lines": words,
        "code": meeting.code,
    }


def _joined_words(meeting: Meeting, lines: int) -> str:
    """``2 komitmen ditambahkan ke A-2026-004.``"""
    words = ngettext("%(n)d komitmen ditambahkan ke %(code)s.", "%(n)d komitmen ditambahkan ke %(code)s.", lines)
    return words % {"n": lines, "code": meeting.code}


def with_new_agency(request: SignedInRequest, new: NewAgencyForm) -> QueryDict:
    """Add the agency of a valid form to the directory; the posted fields, with it ticked as present."""
    agency = add_agency(by=request.user, at=timezone.now(), **new.entry())
    messages.success(request, _("%(name)s ditambahkan dan ditandai hadir.") % {"name": agency.name})
    data = request.POST.copy()
    data.appendlist("present", agency.code)
    for name in new.fields:
        data.pop(name, None)
    return data
