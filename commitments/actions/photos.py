"""Whether a photo may be printed: asked of the people on it, written down by the keeper; the last answer counts."""

import datetime as dt

from django.db import transaction

from agencies.audit import record
from agencies.models import User
from agencies.policy import require
from commitments import rules
from commitments.models import Commitment, Evidence, PhotoConsent
from meetings.models import Meeting, MeetingFile

Photo = Evidence | MeetingFile


def allow_photo(photo: Photo, *, allowed_by: str, caption: str, by: User, at: dt.datetime) -> PhotoConsent:
    """Write down who allowed a photo to be printed, and the words under it. The same answer again adds nothing."""
    return _answer(photo, is_allowed=True, allowed_by=allowed_by, caption=caption, by=by, at=at)


def disallow_photo(photo: Photo, *, by: User, at: dt.datetime) -> PhotoConsent:
    """Take the permission back: reports made from now on leave the photo out. A second click adds nothing."""
    return _answer(photo, is_allowed=False, allowed_by="", caption="", by=by, at=at)


@transaction.atomic
def _answer(
    photo: Photo, *, is_allowed: bool, allowed_by: str, caption: str, by: User, at: dt.datetime
) -> PhotoConsent:
    kept = _locked(photo)
    require(rules.may_allow_photo(by, photo))
    last = photo.photo_consents.order_by("pk").last()
    answer = (is_allowed, allowed_by, caption)
    if last is not None and (last.is_allowed, last.allowed_by, last.caption) == answer:
        return last
    about = {"evidence": photo} if isinstance(photo, Evidence) else {"meeting_file": photo}
    given = PhotoConsent.objects.create(
        is_allowed=is_allowed, allowed_by=allowed_by, caption=caption, by=by, at=at, **about
    )
    verb, texts = "photo.allowed" if is_allowed else "photo.disallowed", {"allowed_by": allowed_by, "caption": caption}
    record(verb, on=kept, by=by, at=at, after={"consent": given.pk, "sha256": photo.sha256}, texts=texts)
    return given


def _locked(photo: Photo) -> Commitment | Meeting:
    """The record the photo belongs to, locked, so that two answers come one after the other."""
    if isinstance(photo, Evidence):
        return Commitment.objects.select_for_update().get(pk=photo.progress.commitment_id)
    return Meeting.objects.select_for_update().get(pk=photo.meeting_id)
