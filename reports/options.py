"""What a person chooses before a report is made; stored with it, so that the same report can be made again."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from agencies.models import Paper

MOST_SIGNATORIES = 3


class Form(StrEnum):
    """The whole report, or one page for the head of the office."""

    FULL = "FULL"
    ONE_PAGE = "ONE_PAGE"


class Layout(StrEnum):
    """Our own order, or the chapters that offices have always used (*susunan bab konvensional*)."""

    MODERN = "MODERN"
    CONVENTIONAL = "CONVENTIONAL"


class Section(StrEnum):
    """Parts of the full report in their printed order; summary, basis and approval are always there."""

    CHANGES = "CHANGES"
    SCOPE = "SCOPE"
    MATRIX = "MATRIX"
    OVERDUE = "OVERDUE"
    DONE = "DONE"
    TREND = "TREND"
    AGENDA = "AGENDA"
    PHOTOS = "PHOTOS"
    ANNEX_A = "ANNEX_A"
    ANNEX_B = "ANNEX_B"
    ANNEX_C = "ANNEX_C"
    ANNEX_D = "ANNEX_D"


SECTION_WORDS = {
    Section.CHANGES: _("Perubahan sejak laporan sebelumnya"),
    Section.SCOPE: _("Kemajuan per ruang lingkup"),
    Section.MATRIX: _("Matriks komitmen"),
    Section.OVERDUE: _("Melewati tenggat dan terkendala"),
    Section.DONE: _("Selesai pada periode ini"),
    Section.TREND: _("Tren dan umur keterlambatan"),
    Section.AGENDA: _("Agenda 30 hari berikut"),
    Section.PHOTOS: _("Dokumentasi"),
    Section.ANNEX_A: _("Lampiran A: keterlacakan ruang lingkup"),
    Section.ANNEX_B: _("Lampiran B: riwayat perubahan tenggat"),
    Section.ANNEX_C: _("Lampiran C: pertemuan dan instansi hadir"),
    Section.ANNEX_D: _("Lampiran D: metode dan definisi"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class ReportOptions:
    """``agencies`` (codes) and ``region`` narrow the rows by their lead; empty means all.

    ``signatories`` are posts, at most :data:`MOST_SIGNATORIES`, the issuer's own first; ``left_out`` names
    photos that are not printed, by the consent (primary key) under which they would be. ``is_public`` keeps out
    all but totals, scope items and the rows of agencies that agreed.
    """

    form: Form = Form.FULL
    layout: Layout = Layout.MODERN
    sections: tuple[Section, ...] = tuple(Section)
    agencies: tuple[str, ...] = ()
    region: str = ""
    paper: Paper = Paper.A4
    signatories: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()
    is_public: bool = False

    def has(self, section: Section) -> bool:
        """Whether a part is printed."""
        return section in self.sections

    def to_json(self) -> dict[str, Any]:
        """As it is stored; lists instead of tuples."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote; what is missing (older reports) is the default. ValueError on nonsense."""
        given = {field.name: stored[field.name] for field in dataclasses.fields(cls) if field.name in stored}
        readers = {"form": Form, "layout": Layout, "paper": Paper}
        for name, read in readers.items():
            if name in given:
                given[name] = read(given[name])
        if "sections" in given:
            given["sections"] = tuple(Section(one) for one in given["sections"])
        for name in ("agencies", "signatories", "left_out"):
            if name in given:
                given[name] = tuple(given[name])
        return cls(**given)


USUAL = ReportOptions()
"""What is made when nobody chose anything."""
