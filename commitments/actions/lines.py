"""A line of the box, or a row of a table, becomes a commitment that points to its words in the text."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import User
from agencies.numbering import next_code
from commitments.actions.entries import LetterEntry, LineEntry, SourceEntry
from commitments.actions.news import report_news
from commitments.actions.terms import agree_in_meeting, bind, set_links, write_terms
from commitments.models import Commitment, DueBasis, Origin
from meetings.models import Meeting, SourceText


def write_lines(
    lines: Sequence[LineEntry],
    *,
    text: str,
    said_in: Meeting | LetterEntry,
    by: User,
    at: dt.datetime,
    source: SourceEntry | None = None,
    is_example: bool = False,
) -> list[Commitment]:
    """Keep the text and make one commitment per line, with version 1 of its terms; return them in order.

    Runs inside the transaction of a recording action, which has locked what the lines report on. Raises Refusal
    where one of them reports what the person may not.
    """
    if not lines and source is None:
        return []
    meeting = said_in if isinstance(said_in, Meeting) else None
    called = source or SourceEntry(_label(said_in))
    kept = SourceText.objects.create(
        meeting=meeting, text=text, label=called.label, source_url=called.address, created_at=at, created_by=by
    )
    first = meeting.commitments.count() + 1 if meeting else 1
    made = []
    for position, line in enumerate((line for line in lines if line.progress_on is None), start=first):
        commitment = _born(line, said_in)
        commitment.source, commitment.span_start, commitment.span_end = kept, line.start, line.end
        commitment.position, commitment.note = position, line.note
        commitment.kind, commitment.is_important = line.kind, line.is_important
        commitment.person_text, commitment.reminders_from = line.person_text, line.reminders_from
        commitment.created_at, commitment.created_by = at, by
        commitment.is_example = is_example or bool(meeting and meeting.is_example)
        commitment.save()
        set_links(commitment, line.terms)
        write_terms(commitment, by=by, at=at)
        if line.ticks:
            commitment = agree_in_meeting(commitment, line.ticks, by=by, at=at)
        made.append(commitment)
    report_news(lines, said_in=said_in, by=by, at=at)
    return made


def _label(said_in: Meeting | LetterEntry) -> str:
    """What the typed words are called; kept for ever, so in Indonesian whoever typed them."""
    with override(settings.LANGUAGE_CODE):
        if isinstance(said_in, Meeting):
            return _("Baris komitmen %(code)s") % {"code": said_in.code}
        named = f"{Origin(said_in.origin).label} {said_in.reference}".strip()
        return named[:1].upper() + named[1:]


def _born(line: LineEntry, said_in: Meeting | LetterEntry) -> Commitment:
    """A new commitment with its code and its binding terms, not yet saved."""
    if isinstance(said_in, Meeting):
        commitment = Commitment(origin=Origin.MEETING, origin_on=said_in.held_on, meeting=said_in)
    else:
        commitment = Commitment(origin=said_in.origin, origin_on=said_in.origin_on, origin_reference=said_in.reference)
    commitment.agreement, commitment.host_agency = said_in.agreement, said_in.host_agency
    commitment.code = next_code("K", commitment.origin_on.year)
    basis = DueBasis.PROPOSED if line.terms.due_on else ""
    bind(commitment, line.terms, basis=basis)
    return commitment
