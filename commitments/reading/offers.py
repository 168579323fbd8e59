"""What a line written as an ordinary sentence seems to say: offered beside the line, never assigned.

"Sudin Sosial akan mengirim data paling lambat 30 Juni 2026" names an owner and a date without any sign. Each
offer carries the token that would be typed for it; taking it writes that token into the text, so that what is
saved is still exactly what stands in the box.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from commitments.reading.dates import MONTHS, WEEKDAYS, read_date
from commitments.reading.mentions import Mention, NameSpotter
from commitments.reading.remarks import Remark, gettext_noop
from commitments.reading.spans import Span

_MOST = 3  # offers of one kind for one line
_SEARCHED = 8  # dates of one form that are looked at in one line

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_S = r"\s{1,3}"
_YEAR = rf"(?:{_S}(?:tahun{_S})?(?P<year>20[0-9]{{2}}))?"
_EDGE = r"(?<![\w/.-])"
_END = r"(?![\w/-])"
_NUMBERS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
            "sepuluh": 10}  # fmt: skip
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})"
_CUE = re.compile(
    r"(?:paling\s{1,3}(?:lambat|lama)|selambat-lambatnya|selambatnya|sebelum|sampai(?:\s{1,3}dengan)?|s\.?d\.?|hingga"
    rf"|tenggat|batas(?:\s{{1,3}}waktu)?|target)(?:[\s:]{{1,3}}(?:tanggal|tgl\.?|hari|bulan|pada|(?:{_WEEKDAY}),?)){{0,2}}"
    r"[\s:]{0,3}\Z",
    re.IGNORECASE,
)
_CUE_REACH = 60  # characters before a date in which its cue may stand
# Each form gives, by its groups, the word that would be typed after "/".
_WRITTEN = tuple(
    re.compile(_EDGE + pattern + _END, re.IGNORECASE)
    for pattern in (
        rf"(?P<day>[0-9]{{1,2}})(?:{_S}|-)(?P<month>{_MONTH}){_YEAR}",
        r"(?P<typed>[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:20)?[0-9]{2})",
        rf"akhir{_S}(?P<end>bulan|tahun|{_MONTH})(?:{_S}ini)?{_YEAR}",
        rf"(?P<period>triwulan|tw|semester)\s{{0,3}}(?P<part>[1-4]|i{{1,3}}|iv){_YEAR}",
        rf"dalam{_S}(?:waktu{_S})?{_COUNT}{_S}(?P<unit>hari|minggu|pekan|bulan)(?!{_S}kerja)",
        rf"{_COUNT}{_S}(?P<unit>hari|minggu|pekan|bulan){_S}(?:lagi|mendatang|ke{_S}depan)",
    )
)
# Too vague alone, but clear after "paling lambat" or "sampai".
_AFTER_CUE = tuple(
    re.compile(_EDGE + pattern + _END, re.IGNORECASE)
    for pattern in (
        rf"(?P<end>{_MONTH}){_YEAR}",
        rf"(?P<typed>{_WEEKDAY})(?!,|{_S}depan)",
        r"(?P<typed>[0-9]{1,2}[-/][0-9]{1,2})",
    )
)
_TO_THEM = frozenset({"ke", "kepada", "untuk", "di", "pada", "bagi", "terhadap", "atas"})
_WITH_THEM = frozenset({"dengan", "bersama", "dari", "antara", "melalui"})
_ACTS = frozenset({
    "akan", "siap", "wajib", "bersedia", "bertanggung", "menyiapkan", "menyediakan", "menyelenggarakan", "mengirim",
    "mengirimkan", "melaksanakan", "melakukan", "membuat", "menyampaikan", "mengoordinasikan", "memfasilitasi",
    "menyusun", "mendata", "segera", "diminta", "sanggup", "berkomitmen", "sepakat", "menindaklanjuti",
})  # fmt: skip


class OfferKind(StrEnum):
    """What is offered."""

    OWNER = gettext_noop("penanggung jawab")
    SUPPORT = gettext_noop("pendukung")
    DATE = gettext_noop("tenggat")
    SPELLING = gettext_noop("kode instansi")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the writer may take: the ``token`` to be typed, and the words of the text it rests on.

    ``code`` is the agency that is meant, ``on`` the date. A spelling is put in place of the words of ``span``,
    everything else is added at the end of the line.
    """

    kind: OfferKind
    token: str
    span: Span
    code: str | None = None
    on: dt.date | None = None


def take(text: str, line: Span, offer: Offer) -> str:
    """Return the text with the offer taken: its token written where it belongs."""
    if offer.kind is OfferKind.SPELLING:
        return text[: offer.span.start] + offer.token + text[offer.span.end :]
    return f"{text[: line.end]} {offer.token}{text[line.end :]}"


def agency_offers(text: str, spotter: NameSpotter, *, named: Sequence[str], shift: int) -> Iterator[Offer]:
    """Offer the agencies that are written out: as owner when nobody is ``named`` yet, else as supporters.

    Whoever stands before "akan" or after "oleh" comes first; whoever only receives ("kepada ...") is not offered.
    ``shift`` is where ``text`` begins in the whole text.
    """
    kind = OfferKind.SUPPORT if named else OfferKind.OWNER
    ranked = sorted(_ranked(spotter.mentions(text)), key=lambda pair: (pair[0], pair[1].start))
    seen = set(named)
    for _rank, mention in ranked:
        for code in mention.codes:
            if code in seen or len(seen) - len(named) == _MOST:
                continue
            seen.add(code)
            yield Offer(kind, f"@{code}", Span(shift + mention.start, shift + mention.end), code=code)


def date_offers(text: str, *, after: dt.date, shift: int) -> Iterator[Offer]:
    """Offer the first date that is written out and lies on or after ``after``; one with a cue goes first."""
    found = sorted(_dates(text, after), key=lambda item: (not item[0], item[1].start))
    for _has_cue, span, on in found[:1]:
        token = f"/{on.day}-{on.month}-{on.year}"
        yield Offer(OfferKind.DATE, token, Span(shift + span.start, shift + span.end), on=on)


def spelling_offers(text: str, shift: int, remarks: Iterable[Remark]) -> Iterator[Offer]:
    """Offer the nearest codes in place of one that nobody has; ``shift`` is where ``text`` begins."""
    for remark in remarks:
        typed = str(remark.params.get("typed", ""))
        if not remark.code.startswith("agency_") or remark.span is None or not remark.choices:
            continue
        place = text.find(typed, remark.span.start - shift, remark.span.end - shift)
        if place < 0:
            continue
        span = Span(shift + place, shift + place + len(typed))
        yield from (Offer(OfferKind.SPELLING, f"@{code}", span, code=code) for code in remark.choices[:_MOST])


def _ranked(mentions: Iterable[Mention]) -> Iterator[tuple[int, Mention]]:
    """Yield each mention that may own the work, with its rank (0 first); names in a row share one rank."""
    rows: list[list[Mention]] = []
    for mention in mentions:
        if mention.is_joined:
            rows[-1].append(mention)
        else:
            rows.append([mention])
    for row in rows:
        rank = 0 if row[-1].after in _ACTS else _rank(row[0])
        if rank is not None:
            yield from ((rank, mention) for mention in row)


def _rank(mention: Mention) -> int | None:
    if mention.before in _TO_THEM:
        return None
    if mention.before == "oleh":
        return 0
    return 2 if mention.before in _WITH_THEM else 1


def _dates(text: str, after: dt.date) -> Iterator[tuple[bool, Span, dt.date]]:
    """Yield (has a cue, where, which day) of the dates written in ``text``."""
    for pattern in (*_WRITTEN, *_AFTER_CUE):
        for match in islice(pattern.finditer(text), _SEARCHED):
            has_cue = _CUE.search(text, max(0, match.start() - _CUE_REACH), match.start()) is not None
            if pattern in _AFTER_CUE and not has_cue:
                continue
            on = read_date(_typed(match.groupdict()), after=after).on
            if on is not None and on >= after:
                yield has_cue, Span(match.start(), match.end()), on


def _typed(groups: dict[str, str | None]) -> str:
    """The token that says the same as a written date."""
    year = groups.get("year") or ""
    if typed := groups.get("typed"):
        return typed
    if count := groups.get("count"):
        unit = (groups.get("unit") or "")[0].lower()
        return f"+{_NUMBERS.get(count.lower(), count)}{'m' if unit == 'p' else unit}"
    if end := groups.get("end"):
        return f"akhir{year if end.lower() == 'tahun' and year else end + year}"
    if period := groups.get("period"):
        return f"{period}{groups.get('part')}{'-' if year else ''}{year}"
    return f"{groups.get('day')}{groups.get('month')}{year}"
