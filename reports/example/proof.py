"""Proofs of the example: pictures that say *BUKTI CONTOH*, and a letter number that looks like none."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from commitments.actions.follow_up import Proof
from config.files import StoredFile, take_in

LETTER = Proof(letter_number="S-CONTOH/07")


def picture(words: str) -> StoredFile:
    """A plain picture with words on it, taken in like any upload."""
    image = Image.new("RGB", (640, 400), "#e3f0fb")
    draw = ImageDraw.Draw(image)
    draw.rectangle((16, 16, 624, 384), outline="#0b4f8a", width=3)
    draw.text((48, 150), "BUKTI CONTOH", fill="#14212b", font_size=56)
    draw.text((48, 230), words, fill="#14212b", font_size=28)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return take_in(SimpleUploadedFile("bukti-contoh.png", stream.getvalue(), content_type="image/png"))


def photo(words: str) -> Proof:
    """A picture as proof."""
    return Proof(stored=picture(words))
