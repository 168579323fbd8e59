"""Whose accounts a person looks after: a supervisor's own agency and below, an Admin's everywhere."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from agencies.models import Agency, Role, Tenure, User
from agencies.models.agency import AgencyQuerySet


def is_admin(user: User) -> bool:
    """Whether the person is an Admin now."""
    return Role.ADMIN in user.rights.roles


def agencies_within_reach(user: User) -> AgencyQuerySet:
    """Agencies whose people the person may manage."""
    if is_admin(user):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in=user.rights.by_role[Role.SUPERVISOR])


def people_within_reach(user: User) -> QuerySet[User]:
    """People with a tenure, current or ended, at one of those agencies."""
    tenures = Tenure.objects.filter(post__agency__in=agencies_within_reach(user))
    return User.objects.filter(pk__in=tenures.values("user"))


def officer_agencies(user: User) -> AgencyQuerySet:
    """Agencies whose contacts (*Narahubung*) the person keeps."""
    return Agency.objects.filter(pk__in=user.rights.by_role[Role.OFFICER])


def has_accounts(agency: Agency, *, on: dt.date) -> bool:
    """Whether anybody holds a tenure at the agency on a day (*Akun*, otherwise *Dicatatkan*)."""
    return Tenure.objects.current(on=on).filter(post__agency=agency).exists()


def officers_of(agencies: Iterable[Agency], *, on: dt.date, but: User | None = None) -> list[User]:
    """The officers of these agencies who have an account on a day, without the acting person."""
    tenures = Tenure.objects.current(on=on).filter(post__agency__in=list(agencies), role=Role.OFFICER)
    people = {tenure.user for tenure in tenures.select_related("user")}
    return sorted(people - {but}, key=lambda user: user.pk)


def holders_of(role: Role, agency: Agency, *, on: dt.date, but: User | None = None) -> list[User]:
    """The people who hold a role at an agency on a day, without the acting person."""
    tenures = Tenure.objects.current(on=on).filter(post__agency=agency, role=role).select_related("user")
    return sorted({tenure.user for tenure in tenures} - {but}, key=lambda user: user.pk)
