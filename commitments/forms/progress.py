"""Forms of the journal: progress with proofs, obstacle, resumption, the report that it is done."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.actions import OnBehalf, Proof
from commitments.forms.fields import TEXT_LENGTH, AmountField, FilesField, typed_date
from commitments.models import Commitment, Sensitivity, SourceKind
from commitments.rules import Voice
from config.forms import OneTimeForm, TypedDateField, choices_of
from config.templatetags.waktu import angka

SOURCE_FIELDS = ("source_kind", "source_text", "source_on")


class StartForm(OneTimeForm):
    """Nothing to fill in: work has begun."""

    def __init__(self, *args: Any, commitment: Commitment, voices: Sequence[Voice], today: dt.date, **kw: Any) -> None:
        del voices, today
        super().__init__(*args, **kw)
        self.commitment = commitment


class JournalForm(OneTimeForm):
    """Base of what is written into the journal; asks for the source when it is written for another agency."""

    speaks_for_lead = forms.BooleanField(required=False, initial=True)
    source_kind = forms.ChoiceField(
        label=_("Sumber"), choices=choices_of(SourceKind.choices, _("Pilih sumber")), required=False
    )
    source_text = forms.CharField(
        label=_("Siapa yang menyampaikan"), help_text=_("Nama atau jabatan."), max_length=200, required=False
    )
    source_on = TypedDateField(label=_("Tanggal disampaikan"), required=False)

    def __init__(self, *args: Any, commitment: Commitment, voices: Sequence[Voice], today: dt.date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.commitment, self.voices, self.today = commitment, voices, today
        cast(TypedDateField, self.fields["source_on"]).parser = typed_date(today)
        if Voice.ON_BEHALF not in voices:
            for name in ("speaks_for_lead", *SOURCE_FIELDS):
                del self.fields[name]
        elif len(voices) == 1:
            del self.fields["speaks_for_lead"]
            for name in SOURCE_FIELDS:
                self.fields[name].required = True
        else:
            self.fields["speaks_for_lead"].label = gettext("Dicatat atas nama %(agency)s") % {"agency": commitment.lead}

    @property
    def is_on_behalf(self) -> bool:
        """Whether this entry is written for a lead without account."""
        if Voice.ON_BEHALF not in self.voices:
            return False
        return bool(self.cleaned_data.get("speaks_for_lead")) if "speaks_for_lead" in self.fields else True

    @property
    def behalf_words(self) -> str:
        """The sentence over the source fields; empty when the person writes for their own agency."""
        if Voice.ON_BEHALF not in self.voices:
            return ""
        return gettext("%(agency)s belum mempunyai akun. Sebutkan dari mana kabar ini.") % {
            "agency": self.commitment.lead
        }

    def clean(self) -> None:
        """A word for another agency needs its source, its day and who said it."""
        super().clean()
        if not self.is_on_behalf:
            return
        for name in SOURCE_FIELDS:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, gettext('"%(label)s" belum diisi.') % {"label": self.fields[name].label})
        source_on = self.cleaned_data.get("source_on")
        if source_on and source_on > self.today:
            self.add_error("source_on", gettext("Tanggal ini belum terjadi. Periksa tanggalnya."))

    def on_behalf(self) -> OnBehalf | None:
        """The source of a valid form."""
        if not self.is_on_behalf:
            return None
        return OnBehalf(*(self.cleaned_data[name] for name in SOURCE_FIELDS))


class ProgressForm(JournalForm):
    """One sentence is enough; the new total and proofs may come with it."""

    text = forms.CharField(
        label=_("Perkembangan"),
        help_text=_("Satu kalimat tentang apa yang sudah dilakukan."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    realised = AmountField(label=_("Realisasi sampai sekarang"))
    link = forms.URLField(label=_("Tautan bukti"), max_length=400, required=False, assume_scheme="https")
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=120, required=False)
    letter_on = TypedDateField(label=_("Tanggal surat"), required=False)
    papers = FilesField(
        label=_("Berkas bukti"), help_text=_("JPG, PNG, HEIC, atau PDF; 10 MB per berkas, paling banyak 5.")
    )
    is_general = forms.BooleanField(label=_("Bukti ini umum: boleh dilihat humas"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    needs_evidence = False
    field_order = ("text", "realised", "speaks_for_lead", *SOURCE_FIELDS, "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(TypedDateField, self.fields["letter_on"]).parser = typed_date(self.today)
        self.initial.setdefault("version", self.commitment.version)
        if set(self.voices) == {Voice.PART}:
            del self.fields["realised"]
            return
        field = self.fields["realised"]
        field.help_text = self._total_words()

    def _total_words(self) -> str:
        known = self.commitment
        unit = known.unit
        said = gettext("Terakhir: %(n)s %(unit)s.") % {"n": angka(known.realised), "unit": unit}
        goal = gettext("Target: %(n)s %(unit)s.") % {"n": angka(known.target), "unit": unit}
        return " ".join(
            words for words, value in ((said, known.realised), (goal, known.target)) if value is not None
        ) or gettext("Jumlah seluruhnya, bukan tambahannya.")

    def clean(self) -> None:
        """Doubt a total above the target; ask for a proof where one is needed."""
        super().clean()
        realised, target = self.cleaned_data.get("realised"), self.commitment.target
        if realised is not None and target is not None and realised > target:
            self.add_warning(
                "realised",
                f"realised-{realised}",
                gettext("Realisasi %(n)s melebihi target %(target)s. Simpan jika memang benar, atau perbaiki angkanya.")
                % {"n": angka(realised), "target": angka(target)},
            )
        tried = {"papers", "link", "letter_number"} & set(self.errors)
        if self.needs_evidence and not tried and not self.evidence():
            self.add_error("papers", gettext("Lampirkan satu bukti: berkas, tautan, atau nomor surat."))

    def evidence(self) -> list[Proof]:
        """The proofs of a valid form."""
        said = self.cleaned_data
        sensitivity = Sensitivity.GENERAL if said.get("is_general") else Sensitivity.INTERNAL
        proofs = [Proof(stored=stored, sensitivity=sensitivity) for stored in said.get("papers") or []]
        if said.get("link"):
            proofs.append(Proof(link=said["link"], sensitivity=sensitivity))
        if said.get("letter_number"):
            number, day = said["letter_number"], said.get("letter_on")
            proofs.append(Proof(letter_number=number, letter_on=day, sensitivity=sensitivity))
        return proofs


class SubmitForm(ProgressForm):
    """The report that the commitment is done; without an earlier proof it brings one."""

    text = forms.CharField(
        label=_("Apa yang sudah diselesaikan"),
        help_text=_("Kapan, di mana, oleh siapa; apa hasilnya."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, has_evidence: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_evidence = not has_evidence


class BlockForm(JournalForm):
    """What stands in the way and who has to decide."""

    field_order = ("obstacle", "decider")
    obstacle = forms.CharField(label=_("Kendala"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    decider = forms.CharField(
        label=_("Perlu keputusan dari"), help_text=_("Jabatan atau instansi."), max_length=200, required=False
    )


class ResumeForm(JournalForm):
    """How the obstacle was removed."""

    field_order = ("text",)
    text = forms.CharField(
        label=_("Apa yang berubah"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )
