"""Small worlds: each factory makes the least that is true."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from agencies.models import Agency, AgencyKind, Agreement, Clause, Party, Post, Role, Tenure, User
from commitments import tallies
from commitments.models import Commitment, DueBasis, Move, Progress, Terms
from commitments.status import Status, Verb
from meetings.models import Attendance, Meeting, SourceText

WIB = dt.timezone(dt.timedelta(hours=7))


def at(day: str, clock: str = "09.00") -> dt.datetime:
    """An instant in WIB: ``at("2026-03-02", "07.30")``."""
    hour, minute = clock.split(".")
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(int(hour), int(minute)), tzinfo=WIB)


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"instansi{n}")
    kind = AgencyKind.CITY_OFFICE
    name = factory.LazyAttribute(lambda o: f"Suku Dinas {o.code.title()}")
    short_name = factory.LazyAttribute(lambda o: f"Sudin {o.code.title()}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Pegawai {n}")
    email = factory.Sequence(lambda n: f"pegawai{n}@simpul.example")
    password = "!"


def person(agency: Agency, *roles: str, email: str = "") -> User:
    """A person who holds these roles at an agency, since long ago."""
    user = UserFactory(**({"email": email} if email else {}))
    post, _ = Post.objects.get_or_create(agency=agency, title=f"Jabatan {'/'.join(roles)}")
    for role in roles or (Role.OFFICER,):
        Tenure.objects.create(post=post, user=user, role=role, starts_on=dt.date(2020, 1, 1))
    return user


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"NK-2025-{n + 100:03d}")
    signed_on = dt.date(2025, 10, 29)
    host_agency = factory.SubFactory(AgencyFactory)
    created_at = at("2025-10-30")

    @factory.post_generation
    def parties(self, create, agencies, **kwargs):
        for position, agency in enumerate(agencies or [], start=1):
            Party.objects.create(agreement=self, agency=agency, position=position)


class ClauseFactory(DjangoModelFactory):
    class Meta:
        model = Clause

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    text = factory.LazyAttribute(lambda o: f"Ruang lingkup {o.number}")


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"A-2026-{n + 100:03d}")
    held_on = dt.date(2026, 1, 28)
    host_agency = factory.SubFactory(AgencyFactory)
    created_at = at("2026-01-28", "12.00")
    shared_at = at("2026-01-28", "15.00")

    @factory.post_generation
    def present(self, create, agencies, **kwargs):
        for agency in agencies or []:
            Attendance.objects.create(meeting=self, agency=agency)


class SourceTextFactory(DjangoModelFactory):
    class Meta:
        model = SourceText

    text = "Optimalisasi bursa kerja"
    label = "Baris komitmen"
    created_at = at("2026-01-28", "12.00")


class CommitmentFactory(DjangoModelFactory):
    """A commitment in any state, with the Terms and the Moves that explain it."""

    class Meta:
        model = Commitment
        skip_postgeneration_save = True

    class Params:
        agreed = factory.Trait(due_basis=DueBasis.AGREED)

    code = factory.Sequence(lambda n: f"K-2026-{n + 1000}")  # tests name theirs with three digits
    wording = factory.Sequence(lambda n: f"Optimalisasi bursa kerja ke-{n}")
    meeting = factory.SubFactory(MeetingFactory)
    agreement = factory.LazyAttribute(lambda o: o.meeting.agreement if o.meeting else None)
    host_agency = factory.LazyAttribute(lambda o: o.meeting.host_agency)
    origin_on = factory.LazyAttribute(lambda o: o.meeting.held_on if o.meeting else dt.date(2026, 1, 28))
    source = factory.SubFactory(SourceTextFactory, text=factory.SelfAttribute("..wording"))
    span_start = 0
    span_end = factory.LazyAttribute(lambda o: len(o.wording))
    status = Status.NOT_STARTED
    due_on = None
    due_basis = factory.LazyAttribute(lambda o: DueBasis.PROPOSED if o.due_on else "")
    late_from = factory.LazyAttribute(
        lambda o: (o.lead or o.host_agency).midnight_after(o.due_on) if o.due_on else None
    )
    lead = None
    shared_at = factory.LazyAttribute(lambda o: None if o.status == Status.DRAFT else at("2026-01-28", "15.00"))
    submitted_at = factory.LazyAttribute(lambda o: at("2026-03-02") if o.status == Status.SUBMITTED else None)
    closed_at = factory.LazyAttribute(lambda o: at("2026-03-10") if o.status in (Status.DONE, Status.UNMET) else None)
    merged_into = factory.LazyAttribute(
        lambda o: CommitmentFactory(meeting=o.meeting) if o.status == Status.MERGED else None
    )
    created_at = at("2026-01-28", "12.00")

    @factory.post_generation
    def history(self, create, extracted, **kwargs):
        Terms.objects.create(
            commitment=self, n=1, wording=self.wording, lead=self.lead, due_on=self.due_on, due_basis=self.due_basis,
            target=self.target, unit=self.unit, at=self.created_at,
        )  # fmt: skip
        if self.status == Status.DRAFT:
            return
        Move.objects.create(
            commitment=self, from_status=Status.DRAFT, to_status=Status.NOT_STARTED, verb=Verb.SHARE, at=self.shared_at
        )
        if self.status != Status.NOT_STARTED:
            moved_at = self.closed_at or self.submitted_at or at("2026-02-10")
            Move.objects.create(
                commitment=self, from_status=Status.NOT_STARTED, to_status=self.status, verb=Verb.REPORT, at=moved_at
            )

    @factory.post_generation
    def clauses(self, create, clauses, **kwargs):
        self.clauses.set(clauses or [])
        tallies.taken_in([self])


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = Progress

    commitment = factory.SubFactory(CommitmentFactory)
    text = "Satu kegiatan sudah dilaksanakan."
    author = factory.SubFactory(UserFactory)
    agency = factory.LazyAttribute(lambda o: o.commitment.lead or o.commitment.host_agency)
    at = at("2026-02-10")
