"""The words of one Word or PDF file: its bytes on standard input, JSON on standard output, then gone.

Run by its path through :mod:`config.sandbox`, so it stands alone. The answer is ``{"text": ...}`` or
``{"refused": code}`` with a code that :mod:`config.documents` words. Nothing is fetched: links, pictures,
templates and macros of a file are never opened.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

OUT_OF_MEMORY = 3
PARTS = 2000  # of a Word file
UNPACKED = 40 * 2**20  # bytes of all parts together
PAGES = 50
CHARACTERS = 200_000
FEWEST = 20  # letters; a scan has a page number at most
MACROS = "macroEnabled"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT_OUT = (f"{WORD}del", f"{WORD}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


class Refused(Exception):
    """A file that is not read; the argument is the code of the reason."""


def words_of_word(content: bytes) -> Iterator[str]:
    """Yield the lines of a Word file in reading order: paragraphs, and table rows with tabs between their cells."""
    _check_parts(content)
    from docx import Document  # takes a moment to load
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(content))
    except (ValueError, KeyError, PackageNotFoundError) as error:
        raise Refused("macros" if MACROS in str(error) else "not_word") from error
    yield from _lines(document.element.body)


def _check_parts(content: bytes) -> None:
    """Look at the sizes before anything is unpacked; a part that lies about its size fails when it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused("bomb")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("locked")
        if any(b"<!DOCTYPE" in archive.open(part).read(4096) for part in parts if part.filename.endswith(".xml")):
            raise Refused("broken")  # no writer puts one there; what defines entities may be a bomb


def _lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}p":
            yield _paragraph(child)
        elif child.tag == f"{WORD}tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in _cells(child))
        elif child.tag not in LEFT_OUT:
            yield from _lines(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{WORD}tc":
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _cells(child)  # a cell inside a form control


def _paragraph(element: Any) -> str:
    """The words of a paragraph as they stand after all changes are accepted; an automatic number becomes a dash."""
    is_item = element.find(f"{WORD}pPr/{WORD}numPr") is not None
    return ("- " if is_item else "") + "".join(_runs(element))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag == f"{WORD}tab":
            yield "\t"
        elif child.tag in (f"{WORD}br", f"{WORD}cr"):
            yield "\n"
        elif child.tag == f"{WORD}p":  # of a text box
            yield "\n" + _paragraph(child)
        elif child.tag not in LEFT_OUT and child.tag != f"{WORD}pPr":
            yield from _runs(child)


def words_of_pdf(content: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Refused("locked")
    if len(reader.pages) > PAGES:
        raise Refused("pages")
    for page in reader.pages:
        yield page.extract_text()


def read(content: bytes) -> str:
    """Return the words of a file. Raises Refused."""
    is_pdf = content.startswith(b"%PDF-")
    lines, length = [], 0
    for line in words_of_pdf(content) if is_pdf else words_of_word(content):
        lines.append(line)
        length += len(line) + 1
        if length > CHARACTERS:
            raise Refused("long")
    text = "\n".join(lines)
    if sum(map(str.isalpha, text)) < FEWEST:
        raise Refused("scan" if is_pdf else "empty")
    return text


def main() -> int:
    """Answer the order; the exit code says how it went."""
    try:
        answer = {"text": read(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # whatever a parser raises over hostile bytes
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
