"""The table of the import page, read the way the page has chosen: sheet, columns, names, months."""

import datetime as dt
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext

from commitments.forms.book import Book, BookSheet
from commitments.forms.box import AgencyVocabulary
from commitments.reading.dates import read_typed_date
from commitments.reading.table.reading import Layout, Role, Table, read_table
from commitments.reading.table.sheets import best_sheet

COLUMN_ROLES = (Role.WORDING, Role.LEAD, Role.SUPPORT, Role.DUE, Role.STATUS, Role.NOTE)
_SAMPLE = 40


def column_name(role: Role) -> str:
    """The name of the field that chooses the column of a role."""
    return f"kolom_{role.value}"


class ChosenTable:
    """The cells that came with the posted fields, and what is read from them."""

    def __init__(self, data: QueryDict, *, vocabulary: AgencyVocabulary, today: dt.date) -> None:
        self._data, self._vocabulary, self._today = data, vocabulary, today
        book = Book.loads(data.get("book", ""))
        self.is_lost = book is None  # the cells did not come back
        self.book = book or Book("", (BookSheet("", ""),))
        self.place = self._place()
        self.title_day: dt.date | None = None
        self.table = self._read()

    @property
    def sheet(self) -> BookSheet:
        """The chosen sheet."""
        return self.book.sheets[self.place]

    def _place(self) -> int:
        typed, sheets = self._data.get("sheet", ""), self.book.sheets
        if typed.isdecimal() and len(typed) < 3 and int(typed) < len(sheets):
            return int(typed)
        texts, hidden = [sheet.text for sheet in sheets], [sheet.is_hidden for sheet in sheets]
        return best_sheet(texts, hidden, meeting_on=self._today, agencies=self._vocabulary.names)

    def _read(self) -> Table:
        """Read the sheet with the guessed columns, then with the chosen ones where they were chosen for this sheet.

        Years are completed from the day of the meeting: the typed one, or until one is typed that of the title.
        """
        day = read_typed_date(self._data.get("held_on", ""), today=self._today).on
        table = self._read_as(None, day)
        if "held_on" not in self._data and (found := self._day_of(table)):
            self.title_day = day = found
            table = self._read_as(None, day)
        if self._data.get("mapped") != str(self.place):
            return table
        return self._read_as(self._layout(table), day)

    def _read_as(self, layout: Layout | None, day: dt.date | None) -> Table:
        return read_table(
            self.sheet.text,
            layout=layout,
            meeting_on=day or self._today,
            agencies=self._vocabulary.names,
            choices=self.choices,
            month_ends=bool(self._data.get("month_ends")),
            hidden=self.sheet.hidden_rows,
        )

    def _layout(self, table: Table) -> Layout:
        """The layout with the columns of the page; number and code stay where they were found."""
        width = max((len(row.cells) for row in table.grid), default=0)
        roles = {role: column for role, column in table.layout.roles.items() if role not in COLUMN_ROLES}
        for role in COLUMN_ROLES:
            column = _number(self._data.get(column_name(role), ""))
            if column is not None and column < width:
                roles = {other: taken for other, taken in roles.items() if taken != column or other in COLUMN_ROLES}
                roles[role] = column
        return Layout(_number(self._data.get("first_row", "")) or table.layout.first_row, roles, table.layout.labels)

    @cached_property
    def choices(self) -> dict[str, str]:
        """Which agency each unknown name means (name to code), as chosen on the page."""
        names = zip(self._data.getlist("nama-instansi"), self._data.getlist("pilihan-instansi"), strict=False)
        return {name: code for name, code in names if code in self._vocabulary.by_code}

    def _day_of(self, table: Table) -> dt.date | None:
        """The one date that the titles over the table name."""
        found = {day for title in table.titles if (day := _day_in(title, self._today))}
        return found.pop() if len(found) == 1 else None

    @property
    def label(self) -> str:
        """What the kept cells are called: the file, with the sheet where there are several."""
        name = self.sheet.name if len(self.book.sheets) > 1 else ""
        return self.book.name + (f" ({name})" if self.book.name and name else "")

    @property
    def sheet_words(self) -> list[tuple[str, str]]:
        """The sheets to choose from."""
        hidden = gettext("tersembunyi")
        return [(str(n), s.name + (f" ({hidden})" if s.is_hidden else "")) for n, s in enumerate(self.book.sheets)]

    @property
    def column_words(self) -> list[tuple[str, str]]:
        """The columns to choose from, each by its heading or by the first words that stand in it."""
        rows, layout = self.table.grid, self.table.layout
        body = [row for row in rows if row.number >= layout.first_row]
        words = []
        for n in range(max((len(row.cells) for row in rows), default=0)):
            label = layout.labels[n] if n < len(layout.labels) else ""
            said = label or next((row.text(n) for row in body if row.text(n)), "")
            shown = {"n": n + 1, "words": " ".join(said.split())[:_SAMPLE]}
            words.append((str(n), gettext("Kolom %(n)d: %(words)s") % shown))
        return words

    @property
    def unread(self) -> str:
        """Headings of the columns that have no role; their words go into the note."""
        roles = set(self.table.layout.roles.values())
        return ", ".join(label for n, label in enumerate(self.table.layout.labels) if label and n not in roles)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 7 else None


def _day_in(title: str, today: dt.date) -> dt.date | None:
    """The date in words such as "Hasil rapat tanggal 28 Januari 2026"; only with its year."""
    words = title.split()[:60]
    for start in range(len(words)):
        for length in (4, 3, 1):
            typed = " ".join(words[start : start + length]).strip(".,;:()")
            has_year = typed[-4:].isdecimal() and typed[:1].isalnum()
            if has_year and (day := read_typed_date(typed, today=today).on):
                return day
    return None
