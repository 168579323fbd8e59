"""Accounts of the example. They are posts, not people; all share one password kept beside the data."""

import datetime as dt
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agencies.actions import create_account
from agencies.audit import record
from agencies.models import Agency, Post, Role, Tenure, User

DOMAIN = "simpul.example"
ACCOUNTS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("petugas.bp3mi", "Petugas BP3MI Jakarta", "bp3mi-jakarta", "Petugas", (Role.OFFICER,)),
    ("pimpinan.bp3mi", "Pimpinan BP3MI Jakarta", "bp3mi-jakarta", "Pimpinan", (Role.SUPERVISOR,)),
    ("humas.bp3mi", "Humas BP3MI Jakarta", "bp3mi-jakarta", "Pranata Humas", (Role.PRESS,)),
    ("petugas.contoh", "Petugas Sudin Contoh A", "contoh-a", "Petugas", (Role.OFFICER,)),
    ("pimpinan.contoh", "Pimpinan Kota Contoh", "kota-contoh", "Pimpinan", (Role.SUPERVISOR,)),
    ("petugas.jaksel", "Petugas Kota Jakarta Selatan", "jaksel", "Petugas", (Role.OFFICER,)),
    ("petugas.asing", "Petugas Dinas Contoh Lain", "asing", "Petugas", (Role.OFFICER,)),
    ("auditor", "Auditor Inspektorat Contoh", "inspektorat-contoh", "Auditor", (Role.AUDITOR,)),
    ("admin", "Admin BP3MI Jakarta", "bp3mi-jakarta", "Pranata Komputer", (Role.ADMIN,)),
)


def email_of(name: str) -> str:
    """The address of an example account."""
    return f"{name}@{DOMAIN}"


def example_password() -> str:
    """The shared password: from ``DEMO_PASSWORD``, or made once and kept under SIMPUL_HOME (mode 0600)."""
    path = Path(settings.SIMPUL_HOME) / "demo-password"
    if settings.DEMO_PASSWORD:
        password = str(settings.DEMO_PASSWORD)
    elif path.exists():
        return path.read_text(encoding="utf-8").strip()
    else:
        password = secrets.token_urlsafe(9)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password


@transaction.atomic
def open_accounts(*, at: dt.datetime, since: dt.date) -> dict[str, User]:
    """Open the accounts that are missing, with tenures since a day before everything in the example."""
    password = example_password()
    for name, title, code, post_title, roles in ACCOUNTS:
        if User.objects.filter(email=email_of(name)).exists():
            continue
        user = create_account(name=title, email=email_of(name), password=password)
        post, _created = Post.objects.get_or_create(agency=Agency.objects.get(code=code), title=post_title)
        for role in roles:
            Tenure.objects.create(post=post, user=user, role=role, starts_on=since)
        record("person.invited", on=user, by=None, at=at, after={"agency": code, "roles": list(roles)})
    return {name: User.objects.get(email=email_of(name)) for name, *_rest in ACCOUNTS}
