"""The words of an uploaded text, Word or PDF file, for pages that read what an office wrote.

Word and PDF files are opened in a child process (:mod:`config.sandbox`); a plain text is only decoded. What a
file is is told by its content, never by its name.
"""

import codecs
import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.document_child import CHARACTERS, PAGES
from config.files import too_large_words
from config.sandbox import Limits, Stop, Stopped, run_apart

LIMITS = Limits(seconds=1.7, megabytes=512)
ACCEPTED = ".txt,.docx,.pdf"
CHILD = Path(__file__).with_name("document_child.py")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")  # also the wrapping of a .docx with a password
CONTROLS = frozenset({chr(n) for n in (*range(0x20), 0x7F)} - set("\t\n\r\x0b\x0c"))  # in no text
SAVE_AGAIN = _("Salin teksnya lalu tempel di kotak, atau simpan ulang sebagai .docx.")
WORDS: dict[str, str | Promise] = {
    "empty": _("Berkas ini tidak memuat teks. Pilih berkas lain."),
    "not_text": _("Berkas ini bukan teks. Pilih berkas .txt, .docx, atau .pdf."),
    "old": _("Berkas Word lama (.doc) atau terkunci kata sandi tidak dapat dibaca. %(advice)s"),
    "rtf": _("Berkas .rtf tidak dapat dibaca. %(advice)s"),
    "not_word": _("Berkas ini bukan dokumen Word. Pilih berkas .txt, .docx, atau .pdf."),
    "macros": _("Dokumen ini memuat makro, jadi tidak dibuka. %(advice)s"),
    "locked": _("Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
    "pages": _("PDF ini lebih dari %(pages)d halaman. Kirim bagian yang memuat hasil pertemuan saja."),
    "long": _("Teks dalam berkas ini lebih dari %(characters)s huruf. Kirim bagian yang memuat hasil pertemuan saja."),
    "scan": _(
        "PDF ini tidak memuat teks, mungkin hasil pindai. Ketik isinya di kotak, "
        "atau ubah dahulu menjadi teks dengan aplikasi pemindai (OCR)."
    ),
    "bomb": _("Isi berkas ini terlalu besar setelah dibuka, jadi tidak dibaca. %(advice)s"),
    "broken": _("Berkas rusak atau tidak terbaca. %(advice)s"),
    Stop.LATE.name: _("Berkas ini terlalu lama dibaca, jadi dihentikan. %(advice)s"),
    Stop.HEAVY.name: _("Berkas ini memerlukan terlalu banyak memori, jadi tidak dibaca. %(advice)s"),
    Stop.BROKEN.name: _("Berkas rusak atau tidak terbaca. %(advice)s"),
}


def words_of(upload: "UploadedFile[bytes]") -> str:
    """Return the words of a file, at most ``CHARACTERS`` long, in at most two seconds.

    Lists of a Word file come with dashes, table rows with tabs between their cells, PDF lines as they are broken
    on paper. Raises ValidationError with an Indonesian sentence and the code of its reason.
    """
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise ValidationError(too_large_words(upload.size), code="too_large")
    content = upload.read()
    if content.startswith((b"%PDF-", b"PK\x03\x04")):
        return _read_apart(content)
    if content.startswith(OLD_WORD):
        raise _refused("old")
    if content.startswith(b"{\\rtf"):
        raise _refused("rtf")
    return _plain(content)


def _read_apart(content: bytes) -> str:
    try:
        answer: dict[str, str] = json.loads(run_apart(CHILD, content, LIMITS))
    except Stopped as stopped:
        raise _refused(stopped.why.name) from stopped
    if "refused" in answer:
        raise _refused(answer["refused"])
    return answer["text"]


def _plain(content: bytes) -> str:
    """Decode a plain text: UTF-8, UTF-16 with its mark, or the Windows encoding of old files."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = _decoded(content, encoding)
    except UnicodeDecodeError as error:
        raise _refused("not_text") from error
    if CONTROLS & set(text):
        raise _refused("not_text")
    if not text.strip():
        raise _refused("empty")
    if len(text) > CHARACTERS:
        raise _refused("long")
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _refused(code: str) -> ValidationError:
    params = {"advice": SAVE_AGAIN, "pages": PAGES, "characters": f"{CHARACTERS:,}".replace(",", ".")}
    return ValidationError(str(WORDS[code]), code=code, params=params)
