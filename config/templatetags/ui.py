"""Components of the screen: icons, tags, form parts, pages. They take plain values and know no app."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import forms, template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()
Text = str | Promise

STATUSES: dict[str, tuple[str, Text]] = {
    "DRAFT": ("draft", _("Draf")),
    "NOT_STARTED": ("not-started", _("Belum dimulai")),
    "RUNNING": ("running", _("Berjalan")),
    "BLOCKED": ("blocked", _("Terkendala")),
    "SUBMITTED": ("submitted", _("Menunggu verifikasi")),
    "DONE": ("done", _("Selesai (terverifikasi)")),
    "UNMET": ("unmet", _("Tidak dapat ditindaklanjuti")),
    "VOID": ("void", _("Dibatalkan (salah catat)")),
    "MERGED": ("merged", _("Digabung")),
}
FLAGS = ("late", "near", "proposed", "silent", "gap", "example")


@register.simple_tag
@lru_cache(maxsize=256)  # a page draws the same few ornaments again and again
def icon(name: str, size: str = "") -> SafeString:
    """Draw an ornament from the sprite; the words beside it carry the meaning. ``size``: empty or "l"."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def status_tag(status: str, words: Text = "") -> SafeString:
    """Show a status code (DRAFT, RUNNING, ...) by shape, word and colour; ``words`` replace the usual ones."""
    look, usual = STATUSES[str(status)]
    return _tag(look, f"status-{look}", words or usual)


@register.simple_tag
def flag(kind: str, words: Text) -> SafeString:
    """Show a derived mark: late, near, proposed, silent, gap or example."""
    if kind not in FLAGS:
        raise template.TemplateSyntaxError(f"flag knows {', '.join(FLAGS)}, not {kind!r}")
    return _tag(kind, f"flag-{kind}", words)


def _tag(look: str, icon_name: str, words: Text) -> SafeString:
    """Draw a tag; the line end keeps two of them apart."""
    return _tag_drawn(look, icon_name, conditional_escape(words))  # type: ignore[arg-type]  # any lazy text


@lru_cache(maxsize=4096)  # no template of its own, and each drawn once: a list shows a hundred, and they are alike
def _tag_drawn(look: str, icon_name: str, words: SafeString) -> SafeString:
    return format_html('<span class="tag tag-{}">{}<span class="word">{}</span></span>\n', look, icon(icon_name), words)


@register.simple_tag
def places(template_name: str, links: Sequence[Any]) -> SafeString:
    """Draw a list of ``config.context.Link``; all who may go to the same places see the same on the same page."""
    return _places_drawn(template_name, tuple(links), get_language())


@lru_cache(maxsize=1024)
def _places_drawn(template_name: str, links: tuple[Any, ...], language: str | None) -> SafeString:
    del language  # the language of the page, in which it is drawn
    return render_to_string(template_name, {"links": links})


@register.inclusion_tag("_ui/sentence.html")
def sentence(words: Text, *, late: bool = False) -> dict[str, Any]:
    """Show the one sentence that answers the page's question; ``late`` tints it."""
    return {"words": words, "late": late}


@register.inclusion_tag("_ui/empty.html")
def empty_state(
    title: Text, hint: Text = "", url: str = "", label: Text = "", icon_name: str = "list"
) -> dict[str, Any]:
    """Show what stands in place of an empty list, with the next step."""
    return {"title": title, "hint": hint, "url": url, "label": label, "icon_name": icon_name}


@register.inclusion_tag("_ui/breadcrumb.html")
def breadcrumb(*pairs: Any) -> dict[str, Any]:
    """Show the way back: url, label, url, label, ...; the page itself is not part of it."""
    return {"steps": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("_ui/copy.html")
def copy_box(text: Text, label: Text, rows: int = 6) -> dict[str, Any]:
    """Show a text with a button that copies it; without JavaScript it can still be marked and copied."""
    return {"text": text, "label": label, "rows": rows, "id": f"salin-{uuid4().hex[:8]}"}


@register.inclusion_tag("_ui/conflict.html")
def conflict(words: Text, rows: Sequence[tuple[Text, Any, Any]]) -> dict[str, Any]:
    """Show that somebody else was faster: rows of (label, what I typed, what stands now). Nothing typed is lost."""
    return {"words": words, "rows": rows}


@register.inclusion_tag("_ui/meter.html")
def meter(value: Any, total: Any, words: Text) -> dict[str, Any]:
    """Show ``value`` of ``total`` as a bar; ``words`` say the same ("1 dari 4 kali (25%)")."""
    return {"value": value, "total": total, "words": words}


@register.inclusion_tag("_ui/pages.html", takes_context=True)
def pages(context: Context, page: Any) -> dict[str, Any]:
    """Show the numbered links of a page made by ``config.paging.paginate``."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("_ui/summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """List the errors of a form, each a link to its field, with the same words as beside the field."""
    lines = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else _focus_id(field)
        lines += [(target, str(error)) for error in field.errors]
    return {"lines": lines}


@register.inclusion_tag("_ui/warnings.html")
def form_warnings(form: forms.BaseForm) -> dict[str, Any]:
    """List the warnings that may be ignored, each with its tick."""
    return {"form": form, "warnings": getattr(form, "warnings", [])}


@register.inclusion_tag("_ui/form.html")
def form_body(form: forms.BaseForm) -> dict[str, Any]:
    """Show a whole form: error summary, warnings, all fields. The page writes the form tag and the buttons."""
    return {"form": form}


@register.inclusion_tag("_ui/form_top.html")
def form_top(form: forms.BaseForm) -> dict[str, Any]:
    """Show the error summary, the warnings and the hidden fields; the page places the fields itself."""
    return {"form": form}


@register.inclusion_tag("bootstrap5/field.html")
def form_field(bound: BoundField, label: Text | None = None, hint: Text | None = None) -> dict[str, Any]:
    """Show one field with label, hint and error; ``label`` and ``hint`` replace the form's own words."""
    if label is not None:
        bound.label = str(label)
        bound.field.widget.attrs.pop("placeholder", None)
    if hint is not None:
        bound.help_text = str(hint)
    return {"field": bound}


@register.inclusion_tag("_ui/chips.html")
def chips(bound: BoundField) -> dict[str, Any]:
    """Show a multiple-choice field as pills that can be ticked."""
    return {"field": bound, "boxes": list(bound.subwidgets)}


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Draw the bare input of a field with the classes of the theme."""
    widget = bound.field.widget
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect)):
        look = "form-check-input"
    own = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{own} {look}{' is-invalid' if bound.errors else ''}".strip()})


@register.filter
def is_one_checkbox(bound: BoundField) -> bool:
    """Say whether the field is a single tick."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.filter
def is_choice_list(bound: BoundField) -> bool:
    """Say whether the field is a list of ticks or radio buttons."""
    return isinstance(bound.field.widget, forms.RadioSelect)


@register.filter
def is_password(bound: BoundField) -> bool:
    """Say whether the field takes a password."""
    return isinstance(bound.field.widget, forms.PasswordInput)


@register.filter
def boxes(bound: BoundField) -> list[BoundWidget]:
    """Return the single inputs of a list of choices."""
    return list(bound.subwidgets)


def _focus_id(field: BoundField) -> str:
    """Return the id of the input an error line leads to; lists of choices have one on their first input."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")
