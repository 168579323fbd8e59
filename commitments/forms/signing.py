"""The form of a signed copy of the minutes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from commitments.actions.minutes import SignedMinutes
from commitments.forms.fields import FilesField, typed_date
from config.forms import OneTimeForm, TypedDateField
from meetings.models import Meeting


class SigningForm(OneTimeForm):
    """Number, date and scan of the signed minutes, and whose signatures stand on them."""

    number = forms.CharField(label=_("Nomor notula"), max_length=120, help_text=_("Seperti tertulis pada naskahnya."))
    signed_on = TypedDateField(label=_("Tanggal penandatanganan"))
    agencies = forms.MultipleChoiceField(
        label=_("Instansi yang menandatangani"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Setiap instansi yang dicentang tercatat mengonfirmasi komitmen miliknya dalam notula ini."),
        error_messages={"required": _("Centang paling sedikit satu instansi.")},
    )
    file = FilesField(most=1, label=_("Pindaian notula"), required=True, help_text=_("PDF, JPG, PNG, atau HEIC."))

    def __init__(self, *args: Any, meeting: Meeting, agencies: Sequence[Agency], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, today
        self.by_code = {agency.code: agency for agency in agencies}
        choices = [(agency.code, agency.short_name) for agency in agencies]
        cast(forms.MultipleChoiceField, self.fields["agencies"]).choices = choices
        cast(TypedDateField, self.fields["signed_on"]).parser = typed_date(today)

    def clean_signed_on(self) -> dt.date:
        """Nobody signs minutes before the meeting or tomorrow."""
        day: dt.date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tanggalnya."))
        if day < self.meeting.held_on:
            raise forms.ValidationError(_("Tanggal ini sebelum pertemuan. Periksa tanggalnya."))
        return day

    def signed(self) -> SignedMinutes:
        """The signed copy for the action."""
        said = self.cleaned_data
        agencies = tuple(self.by_code[code] for code in said["agencies"])
        return SignedMinutes(said["number"], said["signed_on"], said["file"][0], agencies)
