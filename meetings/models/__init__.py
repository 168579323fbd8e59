"""What was held: meetings, who was there, what was said, and the words everything came from."""

from meetings.models.meeting import (
    Meeting,
    MeetingKind,
    MeetingMerge,
    MeetingQuerySet,
    MeetingSeries,
    MeetingStatus,
    MinutesStatus,
)
from meetings.models.paper import (
    AgendaItem,
    AgendaKind,
    FileKind,
    MeetingFile,
    MinutesNote,
    MinutesNoteKind,
    MinutesVersion,
)
from meetings.models.presence import Attendance, CheckIn
from meetings.models.words import SourceText, Statement

__all__ = [
    "AgendaItem",
    "AgendaKind",
    "Attendance",
    "CheckIn",
    "FileKind",
    "Meeting",
    "MeetingFile",
    "MeetingKind",
    "MeetingMerge",
    "MeetingQuerySet",
    "MeetingSeries",
    "MeetingStatus",
    "MinutesNote",
    "MinutesNoteKind",
    "MinutesStatus",
    "MinutesVersion",
    "SourceText",
    "Statement",
]
