"""The commitments box: what is typed, how the server reads it, and who agreed to which line in the room.

The preview is the same reading that is saved. A tick belongs to the exact words of its line: change the
words and the tick is gone, because nobody agreed to the new ones.
"""

import dataclasses
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Alias, Clause, User
from commitments.actions.entries import LineEntry
from commitments.actions.terms import TermsEntry, Tick
from commitments.forms.fields import storable
from commitments.forms.offers import TAKE, OfferButton, buttons, taken
from commitments.forms.repeats import Repeat, repeats
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
        self.by_code = {agency.code: agency for agency in Agency.objects.active()}
        aliases: dict[int, list[str]] = defaultdict(list)
        for agency, name in Alias.objects.order_by("pk").values_list("agency", "name"):
            aliases[agency].append(name)
        self.names = tuple(
            AgencyName(a.code, a.name, a.short_name, tuple(aliases[a.pk])) for a in self.by_code.values()
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
    offers: tuple[OfferButton, ...] = ()
    repeat: Repeat | None = None  # the open commitment it nearly repeats

    @property
    def is_news(self) -> bool:
        """Whether it is saved as progress of an open commitment instead of a new one."""
        return self.repeat is not None and self.repeat.is_chosen

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

    def __init__(self, *args: Any, vocabulary: AgencyVocabulary | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary or AgencyVocabulary()

    def named(self, field: str, typed: str) -> Agency | None:
        """The agency that is meant; None without text, or with an error beside ``field`` that names the nearest."""
        if not typed.strip():
            return None
        found = self.vocabulary.find(typed)
        if isinstance(found, Remark):
            self.add_error(field, found.worded(gettext))
            return None
        return found


class BoxForm(NamingForm):
    """A form with the commitments box. Call :meth:`read_box` from ``clean``."""

    lines = forms.CharField(
        label=_("Komitmen, satu baris satu komitmen"),
        required=False,
        strip=False,
        max_length=BOX_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
    )

    known_agreement: int | None = None  # key of the agreement whose scope items are meant, where none is chosen
    is_part = False  # whether only the reading is sent, so that a changed text has to be sent beside it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = Reading("")
        self.is_rewritten = False
        self._clauses: dict[str, Clause] = {}
        self._repeats: dict[int, Repeat] = {}
        self.agencies_present: list[Agency] = []

    def read_box(
        self,
        *,
        meeting_on: dt.date | None,
        agreement: Agreement | None,
        present: Sequence[Agency],
        user: User | None = None,
        today: dt.date | None = None,
    ) -> None:
        """Read the box; errors stand beside it, warnings wait for a tick.

        With ``user`` and ``today`` each line is compared with the open commitments this person may report on.
        """
        clauses = list(agreement.clauses.all()) if agreement else []
        self._clauses = {clause.number: clause for clause in clauses}
        self.agencies_present = list(present)
        text = self.cleaned_data.get("lines", "")
        if meeting_on is None or not text:
            return
        self.reading = self._parse(text, meeting_on)
        self._take_offer(meeting_on)
        if user is not None and today is not None:
            self._look_for_repeats(user, today)
        for remark in self.reading.errors:
            self.add_error("lines", remark.worded(gettext))
        for number, remark in enumerate(self.reading.warnings):
            self.add_warning("lines", f"{remark.code}-{remark.line}-{number}", remark.worded(gettext))

    def _parse(self, text: str, meeting_on: dt.date) -> Reading:
        clauses = [ClauseName(clause.number, clause.text) for clause in self._clauses.values()]
        return parse(text, meeting_on=meeting_on, agencies=self.vocabulary.names, clauses=clauses)

    def _take_offer(self, meeting_on: dt.date) -> None:
        """*Pakai*: write what was offered into the text, as if it had been typed."""
        step = self.data.get("aksi", "")
        if not step.startswith(TAKE) or (text := taken(step, self.reading, key_of=self.key)) is None:
            return
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("lines")] = self.cleaned_data["lines"] = text
        self.data = data
        self.reading, self.is_rewritten = self._parse(text, meeting_on), True

    def _look_for_repeats(self, user: User, today: dt.date) -> None:
        lines, by_code = self.reading.lines, self.vocabulary.by_code
        leads = [by_code[line.lead].pk if line.lead else None for line in lines]
        self._repeats = repeats(lines, leads, user, on=today, data=self.data, key_of=self.key)
        gone = {f"mirip-{self.key(line)}": line for n, line in enumerate(lines) if not self._is_chosen(n)}
        for name, line in gone.items():
            if code := self.data.get(name):
                words = gettext(
                    "Baris %(line)d: perkembangan pada %(code)s tidak dapat dicatat lagi. Periksa pilihannya."
                )
                self.add_error("lines", words % {"line": line.number, "code": storable(str(code))[:24]})

    def _is_chosen(self, place: int) -> bool:
        return place in self._repeats and self._repeats[place].is_chosen

    def key(self, line: Line) -> str:
        """The name of a line of this box in ticks, offers and choices."""
        return line_key(line, self.reading.text)

    @property
    def rewritten_lines(self) -> forms.BoundField:
        """The box with its new text, to be put in place of the one on the page."""
        self.fields["lines"].widget.attrs["data-hx-swap-oob"] = "true"
        return self["lines"]

    @property
    def codes_here(self) -> list[str]:
        """The codes of those present, who are suggested first."""
        return [agency.code for agency in self.agencies_present]

    @property
    def address(self) -> str:
        """Where the reading is asked for."""
        return str(self.fields["lines"].widget.attrs.get("data-hx-post", ""))

    @cached_property
    def preview(self) -> list[PreviewLine]:
        """Every line as it would be saved. Ask for it once the form is clean."""
        return [self._preview(place, line) for place, line in enumerate(self.reading.lines)]

    @property
    def text_remarks(self) -> list[tuple[bool, str]]:
        """(is error, sentence) of what there is to say about the text beside its lines, such as a skipped row."""
        return [(remark.is_error, remark.worded(gettext)) for remark in self.reading.remarks]

    @property
    def promises(self) -> list[PreviewLine]:
        """The lines that become commitments."""
        return [row for row in self.preview if not row.is_news]

    @property
    def news(self) -> list[PreviewLine]:
        """The lines that become progress of commitments that are open already."""
        return [row for row in self.preview if row.is_news]

    @property
    def news_words(self) -> str:
        """``1 perkembangan dicatat: K-2025-031.``; empty without any."""
        codes = [row.repeat.commitment.code for row in self.news if row.repeat]
        words = ngettext("%(n)d perkembangan dicatat: %(codes)s.", "%(n)d perkembangan dicatat: %(codes)s.", len(codes))
        return words % {"n": len(codes), "codes": ", ".join(codes)} if codes else ""

    @property
    def incomplete(self) -> int:
        """Lines without an owner or a date."""
        return sum(1 for row in self.promises if row.line.lead is None or row.line.due_on is None)

    def _preview(self, place: int, line: Line) -> PreviewLine:
        by_code = self.vocabulary.by_code
        return PreviewLine(
            line,
            by_code[line.lead] if line.lead else None,
            tuple(by_code[code] for code in line.supporting),
            tuple(self._clauses[key] for key in line.clause_keys),
            tuple(self._tick_box(line, agency) for agency in self.agencies_present),
            buttons(line, key=self.key(line), by_code=by_code),
            self._repeats.get(place),
        )

    def _tick_box(self, line: Line, agency: Agency) -> TickBox:
        name = f"setuju-{self.key(line)}-{agency.code}"
        return TickBox(agency, name, name in self.data)

    def entries(self, spokespeople: Mapping[int, tuple[str, str]] | None = None) -> list[LineEntry]:
        """The lines for the actions; ``spokespeople`` gives (name, post) of each agency present."""
        return [self._entry(row, spokespeople or {}) for row in self.preview]

    def _entry(self, row: PreviewLine, people: Mapping[int, tuple[str, str]]) -> LineEntry:
        line = row.line
        terms = TermsEntry(
            wording=line.wording,
            lead=row.lead,
            due_on=line.due_on,
            target=line.target,
            unit=line.unit,
            supporting=row.supporting,
            clauses=row.clauses,
        )
        return LineEntry(
            terms,
            line.span.start,
            line.span.end,
            note=line.note,
            ticks=tuple(Tick(box.agency, *people.get(box.agency.pk, ("", ""))) for box in row.boxes if box.is_ticked),
            is_important=line.is_important,
            person_text=line.person_text,
            progress_on=row.repeat.commitment if row.repeat and row.is_news else None,
        )
