"""Changes to a meeting's own papers. Logging, sharing and lines stand in commitments, where both are known."""

import datetime as dt

from django.db import transaction

from agencies.audit import record
from agencies.models import Agency, User
from agencies.policy import permit, require
from config.files import StoredFile
from config.workdays import day_of
from meetings.models import Meeting, MeetingFile, SourceText, Statement
from meetings.retention import keep_until
from meetings.rules import stands_apart


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
    require(stands_apart(meeting))
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
        keep_until=keep_until(kind, added_on=day_of(at)),
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
    quote_allowed_by: str = "",
    source: SourceText | None = None,
    span: tuple[int, int] | None = None,
    by: User,
    at: dt.datetime,
) -> Statement:
    """Note a short quote with its speaker (a post) and its source; ``quote_allowed_by``: who lets it be quoted.

    ``span`` is where it stands in the kept text ``source``.
    """
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    start, end = span or (None, None)
    statement = Statement.objects.create(
        meeting=meeting,
        source=source,
        span_start=start,
        span_end=end,
        speaker=speaker,
        agency=agency,
        verbatim=verbatim,
        source_url=source_url,
        may_quote=may_quote,
        quote_allowed_by=quote_allowed_by,
    )
    record(
        "meeting.statement_added",
        on=meeting,
        by=by,
        at=at,
        after={"may_quote": may_quote},
        texts={"verbatim": verbatim, "quote_allowed_by": quote_allowed_by},
    )
    return statement


@transaction.atomic
def change_statement(
    statement: Statement,
    *,
    speaker: str,
    agency: Agency | None,
    verbatim: str,
    may_quote: bool,
    quote_allowed_by: str,
    by: User,
    at: dt.datetime,
) -> Statement:
    """Correct a quote, or give and withdraw *izin kutip*. Words taken from a source text stay as they are."""
    statement = Statement.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=statement.pk)
    permit(by, "meeting.edit", statement.meeting)
    require(stands_apart(statement.meeting))
    before = {"may_quote": statement.may_quote}
    statement.speaker, statement.agency = speaker, agency
    if statement.source_id is None:
        statement.verbatim = verbatim
    statement.may_quote, statement.quote_allowed_by = may_quote, quote_allowed_by
    statement.save()
    record(
        "meeting.statement_changed",
        on=statement.meeting,
        by=by,
        at=at,
        before=before,
        after={"may_quote": may_quote, "statement": statement.pk},
        texts={"verbatim": statement.verbatim, "quote_allowed_by": quote_allowed_by},
    )
    return statement
