"""The form that lets an address without an account get issued reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.numbering import was_used
from commitments.forms.fields import AgreementChoice
from config.forms import OneTimeForm, choices_of
from reports.models import Audience, Cadence, ReportRecipient


class RecipientForm(OneTimeForm):
    """Post, address, agreement, version and time. The internal version asks once more: it leaves the house."""

    post_text = forms.CharField(
        label=_("Jabatan penerima"),
        max_length=160,
        help_text=_("Misalnya Kepala Dinas Contoh. Nama orang tidak perlu."),
    )
    address = forms.EmailField(label=_("Surel"), max_length=254)
    agreement = AgreementChoice(
        label=_("Kesepakatan"), queryset=Agreement.objects.none(), empty_label=_("pilih kesepakatan")
    )
    audience = forms.ChoiceField(
        label=_("Versi"),
        choices=choices_of([(Audience.PUBLIC, _("publik")), (Audience.INTERNAL, _("internal"))]),
        help_text=_("Versi publik hanya memuat jumlah dan kemajuan per ruang lingkup."),
        initial=Audience.PUBLIC,
    )
    cadence = forms.ChoiceField(
        label=_("Waktu kirim"),
        choices=Cadence.choices,
        help_text=_("Awal bulan dan awal triwulan: pada hari kerja pertama."),
        initial=Cadence.ON_PUBLISH,
    )

    def __init__(self, *args: Any, user: User, issuer: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuer = issuer
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user).order_by("code")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask again for the internal version, and refuse an address that gets the same already."""
        said = super().clean() or self.cleaned_data
        if said.get("audience") == Audience.INTERNAL and said.get("address"):
            words = _(
                "Versi internal meninggalkan kantor: siapa pun yang membuka surel ini dapat membaca semua baris "
                "komitmen antarinstansi. Pastikan alamatnya alamat dinas."
            )
            self.add_warning("audience", f"internal-{said['address']}", words)
        is_first_click = not was_used(said.get("token"))
        if is_first_click and said.get("address") and said.get("agreement") and self._is_known(said):
            self.add_error("address", _("Alamat ini sudah menerima laporan kesepakatan itu."))
        return said

    def _is_known(self, said: dict[str, Any]) -> bool:
        same = {name: said.get(name) for name in ("address", "agreement", "audience")}
        return ReportRecipient.objects.active().filter(issuer=self.issuer, **same).exists()
