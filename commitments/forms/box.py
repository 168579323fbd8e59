"""The commitments box: what is typed, how the server reads it, and who agreed to which line in the room.

The preview is the same reading that is saved. A tick belongs to the exact words of its line: change the
words and the tick is gone, because nobody agreed to the new ones.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Clause
from commitments.actions.recording import LineEntry
from commitments.actions.terms import TermsEntry, Tick
from commitments.forms.fields import storable
from commitments.reading.line import ClauseName, Line
from commitments.reading.names import AgencyFinder, AgencyName
from commitments.reading.quickadd import Reading, parse
from commitments.reading.remarks import Remark
from config.forms import Form
from meetings.models import Attendance

BOX_LIMIT = 200_000  # characters; the reader takes 200 lines of 2,000


class AgencyVocabulary:
    """The agencies that can be named, by code and by every name they have."""

    def __init__(self) -> None:
        rows = Agency.objects.active().prefetch_related("aliases")
        self.by_code = {agency.code: agency for agency in rows}
        self.names = tuple(
            AgencyName(a.code, a.name, a.short_name, tuple(alias.name for alias in a.aliases.all()))
            for a in self.by_code.values()
        )

    @cached_property
    def finder(self) -> AgencyFinder:
        """The index of names."""
        return AgencyFinder(self.names)

    def find(self, typed: str) -> Agency | Remark:
        """The agency a person means by a code or a name, or the remark that names the nearest."""
        found = self.finder.find(typed.strip().removeprefix("@"))
        return found if isinstance(found, Remark) else self.by_code[found.code]


@dataclasses.dataclass(frozen=True)
class TickBox:
    """One agency's *disepakati dalam rapat* beside one line."""

    agency: Agency
    name: str
    is_ticked: bool


@dataclasses.dataclass(frozen=True)
class PreviewLine:
    """One line as the server reads it, in words for the page."""

    line: Line
    lead: Agency | None
    supporting: tuple[Agency, ...]
    clauses: tuple[Clause, ...]
    boxes: tuple[TickBox, ...]

    @property
    def remarks(self) -> list[tuple[bool, str]]:
        """(is error, sentence) of everything there is to say about the line."""
        return [(remark.is_error, remark.worded(gettext)) for remark in self.line.remarks]

    @property
    def gaps(self) -> list[str]:
        """Gaps in words."""
        return [gettext(gap.value) for gap in self.line.gaps]

    @property
    def is_agreed(self) -> bool:
        """Whether the lead (or without a lead, anybody) is ticked."""
        ticked = [box.agency for box in self.boxes if box.is_ticked]
        return self.lead in ticked if self.lead else bool(ticked)


def line_key(line: Line, text: str) -> str:
    """The name of a line in ticks: eight digits of its exact words."""
    return hashlib.sha256(text[line.span.start : line.span.end].encode()).hexdigest()[:8]


def typed_person(data: Mapping[str, Any], agency: Agency, known: Attendance | None = None) -> tuple[str, str]:
    """(name, post) typed for an agency, else what is known of who came for it."""
    name = data.get(f"nama-{agency.code}", known.name if known else "")
    post = data.get(f"jabatan-{agency.code}", known.post_text if known else "")
    return storable(str(name))[:120], storable(str(post))[:160]


class NamingForm(Form):
    """A form in which agencies are typed by code or by any of their names."""

    vocabulary: AgencyVocabulary

    def named(self, field: str, typed: str) -> Agency | None:
        """The agency that is meant; None without text, or with an error beside ``field`` that names the nearest."""
        if not typed.strip():
            return None
        found = self.vocabulary.find(typed)
        if isinstance(found, Remark):
            self.add_error(field, found.worded(gettext))
            return None
        return found

    def clean_others_present(self) -> list[Agency]:
        """More agencies, by code or name."""
        parts = self.cleaned_data["others_present"].replace("@", ",").split(",")
        return [agency for part in parts if (agency := self.named("others_present", part))]


class BoxForm(NamingForm):
    """A form with the commitments box. Call :meth:`read_box` from ``clean``."""

    lines = forms.CharField(
        label=_("Komitmen, satu baris satu komitmen"),
        required=False,
        strip=False,
        max_length=BOX_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
    )

    def __init__(self, *args: Any, vocabulary: AgencyVocabulary | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary or AgencyVocabulary()
        self.reading = Reading("")
        self._clauses: dict[str, Clause] = {}
        self.agencies_present: list[Agency] = []

    def read_box(self, *, meeting_on: dt.date | None, agreement: Agreement | None, present: Sequence[Agency]) -> None:
        """Read the box; errors stand beside it, warnings wait for a tick."""
        clauses = list(agreement.clauses.all()) if agreement else []
        self._clauses = {clause.number: clause for clause in clauses}
        self.agencies_present = list(present)
        text = self.cleaned_data.get("lines", "")
        if meeting_on is None or not text:
            return
        self.reading = parse(
            text,
            meeting_on=meeting_on,
            agencies=self.vocabulary.names,
            clauses=[ClauseName(clause.number, clause.text) for clause in clauses],
        )
        for remark in self.reading.errors:
            self.add_error("lines", remark.worded(gettext))
        for number, remark in enumerate(self.reading.warnings):
            self.add_warning("lines", f"{remark.code}-{remark.line}-{number}", remark.worded(gettext))

    @property
    def preview(self) -> list[PreviewLine]:
        """Every line as it would be saved."""
        return [self._preview(line) for line in self.reading.lines]

    @property
    def incomplete(self) -> int:
        """Lines without an owner or a date."""
        return sum(1 for line in self.reading.lines if line.lead is None or line.due_on is None)

    def _preview(self, line: Line) -> PreviewLine:
        by_code = self.vocabulary.by_code
        return PreviewLine(
            line,
            by_code[line.lead] if line.lead else None,
            tuple(by_code[code] for code in line.supporting),
            tuple(self._clauses[key] for key in line.clause_keys),
            tuple(self._tick_box(line, agency) for agency in self.agencies_present),
        )

    def _tick_box(self, line: Line, agency: Agency) -> TickBox:
        name = f"setuju-{line_key(line, self.reading.text)}-{agency.code}"
        return TickBox(agency, name, name in self.data)

    def entries(self, spokespeople: Mapping[int, tuple[str, str]] | None = None) -> list[LineEntry]:
        """The lines for the actions; ``spokespeople`` gives (name, post) of each agency present."""
        people = spokespeople or {}
        entries = []
        for row in self.preview:
            terms = TermsEntry(
                wording=row.line.wording,
                lead=row.lead,
                due_on=row.line.due_on,
                target=row.line.target,
                unit=row.line.unit,
                supporting=row.supporting,
                clauses=row.clauses,
            )
            ticks = tuple(Tick(box.agency, *people.get(box.agency.pk, ("", ""))) for box in row.boxes if box.is_ticked)
            entries.append(LineEntry(terms, row.line.span.start, row.line.span.end, note=row.line.note, ticks=ticks))
        return entries
