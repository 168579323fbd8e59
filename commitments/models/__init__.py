"""What was promised, by whom, how firmly, and what became of it."""

from commitments.models.commitment import Commitment, CommitmentQuerySet, Contribution, DueBasis, Kind, Origin
from commitments.models.merge import CommitmentMerge
from commitments.models.move import Move
from commitments.models.photo import PhotoConsent
from commitments.models.progress import (
    Evidence,
    EvidenceKind,
    Progress,
    ProgressKind,
    Sensitivity,
    SourceKind,
    Verdict,
    Verification,
)
from commitments.models.reminder import Reminder, ReminderState, Rung
from commitments.models.tally import DateTally, DayTally, MonthTally, ScopeTally, Tally
from commitments.models.terms import Answer, Consent, Strength, Terms

__all__ = [
    "Answer",
    "Commitment",
    "CommitmentMerge",
    "CommitmentQuerySet",
    "Consent",
    "Contribution",
    "DateTally",
    "DayTally",
    "DueBasis",
    "Evidence",
    "EvidenceKind",
    "Kind",
    "MonthTally",
    "Move",
    "Origin",
    "PhotoConsent",
    "Progress",
    "ProgressKind",
    "Reminder",
    "ReminderState",
    "Rung",
    "ScopeTally",
    "Sensitivity",
    "SourceKind",
    "Strength",
    "Tally",
    "Terms",
    "Verdict",
    "Verification",
]
