"""From the code behind a sentence to the page of what it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agreement
from meetings.models import Statement
from reports.issuing.codes import read_code

_PAGES = (
    (re.compile(r"K-[0-9]{4}-[0-9]{3,9}"), "commitments:detail"),
    (re.compile(r"A-[0-9]{4}-[0-9]{3,9}"), "meetings:detail"),
)
_QUOTE = re.compile(r"kutipan-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class SourceLink:
    """What a source is called and where its page is."""

    label: str
    url: str


def source_links(codes: Iterable[str]) -> dict[str, SourceLink]:
    """The pages behind codes of commitments, meetings, agreements, reports and quotations; two queries at most.

    The pages themselves decide who may look. A code that names nothing has no link.
    """
    wanted = set(codes)
    found = {code: SourceLink(code, url) for code in wanted if (url := _plain(code))}
    numbers = {int(match[1]): code for code in wanted if (match := _QUOTE.fullmatch(code))}
    for said in Statement.objects.filter(pk__in=numbers).select_related("meeting") if numbers else ():
        url = f"{said.meeting.get_absolute_url()}#pernyataan"
        found[numbers[said.pk]] = SourceLink(_("kutipan %(speaker)s") % {"speaker": said.speaker}, url)
    rest = wanted - found.keys() - set(numbers.values())
    for agreement in Agreement.objects.filter(code__in=rest) if rest else ():
        found[agreement.code] = SourceLink(agreement.code, agreement.get_absolute_url())
    return found


def _plain(code: str) -> str:
    for rule, view in _PAGES:
        if rule.fullmatch(code):
            return reverse(view, args=[code])
    return reverse("reports:detail", args=[code]) if read_code(code) == code else ""
