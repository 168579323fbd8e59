"""Forms of a meeting that was saved before: its facts, more lines, one more file, who agreed."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.conflict import MergingForm, base_of
from agencies.models import Agency, Agreement, User
from commitments.actions.entries import LineEntry, MeetingEntry, Presence
from commitments.actions.terms import Tick
from commitments.forms.box import BoxForm, typed_person
from commitments.forms.fields import typed_date
from commitments.forms.log import LIVE_PREVIEW
from commitments.forms.recorded import MeetingFacts
from commitments.models import Commitment, Kind
from commitments.reading.dates import long_date
from config.files import StoredFile, take_in
from config.forms import OneTimeForm, TypedDateField
from meetings.lines import MeetingLine, agencies_in_room, spokespeople
from meetings.models import Attendance, FileKind, Meeting

FACTS = (
    "counterpart", "held_on", "place", "kind", "agreement", "led_by", "received_by", "is_open_list", "minutes",
)  # fmt: skip


class MeetingForm(MergingForm, MeetingFacts):
    """The facts of a meeting. The fields are those of the log page, so both pages say the same."""

    compared = (*FACTS, "present")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, meeting: Meeting, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = self.meeting = meeting
        self.is_presence_stored = False
        self.attendance = list(meeting.attendance.select_related("agency"))
        self.agencies = self.vocabulary.by_code | {row.agency.code: row.agency for row in self.attendance}
        cast(TypedDateField, self.fields["held_on"]).parser = typed_date(today)
        self.fields["counterpart"].widget.attrs["list"] = "daftar-instansi"
        cast(forms.ChoiceField, self.fields["present"]).choices = [(code, code) for code in self.agencies]
        visible = Agreement.objects.visible_to(user).values("pk")
        agreements = Agreement.objects.filter(Q(pk__in=visible) | Q(pk=meeting.agreement_id)).with_row_data()
        cast("forms.ModelChoiceField[Agreement]", self.fields["agreement"]).queryset = agreements
        self.initial.update(self._shown(meeting) | {"base": base_of(self.stored_words())})

    def _shown(self, meeting: Meeting) -> dict[str, Any]:
        shown = {name: getattr(meeting, name) for name in FACTS}
        shown["counterpart"] = meeting.counterpart.name if meeting.counterpart else ""
        shown["held_on"] = long_date(meeting.held_on)
        shown["present"] = [row.agency.code for row in self.attendance]
        return shown | {"version": meeting.version}

    def clean(self) -> None:
        """Where both changed the same, the choice decides."""
        super().clean()
        self.choose()

    def clean_counterpart(self) -> Agency | None:
        """The partner by code or any of its names; the one it was may stay even when it no longer exists."""
        typed = self.cleaned_data["counterpart"].strip()
        if self.meeting.counterpart is not None and typed == self.meeting.counterpart.name:
            return self.meeting.counterpart
        return self.named("counterpart", typed)

    @property
    def ticked(self) -> set[str]:
        """Codes of the agencies ticked as present, typed ones included."""
        chosen = set(self.data.getlist("present") if isinstance(self.data, QueryDict) else self.initial["present"])
        if self.is_bound:
            chosen |= {agency.code for agency in self.cleaned_data.get("others_present") or []}
        return chosen

    @property
    def suggested(self) -> list[tuple[Agency, bool]]:
        """Agencies offered as chips: those of the partner's tree and those that were there."""
        partner = self.cleaned_data.get("counterpart") if self.is_bound else self.meeting.counterpart
        below = partner.path if isinstance(partner, Agency) else "?"
        ticked = self.ticked
        offered = ticked | {row.agency.code for row in self.attendance}
        return [
            (agency, code in ticked)
            for code, agency in self.agencies.items()
            if code in offered or (agency.path.startswith(below) and agency != partner)
        ]

    @property
    def presence_rows(self) -> list[tuple[Agency, str, str]]:
        """Agency, name and post, for the page."""
        first = self._first_rows()
        return [(a, *typed_person(self.data, a, first.get(a.pk))) for a, ticked in self.suggested if ticked]

    def _first_rows(self) -> dict[int, Attendance]:
        first: dict[int, Attendance] = {}
        for row in self.attendance:
            first.setdefault(row.agency_id, row)
        return first

    def meeting_entry(self) -> MeetingEntry:
        """The facts for the action."""
        facts = {name: self.cleaned_data[name] for name in FACTS}
        people = tuple(self.present_people())
        return MeetingEntry(host_agency=self.meeting.host_agency, present=people, **facts)

    def present_people(self) -> list[Presence]:
        """Who was there; further persons of an agency that stays are kept as they are."""
        if self.is_presence_stored:
            return [Presence(row.agency, row.name, row.post_text) for row in self.attendance]
        first, ticked = self._first_rows(), self.ticked
        present = [
            Presence(agency, *typed_person(self.data, agency, first.get(agency.pk)))
            for code, agency in self.agencies.items()
            if code in ticked
        ]
        more = [row for row in self.attendance if row != first[row.agency_id] and row.agency.code in ticked]
        present += [Presence(row.agency, row.name, row.post_text) for row in more]
        return present

    def typed(self, name: str) -> Any:
        """Who was there counts as one value."""
        if name != "present":
            return super().typed(name)
        return _listed((p.agency, p.name, p.post_text) for p in self.present_people())

    def stored(self, name: str) -> Any:
        """The list of those present stands in rows of its own."""
        if name != "present":
            return super().stored(name)
        return _listed((row.agency, row.name, row.post_text) for row in self.attendance)

    def use_stored(self, name: str) -> None:
        """Let the stored value of a field stand."""
        if name == "present":
            self.is_presence_stored = True
        else:
            super().use_stored(name)

    def write_stored(self, data: QueryDict, name: str) -> None:
        """Who was there comes with names and posts, and without what was typed beside the chips."""
        super().write_stored(data, name)
        if name != "present":
            return
        data["others_present"] = ""
        for row in self._first_rows().values():
            data[f"nama-{row.agency.code}"], data[f"jabatan-{row.agency.code}"] = row.name, row.post_text


def _listed(rows: Any) -> str:
    said = (" ".join(filter(None, [agency.short_name, f"({', '.join(filter(None, who))})"])) for agency, *who in rows)
    return "; ".join(sorted(words.removesuffix(" ()") for words in said))


class LinesForm(BoxForm, OneTimeForm):
    """More lines for a meeting that was saved before, all of one kind."""

    kind = forms.ChoiceField(
        label=_("Jenis komitmen"),
        choices=Kind.choices,
        initial=Kind.AGREED,
        required=False,
        help_text=_("Berlaku untuk semua baris di atas."),
    )

    def __init__(self, *args: Any, meeting: Meeting, user: User, today: dt.date, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.user, self.today = meeting, user, today
        self.known_agreement = meeting.agreement_id
        self.agencies_present = agencies_in_room(meeting)
        box = self.fields["lines"].widget.attrs
        box |= LIVE_PREVIEW | {"data-hx-post": address}
        if self.initial.get("lines"):
            box["data-hx-trigger"] = f"load, {box['data-hx-trigger']}"  # what stands there already is read at once

    def entries(self, spokespeople: Mapping[int, tuple[str, str]] | None = None) -> list[LineEntry]:
        """The lines for the actions, with their kind."""
        kind = self.cleaned_data.get("kind") or Kind.AGREED
        return [dataclasses.replace(line, kind=kind) for line in super().entries(spokespeople)]

    def clean(self) -> dict[str, Any]:
        """Read the box in the light of the meeting's date, agreement and room."""
        cleaned = super().clean() or self.cleaned_data
        self.read_box(
            meeting_on=self.meeting.held_on,
            agreement=self.meeting.agreement,
            present=self.agencies_present,
            user=self.user,
            today=self.today,
        )
        if not self.reading.lines and "lines" not in self.errors:
            self.add_error("lines", _("Tulis paling sedikit satu komitmen."))
        return cleaned

    @property
    def spokespeople(self) -> dict[int, tuple[str, str]]:
        """(name, post) of each agency present."""
        known = spokespeople(self.meeting)
        return {agency.pk: typed_person(self.data, agency, known.get(agency.pk)) for agency in self.agencies_present}

    @property
    def presence_rows(self) -> list[tuple[Agency, str, str]]:
        """Agency, name and post of everybody present, for the page."""
        people = self.spokespeople
        return [(agency, *people[agency.pk]) for agency in self.agencies_present]


class MeetingFileForm(OneTimeForm):
    """One more file of the meeting's file set."""

    kind = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices)
    file = forms.FileField(label=_("Berkas"), help_text=_("JPG, PNG, HEIC, atau PDF, paling besar 10 MB."))
    letter_number = forms.CharField(label=_("Nomor surat"), required=False, max_length=120)
    letter_on = TypedDateField(label=_("Tanggal surat"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(TypedDateField, self.fields["letter_on"]).parser = typed_date(today)

    def clean_file(self) -> StoredFile:
        """The file by its content, cleaned of what should not be kept."""
        return take_in(self.cleaned_data["file"])


class TicksForm(OneTimeForm):
    """Who agreed to which line in the room. A tick names the words it was given for."""

    def __init__(self, *args: Any, meeting: Meeting, lines: Sequence[MeetingLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.is_open_for_ticks]
        known = spokespeople(meeting)
        self.people = [(a, *typed_person(self.data, a, known.get(a.pk))) for a in agencies_in_room(meeting)]
        self.is_stale = False

    @property
    def ticked(self) -> set[str]:
        """Names of the ticks that were sent."""
        return {name for name in self.data if name.startswith("setuju-")}

    def clean(self) -> dict[str, Any]:
        """Something must be ticked, and the words must still be those that were shown."""
        cleaned = super().clean() or self.cleaned_data
        known = {box.field for line in self.lines for box in line.boxes}
        if self.ticked - known:
            self.is_stale = True
            self.add_error(
                None,
                _("Rumusan, penanggung jawab, tenggat, atau target berubah sejak halaman ini dibuka. Periksa lagi."),
            )
        elif not self.ticked:
            self.add_error(None, _("Centang paling sedikit satu instansi pada satu komitmen."))
        return cleaned

    def ticks(self) -> list[tuple[Commitment, list[Tick]]]:
        """Each line with the agencies ticked now, in the order in which rows are locked."""
        people = {agency.pk: (name, post) for agency, name, post in self.people}
        found = [
            (
                line.commitment,
                [Tick(box.agency, *people[box.agency.pk]) for box in line.boxes if box.field in self.ticked],
            )
            for line in self.lines
        ]
        return sorted(((c, ticks) for c, ticks in found if ticks), key=lambda pair: int(pair[0].pk))

    def saved_words(self) -> str:
        """``Disepakati dalam rapat dicatat pada 2 komitmen.``"""
        n = len(self.ticks())
        return ngettext(
            "Kesepakatan dalam rapat dicatat pada %(n)d komitmen.",
            "Kesepakatan dalam rapat dicatat pada %(n)d komitmen.",
            n,
        ) % {"n": n}
