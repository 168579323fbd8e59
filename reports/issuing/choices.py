"""What a person may do with one report now; what is refused carries its reason."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.policy import Verdict
from agencies.reach import holders_of
from reports.models import Report, ReportStatus
from reports.rules import (
    may_add_letter,
    may_look_for_errata,
    may_prepare,
    may_publish,
    may_return,
    may_revise,
    may_withdraw,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One action: its word, its page, and whether it is open to this person. ``is_post``: a button, not a page."""

    label: str
    url: str
    verdict: Verdict
    is_main: bool = False
    is_post: bool = False


def choices_for(user: User, report: Report) -> list[Choice]:
    """The actions on a report in the order of its life; at most one of those that are open is the main one."""
    found = []

    def add(label: str, door: str, verdict: Verdict, *, is_main: bool = False, is_post: bool = False) -> None:
        found.append(Choice(label, reverse(f"reports:{door}", args=[report.code]), verdict, is_main, is_post))

    if report.was_issued:
        add(_("Catat nomor dan pindaian"), "letter", may_add_letter(user, report), is_main=not report.signed_scan)
        add(_("Periksa ralat"), "erratum_find", may_look_for_errata(user, report), is_post=True)
        add(_("Buat revisi"), "revise", may_revise(user, report), is_post=True)
        add(_("Tarik"), "withdraw", may_withdraw(user, report))
        return found
    if needs_first_key(report):
        add(_("Siapkan untuk dirilis"), "publish", may_prepare(user, report), is_main=True)
    else:
        label = _("Rilis") if report.status == ReportStatus.PREPARED else _("Terbitkan")
        add(label, "publish", may_publish(user, report), is_main=True)
    if report.status == ReportStatus.PREPARED:
        add(_("Kembalikan menjadi draf"), "return", may_return(user, report))
    return found


def needs_first_key(report: Report) -> bool:
    """Whether the next step of issuing is to prepare: the issuer uses two keys, and none was turned yet."""
    return report.issuer.two_key_publishing and report.status == ReportStatus.DRAFT


def is_alone(user: User, report: Report, *, on: dt.date) -> bool:
    """Whether nobody but this person could turn the second key on a day: no other supervisor of the issuer."""
    return not holders_of(Role.SUPERVISOR, report.issuer, on=on, but=user)
