"""Press releases and minutes: who met when, what was agreed, and which words say so.

Rules, no guesses: every finding carries the place of its words and the reason in words. A year, an owner or
a date that the text does not give stays open.
"""

from collections.abc import Sequence

from commitments.reading.names import AgencyName
from commitments.reading.release.basis import find_basis
from commitments.reading.release.commitments import Walk
from commitments.reading.release.labels import as_labels
from commitments.reading.release.occasion import read_occasion
from commitments.reading.release.offices import Directory, Mentions, find_offices
from commitments.reading.release.passages import Page, open_page, sentence_spans
from commitments.reading.release.people import find_someone, people_of
from commitments.reading.release.reasons import Reason
from commitments.reading.release.scoring import Score, score
from commitments.reading.release.shapes import (
    Found,
    FoundAgency,
    FoundCommitment,
    FoundDate,
    FoundPerson,
    FoundStatement,
    Kind,
    Part,
    Release,
)
from commitments.reading.release.sides import find_host, find_partner
from commitments.reading.release.statements import find_statements
from commitments.reading.spans import Span, normalise

__all__ = [
    "MAX_LENGTH",
    "AgencyName",
    "Found",
    "FoundAgency",
    "FoundCommitment",
    "FoundDate",
    "FoundPerson",
    "FoundStatement",
    "Kind",
    "Part",
    "Reason",
    "Release",
    "Score",
    "as_labels",
    "read_release",
    "score",
    "sentences",
]

MAX_LENGTH = 40_000  # characters that are read; some fifteen pages


def read_release(text: str, *, agencies: Sequence[AgencyName] = ()) -> Release:
    """Read a text, in time linear to its length; whatever it is, this never raises.

    Of a longer text than ``MAX_LENGTH`` only the beginning is read, and a remark says so.
    """
    text = normalise(text)
    page = open_page(text[:MAX_LENGTH])
    mentions = find_offices(page, Directory(agencies))
    occasion = read_occasion(page)
    someone = find_someone(page, mentions)
    walk = Walk(page, mentions, occasion.first_day)
    walk.read()
    outside = mentions.outside(occasion.dateline)
    host = find_host(page, outside, occasion.held_on)
    return Release(
        text,
        held_on=occasion.held_on,
        published_on=occasion.published_on,
        place=occasion.place,
        host=host,
        partner=find_partner(page, outside, host),
        agencies=tuple(_each_once(page, mentions)),
        people=tuple(people_of(page, someone)),
        legal_basis=tuple(find_basis(page)),
        commitments=tuple(sorted(walk.found, key=lambda found: found.span)),
        statements=tuple(find_statements(page, someone)),
        open_list=walk.open_list,
        remarks=(Reason("text_too_long", {"limit": f"{MAX_LENGTH:,}".replace(",", ".")}),)
        if len(text) > MAX_LENGTH
        else (),
    )


def sentences(text: str) -> tuple[Span, ...]:
    """Return where the sentences of a normalised text stand, in order, each list line for itself."""
    page = open_page(text)
    return tuple(span for passage in page.passages for span in sentence_spans(page.flat, passage.span))


def _each_once(page: Page, mentions: Mentions) -> list[FoundAgency]:
    """Return every office with its first mention."""
    first = dict[str, FoundAgency]()
    for mention in mentions.all:
        reason = Reason("agency_known" if mention.code else "agency_by_name")
        text = page.text[mention.span.start : mention.span.end]
        first.setdefault(
            " ".join(word for word in mention.name.lower().split() if word not in ("administrasi", "kota")),
            FoundAgency(text, mention.span, reason, mention.code is not None, mention.name, mention.code),
        )
    return list(first.values())
