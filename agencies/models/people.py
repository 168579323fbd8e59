"""People: a user holds posts; agency and role live only in the tenure."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency

if TYPE_CHECKING:
    from agencies.policy import Rights


class Role(models.TextChoices):
    """What a tenure lets its holder do; rights are the union over current tenures."""

    OFFICER = "OFFICER", _("Petugas")
    SUPERVISOR = "SUPERVISOR", _("Pimpinan")
    PRESS = "PRESS", _("Humas")
    AUDITOR = "AUDITOR", _("Auditor (inspektorat)")
    ADMIN = "ADMIN", _("Admin")


class Profile(models.TextChoices):
    """How strict the consent between agencies is; only the first is offered so far."""

    SINGLE_OFFICE = "SINGLE_OFFICE", _("Satu kantor")


class UserManager(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """Make a person who can sign in once a password is set."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person by e-mail address, whatever its capitals."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("pengguna")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rights(self) -> "Rights":
        """What this person may do where; read once per request, never kept longer.

        The one clock below views and tasks (decision 11): rights are those of the moment a person acts, whatever
        instant an action is given.
        """
        from agencies.policy import Rights  # the policy reads this module's tables

        return Rights.of(self, on=timezone.localdate())


class Post(models.Model):
    """A post (jabatan) of an agency; people come and go, the post stays."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    title = models.CharField(_("jabatan"), max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="post_once_per_agency")]

    def __str__(self) -> str:
        return self.title


class Holding(models.TextChoices):
    """How a post is held."""

    DEFINITIVE = "DEFINITIVE", _("definitif")
    ACTING = "ACTING", _("Plt.")
    DAILY = "DAILY", _("Plh.")


class TenureQuerySet(models.QuerySet["Tenure"]):
    """Questions about many tenures."""

    def current(self, *, on: dt.date) -> Self:
        """Tenures that hold on a day, of people who may still sign in."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, user__is_active=True)


class Tenure(models.Model):
    """One person in one post with one role over a time; both ends inclusive."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    user = models.ForeignKey(User, models.PROTECT, related_name="tenures")
    role = models.CharField(_("peran"), max_length=12, choices=Role)
    holding = models.CharField(max_length=12, choices=Holding, default=Holding.DEFINITIVE)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="tenure_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.post})"


class Contact(models.Model):
    """A person to reach at an agency without account; seen only by officers of ``kept_by``, never exported."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="contacts", verbose_name=_("instansi"))
    kept_by = models.ForeignKey(Agency, models.PROTECT, related_name="kept_contacts")
    name = models.CharField(_("nama"), max_length=120, blank=True)
    post_text = models.CharField(_("jabatan"), max_length=120)
    whatsapp = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["agency", "post_text"]
        verbose_name = _("narahubung")

    def __str__(self) -> str:
        return self.name or self.post_text


class AuditAssignment(models.Model):
    """An auditor's leave to read everything under one agreement."""

    user = models.ForeignKey(User, models.PROTECT, related_name="audit_assignments")
    agreement = models.ForeignKey("agencies.Agreement", models.PROTECT, related_name="audit_assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "agreement"], name="audit_assignment_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.agreement}"
