"""Forms about accounts and holidays."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies import rules
from agencies.forms.agency import AgencyChoiceField
from agencies.forms.fields import NewEmailField, role_field
from agencies.models import Agency, Holiday, HolidayKind, Role, User
from agencies.reach import agencies_within_reach, is_admin
from config.forms import OneTimeForm, TypedDateField


class RolesForm(OneTimeForm):
    """What somebody may do for which agency."""

    agency = AgencyChoiceField(label=_("Instansi"), queryset=Agency.objects.none(), empty_label=_("pilih instansi"))
    post_title = forms.CharField(
        label=_("Jabatan"), max_length=120, help_text=_("Misalnya Analis Pelindungan. Plt. dan Plh. ditulis di depan.")
    )
    roles = role_field(Role.OFFICER, Role.SUPERVISOR, Role.PRESS, Role.AUDITOR, Role.ADMIN)

    def __init__(self, *args: Any, user: User, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        within = agencies_within_reach(user).active().order_by("short_name")
        self.fields["agency"].queryset = within  # type: ignore[attr-defined]
        if within.count() == 1:
            self.initial.setdefault("agency", within.get().pk)
        if not is_admin(user):
            offered = [role for role in Role.choices if role[0] != Role.ADMIN]
            self.fields["roles"].choices = offered  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency:
        """Refuse, beside the field, an agency for which the person may not give accounts."""
        agency: Agency = self.cleaned_data["agency"]
        verdict = rules.may_give_roles(self.user, agency, (), on=self.on)
        if not verdict:
            raise ValidationError(verdict.reason)
        return agency


class InviteForm(RolesForm):
    """A new person: four fields and the post."""

    field_order = ("name", "email", "agency", "post_title", "roles")
    name = forms.CharField(label=_("Nama"), max_length=120)
    email = NewEmailField(help_text=_("Surel kantor. Tautan untuk membuat kata sandi dikirim ke sini."))


class HolidayForm(OneTimeForm):
    """A day on which no notice is sent."""

    on = TypedDateField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=HolidayKind.choices, initial=HolidayKind.OWN)

    def clean_on(self) -> dt.date:
        """Refuse a day that is off already."""
        day: dt.date = self.cleaned_data["on"]
        known = Holiday.objects.filter(on=day, is_removed=False).first()
        if known is not None:
            raise ValidationError(_("Tanggal ini sudah tercatat sebagai %(name)s."), params={"name": known.name})
        return day
