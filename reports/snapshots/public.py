"""The public version: a snapshot built anew from a list of what everybody may read, so that nothing else is in it."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.policy import Refusal, no
from commitments.status import Condition
from reports.counting.rows import ReportRow
from reports.models import Report
from reports.options import ReportOptions
from reports.press.personal import kinds_in

KEPT = (
    "schema", "code", "revision", "revises", "audience", "options", "made_at", "as_of", "check_url", "audit_head",
    "is_example", "is_open_list", "issuer", "period", "sentence", "totals", "gaps", "strengths", "realised", "expected",
    "aging", "trend", "flows", "coverage", "clauses_without", "narrowed", "signatories",
)  # fmt: skip
AGREEMENT = ("code", "kind", "title", "signed_on", "starts_on", "ends_on", "parent_code", "relation")
CLAUSE = (
    "number", "text", "citation", "parent", "total", "below", "by_condition", "realised", "expected", "sentence",
)  # fmt: skip
EMPTY = ("rows", "meetings", "unlinked", "outside", "upcoming")


def made_public(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Totals and scope items; of agencies only the numbers of those that agreed to be named; no word of any row.

    Photos stay, without the code of their record, the name of their file and an agency that did not agree: only
    those marked for everybody were taken into ``snapshot``. Raises Refusal (409) when personal data stand in what
    is printed as it was typed.
    """
    named = dict(Agency.objects.filter(named_in_public=True).values_list("code", "short_name"))
    agreement = snapshot["agreement"]
    made = (
        {key: snapshot[key] for key in KEPT}
        | {key: [] for key in EMPTY}
        | {
            "agreement": {key: agreement[key] for key in AGREEMENT}
            | {"parties": [{"name": one["name"], "number": one["number"]} for one in agreement["parties"]]},
            "totals": _shared_totals(snapshot["totals"]),
            "clauses": [{key: one[key] for key in CLAUSE} | {"codes": []} for one in snapshot["clauses"]],
            "leads": [lead for lead in snapshot["leads"] if lead["code"] in named],
            "photos": [_public_photo(photo, named.values()) for photo in snapshot["photos"]],
            "changes": None,
        }
    )
    _require_impersonal(made)
    return made


def _shared_totals(totals: dict[str, Any]) -> dict[str, Any]:
    """The totals without drafts: how much an office has not told anybody yet is its own matter."""
    conditions = {key: count for key, count in totals["by_condition"].items() if key != Condition.DRAFT}
    return totals | {"drafts": None, "by_condition": conditions}


def _public_photo(photo: dict[str, Any], named: Collection[str]) -> dict[str, Any]:
    place = photo["place"] if photo["place"] in named else ""
    return photo | {"code": "", "name": photo["caption"], "place": place}


def require_named(options: ReportOptions, rows: Iterable[ReportRow]) -> None:
    """Refuse (409) to narrow a public report to an agency that did not agree to be named.

    A region stands for every agency in it whose ``rows`` would be counted: with few of them a sum names its agency.
    """
    if not options.is_public:
        return
    counted = {row.lead_code or row.host_code for row in rows} if options.region else set()
    silent = Agency.objects.filter(code__in={*options.agencies, *counted}, named_in_public=False).order_by("short_name")
    if names := ", ".join(agency.short_name for agency in silent):
        raise Refusal(
            no(
                _("Laporan publik tidak dapat dibatasi pada instansi yang belum setuju disebut: %(names)s.")
                % {"names": names},
                status=409,
            )
        )


def named_agencies(report: Report) -> QuerySet[Agency]:
    """The agencies whose numbers or photos a public report shows under their name; none of an internal one."""
    if not report.chosen.is_public:
        return Agency.objects.none()
    snapshot = json.loads(report.snapshot)
    codes = {*report.chosen.agencies, *(lead["code"] for lead in snapshot["leads"])}
    places = {photo["place"] for photo in snapshot["photos"]}
    return Agency.objects.filter(Q(code__in=codes) | Q(short_name__in=places - {""})).order_by("short_name", "pk")


def _require_impersonal(snapshot: dict[str, Any]) -> None:
    for where, text in _typed(snapshot):
        if kinds := kinds_in(text):
            words = _("Versi publik tidak dapat memuat data pribadi. Hapus %(kinds)s dari %(where)s.")
            raise Refusal(no(words % {"kinds": kinds, "where": where}, status=409))


def _typed(snapshot: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(where it stands, what somebody typed) for every text that the public version prints as it is."""
    yield _("judul kesepakatan"), snapshot["agreement"]["title"]
    yield from ((_("nomor pihak"), party["number"]) for party in snapshot["agreement"]["parties"])
    for clause in snapshot["clauses"]:
        where = _("ruang lingkup %(number)s") % {"number": clause["number"]}
        yield from ((where, clause[key]) for key in ("text", "citation"))
    yield from ((_("penanda tangan"), post) for post in snapshot["signatories"])
    for photo in snapshot["photos"]:
        yield from ((_("keterangan foto"), photo[key]) for key in ("caption", "place"))
