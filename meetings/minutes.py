"""The minutes of a meeting: kept as a draft, sent for reading, answered, corrected, and recorded as signed.

What was sent never changes: it is a version, and a correction is the next one. *Disahkan* is said only of
minutes that the parties signed.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import record, sha256
from agencies.models import Agency, User
from agencies.outbox import post_notice
from agencies.policy import Refusal, no, require
from agencies.reach import has_accounts, officers_of
from config.templatetags.waktu import tanggal
from config.workdays import day_of
from meetings.minutes_content import Content, agenda_digest, content_of, digest_of, partners_of
from meetings.minutes_rules import may_answer_minutes, may_correct_minutes, may_send_minutes, may_write_minutes
from meetings.models import (
    AgendaItem,
    AgendaKind,
    Meeting,
    MeetingFile,
    MinutesNote,
    MinutesNoteKind,
    MinutesStatus,
    MinutesVersion,
)


@dataclasses.dataclass(frozen=True)
class AgendaEntry:
    """One item as it was typed. ``about_code`` names the commitment or meeting it is about."""

    title: str
    discussion: str = ""
    outcome: str = ""
    kind: str = AgendaKind.TOPIC
    about_code: str = ""


@dataclasses.dataclass(frozen=True)
class MinutesEntry:
    """The agenda in its order, and the general text of the meeting (*notula singkat*)."""

    items: tuple[AgendaEntry, ...]
    general: str = ""


@dataclasses.dataclass(frozen=True)
class AnswerEntry:
    """What an agency said to a version, and where that stands (letter, message, call)."""

    kind: str
    agency: Agency
    source: str
    said_by: str = ""
    words: str = ""


class StaleMinutes(Exception):
    """Somebody else changed the agenda since the form was opened."""

    def __init__(self, current: Meeting) -> None:
        super().__init__(f"the minutes of {current.code} were changed meanwhile")
        self.current = current


def approval_item(previous: Meeting) -> AgendaItem | None:
    """*Pengesahan notula sebelumnya*, unsaved; None unless the earlier minutes were sent and not signed yet."""
    if previous.minutes_status != MinutesStatus.SENT:
        return None
    with override(settings.LANGUAGE_CODE):
        words = _("Pengesahan notula %(kind)s %(day)s") % {
            "kind": previous.get_kind_display(),
            "day": tanggal(previous.held_on),
        }
    return AgendaItem(kind=AgendaKind.MINUTES, title=words, about_code=previous.code)


def previous_of(meeting: Meeting) -> Meeting | None:
    """The meeting before this one with the same partner: the one it names, else the last that was held."""
    if meeting.previous is not None:
        return meeting.previous
    if meeting.counterpart_id is None:
        return None
    earlier = Meeting.objects.held().filter(
        host_agency=meeting.host_agency_id, counterpart=meeting.counterpart_id, held_on__lte=meeting.held_on,
        is_discarded=False,
    )  # fmt: skip
    return earlier.exclude(pk=meeting.pk).order_by("-held_on", "-pk").first()


def first_items(meeting: Meeting) -> list[AgendaItem]:
    """What an agenda begins with, unsaved: the approval of the last minutes with the same partner."""
    previous = previous_of(meeting)
    item = approval_item(previous) if previous is not None else None
    return [item] if item is not None else []


def latest_version(meeting: Meeting) -> MinutesVersion | None:
    """The version that was sent last."""
    return meeting.minutes_versions.order_by("-n").first()


@transaction.atomic
def keep_minutes(meeting: Meeting, entry: MinutesEntry, *, by: User, at: dt.datetime, seen: str) -> Meeting:
    """Save the draft of the minutes: the whole agenda as typed, and the general text.

    ``seen`` is the digest the form was opened with. Raises StaleMinutes when somebody was faster, Refusal once
    the minutes were sent.
    """
    meeting = _locked(meeting)
    require(may_write_minutes(by, meeting))
    _write(meeting, entry, seen=seen)
    record("meeting.minutes_kept", on=meeting, by=by, at=at, after=_counted(entry), texts=_texts(entry))
    return meeting


@transaction.atomic
def send_minutes(meeting: Meeting, *, by: User, at: dt.datetime) -> MinutesVersion:
    """Freeze version 1, note who it goes to, and tell the partners that have an account."""
    meeting = _locked(meeting)
    require(may_send_minutes(by, meeting))
    return _freeze(meeting, by=by, at=at)


@transaction.atomic
def correct_minutes(
    meeting: Meeting, entry: MinutesEntry, *, reason: str, by: User, at: dt.datetime, seen: str
) -> MinutesVersion:
    """Change minutes that were sent: the next version, with its reason; a signature stays with the old one."""
    meeting = _locked(meeting)
    require(may_correct_minutes(by, meeting))
    _write(meeting, entry, seen=seen)
    return _freeze(meeting, by=by, at=at, reason=reason)


@transaction.atomic
def note_answer(meeting: Meeting, answer: AnswerEntry, *, by: User, at: dt.datetime) -> MinutesNote:
    """Note what an agency answered to the version sent last: agreed, wants it corrected, or objects."""
    meeting = _locked(meeting)
    require(may_answer_minutes(by, meeting))
    if answer.agency not in partners_of(meeting):
        raise Refusal(no(_("%(agency)s tidak menerima notula ini.") % {"agency": answer.agency}, status=409))
    note = MinutesNote.objects.create(
        version=_sent(meeting),
        kind=answer.kind,
        agency=answer.agency,
        said_by=answer.said_by,
        source=answer.source,
        words=answer.words,
        at=at,
        by=by,
    )
    after = {"kind": answer.kind, "agency": answer.agency.code, "n": note.version.n}
    texts = {"said_by": answer.said_by, "source": answer.source, "words": answer.words}
    record("meeting.minutes_answered", on=meeting, by=by, at=at, after=after, texts=texts)
    return note


@transaction.atomic
def record_signed(
    meeting: Meeting, document: MeetingFile, agencies: Sequence[Agency], *, by: User, at: dt.datetime
) -> list[MinutesNote]:
    """*Notula disahkan*: the signed copy stands with the version sent last, one note per agency that signed.

    ``document`` carries number and date. What the signature means for the commitments is written by the caller
    in the same transaction.
    """
    meeting = _locked(meeting)
    require(may_answer_minutes(by, meeting))
    version = _sent(meeting)
    notes = [
        MinutesNote.objects.create(
            version=version,
            kind=MinutesNoteKind.SIGNED,
            agency=agency,
            source=document.letter_number,
            document=document,
            at=at,
            by=by,
        )
        for agency in agencies
    ]
    meeting.minutes_status = MinutesStatus.SIGNED
    meeting.save(update_fields=["minutes_status"])
    after = {"n": version.n, "document": document.sha256, "agencies": sorted(agency.code for agency in agencies)}
    record(
        "meeting.minutes_signed",
        on=meeting,
        by=by,
        at=at,
        after=after | {"signed_on": document.letter_on},
        texts={"letter_number": document.letter_number},
    )
    return notes


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    rows = rows.select_related("host_agency", "counterpart", "agreement", "merged_into")
    return rows.prefetch_related("attendance__agency").get(pk=meeting.pk)


def _sent(meeting: Meeting) -> MinutesVersion:
    version = latest_version(meeting)
    if version is None:
        raise Refusal(no(_("Notula ini belum disampaikan."), status=409))
    return version


def _write(meeting: Meeting, entry: MinutesEntry, *, seen: str) -> None:
    """Replace agenda and general text by what was typed."""
    if agenda_digest(meeting) != seen:
        raise StaleMinutes(meeting)
    meeting.agenda.all().delete()
    for position, item in enumerate(entry.items, start=1):
        AgendaItem.objects.create(
            meeting=meeting,
            position=position,
            kind=item.kind,
            title=item.title,
            about_code=item.about_code,
            discussion=item.discussion,
            outcome=item.outcome,
        )
    if meeting.minutes != entry.general:
        meeting.minutes = entry.general
        meeting.version += 1
        meeting.save(update_fields=["minutes", "version"])


def _freeze(meeting: Meeting, *, by: User, at: dt.datetime, reason: str = "") -> MinutesVersion:
    """Append the next version with everyone it goes to, and tell them."""
    latest, partners = latest_version(meeting), partners_of(meeting)
    content = content_of(meeting) | {"sent_to": _recipients(partners, at=at)}
    version = MinutesVersion.objects.create(
        meeting=meeting,
        n=latest.n + 1 if latest else 1,
        content=content,
        sha256=digest_of(content),
        reason=reason,
        at=at,
        by=by,
    )
    meeting.minutes_status = MinutesStatus.SENT
    meeting.save(update_fields=["minutes_status"])
    _tell(meeting, version, partners, by=by, at=at)
    after = {"n": version.n, "sha256": version.sha256, "agencies": sorted(agency.code for agency in partners)}
    record("meeting.minutes_sent", on=meeting, by=by, at=at, after=after, texts={"reason": reason})
    return version


def _recipients(partners: Iterable[Agency], *, at: dt.datetime) -> list[Content]:
    """Each agency, and whether the app tells it; the others get the paper by hand."""
    return [
        {"code": agency.code, "agency": agency.short_name, "is_told": has_accounts(agency, on=day_of(at))}
        for agency in partners
    ]


def _tell(meeting: Meeting, version: MinutesVersion, partners: Sequence[Agency], *, by: User, at: dt.datetime) -> None:
    named = {"kind": meeting.get_kind_display(), "day": tanggal(meeting.held_on), "n": version.n}
    with override(settings.LANGUAGE_CODE):
        subject = _("Notula untuk diperiksa: %(kind)s %(day)s") % named
        if version.n > 1:
            subject = _("Notula diperbaiki (versi %(n)d): %(kind)s %(day)s") % named
        body = _("Sampaikan keberatan atau usul perbaikan kepada %(agency)s.") % {"agency": meeting.host_agency.name}
    for user in officers_of(partners, on=day_of(at), but=by):
        post_notice(
            key=f"minutes:{meeting.code}:{version.n}:{user.pk}",
            user=user,
            subject=subject,
            body="\n".join(filter(None, [version.reason, body])),
            path=f"{meeting.get_absolute_url()}notula/",
            at=at,
        )


def _counted(entry: MinutesEntry) -> Content:
    return {"items": len(entry.items), "agenda": sha256(repr(entry.items))}


def _texts(entry: MinutesEntry) -> dict[str, str]:
    """What was typed, for the trail: the general text, and the agenda as plain text."""
    items = "\n\n".join("\n".join(filter(None, [i.title, i.discussion, i.outcome])) for i in entry.items)
    return {"minutes": entry.general, "agenda": items}
