"""How a text for the press puts its words together. The text is a document, so it is Indonesian whoever drafts it."""

import datetime as dt
from collections.abc import Sequence

from commitments.reading.dates import MONTH_NAMES, WEEKDAY_NAMES
from reports.press.facts import Office


def listed(items: Sequence[str]) -> str:
    """``A``, ``A dan B``, ``A, B, dan C``; *serta* where an item has its own *dan*, semicolons where it has commas."""
    if len(items) < 2:
        return "".join(items)
    last = "serta" if any(" dan " in item for item in items) else "dan"
    if any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; serta {items[-1]}"
    return f"{items[0]} {last} {items[1]}" if len(items) == 2 else f"{', '.join(items[:-1])}, {last} {items[-1]}"


def day_words(day: dt.date) -> str:
    """``28 Januari 2026``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def weekday_words(day: dt.date) -> str:
    """``Rabu (28/1/2026)``, as releases write the day of an event."""
    return f"{WEEKDAY_NAMES[day.weekday()]} ({day.day}/{day.month}/{day.year})"


def headline(words: str) -> str:
    """``Rapat Tindak Lanjut``: capitals as in a title."""
    return " ".join(word if word in ("dan", "atau") else word[:1].upper() + word[1:] for word in words.split())


def period_words(label: str) -> str:
    """``triwulan I 2026`` in the middle of a sentence; a month keeps its capital."""
    first, _blank, rest = label.partition(" ")
    return f"{first.lower()} {rest}" if first in ("Tahun", "Triwulan", "Semester") else label


def inside(wording: str) -> str:
    """A wording in the middle of a sentence: one line, without its full stop, beginning small unless it is a name."""
    words = " ".join(wording.split()).rstrip(".;, ")
    first, _blank, rest = words.partition(" ")
    is_plain = first[:1].isupper() and first[1:].islower()
    is_name = rest[:1].isupper()
    return words[:1].lower() + words[1:] if is_plain and not is_name else words


def in_full(office: Office) -> str:
    """The name, with the short name in brackets when it is an abbreviation that the name does not contain."""
    short = office.short_name
    if not short or short == office.name or short.casefold() in office.name.casefold():
        return office.name
    return f"{office.name} ({short})" if len(short) < len(office.name) else office.name


def called(office: Office) -> str:
    """The short name."""
    return office.short_name or office.name
