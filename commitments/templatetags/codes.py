"""Every agency that can be named, as the pages with a box list them: some hundreds, so without a loop of tags."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from commitments.reading.names import AgencyName

register = template.Library()


@register.simple_tag
def code_options(names: Iterable[AgencyName]) -> SafeString:
    """Draw the options of a ``datalist``: the name, with its code beside it."""
    return format_html_join("", '<option value="{}">@{}</option>', ((one.name, one.code) for one in names))


@register.simple_tag
def code_list(names: Iterable[AgencyName]) -> SafeString:
    """Draw codes with short names, to be read and copied."""
    return format_html_join(" · ", '<span class="nowrap">@{} {}</span>', ((one.code, one.short_name) for one in names))
