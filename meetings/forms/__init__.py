"""Forms of the meetings app."""

from meetings.forms.search import MeetingSearch

__all__ = ["MeetingSearch"]
