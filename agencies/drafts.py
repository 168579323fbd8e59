"""Drafts: what a person has typed into a form and not saved yet, kept by person and form.

A page that opens a form signs what it is about (:class:`Opening`). Whoever brings that ticket back brings words of
the person it was made for, also after the session has ended; so words always return to their writer and to nobody
else. Keys: ``ubah:A-2026-001`` (one per thing) or ``catat~1f0c9a2b`` (one per opened page; see :data:`SLOT`).
"""

import dataclasses
import datetime as dt
import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import canonical, record
from agencies.models import Agency, Draft, FormToken, Role, User
from agencies.names import called_exactly, snapshot
from agencies.numbering import refused_when_taken
from agencies.policy import Refusal, no
from config.forms import written_date
from config.templatetags.waktu import tanggal_pendek, waktu

TICKET, VERSION = "konsep", "konsep_versi"  # names of the hidden fields
SLOT = "~"
LIMIT = 1_000_000  # characters of one draft as JSON
TICKET_AGE = dt.timedelta(days=30)
GRANT_AGE = dt.timedelta(hours=1)
BUSY = dt.timedelta(minutes=15)  # after the last word somebody is no longer "writing"
FRESH = dt.timedelta(hours=12)  # older drafts of a colleague's new record are no reason to warn
KEPT_FOR = dt.timedelta(days=90)
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "aksi", "password"})

Fields = dict[str, list[str]]


@dataclasses.dataclass(frozen=True)
class Opening:
    """What the page that opened a form says about it.

    ``says`` names the fields whose values tell what the draft is about (partner, date); ``about`` is that text
    itself when it is known beforehand. ``is_shared``: colleagues of ``agency_id`` may know and take over.
    """

    user_id: int
    key: str
    title: str
    path: str
    about: str = ""
    agency_id: int | None = None
    is_shared: bool = False
    look: str = ""
    says: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The key without the part that belongs to one opened page only."""
        return self.key.partition(SLOT)[0]

    @property
    def address(self) -> str:
        """Where the form opens with this draft."""
        return address_of(self.path, self.key)

    def signed(self) -> str:
        """The ticket for the page."""
        return signing.dumps(dataclasses.asdict(self), salt="draft.opening", compress=True)


def opening_of(ticket: str) -> Opening | None:
    """The opening a ticket was made from; None when it is forged, too old or missing."""
    try:
        found = signing.loads(ticket[:4000], salt="draft.opening", max_age=TICKET_AGE)
    except signing.BadSignature:
        return None
    return Opening(**(found | {"says": tuple(found["says"])}))


def address_of(path: str, key: str) -> str:
    """``/pertemuan/catat/?konsep=1f0c9a2b`` or the plain path."""
    slot = key.partition(SLOT)[2]
    return f"{path}{'&' if '?' in path else '?'}{TICKET}={slot}" if slot else path


def new_slot(base: str) -> str:
    """The key of a form that was opened empty."""
    return f"{base}{SLOT}{secrets.token_hex(4)}"


def kept_fields(posted: QueryDict) -> Fields:
    """Everything that was typed, by name; never tokens of the request, files or passwords."""
    return {
        name.replace("\0", ""): [str(value).replace("\0", "") for value in values]  # PostgreSQL cannot keep it
        for name, values in posted.lists()
        if name not in NEVER_KEPT and not name.startswith(TICKET)
    }


def draft_of(user: User, key: str) -> Draft | None:
    """The person's draft with exactly this key."""
    return Draft.objects.filter(user=user, form=key).first()


def latest_of(user: User, base: str) -> Draft | None:
    """The person's latest draft among those of one kind of page."""
    return Draft.objects.filter(user=user, form__startswith=base + SLOT).order_by("-updated_at").first()


def drafts_of(user: User) -> list[Draft]:
    """Everything a person has typed and not saved, the latest first."""
    return list(Draft.objects.visible_to(user).order_by("-updated_at", "-pk"))


def typed_again(draft: Draft) -> QueryDict:
    """What was typed, as if it had been posted. A token that was used already is replaced by a new one."""
    data = QueryDict(mutable=True)
    for name, values in _fields(draft).items():
        data.setlist(name, values)
    if _is_used(str(data.get("token", ""))):
        data["token"] = str(uuid.uuid4())
    return data


def writing_too(opening: Opening, label: str, *, at: dt.datetime) -> Draft | None:
    """A colleague's latest draft about the same thing; None for forms that are nobody else's business."""
    if not opening.is_shared or opening.agency_id is None:
        return None
    found = Draft.objects.filter(agency=opening.agency_id).exclude(user=opening.user_id).select_related("user")
    if SLOT not in opening.key:
        found = found.filter(form=opening.key)
    elif label:
        found = found.filter(form__startswith=opening.base + SLOT, label=label, updated_at__gte=at - FRESH)
    else:
        return None
    return found.order_by("-updated_at").first()


@transaction.atomic
def keep(opening: Opening, fields: Fields, *, at: dt.datetime, known: int | None) -> Draft:
    """Keep what was typed. ``known`` is the version the page knows (0: none yet; None: replace whatever is there).

    Raises Refusal: 409 when the draft went on elsewhere, 410 when this form was saved already, 413 when too long.
    """
    if _is_used("".join(fields.get("token", []))):
        raise Refusal(no(_("Isian ini sudah disimpan."), status=410))
    content = {"path": opening.path, "title": opening.title, "fields": fields}
    if len(canonical(content)) > LIMIT:
        raise Refusal(no(_("Isian terlalu panjang untuk disimpan sebagai konsep. Simpan isiannya."), status=413))
    user = User.objects.get(pk=opening.user_id, is_active=True)
    draft = Draft.objects.select_for_update().filter(user=user, form=opening.key).first()
    if draft is None:
        if known:
            raise Refusal(no(_where_it_went(opening), status=409))
        draft = Draft(user=user, form=opening.key, version=0)
    elif known not in (None, draft.version) and _fields(draft) != fields:
        raise Refusal(no(_("Konsep ini sudah diteruskan di jendela atau perangkat lain."), status=409))
    draft.content, draft.updated_at = content | _history(draft), at
    draft.agency_id, draft.label = _agency(opening, fields, user), _label(opening, fields)
    draft.version += 1
    with refused_when_taken(_("Konsep ini sudah diteruskan di jendela atau perangkat lain.")):
        draft.save()
    return draft


def forget(user: User, key: str) -> None:
    """Drop a draft whose words were saved; part of the saving transaction."""
    Draft.objects.filter(user=user, form=key).delete()


@transaction.atomic
def throw_away(draft: Draft, *, by: User) -> None:
    """Drop one's own draft unsaved. A second click finds it gone."""
    Draft.objects.filter(pk=draft.pk, user=by).delete()


@transaction.atomic
def take_over(draft: Draft, *, by: User, at: dt.datetime) -> Draft:
    """Continue what a colleague has typed: the words move, the colleague is told. Audited.

    Raises Refusal: 404 for strangers, 409 when the taker has a draft of the same form.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("user").get(pk=draft.pk)
    if draft.user_id == by.pk:
        return draft
    if draft.agency_id not in writers_for(by):
        raise Refusal(no(_("Tidak ditemukan."), status=404))
    writer, was = draft.user, draft.form
    if Draft.objects.filter(user=by, form=was).exists():
        if SLOT not in was:
            raise Refusal(no(_("Anda mempunyai konsep sendiri untuk isian ini. Simpan atau buang dahulu."), status=409))
        draft.form = new_slot(was.partition(SLOT)[0])
    draft.user, draft.taken_from, draft.taken_at = by, writer, at
    draft.content = draft.content | {"was": was}
    draft.version += 1
    draft.save()
    record("draft.taken_over", on=draft, by=by, at=at, before={"writer": writer.pk}, after={"form": was})
    return draft


def writers_for(user: User) -> frozenset[int]:
    """Agencies whose drafts a person may take over: those for which they write."""
    return user.rights.by_role[Role.OFFICER] | user.rights.by_role[Role.SUPERVISOR]


def grant(draft: Draft, user: User) -> str:
    """A permission to take over, given by a page that has just seen that the person may write there."""
    return signing.dumps([draft.pk, user.pk], salt="draft.grant")


def is_granted(permission: str, draft: Draft, user: User) -> bool:
    """Whether :func:`grant` gave this permission to this person within the last hour."""
    try:
        return bool(signing.loads(permission[:400], salt="draft.grant", max_age=GRANT_AGE) == [draft.pk, user.pk])
    except signing.BadSignature:
        return False


def sweep(*, at: dt.datetime) -> int:
    """Drop drafts that nobody touched for 90 days; returns how many."""
    return Draft.objects.filter(updated_at__lt=at - KEPT_FOR).delete()[0]


def _fields(draft: Draft) -> Mapping[str, Sequence[str]]:
    fields: Any = draft.content.get("fields", {})
    return fields if isinstance(fields, dict) else {}


def _history(draft: Draft) -> dict[str, Any]:
    """What stays with a draft while its words change: the key it had before it was taken over."""
    return {"was": draft.content["was"]} if "was" in draft.content else {}


def _is_used(token: str) -> bool:
    try:
        return bool(token) and FormToken.objects.filter(token=token).exists()
    except (ValidationError, ValueError):
        return False


def _where_it_went(opening: Opening) -> str:
    """Why the draft a page has been writing is no longer there."""
    taken = Draft.objects.filter(taken_from=opening.user_id).select_related("user").order_by("-taken_at")
    for draft in taken[:20]:
        if draft.content.get("was") == opening.key:
            return _("Konsep ini diambil alih oleh %(name)s, %(when)s.") % {
                "name": draft.user.name,
                "when": waktu(draft.taken_at),
            }
    return _("Konsep ini sudah disimpan atau dibuang di jendela lain.")


def _agency(opening: Opening, fields: Fields, user: User) -> int | None:
    """The agency for which it is written, whose people may know of it: chosen in the form or said by the page.

    Only one's own: what somebody writes about another agency's record is not that agency's to read.
    """
    own = user.rights.own
    chosen = Agency.objects.filter(code__in=fields.get("host", [])[:1]).first() if "host" in fields else None
    if chosen and chosen.pk in own:
        return chosen.pk
    return opening.agency_id if opening.agency_id in own else None


def _label(opening: Opening, fields: Fields) -> str:
    """What the draft is about; the same words whoever types them, so that two such drafts are found."""
    values = [" ".join(fields.get(name, [])).strip() for name in opening.says]
    if not values or not values[0]:
        return opening.about[:160]
    return ", ".join(_plain(value) for value in values if value)[:160]


def _plain(value: str) -> str:
    try:
        day = written_date(value)
    except ValueError:
        agency = called_exactly(value, snapshot())
        return agency.short_name if agency else value[:80]
    with override("id"):  # compared between people, whatever language they read
        return tanggal_pendek(day)
