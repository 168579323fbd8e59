"""The form that makes two records one: which one stays, and why."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.numbering import right_form
from commitments.forms.fields import TEXT_LENGTH
from config.forms import OneTimeForm


class MergeForm(OneTimeForm):
    """One of the records that are offered, or the code of another one, and the reason."""

    field_order = ("token", "offered", "typed_code", "reason")

    offered = forms.ChoiceField(label=_("Catatan yang tetap dipakai"), required=False, widget=forms.RadioSelect)
    typed_code = forms.CharField(label=_("Kode catatan lain"), required=False, max_length=24)
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tersimpan dalam jejak audit."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["offered"]).choices = choices
        if not choices:
            del self.fields["offered"]
            self.fields["typed_code"].required = True

    @property
    def code(self) -> str:
        """The code that was typed, else the one that was chosen."""
        typed: str = self.cleaned_data.get("typed_code", "").strip()
        return right_form(typed) if typed else str(self.cleaned_data.get("offered", ""))

    def clean(self) -> None:
        """Some record must be named."""
        super().clean()
        if not self.errors and not self.code:
            self.add_error("typed_code", _("Pilih satu catatan, atau tulis kodenya."))
