"""What is only being explored: a *penjajakan* is no *peluncuran*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.models import Kind
from commitments.reading.spans import Span
from reports.press.findings import Answer, different
from reports.press.linking import Region

_BEGUN = re.compile(
    r"\b(?:peluncuran|pengoperasian|peresmian|pelaksanaan|penerapan|penyelenggaraan|implementasi"
    r"|(?<!akan )(?<!belum )(?<!untuk )(?<!dapat )(?<!bila )"
    r"(?:dioperasikan|beroperasi|diluncurkan|diresmikan|dibangun|diterapkan))\b",
    re.IGNORECASE,
)
_EXPLORED = re.compile(r"jajak|jajagi", re.IGNORECASE)


def find_overstated(flat: str, sentence: Span, regions: Sequence[Region]) -> Iterator[tuple[Span, Answer]]:
    """Words that make more of the one commitment of a sentence that is explored only."""
    rows = {row.code: row for region in regions for row in region.rows}
    row = next(iter(rows.values()), None)
    if len(rows) != 1 or row is None or row.kind != Kind.EXPLORATION or not _EXPLORED.search(row.wording):
        return
    if _EXPLORED.search(flat, sentence.start, sentence.end):
        return
    for found in _BEGUN.finditer(flat, sentence.start, sentence.end):
        if found[0].lower() not in row.wording.lower():
            yield Span(*found.span()), different(_("komitmen ini tercatat sebagai penjajakan"), row.wording, row.code)
