"""*Salinan kerja*: the whole report as a Word file to work on, from the same page that the PDF is printed from."""

import json
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.exports.html_tree import classes, read_html, words
from reports.models import Report
from reports.papers.frame import Issuer, Paper
from reports.papers.word import TEXT_WIDTH, WordPaper, fitting
from reports.printing.document import report_html, revive

NOT_WRITTEN = frozenset({"headline", "footline", "letterhead", "second-rule", "plain-issuer", "watermark", "key"})
"""Classes of what stands on every page of the PDF, belongs to the official paper, or explains a picture's colours."""
ANNEX, WIDE = "annex-", "annex-a"
"""Classes of annexes, and of the one that lies on its side."""
HEADINGS = {"h2": 1, "h3": 2, "h4": 2, "h5": 2}
BLOCKS = frozenset(
    {
        "h1", "h2", "h3", "h4", "h5", "p", "ul", "ol", "dl", "table", "div", "section", "figure", "figcaption",
        "article", "aside", "header", "footer", "main",
    }
)  # fmt: skip
WIDE_WIDTH = 252  # millimetres between the margins of A4 on its side
WIDE_FROM = 7  # columns; a table with more is set in small type
LEAST, MOST = 8, 40  # characters by which a column may ask for width


def write_working_copy(report: Report) -> bytes:
    """The Word file: the same parts and numbers as the PDF; *salinan kerja*, code and digest on every page."""
    snapshot = json.loads(report.snapshot)
    html = report_html(snapshot, digest=report.snapshot_sha256, issued=report.was_issued)
    with override(settings.LANGUAGE_CODE):
        paper = Paper(
            title=_("Salinan kerja, kode dokumen %(code)s") % {"code": report.code},
            issuer=Issuer.of(report.issuer),
            standing=_("SHA-256 data laporan %(digest)s") % {"digest": report.snapshot_digest},
            is_draft=not report.was_issued,
            is_example=report.is_example,
        )
        word = WordPaper(paper, at=revive(snapshot["made_at"], "made_at"), marks=[_("SALINAN KERJA")])
        body = read_html(html).find("body")
        if body is not None:
            _Copy(word).write(body)
        return word.save()


class _Copy:
    """Writes one page of HTML into a Word file, from top to bottom."""

    def __init__(self, word: WordPaper) -> None:
        self.word = word
        self.width = TEXT_WIDTH

    def write(self, node: Element) -> None:
        """One element with all in it."""
        if classes(node) & NOT_WRITTEN or node.tag in ("style", "script"):
            return
        self._turn_for(classes(node))
        if (write := getattr(self, f"_{node.tag}", None)) is not None:
            write(node)
        elif node.tag in HEADINGS:
            self.word.heading(words(node), level=HEADINGS[node.tag])
        elif any(child.tag in BLOCKS for child in node):
            for child in node:
                self.write(child)
        elif text := words(node):
            self.word.text(text)

    def _turn_for(self, names: set[str]) -> None:
        """Begin a new page where an annex stands otherwise than what came before."""
        width = WIDE_WIDTH if WIDE in names else TEXT_WIDTH
        if any(name.startswith(ANNEX) for name in names) and width != self.width and "annex-start" not in names:
            self.word.turn()
            self.width = width

    def _h1(self, node: Element) -> None:
        self.word.title(words(node))

    def _ul(self, node: Element) -> None:
        self.word.bullets([text for item in node if (text := words(item))])

    _ol = _ul

    def _dl(self, node: Element) -> None:
        terms = [words(one) for one in node.iter("dt")]
        meanings = [words(one) for one in node.iter("dd")]
        self.word.facts(list(zip(terms, meanings, strict=False)), label=46)

    def _img(self, node: Element) -> None:
        if text := node.get("alt"):
            self.word.text(text)

    def _table(self, node: Element) -> None:
        caption = node.find("caption")
        if caption is not None:
            self.word.text(words(caption), is_strong=True)
        head = [words(cell) for row in node.findall("thead/tr") for cell in row]
        rows = [[words(cell) for cell in row] for part in ("tbody", "tfoot") for row in node.findall(f"{part}/tr")]
        columns = max([len(head), *(len(row) for row in rows)])
        if not columns:
            return
        filled = [[*row, *[""] * (columns - len(row))] for row in rows]
        if not head:
            head, filled = (filled[0], filled[1:]) if filled else ([""] * columns, [])
        size = 8 if columns >= WIDE_FROM else 10
        table = [head, *filled]
        self.word.table(head, filled, fitting(table, _wants(table), whole=self.width, size=size), size=size)


def _wants(rows: list[list[str]]) -> list[int]:
    """How much there is to read in each column, in letters."""
    return [
        min(MOST, max(LEAST, *(len(line) for cell in column for line in cell.split("\n")[:3])))
        for column in zip(*rows, strict=True)
    ]
