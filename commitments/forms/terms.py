"""Complete or correct what is promised, against the version that was opened."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.conflict import MergingForm, base_of
from agencies.models import Agency, Clause
from commitments.actions import TermsEntry
from commitments.forms.fields import TEXT_LENGTH, AmountField, typed_date
from commitments.models import Commitment
from commitments.status import Status
from config.forms import OneTimeForm, TypedDateField
from config.templatetags.waktu import tanggal_pendek

FIELDS = ("wording", "lead", "supporting", "due_on", "target", "unit", "clauses")


class ClauseChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Scope items of one agreement; a number past what the database counts is simply none of them."""

    def clean(self, value: Any) -> Any:
        """Read the ticks."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(_("Ruang lingkup ini tidak dikenal. Muat ulang halaman.")) from error


class TermsForm(MergingForm, OneTimeForm):
    """Everything a version says. A reason is asked once the commitment is known to others."""

    compared = FIELDS

    wording = forms.CharField(label=_("Rumusan"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    lead = forms.ModelChoiceField(
        label=_("Penanggung jawab"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Belum ada penanggung jawab"),
    )
    due_on = TypedDateField(label=_("Tenggat"), required=False)
    target = AmountField(label=_("Target"))
    unit = forms.CharField(
        label=_("Satuan"),
        help_text=_("Misalnya kali, orang, dokumen."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-medium"}),
    )
    clauses = ClauseChoices(
        label=_("Ruang lingkup"),
        queryset=Clause.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    supporting = forms.ModelMultipleChoiceField(
        label=_("Pendukung"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        help_text=_("Perlu bila isian yang sudah disampaikan diganti. Mitra diberi tahu."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _("Halaman ini rusak saat dikirim. Muat ulang.")}
    )

    def __init__(self, *args: Any, commitment: Commitment, today: dt.date, **kwargs: Any) -> None:
        initial = {name: getattr(commitment, name) for name in ("wording", "due_on", "target", "unit", "version")}
        initial["lead"] = commitment.lead.code if commitment.lead else ""
        initial["supporting"] = [row.agency.code for row in commitment.contributions.all()]
        initial["clauses"] = [clause.pk for clause in commitment.clauses.all()]
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.thing = self.commitment = commitment
        cast(TypedDateField, self.fields["due_on"]).parser = typed_date(today, ahead=True)
        agencies = Agency.objects.active()
        for name in ("lead", "supporting"):
            cast("forms.ModelChoiceField[Agency]", self.fields[name]).queryset = agencies
        clauses = cast("forms.ModelMultipleChoiceField[Clause]", self.fields["clauses"])
        if commitment.agreement is None:
            del self.fields["clauses"]
        else:
            clauses.queryset = commitment.agreement.clauses.all()
        self.initial["base"] = base_of(self.stored_words())

    def clean(self) -> None:
        """Doubt a date before the origin; ask why when others know the commitment already."""
        super().clean()
        self.choose()
        due_on, born_on = self.cleaned_data.get("due_on"), self.commitment.origin_on
        if due_on and due_on < born_on:
            words = gettext("Tenggat %(due)s lebih awal dari asal komitmen, %(born)s. Simpan jika memang benar.")
            self.add_warning(
                "due_on", f"due-{due_on}", words % {"due": tanggal_pendek(due_on), "born": tanggal_pendek(born_on)}
            )
        if self.cleaned_data.get("unit") and self.cleaned_data.get("target") is None and "target" not in self.errors:
            self.add_error("target", gettext("Isi angka target untuk satuan ini, atau kosongkan satuannya."))
        if not self.errors and self._changes_something_known() and not self.cleaned_data.get("reason", "").strip():
            self.add_error(
                "reason", gettext("Komitmen ini sudah disampaikan. Tulis alasan perubahannya, satu kalimat cukup.")
            )

    def _changes_something_known(self) -> bool:
        """Whether a value that others were told is replaced; filling an empty one needs no reason.

        Against an outdated version nothing can be said: the writer first sees what somebody faster wrote.
        """
        is_outdated = self.cleaned_data.get("version") != self.commitment.version
        if self.commitment.status == Status.DRAFT or is_outdated:
            return False
        for name in ("wording", "lead", "due_on", "target", "unit"):
            known = getattr(self.commitment, name)
            if known not in (None, "") and self.cleaned_data.get(name) != known:
                return True
        return False

    def entry(self) -> TermsEntry:
        """What a valid form says."""
        said = self.cleaned_data
        return TermsEntry(
            wording=said["wording"],
            lead=said["lead"],
            due_on=said["due_on"],
            target=said["target"],
            unit=said["unit"],
            supporting=tuple(said["supporting"]),
            clauses=tuple(said.get("clauses") or ()),
        )

    def stored(self, name: str) -> Any:
        """Supporting agencies and scope items stand in rows of their own."""
        if name == "supporting":
            return [row.agency for row in self.commitment.contributions.all()]
        return list(self.commitment.clauses.all()) if name == "clauses" else super().stored(name)
