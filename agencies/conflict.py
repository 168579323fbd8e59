"""Two people changed the same thing: show both versions, lose nothing, let the person decide."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise


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
