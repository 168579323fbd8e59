"""One commitment: the single truth about a promise and its chain back to the agreement."""

import dataclasses
from decimal import Decimal
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.access import SignedInRequest, needs
from agencies.models import Role
from agencies.policy import Verdict
from commitments import rules
from commitments.dossier import Dossier, dossier_rows
from commitments.models import Commitment
from commitments.status import Status
from commitments.timeline import CHANGES, NEWS, REMINDERS, shifts, timeline
from commitments.words import amount_words, basis_words, schedule_mark, share, silence_mark
from config.htmx import page_or_part

FILTERS = (
    ("", gettext_lazy("Semua")),
    (NEWS, gettext_lazy("Perkembangan")),
    (CHANGES, gettext_lazy("Perubahan")),
    (REMINDERS, gettext_lazy("Pengingat")),
)


@dataclasses.dataclass(frozen=True)
class Button:
    """A step that can be taken from the page, or the reason why not now."""

    name: str
    label: str | Promise
    url: str
    verdict: Verdict
    is_post: bool = False


@needs("commitment.list")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Fetch what the person may see of it; answer with the page or only its timeline."""
    signed, at = cast(SignedInRequest, request), timezone.now()
    visible = Commitment.objects.visible_to(signed.user)
    commitment = get_object_or_404(dossier_rows(visible, at=at), code=code)
    dossier = Dossier(commitment, user=signed.user, at=at)
    only = request.GET.get("linimasa", "")
    buttons = _buttons(dossier)
    context = {
        "commitment": commitment,
        "dossier": dossier,
        "mark": schedule_mark(commitment, at=at),
        "silence": silence_mark(commitment, at=at),
        "basis": basis_words(commitment),
        "amount": amount_words(commitment),
        "percent": share(commitment.realised or Decimal(0), commitment.target) if commitment.target else None,
        "shifts": shifts(dossier.pieces.terms),
        "entries": timeline(dossier.pieces, only=only if only in dict(FILTERS) else ""),
        "filters": [(key, label, key == only) for key, label in FILTERS],
        "buttons": [button for button in buttons if button.verdict],
        "refused": [button for button in buttons if not button.verdict],
        "sees_target": commitment.merged_into is not None and visible.filter(pk=commitment.merged_into.pk).exists(),
        "closing_words": _closing_words(dossier),
    }
    return page_or_part(request, "commitments/detail.html", "timeline", context)


def _buttons(dossier: Dossier) -> list[Button]:
    """The steps the present status offers; those that people look for are shown with their reason when refused."""
    user, row, facts = dossier.user, dossier.commitment, dossier.facts
    status = row.status
    steps = [
        ("verify", _("Verifikasi"), rules.may_verify, status == Status.SUBMITTED),
        ("report", _("Tambah perkembangan"), rules.may_report, row.is_open and status != Status.SUBMITTED),
        ("submit", _("Laporkan selesai"), rules.may_submit, row.is_open and status != Status.SUBMITTED),
        ("start", _("Mulai kerjakan"), rules.may_start, status == Status.NOT_STARTED),
        ("block", _("Laporkan kendala"), rules.may_block, status in (Status.NOT_STARTED, Status.RUNNING)),
        ("resume", _("Lanjutkan"), rules.may_resume, status == Status.BLOCKED),
        ("verify_by_document", _("Verifikasi dengan dokumen"), rules.may_verify_by_document, status == "SUBMITTED"),
    ]
    found = [
        Button(name, label, _url(name, row), rule(user, row, facts), is_post=name == "start")
        for name, label, rule, is_offered in steps
        if is_offered
    ]
    label = _("Lengkapi atau ubah") if row.gaps else _("Ubah isian")
    found.append(Button("change", label, _url("change", row), rules.may_change(user, row)))
    if row.status == Status.DRAFT and row.meeting_id is None:  # lines of a meeting are shared with it
        found.insert(0, Button("share_line", _("Sampaikan"), _url("share_line", row), found[-1].verdict, is_post=True))
    found += _merge_buttons(dossier)
    explains = {"verify", "report", "submit"} if user.rights.roles & {Role.OFFICER, Role.SUPERVISOR} else set()
    return [button for button in found if button.verdict or button.name in explains]


def _merge_buttons(dossier: Dossier) -> list[Button]:
    user, row = dossier.user, dossier.commitment
    if row.status == Status.MERGED:
        verdict = rules.may_unmerge(user, row)
        return [Button("unmerge", _("Batalkan penggabungan"), _url("unmerge", row), verdict, is_post=True)]
    return [Button("merge", _("Gabungkan"), _url("merge", row), rules.may_merge(user, row))]


def _url(name: str, commitment: Commitment) -> str:
    return reverse(f"commitments:{name}", args=[commitment.code])


def _closing_words(dossier: Dossier) -> str:
    """How far a claim has come: reported, verified by the keeper, verified across."""
    row = dossier.commitment
    if row.status == Status.SUBMITTED:
        return _("Selesai menurut laporan, belum diverifikasi.")
    accepted = [v for v in dossier.pieces.verifications if v.verdict == "ACCEPTED"]
    if row.status != Status.DONE or not accepted:
        return ""
    if accepted[-1].document is not None:
        return _("Dilaporkan, lalu diverifikasi dengan dokumen.")
    is_keeper = bool(getattr(accepted[-1], "is_by_keeper", False))
    return _("Dilaporkan, lalu diverifikasi pengelola.") if is_keeper else _("Dilaporkan, lalu diverifikasi.")
