"""How long papers with names and signatures are kept, and how a file is removed: its bytes go, its row stays."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import User
from agencies.policy import Refusal, no, permit, require
from config.workdays import day_of, months_after
from meetings.models import FileKind, Meeting, MeetingFile
from meetings.rules import stands_apart

KEPT_FOR = {FileKind.ATTENDANCE.value: 12}
"""Months after which the bytes of a file of this kind are deleted; other kinds stay with their meeting."""

ABOUT_IT = ("photo_consents",)
"""Rows that only say something about a file and do not hold it back: whoever may print a photo may remove it."""


def keep_until(kind: str, *, added_on: dt.date) -> dt.date | None:
    """The last day a file of this kind is kept; None: as long as its meeting."""
    months = KEPT_FOR.get(kind)
    return months_after(added_on, months) if months else None


@transaction.atomic
def remove_file(file: MeetingFile, *, by: User, at: dt.datetime, reason: str) -> MeetingFile:
    """Remove a file of the meeting's papers by hand; its row says when and by whom. A second click changes nothing.

    Raises Refusal for anybody but its keeper, and when something rests on the file.
    """
    meeting = Meeting.objects.select_for_update().get(pk=file.meeting_id)
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    if _is_relied_on(file):
        raise Refusal(no(_("Berkas ini menjadi dasar pengesahan, jadi tidak dapat dihapus."), status=409))
    return _remove(file, meeting, by=by, at=at, reason=reason)


def sweep_files(*, at: dt.datetime) -> int:
    """Delete the bytes of files whose time is over, and what a stopped sweep left; returns how many that were."""
    removed = 0
    for file in _expired(on=day_of(at)).select_related("meeting").order_by("pk"):
        if _is_relied_on(file):
            continue
        with transaction.atomic():
            meeting = Meeting.objects.select_for_update().get(pk=file.meeting_id)
            _remove(file, meeting, by=None, at=at, reason="")
        removed += 1
    for file in MeetingFile.objects.filter(removed_at__isnull=False).exclude(file="").order_by("pk"):
        _delete_bytes(file)
    return removed


def _expired(*, on: dt.date) -> QuerySet[MeetingFile]:
    """Files whose last day has passed; those of a kept kind without such a day count from the day they came."""
    over = Q(keep_until__lt=on)
    for kind, months in KEPT_FOR.items():
        over |= Q(keep_until=None, kind=kind, added_at__date__lt=months_after(on, -months))
    return MeetingFile.objects.filter(over, removed_at=None)


def _remove(file: MeetingFile, meeting: Meeting, *, by: User | None, at: dt.datetime, reason: str) -> MeetingFile:
    file = MeetingFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.removed_at is not None:
        return file
    file.removed_at, file.removed_by = at, by
    file.save(update_fields=["removed_at", "removed_by"])
    after = {"kind": file.kind, "sha256": file.sha256}
    record("meeting.file_removed", on=meeting, by=by, at=at, after=after, texts={"reason": reason})
    transaction.on_commit(lambda: _delete_bytes(file))
    return file


def _delete_bytes(file: MeetingFile) -> None:
    """Delete the stored bytes and forget their address; done again it finds nothing to do."""
    file.file.delete(save=False)
    file.save(update_fields=["file"])


def _is_relied_on(file: MeetingFile) -> bool:
    """Whether any other row rests on the file: an answer to the minutes, for one."""
    fields: list[Any] = MeetingFile._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if field.one_to_many and field.name not in ABOUT_IT]
    return any(row.related_model._base_manager.filter(**{row.field.name: file}).exists() for row in relations)
