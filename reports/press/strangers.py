"""Names that look like those of the record and are not in it: *BPSDM Wanasari*, *Paguyuban Perangkat Desa*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import DIS, ENDS, HEADS, PLACE_WORDS, POSTS
from commitments.reading.release.offices import Directory, Mention
from commitments.reading.release.words import word_set
from commitments.reading.spans import Span
from reports.press.facts import Office, PressFacts
from reports.press.findings import Answer, no_data
from reports.press.posts import folded
from reports.press.record import EVERYDAY, Record

_CAPITAL = r"[A-Z][A-Za-z'-]*"
_MINISTRIES = re.compile(
    r"\b(?P<name>Kem(?:en(?!teri|angan)[A-Za-z0-9]{2,12}|ag|kop|par|naker|lu|han|kes|dag|dik|dikbud|dikdasmen|kominfo|komdigi|kumham|tan|hub|sos|pupr|perin|keu|ristek))\b"
)
_BRACKETS = re.compile(r"\((?P<name>[A-Z][\w .&'-]{2,80})\)")
_DOER = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Z0-9]{2,9})(?=[ ](?:akan|telah|sudah|bakal|siap|menyanggupi)\b)")
_TAIL = re.compile(
    rf"[ ](?:(?:Kabupaten|Kota|Kab\.|Provinsi|Administrasi|Cabang|Daerah)[ ]){{0,2}}(?P<place>{_CAPITAL})"
)
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]{3,9}\Z")
_ACRONYM = re.compile(
    r"(?:(?:\A|(?<=[.:;|(]))[ ]*|\b(?i:oleh|bersama|dengan|dan|serta|kepada|dari|ke|pihak|hadir|&)[ ]|[,\u2013&/-][ ]?)"
    r"(?P<name>[BDKLPSU][A-Z0-9]{2,9})(?![\w/.-])"
)
_BETWEEN = re.compile(
    r"\b(?:[Nn]ota|[Kk]esepa\w+|[Pp]erjanjian|[Kk]erja ?[Ss]ama|MoU|PKS)\b[^.;]{0,80}\bantara[ ]"
    rf"(?P<name>{_CAPITAL}(?:[ ]{_CAPITAL}){{1,5}})(?=[ ](?:dan|dengan)[ ])"
)
_LABELLED = re.compile(
    r"\((?:PJ|PIC|Pelaksana|Penanggung [Jj]awab|[Oo]leh)[ ]?:?[ ](?P<name>[A-Z][\w .&'-]{2,60})\)"
)  # the reader of offices takes short brackets for abbreviations
_BODIES = re.compile(
    r"(?<![\w-])(?P<name>Bakamla|Basarnas|Damri|DAMRI|Pelindo|Pelni|Pertamina|Telkom|Perhutani|Perindo|Antam|Jamkrindo"
    r"|Askrindo|Taspen|Asabri|Bapeten|Bulog|Jasa Raharja|Hutama Karya|Bank Mandiri|Inalum|Jasindo|Peradi)(?![\w-])"
)
_SMALL = word_set("dan di ke dari untuk dengan pada bagi serta atau yang oleh dalam per demi agar jadi antara tentang")


class Strangers:
    """The words by which a name of another office is seen: first words and places of the recorded names."""

    def __init__(self, facts: PressFacts, directory: Directory, record: Record) -> None:
        self._directory, self._record = directory, record
        offices = (*facts.offices, facts.issuer)
        names = [name for one in offices for name in (one.name, one.short_name, *one.aliases) if name]
        self._names = {one.code: _words_of(one) for one in offices}
        self._ends = {
            one.code: {folded(name).split()[-1] for name in (one.name, one.short_name) if name} for one in offices
        }
        self._last = {one.code: set(_last_two(one)) for one in offices}
        self._short = {one.code: one.short_name or one.name for one in offices}
        self._people = {word.strip(".,").casefold() for person in facts.people for word in person.words.split()}
        places = {word for word in _places(offices, facts.city) if word.casefold() not in HEADS | POSTS}
        heads = {name.split()[0] for name in names if len(name.split()) > 1}
        alone = {name for name in names if len(name.split()) == 1}
        heads = {head for head in heads if _may_open(head) and head not in alone}
        self._rule = re.compile(
            rf"(?<![\w-])(?P<name>(?:[A-Z][A-Z0-9]{{2,9}}(?=[ ](?:{_any(places)})(?!\w))|(?:{_any(heads)})(?=[ ][A-Z]))"
            rf"(?:[ ]{_CAPITAL}){{1,6}})"
        )

    def find(self, flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[Mention]:
        """Names of offices that no reader saw, outside ``taken``: alone in brackets, or like the recorded names."""
        closed = list(taken)
        rules = (
            _BRACKETS,
            _MINISTRIES,
            self._rule,
            _DOER,
            _BETWEEN,
            _LABELLED,
            _BODIES,
            *(() if _is_shouted(sentence.of(flat)) else (_ACRONYM,)),
        )
        for rule in rules:
            for found in rule.finditer(flat, sentence.start, sentence.end):
                place = Span(*found.span("name"))
                agency = self._directory.lookup(found["name"])
                is_name = agency or self._is_name(found["name"], rule)
                if is_name and not any(one.start < place.end and place.start < one.end for one in closed):
                    closed.append(place)
                    yield Mention(place, found["name"], agency.code if agency else None)

    def _is_name(self, name: str, rule: re.Pattern[str]) -> bool:
        if rule in (_DOER, _ACRONYM):
            return name.casefold() not in EVERYDAY and not self._record.has(name)
        if rule in (_BETWEEN, _BODIES):
            return not self._record.has(name)
        if rule is _LABELLED:
            return True
        return rule is not _BRACKETS or name.split()[0].casefold() in HEADS | DIS

    def is_whole(self, mention: Mention, flat: str) -> bool:
        """Whether a mention ends as the name of its office does."""
        return folded(mention.span.of(flat)).split()[-1] in self._ends.get(mention.code or "", ())

    def other_place(self, code: str, span: Span, flat: str, sentence: Span) -> Answer | None:
        """A recorded office called by a short name and then given a place that its names do not have."""
        known = self._names.get(code)
        found = _TAIL.match(flat, span.end, sentence.end)
        if known is None or found is None:
            return None
        written, place = set(folded(span.of(flat)).split()), found["place"].casefold()
        is_short = not self._ends[code] & written
        is_other = place in known or place in self._people or place in HEADS | POSTS | ENDS | PLACE_WORDS
        if is_short and self._turns_off(code, folded(flat[span.end : sentence.end])):
            return no_data(_("nama instansi ini berlanjut lain dari catatan"), self._short[code], "")
        if is_headline(sentence.of(flat)) or is_other or not is_short or found["place"].isupper():
            return None
        return no_data(_("nama instansi ini berlanjut lain dari catatan"), self._short[code], "")

    def _turns_off(self, code: str, behind: str) -> bool:
        """Whether the words behind go one word along with the last two of the name, and then on otherwise."""
        first, *second = behind.split()[:2]
        return any(
            one == first and second and second[0].isalpha() and second[0] != two for one, two in self._last[code]
        )


def _is_shouted(words: str) -> bool:
    """Whether so many words stand in capitals that these tell nothing."""
    long: list[str] = re.findall(r"[^\W\d_]{3,}", words)
    return sum(word.isupper() for word in long) * 2 > len(long)


def _may_open(head: str) -> bool:
    """Whether a first word tells offices of a kind: *Paguyuban*, *BP3MI*, but no *Kota* and no *PT*."""
    is_word = len(head) > 4 and head[1:].islower() and head.casefold() not in PLACE_WORDS
    return is_word or _ABBREVIATION.match(head) is not None


def _words_of(office: Office) -> set[str]:
    return {word for name in (office.name, office.short_name, *office.aliases) for word in folded(name).split()}


def _last_two(office: Office) -> Iterator[tuple[str, str]]:
    for name in (office.name, office.short_name):
        *more, one, two = ("", "", *folded(name).split())
        if len(more) > 2:
            yield one, two


def _places(offices: Sequence[Office], city: str) -> Iterator[str]:
    """Words of the city, and the last words that two offices share."""
    yield from (word for word in city.split() if word not in ("Kota", "Kabupaten"))
    last = [name.split()[-1] for one in offices if len((name := one.short_name or one.name).split()) > 1]
    yield from (word for word in last if last.count(word) > 1 and word[0].isupper())


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def is_headline(words: str) -> bool:
    """Whether every word but the small ones has a capital, so that a capital tells nothing; a full stop ends prose."""
    if words.rstrip().endswith((".", ":")):
        return False
    return all(word[0].isupper() or word in _SMALL for word in re.findall(r"[^\W\d_][\w'-]*", words[:400]))
