"""What the checker says about the words of a text: shapes only."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from commitments.reading.spans import Span


class Kind(StrEnum):
    """What is compared with the facts."""

    NUMBER = "NUMBER"
    DATE = "DATE"
    AGENCY = "AGENCY"
    POST = "POST"
    TENSE = "TENSE"
    QUOTE = "QUOTE"
    PACT = "PACT"
    PLACE = "PLACE"
    MEETING = "MEETING"


class Verdict(StrEnum):
    """How it compares."""

    VERIFIED = "VERIFIED"
    DIFFERENT = "DIFFERENT"
    NO_DATA = "NO_DATA"


KIND_WORDS = {
    Kind.NUMBER: _("angka"),
    Kind.DATE: _("tanggal"),
    Kind.AGENCY: _("instansi"),
    Kind.POST: _("jabatan"),
    Kind.TENSE: _("telah/akan"),
    Kind.QUOTE: _("kutipan"),
    Kind.PACT: _("kesepakatan"),
    Kind.PLACE: _("tempat"),
    Kind.MEETING: _("jenis pertemuan"),
}
VERDICT_WORDS = {
    Verdict.VERIFIED: _("terverifikasi"),
    Verdict.DIFFERENT: _("berbeda"),
    Verdict.NO_DATA: _("tidak ada data"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on one thing, with the reason, the recorded value where it differs, and the codes behind it."""

    verdict: Verdict
    reason: str
    right: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer about a stretch of the text."""

    span: Span
    kind: Kind
    answer: Answer

    @property
    def kind_words(self) -> str:
        """``angka``, ``tanggal``, ..."""
        return str(KIND_WORDS[self.kind])

    @property
    def verdict_words(self) -> str:
        """``terverifikasi``, ``berbeda`` or ``tidak ada data``."""
        return str(VERDICT_WORDS[self.answer.verdict])


def verified(reason: str, *sources: str) -> Answer:
    """As recorded."""
    return Answer(Verdict.VERIFIED, reason, sources=tuple(dict.fromkeys(filter(None, sources))))


def different(reason: str, right: str, *sources: str) -> Answer:
    """Recorded otherwise."""
    return Answer(Verdict.DIFFERENT, reason, right, tuple(dict.fromkeys(filter(None, sources))))


def no_data(reason: str, right: str = "", *sources: str) -> Answer:
    """Nothing recorded to compare with; ``right`` may name what is recorded nearby."""
    return Answer(Verdict.NO_DATA, reason, right, tuple(dict.fromkeys(filter(None, sources))))
