"""What a person chooses before a report is made."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agreement, User
from commitments.forms.fields import AgreementChoice
from config.forms import OneTimeForm
from reports.counting.periods import Period, current_periods, read_period
from reports.presets import makeable_agreements


class MakeReportForm(OneTimeForm):
    """Agreement and period."""

    agreement = AgreementChoice(label=_("Kesepakatan"), queryset=Agreement.objects.none(), empty_label=None)
    period = forms.ChoiceField(label=_("Periode"))

    def __init__(self, *args: Any, user: User, today: dt.date, asked_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = makeable_agreements(user)
        self.fields["agreement"].queryset = own  # type: ignore[attr-defined]
        if asked_for:
            self.initial["agreement"] = next((agreement for agreement in own if agreement.code == asked_for), None)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (period.code, str(period.label)) for period in current_periods(today)
        ]

    def clean_period(self) -> Period:
        """The period behind the code."""
        return read_period(self.cleaned_data["period"])
