"""Amounts of one commitment in a text: its target, what was realised, what is left, and its wording's own numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from commitments.status import Status
from config.templatetags.waktu import angka
from reports.press.counted import Counted
from reports.press.facts import Row
from reports.press.findings import Answer, different, no_data, verified
from reports.press.linking import Region
from reports.press.numbers import find_numbers

_REALISED = re.compile(r"\b(?:telah|sudah|realisasi|terealisasi|tercapai|mencapai|capaian|baru|terlaksana)\b", re.I)
_TARGET = re.compile(r"\b(?:target|ditargetkan|menargetkan|akan|sasaran)\b", re.IGNORECASE)
_LEFT_BEFORE = re.compile(
    r"\b(?:sisa(?:nya)?|tersisa|kurang|tinggal|menyisakan|masih ada|masih terdapat)[ ]\Z", re.IGNORECASE
)
_LEFT_AFTER = re.compile(
    r"[ ]*(?:(?!tetapi|namun|tapi|meski|dan\b)[\w-]+[ ]){0,4}?(?:(?:masih|yang)[ ])*"
    r"(?:belum(?![ ](?:di|ter)(?:verifikasi|konfirmasi))|tersisa|lagi)\b",
    re.IGNORECASE,
)
_COUNTS_ROWS = re.compile(
    r"[ ]*(?:komitmen|butir|poin|instansi|langkah|pertemuan|lagi[ ](?:yang[ ])?(?:menunggu|ter[a-z]+|masih|sedang))\b",
    re.IGNORECASE,
)
_ALIKE = {"keluarga": ("keluarga", "kk", "kepala keluarga"), "kk": ("kk", "keluarga", "kepala keluarga")}
_NEXT_WORD = re.compile(r"[ ]*([A-Za-z][\w-]*)")


def judge_amount(counted: Counted, rows: Sequence[Row], every: Sequence[Row]) -> Answer | None:
    """Compare a number with the amounts of the commitments spoken of (``rows``), else of any; None: it is no amount."""
    if counted.number.is_percent:
        return None
    return (
        _of_left(counted, rows, every)
        or _of_unit(counted, rows)
        or _of_pair(counted, rows, every)
        or _any(counted, every)
    )


def _follows(row: Row, counted: Counted) -> bool:
    """Whether the unit of a commitment stands behind a number."""
    after = counted.after.strip().lower()
    return bool(row.unit) and any(after.startswith(unit) for unit in _ALIKE.get(row.unit.lower(), (row.unit.lower(),)))


def _same(row: Row) -> Answer:
    return verified(_("sama dengan target atau realisasi yang tercatat"), row.code)


def _other(row: Row, right: Decimal) -> Answer:
    return different(_("berbeda dari target atau realisasi"), f"{angka(right)} {row.unit}".strip(), row.code)


def _of_left(counted: Counted, rows: Sequence[Row], every: Sequence[Row]) -> Answer | None:
    """What is still missing: *18 sekolah belum terjangkau*, *tersisa 6 desa*."""
    is_left = _LEFT_BEFORE.search(counted.before) or _LEFT_AFTER.match(counted.after)
    if not is_left or _COUNTS_ROWS.match(counted.after) or counted.is_whole:
        return None
    measured = [row for row in rows if row.realised and row.target] or _measured_in(counted, every)
    row = next((one for one in measured if _follows(one, counted)), next(iter(measured), None))
    if row is None:
        return None
    left = Decimal(row.target) - Decimal(row.realised)
    return _same(row) if counted.number.agrees(left) else _other(row, left)


def _measured_in(unit: Counted, every: Sequence[Row]) -> list[Row]:
    """The one commitment that measures in the unit behind a number; none where several do."""
    found = [row for row in every if row.realised and row.target and _follows(row, unit)]
    return found if len(found) == 1 else []


def _of_unit(counted: Counted, rows: Sequence[Row]) -> Answer | None:
    """Compare with target or realisation of the commitment spoken of, when its unit follows the number."""
    row = next((one for one in rows if _follows(one, counted)), None)
    if row is None:
        return None
    if counted.is_part and not counted.number.value and not row.realised:
        return _same(row) if row.status == Status.NOT_STARTED else None
    both = [value for value in (row.realised, row.target) if value]
    if counted.is_part or (_REALISED.search(counted.before) and not counted.is_whole):
        both = [row.realised] if row.realised else both
    elif counted.is_whole or _TARGET.search(counted.before):
        both = [row.target] if row.target else both
    if not both:
        return no_data(_("target dan realisasi belum tercatat"), "", row.code)
    if any(counted.number.agrees(Decimal(value)) for value in both):
        return _same(row)
    return _other(row, Decimal(both[0]))


def _of_pair(counted: Counted, rows: Sequence[Row], every: Sequence[Row]) -> Answer | None:
    """*5 dari 9* beside a commitment that measures, whatever its unit is called there."""
    if counted.pair is None or _COUNTS_ROWS.match(counted.after):
        return None
    measured = [row for row in (*rows, *every) if row.realised and row.target]
    equal = next((row for row in measured if (Decimal(row.realised), Decimal(row.target)) == counted.pair), None)
    if equal is not None:
        return _same(equal)
    row = next((one for one in rows if one.realised and one.target), None)
    if row is None:
        return None
    right = Decimal(row.realised if counted.is_part else row.target)
    return _same(row) if counted.number.agrees(right) else _other(row, right)


def _any(counted: Counted, every: Sequence[Row]) -> Answer | None:
    """The target or realisation of any commitment in this unit; where none is equal, nothing is known."""
    for row in (row for row in every if _follows(row, counted)):
        if any(counted.number.agrees(Decimal(value)) for value in (row.realised, row.target) if value):
            return _same(row)
    return None


def in_another_unit(counted: Counted, rows: Sequence[Row]) -> Answer | None:
    """Compare with the amounts of the commitment spoken of, though in another unit: *120 peserta*, not *kader*."""
    row = next((one for one in rows if one.target or one.realised), None)
    if row is None or counted.number.is_percent:
        return None
    values = [Decimal(value) for value in (row.realised, row.target) if value]
    if any(map(counted.number.agrees, values)):
        words = _("sama dengan target atau realisasi, yang satuannya tercatat %(unit)s") % {"unit": row.unit}
        return verified(words, row.code) if row.unit else _same(row)
    recorded = f"{angka(values[0])} {row.unit}".strip()
    return no_data(_("tidak ada angka tercatat yang dapat dibandingkan"), recorded, row.code)


def in_wording(counted: Counted, regions: Sequence[Region], flat: str) -> Answer | None:
    """Compare a number inside the words of a commitment with the number its wording has before the same noun."""
    place = counted.number.span.start
    region = next((one for one in regions if one.span.start <= place < one.span.end + 2), None)
    following = _NEXT_WORD.match(flat, counted.number.span.end)
    if region is None or following is None:
        return None
    for row in region.rows:
        for number in find_numbers(row.wording, Span(0, len(row.wording))):
            noun = _NEXT_WORD.match(row.wording, number.span.end)
            if noun and noun[1].lower() == following[1].lower():
                if number.value == counted.number.value:
                    return verified(_("sama dengan rumusan komitmen"), row.code)
                return different(_("berbeda dari rumusan komitmen"), angka(number.value), row.code)
    return None
