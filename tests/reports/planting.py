"""A world in which personal data were typed wherever people inside can type, none of it meant for the public."""

import hashlib
from collections.abc import Iterator

from django.core.files.base import ContentFile

from agencies.audit import sha256
from agencies.models import Agency, Agreement, User
from commitments.models import (
    Commitment,
    Consent,
    Evidence,
    Move,
    PhotoConsent,
    ProgressKind,
    Sensitivity,
    Verification,
)
from commitments.status import Status, Verb
from meetings.models import AgendaItem, Attendance, Meeting, MeetingFile, SourceText, Statement
from reports.models import PressText
from tests.factories import CommitmentFactory, ProgressFactory, UserFactory, at
from tests.reports.test_photos import answered, jpeg, photo_of

WHEN = at("2026-02-12")
MANY = 300


def personal(n: int) -> str:
    """One piece of personal data of four kinds."""
    return (f"31710{n:011d}", f"0812-{n:04d}-{n + 7:04d}", f"orang{n:03d}@surat.example", f"Budi Tanaman{n:03d}")[n % 4]


class Planted:
    """Plants pieces one after the other; ``pieces`` are those that stand in a field now."""

    def __init__(self, pact: Agreement, office: Agency, user: User) -> None:
        self.pact, self.office, self.user = pact, office, user
        self.pieces: list[str] = []
        self._seeds: Iterator[str] = (personal(n) for n in range(10 * MANY))
        self._parties()
        self._meeting(Commitment.objects.filter(agreement=pact).first().meeting)
        while len(self.pieces) < MANY:
            self._commitment()
        self._photos(Commitment.objects.get(agreement=pact, code="K-2026-001"))

    def seed(self) -> str:
        """The next piece."""
        self.pieces.append(next(self._seeds))
        return self.pieces[-1]

    def _parties(self) -> None:
        for party in self.pact.parties.all():
            party.signatory_name, party.signatory_post = self.seed(), self.seed()
            party.save()

    def _meeting(self, meeting: Meeting) -> None:
        for field in ("place", "led_by", "received_by", "minutes"):
            setattr(meeting, field, self.seed())
        meeting.save()
        for _n in range(5):
            Attendance.objects.create(meeting=meeting, agency=self.office, name=self.seed(), post_text=self.seed())
        AgendaItem.objects.create(meeting=meeting, title=self.seed(), discussion=self.seed(), outcome=self.seed())
        Statement.objects.create(meeting=meeting, speaker=self.seed(), verbatim=self.seed())
        SourceText.objects.create(meeting=meeting, text=self.seed(), label=self.seed(), created_at=WHEN)
        content = jpeg(place=self.seed())
        file = MeetingFile.objects.create(
            meeting=meeting, kind="PHOTO", name=f"{self.seed()}.jpg", file=ContentFile(content, name="rapat.jpg"),
            content_type="image/jpeg", size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            letter_number=self.seed(), added_at=WHEN,
        )  # fmt: skip
        PhotoConsent.objects.create(
            meeting_file=file, is_allowed=True, allowed_by=self.seed(), caption=self.seed(), by=self.user, at=WHEN
        )
        PressText.objects.create(
            kind="MEETING", issuer=self.office, agreement=self.pact, meeting=meeting, title=self.seed(),
            text=self.seed(), facts="{}", facts_sha256=sha256("{}"), made_by=self.user, made_at=WHEN,
        )  # fmt: skip

    def _commitment(self) -> None:
        """One that is hindered, or (every other) done and verified, with all that was said about it."""
        is_done = len(self.pieces) % 2 == 0
        row = CommitmentFactory(
            agreement=self.pact, meeting=self.pact.meetings.first(), lead=self.office, unit=self.seed(), target=3,
            wording=f"Sosialisasi oleh {self.seed()}", person_text=self.seed(), note=self.seed(),
            status=Status.DONE if is_done else Status.BLOCKED,
        )  # fmt: skip
        entry = ProgressFactory(
            commitment=row, kind=ProgressKind.CLAIM if is_done else ProgressKind.OBSTACLE, text=self.seed(),
            author=UserFactory(name=self.seed()), source_text=self.seed(),
        )  # fmt: skip
        letter = Evidence.objects.create(
            progress=entry, kind="LETTER", letter_number=self.seed(), name=self.seed(), sensitivity=Sensitivity.GENERAL
        )
        Evidence.objects.create(
            progress=entry, kind="LINK", link=f"https://contoh.example/{self.seed()}", sensitivity=Sensitivity.GENERAL
        )
        if is_done:
            Verification.objects.create(
                claim=entry, verdict="ACCEPTED", claimed_by=entry.author, recorded_by=self.user, document=letter,
                signer_name=self.seed(), signer_post=self.seed(), at=WHEN,
            )  # fmt: skip
        Consent.objects.create(
            agency=self.office, terms=row.terms.get(), answer="OBJECTED", strength="RECORDED", text=self.seed(),
            name=self.seed(), post_text=self.seed(), source=self.seed(), at=WHEN,
        )  # fmt: skip
        Move.objects.create(
            commitment=row, from_status=row.status, to_status=row.status, verb=Verb.REPORT, at=WHEN, reason=self.seed()
        )

    def _photos(self, commitment: Commitment) -> None:
        """One for everybody under an innocent caption, and one that stays inside."""
        content, name = jpeg(place=self.seed()), f"{self.seed()}.jpg"
        shown = Evidence.objects.create(
            progress=ProgressFactory(commitment=commitment, at=WHEN), kind="FILE", name=name,
            file=ContentFile(content, name=name), content_type="image/jpeg", sensitivity=Sensitivity.GENERAL,
            sha256=hashlib.sha256(content).hexdigest(),
        )  # fmt: skip
        answered(shown, allowed=True, caption="Sosialisasi di balai")
        photo_of(commitment, content=jpeg(place=self.seed()), caption=self.seed())
