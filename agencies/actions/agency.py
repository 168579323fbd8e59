"""Agencies: added by anybody who meets one, kept by their own supervisor, moved only by an Admin."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.apps import apps
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import Agency, Alias, Paper, User, Zone
from agencies.numbering import refused_when_taken
from agencies.policy import Refusal, no, permit
from agencies.reach import is_admin
from config.files import StoredFile


@dataclasses.dataclass(frozen=True)
class AgencyFacts:
    """What an agency's keeper may correct; ``kind`` and ``parent`` only an Admin."""

    name: str
    short_name: str
    kind: str
    parent: Agency | None
    zone: str = Zone.WIB
    region: str = ""
    letterhead: str = ""
    address_line: str = ""
    signing_place: str = ""
    signing_post: str = ""
    two_key_publishing: bool = False
    paper: str = Paper.A4
    is_plain_type: bool = False
    named_in_public: bool = False
    named_in_public_by: str = ""
    named_in_public_on: dt.date | None = None
    logo: StoredFile | None = None
    drops_logo: bool = False


@transaction.atomic
def add_agency(
    *,
    by: User | None,
    at: dt.datetime,
    code: str,
    kind: str,
    name: str,
    short_name: str,
    parent: Agency | None = None,
    technical_parent: Agency | None = None,
    zone: str = Zone.WIB,
    region: str = "",
    letterhead: str = "",
    address_line: str = "",
    signing_place: str = "",
    signing_post: str = "",
    aliases: Iterable[str] = (),
    is_example: bool = False,
) -> Agency:
    """Add an agency without accounts (*Dicatatkan*). ``by`` is None only for set-up by command.

    Raises Refusal when the person may not, or (409) when the code is taken.
    """
    if by is not None:
        permit(by, "agency.add")
    taken = _('Kode "%(code)s" sudah dipakai instansi lain.') % {"code": code}
    if Agency.objects.filter(code=code).exists():
        raise Refusal(no(taken, status=409))
    with refused_when_taken(taken):
        agency = Agency.objects.create(
            code=code, kind=kind, name=name, short_name=short_name, parent=parent, technical_parent=technical_parent,
            zone=zone, region=region, letterhead=letterhead, address_line=address_line, signing_place=signing_place,
            signing_post=signing_post, is_example=is_example,
        )  # fmt: skip
    for alias in aliases:
        Alias.objects.create(agency=agency, name=alias)
    after = {"kind": kind, "parent": parent.code if parent else "", "is_example": is_example}
    record("agency.added", on=agency, by=by, at=at, after=after, texts={"name": name})
    return agency


@transaction.atomic
def change_agency(agency: Agency, facts: AgencyFacts, *, by: User, at: dt.datetime) -> Agency:
    """Correct an agency. Its former name stays known as an alias that ends today; dates end at its midnight.

    Raises Refusal when the person may not, when somebody else than an Admin moves it, or (409) when it would
    stand below itself.
    """
    agency = Agency.objects.select_for_update(of=("self",)).select_related("parent").get(pk=agency.pk)
    permit(by, "agency.edit", agency)
    is_moved = (facts.kind, facts.parent) != (agency.kind, agency.parent)
    if is_moved and not is_admin(by):
        raise Refusal(no(_("Jenis dan induk instansi hanya dapat diubah oleh Admin.")))
    if facts.parent is not None and agency.pk in facts.parent.ancestor_ids:
        raise Refusal(no(_("Instansi tidak dapat berada di bawah dirinya sendiri."), status=409))
    before = _audited(agency)
    old_name, old_path = agency.name, agency.path
    _take_over(agency, facts)
    with _dates_told_anew(agency) if agency.zone != before["zone"] else nullcontext():
        agency.save()
    _move_below(old_path, agency.path)
    if agency.name != old_name:
        Alias.objects.get_or_create(agency=agency, name=old_name, defaults={"valid_until": timezone.localdate(at)})
    record(
        "agency.changed", on=agency, by=by, at=at, before=before, after=_audited(agency), texts={"name": agency.name}
    )
    return agency


def _take_over(agency: Agency, facts: AgencyFacts) -> None:
    """Write the corrected facts into the row; a former logo's file stays, since old reports may print it again."""
    for field in dataclasses.fields(facts):
        if field.name not in ("logo", "drops_logo"):
            setattr(agency, field.name, getattr(facts, field.name))
    if facts.logo is not None:
        agency.logo = facts.logo.content
    elif facts.drops_logo:
        agency.logo = ""


def _audited(agency: Agency) -> dict[str, object]:
    """What the trail keeps of an agency."""
    return {
        "kind": agency.kind,
        "parent": agency.parent.code if agency.parent else "",
        "zone": agency.zone,
        "two_key_publishing": agency.two_key_publishing,
        "paper": agency.paper,
        "logo": agency.logo.name or "",
        "named_in_public": agency.named_in_public,
        "named_in_public_on": agency.named_in_public_on,
    }


@transaction.atomic
def keep_alias(
    agency: Agency,
    *,
    name: str,
    by: User,
    at: dt.datetime,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Alias:
    """Note another name of an agency, or correct the time in which a known one is valid."""
    permit(by, "agency.edit", agency)
    alias, _created = Alias.objects.update_or_create(
        agency=agency, name=name, defaults={"valid_from": valid_from, "valid_until": valid_until}
    )
    after = {"valid_from": valid_from, "valid_until": valid_until}
    record("agency.alias_kept", on=agency, by=by, at=at, after=after, texts={"name": name})
    return alias


def _move_below(old_path: str, new_path: str) -> None:
    """Carry the whole subtree along when its top was moved."""
    if old_path == new_path:
        return
    Agency.objects.filter(path__startswith=old_path).update(
        path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1))
    )


@contextmanager
def _dates_told_anew(agency: Agency) -> Iterator[None]:
    """Say anew from which instant each date is past: dates end where the lead is, without lead where the host is."""
    commitments = apps.get_model("commitments", "Commitment").objects  # an app above this one, so by name
    with commitments.timed_by(agency).told_anew():
        yield
        for rows in (agency.led_commitments, agency.hosted_commitments.filter(lead=None)):
            for row in rows.order_by("pk"):
                if row.due_on is not None:
                    row.late_from = agency.midnight_after(row.due_on)
                    row.save(update_fields=["late_from"])
