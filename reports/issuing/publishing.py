"""What fixes a report: it is published once, and from then on only facts beside it are added."""

import dataclasses
import datetime as dt
import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from agencies.audit import record, trail
from agencies.models import Agency, Role, User
from agencies.outbox import post_notice
from agencies.policy import allowed, require
from agencies.reach import holders_of
from commitments.models import Commitment, PhotoConsent
from config.files import StoredFile
from config.workdays import day_of
from meetings.models import Meeting
from reports.models import Report, ReportStatus
from reports.printing.document import print_report
from reports.printing.pdf import Rendered
from reports.rules import (
    may_add_letter,
    may_name_agencies,
    may_prepare,
    may_print,
    may_publish,
    may_return,
    may_show_photos,
    may_withdraw,
)
from reports.snapshots.making import kept
from reports.snapshots.public import named_agencies


@dataclasses.dataclass(frozen=True)
class Letter:
    """What the registry adds to an issued report. ``scan``: the signed paper; None keeps the one there is."""

    number: str
    on: dt.date | None
    scan: StoredFile | None = None


@transaction.atomic
def prepare(report: Report, *, by: User, at: dt.datetime) -> Report:
    """Turn the first of two keys; the supervisors are told. The second click changes nothing."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.status == ReportStatus.PREPARED and report.prepared_by_id == by.pk:
        return report
    for asked in (may_prepare(by, report), may_show_photos(report), may_name_agencies(report)):
        require(asked)
    report.status, report.prepared_by, report.prepared_at = ReportStatus.PREPARED, by, at
    report.save(update_fields=["status", "prepared_by", "prepared_at"])
    for user in holders_of(Role.SUPERVISOR, report.issuer, on=day_of(at), but=by):
        _tell(user, report, gettext_lazy("Laporan %(code)s menunggu rilis Anda."), at=at)
    record("report.prepared", on=report, by=by, at=at, after={"status": report.status})
    return report


@transaction.atomic
def return_to_draft(report: Report, reason: str, *, by: User, at: dt.datetime) -> Report:
    """Take the first key out again; whoever prepared it is told why."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    require(may_return(by, report))
    preparer = report.prepared_by
    report.status, report.prepared_by, report.prepared_at = ReportStatus.DRAFT, None, None
    report.save(update_fields=["status", "prepared_by", "prepared_at"])
    if preparer is not None and preparer != by:
        _tell(preparer, report, gettext_lazy("Laporan %(code)s dikembalikan menjadi draf."), at=at, body=reason)
    before = {"status": ReportStatus.PREPARED}
    record(
        "report.returned", on=report, by=by, at=at, before=before, after={"status": report.status},
        texts={"reason": reason},
    )  # fmt: skip
    return report


def publish(report: Report, *, by: User, at: dt.datetime) -> Report:
    """Publish: the same snapshot without the DRAF mark, under the letterhead. The second click changes nothing.

    A revision takes the place of the report it revises. The pages are made before anything is locked, and never
    again. Raises Refusal (403, 409) or RenderFailed with a sentence.
    """
    verdict = may_publish(by, report)
    if not verdict and report.is_published and allowed(by, "report.publish", report):
        return report
    for asked in (verdict, may_print(report), may_show_photos(report), may_name_agencies(report)):
        require(asked)
    rendered = print_report(json.loads(report.snapshot), digest=report.snapshot_sha256, issued=True)
    return _publish(report, rendered, by=by, at=at)


@transaction.atomic
def _publish(report: Report, rendered: Rendered, *, by: User, at: dt.datetime) -> Report:
    together = [report.pk] if report.revises_id is None else [report.pk, report.revises_id]
    locked = {row.pk: row for row in Report.objects.select_for_update().filter(pk__in=together).order_by("pk")}
    report = locked[report.pk]
    if report.is_published:
        return report
    _hold_permissions(report)
    for asked in (may_publish(by, report), may_show_photos(report), may_name_agencies(report)):
        require(asked)
    before = {"status": report.status}
    with kept(rendered.pdf, text=report.snapshot) as file:
        report.status, report.published_by, report.published_at = ReportStatus.PUBLISHED, by, at
        report.pdf.name, report.pages = file, rendered.pages
        report.pdf_sha256 = hashlib.sha256(rendered.pdf).hexdigest()
        report.save(update_fields=["status", "published_by", "published_at", "pdf", "pdf_sha256", "pages"])
        after = {"status": report.status, "snapshot": report.snapshot_sha256, "pdf": report.pdf_sha256}
        if report.revises_id is not None:
            revised = locked[report.revises_id]
            revised.replaced_by = report
            revised.save(update_fields=["replaced_by"])
            after["replaces"] = revised.code
        record("report.published", on=report, by=by, at=at, before=before, after=after)
    return report


def _hold_permissions(report: Report) -> None:
    """Lock its issuer, the agencies it names and the records of its photos: what is allowed stays so until it is out.

    One issuer issues one report after the other. Whoever takes a permission back locks the same. Agencies before
    meetings before commitments, as everywhere.
    """
    held = Q(pk=report.issuer_id) | Q(pk__in=named_agencies(report).order_by().values("pk"))
    list(Agency.objects.filter(held).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    consents = [photo["consent"] for photo in json.loads(report.snapshot).get("photos", ())]
    asked = PhotoConsent.objects.filter(pk__in=consents)
    promises = Commitment.objects.filter(pk__in=asked.values("evidence__progress__commitment"))
    meetings = Meeting.objects.filter(pk__in=asked.values("meeting_file__meeting"))
    for records in (meetings, promises):
        list(records.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


@transaction.atomic
def withdraw(report: Report, reason: str, *, by: User, at: dt.datetime) -> Report:
    """Withdraw what was issued; its check page says so, with the day and the reason."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    require(may_withdraw(by, report))
    report.status, report.withdrawn_by, report.withdrawn_at = ReportStatus.WITHDRAWN, by, at
    report.withdrawal_reason = reason
    report.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    before = {"status": ReportStatus.PUBLISHED}
    record(
        "report.withdrawn", on=report, by=by, at=at, before=before, after={"status": report.status},
        texts={"reason": reason},
    )  # fmt: skip
    return report


@transaction.atomic
def add_letter(report: Report, letter: Letter, *, by: User, at: dt.datetime) -> Report:
    """Write down number, day and signed scan of an issued report, or correct them; the frozen content stays."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    require(may_add_letter(by, report))
    before = _letter_facts(report)
    report.letter_number, report.letter_on = letter.number, letter.on
    changed = ["letter_number", "letter_on"]
    if letter.scan is not None:
        report.signed_scan.save(letter.scan.name, letter.scan.content, save=False)
        report.signed_scan_sha256 = letter.scan.sha256
        changed += ["signed_scan", "signed_scan_sha256"]
    report.save(update_fields=changed)
    record("report.letter_added", on=report, by=by, at=at, before=before, after=_letter_facts(report))
    return report


def last_return(report: Report) -> str:
    """Why a draft was last returned; empty when it never was, or has been prepared again since."""
    turns = trail(report).filter(verb__in=["report.prepared", "report.returned"])
    last = turns.last()
    if report.status != ReportStatus.DRAFT or last is None or last.verb != "report.returned":
        return ""
    return next((text.text for text in last.free_texts.all() if text.field == "reason"), "")


def _letter_facts(report: Report) -> dict[str, object]:
    return {"number": report.letter_number, "on": report.letter_on, "scan": report.signed_scan_sha256}


def _tell(user: User, report: Report, words: Promise, *, at: dt.datetime, body: str = "") -> None:
    """A notice in the app about a report, whatever language its sender reads; each turn of it once."""
    with override(settings.LANGUAGE_CODE):
        subject = str(words) % {"code": report.code}
    post_notice(
        key=f"report:{report.pk}:{report.status}:{user.pk}:{at.isoformat()}",
        user=user,
        subject=subject,
        body=body,
        path=report.get_absolute_url(),
        at=at,
    )
