"""A text for the press as a Word file: letterhead once it is released, until then marked as a draft."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.templatetags.waktu import waktu
from reports.models import PressState, PressText
from reports.papers.frame import Issuer, Paper
from reports.papers.word import WordPaper


def write_press_text(text: PressText, *, at: dt.datetime) -> bytes:
    """The Word file, with the words as they are stored."""
    with override(settings.LANGUAGE_CODE):
        word = WordPaper(_paper(text), at=at)
        word.title(_("SIARAN PERS"))
        word.text(text.title, is_strong=True)
        for paragraph in paragraphs(text.text):
            word.text(paragraph)
        return word.save()


def paragraphs(words: str) -> list[str]:
    """The paragraphs of a text, without the empty lines between them."""
    return [part.strip() for part in words.split("\n\n") if part.strip()]


def whole(text: PressText) -> str:
    """Title and text as they are copied."""
    return f"{text.title}\n\n{text.text}"


def _paper(text: PressText) -> Paper:
    is_released = text.state == PressState.RELEASED
    when = waktu(text.released_at, text.issuer.clock) if text.released_at else ""
    return Paper(
        title=_("Siaran pers: %(title)s") % {"title": text.title},
        issuer=Issuer.of(text.issuer),
        standing=_("Dirilis %(when)s") % {"when": when} if is_released else _("Belum dirilis"),
        is_official=is_released,
        is_draft=not is_released,
        is_example=text.is_example,
    )
