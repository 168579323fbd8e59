"""Status: moves only by named verbs. A gap (no owner, no date) never blocks a move."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Stored copy of the last Move."""

    DRAFT = "DRAFT", _("Draf")
    NOT_STARTED = "NOT_STARTED", _("Belum dimulai")
    RUNNING = "RUNNING", _("Berjalan")
    BLOCKED = "BLOCKED", _("Terkendala")
    SUBMITTED = "SUBMITTED", _("Menunggu verifikasi")
    DONE = "DONE", _("Selesai (terverifikasi)")
    UNMET = "UNMET", _("Tidak dapat ditindaklanjuti")
    VOID = "VOID", _("Dibatalkan (salah catat)")
    MERGED = "MERGED", _("Digabung")


OPEN = (Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED, Status.SUBMITTED)
CLOSED = (Status.DONE, Status.UNMET)
BEGUN = (Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.DONE)
"""What was begun, reported or done."""
COUNTED = OPEN + CLOSED
"""Statuses inside totals; drafts are a separate number, VOID and MERGED are outside."""


class Verb(models.TextChoices):
    """Named moves."""

    SHARE = "share", _("disampaikan")
    START = "start", _("dimulai")
    REPORT = "report", _("perkembangan dilaporkan")
    BLOCK = "block", _("terkendala")
    RESUME = "resume", _("dilanjutkan")
    SUBMIT = "submit", _("dilaporkan selesai")
    SEND_BACK = "send_back", _("dikembalikan untuk dilengkapi")
    VERIFY = "verify", _("dinyatakan selesai")
    MERGE = "merge", _("digabung")
    UNMERGE = "unmerge", _("penggabungan dibatalkan")


TRANSITIONS: dict[tuple[str, str], Status] = {
    (Status.DRAFT, Verb.SHARE): Status.NOT_STARTED,
    (Status.NOT_STARTED, Verb.START): Status.RUNNING,
    (Status.NOT_STARTED, Verb.REPORT): Status.RUNNING,
    (Status.RUNNING, Verb.REPORT): Status.RUNNING,
    (Status.BLOCKED, Verb.REPORT): Status.BLOCKED,
    (Status.NOT_STARTED, Verb.BLOCK): Status.BLOCKED,
    (Status.RUNNING, Verb.BLOCK): Status.BLOCKED,
    (Status.BLOCKED, Verb.RESUME): Status.RUNNING,
    (Status.NOT_STARTED, Verb.SUBMIT): Status.SUBMITTED,
    (Status.RUNNING, Verb.SUBMIT): Status.SUBMITTED,
    (Status.BLOCKED, Verb.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Verb.SEND_BACK): Status.RUNNING,
    (Status.SUBMITTED, Verb.VERIFY): Status.DONE,
    (Status.NOT_STARTED, Verb.MERGE): Status.MERGED,
    (Status.RUNNING, Verb.MERGE): Status.MERGED,
    (Status.BLOCKED, Verb.MERGE): Status.MERGED,
}
"""Every move but UNMERGE, which leads back to where the row was before."""


class ReportClass(models.TextChoices):
    """The four classes of SIPTL (Peraturan BPK 2/2017); their sum is the total."""

    MET = "MET", _("Sesuai")
    PARTLY = "PARTLY", _("Belum sesuai")
    UNTOUCHED = "UNTOUCHED", _("Belum ditindaklanjuti")
    IMPOSSIBLE = "IMPOSSIBLE", _("Tidak dapat ditindaklanjuti")


REPORT_CLASS: dict[str, ReportClass] = {
    Status.DONE: ReportClass.MET,
    Status.RUNNING: ReportClass.PARTLY,
    Status.BLOCKED: ReportClass.PARTLY,
    Status.SUBMITTED: ReportClass.PARTLY,
    Status.NOT_STARTED: ReportClass.UNTOUCHED,
    Status.UNMET: ReportClass.IMPOSSIBLE,
}


class Condition(models.TextChoices):
    """Disjoint groups for charts and matrices, in order of precedence; drafts stand apart."""

    UNMET = "UNMET", _("Tidak dapat ditindaklanjuti")
    DONE = "DONE", _("Selesai")
    LATE = "LATE", _("Melewati tenggat")
    BLOCKED = "BLOCKED", _("Terkendala")
    SUBMITTED = "SUBMITTED", _("Menunggu verifikasi")
    RUNNING = "RUNNING", _("Berjalan")
    NOT_STARTED = "NOT_STARTED", _("Belum dimulai")
    DRAFT = "DRAFT", _("Draf")


COUNTED_CONDITIONS = tuple(condition for condition in Condition if condition != Condition.DRAFT)
"""The seven groups that sum to the total."""


def condition_of(*, status: str, is_late: bool) -> Condition:
    """The one group a commitment is counted in, by precedence."""
    if status in (Status.UNMET, Status.DONE, Status.DRAFT):
        return Condition(status)
    return Condition.LATE if is_late else Condition(status)
