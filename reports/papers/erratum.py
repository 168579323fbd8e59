"""*Lembar Ralat* on paper: what was printed, what stands now, which rows make the difference, and why."""

import datetime as dt
import json

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.qr import qr_address
from reports.models import Erratum
from reports.papers.frame import Issuer, Paper, print_paper
from reports.printing.pdf import Rendered


def print_erratum(erratum: Erratum, *, at: dt.datetime) -> Rendered:
    """The sheet of one erratum; issued paper with the letterhead. Raises :class:`reports.printing.pdf.RenderFailed`."""
    report = erratum.report
    with override(settings.LANGUAGE_CODE):
        paper = Paper(
            title=_("Lembar Ralat %(n)d, laporan %(code)s") % {"n": erratum.n, "code": report.code},
            issuer=Issuer.of(report.issuer),
            standing=_("Belum ditandatangani"),
            is_official=True,
        )
    address = settings.SITE_URL + reverse("reports:check", args=[report.code])
    content = {"erratum": erratum, "report": report, "address": address, "qr": qr_address(address)}
    return print_paper("papers/erratum.html", paper, content | corrections_of(erratum), at=at)


def corrections_of(erratum: Erratum) -> dict[str, list[dict[str, object]]]:
    """The figures and causes of an erratum for a template, days as dates."""
    items = json.loads(erratum.items)
    for cause in items["causes"]:
        cause["on"] = dt.date.fromisoformat(cause["on"]) if cause["on"] else None
    return {"figures": items["figures"], "causes": items["causes"]}
