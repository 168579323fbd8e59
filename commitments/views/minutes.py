"""Record the signed copy of the minutes: from then on they are *disahkan*."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.views.answering import admit, answer
from commitments.actions.minutes import sign_minutes
from commitments.forms.signing import SigningForm
from meetings.minutes import latest_version
from meetings.minutes_content import partners_of
from meetings.minutes_rules import may_answer_minutes
from meetings.views.detail import meeting_or_404


@needs("meeting.minutes")
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """The scan with number, date and the agencies that signed; it confirms the lines of each of them."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_answer_minutes(signed.user, meeting))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    agencies = [meeting.host_agency, *partners_of(meeting)]
    form = SigningForm(*posted, meeting=meeting, agencies=agencies, today=timezone.localdate())

    def act() -> str:
        sign_minutes(meeting, form.signed(), by=signed.user, at=timezone.now())
        messages.success(signed, _("Notula disahkan. Instansi yang menandatangani tercatat mengonfirmasi komitmennya."))
        return reverse("meetings:minutes", args=[meeting.code])

    page = {"meeting": meeting, "form": form, "version": latest_version(meeting)}
    return answer(signed, "commitments/sign_minutes.html", page, form, act)
