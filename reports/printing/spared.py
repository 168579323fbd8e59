"""Work the page-maker is spared because our documents never need it: repairing HTML, footnotes, asking for kinds.

Belongs to the short cuts: the bytes are the same.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.html import UA_STYLESHEET

NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})


def forget_notes() -> None:
    """Take the rules for foot notes and list marks out of those that are asked for every element.

    Each of them made a style for every element of the document, although none has notes and only items have marks.
    """
    matcher = UA_STYLESHEET.matcher
    by_element = [one for one in matcher.other_selectors if one[3] == "marker"]
    matcher.other_selectors = [one for one in matcher.other_selectors if one[3] not in NOTES | {"marker"}]
    matcher.lower_local_name_selectors.setdefault("li", []).extend(by_element)


def reading_once(slow: Callable[..., Any]) -> Callable[..., Any]:
    """The tree of a document that is well-formed already; any other is repaired as HTML."""

    def quick(source: Any, **how: Any) -> Any:
        given = source.read()
        try:
            return ElementTree.fromstring(given)
        except ElementTree.ParseError:
            source.seek(0)
            return slow(source, **how)

    return quick


def subtree_once(slow: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    """All elements of the document in their order, gone through three times but wrapped once."""

    def quick(element: Any) -> Iterator[Any]:
        if element.parent is not None:
            return slow(element)
        if "subtree" not in element.__dict__:
            element.subtree = list(slow(element))
        return iter(element.subtree)

    return quick


def write_plainly() -> None:
    """Write the objects of the file by the kind of their values, and every name once."""
    slow = pydyf._to_bytes

    def quick(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        if kind is float and not item.is_integer():
            return f"{item:f}".rstrip("0").encode("ascii")
        return slow(item)

    @cache
    def name(key: str) -> Any:
        return b"/" + slow(key) + b" "

    def data(dictionary: Any) -> Any:
        return b"<<" + b"".join([name(key) + quick(value) for key, value in dictionary.items()]) + b">>"

    pydyf._to_bytes = quick
    pydyf.Dictionary.data = property(data)
