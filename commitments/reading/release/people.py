"""Who was there: posts with the names beside them, and what they did at the meeting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commitments.reading.release.office_words import DIS, HEADS
from commitments.reading.release.offices import Mention, Mentions
from commitments.reading.release.passages import Page, Shape, trimmed
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import FoundPerson, Part
from commitments.reading.release.words import any_of, word_set
from commitments.reading.spans import Span

_POST = any_of(
    """
    Kepala|Wakil Kepala|Wali Kota|Walikota|Wakil Wali Kota|Bupati|Wakil Bupati|Gubernur|Wakil Gubernur|Menteri
    Wakil Menteri
    Sekretaris Daerah|Sekretaris|Direktur Jenderal|Direktur|Ketua|Wakil Ketua|Camat|Lurah|Kapolres|Kapolresta
    Kapolrestabes|Kapolda
    Kapolsek|Dandim|Danramil|Kabid|Kabag|Kasi|Kadis|Kanit|Kasat|Kasudin|Kasubag|Kasubbag|Asisten|Staf Ahli
    Rektor|Dekan|Sekda|Sekjen
    Dirjen|Inspektur|Kajari|Kajati|Kakanwil|Koordinator|Manajer|Komisaris|General Manager|Anggota|Danlanal
    Kadinkes|Kadisnaker|Kadinsos
    Wakapolres|Wakapolresta|Wakapolda|Wakapolsek|Kasubsi|Kapuskesmas|Karutan|Kalapas|Utusan|Pengamat
    Pemimpin Cabang|Kadisdik|Kepala Desa|Kades|Mendagri|Menaker|Menkes|Mensos|Menkominfo|Kasatpol PP|Perwakilan
    Penjabat|Bendahara|Juru Bicara|Penasihat|Pimpinan|Kepala Bagian
    """
)
_OPENING = re.compile(rf"(?<!\w)(?:(?:Plt|Plh|Pj|Pjs)\.?[ ])?(?P<post>{_POST})(?!\w)", re.IGNORECASE)
_TITLE = (
    r"(?:(?:Kombes|AKBP|AKP|Kompol|Brigjen|Irjen|Komjen|Ipda|Iptu|Mayjen|Letkol|Kolonel|Letjen|Mayor|Kapten|Kol"
    r"|Jenderal)\.?(?:[ ](?:Pol|TNI|Inf|Arm|Kav|Mar|Czi|Laut|P)\b\.?)?(?:[ ]?\((?:P|K|Inf|Mar|Purn\.?)\))?"
    r"|Dr|Drs|drs|Dra|dra|Ir|Hj|H|Prof|dr|drg|Apt|apt|KH|Ust|Ustaz|R|Hi|St|Tgk|Pdt|Ns|Bapak|Ibu|Sdr|Sdri|Bpk)\.?[ ]"
)
_NAME_WORD = r"(?:[A-Z][a-z'-][A-Za-z'-]*|[A-Z]\.|[A-Z]{2,}(?=[ ,.)]))"
_NAME = re.compile(rf"[ ]?(?P<name>(?:{_TITLE}){{0,4}}{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,4}})")
_DEGREES = re.compile(
    r"(?:,[ ]?(?:(?:[A-Z][A-Za-z]{0,4}\.){1,4}[A-Za-z]{0,4}\.?|MM|SE|SH|MSi|SKM|MPH|MKes|ST|SSos|SPd|MPd|MAP|MT"
    r"|SIP|CRMP)(?=[\s,.;)]|\Z)){1,5}"
)
_ONLY_TITLE = re.compile(rf"(?:{_TITLE}){{1,4}}\Z")
_LEADS = re.compile(r"\b(?:dipimpin|dipandu|dibuka|pimpinan rapat|dikomandoi|memimpin|diketuai)\b", re.IGNORECASE)
_RECEIVES = re.compile(r"\b(?:diterima|disambut|menerima)\b", re.IGNORECASE)
_KEYED_LEADER = re.compile(
    r"[ ]*(?:pimpinan(?: rapat)?|pemimpin rapat|dipimpin(?: oleh)?|ketua rapat)[ ]?:", re.IGNORECASE
)
_ATTENDS = re.compile(
    r"\b(?:hadir|dihadiri|peserta|turut|bersama|didampingi|diikuti|antara lain|di antaranya|diantaranya|narasumber"
    r"|undangan)\b",
    re.IGNORECASE,
)
_POST_ENDS = re.compile(
    r"[,.;:()\"]|[ ](?:yang|dan|serta|menyampaikan|mengatakan|menjelaskan|beserta|bersama|untuk|pada|telah|akan"
    r"|juga|turut|hadir|dalam|menegaskan|menyatakan|menyambut|mengapresiasi|menerima|memimpin|dengan|di|selaku"
    r"|berharap|siap|melalui|langsung|(?:me|di|ber)[a-z]{4,})\b"
)
_KEY = re.compile(r"(?:[ ]\w+){0,2}[ ]?:")
_AS = re.compile(
    rf"(?P<name>(?:{_TITLE}){{0,4}}{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,4}})"
    r"(?P<degrees>(?:,[ ]?[A-Z][A-Za-z.]{0,7}){0,4}),?[ ](?:selaku|sebagai|yang juga)[ ]\Z"
)
_ALONE = frozenset(("mendagri", "menaker", "menkes", "mensos", "menkominfo"))  # posts that need no office
_NEAR = 60  # characters between a post and its office
_NO_NAME = word_set(
    """
    suku wilayah kota kabupaten provinsi jakarta kecamatan kelurahan desa dalam pada rapat acara senin selasa rabu
    kamis jumat sabtu
    minggu ia turut hadir
    """
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A post with the name beside it, where they stand, and the sentence around."""

    span: Span
    name: str | None
    post: str
    agency: str | None
    sentence: Span


def find_someone(page: Page, mentions: Mentions) -> list[Someone]:
    """Return every post of the text with its name and office, in order."""
    someone = list[Someone]()
    for passage in page.passages:
        if passage.shape is Shape.CHROME:
            continue
        for sentence in passage.sentences:
            someone += _in_sentence(page, sentence, mentions)
    return someone


def people_of(page: Page, someone: Sequence[Someone]) -> list[FoundPerson]:
    """Return the people of the meeting, each once, with the part they had in it."""
    people = dict[tuple[str, str], FoundPerson]()
    for person in someone:
        part, code = _part(page, person)
        is_present = part is not Part.PRESENT or person.name is not None or code == "person_listed"
        key = (person.name or "", "" if person.name else person.post)
        if not is_present or (key in people and people[key].part is not Part.PRESENT):
            continue
        if key in people and part is Part.PRESENT:
            continue
        text = page.text[person.span.start : person.span.end]
        reason = Reason(code, {"words": person.post})
        people[key] = FoundPerson(
            text, person.span, reason, person.name is not None, person.name, person.post, person.agency, part
        )
    return sorted(people.values(), key=lambda found: found.span)


def _in_sentence(page: Page, sentence: Span, mentions: Mentions) -> Iterator[Someone]:
    end = sentence.start
    for found in _OPENING.finditer(page.flat, sentence.start, sentence.end):
        if (
            _KEY.match(page.flat, found.end())
            or found.start() < end
            or not (found["post"][0].isupper() or found["post"].lower() in ("perwakilan", "utusan", "anggota"))
        ):
            continue
        person = _someone(page, sentence, found, mentions)
        if person:
            end = person.span.end
            yield person


def _someone(page: Page, sentence: Span, found: re.Match[str], mentions: Mentions) -> Someone | None:
    near = mentions.within(Span(found.end(), found.end() + _NEAR))
    office = next((mention for mention in near if _is_plain(page.flat[found.end() : mention.span.start])), None)
    begins = office.span.end if office else found.end()
    limit = min(sentence.end, begins + 160)
    stop = _POST_ENDS.search(page.flat, begins, limit)
    end = stop.start() if stop else limit
    post = trimmed(page.flat, Span(found.start(), end))
    name = _name(page, end, sentence) if end < sentence.end and page.flat[end] in ",(" else None
    if name is None and (inside := _name_inside(page, found, office, end)):
        post, name = inside
    words = " ".join(page.of(post).split())
    if len(words) > 120 or len(words.split()) > 14:
        return None
    if name is None and (before := _AS.search(page.flat[max(sentence.start, post.start - 120) : post.start])):
        shift = max(sentence.start, post.start - 120)
        name = Span(shift + before.start("name"), shift + before.end("degrees"))
    if name is None and office is None and len(words.split()) < 2:
        return None
    span = Span(min(post.start, name.start), max(post.end, name.end)) if name else post
    called = " ".join(page.of(name).split()) if name else None
    return Someone(span, called, words, office.name if office else None, sentence)


def _is_plain(between: str) -> bool:
    """Whether only words of the post stand between it and its office."""
    return not re.search(r"[,.;:()\"]|\b(?:dan|serta|bersama|yang|dengan)\b", between)


def _name(page: Page, at: int, sentence: Span) -> Span | None:
    """Return the name after a comma (or in brackets), with its titles and degrees."""
    found = _NAME.match(page.flat, at + 1, sentence.end)
    if found is None or _ONLY_TITLE.match(found["name"] + " ") or _looks_like_post(found["name"]):
        return None
    end = found.end()
    if degrees := _DEGREES.match(page.flat, end, sentence.end):
        end = degrees.end()
    return trimmed(page.flat, Span(found.start("name"), end), ",")


def _looks_like_post(words: str) -> bool:
    first = words.split()[0].strip(".,")
    return (
        bool(_OPENING.match(words))
        or first.lower() in _NO_NAME | HEADS | DIS
        or words.isupper()
        and len(words.split()) == 1
    )


def _name_inside(page: Page, found: re.Match[str], office: Mention | None, end: int) -> tuple[Span, Span] | None:
    """Return post and name where no comma divides them: ``Bupati Contoh Budi``, after a title or a known office."""
    start = office.span.end if office else found.end()
    titled = re.search(rf"[ ](?:{_TITLE}){_NAME_WORD}", page.flat[found.end() : end])
    if titled:
        cut = found.end() + titled.start()
        name = _name(page, cut, Span(cut, min(len(page.flat), end + 60)))
        return (Span(found.start(), cut), name) if name else None
    match = _NAME.fullmatch(page.flat[start:end])
    if match is None or (office is None and found["post"].lower() not in _ALONE):
        return None
    name = trimmed(page.flat, Span(start, end))
    return None if _looks_like_post(page.of(name)) else (Span(found.start(), start), name)


def _part(page: Page, person: Someone) -> tuple[Part, str]:
    before = page.flat[person.sentence.start : person.span.start]
    if _KEYED_LEADER.match(page.of(person.sentence)):
        return Part.LEADS, "person_leads"
    for pattern, part, code in ((_LEADS, Part.LEADS, "person_leads"), (_RECEIVES, Part.RECEIVES, "person_receives")):
        hits = list(pattern.finditer(before))
        if hits and len(before) - hits[-1].end() <= 40 and not _ATTENDS.search(before[hits[-1].end() :]):
            return part, code
    return Part.PRESENT, "person_listed" if _ATTENDS.search(before) else "person_named"
