"""The forms about photos: of a signed list, and whether one may be printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import FilesField
from config.forms import OneTimeForm


class PhotosForm(OneTimeForm):
    """One to three photos; a phone opens its camera at once."""

    photos = FilesField(
        label=_("Foto daftar hadir"),
        most=3,
        required=True,
        help_text=_("Satu sampai tiga foto JPG, PNG, atau HEIC, paling besar 10 MB per foto."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs |= {"accept": "image/*", "capture": "environment", "data-shrink": True}


class PhotoConsentForm(OneTimeForm):
    """Who allowed it, and the words under the photo."""

    allowed_by = forms.CharField(
        label=_("Izin diberikan oleh"),
        max_length=200,
        help_text=_("Jabatan atau kelompok yang tampak di foto, misalnya Kepala SMK Contoh untuk para siswanya."),
    )
    caption = forms.CharField(
        label=_("Keterangan foto"), max_length=200, help_text=_("Tercetak di bawah foto: apa dan di mana.")
    )
