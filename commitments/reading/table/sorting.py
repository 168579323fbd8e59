"""Which rows of a table are commitments, which go on with the row above, and which are something else.

What is left out keeps its reason, so that the page can show it and the writer can take it after all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commitments.reading.remarks import gettext_noop
from commitments.reading.spans import Span
from commitments.reading.table.cells import DITTO, GridRow
from commitments.reading.table.headers import Layout, Role, repeats_headings

_TYPED_DITTO = frozenset({'"', "''", "\u201d", "\u2033", '-"-', "sda", "s.d.a", "s.d.a.", "idem", "idem."})
_TOTAL = re.compile(
    r"(?:sub ?-?|grand )?(?:jumlah|total|rekap(?:itulasi)?|rata-rata|persentase)"
    r"(?: (?:komitmen|keseluruhan|kegiatan|selesai|capaian|semua|rencana aksi|tindak lanjut|proses|progres)){0,2}"
    r"[ :.0-9%]*",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|mengesahkan|diketahui|dibuat|disusun|diperiksa|hormat|ttd|tembusan|catatan|note"
    r"|keterangan|ket|sumber|nip|demikian|\*)(?:\W|\Z)|[^\W\d_][\w .]{2,40}, ?[0-9]{1,2} \w{3,9} 20[0-9]{2}\Z",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:[A-Z]|[IVX]{1,5}|bagian [a-z0-9]+|bidang)(?:[.):]|\s|\Z)", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?[0-9]{1,3}(?:[.,][0-9]{1,2})?[.)]?")


class Skip(StrEnum):
    """Why a row is not taken by itself, in words."""

    TITLE = gettext_noop("di atas tabel")
    SECTION = gettext_noop("judul bagian")
    TOTAL = gettext_noop("jumlah")
    BELOW = gettext_noop("di bawah tabel")
    HEADINGS = gettext_noop("judul kolom")
    NO_WORDING = gettext_noop("tanpa isi komitmen")
    HIDDEN = gettext_noop("disembunyikan di berkas")


@dataclass(slots=True)
class Item:
    """One commitment of the table, or one row that is left out: its cells by column, joined over its rows."""

    row: GridRow
    texts: dict[int, str] = field(default_factory=dict)
    skip: Skip | None = None
    is_joined: bool = False  # over more rows than one
    end: int = 0  # where its last row ends

    @property
    def span(self) -> Span:
        """From the first words of its first row to the last of its last row."""
        return Span(self.row.span.start, max(self.end, self.row.span.end))

    @property
    def words(self) -> str:
        """Everything it says, on one line."""
        return " ".join(" ".join(self.row.filled).split())


def sort_rows(rows: Sequence[GridRow], layout: Layout, *, hidden: Iterable[int] = ()) -> list[Item]:
    """Return the items of a table in order; rows without words give none. ``hidden`` are numbers of rows."""
    sorter = _Sorter(layout, frozenset(hidden))
    for place, row in enumerate(rows):
        if row.number < layout.first_row:
            sorter.above(row)
        elif row.filled:
            sorter.take(row, is_apart=place > 0 and not rows[place - 1].filled)
        else:
            sorter.seen.append(None)
    sorter.drop_tail()
    return sorter.items


class _Sorter:
    """Goes through the rows from above; ``seen`` holds the item of every row, None for an empty one."""

    def __init__(self, layout: Layout, hidden: frozenset[int]) -> None:
        self._layout, self._hidden = layout, hidden
        self._wording = layout.roles.get(Role.WORDING)
        self._number = layout.roles.get(Role.NUMBER)
        self._above: dict[int, str] = {}
        self._is_below = False
        self.items: list[Item] = []
        self.seen: list[Item | None] = []

    def above(self, row: GridRow) -> None:
        """A title over the table; the rows of headings themselves are no news."""
        if row.filled and not self._is_heading(row):
            self.items.append(Item(row, skip=Skip.TITLE))

    def _is_heading(self, row: GridRow) -> bool:
        """Whether every cell of a row is part of the heading of its column, or the row only numbers the columns."""
        labels = self._layout.labels
        cells = [(column, " ".join(cell.text.split())) for column, cell in enumerate(row.cells) if cell.text != DITTO]
        return all(
            not text or (column < len(labels) and text.casefold() in labels[column].casefold())
            for column, text in cells
        ) or repeats_headings(row, self._layout)

    def take(self, row: GridRow, *, is_apart: bool) -> None:
        """Add a row of the body."""
        skip = self._skip(row)
        last = self.items[-1] if self.items and self.items[-1].skip in (None, Skip.HIDDEN) else None
        if skip is Skip.NO_WORDING and last is not None and not is_apart and self._goes_on(row):
            self._join(last, row)
            self.seen.append(last)
            return
        item = Item(row, skip=skip)
        if skip in (None, Skip.HIDDEN):
            item.texts = self._texts(row)
            self._above = dict(item.texts)
        self._is_below = skip is Skip.BELOW
        self.items.append(item)
        self.seen.append(item)

    def _skip(self, row: GridRow) -> Skip | None:
        if repeats_headings(row, self._layout):
            return Skip.HEADINGS
        if _TOTAL.fullmatch(" ".join(row.filled[0].split())) and not self._has_number(row):
            return Skip.TOTAL
        if self._is_after_end(row):
            return Skip.BELOW
        wording = row.text(self._wording)
        if wording == DITTO or wording.casefold() in _TYPED_DITTO or not any(map(str.isalnum, wording)):
            return Skip.SECTION if self._is_section(row) else Skip.NO_WORDING
        if self._is_section(row):
            return Skip.SECTION
        return Skip.HIDDEN if row.number in self._hidden else None

    def _has_number(self, row: GridRow) -> bool:
        text = row.text(self._number)
        return text == DITTO or bool(_NUMBERED.fullmatch(text))

    def _is_after_end(self, row: GridRow) -> bool:
        """Whether a row belongs to the signatures and notes below the table."""
        if self._has_number(row) and len(row.filled) > 1:
            return False
        starts = len(row.filled) < 3 and any(_BELOW.match(text) for text in row.filled)
        return starts or (self._is_below and len(row.filled) < 4)

    def _is_section(self, row: GridRow) -> bool:
        """Whether a row is a heading between the rows: words alone, or a letter and words."""
        if self._has_number(row):
            return False
        others = [cell.text for column, cell in enumerate(row.cells) if cell.text and column != self._number]
        number = row.text(self._number)
        alone = others[0] if others else number
        if len(others) > 1 or alone == DITTO:
            return False
        if not others or row.text(self._wording) != alone:
            return row.cells[0].text == alone
        return self._number is not None or alone.isupper() or bool(_SECTION.match(alone) and len(alone) < 60)

    def _goes_on(self, row: GridRow) -> bool:
        """Whether a row without wording says more about the row above."""
        return row.text(self._number) in ("", DITTO)

    def _texts(self, row: GridRow) -> dict[int, str]:
        """The cells by column, dittos replaced by what they repeat."""
        texts = {}
        for column, cell in enumerate(row.cells):
            typed = "" if cell.text == DITTO else cell.text
            is_ditto = not typed or typed.casefold() in _TYPED_DITTO
            above = self._above.get(column, "")
            is_told = cell.text and is_ditto and (not typed or any(map(str.isalnum, above)))
            texts[column] = above if is_told else typed
        return texts

    def _join(self, item: Item, row: GridRow) -> None:
        """Add the cells of a row to those of the row it goes on with."""
        for column, cell in enumerate(row.cells):
            text = cell.text
            if column in (self._wording, self._number) or not text or text == DITTO or text.casefold() in _TYPED_DITTO:
                continue
            before = item.texts.get(column, "")
            item.texts[column] = f"{before}\n{text}" if before else text
            self._above[column] = text
        item.is_joined, item.end = True, row.span.end

    def drop_tail(self) -> None:
        """Words alone after the last full row, set apart by an empty row, stand below the table."""
        full = max((n for n, item in enumerate(self.seen) if item and len(item.row.filled) > 1), default=0)
        tail = self.seen[full + 1 :]
        if self._number is None and None in tail:
            for item in filter(None, tail[tail.index(None) :]):
                item.skip = item.skip or Skip.BELOW
