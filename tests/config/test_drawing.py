"""Widgets drawn without a template look as Django's own templates draw them, and words in them cannot be markup."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.drawing import Renderer

BAD = "\"><script>alert('x')</script>&"
CHOICES = [("", gettext_lazy("Semua")), ("a", "Sudin & Naker"), (BAD, BAD), (12, 1200), ("b", mark_safe("<b>b</b>"))]
WIDGETS = {
    "text": (forms.TextInput({"placeholder": gettext_lazy("Cari"), "data-x": BAD}), BAD),
    "empty": (forms.TextInput(), None),
    "number": (forms.NumberInput({"min": 0}), 1200),
    "email": (forms.EmailInput(), "a@b.example"),
    "hidden": (forms.HiddenInput(), BAD),
    "password": (forms.PasswordInput(), "rahasia"),
    "typed date": (forms.DateInput(), "30 Juni 2026"),
    "unticked": (forms.CheckboxInput({"disabled": False}), False),
    "ticked": (forms.CheckboxInput({"required": True}), True),
    "select": (forms.Select(choices=CHOICES), "12"),
    "select of nothing known": (forms.Select({"class": "form-select"}, choices=CHOICES), "zzz"),
    "several": (forms.SelectMultiple(choices=CHOICES), ["a", BAD]),
    "groups": (forms.Select(choices=[("Kota & desa", CHOICES), ("", "Tidak ada")]), "a"),
    "ticks": (forms.CheckboxSelectMultiple(choices=CHOICES), ["a"]),
    "words": (forms.Textarea(), BAD),
}


@pytest.mark.parametrize(("widget", "value"), WIDGETS.values(), ids=WIDGETS)
def test_a_widget_is_drawn_as_django_draws_it(widget, value):
    ours, theirs = (
        widget.render("nama", value, {"id": "id_nama"}, renderer()) for renderer in (Renderer, DjangoTemplates)
    )

    assert parse_html(ours) == parse_html(theirs)


@pytest.mark.parametrize("widget", [forms.CheckboxSelectMultiple, forms.RadioSelect])
def test_single_ticks_are_drawn_as_django_draws_them(widget):
    class Choose(forms.Form):
        pick = forms.MultipleChoiceField(choices=CHOICES, widget=widget(attrs={"class": "x"}), initial=["a"])

    ours, theirs = (Choose(renderer=renderer())["pick"] for renderer in (Renderer, DjangoTemplates))

    for one, same in zip(ours, theirs, strict=True):
        assert parse_html(one.tag()) == parse_html(same.tag())
        assert parse_html(str(one)) == parse_html(str(same))


@pytest.mark.parametrize("widget", [forms.TextInput(), forms.HiddenInput(), forms.Select(choices=CHOICES)])
def test_nothing_typed_becomes_markup(widget):
    assert "<script>" not in widget.render("nama", BAD, {"title": BAD}, Renderer())
