"""Between what the changes are asked for: two days, or two issued reports of one agreement."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agreement
from commitments.forms.fields import AgreementChoice
from config.forms import Form, TypedDateField
from config.workdays import WIB
from reports.models import Report


class ReportChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of some issued reports, or none, by code and period."""

    def __init__(self, **kwargs: Any) -> None:
        nonsense = _("Pilih laporan terbit dari kesepakatan ini.")
        super().__init__(
            Report.objects.none(),
            to_field_name="code",
            required=False,
            empty_label="-",
            error_messages={"invalid_choice": nonsense},
            **kwargs,
        )

    def label_from_instance(self, report: Any) -> str:
        """``7KQ4-M2XD-9F, Triwulan I 2026``; said when it holds only some agencies."""
        chosen = report.chosen
        part = _(" (sebagian instansi)") if chosen.agencies or chosen.region else ""
        return f"{report.code}, {report.period_label}{part}"


class ChangesForm(Form):
    """Days are whole days in WIB: from the beginning of the first to the end of the last."""

    kesepakatan = AgreementChoice(
        label=_("Kesepakatan"), queryset=Agreement.objects.none(), to_field_name="code", empty_label=None
    )
    dari = TypedDateField(label=_("Dari tanggal"), required=False)
    sampai = TypedDateField(label=_("Sampai tanggal"), required=False)
    lama = ReportChoice(label=_("Laporan pertama"))
    baru = ReportChoice(label=_("Laporan kedua"))

    def __init__(
        self, *args: Any, agreements: QuerySet[Agreement], reports: QuerySet[Report], at: dt.datetime, **kwargs: Any
    ) -> None:
        """``agreements`` and ``reports`` are those the reader may choose among."""
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["kesepakatan"].queryset = agreements  # type: ignore[attr-defined]
        for name in ("lama", "baru"):
            self.fields[name].queryset = reports.order_by("-as_of", "-pk")  # type: ignore[attr-defined]
        self.has_reports = reports.count() > 1
        for name in ("dari", "sampai"):
            self.fields[name].required = not self.has_reports

    def clean(self) -> dict[str, Any]:
        """Two reports, or two days of which the first is not later."""
        given = super().clean() or {}
        reports = [name for name in ("lama", "baru") if given.get(name)]
        if len(reports) == 1:
            missing = "baru" if reports == ["lama"] else "lama"
            self.add_error(missing, _("Pilih dua laporan, atau kosongkan keduanya."))
        elif not reports and not self.errors:
            self._check_days(given)
        return given

    def _check_days(self, given: dict[str, Any]) -> None:
        for name in ("dari", "sampai"):
            if not given[name]:
                self.add_error(name, _("Isi tanggal ini, atau pilih dua laporan."))
        if not self.errors and given["sampai"] < given["dari"]:
            self.add_error("sampai", _("Tanggal akhir harus sama dengan atau sesudah tanggal awal."))

    @property
    def reports(self) -> tuple[Report, Report] | None:
        """The two reports of a valid form, the one told of the earlier instant first; None when days were given."""
        old, new = self.cleaned_data["lama"], self.cleaned_data["baru"]
        if old is None or new is None:
            return None
        return (new, old) if new.as_of < old.as_of else (old, new)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """From the beginning of the first day to the end of the last, neither later than now."""
        first = dt.datetime.combine(self.cleaned_data["dari"], dt.time.min, tzinfo=WIB)
        last = dt.datetime.combine(self.cleaned_data["sampai"], dt.time.max, tzinfo=WIB)
        return min(first, self.at), min(last, self.at)
