"""Forms of the papers of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import Form


class RemovalForm(Form):
    """Why a file is removed."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Dicatat di jejak.")
    )
