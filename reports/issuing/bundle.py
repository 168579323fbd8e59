"""The bundle of an issued report: everything with which an outsider checks it without this system.

A zip of the PDF, the frozen data as they were hashed, the report's own events, and the files of evidence the
person who fetched it may read. ``manifest.json`` names every file with its SHA-256.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Any

from django.utils.translation import gettext as _

from agencies.audit import canonical
from agencies.models import Event, User
from agencies.policy import allowed
from commitments.models import Evidence, Sensitivity
from reports.issuing.verification import INSTANTS, Claims, Finding, Outcome, Proof
from reports.models import Report

FORMAT = 1
MANIFEST, SNAPSHOT, TRAIL, PDF_FILE = "manifest.json", "data.json", "jejak.json", "laporan.pdf"
LARGEST = 64 * 2**20
"""Bytes of one file inside a bundle; more is no bundle of ours."""
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, RuntimeError, EOFError, zlib.error)
"""What reading a file raises that only looks like a bundle."""
FIELDS = (
    "seq", "previous_hash", "hash", "actor_id", "post_id", "agency_code", "verb", "object_kind", "object_code", "at",
    "recorded_at", "before", "after", "texts",
)  # fmt: skip


class NoBundle(Exception):
    """The file cannot be read as a bundle; the message says why."""


def write_bundle(report: Report, target: IO[bytes], *, reader: User) -> None:
    """Write the zip of an issued report; files of evidence only as far as ``reader`` may read them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        files: dict[str, str] = {}

        def put(path: str, content: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
            files[path] = hashlib.sha256(content).hexdigest()

        with report.pdf.open("rb") as pdf:
            put(PDF_FILE, pdf.read())
        put(SNAPSHOT, report.snapshot.encode())
        put(TRAIL, canonical(_trail(report)).encode())
        evidence = []
        for proof, path, content in _evidence(report, reader):
            put(path, content)
            evidence.append({"id": proof, "path": path})
        put(MANIFEST, canonical(_manifest(report, files, evidence)).encode())


def read_bundle(archive: zipfile.ZipFile) -> Claims:
    """What a bundle says about its report; evidence is read when it is asked for. Raises :class:`NoBundle`."""
    try:
        manifest = json.loads(_content(archive, MANIFEST))
        trail = json.loads(_content(archive, TRAIL))
        snapshot = _content(archive, SNAPSHOT).decode()
        handed_over = {one["id"]: one["path"] for one in manifest["evidence"]}
        return Claims(
            snapshot=snapshot,
            snapshot_sha256=manifest["snapshot_sha256"],
            files=manifest["pdf"],
            proofs=tuple(
                Proof(
                    f"{one['id']} {one['name']}",
                    one["sha256"],
                    partial(_handed_over, archive, handed_over.get(one["id"])),
                )
                for one in proofs_of(json.loads(snapshot))
            ),
            events=tuple(trail["events"]),
            links=tuple(trail["links"]),
        )
    except UNREADABLE as error:
        raise NoBundle(_("Isi bundel tidak terbaca.")) from error


def enclosed(archive: zipfile.ZipFile, claims: Claims) -> Finding:
    """Whether a bundle holds what its manifest names, and as its PDF one that belongs to the report.

    Data, trail and evidence are compared with what was printed and hashed, so their own digests need no look here.
    """
    name, held = _("Isi bundel"), archive.namelist()
    named = {MANIFEST, *json.loads(_content(archive, MANIFEST))["files"]}
    if odd := sorted({path for path in held if path not in named or held.count(path) > 1} | (named - set(held))):
        words = _("%(path)s tidak sesuai dengan daftar isinya")
        return Finding(name, Outcome.WRONG, words % {"path": odd[0]})
    if hashlib.sha256(_content(archive, PDF_FILE)).hexdigest() not in claims.files.values():
        return Finding(name, Outcome.WRONG, _("%(path)s: isi berkas berubah") % {"path": PDF_FILE})
    return Finding(name, Outcome.GOOD, _("%(n)d berkas cocok") % {"n": len(held)})


def stored_claims(report: Report) -> Claims:
    """What this system itself says about an issued report; evidence is read from the store."""
    snapshot, trail = json.loads(report.snapshot), json.loads(canonical(_trail(report)))
    named = {proof["id"]: proof for proof in proofs_of(snapshot)}
    rows = {f"B{one.pk}": one for one in Evidence.objects.filter(pk__in=[int(proof[1:]) for proof in named])}
    return Claims(
        snapshot=report.snapshot,
        snapshot_sha256=report.snapshot_sha256,
        files=_pdf_files(report),
        proofs=tuple(
            Proof(f"{proof} {one['name']}", one["sha256"], partial(_stored, rows.get(proof)))
            for proof, one in named.items()
        ),
        events=tuple(trail["events"]),
        links=tuple(trail["links"]),
    )


def proofs_of(snapshot: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The files of evidence a snapshot names, each once."""
    found = {proof["id"]: proof for row in snapshot["rows"] for proof in row.get("proofs", []) if proof["sha256"]}
    yield from found.values()


def _manifest(report: Report, files: Mapping[str, str], evidence: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "code": report.code,
        "revision": report.revision,
        "status": report.status,
        "issuer": report.issuer.code,
        "published_at": report.published_at,
        "snapshot_sha256": report.snapshot_sha256,
        "pdf": _pdf_files(report),
        "signed_scan_sha256": report.signed_scan_sha256,
        "audit_head": report.audit_head,
        "files": dict(files),
        "evidence": evidence,
    }


def _pdf_files(report: Report) -> dict[str, str]:
    """Digest of each PDF of a report by what it is."""
    found = {_("berkas terbit"): report.pdf_sha256, _("berkas arsip"): report.archive_pdf_sha256}
    return {name: digest for name, digest in found.items() if digest}


def _trail(report: Report) -> dict[str, Any]:
    """The report's own events whole; of the others between the printed head and its making only the links."""
    own = list(Event.objects.filter(object_kind="report", object_code=report.code).order_by("seq"))
    head = Event.objects.filter(hash=report.audit_head).first()
    made = next((event for event in own if event.verb == "report.made"), None)
    links: list[dict[str, Any]] = []
    if head is not None and made is not None:
        between = Event.objects.filter(seq__range=(head.seq, made.seq)).order_by("seq")
        links = [dict(link) for link in between.values("seq", "previous_hash", "hash")]
    return {"events": [_event(event) for event in own], "links": links}


def _event(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in FIELDS}
    return values | {name: values[name].isoformat() for name in INSTANTS}


def _evidence(report: Report, reader: User) -> Iterator[tuple[str, str, bytes]]:
    """Id, path and content of the files of evidence that the reader may have."""
    named = {int(proof["id"][1:]): proof["id"] for proof in proofs_of(json.loads(report.snapshot))}
    rows = Evidence.objects.filter(pk__in=named).select_related("progress__commitment__host_agency").order_by("pk")
    for one in rows:
        if one.file and _may_read(reader, one):
            with one.file.open("rb") as file:
                yield named[one.pk], f"bukti/{named[one.pk]}-{one.name or 'berkas'}", file.read()


def _may_read(reader: User, one: Evidence) -> bool:
    commitment = one.progress.commitment
    is_general = one.sensitivity == Sensitivity.GENERAL
    return bool(
        allowed(reader, "evidence.read", commitment)
        or (is_general and allowed(reader, "evidence.read_general", commitment))
    )


def _stored(one: Evidence | None) -> bytes | None:
    """The file as it lies in the store; empty when it is gone, which matches no digest."""
    if one is None or not one.file:
        return b""
    try:
        with one.file.open("rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return b""


def _handed_over(archive: zipfile.ZipFile, path: str | None) -> bytes | None:
    if path is None:
        return None
    return _content(archive, path) if path in archive.namelist() else b""


def _content(archive: zipfile.ZipFile, path: str) -> bytes:
    if archive.getinfo(path).file_size > LARGEST:
        raise NoBundle(_("Isi bundel terlalu besar."))
    return archive.read(path)
