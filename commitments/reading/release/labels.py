"""What was found as plain values: the shape of the reference labels, with spans."""

import datetime as dt
from typing import Any

from commitments.reading.release.shapes import Found, FoundCommitment, FoundDate, Kind, Release


def as_labels(release: Release) -> dict[str, Any]:
    """Return a release as JSON-ready values; dates are ISO text or None, offsets are code points."""
    return {
        "date": _iso(release.held_on.on if release.held_on else None),
        "date_published": _iso(release.published_on.on if release.published_on else None),
        "location": release.place.text if release.place else None,
        "host_agency": release.host.name if release.host else None,
        "partner_agency": release.partner.name if release.partner else None,
        "agencies": [agency.name for agency in release.agencies],
        "participants": [
            {
                "name": person.name,
                "role": person.post,
                "agency": person.agency,
                "part": person.part.value,
                **_place(person),
            }
            for person in release.people
        ],
        "legal_basis": [basis.text for basis in release.legal_basis],
        "commitments": [_commitment(commitment) for commitment in release.commitments],
        "statements": [{"speaker": said.speaker, "text": said.text, **_place(said)} for said in release.statements],
        "open_list": release.open_list is not None,
        "remarks": [remark.text for remark in release.remarks],
        "spans": {
            "date": _date(release.held_on),
            "date_published": _date(release.published_on),
            "location": _spot(release.place),
            "host_agency": _spot(release.host),
            "partner_agency": _spot(release.partner),
            "agencies": [{**_spot(agency), "name": agency.name, "code": agency.code} for agency in release.agencies],
            "legal_basis": [_spot(basis) for basis in release.legal_basis],
            "open_list": _spot(release.open_list),
        },
    }


def _commitment(found: FoundCommitment) -> dict[str, Any]:
    kind = Kind.AGREED if found.kind is Kind.EXPLORATION else found.kind
    due = (
        {}
        if found.due_span is None
        else {"due": _iso(found.due_on), "due_start": found.due_span.start, "due_end": found.due_span.end}
    )
    return {
        "text": found.text,
        "kind": kind.value,
        "is_exploration": found.kind is Kind.EXPLORATION,
        "agencies": [*found.agencies],
        **due,
        **_place(found),
    }


def _place(found: Found) -> dict[str, Any]:
    return {"start": found.span.start, "end": found.span.end, "is_sure": found.is_sure, "reason": found.reason.text}


def _spot(found: Found | None) -> dict[str, Any]:
    return {"text": found.text, **_place(found)} if found else {}


def _date(found: FoundDate | None) -> dict[str, Any]:
    return {**_spot(found), "on": _iso(found.on)} if found else {}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
