"""Contacts (*Narahubung*): kept and seen by the officers of one agency only, never exported."""

import dataclasses
import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import Agency, Contact, User
from agencies.policy import Refusal, no, permit


@dataclasses.dataclass(frozen=True)
class ContactFacts:
    """How somebody at an agency is reached; ``whatsapp`` as digits with country code (see agencies.phones)."""

    post_text: str
    name: str = ""
    whatsapp: str = ""
    email: str = ""


@transaction.atomic
def keep_contact(
    *,
    by: User | None,
    at: dt.datetime,
    agency: Agency,
    kept_by: Agency,
    post_text: str,
    name: str = "",
    whatsapp: str = "",
    email: str = "",
) -> Contact:
    """Note a person to reach at an agency. ``by`` is None only for set-up by command.

    The trail tells that it happened, never the name or number.
    """
    if by is not None:
        permit(by, "contact.keep", kept_by)
    contact = Contact.objects.create(
        agency=agency, kept_by=kept_by, post_text=post_text, name=name, whatsapp=whatsapp, email=email
    )
    after = {"agency": agency.code, "kept_by": kept_by.code, "has_whatsapp": bool(whatsapp), "has_email": bool(email)}
    record("contact.kept", on=contact, by=by, at=at, after=after)
    return contact


@transaction.atomic
def change_contact(contact: Contact, facts: ContactFacts, *, by: User, at: dt.datetime) -> Contact:
    """Correct a contact; only for officers of the agency that keeps it."""
    contact = _locked(contact, by=by)
    changed = [
        field.name for field in dataclasses.fields(facts) if getattr(contact, field.name) != getattr(facts, field.name)
    ]
    for name in changed:
        setattr(contact, name, getattr(facts, name))
    contact.save()
    record("contact.changed", on=contact, by=by, at=at, after={"fields": changed})
    return contact


@transaction.atomic
def retire_contact(contact: Contact, *, by: User, at: dt.datetime) -> Contact:
    """Stop using a contact. A second click changes nothing."""
    contact = _locked(contact, by=by)
    if contact.is_active:
        contact.is_active = False
        contact.save(update_fields=["is_active"])
        record("contact.retired", on=contact, by=by, at=at)
    return contact


def _locked(contact: Contact, *, by: User) -> Contact:
    contact = Contact.objects.select_for_update(of=("self",)).select_related("kept_by", "agency").get(pk=contact.pk)
    permit(by, "contact.keep", contact.kept_by)
    if not contact.agency.is_active:
        raise Refusal(no(_("Instansi ini sudah tidak aktif."), status=409))
    return contact
