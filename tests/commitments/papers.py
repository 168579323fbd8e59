"""Small real files for tests: a photo, a document of one page."""

import io

import pikepdf
from PIL import Image


def photo(size=(60, 40)) -> bytes:
    """A JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, (120, 30, 30)).save(out, "JPEG")
    return out.getvalue()


def document() -> bytes:
    """A PDF of one empty page."""
    pages, out = pikepdf.new(), io.BytesIO()
    pages.add_blank_page()
    pages.save(out)
    return out.getvalue()
