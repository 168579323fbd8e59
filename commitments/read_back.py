"""A commitment as a sentence that is read aloud at the end of a meeting: who will do what, and by when.

What is missing is said in the sentence. The words of the commitment stay as they are; only its first letter
gives way to the sentence.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from commitments.models import Commitment
from config.templatetags.waktu import angka, tanggal_hari

_VERB = re.compile(r"(?:mem|men|mel|mer|mew|mey|ber)[a-z]{2,}")
_NO_VERBS = {
    "memo", "memorandum", "memori", "menteri", "mentor", "mentoring", "menu", "menara", "mental", "merek",
    "berita", "berkas", "bersama", "berbagai", "berkala", "melalui", "menurut", "mengenai",
}  # fmt: skip
_WORK = re.compile(r"(?:pe|ke)[a-z]+an|[a-z]+(?:si|ing|gi)|[a-z]+(?<!k)an|rapat|survei|audit|kajian")


def sentence_of(commitment: Commitment) -> str:
    """The sentence of a commitment whose ``lead`` and ``contributions__agency`` are loaded."""
    supporting = [row.agency.short_name for row in commitment.contributions.all()]
    lead = commitment.lead.short_name if commitment.lead else ""
    names = (commitment.lead.name, commitment.lead.short_name) if commitment.lead else ()
    person = f" ({commitment.person_text})" if commitment.person_text and lead else ""
    work = _with_target(_bare(commitment.wording), commitment)
    said = _promise(work, lead + person, names) if lead else work[:1].upper() + work[1:]
    if supporting:
        said += _(", didukung %(agencies)s,") % {"agencies": _listed(supporting)}
    if commitment.due_on is not None:
        words = _("tenggat %(day)s") if "paling lambat" in work.casefold() else _("paling lambat %(day)s")
        said += f" {words % {'day': tanggal_hari(commitment.due_on)}}"
    gaps = []
    if not lead:
        gaps.append(_("penanggung jawab belum ditetapkan"))
    if commitment.due_on is None:
        gaps.append(_("tenggat belum ditetapkan"))
    said = said.rstrip(",")
    return f"{said}; {', '.join(gaps)}." if gaps else f"{said}."


def _promise(work: str, lead: str, names: Sequence[str]) -> str:
    """Lead and work in one sentence, by what the words of the work begin with."""
    first = work.split(maxsplit=1)[0].casefold() if work else ""
    if any(work.casefold().startswith(f"{name.casefold()} ") for name in names):
        return work
    if first == "akan":
        return f"{lead} {_lowered(work)}"
    if " akan " in f" {work.casefold()} ":
        return _("%(lead)s bertanggung jawab: %(work)s") % {"lead": lead, "work": work}
    if _VERB.fullmatch(first) and first not in _NO_VERBS:
        return _("%(lead)s akan %(work)s") % {"lead": lead, "work": _lowered(work)}
    if _WORK.fullmatch(first):
        return _("%(lead)s akan melaksanakan %(work)s") % {"lead": lead, "work": _lowered(work)}
    return _("%(lead)s akan melaksanakan: %(work)s") % {"lead": lead, "work": work}


def _with_target(work: str, commitment: Commitment) -> str:
    if commitment.target is None:
        return work
    amount = f"{angka(commitment.target)} {commitment.unit}".strip()
    return _("%(work)s sebanyak %(amount)s") % {"work": work, "amount": amount}


def _bare(wording: str) -> str:
    """The words on one line, without the full stop that ends them."""
    return " ".join(wording.split()).rstrip(" .;,")


def _lowered(work: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    first = work.partition(" ")[0]
    return work[:1].lower() + work[1:] if first[1:].islower() else work


def _listed(names: Sequence[str]) -> str:
    """``A``, ``A dan B``, ``A, B, dan C``."""
    if len(names) == 1:
        return names[0]
    words = _("%(first)s, dan %(last)s") if len(names) > 2 else _("%(first)s dan %(last)s")
    return words % {"first": ", ".join(names[:-1]), "last": names[-1]}
