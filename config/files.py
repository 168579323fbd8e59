"""Files from outside: taken in by their content, cleaned, and given out only as attachments.

Allowed are PDF, JPEG, PNG and HEIC. Pictures are drawn anew, which drops EXIF, places and whatever was
hidden behind them; a PDF is opened once and must have a page.
"""

import dataclasses
import hashlib
import io
import struct
import threading
import unicodedata
import uuid
from pathlib import PurePosixPath
from typing import TypeVar

import filetype
import pikepdf
import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

Answer = TypeVar("Answer", bound=HttpResponseBase)

MAX_PIXELS = 60_000_000  # the largest phone cameras give about 50 megapixels in one picture
MAX_SIDE = 4000
ONE_AT_A_TIME = threading.Lock()
"""The largest pictures take hundreds of megabytes while they are drawn anew; two in one process would take twice."""
NAME_LENGTH = 120
PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
READERS = {JPEG: "JPEG", PNG: "PNG"}
PICTURES = frozenset(READERS)
"""Types of the pictures that are kept; others are turned into these."""
KNOWN_SUFFIXES = {".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif"}
BROKEN = (  # what decoders raise over hostile bytes
    OSError,
    ValueError,
    SyntaxError,
    RuntimeError,
    EOFError,
    TypeError,
    LookupError,
    struct.error,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclasses.dataclass(frozen=True)
class StoredFile:
    """A file that was taken in. ``sha256_received`` is of the bytes sent, ``sha256`` of ``content``."""

    name: str
    content: "ContentFile[bytes]"
    content_type: str
    size: int
    sha256_received: str
    sha256: str


def take_in(upload: "UploadedFile[bytes]") -> StoredFile:
    """Check a file by its content and clean it; sizes are bytes, limit ``settings.EVIDENCE_MAX_BYTES``.

    Raises ValidationError with an Indonesian sentence.
    """
    size = upload.size or 0
    if size > settings.EVIDENCE_MAX_BYTES:
        raise ValidationError(too_large_words(size), code="too_large")
    received = upload.read()
    if not received:
        raise ValidationError(_("Berkas kosong. Pilih berkas lain."), code="empty")
    kind = _kind_of(received)
    kept, content_type = (_checked_pdf(received), PDF) if kind == PDF else _redrawn(received, kind)
    extension = EXTENSIONS[content_type]
    return StoredFile(
        name=tidy_name(upload.name or "", extension),
        content=ContentFile(kept, name=f"{uuid.uuid4().hex}{extension}"),
        content_type=content_type,
        size=len(kept),
        sha256_received=hashlib.sha256(received).hexdigest(),
        sha256=hashlib.sha256(kept).hexdigest(),
    )


def too_large_words(size: int | None = None) -> str:
    """The sentence for a file past the limit; ``size`` in bytes when it is known."""
    limit = settings.EVIDENCE_MAX_BYTES // 2**20
    if size is None:
        return _("Berkas terlalu besar. Batas %(limit)d MB per berkas.") % {"limit": limit}
    return _("Berkas %(size)d MB terlalu besar. Batas %(limit)d MB per berkas.") % {
        "size": -(-size // 2**20),
        "limit": limit,
    }


def tidy_name(name: str, extension: str) -> str:
    """A name that is safe to show and to send: no path, no control or direction marks, the true ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem = " ".join(plain.translate(str.maketrans('<>:"|?*;%', "_________")).split()).strip(". ")
    while PurePosixPath(stem).suffix.lower() in KNOWN_SUFFIXES:
        stem = PurePosixPath(stem).stem.rstrip(". ")
    return f"{stem[: NAME_LENGTH - len(extension)] or 'berkas'}{extension}"


def serve(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """Answer with a stored file, always as an attachment that no browser runs. 404 when it is gone."""
    try:
        stream = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    return attached(FileResponse(stream, content_type=content_type), name)


def hand_out(content: bytes, *, name: str, content_type: str = PDF) -> HttpResponse:
    """Answer with what was made on the spot, always as an attachment that no browser runs."""
    return attached(HttpResponse(content, content_type=content_type), name)


def attached(response: Answer, name: str) -> Answer:
    """The answer as an attachment called ``name``: no browser runs it, and nobody keeps a copy of it."""
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _kind_of(content: bytes) -> str:
    """The type by magic bytes; a PDF must begin with its mark, so that nothing stands before it."""
    if content.startswith(b"%PDF-"):
        return PDF
    guess = filetype.guess(content[:4096])
    mime = str(guess.mime) if guess else ""
    if mime in READERS:
        return mime
    if mime in ("image/heic", "image/heif") or pillow_heif.is_supported(content[:64]):
        return HEIC
    raise _wrong_type()


def _checked_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.pages):
                return content
    except pikepdf.PasswordError as error:
        raise ValidationError(_("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi.")) from error
    except (pikepdf.PdfError, *BROKEN) as error:
        raise _broken() from error
    raise _broken()


def _redrawn(content: bytes, kind: str) -> tuple[bytes, str]:
    """Draw a picture anew, upright, without metadata, at most MAX_SIDE on its longer side."""
    try:
        with ONE_AT_A_TIME:
            picture = _opened(content, kind)
            picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
            picture.thumbnail((MAX_SIDE, MAX_SIDE))  # first, so that only the small picture is turned
            return _saved(ImageOps.exif_transpose(picture), kind)
    except BROKEN as error:
        raise _broken() from error


def _opened(content: bytes, kind: str) -> Image.Image:
    """The picture, its size checked before its pixels are unpacked."""
    if kind == HEIC:
        heif = pillow_heif.open_heif(io.BytesIO(content))
        _check_pixels(heif.size)
        picture: Image.Image = heif.to_pillow()
    else:
        picture = Image.open(io.BytesIO(content), formats=[READERS[kind]])
        _check_pixels(picture.size)
    return picture


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise ValidationError(_("Gambar terlalu besar (lebih dari 60 megapiksel). Perkecil dahulu."))


def _saved(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    out = io.BytesIO()
    if kind == PNG:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        plain = picture.convert("RGBA" if has_alpha else "RGB")
        _bare(plain).save(out, "PNG")
        return out.getvalue(), PNG
    _bare(picture.convert("RGB")).save(out, "JPEG", quality=88)
    return out.getvalue(), JPEG


def _bare(picture: Image.Image) -> Image.Image:
    """The same pixels and nothing else."""
    picture.info = {}
    return picture


def _wrong_type() -> ValidationError:
    return ValidationError(_("Berkas harus JPG, PNG, HEIC, atau PDF."), code="wrong_type")


def _broken() -> ValidationError:
    return ValidationError(_("Berkas rusak atau tidak terbaca. Pilih berkas lain."), code="broken")
