"""What a person may do with one meeting, asked of the policy once for a whole page."""

import dataclasses
from functools import cached_property

from agencies.models import User
from agencies.policy import Verdict, allowed
from agencies.standing import Standing
from meetings.models import Meeting


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
        return allowed(self._user, "meeting.edit", self._thing)

    @cached_property
    def share(self) -> Verdict:
        """Make the draft lines known."""
        return allowed(self._user, "meeting.share", self._thing)

    @cached_property
    def file(self) -> Verdict:
        """Download the file set."""
        return allowed(self._user, "meeting.file", self._thing)
