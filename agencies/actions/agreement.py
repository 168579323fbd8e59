"""Agreements: a date and the parties suffice; scope items are added, never renumbered."""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import Agency, Agreement, AgreementKind, Clause, Counter, Party, Relation, User
from agencies.numbering import next_code
from agencies.policy import Refusal, no, permit
from agencies.scope_text import ClauseEntry
from config.files import StoredFile

CODE_KIND = "NK"  # one series for every kind of document
_CODE = re.compile(r"NK-(\d{4})-(\d{3,})")


@dataclasses.dataclass(frozen=True)
class PartyEntry:
    """One side of an agreement and who signed for it, as far as known."""

    agency: Agency
    signatory_name: str = ""
    signatory_post: str = ""
    number: str = ""


@dataclasses.dataclass(frozen=True)
class AgreementFacts:
    """What is known of a document; empty means *belum diisi*."""

    kind: str
    signed_on: dt.date
    title: str = ""
    place: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    parent: Agreement | None = None
    relation: str = ""
    source_url: str = ""


class StaleAgreement(Exception):
    """Somebody else changed the agreement since the form was opened."""

    def __init__(self, current: Agreement) -> None:
        super().__init__(f"{current.code} is at version {current.version}")
        self.current = current


@transaction.atomic
def enter_agreement(
    *,
    by: User | None,
    at: dt.datetime,
    signed_on: dt.date,
    parties: Sequence[PartyEntry],
    host_agency: Agency,
    kind: str = AgreementKind.MEMORANDUM_OF_AGREEMENT,
    code: str | None = None,
    title: str = "",
    place: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    parent: Agreement | None = None,
    relation: str = "",
    source_url: str = "",
    is_example: bool = False,
) -> Agreement:
    """Enter an agreement for the agency that will keep it. ``by`` is None only for set-up by command.

    Without ``code`` the next one of the year of signing is given; a given code moves the counter past itself.
    Raises Refusal when the person may not, or (409) without two different parties.
    """
    if by is not None:
        permit(by, "agreement.add", host_agency)
    _require_two(parties)
    facts = AgreementFacts(
        kind=kind, signed_on=signed_on, title=title, place=place, starts_on=starts_on, ends_on=ends_on,
        parent=parent, relation=relation, source_url=source_url,
    )  # fmt: skip
    agreement = Agreement(
        code=_given(code) if code else next_code(CODE_KIND, signed_on.year),
        host_agency=host_agency,
        is_example=is_example,
        created_at=at,
    )
    _fill(agreement, facts)
    agreement.save()
    _set_parties(agreement, parties)
    record("agreement.entered", on=agreement, by=by, at=at, after=_traced(agreement), texts={"title": title})
    return agreement


@transaction.atomic
def change_agreement(
    agreement: Agreement,
    facts: AgreementFacts,
    parties: Sequence[PartyEntry],
    *,
    by: User,
    at: dt.datetime,
    version: int,
) -> Agreement:
    """Correct an agreement. Raises StaleAgreement when somebody was faster."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("host_agency").get(pk=agreement.pk)
    permit(by, "agreement.edit", agreement.host_agency)
    if agreement.version != version:
        raise StaleAgreement(agreement)
    _require_two(parties)
    if _would_circle(agreement, facts.parent):
        raise Refusal(no(_("Dokumen induk tidak boleh turunan dari kesepakatan ini sendiri."), status=409))
    before = _traced(agreement)
    _fill(agreement, facts)
    agreement.version += 1
    agreement.save()
    _set_parties(agreement, parties)
    after = _traced(agreement)
    record("agreement.changed", on=agreement, by=by, at=at, before=before, after=after, texts={"title": facts.title})
    return agreement


@transaction.atomic
def attach_document(agreement: Agreement, stored: StoredFile, *, by: User, at: dt.datetime) -> Agreement:
    """Keep the signed document itself; a newer file takes its place, the trail keeps both digests."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("host_agency").get(pk=agreement.pk)
    permit(by, "agreement.edit", agreement.host_agency)
    agreement.file.save(stored.name, stored.content, save=False)
    agreement.version += 1
    agreement.save(update_fields=["file", "version"])
    after = {"sha256": stored.sha256, "sha256_received": stored.sha256_received, "size": stored.size}
    record("agreement.document_attached", on=agreement, by=by, at=at, after=after)
    return agreement


@transaction.atomic
def add_clauses(
    agreement: Agreement,
    entries: Sequence[ClauseEntry],
    *,
    by: User | None,
    at: dt.datetime,
    is_example: bool = False,
) -> list[Clause]:
    """Add scope items; an item that stands already with the same words is only a place to hang others on.

    Raises Refusal (409) when a number stands already with other words: items are never rewritten.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("host_agency").get(pk=agreement.pk)
    if by is not None:
        permit(by, "agreement.edit", agreement.host_agency)
    known = {clause.number: clause for clause in agreement.clauses.all()}
    position = agreement.clauses.aggregate(last=Max("position"))["last"] or 0
    made: list[Clause] = []
    for entry in entries:
        if entry.number in known:
            _require_same(known[entry.number], entry)
            continue
        position += 1
        clause = Clause.objects.create(
            agreement=agreement, parent=known.get(entry.parent_number), number=entry.number, text=entry.text,
            citation=entry.citation, position=position, is_example=is_example or agreement.is_example,
        )  # fmt: skip
        known[entry.number] = clause
        made.append(clause)
    if made:
        record("agreement.clauses_added", on=agreement, by=by, at=at, after={"numbers": [c.number for c in made]})
    return made


def _given(code: str) -> str:
    """A code chosen by the caller; the counter of its year never gives it again."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"not a code of an agreement: {code!r}")
    year, number = int(match[1]), int(match[2])
    Counter.objects.get_or_create(kind=CODE_KIND, year=year)
    Counter.objects.filter(kind=CODE_KIND, year=year, last__lt=number).update(last=number)
    return code


def _fill(agreement: Agreement, facts: AgreementFacts) -> None:
    for field in dataclasses.fields(facts):
        setattr(agreement, field.name, getattr(facts, field.name))
    agreement.relation = (facts.relation or Relation.UNKNOWN) if facts.parent else ""


def _require_two(parties: Sequence[PartyEntry]) -> None:
    agencies = [party.agency.pk for party in parties]
    if len(set(agencies)) < 2 or len(set(agencies)) < len(agencies):
        raise Refusal(no(_("Kesepakatan memerlukan paling sedikit dua pihak yang berbeda."), status=409))


def _require_same(clause: Clause, entry: ClauseEntry) -> None:
    if " ".join(clause.text.split()) != entry.text:
        raise Refusal(
            no(
                _("Ruang lingkup nomor %(number)s sudah ada dengan uraian lain dan tidak diubah.")
                % {"number": clause.number},
                status=409,
            )
        )


def _set_parties(agreement: Agreement, parties: Sequence[PartyEntry]) -> None:
    wanted = {party.agency.pk: (position, party) for position, party in enumerate(parties, start=1)}
    agreement.parties.exclude(agency__in=wanted).delete()
    for position, party in wanted.values():
        Party.objects.update_or_create(
            agreement=agreement,
            agency=party.agency,
            defaults={
                "position": position,
                "signatory_name": party.signatory_name,
                "signatory_post": party.signatory_post,
                "number": party.number,
            },
        )


def _would_circle(agreement: Agreement, parent: Agreement | None) -> bool:
    step = parent
    while step is not None:
        if step.pk == agreement.pk:
            return True
        step = step.parent
    return False


def _traced(agreement: Agreement) -> dict[str, object]:
    """What the trail keeps of an agreement: no names of people."""
    return {
        "kind": agreement.kind,
        "signed_on": agreement.signed_on,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "parent": agreement.parent.code if agreement.parent else "",
        "relation": agreement.relation,
        "parties": list(agreement.parties.order_by("position").values_list("agency__code", flat=True)),
        "version": agreement.version,
    }
