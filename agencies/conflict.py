"""Two people changed the same thing: what only one of them changed is joined, for the rest the person decides."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.audit import sha256
from config.forms import Form
from config.templatetags.waktu import angka, tanggal_hari

MINE, STORED = "saya", "tersimpan"
Words = Mapping[str, str]  # a field's value as people read it, by the field's name


@dataclasses.dataclass(frozen=True)
class Difference:
    """One field that was typed differently from what is stored now."""

    label: str | Promise | None
    typed: str
    stored: str


def differences(form: forms.Form, stored: forms.Form, *, keep: str) -> list[Difference]:
    """Compare a posted form with one that holds the stored values.

    Afterwards the posted form carries the stored value of the field ``keep`` (the version), so that sending it
    again is a decision and no accident.
    """
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue
        mine, theirs = _shown(form[name], form[name].value()), _shown(stored[name], stored[name].value())
        if mine != theirs:
            found.append(Difference(form[name].label, mine, theirs))
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data[keep] = str(stored[keep].value())
    return found


def _shown(bound: BoundField, value: Any) -> str:
    """A field's value as people read it; a choice by its words."""
    if isinstance(bound.field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in _choices(bound.field)}
        return words.get("" if value is None else str(value), str(value or ""))
    return str(bound.field.prepare_value(value) or "").strip()


def _choices(field: Any) -> Iterator[tuple[Any, Any]]:
    """Pairs of value and words; rows of the database bring their key wrapped."""
    return ((getattr(key, "value", key), label) for key, label in field.choices)


@dataclasses.dataclass(frozen=True)
class Merge:
    """What became of two changes to one thing, as names of fields."""

    taken: tuple[str, ...]  # changed by the faster person only: the stored value stands
    clashing: tuple[str, ...]  # changed by both, differently


def base_of(words: Words) -> str:
    """What a page showed when it was opened, short enough for a hidden field: one digest per value."""
    return json.dumps({name: _digest(value) for name, value in words.items()})


def merge(base: str, mine: Words, stored: Words) -> Merge:
    """Join what was typed with what is stored now, knowing what both began with (:func:`base_of`).

    A field missing from ``base`` counts as changed by both, so that nothing is ever overwritten unseen.
    """
    began = _began(base)
    here = {name: _digest(value) for name, value in mine.items()}
    there = {name: _digest(stored.get(name, "")) for name in mine}
    differing = [name for name in mine if here[name] != there[name]]
    taken = [name for name in differing if began.get(name) == here[name]]
    own = [name for name in differing if began.get(name) == there[name]]
    return Merge(tuple(taken), tuple(name for name in differing if name not in taken and name not in own))


def _digest(value: str) -> str:
    """Browsers send line ends of their own; blanks at the ends say nothing."""
    return sha256(value.replace("\r\n", "\n").strip())[:16]


def _began(base: str) -> dict[str, str]:
    try:
        found = json.loads(base)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclasses.dataclass(frozen=True)
class Clash:
    """One field that both changed, with the choice made so far."""

    name: str
    label: str | Promise | None
    mine: str
    stored: str
    choice: str


def in_words(value: Any) -> str:
    """A value as people read it: a day in words, a number with its comma, several things in one order."""
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, dt.date):
        return tanggal_hari(value)
    if isinstance(value, Decimal):
        return angka(value)
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(sorted(str(one) for one in value))
    return str(value) if value is not None else ""


class MergingForm(Form):
    """A form about one version of a stored thing: ``thing``, whose fields named in ``compared`` are those of the form.

    What is not simply an attribute of the thing is said by :meth:`stored`, and by :meth:`typed` what is not simply
    a cleaned value.
    """

    compared: Sequence[str] = ()
    thing: Model
    version: forms.IntegerField
    base = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)
    clashing = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asking = False  # the choice is shown for the first time: nothing is missing yet
        self.mine: dict[str, str] = {}

    def typed(self, name: str) -> Any:
        """The typed value of a field."""
        return self.cleaned_data.get(name)

    def stored(self, name: str) -> Any:
        """The value of a field that is stored now."""
        return getattr(self.thing, name)

    def typed_words(self) -> dict[str, str]:
        """What is typed, in words by field."""
        return {name: in_words(self.typed(name)) for name in self.compared if name in self.fields}

    def stored_words(self) -> dict[str, str]:
        """What is stored now, in words by field."""
        return {name: in_words(self.stored(name)) for name in self.compared if name in self.fields}

    def use_stored(self, name: str) -> None:
        """Put the stored value of a field in place of the typed one."""
        self.cleaned_data[name] = self.stored(name)

    def choose(self) -> None:
        """Follow the choices between one's own and the stored value; call it at the end of ``clean``."""
        names = [name for name in self.cleaned_data.get("clashing", "").split() if name in self.fields]
        self.mine = self.typed_words() if names else {}
        for name in names:
            choice = self.data.get(f"pilih-{name}")
            if choice == STORED:
                self.errors.pop(name, None)
                self.use_stored(name)
            elif choice != MINE and not self.is_asking:
                self.add_error(name, _("Pilih isian yang dipakai: isian Anda atau yang tersimpan."))

    @property
    def clashes(self) -> list[Clash]:
        """The fields that both changed, for the page."""
        if not self.mine:
            return []
        stored, names = self.stored_words(), self.cleaned_data.get("clashing", "").split()
        return [
            Clash(
                name, self.fields[name].label, self.mine[name], stored.get(name, ""), self.data.get(f"pilih-{name}", "")
            )
            for name in names
            if name in self.mine
        ]

    def labels(self, names: Sequence[str]) -> str:
        """Labels of fields in one line."""
        return ", ".join(str(self.fields[name].label) for name in names)

    def rebased(self, typed: "MergingForm", joined: Merge) -> QueryDict:
        """What was typed, told against the present version: ``self`` is an empty form of the thing as it is now."""
        data = QueryDict(mutable=True)
        data.update(typed.data)
        for name in [name for name in data if name.startswith("pilih-")]:
            del data[name]
        for name in joined.taken:
            self.write_stored(data, name)
        data["version"], data["base"] = str(self["version"].value()), base_of(self.stored_words())
        data["clashing"] = " ".join(joined.clashing)
        return data

    def write_stored(self, data: QueryDict, name: str) -> None:
        """Write the stored value of a field into posted data, as the page would send it."""
        value = self[name].value()
        values = value if isinstance(value, list | tuple) else [value]
        if isinstance(self.fields[name], forms.BooleanField):
            values = ["on"] if value else []
        data.setlist(name, ["" if one is None else str(one) for one in values])
