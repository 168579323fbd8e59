"""The walk through a text that gathers its commitments."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from commitments.reading.release.days import Due, find_days, find_due
from commitments.reading.release.items import answers_in_kind, explores, is_promise, is_urged
from commitments.reading.release.lists import begins_action, item_span, split_items, starts_with_ordinal
from commitments.reading.release.offices import Mentions
from commitments.reading.release.outcomes import (
    Opening,
    find_opening,
    is_other_heading,
    read_heading,
    read_hint,
    read_lead,
)
from commitments.reading.release.passages import Page, Passage, Shape, sentence_spans, trimmed
from commitments.reading.release.plans import find_intentions
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import Found, FoundCommitment, Kind
from commitments.reading.release.tables import Columns, cells, doing, read_columns
from commitments.reading.release.words import ACTIVE
from commitments.reading.spans import Span

_TAIL = re.compile(  # what follows the list in the same sentence
    r",[ ](?:sehingga|agar|supaya|demi|dengan harapan|yang diharapkan|karena|mengingat|sebab|sebagaimana|sedangkan"
    r"|sementara|namun|tetapi"
    r"|tapi|meski\w*|walau\w*|kata|ujar\w*|tutur|ucap|jelas|demikian|guna mewujudkan|seperti dikatakan|papar"
    r"|terang|ungkap)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\W*(?:demikian|mohon|terima ?kasih|sekian|wassalam|berita acara ini|demikianlah|semoga|mudah|ttd|notulis"
    r"|hormat|kendala|catatan|rapat (?:ditutup|selesai|berakhir)|dok|foto|tembusan|mengetahui|cc)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"pasal[ ][0-9IVX]{1,4}|diktum[ ]\w+", re.IGNORECASE)
_KEYED = re.compile(r"[ ]*[A-Z][A-Za-z/(). ]{1,40}[ ]?:")
_LONGEST_LINE = 40  # words of an item without a mark


@dataclass(slots=True)
class Walk:
    """Reads passage by passage; ``section`` is the heading whose list is being read."""

    page: Page
    mentions: Mentions
    held_on: dt.date | None
    section: Opening | None = None
    is_fresh: bool = False  # nothing of the section's list was read yet
    found: list[FoundCommitment] = field(default_factory=list)
    open_list: Found | None = None
    ordinals: Opening | None = None  # whose "Pertama, ... Kedua, ..." may still follow
    columns: Columns | None = None  # of the table that is being read

    def read(self) -> None:
        """Gather the commitments of the whole text."""
        passages = [passage for passage in self.page.passages if passage.shape is not Shape.CHROME]
        for passage, following in zip(passages, [*passages[1:], None], strict=False):
            self._passage(passage, following)

    def _passage(self, passage: Passage, following: Passage | None) -> None:
        flat = self.page.flat
        if heading := read_heading(flat, passage.span):
            self._open(heading)
            if trimmed(flat, heading.region, " :."):
                self._inline(replace(heading, is_guess=not heading.is_firm), heading.region)
            return
        if row := cells(self.page, self._line(passage), is_counted=self.section is not None):
            self._row(row)
            return
        self.columns = None
        if self.section and self._is_inner_heading(passage, following):
            return
        if self.section and self._belongs(passage):
            self._item(passage.span, self.section)
            self.is_fresh = False
        else:
            self.section = None
            if passage.shape is not Shape.TITLE:
                self._prose(passage, following)

    def _line(self, passage: Passage) -> Span:
        """Return the whole line of a passage, with the number that may stand before its first cell."""
        start = self.page.text.rfind("\n", 0, passage.span.start) + 1
        return Span(start, passage.span.end)

    def _is_inner_heading(self, passage: Passage, following: Passage | None) -> bool:
        """Whether a list line only names the group of the lines below it, or a line is "Pasal 1"."""
        words = self.page.of(passage.span)
        if _ARTICLE.fullmatch(words):
            return True
        if passage.shape is not Shape.ITEM or following is None or following.shape is not Shape.ITEM:
            return False
        is_short = len(words.split()) <= 6 and not any(ACTIVE.fullmatch(word) for word in words.split())
        opens_below = following.is_first and passage.marker != following.marker
        return is_short and opens_below and words[-1] not in ".;"

    def _row(self, row: list[Span]) -> None:
        """Take a row of a table of follow-up."""
        if columns := read_columns(self.page, row):
            self.columns = columns
        elif self.columns or self.section:
            cell = doing(self.page, row, self.columns)
            opening = self.section or Opening(row[0], row[0], is_firm=False)
            if cell:
                self._add_item(cell, opening, whole=Span(row[0].start, row[-1].end))

    def _open(self, opening: Opening) -> None:
        self.section, self.ordinals, self.is_fresh = opening, opening, True
        if opening.open_list and self.open_list is None:
            span = opening.open_list
            words = self.page.text[span.start : span.end]
            self.open_list = Found(words, span, Reason("open_list", {"words": words}), is_sure=True)

    def _belongs(self, passage: Passage) -> bool:
        """Whether a passage is an item of the section's list."""
        words = self.page.of(passage.span)
        if is_other_heading(words):
            return False
        if passage.shape is Shape.ITEM or starts_with_ordinal(words):
            return True
        if _KEYED.match(words) or len(words.split()) > _LONGEST_LINE or (passage.after_gap and not self.is_fresh):
            return False
        if _CLOSES.match(words) or find_opening(self.page.flat, passage.span):
            return False
        is_act = begins_action(words) or any(ACTIVE.fullmatch(word) for word in words.split()[:9])
        return is_act or (not passage.after_gap and words[-1] not in ".!?")

    # --- lists ---------------------------------------------------------------------------------------

    def _item(self, span: Span, opening: Opening) -> None:
        """Take a line of a list: its first sentence, unless it is only a heading of further lines."""
        words = self.page.of(span)
        if words.rstrip().endswith(":") and len(words.split()) <= 8:
            return
        first = next(sentence_spans(self.page.flat, span), span)
        if first.end - first.start < 40 and first.end < span.end:
            first = span
        self._add_item(item_span(self.page.flat, first), opening)

    def _inline(self, opening: Opening, region: Span) -> None:
        names = self._names_in(region)
        for item in split_items(self.page.flat, self._cut(region), names):
            self._add_item(item, opening)

    def _names_in(self, region: Span) -> list[Span]:
        return [mention.span for mention in self.mentions.within(region)]

    def _cut(self, region: Span) -> Span:
        """Return the region without a closing "sehingga ..." and without what a quote ends."""
        end = region.end
        if (quote := self.page.flat.find('"', region.start + 1, end)) > 0 and self.page.flat.count(
            '"', region.start, end
        ) == 1:
            end = quote
        if stop := _TAIL.search(self.page.flat, min(region.start + 20, end), end):
            end = stop.start()
        return Span(region.start, end)

    def _add_item(self, item: Span, opening: Opening, *, whole: Span | None = None) -> None:
        """Take an item that is something to be done; ``whole`` is the row of a table it stands in."""
        words = self.page.of(item)
        due = self._due(whole or item)
        is_ahead = due is not None and (due.on is None or self.held_on is not None)
        if not is_promise(words, is_firm=opening.is_firm, is_guess=opening.is_guess, is_ahead=is_ahead):
            return
        said = " ".join(self.page.text[opening.words.start : opening.words.end].split())
        self._add(
            item,
            Kind.EXPLORATION if explores(words) else Kind.AGREED,
            Reason("outcome", {"words": said.strip(" ,:")}),
            is_sure=opening.is_firm and not is_urged(words),
            whole=whole,
        )

    # --- sentences -----------------------------------------------------------------------------------

    def _prose(self, passage: Passage, following: Passage | None) -> None:
        before = len(self.found)
        for sentence in passage.sentences:
            if self._continues(sentence):
                continue
            self.section = None
            below = following if sentence == passage.sentences[-1] else None
            if opening := self._opening(sentence, below):
                self._open(opening)
                self._inline(opening, opening.region)
                if not self._goes_on(opening, below):
                    self.section = None
            elif hint := read_hint(self.page.flat, sentence):
                self.ordinals = hint
            if self.section is None and len(self.found) > before:
                self._in_return(sentence)
            if self.section is None and not self._has(sentence):
                self._intentions(sentence)

    def _opening(self, sentence: Span, below: Passage | None) -> Opening | None:
        opening = find_opening(self.page.flat, sentence)
        if opening or below is None or below.shape is not Shape.ITEM:
            return opening
        return read_lead(self.page.flat, sentence)

    def _continues(self, sentence: Span) -> bool:
        """Take a sentence that goes on with what an earlier one announced: "Kedua, ...", or the whole list."""
        if self.ordinals and starts_with_ordinal(self.page.of(sentence)):
            self._add_item(item_span(self.page.flat, self._cut(sentence)), self.ordinals)
            return True
        if self.section and self.is_fresh and self._is_announced(sentence):
            self._inline(self.section, sentence)
            self.section = None
            return True
        return False

    def _is_announced(self, sentence: Span) -> bool:
        """Whether a sentence is the list that the one before it announced."""
        return len(split_items(self.page.flat, self._cut(sentence), self._names_in(sentence))) >= 2

    def _goes_on(self, opening: Opening, following: Passage | None) -> bool:
        """Whether items may follow after the sentence: as lines, or as "Pertama, ..."."""
        rest = self.page.of(trimmed(self.page.flat, opening.region, " .,:;"))
        is_listed = following is not None and following.shape is Shape.ITEM and not following.after_gap
        return not rest or is_listed or starts_with_ordinal(rest)

    def _has(self, sentence: Span) -> bool:
        return bool(self.found) and self.found[-1].span.start >= sentence.start

    def _in_return(self, sentence: Span) -> None:
        """Take "Sebagai timbal balik, X menyediakan ..." beside something agreed."""
        last = self.found[-1]
        if last.kind is Kind.AGREED and (begins := answers_in_kind(self.page.of(sentence))):
            item = item_span(self.page.flat, self._cut(Span(sentence.start + begins, sentence.end)))
            self._add(item, Kind.AGREED, last.reason, is_sure=False)

    def _due(self, span: Span) -> Due | None:
        return find_due(self.page.flat, span, held_on=self.held_on, days=find_days(self.page.flat, span))

    def _intentions(self, sentence: Span) -> None:
        for intention in find_intentions(self.page.flat, sentence, self.held_on):
            said = self.page.of(intention.words)
            code = "plan" if intention.kind is Kind.PLAN else "pledge"
            self._add(intention.span, intention.kind, Reason(code, {"words": said}), is_sure=intention.is_sure)

    def _add(self, span: Span, kind: Kind, reason: Reason, *, is_sure: bool, whole: Span | None = None) -> None:
        """Add a commitment; ``whole`` is the row it stands in, for its offices and its date."""
        around = whole or span
        named = self.mentions.within(around)
        due = self._due(around)
        self.found.append(
            FoundCommitment(
                self.page.text[span.start : span.end],
                span,
                reason,
                is_sure,
                kind,
                tuple(dict.fromkeys(mention.name for mention in named)),
                tuple(dict.fromkeys(mention.code for mention in named if mention.code)),
                due.on if due else None,
                due.span if due else None,
            )
        )
