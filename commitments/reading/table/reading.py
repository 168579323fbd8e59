"""A table as commitments: every row with what was understood, and every word that was not in its note."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commitments.reading.dates import short_date
from commitments.reading.entries import prefix_end
from commitments.reading.line import Line
from commitments.reading.line_reader import MAX_LINE
from commitments.reading.names import AgencyName
from commitments.reading.remarks import Remark, error, note, warning
from commitments.reading.spans import Span, normalise
from commitments.reading.table.agencies import AgencyReader, CellAgencies
from commitments.reading.table.cells import MOST_COLUMNS, UNCALCULATED, GridRow, grid, is_too_large
from commitments.reading.table.days import DateReader
from commitments.reading.table.headers import Layout, Role, guess_layout
from commitments.reading.table.sorting import Item, Skip, sort_rows

__all__ = ["Layout", "Role", "Skip", "Table", "TableRow", "read_table"]

_SHOWN = 60
_ITEMS = re.compile(r"^(?:[0-9]{1,2}[.)]|[a-z][.)]|[-\u2022\u2013])\s", re.MULTILINE)
_KEPT = {  # words of the table under which a note keeps what was not understood; stored, so never translated
    Role.LEAD: "Penanggung jawab menurut tabel",
    Role.SUPPORT: "Pendukung menurut tabel",
    Role.DUE: "Tenggat menurut tabel",
    Role.STATUS: "Status menurut tabel",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the sheet (from 1), the line it would become, and why it is left out, if it is."""

    number: int
    line: Line
    skip: Skip | None = None
    unknown: tuple[str, ...] = ()  # names of agencies that nobody has
    code: str = ""  # the number it already has, when the table was given out from here


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table. ``text`` is the text the spans point into: store this one."""

    text: str
    layout: Layout
    grid: tuple[GridRow, ...] = ()
    rows: tuple[TableRow, ...] = ()
    has_months: bool = False  # dates that name a month only
    is_too_large: bool = False  # nothing was read

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above the table."""
        return tuple(row.line.wording for row in self.rows if row.skip is Skip.TITLE)


def read_table(
    text: str,
    *,
    meeting_on: dt.date,
    agencies: Sequence[AgencyName],
    layout: Layout | None = None,
    choices: Mapping[str, str] | None = None,
    month_ends: bool = False,
    hidden: Collection[int] = (),
) -> Table:
    """Read rows with tabs between their cells; whatever they hold, this never raises.

    ``layout`` takes the place of the guessed one, ``choices`` says which agency (code) a name means, ``month_ends``
    lets a month stand for its last day, ``hidden`` are the numbers of rows that the office has hidden.
    """
    text = normalise(text)
    if is_too_large(text):
        return Table(text, Layout(), is_too_large=True)
    return read_rows(
        text,
        grid(text),
        meeting_on=meeting_on,
        agencies=agencies,
        layout=layout,
        choices=choices,
        month_ends=month_ends,
        hidden=hidden,
    )


def read_rows(
    text: str,
    rows: Sequence[GridRow],
    *,
    meeting_on: dt.date,
    agencies: Sequence[AgencyName],
    layout: Layout | None = None,
    choices: Mapping[str, str] | None = None,
    month_ends: bool = False,
    hidden: Collection[int] = (),
) -> Table:
    """Read some rows of a normalised text; as :func:`read_table`."""
    if max((len(row.cells) for row in rows), default=0) > MOST_COLUMNS:
        return Table(text, Layout(), is_too_large=True)
    reader = AgencyReader(agencies, choices)
    layout = layout or guess_layout(rows, reader, DateReader(base=meeting_on))
    due = layout.roles.get(Role.DUE)
    days = DateReader(
        base=meeting_on,
        year=layout.due_year,
        month_ends=month_ends,
        is_month_first=any(_is_month_first(row.text(due)) for row in rows),
    )
    builder = _Builder(layout, reader, days, meeting_on)
    items = sort_rows(rows, layout, hidden=hidden)
    made = tuple(builder.row(item) for item in items)
    has_months = any(days.read(item.texts.get(due, "")).is_month for item in items if due is not None)
    return Table(text, layout, tuple(rows), made, has_months)


def _is_month_first(text: str) -> bool:
    """Whether a date can only be month before day, as programs set to American English write it."""
    found = re.fullmatch(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-][0-9]{2,4}", text)
    return found is not None and int(found[1]) <= 12 < int(found[2])


class _Builder:
    """Makes lines of items."""

    def __init__(self, layout: Layout, agencies: AgencyReader, days: DateReader, meeting_on: dt.date) -> None:
        self._layout, self._agencies, self._days, self._meeting_on = layout, agencies, days, meeting_on

    def row(self, item: Item) -> TableRow:
        """The row of an item; one that is left out by itself still says all it says."""
        if item.skip not in (None, Skip.HIDDEN):
            span = item.span
            line = Line(item.row.line, item.words[:MAX_LINE], span, span)
            return TableRow(item.row.number, line, item.skip)
        return _RowReader(item, self._layout, self._agencies, self._days, self._meeting_on).read()


class _RowReader:
    """Reads one item; ``read`` may be called once."""

    def __init__(
        self, item: Item, layout: Layout, agencies: AgencyReader, days: DateReader, meeting_on: dt.date
    ) -> None:
        self._item, self._layout, self._meeting_on = item, layout, meeting_on
        self._agency_reader, self._days = agencies, days
        self._remarks: list[Remark] = []
        self._kept: dict[Role, str] = {}
        self._unknown: list[str] = []

    def read(self) -> TableRow:
        """Return the row with its line."""
        wording, place = self._wording()
        lead, supporting, person = self._owners()
        due_on = self._due()
        if status := self._text(Role.STATUS):
            self._keep(Role.STATUS)
            self._remarks.append(note("table_status", typed=" ".join(status.split())[:_SHOWN]))
        words = "\n".join(self._note())
        self._check(wording, words)
        line = Line(
            number=self._item.row.line,
            wording=wording,
            span=self._item.span,
            wording_span=place,
            lead=lead,
            supporting=supporting,
            due_on=due_on,
            note=words,
            person_text=person,
            remarks=tuple(remark.at(line=self._item.row.line, span=self._item.span) for remark in self._remarks),
        )
        code = self._text(Role.CODE)
        return TableRow(self._item.row.number, line, self._item.skip, tuple(self._unknown), code)

    def _text(self, role: Role) -> str:
        column = self._layout.roles.get(role)
        return self._item.texts.get(column, "") if column is not None else ""

    def _keep(self, role: Role) -> None:
        self._kept[role] = " ".join(self._text(role).split())

    def _wording(self) -> tuple[str, Span]:
        text = self._text(Role.WORDING)
        if len(_ITEMS.findall(text)) > 1:
            self._remarks.append(note("table_items"))
            words = " ".join(text.split())
        else:
            words = " ".join(text[prefix_end(text) :].split())
        cell = self._item.row.cells[self._layout.roles[Role.WORDING]]
        return words.rstrip(",;: "), cell.span

    def _owners(self) -> tuple[str | None, tuple[str, ...], str]:
        """The lead, the supporting agencies and the post that is named; nothing is assigned past an unknown first."""
        leads = self._agency_cell(Role.LEAD)
        helpers = self._agency_cell(Role.SUPPORT)
        lead = leads.codes[0] if leads.codes and leads.starts_known else None
        if lead is None:
            for role in (Role.LEAD, Role.SUPPORT):
                if self._agency_reader.read(self._text(role)).codes:
                    self._keep(role)
            if helpers.codes:
                self._remarks.append(note("table_support"))
            return None, (), leads.person_text
        others = [code for code in dict.fromkeys((*leads.codes[1:], *helpers.codes)) if code != lead]
        if len(leads.codes) > 1:
            first = self._agency_reader.said(lead)
            self._remarks.append(note("table_agencies", count=len(leads.codes), first=first))
        return lead, tuple(others), leads.person_text

    def _agency_cell(self, role: Role) -> CellAgencies:
        found = self._agency_reader.read(self._text(role))
        if not found.is_whole:
            self._keep(role)
        self._unknown += [name for name in found.unknown if name not in self._unknown]
        self._remarks += found.remarks
        return found

    def _due(self) -> dt.date | None:
        found = self._days.read(self._text(Role.DUE))
        if not found.is_whole:
            self._keep(Role.DUE)
        self._remarks += found.remarks
        if found.on is not None and found.on < self._meeting_on:
            params = {"date": short_date(found.on), "meeting": short_date(self._meeting_on)}
            self._remarks.append(warning("before_meeting", **params))
        return found.on

    def _note(self) -> Iterator[str]:
        """The lines of the note: the office's own, the columns that are none of ours, and what was not understood."""
        yield from _tidy_lines(self._text(Role.NOTE))
        roles = set(self._layout.roles.values())
        for column, text in sorted(self._item.texts.items()):
            if column not in roles and (words := " ".join(text.split())) and any(map(str.isalnum, words)):
                label = self._layout.labels[column] if column < len(self._layout.labels) else ""
                yield f"{label}: {words}" if label else words
        for role, label in _KEPT.items():
            if kept := self._kept.get(role):
                yield f"{label}: {kept}"

    def _check(self, wording: str, words: str) -> None:
        if UNCALCULATED in "".join(self._item.texts.values()):
            self._remarks.append(warning("table_formula"))
        longest = max(len(wording), len(words))
        if longest > MAX_LINE:
            grouped = [f"{count:,}".replace(",", ".") for count in (longest, MAX_LINE)]
            self._remarks.append(error("line_too_long", length=grouped[0], limit=grouped[1]))
        if not wording:
            self._remarks.append(error("wording_missing"))


def _tidy_lines(text: str) -> Iterator[str]:
    """The lines of a cell that say something, as they would stand in a note."""
    for line in text.split("\n"):
        words = " ".join(line.split()).lstrip("> ")
        if any(map(str.isalnum, words)):
            yield words


def without_place(remark: Remark) -> Remark:
    """The same remark without its line number, for a page that shows it beside its row."""
    return replace(remark, line=None)
