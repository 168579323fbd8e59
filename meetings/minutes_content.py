"""The minutes as data: every fact of the document, what a reader may see of it, and its canonical text.

A version freezes this. What is printed comes from it, so a version prints the same for ever.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

from agencies.audit import canonical, sha256
from agencies.models import Agency, User
from meetings.lines import agencies_in_room
from meetings.models import AgendaItem, AgendaKind, Meeting

if TYPE_CHECKING:
    from django.db.models import Manager

Content = dict[str, Any]
UNCOUNTED = ("DRAFT", "VOID", "MERGED")


def content_of(meeting: Meeting) -> Content:
    """Everything the minutes say now, as plain values: days and instants as ISO texts, words in Indonesian."""
    with override(settings.LANGUAGE_CODE):
        content = {
            "code": meeting.code,
            "kind": str(meeting.get_kind_display()),
            "held_on": meeting.held_on,
            "starts_at": _clock(meeting.starts_at),
            "ends_at": _clock(meeting.ends_at),
            "place": meeting.place,
            "led_by": meeting.led_by,
            "received_by": meeting.received_by,
            "is_open_list": meeting.is_open_list,
            "is_example": meeting.is_example,
            "host": _office(meeting.host_agency),
            "counterpart": _named(meeting.counterpart) if meeting.counterpart else None,
            "agreement": _agreement(meeting),
            "attendance": [
                {"agency": row.agency.name, "name": row.name, "post": row.post_text}
                for row in sorted(meeting.attendance.all(), key=lambda row: (row.agency.path, row.pk))
            ],
            "general": meeting.minutes,
            "agenda": [_item(item) for item in meeting.agenda.all()],
            "lines": [_line(row) for row in _rows(meeting)],
            "statements": [
                {"speaker": row.speaker, "agency": row.agency.short_name if row.agency else "", "words": row.verbatim}
                for row in meeting.statements.select_related("agency")
                if row.may_quote
            ],
        }
    plain: Content = json.loads(canonical(content))
    return plain


def digest_of(content: Content) -> str:
    """SHA-256 of the canonical text of the content."""
    return sha256(canonical(content))


def agenda_digest(meeting: Meeting) -> str:
    """Stands for the agenda and the general text as they are now; a form that was opened before knows it was."""
    return sha256(canonical([meeting.minutes, [_item(item) for item in meeting.agenda.all()]]))


def is_outdated(frozen: Content, meeting: Meeting) -> bool:
    """Whether the facts, the people or the agenda differ from a version. Commitments move on by themselves."""
    now = content_of(meeting)
    lasting = [name for name in now if name not in ("lines", "statements", "host", "is_example")]
    return any(frozen.get(name) != now[name] for name in lasting)


def partners_of(meeting: Meeting) -> list[Agency]:
    """The agencies the minutes are sent to: who was there, and the partner; never the host itself."""
    return [agency for agency in agencies_in_room(meeting) if agency.pk != meeting.host_agency_id]


def for_reader(content: Content, user: User, meeting: Meeting) -> Content:
    """What this person may read of the minutes: the keeper everything, others no line they could not open.

    An item about a commitment or a meeting that the person cannot open is left out with its words; attendants
    are told by their posts, since their names stay with the keeper.
    """
    if meeting.host_agency_id in user.rights.own:
        return content
    commitments: Manager[Any] = Meeting._meta.get_field("commitments").related_model._default_manager
    visible = commitments.visible_to(user)  # type: ignore[attr-defined]
    lines = set(visible.filter(code__in=[line["code"] for line in content["lines"]]).values_list("code", flat=True))
    about = [item["about_code"] for item in content["agenda"] if item["about_code"]]
    open_codes = set(visible.filter(code__in=about).values_list("code", flat=True)) | set(
        Meeting.objects.visible_to(user).filter(code__in=about).values_list("code", flat=True)
    )
    return content | {
        "attendance": [row | {"name": ""} for row in content["attendance"]],
        "lines": [line for line in content["lines"] if line["code"] in lines],
        "agenda": [item for item in content["agenda"] if not item["about_code"] or item["about_code"] in open_codes],
    }


def outcome_lines(outcome: str) -> list[str]:
    """The single lines of an outcome, without the marks people put before them."""
    return [line for raw in outcome.splitlines() if (line := raw.strip().lstrip("-•*–").strip())]


@dataclasses.dataclass(frozen=True)
class Result:
    """One line of an outcome: the commitment it became, or the name under which it can become one."""

    words: str
    code: str = ""
    source: str = ""


def results_of(outcome: str, taken_up: dict[str, str], item_id: int | None = None) -> list[Result]:
    """The lines of an outcome; ``taken_up`` is the answer of :func:`results_taken_up`."""
    return [
        Result(line, taken_up.get(line, ""), f"butir-{item_id}-{number}" if item_id else "")
        for number, line in enumerate(outcome_lines(outcome))
    ]


def results_taken_up(meeting: Meeting, user: User) -> dict[str, str]:
    """Lines of outcomes that became commitments: the line as typed, and the code it has now."""
    rows = list(meeting.commitments.visible_to(user).select_related("source"))
    found = {}
    for item in meeting.agenda.all():
        for line in outcome_lines(item.outcome):
            begin = line.casefold()
            code = next((row.code for row in rows if row.original.strip().casefold().startswith(begin)), None)
            if code is not None:
                found[line] = code
    return found


def _clock(time: dt.time | None) -> str:
    return f"{time:%H.%M}" if time else ""


def _named(agency: Agency) -> Content:
    return {"code": agency.code, "name": agency.name, "short_name": agency.short_name}


def _office(agency: Agency) -> Content:
    """The keeper with its letterhead, as it was then."""
    return _named(agency) | {
        "letterhead": agency.letterhead_lines,
        "logo": agency.logo.name or "",
        "paper": agency.paper,
        "is_plain_type": agency.is_plain_type,
        "address_line": agency.address_line,
        "signing_place": agency.signing_place,
        "signing_post": agency.signing_post,
        "zone": agency.zone,
    }


def _agreement(meeting: Meeting) -> Content | None:
    found = meeting.agreement
    if found is None:
        return None
    return {
        "code": found.code,
        "kind": str(found.get_kind_display()),
        "title": found.title,
        "signed_on": found.signed_on,
    }


def _item(item: AgendaItem) -> Content:
    return {
        "kind": str(AgendaKind(item.kind)),
        "title": item.title,
        "about_code": item.about_code,
        "discussion": item.discussion,
        "outcome": item.outcome,
    }


def _rows(meeting: Meeting) -> Iterable[Any]:
    """The lines that were made known, in the order they were typed."""
    return (
        meeting.commitments.kept()
        .exclude(status__in=UNCOUNTED)
        .select_related("lead")
        .prefetch_related("contributions__agency", "terms__consents__agency")
        .order_by("position", "pk")
    )


def _line(row: Any) -> Content:
    present = [terms for terms in row.terms.all() if terms.n == row.terms_n]
    return {
        "code": row.code,
        "wording": row.wording,
        "kind": str(row.get_kind_display()),
        "lead": row.lead.short_name if row.lead else "",
        "person": row.person_text,
        "supporting": [part.agency.short_name for part in row.contributions.all()],
        "due_on": row.due_on,
        "due_basis": row.due_basis,
        "target": row.target,
        "unit": row.unit,
        "terms_n": row.terms_n,
        "consents": [_consent(consent) for terms in present for consent in terms.consents.all()],
    }


def _consent(consent: Any) -> Content:
    return {
        "agency": consent.agency.short_name,
        "answer": consent.answer,
        "strength": consent.strength,
        "words": str(consent.get_strength_display() if consent.answer == "AGREED" else consent.get_answer_display()),
        "text": consent.text,
    }
