"""The second step of the paste page: the source with its numbers, and beside each field where it came from."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from commitments.forms.paste import PasteForm
from commitments.forms.paste_text import MOST_ROWS, key_of, spans_in
from commitments.highlights import Piece, numbered, pieces
from commitments.proposal import matches, overlap, promises
from commitments.reading.release import Found, FoundAgency, FoundCommitment, FoundPerson, Part, Release, sentences
from commitments.reading.release import Kind as ReadKind
from commitments.reading.spans import Span
from config.templatetags.waktu import tanggal_hari

MOST_SENTENCES = 300


@dataclasses.dataclass(frozen=True)
class Mark:
    """Where a value comes from: its number in the source, how sure the reader is, and why, in words."""

    number: int | None
    state: str
    reason: str = ""
    is_sure: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """One commitment on the page: its fields, its mark, and the agencies its own sentence names."""

    key: str
    mark: Mark
    words: str
    pick: BoundField
    kind: BoundField
    wording: BoundField
    owner: BoundField
    due: BoundField
    offers: tuple[Agency, ...]
    echo: str

    @property
    def has_errors(self) -> bool:
        """Whether a folded field has something to say."""
        return bool(self.wording.errors or self.kind.errors)


@dataclasses.dataclass(frozen=True)
class Leftover:
    """Words that are no commitment by themselves: a quotation or one side's pledge."""

    key: str
    mark: Mark
    words: str
    speaker: str
    is_quote: bool
    is_kept: bool
    is_row: bool  # the same words are a commitment already
    makes: str  # the stretch and the kind of the commitment that it becomes on request


def echo_words(form: PasteForm, span: Span) -> str:
    """How a row would be saved: ``Sudin Nakertrans + 1 pendukung · tenggat Selasa, 30 Juni 2026 · usulan``."""
    if span not in form.picked:
        return _("tidak disimpan")
    key = key_of(span)
    if wrong := [*form.errors.get(f"instansi-{key}", []), *form.errors.get(f"tenggat-{key}", [])]:
        return " ".join(map(str, wrong))
    owners, due = form.owners.get(span, []), form.due_of(span)
    words = owners[0].short_name if owners else _("penanggung jawab belum ada")
    if more := len(owners) - 1 if owners else 0:
        words += " + " + ngettext("%(n)d pendukung", "%(n)d pendukung", more) % {"n": more}
    if due is None:
        return f"{words} · {_('tenggat belum ada')}"
    return f"{words} · {_('tenggat')} {tanggal_hari(due)} · {_('usulan')}"


@dataclasses.dataclass(frozen=True)
class Echo:
    """What changes beside the rows while somebody types."""

    key: str
    wording: str
    words: str


def echoes(form: PasteForm) -> list[Echo]:
    """The echo of every row."""
    return [
        Echo(key, str(form.posted.get(f"rumusan-{key}", "")), echo_words(form, span))
        for span in form.spans
        if (key := key_of(span))
    ]


class Pasted:
    """Everything the second step shows for a form and the reading of its text."""

    def __init__(self, form: PasteForm, release: Release) -> None:
        self.form, self.release = form, release
        self._rows = form.spans
        self._read = {found.span: found for found in release.commitments}

    @cached_property
    def numbers(self) -> dict[Span, int]:
        """The number of every stretch that something on the page came from."""
        found = [item.span for name, item in self._facts().items() if item and self._is_shown(name)]
        found += [item.span for item in self.release.agencies if item.code not in self._sides]
        found += [span for span, _found, _speaker, _is_quote in self._no_commitments()]
        return numbered([*found, *self._rows])

    @cached_property
    def pieces(self) -> list[tuple[Piece, list[tuple[int, str]]]]:
        """The source, cut for the page; with each piece the numbers that begin there and the fields they lead to."""
        cut = pieces(self.release.text, self.numbers)
        return [(piece, [(number, self._targets.get(number, "")) for number in piece.begins]) for piece in cut]

    @cached_property
    def _targets(self) -> dict[int, str]:
        """The id of the field that a number leads to; of several the one most worth a look."""
        found = {mark.number: f"id_{name}" for name, mark in reversed(self.marks.items())}
        found |= {number: f"hadir-{agency.code}" for agency, _is_ticked, number in self.chips if number not in found}
        found |= {number: f"baru-{number}" for _item, number in self.unknown if number not in found}
        found |= {item.mark.number: f"butir-{item.key}" for item in self.leftovers}
        found |= {row.mark.number: str(row.pick.id_for_label) for row in self.rows}
        return {number: target for number, target in found.items() if number is not None}

    def _is_shown(self, name: str) -> bool:
        return name != "host" or len(self.form.hosts) > 1

    @cached_property
    def _sides(self) -> set[str]:
        """Codes of the two sides, which have fields of their own."""
        sides = (self.form.chosen_host, self.form.cleaned_data.get("counterpart"))
        return {side.code for side in sides if isinstance(side, Agency)}

    def _facts(self) -> dict[str, Found | None]:
        """What was found for each field of the meeting."""
        release = self.release
        return {
            "held_on": release.held_on,
            "place": release.place,
            "host": release.host,
            "counterpart": release.partner,
            "agreement": release.legal_basis[0] if release.legal_basis else None,
            "led_by": self._person(Part.LEADS),
            "received_by": self._person(Part.RECEIVES),
            "is_open_list": release.open_list,
            "published_on": release.published_on,
        }

    def _person(self, part: Part) -> FoundPerson | None:
        return next((person for person in self.release.people if person.part is part), None)

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """The mark of each field of the meeting."""
        marks = {name: self._mark(found) for name, found in self._facts().items()}
        if (basis := self._facts()["agreement"]) is not None:
            marks["agreement"] = self._agreement_mark(basis)
        return marks

    def _mark(self, found: Found | None) -> Mark:
        if found is None:
            return Mark(None, _("tidak ditemukan"))
        number = self.numbers.get(found.span)
        if isinstance(found, FoundAgency) and found.code is None:
            return Mark(number, _("perlu dicek"), _("belum ada di daftar instansi"))
        state = _("cocok") if found.is_sure else _("perlu dicek")
        return Mark(number, state, found.reason.worded(_), found.is_sure)

    def _agreement_mark(self, basis: Found) -> Mark:
        agreements = self.form.fields["agreement"].queryset  # type: ignore[attr-defined]
        found = [agreement for agreement, is_match in matches(self.release, agreements) if is_match]
        number = self.numbers.get(basis.span)
        if len(found) == 1:
            return Mark(number, _("cocok tanggal"), found[0].code, is_sure=True)
        if found:
            return Mark(number, _("perlu dicek"), _("lebih dari satu kesepakatan bertanggal itu"))
        return Mark(number, _("perlu dicek"), _("belum ada kesepakatan bertanggal itu"))

    @cached_property
    def chips(self) -> list[tuple[Agency, bool, int | None]]:
        """Agencies of the directory found in the text or ticked: (agency, is ticked, number)."""
        ticked = {*self.form.posted.getlist("present")}
        numbers = {item.code: self.numbers.get(item.span) for item in self.release.agencies if item.code}
        found = [
            (agency, code in ticked, numbers.get(code))
            for code, agency in self.form.vocabulary.by_code.items()
            if (code in numbers or code in ticked) and code not in self._sides
        ]
        return sorted(found, key=lambda chip: chip[2] or len(self.numbers) + 1)

    @property
    def ticked_count(self) -> int:
        """How many agencies are ticked as present."""
        return sum(is_ticked for _agency, is_ticked, _number in self.chips)

    @cached_property
    def unknown(self) -> list[tuple[FoundAgency, int | None]]:
        """Agencies that the directory does not have, with their numbers, each name once."""
        sides = [side for side in (self.release.host, self.release.partner) if side]
        found = {item.name: item for item in (*sides, *self.release.agencies) if item.code is None}
        return [(item, self.numbers.get(item.span)) for item in found.values()]

    @cached_property
    def rows(self) -> list[Row]:
        """The commitments in the order of the text."""
        return [self._row(span) for span in self._rows]

    def _row(self, span: Span) -> Row:
        form, key, found = self.form, key_of(span), self._read.get(span)
        mark = self._mark(found) if found else Mark(self.numbers.get(span), _("dipilih sendiri"), is_sure=True)
        return Row(
            key,
            mark,
            span.of(self.release.text),
            pick=form[f"pilih-{key}"],
            kind=form[f"jenis-{key}"],
            wording=form[f"rumusan-{key}"],
            owner=form[f"instansi-{key}"],
            due=form[f"tenggat-{key}"],
            offers=self._offers(found, span),
            echo=echo_words(form, span),
        )

    def _offers(self, found: FoundCommitment | None, span: Span) -> tuple[Agency, ...]:
        if found is None:
            return ()
        by_code, taken = self.form.vocabulary.by_code, self.form.owners.get(span, [])
        return tuple(by_code[code] for code in found.codes if code in by_code and by_code[code] not in taken)

    @cached_property
    def leftovers(self) -> list[Leftover]:
        """Pledges and quotations in the order of the text, without those that are rows already."""
        kept = set(spans_in(self.form.posted, "kutip"))
        return [
            Leftover(
                key_of(span),
                self._mark(found),
                span.of(self.release.text),
                speaker,
                is_quote=is_quote,
                is_kept=span in kept,
                is_row=any(overlap(span, row) for row in self._rows),
                makes=self._makes(span),
            )
            for span, found, speaker, is_quote in sorted(self._no_commitments(), key=lambda item: item[0])
        ]

    def _makes(self, span: Span) -> str:
        """``1465-1642:PLEDGE``: the reader's own stretch where it found one inside, else all of it."""
        inside = (found for found in self.release.commitments if overlap(found.span, span))
        if found := next(inside, None):
            return f"{key_of(found.span)}:{found.kind.name}"
        return f"{key_of(span)}:PLEDGE"

    def _no_commitments(self) -> Iterator[tuple[Span, Found, str, bool]]:
        """(stretch, what was found, speaker, is a quotation): quotations, and pledges that stand in none."""
        statements = self.release.statements
        for statement in statements:
            speaker = str(self.form.posted.get(f"penutur-{key_of(statement.span)}", statement.speaker or ""))
            yield statement.span, statement, speaker, True
        for found in self.release.commitments:
            is_said = any(overlap(found.span, statement.span) for statement in statements)
            if found.kind is ReadKind.PLEDGE and found.span not in self._rows and not is_said:
                yield found.span, found, "", False

    @property
    def published_words(self) -> str:
        """When the text was published, as far as it says."""
        found = self.release.published_on
        return tanggal_hari(found.on) if found and found.on else ""

    @property
    def is_cut(self) -> bool:
        """Whether the list of sentences ends before the text does."""
        return len(self._sentence_spans) > MOST_SENTENCES

    @cached_property
    def _sentence_spans(self) -> tuple[Span, ...]:
        return sentences(self.release.text)

    @cached_property
    def sentences(self) -> list[tuple[str, str]]:
        """(key, words) of the sentences to choose from without selecting in the text."""
        text, rows = self.release.text, set(self._rows)
        return [(key_of(span), span.of(text)) for span in self._sentence_spans[:MOST_SENTENCES] if span not in rows]

    @property
    def remarks(self) -> list[str]:
        """What there is to say about the text as a whole."""
        found = [remark.worded(_) for remark in self.release.remarks]
        if len(promises(self.release)) > MOST_ROWS:
            words = _("Hanya %(n)d komitmen pertama ditampilkan. Simpan dahulu, lalu tempel bagian berikutnya.")
            found.append(words % {"n": MOST_ROWS})
        return found
