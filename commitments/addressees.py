"""Who is reminded of a commitment, so that nothing is ever sent to nobody.

In this order: the holder of the lead's post, the officers of the lead, the lead's contact kept by the host
(a text sent by hand), the host's officers with the duty to call (*tugas: hubungi*).
"""

import datetime as dt
from dataclasses import dataclass

from agencies.models import Contact, Role, Tenure, User
from commitments.ladder import is_after_date
from commitments.models import Commitment, DueBasis, Rung

HOST_DUTY = "host:"


@dataclass(frozen=True)
class Addressee:
    """A person with an account or a contact; ``is_host_duty`` when the host's officer is to call the lead."""

    user: User | None = None
    contact: Contact | None = None
    is_host_duty: bool = False

    @property
    def key(self) -> str:
        """``user:7``, ``contact:3`` or ``host:user:7``: how the ledger names the recipient."""
        if self.contact is not None:
            return f"contact:{self.contact.pk}"
        return f"{HOST_DUTY if self.is_host_duty else ''}user:{self.user.pk if self.user else 0}"


def envelope_of(key: str) -> str:
    """The person behind a recipient's key: duties of both kinds travel in one message."""
    return key.removeprefix(HOST_DUTY)


class AddressBook:
    """Who holds what on one day; each agency, post and contact is looked up once."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self._people: dict[tuple[str, int], list[User]] = {}
        self._contacts: dict[tuple[int, int], Contact | None] = {}

    def addressees(self, commitment: Commitment, rung: str) -> list[Addressee]:
        """Everybody to whom this rung of this commitment goes; empty only when the host has no people at all."""
        if rung == Rung.GAPS or commitment.lead_id is None:
            return [Addressee(user=user) for user in self.keepers(commitment)]
        holders = self._holders(commitment)
        if commitment.lead_id == commitment.host_agency_id:
            return [Addressee(user=user) for user in holders or self.keepers(commitment)]
        if is_after_date(rung) and commitment.due_basis != DueBasis.AGREED:
            return self._duty(commitment)
        if users := holders or self.officers(commitment.lead_id):
            return [Addressee(user=user) for user in users]
        if contact := self.contact(commitment.lead_id, commitment.host_agency_id):
            return [Addressee(contact=contact)]
        return self._duty(commitment)

    def officers(self, agency_id: int) -> list[User]:
        """The officers of an agency."""
        return self._cached(Role.OFFICER, agency_id, role=Role.OFFICER, post__agency=agency_id)

    def keepers(self, commitment: Commitment) -> list[User]:
        """The host's officers, or its supervisors where it has none."""
        host = commitment.host_agency_id
        return self.officers(host) or self._cached(Role.SUPERVISOR, host, role=Role.SUPERVISOR, post__agency=host)

    def contact(self, agency_id: int, host_id: int) -> Contact | None:
        """The contact of an agency that the host keeps, one with a number or an address first."""
        if (agency_id, host_id) not in self._contacts:
            found = list(Contact.objects.filter(agency=agency_id, kept_by=host_id, is_active=True).order_by("pk"))
            found.sort(key=lambda contact: not contact.whatsapp + contact.email)
            self._contacts[agency_id, host_id] = found[0] if found else None
        return self._contacts[agency_id, host_id]

    def _holders(self, commitment: Commitment) -> list[User]:
        post = commitment.lead_post
        if post is None or post.agency_id != commitment.lead_id:
            return []
        return self._cached("post", post.pk, post=post.pk)

    def _duty(self, commitment: Commitment) -> list[Addressee]:
        return [Addressee(user=user, is_host_duty=True) for user in self.keepers(commitment)]

    def _cached(self, kind: str, pk: int, **where: object) -> list[User]:
        if (kind, pk) not in self._people:
            tenures = Tenure.objects.current(on=self.on).filter(**where).select_related("user").order_by("user")
            self._people[kind, pk] = list(dict.fromkeys(tenure.user for tenure in tenures))
        return self._people[kind, pk]
