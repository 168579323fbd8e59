"""The tags of a document, put in order before they are written: what a screen reader walks through."""

from typing import Any

WORDLESS = frozenset({"/Span", "/NonStruct"})
"""Kinds that say nothing about what they hold."""
PLAIN = frozenset({"Type", "S", "K", "Pg", "P"})


def tend_tags(_document: Any, pdf: Any) -> None:
    """Put the tags in order before they are written."""
    tags: dict[bytes, Any] = {
        one.reference: one for one in pdf.objects if hasattr(one, "get") and one.get("Type") == "/StructElem"
    }
    _scope_headers(tags)
    _join_words(pdf, tags)


def _scope_headers(tags: dict[bytes, Any]) -> None:
    """Give every table header its scope: those inside the table head head columns, the others head rows."""
    for tag in tags.values():
        if tag["S"] == "/TH":
            group = tags[tags[tag["P"]]["P"]]["S"]
            tag["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"


def _join_words(pdf: Any, tags: dict[bytes, Any]) -> None:
    """Let words belong to their paragraph or cell itself: every line of text had up to three tags of its own.

    What only holds words and says nothing about them is taken out, from the inside to the outside.
    """
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    owners = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    joined: dict[bytes, bytes] = {}
    for reference, tag in reversed(tags.items()):
        kids: Any = tags[tag["P"]]["K"] if tag["S"] in WORDLESS and tag.keys() == PLAIN else []
        if reference in kids and all(type(one) is int for one in tag["K"]):
            place = kids.index(reference)
            kids[place : place + 1] = tag["K"]
            joined[reference] = tag["P"]
            tag.free = "f"
    for page in owners[1::2]:
        if isinstance(page, list):
            page[:] = [_owner(one, joined) for one in page]


def _owner(reference: bytes, joined: dict[bytes, bytes]) -> bytes:
    """The tag that is left for the words of this one."""
    while reference in joined:
        reference = joined[reference]
    return reference
