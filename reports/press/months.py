"""Months without a day: *akhir Oktober*, *pertengahan Juni 2026*, against the dates of what a sentence speaks of."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.dates import MONTHS
from commitments.reading.spans import Span
from config.templatetags.waktu import tanggal_hari
from reports.press.dating import Known, Role
from reports.press.findings import Answer, different, no_data, verified
from reports.press.linking import Region, nearest_first

_MONTH = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
_ALONE = re.compile(
    rf"\b(?:(?P<part>awal|pertengahan|akhir)[ ](?:bulan[ ])?"
    rf"|(?:bulan|pada|per|hingga|sampai|sebelum|sejak|mulai|di)[ ])(?P<month>{_MONTH})\b(?![ ](?:tahun[ ])?[0-9])",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(r"\b(?P<part>awal|pertengahan|akhir)[ ](?:bulan[ ])?\Z", re.IGNORECASE)
_DUE = re.compile(
    r"(?:tenggat|paling lambat|selambat-?lambatnya|batas waktu|target\w*|ditarget\w*|menarget\w*|dijadwal\w*"
    r"|direncana\w*|sebelum|sampai(?: dengan)?|hingga|s\.?d\.?|akan|bakal)\b[^.;]{0,80}\Z",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"(?:tenggat|paling lambat|selambat-?lambatnya|target\w*|ditarget\w*|menarget\w*|dijadwal\w*)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_PER = re.compile(r"\bper[ ](?:akhir[ ])?\Z", re.IGNORECASE)
_DAYS = {"awal": (1, 11), "pertengahan": (8, 22), "akhir": (20, 31)}


def find_months(flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[tuple[Span, int, str]]:
    """Months without day and year outside ``taken``, with the part of the month that is named."""
    for found in _ALONE.finditer(flat, sentence.start, sentence.end):
        place = Span(found.start("part") if found["part"] else found.start("month"), found.end())
        if not any(one.start < place.end and place.start < one.end for one in taken):
            yield place, MONTHS[found["month"].lower()], (found["part"] or "").lower()


def judge_month(
    place: Span, month: int, part: str, known: Sequence[Known], regions: Sequence[Region], before: str
) -> Answer:
    """Compare a month with the date of the commitment spoken of, else with any recorded day."""
    if _PER.search(before) and (told := _of_state(month, known)):
        return told
    told = _of_region(lambda on: on.month == month and _fits(on, part), known, regions, place.start, before)
    if told is not None:
        return told
    match = next((one for one in _meant(known, before) if one.on.month == month and _fits(one.on, part)), None)
    if match is not None:
        return verified(_("sama dengan data: %(what)s") % {"what": match.what}, match.source)
    return no_data(_("tanggal ini tidak tercatat"))


def _of_state(month: int, known: Sequence[Known]) -> Answer | None:
    """*Per akhir November*: the month of the state that is told."""
    states = [one for one in known if one.role is Role.AS_OF]
    if not states:
        return None
    words = {"what": states[0].what}
    if states[0].on.month == month:
        return verified(_("sama dengan data: %(what)s") % words, states[0].source)
    return different(_("berbeda dari data: %(what)s") % words, tanggal_hari(states[0].on), states[0].source)


def of_month(
    first: dt.date, place: Span, known: Sequence[Known], regions: Sequence[Region], before: str
) -> Answer | None:
    """Compare a month with its year; None where its sentence makes no date of a commitment of it."""
    if _AIM.search(before) and not regions:
        dates = [one for one in _meant(known, before) if (one.on.year, one.on.month) == (first.year, first.month)]
        return None if dates else no_data(_("tanggal ini tidak tercatat"))
    found = _PART_BEFORE.search(before)
    part = found["part"].lower() if found else ""
    return _of_region(
        lambda on: (on.year, on.month) == (first.year, first.month) and _fits(on, part),
        known,
        regions,
        place.start,
        before,
    )


def _of_region(
    is_same: Callable[[dt.date], bool], known: Sequence[Known], regions: Sequence[Region], place: int, before: str
) -> Answer | None:
    """Compare with the date of the nearest commitment, where the words before a month make it one."""
    if not _DUE.search(before):
        return None
    for region in nearest_first(regions, place):
        codes = {row.code for row in region.rows}
        dates = [one for one in known if one.source in codes and one.role in (Role.DUE, Role.CLOSED)]
        if match := next((one for one in dates if is_same(one.on)), None):
            return verified(_("sama dengan data: %(what)s") % {"what": match.what}, match.source)
        if dates:
            right = dates[0]
            words = _("berbeda dari data: %(what)s") % {"what": right.what}
            return different(words, tanggal_hari(right.on), right.source)
    return None


def _meant(known: Sequence[Known], before: str) -> Sequence[Known]:
    """The days a month may be the month of: not of what has been, where it is aimed at."""
    return (
        [one for one in known if one.role not in (Role.HELD, Role.SIGNED, Role.VALID)] if _AIM.search(before) else known
    )


def _fits(on: dt.date, part: str) -> bool:
    """Whether a day lies in the named part of its month."""
    first, last = _DAYS.get(part, (1, 31))
    return first <= on.day <= last
