"""The first step of the paste page: a text or a file, and how stretches of it are named in fields."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.reading.spans import Span, normalise
from config.document_child import CHARACTERS
from config.documents import ACCEPTED, words_of
from config.files import tidy_name
from config.forms import Form

MOST_ROWS = 100
_KEY = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
_TOO_LONG = _("Teks ini terlalu panjang. Batasnya 200.000 huruf: tempel bagian yang memuat hasil pertemuan saja.")


class CleanText(forms.CharField):
    """A line of text without invisible characters."""

    def to_python(self, value: Any) -> str:
        """Read it as the source is read, so that nothing shows otherwise than it is stored."""
        return normalise(str(super().to_python(value) or "")).strip()


class PastedText(forms.CharField):
    """The whole text, as it is kept: line ends made alike, invisible characters taken out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, max_length=CHARACTERS, **kwargs)
        self.error_messages["max_length"] = _TOO_LONG

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No limit in the browser: it would cut a pasted text without a word."""
        return {}

    def to_python(self, value: Any) -> str:
        """Return the text to which all offsets belong."""
        return normalise(str(super().to_python(value) or ""))


class SourceForm(Form):
    """Step one: a pasted text or a file."""

    text = PastedText(
        label=_("Siaran pers atau notula"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Atau pilih berkas"),
        required=False,
        help_text=_("Berkas .txt, .docx, atau .pdf, paling besar 10 MB. Yang disimpan teksnya, bukan berkasnya."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the words from the box or from the file."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        typed = cleaned.get("text", "").strip()
        if isinstance(upload, UploadedFile):
            self._take(upload, typed)
        elif not typed and "text" not in self.errors:
            self.add_error("text", _("Tempel teks di kotak, atau pilih satu berkas."))
        return cleaned

    def _take(self, upload: "UploadedFile[bytes]", typed: str) -> None:
        if typed:
            self.add_error("file", _("Isi kotak teks atau pilih berkas, salah satu saja."))
            return
        try:
            self.cleaned_data["text"] = normalise(words_of(upload))
        except forms.ValidationError as error:
            self.add_error("file", error)

    @property
    def label(self) -> str:
        """What the text is called: the name of its file, else what it most often is."""
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile):
            return tidy_name(upload.name or "", "")
        return gettext("Siaran pers")

    @property
    def removed(self) -> int:
        """How many invisible characters the typed text lost."""
        typed = str(self.data.get("text", "")).replace("\r\n", "\n")
        return len(typed) - len(normalise(typed))


def whole_words(span: Span, text: str) -> Span:
    """A selected stretch without blanks at its ends and without torn words."""
    words = span.of(text)
    start, end = span.end - len(words.lstrip()), span.start + len(words.rstrip())
    if end <= start:
        return Span(span.start, span.start)
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def key_of(span: Span) -> str:
    """How a stretch is named in fields: ``2563-2633``."""
    return f"{span.start}-{span.end}"


def span_of(key: str) -> Span | None:
    """The stretch with this name; None for anything else."""
    found = _KEY.fullmatch(key)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return Span(int(found[1]), int(found[2]))


def spans_in(data: QueryDict, name: str = "baris") -> list[Span]:
    """The stretches posted under a name, each once, in the order of the text, at most ``MOST_ROWS``."""
    return sorted({span for key in data.getlist(name) if (span := span_of(key))})[:MOST_ROWS]
