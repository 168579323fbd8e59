"""Inputs and selects written without a template: a page of filters has two hundred options and dozens of inputs."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape

Widget = Mapping[str, Any]
INPUTS = (
    "input",
    "text",
    "number",
    "email",
    "hidden",
    "password",
    "date",
    "checkbox",
    "checkbox_option",
    "radio_option",
)


class Renderer(TemplatesSetting):
    """Draws the widgets of all forms: those in :data:`DRAWN` here, the others by Django's template of the widget."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the HTML of a widget; an option that brings its own label is left to Django."""
        draw, widget = DRAWN.get(template_name), context.get("widget", {})
        if draw is None or widget.get("wrap_label"):
            return super().render(template_name, context, request)
        return draw(widget)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_escaped(widget["name"])}"{value}{_attributes(widget)}>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Widget]) -> str:
    """The options of a group; most stand in one without a name."""
    lines = "".join(
        f'\n  <option value="{_escaped(option["value"])}"{_attributes(option)}>{_shown(option["label"])}</option>'
        for option in options
    )
    return f'\n  <optgroup label="{_shown(name)}">{lines}\n  </optgroup>' if name else lines


def _attributes(widget: Widget) -> str:
    """True stands as a bare name, False not at all."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    """What stands between quotation marks."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _shown(value: Any) -> str:
    """What is read on the screen: numbers as the language writes them."""
    return conditional_escape(localize(value))


DRAWN = {f"django/forms/widgets/{name}.html": _input for name in INPUTS}
DRAWN["django/forms/widgets/select.html"] = _select
