"""Agreement (Nota Kesepakatan and its kin), its parties and its scope items."""

from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, Sum
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.people import Profile, User
from agencies.standing import Standing
from config.gaps import Outside
from config.prepared import prepared

if TYPE_CHECKING:
    from agencies.policy import Rights


class AgreementKind(models.TextChoices):
    """Kinds of documents agencies sign with one another."""

    MEMORANDUM_OF_AGREEMENT = "NK", _("Nota Kesepakatan")
    MEMORANDUM_OF_UNDERSTANDING = "NKP", _("Nota Kesepahaman")
    COOPERATION = "PKS", _("Perjanjian Kerja Sama")
    WORK_PLAN = "RK", _("Rencana Kerja")
    CIRCULAR = "SE", _("Surat Edaran (Bersama)")


class Relation(models.TextChoices):
    """How an agreement stands to its parent document."""

    DERIVED = "DERIVED", _("turunan dari")
    RENEWS = "RENEWS", _("memperbarui")
    REPLACES = "REPLACES", _("menggantikan")
    UNKNOWN = "UNKNOWN", _("hubungan belum diketahui")


@lru_cache(maxsize=512)
def touched_by(own: frozenset[int]) -> RawSQL:
    """Keys of others' agreements under which one of these agencies keeps, leads or supports something shared."""
    others = Agreement.objects.exclude(host_agency__in=own).order_by()
    near = Q(agreement__in=others.values("pk")) & (Q(host_agency__in=own) | Q(lead__in=own))
    tallies = apps.get_model("commitments", "Tally")._default_manager  # of a higher app, so by name
    told = tallies.filter(near).order_by().values("agreement").annotate(sum=Sum("n")).filter(sum__gt=0)
    rows = apps.get_model("commitments", "Commitment")._default_manager.order_by()
    gone = rows.filter(near, status__in=("VOID", "MERGED"))
    supported = rows.filter(Outside("host_agency", own), contributions__agency__in=own).exclude(status="DRAFT")
    return prepared(told.values("agreement").union(gone.values("agreement"), supported.values("agreement")))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions about many agreements."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Agreements the person may read: a Party's tree, who entered it, or an assigned auditor."""
        if not isinstance(user, User):
            return self.none()
        rights: Rights = user.rights
        return self.filter(
            Q(host_agency__in=rights.own)
            | Q(parties__agency__in=rights.lineage)
            | Q(pk__in=rights.audited_agreements)
            | Q(pk__in=touched_by(rights.own))
        ).distinct()

    def near(self, user: User) -> Self:
        """Of those visible: entered by an own agency, or with something shared in which one has a part."""
        own = user.rights.own
        return self.filter(Q(host_agency__in=own) | Q(pk__in=touched_by(own)))

    def with_row_data(self) -> Self:
        """Everything a row or a choice of agreements shows, at constant cost."""
        return self.select_related("host_agency").prefetch_related("parties__agency")


class Agreement(models.Model):
    """A document between agencies. What is not public stays empty and reads *belum diisi*."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(
        _("jenis"), max_length=4, choices=AgreementKind, default=AgreementKind.MEMORANDUM_OF_AGREEMENT
    )
    title = models.CharField(_("judul resmi"), max_length=300, blank=True)
    signed_on = models.DateField(_("tanggal"))
    place = models.CharField(_("tempat"), max_length=160, blank=True)
    starts_on = models.DateField(_("berlaku dari"), null=True, blank=True)
    ends_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="descendants", verbose_name=_("dokumen induk")
    )
    relation = models.CharField(_("hubungan"), max_length=8, choices=Relation, blank=True)
    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    file = models.FileField(_("berkas"), upload_to="agreements/%Y", blank=True)
    source_url = models.URLField(_("alamat sumber"), max_length=400, blank=True)
    profile = models.CharField(_("profil"), max_length=14, choices=Profile, default=Profile.SINGLE_OFFICE)
    is_open_between_parties = models.BooleanField(_("terbuka antarpihak"), default=False)
    is_example = models.BooleanField(_("data contoh"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "code"]
        verbose_name = _("kesepakatan")
        constraints = [
            models.CheckConstraint(
                name="agreement_dates_in_order",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lte=models.F("ends_on")),
                violation_error_message=_("Tanggal mulai harus sebelum tanggal akhir."),
            ),
            models.CheckConstraint(
                name="agreement_relation_with_parent",
                condition=(Q(parent__isnull=True) & Q(relation="")) | (Q(parent__isnull=False) & ~Q(relation="")),
                violation_error_message=_("Pilih hubungan dengan dokumen induk."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agencies:agreement", args=[self.code])

    def standing(self) -> Standing:
        """The best scope held on anything shared under it; the agency that entered it keeps it (S0)."""
        shared = self.commitments.kept().exclude(status="DRAFT")
        return Standing(
            host=frozenset({self.host_agency_id, *shared.values_list("host_agency", flat=True)}),
            lead=frozenset(shared.exclude(lead=None).values_list("lead", flat=True)),
            contributors=frozenset(shared.exclude(contributions=None).values_list("contributions__agency", flat=True)),
            parties=frozenset(party.agency_id for party in self.parties.all()),
            agreement=self.pk,
        )


class Party(models.Model):
    """One side of an agreement and who signed for it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="party_to", verbose_name=_("instansi"))
    position = models.PositiveSmallIntegerField(default=1)
    signatory_name = models.CharField(_("nama penanda tangan"), max_length=120, blank=True)
    signatory_post = models.CharField(_("jabatan penanda tangan"), max_length=160, blank=True)
    number = models.CharField(_("nomor dokumen"), max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="party_once_per_agreement")]

    def __str__(self) -> str:
        return self.agency.short_name


class Clause(models.Model):
    """A scope item (ruang lingkup). ``citation`` (pasal, ayat, huruf) only from the official text."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    number = models.CharField(_("nomor"), max_length=20)
    text = models.TextField(_("uraian"))
    citation = models.CharField(_("kutipan pasal"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("ruang lingkup")
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="clause_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
