"""Who may write, send, correct and answer minutes now: verdicts with their reason, 403 or 409."""

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.policy import YES, Verdict, allowed, no
from meetings.models import Meeting, MeetingStatus, MinutesStatus


def may_write_minutes(user: User, meeting: Meeting) -> Verdict:
    """Change the draft of the minutes: the keeper of the record, until they were sent."""
    verdict = _keeps(user, meeting)
    if verdict and meeting.minutes_status != MinutesStatus.DRAFT:
        return no(_("Notula ini sudah disampaikan. Perbaiki lewat versi baru."), status=409)
    return verdict


def may_send_minutes(user: User, meeting: Meeting) -> Verdict:
    """Send the minutes to those who were there: the meeting was held and is known to them."""
    verdict = may_write_minutes(user, meeting)
    if not verdict:
        return verdict
    if meeting.status != MeetingStatus.HELD:
        return no(_("Notula disampaikan setelah pertemuan terlaksana."), status=409)
    if not meeting.is_shared:
        return no(_("Sampaikan dahulu pertemuannya, supaya instansi yang hadir dapat membuka notula."), status=409)
    return YES


def may_correct_minutes(user: User, meeting: Meeting) -> Verdict:
    """Send a corrected version: the keeper, once a first version was sent."""
    verdict = _keeps(user, meeting)
    if verdict and meeting.minutes_status == MinutesStatus.DRAFT:
        return no(_("Notula ini belum disampaikan, jadi masih dapat diubah langsung."), status=409)
    return verdict


def may_answer_minutes(user: User, meeting: Meeting) -> Verdict:
    """Note an answer or the signed copy: the keeper, while a version waits for its signatures."""
    verdict = _keeps(user, meeting)
    if not verdict or meeting.minutes_status == MinutesStatus.SENT:
        return verdict
    if meeting.minutes_status == MinutesStatus.DRAFT:
        return no(_("Notula ini belum disampaikan."), status=409)
    return no(_("Notula ini sudah disahkan. Keberatan sesudahnya ditampung dalam versi baru."), status=409)


def _keeps(user: User, meeting: Meeting) -> Verdict:
    if not allowed(user, "meeting.minutes", meeting):
        return no(_("Notula dikelola oleh instansi yang mencatat pertemuan ini."))
    if meeting.merged_into is not None:
        words = _("%(code)s sudah digabung ke %(target)s. Notulanya dikelola di sana.")
        return no(words % {"code": meeting.code, "target": meeting.merged_into.code}, status=409)
    return YES
