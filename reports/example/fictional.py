"""The fictional part: an agreement of *contoh* parties and what became of it, relative to the loading day.

BP3MI Jakarta appears only as the office that keeps the record; every promise is made by a fictional unit.
Each status, strength and gap that an action reaches occurs at least once.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from agencies.actions import PartyEntry, add_clauses, enter_agreement, keep_contact
from agencies.models import Agency, Agreement, AuditAssignment, Clause, User
from agencies.scope_text import ClauseEntry
from commitments.actions import decide, follow_up
from commitments.actions.entries import LetterEntry, LineEntry, MeetingEntry, Presence
from commitments.actions.recording import log_meeting, record_letter, share, share_commitments
from commitments.actions.terms import TermsEntry, Tick
from commitments.carry import agenda_of, carried
from commitments.models import Commitment, Origin
from commitments.reminders import working_calendar
from meetings.models import Meeting, MeetingKind
from meetings.planning import PlanEntry, plan
from reports.example.proof import LETTER, photo, picture

SCOPE = (
    ("1", "Sosialisasi peluang kerja di negara tujuan (contoh)"),
    ("2", "Pendidikan dan pelatihan calon pekerja migran (contoh)"),
    ("3", "Pelindungan pekerja migran dan keluarganya (contoh)"),
    ("4", "Pemberdayaan purna pekerja migran (contoh)"),
)


@dataclass(frozen=True)
class Line:
    """One example line: words, lead, days until its date counted from the loading day, who agreed in the room."""

    key: str
    wording: str
    lead: str | None = None
    due: int | None = None
    agreed: bool = False
    target: int | None = None
    unit: str = ""
    scope: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()


AGREED, PROPOSED = True, False  # in the room, or only typed
LINES = (
    Line(
        "late",
        "Sosialisasi migrasi aman di SMK (contoh)",
        "contoh-a",
        -12,
        AGREED,
        12,
        "sekolah",
        ("1",),
        ("contoh-b",),
    ),
    Line("soon", "Pelatihan bahasa bagi calon pekerja migran (contoh)", "contoh-a", 6, AGREED, 4, "kelas", ("2",)),
    Line("claimed", "Bursa kerja terpadu (contoh)", "contoh-a", 20, AGREED, 2, "kali", ("1",)),
    Line("returned", "Pendataan keluarga pekerja migran (contoh)", "contoh-a", 40, AGREED, 200, "keluarga", ("3",)),
    Line("done", "Pos informasi migrasi aman (contoh)", "contoh-b", -3, AGREED, 3, "pos", ("1", "3")),
    Line("by-document", "Modul pelatihan kerja bersama (contoh)", "contoh-c", 15, AGREED, 1, "modul", ("2",)),
    Line("blocked", "Pendampingan usaha purna pekerja migran (contoh)", "contoh-b", 30, AGREED, 50, "orang", ("4",)),
    Line("past-proposal", "Layanan pengaduan keluarga (contoh)", "contoh-c", -5, PROPOSED, 1, "layanan", ("3",)),
    Line("running", "Penyuluhan di kelurahan (contoh)", "contoh-c", 25, PROPOSED, 8, "kelurahan"),
    Line("no-target", "Koordinasi data penempatan (contoh)", "contoh-b", 60, AGREED, scope=("3",)),
    Line("no-date", "Penjajakan kelurahan ramah migran (contoh)", "contoh-a"),
    Line(
        "no-owner", "Kampanye bersama pencegahan perdagangan orang (contoh)", None, 45, PROPOSED, 2, "kampanye", ("3",)
    ),
)


class Story:
    """Tells the fictional part once, day by day, relative to ``now``."""

    def __init__(self, agencies: dict[str, Agency], people: dict[str, User], *, now: dt.datetime) -> None:
        self.agencies, self.people, self.now = agencies, people, now
        self.officer, self.supervisor = people["petugas.bp3mi"], people["pimpinan.bp3mi"]
        self.unit_officer, self.unit_supervisor = people["petugas.contoh"], people["pimpinan.contoh"]
        self.host = agencies["bp3mi-jakarta"]
        self.rows: dict[str, Commitment] = {}

    def day(self, offset: int, hour: int = 10) -> dt.datetime:
        """An instant ``offset`` days from now, never later than now."""
        return min(
            self.now, (self.now + dt.timedelta(days=offset)).replace(hour=hour, minute=0, second=0, microsecond=0)
        )

    def tell(self) -> Agreement:
        """Enter the agreement, hold the meetings, and let things happen."""
        code = f"NK-{self.now.year}-001"
        existing = Agreement.objects.filter(code=code).first()
        if existing:
            return existing
        agreement = self._agreement(code)
        self._meeting(agreement)
        self._progress()
        self._decisions()
        self._draft(agreement)
        self._letter(agreement)
        self._plan(agreement)
        return agreement

    def _agreement(self, code: str) -> Agreement:
        at = self.day(-90)
        agreement = enter_agreement(
            by=None,
            at=at,
            code=code,
            signed_on=at.date(),
            title="Penempatan dan Pelindungan Pekerja Migran (contoh)",
            starts_on=at.date(),
            ends_on=(at + dt.timedelta(days=3 * 365)).date(),
            host_agency=self.host,
            is_example=True,
            parties=[
                PartyEntry(self.agencies["kementerian-contoh"], "", "Menteri Contoh"),
                PartyEntry(self.agencies["pemprov-contoh"], "", "Gubernur Contoh"),
            ],
        )
        add_clauses(agreement, [ClauseEntry(number, text) for number, text in SCOPE], by=None, at=at, is_example=True)
        AuditAssignment.objects.create(user=self.people["auditor"], agreement=agreement, starts_on=at.date())
        for unit in ("contoh-b", "contoh-c"):
            keep_contact(by=None, at=at, agency=self.agencies[unit], kept_by=self.host, post_text="Narahubung (contoh)")
        return agreement

    def _meeting(self, agreement: Agreement) -> Meeting:
        clauses = {clause.number: clause for clause in agreement.clauses.all()}
        text, entries = self._box(LINES, clauses)
        meeting = log_meeting(
            MeetingEntry(
                host_agency=self.host,
                held_on=self.day(-60).date(),
                kind=MeetingKind.COORDINATION,
                counterpart=self.agencies["kota-contoh"],
                agreement=agreement,
                place="Ruang rapat contoh",
                minutes="Rapat contoh membahas pembagian tugas. Seluruh isi pertemuan ini adalah contoh.",
                present=tuple(
                    Presence(self.agencies[unit], post_text="Perwakilan")
                    for unit in ("contoh-a", "contoh-b", "contoh-c")
                ),
            ),
            text=text,
            lines=entries,
            by=self.officer,
            at=self.day(-60, 12),
            is_example=True,
        )
        share(meeting, by=self.officer, at=self.day(-60, 15))
        ordered = meeting.commitments.order_by("position")
        self.rows = {line.key: row for line, row in zip(LINES, ordered, strict=True)}
        return meeting

    def _box(self, lines: tuple[Line, ...], clauses: dict[str, Clause]) -> tuple[str, list[LineEntry]]:
        """The typed text and its lines, as the log page would hand them over."""
        entries, start = [], 0
        for line in lines:
            entries.append(self._entry(line, clauses, start))
            start += len(line.wording) + 1
        return "\n".join(line.wording for line in lines), entries

    def _entry(self, line: Line, clauses: dict[str, Clause], start: int) -> LineEntry:
        lead = self.agencies[line.lead] if line.lead else None
        terms = TermsEntry(
            wording=line.wording,
            lead=lead,
            due_on=(self.now + dt.timedelta(days=line.due)).date() if line.due is not None else None,
            target=Decimal(line.target) if line.target else None,
            unit=line.unit,
            supporting=tuple(self.agencies[code] for code in line.supporting),
            clauses=tuple(clauses[number] for number in line.scope),
        )
        ticks = (Tick(lead, post_text="Perwakilan"),) if line.agreed and lead else ()
        return LineEntry(terms, start, start + len(line.wording), ticks=ticks)

    def _progress(self) -> None:
        own, rows = self.unit_officer, self.rows
        follow_up.report_progress(
            rows["late"], by=own, at=self.day(-40), text="Lima sekolah sudah dikunjungi (contoh).", realised=Decimal(5)
        )
        follow_up.start(rows["soon"], by=own, at=self.day(-35))
        follow_up.report_progress(
            rows["soon"],
            by=own,
            at=self.day(-20),
            text="Tiga kelas selesai, satu berjalan (contoh).",
            realised=Decimal(3),
        )
        told = follow_up.OnBehalf(
            source_kind="WHATSAPP", source_text="Narahubung Sudin Contoh B", source_on=self.day(-15).date()
        )
        follow_up.report_progress(
            rows["blocked"],
            by=self.officer,
            at=self.day(-15),
            text="Dua belas orang mulai didampingi (contoh).",
            realised=Decimal(12),
            on_behalf=told,
        )
        follow_up.block(
            rows["blocked"],
            by=self.officer,
            at=self.day(-8),
            obstacle="Pelatih usaha belum tersedia (contoh).",
            decider="Kepala Sudin Contoh B",
            on_behalf=told,
        )
        follow_up.report_progress(
            rows["running"],
            by=self.officer,
            at=self.day(-10),
            text="Dua kelurahan sudah diberi penyuluhan (contoh).",
            realised=Decimal(2),
            on_behalf=follow_up.OnBehalf("PHONE", "Narahubung Sudin Contoh C", self.day(-10).date()),
        )

    def _decisions(self) -> None:
        rows = self.rows
        self._claim("claimed", by=self.unit_officer, ago=-4, text="Dua bursa kerja terlaksana (contoh).", realised=2)
        self._claim("returned", by=self.unit_officer, ago=-9, text="Pendataan selesai (contoh).", realised=150)
        decide.send_back(
            rows["returned"],
            by=self.supervisor,
            at=self.day(-7),
            reason="Rekap per kelurahan belum dilampirkan (contoh).",
        )
        self._claim("done", by=self.officer, ago=-14, text="Tiga pos sudah melayani (contoh).", realised=3, unit="B")
        done = Commitment.objects.get(pk=rows["done"].pk)
        decide.verify(
            done,
            by=self.supervisor,
            at=self.day(-11),
            seen_digest=decide.claim_digest(done, done.progress.get(kind="CLAIM")),
        )
        self._claim(
            "by-document", by=self.officer, ago=-13, text="Modul selesai disusun (contoh).", realised=1, unit="C"
        )
        decide.verify_by_document(
            rows["by-document"],
            by=self.officer,
            at=self.day(-6),
            letter_number="ND-CONTOH/01",
            letter_on=self.day(-6).date(),
            signer_name="Kepala Sudin Contoh C",
            signer_post="Kepala Suku Dinas Contoh C",
            file=picture("Nota dinas contoh"),
        )

    def _claim(self, key: str, *, by: User, ago: int, text: str, realised: int, unit: str = "") -> None:
        told = None
        if unit:
            told = follow_up.OnBehalf("LETTER", f"Narahubung Sudin Contoh {unit}", self.day(ago).date())
        follow_up.submit(
            self.rows[key],
            by=by,
            at=self.day(ago),
            text=text,
            realised=Decimal(realised),
            evidence=[photo(self.rows[key].code), LETTER],
            on_behalf=told,
        )

    def _draft(self, agreement: Agreement) -> None:
        """A meeting of yesterday that nobody has shared yet."""
        words = "Penyusunan jadwal monitoring bersama (contoh)"
        log_meeting(
            MeetingEntry(
                host_agency=self.host,
                held_on=self.day(-1).date(),
                kind=MeetingKind.FOLLOW_UP,
                counterpart=self.agencies["kota-contoh"],
                agreement=agreement,
                present=(Presence(self.agencies["contoh-a"]),),
            ),
            text=words,
            lines=[LineEntry(TermsEntry(words, lead=self.agencies["contoh-a"]), 0, len(words))],
            by=self.officer,
            at=self.day(-1, 16),
            is_example=True,
        )

    def _plan(self, agreement: Agreement) -> None:
        """An evaluation a week ahead, with what is open as its agenda."""
        city = self.agencies["kota-contoh"]
        held_on = working_calendar().first_on_or_after((self.now + dt.timedelta(days=7)).date())
        entry = PlanEntry(
            host_agency=self.host,
            held_on=held_on,
            kind=MeetingKind.EVALUATION,
            counterpart=city,
            agreement=agreement,
            place="Ruang rapat contoh",
            starts_at=dt.time(9),
            ends_at=dt.time(11),
        )
        rows = carried(self.host, city, self.officer, at=self.now)
        plan(entry, agenda=agenda_of(rows), by=self.officer, at=self.now, is_example=True)

    def _letter(self, agreement: Agreement) -> None:
        """A commitment that came by letter, not from a meeting."""
        words = "Penyampaian data pelatihan triwulanan (contoh)"
        clause = agreement.clauses.get(number="2")
        terms = TermsEntry(
            words,
            lead=self.agencies["contoh-c"],
            due_on=(self.now + dt.timedelta(days=35)).date(),
            target=Decimal(1),
            unit="laporan",
            clauses=(clause,),
        )
        made = record_letter(
            LetterEntry(self.host, Origin.LETTER, self.day(-20).date(), "S-CONTOH/12", agreement),
            text=words,
            lines=[LineEntry(terms, 0, len(words))],
            by=self.officer,
            at=self.day(-19),
            is_example=True,
        )
        share_commitments(made, by=self.officer, at=self.day(-19, 11))
