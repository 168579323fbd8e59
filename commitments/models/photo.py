"""PhotoConsent: whether a photo of people may be shown in a document, and who said so."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.models.event import AppendOnlyModel
from commitments.models.commitment import Commitment
from commitments.models.progress import Evidence
from config.workdays import WIB
from meetings.models import Meeting, MeetingFile


class PhotoConsentQuerySet(models.QuerySet["PhotoConsent"]):
    """Questions about many answers."""

    def in_force(self) -> Self:
        """Answers that allow, that no later one took back, about photos whose bytes are still there."""
        same_photo = Q(evidence=OuterRef("evidence")) | Q(meeting_file=OuterRef("meeting_file"))
        later = PhotoConsent.objects.filter(same_photo, pk__gt=OuterRef("pk"))
        is_kept = Q(meeting_file__isnull=True) | Q(meeting_file__removed_at__isnull=True)
        return self.filter(~Exists(later), is_kept, is_allowed=True)

    def of_period(self, agreement: Agreement, *, first: dt.date, last: dt.date) -> Self:
        """Photos of an agreement: proofs reported, and meetings held, from ``first`` to ``last`` (days in WIB)."""
        start = dt.datetime.combine(first, dt.time(), tzinfo=WIB)
        end = dt.datetime.combine(last, dt.time.max, tzinfo=WIB)
        promise = Q(evidence__progress__commitment__in=Commitment.objects.counted().filter(agreement=agreement))
        held = Q(
            meeting_file__meeting__agreement=agreement,
            meeting_file__meeting__is_discarded=False,
            meeting_file__meeting__shared_at__isnull=False,
            meeting_file__meeting__held_on__range=(first, last),
        )
        return self.filter((promise & Q(evidence__progress__at__range=(start, end))) | held)

    def printable_by(self, issuer: Agency) -> Self:
        """Photos of commitments that ``issuer`` (or an agency below it) keeps, leads or supports, and of its meetings.

        A meeting is one's own when one kept its record, was received, or was in the room.
        """
        tree = Agency.objects.within([issuer]).values("pk")
        rows = Commitment.objects.filter(
            Q(host_agency__in=tree) | Q(lead__in=tree) | Q(contributions__agency__in=tree)
        ).values("pk")
        meetings = Meeting.objects.filter(
            Q(host_agency__in=tree) | Q(counterpart__in=tree) | Q(attendance__agency__in=tree)
        ).values("pk")
        return self.filter(Q(evidence__progress__commitment__in=rows) | Q(meeting_file__meeting__in=meetings))

    def with_row_data(self) -> Self:
        """What a caption needs: the photo, and the commitment or the meeting it belongs to."""
        return self.select_related("evidence__progress__commitment", "meeting_file__meeting")


class PhotoConsent(AppendOnlyModel):
    """One answer; the last one counts. Photos are internal until somebody names who allowed them."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="photo_consents")
    meeting_file = models.ForeignKey(MeetingFile, models.PROTECT, null=True, blank=True, related_name="photo_consents")
    is_allowed = models.BooleanField(_("boleh ditampilkan"))
    allowed_by = models.CharField(_("izin diberikan oleh"), max_length=200, blank=True)
    caption = models.CharField(_("keterangan foto"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PhotoConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_consent_of_one_photo",
                condition=(Q(evidence__isnull=False) & Q(meeting_file__isnull=True))
                | (Q(evidence__isnull=True) & Q(meeting_file__isnull=False)),
            ),
            models.CheckConstraint(name="photo_consent_yes_has_who", condition=Q(is_allowed=False) | ~Q(allowed_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.caption or self.photo.name} ({self.record.code})"

    @property
    def photo(self) -> Evidence | MeetingFile:
        """The picture itself, with its name, file and digest."""
        photo = self.evidence or self.meeting_file
        assert photo is not None  # the database says so
        return photo

    @property
    def record(self) -> Commitment | Meeting:
        """The commitment it proves something about, or the meeting at which it was taken."""
        if self.evidence is not None:
            return self.evidence.progress.commitment
        assert self.meeting_file is not None  # one of the two
        return self.meeting_file.meeting
