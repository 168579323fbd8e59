"""One page-maker per process: HTML on standard input, PDF on standard output, then gone.

Runs as ``python -m reports.render_child`` without Django, without secrets in its environment, with a ceiling
on memory and processor time, and with no way to fetch anything: texts typed by people end up in this HTML.
Standard error carries one line per page laid out (``page 7``), and a reason when it fails.
"""

import datetime as dt
import io
import json
import logging
import os
import resource
import sys
from typing import Any

MEGABYTES = 1024  # of address space; a report of 100 rows takes 170 of them
TOO_LARGE = 3  # exit code: memory ran out


class _Progress(logging.Handler):
    """Says which page is being laid out."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("Step 5") and isinstance(record.args, tuple) and record.args:
            sys.stderr.write(f"page {record.args[0]}\n")
            sys.stderr.flush()


def render(html: str, *, identifier: str) -> bytes:
    """The tagged PDF of ``html`` (PDF/UA-1). Only ``data:`` addresses are read; everything else is left out."""
    from weasyprint import HTML  # takes a second or two to load
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    document = HTML(string=html, base_url=None, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        font_config=FontConfiguration(),
        pdf_variant="pdf/ua-1",
        pdf_identifier=identifier.encode(),
    )
    return pdf


def finish(pdf: bytes, *, made_at: str, producer: str) -> bytes:
    """Give every table header its scope, show the title in the window, carry no attachment, fix the dates."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        if "/StructTreeRoot" in root:
            _scope_headers(root.StructTreeRoot, in_head=False)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if "/Names" in root and "/EmbeddedFiles" in root.Names:
            del root.Names["/EmbeddedFiles"]
        stamp = dt.datetime.fromisoformat(made_at).astimezone(dt.UTC)
        document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = f"D:{stamp:%Y%m%d%H%M%S}Z"
        document.docinfo["/Producer"] = producer
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True, compress_streams=True)
        return finished.getvalue()


def _scope_headers(element: Any, *, in_head: bool) -> None:
    """Walk the tree of tags: headers inside the table head head columns, the others head rows."""
    import pikepdf

    if not isinstance(element, pikepdf.Dictionary):
        return
    kind = str(element.get("/S", ""))
    if kind == "/TH":
        scope = pikepdf.Name("/Column" if in_head else "/Row")
        attributes = element.get("/A")
        if isinstance(attributes, pikepdf.Dictionary):
            attributes.Scope = scope
        else:
            element.A = pikepdf.Dictionary(O=pikepdf.Name("/Table"), Scope=scope)
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        _scope_headers(child, in_head=in_head or kind == "/THead")


def main() -> int:
    """Read the order, write the PDF; the exit code says how it went."""
    memory = int(os.environ.get("SIMPUL_RENDER_MEGABYTES", MEGABYTES)) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.addHandler(_Progress())
    try:
        pdf = render(order["html"], identifier=order["identifier"])
        pdf = finish(pdf, made_at=order["made_at"], producer=order["producer"])
    except MemoryError:
        return TOO_LARGE
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
