"""The first run: one office, its agreement, its first two people and its first partner, all or nothing.

The page opens only by a signed link that a command prints on the machine itself, for 24 hours, and only as
long as nobody has an account. After that the address does not exist any more.
"""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies.actions import PartyEntry, add_agency, create_account, enter_agreement, invite, keep_contact
from agencies.audit import record
from agencies.models import Agency, Counter, Post, Role, Tenure, User, Zone
from agencies.policy import Refusal, no

_SALT = "agencies.firstrun"
VALID_HOURS = 24
FIRST_ROLES = (Role.OFFICER.value, Role.ADMIN.value)


@dataclasses.dataclass(frozen=True)
class Office:
    """An agency as it is typed on the first-run page."""

    name: str
    short_name: str
    code: str
    kind: str
    zone: str = Zone.WIB


@dataclasses.dataclass(frozen=True)
class Signer:
    """A party of the agreement by its name; made when no agency is called so."""

    name: str
    kind: str


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who gets an account; ``password`` empty means: by a one-time link."""

    name: str
    email: str
    post_title: str
    roles: tuple[str, ...]
    password: str = ""


@dataclasses.dataclass(frozen=True)
class Reach:
    """How the partner is reached."""

    post_text: str
    name: str = ""
    whatsapp: str = ""


@dataclasses.dataclass(frozen=True)
class Founding:
    """Everything the page asks for; a second person and a partner may follow later."""

    office: Office
    signed_on: dt.date
    our_party: Signer
    their_party: Signer
    first: Person
    agreement_title: str = ""
    second: Person | None = None
    partner: Office | None = None
    contact: Reach | None = None


@dataclasses.dataclass(frozen=True)
class Founded:
    """Who signs in now, and the second person's link (empty when there is none)."""

    user: User
    second: User | None
    link: str


def is_open() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def make_link() -> str:
    """Return a fresh link to the first-run page. Raises Refusal (409) once somebody has an account."""
    if not is_open():
        raise Refusal(no(_("Pengaturan awal sudah selesai: sudah ada akun."), status=409))
    token = signing.dumps(secrets.token_urlsafe(12), salt=_SALT)
    return f"{settings.SITE_URL}{reverse('agencies:first_run', args=[token])}"


def require_open(token: str) -> bool:
    """Whether the link is still in time; raises Http404 for a foreign token or once somebody has an account."""
    if not is_open():
        raise Http404
    try:
        signing.loads(token, salt=_SALT, max_age=dt.timedelta(hours=VALID_HOURS))
    except signing.SignatureExpired:
        return False
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    return True


@transaction.atomic
def found_office(founding: Founding, *, at: dt.datetime) -> Founded:
    """Make everything of the page, or nothing. Raises Refusal (409) when somebody was faster."""
    Counter.objects.get_or_create(kind="MULAI", year=0)
    Counter.objects.select_for_update().get(kind="MULAI", year=0)
    if not is_open():
        raise Refusal(no(_("Pengaturan awal sudah selesai: sudah ada akun."), status=409))
    ours, office = _side(founding.our_party, founding.office, at=at)
    theirs, partner = _side(founding.their_party, founding.partner, at=at)
    enter_agreement(
        by=None,
        at=at,
        signed_on=founding.signed_on,
        parties=[PartyEntry(ours), PartyEntry(theirs)],
        host_agency=office or ours,
        title=founding.agreement_title,
    )
    user = _first_person(founding.first, office or ours, at=at)
    second, link = _second_person(founding.second, office or ours, at=at)
    if partner is not None and founding.contact is not None:
        keep_contact(by=None, at=at, agency=partner, kept_by=office or ours, **dataclasses.asdict(founding.contact))
    return Founded(user, second, link)


def _side(signer: Signer, office: Office | None, *, at: dt.datetime) -> tuple[Agency, Agency | None]:
    """The party of one side and the office below it; one agency when both have the same name."""
    if office is not None and signer.name.casefold() in {office.name.casefold(), office.short_name.casefold()}:
        agency = _office(office, parent=None, at=at)
        return agency, agency
    known = Agency.objects.filter(name__iexact=signer.name).first()
    taken = {office.code} if office else set()
    party = known or add_agency(
        by=None, at=at, code=free_code(signer.name, taken=taken), kind=signer.kind, name=signer.name,
        short_name=signer.name[:80],
    )  # fmt: skip
    return party, _office(office, parent=party, at=at) if office else None


def _office(office: Office, *, parent: Agency | None, at: dt.datetime) -> Agency:
    return add_agency(by=None, at=at, parent=parent, **dataclasses.asdict(office))


def free_code(name: str, *, taken: set[str]) -> str:
    """A short code from a name that no agency has: the initials, then with a number."""
    words = slugify(name).split("-")
    base = ("".join(word[0] for word in words if word) if len(words) > 2 else "-".join(words))[:20] or "instansi"
    for candidate in _candidates(base):
        if candidate not in taken and not Agency.objects.filter(code=candidate).exists():
            return candidate
    raise AssertionError("unreachable: the candidates never end")


def _candidates(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}{number}"
        number += 1


def _first_person(person: Person, agency: Agency, *, at: dt.datetime) -> User:
    """The first account; somebody must be able to invite the others."""
    user = create_account(name=person.name, email=person.email, password=person.password)
    post = Post.objects.create(agency=agency, title=person.post_title)
    for role in person.roles:
        Tenure.objects.create(post=post, user=user, role=role, starts_on=timezone.localdate(at))
    record("person.first", on=user, by=user, at=at, after={"agency": agency.code, "roles": sorted(person.roles)})
    return user


def _second_person(person: Person | None, agency: Agency, *, at: dt.datetime) -> tuple[User | None, str]:
    if person is None:
        return None, ""
    return invite(
        by=None, at=at, name=person.name, email=person.email, agency=agency, post_title=person.post_title,
        roles=person.roles,
    )  # fmt: skip
