"""Actions: the only ways the world of commitments changes. Each locks, asks its rule, changes, records."""

from commitments.actions.decide import claim_digest, send_back, verify, verify_by_document
from commitments.actions.follow_up import OnBehalf, Proof, block, report_progress, resume, start, submit
from commitments.actions.terms import StaleVersion, TermsEntry, Tick, agree_in_meeting, change_terms

__all__ = [
    "OnBehalf",
    "Proof",
    "StaleVersion",
    "TermsEntry",
    "Tick",
    "agree_in_meeting",
    "block",
    "change_terms",
    "claim_digest",
    "report_progress",
    "resume",
    "send_back",
    "start",
    "submit",
    "verify",
    "verify_by_document",
]
