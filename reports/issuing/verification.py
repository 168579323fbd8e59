"""Whether a report is what it says it is: pure questions about bytes, with an answer for each.

Nothing here asks the database. What is asked comes from a bundle (:mod:`reports.issuing.bundle`) or from whoever calls.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from agencies.audit import row_hash, sha256
from agencies.models import Event
from config.sandbox import Limits, Stopped, run_apart
from reports.counting.tracing import traces

CHILD = Path(__file__).with_name("printed_child.py")
LIMITS = Limits(seconds=120, megabytes=1024)
INSTANTS = ("at", "recorded_at")


class Outcome(StrEnum):
    """How a question was answered."""

    GOOD = "sesuai"
    WRONG = "berbeda"
    SKIPPED = "tidak diperiksa"


@dataclass(frozen=True, slots=True)
class Finding:
    """One question and its answer; ``words`` names what is wrong, or says what was looked at."""

    name: str
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence named by a snapshot. ``content`` reads the file; it gives None when it was not handed over."""

    label: str
    sha256: str
    content: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF prints about itself."""

    digests: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What is said about a report. ``files``: digest of each known PDF by its name; ``events``: of its trail.

    ``links``: the chain of the trail from the printed head to the making of the report, without its contents.
    """

    snapshot: str
    snapshot_sha256: str
    files: Mapping[str, str]
    proofs: tuple[Proof, ...] = ()
    events: tuple[Mapping[str, Any], ...] = ()
    links: tuple[Mapping[str, Any], ...] = field(default=())


class NoPdf(Exception):
    """The file cannot be read as a PDF."""


def read_printed(pdf: bytes) -> Printed:
    """Digests and codes a PDF prints, read in a child process. Raises :class:`NoPdf`."""
    try:
        answer = json.loads(run_apart(CHILD, pdf, LIMITS))
    except Stopped as stopped:
        raise NoPdf(stopped.why.name) from stopped
    return Printed(tuple(answer["digests"]), tuple(answer["codes"]))


def examine(pdf: bytes, printed: Printed, claims: Claims) -> Iterator[Finding]:
    """Ask everything that can be asked without a database, cheapest first."""
    yield _of_file(pdf, claims)
    yield _of_snapshot(printed, claims)
    yield _of_figures(claims)
    yield from _of_proofs(claims)
    yield _of_events(claims)


def _of_file(pdf: bytes, claims: Claims) -> Finding:
    digest = hashlib.sha256(pdf).hexdigest()
    name = next((name for name, known in claims.files.items() if known == digest), "")
    if name:
        return Finding(_("Berkas PDF"), Outcome.GOOD, name)
    return Finding(_("Berkas PDF"), Outcome.WRONG, _("SHA-256 %(digest)s tidak tercatat") % {"digest": digest})


def _of_snapshot(printed: Printed, claims: Claims) -> Finding:
    name, digest = _("Data laporan"), sha256(claims.snapshot)
    if digest != claims.snapshot_sha256:
        return Finding(name, Outcome.WRONG, _("data laporan berubah sejak dibekukan"))
    if digest not in printed.digests:
        return Finding(name, Outcome.WRONG, _("SHA-256 yang tercetak di PDF bukan milik data ini"))
    return Finding(name, Outcome.GOOD, digest)


def _of_figures(claims: Claims) -> Finding:
    """Every printed number against the rows that make it."""
    name, counted = _("Angka"), 0
    for figure, trace in traces(json.loads(claims.snapshot)):
        if not trace.has_rows or trace.is_partial:
            continue
        counted += 1
        if trace.value != trace.printed:
            words = _("%(label)s (%(figure)s): tercetak %(printed)d, menurut barisnya %(value)d")
            facts = {"label": trace.label, "figure": figure, "printed": trace.printed, "value": trace.value}
            return Finding(name, Outcome.WRONG, words % facts)
    if not counted:
        return Finding(name, Outcome.SKIPPED, _("laporan publik tidak memuat semua baris"))
    return Finding(name, Outcome.GOOD, _("%(n)d angka dihitung ulang dari barisnya") % {"n": counted})


def _of_proofs(claims: Claims) -> Iterator[Finding]:
    """Each file of evidence that was handed over; the rest is only counted."""
    name, good, missing = _("Bukti dukung"), 0, 0
    for proof in claims.proofs:
        content = proof.content()
        if content is None:
            missing += 1
        elif hashlib.sha256(content).hexdigest() != proof.sha256:
            yield Finding(name, Outcome.WRONG, _("%(label)s: isi berkas berubah") % {"label": proof.label})
        else:
            good += 1
    if good or not claims.proofs:
        yield Finding(name, Outcome.GOOD, _("%(n)d berkas cocok") % {"n": good})
    if missing:
        yield Finding(name, Outcome.SKIPPED, _("%(n)d berkas tidak disertakan") % {"n": missing})


def _of_events(claims: Claims) -> Finding:
    """The report's own events, and the way from the printed head of the trail to them."""
    name = _("Jejak audit")
    if not claims.events:
        return Finding(name, Outcome.SKIPPED, _("peristiwa tidak disertakan"))
    if wrong := _first_wrong(claims):
        return Finding(name, Outcome.WRONG, wrong)
    return Finding(name, Outcome.GOOD, _("%(n)d peristiwa utuh") % {"n": len(claims.events)})


def _first_wrong(claims: Claims) -> str:
    for event in claims.events:
        if event["hash"] != row_hash(event_of(event)):
            return _("isi peristiwa %(seq)d berubah") % {"seq": event["seq"]}
    if wrong := _wrong_chain(claims):
        return wrong
    issued = [event for event in claims.events if event["verb"] == "report.published"]
    if not issued or issued[-1]["after"].get("snapshot") != claims.snapshot_sha256:
        return _("peristiwa penerbitan mencatat data laporan yang lain")
    archived = [event["after"].get("pdf") for event in claims.events if event["verb"] == "report.archived"]
    if not set(claims.files.values()) <= {issued[-1]["after"].get("pdf"), *archived}:
        return _("peristiwa penerbitan mencatat berkas yang lain")
    return ""


def _wrong_chain(claims: Claims) -> str:
    """What is wrong with the chain from the printed head to the event of the report's making; empty when it holds."""
    head = json.loads(claims.snapshot)["audit_head"]
    made = next((event["hash"] for event in claims.events if event["verb"] == "report.made"), "")
    if not claims.links or claims.links[0]["hash"] != head:
        return _("kepala jejak yang tercetak tidak ada pada rantai")
    if any(link["previous_hash"] != before["hash"] for before, link in _pairs(claims.links)):
        return _("sambungan rantai putus")
    return "" if claims.links[-1]["hash"] == made else _("rantai tidak sampai pada laporan ini")


def _pairs(links: tuple[Mapping[str, Any], ...]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return zip(links, links[1:], strict=False)


def event_of(stored: Mapping[str, Any]) -> Event:
    """An event as it was written, from its JSON; never saved."""
    return Event(**{name: datetime.fromisoformat(one) if name in INSTANTS else one for name, one in stored.items()})
