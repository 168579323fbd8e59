"""What a text presents as the outcome: where it is announced, and where its list begins."""

import re
from dataclasses import dataclass, replace

from commitments.reading.release import outcome_words as words
from commitments.reading.release.lists import begins_action
from commitments.reading.release.words import ACTIVE, CONDITION, DUTY, EARLIER, HOPE
from commitments.reading.spans import Span

_STRONG_HOPE = re.compile(r"\b(?:berharap|diharapkan|diharap|semoga|mengharapkan)\b", re.IGNORECASE)
_LEADS_IN = re.compile(
    r"\b(?:setelah|usai|sejak|sesudah|begitu|ketika|saat|sebagaimana|seperti|sesuai)\b", re.IGNORECASE
)
_MOST_WORDS = 12  # of a heading
_LATEST = 16  # words before "tindak lanjut rapat ini meliputi"


@dataclass(frozen=True, slots=True)
class Opening:
    """The words that announce an outcome, and where in the text its items begin.

    ``is_firm``: what is listed was agreed, not only said. ``open_list`` is the span of "antara lain".
    """

    words: Span
    region: Span
    is_firm: bool
    open_list: Span | None = None
    is_guess: bool = False  # only the list below makes it look like an announcement


def find_opening(flat: str, sentence: Span) -> Opening | None:
    """Return the announcement of an outcome in a sentence, or None."""
    has_list = words.ANY_LIST.search(flat, sentence.start, sentence.end)
    for rule in (_announces, _produces, _becomes, _agrees, *((_names,) if has_list else ()), _commits):
        if opening := rule(flat, sentence):
            return _with_list_below(flat, opening)
    return None


def _with_list_below(flat: str, opening: Opening) -> Opening:
    """Return the opening without a region when its words only point to the lines below ("hal-hal sebagai berikut")."""
    if words.BELOW.match(flat[opening.region.start : opening.region.end].strip()):
        return replace(opening, region=Span(opening.region.end, opening.region.end))
    return opening


def read_heading(flat: str, span: Span) -> Opening | None:
    """Return the announcement when a line is the heading of a list of outcomes ("Hasil rapat:")."""
    found = words.HEADING.match(flat, span.start, span.end)
    if found is None or len(found[0].split()) > _MOST_WORDS or words.TALK.search(found[0]):
        return None
    is_firm = bool(words.FIRM.search(found[0]))
    if not found["colon"] and not (is_firm or words.WEAK.search(found[0])):
        return None
    end = found.start("colon") if found["colon"] else found.end()
    return _opening(flat, Span(span.start, end), Span(found.end(), span.end), is_firm=is_firm)


def is_other_heading(line: str) -> bool:
    """Whether a line opens another part of minutes, so that the list before it has ended."""
    return bool(words.OTHER_HEADING.match(line))


def _opening(flat: str, said: Span, region: Span, *, is_firm: bool = True) -> Opening:
    found = words.OPEN_LIST.search(flat, said.start, said.end)
    return Opening(said, region, is_firm, Span(*found.span()) if found else None)


def _is_told(flat: str, sentence: Span, at: int) -> bool:
    """Whether nothing before ``at`` makes it a hope, a condition, a purpose or something of an earlier day."""
    before = flat[max(sentence.start, at - 300) : at]
    clause = before[before.rfind(",") + 1 :]
    wished = HOPE.search(clause) or _STRONG_HOPE.search(before[-120:])
    return not (wished or CONDITION.search(before) or EARLIER.search(before[-70:]) or words.NOT_YET.search(before))


def _announces(flat: str, sentence: Span) -> Opening | None:
    """Read "Kesepakatan tercapai." and "Tiga hal disepakati dalam rapat itu.": the list is the next sentence."""
    found = words.ANNOUNCES.match(flat[sentence.start : sentence.end])
    if found is None or not _is_told(flat, sentence, sentence.end) or EARLIER.search(found[0]):
        return None
    return _opening(flat, sentence, Span(sentence.end, sentence.end))


def _produces(flat: str, sentence: Span) -> Opening | None:
    """Read "menghasilkan sejumlah komitmen, antara lain ..." and "dicapai kesepakatan untuk ..."."""
    for pattern in (words.PRODUCES, words.PRODUCES_TO, words.PRODUCES_COUNT):
        for found in pattern.finditer(flat, sentence.start, sentence.end):
            if not _is_told(flat, sentence, found.start()) or EARLIER.search(found[0]) or words.TALK.search(found[0]):
                continue
            if words.FIRM.search(found[0]) or words.OF_MEETING.search(flat, sentence.start, found.end()):
                return _opening(flat, Span(*found.span()), Span(found.end(), sentence.end))
    return None


def _becomes(flat: str, sentence: Span) -> Opening | None:
    """Read "A, B, dan C menjadi kesepakatan rapat": the list stands before the words."""
    found = words.BECOMES.search(flat, sentence.start, sentence.end)
    if found is None or not _is_told(flat, sentence, found.start()):
        return None
    region = Span(sentence.start, found.start())
    return _opening(flat, Span(*found.span()), region) if "," in flat[region.start : region.end] else None


def _agrees(flat: str, sentence: Span) -> Opening | None:
    """Read "sepakat untuk ..." and its like."""
    for found in words.AGREES.finditer(flat, sentence.start, sentence.end):
        if not _is_told(flat, sentence, found.start()) or words.WHICH.search(flat, sentence.start, found.start()):
            continue
        if opening := _agreed_list(flat, sentence, found) or _agreed_act(flat, sentence, found):
            return opening
    return None


def _agreed_list(flat: str, sentence: Span, found: re.Match[str]) -> Opening | None:
    """Read "menyepakati tiga hal, yaitu ..." and "disepakati antara lain ..."."""
    if found["verb"].lower() in ("kesepakatan", "mufakat"):
        return None
    listed = words.COUNTED.match(flat, found.end(), sentence.end)
    listed = listed or words.COUNTED_FAR.match(flat, found.end(), sentence.end)
    if listed is None:
        return None
    return _opening(flat, Span(found.start(), listed.end()), Span(listed.end(), sentence.end))


def _agreed_act(flat: str, sentence: Span, found: re.Match[str]) -> Opening | None:
    """Read "sepakat untuk ...", "menyepakati pembentukan ...", "... disepakati pada 3 Maret"."""
    verb = found["verb"].lower()
    link = words.LINK.match(flat, found.end(), sentence.end)
    at = link.end() if link else found.end()
    if flat[at : at + 1] == "," and not _is_main(flat, sentence, found):
        return None
    if subject := _agreed_subject(flat, sentence, found):
        return subject
    if words.NO_OBJECT.match(flat, found.end(), sentence.end) or words.STANCE.match(flat[at : at + 80].lstrip()):
        return None
    if verb in ("kesepakatan", "mufakat") and not (link and _opens(flat, sentence, found)):
        return None
    if verb in ("menyimpulkan", "disimpulkan"):
        return _opening(flat, Span(found.start(), at), Span(at, sentence.end), is_firm=False) if link else None
    if not link and verb in ("menyetujui", "disetujui", "setuju", "sepaham") and not begins_action(flat[at : at + 60]):
        return None
    if verb.startswith("di") and not link and words.BY.match(flat, at, sentence.end):
        is_list = flat.count(",", sentence.start, found.start()) >= 2
        region = Span(sentence.start, found.start()) if is_list else sentence
        return Opening(Span(*found.span()), region, is_firm=True)
    return Opening(Span(found.start(), at), Span(at, sentence.end), is_firm=True)


def _agreed_subject(flat: str, sentence: Span, found: re.Match[str]) -> Opening | None:
    """Read "Pemasangan rambu juga disetujui.": what was agreed is the subject."""
    if not words.CLOSING_VERB.fullmatch(flat[found.start() : sentence.end]):
        return None
    before = flat[sentence.start : found.start()].rstrip()
    if linked := words.BEFORE_VERB.search(before):
        before = before[: linked.start()]
    if not begins_action(before.split(",")[-1].strip() if "," in before[:60] else before) or len(before.split()) < 2:
        return None
    return Opening(Span(*found.span()), Span(sentence.start, sentence.start + len(before)), is_firm=True)


def read_hint(flat: str, sentence: Span) -> Opening | None:
    """Return a sentence that speaks of an agreement without saying which: "Pertama, ..." may follow."""
    found = words.HINT.search(flat, sentence.start, sentence.end)
    if (
        found is None
        or not _is_told(flat, sentence, found.start())
        or EARLIER.search(flat, sentence.start, sentence.end)
    ):
        return None
    return _opening(flat, Span(*found.span()), Span(sentence.end, sentence.end))


def read_lead(flat: str, sentence: Span) -> Opening | None:
    """Return a sentence that leads to the lines below it as work to be shared ("Ketiganya berbagi pekerjaan:")."""
    said = flat[sentence.start : sentence.end]
    found = words.LEAD.search(said) or words.SENTENCE.match(said)
    if found is None or words.NO_LEAD.search(said) or len(said.split()) > _LATEST + 4:
        return None
    if not _is_told(flat, sentence, sentence.start + found.end()):
        return None
    return replace(_opening(flat, sentence, Span(sentence.end, sentence.end), is_firm=False), is_guess=True)


def _is_main(flat: str, sentence: Span, found: re.Match[str]) -> bool:
    """Whether "disepakati, ..." is the main clause, followed by what is to be done."""
    before, after = flat[sentence.start : found.start()], flat[found.end() : found.end() + 80]
    return not _LEADS_IN.search(before) and any(ACTIVE.fullmatch(word) for word in after.split()[:8])


def _opens(flat: str, sentence: Span, found: re.Match[str]) -> bool:
    return flat[sentence.start : found.start()].strip().lower() in ("", "ada", "terdapat")


def _names(flat: str, sentence: Span) -> Opening | None:
    """Read "tindak lanjut rapat ini meliputi ..." and "poin yang disepakati adalah ..."."""
    for found in words.NAMES.finditer(flat, sentence.start, sentence.end):
        before = flat[sentence.start : found.start()]
        if len(before.split()) > _LATEST or words.GENERAL.search(before) or not _is_told(flat, sentence, found.start()):
            continue
        if words.TALK.search(found["of"]) or EARLIER.search(found["of"]) or words.NOT_YET.search(found["of"]):
            continue
        thing = found["thing"].lower()
        if words.OF_MEETING.search(found["of"]) or thing.endswith("nya") or " yang " in thing:
            is_firm = bool(words.FIRM.search(found[0]))
            return _opening(flat, Span(*found.span()), Span(found.end(), sentence.end), is_firm=is_firm)
    return None


def _commits(flat: str, sentence: Span) -> Opening | None:
    """Read "kedua pihak berkomitmen untuk ..."; the same of one side is a pledge."""
    found = words.COMMITS.search(flat, sentence.start, sentence.end)
    if found is None or not _is_told(flat, sentence, found.start()) or DUTY.search(found[0]):
        return None
    if flat.count('"', sentence.start, found.start()) % 2:
        return None
    link = words.LINK.match(flat, found.end(), sentence.end)
    at = link.end() if link else found.end()
    return Opening(Span(found.start(), at), Span(at, sentence.end), is_firm=True)
