"""Small pictures for uploads."""

import io

from PIL import Image


def tiny_png() -> bytes:
    """A valid picture of a few bytes."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 6), "#0b4f8a").save(stream, "PNG")
    return stream.getvalue()
