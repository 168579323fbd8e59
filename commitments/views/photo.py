"""Whether a photo may be printed in a report: asked and answered on a page of its own."""

import datetime as dt
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.numbering import once
from agencies.policy import require
from agencies.views.posted import content_of, typed
from commitments.actions.photos import Photo, allow_photo, disallow_photo
from commitments.forms.photo import PhotoConsentForm
from commitments.models import Commitment, Evidence, EvidenceKind
from commitments.rules import may_allow_photo
from config.htmx import go
from meetings.models import Meeting
from meetings.views.detail import meeting_or_404

TAKE_BACK = "cabut"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("photo.consent")
def proof_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo among the proofs of a commitment."""
    signed = cast(SignedInRequest, request)
    proof = get_object_or_404(
        Evidence.objects.select_related("progress__commitment__agreement", "progress__commitment__meeting"),
        pk=pk,
        kind=EvidenceKind.FILE,
        progress__commitment__in=Commitment.objects.visible_to(signed.user),
    )
    address = reverse("commitments:evidence", args=[proof.pk])
    return _page(signed, proof, record=proof.progress.commitment, address=address)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("photo.consent")
def meeting_photo(request: HttpRequest, code: str, file_id: int) -> HttpResponse:
    """A photo in the papers of a meeting."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    file = get_object_or_404(meeting.files.select_related("meeting"), pk=file_id)
    return _page(signed, file, record=meeting, address=reverse("meetings:file", args=[meeting.code, file.pk]))


def _page(request: SignedInRequest, photo: Photo, *, record: Commitment | Meeting, address: str) -> HttpResponse:
    """Permit, parse, act, answer; ``address`` is where the picture itself is."""
    user, now = request.user, timezone.now()
    require(may_allow_photo(user, photo))
    if request.method == "POST" and request.POST.get("aksi") == TAKE_BACK:
        disallow_photo(photo, by=user, at=now)
        messages.success(request, _("Izin dicabut. Laporan berikutnya tidak memuat foto ini."))
        return go(request, record)
    answers = list(photo.photo_consents.select_related("by"))
    last = answers[-1] if answers else None
    form = PhotoConsentForm(typed(request), initial=_initial(photo))
    if form.is_valid():
        act = partial(_allow, request, photo, form, record, at=now)
        return go(request, once(form.once, by=user, content=content_of(request), act=act))
    page = {"photo": photo, "record": record, "address": address, "form": form, "answers": answers, "last": last}
    return render(request, "commitments/photo_consent.html", page, status=422 if form.is_bound else 200)


def _allow(
    request: SignedInRequest, photo: Photo, form: PhotoConsentForm, record: Commitment | Meeting, *, at: dt.datetime
) -> str:
    told, by = form.cleaned_data, request.user
    allow_photo(photo, allowed_by=told["allowed_by"], caption=told["caption"], by=by, at=at)
    messages.success(request, _("Izin foto dicatat."))
    return record.get_absolute_url()


def _initial(photo: Photo) -> dict[str, str]:
    """What was said when it was allowed last."""
    last = photo.photo_consents.filter(is_allowed=True).order_by("pk").last()
    return {"allowed_by": last.allowed_by, "caption": last.caption} if last else {}
