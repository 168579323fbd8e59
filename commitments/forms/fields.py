"""Fields that read what offices write: dates, amounts with a comma, several files at once."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from agencies.models import Agreement
from commitments.reading.dates import read_typed_date
from config.files import StoredFile, take_in
from config.forms import seen
from config.templatetags.waktu import angka, tanggal

TEXT_LENGTH = 10_000
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LONG_PART = re.compile(r",\d{3}")  # "1,200" is 1.200 to some and 1,2 to others
_LARGEST = Decimal(10) ** 12  # the column holds twelve digits before the comma


def typed_date(today: dt.date, *, ahead: bool = False) -> Callable[[str], dt.date]:
    """Return a parser for a date field; it raises ValueError with an Indonesian sentence."""

    def read(text: str) -> dt.date:
        reading = read_typed_date(text, today=today, ahead=ahead)
        if reading.on is None:
            assert reading.remark is not None
            raise ValueError(reading.remark.worded(gettext))
        return reading.on

    return read


def storable(typed: str) -> str:
    """Typed text without blanks around it, signs nobody sees, and the zero character, which PostgreSQL cannot keep."""
    return seen(typed).replace("\0", "").strip()


class AgreementChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Agreements by code and day, since few people know the codes."""

    def label_from_instance(self, obj: Agreement) -> str:
        """``NK-2025-001, 29 Oktober 2025``: the day is what people remember."""
        return f"{obj.code}, {tanggal(obj.signed_on)}"


class AmountField(forms.CharField):
    """A number as it is written here: ``1.200``, ``2,5``; not negative, at most two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "required": False} | kwargs)
        self.widget.attrs.setdefault("class", "w-short")
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as ``to_python`` reads it, whatever the language; typed text stays as it was typed."""
        if not isinstance(value, Decimal):
            return value
        with override(settings.LANGUAGE_CODE):
            return angka(value)

    def to_python(self, value: Any) -> Any:
        """Read the typed number; None when nothing was typed."""
        text = str(super().to_python(value) or "").replace(" ", "")
        if not text:
            return None
        is_unclear = _LONG_PART.search(text) is not None
        if "," in text or _THOUSANDS.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        try:
            number = Decimal("NaN") if is_unclear else Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number < _LARGEST or number != round(number, 2):
            raise forms.ValidationError(_("Tulis angka, misalnya 4 atau 2,5."), code="invalid")
        return round(number, 2)

    def run_validators(self, value: Any) -> None:
        """The length belongs to the typed text, which the browser limits; a number has none."""


class FilesInput(forms.ClearableFileInput):
    """A file picker that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each taken in by :func:`config.files.take_in`; the cleaned value is a list."""

    def __init__(self, *, most: int = 5, **kwargs: Any) -> None:
        self.most = most
        widget = FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.heic,.heif"})
        kwargs.setdefault("required", False)
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[StoredFile]:
        """Take in every file; a refused one is named with its reason."""
        uploads: Sequence[UploadedFile[bytes]] = data if isinstance(data, list) else [data] if data else []
        if self.required and not uploads:
            raise forms.ValidationError(_("Pilih satu berkas."), code="required")
        if len(uploads) > self.most:
            words = ngettext(
                "Paling banyak %(n)d berkas sekali kirim.", "Paling banyak %(n)d berkas sekali kirim.", self.most
            )
            raise forms.ValidationError(words % {"n": self.most})
        kept, errors = [], []
        for upload in uploads:
            try:
                kept.append(take_in(upload))
            except forms.ValidationError as error:
                errors.append(
                    f"{(upload.name or '')[:80]}: {error.messages[0]}" if len(uploads) > 1 else error.messages[0]
                )
        if errors:
            raise forms.ValidationError(errors)
        return kept
