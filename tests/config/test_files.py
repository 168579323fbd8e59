"""Files from outside: a corpus of nasty ones, what is kept of a good one, and how it is given out."""

import hashlib
import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib

import pikepdf
import pillow_heif
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from config.files import MAX_SIDE, NAME_LENGTH, serve, take_in, tidy_name
from meetings.models import MeetingFile

GPS = 0x8825


def pdf(pages=1, **options) -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.save(out, **options)
    return out.getvalue()


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Kamera"
    exif.get_ifd(GPS)[1] = "S"
    exif.get_ifd(GPS)[2] = (6.0, 10.0, 0.0)
    return picture(size=(60, 40), exif=exif)


def heic(size=(64, 48)) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, 1)).save(out, quality=50)
    return out.getvalue()


def png_that_claims(width, height) -> bytes:
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 900)) + chunk(b"IEND", b"")
    )


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("besar.txt", b"0" * 2_000_000)
    return out.getvalue()


def sent(content: bytes, name="bukti.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


HTML = b"<!doctype html><html><script>alert(1)</script></html>"
NASTY = {
    "html renamed to pdf": HTML,
    "html before a pdf": HTML + pdf(),
    "blank before a pdf": b"\n" + pdf(),
    "svg with script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "xml with svg": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "javascript": b"alert(document.cookie)",
    "plain text": b"bukti",
    "nothing at all": b"",
    "one byte": b"%",
    "gif": picture("GIF", mode="P"),
    "webp": picture("WEBP"),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "zip bomb": zipped(),
    "office macro": zipped() + b"word/vbaProject.bin",
    "executable": b"MZ" + b"\0" * 400,
    "elf": b"\x7fELF" + b"\0" * 400,
    "shell script": b"#!/bin/sh\nrm -rf ~\n",
    "php in a jpeg's beginning": b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>",
    "mark of a pdf and no more": b"%PDF-1.7\n",
    "pdf without a page": pdf(pages=0),
    "pdf with a password": pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "png of 50,000 by 50,000": png_that_claims(50_000, 50_000),
    "png just past the limit": png_that_claims(8_000, 8_000),
    "png cut in half": picture("PNG", size=(300, 300))[:80],
    "jpeg cut in half": picture(size=(300, 300))[:300],
    "heic cut in half": heic()[:200],
    "heic header alone": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 100,
}


@pytest.mark.parametrize("what", NASTY)
def test_nasty_files_are_refused_with_a_sentence(what):
    with pytest.raises(ValidationError) as refused:
        take_in(sent(NASTY[what]))

    assert refused.value.messages[0].endswith(".")


def test_random_bytes_behind_every_mark_are_refused_and_never_break():
    dice = random.Random(7)
    marks = (b"%PDF-1.7\n", b"\xff\xd8\xff\xe1\x10\x00Exif\0\0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic")

    for mark in marks * 15:
        with pytest.raises(ValidationError):
            take_in(sent(mark + dice.randbytes(600)))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_flipped_bytes_of_a_photo_give_a_picture_or_a_sentence():
    dice, good = random.Random(7), photo_with_place()

    for _ in range(60):
        broken = bytearray(good)
        for _ in range(4):
            broken[dice.randrange(3, len(broken))] = dice.randrange(256)
        try:
            kept = take_in(sent(bytes(broken)))
        except ValidationError:
            continue
        assert kept.content_type == "image/jpeg"


def test_the_two_sentences_people_meet_most():
    with pytest.raises(ValidationError, match=r"Berkas harus JPG, PNG, HEIC, atau PDF\."):
        take_in(sent(HTML))
    with pytest.raises(ValidationError, match=r"Berkas 24 MB terlalu besar\. Batas 10 MB per berkas\."):
        take_in(sent(b"%PDF-" + b"0" * (24 * 2**20 - 5)))


def test_a_photo_loses_its_place_and_stands_upright():
    received = photo_with_place()

    kept = take_in(sent(received, "foto.jpg", "image/jpeg"))

    kept_picture = Image.open(kept.content)
    assert (kept_picture.size, dict(kept_picture.getexif())) == ((40, 60), {})
    assert b"Exif" not in kept.content.file.getvalue()
    assert kept.sha256_received == hashlib.sha256(received).hexdigest() != kept.sha256


def test_what_was_hidden_behind_a_picture_is_gone():
    kept = take_in(sent(picture("PNG") + HTML, "gambar.png"))

    assert b"script" not in kept.content.file.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_png_is_kept_as_png(mode):
    assert take_in(sent(picture("PNG", mode=mode))).content_type == "image/png"


def test_a_printers_jpeg_becomes_readable_on_screens():
    kept = take_in(sent(picture(mode="CMYK")))

    assert Image.open(kept.content).mode == "RGB"


def test_a_phones_heic_becomes_a_jpeg():
    kept = take_in(sent(heic(), "IMG_0001.HEIC", "image/heic"))

    assert (kept.name, kept.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert Image.open(kept.content).size == (64, 48)


def test_a_huge_photo_is_made_smaller():
    kept = take_in(sent(picture(size=(6_000, 3_000))))

    assert Image.open(kept.content).size == (MAX_SIDE, MAX_SIDE // 2)


GROWTH = """
import io, pathlib, re, sys
from django.conf import settings
settings.configure(EVIDENCE_MAX_BYTES=10 * 2**20)
from django.core.files.uploadedfile import SimpleUploadedFile
from config.files import take_in
def highest():
    return int(re.search("VmHWM:[^0-9]*([0-9]+)", pathlib.Path("/proc/self/status").read_text())[1])
sent = SimpleUploadedFile("foto", sys.stdin.buffer.read())
before = highest()
take_in(sent)
print((highest() - before) // 1024)
"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_largest_photo_is_unpacked_once(kind):
    content = picture(kind, size=(7740, 7740))  # 60 megapixels: 229 MB of pixels, and half of that while it shrinks

    child = subprocess.run(
        [sys.executable, "-c", GROWTH], input=content, cwd=settings.BASE_DIR, capture_output=True, check=True
    )

    assert int(child.stdout) < 480  # MB


def test_a_pdf_is_kept_byte_for_byte():
    content = pdf()

    kept = take_in(sent(content, "Laporan kegiatan.pdf"))

    assert kept.sha256 == kept.sha256_received == hashlib.sha256(content).hexdigest()
    assert (kept.name, kept.size) == ("Laporan kegiatan.pdf", len(content))


def test_the_content_decides_not_the_name_or_the_browser():
    kept = take_in(sent(picture(), "laporan.html", "text/html"))

    assert (kept.name, kept.content_type) == ("laporan.html.jpg", "image/jpeg")
    assert kept.content.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\petugas\surat.pdf", "surat.pdf"),
        ("surat\r\nSet-Cookie: a=b.pdf", "suratSet-Cookie_ a=b.pdf"),
        ("foto\u202efdp.exe", "fotofdp.exe.pdf"),
        ("nota.pdf.jpg.PDF", "nota.pdf"),
        ("\0\u200b", "berkas.pdf"),
        ('kutip";filename="x', "kutip__filename=_x.pdf"),
        (".htaccess", "htaccess.pdf"),
    ],
)
def test_names_are_made_safe(typed, kept):
    assert tidy_name(typed, ".pdf") == kept


def test_a_very_long_name_is_cut():
    assert len(tidy_name("a" * 5_000, ".pdf")) == NAME_LENGTH


def test_a_file_is_given_out_only_as_an_attachment(meeting):
    kept = take_in(sent(pdf(), "surat\u202e;\r\nX: y.pdf"))
    row = MeetingFile(meeting=meeting)
    row.file.save(kept.content.name, kept.content, save=False)

    response = serve(row.file, name=kept.name, content_type=kept.content_type)

    assert response.headers["Content-Disposition"] == 'attachment; filename="surat_X_ y.pdf"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == kept.content.file.getvalue()
    response.close()


def test_a_file_that_is_gone_answers_like_one_that_never_was(meeting):
    with pytest.raises(Http404):
        serve(MeetingFile(meeting=meeting).file, name="a.pdf", content_type="application/pdf")
