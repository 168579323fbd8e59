"""Forms of a decision over a claim."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments import rules
from commitments.forms.fields import TEXT_LENGTH, FilesField, typed_date
from commitments.models import Progress
from config.files import StoredFile
from config.forms import OneTimeForm, TypedDateField

READY_REASONS = (
    _("Bukti belum sesuai dengan komitmen."),
    _("Tanggal pelaksanaan belum jelas."),
    _("Realisasi belum memenuhi target."),
    _("Dokumen belum lengkap atau tidak terbaca."),
)


class VerifyForm(OneTimeForm):
    """Nothing to fill in; ``seen`` stands for exactly what the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SendBackForm(OneTimeForm):
    """Why a claim is returned: ready reasons, own words, or both."""

    ready = forms.MultipleChoiceField(
        label=_("Alasan"),
        choices=[(str(n), reason) for n, reason in enumerate(READY_REASONS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Yang perlu dilengkapi"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> None:
        """Some reason must be given."""
        super().clean()
        if not self.errors and not self.full_reason:
            self.add_error("reason", _("Sebutkan apa yang perlu dilengkapi."))

    @property
    def full_reason(self) -> str:
        """The ticked reasons and the typed words as one text."""
        ticked = [str(READY_REASONS[int(n)]) for n in self.cleaned_data.get("ready", [])]
        return "\n".join([*ticked, *filter(None, [self.cleaned_data.get("reason", "").strip()])])


class DocumentForm(OneTimeForm):
    """A signed document that verifies the claim."""

    letter_number = forms.CharField(label=_("Nomor dokumen"), max_length=120)
    letter_on = TypedDateField(label=_("Tanggal dokumen"))
    signer_name = forms.CharField(
        label=_("Nama penanda tangan"), help_text=_("Bukan orang yang melaporkan selesai."), max_length=120
    )
    signer_post = forms.CharField(label=_("Jabatan penanda tangan"), max_length=160)
    file = FilesField(most=1, label=_("Pindaian dokumen"), required=True, help_text=_("PDF, JPG, PNG, atau HEIC."))

    def __init__(self, *args: Any, claim: Progress | None, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim, self.today = claim, today
        cast(TypedDateField, self.fields["letter_on"]).parser = typed_date(today)

    def clean_letter_on(self) -> dt.date:
        """A document cannot be signed tomorrow."""
        day: dt.date = self.cleaned_data["letter_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tanggalnya."))
        return day

    def clean_signer_name(self) -> str:
        """The signer is not the one who claimed."""
        name: str = self.cleaned_data["signer_name"]
        if self.claim is not None and not (verdict := rules.may_sign(name, self.claim)):
            raise forms.ValidationError(verdict.reason)
        return name

    @property
    def stored(self) -> StoredFile:
        """The scan of a valid form."""
        kept: list[StoredFile] = self.cleaned_data["file"]
        return kept[0]
