"""One made-up meeting and its commitments as unsaved rows, complete but for the keys of each other."""

import datetime as dt
import hashlib
import random
from dataclasses import dataclass, field
from decimal import Decimal

from agencies.models import Agency, Clause, User
from commitments.models import (
    Commitment,
    CommitmentMerge,
    Consent,
    DueBasis,
    Evidence,
    EvidenceKind,
    Kind,
    Move,
    Progress,
    ProgressKind,
    SourceKind,
    Strength,
    Terms,
    Verdict,
    Verification,
)
from commitments.status import CLOSED, Status, Verb
from config.workdays import WIB
from meetings.models import Attendance, Meeting, MeetingKind, SourceText
from reports.load import phrases
from reports.load.lives import Life, Step, live
from reports.load.offices import City, Region

KINDS = (*(Kind.AGREED,) * 6, Kind.PLAN, Kind.PLAN, Kind.PLEDGE, Kind.EXPLORATION)
ENTRY = {
    Verb.REPORT: ProgressKind.NEWS,
    Verb.BLOCK: ProgressKind.OBSTACLE,
    Verb.RESUME: ProgressKind.NEWS,
    Verb.SUBMIT: ProgressKind.CLAIM,
}


@dataclass(slots=True)
class Version:
    """One version of what is promised, with the yes of its lead when ``consent`` is set."""

    terms: Terms
    consent: Consent | None


@dataclass(slots=True)
class Entry:
    """One entry of the journal with its proof and what was decided over it."""

    progress: Progress
    evidence: Evidence | None = None
    verification: Verification | None = None


@dataclass(slots=True)
class Line:
    """One commitment with everything that belongs to it."""

    commitment: Commitment
    supporters: list[Agency]
    clauses: list[Clause]
    versions: list[Version]
    moves: list[Move]
    entries: list[Entry] = field(default_factory=list)
    merge: CommitmentMerge | None = None


@dataclass(slots=True)
class Told:
    """A meeting with those present, its words and its lines. Codes are given when it is kept."""

    meeting: Meeting
    present: list[Attendance]
    source: SourceText
    lines: list[Line]


def tell(chance: random.Random, region: Region, held_on: dt.date, *, lines: int, now: dt.datetime) -> Told:
    """Make up one meeting of a region on a day, with ``lines`` commitments, as they stand ``now``."""
    city, agreement = chance.choice(region.cities), chance.choice(region.agreements)
    noted_at = dt.datetime.combine(held_on, dt.time(14, chance.randrange(60)), tzinfo=WIB)
    age = (now - noted_at).days
    is_shared = age > 7 or (age > 1 and chance.random() < 0.6)
    shared_at = noted_at + dt.timedelta(minutes=45)
    meeting = Meeting(
        kind=chance.choice(MeetingKind.values), held_on=held_on, host_agency=region.office, counterpart=city.agency,
        agreement=agreement, led_by="Kepala Balai", received_by="Wali Kota", place="Ruang rapat contoh",
        is_open_list=chance.random() < 0.2, shared_at=shared_at if is_shared else None, created_at=noted_at,
        created_by=region.officer, is_example=True,
    )  # fmt: skip
    present = [city.agency, *chance.sample(city.units, 3)]
    words = [phrases.wording(chance) for _line in range(lines)]
    text = "\n".join(words)
    told = Told(
        meeting,
        [Attendance(meeting=meeting, agency=agency, post_text="Perwakilan") for agency in present],
        SourceText(
            meeting=meeting, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), label="Baris komitmen",
            created_at=noted_at, created_by=region.officer,
        ),
        [],
    )  # fmt: skip
    start = 0
    for position, wording in enumerate(words, start=1):
        life = live(chance, shared_at=shared_at, now=now, is_shared=is_shared)
        line = _Teller(chance, region, city, told, life, now).line(wording)
        line.commitment.position, line.commitment.span_start = position, start
        line.commitment.span_end = start + len(wording)
        start += len(wording) + 1
        told.lines.append(line)
    return told


class _Teller:
    """Turns one life into rows."""

    def __init__(
        self, chance: random.Random, region: Region, city: City, told: Told, life: Life, now: dt.datetime
    ) -> None:
        self.chance, self.region, self.told, self.life, self.now = chance, region, told, life, now
        self.units = chance.sample(city.units, 1 + life.supporters)
        self.lead = self.units[0] if life.has_lead else None
        self.held_on, self.noted_at = told.meeting.held_on, told.meeting.created_at

    def line(self, wording: str) -> Line:
        """The whole commitment."""
        commitment = self._commitment(wording)
        scopes = self.region.scopes[self.told.meeting.agreement_id or 0]
        line = Line(
            commitment,
            supporters=self.units[1:],
            clauses=self.chance.sample(scopes, self.life.scopes),
            versions=self._versions(commitment),
            moves=[self._move(commitment, step) for step in self.life.steps],
        )
        line.entries = self._entries(commitment)
        return line

    def _commitment(self, wording: str) -> Commitment:
        chance, life, meeting = self.chance, self.life, self.told.meeting
        due_on = self._day(life.due_days)
        keeper = self.lead or self.region.office
        status = life.status
        return Commitment(
            origin_on=self.held_on, meeting=meeting, agreement=meeting.agreement, host_agency=self.region.office,
            kind=chance.choice(KINDS), is_important=chance.random() < 0.05, source=self.told.source,
            wording=wording, lead=self.lead, due_on=due_on, due_basis=self._basis(agreed=life.agreed),
            late_from=keeper.midnight_after(due_on) if due_on else None,
            target=Decimal(chance.choice((1, 2, 4, 5, 10, 12, 50, 100))) if life.has_target else None,
            unit=chance.choice(phrases.UNITS) if life.has_target else "", reminders_from=self.now.date(),
            status=status, shared_at=life.steps[0].at if life.steps else None,
            submitted_at=self._submitted_at(), closed_at=life.steps[-1].at if status in CLOSED else None,
            created_at=self.noted_at, created_by=self.region.officer, is_example=True,
        )  # fmt: skip

    def _day(self, days: int | None) -> dt.date | None:
        return self.held_on + dt.timedelta(days=days) if days is not None else None

    def _basis(self, *, agreed: bool) -> str:
        if self.life.due_days is None:
            return ""
        return DueBasis.AGREED if agreed else DueBasis.PROPOSED

    def _submitted_at(self) -> dt.datetime | None:
        """When the standing claim was made; a returned one no longer counts."""
        for step in reversed(self.life.steps):
            if step.verb in (Verb.SUBMIT, Verb.SEND_BACK):
                return step.at if step.verb == Verb.SUBMIT else None
        return None

    def _versions(self, commitment: Commitment) -> list[Version]:
        """Each date first as a proposal, then, when its lead agreed, as agreed; the last one binds."""
        days = list(dict.fromkeys((self.life.first_days, self.life.due_days)))
        made: list[Version] = []
        for shift, day in enumerate(days):
            at = self.noted_at + dt.timedelta(days=20 * shift)
            for agreed in (False, True) if self.life.agreed else (False,):
                version = self._version(commitment, day, len(made) + 1, agreed=agreed, at=min(at, self.now))
                version.terms.reason = self.chance.choice(phrases.SHIFTS) if shift and not agreed else ""
                made.append(version)
        commitment.terms_n, commitment.version = len(made), len(made) + len(self.life.steps)
        return made

    def _version(self, commitment: Commitment, days: int | None, n: int, *, agreed: bool, at: dt.datetime) -> Version:
        terms = Terms(
            commitment=commitment, n=n, wording=commitment.wording, lead=self.lead, due_on=self._day(days),
            due_basis=self._basis(agreed=agreed), target=commitment.target, unit=commitment.unit,
            proposed_by=self.region.officer, at=at,
        )  # fmt: skip
        stands = self.lead is not None and (self.life.agreed or self.life.due_days is None)
        if not stands:
            return Version(terms, None)
        yes = Consent(
            agency=self.lead, terms=terms, strength=Strength.IN_MEETING, post_text="Perwakilan",
            source="Pertemuan contoh", by=self.region.officer, at=at,
        )  # fmt: skip
        return Version(terms, yes)

    def _move(self, commitment: Commitment, step: Step) -> Move:
        decides = step.verb in (Verb.VERIFY, Verb.SEND_BACK)
        return Move(
            commitment=commitment, from_status=step.before, to_status=step.after, verb=step.verb, at=step.at,
            by=self.region.supervisor if decides else self.region.officer,
            reason=phrases.RETURNS[0] if step.verb == Verb.SEND_BACK else "",
        )  # fmt: skip

    def _entries(self, commitment: Commitment) -> list[Entry]:
        made: list[Entry] = []
        for step in self.life.steps:
            if step.verb in ENTRY:
                made.append(self._entry(commitment, step, share=(len(made) + 1) / 4))
            elif step.verb in (Verb.VERIFY, Verb.SEND_BACK):
                made[-1].verification = self._decision(made[-1].progress, step)
        return made

    def _entry(self, commitment: Commitment, step: Step, *, share: float) -> Entry:
        is_claim = step.verb == Verb.SUBMIT
        realised = None
        if commitment.target is not None and step.verb in (Verb.REPORT, Verb.SUBMIT):
            realised = commitment.target if is_claim else Decimal(int(commitment.target * Decimal(share)))
            commitment.realised = realised
        commitment.last_progress_at = step.at
        progress = Progress(
            commitment=commitment, kind=ENTRY[step.verb], realised=realised, author=self.region.officer,
            text=self.chance.choice(phrases.OBSTACLES if step.verb == Verb.BLOCK else phrases.NEWS),
            agency=self.region.office, on_behalf_of=self.lead, at=step.at,
        )  # fmt: skip
        if self.lead is not None:
            progress.source_kind, progress.source_text = self.chance.choice(SourceKind.values), "Narahubung contoh"
            progress.source_on = step.at.astimezone(WIB).date()
        proof = None
        if is_claim:
            number = f"S-CONTOH/{self.chance.randrange(1, 10_000)}"
            proof = Evidence(progress=progress, kind=EvidenceKind.LETTER, letter_number=number)
        return Entry(progress, proof)

    def _decision(self, claim: Progress, step: Step) -> Verification:
        is_accepted = step.verb == Verb.VERIFY
        supervisor: User = self.region.supervisor
        return Verification(
            claim=claim, verdict=Verdict.ACCEPTED if is_accepted else Verdict.RETURNED, claimed_by=claim.author,
            recorded_by=supervisor, decided_by=supervisor, seen_digest=hashlib.sha256(claim.text.encode()).hexdigest(),
            reason="" if is_accepted else phrases.RETURNS[0], at=step.at,
        )  # fmt: skip


def facts_of(told: Told) -> str:
    """Everything that was made up about a meeting, without keys and codes: the same seed gives the same text."""
    rows = [f"{told.meeting.held_on} {told.meeting.host_agency.code} {told.source.sha256}"]
    for line in told.lines:
        commitment = line.commitment
        lead = commitment.lead.code if commitment.lead else "-"
        steps = ",".join(f"{move.verb}@{move.at.isoformat()}" for move in line.moves)
        scope = ",".join(clause.number for clause in line.clauses)
        support = ",".join(agency.code for agency in line.supporters)
        rows.append(
            f"{lead} {commitment.due_on} {commitment.due_basis} {commitment.target} {commitment.kind} {scope} "
            f"{support} {commitment.terms_n} {steps}"
        )
    return "\n".join(rows)


def is_merge(line: Line) -> bool:
    """Whether this line was merged into another one."""
    return line.commitment.status == Status.MERGED
