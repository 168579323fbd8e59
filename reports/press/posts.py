"""Officials in a text against the posts and names that were recorded, with the same reader for both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import DIRECTIONS, HEADS, PLACE_WORDS, POSTS
from commitments.reading.release.offices import Directory, Mentions, find_offices
from commitments.reading.release.passages import open_page
from commitments.reading.release.people import Someone, find_someone
from commitments.reading.release.words import word_set
from commitments.reading.spans import Span
from reports.press.facts import Person
from reports.press.findings import Answer, different, no_data, verified

_TITLES = word_set(
    "kombes pol akbp akp kompol brigjen irjen komjen dr drs dra ir hj h prof kh bapak ibu sdr sdri tni inf plt plh pj"
    " capt kapten kolonel letkol mayor letnan laksma marsma purn drg apt ns ust ustaz ustadz kiai nyai pdt ny tn bpk"
)
_SAME = {
    "walikota": "wali kota",
    "perlindungan": "pelindungan",
    "suku dinas": "sudin",
    "kota administrasi ": "kota ",
    "dki jakarta": "jakarta",
}
_SHORT_POSTS = {
    "sekda": "sekretaris daerah", "wabup": "wakil bupati", "wagub": "wakil gubernur", "wawali": "wakil wali kota",
    "walkot": "wali kota", "wawalkot": "wakil wali kota", "kadis": "kepala dinas", "kaban": "kepala badan",
    "kabag": "kepala bagian", "kakanwil": "kepala kanwil", "kalapas": "kepala lapas", "kakan": "kepala kantor",
}  # fmt: skip
_SHORT_POST = re.compile(rf"(?<![\w-])(?:{'|'.join(_SHORT_POSTS)})(?![\w-])")
TOPS = (
    "wakil gubernur", "gubernur", "wakil bupati", "bupati", "wakil wali kota", "wali kota", "sekretaris daerah",
    "kapolres", "kapolresta", "dandim", "kajari", "camat",
)  # fmt: skip
"""Posts of which a text about one place may leave the place out."""
_RANKS = (
    r"Kombes(?:\.?[ ]Pol)?|AKBP|Kompol|AKP|Iptu|Ipda|Brigjen(?:\.?[ ](?:Pol|TNI))?|Irjen(?:\.?[ ]Pol)?|Komjen"
    r"|Kolonel|Letkol|Mayor|Kapten|Letnan|Mayjen|Letjen|Laksamana|Marsekal"
)
_RANK = re.compile(rf"\b(?P<rank>{_RANKS})\b", re.IGNORECASE)


_ANOTHER = re.compile(  # what makes a post another post, where the reader does not know the two as one
    r"\b(?:wakil|mantan|eks|bekas|calon|ajudan|asisten|staf|istri|suami|putra|putri)[ ]\Z", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,]+")
_INSIDE = word_set("dan serta bidang urusan untuk kelas jenderal tipe bin binti of")  # small words within a post


_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Official:
    """A post taken apart: role, office (code or name), words of the name."""

    role: str
    office: str
    name: frozenset[str]
    words: str
    source: str = ""

    @property
    def post(self) -> tuple[str, str]:
        """Role and office together."""
        return self.role, self.office


def folded(words: str) -> str:
    """Small letters, single blanks, one spelling."""
    low = " ".join(words.casefold().split())
    for written, same in _SAME.items():
        low = low.replace(written, same)
    return _SHORT_POST.sub(lambda found: _SHORT_POSTS[found[0]], low)


def trimmed_post(someone: Someone, flat: str) -> Someone:
    """A post without what follows it: *Wali Kota Contoh menerima BP3MI di Balai Kota Contoh* is the mayor."""
    end = _predicate(flat, someone.span)
    if end is None or someone.name is not None:
        return someone
    span = Span(someone.span.start, end)
    return replace(someone, span=span, post=" ".join(span.of(flat).split()), agency=None)


def _predicate(flat: str, span: Span) -> int | None:
    """Where a post ends: before the first small word behind a capital one that is no part of posts."""
    end = None
    for word in _WORD.finditer(flat, span.start, span.end):
        if end is not None and word[0][0].islower() and word[0] not in _INSIDE:
            return end
        end = word.end() if end is not None or word[0][0].isupper() else None
    return None


def whole_post(someone: Someone, flat: str) -> Someone:
    """A post with the *Wakil*, *Mantan* or *Staf* before it."""
    begins = max(0, someone.span.start - 12)
    found = _ANOTHER.search(flat[begins : someone.span.start])
    if found is None:
        return someone
    span = Span(begins + found.start(), someone.span.end)
    return replace(someone, span=span, post=f"{found[0]}{someone.post}")


def official_of(someone: Someone, flat: str, mentions: Mentions, *, words: str, source: str = "") -> Official:
    """Take apart what the reader found."""
    inside = mentions.within(someone.span)
    office = next((one for one in inside if one.name == someone.agency), next(iter(inside), None))
    post = folded(someone.post)
    if office is None or _goes_further(flat[office.span.end : someone.span.end]):
        return Official(post, "", _name_words(someone.name), words, source)
    role = flat[someone.span.start : office.span.start] if office.span.start > someone.span.start else post
    if folded(role) not in post:
        role = someone.post.partition(office.span.of(flat))[0] or someone.post
    behind = flat[office.span.end : someone.span.end].split()
    is_name = someone.name is None and 0 < len(behind) <= _NAME_WORDS and all(map(_may_be_name, behind))
    name = someone.name or (" ".join(behind) if is_name else None)
    return Official(folded(role), office.code or folded(office.name), _name_words(name), words, source)


def named_only(name: str) -> Official:
    """A name without a post beside it."""
    return Official("", "", _name_words(name), name)


def _goes_further(words: str) -> bool:
    """Whether words behind an office make it another one: *Wali Kota Contoh* is not that of *Contoh Selatan*."""
    first = words.split()[:1]
    return bool(first) and first[0].casefold() in DIRECTIONS and first[0][0].isupper()


def _name_words(name: str | None) -> frozenset[str]:
    """The words of a name without titles, degrees and initials."""
    words = (word.strip(".,()") for word in (name or "").split(",")[0].split())
    return frozenset(word.casefold() for word in words if len(word) > 1 and word.casefold() not in _TITLES)


def recorded(people: Sequence[Person], directory: Directory) -> list[Official]:
    """The recorded people, read as the text is read; words in which the reader finds no post stay whole."""
    found = []
    for person in people:
        page = open_page(f"{person.words}.")
        mentions = find_offices(page, directory)
        someone = find_someone(page, mentions)
        if someone:
            official = official_of(someone[0], page.flat, mentions, words=person.words, source=person.source)
            found.append(
                official if official.name else replace(official, name=_name_words(person.words.partition(",")[2]))
            )
        else:
            post, _comma, name = person.words.partition(",")
            found.append(Official(folded(post), "", _name_words(name), person.words, person.source))
    return found


def _with_name(official: Official, known: Sequence[Official]) -> Official:
    """A post that the reader took for one with its name behind it, divided where a recorded post ends."""
    written = official.words.split()
    for one in known:
        whole = folded(one.words.partition(",")[0])
        for post, office in ((whole, one.office), (one.role, ""), (_top(whole), one.office)):
            count = len(folded(official.words).split()) - len(post.split())
            behind = written[-count:] if post and 0 < count <= _NAME_WORDS else []
            if len(post.split()) == 1 and not _name_words(" ".join(behind)) <= one.name:
                continue  # a "Kepala KPH Rawa" is no "Kepala" of that name
            if behind and folded(official.words).startswith(f"{post} ") and all(map(_may_be_name, behind)):
                return replace(official, role=one.role, office=office, name=_name_words(" ".join(behind)))
    return official


def _top(post: str) -> str:
    """The post without its place, where it is one of the heads of a region; empty for any other."""
    return next((top for top in TOPS if post == top or post.startswith(f"{top} ")), "")


def judge_title(official: Official, known: Sequence[Official]) -> Answer:
    """Compare a post in a headline, where a name cannot be told from the words after it."""
    said = folded(official.words)
    for one in known:
        post = folded(one.words.partition(",")[0])
        behind = official.words.split()[len(post.split()) :]
        if said == post or (said.startswith(f"{post} ") and not _goes_further(" ".join(behind))):
            return verified(_("jabatan sesuai catatan"), one.source)
    return judge_post(official, known)


def _may_be_name(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in HEADS | POSTS | PLACE_WORDS | DIRECTIONS


def judge_post(official: Official, known: Sequence[Official]) -> Answer:
    """Compare a post and its name with what is recorded."""
    if not official.name and not any(_is_same_post(official, one) for one in known):
        official = _with_name(official, known)
    same_post = [one for one in known if _is_same_post(official, one)]
    same_name = [one for one in known if official.name and is_same_name(official.name, one.name)]
    both = [one for one in same_post if one in same_name]
    if both and (rank := _other_rank(official, both[0])):
        return different(_("pangkat berbeda dari catatan"), rank, both[0].source)
    if both or (same_post and not official.name):
        return verified(_("jabatan sesuai catatan"), (both or same_post)[0].source)
    if same_name:
        return different(_("jabatan berbeda dari catatan"), same_name[0].words, same_name[0].source)
    if named := [one for one in same_post if one.name]:
        return different(_("nama berbeda dari catatan"), named[0].words, named[0].source)
    if same_post:
        return no_data(_("nama pejabat tidak tercatat"), same_post[0].words, same_post[0].source)
    near = next((one for one in known if official.office and one.office == official.office), None)
    if near is not None:
        return no_data(_("jabatan ini tidak tercatat; yang tercatat di instansi itu lain"), near.words, near.source)
    return no_data(_("jabatan ini tidak tercatat"))


def _is_same_post(one: Official, other: Official) -> bool:
    if one.post == other.post:
        return True
    if one.role in TOPS and not one.office and _top(folded(other.words.partition(",")[0])) == one.role:
        return True
    return one.role == other.role and not one.office and bool(one.name) and is_same_name(one.name, other.name)


def _other_rank(said: Official, known: Official) -> str:
    """The recorded rank, where the text gives another one; empty where both agree or one gives none."""
    one, other = _RANK.search(said.words), _RANK.search(known.words)
    if one is None or other is None or one["rank"].casefold().split()[0] == other["rank"].casefold().split()[0]:
        return ""
    return other["rank"]


def is_same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words of one name are among those of the other."""
    return bool(one and other) and (one <= other or other <= one)
