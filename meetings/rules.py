"""What a person may do with one meeting, asked of the policy once for a whole page."""

import dataclasses
import datetime as dt
from functools import cached_property

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.policy import YES, Verdict, allowed, no
from agencies.standing import Standing
from meetings.models import Meeting, MeetingStatus
from meetings.models.meeting import AWAITED


def stands_apart(meeting: Meeting) -> Verdict:
    """Whether the record still stands for itself: what was merged is changed where it went."""
    if meeting.merged_into is None:
        return YES
    words = _("%(code)s sudah digabung ke %(target)s. Ubah di sana, atau batalkan penggabungannya.")
    return no(words % {"code": meeting.code, "target": meeting.merged_into.code}, status=409)


def may_merge(user: User, meeting: Meeting) -> Verdict:
    """Say that two records are of one meeting: the keeper of both, while both stand for themselves."""
    if not allowed(user, "meeting.merge", meeting):
        return no(_("Penggabungan dicatat oleh instansi pengelola catatan ini."))
    return stands_apart(meeting)


def may_plan(user: User, meeting: Meeting) -> Verdict:
    """Change, put off or cancel a meeting that is still to come: its host."""
    if not allowed(user, "meeting.plan", meeting):
        return no(_("Rencana pertemuan diatur oleh instansi pengelolanya."))
    if meeting.status in AWAITED:
        return stands_apart(meeting)
    return no(_("Pertemuan ini sudah %(status)s.") % {"status": meeting.get_status_display()}, status=409)


def may_reinstate(user: User, meeting: Meeting) -> Verdict:
    """Plan a meeting again that was called off: its host."""
    if not allowed(user, "meeting.plan", meeting):
        return no(_("Rencana pertemuan diatur oleh instansi pengelolanya."))
    if meeting.status == MeetingStatus.CANCELLED:
        return stands_apart(meeting)
    return no(_("Pertemuan ini sudah %(status)s.") % {"status": meeting.get_status_display()}, status=409)


def may_hold(user: User, meeting: Meeting, *, at: dt.datetime) -> Verdict:
    """Say that it took place: its host, from the day on (in the host's zone) on which it was planned."""
    verdict = may_plan(user, meeting)
    if verdict and meeting.held_on > at.astimezone(meeting.host_agency.clock).date():
        return no(_("Pertemuan ini baru dijadwalkan; hasilnya dicatat pada harinya atau sesudahnya."), status=409)
    return verdict


def took_place(meeting: Meeting) -> Verdict:
    """Whether the meeting was held, so that its lines may be made known."""
    if meeting.status == MeetingStatus.HELD:
        return YES
    return no(_("Pertemuan ini belum ditandai terlaksana."), status=409)


@dataclasses.dataclass(frozen=True)
class _Stood:
    """A thing whose standing is known already, so that four questions cost one look."""

    known: Standing

    def standing(self) -> Standing:
        """What was found before."""
        return self.known


class MeetingRights:
    """The verdicts of one person on one meeting; the standing is read once."""

    def __init__(self, user: User, meeting: Meeting) -> None:
        self._user = user
        self._meeting = meeting

    @cached_property
    def _thing(self) -> _Stood:
        return _Stood(self._meeting.standing())

    @cached_property
    def read(self) -> Verdict:
        """See the page."""
        return allowed(self._user, "meeting.read", self._thing)

    @cached_property
    def edit(self) -> Verdict:
        """Correct the facts, add lines and files, note who agreed, discard drafts."""
        return allowed(self._user, "meeting.edit", self._thing) and stands_apart(self._meeting)

    @cached_property
    def share(self) -> Verdict:
        """Make the draft lines known."""
        verdict = allowed(self._user, "meeting.share", self._thing)
        return verdict and stands_apart(self._meeting) and took_place(self._meeting)

    @cached_property
    def plan(self) -> Verdict:
        """Change, put off or cancel it while it is still to come."""
        return allowed(self._user, "meeting.plan", self._thing) and may_plan(self._user, self._meeting)

    @cached_property
    def brief(self) -> Verdict:
        """Print the page for the head of the office (*bahan audiensi*)."""
        return allowed(self._user, "meeting.brief", self._thing)

    @cached_property
    def reinstate(self) -> Verdict:
        """Plan it again after it was called off."""
        return allowed(self._user, "meeting.plan", self._thing) and may_reinstate(self._user, self._meeting)

    @cached_property
    def merge(self) -> Verdict:
        """Make this record one with another."""
        return allowed(self._user, "meeting.merge", self._thing) and stands_apart(self._meeting)

    @cached_property
    def unmerge(self) -> Verdict:
        """Take a merged record apart again."""
        return allowed(self._user, "meeting.merge", self._thing)

    @cached_property
    def file(self) -> Verdict:
        """Download the file set."""
        return allowed(self._user, "meeting.file", self._thing)

    @cached_property
    def internal_file(self) -> Verdict:
        """Download papers with names and signatures (*daftar hadir*): its keeper, and the auditor."""
        return allowed(self._user, "meeting.file_internal", self._thing)

    @cached_property
    def checkin(self) -> Verdict:
        """Open the door at which people write their names, and take them over."""
        return allowed(self._user, "meeting.checkin", self._thing) and stands_apart(self._meeting)
