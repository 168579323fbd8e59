"""Lines of the box that are no new promises but news about commitments that are open already."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import User
from commitments import rules
from commitments.actions.entries import LetterEntry, LineEntry
from commitments.actions.follow_up import OnBehalf, report_progress
from commitments.models import Commitment, Origin, SourceKind
from commitments.reading.dates import long_date
from commitments.rules import Facts, Voice
from config.templatetags.waktu import angka
from meetings.models import Meeting


def lock_known(lines: Sequence[LineEntry]) -> None:
    """Lock the commitments that lines report on, by their key, before any counter is taken."""
    lock(line.progress_on.pk for line in lines if line.progress_on is not None)


def lock(keys: Iterable[int]) -> None:
    """Lock commitments by their key, so that two actions over several of them never wait for each other."""
    if wanted := set(keys):
        list(Commitment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))


def report_news(lines: Sequence[LineEntry], *, said_in: Meeting | LetterEntry, by: User, at: dt.datetime) -> None:
    """Write the lines with ``progress_on`` into those journals, inside the transaction of what they were said in.

    That is told as the source where the keeper writes for a lead without account. Raises Refusal.
    """
    for line in lines:
        if line.progress_on is None:
            continue
        found = rules.voices(by, line.progress_on, Facts(line.progress_on, at=at))
        source = _source(said_in) if Voice.ON_BEHALF in found else None
        report_progress(line.progress_on, by=by, at=at, text=_text(line), on_behalf=source)


def _text(line: LineEntry) -> str:
    """The words of a line for the journal; a date or target that was typed is said in words, nothing is dropped."""
    terms = line.terms
    with override(settings.LANGUAGE_CODE):  # the journal is kept and printed
        said = []
        if terms.due_on:
            said.append(_("Tenggat yang disebut: %(day)s.") % {"day": long_date(terms.due_on)})
        if terms.target is not None:
            amount = f"{angka(terms.target)} {terms.unit}".strip()
            said.append(_("Target yang disebut: %(amount)s.") % {"amount": amount})
        if line.person_text:
            said.append(_("Pelaksana yang disebut: %(person)s.") % {"person": line.person_text})
    return "\n".join(filter(None, [terms.wording, line.note, *said]))


def _source(said_in: Meeting | LetterEntry) -> OnBehalf | None:
    """Where the news came from; an instruction is no source for what another agency did."""
    with override(settings.LANGUAGE_CODE):
        if isinstance(said_in, Meeting):
            return OnBehalf(SourceKind.MEETING, _("Pertemuan %(code)s") % {"code": said_in.code}, said_in.held_on)
    if said_in.origin == Origin.LETTER:
        return OnBehalf(SourceKind.LETTER, said_in.reference, said_in.origin_on)
    return None
