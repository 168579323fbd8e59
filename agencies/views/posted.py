"""What a request brought: the typed form, or nothing when the page is only opened."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from agencies.drafts import TICKET


def typed(request: HttpRequest) -> QueryDict | None:
    """The posted fields, also when all are empty; None on GET, so that the form stays blank."""
    return request.POST if request.method == "POST" else None


def content_of(request: HttpRequest) -> list[object]:
    """What was sent and where to, files by their digest; for telling a second click from another form.

    What the draft line adds (``konsep``, its version) differs between two windows with the same words.
    """
    fields = sorted((name, values) for name, values in request.POST.lists() if not _is_machinery(name))
    files = [(name, _digest(upload)) for name, uploads in sorted(request.FILES.lists()) for upload in uploads]
    return [request.path, fields, files]


def _is_machinery(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or name.startswith(TICKET)


def _digest(upload: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():  # from the beginning, although the form has read it
        digest.update(chunk)
    return digest.hexdigest()
