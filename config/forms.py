"""The base of every form: error summary, warnings that may be ignored, one-time token, typed dates.

The page writes the form tag, ``{% csrf_token %}`` and the buttons; ``{% form_body form %}`` writes the rest.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict, pretty_name
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IGNORE_FIELD = "abaikan_peringatan"
Text = str | Promise

MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for month in names.split()
}
# Signs nobody sees: control characters but tab and line ends, marks of writing direction, blanks without width.
# With them a name shows otherwise than it is stored, and two that look alike are different.
UNSEEN: dict[int, str | None] = dict.fromkeys(
    (
        *range(0x01, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0x00AD, 0x061C, 0x180E,
        *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    )
)  # fmt: skip
UNSEEN |= {0x0B: "\n", 0x0C: "\n"}  # a line end inside a paragraph, and a new page
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(?:[a-z']+,?\s+)?(\d{1,2})[\s./-]*([a-z]+|\d{1,2})[\s./-]*(\d{4})")


@dataclass(frozen=True)
class Doubt:
    """Something that looks wrong but may be right; it blocks until the person ticks it."""

    field: str
    code: str
    text: Text
    is_ignored: bool

    @property
    def input_id(self) -> str:
        """Return the id of the tick that lets the form pass."""
        return f"id_{IGNORE_FIELD}_{self.code}"


class Form(forms.Form):
    """Base of all forms; ``field_order`` of Django sets the order of the fields.

    The browser checks nothing by itself: every mistake is answered by the server, in one place and one language.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.warnings: list[Doubt] = []
        self.helper = form_helper()
        for name, field in self.fields.items():
            _prepare(field, field.label or pretty_name(name))

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """What was typed as it is shown and stored: without signs nobody sees; a password stays as it is."""
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        is_words = isinstance(value, str) and not isinstance(widget, forms.PasswordInput)
        return seen(value) if is_words else value

    @property
    def ignore_name(self) -> str:
        """Name of the ticks in the posted data."""
        return self.add_prefix(IGNORE_FIELD)

    @property
    def ignored_codes(self) -> set[str]:
        """Codes of the warnings the person has ticked."""
        values = self.data.getlist(self.ignore_name) if hasattr(self.data, "getlist") else []
        return set(values)

    def add_warning(self, field: str, code: str, text: Text) -> None:
        """Ask the person to look again. Call it while cleaning.

        ``code`` names the warning and should hold the doubted value ("realised-14"), so that a tick given for
        one value does not pass another.
        """
        code = re.sub(r"[^\w.-]", "-", code)
        self.warnings.append(Doubt(field, code, text, code in self.ignored_codes))

    @property
    def pending_warnings(self) -> list[Doubt]:
        """Warnings that are not ticked yet."""
        return [warning for warning in self.warnings if not warning.is_ignored]

    def full_clean(self) -> None:
        """Clean anew; warnings of an earlier run are forgotten."""
        self.warnings = []
        super().full_clean()

    def hush(self) -> None:
        """Read what is typed and say nothing about it: no errors, no warnings. For words that are only continued."""
        self.full_clean()
        self._errors = ErrorDict(renderer=self.renderer)
        self.warnings = []

    def is_valid(self) -> bool:
        """Say whether there is no error and every warning is ticked."""
        return super().is_valid() and not self.pending_warnings


class OneTimeForm(Form):
    """A form that can be saved once: it carries a token that the view hands to the store of used tokens."""

    token = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("Halaman ini rusak saat dikirim. Muat ulang, lalu isi kembali.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid.uuid4())

    @property
    def once(self) -> uuid.UUID | None:
        """Token of a valid form; None when the sender left it out."""
        token = self.cleaned_data.get("token")
        return token if isinstance(token, uuid.UUID) else None


class TypedDateField(forms.CharField):
    """A date as people write it, in a plain text input.

    ``parser`` takes the typed text and returns a date; it raises ``ValueError`` with an Indonesian sentence when
    the text is no date. The cleaned value is a ``datetime.date`` or None.
    """

    def __init__(self, *, parser: Callable[[str], dt.date] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Misalnya 30 Juni 2026 atau 30/6/2026."))
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.parser = parser or written_date
        self.widget.attrs.setdefault("class", "w-medium")

    def prepare_value(self, value: Any) -> Any:
        """Show a date in words; typed text stays as it was typed."""
        return formats.date_format(value, "j F Y") if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> Any:
        """Read the typed text."""
        if isinstance(value, dt.date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.parser(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """Length is checked on the typed text by the widget; a date has no length."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was shown with what came back."""
        return bool((self.prepare_value(initial) or "") != (data or ""))


def seen(text: str) -> str:
    """The text without signs nobody sees (:data:`UNSEEN`)."""
    return text.translate(UNSEEN)


def written_date(text: str) -> dt.date:
    """Read "30 Juni 2026", "Selasa, 30 Jun 2026", "30/6/2026", "30-6-2026" or "2026-06-30"; day before month."""
    plain = text.strip().lower()
    try:
        if match := ISO_DATE.fullmatch(plain):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := DAY_FIRST.fullmatch(plain):
            month = int(match[2]) if match[2].isdigit() else MONTHS[match[2]]
            return dt.date(int(match[3]), month, int(match[1]))
    except (KeyError, ValueError) as error:
        raise ValueError(_not_in_calendar(text)) from error
    raise ValueError(_('Tanggal "%(text)s" tidak terbaca. Tulis misalnya 30 Juni 2026.') % {"text": text[:40]})


def form_helper() -> FormHelper:
    """Return crispy's settings of this product: the page owns the form tag and the CSRF field."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.use_custom_control = False
    return helper


def _prepare(field: forms.Field, label: Text) -> None:
    """Give a field what every field has: no guessing by the browser, and words that name it when it is empty."""
    attrs = field.widget.attrs
    if isinstance(field.widget, (forms.TextInput, forms.Textarea)) and not field.widget.is_hidden:
        attrs.setdefault("autocomplete", "off")
    if field.required and not isinstance(field.widget, (forms.RadioSelect, forms.HiddenInput)):
        attrs.setdefault("aria-required", "true")
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _('"%(label)s" belum diisi.') % {"label": label}


def choices_of(rows: Sequence[tuple[Any, Text]], empty: Text = "") -> list[tuple[Any, Text]]:
    """Return choices for a select, with an empty first line when ``empty`` says what it means."""
    return ([("", empty)] if empty else []) + list(rows)


def _not_in_calendar(text: str) -> str:
    """Say that the text looks like a date that does not exist."""
    return str(_('Tanggal "%(text)s" tidak ada di kalender. Tulis misalnya 30 Juni 2026.') % {"text": text[:40]})
