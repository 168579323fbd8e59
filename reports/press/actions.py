"""What happens to texts for the press: written, changed, released."""

import datetime as dt
import json

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import canonical, record, sha256
from agencies.models import Agency, Agreement, User
from agencies.policy import Refusal, allowed, no, require
from meetings.models import Meeting
from reports.models import PressKind, PressState, PressText, Report
from reports.press.facts import PressFacts
from reports.press.rules import (
    may_change,
    may_release,
    may_write_about_agreement,
    may_write_about_meeting,
    may_write_from_report,
)


class StalePress(Exception):
    """Somebody else changed the text since the page was opened."""

    def __init__(self, current: PressText) -> None:
        super().__init__(f"text {current.pk} is at version {current.version}")
        self.current = current


def write_about_meeting(
    meeting: Meeting, facts: PressFacts, *, title: str, words: str, by: User, at: dt.datetime
) -> PressText:
    """Save a first text about a meeting; its facts are frozen with it."""
    require(may_write_about_meeting(by, meeting))
    text = PressText(kind=PressKind.MEETING, issuer=meeting.host_agency, meeting=meeting, agreement=meeting.agreement)
    return _write(text, facts, title=title, words=words, by=by, at=at)


def write_from_report(
    report: Report, facts: PressFacts, *, title: str, words: str, by: User, at: dt.datetime
) -> PressText:
    """Save a first text about the progress that an issued report tells."""
    require(may_write_from_report(by, report))
    text = PressText(kind=PressKind.PROGRESS, issuer=report.issuer, report=report, agreement=report.agreement)
    return _write(text, facts, title=title, words=words, by=by, at=at)


def write_about_agreement(
    agreement: Agreement, issuer: Agency, facts: PressFacts, *, title: str, words: str, by: User, at: dt.datetime
) -> PressText:
    """Save a first text about the progress of an agreement, without a report."""
    require(may_write_about_agreement(by, agreement, issuer))
    text = PressText(kind=PressKind.PROGRESS, issuer=issuer, agreement=agreement)
    return _write(text, facts, title=title, words=words, by=by, at=at)


@transaction.atomic
def _write(text: PressText, facts: PressFacts, *, title: str, words: str, by: User, at: dt.datetime) -> PressText:
    text.facts = canonical(facts.to_json())
    text.facts_sha256 = sha256(text.facts)
    text.title, text.text, text.made_by, text.made_at = title, words, by, at
    text.is_example = facts.is_example
    text.save()
    after = {"about": facts.subject, "facts": text.facts_sha256, "text": sha256(words)}
    record("press.written", on=text, by=by, at=at, after=after)
    return text


@transaction.atomic
def change(text: PressText, *, title: str, words: str, version: int, by: User, at: dt.datetime) -> PressText:
    """Save other words. Raises StalePress when somebody was faster, Refusal once it was released."""
    text = PressText.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=text.pk)
    require(may_change(by, text))
    if text.version != version:
        raise StalePress(text)
    before = sha256(text.text)
    text.title, text.text, text.changed_by, text.changed_at = title, words, by, at
    text.version += 1
    text.save(update_fields=["title", "text", "changed_by", "changed_at", "version"])
    record("press.changed", on=text, by=by, at=at, before={"text": before}, after={"text": sha256(words)})
    return text


@transaction.atomic
def release(text: PressText, *, version: int, by: User, at: dt.datetime) -> PressText:
    """Fix a text and let it go out: the version that was looked at, with the facts it was checked against.

    The second click changes nothing. Raises Refusal (403, 409).
    """
    text = PressText.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=text.pk)
    if text.state == PressState.RELEASED and allowed(by, "press.release", text):
        return text
    require(may_release(by, text))
    if text.version != version:
        raise Refusal(no(_("Naskah diubah sesudah halaman ini dibuka. Baca lagi, lalu rilis."), status=409))
    if sha256(text.facts) != text.facts_sha256:
        raise Refusal(no(_("Fakta naskah tidak cocok dengan sidik jarinya. Hubungi admin."), status=409))
    text.state, text.released_by, text.released_at = PressState.RELEASED, by, at
    text.save(update_fields=["state", "released_by", "released_at"])
    after = {"state": text.state, "version": version, "text": sha256(text.text), "facts": text.facts_sha256}
    record("press.released", on=text, by=by, at=at, after=after)
    return text


def facts_of(text: PressText) -> PressFacts:
    """The facts that were frozen with a text."""
    return PressFacts.from_json(json.loads(text.facts))
