"""Meetings, who was there and how to come in by oneself, series that come back, and merged records."""

from functools import lru_cache
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Role, User
from agencies.standing import Standing
from config.addresses import address
from config.gaps import Outside
from config.prepared import prepared


class MeetingKind(models.TextChoices):
    """Kinds of meetings."""

    AUDIENCE = "AUDIENCE", _("Audiensi")
    COORDINATION = "COORDINATION", _("Rapat koordinasi")
    FOLLOW_UP = "FOLLOW_UP", _("Rapat tindak lanjut")
    EVALUATION = "EVALUATION", _("Monitoring dan evaluasi")
    OUTREACH = "OUTREACH", _("Sosialisasi")
    SIGNING = "SIGNING", _("Penandatanganan")


class MeetingStatus(models.TextChoices):
    """Whether it took place."""

    PLANNED = "PLANNED", _("direncanakan")
    HELD = "HELD", _("terlaksana")
    POSTPONED = "POSTPONED", _("ditunda")
    CANCELLED = "CANCELLED", _("dibatalkan")


AWAITED = (MeetingStatus.PLANNED, MeetingStatus.POSTPONED)


class MinutesStatus(models.TextChoices):
    """How far the minutes have come; *disahkan* only when the parties signed."""

    DRAFT = "DRAFT", _("draf")
    SENT = "SENT", _("disampaikan untuk diperiksa")
    SIGNED = "SIGNED", _("disahkan")


@lru_cache(maxsize=512)
def reached_by(own: frozenset[int]) -> RawSQL:
    """Keys of other hosts' meetings where own agencies were, or have part in a shared line."""
    others = Meeting.objects.filter(Outside("host_agency", own)).order_by().values("pk")
    known = others.filter(commitments__shared_at__isnull=False)
    led, supported = known.filter(commitments__lead__in=own), known.filter(commitments__contributions__agency__in=own)
    return prepared(others.filter(attendance__agency__in=own).union(led, supported))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about many meetings."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own meetings always; others once shared, when the person's agency was there or has part in a shared line."""
        if not isinstance(user, User):
            return self.none()
        rights = user.rights
        own = rights.own
        shared = Q(shared_at__isnull=False)
        audited = Q(agreement__in=rights.audited_agreements)
        # every reason stands alone, so that each can be looked up in an index of its own
        counterpart, part = shared & Q(counterpart__in=own), shared & Q(pk__in=reached_by(own))
        return self.filter(Q(host_agency__in=own) | counterpart | part | (shared & audited), is_discarded=False)

    def standing_apart(self) -> Self:
        """Meetings that were not merged into another one."""
        return self.filter(merged_into__isnull=True)

    def to_evaluate(self, user: User) -> Self:
        """Held with a partner and kept by an agency for which the person plans meetings, the newest first."""
        mine = user.rights.by_role[Role.OFFICER] | user.rights.by_role[Role.SUPERVISOR]
        kept = self.visible_to(user).held().filter(host_agency__in=mine, counterpart__isnull=False)
        return kept.order_by("-held_on", "-pk")

    def awaited(self) -> Self:
        """Meetings that are planned or postponed."""
        return self.standing_apart().filter(status__in=AWAITED)

    def held(self) -> Self:
        """Meetings that took place."""
        return self.standing_apart().filter(status=MeetingStatus.HELD)

    def attended_by(self, code: str) -> Self:
        """Meetings that the agency with this code kept, was the partner of, or is recorded as present at."""
        present = self.model._default_manager.filter(attendance__agency__code=code).values("pk")
        return self.filter(Q(host_agency__code=code) | Q(counterpart__code=code) | Q(pk__in=present))


class Meeting(models.Model):
    """A meeting between agencies; logged by its ``host_agency`` (pengelola), who keeps the record."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("jenis"), max_length=14, choices=MeetingKind, default=MeetingKind.AUDIENCE)
    status = models.CharField(_("keadaan"), max_length=10, choices=MeetingStatus, default=MeetingStatus.HELD)
    status_reason = models.CharField(_("alasan ditunda atau dibatalkan"), max_length=300, blank=True)
    held_on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("pukul"), null=True, blank=True)
    ends_at = models.TimeField(_("sampai pukul"), null=True, blank=True)
    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="hosted_meetings")
    counterpart = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instansi mitra")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("kesepakatan")
    )
    led_by = models.CharField(_("dipimpin oleh"), max_length=200, blank=True)
    received_by = models.CharField(_("diterima oleh"), max_length=200, blank=True)
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    is_open_list = models.BooleanField(_("daftar terbuka"), default=False)
    minutes = models.TextField(_("notula singkat"), blank=True)
    minutes_status = models.CharField(
        _("keadaan notula"), max_length=6, choices=MinutesStatus, default=MinutesStatus.DRAFT
    )
    series = models.ForeignKey("MeetingSeries", models.PROTECT, null=True, blank=True, related_name="meetings")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_meetings", verbose_name=_("rapat sebelumnya")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_meetings")
    checkin_token = models.CharField(max_length=43, unique=True, null=True, blank=True)
    checkin_until = models.DateTimeField(null=True, blank=True)
    source_url = models.URLField(_("alamat sumber"), max_length=400, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_example = models.BooleanField(default=False)
    is_discarded = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("pertemuan")
        indexes = [
            models.Index(fields=["host_agency", "held_on"], name="meeting_by_host"),
            models.Index(fields=["held_on"], name="meeting_by_day"),
            models.Index(fields=["agreement", "held_on"], name="meeting_by_agreement"),
            models.Index(  # holds all that counting asks for, so the rows themselves are not read
                fields=["host_agency", "held_on", "agreement"],
                name="meeting_held_by_host",
                condition=Q(status="HELD", is_discarded=False, merged_into__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_discarded_only_as_draft", condition=Q(is_discarded=False) | Q(shared_at__isnull=True)
            ),
            models.CheckConstraint(
                name="meeting_checkin_has_end",
                condition=Q(checkin_token__isnull=True) | Q(checkin_until__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return address("meetings:detail", self.code)

    @property
    def kind_words(self) -> str:
        """The kind in words, without going through all choices: lists ask for it fifty times."""
        return str(MeetingKind(self.kind).label)

    def standing(self) -> Standing:
        """Its host keeps it; once shared, leads, supporters and those present may read it."""
        lines = self.commitments.kept().exclude(status="DRAFT")
        return Standing(
            host=frozenset({self.host_agency_id}),
            lead=frozenset(lines.exclude(lead=None).values_list("lead", flat=True)),
            contributors=frozenset(lines.exclude(contributions=None).values_list("contributions__agency", flat=True)),
            present=frozenset(
                {*self.attendance.values_list("agency", flat=True), *filter(None, [self.counterpart_id])}
            ),
            agreement=self.agreement_id,
            is_draft=not self.is_shared,
        )

    @property
    def is_shared(self) -> bool:
        """Whether its lines were made known (*disampaikan*)."""
        return self.shared_at is not None


class MeetingSeries(models.Model):
    """A meeting that comes back every so many months; its meetings are planned one at a time."""

    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="meeting_series")
    counterpart = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("jenis"), max_length=14, choices=MeetingKind, default=MeetingKind.EVALUATION)
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    every_months = models.PositiveSmallIntegerField(_("setiap (bulan)"), default=3)
    first_on = models.DateField(_("mulai tanggal"))
    ends_on = models.DateField(_("sampai tanggal"), null=True, blank=True)
    is_ended = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="series_every_month_or_more", condition=Q(every_months__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_on}"


class MeetingMerge(models.Model):
    """Two records of one meeting made one; undone by the same list of what was moved."""

    source = models.ForeignKey(Meeting, models.PROTECT, related_name="merges_out")
    target = models.ForeignKey(Meeting, models.PROTECT, related_name="merges_in")
    moved: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.target_id}"
