"""A number in its sentence: the words around it, and its part in *n dari m* and in *n dari m, atau p persen*."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from commitments.reading.spans import Span
from reports.press.numbers import Number, find_numbers, is_part_of

_FULL_STOP = re.compile(r"[.,;:(|]")
_SHARE = re.compile(
    r"[^.;]{0,90}?(?:\b(?:atau|setara|artinya|berarti|sama dengan|yakni|yaitu|sekitar|mencapai|capaian(?:nya)?)[ ]"
    r"(?:\w+[ ]){0,3}|[(=][ ]?)",
    re.IGNORECASE,
)
_SHARE_FIRST = re.compile(
    r"[ ]?(?:(?:dari[ ])?(?:total[ ]|seluruh[ ])?(?:komitmen|target|sasaran|butir)[ ]?)?"
    r"(?:,?[ ]?\(|,?[ ](?:atau|yakni|yaitu|setara)[ ](?:\w+[ ]){0,2}|[:=][ ]?)",
    re.IGNORECASE,
)  # "37,5 persen komitmen, yakni 3 dari 8"
_AT_ONCE = re.compile(r",?[ ]?(?:\(|(?:atau|setara|artinya|berarti)\b)", re.IGNORECASE)
_OF = re.compile(r"[ ]dari[ ](?:total[ ]|seluruh[ ])?", re.IGNORECASE)
_OPENING = 160
_AROUND = 70  # characters on either side that tell what a number counts


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the words after and before it.

    ``after`` ends with its clause, ``rest`` goes on to the next number or the end of the sentence, ``further`` to
    its end whatever stands there. ``pair``: both numbers of *n dari m*; of a percentage the pair it gives the share of.
    ``asked``: the question that the sentence answers. ``led_by``: what stands before a number, or before its pair.
    ``opening``: its sentence up to it.
    """

    number: Number
    after: str
    before: str
    rest: str = ""
    is_part: bool = False
    is_whole: bool = False
    further: str = ""
    pair: tuple[Decimal, Decimal] | None = None
    asked: str = ""
    led_by: str = ""
    opening: str = ""


def count_in(flat: str, sentence: Span, taken: Sequence[Span], asked: str = "") -> list[Counted]:
    """The numbers of a sentence with the words around them."""
    numbers = find_numbers(flat, sentence, taken)
    pairs = [is_part_of(flat, one, other) for one, other in zip(numbers, numbers[1:], strict=False)]
    places = range(len(numbers))
    return [replace(_counted(flat, sentence, numbers, [False, *pairs, False], one), asked=asked) for one in places]


def _counted(flat: str, sentence: Span, numbers: Sequence[Number], pairs: Sequence[bool], place: int) -> Counted:
    """``pairs[n]`` tells whether the numbers before and at ``n`` are *n dari m*."""
    number, is_whole, is_part = numbers[place], pairs[place], pairs[place + 1]
    last = place + 1 if is_part else place  # "3 dari 12 komitmen selesai"
    begins = numbers[last].span.end
    if (is_part or is_whole) and last + 1 < len(numbers) and _gives_share(flat, numbers[last], numbers[last + 1]):
        last += 1  # "3 dari 12, atau 25 persen, komitmen selesai"
        begins = numbers[last].span.end if _AT_ONCE.match(flat, begins) else begins
    end = sentence.end if last + 1 == len(numbers) else numbers[last + 1].span.start
    rest = flat[begins : min(end, begins + _AROUND)]
    pair = None
    if place and _is_share_between(flat, numbers, place):
        pair = numbers[place - 1].value, numbers[place + 1].value
    elif is_part:
        pair = _pair(number, numbers[place + 1])
    elif is_whole:
        pair = _pair(numbers[place - 1], number)
    elif _is_share_of_next(flat, numbers, pairs, place):
        pair = numbers[place + 1].value, numbers[place + 2].value
    elif place > 1 and pairs[place - 1] and _gives_share(flat, numbers[place - 1], number):
        pair = numbers[place - 2].value, numbers[place - 1].value
    further, before = flat[begins : sentence.end], _before(flat, sentence, numbers, place)
    led_by = _before(flat, sentence, numbers, place - 1) if is_whole else before
    opening = flat[max(sentence.start, number.span.start - _OPENING) : number.span.start]
    return Counted(
        number, _clause(rest), before, rest, is_part, is_whole, further, pair, led_by=led_by, opening=opening
    )


def _pair(part: Number, whole: Number) -> tuple[Decimal, Decimal] | None:
    """Both numbers of *n dari m*; none of *sepertiga dari m*."""
    return None if part.is_percent else (part.value, whole.value)


def _before(flat: str, sentence: Span, numbers: Sequence[Number], place: int) -> str:
    """The words between a number and the one before it, or the beginning of the sentence."""
    number = numbers[place]
    start = max(numbers[place - 1].span.end if place else sentence.start, number.span.start - _AROUND)
    return flat[start : number.span.start]


def _is_share_between(flat: str, numbers: Sequence[Number], place: int) -> bool:
    """*26 desa atau 81 persen dari 32 desa*: whether the number at ``place`` is that share."""
    if place + 1 >= len(numbers) or not _gives_share(flat, numbers[place - 1], numbers[place]):
        return False
    return _OF.fullmatch(flat, numbers[place].span.end, numbers[place + 1].span.start) is not None


def _is_share_of_next(flat: str, numbers: Sequence[Number], pairs: Sequence[bool], place: int) -> bool:
    """*37,5 persen komitmen, yakni 3 dari 8*: whether the number at ``place`` is that share."""
    if place + 2 >= len(numbers) or not numbers[place].is_percent or not pairs[place + 2]:
        return False
    return _SHARE_FIRST.fullmatch(flat, numbers[place].span.end, numbers[place + 1].span.start) is not None


def _gives_share(flat: str, whole: Number, percent: Number) -> bool:
    """Whether a percentage is said to be the share of the pair before it."""
    between = flat[whole.span.end : percent.span.start]
    return percent.is_percent and len(between) <= 140 and _SHARE.fullmatch(between) is not None


def _clause(words: str) -> str:
    stop = _FULL_STOP.search(words)
    return words[: stop.start()] if stop else words
