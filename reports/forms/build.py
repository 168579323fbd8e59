"""Everything a person may choose before a report is made."""

import dataclasses
import datetime as dt
import uuid
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Paper, User
from commitments.forms.fields import AgreementChoice
from commitments.models import Commitment, PhotoConsent
from config.forms import OneTimeForm, choices_of
from reports.counting.periods import Period, current_periods, read_period
from reports.models import Audience
from reports.options import MOST_SIGNATORIES, SECTION_WORDS, Form, Layout, ReportOptions, Section
from reports.presets import makeable_agreements, usual_options

KEY_LENGTH = 18
FORMS = [(Form.FULL.value, _("Laporan lengkap")), (Form.ONE_PAGE.value, _("1 halaman untuk pimpinan"))]
LAYOUTS = [(Layout.MODERN.value, _("Susunan ringkas")), (Layout.CONVENTIONAL.value, _("Susunan bab konvensional"))]
AUDIENCES = [
    (Audience.INTERNAL.value, _("Internal")),
    (Audience.PUBLIC.value, _("Publik: jumlah dan per ruang lingkup; instansi hanya bila menyetujui")),
]


class LeftOutField(forms.MultipleChoiceField):
    """Photos by their consent; one that is gone meanwhile is no mistake, it is not printed anyway."""

    def valid_value(self, value: Any) -> bool:
        """Any number that a key can be."""
        return str(value).isascii() and str(value).isdigit() and len(str(value)) <= KEY_LENGTH


class BuildForm(OneTimeForm):
    """Agreement, period and :class:`~reports.options.ReportOptions`; what can be chosen follows the agreement."""

    agreement = AgreementChoice(label=_("Kesepakatan"), queryset=Agreement.objects.none(), empty_label=None)
    period = forms.ChoiceField(label=_("Periode"))
    form = forms.ChoiceField(label=_("Bentuk"), choices=FORMS, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label=_("Untuk"), choices=AUDIENCES, widget=forms.RadioSelect)
    layout = forms.ChoiceField(label=_("Susunan"), choices=LAYOUTS, widget=forms.RadioSelect)
    sections = forms.MultipleChoiceField(
        label=_("Bagian"),
        choices=[(part.value, words) for part, words in SECTION_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Ringkasan, dasar, dan pengesahan selalu ada."),
    )
    agencies = forms.MultipleChoiceField(
        label=_("Instansi penanggung jawab"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tanpa pilihan: semua."),
        error_messages={"invalid_choice": _("Ada instansi yang tidak memimpin komitmen di kesepakatan ini.")},
    )
    region = forms.ChoiceField(label=_("Wilayah"), required=False)
    left_out = LeftOutField(label=_("Tanpa foto ini"), widget=forms.CheckboxSelectMultiple, required=False)
    paper = forms.ChoiceField(label=_("Kertas"), choices=Paper.choices, widget=forms.RadioSelect)
    signatory_1 = forms.CharField(label=_("Penanda tangan"), max_length=120, required=False)
    signatory_2 = forms.CharField(label=_("Penanda tangan kedua"), max_length=120, required=False)
    signatory_3 = forms.CharField(label=_("Penanda tangan ketiga"), max_length=120, required=False)

    def __init__(self, typed: QueryDict, *, user: User, today: dt.date) -> None:
        super().__init__(typed)
        self.typed = typed
        self.issuer = user.rights.main_agency
        own = makeable_agreements(user)
        self.fields["agreement"].queryset = own  # type: ignore[attr-defined]
        periods = {period.code: str(period.label) for period in current_periods(today)}
        asked = str(self.data.get("period") or "")
        if known := _period(asked):
            periods.setdefault(known.code, str(known.label))
        self.fields["period"].choices = list(periods.items())  # type: ignore[attr-defined]
        given = str(self.data.get("agreement") or "")
        is_key = given.isascii() and given.isdigit() and len(given) <= KEY_LENGTH
        found = own.filter(pk=int(given)).first() if is_key else None
        self.about = found or own.first()
        self.asked_period = known or current_periods(today)[0]
        self._offer_choices()

    @classmethod
    def again(cls, chosen: QueryDict, *, user: User, today: dt.date) -> Self:
        """The form with what an address says was chosen (:attr:`query`)."""
        typed = chosen.copy()
        typed["token"] = str(uuid.uuid4())
        return cls(typed, user=user, today=today)

    @classmethod
    def start(
        cls, agreement: Agreement | None, period: Period, chosen: ReportOptions, *, user: User, today: dt.date
    ) -> Self:
        """The form as if what was chosen elsewhere had been typed into it."""
        issuer = user.rights.main_agency
        named = chosen.signatories or ((issuer.signing_post,) if issuer else ())
        lists = {"sections": chosen.sections, "agencies": chosen.agencies, "left_out": chosen.left_out}
        typed = QueryDict(mutable=True)
        for name, values in lists.items():
            typed.setlist(name, [str(value) for value in values])
        typed.update(
            {
                "token": str(uuid.uuid4()),
                "agreement": str(agreement.pk) if agreement else "",
                "period": period.code,
                "form": chosen.form,
                "audience": Audience.PUBLIC if chosen.is_public else Audience.INTERNAL,
                "layout": chosen.layout,
                "region": chosen.region,
                "paper": chosen.paper,
                **{f"signatory_{n}": post for n, post in enumerate(named, start=1)},
            }
        )
        return cls(typed, user=user, today=today)

    def clean_period(self) -> Period:
        """The period behind the code."""
        return read_period(self.cleaned_data["period"])

    @property
    def options(self) -> ReportOptions:
        """What was chosen, of a valid form; what was typed in wrong fields is the usual."""
        told, usual = self.cleaned_data, usual_options(self.issuer)
        posts = [told.get(f"signatory_{n}", "") for n in range(1, MOST_SIGNATORIES + 1)]
        posts = [post for post in posts if post]
        if self.issuer and posts == [self.issuer.signing_post]:
            posts = []
        return dataclasses.replace(
            usual,
            form=Form(told.get("form") or usual.form),
            layout=Layout(told.get("layout") or usual.layout),
            sections=tuple(part for part in Section if part in told.get("sections", usual.sections)),
            agencies=tuple(told.get("agencies", ())),
            region=told.get("region", ""),
            paper=Paper(told.get("paper") or usual.paper),
            signatories=tuple(posts),
            left_out=tuple(int(pk) for pk in told.get("left_out", ())),
            is_public=told.get("audience") == Audience.PUBLIC,
        )

    @property
    def query(self) -> str:
        """Everything that was chosen as the query of an address."""
        told = [(name, value) for name, values in self.typed.lists() if name in self.fields for value in values]
        return urlencode([pair for pair in told if pair[0] != "token"])

    @property
    def scope(self) -> str:
        """What the choices of agencies and photos were offered for."""
        return f"{self.about.pk if self.about else ''}/{self.asked_period.code}"

    def _offer_choices(self) -> None:
        """Agencies that lead something under the agreement, their regions, and the photos that may be printed."""
        leads = Agency.objects.filter(
            pk__in=Commitment.objects.counted().filter(agreement=self.about).values("lead")
        ).order_by("short_name", "code")
        named = [(agency.code, agency.short_name) for agency in leads]
        regions = sorted({agency.region for agency in leads if agency.region})
        offered: dict[str, Any] = {
            "agencies": named,
            "region": choices_of([(region, region) for region in regions], _("semua wilayah")),
            "left_out": [(str(consent.pk), str(consent)) for consent in self._photos()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _photos(self) -> list[PhotoConsent]:
        """Consents under which photos of the period may be printed, the oldest first."""
        if self.about is None or self.issuer is None:
            return []
        first, last = self.asked_period.starts_on, self.asked_period.ends_on
        rows = PhotoConsent.objects.in_force().of_period(self.about, first=first, last=last)
        return list(rows.printable_by(self.issuer).with_row_data().distinct())


def _period(code: str) -> Period | None:
    try:
        return read_period(code)
    except ValueError:
        return None
