"""What an issuer may print beside the figures: news, causes, proofs, who was in the room, and what was chosen.

Numbers are the same for everybody; words stand in a report only where the issuer keeps, leads or supports.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Agency, Agreement
from commitments.models import Commitment, Evidence, EvidenceKind, Progress, ProgressKind, Sensitivity
from config.workdays import day_of
from meetings.models import Meeting
from reports.options import MOST_SIGNATORIES, ReportOptions

Words = dict[str, Any]
NO_WORDS: Words = {"last_news": "", "cause": "", "cause_on": None, "proofs": []}
"""Of a row in which the issuer takes no part."""


def row_words(issuer: Agency, agreement: Agreement, *, at: dt.datetime) -> dict[str, Words]:
    """By code of commitment: last news, cause of the delay with its day, and proofs, as of ``at``; four queries.

    Only rows in which the issuer itself keeps the record, leads or supports; whoever only supports reads no
    internal proofs.
    """
    near = Q(host_agency=issuer) | Q(lead=issuer)
    codes, near_codes = _codes_of(near | Q(contributions__agency=issuer), agreement), _codes_of(near, agreement)
    entries = Progress.objects.filter(commitment__agreement=agreement, at__lte=at).order_by("at", "pk")
    news, causes = {}, {}
    for code, kind, text, written_at in entries.values_list("commitment__code", "kind", "text", "at"):
        news[code] = text
        if kind == ProgressKind.OBSTACLE:
            causes[code] = (text, day_of(written_at).isoformat())
    proofs = _proofs(agreement, at=at)
    return {
        code: {
            "last_news": news.get(code, ""),
            "cause": causes[code][0] if code in causes else "",
            "cause_on": causes[code][1] if code in causes else None,
            "proofs": [words for words, is_open in proofs.get(code, ()) if is_open or code in near_codes],
        }
        for code in codes
    }


def readable_codes(issuer: Agency, agreement: Agreement) -> set[str]:
    """Commitments whose wording the issuer may print: its tree keeps, leads or supports them, or was in the room.

    The wording of others is not printed merely because one logged a line of one's own under the same agreement.
    """
    tree = Agency.objects.within([issuer]).values("pk")
    takes_part = Q(host_agency__in=tree) | Q(lead__in=tree) | Q(contributions__agency__in=tree)
    present = Q(meeting__counterpart__in=tree) | Q(meeting__attendance__agency__in=tree)
    return _codes_of(takes_part | (Q(lead=None) & present), agreement)


def attendance(issuer: Agency, codes: Iterable[str]) -> dict[str, list[str]]:
    """By code of meeting: short names of the agencies that were there; only meetings of the issuer's tree."""
    rows = own_meetings(issuer).filter(code__in=list(codes)).values_list("code", "attendance__agency__short_name")
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in rows.order_by("code", "attendance__agency__path", "attendance__pk"):
        if name and name not in found[code]:
            found[code].append(name)
    return found


def own_meetings(issuer: Agency) -> QuerySet[Meeting]:
    """Meetings whose record the issuer's tree keeps, at which it was received, or in whose room it was."""
    tree = Agency.objects.within([issuer]).values("pk")
    own = Meeting.objects.filter(Q(host_agency__in=tree) | Q(counterpart__in=tree) | Q(attendance__agency__in=tree))
    return Meeting.objects.filter(pk__in=own.values("pk"))


def narrowing(options: ReportOptions) -> frozenset[str] | None:
    """Codes of the agencies whose commitments are counted; None when nothing was narrowed."""
    if not options.agencies and not options.region:
        return None
    chosen = Agency.objects.filter(region=options.region) if options.region else Agency.objects.all()
    if options.agencies:
        chosen = chosen.filter(code__in=options.agencies)
    return frozenset(chosen.values_list("code", flat=True))


def choices(options: ReportOptions, issuer: Agency) -> Words:
    """What was chosen, in words that are printed: whose commitments, and who signs (at most three posts)."""
    names = Agency.objects.filter(code__in=options.agencies).values_list("short_name", flat=True)
    posts = [post for post in options.signatories if post.strip()] or [issuer.signing_post]
    return {
        "narrowed": {"agencies": list(names), "region": options.region},
        "signatories": [post for post in posts if post][:MOST_SIGNATORIES],
    }


def _codes_of(condition: Q, agreement: Agreement) -> set[str]:
    return set(Commitment.objects.filter(condition, agreement=agreement).values_list("code", flat=True))


def _proofs(agreement: Agreement, *, at: dt.datetime) -> dict[str, list[tuple[Words, bool]]]:
    """By code of commitment: what was handed in as proof, oldest first, and whether it is for everybody."""
    rows = Evidence.objects.filter(progress__commitment__agreement=agreement, progress__at__lte=at)
    found: dict[str, list[tuple[Words, bool]]] = defaultdict(list)
    for proof in rows.select_related("progress__commitment").order_by("pk"):
        words = {
            "id": f"B{proof.pk}",
            "name": proof.link if proof.kind == EvidenceKind.LINK else str(proof),
            "letter_on": proof.letter_on.isoformat() if proof.letter_on else None,
            "sha256": proof.sha256,
        }
        found[proof.progress.commitment.code].append((words, proof.sensitivity == Sensitivity.GENERAL))
    return found
