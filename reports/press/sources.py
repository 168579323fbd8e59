"""Where the facts come from: a meeting of this afternoon, an issued report, or an agreement as it stands now."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from agencies.models import Agency, Agreement
from agencies.names import AgencyEntry, called_exactly, snapshot
from commitments.models import Commitment, DueBasis
from config.workdays import day_of
from meetings.models import Meeting, MeetingStatus, Statement
from reports.counting.periods import Period
from reports.models import Report
from reports.press.facts import Occasion, Office, Pact, Part, Person, PressFacts, Quote, Row
from reports.snapshots.making import freeze
from reports.snapshots.particulars import own_meetings

HIDDEN = "Rumusan tidak ditampilkan"  # how a snapshot begins the words of rows that its issuer may not print
QUOTE = "kutipan-"  # before the key of a statement: the source of its quote
_TOTALS = {
    "total": "total", "late": "late", "longest_late": "longest_late", "past_proposal": "past_proposal",
    "confirmed": "confirmed", "claimed": "claimed", "done": "verified",
}  # fmt: skip
_CONDITIONS = {
    "running": "RUNNING", "blocked": "BLOCKED", "submitted": "SUBMITTED", "not_started": "NOT_STARTED", "unmet": "UNMET"
}  # fmt: skip
_CLASSES = ("class_met", "class_partly", "class_untouched", "class_impossible")


def facts_of_meeting(meeting: Meeting, *, at: dt.datetime) -> PressFacts:
    """What happened at one meeting and what was promised there, as of ``at``."""
    rows = list(meeting.commitments.counted().with_row_data().order_by("position", "code"))
    present = [row.agency for row in meeting.attendance.select_related("agency")]
    offices = [meeting.host_agency, meeting.counterpart, *present, *_taking_part(rows)]
    pact = _pact(meeting.agreement) if meeting.agreement else None
    occasion = Occasion(
        meeting.code, str(meeting.get_kind_display()), meeting.held_on, meeting.host_agency.code,
        meeting.counterpart.code if meeting.counterpart else "",
        tuple(dict.fromkeys(agency.code for agency in present)), meeting.place,
        f"{meeting.starts_at:%H.%M}" if meeting.starts_at else "", meeting.is_open_list,
    )  # fmt: skip
    return PressFacts(
        subject=meeting.code,
        is_progress=False,
        as_of=day_of(at),
        issuer=_office(meeting.host_agency),
        city=meeting.host_agency.signing_place,
        pact=pact,
        occasions=(occasion,),
        offices=_offices([*offices, *_parties(meeting.agreement)]),
        people=(*_people_of_meeting(meeting), *_signatories(meeting.agreement)),
        rows=tuple(_row(row, at=at) for row in rows),
        quotes=_quotes(meeting.statements.all()),
        numbers=_counts(rows, occasion, at=at),
        is_open_list=meeting.is_open_list,
        is_example=meeting.is_example or any(row.is_example for row in rows) or meeting.host_agency.is_example,
    )


def facts_of_report(report: Report) -> PressFacts:
    """What an issued report says; everything else about the agreement stays out."""
    return _facts_of_snapshot(json.loads(report.snapshot), report.agreement, report.issuer, subject=report.code)


def facts_of_agreement(agreement: Agreement, period: Period, *, issuer: Agency, at: dt.datetime) -> PressFacts:
    """The same figures as a report would print now, without a report."""
    stored = json.loads(freeze(agreement, period, issuer=issuer, at=at))
    return _facts_of_snapshot(stored | {"check_url": ""}, agreement, issuer, subject=agreement.code)


def _facts_of_snapshot(stored: dict[str, Any], agreement: Agreement, issuer: Agency, *, subject: str) -> PressFacts:
    entries, period = snapshot(), stored["period"]
    names = {one["counterpart"] for one in stored["meetings"]}
    for row in stored["rows"]:
        names |= {row["lead"], *row["supporting"]}
    called = {name: entry for name in names if name and (entry := called_exactly(name, entries))}
    agencies = list(Agency.objects.filter(pk__in=[entry.pk for entry in called.values()]).prefetch_related("aliases"))
    codes = [one["code"] for one in stored["meetings"]]
    meetings = own_meetings(issuer).filter(code__in=codes, status=MeetingStatus.HELD)
    return PressFacts(
        subject=subject,
        is_progress=True,
        as_of=day_of(dt.datetime.fromisoformat(stored["as_of"])),
        issuer=_office(issuer),
        city=issuer.signing_place,
        pact=_pact(agreement),
        occasions=tuple(_occasion(one, called) for one in stored["meetings"]),
        offices=_offices([issuer, *agencies, *_parties(agreement)]),
        people=_signatories(agreement),
        rows=tuple(_stored_row(row, called) for row in stored["rows"] if not row["wording"].startswith(HIDDEN)),
        quotes=_quotes(Statement.objects.filter(meeting__in=meetings)),
        numbers=_stored_numbers(stored),
        period=period["label"],
        starts_on=dt.date.fromisoformat(period["starts_on"]),
        ends_on=dt.date.fromisoformat(period["ends_on"]),
        check_url=stored["check_url"],
        is_open_list=stored["is_open_list"],
        is_example=stored["is_example"],
    )


def directory_offices() -> tuple[Office, ...]:
    """Every active agency with its names, so that one outside the facts is recognised as such."""
    return tuple(Office(one.code, one.name, one.short_name, one.aliases) for one in snapshot())


def _office(agency: Agency) -> Office:
    names = tuple(alias.name for alias in agency.aliases.all())
    return Office(agency.code, agency.name, agency.short_name, names, is_named=agency.named_in_public)


def _offices(agencies: Iterable[Agency | None]) -> tuple[Office, ...]:
    once = {agency.pk: agency for agency in agencies if agency is not None}
    return tuple(_office(agency) for agency in once.values())


def _taking_part(rows: Sequence[Commitment]) -> list[Agency]:
    leads = [row.lead for row in rows if row.lead]
    return leads + [part.agency for row in rows for part in row.contributions.all()]


def _parties(agreement: Agreement | None) -> list[Agency]:
    return [party.agency for party in agreement.parties.select_related("agency")] if agreement else []


def _pact(agreement: Agreement) -> Pact:
    codes = tuple(party.agency.code for party in agreement.parties.select_related("agency"))
    return Pact(
        agreement.code, str(agreement.get_kind_display()), agreement.title, agreement.signed_on, codes,
        agreement.starts_on, agreement.ends_on,
    )  # fmt: skip


def _signatories(agreement: Agreement | None) -> tuple[Person, ...]:
    if agreement is None:
        return ()
    return tuple(
        Person(_joined(party.signatory_post, party.signatory_name), Part.SIGNED, agreement.code, party.agency.code)
        for party in agreement.parties.select_related("agency")
        if party.signatory_post or party.signatory_name
    )


def _people_of_meeting(meeting: Meeting) -> tuple[Person, ...]:
    """Posts and names as they were written down; an attendance without post or name says nothing here."""
    found = [
        Person(words, part, meeting.code)
        for words, part in ((meeting.led_by, Part.LEADS), (meeting.received_by, Part.RECEIVES))
        if words
    ]
    for row in meeting.attendance.select_related("agency"):
        if row.post_text or row.name:
            found.append(Person(_joined(row.post_text, row.name), Part.PRESENT, meeting.code, row.agency.code))
    for said in meeting.statements.select_related("agency"):
        found.append(Person(said.speaker, Part.SPOKE, meeting.code, said.agency.code if said.agency else ""))
    return tuple(found)


def _joined(post: str, name: str) -> str:
    return ", ".join(filter(None, (post, name)))


def _quotes(statements: Iterable[Statement]) -> tuple[Quote, ...]:
    return tuple(
        Quote(f"{QUOTE}{said.pk}", said.speaker, said.verbatim, said.may_quote, said.quote_allowed_by)
        for said in statements
    )


def words_allowed(quotes: Iterable[Quote]) -> dict[str, str]:
    """Recorded words that may be quoted as of now, by the source of the quote. One query."""
    numbers = [int(quote.source.removeprefix(QUOTE)) for quote in quotes]
    allowed = Statement.objects.filter(pk__in=numbers, may_quote=True)
    return {f"{QUOTE}{pk}": words for pk, words in allowed.values_list("pk", "verbatim")}


def _row(row: Commitment, *, at: dt.datetime) -> Row:
    return Row(
        code=row.code,
        wording=row.wording,
        kind=row.kind,
        status=row.status,
        condition=row.condition(at=at),
        lead=row.lead.code if row.lead else "",
        supporting=tuple(part.agency.code for part in row.contributions.all()),
        due_on=row.due_on,
        is_due_agreed=row.due_basis == DueBasis.AGREED,
        closed_on=day_of(row.closed_at) if row.closed_at else None,
        target=_number(row.target),
        realised=_number(row.realised),
        unit=row.unit,
        days_past=row.days_past(at=at) if row.is_late(at=at) else 0,
    )


def _number(value: Decimal | str | None) -> str:
    """A decimal without the zeros behind its comma; empty for None."""
    text = "" if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _counts(rows: Sequence[Commitment], occasion: Occasion, *, at: dt.datetime) -> dict[str, int]:
    conditions = Counter(str(row.condition(at=at)) for row in rows)
    kinds = Counter(f"kind_{row.kind.lower()}" for row in rows)
    present = {*occasion.present} - {""}
    return {
        "total": len(rows),
        "done": conditions["DONE"],
        **{name: conditions[condition] for name, condition in _CONDITIONS.items()},
        "late": conditions["LATE"],
        **kinds,
        "present": len(present - {occasion.host, occasion.counterpart}),
        "present_all": len(present | {occasion.host, occasion.counterpart} - {""}),
        "leads": len({row.lead_id for row in rows if row.lead_id}),
        "dated": sum(row.due_on is not None for row in rows),
    }


def _stored_numbers(stored: dict[str, Any]) -> dict[str, int]:
    totals, rows = stored["totals"], stored["rows"]
    numbers = {name: int(totals[key]) for name, key in _TOTALS.items()}
    numbers |= {name: int(totals["by_condition"].get(condition, 0)) for name, condition in _CONDITIONS.items()}
    numbers |= {name: int(one["count"]) for name, one in zip(_CLASSES, totals["classes"], strict=False)}
    flows, coverage = stored["flows"], stored["coverage"]
    if rows:  # the public version has none, and says nothing of how many lead them
        numbers["leads"] = len({row["lead"] for row in rows if row["lead"]})
    return numbers | {
        "clauses": int(coverage["total"]),
        "clauses_running": int(coverage["running"]),
        "meetings": int(flows["meetings"]),
        "shared": int(flows["shared"]),
        "done_in_period": int(flows["done"]),
        "shifts": int(flows["shifts"]),
        **{f"gap_{name}": int(count) for name, count in stored["gaps"].items()},
    }


def _occasion(one: dict[str, Any], called: dict[str, AgencyEntry]) -> Occasion:
    partner = called.get(one["counterpart"])
    held_on = dt.date.fromisoformat(one["held_on"])
    return Occasion(
        one["code"], one["kind"], held_on, counterpart=partner.code if partner else "", is_open_list=one["open_list"]
    )


def _stored_row(row: dict[str, Any], called: dict[str, AgencyEntry]) -> Row:
    def code(name: str) -> str:
        return called[name].code if name in called else name

    return Row(
        code=row["code"],
        wording=row["wording"],
        kind=row["kind"],
        status=row["status"],
        condition=row["condition"],
        lead=code(row["lead"]),
        supporting=tuple(code(name) for name in row["supporting"]),
        due_on=dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        is_due_agreed=row["due_basis"] == DueBasis.AGREED,
        closed_on=dt.date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
        target=_number(row["target"]),
        realised=_number(row["realised"]),
        unit=row["unit"],
        days_past=row["days_past"],
    )
