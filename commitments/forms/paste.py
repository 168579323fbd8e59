"""Forms of the paste page: the text itself, and what was read from it as fields that a person checks.

Everything travels in the form, the whole text too: nothing is kept before *Simpan*. A row is one commitment and is
named by the stretch of the text it stands on, ``2563-2633``, so its fields are ``rumusan-2563-2633`` and so on.
"""

import dataclasses
import datetime as dt
import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from commitments.actions.entries import LineEntry, MeetingEntry, SourceEntry, Written
from commitments.actions.terms import TermsEntry
from commitments.forms.box import AgencyVocabulary
from commitments.forms.fields import storable
from commitments.forms.paste_text import CleanText, PastedText, key_of, spans_in
from commitments.forms.recorded import MeetingFacts, RecordingForm
from commitments.models import Kind
from commitments.reading.dates import long_date, read_date, read_typed_date
from commitments.reading.remarks import Remark
from commitments.reading.spans import Span

WORDING_LENGTH = 2000
LABEL_LENGTH = 160


class PasteForm(RecordingForm, MeetingFacts):
    """Step two: the meeting and its commitments, as read and as corrected. Build it with the posted data."""

    text = PastedText(widget=forms.Textarea(attrs={"hidden": True}))
    label = CleanText(label=_("Nama sumber"), max_length=LABEL_LENGTH)
    source_url = forms.URLField(
        label=_("Alamat sumber"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": _("Tulis alamat lengkap, misalnya https://situs.go.id/berita.")},
    )
    due_all = forms.CharField(
        label=_("Tenggat semua"),
        required=False,
        max_length=60,
        help_text=_("Usulan untuk baris yang tenggatnya kosong, misalnya 30jun, tw2, atau 30 Juni 2026."),
    )

    def __init__(self, data: QueryDict, *, user: User, today: dt.date, vocabulary: AgencyVocabulary) -> None:
        super().__init__(data, user=user, today=today, vocabulary=vocabulary)
        self.posted = data
        self.spans = spans_in(data)
        for span in self.spans:
            key = key_of(span)
            self._add_row(key, is_picked=f"pilih-{key}" in data)
        self.owners: dict[Span, list[Agency]] = {}
        self.dues: dict[Span, dt.date | None] = {}

    def _add_row(self, key: str, *, is_picked: bool) -> None:
        """The fields of one row; what is not ticked is not saved, so it may be incomplete."""
        rows = {"rows": 3, "maxlength": WORDING_LENGTH}
        added: dict[str, forms.Field] = {
            f"pilih-{key}": forms.BooleanField(label=_("Simpan komitmen ini"), required=False),
            f"instansi-{key}": forms.CharField(
                label=_("Penanggung jawab"),
                required=False,
                max_length=400,
                widget=forms.TextInput(attrs={"list": "daftar-kode", "data-owner": True}),
            ),
            f"tenggat-{key}": forms.CharField(label=_("Tenggat"), required=False, max_length=60),
            f"jenis-{key}": forms.ChoiceField(label=_("Jenis komitmen"), required=is_picked, choices=Kind.choices),
            f"rumusan-{key}": CleanText(
                label=_("Rumusan"),
                required=is_picked,
                max_length=WORDING_LENGTH,
                widget=forms.Textarea(attrs=rows),
            ),
        }
        for name, field in added.items():
            field.widget.attrs.setdefault("autocomplete", "off")
            field.error_messages["required"] = _("Rumusan belum diisi.")
            self.fields[name] = field
        if self.posted.get("baru") == key:
            self.fields[f"instansi-{key}"].widget.attrs["autofocus"] = True  # what was just made a commitment

    def clean(self) -> dict[str, Any]:
        """Read owners and dates of the rows; something must be picked or written."""
        cleaned = super().clean() or self.cleaned_data
        after = cleaned.get("held_on") or self.today
        self._due_all = self._due("due_all", after)
        self.spans = [span for span in self.spans if span.end <= len(cleaned.get("text", ""))]
        for span in self.picked:
            self.owners[span] = self._owners(f"instansi-{key_of(span)}")
            self.dues[span] = self._due(f"tenggat-{key_of(span)}", after)
        self._warn(cleaned)
        if not self.picked and not cleaned.get("minutes", "").strip():
            self.add_error(None, _("Centang paling sedikit satu komitmen, atau tulis notula singkat."))
        return cleaned

    def _owners(self, name: str) -> list[Agency]:
        """The agencies typed in a row, by code or name: the first is responsible, the others support."""
        typed = self.cleaned_data.get(name, "").strip()
        parts = _names_in(typed)
        if len(parts) > 1 and not isinstance(found := self.vocabulary.find(typed), Remark):
            return [found]  # a name with a comma in it
        return list(dict.fromkeys(agency for part in parts if (agency := self.named(name, part))))

    def _due(self, name: str, after: dt.date) -> dt.date | None:
        typed = self.cleaned_data.get(name, "").strip().removeprefix("/")
        if not typed:
            return None
        reading = read_date("-".join(typed.split()), after=after)
        if reading.on is None:
            written = read_typed_date(typed, today=after, ahead=True)
            reading = written if written.on or not reading.is_date else reading
        if reading.on is None:
            assert reading.remark is not None
            self.add_error(name, reading.remark.worded(gettext))
        return reading.on

    def _warn(self, cleaned: dict[str, Any]) -> None:
        """What looks wrong but may be right: a date before the meeting, a meeting that is recorded already."""
        if (held_on := cleaned.get("held_on")) is None:
            return
        early = sorted({due for span in self.picked if (due := self.due_of(span)) and due < held_on})
        for due in early:
            words = gettext("Tenggat %(date)s mendahului tanggal pertemuan. Simpan jika memang benar, atau perbaiki.")
            self.add_warning("due_all", f"mendahului-{due}", words % {"date": long_date(due)})
        self.look_for_the_same()

    @property
    def picked(self) -> list[Span]:
        """The ticked rows in the order of the text."""
        return [span for span in self.spans if self.cleaned_data.get(f"pilih-{key_of(span)}")]

    def due_of(self, span: Span) -> dt.date | None:
        """The date of a row: its own, else the one for all."""
        return self.dues.get(span) or self._due_all

    @property
    def incomplete(self) -> int:
        """Ticked rows without an owner or a date."""
        return sum(1 for span in self.picked if not self.owners.get(span) or not self.due_of(span))

    def meeting_entry(self) -> MeetingEntry:
        """The meeting with the address of the text."""
        return dataclasses.replace(super().meeting_entry(), source_url=self.cleaned_data["source_url"])

    def written(self) -> Written:
        """The whole text under its name, and the ticked rows; each points to its stretch."""
        source = SourceEntry(storable(self.cleaned_data["label"]), self.cleaned_data["source_url"])
        return Written(self.cleaned_data["text"], [self._entry(span) for span in self.picked], source)

    def _entry(self, span: Span) -> LineEntry:
        key, owners = key_of(span), self.owners[span]
        wording = " ".join(storable(self.cleaned_data[f"rumusan-{key}"]).split())
        terms = TermsEntry(
            wording=wording, lead=owners[0] if owners else None, due_on=self.due_of(span), supporting=tuple(owners[1:])
        )
        return LineEntry(terms, span.start, span.end, kind=self.cleaned_data[f"jenis-{key}"])

    def quotes(self) -> list[tuple[str, Span]]:
        """(speaker, stretch) of every ticked statement."""
        text = self.cleaned_data["text"]
        found = []
        for span in spans_in(self.posted, "kutip"):
            if span.end <= len(text):
                speaker = storable(str(self.posted.get(f"penutur-{key_of(span)}", "")))[:LABEL_LENGTH]
                found.append((speaker or gettext("Penutur tidak disebut"), span))
        return found


def _names_in(typed: str) -> list[str]:
    """The codes or names in ``naker, sos`` or ``@dik1,2 @naker`` (``dik1``, ``dik2``, ``naker``)."""
    found: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[,;@]", typed))):
        found.append(found[-1][:-1] + part if found and len(part) == 1 else part)
    return found
