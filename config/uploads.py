"""Uploads past the limit: the file is skipped and named, the typed text is kept."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.files import too_large_words


@dataclass(frozen=True)
class TooLargeFile:
    """A file that was left out because it is larger than ``limit`` bytes."""

    field: str
    name: str
    limit: int


class LimitedUploadHandler(FileUploadHandler):
    """Stands first: lets chunks through up to ``EVIDENCE_MAX_BYTES`` per file, then skips the rest.

    Skipping (instead of aborting) reads the body to its end, so the browser gets an answer rather than a
    reset connection, and the fields after the file still arrive.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, or note the file and skip it when it has passed the limit."""
        if start + len(raw_data) > settings.EVIDENCE_MAX_BYTES:
            found = TooLargeFile(str(self.field_name), str(self.file_name), settings.EVIDENCE_MAX_BYTES)
            _noted(self.request).append(found)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Leave storing to the handlers that follow."""
        return None


class DigestOnlyHandler(FileUploadHandler):
    """Counts a file through for its SHA-256 and keeps nothing of it; past ``most`` bytes the rest is skipped."""

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        super().__init__(request)
        self.most, self.is_too_large = most, False
        self._sum, self._received = hashlib.sha256(), 0

    @property
    def digest(self) -> str:
        """Of what was sent; empty when no file, an empty one, or too large a one came."""
        return self._sum.hexdigest() if self._received and not self.is_too_large else ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add the chunk to the sum; nothing is passed on."""
        self._received += len(raw_data)
        if self._received > self.most:
            self.is_too_large = True
            raise SkipFile
        self._sum.update(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """No file comes of it."""
        return None


def counted_through(request: HttpRequest, *, most: int) -> DigestOnlyHandler:
    """Read the body of a request whose file is only wanted for its digest; nobody may have read it before."""
    handler = DigestOnlyHandler(request, most=most)
    request.upload_handlers = [handler]
    _ = request.POST
    return handler


def too_large_files(request: HttpRequest) -> tuple[TooLargeFile, ...]:
    """Return the files of this request that were left out; not empty means: answer 413 with everything kept."""
    # Reading POST is what runs the upload handlers.
    _ = request.POST
    return tuple(_noted(request))


def named_too_large(request: HttpRequest, form: BaseForm) -> bool:
    """Say beside its field which file was left out for its size; whether there was one."""
    found = too_large_files(request)
    for file in found:
        field = file.field if file.field in form.fields else None
        if field:
            form.errors.pop(field, None)  # the missing file is no second error
        form.add_error(field, _("%(name)s: %(words)s") % {"name": file.name[:80], "words": too_large_words()})
    return bool(found)


def _noted(request: HttpRequest | None) -> list[TooLargeFile]:
    if request is None:
        return []
    noted: list[TooLargeFile] = request.META.setdefault("simpul.too_large_files", [])
    return noted
