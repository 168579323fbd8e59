"""WhatsApp: numbers as people type them in and as ``wa.me`` wants them out, and the address that opens a text."""

import re
from urllib.parse import quote

from django.utils.translation import gettext as _

_SEPARATORS = re.compile(r"[\s().\-–]+")
_INDONESIAN_MOBILE = re.compile(r"628\d{7,11}")
_FOREIGN = re.compile(r"[1-9]\d{7,14}")


def whatsapp_link(text: str, number: str = "") -> str:
    """The address that opens WhatsApp with a text, for a number (digits) or for a chat that is chosen there."""
    return f"https://wa.me/{number}?text={quote(text, safe='')}"


def whatsapp_number(typed: str) -> str:
    """Return a typed number as digits with the country code (``0812…`` becomes ``62812…``); empty stays empty.

    A number of another country must begin with ``+`` (ITU-T E.164: at most 15 digits).
    Raises ValueError with an Indonesian sentence when the text is no such number.
    """
    plain = _SEPARATORS.sub("", typed.strip())
    if not plain:
        return ""
    is_international = plain.startswith("+")
    digits = plain.removeprefix("+")
    if not is_international and digits.startswith("0"):
        digits = f"62{digits[1:]}"
    elif not is_international and digits.startswith("8"):
        digits = f"62{digits}"
    pattern = _FOREIGN if is_international and not digits.startswith("62") else _INDONESIAN_MOBILE
    if not pattern.fullmatch(digits):
        raise ValueError(
            _('Nomor "%(number)s" bukan nomor WhatsApp. Tulis misalnya 08… atau +62 8…, 10 sampai 14 angka.')
            % {"number": typed.strip()[:30]}
        )
    return digits
