"""Actions: the only ways agencies, agreements, accounts and holidays change. Each checks, changes, records."""

from agencies.actions.agency import AgencyFacts, add_agency, change_agency, keep_alias
from agencies.actions.agreement import (
    AgreementFacts,
    PartyEntry,
    StaleAgreement,
    add_clauses,
    attach_document,
    change_agreement,
    enter_agreement,
)
from agencies.actions.contact import ContactFacts, change_contact, keep_contact, retire_contact
from agencies.actions.holiday import add_holiday, remove_holiday, restore_holiday
from agencies.actions.people import (
    create_account,
    deactivate,
    end_tenure,
    give_roles,
    invite,
    reactivate,
    renew_link,
    set_first_password,
)

__all__ = [
    "AgencyFacts",
    "AgreementFacts",
    "ContactFacts",
    "PartyEntry",
    "StaleAgreement",
    "add_agency",
    "add_clauses",
    "add_holiday",
    "attach_document",
    "change_agency",
    "change_agreement",
    "change_contact",
    "create_account",
    "deactivate",
    "end_tenure",
    "enter_agreement",
    "give_roles",
    "invite",
    "keep_alias",
    "keep_contact",
    "reactivate",
    "remove_holiday",
    "renew_link",
    "restore_holiday",
    "retire_contact",
    "set_first_password",
]
