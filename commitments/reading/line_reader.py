"""One entry read word by word: what is promised, by whom, until when, under which scope item, how much.

A word is a token only where it starts with ``@``, ``/``, ``#`` or ``=`` (or is a lone ``!``), so "bursa
kerja/job fair" stays text. ``@@`` begins the words for a post or person, which run up to a comma, the next
token or the end. What cannot be understood stays in the wording as typed, with a remark: nothing is lost.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from commitments.reading.dates import DATE_PHRASE, read_date, short_date
from commitments.reading.entries import Entry, is_shielded
from commitments.reading.line import ClauseName, Line
from commitments.reading.mentions import NameSpotter, spotter_of
from commitments.reading.names import AgencyFinder
from commitments.reading.offers import Offer, agency_offers, date_offers, spelling_offers
from commitments.reading.remarks import Remark, error, warning
from commitments.reading.spans import Span

MAX_LINE = 2000  # characters of one line, and of the notes below it
MAX_UNIT = 60
MAX_PERSON = 160
_MAX_REMARKS = 5  # per line; the writer mends these first
_MAX_DIGITS = 12
_KNOWN_SHOWN = 6

_WORD = re.compile(r"\S+")
_CORE = re.compile(r"[(\[]*(?P<escape>\\*)(?P<sigil>@@|[@/#=])")
_IMPORTANT = re.compile(r"(?P<escape>\\*)!")
_CLOSING = ".,;:!?)]"
_ENDING = re.compile(r"(?:[0-9]{1,9}|(?<![^\W_])[A-Za-z])\Z")  # what may be left out of a second name: dik1,2
_TARGET = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]{1,2}))?(?P<unit>(?:[^\W\d_]|[%/]).*)?"
)


class Vocabulary:
    """What the words of one text may refer to."""

    def __init__(self, *, meeting_on: dt.date, finder: AgencyFinder, clauses: Sequence[ClauseName]) -> None:
        self.meeting_on = meeting_on
        self.finder = finder
        self._clauses = {clause.key.casefold(): clause.key for clause in clauses}

    @cached_property
    def spotter(self) -> NameSpotter:
        """Finds the names that are written out."""
        return spotter_of(self.finder.agencies)

    def clause(self, typed: str) -> str | Remark:
        """Return the key of the scope item called ``typed``, or the error that names the known ones."""
        if key := self._clauses.get(typed.casefold()):
            return key
        if not self._clauses:
            return error("clause_unknown_alone", typed=f"#{typed[:40]}")
        shown = [f"#{key}" for key in self._clauses.values()]
        known = ", ".join(shown[:_KNOWN_SHOWN]) + (", \u2026" if len(shown) > _KNOWN_SHOWN else "")
        return error("clause_unknown", typed=f"#{typed[:40]}", known=known).offering(*self._clauses.values())


@dataclass(slots=True)
class _Kept:
    """A word that belongs to the wording, with its place in the entry."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Token:
    """A word that may mean more than itself: ``(@naker),`` has raw, sigil ``@``, body ``naker``, tail ``),``."""

    raw: str
    body: str
    tail: str
    start: int
    body_start: int
    end: int


@dataclass(slots=True)
class LineReader:
    """Collects what the words of one entry say; ``read`` may be called once."""

    entry: Entry
    vocabulary: Vocabulary
    _kept: list[_Kept] = field(default_factory=list)
    _codes: list[str] = field(default_factory=list)
    _clause_keys: list[str] = field(default_factory=list)
    _due: tuple[dt.date, str] | None = None
    _target: tuple[Decimal, str] | None = None
    _unit: list[str] = field(default_factory=list)
    _person: list[str] = field(default_factory=list)
    _sink: list[str] | None = None  # where words go while they belong to a unit or a person
    _is_important: bool = False
    _open_brackets: int = 0
    _remarks: list[Remark] = field(default_factory=list)

    def read(self) -> Line:
        """Return the entry as a line. Never raises: what is wrong is said in its remarks."""
        if len(self.entry.text) > MAX_LINE:
            self._keep_everything()
        else:
            self._read_words()
        return self._line()

    # --- words ---------------------------------------------------------------------------------

    def _read_words(self) -> None:
        text = self.entry.text
        position = 1 if is_shielded(text) else 0
        while found := _WORD.search(text, position):
            position = self._read_word(found)

    def _read_word(self, found: re.Match[str]) -> int:
        raw = found.group()
        core = _CORE.match(raw) or _IMPORTANT.fullmatch(raw)
        if core is None:
            return self._keep_word(raw, found.start(), found.end())
        if core["escape"]:
            at = core.start("escape")
            return self._keep_word(raw[:at] + raw[at + 1 :], found.start(), found.end())
        body = raw[core.end() :].rstrip(_CLOSING)
        token = _Token(raw, body, raw[core.end() + len(body) :], found.start(), found.start() + core.end(), found.end())
        if core.re is _IMPORTANT:
            return self._read_importance(token)
        if core["sigil"] != "/" and not body[:1].isalnum():
            return self._keep_word(raw, found.start(), found.end())
        readers: dict[str, Callable[[_Token], int]] = {
            "@": self._read_agencies,
            "@@": self._read_person,
            "/": self._read_date,
            "#": self._read_clauses,
            "=": self._read_target,
        }
        return readers[core["sigil"]](token)

    def _keep_word(self, word: str, start: int, end: int) -> int:
        if self._sink is not None:
            self._sink.append(word)
            if self._sink is self._person:
                self._close_person()
        else:
            self._kept.append(_Kept(word, start, end))
            self._open_brackets += word.count("(") - word.count(")")
        return end

    def _keep_token(self, token: _Token) -> int:
        """Leave a token that was not understood in the wording, as typed."""
        self._sink = None
        return self._keep_word(token.raw, token.start, token.end)

    def _take(self, token: _Token, end: int) -> int:
        """Take a token out of the wording; a bracket it closes stays with the word before."""
        self._sink = None
        if ")" in token.tail and self._open_brackets > 0 and self._kept:
            closing = token.tail[token.tail.index(")") :]
            self._kept[-1].text += closing
            self._kept[-1].end = end
            self._open_brackets -= closing.count(")")
        return end

    def _remark(self, remark: Remark, token: _Token) -> None:
        if len(self._remarks) > _MAX_REMARKS:
            return
        if len(self._remarks) == _MAX_REMARKS:
            if not remark.is_error:
                return
            remark = error("more_remarks")
        shift = self.entry.span.start
        self._remarks.append(remark.at(line=self.entry.number, span=Span(shift + token.start, shift + token.end)))

    # --- tokens: each returns where to read on ---------------------------------------------------

    def _read_agencies(self, token: _Token) -> int:
        is_known = True
        for part in _parts(token.body):
            found = self.vocabulary.finder.find(part)
            if isinstance(found, Remark):
                self._remark(found, token)
                is_known = False
            elif found.code not in self._codes:
                self._codes.append(found.code)
        return self._take(token, token.end) if is_known else self._keep_token(token)

    def _read_clauses(self, token: _Token) -> int:
        is_known = True
        for part in _parts(token.body):
            found = self.vocabulary.clause(part)
            if isinstance(found, Remark):
                self._remark(found, token)
                is_known = False
            elif found not in self._clause_keys:
                self._clause_keys.append(found)
        return self._take(token, token.end) if is_known else self._keep_token(token)

    def _read_date(self, token: _Token) -> int:
        token = self._with_date_phrase(token)
        reading = read_date(token.body, after=self.vocabulary.meeting_on)
        if reading.remark is not None:
            self._remark(reading.remark, token)
        if reading.on is None:
            return (self._keep_token if reading.is_date else self._keep_text)(token)
        if self._due is not None and self._due[0] != reading.on:
            self._remark(error("two_dates", first=self._due[1], second=f"/{token.body}"), token)
            return self._keep_token(token)
        if self._due is None:
            self._due = (reading.on, f"/{token.body}")
            self._warn_of_past(reading.on, token)
        return self._take(token, token.end)

    def _keep_text(self, token: _Token) -> int:
        return self._keep_word(token.raw, token.start, token.end)

    def _with_date_phrase(self, token: _Token) -> _Token:
        """Return the token with the words that belong to its date, as in ``/30 juni 2026``."""
        text = self.entry.text
        phrase = DATE_PHRASE.match(text, token.body_start)
        if phrase is None or phrase.end() <= token.end:
            return token
        last = _WORD.match(text, phrase.end())
        end = last.end() if last else phrase.end()
        body = "-".join(phrase.group().split())
        return _Token(text[token.start : end], body, text[phrase.end() : end], token.start, token.body_start, end)

    def _warn_of_past(self, due_on: dt.date, token: _Token) -> None:
        meeting_on = self.vocabulary.meeting_on
        if due_on < meeting_on:
            self._remark(warning("before_meeting", date=short_date(due_on), meeting=short_date(meeting_on)), token)

    def _read_target(self, token: _Token) -> int:
        found = _TARGET.fullmatch(token.body)
        typed = f"={token.body[:40]}"
        if found is None:
            self._remark(error("target_unreadable", typed=typed), token)
            return self._keep_token(token)
        whole = found["whole"].replace(".", "")
        if len(whole) > _MAX_DIGITS:
            self._remark(error("target_too_large", typed=typed), token)
            return self._keep_token(token)
        if self._target is not None:
            self._remark(error("two_targets", first=self._target[1], second=typed), token)
            return self._keep_token(token)
        self._target = (Decimal(f"{whole}.{found['part']}" if found["part"] else whole), typed)
        self._unit = [found["unit"]] if found["unit"] else []
        self._take(token, token.end)
        self._sink = self._unit
        return token.end

    def _read_person(self, token: _Token) -> int:
        if self._person:
            first = " ".join(self._person)[:40]
            self._remark(error("two_people", first=f"@@{first}", second=f"@@{token.body[:40]}"), token)
            return self._keep_token(token)
        self._sink = self._person
        return self._keep_word(token.body + token.tail, token.start, token.end)

    def _close_person(self) -> None:
        """A comma, or a bracket that was opened before the person, ends the person's words."""
        word = self._person[-1]
        bare = word.rstrip(",;:")
        if bare.endswith(")") and "(" not in " ".join(self._person):
            bare = bare.rstrip(".,;:)")
        if bare == word:
            return
        self._person[-1:] = [bare] if bare else []
        self._sink = None

    def _read_importance(self, token: _Token) -> int:
        self._is_important = True
        return self._take(token, token.end)

    # --- the whole line --------------------------------------------------------------------------

    def _keep_everything(self) -> None:
        length = len(self.entry.text)
        self._kept = [_Kept(" ".join(self.entry.text.split()), 0, length)]
        self._remark(_too_long(length), _whole(self.entry))

    def _line(self) -> Line:
        wording, place = self._wording()
        unit = " ".join(self._unit).rstrip(" .,;:")
        person = " ".join(self._person)
        note = "\n".join(line.text for line in self.entry.notes)
        for is_wrong, remark in (
            (not wording, error("wording_missing")),
            (len(unit) > MAX_UNIT, error("unit_too_long", limit=MAX_UNIT)),
            (len(person) > MAX_PERSON, error("person_too_long", limit=MAX_PERSON)),
            (len(note) > MAX_LINE, _too_long(len(note))),
        ):
            if is_wrong:
                self._remark(remark, _whole(self.entry))
        return Line(
            number=self.entry.number,
            wording=wording,
            span=self.entry.span,
            wording_span=place,
            lead=self._codes[0] if self._codes else None,
            supporting=tuple(self._codes[1:]),
            due_on=self._due[0] if self._due else None,
            clause_keys=tuple(self._clause_keys),
            target=self._target[0] if self._target else None,
            unit=unit,
            note=note,
            person_text=person,
            is_important=self._is_important,
            remarks=tuple(self._remarks),
            offers=tuple(self._offers()),
        )

    def _offers(self) -> Iterator[Offer]:
        """What the words outside the tokens seem to say. A line that is too long is not searched."""
        length, shift = len(self.entry.text), self.entry.span.start
        if length > MAX_LINE:
            return
        yield from spelling_offers(self.entry.text, shift, self._remarks)
        plain = [" "] * length
        for kept in self._kept:
            plain[kept.start : kept.end] = self.entry.text[kept.start : kept.end]
        words = "".join(plain)
        yield from agency_offers(words, self.vocabulary.spotter, named=self._codes, shift=shift)
        if self._due is None:
            yield from date_offers(words, after=self.vocabulary.meeting_on, shift=shift)

    def _wording(self) -> tuple[str, Span]:
        """Return the words that are left, and where they stand; a comma before the tokens goes with them."""
        while self._kept and (last := self._kept[-1]):
            bare = last.text.rstrip(",;:")
            last.end -= len(last.text) - len(bare)
            last.text = bare
            if bare:
                break
            self._kept.pop()
        start = self.entry.span.start
        if not self._kept:
            return "", Span(start, start)
        place = Span(start + self._kept[0].start, start + self._kept[-1].end)
        return " ".join(kept.text for kept in self._kept), place


def _parts(body: str) -> Iterator[str]:
    """Yield the names in ``dik1,2`` (``dik1``, ``dik2``), ``contoh-a,b`` or ``naker,@sos``."""
    stem = ""
    for typed in re.split(r"[,;/&+]", body):
        part = typed.lstrip("@#")
        if not part:
            continue
        if stem and _ENDING.fullmatch(part):
            part = stem + part
        ending = _ENDING.search(part)
        stem = part[: ending.start()] if ending else ""
        yield part


def _too_long(length: int) -> Remark:
    return error("line_too_long", length=_grouped(length), limit=_grouped(MAX_LINE))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _whole(entry: Entry) -> _Token:
    return _Token(entry.text, "", "", 0, 0, len(entry.text))
