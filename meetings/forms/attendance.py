"""Forms of the list of those present: a person, the door, and what somebody writes at the door."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.names import AgencyEntry, called_exactly, nearest, snapshot
from config.forms import Form, OneTimeForm
from meetings.attendance import Person
from meetings.checkin import Entry
from meetings.models import Attendance, CheckIn, Meeting

HALF_HOUR = 30  # minutes


class OneLineField(forms.CharField):
    """A name or a post on one line: without control and direction marks, with single blanks."""

    def to_python(self, value: Any) -> str:
        """Read the text as it will be printed."""
        text = unicodedata.normalize("NFC", str(value or ""))
        plain = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
        return str(super().to_python(" ".join(plain.split())))


class AgencyNameField(OneLineField):
    """An agency by its code or any of its names; the cleaned value is the agency.

    ``entries`` are the names that are known. An error names the three nearest.
    """

    entries: Sequence[AgencyEntry] = ()

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Instansi"))
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"list": "daftar-instansi"}

    def clean(self, value: Any) -> Any:
        """Find the agency that is meant."""
        typed = str(super().clean(value))
        found = called_exactly(typed, self.entries)
        if found is None:
            near = ", ".join(entry.short_name for entry in nearest(typed, self.entries))
            words = translated('Instansi "%(typed)s" tidak ada di daftar. Yang mirip: %(near)s.')
            raise forms.ValidationError(words % {"typed": typed[:60], "near": near or "-"})
        return Agency.objects.get(pk=found.pk)


class _NamingForm(OneTimeForm):
    """A form with an agency in it; the directory is read once."""

    agency = AgencyNameField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = snapshot()
        self.fields["agency"].entries = self.entries  # type: ignore[attr-defined]


class PersonForm(_NamingForm):
    """Somebody who was there for an agency; name and post may be empty."""

    name = OneLineField(label=_("Nama"), required=False, max_length=120)
    post_text = OneLineField(label=_("Jabatan"), required=False, max_length=160)

    def __init__(self, *args: Any, row: Attendance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            self.initial.update({"agency": row.agency.name, "name": row.name, "post_text": row.post_text})
            kept = AgencyEntry(row.agency.pk, row.agency.code, row.agency.name, row.agency.short_name)
            if all(entry.pk != kept.pk for entry in self.entries):  # an agency that no longer exists may stay
                self.fields["agency"].entries = [*self.entries, kept]  # type: ignore[attr-defined]

    def person(self) -> Person:
        """The person for the action."""
        typed = self.cleaned_data
        return Person(typed["agency"], typed["name"], typed["post_text"])


class EntryAgencyForm(_NamingForm):
    """Which agency of the directory a person at the door meant."""

    def __init__(self, *args: Any, row: CheckIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["agency"] = row.agency.name if row.agency else row.agency_text


class DoorForm(OneTimeForm):
    """Until when people may write their names: two hours after the meeting ends."""

    ends_at = forms.TimeField(
        label=_("Selesai pukul"),
        input_formats=["%H.%M", "%H:%M", "%H%M"],
        error_messages={"invalid": _("Jam tidak terbaca. Tulis misalnya 12.30.")},
        widget=forms.TimeInput(attrs={"class": "w-short", "inputmode": "numeric"}, format="%H.%M"),
        help_text=_("Misalnya 12.30. Daftar hadir mandiri ditutup sendiri dua jam sesudahnya."),
    )
    is_new_address = forms.BooleanField(
        label=_("Ganti tautan"), required=False, help_text=_("Kode QR yang sudah dicetak tidak berlaku lagi.")
    )

    def __init__(self, *args: Any, meeting: Meeting, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["ends_at"] = meeting.ends_at or _likely_end(meeting, at)
        if not meeting.checkin_token:
            del self.fields["is_new_address"]


class CheckInForm(Form):
    """Three fields for a person at the door."""

    name = OneLineField(label=_("Nama"), max_length=120)
    post_text = OneLineField(label=_("Jabatan"), max_length=160, required=False)
    agency_text = OneLineField(label=_("Instansi"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["post_text"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["agency_text"].widget.attrs |= {"autocomplete": "organization", "list": "daftar-instansi"}

    def entry(self) -> Entry:
        """What was written, for the action."""
        return Entry(**self.cleaned_data)


def _likely_end(meeting: Meeting, at: dt.datetime) -> dt.time | None:
    """Two hours from now to the half hour, on the day of the meeting and not past midnight; None on other days."""
    now = at.astimezone(meeting.host_agency.clock)
    if now.date() != meeting.held_on:
        return None
    end = now + dt.timedelta(hours=2)
    end += dt.timedelta(minutes=-end.minute % HALF_HOUR)
    return end.time().replace(second=0, microsecond=0) if end.date() == now.date() else dt.time(23, 59)
