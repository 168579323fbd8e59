"""What is told at once, in the app, inside the transaction of the action that causes it.

Every notice has a key made of the event and the person, so telling twice is harmless. Texts are stored in
Indonesian whatever language the acting person reads, because the recipient reads them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agencies.models import Agency, Role, Tenure, User
from agencies.outbox import post_notice
from commitments.models import Commitment, DueBasis, ProgressKind
from commitments.reading.dates import long_date, short_date
from config.workdays import day_of
from meetings.models import Meeting

SHARE_TEXT_LONGEST = 900
_WORDING_LENGTHS = (160, 110, 80, 60, 40)


def lines_shared(commitments: Iterable[Commitment], *, by: User | None, at: dt.datetime) -> None:
    """Tell the officers of each lead which new commitments name their agency."""
    by_lead: dict[Agency, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if commitment.lead is not None:
            by_lead[commitment.lead].append(commitment)
    with override(settings.LANGUAGE_CODE):
        for lead, rows in by_lead.items():
            rows.sort(key=lambda c: c.code)
            subject = ngettext(
                "Komitmen baru untuk %(agency)s", "%(count)d komitmen baru untuk %(agency)s", len(rows)
            ) % {"agency": lead.short_name, "count": len(rows)}
            body = "\n".join(f"{c.code}: {shorten(c.wording, 120)}" for c in rows)
            path = rows[0].get_absolute_url() if len(rows) == 1 else _meeting_page(rows[0])
            for user in officers(lead, at=at, but=by):
                key = f"shared:{rows[0].code}+{len(rows)}:{at:%Y%m%dT%H%M%S%f}:{user.pk}"
                post_notice(key=key, user=user, subject=subject, body=body, path=path, at=at)


def claim_submitted(commitment: Commitment, *, by: User | None, at: dt.datetime) -> None:
    """Tell those who may verify, in the host's and the lead's agency; never the person who submitted."""
    keepers = [agency for agency in (commitment.host_agency, commitment.lead) if agency is not None]
    with override(settings.LANGUAGE_CODE):
        subject = _("Menunggu keputusan Anda: %(code)s dilaporkan selesai") % {"code": commitment.code}
        body = shorten(commitment.wording, 200)
        _tell(_people(keepers, Role.SUPERVISOR, at=at, but=by), "submitted", commitment, subject, body, at=at)


def claim_returned(commitment: Commitment, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Tell the lead's officers and the person who submitted what is still missing."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Perlu dilengkapi: %(code)s dikembalikan") % {"code": commitment.code}
        body = f"{shorten(commitment.wording, 200)}\n{_('Alasan: %(reason)s') % {'reason': reason}}"
        _tell(_claimants(commitment, at=at, but=by), "returned", commitment, subject, body, at=at)


def claim_verified(commitment: Commitment, *, by: User | None, at: dt.datetime) -> None:
    """Tell the lead's officers and the person who submitted that the commitment is done."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Selesai: %(code)s dinyatakan selesai") % {"code": commitment.code}
        body = shorten(commitment.wording, 200)
        _tell(_claimants(commitment, at=at, but=by), "verified", commitment, subject, body, at=at)


def terms_changed(commitment: Commitment, *, by: User | None, at: dt.datetime) -> None:
    """Tell the lead's officers that wording, owner, date or target were changed; the old text is kept."""
    if commitment.lead is None:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("Rincian diubah: %(code)s") % {"code": commitment.code}
        body = f"{shorten(commitment.wording, 200)}\n{due_words(commitment)}"
        _tell(officers(commitment.lead, at=at, but=by), "terms", commitment, subject, body, at=at)


def merged(commitment: Commitment, *, by: User | None, at: dt.datetime) -> None:
    """Tell the lead's officers that a record was merged into another one and is no longer counted by itself."""
    if commitment.lead is None or commitment.merged_into is None:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("Digabung: %(code)s menjadi bagian dari %(target)s") % {
            "code": commitment.code,
            "target": commitment.merged_into.code,
        }
        body = shorten(commitment.wording, 200)
        _tell(officers(commitment.lead, at=at, but=by), "merged", commitment, subject, body, at=at)


def officers(agency: Agency, *, at: dt.datetime, but: User | None = None) -> list[User]:
    """An agency's officers with an account on a day, without the acting person."""
    return _people([agency], Role.OFFICER, at=at, but=but)


def share_text(meeting: Meeting, commitments: Sequence[Commitment]) -> str:
    """The summary of a meeting for a WhatsApp group: at most 900 characters, no names of people, no numbers.

    Long wordings are shortened first; lines that still do not fit are counted at the end.
    """
    with override(settings.LANGUAGE_CODE):
        head, foot = _share_head(meeting), _share_foot(meeting)
        for longest in _WORDING_LENGTHS:
            text = _share_body(head, foot, commitments, longest=longest)
            if len(text) <= SHARE_TEXT_LONGEST:
                return text
        for count in range(len(commitments) - 1, 0, -1):
            text = _share_body(head, foot, commitments, longest=_WORDING_LENGTHS[-1], count=count)
            if len(text) <= SHARE_TEXT_LONGEST:
                return text
        return _share_body(head, foot, commitments, longest=_WORDING_LENGTHS[-1], count=0)


def due_words(commitment: Commitment) -> str:
    """``Tenggat: 30 Jun 2026 (usulan)``; a date nobody agreed is always called a proposal."""
    if commitment.due_on is None:
        return _("Tenggat: belum ditetapkan")
    words = _("Tenggat: %(date)s") % {"date": short_date(commitment.due_on)}
    return words if commitment.due_basis == DueBasis.AGREED else _("%(words)s (usulan)") % {"words": words}


def shorten(text: str, longest: int) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than ``longest``."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    cut = plain[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return f"{at_word if len(at_word) > longest // 2 else cut}…"


def _share_head(meeting: Meeting) -> str:
    sides = meeting.host_agency.short_name
    if meeting.counterpart is not None:
        sides += f" - {meeting.counterpart.short_name}"
    title = _("Hasil %(kind)s %(sides)s") % {"kind": meeting.get_kind_display(), "sides": shorten(sides, 120)}
    return f"*{title}*\n{long_date(meeting.held_on)} ({meeting.code})"


def _share_foot(meeting: Meeting) -> str:
    return _("Rincian (perlu masuk): %(link)s") % {"link": f"{settings.SITE_URL}{meeting.get_absolute_url()}"}


def _share_body(
    head: str, foot: str, commitments: Sequence[Commitment], *, longest: int, count: int | None = None
) -> str:
    shown = commitments[:count]
    lines = []
    for number, commitment in enumerate(shown, start=1):
        lead = commitment.lead.short_name if commitment.lead else _("belum ditetapkan")
        owner = _("PIC: %(agency)s") % {"agency": lead}
        lines.append(f"{number}. {shorten(commitment.wording, longest)}\n   {owner} | {due_words(commitment)}")
    if rest := len(commitments) - len(shown):
        lines.append(_("dan %(count)d komitmen lain") % {"count": rest})
    return "\n\n".join(part for part in (head, "\n".join(lines), foot) if part)


def _meeting_page(commitment: Commitment) -> str:
    return commitment.meeting.get_absolute_url() if commitment.meeting else reverse("commitments:list")


def _claimants(commitment: Commitment, *, at: dt.datetime, but: User | None) -> list[User]:
    claim = commitment.progress.filter(kind=ProgressKind.CLAIM).select_related("author").last()
    found = officers(commitment.lead, at=at, but=but) if commitment.lead else []
    if claim is not None and claim.author != but and claim.author not in found and claim.author.is_active:
        found.append(claim.author)
    return found


def _people(agencies: Iterable[Agency], role: Role, *, at: dt.datetime, but: User | None) -> list[User]:
    tenures = Tenure.objects.current(on=day_of(at))
    people = {t.user for t in tenures.filter(post__agency__in=list(agencies), role=role).select_related("user")}
    return sorted(people - {but}, key=lambda user: user.pk)


def _tell(
    people: Iterable[User], kind: str, commitment: Commitment, subject: str, body: str, *, at: dt.datetime
) -> None:
    for user in people:
        post_notice(
            key=f"{kind}:{commitment.code}:{at:%Y%m%dT%H%M%S%f}:{user.pk}",
            user=user,
            subject=subject,
            body=body,
            path=commitment.get_absolute_url(),
            at=at,
        )
