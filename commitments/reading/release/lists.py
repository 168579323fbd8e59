"""From the words after "antara lain" to single items.

A comma does not always divide: it also stands inside names of offices and inside an item. So a part is an
item of its own only when it begins the way items of that list begin.
"""

import re
from collections.abc import Iterator, Sequence

from commitments.reading.release.passages import trimmed
from commitments.reading.release.words import ACTION_NOUNS, ACTION_WORD, CONTINUES
from commitments.reading.spans import Span

_INLINE_MARKER = re.compile(r"(?:(?<=[\s:;,])|(?<=^))\(?(?:[1-9]|1[0-9]|[a-hA-H]|i{1,3}|iv|v)[.)][ ]*(?=[^\W_])")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|(?<=:)|(?<=^))[-\u2022\u25aa\u25cf\u2705\u2714\u27a2\u00b7\u2013][ ]+(?=\w)")
_SEMICOLON = re.compile(r";")
_SLASH = re.compile(r"[ ]/[ ]")
_PLUS = re.compile(r"[ ]\+[ ]")
_COMMA = re.compile(r",(?![0-9])")
_AND = re.compile(r"\b(?:serta|dan juga|dan)\b", re.IGNORECASE)
_LAST_AND = re.compile(
    r"[ ]*(?:serta|dan juga|dan|juga|kemudian|selanjutnya|terakhir|lalu|hingga)\b[ ]*", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"[ ]*(?:dan )?(?:(?:yang|poin|butir|kesepakatan|hal|langkah|komitmen|keputusan) )?(?:pertama|kesatu|satu"
    r"|kedua|ketiga|keempat|kelima|keenam"
    r"|ketujuh|kedelapan|terakhir)\b[ ]*(?:[,:]|adalah|ialah|yaitu|yakni|berupa)[ ]*(?:yaitu|yakni|adalah)?[ ]*",
    re.IGNORECASE,
)
_ORDINAL_INSIDE = re.compile(
    r"(?:^|(?<=[\s,;:]))(?:dan |serta )?(?:pertama|kedua|ketiga|keempat|kelima|keenam)\b[ ]*[,:]?[ ]+(?!pihak"
    r"|belah|instansi|kalinya|lembaga|kali\b|tahun)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r",?[ ](?:dan|serta|juga)\Z", re.IGNORECASE)
_HEAD = re.compile(
    r"[ ]*(?:(?:bahwa|untuk|akan|agar|supaya|melakukan|adanya|yaitu|yakni|adalah|berupa|juga|segera|bersama|pula"
    r"|siap|antara lain|di antaranya)\b[, ]*)*",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\([^()]{0,200}\)")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_VERB = re.compile(r"(?:me[a-z-]{4,}|ber[a-z-]{3,}|di[a-z]{4,}|saling|akan|siap|tidak)\Z", re.IGNORECASE)
_TRAIL = " .,;:!?\"'\u2013-"


def split_items(flat: str, region: Span, fixed: Sequence[Span]) -> list[Span]:
    """Return the items of an inline list; commas inside the ``fixed`` spans (names) divide nothing."""
    for pattern in (_INLINE_MARKER, _ORDINAL_INSIDE, _INLINE_BULLET):
        if marked := _by_marker(flat, region, pattern):
            return marked
    for bar in (_SLASH, _PLUS):
        if len(bar.findall(flat, region.start, region.end)) >= 2:
            return _cleaned(flat, _cut(flat, region, bar, fixed))
    if _SEMICOLON.search(flat, region.start, region.end):
        return _cleaned(flat, _cut(flat, region, _SEMICOLON, fixed))
    return _cleaned(flat, _by_comma(flat, region, fixed))


def item_span(flat: str, span: Span) -> Span:
    """Return the span of one item without the words and marks that only link it to the list."""
    span = trimmed(flat, span, _TRAIL)
    if ending := _LAST_WORD.search(flat, span.start, span.end):
        span = trimmed(flat, Span(span.start, ending.start()), _TRAIL)
    for pattern in (_ORDINAL, _LAST_AND, _HEAD):
        if (found := pattern.match(flat, span.start, span.end)) and found.end() < span.end:
            span = Span(found.end(), span.end)
    return _balanced(flat, trimmed(flat, span, _TRAIL))


def starts_with_ordinal(words: str) -> bool:
    """Whether a sentence begins with ``Pertama,`` or the like."""
    return bool(_ORDINAL.match(words))


def begins_action(words: str) -> bool:
    """Whether words begin the way an item does: with an action, as a verb or as a noun."""
    if (first := _WORD.search(words)) is None:
        return False
    word = first[0].lower()
    return word in ACTION_NOUNS or (word not in CONTINUES and bool(ACTION_WORD.fullmatch(word)))


def _by_marker(flat: str, region: Span, pattern: re.Pattern[str]) -> list[Span]:
    """Split at ``1) … 2) …`` or ``pertama … kedua …`` when at least two stand there."""
    marks = list(pattern.finditer(flat, region.start, region.end))
    if len(marks) < 2 or marks[0].start() - region.start > 60:
        return []
    ends = [mark.start() for mark in marks[1:]] + [region.end]
    return _cleaned(flat, [Span(mark.end(), end) for mark, end in zip(marks, ends, strict=True)])


def _by_comma(flat: str, region: Span, fixed: Sequence[Span]) -> list[Span]:
    parts = _cut(flat, region, _COMMA, fixed)
    has_last = len(parts) > 1 and bool(_LAST_AND.match(flat, parts[-1].start, parts[-1].end))
    items = _merged(flat, parts)
    if not has_last and items:
        items[-1:] = _split_at_and(flat, items[-1], fixed, is_list=len(items) > 1)
    return items


def _cut(flat: str, region: Span, pattern: re.Pattern[str], fixed: Sequence[Span]) -> list[Span]:
    """Split at every match that stands outside the fixed spans and outside parentheses."""
    parts, start = list[Span](), region.start
    closed = _parentheses(flat, region)
    for mark in pattern.finditer(flat, region.start, region.end):
        if any(span.start <= mark.start() < span.end for span in (*fixed, *closed)):
            continue
        parts.append(Span(start, mark.start()))
        start = mark.end()
    return [part for part in (*parts, Span(start, region.end)) if trimmed(flat, part, _TRAIL)]


def _parentheses(flat: str, region: Span) -> list[Span]:
    words = flat[region.start : region.end]
    return [Span(region.start + found.start(), region.start + found.end()) for found in _PARENTHESIS.finditer(words)]


def _merged(flat: str, parts: list[Span]) -> list[Span]:
    """Give back to their item the parts that do not begin like one."""
    if not parts:
        return []
    acts = [_is_item(flat[part.start : part.end]) for part in parts]
    strict = acts[0] and (any(acts[1:]) or all(len(flat[part.start : part.end].split()) <= 2 for part in parts[1:]))
    items = [parts[0]]
    for number, part in enumerate(parts[1:], start=1):
        words = flat[part.start : part.end]
        is_last = acts[number - 1] and bool(_LAST_AND.match(words)) and len(words.split()) >= 3
        is_long = len(words.split()) >= 3 and not _continues(words)
        if acts[number] or is_last or (is_long and strict) or not (strict or _continues(words)):
            items.append(part)
        else:
            items[-1] = Span(items[-1].start, part.end)
    return items


def _is_item(words: str) -> bool:
    last = _LAST_AND.match(words)
    bare = words[last.end() :] if last else words
    bare = bare[found.end() :] if (found := _HEAD.match(bare)) else bare
    return begins_action(bare)


def _continues(words: str) -> bool:
    first = _WORD.search(words)
    return first is None or first[0].lower() in CONTINUES


def _split_at_and(flat: str, item: Span, fixed: Sequence[Span], *, is_list: bool) -> Iterator[Span]:
    """Split the last part at its "dan" or "serta" where another action begins after it."""
    for found in reversed(list(_AND.finditer(flat, item.start, item.end))):
        if any(span.start <= found.start() < span.end for span in fixed):
            continue
        before, after = flat[item.start : found.start()], flat[found.end() : item.end]
        if _parts_here(before, after, is_list=is_list):
            yield from _split_at_and(flat, Span(item.start, found.start()), fixed, is_list=False)
            yield Span(found.start(), item.end)
            return
    yield item


def _parts_here(before: str, after: str, *, is_list: bool) -> bool:
    if len(before.split()) < 2 or len(after.split()) < 2:
        return False
    head = _HEAD.match(after)
    words = after[head.end() :] if head else after
    first, opening = _WORD.search(words), _WORD.search(before[m.end() :] if (m := _HEAD.match(before)) else before)
    if first is None or opening is None or not begins_action(words):
        return False
    same_form = bool(_VERB.match(first[0])) == bool(_VERB.match(opening[0]))
    return same_form and (is_list or (len(before.split()) >= 3 and len(after.split()) >= 3))


def _cleaned(flat: str, spans: Sequence[Span]) -> list[Span]:
    return [item for span in spans if len(flat[(item := item_span(flat, span)).start : item.end].split()) >= 2]


def _balanced(flat: str, span: Span) -> Span:
    """Return the span without a parenthesis that is opened or closed outside it."""
    words = flat[span.start : span.end]
    if words.endswith(")") and "(" not in words:
        return Span(span.start, span.end - 1)
    if words.startswith("(") and ")" not in words:
        return Span(span.start + 1, span.end)
    return span
