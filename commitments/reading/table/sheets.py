"""Which sheet of a workbook holds the commitments: the visible one whose headings tell most."""

import datetime as dt
from collections.abc import Sequence

from commitments.reading.names import AgencyName
from commitments.reading.spans import normalise
from commitments.reading.table.agencies import AgencyReader
from commitments.reading.table.cells import grid, is_too_large
from commitments.reading.table.days import DateReader
from commitments.reading.table.headers import Role, guess_layout

_TELLING = (Role.WORDING, Role.LEAD, Role.DUE, Role.STATUS)
_LONGEST = 20  # rows that count


def best_sheet(
    texts: Sequence[str], hidden: Sequence[bool], *, meeting_on: dt.date, agencies: Sequence[AgencyName]
) -> int:
    """Return the place of the sheet to begin with; the writer may choose another one."""
    reader, days = AgencyReader(agencies), DateReader(base=meeting_on)
    scores = []
    for place, (text, is_hidden) in enumerate(zip(texts, hidden, strict=True)):
        rows = [] if is_too_large(text) else grid(normalise(text))
        layout = guess_layout(rows, reader, days)
        telling = sum(role in layout.roles for role in _TELLING) + 2 * layout.has_headings
        body = sum(bool(row.filled) for row in rows if row.number >= layout.first_row)
        scores.append((not is_hidden, telling, min(body, _LONGEST), -place))
    return -max(scores)[-1]
