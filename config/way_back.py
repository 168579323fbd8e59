"""The way back from a refusal: the page of the thing that the refused address is about."""

from itertools import accumulate

from django.urls import Resolver404, ResolverMatch, resolve


def way_back(path: str) -> str:
    """The address of the object that ``path`` does something with; empty when there is none above it.

    ``/laporan/7KQ4-M2XD-9F/ralat/1/`` leads to ``/laporan/7KQ4-M2XD-9F/``; a list is no way back to an object.
    """
    refused = _match(path)
    if refused is None:
        return ""
    named = set(refused.kwargs.values())
    for above in list(accumulate(f"{step}/" for step in path.strip("/").split("/")))[:-1]:
        found = _match(f"/{above}")
        if found and found.kwargs and named.issuperset(found.kwargs.values()):
            return f"/{above}"
    return ""


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
