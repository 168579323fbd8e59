"""The HTML of our own documents as a tree, and its words as they would be read aloud."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})
OWN_LINE = frozenset({"line", "words", "objection", "strong-line"})
"""Classes of spans that stand on a line of their own."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def read_html(text: str) -> Element:
    """The root element of a document in which every element that is opened is closed."""
    reader = _Reader()
    reader.feed(text[text.index("<html") :])
    reader.close()
    return reader.builder.close()


def classes(node: Element) -> set[str]:
    """The class names of an element."""
    return set(node.get("class", "").split())


def words(node: Element) -> str:
    """The text of an element, line by line; pictures speak by their alternative text."""
    lines = "".join(_pieces(node)).split("\n")
    return "\n".join(tidy for line in lines if (tidy := " ".join(line.split())))


def _pieces(node: Element) -> list[str]:
    """Runs of text in order; blanks in the source are blanks, line ends stand for lines of their own."""
    if node.tag == "img":
        return [node.get("alt", ""), " "]
    edge = "\n" if node.tag in ("br", "li", "p", "div") or classes(node) & OWN_LINE else ""
    apart = " " if node.tag == "div" else ""  # what stands side by side in a box is two words
    pieces = [edge, _flat(node.text)]
    for child in node:
        pieces += [*_pieces(child), apart, _flat(child.tail)]
    return [*pieces, edge]


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
