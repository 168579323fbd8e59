"""Forms about agencies: adding, correcting, other names, contacts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.actions import AgencyFacts, ContactFacts
from agencies.forms.fields import CodeField, EmailField, WhatsappField
from agencies.models import Agency, AgencyKind, Paper, Zone
from config.files import PDF, StoredFile, take_in
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
    two_key_publishing = forms.BooleanField(
        label=_("Penerbitan dua kunci"),
        required=False,
        help_text=_("Humas menyiapkan laporan, pimpinan lain merilisnya. Tanpa ini, satu orang langsung menerbitkan."),
    )
    logo = forms.FileField(
        label=_("Logo pada kop"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        help_text=_("JPG atau PNG. Hanya logo instansi sendiri; dicetak pada dokumen yang terbit."),
    )
    drops_logo = forms.BooleanField(label=_("Hapus logo"), required=False)
    paper = forms.ChoiceField(label=_("Ukuran kertas"), choices=Paper.choices)
    is_plain_type = forms.BooleanField(
        label=_("Huruf naskah dinas"), required=False, help_text=_("Huruf selebar Arial, 12 poin, untuk isi laporan.")
    )
    named_in_public = forms.BooleanField(
        label=_("Boleh disebut dalam laporan publik"),
        required=False,
        help_text=_("Tanpa izin ini, instansi tidak disebut dalam versi publik laporan siapa pun."),
    )
    named_in_public_by = forms.CharField(label=_("Izin diberikan oleh (jabatan)"), max_length=200, required=False)
    named_in_public_on = TypedDateField(label=_("Tanggal izin"), required=False, help_text="")

    def __init__(self, *args: Any, agency: Agency, may_move: bool, **kwargs: Any) -> None:
        kept = [name for name in self.base_fields if name not in ("logo", "drops_logo")]
        kwargs.setdefault("initial", {name: getattr(agency, name) for name in kept})
        super().__init__(*args, **kwargs)
        self.agency = agency
        if may_move:
            below = Agency.objects.within([agency]).values("pk")
            self.fields["parent"].queryset = Agency.objects.active().exclude(pk__in=below).order_by("short_name")  # type: ignore[attr-defined]
        else:
            del self.fields["kind"], self.fields["parent"]
        if not agency.logo:
            del self.fields["drops_logo"]

    def clean_logo(self) -> StoredFile | None:
        """Take the picture in; a document is none."""
        sent = self.cleaned_data["logo"]
        no_picture = ValidationError(_("Logo harus JPG atau PNG."), code="wrong_type")
        try:
            stored = take_in(sent) if sent else None
        except ValidationError as trouble:
            raise no_picture if trouble.code == no_picture.code else trouble from trouble
        if stored is not None and stored.content_type == PDF:
            raise no_picture
        return stored

    def clean(self) -> dict[str, Any]:
        """A permission says who gave it and when; no file waits while the password is asked for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.changes_who_publishes and cleaned.get("logo"):
            self.add_error("logo", _("Kirim logo tersendiri. Mengubah dua kunci memerlukan kata sandi sekali lagi."))
        if cleaned.get("named_in_public"):
            for name in ("named_in_public_by", "named_in_public_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Sebutkan siapa yang memberi izin dan kapan."))
        return cleaned

    def clean_letterhead(self) -> str:
        """Keep at most four lines; more does not fit above a letter."""
        lines = [line.strip() for line in str(self.cleaned_data["letterhead"]).splitlines() if line.strip()]
        if len(lines) > 4:
            raise ValidationError(_("Kop surat paling banyak empat baris."))
        return "\n".join(lines)

    @property
    def changes_who_publishes(self) -> bool:
        """Whether the switch of the two keys is turned."""
        return bool(self.cleaned_data.get("two_key_publishing") != self.agency.two_key_publishing)

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
