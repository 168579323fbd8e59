"""Changes to a meeting's own papers. Logging, sharing and lines stand in commitments, where both are known."""

import datetime as dt

from django.db import transaction

from agencies.audit import record
from agencies.models import Agency, User
from agencies.policy import permit
from config.files import StoredFile
from meetings.models import Meeting, MeetingFile, Statement


@transaction.atomic
def attach_file(
    meeting: Meeting,
    kind: str,
    stored: StoredFile,
    *,
    by: User,
    at: dt.datetime,
    letter_number: str = "",
    letter_on: dt.date | None = None,
) -> MeetingFile:
    """Add a file of the meeting's file set; only its host does."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    row = MeetingFile(
        meeting=meeting,
        kind=kind,
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256_received=stored.sha256_received,
        sha256=stored.sha256,
        letter_number=letter_number,
        letter_on=letter_on,
        added_by=by,
        added_at=at,
    )
    row.file.save(stored.name, stored.content, save=False)
    row.save()
    record("meeting.file_added", on=meeting, by=by, at=at, after={"kind": kind, "sha256": stored.sha256})
    return row


@transaction.atomic
def add_statement(
    meeting: Meeting,
    *,
    speaker: str,
    agency: Agency | None,
    verbatim: str,
    source_url: str = "",
    may_quote: bool = False,
    by: User,
    at: dt.datetime,
) -> Statement:
    """Note a short quote with its speaker (a post) and its source."""
    permit(by, "meeting.edit", meeting)
    statement = Statement.objects.create(
        meeting=meeting, speaker=speaker, agency=agency, verbatim=verbatim, source_url=source_url, may_quote=may_quote
    )
    record("meeting.statement_added", on=meeting, by=by, at=at, texts={"verbatim": verbatim})
    return statement
