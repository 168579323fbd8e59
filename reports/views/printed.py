"""How a view hands out a PDF that is made on the spot."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from agencies.models import Agency
from config.files import hand_out
from config.htmx import go
from meetings.models import Meeting
from reports.printing.pdf import Rendered, RenderFailed


def printed(request: HttpRequest, name: str, make: Callable[[], Rendered], *, back: Meeting | Agency) -> HttpResponse:
    """Make the PDF and hand it out as ``name``; when it cannot be made, say so on the page of ``back``."""
    try:
        return hand_out(make().pdf, name=name)
    except RenderFailed:
        messages.error(request, _("Berkas PDF belum jadi. Coba lagi."))
        return go(request, back)
