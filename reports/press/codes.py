"""Codes and titles of what is recorded: *PKS-2025-014*, *tentang Percepatan Penurunan Stunting*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.facts import PressFacts
from reports.press.findings import Answer, no_data, verified
from reports.press.posts import folded

_CODE = re.compile(r"(?<![\w/.-])[A-Z]{1,4}-[0-9]{4}-[0-9]{2,9}(?![\w-]|/\w)")
_PACT = (
    r"(?:Nota[ ]Kesepahaman|Nota[ ]Kesepakatan|Perjanjian[ ]Kerja[ ]?sama|Kesepakatan[ ]Bersama|MoU|PKS)"
    r"(?:[ ]\((?:MoU|PKS|NK)\))?"
)
_TITLE = re.compile(
    rf"\b{_PACT}[^.;,\"]{{0,120}}?[ ](?:tentang|mengenai|perihal|bertajuk|berjudul)[ ]\"?"
    r"(?P<title>[A-Z][^.;,\"]{3,160})"
)
_WORD = re.compile(r"[^\W_][\w'-]*")
_SMALL = frozenset(("dan", "di", "ke", "dari", "untuk", "bagi", "serta", "pada", "dalam", "oleh", "antara", "melalui"))


def find_codes(flat: str, sentence: Span, facts: PressFacts) -> Iterator[tuple[Span, Answer]]:
    """Codes as the record writes them, and whether it has them."""
    known = {facts.subject, *(row.code for row in facts.rows), *(one.code for one in facts.occasions)}
    known |= {facts.pact.code} if facts.pact else set()
    for found in _CODE.finditer(flat, sentence.start, sentence.end):
        is_known = found[0] in known
        answer = verified(_("kode sesuai catatan"), found[0]) if is_known else no_data(_("kode ini tidak tercatat"))
        yield Span(*found.span()), answer


def find_titles(flat: str, sentence: Span, facts: PressFacts) -> Iterator[tuple[Span, Answer]]:
    """What an agreement is said to be about, against its title."""
    title = [word.casefold() for word in _WORD.findall(folded(facts.pact.title))] if facts.pact else []
    if not title or facts.pact is None:
        return
    for found in _TITLE.finditer(flat, sentence.start, sentence.end):
        words = list(_WORD.finditer(flat, *found.span("title")))
        said = [folded(word[0]) for word in _capitals(words)]
        if not said:
            continue
        place = Span(words[0].start(), words[min(len(said), len(words)) - 1].end())
        shorter = min(len(said), len(title))
        if said[:shorter] == title[:shorter] and shorter > 1:
            yield place, verified(_("sama dengan judul kesepakatan"), facts.pact.code)
        else:
            yield place, no_data(_("judul kesepakatan yang tercatat lain"), facts.pact.title, facts.pact.code)


def _capitals(words: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The words of a title: up to the first small one that is no small word of titles."""
    for word in words:
        if word[0][0].islower() and word[0] not in _SMALL:
            return
        yield word
