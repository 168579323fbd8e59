"""A foreign world in which every text sings: each text field of each row holds a token of its own.

Two agencies that share nothing with the example, with an agreement, a shared meeting, a draft, a commitment in
every place where text can stand, notices, contacts, a report and its job. The names and codes of agencies and the
titles of posts are no secret (the directory is everybody's), so they hold no token.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from agencies.audit import sha256
from agencies.models import (
    Agency,
    AgencyKind,
    Agreement,
    AuditAssignment,
    Channel,
    Clause,
    Contact,
    Delivery,
    Draft,
    Event,
    EventText,
    Party,
    Post,
    Role,
    Tenure,
    User,
)
from commitments.models import (
    Commitment,
    Consent,
    Contribution,
    Evidence,
    Move,
    Progress,
    Reminder,
    Terms,
    Verification,
)
from meetings.minutes_content import content_of
from meetings.models import (
    AgendaItem,
    Attendance,
    CheckIn,
    Meeting,
    MeetingFile,
    MinutesNote,
    MinutesVersion,
    SourceText,
    Statement,
)
from reports.counting.periods import read_period
from reports.models import Report, ReportJob
from reports.snapshots.making import freeze
from tests.factories import at

TOKEN = re.compile(r"(?:KNR|knr)[0-9]{4}X")
LONG_AGO = at("2026-01-28", "12.00")
LAST_WEEK = dt.date(2026, 2, 2)


class ForeignWorld:
    """The rows, the tokens and the addresses of two agencies nobody of the example has to do with."""

    def __init__(self, agreement: Agreement | None = None) -> None:
        """With an ``agreement``, theirs is that one: then they are only parties beside the example's agencies."""
        self.fields: dict[str, str] = {}
        self.host, self.lead = self._agency("kenari"), self._agency("gelatik")
        self.officer = self._person(self.host, Role.OFFICER, Role.SUPERVISOR, Role.PRESS)
        self.partner = self._person(self.lead, Role.OFFICER, Role.SUPERVISOR)
        self.agreement = agreement or self._own_agreement()
        self.clause = self._sing(Clause, agreement=self.agreement)
        self.meeting, self.draft_meeting = self._meeting("A-2026-777", LONG_AGO), self._meeting("A-2026-778", None)
        self.commitment = self._commitment("K-2026-777", self.meeting, "SUBMITTED")
        self.draft = self._commitment("K-2026-778", self.draft_meeting, "DRAFT")
        self.done = self._commitment("K-2026-779", self.meeting, "DONE")
        self._journal(self.commitment)
        self._verified(self.done)
        self._messages()
        self._reports()

    def grow(self, round_: int) -> int:
        """More of the same: meetings, drafts, claims, files, notices, reports; returns how many texts that were."""
        before = len(self.fields)
        meeting = self._meeting(f"A-2026-8{round_}1", LONG_AGO)
        for number, status in enumerate(("SUBMITTED", "NOT_STARTED", "DONE")):
            row = self._commitment(f"K-2026-8{round_}{number}", meeting, status)
            self._journal(row)
        self._commitment(f"K-2026-8{round_}9", self._meeting(f"A-2026-8{round_}2", None), "DRAFT")
        self._person(self.host, Role.OFFICER)
        self._messages()
        self._reports()
        return len(self.fields) - before

    def token(self, place: str) -> str:
        """A new token; what it stands in is remembered, so that a leak names its field."""
        word = f"KNR{len(self.fields):04d}X"
        self.fields[word] = place
        return word

    def _sing(self, model: type[models.Model], **given: object) -> models.Model:
        """A row whose every free text is a token of its own."""
        texts = {}
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.FileField)
            if is_text and not field.choices and field.name not in given:
                texts[field.name] = self.token(f"{model.__name__}.{field.name}")[: field.max_length]
        return model._default_manager.create(**(texts | given))

    def _own_agreement(self) -> Agreement:
        made = self._sing(
            Agreement, code="NK-2024-777", signed_on=LAST_WEEK, host_agency=self.host, created_at=LONG_AGO
        )
        for position, agency in enumerate((self.host, self.lead), start=1):
            self._sing(Party, agreement=made, agency=agency, position=position)
        return made

    def _agency(self, code: str) -> Agency:
        return Agency.objects.create(code=code, name=f"Dinas {code}", short_name=code, kind=AgencyKind.CITY_OFFICE)

    def _person(self, agency: Agency, *roles: str) -> User:
        name = self.token("User.name")
        user = User.objects.create(name=name, email=f"{self.token('User.email').lower()}@simpul.example", password="!")
        post, _created = Post.objects.get_or_create(agency=agency, title="Jabatan")
        for role in roles:
            Tenure.objects.create(post=post, user=user, role=role, starts_on=dt.date(2020, 1, 1))
        return user

    def _meeting(self, code: str, shared_at: dt.datetime | None) -> Meeting:
        meeting = self._sing(
            Meeting, code=code, held_on=LAST_WEEK, host_agency=self.host, counterpart=self.lead, shared_at=shared_at,
            agreement=self.agreement, created_at=LONG_AGO, created_by=self.officer, checkin_until=LONG_AGO,
        )  # fmt: skip
        self._sing(CheckIn, meeting=meeting, at=LONG_AGO)
        self._sing(CheckIn, meeting=meeting, at=LONG_AGO, taken_over_at=LONG_AGO)
        self._sing(Attendance, meeting=meeting, agency=self.lead)
        self.statement = self._sing(Statement, meeting=meeting, agency=self.lead, may_quote=True)
        self._minutes(meeting)
        file = ContentFile(b"%PDF-1.7 " + self.token("MeetingFile.file").encode(), name="kenari.pdf")
        self.meeting_file = self._sing(
            MeetingFile, meeting=meeting, kind="MINUTES", file=file, content_type="application/pdf", size=9,
            added_by=self.officer, added_at=LONG_AGO,
        )  # fmt: skip
        return meeting

    def _minutes(self, meeting: Meeting) -> None:
        """An agenda, and for a shared meeting a version of the minutes that was objected to."""
        self._sing(AgendaItem, meeting=meeting, about_code="")
        if meeting.shared_at is None:
            return
        meeting.minutes_status = "SENT"
        meeting.save()
        content = content_of(meeting) | {"sent_to": []}
        version = self._sing(MinutesVersion, meeting=meeting, n=1, content=content, at=LONG_AGO, by=self.officer)
        self._sing(MinutesNote, version=version, kind="OBJECTION", agency=self.lead, at=LONG_AGO, by=self.officer)

    def _commitment(self, code: str, meeting: Meeting, status: str) -> Commitment:
        source = self._sing(SourceText, meeting=meeting, created_at=LONG_AGO, created_by=self.officer)
        shared_at = None if status == "DRAFT" else LONG_AGO
        row = self._sing(
            Commitment, code=code, meeting=meeting, agreement=self.agreement, host_agency=self.host, lead=self.lead,
            origin="MEETING", origin_on=LAST_WEEK, source=source, span_start=0, span_end=8, status=status,
            due_on=LAST_WEEK, due_basis="AGREED", late_from=at("2026-02-03", "00.00"), shared_at=shared_at,
            submitted_at=LONG_AGO if status == "SUBMITTED" else None, closed_at=LONG_AGO if status == "DONE" else None,
            created_at=LONG_AGO, created_by=self.officer, terms_n=1,
        )  # fmt: skip
        row.clauses.add(self.clause)
        terms = self._sing(
            Terms, commitment=row, n=1, lead=self.lead, due_on=LAST_WEEK, due_basis="AGREED", at=LONG_AGO
        )
        self._sing(Consent, agency=self.lead, terms=terms, answer="OBJECTED", strength="IN_MEETING", at=LONG_AGO)
        if status != "DRAFT":
            self._sing(Move, commitment=row, from_status="DRAFT", to_status="NOT_STARTED", verb="SHARE", at=LONG_AGO)
            self._sing(Contribution, commitment=row, agency=self.host)
        return row

    def _journal(self, commitment: Commitment) -> Progress:
        entry = self._sing(
            Progress, commitment=commitment, kind="CLAIM", author=self.partner, agency=self.lead, at=LONG_AGO
        )
        file = ContentFile(b"%PDF-1.7 " + self.token("Evidence.file").encode(), name="bukti.pdf")
        self.evidence = self._sing(
            Evidence, progress=entry, kind="FILE", file=file, content_type="application/pdf", size=9,
            sensitivity="GENERAL", link="", letter_number="",
        )  # fmt: skip
        link = f"https://simpul.example/{self.token('Evidence.link')}"
        self._sing(Evidence, progress=entry, kind="LINK", link=link, letter_number="", sensitivity="GENERAL")
        self._sing(Evidence, progress=entry, kind="LETTER", link="", sensitivity="GENERAL")
        return entry

    def _verified(self, commitment: Commitment) -> None:
        claim = self._sing(
            Progress, commitment=commitment, kind="CLAIM", author=self.partner, agency=self.lead, at=LONG_AGO
        )
        self._sing(
            Verification, claim=claim, verdict="ACCEPTED", claimed_by=self.partner, recorded_by=self.officer,
            decided_by=self.officer, at=LONG_AGO,
        )  # fmt: skip

    def _messages(self) -> None:
        times = {"created_at": LONG_AGO, "next_try_at": LONG_AGO}
        self.contact = self._sing(Contact, agency=self.lead, kept_by=self.host)
        self.notice = self._sing(
            Delivery, channel=Channel.APP, user=self.officer, state="SENT", sent_at=LONG_AGO, **times
        )
        self.text = self._sing(
            Delivery, channel=Channel.WHATSAPP_MANUAL, contact=self.contact, handled_by=self.host, **times
        )
        self._sing(
            Reminder, commitment=self.done, rung="H+7", due_on=LAST_WEEK, state="SENT", delivery=self.notice,
            at=LONG_AGO,
        )  # fmt: skip
        self._sing(
            Draft, user=self.officer, form=f"catat~{len(self.fields)}", agency=self.host, updated_at=LONG_AGO,
            content={
                "path": "/pertemuan/catat/", "title": self.token("Draft.content"),
                "fields": {"lines": [self.token("Draft.content")]},
            },
        )  # fmt: skip
        event = self._sing(Event, seq=900_000 + len(self.fields), at=LONG_AGO, recorded_at=LONG_AGO)
        self._sing(EventText, event=event)

    def _reports(self) -> None:
        period = {"period": "2026-TW1", "agreement": self.agreement, "issuer": self.host}
        self.job = self._sing(ReportJob, requested_by=self.officer, requested_at=LONG_AGO, **period)
        text = freeze(self.agreement, read_period("2026-TW1"), issuer=self.host, at=timezone.now())
        self.report = self._sing(
            Report, code=json.loads(text)["code"], snapshot=text, snapshot_sha256=sha256(text),
            starts_on=LAST_WEEK, ends_on=LAST_WEEK, as_of=LONG_AGO, made_at=LONG_AGO, made_by=self.officer,
            draft_pdf=ContentFile(b"%PDF-1.7", name="kenari.pdf"), pdf_sha256="", signed_scan_sha256="",
            archive_pdf_sha256="", **period,
        )  # fmt: skip

    def auditor(self) -> User:
        """Somebody who may read the agreement for audit: shows that the world can be seen at all."""
        user = self._person(self._agency("parkit"), Role.AUDITOR)
        AuditAssignment.objects.create(user=user, agreement=self.agreement, starts_on=dt.date(2020, 1, 1))
        return user

    def codes(self) -> dict[str, dict[str, object]]:
        """The arguments that lead to foreign rows, by the name of the argument's kind."""
        return {
            "komitmen": {"code": self.commitment.code},
            "draf": {"code": self.draft.code},
            "pertemuan": {"code": self.meeting.code},
            "pertemuan-draf": {"code": self.draft_meeting.code},
            "berkas": {"code": self.draft_meeting.code, "file_id": self.meeting_file.pk},
            "pernyataan": {"code": self.draft_meeting.code, "pk": self.statement.pk},
            "kesepakatan": {"code": self.agreement.code},
            "bukti": {"pk": self.evidence.pk},
            "narahubung": {"code": self.lead.code, "pk": self.contact.pk},
            "pengguna": {"pk": self.partner.pk},
            "jabatan": {"pk": self.partner.tenures.first().pk},
            "pesan-wa": {"pk": self.text.pk},
            "laporan": {"code": self.report.code},
            "pekerjaan": {"pk": self.job.pk},
            "instansi": {"code": self.lead.code},
        }

    # What stands where in doors.csv, so that a door is tried with the foreign row of the same kind.
    SAME_KIND = {
        "nyata": "komitmen", "contoh-a": "komitmen", "menunggu": "komitmen", "terkendala": "komitmen",
        "draf": "draf", "kesepakatan": "kesepakatan", "kesepakatan-contoh": "kesepakatan", "pertemuan": "pertemuan",
        "pertemuan-contoh": "pertemuan", "pertemuan-draf": "pertemuan-draf", "instansi-sendiri": "instansi",
        "instansi-contoh": "instansi", "bukti": "bukti", "berkas": "berkas", "pernyataan": "pernyataan",
        "narahubung": "narahubung",
        "pengguna-sendiri": "pengguna", "pengguna-contoh": "pengguna", "jabatan-sendiri": "jabatan",
        "pesan-wa": "pesan-wa", "laporan": "laporan", "laporan-contoh": "laporan", "pekerjaan": "pekerjaan",
    }  # fmt: skip

    def stand_in(self, name: str) -> dict[str, object] | None:
        """The arguments of the foreign row of the same kind as an ``object`` of doors.csv; None when there is none."""
        kind = self.SAME_KIND.get(name)
        return self.codes()[kind] if kind else None

    def heard(self, text: str) -> Iterator[str]:
        """Which fields sing in a text."""
        for word in sorted({word.upper() for word in TOKEN.findall(text)} & set(self.fields)):
            yield f"{word} ({self.fields[word]})"
