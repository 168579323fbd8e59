"""Forms of the import page: the file or the pasted rows, and then everything that was read from them.

All that is chosen travels in the form, the cells too. Each change is read again by the server, so that what is
shown is what is saved.
"""

import datetime as dt
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from commitments.actions.entries import LetterEntry, LineEntry, SourceEntry, Written
from commitments.actions.terms import TermsEntry
from commitments.carry import Table
from commitments.forms.book import Book
from commitments.forms.box import AgencyVocabulary
from commitments.forms.recorded import JOIN, RecordingForm
from commitments.forms.table_reading import COLUMN_ROLES, ChosenTable, column_name
from commitments.imported import Imported, ImportRow
from commitments.models import Origin
from commitments.reading.dates import long_date
from commitments.reading.quickadd import MAX_LINES
from commitments.reading.table.cells import is_too_large
from commitments.reading.table.reading import Role
from config.files import tidy_name
from config.forms import Form, Text, choices_of
from config.sheets import ACCEPTED, CHARACTERS, sheets_of
from meetings.models import MeetingKind

SAVING = ("draf", "sampaikan")
ROLE_LABELS = {
    Role.WORDING: _("Komitmen"),
    Role.LEAD: _("Penanggung jawab"),
    Role.SUPPORT: _("Pendukung"),
    Role.DUE: _("Tenggat"),
    Role.STATUS: _("Status"),
    Role.NOTE: _("Keterangan"),
}
CARRYING = ("host", "origin", "held_on", "counterpart")  # from these follows what comes back to the table
READ_AGAIN = ("sheet", "first_row", "month_ends", *CARRYING, *map(column_name, COLUMN_ROLES))
LIVE = {
    "data-hx-post": "/pertemuan/impor/",
    "data-hx-trigger": "change",
    "data-hx-target": "#bacaan",
    "data-hx-swap": "outerHTML",
    "data-hx-vals": '{"aksi": "periksa"}',
    "data-hx-sync": "closest form:replace",
}
_TOO_LARGE = _("Tabel ini terlalu besar untuk dibaca sekaligus. Salin bagian yang diperlukan saja.")


class SourceTableForm(Form):
    """Step one: a file, or rows copied from a spreadsheet."""

    file = forms.FileField(
        label=_("Berkas Excel atau CSV"),
        required=False,
        help_text=_("Berkas .xlsx atau .csv, paling besar 10 MB. Yang disimpan isinya, bukan berkasnya."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    pasted = forms.CharField(
        label=_("Atau tempel baris dari Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Pilih selnya di Excel, salin, lalu tempel di sini. Judul kolom boleh ikut."),
    )

    def clean(self) -> dict[str, Any]:
        """Take the cells from the file or from the box."""
        cleaned = super().clean() or self.cleaned_data
        upload, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        self.book = Book()
        if isinstance(upload, UploadedFile) and pasted.strip():
            self.add_error("file", _("Pilih berkas atau tempel baris, salah satu saja."))
        elif isinstance(upload, UploadedFile):
            self._take(upload)
        elif not pasted.strip():
            self.add_error("file", _("Pilih satu berkas, atau tempel baris dari Excel."))
        elif len(pasted) > CHARACTERS or is_too_large(pasted):
            self.add_error("pasted", _TOO_LARGE)
        else:
            self.book = Book.of_text(pasted.strip("\r\n"))
        return cleaned

    @property
    def used_field(self) -> str:
        """The field that the cells came with."""
        return "file" if self.book.name else "pasted"

    def _take(self, upload: "UploadedFile[bytes]") -> None:
        try:
            self.book = Book.of_sheets(tidy_name(upload.name or "", ""), sheets_of(upload))
        except forms.ValidationError as error:
            self.add_error("file", error)


class TableForm(RecordingForm):
    """Step two: where the rows come from, which column says what, and which rows are taken."""

    book = forms.CharField(widget=forms.HiddenInput, strip=False)
    sheet = forms.ChoiceField(label=_("Lembar"), required=False)
    mapped = forms.CharField(widget=forms.HiddenInput, required=False)  # the sheet that the columns were chosen for
    first_row = forms.IntegerField(
        label=_("Baris data pertama"), required=False, min_value=1, widget=forms.NumberInput(attrs={"class": "w-short"})
    )
    month_ends = forms.BooleanField(
        label=_("Bulan tanpa tanggal dibaca sebagai akhir bulan"),
        required=False,
        help_text=_("Misalnya Juni 2026 menjadi 30 Juni 2026."),
    )
    origin = forms.ChoiceField(
        label=_("Asal"),
        choices=[
            (Origin.MEETING, _("Pertemuan")),
            (Origin.LETTER, _("Surat")),
            (Origin.INSTRUCTION, _("Arahan")),
        ],
    )
    reference = forms.CharField(label=_("Nomor surat atau pemberi arahan"), required=False, max_length=200)

    def __init__(self, data: QueryDict, *, user: User, today: dt.date) -> None:
        vocabulary = AgencyVocabulary()
        self.chosen = ChosenTable(data, vocabulary=vocabulary, today=today)
        super().__init__(self._settled(data), user=user, today=today, vocabulary=vocabulary)
        self.page = Imported(self.chosen, data, vocabulary=vocabulary, user=user, today=today)
        self._offer()
        step = data.get("aksi", "")
        self.is_saving = step in SAVING or step.startswith(JOIN)

    def _settled(self, data: QueryDict) -> QueryDict:
        """The posted fields with what was found in place of what is not said yet."""
        settled, layout = data.copy(), self.chosen.table.layout
        settled["sheet"] = settled["mapped"] = str(self.chosen.place)
        settled["first_row"] = str(layout.first_row)
        for role in COLUMN_ROLES:
            settled[column_name(role)] = str(layout.roles.get(role, ""))
        if "held_on" not in data and (day := self.chosen.title_day):
            settled["held_on"] = long_date(day)
        settled.setdefault("origin", Origin.MEETING)
        settled.setdefault("kind", MeetingKind.AUDIENCE)
        return settled

    def _offer(self) -> None:
        """Fill the choices with what the table has."""
        self.choice("sheet").choices = self.chosen.sheet_words
        columns: list[tuple[Any, Text]] = [*self.chosen.column_words]
        for role, label in ROLE_LABELS.items():
            self.fields[column_name(role)] = forms.ChoiceField(
                label=label, choices=choices_of(columns, _("Tidak ada")), required=False
            )
        for name in READ_AGAIN:
            self.fields[name].widget.attrs |= LIVE

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The choices of columns, in order."""
        return [self[column_name(role)] for role in COLUMN_ROLES]

    # --- saving --------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """See that there is something to save, and where it comes from."""
        cleaned = super().clean() or self.cleaned_data
        if self.chosen.table.is_too_large:
            self.add_error(None, _TOO_LARGE)
        elif Role.WORDING not in self.chosen.table.layout.roles:
            self.add_error(column_name(Role.WORDING), _("Pilih kolom yang memuat komitmen."))
        elif self.is_saving:
            self._check_picked()
        if self.is_saving and cleaned.get("origin") != Origin.MEETING and not cleaned.get("reference", "").strip():
            self.add_error("reference", _("Tulis nomor surat, atau jabatan pemberi arahan."))
        if self.is_saving and cleaned.get("origin") == Origin.MEETING:
            self.look_for_the_same()
        return cleaned

    def _check_picked(self) -> None:
        if not self.page.picked:
            self.add_error(None, _("Centang paling sedikit satu baris."))
        if len(self.page.picked) > MAX_LINES:
            most = _("Sekali simpan paling banyak %(limit)d komitmen; %(n)d baris dicentang. Simpan dahulu sebagian.")
            self.add_error(None, most % {"limit": MAX_LINES, "n": len(self.page.picked)})
        for row in self.page.picked:
            for is_error, words in row.remarks:
                if is_error:
                    said = {"number": row.row.number, "words": words}
                    self.add_error(None, gettext("Baris %(number)d: %(words)s") % said)

    @property
    def is_meeting(self) -> bool:
        """Whether the rows come from a meeting."""
        return bool(self.cleaned_data.get("origin") == Origin.MEETING)

    @cached_property
    def carried(self) -> Table:
        """A letter and an instruction have no agenda."""
        return super().carried if self.is_meeting else Table()

    def letter_entry(self) -> LetterEntry:
        """The letter or instruction for the action."""
        cleaned, host = self.cleaned_data, self.chosen_host
        assert host is not None
        return LetterEntry(
            host_agency=host,
            origin=cleaned["origin"],
            origin_on=cleaned["held_on"],
            reference=cleaned["reference"],
            agreement=cleaned["agreement"],
        )

    def written(self) -> Written:
        """The cells with the ticked rows; pasted cells, which have no file, are called after the meeting."""
        source = SourceEntry(self.chosen.label[:160]) if self.chosen.label else None
        return Written(self.chosen.table.text, [self._entry(row) for row in self.page.picked], source)

    def _entry(self, row: ImportRow) -> LineEntry:
        """A row for the action; what was due before today is not reminded of."""
        line = row.row.line
        return LineEntry(
            TermsEntry(wording=line.wording, lead=row.lead, due_on=line.due_on, supporting=row.supporting),
            line.span.start,
            line.span.end,
            note=line.note,
            person_text=line.person_text,
            reminders_from=self.today if row.is_past else None,
        )
