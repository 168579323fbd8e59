"""Fields that several forms share."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, User
from agencies.models.agency import code_format
from agencies.phones import whatsapp_number

PASSWORD_HINT = _(
    "Paling sedikit 10 huruf. Kalimat pendek yang mudah Anda ingat lebih kuat daripada kata dengan simbol."
)
RESERVED_CODES = {"tambah", "saran"}  # addresses of their own under /instansi/


class CodeField(forms.CharField):
    """An agency's code, as typed after ``@``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kode"))
        kwargs.setdefault("help_text", _("Dipakai saat mengetik, misalnya @naker. Tidak dapat diubah kemudian."))
        super().__init__(max_length=24, validators=[code_format], **kwargs)
        self.widget.attrs["class"] = "w-short"

    def to_python(self, value: Any) -> str:
        """Read the code with or without ``@``, in small letters."""
        code = str(super().to_python(value) or "").removeprefix("@").lower()
        if code in RESERVED_CODES:
            raise ValidationError(
                _('Kode "%(code)s" dipakai oleh halaman ini. Pilih yang lain.'), params={"code": code}
            )
        return code


class WhatsappField(forms.CharField):
    """A WhatsApp number, cleaned to digits with the country code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Nomor WhatsApp"))
        super().__init__(max_length=30, required=False, **kwargs)
        self.widget.attrs |= {"class": "w-medium", "inputmode": "tel"}

    def clean(self, value: Any) -> str:
        """Read the number, or say how to write one."""
        try:
            return whatsapp_number(str(super().clean(value)))
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class EmailField(forms.EmailField):
    """An e-mail address in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Surel"))
        kwargs.setdefault(
            "error_messages", {"invalid": _("Alamat surel tidak lengkap. Tulis misalnya nama@kantor.id.")}
        )
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs["class"] = "w-medium"

    def clean(self, value: Any) -> str:
        """Read the address."""
        return str(super().clean(value)).lower()


class NewEmailField(EmailField):
    """The address of an account that does not exist yet."""

    def clean(self, value: Any) -> str:
        """Read the address; refuse one that is in use."""
        email = super().clean(value)
        if email and User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Surel ini sudah dipakai akun lain. Pakai surel lain, atau ubah akun itu."))
        return email


def password_field(label: Any, *, hint: Any = "") -> forms.CharField:
    """A field for a new password; it is never sent back to the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "w-medium"})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=hint, max_length=200)


def role_field(*roles: Role, required: bool = True) -> forms.MultipleChoiceField:
    """Ticks for roles."""
    return forms.MultipleChoiceField(
        label=_("Peran"),
        choices=[(role.value, role.label) for role in roles],
        widget=forms.CheckboxSelectMultiple,
        required=required,
        error_messages={"required": _("Pilih paling sedikit satu peran.")},
    )


def check_passwords(form: forms.Form, person: User, first: str = "password1", second: str = "password2") -> None:
    """Put what is wrong with a new password beside its field."""
    password, again = form.cleaned_data.get(first), form.cleaned_data.get(second)
    if password and again and password != again:
        form.add_error(second, _("Kedua kata sandi tidak sama. Ketik ulang."))
    elif password:
        try:
            validate_password(password, person)
        except ValidationError as weak:
            form.add_error(first, weak)
