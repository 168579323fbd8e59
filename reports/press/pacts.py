"""The kind of agreement a text speaks of: a *Nota Kesepakatan* is no *Perjanjian Kerja Sama*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.facts import PressFacts
from reports.press.findings import Answer, no_data, verified
from reports.press.posts import folded

_KINDS = re.compile(
    r"\b(?:Nota[ ]Kesepahaman|Nota[ ]Kesepakatan|Perjanjian[ ]Kerja[ ]?sama|Kesepakatan[ ]Bersama"
    r"|Memorandum[ ](?:Saling[ ]Pengertian|of[ ]Understanding)|MoU|PKS(?!-)|Surat[ ]Edaran[ ]Bersama)\b",
    re.IGNORECASE,
)
_TALKED = frozenset(("mou", "memorandum of understanding"))  # how the press says "nota"
_SHORT = {"pks": "perjanjian kerja sama"}
_BOTH = frozenset(("nota kesepahaman", "nota kesepakatan"))
_PLAIN = frozenset(("kesepakatan bersama", "perjanjian kerja sama"))  # in small letters: words of everyday


def find_pacts(flat: str, sentence: Span, facts: PressFacts, taken: Sequence[Span]) -> Iterator[tuple[Span, Answer]]:
    """Kinds of agreements named outside ``taken``, and whether the record has one of that kind."""
    if facts.pact is None:
        return
    for found in _KINDS.finditer(flat, sentence.start, sentence.end):
        place = Span(*found.span())
        is_everyday = found[0].islower() and _one_spelling(found[0]) in _PLAIN
        if not is_everyday and not any(one.start < place.end and place.start < one.end for one in taken):
            yield place, _judge(_one_spelling(found[0]), facts)


def _judge(said: str, facts: PressFacts) -> Answer:
    assert facts.pact is not None  # ``find_pacts`` asked
    kind = _one_spelling(facts.pact.kind)
    if said == kind or (said in _TALKED and kind in _BOTH):
        return verified(_("jenis kesepakatan sesuai catatan"), facts.pact.code)
    row = next((one for one in facts.rows if said in _one_spelling(one.wording)), None)
    if row is not None:
        return verified(_("sama dengan rumusan komitmen"), row.code)
    if said in _one_spelling(facts.pact.title):
        return verified(_("sama dengan judul kesepakatan"), facts.pact.code)
    return no_data(_("jenis kesepakatan yang tercatat lain"), facts.pact.kind, facts.pact.code)


def _one_spelling(words: str) -> str:
    low = folded(words).replace("kerjasama", "kerja sama")
    return _SHORT.get(low, low)
