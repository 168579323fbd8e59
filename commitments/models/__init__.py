"""What was promised, by whom, how firmly, and what became of it."""

from commitments.models.commitment import Commitment, Contribution, DueBasis, Origin
from commitments.models.move import Move
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
from commitments.models.terms import Answer, Consent, Strength, Terms

__all__ = [
    "Answer",
    "Commitment",
    "Consent",
    "Contribution",
    "DueBasis",
    "Evidence",
    "EvidenceKind",
    "Move",
    "Origin",
    "Progress",
    "ProgressKind",
    "Reminder",
    "ReminderState",
    "Rung",
    "Sensitivity",
    "SourceKind",
    "Strength",
    "Terms",
    "Verdict",
    "Verification",
]
