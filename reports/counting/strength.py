"""How firmly agencies stand by one version of a commitment: recorded < agreed in the meeting < confirmed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Answer, Strength
from reports.counting.recorded import Stated

_RANK = {Strength.RECORDED: 0, Strength.IN_MEETING: 1, Strength.CONFIRMED: 2}


@dataclass(frozen=True, slots=True)
class Remark:
    """A proposal to change or an objection, printed as it was written, beside its row."""

    agency_name: str
    words: str
    text: str
    on: dt.datetime


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What the agencies of one row said to its present version.

    ``agreed`` of ``asked`` agencies stand by it. ``strength`` is that of the lead, or without a lead the
    strongest of those present other than the host: a host cannot confirm in another's name.
    """

    strength: Strength
    agreed: int
    asked: int
    is_confirmed_by_partner: bool
    words: str
    remarks: tuple[Remark, ...]


def standpoint(
    consents: Iterable[Stated], *, present_terms: int, lead: int | None, supporting: Iterable[int], host: int
) -> Standpoint:
    """Read the answers given so far (``consents`` of all versions, oldest first) as of the present version.

    Numbers are primary keys. Only the last answer of each agency to the present version counts; an earlier
    yes to other words is said in words and never counted.
    """
    consents = list(consents)
    answers = _answers(consents, present_terms)
    firm = {agency: _strength(given) for agency, given in answers.items()}
    asked = ({lead} if lead else set()) | {*supporting, *answers}
    if host != lead:
        asked.discard(host)
    partners = [lead] if lead and lead != host else [agency for agency in firm if agency != host]
    agreed = sum(1 for agency in asked if firm.get(agency, Strength.RECORDED) != Strength.RECORDED)
    stood = _stood(firm, lead=lead, host=host)
    earlier = any(
        c.terms_id != present_terms and c.agency_id == lead and c.answer == Answer.AGREED and stood == Strength.RECORDED
        for c in consents
    )
    return Standpoint(
        strength=stood,
        agreed=agreed,
        asked=len(asked),
        is_confirmed_by_partner=any(firm.get(agency) == Strength.CONFIRMED for agency in partners),
        words=_words(stood, agreed=agreed, asked=len(asked), has_earlier=earlier),
        remarks=tuple(_remark(given[-1]) for given in answers.values() if given[-1].answer != Answer.AGREED),
    )


def strength_of(consents: Iterable[Stated], *, present_terms: int, lead: int | None, host: int) -> Strength:
    """Tell the strength alone, as :func:`standpoint` does."""
    answers = _answers(consents, present_terms)
    return _stood({agency: _strength(given) for agency, given in answers.items()}, lead=lead, host=host)


def _answers(consents: Iterable[Stated], present_terms: int) -> dict[int, list[Stated]]:
    """What each agency said to the present version, oldest first."""
    answers: dict[int, list[Stated]] = {}
    for consent in consents:
        if consent.terms_id == present_terms:
            answers.setdefault(consent.agency_id, []).append(consent)
    return answers


def _stood(firm: Mapping[int, Strength], *, lead: int | None, host: int) -> Strength:
    """The lead's; without a lead the strongest of those other than the host."""
    counted = [lead] if lead else [agency for agency in firm if agency != host]
    given = (firm.get(agency, Strength.RECORDED) for agency in counted)
    return max(given, key=_RANK.__getitem__, default=Strength.RECORDED)


def _strength(given: list[Stated]) -> Strength:
    """The strongest yes, unless the last word was something else."""
    if given[-1].answer != Answer.AGREED:
        return Strength.RECORDED
    return max((Strength(c.strength) for c in given if c.answer == Answer.AGREED), key=_RANK.__getitem__)


def _strength_words(strength: Strength) -> str:
    if strength == Strength.RECORDED:
        return _("dicatat, belum dikonfirmasi")
    return _("disepakati dalam rapat") if strength == Strength.IN_MEETING else _("dikonfirmasi")


def _remark(consent: Stated) -> Remark:
    return Remark(consent.agency_name, str(Answer(consent.answer).label), consent.text, consent.at)


def _words(strength: Strength, *, agreed: int, asked: int, has_earlier: bool) -> str:
    first = _("dicatat; rumusan sebelumnya disepakati") if has_earlier else _strength_words(strength)
    if asked <= 1:
        return first
    of = ngettext("%(n)d dari %(m)d instansi menyepakati", "%(n)d dari %(m)d instansi menyepakati", asked)
    return f"{first}; {of % {'n': agreed, 'm': asked}}"
