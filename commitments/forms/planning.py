"""Forms of meetings to come: plan or change one, put it off, call it off."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from commitments.forms.box import NamingForm
from commitments.forms.fields import AgreementChoice, typed_date
from commitments.forms.recorded import agreements_of, hosts_of
from commitments.reading.dates import long_date
from commitments.reminders import working_calendar
from config.forms import OneTimeForm, TypedDateField, choices_of
from meetings.models import Meeting, MeetingKind
from meetings.planning import PlanEntry

EVERY = (
    (1, _("setiap bulan")),
    (2, _("setiap 2 bulan")),
    (3, _("setiap 3 bulan (triwulan)")),
    (6, _("setiap 6 bulan (semester)")),
    (12, _("setiap tahun")),
)


class ClockField(forms.TimeField):
    """A time of the day as offices write it: ``09.00`` or ``9:00``; in the zone of the host."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%H.%M", "%H:%M"],
            widget=forms.TimeInput(format="%H.%M", attrs={"class": "w-short", "inputmode": "numeric"}),
            error_messages={"invalid": _("Tulis jam seperti 09.00.")},
            **kwargs,
        )


class PlanForm(NamingForm, OneTimeForm):
    """A meeting to come. Only the date is required; a day off is doubted, not moved."""

    host = forms.ChoiceField(label=_("Dicatat oleh"))
    kind = forms.ChoiceField(label=_("Jenis"), choices=MeetingKind.choices)
    counterpart = forms.CharField(label=_("Instansi mitra"), required=False, max_length=200)
    held_on = TypedDateField(label=_("Tanggal"))
    starts_at = ClockField(label=_("Pukul"))
    ends_at = ClockField(label=_("Sampai pukul"))
    place = forms.CharField(label=_("Tempat"), required=False, max_length=200)
    agreement = AgreementChoice(
        label=_("Kesepakatan"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Belum dikaitkan dengan kesepakatan"),
    )
    every_months = forms.TypedChoiceField(
        label=_("Berulang"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=choices_of([(str(months), words) for months, words in EVERY], empty=_("tidak berulang")),
    )
    until = TypedDateField(label=_("Sampai tanggal"), required=False, help_text="")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, user: User, today: dt.date, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, today
        self.hosts = hosts_of(user)
        if meeting is not None:
            self.hosts = [meeting.host_agency]
            del self.fields["every_months"], self.fields["until"]
        cast(forms.ChoiceField, self.fields["host"]).choices = [(host.code, host.short_name) for host in self.hosts]
        for name in {"held_on", "until"} & set(self.fields):
            cast(TypedDateField, self.fields[name]).parser = typed_date(today, ahead=True)
        cast(AgreementChoice, self.fields["agreement"]).queryset = agreements_of(user)
        self.fields["counterpart"].widget.attrs["list"] = "daftar-instansi"
        self.initial = {**self._shown(meeting), **self.initial}

    def _shown(self, meeting: Meeting | None) -> dict[str, Any]:
        if meeting is None:
            return {"host": self.hosts[0].code, "kind": MeetingKind.AUDIENCE}
        shown = {name: getattr(meeting, name) for name in ("kind", "place", "agreement", "starts_at", "ends_at")}
        partner = meeting.counterpart.name if meeting.counterpart else ""
        return shown | {
            "host": meeting.host_agency.code,
            "counterpart": partner,
            "held_on": long_date(meeting.held_on),
            "version": meeting.version,
        }

    def clean_counterpart(self) -> Agency | None:
        """The partner by code or any of its names."""
        return self.named("counterpart", self.cleaned_data["counterpart"])

    def clean_held_on(self) -> dt.date:
        """A plan lies ahead; a day on which offices rest is asked about."""
        day: dt.date = self.cleaned_data["held_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("Tanggal ini sudah lewat. Pertemuan yang sudah berlangsung dicatat di Catat pertemuan.")
            )
        calendar = working_calendar()
        if not calendar.is_workday(day):
            words = gettext("%(day)s bukan hari kerja. Hari kerja berikutnya: %(next)s.")
            following = long_date(calendar.first_on_or_after(day))
            self.add_warning("held_on", f"libur-{day}", words % {"day": long_date(day), "next": following})
        return day

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it begins, a series after its first day."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Jam selesai harus sesudah jam mulai."))
        first, until = cleaned.get("held_on"), cleaned.get("until")
        if first and until and until < first:
            self.add_error("until", _("Tanggal akhir harus sesudah pertemuan pertama."))
        return cleaned

    @property
    def chosen_host(self) -> Agency:
        """The agency that plans."""
        return next(host for host in self.hosts if host.code == self.cleaned_data["host"])

    def entry(self, *, previous: Meeting | None = None) -> PlanEntry:
        """The plan for the action."""
        cleaned = self.cleaned_data
        names = ("held_on", "kind", "counterpart", "agreement", "place", "starts_at", "ends_at")
        return PlanEntry(
            host_agency=self.chosen_host,
            previous=previous,
            every_months=cleaned.get("every_months"),
            until=cleaned.get("until"),
            **{name: cleaned[name] for name in names},
        )


class PostponeForm(OneTimeForm):
    """To when, and why."""

    new_on = TypedDateField(
        label=_("Tanggal baru"),
        required=False,
        help_text=_("Kosongkan bila belum ada tanggal; lalu berstatus ditunda."),
    )
    reason = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        cast(TypedDateField, self.fields["new_on"]).parser = typed_date(today, ahead=True)

    def clean_new_on(self) -> dt.date | None:
        """The new day lies ahead."""
        day: dt.date | None = self.cleaned_data["new_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return day


class CancelForm(OneTimeForm):
    """Why it will not take place."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)
