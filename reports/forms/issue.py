"""What a person says when a report is returned, withdrawn, or given its letter."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.files import StoredFile, take_in
from config.forms import Form, TypedDateField
from config.templatetags.waktu import tanggal
from config.workdays import day_of
from reports.issuing.publishing import Letter
from reports.models import Report
from reports.press.personal import kinds_in


def reason_field(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    """Why something is done, in a person's own words."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
    )


def impersonal(text: str) -> None:
    """Refuse personal data in what the check page shows to everybody."""
    if kinds := kinds_in(text):
        raise forms.ValidationError(
            _("Tampil di halaman pemeriksaan, terbuka untuk siapa pun. Hapus data pribadi: %(kinds)s."),
            params={"kinds": kinds},
        )


class ReturnForm(Form):
    """Why a prepared report becomes a draft again."""

    reason = reason_field(_("Alasan pengembalian"), _("Dibaca oleh yang menyiapkan laporan."))


class WithdrawForm(Form):
    """Why an issued report is withdrawn."""

    reason = reason_field(
        _("Alasan penarikan"),
        _("Tampil di halaman pemeriksaan, terbuka untuk siapa pun. Jangan tulis data pribadi."),
        validators=[impersonal],
    )


class DismissForm(Form):
    """Why an erratum is not needed."""

    reason = reason_field(_("Alasan"), _("Tersimpan di jejak audit."))


class IssueErratumForm(Form):
    """What people add in their own words before an erratum is issued."""

    note = forms.CharField(
        label=_("Keterangan"),
        help_text=_("Dicetak di bawah tabel."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LetterForm(Form):
    """Number, day and signed scan of the letter with which a report went out."""

    number = forms.CharField(label=_("Nomor naskah dinas"), max_length=120, required=False, validators=[impersonal])
    on = TypedDateField(label=_("Tanggal naskah dinas"), required=False)
    scan = forms.FileField(
        label=_("Pindaian bertanda tangan"),
        required=False,
        help_text=_("PDF atau gambar (JPG, PNG, HEIC), paling besar 10 MB."),
    )

    def __init__(self, *args: Any, report: Report, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"number": report.letter_number, "on": report.letter_on})
        super().__init__(*args, **kwargs)
        self.report, self.today = report, today

    def clean_on(self) -> dt.date | None:
        """A letter goes out with the report: not before the day it was issued, nor in the future."""
        on: dt.date | None = self.cleaned_data["on"]
        if on is None:
            return None
        if on > self.today:
            raise forms.ValidationError(_("Tanggal naskah dinas tidak boleh sesudah hari ini."))
        assert self.report.published_at is not None  # the rule admits issued reports only
        issued = day_of(self.report.published_at)
        if on < issued:
            words = _("Tanggal naskah dinas tidak boleh sebelum laporan terbit (%(day)s).")
            raise forms.ValidationError(words, params={"day": tanggal(issued)})
        return on

    def clean_scan(self) -> StoredFile | None:
        """The file, checked and cleaned; None when no new one is sent."""
        sent = self.cleaned_data.get("scan")
        return take_in(sent) if sent else None

    def clean(self) -> dict[str, Any]:
        """Number and day belong together; something must be there at all."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        number, on = cleaned["number"], cleaned["on"]
        if bool(number) != bool(on):
            missing = "on" if number else "number"
            self.add_error(missing, _("Nomor dan tanggal naskah dinas diisi bersama."))
        if not number and not cleaned["scan"] and not self.report.letter_number:
            self.add_error(None, _("Isi nomor dan tanggal, atau pilih pindaian."))
        return cleaned

    def letter(self) -> Letter:
        """What was filled in."""
        return Letter(self.cleaned_data["number"], self.cleaned_data["on"], self.cleaned_data["scan"])
