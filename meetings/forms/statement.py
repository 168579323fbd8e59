"""The form of one statement: who said what, and whether it may be quoted."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from config.forms import OneTimeForm, choices_of
from meetings.models import Statement


class StatementForm(OneTimeForm):
    """A quote with its speaker. The words of a source stay as the source has them."""

    speaker = forms.CharField(label=_("Penutur"), max_length=160, help_text=_("Jabatan, misalnya Kepala Suku Dinas."))
    agency = forms.ChoiceField(label=_("Instansi"), required=False)
    verbatim = forms.CharField(label=_("Kutipan"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
    may_quote = forms.BooleanField(
        label=_("Izin kutip"), required=False, help_text=_("Penutur mengizinkan kutipan ini dipakai dalam naskah lain.")
    )
    quote_allowed_by = forms.CharField(
        label=_("Izin diberikan oleh"), required=False, max_length=200, help_text=_("Siapa, dan lewat apa.")
    )

    def __init__(self, *args: Any, agencies: list[Agency], statement: Statement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.code: agency for agency in agencies}
        self.statement = statement
        choice = cast(forms.ChoiceField, self.fields["agency"])
        choice.choices = choices_of([(a.code, a.short_name) for a in agencies], empty=_("Tidak disebut"))
        if statement is not None:
            self._show(statement)

    def _show(self, statement: Statement) -> None:
        for name in ("speaker", "verbatim", "may_quote", "quote_allowed_by"):
            self.initial.setdefault(name, getattr(statement, name))
        self.initial.setdefault("agency", statement.agency.code if statement.agency else "")
        if statement.source_id is not None:
            self.fields["verbatim"].disabled = True
            self.fields["verbatim"].help_text = _("Kutipan dari naskah sumber tidak diubah.")

    def clean(self) -> dict[str, Any]:
        """A permission names who gave it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("may_quote") and not cleaned.get("quote_allowed_by", "").strip():
            self.add_error("quote_allowed_by", _("Sebutkan siapa yang memberi izin kutip."))
        return cleaned

    def entry(self) -> dict[str, Any]:
        """Keywords for the actions."""
        said = self.cleaned_data
        return {
            "speaker": said["speaker"],
            "agency": self.agencies.get(said["agency"]),
            "verbatim": said["verbatim"],
            "may_quote": said["may_quote"],
            "quote_allowed_by": said["quote_allowed_by"] if said["may_quote"] else "",
        }
