"""Commitments that follow from a letter or an instruction, without a meeting."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from commitments.actions.entries import LetterEntry
from commitments.forms.box import BoxForm
from commitments.forms.fields import AgreementChoice, typed_date
from commitments.forms.log import LIVE_PREVIEW
from commitments.forms.recorded import agreements_of, hosts_of
from commitments.models import Origin
from config.forms import OneTimeForm, TypedDateField


class LetterForm(BoxForm, OneTimeForm):
    """Where it comes from, when, and what it asks for."""

    host = forms.ChoiceField(label=_("Dicatat oleh"))
    origin = forms.ChoiceField(
        label=_("Asal"),
        choices=[(Origin.LETTER, _("Surat")), (Origin.INSTRUCTION, _("Arahan"))],
        initial=Origin.LETTER,
    )
    origin_on = TypedDateField(label=_("Tanggal surat atau arahan"), help_text="")
    reference = forms.CharField(label=_("Nomor surat, atau jabatan pemberi arahan"), max_length=200)
    agreement = AgreementChoice(
        label=_("Kesepakatan"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Belum dikaitkan dengan kesepakatan"),
    )
    presence_rows: tuple[Agency, ...] = ()  # nobody was in a room, so nobody can be ticked

    def __init__(self, *args: Any, user: User, today: dt.date, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.hosts = hosts_of(user)
        self.today = today
        cast(forms.ChoiceField, self.fields["host"]).choices = [(host.code, host.short_name) for host in self.hosts]
        cast(TypedDateField, self.fields["origin_on"]).parser = typed_date(today)
        cast(AgreementChoice, self.fields["agreement"]).queryset = agreements_of(user)
        self.fields["lines"].widget.attrs |= LIVE_PREVIEW | {"data-hx-post": address}
        self.initial.setdefault("host", self.hosts[0].code)

    def clean(self) -> dict[str, Any]:
        """Read the box in the light of the letter's date."""
        cleaned = super().clean() or self.cleaned_data
        # Without a date nothing is saved; until it is typed, the box is read as of today.
        self.read_box(
            meeting_on=cleaned.get("origin_on") or self.today,
            agreement=cleaned.get("agreement"),
            present=[],
            user=self.user if cleaned.get("origin") == Origin.LETTER else None,  # an instruction brings no news
            today=self.today,
        )
        if not self.reading.lines and "lines" not in self.errors:
            self.add_error("lines", _("Tulis paling sedikit satu komitmen."))
        return cleaned

    def letter_entry(self) -> LetterEntry:
        """The letter for the action."""
        cleaned = self.cleaned_data
        return LetterEntry(
            host_agency=next(host for host in self.hosts if host.code == cleaned["host"]),
            origin=cleaned["origin"],
            origin_on=cleaned["origin_on"],
            reference=cleaned["reference"],
            agreement=cleaned["agreement"],
        )
