"""Any text against the facts: each number, day, office, post, quotation and *telah/akan* gets its verdict.

Time grows with the length of the text; whatever the text is, this never raises. Nothing is stored.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from commitments.reading.names import AgencyName
from commitments.reading.release import MAX_LENGTH
from commitments.reading.release.days import find_days
from commitments.reading.release.offices import Directory, Mention, Mentions, find_offices
from commitments.reading.release.passages import MOST_PASSAGES, Page, Shape, open_page, sentence_spans
from commitments.reading.release.people import Someone, find_someone
from commitments.reading.spans import Span, normalise
from commitments.status import Condition
from reports.press.codes import find_codes, find_titles
from reports.press.counted import count_in
from reports.press.counting import judge_number, only_quality
from reports.press.dating import (
    judge_day,
    judge_period,
    judge_time,
    judge_weekday,
    known_days,
    loose_periods,
    loose_weekdays,
)
from reports.press.explored import find_overstated
from reports.press.facts import Office, Part, Person, PressFacts
from reports.press.findings import Answer, Finding, Kind, Verdict
from reports.press.gatherings import find_gatherings
from reports.press.headlines import Headlines
from reports.press.linking import LEAST, Region, Rows, taken_up
from reports.press.months import find_months, judge_month, of_month
from reports.press.naming import apart, judge_office
from reports.press.numbers import find_times
from reports.press.pacts import find_pacts
from reports.press.persons import Persons
from reports.press.places import find_places
from reports.press.plain import Plain, plainly
from reports.press.posts import judge_post, judge_title, named_only, official_of, recorded, trimmed_post, whole_post
from reports.press.quoting import judge_quote, quotations
from reports.press.record import Record
from reports.press.speakers import Quoted, Speakers
from reports.press.strangers import Strangers, is_headline
from reports.press.tenses import find_marks, judge_mark, says_nothing
from reports.press.territories import Territories
from reports.press.wholes import find_wholes

_GOES_ON = re.compile(
    r"(?:itu|ini)[ ]|(?:kegiatan|komitmen|hal|pekerjaan|program|langkah|rencana)[ ](?:ini|itu|tersebut)\b"
    r"|(?:pic|penanggung jawab|tenggat(?! terdekat)|target|status|realisasi|capaian|keterangan)(?:nya)?\b",
    re.IGNORECASE,
)


_STATES = {
    "late": Condition.LATE, "blocked": Condition.BLOCKED, "submitted": Condition.SUBMITTED,
    "not_started": Condition.NOT_STARTED, "running": Condition.RUNNING, "unmet": Condition.UNMET,
}  # fmt: skip
_ONE = re.compile(r"(?<![\w.,/-])(?:1|satu)(?![\w/-]|[.,][0-9])", re.IGNORECASE)
_CAPTION = re.compile(r"[ ]*(?:keterangan[ ])?(?:foto|gambar|caption)[ ]*:", re.IGNORECASE)
_TAKEN_UP = re.compile(r"[A-Z][a-z]{4,20}[ ](?:itu|ini|tersebut)\b")
_OF_IT = re.compile(
    r"(?!Hanya|Selanjut|Sebelum|Sesudah|Setelah|Akhir|Hasil|Adanya|Menurut|Sebalik|Khusus|Tentu|Pasal|Artinya|Umum|Biasa"
    r"|Harap|Kini|Misal|Sementara|Sepenuh|Seluruh|Semua|Lain|Pada|Sebenar|Se[a-z]+nya|Ber[a-z]+nya|Ter[a-z]+nya)"
    r"[A-Z][a-z]{3,18}nya\b"
)  # *Pesertanya*, *Targetnya*


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence with what was found in it and the codes of everything it rests on."""

    span: Span
    text: str
    findings: tuple[Finding, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """The text as it was read (normalised) and what was found in it, in order."""

    text: str
    findings: tuple[Finding, ...]
    sentences: tuple[CheckedSentence, ...]
    is_cut: bool

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many findings of each verdict."""
        counted = Counter(finding.answer.verdict for finding in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict}


class Checker:
    """The facts, prepared once to be compared with one text after the other."""

    def __init__(self, facts: PressFacts, directory: Sequence[Office] = ()) -> None:
        offices = {office.code: office for office in (*directory, *facts.offices, facts.issuer)}
        speakers = [Person(quote.speaker, Part.SPOKE, quote.source) for quote in facts.quotes]
        record = Record(facts)
        self.facts = facts
        self.directory = _directory(
            tuple((one.code, one.name, one.short_name, one.aliases) for one in offices.values())
        )
        self.officials = recorded([*facts.people, *speakers], self.directory)
        self.persons, self.speakers = Persons(self.officials), Speakers(facts, self.officials)
        self.rows, self.days = Rows(facts.rows), known_days(facts)
        self.strangers = Strangers(facts, self.directory, record)
        self.headlines, self.territories = Headlines(facts, record), Territories(facts, record)

    def check(self, text: str) -> Check:
        """Check a text. Of a longer one than ``MAX_LENGTH`` only the beginning is read, and ``is_cut`` says so."""
        whole = normalise(text)
        reading = _Reading(plainly(whole[:MAX_LENGTH], self.facts.as_of), whole[:MAX_LENGTH], self)
        sentences = tuple(reading.sentences())
        findings = tuple(finding for sentence in sentences for finding in sentence.findings)
        is_cut = len(whole) > MAX_LENGTH or len(reading.page.passages) >= MOST_PASSAGES
        return Check(whole[:MAX_LENGTH], findings, sentences, is_cut=is_cut)


def check(text: str, facts: PressFacts, directory: Sequence[Office] = ()) -> Check:
    """Check a text. ``directory``: all agencies, so that one outside the facts is recognised by its names."""
    return Checker(facts, directory).check(text)


class _Reading:
    """One text, compared with the facts sentence by sentence."""

    def __init__(self, plain: Plain, typed: str, known: Checker) -> None:
        self.known, self.facts, self.page = known, known.facts, _with_captions(open_page(plain.text))
        self._plain, self._typed = plain, typed
        named = find_offices(self.page, known.directory).all
        self.mentions = Mentions([one for name in named for one in apart(name, self.page.flat, known.directory)])
        self.people = _by_sentence(find_someone(self.page, self.mentions))
        someone = [one for found in self.people.values() for one in found]
        self.quotes = quotations(self.page, someone, self.facts)

    def sentences(self) -> Iterator[CheckedSentence]:
        """Every sentence, those in the furniture of a page too, since it is printed with the rest.

        A sentence that speaks of no commitment itself may go on about the one before it in its paragraph, or answer
        the question before it.
        """
        asked, last = "", list[Region]()
        for passage in self.page.passages:
            last = last if asked else []
            for span in passage.sentences or tuple(sentence_spans(self.page.flat, passage.span)):
                said = [(place, judge_quote(self._as_typed(place), self.facts)) for place in self._quotes_in(span)]
                closed = [place for place, answer in said if answer.verdict is not Verdict.NO_DATA]
                regions = [one for one in self._spoken_of(span) if not _inside(one.span, closed)]
                if not regions and (asked or passage.shape is Shape.ITEM or self._goes_on(span, last)):
                    regions = [replace(one, span=Span(span.start, span.start)) for one in last]
                last = regions[-1:] or last
                found = [Finding(place, Kind.QUOTE, answer) for place, answer in said]
                found += [one for one in self._compared(span, regions, asked, said) if not _inside(one.span, closed)]
                yield self._checked(span, regions, found)
                asked = words if (words := span.of(self.page.flat).rstrip()).endswith("?") else ""

    def _checked(self, span: Span, regions: Sequence[Region], found: list[Finding]) -> CheckedSentence:
        found.sort(key=lambda finding: (finding.span.start, -finding.span.end))
        sources = [code for finding in found for code in finding.answer.sources]
        sources += [row.code for region in regions for row in region.rows[:1]]
        if self._plain.cuts:
            found = [replace(finding, span=self._plain.back(finding.span)) for finding in found]
        words = self._as_typed(span)
        return CheckedSentence(self._plain.back(span), words, tuple(found), tuple(dict.fromkeys(sources)))

    def _as_typed(self, span: Span) -> str:
        """The words of a stretch as they were typed."""
        return self._plain.back(span).of(self._typed)

    def _goes_on(self, span: Span, last: Sequence[Region]) -> bool:
        """Whether a sentence without a commitment of its own goes on about the one before it."""
        flat = self.page.flat
        if _GOES_ON.match(flat, span.start) or _OF_IT.match(flat, span.start):
            return True
        found = _TAKEN_UP.match(flat, span.start)
        return found is not None and taken_up(found[0], [row for region in last for row in region.rows])

    def _spoken_of(self, span: Span) -> list[Region]:
        """The commitments a sentence speaks of, by other words than those of an office's name."""
        names = [mention.span for mention in self.mentions.within(span)]
        found = self.known.rows.regions(self.page.flat, span)
        own = [
            one for one in found if not any(name.start <= one.span.start <= one.span.end <= name.end for name in names)
        ]
        return own or self._only_one(span)

    def _only_one(self, span: Span) -> list[Region]:
        """The commitment a line of figures speaks of, where one alone is in its state: *Terlambat: 1 (Dinas ...)*."""
        words = span.of(self.page.flat)
        state = _STATES.get(only_quality(words)) if self.facts.is_progress and _ONE.search(words) else None
        rows = tuple(row for row in self.facts.rows if row.condition == state)
        return [Region(Span(span.start, span.start), rows, LEAST)] if len(rows) == 1 else []

    def _quotes_in(self, span: Span) -> list[Span]:
        return [place for place in self.quotes if span.start <= place.start < span.end]

    def _compared(self, span: Span, regions: Sequence[Region], asked: str, said: Quoted) -> Iterator[Finding]:
        dated = list(self._dates(span, regions))
        yield from dated
        for place, written in find_times(self.page.flat, span):
            yield Finding(place, Kind.DATE, judge_time(written, self.facts, span.of(self.page.flat)))
        people = list(self._posts(span, said))
        yield from people
        named = [finding.span for finding in people]
        offices = [mention.span for mention in self.mentions.within(span)]
        yield from self._names(span, [*named, *offices], said)
        held_at = [place for place, _answer in find_places(self.page.flat, span, self.facts, named)]
        named += offices
        taken = [*(finding.span for finding in dated), *named, *held_at]
        for counted in count_in(self.page.flat, span, taken, asked):
            answer = judge_number(counted, self.facts, regions, self.page.flat)
            yield Finding(counted.number.span, Kind.NUMBER, answer)
        for place, answer in find_wholes(self.page.flat, span, self.facts, asked):
            yield Finding(place, Kind.NUMBER, answer)
        judged = list(self._offices(span, regions, [finding.span for finding in people]))
        yield from judged
        yield from self._surroundings(span, regions, [finding.span for finding in (*people, *judged)])
        flat = self.page.flat
        for mark in (one for one in find_marks(flat, span, regions) if not says_nothing(one, flat, regions)):
            yield Finding(mark.span, Kind.TENSE, judge_mark(mark, flat, self.facts, regions))

    def _surroundings(self, span: Span, regions: Sequence[Region], taken: Sequence[Span]) -> Iterator[Finding]:
        """The agreement behind it all, the kind of the meeting, and places."""
        for place, answer in find_gatherings(self.page.flat, span, self.facts, [one.span for one in regions]):
            yield Finding(place, Kind.MEETING, answer)
        for place, answer in self.known.territories.find(self.page.flat, span, self._closed_names(span)):
            yield Finding(place, Kind.PLACE, answer)
        for find in (find_codes, find_titles):
            for place, answer in find(self.page.flat, span, self.facts):
                yield Finding(place, Kind.PACT, answer)
        for place, answer in find_overstated(self.page.flat, span, regions):
            yield Finding(place, Kind.TENSE, answer)
        for place, answer in find_pacts(self.page.flat, span, self.facts, taken):
            yield Finding(place, Kind.PACT, answer)
        for place, answer in find_places(self.page.flat, span, self.facts, taken):
            yield Finding(place, Kind.PLACE, answer)

    def _closed_names(self, span: Span) -> list[int]:
        """In a headline, where the whole names end: the capital after them opens another word."""
        flat, mentions = self.page.flat, self.mentions.within(span)
        return (
            [one.span.end for one in mentions if self.known.strangers.is_whole(one, flat)]
            if is_headline(span.of(flat))
            else []
        )

    def _dates(self, span: Span, regions: Sequence[Region]) -> Iterator[Finding]:
        flat = self.page.flat
        days = find_days(flat, span)
        for day in days:
            yield Finding(day.span, Kind.DATE, judge_day(day, self.known.days, regions, flat, span))
        taken = [day.span for day in days]
        for place, first, last in loose_periods(flat, span, taken):
            taken.append(place)
            before = flat[max(span.start, place.start - 90) : place.start]
            is_month = (first.year, first.month) == (last.year, last.month)
            told = of_month(first, place, self.known.days, regions, before) if is_month else None
            yield Finding(
                place, Kind.DATE, told or judge_period(first, last, self.facts, self.known.days, before[-30:])
            )
        for place, month, part in find_months(flat, span, taken):
            before = flat[max(span.start, place.start - 90) : place.start]
            yield Finding(place, Kind.DATE, judge_month(place, month, part, self.known.days, regions, before))
        for place, weekday in loose_weekdays(flat, span, taken):
            yield Finding(place, Kind.DATE, judge_weekday(place, weekday, self.known.days, flat, span))

    def _posts(self, span: Span, said: Quoted) -> Iterator[Finding]:
        flat, offices = self.page.flat, self.mentions.within(span)
        for found in self.people.get(span, []):
            if any(_is_office(one, found.span) for one in offices):
                continue  # the heads of villages of "Paguyuban Kepala Desa" are no post
            someone = whole_post(trimmed_post(found, flat), flat)
            official = official_of(someone, flat, self.mentions, words=someone.span.of(self.page.text))
            judge = judge_title if is_headline(span.of(flat)) else judge_post
            answer = self._elsewhere(someone, span) or judge(official, self.known.officials)
            before = flat[max(span.start, someone.span.start - 40) : someone.span.start]
            answer = self.known.speakers.of_leader(official, answer, before)
            answer = self.known.speakers.of_quote(official, someone.span, answer, said, flat)
            yield Finding(someone.span, Kind.POST, answer)

    def _elsewhere(self, someone: Someone, sentence: Span) -> Answer | None:
        """The answer on a post whose office has another place or class than the recorded one: *Kepala KPP Madya*."""
        for mention in self.mentions.within(someone.span):
            if mention.code and mention.span.end < someone.span.end:
                return self.known.strangers.other_place(mention.code, mention.span, self.page.flat, sentence)
        return None

    def _names(self, span: Span, taken: Sequence[Span], said: Quoted) -> Iterator[Finding]:
        flat = self.page.flat
        for place, answer in self.known.persons.find(flat, span, taken):
            official = named_only(place.of(flat))
            yield Finding(place, Kind.POST, self.known.speakers.of_quote(official, place, answer, said, flat))

    def _offices(self, span: Span, regions: Sequence[Region], named: Sequence[Span]) -> Iterator[Finding]:
        flat, mentions = self.page.flat, self.mentions.within(span)
        for mention in mentions:
            if not _inside(mention.span, named):
                other = (
                    self.known.strangers.other_place(mention.code, mention.span, flat, span) if mention.code else None
                )
                answer = other or judge_office(mention, self.facts, regions, flat, span)
                yield Finding(mention.span, Kind.AGENCY, answer)
        finder = self.known.headlines if is_headline(span.of(flat)) else self.known.strangers
        for mention in finder.find(flat, span, [*named, *(mention.span for mention in mentions)]):
            yield Finding(mention.span, Kind.AGENCY, judge_office(mention, self.facts, regions, flat, span))


@lru_cache(maxsize=4)
def _directory(offices: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> Directory:
    """The names of all offices, learnt once for texts checked one after the other."""
    return Directory([AgencyName(*one) for one in offices])


def _by_sentence(someone: Sequence[Someone]) -> dict[Span, list[Someone]]:
    found: dict[Span, list[Someone]] = {}
    for one in someone:
        found.setdefault(one.sentence, []).append(one)
    return found


def _with_captions(page: Page) -> Page:
    """The page with the captions of its pictures as prose: they are printed, and name who stands there."""
    passages = [
        replace(one, shape=Shape.PROSE, sentences=tuple(sentence_spans(page.flat, one.span)))
        if one.shape is Shape.CHROME and _CAPTION.match(page.flat, one.span.start)
        else one
        for one in page.passages
    ]
    return replace(page, passages=tuple(passages))


def _is_office(mention: Mention, post: Span) -> bool:
    """Whether what looks like a post is the name of an office, or stands within one."""
    start = mention.span.start
    return start < post.start < mention.span.end or (start == post.start and mention.code is not None)


def _inside(span: Span, places: Sequence[Span]) -> bool:
    return any(place.start <= span.start < place.end for place in places)
