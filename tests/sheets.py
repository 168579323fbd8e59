"""Workbooks and tables for tests, made in memory."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADINGS = ("No", "Komitmen", "Penanggung Jawab", "Tenggat", "Status", "Keterangan")


def workbook(*rows, title="Matriks", name="matriks.xlsx"):
    """An uploaded workbook with one sheet of these rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return uploaded(book, name)


def uploaded(book, name="matriks.xlsx"):
    """A workbook as it is sent."""
    file = io.BytesIO()
    book.save(file)
    return sent(file.getvalue(), name)


def sent(content, name="matriks.xlsx"):
    """Any bytes as they are sent."""
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
