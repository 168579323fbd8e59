"""HTML to PDF in a child process that can be stopped: by time, by memory, or because the caller went away.

Limits of background workers do nothing to a thread inside a C library; a process of its own ends when told.
"""

import base64
import contextlib
import io
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from reports.printing.render_child import TOO_LARGE

SECONDS = 60
MAX_HTML = 24 * 1024 * 1024
BEAT = 1.0  # seconds between two calls of ``progress`` while a page takes its time
PRODUCER = "Simpul"

Progress = Callable[[int], None]


class RenderFailed(Exception):
    """The document could not be made; the message is a sentence for the person who asked.

    ``may_pass``: worth another try, since the cause lies outside the document. ``photo``: the consent (primary
    key) under which a photo was to be printed that cannot be read.
    """

    def __init__(self, sentence: str, *, may_pass: bool = False, photo: int | None = None) -> None:
        super().__init__(sentence)
        self.may_pass, self.photo = may_pass, photo


@dataclass(frozen=True)
class Rendered:
    """A finished document."""

    pdf: bytes
    pages: int


@dataclass(frozen=True)
class Attached:
    """A file inside a document. ``is_source``: the document was made from it; otherwise it only holds its data."""

    name: str
    content: bytes
    content_type: str
    description: str
    is_source: bool = False


def render_pdf(
    html: str,
    *,
    identifier: str,
    made_at: str,
    seconds: int = SECONDS,
    progress: Progress | None = None,
    attached: Sequence[Attached] = (),
) -> Rendered:
    """Make the PDF of a whole HTML document whose only addresses are ``data:`` ones.

    ``identifier`` and ``made_at`` (ISO instant) go into the file, so that the same HTML gives the same bytes.
    ``progress`` is told the number of the page being laid out, at least every :data:`BEAT`; what it raises ends
    the child and goes on to the caller. Raises :class:`RenderFailed` with a sentence
    after ``seconds`` or when memory runs out; the child is then dead and nothing was written anywhere.
    The file is PDF/UA-1; with ``attached`` files it is PDF/A-3a.
    """
    order = json.dumps(
        {
            "html": html,
            "identifier": identifier,
            "made_at": made_at,
            "seconds": seconds,
            "producer": PRODUCER,
            "attached": [_told(one) for one in attached],
        }
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


def _told(file: Attached) -> dict[str, str]:
    """An attached file as the child reads it."""
    return {
        "name": file.name,
        "content": base64.b64encode(file.content).decode(),
        "content_type": file.content_type,
        "description": file.description,
        "relationship": "Source" if file.is_source else "Data",
    }


def _child() -> "subprocess.Popen[bytes]":
    """Start a page-maker in a session of its own, so that it can be ended with all it started."""
    return subprocess.Popen(
        [sys.executable, "-m", "reports.printing.render_child"],
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


def _follow(pipe: IO[bytes] | None, progress: Progress | None) -> None:
    """Pass on the page numbers as they come, the last one again when nothing comes; the rest is the child's log."""
    assert pipe is not None
    page, unfinished = 0, b""
    while True:
        is_ready, _writable, _failed = select.select([pipe], [], [], BEAT)
        if is_ready:
            said = os.read(pipe.fileno(), 65_536)
            if not said:
                return
            *lines, unfinished = (unfinished + said).split(b"\n")
            page = max([page, *(_page_of(line) for line in lines)])
        if progress:
            progress(page)


def _page_of(line: bytes) -> int:
    """The number in ``page 7``; 0 for any other line."""
    word, _space, number = line.decode(errors="replace").strip().partition(" ")
    return int(number) if word == "page" and number.isdigit() else 0


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
