"""The frozen facts of one report: plain JSON, from which the document can be printed again, byte for byte."""

import dataclasses
import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.audit import canonical, sha256
from agencies.models import Agency, Agreement
from commitments.status import Condition, Status
from config.workdays import day_of
from reports.counting.figures import AgreementFigures
from reports.counting.leads import LeadFigures
from reports.counting.rows import ReportRow
from reports.counting.scope import ClauseFigures
from reports.models import Audience
from reports.options import USUAL, ReportOptions

Snapshot = dict[str, Any]
SCHEMA = 2


def build_snapshot(
    figures: AgreementFigures,
    *,
    agreement: Agreement,
    issuer: Agency,
    code: str,
    made_at: dt.datetime,
    audit_head: str,
    options: ReportOptions = USUAL,
    revision: int = 1,
    revises: str = "",
) -> Snapshot:
    """Everything that is counted, in JSON types only. ``revises``: code of the report before this revision."""
    period = figures.period
    return {
        "schema": SCHEMA,
        "code": code,
        "revision": revision,
        "revises": revises,
        "audience": str(Audience.PUBLIC if options.is_public else Audience.INTERNAL),
        "options": options.to_json(),
        "made_at": made_at.astimezone(dt.UTC).isoformat(),
        "as_of": figures.at.astimezone(dt.UTC).isoformat(),
        "check_url": f"{settings.SITE_URL}{reverse('reports:check', args=[code])}",
        "page_url": f"{settings.SITE_URL}{reverse('reports:detail', args=[code])}",
        "audit_head": audit_head,
        "is_example": figures.is_example or issuer.is_example,
        "is_open_list": figures.is_open_list,
        "issuer": _issuer(issuer),
        "agreement": _agreement(agreement),
        "period": {
            "code": period.code,
            "label": str(period.label),
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
        },
        "sentence": figures.sentence(),
        "totals": _totals(figures),
        "gaps": dataclasses.asdict(figures.gaps),
        "strengths": {str(strength): count for strength, count in figures.by_strength.items()},
        "realised": dataclasses.asdict(figures.realised),
        "expected": dataclasses.asdict(figures.expected),
        "aging": [{"key": age.key, "label": age.label, "count": age.count} for age in figures.aging],
        "trend": [
            {"ends_on": week.ends_on.isoformat(), "open": week.open, "late": week.late, "done": week.done}
            for week in figures.trend
        ],
        "upcoming": [{"code": one.code, "due_on": one.due_on.isoformat()} for one in figures.upcoming],
        "leads": [_lead(lead) for lead in figures.by_lead],
        "outside": [{"code": one.code, "status": str(one.status)} for one in figures.outside],
        "flows": {name: getattr(figures.flows, name) for name in ("shared", "done", "meetings", "shifts")},
        "coverage": {"running": figures.clauses_moving, "total": len(figures.clauses), "below": True},
        "clauses": [_clause(clause) for clause in figures.clauses],
        "clauses_without": [f"{one.number}. {one.text}" for one in figures.clauses_without_commitment],
        "unlinked": list(figures.rows_without_clause),
        "meetings": [
            {
                "code": meeting.code,
                "held_on": meeting.held_on.isoformat(),
                "kind": str(meeting.kind),
                "counterpart": meeting.counterpart_name,
                "lines": meeting.lines,
                "open_list": meeting.is_open_list,
            }
            for meeting in figures.meetings
        ],
        "rows": [_row(row) for row in figures.rows],
    }


def frozen(snapshot: Snapshot) -> tuple[str, str]:
    """The snapshot as the one text that is stored, and the SHA-256 of that text."""
    text = canonical(snapshot)
    return text, sha256(text)


def _issuer(agency: Agency) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": agency.name,
        "short_name": agency.short_name,
        "zone": agency.zone,
        "letterhead": agency.letterhead_lines,
        "address_line": agency.address_line,
        "signing_place": agency.signing_place,
        "signing_post": agency.signing_post,
        "logo": agency.logo.name or "",
        "is_plain_type": agency.is_plain_type,
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "code": agreement.code,
        "kind": str(agreement.get_kind_display()),
        "title": agreement.title,
        "signed_on": agreement.signed_on.isoformat(),
        "starts_on": _day(agreement.starts_on),
        "ends_on": _day(agreement.ends_on),
        "parent_code": agreement.parent.code if agreement.parent else "",
        "relation": str(agreement.get_relation_display()) if agreement.relation else "",
        "parties": [
            {"name": party.agency.name, "signatory_post": party.signatory_post, "number": party.number}
            for party in agreement.parties.select_related("agency")
        ],
    }


def _totals(figures: AgreementFigures) -> dict[str, Any]:
    conditions = {condition.value: count for condition, count in figures.by_condition.items()}
    return {
        "total": figures.total,
        "drafts": figures.drafts,
        "by_condition": conditions | {Condition.DRAFT.value: figures.drafts},
        "classes": [
            {"key": str(one.report_class), "label": str(one.label), "count": one.count} for one in figures.classes
        ],
        "late": figures.late,
        "longest_late": figures.longest_days,
        "past_proposal": figures.past_proposal,
        "confirmed": figures.confirmed_by_partner,
        "claimed": figures.claimed,
        "verified": figures.verified,
    }


def _clause(clause: ClauseFigures) -> dict[str, Any]:
    counts = [(clause.by_condition[condition], words) for condition, words in _clause_words()]
    words = ", ".join(f"{count} {what}" for count, what in counts if count)
    return {
        "number": clause.number,
        "text": clause.text,
        "citation": clause.citation,
        "parent": clause.parent,
        "total": clause.total,
        "below": clause.below,
        "by_condition": {condition.value: count for condition, count in clause.by_condition.items()},
        "realised": dataclasses.asdict(clause.realised),
        "expected": dataclasses.asdict(clause.expected),
        "sentence": _("%(n)d komitmen: %(words)s.") % {"n": clause.total, "words": words} if clause.total else "",
        "codes": list(clause.codes),
    }


def _lead(lead: LeadFigures) -> dict[str, Any]:
    return {
        "code": lead.code,
        "name": lead.name,
        "total": lead.total,
        "late": lead.late,
        "by_class": {str(one): count for one, count in lead.by_class.items()},
        "by_condition": {str(one): count for one, count in lead.by_condition.items()},
    }


def _clause_words() -> list[tuple[Condition, str]]:
    """What the sentence of a scope item calls each condition, in the order of the bar beside it."""
    return [
        (Condition.DONE, _("selesai")),
        (Condition.SUBMITTED, _("menunggu verifikasi")),
        (Condition.RUNNING, _("sedang berjalan")),
        (Condition.BLOCKED, _("terkendala")),
        (Condition.LATE, _("melewati tenggat")),
        (Condition.NOT_STARTED, _("belum dimulai")),
        (Condition.UNMET, _("tidak dapat ditindaklanjuti")),
    ]


def _row(row: ReportRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "wording": row.wording,
        "original": row.original,
        "clauses": list(row.clause_numbers),
        "meeting_code": row.meeting_code,
        "meeting_on": _day(row.origin_on),
        "origin": str(row.origin),
        "host_code": row.host_code,
        "lead_code": row.lead_code,
        "lead": row.lead_name,
        "supporting": list(row.supporting),
        "due_on": _day(row.due_on),
        "due_basis": row.due_basis,
        "shifts": row.shifts,
        "shift_log": [
            {"shifted_on": day_of(one.at).isoformat(), "old_on": one.old_on.isoformat(), "new_on": _day(one.new_on)}
            for one in row.shift_log
        ],
        "first_due_on": _day(row.first_due_on),
        "target": _number(row.target),
        "unit": row.unit,
        "realised": _number(row.realised),
        "share": _number(row.share),
        "status": str(row.status),
        "status_label": str(Status(row.status).label),
        "condition": str(row.condition),
        "condition_label": str(Condition(row.condition).label),
        "days_past": row.days_past,
        "is_past_proposal": row.is_past_proposal,
        "strength": str(row.strength),
        "strength_words": row.strength_words,
        "confirmed": row.is_confirmed_by_partner,
        "verified_by": row.verified_by,
        "objections": [
            {"agency": remark.agency_name, "answer": str(remark.words), "text": remark.text} for remark in row.remarks
        ],
        "gaps": list(row.gaps),
        "last_news_on": _day(row.last_news_on),
        "shared_on": _day(row.shared_on),
        "submitted_on": _day(row.submitted_on),
        "closed_on": _day(row.closed_on),
        "is_example": row.is_example,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: object) -> str | None:
    return str(number) if number is not None else None
