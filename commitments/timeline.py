"""One timeline of a commitment: its birth, news, steps, terms, consents, reminders and decisions, newest first.

Pure over rows that were loaded: nothing here asks the database. Entries are immutable; a correction is a
new entry.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from commitments.models import (
    Commitment,
    Consent,
    Evidence,
    Move,
    Progress,
    ProgressKind,
    Reminder,
    Rung,
    Strength,
    Terms,
    Verdict,
    Verification,
)
from commitments.status import Verb
from config.templatetags.waktu import angka, tanggal_pendek

NEWS, CHANGES, REMINDERS = "perkembangan", "perubahan", "pengingat"
TOLD_ELSEWHERE = {Verb.REPORT, Verb.SUBMIT, Verb.BLOCK, Verb.RESUME, Verb.VERIFY, Verb.SEND_BACK}
"""Moves whose story stands in a Progress or a Verification of the same instant."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One line of the timeline. ``look`` is a class of the timeline component (is-key, is-late, is-done)."""

    at: dt.datetime
    kind: str
    title: str
    who: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    look: str = ""


@dataclasses.dataclass(frozen=True)
class Pieces:
    """Everything a timeline is made of, as far as the viewer may see it."""

    commitment: Commitment
    progress: Sequence[Progress] = ()
    evidence: Sequence[Evidence] = ()
    moves: Sequence[Move] = ()
    terms: Sequence[Terms] = ()
    consents: Sequence[Consent] = ()
    reminders: Sequence[Reminder] = ()
    verifications: Sequence[Verification] = ()


def timeline(pieces: Pieces, *, only: str = "") -> list[Entry]:
    """All entries, or those of one kind, newest first."""
    found = [
        *_birth(pieces.commitment),
        *_news(pieces),
        *_steps(pieces.moves),
        *_changes(pieces.terms),
        *_consents(pieces.consents),
        *_decisions(pieces.verifications),
        *_reminders(pieces.reminders),
    ]
    wanted = [entry for entry in found if not only or entry.kind == only]
    return sorted(wanted, key=lambda entry: entry.at)[::-1]  # of one instant the later told comes first


def shifts(terms: Sequence[Terms]) -> list[tuple[dt.date, dt.date | None, str]]:
    """Changes of a date that was set: (before, after, reason), oldest first."""
    return [
        (before.due_on, after.due_on, after.reason)
        for before, after in zip(terms, terms[1:], strict=False)
        if before.due_on is not None and before.due_on != after.due_on
    ]


def _birth(commitment: Commitment) -> Iterator[Entry]:
    meeting = commitment.meeting
    if meeting is not None:
        title = _("Berasal dari pertemuan %(code)s") % {"code": meeting.code}
    else:
        origin = commitment.get_origin_display()
        title = _("Berasal dari %(origin)s %(reference)s") % {
            "origin": origin,
            "reference": commitment.origin_reference,
        }
    yield Entry(commitment.created_at, CHANGES, title.strip(), commitment.host_agency.short_name, look="is-key")


def _news(pieces: Pieces) -> Iterator[Entry]:
    titles = {
        ProgressKind.NEWS: _("Perkembangan"),
        ProgressKind.OBSTACLE: _("Kendala"),
        ProgressKind.CLAIM: _("Dilaporkan selesai"),
    }
    looks = {ProgressKind.OBSTACLE: "is-late", ProgressKind.CLAIM: "is-key"}
    papers: dict[int, list[Evidence]] = {}
    for proof in pieces.evidence:
        papers.setdefault(proof.progress_id, []).append(proof)
    unit = pieces.commitment.unit
    before: Decimal | None = None
    for entry in pieces.progress:
        notes = []
        if entry.realised is not None:
            notes.append(_total_words(before, entry, unit))
            before = entry.realised
        if entry.source_kind:
            notes.append(_source_words(entry))
        yield Entry(
            entry.at,
            NEWS,
            titles[ProgressKind(entry.kind)],
            _voice_words(entry),
            entry.text,
            tuple(notes),
            tuple(papers.get(entry.pk, ())),
            looks.get(ProgressKind(entry.kind), ""),
        )


def _total_words(before: Decimal | None, entry: Progress, unit: str) -> str:
    numbers = {"before": angka(before or 0), "after": angka(entry.realised), "unit": unit}
    return (_("Realisasi %(before)s menjadi %(after)s %(unit)s") % numbers).strip()


def _source_words(entry: Progress) -> str:
    return _("Sumber: %(kind)s, %(who)s, %(day)s") % {
        "kind": entry.get_source_kind_display(),
        "who": entry.source_text,
        "day": tanggal_pendek(entry.source_on),
    }


def _voice_words(entry: Progress) -> str:
    name = f"{entry.agency.short_name}, {entry.author.name}"
    if entry.on_behalf_of is None:
        return name
    return _("%(name)s, atas nama %(agency)s") % {"name": name, "agency": entry.on_behalf_of.short_name}


def _steps(moves: Iterable[Move]) -> Iterator[Entry]:
    for step in moves:
        if step.verb not in TOLD_ELSEWHERE:
            title = _("Status menjadi %(status)s") % {"status": step.get_to_status_display()}
            yield Entry(step.at, CHANGES, title, step.by.name if step.by else "", step.reason)


def _changes(terms: Sequence[Terms]) -> Iterator[Entry]:
    """What each version changed against the one before; a version that only raised its basis says so."""
    for before, after in zip(terms, terms[1:], strict=False):
        changes = tuple(_compared(before, after))
        who = after.proposed_by.name if after.proposed_by else ""
        title = _("Isian diubah") if changes else _("Isian dikuatkan")
        yield Entry(after.at, CHANGES, title, who, after.reason, changes)


def _compared(before: Terms, after: Terms) -> Iterator[str]:
    pairs = (
        (_("Rumusan"), f"“{before.wording}”", f"“{after.wording}”"),
        (_("Penanggung jawab"), str(before.lead or ""), str(after.lead or "")),
        (_("Tenggat"), _dated(before), _dated(after)),
        (_("Target"), _targeted(before), _targeted(after)),
    )
    for label, old, new in pairs:
        if old != new:
            empty = _("kosong")
            yield _("%(label)s: %(old)s menjadi %(new)s") % {"label": label, "old": old or empty, "new": new or empty}


def _dated(terms: Terms) -> str:
    if terms.due_on is None:
        return ""
    return f"{tanggal_pendek(terms.due_on)} ({terms.get_due_basis_display()})"


def _targeted(terms: Terms) -> str:
    return f"{angka(terms.target)} {terms.unit}".strip()


def _consents(consents: Iterable[Consent]) -> Iterator[Entry]:
    """Each answer once, although it is copied to a version that only raised the basis."""
    told = set()
    for consent in consents:
        key = (consent.agency_id, consent.answer, consent.at, consent.name)
        if key not in told:
            told.add(key)
            title = f"{consent.agency.short_name}: {consent_words(consent)}"
            yield Entry(consent.at, CHANGES, title, "", consent.text)


def consent_words(consent: Consent) -> str:
    """``disepakati dalam rapat oleh Nama, Jabatan``."""
    answer = Strength(consent.strength).label if consent.answer == "AGREED" else consent.get_answer_display()
    speaker = ", ".join(filter(None, [consent.name, consent.post_text]))
    return _("%(answer)s oleh %(who)s") % {"answer": answer, "who": speaker} if speaker else str(answer)


def _decisions(verifications: Iterable[Verification]) -> Iterator[Entry]:
    for decision in verifications:
        is_done = decision.verdict == Verdict.ACCEPTED
        title = _("Dinyatakan selesai") if is_done else _("Dikembalikan untuk dilengkapi")
        notes, papers = [], []
        if decision.document is not None:
            words = _("Dengan dokumen %(number)s, ditandatangani %(name)s, %(post)s")
            notes.append(
                words
                % {
                    "number": decision.document.letter_number,
                    "name": decision.signer_name,
                    "post": decision.signer_post,
                }
            )
            papers.append(decision.document)
        who = decision.decided_by or decision.recorded_by
        look = "is-done" if is_done else "is-late"
        yield Entry(decision.at, NEWS, title, who.name, decision.reason, tuple(notes), tuple(papers), look)


def _reminders(reminders: Iterable[Reminder]) -> Iterator[Entry]:
    """Once per rung and day, without naming who was reminded."""
    told = set()
    for reminder in reminders:
        at = (reminder.delivery.sent_at if reminder.delivery else None) or reminder.at
        key = (reminder.rung, reminder.due_on, at.date())
        if key in told:
            continue
        told.add(key)
        if reminder.rung == Rung.GAPS:
            title = _("Pengingat untuk melengkapi isian terkirim")
        else:
            title = _("Pengingat %(rung)s terkirim") % {"rung": reminder.rung}
        yield Entry(at, REMINDERS, title)
