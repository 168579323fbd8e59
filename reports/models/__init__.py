"""Tables of the reports: the issued ones, the work of making them, errata, addresses, texts for the press."""

from reports.models.erratum import Erratum, ErratumState
from reports.models.job import ExportJob, JobState, ReportJob
from reports.models.press import PressKind, PressState, PressText
from reports.models.recipient import Cadence, ReportRecipient
from reports.models.report import Audience, Report, ReportQuerySet, ReportStatus, grouped

__all__ = [
    "Audience",
    "Cadence",
    "Erratum",
    "ErratumState",
    "ExportJob",
    "JobState",
    "PressKind",
    "PressState",
    "PressText",
    "Report",
    "ReportJob",
    "ReportQuerySet",
    "ReportRecipient",
    "ReportStatus",
    "grouped",
]
