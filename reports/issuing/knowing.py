"""What the check page knows about a code: where the document stands, its files, and the figures anybody may compare."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from commitments.status import ReportClass
from reports.models import Audience, Erratum, ErratumState, Report, ReportStatus, grouped
from reports.press.personal import kinds_in

A_DAY = 24 * 60 * 60
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the five answers. ``icon`` draws it, ``word`` says it."""

    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that belongs to a code: its digest, and what is said to the person who holds it.

    ``look`` is the notice in which it is said: good news only while the document is in force.
    """

    sha256: str
    name: str
    words: str
    look: str

    @property
    def digest(self) -> str:
        """In groups of eight, as it is printed."""
        return grouped(self.sha256)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number; ``present`` is what an issued erratum puts in its place, None when none does."""

    label: str
    printed: int
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """Who issued a report about what, in the words that it was printed with: agencies are renamed."""

    issuer: str
    kind: str
    signed_on: dt.date


def title_of(report: Report) -> Title:
    """Read from the snapshot what stands on the paper; what a snapshot does not tell is told as it is now."""
    issuer, pact = _part(report.snapshot, "issuer"), _part(report.snapshot, "agreement")
    signed_on = pact.get("signed_on")
    return Title(
        issuer=issuer.get("name", report.issuer.name),
        kind=pact.get("kind", report.agreement.get_kind_display()),
        signed_on=dt.date.fromisoformat(signed_on) if signed_on else report.agreement.signed_on,
    )


def _part(snapshot: str, name: str) -> dict[str, Any]:
    """One object of a snapshot by its name, without reading the thousands of rows beside it.

    Quotation marks of what was typed are escaped, so the name with its marks stands nowhere but at the object.
    """
    start = snapshot.find(f'"{name}":{{')
    found: dict[str, Any] = _DECODER.raw_decode(snapshot, start + len(name) + 3)[0] if start >= 0 else {}
    return found


def standing_of(report: Report | None) -> Standing:
    """Where a document stands, in the words of the check page."""
    if report is None:
        return Standing("unknown", _("Tidak dikenal"))
    if report.status == ReportStatus.WITHDRAWN:
        return Standing("withdrawn", _("Ditarik"))
    if not report.is_published:
        return Standing("draft", _("Draf, belum diterbitkan"))
    if report.replaced_by_id is not None:
        return Standing("replaced", _("Sudah digantikan"))
    return Standing("valid", _("Tercatat dan berlaku"))


def newest_of(report: Report) -> Report | None:
    """The last revision that took the place of a report; None when none did."""
    newest = report
    while newest.replaced_by is not None:
        newest = newest.replaced_by
    return None if newest == report else newest


def issued_errata(report: Report) -> list[Erratum]:
    """The errata that were issued to a report, in their order."""
    issued = report.errata.filter(state=ErratumState.ISSUED).select_related("report").order_by("n")
    return list(issued) if report.was_issued else []


def may_be_fetched(erratum: Erratum) -> bool:
    """Whether anybody may have an erratum: it was issued to a report for the public, and its note names nobody.

    The sheet of such a report names no row; what people wrote under it is read once more.
    """
    report = erratum.report
    is_out = erratum.state == ErratumState.ISSUED and bool(erratum.pdf) and report.was_issued
    return is_out and report.audience == Audience.PUBLIC and not kinds_in(erratum.note)


def known_files(report: Report) -> list[KnownFile]:
    """Every file under a code, the issued one first."""
    look = "success" if standing_of(report).icon == "valid" else "info"
    files = [
        KnownFile(report.pdf_sha256, _("berkas PDF"), _("Sama dengan berkas yang diterbitkan."), look),
        KnownFile(report.archive_pdf_sha256, _("berkas arsip"), _("Sama dengan berkas arsip (PDF/A)."), look),
        KnownFile(
            report.signed_scan_sha256,
            _("pindaian bertanda tangan"),
            _("Sama dengan pindaian bertanda tangan yang tercatat."),
            look,
        ),
    ]
    for erratum in issued_errata(report):
        name = _("Lembar Ralat %(n)d") % {"n": erratum.n}
        files.append(KnownFile(erratum.pdf_sha256, name, _("Sama dengan %(name)s.") % {"name": name}, look))
    words = _("Sama dengan berkas draf, bukan yang terbit.")
    draft = KnownFile(_digest_of(report.draft_pdf), _("berkas draf"), words, "warning")
    return [file for file in [*files, draft] if file.sha256]


def public_figures(report: Report) -> list[Figure]:
    """Total and classes of a report for the public, to be compared with the paper; none of an internal one."""
    if report.audience != Audience.PUBLIC or not report.was_issued:
        return []
    totals = json.loads(report.snapshot)["totals"]
    present = _corrected(report)
    figures = [Figure(_("Jumlah komitmen"), totals["total"], present.get("total"))]
    for one, counted in zip(ReportClass, totals["classes"], strict=True):
        figures.append(Figure(str(one.label), counted["count"], present.get(f"class-{one}")))
    return figures


def _corrected(report: Report) -> dict[str, int]:
    """What the last issued erratum puts otherwise than it was printed, by name of the figure."""
    errata = issued_errata(report)
    figures = json.loads(errata[-1].items)["figures"] if errata else []
    return {one["figure"]: one["present"] for one in figures if one["present"] != one["issued"]}


def _digest_of(file: FieldFile) -> str:
    """SHA-256 of a stored file that never changes; empty when there is none."""
    if not file:
        return ""
    key = f"digest:{file.name}"
    digest: str = cache.get(key, "")
    if not digest:
        try:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return ""
        cache.set(key, digest, A_DAY)
    return digest
