"""What the dashboard is narrowed to: agreement, region of the lead, and a period for what happened."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from commitments.models.commitment import CommitmentQuerySet
from commitments.seen import seen_values
from config.forms import Form, choices_of
from config.templatetags.waktu import tanggal
from reports.board.numbers import Filter
from reports.counting.periods import Period, current_periods, read_period

FIELDS = ("kesepakatan", "wilayah", "periode")


class ChoiceForm(Form):
    """Three choices in the address; what nobody knows is left out and said."""

    kesepakatan = forms.ChoiceField(label=_("Kesepakatan"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    periode = forms.ChoiceField(label=_("Periode"), required=False)

    def __init__(
        self, query: QueryDict, *, agreements: list[Agreement], regions: list[str], periods: list[Period]
    ) -> None:
        super().__init__(query)
        pacts = [(pact.code, f"{pact.code} · {tanggal(pact.signed_on)}") for pact in agreements]
        self._offer("kesepakatan", pacts, _("Semua kesepakatan"))
        self._offer("wilayah", [(region, region) for region in regions], _("Semua wilayah"))
        self._offer("periode", [(period.code, period.label) for period in periods], _("Tanpa periode"))
        self.is_valid()
        self.ignored = [self._ignored(name) for name in self.errors]
        self._errors = ErrorDict()  # nothing is refused here

    def _offer(self, name: str, rows: list[tuple[str, str]], empty: str | Promise) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices_of(rows, empty)

    def _ignored(self, name: str) -> str:
        if name == "kesepakatan":
            return gettext("Kesepakatan itu tidak ada di daftar Anda, jadi semua kesepakatan ditampilkan.")
        if name == "wilayah":
            return gettext("Wilayah itu tidak ada di daftar Anda, jadi semua wilayah ditampilkan.")
        return gettext("Periode itu tidak dikenal, jadi tidak dipakai.")


@dataclass(frozen=True)
class Choice:
    """What was chosen: None or empty means all. ``form`` shows it again."""

    form: ChoiceForm
    agreement: Agreement | None
    region: str
    period: Period | None

    @property
    def within(self) -> Filter:
        """The part of an address that narrows the list in the same way."""
        pairs = []
        if self.agreement:
            pairs.append(("kesepakatan", self.agreement.code))
        if self.region:
            pairs.append(("wilayah", self.region))
        return Filter(tuple(pairs))

    @property
    def query(self) -> str:
        """The choice as it stands in the address of the dashboard."""
        pairs = self.within.pairs + ((("periode", self.period.code),) if self.period else ())
        return Filter(pairs).query

    @property
    def conditions(self) -> dict[str, Any]:
        """The chosen agreement and region as conditions on commitments and on their tallies."""
        chosen: dict[str, Any] = {"agreement": self.agreement} if self.agreement else {}
        return chosen | ({"lead__region": self.region} if self.region else {})

    def narrow(self, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
        """The rows of the chosen agreement and region."""
        return commitments.filter(**self.conditions)


def read_choice(query: QueryDict, user: User, *, today: dt.date, is_shown: bool = True) -> Choice:
    """Read what the address chooses of what the person may see; unless ``is_shown`` no other choices are offered.

    Two queries at most.
    """
    agreements = list(Agreement.objects.visible_to(user)) if is_shown or query.get("kesepakatan") else []
    regions = _regions(user) if is_shown or query.get("wilayah") else []
    form = ChoiceForm(query, agreements=agreements, regions=regions, periods=current_periods(today))
    chosen = form.cleaned_data
    code, period = chosen.get("kesepakatan"), chosen.get("periode")
    return Choice(
        form=form,
        agreement=next((agreement for agreement in agreements if agreement.code == code), None),
        region=chosen.get("wilayah", ""),
        period=read_period(period) if period else None,
    )


def _regions(user: User) -> list[str]:
    """Regions of the leads of what a page counts for the person, by name."""
    leads = seen_values("lead", user, with_gone=False)
    found = Agency.objects.filter(pk__in=leads).exclude(region="").order_by("region")
    return list(found.values_list("region", flat=True).distinct())
