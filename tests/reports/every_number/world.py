"""The example, and beside it what the example does not have: sub-items, merged records, a region, issued reports."""

import dataclasses
import datetime as dt
import json

from django.core.files.base import ContentFile
from django.utils import timezone

from agencies.actions import add_clauses
from agencies.audit import sha256
from agencies.models import Agency, Agreement, User
from agencies.scope_text import ClauseEntry
from commitments.actions.merging import merge_commitments
from commitments.actions.terms import TermsEntry, change_terms
from commitments.status import Status
from meetings.models import Meeting
from reports.counting.periods import read_period
from reports.example.accounts import email_of
from reports.management.commands.demo import load
from reports.models import Audience, Report
from reports.options import ReportOptions
from reports.snapshots.making import freeze

REAL = "NK-2025-001"


@dataclasses.dataclass(frozen=True)
class World:
    """How things are called in addresses: the fictional agreement, all meetings, and reports.

    ``drafts`` are an internal and a public report of the fictional agreement, ``issued`` an older and a newer one of
    the real agreement.
    """

    fictional: str
    meetings: tuple[str, ...]
    drafts: tuple[str, str]
    issued: tuple[str, str]


def build():
    """Load the example and let more happen in it."""
    now = timezone.localtime()
    load(now=now)
    officer = User.objects.get(email=email_of("petugas.bp3mi"))
    pact, real = Agreement.objects.get(is_example=True), Agreement.objects.get(code=REAL)
    old = _report(real, made_at=now - dt.timedelta(days=10), is_issued=True)
    _break_down_an_item(pact, by=officer, at=now)
    _give_a_lead_in_a_region(real, by=officer, at=now)
    for agreement in (pact, real):
        _merge_two(agreement, by=officer, at=now)
    return World(
        pact.code,
        tuple(Meeting.objects.order_by("pk").values_list("code", flat=True)),
        drafts=(_report(pact, made_at=now), _report(pact, made_at=now, is_public=True)),
        issued=(old, _report(real, made_at=now, is_issued=True)),
    )


def _break_down_an_item(agreement, *, by, at):
    """Two sub-items: a commitment stands under the first and the item above it, another under the second only."""
    entries = [ClauseEntry("1.a", "Di sekolah (contoh)", "1"), ClauseEntry("1.b", "Di kelurahan (contoh)", "1")]
    first, second = add_clauses(agreement, entries, by=None, at=at)
    above = agreement.clauses.get(number="1")
    _correct(above.commitments.get(status=Status.RUNNING), by=by, at=at, clauses=(above, first))
    other = agreement.commitments.filter(clauses__number="3", status=Status.NOT_STARTED).order_by("code").first()
    _correct(other, by=by, at=at, clauses=(second,))


def _give_a_lead_in_a_region(agreement, *, by, at):
    _correct(agreement.commitments.order_by("code").first(), by=by, at=at, lead=Agency.objects.get(code="jaksel"))


def _merge_two(agreement, *, by, at):
    source, target = agreement.commitments.filter(status=Status.NOT_STARTED).order_by("-code")[:2]
    merge_commitments(source, target, by=by, at=at, reason="Tercatat dua kali")


def _correct(commitment, *, by, at, **changes):
    said = TermsEntry(
        commitment.wording, commitment.lead, commitment.due_on, commitment.target, commitment.unit,
        tuple(Agency.objects.filter(contributions__commitment=commitment)), tuple(commitment.clauses.all()),
    )  # fmt: skip
    change_terms(commitment, dataclasses.replace(said, **changes), by=by, at=at, version=commitment.version)


def _report(agreement, *, made_at, is_public=False, is_issued=False):
    """A report of this year without the time that printing takes; its code."""
    period, options = read_period(f"{made_at.year}"), ReportOptions(is_public=is_public)
    text = freeze(agreement, period, issuer=agreement.host_agency, at=made_at, options=options)
    report = Report(
        code=json.loads(text)["code"], agreement=agreement, issuer=agreement.host_agency, period=period.code,
        starts_on=period.starts_on, ends_on=period.ends_on, as_of=made_at, snapshot=text, made_at=made_at,
        snapshot_sha256=sha256(text), audience=Audience.PUBLIC if is_public else Audience.INTERNAL,
        is_example=agreement.is_example,
    )  # fmt: skip
    report.draft_pdf.save("laporan.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.save()
    if is_issued:
        report.status, report.published_at, report.pdf.name = "PUBLISHED", made_at, report.draft_pdf.name
        report.published_by = User.objects.get(email=email_of("humas.bp3mi"))
        report.save(update_fields=["status", "published_at", "published_by", "pdf"])
    return report.code
