"""Who stands in a cell: several agencies with commas, strokes or line breaks between them, or "dan".

Only a whole name counts: a code, a name, a short name or an alias, in even spelling ("Suku Dinas" = "Sudin",
"Wilayah I" = "Wilayah 1"). Half a name is never completed; the nearest agencies are offered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from commitments.reading.entries import prefix_end
from commitments.reading.names import AgencyFinder, AgencyName, squeezed
from commitments.reading.remarks import Remark, note

LONGEST = 600  # characters of a cell that is read
_MOST = 24  # names in one cell
_SHOWN = 60
_SEPARATOR = re.compile(r" ?[,;|/&+\n\u2022] ?| (?:dan|serta|bersama|dengan) ", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\([^()]*\)")
_POST = re.compile(
    r"(?:pl[th]\.? )?(?:(?P<kind>ka ?sudin|kadis|kabag|kaban|kabiro)|kepala|ka\.|ketua|pimpinan) ", re.IGNORECASE
)
_POSTS = {"kasudin": "sudin", "kadis": "dinas", "kabag": "bagian", "kaban": "badan", "kabiro": "biro"}
_EVEN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
    "wil": "wilayah", "bag": "bagian", "kab": "kabupaten", "prov": "provinsi", "adm": "administrasi",
}  # fmt: skip
_NUMERAL = re.compile(r"(?:[0-9]{1,2}|i{1,3}|iv|vi?)", re.IGNORECASE)
_NOBODY = frozenset({"", "-", "--", "\u2013", "\u2014", ".", "..", "..."})


@dataclass(frozen=True, slots=True)
class CellAgencies:
    """The agencies of a cell in its order. ``unknown`` are names nobody has; ``is_whole`` when all was understood."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    starts_known: bool = True  # the first name in the cell is known
    is_whole: bool = True
    person_text: str = ""  # the post that is named, as in "Kepala Sudin Sosial"
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Found:
    """What one cell has given so far; None stands for an unknown name."""

    codes: list[str | None] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    person: str = ""
    last: str = ""  # the known name that stands nearest before


class AgencyReader:
    """Reads the cells of one table. ``choices`` says which agency (code) the writer means by an unknown name."""

    def __init__(self, agencies: Sequence[AgencyName], choices: Mapping[str, str] | None = None) -> None:
        self._finder = AgencyFinder(agencies)
        self._codes: dict[str, set[str]] = {}
        for agency in agencies:
            for name in (agency.code, agency.name, agency.short_name, *agency.aliases):
                if name:
                    self._codes.setdefault(_even(name), set()).add(agency.code)
        for name, code in (choices or {}).items():
            self._codes[_even(name)] = {code}
        self._nearest: dict[str, Remark] = {}

    def read(self, text: str) -> CellAgencies:
        """Read one cell. Never raises; a name that may mean two agencies is unknown."""
        if text in _NOBODY:
            return CellAgencies()
        bare = _BRACKETS.sub("", text)
        found = _Found()
        for part in self._parts(bare):
            self._read_part(part, found)
        codes = tuple(dict.fromkeys(code for code in found.codes if code))
        return CellAgencies(
            codes,
            unknown=tuple(found.unknown),
            starts_known=bool(found.codes) and found.codes[0] is not None,
            is_whole=not found.unknown and bare == text,
            person_text=found.person[:160],
            remarks=tuple(self._remark(name) for name in found.unknown),
        )

    def said(self, code: str) -> str:
        """The agency of a code as people call it."""
        return next((a.short_name or a.name for a in self._finder.agencies if a.code == code), code)

    def is_agency(self, text: str) -> bool:
        """Whether a cell names known agencies and nothing else."""
        found = self.read(text)
        return bool(found.codes) and found.is_whole

    def _parts(self, text: str) -> Iterator[str]:
        """Yield the lines of a cell, or the whole of it when it is too long to be a list of names."""
        if len(text) > LONGEST:
            yield " ".join(text.split())
            return
        for line in text.split("\n"):
            tidy = " ".join(line.split())
            if part := tidy[prefix_end(tidy) :].strip(" ,;.:"):
                yield part

    def _read_part(self, part: str, found: _Found) -> None:
        """Take the longest known names from left to right; what lies between them is unknown."""
        edges = [(0, 0), *(match.span() for match in _SEPARATOR.finditer(part)), (len(part), len(part))]
        if len(part) > LONGEST or len(edges) > _MOST:
            edges = [(0, 0), (len(part), len(part))]
        place, last, rest_from = 0, len(edges) - 1, None
        while place < last:
            end, code = self._longest(part, edges, place, found)
            if code is None:
                rest_from = place if rest_from is None else rest_from
                place += 1
                continue
            if rest_from is not None:
                _leave(part[edges[rest_from][1] : edges[place][0]], found)
                rest_from = None
            found.codes.append(code)
            place = end
        if rest_from is not None:
            _leave(part[edges[rest_from][1] :], found)

    def _longest(self, part: str, edges: list[tuple[int, int]], place: int, found: _Found) -> tuple[int, str | None]:
        start = edges[place][1]
        for end in range(len(edges) - 1, place, -1):
            name = part[start : edges[end][0]].strip()
            if code := self._code(name):
                found.last = name
                return end, code
            if code := self._code_of_post(name):
                found.person, found.last = found.person or name, name
                return end, code
        return place + 1, self._sibling(found, part[start : edges[place + 1][0]].strip())

    def _code(self, name: str) -> str | None:
        codes = self._codes.get(_even(name.removeprefix("@")), ())
        return next(iter(codes)) if len(codes) == 1 else None

    def _code_of_post(self, name: str) -> str | None:
        """The agency whose head is named: "Kasudin Sosial" heads "Sudin Sosial"."""
        post = _POST.match(name)
        if post is None:
            return None
        kind = _POSTS.get((post["kind"] or "").casefold().replace(" ", ""), "")
        return self._code(f"{kind} {name[post.end() :]}".strip())

    def _sibling(self, found: _Found, numeral: str) -> str | None:
        """The agency of a bare number after a numbered one: "Wilayah I dan II"."""
        stem, _space, number = found.last.rpartition(" ")
        if not (_NUMERAL.fullmatch(numeral) and _NUMERAL.fullmatch(number)):
            return None
        code = self._code(f"{stem} {numeral}")
        found.last = f"{stem} {numeral}" if code else found.last
        return code

    def _remark(self, name: str) -> Remark:
        """Say that a name is not known, with the nearest agencies; each name is looked up once."""
        if name not in self._nearest:
            found = self._finder.find(name)
            choices = (found.code,) if isinstance(found, AgencyName) else found.choices
            near = ", ".join(agency.said for agency in self._finder.agencies if agency.code in choices)
            typed = name[:_SHOWN]
            remark = (
                note("table_agency", typed=typed, nearest=near) if near else note("table_agency_alone", typed=typed)
            )
            self._nearest[name] = remark.offering(*choices)
        return self._nearest[name]


def _leave(words: str, found: _Found) -> None:
    """Keep words that name nobody."""
    if name := words.strip(" ,;/&+|.:-\u2013\u2014"):
        found.codes.append(None)
        found.unknown.append(name)


def _even(name: str) -> str:
    """One spelling for names that are the same: without punctuation, "sudin" for "suku dinas", numbers for numerals."""
    words = " ".join(_EVEN.get(word, word) for word in re.findall(r"\w+", name.casefold()))
    return squeezed(words.replace("suku dinas", "sudin").replace(" dan ", " "))
