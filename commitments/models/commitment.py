"""Commitment: one promise, its binding terms copied from the last Terms, its status from the last Move."""

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Clause, Post, User
from agencies.standing import Standing
from commitments.status import COUNTED, OPEN, Condition, Status, condition_of
from config.addresses import address
from config.gaps import Outside
from config.prepared import prepared
from meetings.models import Attendance, Meeting, SourceText


class Origin(models.TextChoices):
    """Where a commitment was born."""

    MEETING = "MEETING", _("pertemuan")
    LETTER = "LETTER", _("surat")
    INSTRUCTION = "INSTRUCTION", _("arahan")


class Kind(models.TextChoices):
    """How a promise was made: agreed by both, planned, one side's readiness, or to be explored."""

    AGREED = "AGREED", _("kesepakatan bersama")
    PLAN = "PLAN", _("rencana")
    PLEDGE = "PLEDGE", _("kesanggupan")
    EXPLORATION = "EXPLORATION", _("penjajakan")


class DueBasis(models.TextChoices):
    """A date nobody agreed is a proposal and cannot be late."""

    PROPOSED = "PROPOSED", _("usulan")
    AGREED = "AGREED", _("disepakati")


def past(basis: DueBasis, *, at: dt.datetime) -> Q:
    """Open, with a date of this basis that has passed; the clock stands still while a verifier has it."""
    clock = Case(When(status=Status.SUBMITTED, then=F("submitted_at")), default=Value(at))
    return Q(status__in=OPEN, due_basis=basis, late_from__lte=clock)


@lru_cache(maxsize=512)
def reached_by(own: frozenset[int]) -> RawSQL:
    """Keys of commitments that own agencies support, or without lead at whose meeting of another host they were."""
    attended = Attendance.objects.filter(Outside("meeting__host_agency", own), agency__in=own)
    invited = Meeting.objects.filter(Outside("host_agency", own), counterpart__in=own)
    meetings = attended.order_by().values("meeting").union(invited.order_by().values("pk"))
    present = Commitment.objects.filter(lead=None, meeting__in=meetings).order_by().values("pk")
    return prepared(Contribution.objects.filter(agency__in=own).order_by().values("commitment").union(present))


def told_in(meetings: Sequence[int]) -> models.QuerySet["Commitment", tuple[int]]:
    """Keys of commitments without lead of these meetings (keys)."""
    return Commitment.objects.filter(lead=None, meeting__in=meetings).order_by().values_list("pk")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Questions about many commitments; every page starts at :meth:`visible_to`."""

    def kept(self) -> Self:
        """Rows that were not discarded as drafts."""
        return self.filter(is_discarded=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What the person may read: S0 always; the rest once shared (model.md 3)."""
        if not isinstance(user, User):
            return self.none()
        rights, own = user.rights, user.rights.own
        agreements = {*rights.audited_agreements, *rights.open_agreements()}
        # every reason stands alone, so that each can be looked up in an index of its own
        shared = ~Q(status=Status.DRAFT)
        led, reached = shared & Q(lead__in=own), shared & Q(pk__in=reached_by(own))
        return self.kept().filter(Q(host_agency__in=own) | led | reached | (shared & Q(agreement__in=agreements)))

    def timed_by(self, agency: Agency) -> Self:
        """Rows with a date that ends, or once ended, at the midnight of this agency's zone."""
        now = Q(lead=agency) | Q(lead=None, host_agency=agency)
        once = Q(terms__lead=agency) | Q(terms__lead=None, host_agency=agency)
        return self.filter(pk__in=Commitment.objects.filter(now | once).order_by().values("pk"))

    def told_anew(self) -> AbstractContextManager[None]:
        """Around a correction of what was wrong from the beginning: the tallies follow, past days too."""
        from commitments import tallies  # they count the rows of this model

        return tallies.told_anew(self)

    def counted(self) -> Self:
        """Rows inside totals: shared, neither void nor merged."""
        return self.kept().filter(status__in=COUNTED)

    def drafts(self) -> Self:
        """Lines whose meeting is not shared yet."""
        return self.kept().filter(status=Status.DRAFT)

    def unfinished(self) -> Self:
        """Shared and not closed."""
        return self.kept().filter(status__in=OPEN)

    def overdue(self, *, at: dt.datetime) -> Self:
        """Open, past an agreed date."""
        return self.kept().filter(past(DueBasis.AGREED, at=at))

    def past_proposal(self, *, at: dt.datetime) -> Self:
        """Open, past a date that was only proposed: counted apart, nobody's lateness."""
        return self.kept().filter(past(DueBasis.PROPOSED, at=at))

    def with_condition(self, *, at: dt.datetime) -> Self:
        """Annotate ``condition``, the one group each row is counted in."""
        late = When(past(DueBasis.AGREED, at=at), then=Value(Condition.LATE.value))
        return self.annotate(condition=Case(late, default=F("status"), output_field=models.CharField()))

    def without_owner(self) -> Self:
        """Gap: no penanggung jawab."""
        return self.unfinished().filter(lead__isnull=True)

    def without_date(self) -> Self:
        """Gap: no tenggat."""
        return self.unfinished().filter(due_on__isnull=True)

    def without_target(self) -> Self:
        """Gap: no target."""
        return self.unfinished().filter(target__isnull=True)

    def with_target(self) -> Self:
        """What can be measured: a target above nothing, shared or not, open or closed."""
        return self.filter(target__gt=0)

    def without_clause(self) -> Self:
        """Gap: belum dikaitkan dengan ruang lingkup."""
        return self.unfinished().filter(clauses__isnull=True)

    def with_gap(self) -> Self:
        """Any of the four gaps."""
        return (
            self.unfinished()
            .filter(Q(lead__isnull=True) | Q(due_on__isnull=True) | Q(target__isnull=True) | Q(clauses__isnull=True))
            .distinct()
        )

    def with_row_data(self) -> Self:
        """Everything a row shows, at constant cost."""
        return self.select_related("lead", "host_agency", "meeting", "agreement").prefetch_related(
            "clauses", "contributions__agency"
        )


class Commitment(models.Model):
    """A promise between agencies. ``original`` are the words it was born with; ``wording`` binds now.

    ``reminders_from`` mutes an old row: rungs before that day are never sent.
    """

    code = models.CharField(max_length=24, unique=True)
    origin = models.CharField(_("asal"), max_length=12, choices=Origin, default=Origin.MEETING)
    origin_on = models.DateField(_("tanggal asal"))
    origin_reference = models.CharField(_("nomor surat atau sumber arahan"), max_length=200, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="commitments")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="commitments")
    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="hosted_commitments")
    kind = models.CharField(_("jenis komitmen"), max_length=11, choices=Kind, default=Kind.AGREED)
    is_important = models.BooleanField(_("penting"), default=False)
    position = models.PositiveSmallIntegerField(default=1)
    source = models.ForeignKey(SourceText, models.PROTECT, related_name="commitments")
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    terms_n = models.PositiveSmallIntegerField(default=1)
    wording = models.TextField(_("rumusan"))
    lead = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_commitments",
        verbose_name=_("penanggung jawab"),
    )
    lead_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    person_text = models.CharField(_("pelaksana"), max_length=160, blank=True)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    due_basis = models.CharField(max_length=8, choices=DueBasis, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=60, blank=True)
    note = models.TextField(_("catatan"), blank=True)
    clauses = models.ManyToManyField(Clause, blank=True, related_name="commitments")

    reminders_from = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_commitments")
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.DRAFT)
    shared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    late_from = models.DateTimeField(null=True, blank=True)
    realised = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    last_progress_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_example = models.BooleanField(default=False)
    is_discarded = models.BooleanField(default=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("komitmen")
        indexes = [
            models.Index(fields=["host_agency", "status", "due_on"], name="commitment_by_host"),
            models.Index(fields=["lead", "status", "due_on"], name="commitment_by_lead"),
            models.Index(fields=["agreement", "status"], name="commitment_by_agreement"),
            models.Index(fields=["due_on", "code"], name="commitment_by_due"),
            models.Index(fields=["status", "submitted_at"], name="commitment_by_claim"),
            models.Index(  # holds all that a page counts of drafts, so the rows themselves are not read
                fields=["host_agency", "lead", "is_example"],
                condition=Q(status="DRAFT", is_discarded=False),
                name="commitment_draft",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_closed_has_instant",
                condition=(Q(status__in=["DONE", "UNMET"]) & Q(closed_at__isnull=False))
                | (~Q(status__in=["DONE", "UNMET"]) & Q(closed_at__isnull=True)),
                violation_error_message=_("Komitmen yang ditutup harus mempunyai waktu penutupan."),
            ),
            models.CheckConstraint(
                name="commitment_submitted_has_instant",
                condition=~Q(status="SUBMITTED") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_shared_has_instant", condition=Q(status="DRAFT") | Q(shared_at__isnull=False)
            ),
            models.CheckConstraint(
                name="commitment_date_has_basis",
                condition=(Q(due_on__isnull=True) & Q(due_basis="") & Q(late_from__isnull=True))
                | (Q(due_on__isnull=False) & ~Q(due_basis="") & Q(late_from__isnull=False)),
            ),
            models.CheckConstraint(
                name="commitment_discarded_only_as_draft", condition=Q(is_discarded=False) | Q(status="DRAFT")
            ),
            models.CheckConstraint(
                name="commitment_merged_has_target",
                condition=(Q(status="MERGED") & Q(merged_into__isnull=False))
                | (~Q(status="MERGED") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(name="commitment_span_in_order", condition=Q(span_end__gte=F("span_start"))),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The commitment's page."""
        return address("commitments:detail", self.code)

    def standing(self) -> Standing:
        """Host, lead, supporters; without a lead those present; parties only where the agreement is open."""
        present: set[int] = set()
        if self.lead_id is None and self.meeting is not None:
            present = {a.agency_id for a in self.meeting.attendance.all()} | set(
                filter(None, [self.meeting.counterpart_id])
            )
        parties: set[int] = set()
        if self.agreement is not None and self.agreement.is_open_between_parties:
            parties = {party.agency_id for party in self.agreement.parties.all()}
        return Standing(
            host=frozenset({self.host_agency_id}),
            lead=frozenset(filter(None, [self.lead_id])),
            contributors=frozenset(c.agency_id for c in self.contributions.all()),
            present=frozenset(present),
            parties=frozenset(parties),
            agreement=self.agreement_id,
            is_draft=self.status == Status.DRAFT,
        )

    @property
    def original(self) -> str:
        """The words this commitment was born with (*rumusan asli*)."""
        return self.source.text[self.span_start : self.span_end]

    @property
    def gaps(self) -> list[str]:
        """What is still to be completed, in the words of the screen and the order in which it is asked for."""
        missing = (
            (self.lead_id is None, gettext("penanggung jawab")),
            (self.due_on is None, gettext("tenggat")),
            (self.target is None, gettext("target")),
            (not self.clauses.all(), gettext("ruang lingkup")),
        )
        return [words for is_missing, words in missing if is_missing]

    @property
    def is_open(self) -> bool:
        """Shared and not closed."""
        return self.status in OPEN

    def is_late(self, *, at: dt.datetime) -> bool:
        """Whether an agreed date has passed."""
        return self._is_past(DueBasis.AGREED, at=at)

    def is_past_proposal(self, *, at: dt.datetime) -> bool:
        """Whether a merely proposed date has passed."""
        return self._is_past(DueBasis.PROPOSED, at=at)

    def _is_past(self, basis: DueBasis, *, at: dt.datetime) -> bool:
        """Whether :func:`past` holds of this row."""
        if not self.is_open or self.due_basis != basis or self.late_from is None:
            return False
        return self.late_from <= self.clock_at(at)

    def clock_at(self, at: dt.datetime) -> dt.datetime:
        """``at``, or the instant the clock was stopped by submitting."""
        return self.submitted_at if self.status == Status.SUBMITTED and self.submitted_at else at

    def days_past(self, *, at: dt.datetime) -> int:
        """Calendar days since the date in the lead's zone (without lead: the host's); 0 when not past."""
        if self.due_on is None:
            return 0
        zone = (self.lead or self.host_agency).clock
        return max(0, (self.clock_at(at).astimezone(zone).date() - self.due_on).days)

    def condition(self, *, at: dt.datetime) -> Condition:
        """The group this row is counted in."""
        return condition_of(status=self.status, is_late=self.is_late(at=at))


class Contribution(models.Model):
    """A supporting agency (*pendukung*) and its own part."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="contributions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="contributions")
    part = models.CharField(_("bagian"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "agency"], name="contribution_once")]

    def __str__(self) -> str:
        return self.agency.short_name
