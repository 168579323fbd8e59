"""A text as a reader sees it: passages without the furniture of the site, and their sentences.

``flat`` is the text with every character in its place, so that offsets stay true, but with one kind of
space, one kind of quote and without the line breaks that only wrap a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from commitments.reading.release.words import ABBREVIATIONS, SENTENCE_STARTERS
from commitments.reading.spans import Span, lines_with_spans


class Shape(Enum):
    """What a passage is."""

    PROSE = auto()
    ITEM = auto()  # a line of a list, without its marker
    TITLE = auto()
    CHROME = auto()  # furniture: menus, buttons, related news, credits


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or list line. ``after_gap``: an empty line stands before it."""

    shape: Shape
    span: Span
    after_gap: bool = False
    sentences: tuple[Span, ...] = ()
    marker: str = ""  # of a list line: "1", "a" or "A" for counted lists, else the sign itself
    is_first: bool = False  # the mark does not go on with a count: "1", "a" or a sign


@dataclass(frozen=True, slots=True)
class Page:
    """A text prepared for reading."""

    text: str
    flat: str
    passages: tuple[Passage, ...]

    def of(self, span: Span) -> str:
        """Return the flat words of a span."""
        return self.flat[span.start : span.end]


_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02\u275d\u275e"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u00b4`"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FLAT = str.maketrans(
    {**dict.fromkeys(_QUOTES, '"'), **dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_SPACES, " "), "_": " "}
)
_EMPHASIS = re.compile(r"\*(?=[^\s*])|(?<=[^\s*])\*")
_SYMBOLS = (
    r"\-*\u2013\u2014\u00b7\u2022\u2023\u25aa\u25ab\u25a0\u25a1\u25b6\u25ba\u25cf\u25cb\u25e6\u2192\u203a"
    r"\u2705\u2610-\u2612\u2713\u2714\u27a1\u27a2\u27a4"
)
_PICTURE = r"[\u2190-\u2bff\U0001f000-\U0001faff]"
MARKER = re.compile(
    rf"[ ]*(?:[{_SYMBOLS}]\ufe0f?[ ]+|[-\u2013\u2014~+=>\u00bb]{{1,3}}[ ]+|{_PICTURE}{{1,2}}\ufe0f?[ ]*(?=\w)"
    rf"|[0-9]\ufe0f?\u20e3[ ]*|\(?[0-9]{{1,2}}[.)]{{1,2}}[ ]+|[0-9]{{1,2}}[.)](?=[A-Za-z])"
    rf"|\(?[a-zA-Z][.)][ ]+|\(?[ivx]{{2,4}}[.)][ ]+|[\u2022\u25cf\u25aa\u2705\u2714\u27a4\u2013\u2014~>+-](?=\w))"
)
ROW = re.compile(r"[ ]*[0-9]{1,2}(?:[ ]{2,}|;|[ ]?\t|[ ]?\|)|[ ]*\|")  # of a table
_BARE_NUMBER = re.compile(r"[ ]{0,20}([0-9]{1,2})[ ](?=[a-z])")
_BARE_ONE = re.compile(r"^[ ]{0,20}1[ ][a-z]", re.MULTILINE)
_KEYED = re.compile(r"[ ]*[A-Z][A-Za-z/().& ]{1,40}:(?:[ ]|\Z)")
_CHROME = re.compile(
    r"[ ]*(?:beranda\b|home\b|menu\b|profil\b(?!\w*[ ]+\w+[ ]+\w+[ ]+\w+)|kontak\b|kontak kami|tentang kami"
    r"|bagikan\b|share\b|tweet\b|baca juga|lihat juga|simak juga"
    r"|dilihat\b|dibaca\b|views?\b|[0-9.,]+[ ]*(?:kali dibaca|x dibaca|views?|dilihat|pembaca)|tags?[ ]*:"
    r"|tagar[ ]*:|kategori\b|penulis\b|editor\b|reporter\b"
    r"|fotografer\b|(?:foto|sumber foto|sumber|caption|keterangan foto)[ ]*:|copyright|hak cipta|\u00a9|login\b"
    r"|masuk\b[ ]*\||cari\b[ ]*(?:\Z|\.\.\.|berita)"
    r"|cetak\b|print\b|facebook\b|twitter\b|instagram\b|whatsapp\b|telegram\b|youtube\b|komentar\b|tinggalkan\b"
    r"|skip to\b|langsung ke\b"
    r"|ikuti kami|follow\b|selengkapnya|https?:|www\.|dokumentasi[ ]*:|#\w|ukuran huruf|font\b|salin tautan|copy "
    r"link|berlangganan|pengumuman[ ]*\Z)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"[ ]*(?:(?:berita|artikel|baca|info|informasi|kabar)[ ]+(?:terkait|lain|lainnya|terbaru|terkini|terpopuler"
    r"|populer|juga)|terpopuler|related\b|populer\b|terkini\b|tautan terkait"
    r"|rekomendasi (?:untuk anda|berita))[^.]{0,20}\Z",
    re.IGNORECASE,
)
_END_OF_SENTENCE = re.compile(r"[.!?]+[\"')\]]*(?=\s|\Z)")
_WORD_BEFORE = re.compile(r"[\w.']+\Z")
_NUMBERED = re.compile(r"\b(?:Wilayah|Kelas|Tahap|Triwulan|Semester|Eselon|Komisi|Tipe|Kodam|Angkatan) [IVX]\Z", re.I)
_FIRST_WORD = re.compile(r"[\"'(\[]*(\w+)")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.){2,}|(?:S|M|A)\.[A-Z][A-Za-z]*\.?")
LONGEST_SENTENCE, MOST_SENTENCES, MOST_PASSAGES = 1_500, 2_000, 2_500
_LONG_LINE, _WIDEST = 40, 110
_TITLE_WORDS = 4
_LONG_PROSE, _LONGEST_CHROME = 160, 240


def flattened(text: str) -> str:
    """Return the text with the same length, but one kind of space and quote and no marks of emphasis."""
    return _EMPHASIS.sub(" ", text.translate(_FLAT))


def open_page(text: str) -> Page:
    """Prepare a normalised text."""
    flat = _with_points(flattened(text))
    lines = [(line.text, line.span) for line in lines_with_spans(flat)]
    width = _wrap_width([words for words, _ in lines])
    characters, passages, gap, elsewhere = list(flat), list[Passage](), False, False
    for span, line_breaks in islice(_joined(lines, width), MOST_PASSAGES):
        for place in line_breaks:
            characters[place] = " "
        words = flat[span.start : span.end]
        if not any(letter.isalnum() for letter in words):
            gap = True
            continue
        passage = _passage(words, span, after_gap=gap)
        elsewhere = _is_elsewhere(words, passage, elsewhere=elsewhere)
        if elsewhere:
            passage = Passage(Shape.CHROME, passage.span, passage.after_gap)
        passages.append(passage)
        gap = False
    flat = "".join(characters)
    return Page(text, flat, tuple(replace(passage, sentences=_sentences(flat, passage)) for passage in passages))


def _with_points(flat: str) -> str:
    """Put a point after the numbers of lines that count without one ("1 bpbd ..."), at the same length."""
    if not _BARE_ONE.search(flat):
        return flat
    places, run = list[int](), list[int]()
    for line in lines_with_spans(flat):
        found = _BARE_NUMBER.match(line.text)
        if found and int(found[1]) == len(run) + 1:
            run.append(line.span.start + found.end(1))
            continue
        places += run if len(run) > 1 else []
        run = [line.span.start + found.end(1)] if found and found[1] == "1" else []
    characters = list(flat)
    for place in (*places, *(run if len(run) > 1 else [])):
        characters[place] = "."
    return "".join(characters)


def _sentences(flat: str, passage: Passage) -> tuple[Span, ...]:
    return () if passage.shape is Shape.CHROME else tuple(sentence_spans(flat, passage.span))


def sentence_spans(flat: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of a passage; full stops of titles, numbers and abbreviations end none.

    A passage of more than :data:`MOST_SENTENCES` is not prose: what follows them is cut into pieces.
    """
    start = span.start
    for found in islice(_END_OF_SENTENCE.finditer(flat, span.start, span.end), MOST_SENTENCES):
        if _ends_here(flat, start, found, span.end):
            yield from _shortened(flat, trimmed(flat, Span(start, found.end())))
            start = found.end()
    if rest := trimmed(flat, Span(start, span.end)):
        yield from _shortened(flat, rest)


def _shortened(flat: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence, in pieces when it is longer than anybody writes: rules look at all of it many times."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = flat.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        end = cut if cut > start else start + LONGEST_SENTENCE
        yield trimmed(flat, Span(start, end))
        start = end
    yield trimmed(flat, Span(start, sentence.end))


def trimmed(flat: str, span: Span, extra: str = "") -> Span:
    """Return the span without white space, or any of the ``extra`` characters, at its ends."""
    start, end = span.start, span.end
    while start < end and (flat[start].isspace() or flat[start] in extra):
        start += 1
    while end > start and (flat[end - 1].isspace() or flat[end - 1] in extra):
        end -= 1
    return Span(start, end)


def _ends_here(flat: str, start: int, found: re.Match[str], limit: int) -> bool:
    following = _FIRST_WORD.match(flat, min(found.end() + 1, limit), limit)
    if found.end() >= limit or following is None:
        return True
    if following[1][0].islower():
        return False
    if not found[0].startswith("."):
        return True
    before = _WORD_BEFORE.search(flat, max(start, found.start() - 24), found.start())
    word = before[0] if before else ""
    if _DEGREE.fullmatch(f"{word}.") and len(word) > 1:
        return following[1].lower() in SENTENCE_STARTERS
    if _NUMBERED.search(flat, max(start, found.start() - 24), found.start()):
        return True
    return not (len(word) == 1 and word.isalpha() or word.lower() in ABBREVIATIONS)


def _wrap_width(lines: list[str]) -> int:
    """Return the column at which the text was wrapped by hand, or 0 when it was not."""
    lengths = sorted(
        len(line.rstrip()) for line in lines if len(line.rstrip()) >= _LONG_LINE and not _CHROME.match(line)
    )
    if len(lengths) < 3:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    near = sum(width - 18 <= length <= width + 4 for length in lengths)
    return width if width <= _WIDEST and near * 10 >= len(lengths) * 6 else 0


def _joined(lines: list[tuple[str, Span]], width: int) -> Iterator[tuple[Span, list[int]]]:
    """Yield paragraphs: their span, and the line breaks inside them that only wrap."""
    start, line_breaks = 0, list[int]()
    for number, (words, span) in enumerate(lines):
        following = lines[number + 1][0] if number + 1 < len(lines) else ""
        if following.strip() and _goes_on(words, following, width):
            line_breaks.append(span.end)
            continue
        yield Span(lines[start][1].start, span.end), line_breaks
        start, line_breaks = number + 1, []


def _goes_on(line: str, following: str, width: int) -> bool:
    words, coming = line.strip(), following.strip()
    if not words or _begins_anew(following) or _CHROME.match(line):
        return False
    if width and len(line.rstrip()) + 1 + len(coming.split(maxsplit=1)[0]) > width:
        return not words.endswith(":") and not (_is_title(words) and not coming[0].islower())
    return coming[0].islower() and len(words) >= _LONG_LINE + 20 and words[-1] not in '.!?:;"'


def _begins_anew(line: str) -> bool:
    return bool(MARKER.match(line) or _KEYED.match(line) or _CHROME.match(line) or ROW.match(line))


def _passage(words: str, span: Span, *, after_gap: bool) -> Passage:
    if (_CHROME.match(words) and len(words) < _LONGEST_CHROME) or _is_menu(words):
        return Passage(Shape.CHROME, span, after_gap)
    if found := MARKER.match(words):
        end = span.start + len(words.rstrip())
        rest = Span(min(span.start + found.end(), end), end)
        inner, (kind, is_first) = rest if len(rest) else span, _marker_kind(found[0])
        return Passage(Shape.ITEM, inner, after_gap, marker=kind, is_first=is_first)
    lead = len(words) - len(words.lstrip())
    inner = Span(span.start + lead, span.start + len(words.rstrip()))
    return Passage(Shape.TITLE if _is_title(words.strip()) else Shape.PROSE, inner, after_gap)


def _marker_kind(marker: str) -> tuple[str, bool]:
    """Return "1", "a" or "A" for counted lists, the sign itself for others, and whether it opens its list."""
    sign = marker.strip(" ().\ufe0f\u20e3")
    if not sign[:1].isalnum():
        return sign[:1], True
    kind = "1" if sign[0].isdigit() else "a" if sign[0].islower() else "A"
    return kind, sign == kind


def _is_title(words: str) -> bool:
    """Whether a line is a headline: no end of sentence, and nearly every longer word with a capital."""
    if words[-1] in '.!?:;,"':
        return False
    longer = [word for word in re.findall(r"[^\W\d_]{2,}", words) if len(word) > 3 or word.isupper()]
    capitals = sum(word[0].isupper() for word in longer)
    return len(longer) >= _TITLE_WORDS - 1 and capitals * 10 >= len(longer) * 8


def _is_menu(words: str) -> bool:
    parts = [part.strip() for part in re.split(r"[|\u00bb\u203a>]|[ ][/\u2022\u00b7-][ ]", words)]
    if ROW.match(words) or parts[0].isdigit() or parts[0].lower().rstrip(".") in ("no", "nomor"):
        return False
    return len(parts) >= 3 and max(len(part) for part in parts) <= 28


def _is_elsewhere(words: str, passage: Passage, *, elsewhere: bool) -> bool:
    """Whether the passage belongs to a block of other news: it lasts until the next real paragraph."""
    if _ELSEWHERE.match(words):
        return True
    return elsewhere and len(passage.span) < _LONG_PROSE and words.rstrip()[-1] not in ".:;"
