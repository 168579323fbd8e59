"""The search form of the list of meetings."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from config.forms import Form, choices_of
from meetings.models import MeetingQuerySet

DRAFT, SHARED = "draf", "disampaikan"


class MeetingSearch(Form):
    """What stands in the address of the list. A value nobody knows is left out and named."""

    q = forms.CharField(label=_("Cari"), required=False, max_length=100)
    mitra = forms.ChoiceField(label=_("Instansi mitra"), required=False)
    status = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=choices_of([(DRAFT, _("Draf")), (SHARED, _("Disampaikan"))], empty=_("Semua")),
    )

    def __init__(self, *args: Any, meetings: MeetingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Agency.objects.filter(pk__in=meetings.exclude(counterpart=None).values("counterpart"))
        choices = [(agency.code, agency.short_name) for agency in partners]
        cast(forms.ChoiceField, self.fields["mitra"]).choices = choices_of(choices, empty=_("Semua"))

    def filter(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """The meetings that fit everything that was understood."""
        self.is_valid()
        chosen = self.cleaned_data
        for word in chosen.get("q", "").split():
            meetings = meetings.filter(_mentions(word))
        if partner := chosen.get("mitra"):
            meetings = meetings.filter(counterpart__code=partner)
        if status := chosen.get("status"):
            meetings = meetings.filter(shared_at__isnull=status == DRAFT)
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
    def ignored(self) -> str:
        """The sentence that names the fields whose value nobody knows; empty when there is none."""
        names = ", ".join(str(self.fields[name].label) for name in self.errors if name in self.fields)
        return gettext("Isian filter yang tidak dikenal diabaikan: %(names)s.") % {"names": names} if names else ""


def _mentions(word: str) -> Q:
    fields = ("code", "counterpart__name", "counterpart__short_name", "place", "minutes", "led_by", "received_by")
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
