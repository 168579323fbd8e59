"""The parts of a full report in their order: our own, or the chapters that offices have always used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.models import Audience
from reports.options import SECTION_WORDS, Layout, ReportOptions, Section

OPEN_TO_ALL = frozenset({Section.SCOPE, Section.TREND, Section.PHOTOS, Section.ANNEX_D})
"""Sections of the public version: they count, and none tells what one commitment says."""
WITH_ROWS = frozenset(
    {Section.CHANGES, Section.OVERDUE, Section.DONE, Section.TREND, Section.AGENDA, Section.ANNEX_A, Section.ANNEX_B}
)
"""Sections that have nothing to say while there is no commitment."""
ON_NEW_PAGE = frozenset({Section.CHANGES, Section.PHOTOS, Section.ANNEX_A, Section.ANNEX_B})
ANNEXES = (Section.ANNEX_A, Section.ANNEX_B, Section.ANNEX_C, Section.ANNEX_D)
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Part:
    """One part under its heading. ``name`` is its template, empty for a mere chapter; ``level`` of the heading: 2 or 3.

    ``starts_page``: it begins on a new page.
    """

    name: str
    title: str
    level: int = 2
    starts_page: bool = False

    @property
    def template(self) -> str:
        """Path of the body."""
        return f"reports/pdf/{self.name}.html"

    @property
    def css(self) -> str:
        """Class of the element around it: ``annex-a``."""
        return self.name.replace("_", "-")

    @property
    def is_annex(self) -> bool:
        """Whether it stands behind the signatures."""
        return self.name.startswith("annex_")

    @property
    def inner(self) -> int:
        """Level of the headings inside."""
        return self.level + 1


def outline(snapshot: dict[str, Any], options: ReportOptions) -> list[Part]:
    """The parts that are printed: chosen, fit for the audience, and with something to say."""
    shown = {section for section in Section if _is_shown(section, snapshot, options)}
    body = _conventional(shown, snapshot) if options.layout == Layout.CONVENTIONAL else _modern(shown, snapshot)
    return [*body, *(_section(annex, title=_annex_title(annex)) for annex in ANNEXES if annex in shown)]


def _is_shown(section: Section, snapshot: dict[str, Any], options: ReportOptions) -> bool:
    if not options.has(section) or (section in WITH_ROWS and not snapshot["totals"]["total"]):
        return False
    if snapshot.get("audience") == Audience.PUBLIC and section not in OPEN_TO_ALL:
        return False
    held = {Section.CHANGES: "changes", Section.TREND: "trend", Section.PHOTOS: "photos"}
    return section not in held or bool(snapshot.get(held[section]))


def _modern(shown: set[Section], snapshot: dict[str, Any]) -> list[Part]:
    parts = [
        Part("summary", _("Ringkasan")),
        *_sections(shown, Section.CHANGES),
        Part("basis", _("Dasar dan cakupan"), starts_page=Section.CHANGES not in shown),
        *_sections(shown, Section.SCOPE),
        *_leads(snapshot),
        *_sections(shown, Section.MATRIX, Section.OVERDUE, Section.DONE, Section.TREND, Section.AGENDA, Section.PHOTOS),
        Part("approval", _("Pengesahan")),
    ]
    return [
        Part(part.name, f"{number}. {part.title}", part.level, part.starts_page)
        for number, part in enumerate(parts, start=1)
    ]


def _conventional(shown: set[Section], snapshot: dict[str, Any]) -> list[Part]:
    chapters: list[tuple[str, list[Part]]] = [
        (
            _("BAB I Pendahuluan"),
            [
                Part("basis_agreement", _("Dasar")),
                Part("purpose", _("Maksud dan tujuan")),
                Part("basis_counted", _("Ruang lingkup laporan")),
            ],
        ),
        (
            _("BAB II Pelaksanaan"),
            [
                Part("basis_meetings", _("Pertemuan pada periode ini")),
                *_sections(shown, Section.CHANGES, Section.PHOTOS),
            ],
        ),
        (
            _("BAB III Hasil"),
            [
                Part("summary", _("Ringkasan")),
                *_sections(shown, Section.SCOPE),
                *_leads(snapshot),
                *_sections(shown, Section.MATRIX, Section.DONE, Section.TREND),
            ],
        ),
        (
            _("BAB IV Kendala dan tindak lanjut"),
            [
                *_sections(shown, Section.OVERDUE),
                Part("gaps", _("Yang belum lengkap")),
                *_sections(shown, Section.AGENDA),
            ],
        ),
        (_("BAB V Penutup"), [Part("closing", _("Penutup")), Part("approval", _("Pengesahan"))]),
    ]
    return [part for n, (title, parts) in enumerate(chapters) for part in _chapter(title, parts, starts_page=n > 0)]


def _chapter(title: str, parts: Sequence[Part], *, starts_page: bool) -> list[Part]:
    """A chapter, its parts lettered."""
    lettered = [Part(part.name, f"{letter}. {part.title}", 3) for letter, part in zip(LETTERS, parts, strict=False)]
    return [Part("", title, starts_page=starts_page), *lettered]


def _leads(snapshot: dict[str, Any]) -> list[Part]:
    """The public version names agencies that agreed; the internal one has them in its rows."""
    is_public = snapshot.get("audience") == Audience.PUBLIC
    return [Part("leads", _("Instansi penanggung jawab"))] if is_public and snapshot["leads"] else []


def _sections(shown: set[Section], *sections: Section) -> list[Part]:
    return [_section(one) for one in sections if one in shown]


def _section(section: Section, *, title: str = "") -> Part:
    return Part(section.lower(), title or str(SECTION_WORDS[section]), starts_page=section in ON_NEW_PAGE)


def _annex_title(annex: Section) -> str:
    """``Lampiran A. Keterlacakan ruang lingkup``."""
    head, _colon, words = str(SECTION_WORDS[annex]).partition(": ")
    return f"{head}. {words[:1].upper()}{words[1:]}"
