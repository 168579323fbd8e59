"""Quoted words against the recorded ones: nothing changed, nothing turned round by a cut, and with permission."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from commitments.reading.release.passages import Page
from commitments.reading.release.people import Someone
from commitments.reading.release.statements import find_statements
from commitments.reading.spans import Span
from reports.press.facts import PressFacts, Quote
from reports.press.findings import Answer, different, no_data, verified
from reports.press.posts import folded

_ALIKE = 85  # of 100: words that are a recorded quotation, changed
_SHORT = re.compile(r'"(?P<words>[^"\n]{8,60})"')
_IN_MARKS = re.compile(r'["\u201c]([^"\u201c\u201d]+)["\u201d]')
_PART = 8  # letters: of fewer nobody knows whose words they are
_DENIES = re.compile(r"\b(?:tidak|tak|bukan|belum|jangan|tanpa|bukanlah)\Z")


def quotations(page: Page, someone: Sequence[Someone], facts: PressFacts) -> list[Span]:
    """Where the text quotes: statements, and shorter words in quotation marks that resemble recorded ones."""
    found = [one.span for one in find_statements(page, sorted(someone, key=lambda one: one.span))]
    found += [place for place in _resembling(page, facts) if not any(_touch(place, one) for one in found)]
    return sorted(found)


def _resembling(page: Page, facts: PressFacts) -> Iterator[Span]:
    if not facts.quotes:
        return
    for match in _SHORT.finditer(page.flat):
        words = _bare(match["words"])
        if any(words in _bare(one.words) or fuzz.ratio(words, _bare(one.words)) >= _ALIKE for one in facts.quotes):
            yield Span(*match.span("words"))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def quotes_in(text: str, facts: PressFacts) -> list[Quote]:
    """Recorded words of which a text prints all, or a part, in quotation marks."""
    printed = [_plainest(words) for words in _IN_MARKS.findall(text)]
    recorded = [(one, _plainest(one.words)) for one in facts.quotes]
    return [
        quote
        for quote, whole in recorded
        if any(part == whole or (len(part) >= _PART and part in whole) for part in printed)
    ]


def judge_quote(words: str, facts: PressFacts) -> Answer:
    """Compare quoted words with the recorded ones; without permission they may not be printed."""
    said = _bare(words)
    if said and facts.pact and said == _bare(facts.pact.title):
        return verified(_("sama dengan judul kesepakatan"), facts.pact.code)
    for quote in facts.quotes:
        before, found, _behind = _bare(quote.words).partition(said)
        if said and found:
            if _DENIES.search(before.strip()):
                return different(_("kutipan berubah dari catatan"), quote.words, quote.source)
            return _allowed(quote)
    likely = max(facts.quotes, key=lambda quote: fuzz.ratio(said, _bare(quote.words)), default=None)
    if likely is not None and fuzz.ratio(said, _bare(likely.words)) >= _ALIKE:
        return different(_("kutipan berubah dari catatan"), likely.words, likely.source)
    return no_data(_("kutipan ini tidak tercatat"))


def _allowed(quote: Quote) -> Answer:
    if not quote.may_quote:
        return different(_("kutipan ini belum mendapat izin kutip"), "", quote.source)
    by = quote.allowed_by or quote.speaker
    return verified(_("kutipan sama dengan catatan; izin dari %(who)s") % {"who": by}, quote.source)


def _plainest(words: str) -> str:
    return _bare(" ".join(words.split())).strip(" !?\u2026.,")


def _bare(words: str) -> str:
    return folded(words).strip(" .,\"'\u201c\u201d")
