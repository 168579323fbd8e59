"""What an address asks for after its question mark: text from outside, made safe to look up."""

from django.http import HttpRequest, QueryDict


def asked(request: HttpRequest, name: str, *, longest: int = 100) -> str:
    """Return the value of ``name``, trimmed and cut to ``longest`` characters; empty when it is not there."""
    return asked_in(request.GET, name, longest=longest)


def asked_in(query: QueryDict, name: str, *, longest: int = 100) -> str:
    """The same of an address that was kept.

    NUL characters are taken out: PostgreSQL has no text that holds one.
    """
    return query.get(name, "").replace("\0", "").strip()[:longest]
