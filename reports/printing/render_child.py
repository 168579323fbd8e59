"""One page-maker per process: HTML on standard input, PDF on standard output, then gone.

Runs as ``python -m reports.printing.render_child`` without Django, without secrets in its environment, with a ceiling
on memory and processor time, and with no way to fetch anything: texts typed by people end up in this HTML.
Standard error carries one line per page laid out (``page 7``), and a reason when it fails.
"""

import base64
import datetime as dt
import gc
import io
import json
import logging
import os
import resource
import sys
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

MEGABYTES = 1024  # of address space; a report of 100 rows takes 170 of them
TOO_LARGE = 3  # exit code: memory ran out
TAGGED, ARCHIVE = "pdf/ua-1", "pdf/a-3a"


class _Progress(logging.Handler):
    """Says which page is being laid out."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("Step 5") and isinstance(record.args, tuple) and record.args:
            sys.stderr.write(f"page {record.args[0]}\n")
            sys.stderr.flush()


def render(html: str, *, variant: str = TAGGED) -> bytes:
    """The tagged PDF of ``html``, not compressed yet. Only ``data:`` addresses are read; all else is left out."""
    from weasyprint import HTML  # takes a second or two to load
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from reports.printing.shortcuts import roomy, take_shortcuts
    from reports.printing.tags import tend_tags

    take_shortcuts()
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    document = HTML(string=html, base_url=None, url_fetcher=fetcher)
    return roomy(document.write_pdf)(
        finisher=tend_tags, font_config=FontConfiguration(), pdf_variant=variant, uncompressed_pdf=True
    )


def finish(
    pdf: bytes, *, identifier: str, made_at: str, producer: str, attached: Sequence[Mapping[str, str]] = ()
) -> bytes:
    """Show the title in the window, fix name and dates, and compress.

    Carries the files of ``attached`` (name, content in base 64, content_type, description, relationship) and no
    other: what the text of the document tried to attach is taken out.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        document.trailer.ID = pikepdf.Array([pikepdf.String(identifier), pikepdf.String(identifier)])
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _drop_attachments(root)
        stamp = dt.datetime.fromisoformat(made_at).astimezone(dt.UTC)
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdf:Producer"] = producer
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
        document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = f"D:{stamp:%Y%m%d%H%M%S}Z"
        document.docinfo["/Producer"] = producer
        for file in attached:
            _attach(document, file, stamp=stamp)
        if attached:
            _pack(document)
        modes = pikepdf.ObjectStreamMode  # an archive keeps its objects readable one by one
        finished = io.BytesIO()
        document.save(
            finished,
            deterministic_id=True,
            compress_streams=not attached,
            stream_decode_level=pikepdf.StreamDecodeLevel.none if attached else None,
            object_stream_mode=modes.disable if attached else modes.generate,
        )
        return finished.getvalue()


def _pack(document: Any) -> None:
    """Compress the streams of an archive, so that none ends with a carriage return; about one of 256 would.

    The line feed that is written after it would be read as part of the same end of line, and the stream as one byte
    shorter than it says (ISO 19005-3, 6.1.7.1). Such a stream is written in letters.
    """
    import pikepdf

    for stream in document.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Type") == "/Metadata":
            continue
        filters, how = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
        packed = stream.read_raw_bytes()
        if not filters:
            filters, packed = [pikepdf.Name.FlateDecode], zlib.compress(packed)
        if packed.endswith(b"\r"):
            filters, packed = [pikepdf.Name.ASCII85Decode, *filters], base64.a85encode(packed) + b"~>"
            how = [pikepdf.Dictionary(), *how] if how else how
        parameters = pikepdf.Array(how) if how else None
        stream.write(packed, filter=pikepdf.Array(filters), decode_parms=parameters)


def _listed(value: Any) -> list[Any]:
    """One, none, or several, as a list."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _drop_attachments(root: Any) -> None:
    """Take out whatever the text of the document tried to attach."""
    if "/Names" in root and "/EmbeddedFiles" in root.Names:
        del root.Names["/EmbeddedFiles"]
    if "/AF" in root:
        del root["/AF"]


def _attach(document: Any, file: Mapping[str, str], *, stamp: dt.datetime) -> None:
    """Put a file into the document, and say how the two belong together."""
    import pikepdf

    document.attachments[file["name"]] = pikepdf.AttachedFileSpec(
        document,
        base64.b64decode(file["content"]),
        filename=file["name"],
        mime_type=file["content_type"],
        description=file["description"],
        relationship=pikepdf.Name(f"/{file['relationship']}"),
        creation_date=f"D:{stamp:%Y%m%d%H%M%S}Z",
        mod_date=f"D:{stamp:%Y%m%d%H%M%S}Z",
    )


def main() -> int:
    """Read the order, write the PDF; the exit code says how it went."""
    memory = int(os.environ.get("SIMPUL_RENDER_MEGABYTES", MEGABYTES)) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.addHandler(_Progress())
    gc.disable()  # one document and then gone
    try:
        attached = order.get("attached", [])
        told = {name: order[name] for name in ("identifier", "made_at", "producer")}
        pdf = finish(render(order["html"], variant=ARCHIVE if attached else TAGGED), **told, attached=attached)
    except MemoryError:
        return TOO_LARGE
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # taking everything down piece by piece would cost another twentieth of the time
