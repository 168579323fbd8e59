"""Who held the meeting, and with whom."""

import re

from commitments.reading.release.offices import Mention, Mentions
from commitments.reading.release.passages import Page, Shape
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import Found, FoundAgency
from commitments.reading.release.words import FORUM
from commitments.reading.spans import Span

_HOLDS = re.compile(
    r"\b(?:menggelar|mengadakan|menyelenggarakan|melaksanakan|melakukan|menerima|mengundang|memfasilitasi|menjadi "
    r"tuan rumah|mengikuti|menghadiri|memimpin)\b",
    re.IGNORECASE,
)
_HELD_BY = re.compile(
    r"\b(?:digelar|diselenggarakan|diadakan|dilaksanakan|difasilitasi)[ ](?:langsung[ ])?oleh[ ]", re.IGNORECASE
)
_FORUM = re.compile(rf"\b{FORUM}\b", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?:dengan|bersama|kunjungan|audiensi|ke|dari|antara|kedatangan|rombongan)[ ](?:kerja[ ])?(?:jajaran[ ])?\Z",
    re.IGNORECASE,
)


def find_host(page: Page, mentions: Mentions, held_on: Found | None) -> FoundAgency | None:
    """Return the office that held the meeting: the subject of "menggelar", else the first beside its day."""
    for sentence in _sentences(page):
        for found in _HELD_BY.finditer(page.flat, sentence.start, sentence.end):
            if mention := next(iter(mentions.within(Span(found.end(), found.end() + 12))), None):
                return _found(page, mention, Reason("host_by_verb", {"words": found[0].strip()}), is_sure=True)
        for found in _HOLDS.finditer(page.flat, sentence.start, sentence.end):
            before = mentions.within(Span(sentence.start, found.start()))
            if before and _FORUM.search(page.flat, found.end(), min(sentence.end, found.end() + 120)):
                return _found(page, before[0], Reason("host_by_verb", {"words": found[0]}), is_sure=True)
    day = held_on.span.start if held_on else -1
    near = next((sentence for sentence in _sentences(page) if sentence.start <= day < sentence.end), None)
    first = next(iter((near and mentions.within(near)) or mentions.all), None)
    return _found(page, first, Reason("host_first"), is_sure=False) if first else None


def find_partner(page: Page, mentions: Mentions, host: FoundAgency | None) -> FoundAgency | None:
    """Return the office on the other side: the one after "dengan" or "bersama", or the next one named."""
    others = [m for m in mentions.all if host and m.name != host.name and m.span.start > host.span.start]
    for mention in others[:6]:
        if found := _WITH.search(page.flat, max(0, mention.span.start - 30), mention.span.start):
            return _found(page, mention, Reason("partner_by_word", {"words": found[0].strip()}), is_sure=True)
    return _found(page, others[0], Reason("partner_next"), is_sure=False) if others else None


def _sentences(page: Page) -> list[Span]:
    prose = [passage for passage in page.passages if passage.shape in (Shape.PROSE, Shape.ITEM)][:4]
    return [sentence for passage in prose for sentence in passage.sentences]


def _found(page: Page, mention: Mention, reason: Reason, *, is_sure: bool) -> FoundAgency:
    text = page.text[mention.span.start : mention.span.end]
    return FoundAgency(text, mention.span, reason, is_sure, mention.name, mention.code)
