"""The frame of every paper: letterhead, running lines, and marks across the page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.audit import sha256
from agencies.models import Agency
from reports.printing.pdf import Rendered, data_uri, render_pdf
from reports.printing.typefaces import PLAIN_TYPEFACE, TYPEFACE, font_addresses


@dataclass(frozen=True)
class Issuer:
    """Whose paper it is: names, letterhead lines (empty: the name stands alone), and what a signature needs.

    ``logo`` is the stored name of a file, ``size`` of the paper A4 or F4; plain type is that of official letters.
    """

    name: str
    short_name: str
    letterhead: tuple[str, ...] = ()
    address_line: str = ""
    signing_place: str = ""
    signing_post: str = ""
    zone: str = "Asia/Jakarta"
    logo: str = ""
    size: str = "A4"
    is_plain_type: bool = False

    @classmethod
    def of(cls, agency: Agency) -> "Issuer":
        """The agency as it is now."""
        return cls(
            name=agency.name,
            short_name=agency.short_name,
            letterhead=tuple(agency.letterhead_lines),
            address_line=agency.address_line,
            signing_place=agency.signing_place,
            signing_post=agency.signing_post,
            zone=agency.zone,
            logo=agency.logo.name or "",
            size=agency.paper,
            is_plain_type=agency.is_plain_type,
        )


@dataclass(frozen=True)
class Paper:
    """What the frame prints around the body. ``standing`` is the word of the footer, such as *Belum ditandatangani*.

    ``is_official``: with the letterhead; otherwise only the name. ``is_draft`` and ``is_example`` lie across
    every page.
    """

    title: str
    issuer: Issuer
    standing: str
    is_official: bool = False
    is_draft: bool = False
    is_example: bool = False


def print_paper(template: str, paper: Paper, content: Mapping[str, Any], *, at: dt.datetime) -> Rendered:
    """The PDF of a paper whose template extends ``papers/base.html``; Indonesian, times in the issuer's zone.

    ``content`` stands in the template under its own names, beside ``paper`` and ``made_at``.
    Raises :class:`reports.printing.pdf.RenderFailed` with a sentence.
    """
    with translation.override(settings.LANGUAGE_CODE), timezone.override(ZoneInfo(paper.issuer.zone)):
        frame = {
            "paper": paper,
            "made_at": at,
            **page_look(size=paper.issuer.size, is_plain=paper.issuer.is_plain_type),
            "watermark": watermark(is_draft=paper.is_draft, is_example=paper.is_example),
            "logo": logo_address(paper.issuer.logo) if paper.is_official else "",
        }
        html = render_to_string(template, {**content, **frame})
    return render_pdf(html, identifier=sha256(html), made_at=at.isoformat())


def page_look(*, size: str, is_plain: bool) -> dict[str, Any]:
    """What the style sheet needs: size of the paper, and typefaces."""
    typeface = PLAIN_TYPEFACE if is_plain else TYPEFACE
    return {"size": size, "is_plain": is_plain, "typeface": typeface, "fonts": font_addresses(is_plain=is_plain)}


def watermark(*, is_draft: bool, is_example: bool) -> str:
    """The address of the words that lie across every page; empty when there is nothing to say."""
    marks = ((_("DRAF"), is_draft), (_("DATA CONTOH"), is_example))
    words = [word for word, is_said in marks if is_said]
    if not words:
        return ""
    return data_uri(render_to_string("reports/pdf/watermark.svg", {"words": words}), "image/svg+xml")


def logo_address(name: str) -> str:
    """The address that holds the logo stored under ``name``; empty without one, or when its file is gone."""
    if not name:
        return ""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError:
        return ""
    return data_uri(content, "image/png" if name.endswith(".png") else "image/jpeg")
