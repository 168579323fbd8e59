"""The log page's form: one meeting and the commitments born in it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import CodeField
from agencies.models import Agency, AgencyKind, Agreement, Role, User
from commitments.actions.recording import MeetingEntry, Presence
from commitments.forms.box import AgencyVocabulary, BoxForm, NamingForm, typed_person
from commitments.forms.fields import AgreementChoice, typed_date
from commitments.reading.dates import long_date, short_date
from config.files import StoredFile, take_in
from config.forms import OneTimeForm, TypedDateField, choices_of
from meetings.models import FileKind, Meeting, MeetingKind

FILE_SLOTS = (1, 2, 3)
LIVE_PREVIEW = {
    "data-hx-post": "/pertemuan/catat/",
    "data-hx-trigger": "input changed delay:300ms, change from:closest form delay:300ms",
    "data-hx-target": "#pratinjau",
    "data-hx-swap": "outerHTML",
    "data-hx-vals": '{"aksi": "periksa"}',
    "data-hx-sync": "this:replace",
}


def hosts_of(user: User) -> list[Agency]:
    """Agencies for which a person may log, their own first."""
    rights = user.rights
    wanted = rights.by_role[Role.OFFICER] | rights.by_role[Role.SUPERVISOR]
    main = rights.main_agency
    agencies = list(Agency.objects.active().filter(pk__in=wanted))
    return sorted(agencies, key=lambda agency: (agency != main, agency.path))


class LogForm(BoxForm, OneTimeForm):
    """Everything the log page takes. Only the date, and one line or some minutes, are required."""

    field_order = ("token", "host", "counterpart", "held_on", "place", "present", "lines", "minutes")

    host = forms.ChoiceField(label=_("Dicatat oleh"))
    counterpart = forms.CharField(label=_("Instansi mitra"), required=False, max_length=200)
    held_on = TypedDateField(label=_("Tanggal"), help_text="")
    place = forms.CharField(
        label=_("Tempat"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("Boleh kosong")}),
    )
    present = forms.MultipleChoiceField(label=_("Instansi hadir"), required=False, widget=forms.CheckboxSelectMultiple)
    others_present = forms.CharField(
        label=_("Instansi lain yang hadir"),
        required=False,
        max_length=1000,
        help_text=_("Kode atau nama, pisahkan dengan koma."),
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=MeetingKind.choices)
    agreement = AgreementChoice(
        label=_("Kesepakatan"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Belum dikaitkan dengan kesepakatan"),
    )
    led_by = forms.CharField(label=_("Dipimpin oleh"), required=False, max_length=200)
    received_by = forms.CharField(label=_("Diterima oleh"), required=False, max_length=200)
    is_open_list = forms.BooleanField(
        label=_("Daftar terbuka"),
        required=False,
        help_text=_('Sumber menyebut "antara lain": masih ada butir yang tidak disebut.'),
    )
    minutes = forms.CharField(
        label=_("Notula singkat"), required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    file_kind_1 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_1 = forms.FileField(label=_("Berkas"), required=False)
    file_kind_2 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_2 = forms.FileField(label=_("Berkas"), required=False)
    file_kind_3 = forms.ChoiceField(label=_("Jenis berkas"), choices=FileKind.choices, required=False)
    file_3 = forms.FileField(label=_("Berkas"), required=False)

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = hosts_of(user)
        self.today = today
        self._choice("host").choices = [(host.code, host.short_name) for host in self.hosts]
        cast(TypedDateField, self.fields["held_on"]).parser = typed_date(today)
        agreements = Agreement.objects.visible_to(user).with_row_data()
        agreement = cast("forms.ModelChoiceField[Agreement]", self.fields["agreement"])
        agreement.queryset = agreements
        self.fields["counterpart"].widget.attrs["list"] = "daftar-instansi"
        self.fields["lines"].widget.attrs |= LIVE_PREVIEW
        self._choice("present").choices = [(code, code) for code in self.vocabulary.by_code]
        self.last = Meeting.objects.visible_to(user).filter(host_agency__in=self.hosts).first()
        self.initial.update(
            {
                "held_on": f"{long_date(today).partition(',')[0]}, {short_date(today)}",
                "kind": MeetingKind.AUDIENCE,
                "host": self.hosts[0].code,
            }
        )
        if len(agreements) == 1:
            self.initial["agreement"] = agreements[0]

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def clean_counterpart(self) -> Agency | None:
        """The partner by code or any of its names."""
        return self.named("counterpart", self.cleaned_data["counterpart"])

    def clean(self) -> dict[str, Any]:
        """Read the box, take in the files, and see that there is something to save."""
        cleaned = super().clean() or self.cleaned_data
        self.read_box(
            meeting_on=cleaned.get("held_on"), agreement=cleaned.get("agreement"), present=self.present_agencies()
        )
        self.stored = [stored for slot in FILE_SLOTS if (stored := self._stored(slot))]
        if not self._has_content(cleaned) and "lines" not in self.errors:
            self.add_error("lines", _("Tulis paling sedikit satu komitmen atau notula."))
        return cleaned

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

    def present_agencies(self) -> list[Agency]:
        """Who was there besides the host, in the order of the tree; the host can be ticked too."""
        cleaned = self.cleaned_data
        chosen = {*cleaned.get("present", []), *(agency.code for agency in cleaned.get("others_present") or [])}
        counterpart = cleaned.get("counterpart")
        if isinstance(counterpart, Agency):
            chosen.add(counterpart.code)
        return [agency for code, agency in self.vocabulary.by_code.items() if code in chosen]

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
        partner = self.cleaned_data.get("counterpart") if self.is_bound else None
        if isinstance(partner, Agency):
            return [a for a in self.vocabulary.by_code.values() if a.path.startswith(partner.path) and a != partner]
        return [row.agency for row in self.last.attendance.select_related("agency")] if self.last else []

    @property
    def spokespeople(self) -> dict[int, tuple[str, str]]:
        """(name, post) typed for each agency present."""
        return {agency.pk: typed_person(self.data, agency) for agency in self.agencies_present}

    @property
    def presence_rows(self) -> list[tuple[Agency, str, str]]:
        """Agency, name and post of everybody present, for the page."""
        return [(agency, *self.spokespeople[agency.pk]) for agency in self.agencies_present]

    def meeting_entry(self) -> MeetingEntry:
        """The meeting for the action."""
        cleaned = self.cleaned_data
        people = self.spokespeople
        return MeetingEntry(
            host_agency=next(host for host in self.hosts if host.code == cleaned["host"]),
            held_on=cleaned["held_on"],
            kind=cleaned["kind"],
            counterpart=cleaned["counterpart"],
            agreement=cleaned["agreement"],
            led_by=cleaned["led_by"],
            received_by=cleaned["received_by"],
            place=cleaned["place"],
            is_open_list=cleaned["is_open_list"],
            minutes=cleaned["minutes"],
            present=tuple(Presence(a, *people[a.pk]) for a in self.agencies_present if a != cleaned["counterpart"]),
        )


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

    def __init__(self, *args: Any, vocabulary: AgencyVocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary

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
