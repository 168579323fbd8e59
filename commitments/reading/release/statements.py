"""Quotations and who said them; "Ia", "-nya" and "lanjutnya" go back to the last speaker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commitments.reading.release.passages import Page, Passage, Shape, sentence_spans, trimmed
from commitments.reading.release.people import Someone
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import FoundStatement
from commitments.reading.release.words import SAID, SAYING_VERBS, word_set
from commitments.reading.spans import Span

_AFTER = re.compile(
    rf"[ ]*,?[ ]*(?:(?P<verb>{SAID})(?P<own>nya)?\b|[a-z]{{3,12}}nya\b|(?!(?:dan|yang|itu|ini|dalam|pada|untuk"
    rf"|saat|akan)\b)"
    r"[a-z]{3,12}(?=[ ][A-Z]))[ ]?(?P<who>[^,.;\"]{0,90})",
)
_BEFORE = re.compile(rf"\b(?:{SAYING_VERBS}|{SAID})(?:nya)?\b[^.;\"]{{0,60}}[,:]?[ ]*\Z", re.IGNORECASE)
_SPEAKS = re.compile(rf"\b(?:{SAYING_VERBS})\b", re.IGNORECASE)
_BACK = re.compile(r"[ ]*(?:ia|dia|beliau|menurutnya|lanjutnya|katanya|ujarnya|dirinya)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|,[ ])(?P<name>[A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,3})[ ](?:juga[ ]|pun[ ]|turut[ ])?\Z")
_PERSON_ENDS = re.compile(
    r"[ ](?:saat|di|dalam|pada|usai|ketika|seraya|sambil|kepada|dengan|sembari|menutup|mengakhiri|yang|melalui"
    r"|terkait|menanggapi|lagi|kemudian|singkat)\b",
    re.IGNORECASE,
)
_PRONOUNS = word_set(
    "ia dia beliau warga peserta rapat pertemuan kegiatan mereka pihaknya kami bupati gubernur sementara hal acara"
)
_AT_ONCE = 12  # characters in which the subject of a sentence begins
_SHORTEST = 4  # words of a quotation


@dataclass(slots=True)
class _Speakers:
    """Who spoke last, and everybody's full name by each of its words."""

    someone: Sequence[Someone]
    last: str | None = None

    def called(self, words: str, span: Span) -> str | None:
        """Return who stands in a span: the person found there, one called in short, or the words themselves."""
        for person in self.someone:
            if span.start <= person.span.start <= span.start + 4:
                return person.name or person.post
        words = " ".join(words.split()).strip(" ,.")
        if not words or words.lower() in _PRONOUNS:
            return None
        if named := self._by_short_name(words):
            return named
        return words if words[0].isupper() or words.startswith("perwakilan") else None

    def in_sentence(self, sentence: Span, page: Page) -> str | None:
        """Return who acts or speaks in a sentence without quotes; "Ia" is who did so before."""
        if _BACK.match(page.flat, sentence.start):
            return self.last
        verb = _SPEAKS.search(page.flat, sentence.start, sentence.end)
        limit = verb.start() if verb else sentence.start + _AT_ONCE
        for person in self.someone:
            if sentence.start <= person.span.start < limit:
                return person.name or person.post
        opening = page.flat[sentence.start : limit]
        if named := self._by_short_name(" ".join(opening.split()[:3]) if verb is None else opening):
            return named
        called = _NAMED.search(opening) if verb else None
        return called["name"] if called and called["name"].lower() not in _PRONOUNS else self.last

    def _by_short_name(self, words: str) -> str | None:
        spoken = {word.strip(".,") for word in words.split()}
        for person in self.someone:
            parts = (person.name or "").replace(",", " ").split()
            if any(len(part) > 3 and part[0].isupper() and part in spoken and "." not in part for part in parts):
                return person.name
        return None


def find_statements(page: Page, someone: Sequence[Someone]) -> list[FoundStatement]:
    """Return the quotations of the text, in order."""
    speakers = _Speakers(someone)
    statements = list[FoundStatement]()
    for passage in page.passages:
        if passage.shape in (Shape.PROSE, Shape.ITEM):
            statements += _in_passage(page, passage, speakers)
    return statements


def _in_passage(page: Page, passage: Passage, speakers: _Speakers) -> list[FoundStatement]:
    marks = [place for place in range(passage.span.start, passage.span.end) if page.flat[place] == '"']
    pairs = [*zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2 and passage.span.end - marks[-1] > 40:
        pairs.append((marks[-1], passage.span.end))
    statements, position = list[FoundStatement](), passage.span.start
    for opening, closing in pairs:
        _listen(page, Span(position, opening), speakers)
        span = trimmed(page.flat, Span(opening + 1, closing))
        after = _AFTER.match(page.flat, closing + 1, passage.span.end) if closing < passage.span.end else None
        before = _BEFORE.search(page.flat[max(passage.span.start, opening - 90) : opening])
        position = min(closing + 1, passage.span.end)
        is_said = after or before or opening == passage.span.start or page.of(span)[-1:] in (",", ".", "!", "?")
        if len(page.of(span).split()) >= _SHORTEST and is_said:
            statements.append(_statement(page, span, _speaker(after, speakers)))
    _listen(page, Span(position, passage.span.end), speakers)
    return statements


def _listen(page: Page, span: Span, speakers: _Speakers) -> None:
    """Follow who speaks in the words between quotations."""
    for sentence in sentence_spans(page.flat, span):
        speakers.last = speakers.in_sentence(sentence, page)


def _speaker(after: re.Match[str] | None, speakers: _Speakers) -> str | None:
    """Return who is named after a quotation, else who spoke before it."""
    if after:
        who, span = after["who"], Span(*after.span("who"))
        stop = _PERSON_ENDS.search(f" {who}")
        if named := speakers.called(who[: max(0, stop.start() - 1)] if stop else who, span):
            speakers.last = named
    return speakers.last


def _statement(page: Page, span: Span, speaker: str | None) -> FoundStatement:
    code = "statement" if speaker else "statement_alone"
    return FoundStatement(
        page.text[span.start : span.end], span, Reason(code, {"speaker": speaker or ""}), speaker is not None, speaker
    )
