"""*Seluruh*, *tidak ada* and *sebagian besar komitmen*, and whether as many are in the state that is told of them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.counting import quality_of, value_of
from reports.press.facts import PressFacts
from reports.press.findings import Answer, different, verified

_WHOLE = re.compile(
    r"\b(?:(?P<all>seluruh(?:nya)?|semua(?:nya)?|segenap)"
    r"|(?P<none>(?:tidak|belum|tak)[ ](?:ada|satu[ ]?pun)(?:[ ]satu[ ]?pun)?)"
    r"|(?P<most>sebagian[ ]besar|mayoritas|kebanyakan))\b",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"[ ](?:dari[ ])?(?:[\w]+[ ]){0,2}?(?:komitmen|butir|poin|janji)\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"\b(?:komitmen|butir|poin|janji)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:tidak benar|keliru|bukan|hoaks|disebut(?:kan)?|dikabarkan|diberitakan|tertulis|tersiar)"
    r"(?:[ ](?:bahwa|jika|kalau))?[ ]\Z",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"(?:[A-Z]\w*[ ]?:[ ]*)?(?P<none>(?:Tidak|Belum)[ ]ada)(?=[ ]?[.,;])")
_CLAUSE = re.compile(r"[^.;:]{0,120}")
_NOT_YET = re.compile(
    r"\b(?:akan|bakal|hendak|segera|harus|wajib|perlu|dapat|bisa|agar|supaya|untuk|jika|bila|siap"
    r"|ditargetkan|diharapkan|diupayakan|dijadwalkan|direncanakan)\b",
    re.IGNORECASE,
)


def find_wholes(flat: str, sentence: Span, facts: PressFacts, asked: str = "") -> Iterator[tuple[Span, Answer]]:
    """Words for all, none or most of the commitments, where a state they are in is told and counted.

    ``asked``: the question before, which *Tidak ada* answers.
    """
    total = facts.numbers.get("total", 0)
    answered = _ANSWERED.match(flat, sentence.start, sentence.end) if _NAMED_BEFORE.search(asked) else None
    count = value_of(quality_of(asked), facts) if answered and total else None
    if answered and count is not None:
        yield Span(*answered.span("none")), _judge("none", count, total, facts.subject)
        return
    for found in _WHOLE.finditer(flat, sentence.start, sentence.end) if total else ():
        of_what = _OF_WHAT.match(flat, found.end(), sentence.end)
        if _DENIED.search(flat[max(sentence.start, found.start() - 40) : found.start()]):
            continue  # an erratum tells what is not true
        if of_what is None and not _NAMED_BEFORE.search(flat, sentence.start, found.start()):
            continue
        begins = of_what.end() if of_what else found.end()
        told = flat[begins : _CLAUSE.match(flat, begins, sentence.end).end()]  # type: ignore[union-attr]
        quality = quality_of(told)
        count = value_of(quality, facts) if quality and not _NOT_YET.search(told) else None
        if count is not None:
            yield Span(*found.span()), _judge(str(found.lastgroup), count, total, facts.subject)


def _judge(whole: str, count: int, total: int, source: str) -> Answer:
    is_true = {"all": count == total, "none": count == 0, "most": count * 2 > total}[whole]
    if is_true:
        return verified(_("sesuai angka yang tercatat"), source)
    right = _("%(part)s dari %(whole)s") % {"part": count, "whole": total}
    return different(_("jumlah komitmen dalam keadaan ini"), right, source)
