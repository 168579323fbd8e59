"""Days in a text against the days that are recorded: of the meeting, the agreement, the dates of commitments."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _

from commitments.reading.dates import MONTHS, WEEKDAY_NAMES, WEEKDAYS
from commitments.reading.release.days import Day, find_days
from commitments.reading.spans import Span
from config.templatetags.waktu import tanggal, tanggal_hari
from reports.press.facts import PressFacts, Row
from reports.press.findings import Answer, different, no_data, verified
from reports.press.linking import Region, nearest_first


class Role(Enum):
    """What a day is the day of, by the words around it."""

    SIGNED = auto()
    DUE = auto()
    HELD = auto()
    CLOSED = auto()
    AS_OF = auto()
    UNTIL = auto()
    VALID = auto()


_CUES = (
    (Role.SIGNED, r"(?:di|me|pen)(?:tanda)?tandatangan\w*|nota kesepa(?:katan|haman)|\bmou\b|tertanggal|diteken"),
    (Role.DUE, r"tenggat|paling lambat|selambat-?lambatnya|batas waktu|ditargetkan|sebelum tanggal"),
    (Role.VALID, r"berlaku|masa berlaku|jangka waktu|berakhir"),
    (Role.CLOSED, r"\bselesai\b|(?:menye|dise)lesaikan|diverifikasi|rampung|tuntas|menuntaskan"),
    (Role.AS_OF, r"\bper\b|keadaan|posisi data"),
    (Role.UNTIL, r"hingga|sampai dengan|sampai"),
    (
        Role.HELD,
        r"audiensi|pertemuan|rapat|digelar|menggelar|berlangsung|dilaksanakan|melaksanakan|diadakan|mengadakan|bertemu",
    ),
)
_CUE = re.compile("|".join(f"(?P<{role.name}>{words})" for role, words in _CUES), re.IGNORECASE)
_MONTH = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})[ ](?:tahun[ ])?(?P<year>(?:19|20)[0-9]{{2}})\b", re.IGNORECASE)
_MONTHS = re.compile(
    rf"\b(?P<from>{_MONTH})[ ]?(?:-|\u2013|hingga|sampai(?:[ ]dengan)?|s\.?d\.?)[ ]?(?P<month>{_MONTH})[ ](?:tahun[ ])?"
    r"(?P<year>20[0-9]{2})\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"\b(?:per|hingga|sampai)[ ](?:dengan[ ])?(?:akhir[ ])?\Z", re.IGNORECASE)
_PART_YEAR = re.compile(
    r"\b(?P<kind>triwulan|semester)[ ](?:ke-?)?(?P<part>iv|i{1,3}|[1-4])[ ](?:tahun[ ])?(?P<year>20[0-9]{2})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w/.-])(?:tahun[ ])?(?P<year>(?:19|20)[0-9]{2})(?![\w/-])(?!\.[0-9])", re.IGNORECASE)
_LAW_BEFORE = re.compile(r"\b(?:nomor|no\b\.?)[ ]?[\w./-]{1,40}[ ](?:tahun[ ])?\Z", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:akan|berencana|direncanakan|dijadwalkan|mendatang|lanjutan)\b", re.IGNORECASE)
_SERVICE = re.compile(r"\b(?:setiap|tiap) (?:hari|senin|selasa|rabu|kamis|jumat)|\bjam (?:kerja|layanan|buka)\b", re.I)
_PROMISED = re.compile(r"\b(?:akan|bakal|hendak|sanggup|menyanggupi|berencana|direncanakan)\b", re.IGNORECASE)
_THROUGHOUT = re.compile(r"\b(?:sepanjang|selama|periode)[ ]\Z", re.IGNORECASE)
_AIMED = re.compile(
    r"\b(?:ditargetkan|menargetkan|targetnya|dijadwalkan|direncanakan|akan|bakal|harus|wajib|siap)\b[^.;,]{0,50}\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsejak[ ](?:tanggal[ ])?\Z", re.IGNORECASE)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:hari[ ])?(?P<weekday>{'|'.join(name for name in WEEKDAY_NAMES if name != 'Minggu')}|Jum'at|Ahad"
    r"|(?:(?<=hari[ ])|(?<=pada[ ]))Minggu)(?!\w)(?![ ]?(?:-|\u2013|hingga|sampai|depan|mendatang|Legi|Pahing))"
)
_EVERY = re.compile(r"\b(?:setiap|tiap|saban|hingga|sampai|dan|mulai)[ ](?:hari[ ])?\Z|[-\u2013][ ]?\Z", re.IGNORECASE)
_EACH = re.compile(r"\bmasing-masing\b", re.IGNORECASE)
_PARTS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BEFORE, _AFTER = 110, 45  # characters looked at


@dataclass(frozen=True, slots=True)
class Known:
    """A recorded day."""

    on: dt.date
    role: Role
    what: str
    source: str


def known_days(facts: PressFacts) -> list[Known]:
    """Every day the facts know."""
    return list(_of_events(facts)) + [known for row in facts.rows for known in _of_row(row)]


def _of_events(facts: PressFacts) -> Iterator[Known]:
    for occasion in facts.occasions:
        yield Known(occasion.held_on, Role.HELD, _("tanggal pertemuan"), occasion.code)
    if facts.pact:
        code = facts.pact.code
        yield Known(facts.pact.signed_on, Role.SIGNED, _("tanggal kesepakatan ditandatangani"), code)
        for on in filter(None, (facts.pact.starts_on, facts.pact.ends_on)):
            yield Known(on, Role.VALID, _("masa berlaku kesepakatan"), code)
    if facts.is_progress:
        yield Known(facts.as_of, Role.AS_OF, _("tanggal keadaan data"), facts.subject)
    for on in filter(None, (facts.starts_on, facts.ends_on)):
        yield Known(on, Role.AS_OF, _("batas periode"), facts.subject)


def _of_row(row: Row) -> Iterator[Known]:
    for day in find_days(row.wording):
        if day.on:
            yield Known(day.on, Role.DUE, _("rumusan komitmen"), row.code)
    if row.due_on:
        what = _("tenggat yang disepakati") if row.is_due_agreed else _("tanggal usulan")
        yield Known(row.due_on, Role.DUE, what, row.code)
    if row.closed_on:
        yield Known(row.closed_on, Role.CLOSED, _("tanggal dinyatakan selesai"), row.code)


def judge_day(day: Day, known: Sequence[Known], regions: Sequence[Region], flat: str, sentence: Span) -> Answer:
    """Compare a day; ``regions`` are the commitments its sentence speaks of."""
    before = flat[max(sentence.start, day.span.start - _BEFORE) : day.span.start]
    role = role_of(before, flat[day.span.end : min(sentence.end, day.span.end + _AFTER)])
    is_sure = _CUE.search(before) is not None  # a word behind a day may belong to what follows
    if role is Role.UNTIL and _PROMISED.search(before) and _candidates(Role.DUE, known, regions[:1], together=False):
        role = Role.DUE  # "akan mendata ... sampai 30 April"
    if role is Role.CLOSED and _AIMED.search(before):
        role = Role.DUE  # "ditargetkan selesai 30 April"
    if not is_sure and regions and _SINCE.search(before):
        role, is_sure = Role.CLOSED, True  # "sudah tersedia sejak 21 Agustus"
    together = _EACH.search(flat, sentence.start, sentence.end) is not None
    candidates = _candidates(role, known, nearest_first(regions, day.span.start), together=together)
    match = next((one for one in candidates if _is_same(day, one.on)), None) or _elsewhere(
        day, role if is_sure else None, known, candidates if regions or role is not Role.CLOSED else ()
    )
    if match is not None:
        if not day.agrees(match.on):
            return _wrong_weekday(match.on, match.source)
        return verified(_("sama dengan data: %(what)s") % {"what": match.what}, match.source)
    if day.on and not day.agrees(day.on):
        return _wrong_weekday(day.on)
    is_told = len({one.on for one in candidates}) == 1 or (candidates and role is Role.DUE)
    if is_told and not (role is Role.HELD and _AHEAD.search(before)):
        right = candidates[0]
        return different(_("berbeda dari data: %(what)s") % {"what": right.what}, tanggal_hari(right.on), right.source)
    return no_data(_("tanggal ini tidak tercatat"))


def _elsewhere(day: Day, role: Role | None, known: Sequence[Known], candidates: Sequence[Known]) -> Known | None:
    """A recorded day of another kind, where the word beside a day allows that."""
    match = next((one for one in known if _is_same(day, one.on)), None)
    is_open = role in (Role.AS_OF, Role.CLOSED) and not candidates
    if match is None or is_open or role in (None, Role.UNTIL, Role.VALID):
        return match
    return match if role is Role.HELD and match.role is not Role.SIGNED else None


def role_of(before: str, after: str) -> Role | None:
    """What the nearest word says a day is the day of; words before it count before words after it."""
    found = list(_CUE.finditer(before))
    cue = found[-1] if found else _CUE.search(after)
    return Role[str(cue.lastgroup)] if cue else None


def _candidates(role: Role | None, known: Sequence[Known], regions: Sequence[Region], *, together: bool) -> list[Known]:
    """The days a word allows: of the nearest commitment that has any, or of all of them (*masing-masing*)."""
    found = [one for one in known if one.role is role]
    if role not in (Role.DUE, Role.CLOSED) or not regions:
        return found
    told = [[one for one in found if one.source in {row.code for row in region.rows}] for region in regions]
    return [one for days in told for one in days] if together else next((days for days in told if days), [])


def _is_same(day: Day, on: dt.date) -> bool:
    """Whether a written day is this date, as far as it is written; a range by either end."""
    if day.month != on.month or (day.year is not None and day.year != on.year):
        return False
    return on.day in (day.day, day.until)


def _wrong_weekday(on: dt.date, source: str = "") -> Answer:
    words = {"date": tanggal(on), "weekday": WEEKDAY_NAMES[on.weekday()]}
    return different(_("%(date)s jatuh pada hari %(weekday)s") % words, tanggal_hari(on), source)


def loose_periods(flat: str, span: Span, taken: Sequence[Span]) -> Iterator[tuple[Span, dt.date, dt.date]]:
    """Months, quarters, half-years and years that no day stands beside: their place, first and last day."""
    closed = list(taken)
    for rule, reader in ((_MONTHS, _months), (_MONTH_YEAR, _month), (_PART_YEAR, _part), (_YEAR, _year)):
        for found in rule.finditer(flat, span.start, span.end):
            place = Span(*found.span())
            is_law = _LAW_BEFORE.search(flat, max(0, place.start - 50), place.start + 6)
            if is_law or any(one.start < place.end and place.start < one.end for one in closed):
                continue
            first, last = reader(found)
            closed.append(place)
            yield place, first, last


def _months(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    return dt.date(int(found["year"]), MONTHS[found["from"].lower()], 1), _month(found)[1]


def _month(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    month, year = MONTHS[found["month"].lower()], int(found["year"])
    return dt.date(year, month, 1), _end(year, month)


def _part(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    part, year = _PARTS.get(found["part"].lower()) or int(found["part"]), int(found["year"])
    months = 3 if found["kind"].lower() == "triwulan" else 6
    last = min(12, part * months)
    return dt.date(year, max(1, last - months + 1), 1), _end(year, last)


def _year(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    return dt.date(int(found["year"]), 1, 1), dt.date(int(found["year"]), 12, 31)


def _end(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def loose_weekdays(flat: str, span: Span, taken: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Weekdays that no day stands beside, and which they are (Monday is 0)."""
    for found in _WEEKDAY.finditer(flat, span.start, span.end):
        place = Span(*found.span("weekday"))
        if any(one.start <= place.start < one.end for one in taken) or _EVERY.search(flat[: place.start][-20:]):
            continue
        yield place, WEEKDAYS[found["weekday"].lower()]


def judge_weekday(place: Span, weekday: int, known: Sequence[Known], flat: str, sentence: Span) -> Answer:
    """Compare a weekday alone with that of the meeting it is told of."""
    held = [one for one in known if one.role is Role.HELD]
    if match := next((one for one in held if one.on.weekday() == weekday), None):
        return verified(_("sama dengan data: %(what)s") % {"what": match.what}, match.source)
    before = flat[max(sentence.start, place.start - _BEFORE) : place.start]
    role = role_of(before, flat[place.end : min(sentence.end, place.end + _AFTER)])
    if len(held) == 1 and role in (None, Role.HELD) and not _AHEAD.search(before):
        return _wrong_weekday(held[0].on, held[0].source)
    return no_data(_("tanggal ini tidak tercatat"))


def judge_period(first: dt.date, last: dt.date, facts: PressFacts, known: Sequence[Known], before: str = "") -> Answer:
    """Whether a month, a part of a year or a year is the period of the facts, or holds a recorded day.

    A month that the words ``before`` make the month of the state (*sampai akhir September 2026*) must be that one.
    """
    is_month = (first.year, first.month) == (last.year, last.month)
    if facts.starts_on and facts.ends_on and (last - first).days > 360 and _THROUGHOUT.search(before):
        return _of_years(first.year, facts.starts_on.year, facts.ends_on.year, facts)
    if is_month and facts.is_progress and _STATE.search(before):
        return _of_state(last, facts)
    if facts.starts_on and facts.ends_on and _covers(first, last, facts.starts_on, facts.ends_on):
        return verified(_("sama dengan data: periode"), facts.subject)
    is_part = (last - first).days > 31 and last.month - first.month < 11
    if is_part and facts.starts_on and facts.ends_on:
        return different(_("berbeda dari data: periode"), facts.period, facts.subject)
    match = next((one for one in known if first <= one.on <= last), None)
    if match is not None:
        return verified(_("sama dengan data: %(what)s") % {"what": match.what}, match.source)
    return no_data(_("tanggal ini tidak tercatat"))


def _of_years(year: int, starts: int, ends: int, facts: PressFacts) -> Answer:
    """*Sepanjang tahun 2026*: a year of the period."""
    if starts <= year <= ends:
        return verified(_("sama dengan data: periode"), facts.subject)
    return different(_("berbeda dari data: periode"), facts.period, facts.subject)


def _covers(first: dt.date, last: dt.date, starts: dt.date, ends: dt.date) -> bool:
    """Whether months are those of the period, which may begin within one."""
    return (first, last) == (starts, ends) or (first == starts.replace(day=1) and last == _end(ends.year, ends.month))


def _of_state(last: dt.date, facts: PressFacts) -> Answer:
    if last == _end(facts.as_of.year, facts.as_of.month):
        return verified(_("sama dengan data: %(what)s") % {"what": _("tanggal keadaan data")}, facts.subject)
    what = _("tanggal keadaan data")
    return different(_("berbeda dari data: %(what)s") % {"what": what}, tanggal(facts.as_of), facts.subject)


def judge_time(written: str, facts: PressFacts, sentence: str = "") -> Answer:
    """Compare a time of day with the beginning of the meeting, unless its sentence tells when a service is open."""
    if _SERVICE.search(sentence):
        return no_data(_("waktu mulai tidak tercatat"))
    begins = [one for one in facts.occasions if one.starts_at]
    if not begins:
        return no_data(_("waktu mulai tidak tercatat"))
    if any(one.starts_at == written for one in begins):
        return verified(_("sama dengan data: waktu mulai"), begins[0].code)
    return different(_("berbeda dari data: waktu mulai"), begins[0].starts_at, begins[0].code)
