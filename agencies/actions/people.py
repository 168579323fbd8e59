"""People: invited by a one-time link, acting through tenures, deactivated and never deleted."""

import datetime as dt
import uuid
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import invitations, outbox, rules
from agencies.audit import record
from agencies.models import Agency, Post, Role, Tenure, User
from agencies.numbering import refused_when_taken
from agencies.policy import Refusal, no, require


def create_account(*, name: str, email: str, password: str | None = None) -> User:
    """Make a person with a verified address (the second factor needs one). Stands inside the caller's transaction.

    Without a password nobody can sign in until the invitation link is used. Raises Refusal (409) when the
    address is taken.
    """
    taken = _("Surel ini sudah dipakai akun lain.")
    if User.objects.filter(email__iexact=email).exists():
        raise Refusal(no(taken, status=409))
    with refused_when_taken(taken):
        user = User.objects.create_user(email, name, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def invite(
    *,
    by: User | None,
    at: dt.datetime,
    name: str,
    email: str,
    agency: Agency,
    post_title: str,
    roles: Collection[str],
) -> tuple[User, str]:
    """Make an account with these roles and mail its one-time link; returns both. ``by`` None: set-up by command."""
    day = timezone.localdate(at)
    if by is not None:
        require(rules.may_give_roles(by, agency, roles, on=day))
    user = create_account(name=name, email=email)
    _appoint(user, agency, post_title, roles, on=day)
    link = _send_link(user, at=at)
    record("person.invited", on=user, by=by, at=at, after={"agency": agency.code, "roles": sorted(roles)})
    return user, link


@transaction.atomic
def give_roles(
    person: User, *, by: User, at: dt.datetime, agency: Agency, post_title: str, roles: Collection[str]
) -> User:
    """Let a person act for an agency in more roles, from today."""
    day = timezone.localdate(at)
    person = User.objects.select_for_update().get(pk=person.pk)
    require(rules.may_change_person(by, person, on=day))
    require(rules.may_give_roles(by, agency, roles, on=day))
    given = _appoint(person, agency, post_title, roles, on=day)
    if given:
        record("person.roles_given", on=person, by=by, at=at, after={"agency": agency.code, "roles": given})
    return person


@transaction.atomic
def renew_link(person: User, *, by: User, at: dt.datetime) -> str:
    """Make a new one-time link for somebody who has not set a password yet; earlier links die."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(rules.may_renew_link(by, person, on=timezone.localdate(at)))
    link = _send_link(person, at=at)
    record("person.link_renewed", on=person, by=by, at=at)
    return link


@transaction.atomic
def set_first_password(person: User, password: str, *, at: dt.datetime) -> User:
    """Set the password behind an invitation; using the link up is part of it.

    Raises Refusal (409) when somebody was faster.
    """
    current = User.objects.select_for_update().get(pk=person.pk)
    if current.password != person.password or not current.is_active:
        raise Refusal(no(_("Tautan ini sudah dipakai."), status=409))
    current.set_password(password)
    current.save(update_fields=["password"])
    record("person.password_set", on=current, by=current, at=at)
    return current


@transaction.atomic
def deactivate(person: User, *, by: User, at: dt.datetime) -> User:
    """End a person's access at once: tenures end today, every session dies with the password."""
    day = timezone.localdate(at)
    _lock_admins()
    person = User.objects.select_for_update().get(pk=person.pk)
    require(rules.may_deactivate(by, person, on=day))
    tenures = list(Tenure.objects.select_for_update(of=("self",)).current(on=day).filter(user=person).order_by("pk"))
    for tenure in tenures:
        tenure.ends_on = day
        tenure.save(update_fields=["ends_on"])
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    record("person.deactivated", on=person, by=by, at=at, after={"tenures": [t.pk for t in tenures]})
    return person


@transaction.atomic
def reactivate(person: User, *, by: User, at: dt.datetime) -> tuple[User, str]:
    """Give a person back the roles that ended last, and a link to set a new password."""
    day = timezone.localdate(at)
    person = User.objects.select_for_update().get(pk=person.pk)
    require(rules.may_reactivate(by, person, on=day))
    person.is_active = True
    person.save(update_fields=["is_active"])
    ended = list(Tenure.objects.filter(user=person, ends_on__isnull=False).select_related("post__agency"))
    last_day = max((t.ends_on for t in ended if t.ends_on), default=None)
    for tenure in (t for t in ended if t.ends_on == last_day):
        require(rules.may_give_roles(by, tenure.post.agency, [tenure.role], on=day))
        _resume(tenure, on=day)
    link = _send_link(person, at=at)
    record("person.reactivated", on=person, by=by, at=at)
    return person, link


@transaction.atomic
def end_tenure(tenure: Tenure, *, by: User, at: dt.datetime) -> Tenure:
    """End one role of a person at one agency; it stops to count at once."""
    day = timezone.localdate(at)
    _lock_admins()
    tenure = Tenure.objects.select_for_update(of=("self",)).select_related("user", "post__agency").get(pk=tenure.pk)
    require(rules.may_end_tenure(by, tenure, on=day))
    # Both ends are inclusive: the last day is yesterday, or the role would last until midnight.
    tenure.ends_on = day - dt.timedelta(days=1)
    tenure.starts_on = min(tenure.starts_on, tenure.ends_on)
    tenure.save(update_fields=["starts_on", "ends_on"])
    after = {"agency": tenure.post.agency.code, "role": tenure.role, "ends_on": tenure.ends_on}
    record("person.tenure_ended", on=tenure.user, by=by, at=at, after=after)
    return tenure


def _appoint(user: User, agency: Agency, post_title: str, roles: Collection[str], *, on: dt.date) -> list[str]:
    """Give the roles the person does not hold there yet; returns them."""
    post, _created = Post.objects.get_or_create(agency=agency, title=post_title)
    held = set(Tenure.objects.current(on=on).filter(user=user, post__agency=agency).values_list("role", flat=True))
    wanted = [role.value for role in Role if role in roles and role not in held]
    for role in wanted:
        Tenure.objects.create(post=post, user=user, role=role, starts_on=on)
    return wanted


def _resume(tenure: Tenure, *, on: dt.date) -> None:
    """Continue a role: on the very day it ended by opening it again, later by a new tenure."""
    if tenure.ends_on == on:
        tenure.ends_on = None
        tenure.save(update_fields=["ends_on"])
    else:
        Tenure.objects.create(
            post=tenure.post, user=tenure.user, role=tenure.role, holding=tenure.holding, starts_on=on
        )


def _send_link(user: User, *, at: dt.datetime) -> str:
    """A fresh link, mailed; a fresh unusable password first, so that earlier links die."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    link = invitations.link_for(user)
    subject, body = invitations.letter(user, link)
    outbox.enqueue_mail(key=f"{outbox.SECRET}{uuid.uuid4()}", user=user, subject=subject, body=body, at=at)
    return link


def _lock_admins() -> None:
    """Two Admins who end one another at the same time must not leave none."""
    list(Tenure.objects.select_for_update(of=("self",)).filter(role=Role.ADMIN).order_by("pk").values_list("pk"))
