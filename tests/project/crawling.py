"""Walking through every door and comparing what stands in the database before and after."""

import gzip
import hashlib
import io
import re
import zlib

from django.apps import apps
from django.http.response import HttpResponseBase

OWN_APPS = ("agencies", "meetings", "commitments", "reports")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def words_of(response: HttpResponseBase) -> str:
    """All text an answer carries: the page, its headers, and what a file or a PDF holds."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.GzipFile(fileobj=io.BytesIO(content)).read()
    unpacked = [_inflated(match) for match in STREAM.findall(content)] if content.startswith(b"%PDF") else []
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return "\n".join([head, *(part.decode("utf-8", "replace") for part in (content, *unpacked))])


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return packed


def let_go(response: HttpResponseBase) -> None:
    """Close a file that was sent; ``response.close()`` would close the database too."""
    for close in response._resource_closers:
        close()


def digest_of(*models, leave_out=()):
    """One digest per table of its rows, all columns; default: every table of the project."""
    wanted = models or [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]
    return {
        model._meta.label: hashlib.sha256(repr(list(model._default_manager.order_by("pk").values_list())).encode())
        .hexdigest()
        for model in wanted
        if model not in leave_out
    }  # fmt: skip


def changed(before, after):
    """Names of the tables whose rows differ."""
    return sorted(name for name in before if before[name] != after[name])
