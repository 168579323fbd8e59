"""The first-run page and the page behind an invitation link."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agencies.firstrun import FIRST_ROLES, Founding, Office, Person, Reach, Signer, free_code
from agencies.forms.fields import (
    PASSWORD_HINT,
    CodeField,
    NewEmailField,
    WhatsappField,
    check_passwords,
    password_field,
    role_field,
)
from agencies.models import AgencyKind, Role, User, Zone
from config.forms import Form, TypedDateField


class FirstRunForm(Form):
    """One office, its agreement, its first people and its first partner."""

    office_name = forms.CharField(label=_("Nama instansi"), max_length=200, help_text=_("Seperti pada kop surat."))
    office_short_name = forms.CharField(
        label=_("Nama singkat"), max_length=80, help_text=_("Yang dipakai sehari-hari, misalnya BP3MI Jakarta.")
    )
    office_code = CodeField(
        required=False, help_text=_("Huruf kecil tanpa spasi, misalnya bp3mi. Kosongkan agar dibuatkan.")
    )
    office_kind = forms.ChoiceField(
        label=_("Jenis instansi"), choices=AgencyKind.choices, initial=AgencyKind.FIELD_OFFICE
    )
    office_zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices, initial=Zone.WIB)

    signed_on = TypedDateField(label=_("Tanggal kesepakatan"))
    agreement_title = forms.CharField(
        label=_("Judul resmi"), max_length=300, required=False, help_text=_("Kosongkan bila naskah belum ada.")
    )
    our_party = forms.CharField(
        label=_("Pihak di atas kantor Anda"),
        max_length=200,
        help_text=_("Nama instansi yang menandatangani, misalnya kementerian Anda. Boleh kantor Anda sendiri."),
    )
    our_party_kind = forms.ChoiceField(
        label=_("Jenis pihak ini"), choices=AgencyKind.choices, initial=AgencyKind.MINISTRY
    )
    their_party = forms.CharField(
        label=_("Pihak mitra"), max_length=200, help_text=_("Misalnya pemerintah provinsi yang menandatangani.")
    )
    their_party_kind = forms.ChoiceField(
        label=_("Jenis pihak mitra"), choices=AgencyKind.choices, initial=AgencyKind.PROVINCE
    )

    first_name = forms.CharField(label=_("Nama Anda"), max_length=120)
    first_email = NewEmailField(label=_("Surel Anda"), help_text=_("Dipakai untuk masuk."))
    first_post = forms.CharField(label=_("Jabatan Anda"), max_length=120, required=False)
    password1 = password_field(_("Kata sandi"), hint=PASSWORD_HINT)
    password2 = password_field(_("Ulangi kata sandi"))

    second_name = forms.CharField(label=_("Nama orang kedua"), max_length=120, required=False)
    second_email = NewEmailField(label=_("Surel orang kedua"), required=False)
    second_post = forms.CharField(label=_("Jabatan orang kedua"), max_length=120, required=False)
    second_roles = role_field(Role.SUPERVISOR, Role.PRESS, required=False)

    partner_name = forms.CharField(label=_("Nama instansi mitra"), max_length=200, required=False)
    partner_short_name = forms.CharField(label=_("Nama singkat mitra"), max_length=80, required=False)
    partner_code = CodeField(
        label=_("Kode mitra"), required=False, help_text=_("Misalnya naker. Kosongkan agar dibuatkan.")
    )
    partner_kind = forms.ChoiceField(
        label=_("Jenis instansi mitra"), choices=AgencyKind.choices, initial=AgencyKind.CITY
    )
    contact_post = forms.CharField(
        label=_("Jabatan narahubung"),
        max_length=120,
        required=False,
        help_text=_("Misalnya Kepala Bagian Perekonomian."),
    )
    contact_name = forms.CharField(label=_("Nama narahubung"), max_length=120, required=False)
    contact_whatsapp = WhatsappField(label=_("WhatsApp narahubung"))

    SECOND: ClassVar[tuple[str, ...]] = ("second_name", "second_email")
    PARTNER: ClassVar[tuple[str, ...]] = (
        "partner_name", "partner_short_name", "partner_code", "contact_post", "contact_name", "contact_whatsapp"
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Check what only makes sense together; each complaint stands beside its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_passwords(self, User(name=cleaned.get("first_name", ""), email=cleaned.get("first_email", "")))
        self._check_parties(cleaned)
        self._check_second(cleaned)
        self._check_partner(cleaned)
        self._choose_codes(cleaned)
        return cleaned

    @override(settings.LANGUAGE_CODE)  # posts are stored, hence in the language of the documents
    def founding(self) -> Founding:
        """What the page asks for, ready for the action. Only after is_valid()."""
        c = self.cleaned_data
        partner = contact = None
        if c["partner_name"]:
            partner = Office(
                c["partner_name"], c["partner_short_name"] or c["partner_name"][:80], c["partner_code"],
                c["partner_kind"], c["office_zone"],
            )  # fmt: skip
            if c["contact_post"] or c["contact_name"]:
                contact = Reach(c["contact_post"] or str(_("Narahubung")), c["contact_name"], c["contact_whatsapp"])
        second = None
        if c["second_email"]:
            post = c["second_post"] or str(Role(c["second_roles"][0]).label)
            second = Person(c["second_name"], c["second_email"], post, tuple(c["second_roles"]))
        return Founding(
            office=Office(
                c["office_name"], c["office_short_name"], c["office_code"], c["office_kind"], c["office_zone"]
            ),
            signed_on=c["signed_on"],
            agreement_title=c["agreement_title"],
            our_party=Signer(c["our_party"], c["our_party_kind"]),
            their_party=Signer(c["their_party"], c["their_party_kind"]),
            first=Person(
                c["first_name"], c["first_email"], c["first_post"] or str(Role.OFFICER.label), FIRST_ROLES,
                c["password1"],
            ),
            second=second,
            partner=partner,
            contact=contact,
        )  # fmt: skip

    def _check_parties(self, cleaned: dict[str, Any]) -> None:
        ours, theirs = cleaned.get("our_party", ""), cleaned.get("their_party", "")
        if ours and ours.casefold() == theirs.casefold():
            self.add_error("their_party", _("Kedua pihak sama. Tulis pihak mitra."))

    def _check_second(self, cleaned: dict[str, Any]) -> None:
        if not any(cleaned.get(field) for field in (*self.SECOND, "second_post", "second_roles")):
            return
        for field in self.SECOND:
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, _("Isi nama dan surel orang kedua, atau kosongkan seluruh bagian ini."))
        if not cleaned.get("second_roles"):
            self.add_error("second_roles", _("Pilih paling sedikit satu peran."))
        if cleaned.get("second_email") and cleaned.get("second_email") == cleaned.get("first_email"):
            self.add_error("second_email", _("Surel orang kedua harus berbeda dari surel Anda."))

    def _check_partner(self, cleaned: dict[str, Any]) -> None:
        if any(cleaned.get(field) for field in self.PARTNER) and not cleaned.get("partner_name"):
            self.add_error("partner_name", _("Tulis nama instansi mitra, atau kosongkan seluruh bagian ini."))
        if cleaned.get("contact_whatsapp") and not (cleaned.get("contact_post") or cleaned.get("contact_name")):
            self.add_error("contact_post", _("Tulis jabatan narahubung."))
        names = {cleaned.get(field, "").casefold() for field in ("office_name", "our_party")} - {""}
        if cleaned.get("partner_name", "").casefold() in names:
            self.add_error("partner_name", _("Instansi mitra harus berbeda dari kantor Anda dan pihak Anda."))

    def _choose_codes(self, cleaned: dict[str, Any]) -> None:
        """Fill an empty code from the short name; two agencies of the page never share one."""
        taken: set[str] = set()
        for side in ("office", "partner"):
            code, name = cleaned.get(f"{side}_code"), cleaned.get(f"{side}_short_name") or cleaned.get(f"{side}_name")
            if f"{side}_code" in self.errors or not (code or name):
                continue
            if code and code in taken:
                self.add_error(f"{side}_code", _("Kode ini sudah dipakai kantor Anda. Pilih yang lain."))
                continue
            cleaned[f"{side}_code"] = code or free_code(str(name), taken=taken)
            taken.add(cleaned[f"{side}_code"])


class PasswordForm(Form):
    """The first password of an invited person."""

    password1 = password_field(_("Kata sandi"), hint=PASSWORD_HINT)
    password2 = password_field(_("Ulangi kata sandi"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Check both passwords."""
        cleaned = super().clean() or self.cleaned_data
        check_passwords(self, self.person)
        return cleaned
