"""Reading a PDF back, as text; where poppler is missing the test is left out, in words."""

import os
import shutil
import subprocess

import pytest

requires_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("REQUIRE_SERVICES"),
    reason="poppler (pdftotext) is not installed: the text of PDFs is not checked",
)


def text_of(pdf: bytes) -> str:
    """The text of every page, words separated by single spaces."""
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def pages_of(pdf: bytes) -> list[str]:
    """The text page by page, in reading order."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]
