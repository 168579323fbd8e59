"""What the reader offers for a line, as buttons; *Pakai* writes the offer into the text on the server."""

import dataclasses
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from agencies.models import Agency
from commitments.reading.dates import long_date
from commitments.reading.line import Line
from commitments.reading.offers import Offer, OfferKind, take
from commitments.reading.quickadd import Reading

TAKE = "pakai-"


@dataclasses.dataclass(frozen=True)
class OfferButton:
    """One offer in words (none when its label says it all), and the value of ``aksi`` that takes it."""

    words: str
    label: str
    value: str


def buttons(line: Line, *, key: str, by_code: Mapping[str, Agency]) -> tuple[OfferButton, ...]:
    """The offers of a line whose name in the page is ``key``."""
    return tuple(OfferButton(_words(offer, by_code), _label(offer), _value(key, offer)) for offer in line.offers)


def taken(step: str, reading: Reading, *, key_of: Callable[[Line], str]) -> str | None:
    """The text with the offer named by ``step`` written into it; None when the text no longer offers it."""
    for line in reading.lines:
        if not step.startswith(f"{TAKE}{key_of(line)}-"):
            continue
        for offer in line.offers:
            if step == _value(key_of(line), offer):
                return take(reading.text, line.span, offer)
    return None


def _value(key: str, offer: Offer) -> str:
    return f"{TAKE}{key}-{offer.kind.name.lower()}-{offer.token}"


def _label(offer: Offer) -> str:
    return _("Pakai %(token)s") % {"token": offer.token} if offer.kind is OfferKind.SPELLING else _("Pakai")


def _words(offer: Offer, by_code: Mapping[str, Agency]) -> str:
    name = by_code[offer.code].short_name if offer.code else ""
    if offer.kind is OfferKind.OWNER:
        return _("Usulan penanggung jawab: %(agency)s") % {"agency": name}
    if offer.kind is OfferKind.SUPPORT:
        return _("Usulan pendukung: %(agency)s") % {"agency": name}
    if offer.on is not None:
        return _("Usulan tenggat: %(day)s") % {"day": long_date(offer.on)}
    return ""  # the remark above names the nearest already
