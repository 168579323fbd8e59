"""Reading back what was handed out, from its bytes: every figure by its name, or by the words it stands under."""

import csv
import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import pikepdf
from docx import Document
from openpyxl import load_workbook

FIGURE = re.compile(r"/angka/([^/]+)/$")
PART = re.compile(r"^- (.+): (\d+) dari (\d+)$", re.M)
COUNT = re.compile(r"^(\d+)(?: dari (\d+))?$")
WORD = "{http://www.w3.org/1999/xhtml}word"
PAGE = "{http://www.w3.org/1999/xhtml}page"
IN_PRESS = {
    "submitted": r"(\d+) komitmen dilaporkan selesai dan menunggu verifikasi", "running": r"(\d+) komitmen sedang",
    "blocked": r"(\d+) komitmen terkendala", "late": r"(\d+) komitmen melewati tenggat",
    "not_started": r"(\d+) komitmen belum dimulai", "unmet": r"(\d+) komitmen tidak dapat ditindaklanjuti",
    "done": r"(\d+) dari (?:sekurang-kurangnya )?\d+ komitmen telah selesai dan terverifikasi",
    "total": r"dari (?:sekurang-kurangnya )?(\d+) komitmen", "coverage": r"mencakup (\d+) dari \d+ ruang lingkup",
    "meetings": r"telah dilaksanakan (\d+) pertemuan",
}  # fmt: skip


def in_pdf(pdf: bytes) -> dict[str, set[int]]:
    """The numbers that stand on the pages inside a link to their rows, by the name of the figure."""
    found: dict[str, set[int]] = {}
    before = ""
    for name, words in _linked(pdf):
        if words[:1] and words[0].isdigit():
            found.setdefault(name, set()).add(int(words[0]))
        else:
            assert name == before, f"no number stands under {name}: {words}"  # else the second line of a long link
        before = name
    return found


def _linked(pdf: bytes) -> Iterator[tuple[str, list[str]]]:
    """(name of a figure, words inside the link to its rows), page by page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page, words in zip(document.pages, _words_of_pages(pdf), strict=True):
            height = float(page.mediabox[3])
            for note in page.get("/Annots", ()):
                name = FIGURE.search(str(note.get("/A", {}).get("/URI", "")))
                if name is not None:
                    left, low, right, high = _box([float(side) for side in note.Rect])
                    inside = [text for x, y, text in words if left <= x <= right and low <= height - y <= high]
                    yield unquote(name[1]), inside


def _words_of_pages(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """By page: the middle of each word, from the upper left corner, and the word; in reading order."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    tree = ElementTree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", told))
    return [
        [
            (_middle(word, "xMin", "xMax"), _middle(word, "yMin", "yMax"), word.text or "")
            for word in page.iter(WORD)
        ]
        for page in tree.iter(PAGE)
    ]  # fmt: skip


def _middle(word: ElementTree.Element, first: str, last: str) -> float:
    return (float(word.attrib[first]) + float(word.attrib[last])) / 2


def _box(sides: list[float]) -> tuple[float, float, float, float]:
    """Left, low, right and high, whichever corner came first."""
    return min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]), max(sides[1], sides[3])


def pdf_lines(pdf: bytes) -> list[str]:
    """The lines of every page as they are laid out, words separated by single spaces."""
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return [" ".join(line.split()) for line in told.decode().splitlines() if line.strip()]


def in_workbook(content: bytes) -> dict[str, int]:
    """Every figure of the summary sheet, by its name."""
    return {str(row[3]): row[1] for row in rows_of_sheet(content, "Ringkasan") if row[3]}


def rows_of_sheet(content: bytes, name: str) -> list[tuple[object, ...]]:
    """The rows of a sheet below its headings."""
    sheet = load_workbook(io.BytesIO(content))[name]
    head = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
    return list(sheet.iter_rows(min_row=head + 1, values_only=True))


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a table of text by their headings; what stands above the headings is left out."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    start = next(place for place, line in enumerate(lines) if len(line) > 1)
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def counted_in_csv(content: bytes) -> Counter[str]:
    """The rows of a table of text counted anew: by state, status, lead, scope item and what is missing."""
    found: Counter[str] = Counter()
    for row in rows_of_csv(content):
        found["total"] += 1
        found[f"condition {row['Keadaan']}"] += 1
        found[f"status {row['Status']}"] += 1
        found[f"lead {row['Penanggung jawab']}"] += 1
        found["gap-owner"] += not row["Penanggung jawab"]
        found["gap-scope"] += not row["Ruang lingkup"]
        found["shifts"] += int(row["Tenggat diubah sejak semula (kali)"])
        for number in filter(None, row["Ruang lingkup"].split(", ")):
            found[f"clause {number}"] += 1
    return found


def in_word(content: bytes) -> dict[str, set[int]]:
    """The numbers in the tables of a Word file that stand right behind their label, by the label."""
    found: dict[str, set[int]] = {}
    for table in Document(io.BytesIO(content)).tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if len(cells) == 2 and (number := COUNT.match(cells[1])):
                found.setdefault(cells[0], set()).add(int(number[1]))
    return found


def words_of_word(content: bytes) -> str:
    """Everything written in a Word file, running heads and feet too, a line for each piece."""
    document = Document(io.BytesIO(content))
    edges = [one for section in document.sections for one in (section.header, section.footer)]
    pieces = [*document.paragraphs, *(paragraph for edge in edges for paragraph in edge.paragraphs)]
    tables = [*document.tables, *(table for edge in edges for table in edge.tables)]
    return "\n".join([*(one.text for one in pieces), *(cell.text for table in tables for cell in table._cells)])


def in_share_text(text: str) -> dict[str, tuple[int, int]]:
    """The lines *n dari m* of a text that is passed on, by their label."""
    return {label: (int(n), int(m)) for label, n, m in PART.findall(text)}


def in_press_text(text: str) -> dict[str, int]:
    """The numbers of a text about progress, by what they count; what the text does not say is left out."""
    found = {name: re.search(pattern, text) for name, pattern in IN_PRESS.items()}
    return {name: int(number[1]) for name, number in found.items() if number}


class Links(HTMLParser):
    """(address, number) of every link of a page whose words begin with a number."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._href, self._words = "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._href, self._words = unescape(dict(attrs).get("href") or ""), ""

    def handle_data(self, data):
        self._words += data

    def handle_endtag(self, tag):
        if tag == "a" and (number := re.match(r"\s*(\d+)", self._words)):
            self.found.append((self._href, int(number[1])))
