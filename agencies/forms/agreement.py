"""Forms about agreements: the document with its parties, and its scope items."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from agencies.actions import AgreementFacts, PartyEntry
from agencies.forms.agency import AgencyChoiceField
from agencies.models import Agency, Agreement, AgreementKind, Relation
from agencies.scope_text import ClauseEntry, ScopeTextError, read_scope
from config.files import StoredFile, take_in
from config.forms import OneTimeForm, TypedDateField, choices_of

MOST_PARTIES = 4
FACTS = ("kind", "signed_on", "title", "place", "starts_on", "ends_on", "parent", "relation", "source_url")
PARTY = ("signatory_name", "signatory_post", "number")


class AgreementForm(OneTimeForm):
    """A document between agencies: the date and two parties suffice."""

    kind = forms.ChoiceField(label=_("Jenis dokumen"), choices=AgreementKind.choices)
    signed_on = TypedDateField(label=_("Tanggal ditandatangani"))
    title = forms.CharField(
        label=_("Judul resmi"), max_length=300, required=False, help_text=_("Seperti pada naskah. Jangan dikira-kira.")
    )
    place = forms.CharField(label=_("Tempat"), max_length=160, required=False)
    starts_on = TypedDateField(label=_("Berlaku dari"), required=False, help_text="")
    ends_on = TypedDateField(label=_("Berlaku sampai"), required=False, help_text="")
    parent = forms.ModelChoiceField(
        label=_("Dokumen induk"), queryset=Agreement.objects.none(), required=False, empty_label=_("tidak ada")
    )
    relation = forms.ChoiceField(
        label=_("Hubungan dengan dokumen induk"),
        choices=choices_of(Relation.choices, _("pilih hubungan")),
        required=False,
    )
    source_url = forms.URLField(
        label=_("Alamat sumber"), max_length=400, required=False, assume_scheme="https",
        help_text=_("Tempat isi kesepakatan diberitakan atau diumumkan."),
    )  # fmt: skip
    host_agency = AgencyChoiceField(label=_("Dicatat oleh"), queryset=Agency.objects.none())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, user_agreements: QuerySet[Agreement], hosts: QuerySet[Agency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = user_agreements  # type: ignore[attr-defined]
        self.fields["host_agency"].queryset = hosts  # type: ignore[attr-defined]
        known = Agency.objects.active().order_by("short_name")
        for n in range(1, MOST_PARTIES + 1):
            self.fields[f"party{n}"] = AgencyChoiceField(
                label=_("Instansi pihak ke-%(n)s") % {"n": n},
                queryset=known,
                required=n <= 2,
                empty_label=_("pilih instansi"),
            )
            for name, label, longest in (
                ("signatory_name", _("Nama penanda tangan"), 120),
                ("signatory_post", _("Jabatan penanda tangan"), 160),
                ("number", _("Nomor dokumen"), 120),
            ):
                self.fields[f"party{n}_{name}"] = forms.CharField(label=label, max_length=longest, required=False)
        self.initial.setdefault("kind", AgreementKind.MEMORANDUM_OF_AGREEMENT)
        if hosts.count() == 1:
            self.initial.setdefault("host_agency", hosts.get().pk)

    @classmethod
    def initial_of(cls, agreement: Agreement) -> dict[str, Any]:
        """What stands in the form when an agreement is opened for correction."""
        initial = {name: getattr(agreement, name) for name in FACTS}
        initial |= {"host_agency": agreement.host_agency_id, "version": agreement.version}
        for n, party in enumerate(agreement.parties.all()[:MOST_PARTIES], start=1):
            initial[f"party{n}"] = party.agency_id
            initial |= {f"party{n}_{name}": getattr(party, name) for name in PARTY}
        return initial

    def party_rows(self) -> Iterator[list[BoundField]]:
        """The fields of each party, for the page."""
        for n in range(1, MOST_PARTIES + 1):
            yield [self[f"party{n}"], *(self[f"party{n}_{name}"] for name in PARTY)]

    def clean(self) -> dict[str, Any]:
        """Dates in order, parties different, a relation only with a parent document."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", _("Tanggal akhir harus sesudah tanggal mulai."))
        if cleaned.get("relation") and not cleaned.get("parent"):
            self.add_error("parent", _("Pilih dokumen induk, atau kosongkan hubungannya."))
        seen: set[int] = set()
        for n in range(1, MOST_PARTIES + 1):
            agency = cleaned.get(f"party{n}")
            if agency is None and any(cleaned.get(f"party{n}_{name}") for name in PARTY) and n > 2:
                self.add_error(f"party{n}", _("Pilih instansinya, atau kosongkan seluruh baris ini."))
            elif agency is not None and agency.pk in seen:
                self.add_error(f"party{n}", _("Instansi ini sudah menjadi pihak lain."))
            elif agency is not None:
                seen.add(agency.pk)
        return cleaned

    def facts(self) -> AgreementFacts:
        """The document as typed."""
        return AgreementFacts(**{name: self.cleaned_data[name] for name in FACTS})

    def parties(self) -> list[PartyEntry]:
        """The parties in their order."""
        c = self.cleaned_data
        return [
            PartyEntry(c[f"party{n}"], *(c[f"party{n}_{name}"] for name in PARTY))
            for n in range(1, MOST_PARTIES + 1)
            if c[f"party{n}"]
        ]


class DocumentForm(OneTimeForm):
    """The signed document as a file."""

    file = forms.FileField(label=_("Berkas naskah"), help_text=_("PDF, JPG, PNG, atau HEIC, paling besar 10 MB."))

    def clean_file(self) -> StoredFile:
        """Take it in by content, never by name."""
        return take_in(self.cleaned_data["file"])


class ScopeForm(OneTimeForm):
    """Scope items pasted as numbered text."""

    text = forms.CharField(
        label=_("Ruang lingkup"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Satu butir satu baris dengan nomor seperti pada naskah: 1. ..., a. ..., atau Pasal 3."),
    )

    entries: list[ClauseEntry]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {clause.number: " ".join(clause.text.split()) for clause in agreement.clauses.all()}

    def clean_text(self) -> str:
        """Read the items; say which line is wrong."""
        text: str = self.cleaned_data["text"]
        try:
            self.entries = read_scope(text)
        except ScopeTextError as wrong:
            raise ValidationError(str(wrong)) from wrong
        for entry in self.entries:
            if self.known.get(entry.number, entry.text) != entry.text:
                raise ValidationError(
                    _("Nomor %(number)s sudah ada dengan uraian lain. Butir yang ada tidak diubah."),
                    params={"number": entry.number},
                )
        if all(entry.number in self.known for entry in self.entries):
            raise ValidationError(_("Semua butir ini sudah ada."))
        return text
