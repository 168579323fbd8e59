"""Forms of the minutes: the agenda as rows that can be added, moved and removed without a script, and the answers."""

import dataclasses
import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.audit import sha256
from agencies.models import Agency
from config.forms import Form, OneTimeForm, choices_of
from meetings.minutes import AgendaEntry, AnswerEntry, MinutesEntry, first_items
from meetings.minutes_content import agenda_digest
from meetings.minutes_join import joined
from meetings.models import AgendaKind, Meeting, MinutesNoteKind

MOST_ROWS = 60
_ROW = re.compile(r"b([0-9]{1,3})-title")
SAVE, SEND, ADD = "simpan", "kirim", "tambah"
REMOVE, UP, DOWN, COMMIT = "hapus", "naik", "turun", "komitmen"


@dataclasses.dataclass(frozen=True)
class Step:
    """The button that was pressed: its verb, the row it stands in, and the line of its outcome."""

    verb: str
    row: int = 0
    line: int = 0

    @classmethod
    def read(cls, typed: str) -> "Step":
        """``naik-2`` or ``komitmen-0-3``; anything unknown is a plain save."""
        verb, *numbers = typed.split("-")
        found = [int(number) for number in numbers if number.isdecimal() and len(number) < 4]
        wanted = {SAVE: 0, SEND: 0, ADD: 0, REMOVE: 1, UP: 1, DOWN: 1, COMMIT: 2}.get(verb)
        return cls(verb, *found) if wanted == len(found) == len(numbers) else cls(SAVE)

    @property
    def only_moves(self) -> bool:
        """Whether the page comes back with the rows arranged and nothing is saved."""
        return self.verb in (ADD, REMOVE, UP, DOWN)


class AgendaRowForm(Form):
    """One item of the agenda."""

    title = forms.CharField(label=_("Pokok bahasan"), max_length=300)
    discussion = forms.CharField(
        label=_("Pembahasan"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    outcome = forms.CharField(
        label=_("Hasil, satu baris satu butir"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    about = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, so that the row is left out."""
        return not any(str(self[name].value() or "").strip() for name in ("title", "discussion", "outcome"))

    @property
    def about_code(self) -> str:
        """What the item is about, when it is about one thing."""
        return str(self["about"].value() or "")

    @property
    def outcome_text(self) -> str:
        """The outcome as it stands in the field."""
        return str(self["outcome"].value() or "")

    @property
    def said(self) -> str:
        """Title, discussion and outcome as one text."""
        return "\n".join(filter(None, (_plain(self[name].value()) for name in ("title", "discussion", "outcome"))))

    @property
    def typed(self) -> dict[str, str]:
        """Every field as it stands."""
        return {name: str(self[name].value() or "") for name in self.fields}


class MinutesForm(OneTimeForm):
    """The agenda with its rows, and the general text. ``corrects``: the next version of minutes that were sent."""

    general = forms.CharField(
        label=_("Notula singkat"),
        required=False,
        max_length=100_000,
        help_text=_("Catatan umum yang tidak termasuk satu pokok bahasan."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(label=_("Alasan perbaikan"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    base = forms.CharField(required=False, max_length=2_000, widget=forms.HiddenInput)  # digests of what was shown

    def __init__(
        self, *args: Any, meeting: Meeting, corrects: bool, rows: list[dict[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]
        stored = list(meeting.agenda.all())
        self._offered = stored or ([] if corrects else first_items(meeting))
        self.initial.setdefault("general", meeting.minutes)
        self.initial.setdefault("seen", agenda_digest(meeting))
        said = [meeting.minutes, *(_said(_shown(item)) for item in self._offered)]
        self.initial.setdefault("base", " ".join(_digest(text) for text in said))
        if self.is_bound:
            self.rows = self._posted()
        else:
            shown = rows if rows is not None else [_shown(item) for item in self._offered]
            self.rows = _unbound(shown or [{}])

    def _posted(self) -> list[AgendaRowForm]:
        numbers = sorted(int(found[1]) for name in self.data if (found := _ROW.fullmatch(name)))
        return [AgendaRowForm(self.data, prefix=f"b{number}") for number in numbers]

    def hush(self) -> None:
        """Say nothing about the rows either."""
        super().hush()
        for row in self.rows:
            row.hush()

    def clean(self) -> dict[str, Any]:
        """Every row that says something must be whole; what is wrong is told above and beside its field."""
        cleaned = super().clean() or self.cleaned_data
        if len(self.rows) > MOST_ROWS:
            self.add_error(None, _("Paling banyak %(n)d pokok bahasan.") % {"n": MOST_ROWS})
        for number, row in enumerate(self.rows, start=1):
            if not row.is_empty and not row.is_valid():
                for errors in row.errors.values():
                    words = _("Butir %(n)d: %(words)s") % {"n": number, "words": errors[0]}
                    self.add_error(None, words)
        return cleaned

    def entry(self) -> MinutesEntry:
        """What was typed, for the actions; an item keeps what it is about."""
        kinds = {item.about_code: item.kind for item in self._offered if item.about_code}
        items = []
        for row in self.rows:
            if row.is_empty:
                continue
            said = row.cleaned_data
            about = said["about"] if said["about"] in kinds else ""
            items.append(
                AgendaEntry(
                    said["title"], said["discussion"], said["outcome"], kinds.get(about, AgendaKind.TOPIC), about
                )
            )
        return MinutesEntry(tuple(items), self.cleaned_data["general"])

    def arranged(self, step: Step) -> list[dict[str, str]]:
        """The rows as they are after adding, removing or moving one."""
        rows = [row.typed for row in self.rows]
        if step.verb == ADD and len(rows) < MOST_ROWS:
            rows.append({})
        elif step.row < len(rows):
            moved = rows.pop(step.row)
            if step.verb != REMOVE:
                rows.insert(max(0, step.row + (1 if step.verb == DOWN else -1)), moved)
        return rows

    def joined(self, stored: "MinutesForm") -> tuple[str, list[dict[str, str]]] | None:
        """General text and rows with what both wrote, where they wrote in different places; else None.

        A page that does not say what it began with joins nothing.
        """
        began, *base = str(self["base"].value() or "").split() or [""]
        if not began:
            return None
        rows = {_digest(_said(row.typed)): row.typed for row in (*self.rows, *stored.rows) if not row.is_empty}
        mine, theirs = ([_digest(_said(r.typed)) for r in form.rows if not r.is_empty] for form in (self, stored))
        agenda = joined(base, mine, theirs)
        texts = [_plain(form["general"].value()) for form in (self, stored)]
        general = joined([began], [_digest(texts[0])], [_digest(texts[1])])
        if agenda is None or general is None or not set(agenda) <= rows.keys():
            return None
        return next(text for text in texts if _digest(text) == general[0]), [rows[digest] for digest in agenda]

    def differences(self, stored: "MinutesForm") -> list[tuple[str, str, str]]:
        """(label, what was typed, what stands now) of the general text and of each row that differs."""
        found = [(str(self["general"].label), _plain(self["general"].value()), _plain(stored["general"].value()))]
        for number in range(max(len(self.rows), len(stored.rows))):
            mine, theirs = self.rows[number : number + 1], stored.rows[number : number + 1]
            label = gettext("Butir %(n)d") % {"n": number + 1}
            said = ["\n".join(row.said for row in side) for side in (mine, theirs)]
            found.append((label, said[0], said[1]))
        return [(label, mine, theirs) for label, mine, theirs in found if mine != theirs]


def _digest(text: str) -> str:
    return sha256(_plain(text))[:16]


def _said(row: dict[str, str]) -> str:
    """A row as one text, for comparing."""
    return "\n".join(_plain(row.get(name)) for name in ("title", "discussion", "outcome"))


def _plain(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def _shown(item: Any) -> dict[str, str]:
    return {
        "title": item.title, "discussion": item.discussion, "outcome": item.outcome, "about": item.about_code,
    }  # fmt: skip


def _unbound(rows: list[dict[str, str]]) -> list[AgendaRowForm]:
    return [AgendaRowForm(initial=row, prefix=f"b{number}") for number, row in enumerate(rows)]


class AnswerForm(OneTimeForm):
    """What an agency answered to the minutes."""

    kind = forms.ChoiceField(
        label=_("Tanggapan"),
        choices=[
            (MinutesNoteKind.APPROVAL, _("Setuju")),
            (MinutesNoteKind.CORRECTION, _("Usul perbaikan")),
            (MinutesNoteKind.OBJECTION, _("Keberatan")),
        ],
        widget=forms.RadioSelect,
    )
    agency = forms.ChoiceField(label=_("Instansi"))
    said_by = forms.CharField(
        label=_("Disampaikan oleh"), required=False, max_length=200, help_text=_("Jabatan, boleh dengan nama.")
    )
    source = forms.CharField(
        label=_("Sumber"), max_length=200, help_text=_("Surat dengan nomornya, pesan WhatsApp, telepon, atau rapat.")
    )
    words = forms.CharField(
        label=_("Isi tanggapan"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, partners: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {agency.code: agency for agency in partners}
        choice = cast(forms.ChoiceField, self.fields["agency"])
        choice.choices = choices_of(
            [(agency.code, agency.short_name) for agency in partners], empty=_("Pilih instansi")
        )

    def clean(self) -> dict[str, Any]:
        """An objection or a correction says what is wrong."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") not in (None, "", MinutesNoteKind.APPROVAL) and not cleaned.get("words", "").strip():
            self.add_error("words", _("Tulis apa yang perlu diperbaiki atau apa keberatannya."))
        return cleaned

    def entry(self) -> AnswerEntry:
        """The answer for the action."""
        said = self.cleaned_data
        return AnswerEntry(said["kind"], self.partners[said["agency"]], said["source"], said["said_by"], said["words"])
