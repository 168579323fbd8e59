"""The second step of the import page: every row as it would be saved, and the names nobody has."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext

from agencies.models import Agency, User
from commitments.forms.box import AgencyVocabulary
from commitments.forms.table_reading import ChosenTable
from commitments.models import Commitment
from commitments.reading.quickadd import MAX_LINES
from commitments.reading.table.reading import TableRow, without_place

SHOWN_ROWS = 500


@dataclasses.dataclass(frozen=True)
class ImportRow:
    """One row of the table in words for the page."""

    row: TableRow
    lead: Agency | None
    supporting: tuple[Agency, ...]
    is_picked: bool
    is_past: bool  # its date has passed: no reminder for days before today
    known_as: str  # code of the commitment that says the same already
    remarks: tuple[tuple[bool, str], ...]  # (is error, sentence)

    @property
    def name(self) -> str:
        """The name of its tick."""
        return f"baris-{self.row.number}"

    @property
    def skip_words(self) -> str:
        """Why it is not taken by itself."""
        return gettext(self.row.skip.value) if self.row.skip else ""


@dataclasses.dataclass(frozen=True)
class UnknownName:
    """A name in the table that nobody has: in how many rows it stands, and the agencies that are nearest."""

    name: str
    count: int
    chosen: str
    choices: tuple[Agency, ...]


class Imported:
    """The rows of a chosen table for one person, ticked by default or as the page came back."""

    def __init__(
        self, chosen: ChosenTable, data: QueryDict, *, vocabulary: AgencyVocabulary, user: User, today: dt.date
    ) -> None:
        self._chosen, self._data, self._by_code = chosen, data, vocabulary.by_code
        self._user, self._today = user, today
        self.table = chosen.table

    @cached_property
    def key(self) -> str:
        """A digest of sheet and columns: ticks belong to the rows they were made on."""
        layout = self.table.layout
        read = f"{self._chosen.place}:{layout.first_row}:{sorted(layout.roles.items())}:{len(self.table.text)}"
        return hashlib.sha256(read.encode()).hexdigest()[:12]

    @cached_property
    def rows(self) -> list[ImportRow]:
        """Every row as it would be saved, the left-out ones too."""
        known, is_same = self._known(), self._data.get("bacaan") == self.key
        made, picked = [], 0
        for row in self.table.rows[:SHOWN_ROWS]:
            code = known.get(row.code) or known.get(row.line.wording, "")
            is_wanted = row.skip is None and not code and picked < MAX_LINES and bool(row.line.wording)
            is_picked = f"baris-{row.number}" in self._data if is_same else is_wanted
            picked += is_picked
            made.append(self._row(row, is_picked=is_picked, known_as=code))
        return made

    def _row(self, row: TableRow, *, is_picked: bool, known_as: str) -> ImportRow:
        line = row.line
        return ImportRow(
            row,
            self._by_code[line.lead] if line.lead else None,
            tuple(self._by_code[code] for code in line.supporting),
            is_picked,
            line.due_on is not None and line.due_on < self._today,
            known_as,
            tuple((remark.is_error, without_place(remark).worded(gettext)) for remark in line.remarks),
        )

    def _known(self) -> dict[str, str]:
        """Codes of commitments that this person sees and that say the same, by their words and by their code."""
        lines = {row.line.wording for row in self.table.rows if row.skip is None}
        codes = {row.code for row in self.table.rows if row.code}
        seen = Commitment.objects.visible_to(self._user)
        rows = [*seen.filter(wording__in=lines).values_list("code", "wording")] if lines else []
        rows += [(code, code) for code in seen.filter(code__in=codes).values_list("code", flat=True)] if codes else []
        return {words: code for code, words in rows}

    @property
    def has_words(self) -> bool:
        """Whether any row says anything."""
        return any(any(map(str.isalnum, row.line.wording)) for row in self.table.rows)

    @property
    def taken(self) -> list[ImportRow]:
        """Rows that are commitments."""
        return [row for row in self.rows if row.row.skip is None]

    @property
    def left(self) -> list[ImportRow]:
        """Rows that are left out unless somebody ticks them."""
        return [row for row in self.rows if row.row.skip is not None]

    @property
    def picked(self) -> list[ImportRow]:
        """The ticked rows."""
        return [row for row in self.rows if row.is_picked]

    @property
    def beyond(self) -> int:
        """Rows that are not shown because the table is so long."""
        return max(0, len(self.table.rows) - SHOWN_ROWS)

    @property
    def past(self) -> int:
        """Ticked rows whose date has passed."""
        return sum(row.is_past for row in self.picked)

    @property
    def has_status(self) -> bool:
        """Whether the table has words of its own about the status."""
        return any(remark.code == "table_status" for row in self.table.rows for remark in row.line.remarks)

    @property
    def incomplete(self) -> int:
        """Ticked rows without an owner or a date."""
        return sum(row.lead is None or row.row.line.due_on is None for row in self.picked)

    @cached_property
    def unknown(self) -> list[UnknownName]:
        """Names nobody has with the nearest agencies: first those already chosen, then the most frequent."""
        counts: dict[str, int] = {}
        nearest: dict[str, tuple[str, ...]] = {}
        for row in self.table.rows:
            for name in row.unknown:
                counts[name] = counts.get(name, 0) + 1
            for remark in row.line.remarks:
                if remark.code == "table_agency":
                    nearest.setdefault(str(remark.params["typed"]), remark.choices)
        chosen = self._chosen.choices
        names = [*chosen, *sorted(counts, key=lambda name: (-counts[name], name))]
        return [self._unknown(name, counts.get(name, 0), nearest, chosen.get(name, "")) for name in names]

    def _unknown(self, name: str, count: int, nearest: Mapping[str, tuple[str, ...]], chosen: str) -> UnknownName:
        codes = dict.fromkeys(filter(None, [chosen, *nearest.get(name[:60], ())]))
        return UnknownName(name, count, chosen, tuple(self._by_code[code] for code in codes if code in self._by_code))
