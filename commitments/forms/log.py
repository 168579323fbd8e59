"""The log page's form: one meeting and the commitments born in it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import CodeField
from agencies.models import Agency, AgencyKind
from commitments.actions.entries import Presence, Written
from commitments.forms.box import BoxForm, NamingForm, typed_person
from commitments.forms.last_time import KnownPerson, LastTime, last_meeting, with_companions, with_ticked
from commitments.forms.recorded import MeetingFacts, RecordingForm, agreements_of
from commitments.reading.dates import long_date, short_date
from config.files import StoredFile, take_in
from config.forms import choices_of
from meetings.models import FileKind, Meeting, MeetingKind

FILE_SLOTS = (1, 2, 3)
START = "rapat"  # the button that saves and goes on in Mode rapat
LIVE_PREVIEW = {
    "data-hx-post": "/pertemuan/catat/",
    "data-hx-trigger": "input changed delay:300ms, change from:closest form delay:300ms",
    "data-hx-target": "#pratinjau",
    "data-hx-swap": "outerHTML",
    "data-hx-vals": '{"aksi": "periksa"}',
    "data-hx-sync": "closest form:queue last",  # behind a click that changes the form, never over it
}


class LogForm(RecordingForm, MeetingFacts, BoxForm):
    """Everything the log page takes. Only the date, and one line or some minutes, are required."""

    field_order = ("token", "host", "counterpart", "held_on", "place", "present", "lines", "minutes")

    planned = forms.ModelChoiceField(
        queryset=Meeting.objects.none(), required=False, to_field_name="code", widget=forms.HiddenInput
    )
    file_kind_1 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_1 = forms.FileField(label=_("Berkas"), required=False)
    file_kind_2 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_2 = forms.FileField(label=_("Berkas"), required=False)
    file_kind_3 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_3 = forms.FileField(label=_("Berkas"), required=False)

    def __init__(self, *args: Any, plan: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].widget.attrs |= LIVE_PREVIEW
        self.initial.update(
            {
                "held_on": f"{long_date(self.today).partition(',')[0]}, {short_date(self.today)}",
                "kind": MeetingKind.AUDIENCE,
                "host": self.hosts[0].code,
            }
        )
        agreements = agreements_of(self.user)
        if len(agreements) == 1:
            self.initial["agreement"] = agreements[0]
        mine = Meeting.objects.visible_to(self.user).filter(host_agency__in=self.hosts)
        cast("forms.ModelChoiceField[Meeting]", self.fields["planned"]).queryset = mine
        if plan is not None:
            self.initial.update(_planned(plan))

    def clean(self) -> dict[str, Any]:
        """Read the box, take in the files, and see that there is something to save."""
        cleaned = super().clean() or self.cleaned_data
        self.read_box(
            meeting_on=cleaned.get("held_on"),
            agreement=cleaned.get("agreement"),
            present=self.present_agencies(),
            user=self.user,
            today=self.today,
        )
        self.look_for_the_same()
        self.stored = [stored for slot in FILE_SLOTS if (stored := self._stored(slot))]
        self._check_content(cleaned)
        return cleaned

    @property
    def is_starting(self) -> bool:
        """Whether the meeting is about to be held in *Mode rapat*: its lines follow there."""
        return self.data.get("aksi") == START

    def _check_content(self, cleaned: dict[str, Any]) -> None:
        if self._has_content(cleaned) or "lines" in self.errors:
            return
        if not self.is_starting:
            self.add_error("lines", _("Tulis paling sedikit satu komitmen atau notula."))
        elif not self.present_agencies() and "counterpart" not in self.errors:
            self.add_error("counterpart", _("Isi instansi mitra untuk memulai Mode rapat."))

    def _has_content(self, cleaned: dict[str, Any]) -> bool:
        # Without a usable date the box is not read yet: what is typed there still counts.
        typed = self.reading.lines if cleaned.get("held_on") else cleaned.get("lines", "").strip()
        return bool(typed or cleaned.get("minutes", "").strip())

    def _stored(self, slot: int) -> tuple[str, StoredFile] | None:
        upload = self.cleaned_data.get(f"file_{slot}")
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return self.cleaned_data.get(f"file_kind_{slot}") or FileKind.PHOTO, take_in(upload)
        except forms.ValidationError as error:
            self.add_error(f"file_{slot}", error)
            return None

    @property
    def suggested(self) -> list[tuple[Agency, bool]]:
        """Agencies offered as chips, each with whether it is ticked: the partner's own, and last time's."""
        ticked = set(self._typed_list("present"))
        ticked |= {a.code for a in self.cleaned_data.get("others_present") or []} if self.is_bound else set()
        offered = {agency.code for agency in self._offered()} | ticked
        return [(a, a.code in ticked) for code, a in self.vocabulary.by_code.items() if code in offered]

    @property
    def ticked_count(self) -> int:
        """How many of the offered agencies are ticked."""
        return sum(1 for _agency, is_ticked in self.suggested if is_ticked)

    def _typed_list(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def _offered(self) -> Sequence[Agency]:
        partner = self.partner
        below = [a for a in self.vocabulary.by_code.values() if partner and a.path.startswith(partner.path)]
        return [agency for agency in [*below, *self.last_time.agencies] if agency != partner]

    @property
    def partner(self) -> Agency | None:
        """The partner that is typed, when it is known."""
        found = self.cleaned_data.get("counterpart") if self.is_bound else None
        return found if isinstance(found, Agency) else None

    @cached_property
    def last_time(self) -> LastTime:
        """Who came to the last meeting with the partner."""
        return LastTime(last_meeting(self.user, self.hosts, self.partner))

    @property
    def known_people(self) -> list[KnownPerson]:
        """People of last time whose agency is present now."""
        return self.last_time.people(self.data, {agency.pk for agency in self.agencies_present})

    @property
    def spokespeople(self) -> dict[int, tuple[str, str]]:
        """(name, post) of who speaks for each agency present."""
        typed = {agency.pk: typed_person(self.data, agency) for agency in self.agencies_present}
        return with_ticked(typed, self.known_people)

    @property
    def presence_rows(self) -> list[tuple[Agency, str, str]]:
        """Agency, name and post of everybody present, for the page: what is typed, not what is offered."""
        return [(agency, *typed_person(self.data, agency)) for agency in self.agencies_present]

    def presence(self) -> Iterable[Presence]:
        """Everybody with the name and post typed, and those of last time who were ticked."""
        people, partner = self.spokespeople, self.partner
        present = [Presence(a, *people[a.pk]) for a in self.agencies_present if a != partner or any(people[a.pk])]
        return with_companions(present, self.known_people)

    def written(self) -> Written:
        """The box with its lines; who is ticked speaks for an agency."""
        return Written(self.reading.text, self.entries(self.spokespeople))


def _planned(meeting: Meeting) -> dict[str, Any]:
    """What the plan says, for the fields of the log page."""
    shown: dict[str, Any] = {name: getattr(meeting, name) for name in ("kind", "place", "agreement")}
    return shown | {
        "planned": meeting.code,
        "host": meeting.host_agency.code,
        "counterpart": meeting.counterpart.name if meeting.counterpart else "",
        "held_on": long_date(meeting.held_on),
    }


class NewAgencyForm(NamingForm):
    """An agency that is not in the directory yet, added from the log page."""

    new_name = forms.CharField(label=_("Nama instansi"), max_length=200)
    new_code = CodeField(label=_("Kode singkat"), help_text=_("Dipakai sesudah @, misalnya naker."))
    new_parent = forms.CharField(
        label=_("Induk"), required=False, max_length=200, help_text=_("Kode atau nama instansi di atasnya.")
    )
    new_kind = forms.ChoiceField(
        label=_("Jenis"), choices=choices_of(AgencyKind.choices), initial=AgencyKind.CITY_OFFICE
    )

    def clean_new_code(self) -> str:
        """A code is given once."""
        code = str(self.cleaned_data["new_code"])
        if Agency.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Kode %(code)s sudah dipakai."), params={"code": code})
        return code

    def clean_new_parent(self) -> Agency | None:
        """The agency above it, by code or name."""
        return self.named("new_parent", self.cleaned_data["new_parent"])

    def entry(self) -> dict[str, Any]:
        """Keywords for :func:`agencies.actions.add_agency`."""
        cleaned = self.cleaned_data
        name = cleaned["new_name"].strip()
        return {
            "code": cleaned["new_code"],
            "kind": cleaned["new_kind"],
            "name": name,
            "short_name": name[:80],
            "parent": cleaned["new_parent"],
        }
