"""The search form of the list of meetings."""

import datetime as dt
from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from config.forms import Form, choices_of
from config.templatetags.waktu import tanggal
from meetings.models import MeetingQuerySet, MeetingStatus

DRAFT, SHARED = "draf", "disampaikan"
HELD, PLANNED, POSTPONED, CANCELLED = "terlaksana", "direncanakan", "ditunda", "dibatalkan"
TO_COME = {PLANNED: MeetingStatus.PLANNED, POSTPONED: MeetingStatus.POSTPONED, CANCELLED: MeetingStatus.CANCELLED}


class MeetingSearch(Form):
    """What stands in the address of the list. A value nobody knows is left out and named."""

    q = forms.CharField(label=_("Cari"), required=False, max_length=100)
    mitra = forms.ChoiceField(label=_("Instansi mitra"), required=False)
    status = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=choices_of(
            [
                (DRAFT, _("Draf")),
                (SHARED, _("Disampaikan")),
                (HELD, _("Terlaksana")),
                (PLANNED, _("Direncanakan")),
                (POSTPONED, _("Ditunda")),
                (CANCELLED, _("Dibatalkan")),
            ],
            empty=_("Semua"),
        ),
    )
    dari = forms.DateField(label=_("Dari"), required=False, widget=forms.HiddenInput)
    sampai = forms.DateField(label=_("Sampai"), required=False, widget=forms.HiddenInput)
    kesepakatan = forms.CharField(label=_("Kesepakatan"), max_length=24, required=False, widget=forms.HiddenInput)
    instansi = forms.CharField(label=_("Instansi hadir"), max_length=24, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: MeetingQuerySet, keepers: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = keepers  # agencies in whose minutes this person may look
        partners = Agency.objects.filter(pk__in=meetings.exclude(counterpart=None).values("counterpart"))
        choices = [(agency.code, agency.short_name) for agency in partners]
        cast(forms.ChoiceField, self.fields["mitra"]).choices = choices_of(choices, empty=_("Semua"))

    def filter(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """The meetings that fit everything that was understood."""
        self.is_valid()
        chosen = self.cleaned_data
        for word in chosen.get("q", "").split():
            own_minutes = Q(minutes__icontains=word, host_agency__in=self.keepers)
            meetings = meetings.filter(_mentions(word) | own_minutes)
        if partner := chosen.get("mitra"):
            meetings = meetings.filter(counterpart__code=partner)
        if status := chosen.get("status"):
            meetings = _in_state(meetings, status)
        return self._by_address(meetings)

    def _by_address(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """What only links ask for: days, an agreement, an agency that was there."""
        lookups = {
            "dari": "held_on__gte",
            "sampai": "held_on__lte",
            "kesepakatan": "agreement__code",
        }
        asked = {lookup: self.cleaned_data[name] for name, lookup in lookups.items() if self.cleaned_data.get(name)}
        meetings = meetings.filter(**asked)
        if agency := self.cleaned_data.get("instansi"):
            meetings = meetings.attended_by(agency)
        return meetings

    @property
    def is_filtering(self) -> bool:
        """Whether anything is looked for."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the choices is made, so that they are shown open."""
        return any(self.cleaned_data.get(field.name) for field in self.choices)

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields one chooses from."""
        return [self["mitra"], self["status"]]

    @property
    def words(self) -> list[str]:
        """Every filter that was understood, in words."""
        return [_in_words(self[name], value) for name in self.fields if (value := self.cleaned_data.get(name))]

    @property
    def ignored(self) -> str:
        """The sentence that names the fields whose value nobody knows; empty when there is none."""
        names = ", ".join(str(self.fields[name].label) for name in self.errors if name in self.fields)
        return gettext("Isian filter yang tidak dikenal diabaikan: %(names)s.") % {"names": names} if names else ""


def _in_words(field: forms.BoundField, value: Any) -> str:
    """``Keadaan: Draf``."""
    choices = cast("list[tuple[Any, Any]]", field.field.choices) if isinstance(field.field, forms.ChoiceField) else []
    words = tanggal(value) if isinstance(value, dt.date) else dict(choices).get(value, value)
    return f"{field.label}: {words}"


def _in_state(meetings: MeetingQuerySet, status: str) -> MeetingQuerySet:
    if status in TO_COME:
        return meetings.filter(status=TO_COME[status])
    if status == HELD:
        return meetings.held()
    return meetings.filter(status=MeetingStatus.HELD, shared_at__isnull=status == DRAFT)


def _mentions(word: str) -> Q:
    fields = ("code", "counterpart__name", "counterpart__short_name", "place", "led_by", "received_by")
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
