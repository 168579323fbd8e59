"""Who may do what where: one literal table, one way to find a person's scope, and answers with reasons.

Scopes (model.md of the design, kept in docs/keamanan.md): S0 keeps the record, S1 leads, S2 contributes,
PRESENT was in the room when a line without owner was noted, S3 is only a party to the same agreement that
is open between its parties, ASSIGNED is an auditor's assignment. Everything else is a stranger: 404.
"""

import dataclasses
import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.models.people import AuditAssignment, Role, Tenure, User
from agencies.standing import Standing, Thing

if TYPE_CHECKING:
    from agencies.models.agency import Agency

ROLES_IN_ORDER = (Role.OFFICER, Role.SUPERVISOR, Role.PRESS, Role.AUDITOR, Role.ADMIN)


class Scope(StrEnum):
    """How near a person's agency stands to a thing."""

    S0 = "S0"
    S1 = "S1"
    S2 = "S2"
    PRESENT = "PRESENT"
    S3 = "S3"
    ASSIGNED = "ASSIGNED"


NOBODY = "-----"


def _for(**rows: str) -> dict[Scope, str]:
    """Rows by scope; whoever can see the thing at all but is not named here is told no."""
    return {scope: rows.get(scope.name, NOBODY) for scope in Scope}


# One letter per role in the order officer, supervisor, press, auditor, admin:
# Y does it, r reads it, - is told no with the reason, 0 is not told that it exists (404).
# Without any scope: invisible (404).
TABLE: dict[str, dict[Scope, str]] = {
    "home": _for(S0="YYYYY"),
    "agency.read": _for(S0="YYYYY"),
    "agency.add": _for(S0="YY--Y"),
    "agency.edit": _for(S0="-Y--Y"),
    "contact.keep": _for(S0="Y----"),
    "people.manage": _for(S0="-Y--Y"),
    "holiday.manage": _for(S0="----Y"),
    "agreement.list": _for(S0="YYYYY"),
    "agreement.read": dict.fromkeys(Scope, "YYYYY"),
    "agreement.add": _for(S0="-Y--Y"),
    "agreement.edit": _for(S0="-Y--Y"),
    "meeting.list": _for(S0="YYrrr"),
    "meeting.read": _for(S0="YYr-r", S1="YYr-r", S2="YYr-r", PRESENT="rrr-r", ASSIGNED="---Y-"),
    "meeting.log": _for(S0="YY---"),
    "meeting.edit": _for(S0="YY---"),
    "meeting.share": _for(S0="YY---"),
    "meeting.plan": _for(S0="YY---"),
    "meeting.checkin": _for(S0="YY---"),
    "meeting.minutes": _for(S0="YY---"),
    "meeting.merge": _for(S0="YY---"),
    "meeting.brief": _for(S0="YY---"),
    "meeting.file": _for(S0="YY---", S1="YY---", S2="YY---", PRESENT="YY---", ASSIGNED="---Y-"),
    "meeting.file_internal": _for(S0="YY---", ASSIGNED="---Y-"),
    "commitment.list": _for(S0="YYrrr"),
    "commitment.read": _for(S0="YYr-r", S1="YYr-r", S2="YYr-r", PRESENT="rrr-r", S3="rrr-r", ASSIGNED="---Y-"),
    "commitment.change": _for(S0="YY---"),
    "commitment.merge": _for(S0="YY---"),
    "commitment.read_journal": _for(S0="YYr-r", S1="YYr-r", S2="YYr-r", PRESENT="rrr-r", ASSIGNED="---Y-"),
    "commitment.read_note": _for(S0="YY---", ASSIGNED="---Y-"),
    "commitment.read_source": _for(S0="YY---", ASSIGNED="---Y-"),
    "progress.report": _for(S1="YY---", S2="YY---"),
    "progress.report_on_behalf": _for(S0="YY---"),
    "commitment.submit": _for(S1="YY---"),
    "commitment.submit_on_behalf": _for(S0="YY---"),
    "commitment.verify": _for(S0="-Y---", S1="-Y---", S2="-Y---"),
    "commitment.verify_by_document": _for(S0="YY---"),
    "evidence.read": _for(S0="YY--0", S1="YY--0", S2="----0", ASSIGNED="---Y-"),
    "evidence.read_general": _for(S0="YYY-0", S1="YYY-0", S2="YY--0", ASSIGNED="---Y-"),
    "reminder.inbox": _for(S0="YYYYY"),
    "reminder.send_by_hand": _for(S0="Y----"),
    "dashboard": _for(S0="YYrrr"),
    "report.list": _for(S0="YYYr-"),
    "report.make": _for(S0="YYY--", S1="YYY--", S2="YYY--"),
    "report.read": _for(S0="YYY--", ASSIGNED="---r-"),
    "report.publish": _for(S0="-YY--"),
    "report.withdraw": _for(S0="-YY--"),
    "report.letter": _for(S0="YYY--"),
    "report.archive": _for(S0="YYY--"),
    "report.erratum": _for(S0="-YY--"),
    "report.recipients": _for(S0="-YY--"),
    "photo.consent": _for(S0="YYY--"),
    "press.list": _for(S0="YYY--"),
    "press.write": _for(S0="YYY--"),
    "press.release": _for(S0="-YY--"),
    "calendar": _for(S0="YYYYY"),
}


@dataclasses.dataclass(frozen=True)
class Verdict:
    """An answer that carries its reason. ``status`` is 403 (not yours), 409 (not now) or 404 (not seen)."""

    ok: bool
    reason: str = ""
    status: int = 403

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(ok=True)


def no(reason: str, *, status: int = 403) -> Verdict:
    """A refusal in words: what, why, what to do next."""
    return Verdict(ok=False, reason=reason, status=status)


class Refusal(PermissionDenied):
    """An action that was refused; carries the verdict, so that the page can answer 403 or 409 in words."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


@dataclasses.dataclass(frozen=True)
class Rights:
    """A person's current tenures, unfolded: own agencies by role, and the line of ancestors above them."""

    user_id: int
    tenures: tuple[Tenure, ...]
    by_role: dict[Role, frozenset[int]]
    lineage: frozenset[int]
    audited_agreements: frozenset[int]

    @classmethod
    def of(cls, user: User, *, on: dt.date) -> "Rights":
        """Read a person's rights as of a calendar day (WIB)."""
        from agencies.models.agency import Agency  # avoids a cycle through the package

        tenures = tuple(Tenure.objects.current(on=on).filter(user=user).select_related("post__agency").order_by("pk"))
        by_role: dict[Role, frozenset[int]] = {}
        for role in ROLES_IN_ORDER:
            agencies = [t.post.agency for t in tenures if t.role == role]
            if agencies and role == Role.SUPERVISOR:
                by_role[role] = frozenset(Agency.objects.within(agencies).values_list("pk", flat=True))
            else:
                by_role[role] = frozenset(agency.pk for agency in agencies)
        lineage = {pk for t in tenures for pk in t.post.agency.ancestor_ids}
        audited: frozenset[int] = frozenset()
        if by_role[Role.AUDITOR]:
            audited = frozenset(
                AuditAssignment.objects.filter(user=user, starts_on__lte=on)
                .exclude(ends_on__lt=on)
                .values_list("agreement_id", flat=True)
            )
        return cls(user.pk, tenures, by_role, frozenset(lineage), audited)

    @cached_property
    def own(self) -> frozenset[int]:
        """Agencies whose record this person shares in, whatever the role (an auditor's own is not one)."""
        return frozenset().union(*(ids for role, ids in self.by_role.items() if role != Role.AUDITOR))

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held now."""
        return frozenset(role for role, ids in self.by_role.items() if ids)

    @property
    def main_tenure(self) -> Tenure | None:
        """The tenure a person acts under when nothing else decides: the first that is not Admin."""
        ordered = sorted(self.tenures, key=lambda t: (t.role == Role.ADMIN, t.pk))
        return ordered[0] if ordered else None

    @property
    def main_agency(self) -> "Agency | None":
        """The agency of :attr:`main_tenure`."""
        return self.main_tenure.post.agency if self.main_tenure else None

    def open_agreements(self) -> list[int]:
        """Agreements to which the person's line is a party and that are open between their parties."""
        return self._open_agreements

    @cached_property
    def _open_agreements(self) -> list[int]:
        from agencies.models.agreement import Party

        return list(
            Party.objects.filter(agency__in=self.lineage, agreement__is_open_between_parties=True).values_list(
                "agreement", flat=True
            )
        )

    def may(self, action: str) -> bool:
        """Whether any role held now may do ``action`` for an own agency; menus ask this."""
        row = TABLE[action][Scope.S0]
        return any(row[place] in "Yr" for place, role in enumerate(ROLES_IN_ORDER) if self.by_role[role])

    def scopes(self, role: Role, standing: Standing) -> set[Scope]:
        """Where this person stands to a thing in one role."""
        if role == Role.AUDITOR:
            return (
                {Scope.ASSIGNED} if standing.agreement in self.audited_agreements and not standing.is_draft else set()
            )
        own = self.by_role[role]
        found = {Scope.S0} if own & standing.host else set()
        if own and role == Role.ADMIN and standing.admin_everywhere:
            found.add(Scope.S0)
        if standing.is_draft:
            return found
        for scope, agencies in (
            (Scope.S1, standing.lead),
            (Scope.S2, standing.contributors),
            (Scope.PRESENT, standing.present),
        ):
            if own & agencies:
                found.add(scope)
        if own and self.lineage & standing.parties:
            found.add(Scope.S3)
        return found


def letters(user: User, action: str, thing: Thing | None = None) -> set[str]:
    """The table's answers for a person: every letter any of their roles and scopes gives."""
    rows, found = TABLE[action], set()
    standing = thing.standing() if thing is not None else None
    for position, role in enumerate(ROLES_IN_ORDER):
        if not user.rights.by_role[role]:
            continue
        scopes = set(Scope) if standing is None else user.rights.scopes(role, standing)
        found |= {rows[scope][position] for scope in scopes if scope in rows}
    return found


def allowed(user: User | AnonymousUser, action: str, thing: Thing | None = None) -> Verdict:
    """Whether a person may do ``action`` on ``thing``; the most permissive role and scope wins.

    Without a thing: whether any of the person's roles may do it at all; the thing itself is asked about later.
    """
    if not isinstance(user, User) or not user.is_active:
        return no(_("Silakan masuk lebih dahulu."))
    found = letters(user, action, thing)
    if found & {"Y", "r"}:
        return YES
    if "0" in found and (thing is None or "-" not in found):
        return no(_("Tidak ditemukan."), status=404)
    roles = ", ".join(str(role.label) for role in ROLES_IN_ORDER if role in user.rights.roles)
    agency = user.rights.main_agency
    return no(
        _("Tindakan ini tidak termasuk kewenangan Anda. Anda masuk sebagai %(role)s, %(agency)s.")
        % {"role": roles or "-", "agency": agency.short_name if agency else "-"}
    )


def permit(user: User | AnonymousUser, action: str, thing: Thing | None = None) -> None:
    """Raise :class:`Refusal` unless :func:`allowed`."""
    verdict = allowed(user, action, thing)
    if not verdict:
        raise Refusal(verdict)


def require(verdict: Verdict) -> None:
    """Raise :class:`Refusal` unless the verdict is yes."""
    if not verdict:
        raise Refusal(verdict)
