"""Which column says what: by its heading, and where there is none by what stands below it.

Headings may stand in two rows ("Penanggung jawab" over "Utama" and "Pendukung"), below a title, and in the words
of every office. What is guessed here is a proposal: the writer may choose other columns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commitments.reading.table.agencies import AgencyReader
from commitments.reading.table.cells import DITTO, GridRow
from commitments.reading.table.days import DateReader

_SEARCHED = 40  # rows in which headings are looked for
_LONGEST = 80  # characters of a heading
_PROFILED = 60  # cells of a column that are looked at
_SHARE = 0.6  # of the cells must agree
_SHARE_OF_NAMES = 0.4  # since many names are not in the directory


class Role(StrEnum):
    """What a column says; the values name the fields of the page and the columns of the export."""

    WORDING = "komitmen"
    LEAD = "penanggung_jawab"
    SUPPORT = "pendukung"
    DUE = "tenggat"
    STATUS = "status"
    NOTE = "keterangan"
    CODE = "kode"
    NUMBER = "nomor"


# The first role whose words are found has the column, so narrow ones stand before wide ones.
_WORDS: dict[Role, tuple[str, ...]] = {
    Role.NUMBER: ("no", "nomor", "no urut", "nomor urut", "urut"),
    Role.CODE: ("kode komitmen", "kode"),
    Role.SUPPORT: (
        "pendukung", "instansi terkait", "pihak terkait", "opd terkait", "unit terkait", "mitra", "didukung",
        "kontributor", "anggota",
    ),
    Role.STATUS: (
        "status", "progres", "progress", "kemajuan", "perkembangan", "capaian", "realisasi", "posisi", "kondisi",
        "persentase", "hasil pelaksanaan", "sudah belum",
    ),
    Role.NOTE: (
        "keterangan", "ket", "catatan", "kendala", "hambatan", "permasalahan", "remarks", "notes", "lain lain",
        "penjelasan",
    ),
    Role.LEAD: (
        "penanggung jawab", "penanggungjawab", "pic", "pj", "pelaksana", "leading sector", "koordinator", "instansi",
        "opd", "skpd", "perangkat daerah", "unit kerja", "unit", "pihak", "siapa", "oleh", "lembaga", "pengampu",
    ),
    Role.DUE: (
        "tenggat", "batas waktu", "target waktu", "target penyelesaian", "target selesai", "target tanggal", "deadline",
        "due date", "jatuh tempo", "waktu", "jadwal", "tanggal", "tgl", "timeline", "periode", "kapan", "selesai",
        "penyelesaian", "target",
    ),
    Role.WORDING: (
        "komitmen", "rencana aksi", "rencana tindak lanjut", "rtl", "tindak lanjut", "kesepakatan", "hasil rapat",
        "arahan", "rekomendasi", "kegiatan", "uraian", "aksi", "program", "pekerjaan", "hal yang disepakati", "butir",
        "deskripsi", "action plan", "action item", "apa", "pokok", "rencana", "materi", "hasil",
    ),
}  # fmt: skip
_ALSO = frozenset({
    "dan", "atau", "yang", "di", "per", "s", "d", "utama", "nama", "isi", "kota", "tahun", "bulan", "pelaksanaan",
    "disepakati", "kerja", "daerah", "dinas", "singkat", "akhir", "awal", "mulai", "rencana", "tambahan", "saat", "ini",
    "terakhir", "lanjut", "kegiatan", "instansi", "unit", "satuan", "lokasi", "tempat", "volume", "anggaran", "biaya",
    "sasaran", "indikator", "output", "keluaran", "sumber", "dana", "solusi", "dokumen", "bukti", "dukung", "masalah",
})  # fmt: skip
_KNOWN = _ALSO | {word for phrases in _WORDS.values() for phrase in phrases for word in phrase.split()}
_OTHER_MATTER = frozenset({
    "anggaran", "biaya", "volume", "satuan", "lokasi", "tempat", "sasaran", "indikator", "output", "keluaran", "dana",
    "bukti", "dokumen", "telepon", "hp", "email", "surat",
})  # fmt: skip
_ORDINAL = re.compile(r"\(?[0-9]{1,3}[.)]?|[ivx]{1,6}[.)]?|[a-z][.)]?", re.IGNORECASE)
_STATUS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{1,2})? ?%|(?:sudah |belum |dalam |telah )?(?:selesai|proses|berjalan|terlaksana|dilaksanakan"
    r"|on progress|on going|ongoing|in progress|done|belum|sudah|tuntas|terkendala|belum dimulai|open|closed?|ok)"
    r"(?: \(terverifikasi\))?|\u221a|\u2713|\u2714|v|x",
    re.IGNORECASE,
)
_CODE = re.compile(r"K-[0-9]{4}-[0-9]{3,9}")
_YEAR = re.compile(r"\b20[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings end (the number of the first row of content, from 1) and which column has which role."""

    first_row: int = 1
    roles: Mapping[Role, int] = field(default_factory=dict)
    labels: tuple[str, ...] = ()

    @property
    def has_headings(self) -> bool:
        """Whether a row of headings was found."""
        return any(self.labels)

    @property
    def due_year(self) -> int | None:
        """The year that the heading of the dates names, as in "Target 2026"."""
        column = self.roles.get(Role.DUE)
        years = set(_YEAR.findall(self.labels[column])) if column is not None and column < len(self.labels) else set()
        return int(years.pop()) if len(years) == 1 else None


def guess_layout(rows: Sequence[GridRow], agencies: AgencyReader, days: DateReader) -> Layout:
    """Propose a layout for the rows of a table."""
    place, depth = _headings(rows)
    width = max((len(row.cells) for row in rows), default=0)
    labels = _labels(rows[place : place + depth], width) if depth else [""] * width
    body = rows[place + depth :] if depth else rows
    body = body[1:] if body and depth and _is_numbering(body[0]) else body
    roles = _by_heading(labels)
    profile = _Profile(body, agencies, days)
    _doubt(roles, labels, profile)
    for role, column in profile.guesses(width, labels, roles):
        roles.setdefault(role, column)
    first = body[0].number if body else (rows[-1].number + 1 if rows else 1)
    return Layout(first, roles, tuple(labels))


def repeats_headings(row: GridRow, layout: Layout) -> bool:
    """Whether a row is the row of headings again, as on the next printed page, or the row of column numbers."""
    if not layout.has_headings:
        return False
    labels = {_tidy(label) for label in layout.labels if label}
    filled = [_tidy(text) for text in row.filled]
    return len(filled) > 1 and all(text in labels for text in filled) or _is_numbering(row)


def role_of(heading: str) -> Role | None:
    """The role that a heading names, or None."""
    words = _tidy(heading)
    if not words or set(words.split()) & _OTHER_MATTER:
        return None
    padded = f" {words} "
    scores = {
        role: max((_weight(phrase, words) for phrase in phrases if f" {phrase} " in padded), default=0)
        for role, phrases in _WORDS.items()
    }
    if words not in _WORDS[Role.NUMBER]:
        scores[Role.NUMBER] = 0
    if scores[Role.SUPPORT]:
        scores[Role.SUPPORT] += 20  # "Instansi pendukung" names an agency too
    best = max(scores.values())
    return next(role for role in _WORDS if scores[role] == best) if best else None


def _weight(phrase: str, words: str) -> int:
    """The whole heading counts most, then longer phrases, then those that stand first."""
    return 100 * (phrase == words) + 10 * len(phrase.split()) + 5 * words.startswith(phrase)


def _tidy(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:_LONGEST].casefold()))


# --- rows of headings --------------------------------------------------------------------------


def _headings(rows: Sequence[GridRow]) -> tuple[int, int]:
    """Where the headings begin and how many rows they take (0: there are none)."""
    scores = [(len(_named(row)), -place) for place, row in enumerate(rows[:_SEARCHED])]
    best, place = max(scores, default=(0, 0))
    place = -place
    if best < 2:
        return 0, 0
    if place and best > len(_named(rows[place - 1])) > 0 and _is_over(rows[place - 1], rows[place]):
        return place - 1, 2
    below = rows[place + 1] if place + 1 < len(rows) else None
    return place, 2 if below is not None and _is_subordinate(below, rows[place]) else 1


def _named(row: GridRow) -> set[Role]:
    """The roles named by the cells of a row that look like headings."""
    found = set()
    for text in row.filled:
        words = _tidy(text).split()
        known = sum(word in _KNOWN or word.isdigit() for word in words)
        if words and len(text) <= _LONGEST and known / len(words) > 0.6 and (role := role_of(text)):
            found.add(role)
    return found


def _is_subordinate(row: GridRow, above: GridRow) -> bool:
    """Whether a row divides headings of the row above: short words, and nothing where the others go on."""
    texts = row.filled
    if not texts or any(len(text) > 40 for text in texts) or _is_numbering(row):
        return False
    names = [column for column, cell in enumerate(above.cells) if cell.text]
    if not names or not all(_tidy(text) and set(_tidy(text).split()) & _KNOWN for text in texts):
        return False
    beside = [column for column in names if not row.text(column) or row.text(column) == DITTO]
    return bool(beside) or len(texts) > len(names)


def _is_over(above: GridRow, row: GridRow) -> bool:
    """Whether a row holds the upper headings of the row below it; one cell at the very left is a title."""
    return (len(above.filled) > 1 or not above.text(0)) and _is_subordinate(row, above)


def _is_numbering(row: GridRow) -> bool:
    """Whether a row only numbers the columns: 1 2 3, or (1) (2) (3)."""
    numbers = [text.strip("() .") for text in row.filled]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _labels(rows: Sequence[GridRow], width: int) -> list[str]:
    """One heading per column; an upper heading reaches over the columns to its right that are divided below it."""
    labels = []
    upper = ""
    for column in range(width):
        over, under = rows[0].text(column), rows[1].text(column) if len(rows) > 1 else ""
        upper = over or (upper if under else "")
        labels.append(" ".join(f"{upper} {under.replace(DITTO, '')}".split()))
    return labels


def _by_heading(labels: Sequence[str]) -> dict[Role, int]:
    """The best column of each role; a date when something begins gives way to the date when it ends."""
    found: dict[Role, tuple[int, int]] = {}
    for column, label in enumerate(labels):
        role = role_of(label)
        if role is None:
            continue
        words = _tidy(label)
        weight = max(_weight(phrase, words) for phrase in _WORDS[role] if phrase in words)
        weight -= 200 * (role is Role.DUE and bool({"mulai", "awal", "rapat"} & set(words.split())))
        if role not in found or weight > found[role][0]:
            found[role] = (weight, column)
    return {role: column for role, (_weight_of, column) in found.items()}


# --- columns by their content ------------------------------------------------------------------


class _Profile:
    """What the cells of each column look like."""

    def __init__(self, rows: Sequence[GridRow], agencies: AgencyReader, days: DateReader) -> None:
        self._rows, self._agencies, self._days = rows, agencies, days

    def cells(self, column: int) -> list[str]:
        """The first cells of a column that say something."""
        texts = (row.text(column) for row in self._rows)
        return [text for text in texts if text and text != DITTO][:_PROFILED]

    def looks_like(self, role: Role, column: int) -> bool:
        """Whether most cells of a column are such as the role has."""
        cells = self.cells(column)
        share = _SHARE_OF_NAMES if role is Role.LEAD else _SHARE
        return bool(cells) and sum(self._fits(role, text) for text in cells) >= share * len(cells)

    def _fits(self, role: Role, text: str) -> bool:
        if role is Role.DUE:
            day = self._days.read(text)
            return day.on is not None or day.is_month
        if role is Role.LEAD:
            return self._agencies.is_agency(text)
        pattern = {Role.NUMBER: _ORDINAL, Role.STATUS: _STATUS, Role.CODE: _CODE}[role]
        return bool(pattern.fullmatch(text))

    def guesses(self, width: int, labels: Sequence[str], taken: Mapping[Role, int]) -> Iterator[tuple[Role, int]]:
        """Yield roles for columns without a telling heading; the longest words are what is promised."""
        free = [c for c in range(width) if c not in taken.values() and not role_of(labels[c]) and self.cells(c)]
        for role in (Role.CODE, Role.NUMBER, Role.DUE, Role.LEAD, Role.STATUS):
            column = next((c for c in free if self.looks_like(role, c)), None)
            if role not in taken and column is not None and not (labels[column] and role is Role.NUMBER):
                free.remove(column)
                yield role, column
        plain = [c for c in free if not _tidy(labels[c])]
        if Role.WORDING not in taken and (rest := plain or free):
            longest = max(rest, key=self._length)
            yield Role.WORDING, longest
            plain = [c for c in plain if c != longest]
        if not any(labels) and plain:
            yield Role.NOTE, plain[-1]

    def _length(self, column: int) -> float:
        cells = self.cells(column)
        return sum(map(len, cells)) / len(cells) if cells else 0


def _doubt(roles: dict[Role, int], labels: Sequence[str], profile: _Profile) -> None:
    """Give up a heading that says something else than its cells: "Target" over amounts, "Kode" over other codes."""
    due = roles.get(Role.DUE)
    if due is not None and _tidy(labels[due]) in ("target", "selesai") and not profile.looks_like(Role.DUE, due):
        del roles[Role.DUE]
    code = roles.get(Role.CODE)
    if code is not None and not profile.looks_like(Role.CODE, code):
        del roles[Role.CODE]
