"""Sign-in: accounts are made by invitation, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationHMAC
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth's hooks, as far as they differ here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok."),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Coba lagi dalam 5 menit, atau atur ulang kata sandi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        del request
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mail stand on the configured address, never on the request's Host header."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', key)}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:
        """The same for the link that confirms an address."""
        del request
        return f"{settings.SITE_URL}{reverse('account_confirm_email', kwargs={'key': emailconfirmation.key})}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Wrong tries count per account and address: a stranger cannot lock somebody out by trying for them."""
        return f"{self.get_client_ip(request)}:{credentials.get('email', '').lower()}"
