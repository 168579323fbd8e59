"""Invitation links: signed, good for seven days and for one use; no table keeps them, only the mail does.

The signature covers the account and a digest of its (still unusable) password. Setting a password, a
newer link and deactivation all change that digest, so the old link dies by itself.
"""

import dataclasses
import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from agencies.models import User
from config.mail import plain_text

_SALT = "agencies.invitation"
VALID_DAYS = 7


@dataclasses.dataclass(frozen=True)
class Invitation:
    """What a link opens: an account, or nothing and the reason (``expired``, ``used`` or ``unknown``)."""

    user: User | None
    trouble: str = ""


def link_for(user: User) -> str:
    """Return a fresh link; call it after the account's unusable password was set."""
    token = signing.dumps({"u": user.pk, "k": _fingerprint(user)}, salt=_SALT)
    return f"{settings.SITE_URL}{reverse('agencies:set_password', args=[token])}"


def read(token: str) -> Invitation:
    """Find the account a link was made for, or say why it opens nothing."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=dt.timedelta(days=VALID_DAYS))
    except signing.SignatureExpired:
        return Invitation(None, "expired")
    except signing.BadSignature:
        return Invitation(None, "unknown")
    user = User.objects.filter(pk=content["u"], is_active=True).first()
    if user is None or is_password_usable(user.password):
        return Invitation(None, "used")
    if not constant_time_compare(content["k"], _fingerprint(user)):
        return Invitation(None, "used")
    return Invitation(user)


def letter(user: User, link: str) -> tuple[str, str]:
    """Return subject and text of the mail that carries the link."""
    context = {"person": user, "link": link, "days": VALID_DAYS, "product_name": settings.PRODUCT_NAME}
    subject = plain_text("agencies/mail/invitation.subject.txt", context)
    return subject, plain_text("agencies/mail/invitation.txt", context)


def _fingerprint(user: User) -> str:
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:24]
