"""Forms about agencies: adding, correcting, other names, contacts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.actions import AgencyFacts, ContactFacts
from agencies.forms.fields import CodeField, EmailField, WhatsappField
from agencies.models import Agency, AgencyKind, Zone
from config.forms import Form, OneTimeForm, TypedDateField, choices_of


class AgencyChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One agency of the directory, shown with its code."""

    def label_from_instance(self, obj: Agency) -> str:
        """Short name and code, as typed in the commitments box."""
        return f"{obj.short_name} (@{obj.code})"


def parent_field() -> AgencyChoiceField:
    """The agency above."""
    return AgencyChoiceField(
        label=_("Instansi induk"),
        queryset=Agency.objects.active().order_by("short_name"),
        required=False,
        empty_label=_("tidak ada (paling atas)"),
        help_text=_("Misalnya Suku Dinas di bawah pemerintah kotanya."),
    )


class NewAgencyForm(OneTimeForm):
    """An agency that is not in the directory yet; it needs no account."""

    name = forms.CharField(label=_("Nama resmi"), max_length=200)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=80, help_text=_("Yang dipakai sehari-hari."))
    code = CodeField()
    kind = forms.ChoiceField(label=_("Jenis"), choices=choices_of(AgencyKind.choices, _("pilih jenis")))
    parent = parent_field()

    def clean_code(self) -> str:
        """Refuse a code that another agency has."""
        code: str = self.cleaned_data["code"]
        if Agency.objects.filter(code=code).exists():
            raise ValidationError(_('Kode "%(code)s" sudah dipakai instansi lain.'), params={"code": code})
        return code


class AgencyForm(Form):
    """What an agency's keeper may correct; kind and parent stand here for an Admin only."""

    name = forms.CharField(
        label=_("Nama resmi"), max_length=200, help_text=_("Nama lama tetap tersimpan sebagai nama lain.")
    )
    short_name = forms.CharField(label=_("Nama singkat"), max_length=80)
    kind = forms.ChoiceField(label=_("Jenis"), choices=AgencyKind.choices)
    parent = parent_field()
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices)
    region = forms.CharField(label=_("Wilayah"), max_length=120, required=False)
    letterhead = forms.CharField(
        label=_("Kop surat"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dua sampai empat baris nama instansi, seperti pada kop."),
    )
    address_line = forms.CharField(label=_("Baris alamat pada kop"), max_length=250, required=False)
    signing_place = forms.CharField(label=_("Tempat penandatanganan"), max_length=80, required=False)
    signing_post = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120, required=False)

    def __init__(self, *args: Any, agency: Agency, may_move: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(agency, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.agency = agency
        if may_move:
            below = Agency.objects.within([agency]).values("pk")
            self.fields["parent"].queryset = Agency.objects.active().exclude(pk__in=below).order_by("short_name")  # type: ignore[attr-defined]
        else:
            del self.fields["kind"], self.fields["parent"]

    def clean_letterhead(self) -> str:
        """Keep at most four lines; more does not fit above a letter."""
        lines = [line.strip() for line in str(self.cleaned_data["letterhead"]).splitlines() if line.strip()]
        if len(lines) > 4:
            raise ValidationError(_("Kop surat paling banyak empat baris."))
        return "\n".join(lines)

    def facts(self) -> AgencyFacts:
        """The corrected agency."""
        fixed = {"kind": self.agency.kind, "parent": self.agency.parent}
        return AgencyFacts(**(fixed | self.cleaned_data))


class AliasForm(Form):
    """Another name of an agency, with the time in which it is valid."""

    name = forms.CharField(
        label=_("Nama lain"),
        max_length=200,
        help_text=_("Tulis nama yang sudah ada untuk memperbaiki masa berlakunya."),
    )
    valid_from = TypedDateField(label=_("Berlaku dari"), required=False, help_text="")
    valid_until = TypedDateField(label=_("Berlaku sampai"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and start > end:
            self.add_error("valid_until", _("Tanggal akhir harus sesudah tanggal mulai."))
        return cleaned


class ContactForm(OneTimeForm):
    """A person to reach at an agency."""

    post_text = forms.CharField(label=_("Jabatan"), max_length=120, help_text=_("Misalnya Kepala Seksi Penempatan."))
    name = forms.CharField(label=_("Nama"), max_length=120, required=False)
    whatsapp = WhatsappField(help_text=_("Nomor dinas. Tanpa nomor, petugas memilih penerima sendiri di WhatsApp."))
    email = EmailField(required=False)

    def facts(self) -> ContactFacts:
        """The contact as typed."""
        return ContactFacts(**{name: self.cleaned_data[name] for name in ("post_text", "name", "whatsapp", "email")})
