"""A Word file in the layout of official letters: real styles, plain tables, nothing that asks another place.

No fields, no formulas, no links, no pictures: the file says the same wherever it is opened.
"""

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.papers.frame import Paper

FONT = "Arial"
DOTS = "." * 40
TEXT_WIDTH = 165  # millimetres between the margins of A4
_STYLES = {"Title": 13, "Heading 1": 12, "Heading 2": 11}
_LONGEST_WORD, _LETTER, _PADDING = 15, 0.2, 4.0  # letters; millimetres of one per point of type; of a cell
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


class WordPaper:
    """One Word file being written from top to bottom."""

    def __init__(self, paper: Paper, *, at: dt.datetime, is_landscape: bool = False, marks: Sequence[str] = ()) -> None:
        """``marks`` stand on every page beside DRAF and DATA CONTOH."""
        self.document: WordDocument = Document()
        self._prepare(paper, at, is_landscape=is_landscape, marks=marks)
        self._letterhead(paper)

    def save(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def title(self, words: str, *, below: str = "") -> None:
        """The name of the document in the middle, with a line under it."""
        self._styled(words, "Title")
        if below:
            self.text(below, align=WD_ALIGN_PARAGRAPH.CENTER)

    def heading(self, words: str, *, level: int = 1) -> None:
        """A heading of the outline."""
        self._styled(words, f"Heading{level}")

    def text(self, words: str, *, align: WD_ALIGN_PARAGRAPH | None = None, is_strong: bool = False) -> Paragraph:
        """One paragraph per line of the text; the last is returned."""
        paragraph = None
        for line in plain(words).split("\n"):
            paragraph = self.document.add_paragraph()
            paragraph.add_run(line).bold = is_strong
            if align is not None:
                paragraph.alignment = align
        assert paragraph is not None
        return paragraph

    def bullets(self, lines: Sequence[str]) -> None:
        """A list without numbers."""
        for line in lines:
            self._styled(line.replace("\n", " "), "ListBullet")

    def facts(self, rows: Sequence[tuple[str, str]], *, label: int = 36) -> None:
        """Label, colon, value, without lines; an empty value leaves a dotted place to fill in."""
        table = self.document.add_table(rows=0, cols=3)
        table.autofit = False
        for name, value in rows:
            cells = table.add_row().cells
            for cell, words in zip(cells, (name, ":", value or DOTS), strict=True):
                _fill(cell, words)
        _set_widths(table, [label, 5, TEXT_WIDTH - label - 5])
        self.gap()

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], *, size: int = 11
    ) -> None:
        """A table with lines whose head repeats on every page; widths in millimetres, ``size`` of type in points."""
        table = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table._tbl.append(_row(head, widths, size=size, is_head=True))
        for row in rows:
            table._tbl.append(_row(row, widths, size=size))
        for column, millimetres in zip(table.columns, widths, strict=True):
            column.width = Mm(millimetres)
        self.gap()

    def rule(self) -> None:
        """A line across the page."""
        _border(self.document.add_paragraph(), "single", 8)

    def turn(self) -> None:
        """Go on with a new page that lies the other way: on its side, or upright again."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        is_upright = section.orientation == WD_ORIENT.PORTRAIT
        section.orientation = WD_ORIENT.LANDSCAPE if is_upright else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width

    def gap(self) -> None:
        """A small space after a table."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(6)

    def signature(self, lines: Sequence[str], *, left: int = 90) -> None:
        """A block on the right with room for a signature after its first lines: place, post, room, name, number."""
        for number, line in enumerate(lines):
            paragraph = self.document.add_paragraph(plain(line))
            paragraph.paragraph_format.left_indent = Mm(left)
            paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
            paragraph.paragraph_format.space_after = Pt(0)

    def _styled(self, words: str, style_id: str) -> None:
        """A paragraph with a style by its id: to look a style up by its name takes longer than all the rest."""
        self.document.add_paragraph(plain(words))._p.style = style_id

    def _prepare(self, paper: Paper, at: dt.datetime, *, is_landscape: bool, marks: Sequence[str]) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin, section.right_margin = Mm(25), Mm(20)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        _style(self.document, "Normal", size=11)
        for name, size in _STYLES.items():
            _style(self.document, name, size=size, is_strong=True)
            self._style(name).paragraph_format.space_before = Pt(8)
        self._style("Title").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _no_border(self._style("Title"))
        self._properties(paper, at)
        said = (("DRAF", paper.is_draft), ("DATA CONTOH", paper.is_example))
        marks = [*marks, *(word for word, is_said in said if is_said)]
        if marks:
            top = section.header.paragraphs[0]
            top.add_run(" · ".join(marks)).bold = True
            top.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot = section.footer.paragraphs[0]
        foot.add_run(plain(" · ".join([paper.title, paper.standing, *marks]))).font.size = Pt(8)

    def _style(self, name: str) -> ParagraphStyle:
        style = self.document.styles[name]
        assert isinstance(style, ParagraphStyle)
        return style

    def _properties(self, paper: Paper, at: dt.datetime) -> None:
        facts = self.document.core_properties
        facts.title, facts.author, facts.last_modified_by = plain(paper.title), plain(paper.issuer.name), ""
        facts.comments, facts.language = "", "id-ID"
        facts.created = facts.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
        relations = self.document.part.package.rels
        for key in [key for key, relation in relations.items() if relation.reltype == _THUMBNAIL]:
            relations.pop(key)

    def _letterhead(self, paper: Paper) -> None:
        issuer = paper.issuer
        if not paper.is_official:
            self.text(issuer.name)
            return
        lines = [line.upper() for line in issuer.letterhead or (issuer.name,)]
        for line in lines:
            self._centred(line, size=12, is_strong=True)
        if issuer.address_line:
            self._centred(issuer.address_line, size=9)
        _border(self.document.paragraphs[-1], "thinThickSmallGap", 18)
        self.gap()

    def _centred(self, words: str, *, size: int, is_strong: bool = False) -> None:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(plain(words))
        run.bold, run.font.size = is_strong, Pt(size)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)


def plain(words: str) -> str:
    """Text that XML can hold: line ends as they are, no other control or direction marks."""
    tidy = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(letter for letter in tidy if letter == "\n" or unicodedata.category(letter)[0] != "C")


def fitting(rows: Sequence[Sequence[str]], wants: Sequence[int], *, whole: int, size: int) -> list[int]:
    """Millimetres for each column of ``rows``: its longest word first, what is left shared out as they want it.

    A code or a common word is not broken; a word longer than :data:`_LONGEST_WORD` letters is. ``size`` in points.
    """
    letter = size * _LETTER
    longest = [
        max((len(word) for cell in column for word in cell.split()), default=1) for column in zip(*rows, strict=True)
    ]
    needs = [math.ceil(min(letters, _LONGEST_WORD) * letter + _PADDING) for letters in longest]
    left = whole - sum(needs)
    if left < 0:
        return [whole * need // sum(needs) for need in needs]
    return [need + left * want // sum(wants) for need, want in zip(needs, wants, strict=True)]


def _style(document: WordDocument, name: str, *, size: int, is_strong: bool = False) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), is_strong
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(4), 1.15
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    properties.append(language)


def _fill(cell: _Cell, words: str, *, is_strong: bool = False) -> None:
    for number, line in enumerate(plain(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = is_strong
        paragraph.paragraph_format.space_after = Pt(1)


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    for column, millimetres in zip(table.columns, widths, strict=True):
        width: Length = Mm(millimetres)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _row(words: Sequence[str], widths: Sequence[int], *, size: int, is_head: bool = False) -> BaseOxmlElement:
    """A row that does not break across pages, as XML: cell objects take a hundred times as long in a long table."""
    head = "<w:tblHeader/>" if is_head else ""
    cells = (_cell(text, width, size=size, is_strong=is_head) for text, width in zip(words, widths, strict=True))
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")


def _cell(words: str, millimetres: int, *, size: int, is_strong: bool) -> str:
    look = f"<w:rPr>{'<w:b/>' if is_strong else ''}<w:sz w:val='{size * 2}'/></w:rPr>"
    texts = (f"<w:t xml:space='preserve'>{escape(line)}</w:t>" for line in plain(words).split("\n"))
    lines = (f"<w:p><w:pPr><w:spacing w:after='20'/></w:pPr><w:r>{look}{text}</w:r></w:p>" for text in texts)
    return f"<w:tc><w:tcPr><w:tcW w:w='{Mm(millimetres).twips}' w:type='dxa'/></w:tcPr>{''.join(lines)}</w:tc>"


def _border(paragraph: Paragraph, kind: str, eighths: int) -> None:
    """A line below the paragraph; its width in eighths of a point."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("w:val", kind), ("w:sz", str(eighths)), ("w:space", "4"), ("w:color", "000000")):
        bottom.set(qn(name), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _no_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
