"""What the pages share that record a whole meeting: its fields, whether it is recorded already, and what comes back.

The fields are said once, so that every page asks for them in the same words.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Role, User
from agencies.models.agreement import AgreementQuerySet
from agencies.numbering import was_used
from commitments.actions.entries import FACTS, MeetingEntry, Presence
from commitments.carry import Table, on_the_table
from commitments.forms.box import NamingForm
from commitments.forms.fields import AgreementChoice, typed_date
from commitments.reading.dates import long_date
from config.forms import OneTimeForm, TypedDateField
from meetings.duplicates import likely_same
from meetings.models import Meeting, MeetingKind, MeetingStatus

JOIN = "gabung-"  # the button that puts what was typed into the record with the code behind it


def hosts_of(user: User) -> list[Agency]:
    """Agencies for which a person may log, their own first."""
    rights = user.rights
    wanted = rights.by_role[Role.OFFICER] | rights.by_role[Role.SUPERVISOR]
    main = rights.main_agency
    agencies = list(Agency.objects.active().filter(pk__in=wanted))
    return sorted(agencies, key=lambda agency: (agency != main, agency.path))


def agreements_of(user: User) -> AgreementQuerySet:
    """The agreements to which a person may relate what is recorded."""
    return Agreement.objects.visible_to(user).with_row_data()


class MeetingFields(NamingForm):
    """The core of a meeting: with whom, when, of what kind, under which agreement."""

    counterpart = forms.CharField(label=_("Instansi mitra"), required=False, max_length=200)
    held_on = TypedDateField(label=_("Tanggal"), help_text="")
    kind = forms.ChoiceField(label=_("Jenis"), choices=MeetingKind.choices)
    agreement = AgreementChoice(
        label=_("Kesepakatan"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Belum dikaitkan dengan kesepakatan"),
    )

    def clean_counterpart(self) -> Agency | None:
        """The partner by code or any of its names."""
        return self.named("counterpart", self.cleaned_data["counterpart"])


class MeetingFacts(MeetingFields):
    """Everything else there is to say about a meeting."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = cast(forms.ChoiceField, self.fields["present"])
        present.choices = [(code, code) for code in self.vocabulary.by_code]

    def clean_others_present(self) -> list[Agency]:
        """More agencies, by code or name."""
        parts = self.cleaned_data["others_present"].replace("@", ",").split(",")
        return [agency for part in parts if (agency := self.named("others_present", part))]


class RecordingForm(MeetingFields, OneTimeForm):
    """A form from which one person records a meeting as a whole; subclasses say what is written there."""

    host = forms.ChoiceField(label=_("Dicatat oleh"))
    carry = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today, self.hosts = user, today, hosts_of(user)
        self.likely: list[Meeting] = []
        self.choice("host").choices = [(host.code, host.short_name) for host in self.hosts]
        self.fields["counterpart"].widget.attrs["list"] = "daftar-instansi"
        cast(TypedDateField, self.fields["held_on"]).parser = typed_date(today)
        cast(AgreementChoice, self.fields["agreement"]).queryset = agreements_of(user)

    def choice(self, name: str) -> forms.ChoiceField:
        """A field with choices, to be filled."""
        return cast(forms.ChoiceField, self.fields[name])

    @property
    def chosen_host(self) -> Agency | None:
        """The agency in whose name the meeting is recorded."""
        return next((host for host in self.hosts if host.code == self.cleaned_data.get("host")), None)

    def present_agencies(self) -> list[Agency]:
        """Who was there besides the host, in the order of the tree; the host can be ticked too."""
        cleaned = self.cleaned_data
        chosen = {*cleaned.get("present", []), *(agency.code for agency in cleaned.get("others_present") or [])}
        if isinstance(partner := cleaned.get("counterpart"), Agency):
            chosen.add(partner.code)
        return [agency for code, agency in self.vocabulary.by_code.items() if code in chosen]

    def look_for_the_same(self) -> None:
        """A meeting of these days and agencies that is recorded already: join it, or say that this is another one."""
        cleaned, host = self.cleaned_data, self.chosen_host
        held_on, planned = cleaned.get("held_on"), cleaned.get("planned")
        if held_on is None or host is None:
            return
        found = likely_same(self.user, held_on=held_on, agencies=[host, *self.present_agencies()], but=planned)
        logged = [planned] if planned is not None and _is_logged(planned) else []  # while this page was open
        found = [*logged, *found]
        if found and was_used(cleaned.get("token")):
            return  # the second click of a form that was saved: it finds its own record
        cleaned["planned"] = None if logged else planned
        self.likely = found
        for meeting in found:
            words = gettext("Mungkin sudah dicatat oleh %(host)s: %(code)s, %(day)s. Centang bila ini pertemuan lain.")
            said = {
                "host": meeting.host_agency.short_name,
                "code": meeting.code,
                "day": long_date(meeting.held_on),
            }
            self.add_warning("held_on", f"sudah-dicatat-{meeting.code}", words % said)

    def joinable(self) -> list[Meeting]:
        """The likely ones that this person's agency keeps, so that what was typed can go there."""
        return [meeting for meeting in self.likely if meeting.host_agency == self.chosen_host]

    def joined(self, step: str) -> Meeting | None:
        """The record the person chose to join; the warning that there is one needs no tick then."""
        if self.errors:
            return None
        return next((meeting for meeting in self.joinable() if step == f"{JOIN}{meeting.code}"), None)

    @cached_property
    def carried(self) -> Table:
        """What comes back from earlier meetings with the partner; a planned meeting has its agenda already."""
        held_on, partner = self.cleaned_data.get("held_on"), self.cleaned_data.get("counterpart")
        if not (held_on and partner) or self.cleaned_data.get("planned") or self.chosen_host is None:
            return Table()
        return on_the_table(self.chosen_host, partner, self.user, held_on=held_on, at=timezone.now())

    @property
    def carries(self) -> bool:
        """Whether that becomes the agenda: ticked, or not asked yet."""
        return "carry_shown" not in self.data or "carry" in self.data

    @property
    def is_starting(self) -> bool:
        """Whether the meeting is still to be held, in *Mode rapat*."""
        return False

    def meeting_entry(self) -> MeetingEntry:
        """The meeting for the action."""
        host = self.chosen_host
        assert host is not None
        facts = {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}
        return MeetingEntry(host_agency=host, present=tuple(self.presence()), **facts)

    def presence(self) -> Iterable[Presence]:
        """Who was there besides host and partner, which the meeting names itself."""
        sides = (self.chosen_host, self.cleaned_data["counterpart"])
        return [Presence(agency) for agency in self.present_agencies() if agency not in sides]


def _is_logged(planned: Meeting) -> bool:
    """Whether the record of a plan has gone on already and stands for itself: it is joined, never written over."""
    return planned.status == MeetingStatus.HELD and planned.merged_into_id is None
