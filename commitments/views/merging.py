"""Two records of one thing made one: commitments and meetings, and the way back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import SignedInRequest, needs
from agencies.policy import Refusal, no, require
from agencies.views.unsaved import Unsaved
from commitments import rules
from commitments.actions import merging
from commitments.alike import resembling
from commitments.forms.merging import MergeForm
from commitments.models import Commitment
from commitments.notifications import shorten
from commitments.status import OPEN
from commitments.views.fetch import admit, answer, visible_commitment
from config.htmx import go
from config.templatetags.waktu import tanggal_hari, tanggal_pendek
from meetings.duplicates import agencies_of, likely_same
from meetings.models import Meeting
from meetings.rules import MeetingRights, may_merge
from meetings.views.detail import meeting_or_404

LOOKED_AT = 500  # open rows of the keeper that are compared, the newest first


@needs("commitment.merge")
def merge_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the record that stays; GET offers those that say nearly the same."""
    signed = cast(SignedInRequest, request)
    source = visible_commitment(signed, code)
    admit(signed, rules.may_merge(signed.user, source))

    def merge(target_code: str, reason: str) -> Commitment | None:
        target = Commitment.objects.visible_to(signed.user).filter(code=target_code).first()
        if target is not None:
            merging.merge_commitments(source, target, by=signed.user, at=timezone.now(), reason=reason)
        return target

    page = {
        "place": (reverse("commitments:list"), _("Komitmen")),
        "about": shorten(source.wording, 300),
        "explained": _(
            "Pakai bila satu janji tercatat dua kali. Catatan ini tetap tersimpan dengan kode, rumusan, dan "
            "linimasanya, tetapi tidak dihitung lagi tersendiri. Penggabungan dapat dibatalkan."
        ),
    }
    return _answer(signed, source, page, _commitments_offered(signed, source), merge)


@require_POST
@needs("commitment.merge")
def unmerge_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Take it apart again; a second click finds it apart."""
    signed = cast(SignedInRequest, request)
    source = visible_commitment(signed, code)
    admit(signed, rules.may_unmerge(signed.user, source))
    merging.unmerge_commitments(source, by=signed.user, at=timezone.now())
    messages.success(signed, _("%(code)s berdiri sendiri lagi.") % {"code": source.code})
    return go(request, source)


@needs("meeting.merge")
def merge_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the record of the meeting that stays; GET offers those of the same days and agencies."""
    signed = cast(SignedInRequest, request)
    source = meeting_or_404(code, signed.user)
    admit(signed, may_merge(signed.user, source))

    def merge(target_code: str, reason: str) -> Meeting | None:
        target = Meeting.objects.visible_to(signed.user).filter(code=target_code).first()
        if target is not None:
            merging.merge_meetings(source, target, by=signed.user, at=timezone.now(), reason=reason)
        return target

    named = [source.get_kind_display(), source.counterpart.short_name if source.counterpart else ""]
    page = {
        "place": (reverse("meetings:list"), _("Pertemuan")),
        "about": f"{' '.join(filter(None, named))}, {tanggal_hari(source.held_on)}",
        "explained": _(
            "Pakai bila satu pertemuan tercatat dua kali. Komitmen, berkas, pernyataan, dan daftar hadir pindah ke "
            "catatan yang tetap dipakai; catatan ini tetap dapat dibuka. Penggabungan dapat dibatalkan."
        ),
    }
    return _answer(signed, source, page, _meetings_offered(signed, source), merge)


@require_POST
@needs("meeting.merge")
def unmerge_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Take two records of a meeting apart again; a second click finds them apart."""
    signed = cast(SignedInRequest, request)
    source = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, source).unmerge)
    merging.unmerge_meetings(source, by=signed.user, at=timezone.now())
    messages.success(signed, _("%(code)s berdiri sendiri lagi.") % {"code": source.code})
    return go(request, source)


def _answer(
    request: SignedInRequest,
    source: Commitment | Meeting,
    page: dict[str, Any],
    offered: list[tuple[str, str]],
    merge: Callable[[str, str], Commitment | Meeting | None],
) -> HttpResponse:
    """The page of a merge. ``merge`` takes the code and the reason, and gives the record that stays (None: unknown)."""
    draft = Unsaved(request, f"gabung:{source.code}", title=_("Gabungkan"), about=source.code)
    form = MergeForm(draft.typed, choices=offered)

    def act() -> str:
        target = merge(form.code, form.cleaned_data["reason"])
        if target is None:
            raise Refusal(no(_("Catatan %(code)s tidak ditemukan.") % {"code": form.code}, status=409))
        words = _("%(code)s digabung ke %(target)s. Penggabungan dapat dibatalkan di halaman %(code)s.")
        messages.success(request, words % {"code": source.code, "target": target.code})
        return target.get_absolute_url()

    return answer(
        request, "commitments/merge.html", {**page, "source": source, "form": form, "draft": draft}, form, act
    )


def _commitments_offered(request: SignedInRequest, source: Commitment) -> list[tuple[str, str]]:
    """Open rows of the same keeper that say nearly the same: (code, words)."""
    rows = Commitment.objects.visible_to(request.user).filter(host_agency=source.host_agency_id, status__in=OPEN)
    rows = rows.exclude(pk=source.pk).order_by("-pk")[:LOOKED_AT]
    return [
        (row.code, f"{row.code} ({row.get_status_display()}): {shorten(row.wording, 160)}")
        for row in resembling(source, rows)
    ]


def _meetings_offered(request: SignedInRequest, source: Meeting) -> list[tuple[str, str]]:
    """Records of the same keeper that are probably of the same meeting: (code, words)."""
    found = likely_same(request.user, held_on=source.held_on, agencies=agencies_of(source), but=source)
    mine = [meeting for meeting in found if meeting.host_agency_id == source.host_agency_id]
    return [(row.code, f"{row.code}: {row.get_kind_display()}, {tanggal_pendek(row.held_on)}") for row in mine]
