"""Forms of the texts for the press: a first text, its later versions, and any text to be checked."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.conflict import MergingForm, base_of
from commitments.forms.paste_text import CleanText, PastedText
from config.forms import Form, OneTimeForm
from reports.models import PressText

MOST_LETTERS = 40_000
_WORDS = {"rows": 18, "spellcheck": "true"}


class PressWords(forms.Form):
    """Title and text, in the same words on every page."""

    title = CleanText(label=_("Judul"), max_length=200)
    text = PastedText(label=_("Naskah"), widget=forms.Textarea(attrs=_WORDS))

    def clean_text(self) -> str:
        """A text of which all is checked."""
        words = str(self.cleaned_data["text"]).strip()
        if not words:
            raise forms.ValidationError(_("Naskah belum diisi."))
        if len(words) > MOST_LETTERS:
            raise forms.ValidationError(_("Naskah terlalu panjang. Batasnya 40.000 huruf."))
        return words


class NewPressForm(OneTimeForm, PressWords):
    """A first text."""


class PressForm(MergingForm, PressWords):
    """The next version of a text; what somebody else changed meanwhile is joined or asked about."""

    compared = ("title", "text")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, thing: PressText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        shown = {"title": thing.title, "text": thing.text, "version": thing.version}
        self.initial.update(shown | {"base": base_of(self.stored_words())})

    def clean(self) -> None:
        """Where both changed the same, the choice decides."""
        super().clean()
        self.choose()


class CheckTextForm(Form):
    """Any text and what it is to be compared with."""

    source = forms.ChoiceField(
        label=_("Bandingkan dengan"),
        error_messages={"invalid_choice": _("Pilih pertemuan, laporan, atau kesepakatan dari daftar.")},
    )
    text = PastedText(
        label=_("Naskah"),
        help_text=_("Tempel naskah apa pun. Naskah tidak disimpan."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, sources: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["source"]).choices = [group for group in sources if group[1]]
