"""The papers of a meeting: private, handed out by policy, always as an attachment."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse

from agencies.access import SignedInRequest, needs
from agencies.policy import require
from config.files import serve
from meetings.models import FileKind
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404

INTERNAL = (FileKind.ATTENDANCE,)  # names and signatures of people


@needs("meeting.file")
def download(request: HttpRequest, code: str, file_id: int) -> HttpResponse:
    """One file of this meeting, for those who may read its papers."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    rights = MeetingRights(signed.user, meeting)
    require(rights.file)
    row = meeting.files.filter(pk=file_id, removed_at=None).first()
    if row is None:
        raise Http404
    if row.kind in INTERNAL:
        require(rights.internal_file)
    return cast(HttpResponse, serve(row.file, name=row.name, content_type=row.content_type))
