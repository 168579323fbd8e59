"""Addresses of pages, found once: a list links to fifty things, a page has dozens of links that never change."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8192)
def address(view: str, *args: str) -> str:
    """Return the address of a view; ``args`` are codes, which are never renumbered."""
    return reverse(view, args=args)
