"""Agency: an office in the tree of offices, with its names over time and its letterhead."""

import datetime as dt
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.standing import Standing

code_format = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{0,23}$", _("Kode terdiri atas huruf kecil, angka, dan tanda hubung, paling banyak 24.")
)


class AgencyKind(models.TextChoices):
    """Kinds of offices met in the agreements between the ministry and regions."""

    MINISTRY = "MINISTRY", _("Kementerian/Lembaga")
    FIELD_OFFICE = "FIELD_OFFICE", _("BP3MI/P4MI")
    PROVINCE = "PROVINCE", _("Pemerintah provinsi")
    CITY = "CITY", _("Pemerintah kota/kabupaten")
    REGIONAL_OFFICE = "REGIONAL_OFFICE", _("Dinas/Badan")
    CITY_OFFICE = "CITY_OFFICE", _("Suku Dinas")
    SECTION = "SECTION", _("Bagian")
    DISTRICT = "DISTRICT", _("Kecamatan/Kelurahan")
    INSPECTORATE = "INSPECTORATE", _("Inspektorat")
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT", _("Aparat penegak hukum")
    PARTNER = "PARTNER", _("Mitra nonpemerintah")


class Zone(models.TextChoices):
    """The three civil time zones of Indonesia; none has summer time."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Paper(models.TextChoices):
    """Sizes of paper that offices use."""

    A4 = "A4", _("A4 (210 x 297 mm)")
    F4 = "F4", _("F4 (215 x 330 mm)")


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Questions about many agencies."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The directory is everybody's who has signed in."""
        return self if user.is_authenticated else self.none()

    def active(self) -> Self:
        """Agencies that still exist."""
        return self.filter(is_active=True)

    def within(self, roots: "list[Agency] | models.QuerySet[Agency]") -> Self:
        """The given agencies and everything below them."""
        condition = Q(pk__in=[])
        for root in roots:
            condition |= Q(path__startswith=root.path)
        return self.filter(condition)


class Agency(models.Model):
    """An office. ``path`` lists the primary keys from the top of the tree to this row: ``/3/14/``."""

    code = models.CharField(_("kode"), max_length=24, unique=True, validators=[code_format])
    kind = models.CharField(_("jenis"), max_length=20, choices=AgencyKind)
    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("nama singkat"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("induk")
    )
    technical_parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pembina teknis")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("penerus")
    )
    path = models.CharField(max_length=200, default="", editable=False, db_index=True)
    region = models.CharField(_("wilayah"), max_length=120, blank=True)
    zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB)
    letterhead = models.TextField(_("kop surat"), blank=True, help_text=_("Dua sampai empat baris nama instansi."))
    address_line = models.CharField(_("baris alamat"), max_length=250, blank=True)
    signing_place = models.CharField(_("tempat penandatanganan"), max_length=80, blank=True)
    signing_post = models.CharField(_("jabatan penanda tangan"), max_length=120, blank=True)
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)
    paper = models.CharField(_("ukuran kertas"), max_length=2, choices=Paper, default=Paper.A4)
    is_plain_type = models.BooleanField(_("huruf naskah dinas"), default=False)
    two_key_publishing = models.BooleanField(_("penerbitan dua kunci"), default=False)
    named_in_public = models.BooleanField(_("disebut dalam laporan publik"), default=False)
    named_in_public_by = models.CharField(_("persetujuan diberikan oleh"), max_length=200, blank=True)
    named_in_public_on = models.DateField(_("tanggal persetujuan"), null=True, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_example = models.BooleanField(_("data contoh"), default=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["path", "code"]
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep ``path`` true for this row (a move of a whole subtree is an action)."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            super().save(update_fields=["path"])

    def get_absolute_url(self) -> str:
        """The agency's page."""
        return reverse("agencies:agency", args=[self.code])

    def standing(self) -> Standing:
        """An agency keeps its own record; an Admin keeps everybody's."""
        return Standing(host=frozenset({self.pk}), admin_everywhere=True)

    @property
    def ancestor_ids(self) -> list[int]:
        """Primary keys from the top of the tree down to and including this agency."""
        return [int(part) for part in self.path.split("/") if part]

    @property
    def letterhead_lines(self) -> list[str]:
        """The lines of the letterhead; none when it has no letterhead of its own."""
        return [line.strip() for line in self.letterhead.splitlines() if line.strip()]

    @property
    def clock(self) -> ZoneInfo:
        """The zone in which this agency's days begin and end."""
        return ZoneInfo(self.zone)

    def midnight_after(self, day: dt.date) -> dt.datetime:
        """The first instant after ``day`` where this agency is, in UTC: from then on a date is past."""
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=self.clock).astimezone(dt.UTC)


class Alias(models.Model):
    """Another name an agency is or was known by; official names change by regulation."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="aliases")
    name = models.CharField(_("nama lain"), max_length=200)
    valid_from = models.DateField(_("berlaku dari"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="alias_once_per_agency"),
            models.CheckConstraint(
                name="alias_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=models.F("valid_until")),
                violation_error_message=_("Tanggal mulai harus sebelum tanggal akhir."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HolidayKind(models.TextChoices):
    """Why a day is off; only used for words on screen."""

    NATIONAL = "NATIONAL", _("libur nasional")
    SHARED_LEAVE = "SHARED_LEAVE", _("cuti bersama")
    OWN = "OWN", _("libur instansi")


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Questions about many days off."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The office calendar is everybody's who has signed in."""
        return self if user.is_authenticated else self.none()


class Holiday(models.Model):
    """A day on which notices are not sent; editable, and editing never moves an agreed date."""

    on = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=14, choices=HolidayKind)
    is_removed = models.BooleanField(_("dihapus"), default=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d-%m-%Y} {self.name}"
