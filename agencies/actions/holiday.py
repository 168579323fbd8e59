"""Holidays: days on which no notice is sent. Changing them never moves an agreed date."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import Holiday, User
from agencies.numbering import refused_when_taken
from agencies.policy import Refusal, no, permit


@transaction.atomic
def add_holiday(*, on: dt.date, name: str, kind: str, by: User, at: dt.datetime) -> Holiday:
    """Add a day off; a removed one comes back with the new name. Raises Refusal (409) when it stands already."""
    permit(by, "holiday.manage")
    holiday = Holiday.objects.select_for_update().filter(on=on).first() or Holiday(on=on)
    if holiday.pk and not holiday.is_removed:
        raise Refusal(no(_("Tanggal ini sudah tercatat sebagai %(name)s.") % {"name": holiday.name}, status=409))
    holiday.name, holiday.kind, holiday.is_removed = name, kind, False
    with refused_when_taken(_("Tanggal ini sudah tercatat sebagai %(name)s.") % {"name": name}):
        holiday.save()
    record("holiday.added", on=holiday, by=by, at=at, after={"on": on, "kind": kind}, texts={"name": name})
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: User, at: dt.datetime) -> Holiday:
    """Make a day a working day again; marked, so that the yearly seed does not bring it back."""
    return _mark(holiday, by=by, at=at, verb="holiday.removed", is_removed=True)


@transaction.atomic
def restore_holiday(holiday: Holiday, *, by: User, at: dt.datetime) -> Holiday:
    """Make a removed day a day off again."""
    return _mark(holiday, by=by, at=at, verb="holiday.restored", is_removed=False)


def _mark(holiday: Holiday, *, by: User, at: dt.datetime, verb: str, is_removed: bool) -> Holiday:
    permit(by, "holiday.manage")
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    if holiday.is_removed != is_removed:
        holiday.is_removed = is_removed
        holiday.save(update_fields=["is_removed"])
        record(verb, on=holiday, by=by, at=at, after={"on": holiday.on})
    return holiday
