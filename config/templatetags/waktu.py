"""Dates, times and numbers in words: ``{{ due_on|tanggal_hari }}``, ``{{ due_on|jarak:today }}``.

Month and weekday names come from Django's own catalogue, so they follow the language of the page.
Nothing to show gives an empty text: an empty cell, never "None".
"""

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()

_ZONE_LABELS = {7: "WIB", 8: "WITA", 9: "WIT"}  # the three zones of Indonesia (Keputusan Presiden 41/1987)


def _day(value: dt.date) -> dt.date:
    """Return the day of a date, or of an instant where the viewer is."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _written(value: dt.date | None, pattern: str) -> str:
    return _day_written(_day(value), pattern, get_language()) if isinstance(value, dt.date) else ""


@lru_cache(maxsize=4096)  # the same days stand on every page
def _day_written(day: dt.date, pattern: str, language: str | None) -> str:
    del language  # the language of the page, in which it is written
    return date_format(day, pattern)


@register.filter
def tanggal(value: dt.date | None) -> str:
    """Return ``28 Januari 2026``."""
    return _written(value, "j F Y")


@register.filter
def tanggal_hari(value: dt.date | None) -> str:
    """Return ``Rabu, 28 Januari 2026``."""
    return _written(value, "l, j F Y")


@register.filter
def tanggal_pendek(value: dt.date | None) -> str:
    """Return ``28 Jan 2026``, for tables."""
    return _written(value, "j M Y")


@register.filter
def waktu(value: dt.datetime | None, zone: str | dt.tzinfo | None = None) -> str:
    """Return ``28 Jan 2026 16.20 WIB`` in ``zone`` (a name such as ``Asia/Makassar``), else where the viewer is.

    Raises ValueError for an instant without zone: it could be any of three hours.
    """
    if not isinstance(value, dt.datetime):
        return ""
    if timezone.is_naive(value):
        raise ValueError("an instant needs its zone")
    local = timezone.localtime(value, ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None)
    return f"{date_format(local, 'j M Y H.i')} {zone_label(local)}"


def zone_label(value: dt.datetime) -> str:
    """Return WIB, WITA or WIT by the offset of an aware instant, otherwise ``UTC+05.30``."""
    offset = value.utcoffset()
    if offset is None:
        return ""
    hours, seconds = divmod(offset.total_seconds(), 3600)
    if not seconds and int(hours) in _ZONE_LABELS:
        return _ZONE_LABELS[int(hours)]
    minutes = abs(int(offset.total_seconds())) // 60
    return f"UTC{'-' if offset < dt.timedelta() else '+'}{minutes // 60:02}.{minutes % 60:02}"


def distance(day: dt.date, today: dt.date) -> str:
    """Return how far ``day`` is from ``today``, in calendar days: ``besok``, ``11 hari lagi``, ``12 hari lalu``."""
    days = (day - today).days
    if words := {0: _("hari ini"), 1: _("besok"), -1: _("kemarin")}.get(days):
        return words
    if days > 0:
        return ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}
    return ngettext("%(days)d hari lalu", "%(days)d hari lalu", -days) % {"days": -days}


@register.filter
def jarak(value: dt.date | None, today: dt.date | None) -> str:
    """Return ``distance`` of two days or instants, for templates."""
    if not isinstance(value, dt.date) or not isinstance(today, dt.date):
        return ""
    return distance(_day(value), _day(today))


@register.filter
def angka(value: Decimal | float | str | None) -> str:
    """Return a number as it is printed: ``1.200``, ``2,5``; no trailing zeros, no sign of nought."""
    return "" if value is None or value == "" else _number_written(str(value), get_language())


@lru_cache(maxsize=4096)  # the same numbers stand on every page
def _number_written(value: str, language: str | None) -> str:
    del language  # the language of the page, in which it is written
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return number_format(Decimal(plain) + 0, force_grouping=True)
