"""HTML to PDF in a child process that can be stopped: by time, by memory, or because the caller went away.

Limits of background workers do nothing to a thread inside a C library; a process of its own ends when told.
"""

import base64
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from reports.render_child import TOO_LARGE

SECONDS = 60
MAX_HTML = 24 * 1024 * 1024
FONT_WEIGHTS = (400, 500, 600, 700, 800)
PRODUCER = "Simpul"

Progress = Callable[[int], None]


class RenderFailed(Exception):
    """The document could not be made; the message is a sentence for the person who asked.

    ``may_pass``: worth another try, since the cause lies outside the document.
    """

    def __init__(self, sentence: str, *, may_pass: bool = False) -> None:
        super().__init__(sentence)
        self.may_pass = may_pass


@dataclass(frozen=True)
class Rendered:
    """A finished document."""

    pdf: bytes
    pages: int


def render_pdf(
    html: str, *, identifier: str, made_at: str, seconds: int = SECONDS, progress: Progress | None = None
) -> Rendered:
    """Make the PDF of a whole HTML document whose only addresses are ``data:`` ones.

    ``identifier`` and ``made_at`` (ISO instant) go into the file, so that the same HTML gives the same bytes.
    ``progress`` is told the number of the page being laid out. Raises :class:`RenderFailed` with a sentence
    after ``seconds`` or when memory runs out; the child is then dead and nothing was written anywhere.
    """
    order = json.dumps(
        {"html": html, "identifier": identifier, "made_at": made_at, "seconds": seconds, "producer": PRODUCER}
    ).encode()
    if len(order) > MAX_HTML:
        raise RenderFailed(_("Laporan belum jadi: isinya terlalu besar untuk satu dokumen."))
    found: list[bytes] = []
    expired = threading.Event()
    with _child() as child:
        exchange = threading.Thread(target=_exchange, args=(child, order, found), daemon=True)
        timer = threading.Timer(seconds, _expire, args=(child, expired))
        exchange.start()
        timer.start()
        try:
            _follow(child.stderr, progress)  # here, so that progress is told in the caller's own thread
            child.wait()
        finally:
            timer.cancel()
            _stop(child)
            exchange.join()
    return _judge(child.returncode, b"".join(found), late=expired.is_set())


def _child() -> "subprocess.Popen[bytes]":
    """Start a page-maker in a session of its own, so that it can be ended with all it started."""
    return subprocess.Popen(
        [sys.executable, "-m", "reports.render_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=_environment(),
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """What the child needs to find Python and the fonts; no addresses, no secrets of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR") if name in os.environ}
    return kept | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def _exchange(child: "subprocess.Popen[bytes]", order: bytes, found: list[bytes]) -> None:
    """Hand over the order and collect all of the answer (cut off when the child was stopped)."""
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(order)
        child.stdin.close()
    found.append(child.stdout.read())


def _follow(lines: IO[bytes] | None, progress: Progress | None) -> None:
    """Pass on the page numbers; whatever else the child says is its own log."""
    for line in lines or ():
        word, _space, number = line.decode(errors="replace").strip().partition(" ")
        if progress and word == "page" and number.isdigit():
            progress(int(number))


def _expire(child: "subprocess.Popen[bytes]", expired: threading.Event) -> None:
    """Time is up."""
    expired.set()
    _stop(child)


def _stop(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _judge(code: int, pdf: bytes, *, late: bool) -> Rendered:
    if code == 0 and pdf.startswith(b"%PDF-"):
        return Rendered(pdf, page_count(pdf))
    if late or code == -signal.SIGXCPU:
        raise RenderFailed(_("Laporan belum jadi: penyusunan melebihi batas waktu. Pilih periode yang lebih pendek."))
    if code == TOO_LARGE:
        raise RenderFailed(_("Laporan belum jadi: isinya melebihi batas memori. Pilih periode yang lebih pendek."))
    raise RenderFailed(_("Laporan belum jadi: penyusun halaman terhenti. Coba lagi."), may_pass=True)


def page_count(pdf: bytes) -> int:
    """Number of pages of a PDF."""
    import pikepdf  # loads a large library

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def data_uri(content: bytes | str, content_type: str) -> str:
    """An address that carries its content itself."""
    raw = content.encode() if isinstance(content, str) else content
    return f"data:{content_type};base64,{base64.b64encode(raw).decode()}"


@cache
def font_addresses() -> tuple[tuple[int, str], ...]:
    """Weight and ``data:`` address of each typeface file (static cuts: variable ones print unevenly)."""
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    return tuple(
        (weight, data_uri((folder / f"plus-jakarta-sans-{weight}.woff2").read_bytes(), "font/woff2"))
        for weight in FONT_WEIGHTS
    )
