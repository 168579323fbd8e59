"""Codes such as K-2026-014: given once, at first save, never reused and never renumbered."""

import contextlib
import re
import uuid
from collections.abc import Callable, Iterator

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.audit import canonical, sha256
from agencies.models import Counter, FormToken, User
from agencies.policy import Refusal, no

TRIES = 3
DEADLOCK = "40P01"  # of PostgreSQL
_TYPED_CODE = re.compile(r"([A-Za-z]{1,3})-([0-9]{4})-([0-9]{1,9})")


def next_number(kind: str, year: int) -> int:
    """The next number of a kind in a year; the counter is locked until the caller's transaction ends."""
    Counter.objects.get_or_create(kind=kind, year=year)
    counter = Counter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def next_code(kind: str, year: int) -> str:
    """The next code of a kind: ``K-2026-014`` (three digits, more when needed)."""
    return f"{kind}-{year}-{next_number(kind, year):03d}"


def right_form(code: str) -> str:
    """A code as it is printed: ``k-2026-14`` becomes ``K-2026-014``; anything else stays as it is."""
    match = _TYPED_CODE.fullmatch(code)
    return f"{match[1].upper()}-{match[2]}-{int(match[3]):03d}" if match else code


def once(token: uuid.UUID | None, *, by: User, content: object, act: Callable[[], str]) -> str:
    """Do ``act`` once per form token and return its result (an address); the second click finds the first's.

    All or nothing with the act itself. The same token with other content is refused (409). When the database ends
    one of two acts that wait for each other, it is done anew.
    """
    digest = sha256(canonical(content))
    for _try in range(TRIES - 1):
        try:
            return _once(token, digest, by=by, act=act)
        except OperationalError as error:
            if not _is_deadlock(error) or transaction.get_connection().in_atomic_block:
                raise
    return _once(token, digest, by=by, act=act)


def _once(token: uuid.UUID | None, digest: str, *, by: User, act: Callable[[], str]) -> str:
    with transaction.atomic():
        if token is not None:
            row, created = FormToken.objects.select_for_update().get_or_create(
                token=token, defaults={"user": by, "digest": digest, "result": "", "at": timezone.now()}
            )
            if not created:
                if row.user_id != by.pk or row.digest != digest:
                    raise Refusal(
                        no(_("Formulir ini sudah dikirim dengan isian lain. Muat ulang halaman."), status=409)
                    )
                return row.result
        result = act()
        if token is not None:
            FormToken.objects.filter(token=token).update(result=result)
        return result


def _is_deadlock(error: OperationalError) -> bool:
    return (
        getattr(error.__cause__, "pgcode", None) == DEADLOCK or getattr(error.__cause__, "sqlstate", None) == DEADLOCK
    )


def was_used(token: uuid.UUID | None) -> bool:
    """Whether a form with this token was acted on already."""
    return token is not None and FormToken.objects.filter(token=token).exists()


@contextlib.contextmanager
def refused_when_taken(words: str) -> Iterator[None]:
    """Refuse (409) what another transaction stored first: a look before the insert cannot see it, the database can."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(no(words, status=409)) from error
