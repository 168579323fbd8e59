"""What the reader makes of a messy table, cell by cell: right, flagged, or silently wrong."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.reading.table.cells import to_text
from commitments.reading.table.reading import Skip, Table, TableRow, read_table
from commitments.reading.table.sheets import best_sheet
from config.sheets import sheets_of
from tests.commitments.reading.workbooks.model import AGENCIES, MEETING_ON, Messy, Row


@dataclass
class Score:
    """Counts of cells, and the wrong ones in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, cell: str, *, is_right: bool, is_flagged: bool) -> None:
        """Count one cell."""
        verdict = "right" if is_right else "flagged" if is_flagged else "wrong"
        self.counts[verdict] += 1
        if verdict == "wrong":
            self.wrong.append(cell)


def squeezed(text: str) -> str:
    return " ".join(re.sub(r"[\s\u00a0]+", " ", text).split())


def read(messy: Messy) -> tuple[Table, str]:
    """Read a table as the page does, without a person choosing anything."""
    if messy.pasted:
        return read_table(messy.pasted, meeting_on=MEETING_ON, agencies=AGENCIES), ""
    sheets = sheets_of(SimpleUploadedFile(messy.name, messy.stored))
    texts = [to_text(sheet.rows) for sheet in sheets]
    place = best_sheet(texts, [sheet.is_hidden for sheet in sheets], meeting_on=MEETING_ON, agencies=AGENCIES)
    hidden = [number + 1 for number in sheets[place].hidden_rows]
    return read_table(texts[place], meeting_on=MEETING_ON, agencies=AGENCIES, hidden=hidden), sheets[place].name


def score(messy: Messy) -> Score:
    """Compare what is read with what a careful reader takes from the table."""
    table, sheet = read(messy)
    found = Score()
    if messy.sheet:
        found.add(f"sheet: {sheet} instead of {messy.sheet}", is_right=sheet == messy.sheet, is_flagged=False)
    taken = [row for row in table.rows if row.skip in (None, Skip.HIDDEN)]
    waiting = list(taken)
    for row in messy.rows:
        match = next((r for r in waiting if squeezed(r.line.wording) == squeezed(row.commitment)), None)
        if match is None:
            match = next((r for r in waiting if squeezed(row.commitment) in squeezed(r.line.wording)), None)
        if match is None:
            shown = any(squeezed(row.commitment) in squeezed(r.line.wording) for r in table.rows if r.skip)
            found.add(f"row is missing: {row.commitment}", is_right=row.hidden and shown, is_flagged=shown)
            continue
        waiting.remove(match)
        _score_row(row, match, found)
    for extra in waiting:
        found.add(f"row too many: {extra.line.wording!r} ({extra.skip})", is_right=False, is_flagged=bool(extra.skip))
    return found


def _score_row(row: Row, match: TableRow, found: Score) -> None:
    line = match.line
    codes = {remark.code for remark in line.remarks}
    note = squeezed(line.note)
    name = row.commitment[:40]
    is_same = squeezed(line.wording) == squeezed(row.commitment)
    found.add(f"{name}: wording {line.wording!r}", is_right=is_same, is_flagged="table_items" in codes)
    owners = (line.lead, *line.supporting) if line.lead else ()
    wanted = tuple(dict.fromkeys((*row.owners, *row.supporters)))
    is_flagged = bool(codes & {"table_agency", "table_agency_alone", "table_support"})
    found.add(f"{name}: owners {owners} instead of {wanted}", is_right=owners == wanted, is_flagged=is_flagged)
    for unknown in row.unknown:
        is_kept = squeezed(unknown) in note or squeezed(unknown) in squeezed(" ".join(match.unknown))
        found.add(f"{name}: unknown {unknown} not in {match.unknown}", is_right=is_kept, is_flagged=False)
    is_kept = line.due_on is None and squeezed(row.due_text) in note
    is_right = line.due_on == row.due_on and (not row.due_text or is_kept)
    is_flagged = bool(codes & {"table_date", "table_month", "table_range", "table_completed", "weekday_mismatch",
                               "date_order", "date_impossible", "date_year", "table_formula"})  # fmt: skip
    found.add(f"{name}: due {line.due_on} instead of {row.due_on} {row.due_text!r}", is_right=is_right,
              is_flagged=is_flagged)  # fmt: skip
    for what, words in (("status", row.status), ("note", row.note)):
        if words:
            found.add(f"{name}: {what} {words!r} not in {note!r}", is_right=squeezed(words) in note,
                      is_flagged=False)  # fmt: skip
