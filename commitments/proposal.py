"""What a reading of a release proposes for the paste page: fields filled as if a person had typed them.

Only what the reader is sure of is ticked; nobody is made responsible for anything, and no date is made up.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from agencies.models import Agency, Agreement
from commitments.forms.paste_text import MOST_ROWS, key_of
from commitments.models import Kind
from commitments.reading.dates import MONTHS, long_date, short_date
from commitments.reading.release import FoundCommitment, FoundPerson, Part, Release
from commitments.reading.release import Kind as ReadKind
from commitments.reading.spans import Span
from meetings.models import MeetingKind

_WRITTEN_DATE = re.compile(r"(?<![0-9])([0-9]{1,2})\s{1,3}([A-Za-z]{3,9})\s{1,3}([0-9]{4})(?![0-9])")
_MEETING_WORDS = {
    "audiensi": MeetingKind.AUDIENCE,
    "rapat koordinasi": MeetingKind.COORDINATION,
    "rapat tindak lanjut": MeetingKind.FOLLOW_UP,
    "rapat evaluasi": MeetingKind.EVALUATION,
    "monitoring dan evaluasi": MeetingKind.EVALUATION,
}


def proposal(
    release: Release,
    *,
    hosts: Sequence[Agency],
    by_code: Mapping[str, Agency],
    agreements: Iterable[Agreement],
    label: str,
) -> QueryDict:
    """The fields of the second step, by name, for a reading; ``hosts`` are the agencies a person may log for."""
    data = QueryDict(mutable=True)
    host, partner = sides(release, [agency.code for agency in hosts])
    known = [agreement for agreement, is_match in matches(release, agreements) if is_match]
    day = release.held_on.on if release.held_on else None
    data.update(
        {
            "token": str(uuid.uuid4()),
            "text": release.text,
            "label": label,
            "host": host,
            "counterpart": f"@{partner}" if partner else "",
            "held_on": f"{long_date(day).partition(',')[0]}, {short_date(day)}" if day else "",
            "place": release.place.text[:200] if release.place else "",
            "kind": meeting_kind(release.text),
            "agreement": str(known[0].pk) if len(known) == 1 else "",
            "led_by": people_words(release, Part.LEADS),
            "received_by": people_words(release, Part.RECEIVES),
        }
    )
    if release.open_list:
        data["is_open_list"] = "on"
    data.setlist("present", present_codes(release, [by_code[code] for code in (host, partner) if code], by_code))
    for found in promises(release)[:MOST_ROWS]:
        due = short_date(found.due_on) if found.due_on else ""
        add_row(data, found.span, release.text, kind=found.kind.name, due=due, is_picked=found.is_sure)
    quotes = [statement for statement in release.statements if statement.is_sure]
    data.setlist("kutip", [key_of(quote.span) for quote in quotes])
    for statement in release.statements:
        data[f"penutur-{key_of(statement.span)}"] = statement.speaker or ""
    return data


def promises(release: Release) -> list[FoundCommitment]:
    """What is proposed as a commitment. One side's pledge, and what a person only said, is offered beside it."""
    said = [statement.span for statement in release.statements]
    return [
        found
        for found in release.commitments
        if found.kind is not ReadKind.PLEDGE
        and not (found.kind is ReadKind.PLAN and any(overlap(found.span, span) for span in said))
    ]


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


def add_row(
    data: QueryDict, span: Span, text: str, *, kind: str = Kind.AGREED, due: str = "", is_picked: bool = True
) -> None:
    """Put a row for a stretch of the text into the fields, unless it is there already."""
    key = key_of(span)
    if key in data.getlist("baris"):
        return
    data.appendlist("baris", key)
    words = " ".join(span.of(text).split()).strip(" ,;.\"“”'")
    data[f"rumusan-{key}"] = words[:1].upper() + words[1:]
    data[f"jenis-{key}"] = kind
    data[f"tenggat-{key}"] = due
    data[f"instansi-{key}"] = ""
    if is_picked:
        data[f"pilih-{key}"] = "on"


def sides(release: Release, own: Sequence[str]) -> tuple[str, str]:
    """(code of who logs it, code of the partner): an own agency that the text names, and the other side of the two.

    An office often writes in the name of its ministry, so the partner is not just whoever is not the own agency.
    """
    host, partner = (found.code if found else None for found in (release.host, release.partner))
    named = [code for code in (host, partner, *(found.code for found in release.agencies)) if code]
    chosen = next((code for code in named if code in own), own[0] if own else "")
    other = host if chosen == partner or release.partner is None else partner
    return chosen, other if other and other != chosen else ""


def present_codes(release: Release, sides: Sequence[Agency], by_code: Mapping[str, Agency]) -> list[str]:
    """Codes of the agencies found for sure, without the two sides and what stands above them."""
    above = {pk for side in sides for pk in (side.pk, *side.ancestor_ids)}
    found = dict.fromkeys(agency.code for agency in release.agencies if agency.code and agency.is_sure)
    return [code for code in found if code in by_code and by_code[code].pk not in above]


def people_words(release: Release, part: Part) -> str:
    """Who led or received, as the office writes it: ``Kepala Balai Contoh, Nama``."""
    found = next((person for person in release.people if person.part is part), None)
    return person_words(found)[:200] if found else ""


def person_words(person: FoundPerson) -> str:
    """Post and name, either of which may be missing."""
    return ", ".join(filter(None, [person.post, person.name]))


def meeting_kind(text: str) -> str:
    """The kind of meeting whose name comes first in the text; an audience when none does."""
    lower = text.casefold()
    places = [(lower.find(words), kind) for words, kind in _MEETING_WORDS.items() if words in lower]
    return min(places, default=(0, MeetingKind.AUDIENCE))[1].value


def matches(release: Release, agreements: Iterable[Agreement]) -> list[tuple[Agreement, bool]]:
    """Each agreement with whether the text names its date where it names its legal basis."""
    named = set(basis_dates(release))
    return [(agreement, _spelled(agreement.signed_on) in named) for agreement in agreements]


def basis_dates(release: Release) -> list[tuple[int, int, int]]:
    """(year, month, day) of every date in the legal basis."""
    return [
        (int(year), MONTHS[month.lower()], int(day))
        for basis in release.legal_basis
        for day, month, year in _WRITTEN_DATE.findall(basis.text)
        if month.lower() in MONTHS
    ]


def _spelled(day: Any) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)
