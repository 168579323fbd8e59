"""Photos of a report: chosen by consent, frozen by their digest, and shrunk before they are printed."""

import hashlib
import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from agencies.models import Agency, Agreement
from commitments.models import Evidence, PhotoConsent, Sensitivity
from config.files import BROKEN
from config.workdays import day_of
from meetings.models import MeetingFile
from reports.counting.periods import Period
from reports.options import ReportOptions, Section
from reports.printing.pdf import RenderFailed, data_uri

LONGEST_SIDE = 1000
"""Pixels; 79 mm wide that is 320 dots per inch. Of 12 megapixels only a quarter
of each side is read, in a third of the time."""
AT_ONCE = 2
"""Photos in work; each may be 40 megapixels large."""
QUALITY = 80
PICTURES = ("image/jpeg", "image/png")
FORMATS = ("JPEG", "PNG")


def photos_of(agreement: Agreement, period: Period, *, issuer: Agency, options: ReportOptions) -> list[dict[str, Any]]:
    """What, where, when and of which record, for each photo that may be printed; in the order of the records.

    Only pictures whose last consent allows it, of records the issuer takes part in, and not left out. The
    public version takes only proofs that are marked for everybody.
    """
    if not options.has(Section.PHOTOS):
        return []
    allowed = (
        PhotoConsent.objects.in_force()
        .of_period(agreement, first=period.starts_on, last=period.ends_on)
        .printable_by(issuer)
        .exclude(pk__in=options.left_out)
        .select_related("evidence__progress__commitment", "evidence__progress__agency", "meeting_file__meeting")
    )
    if options.is_public:
        allowed = allowed.filter(evidence__sensitivity=Sensitivity.GENERAL)
    told = (
        _proof(one, one.evidence) if one.evidence else _meeting(one, one.meeting_file) for one in allowed.distinct()
    )
    return sorted(filter(None, told), key=lambda photo: (photo["taken_on"], photo["code"], photo["consent"]))


def _proof(consent: PhotoConsent, proof: Evidence) -> dict[str, Any]:
    entry = proof.progress
    return _photo(
        consent, proof, code=entry.commitment.code, place=entry.agency.short_name, taken_on=day_of(entry.at).isoformat()
    )


def _meeting(consent: PhotoConsent, file: MeetingFile | None) -> dict[str, Any]:
    assert file is not None  # the table says so: one of the two
    meeting = file.meeting
    return _photo(consent, file, code=meeting.code, place=meeting.place, taken_on=meeting.held_on.isoformat())


def _photo(
    consent: PhotoConsent, file: Evidence | MeetingFile, *, code: str, place: str, taken_on: str
) -> dict[str, Any]:
    """Empty when the file is no picture."""
    if file.content_type not in PICTURES:
        return {}
    return {
        "consent": consent.pk,
        "file": file.file.name,
        "name": file.name,
        "sha256": file.sha256,
        "caption": consent.caption,
        "place": place,
        "taken_on": taken_on,
        "code": code,
    }


def pictures(photos: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Each photo with an address that holds its picture, a few at once so that memory stays bounded.

    Raises :class:`reports.printing.pdf.RenderFailed` naming the file that cannot be read, with its consent.
    """
    photos = list(photos)
    with ThreadPoolExecutor(AT_ONCE) as workers:
        shrunk = workers.map(_shrunk, photos)
        return [(photo, data_uri(content, "image/jpeg")) for photo, content in zip(photos, shrunk, strict=True)]


def _shrunk(photo: dict[str, Any]) -> bytes:
    """A JPEG at most :data:`LONGEST_SIDE` long, upright, without anything but its pixels."""
    try:
        with default_storage.open(photo["file"]) as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != photo["sha256"]:
            raise ValueError("other bytes than were taken in")
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            most = LONGEST_SIDE / max(picture.size)
            picture.draft("RGB", (int(picture.width * most), int(picture.height * most)))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = upright.convert("RGB")
    except BROKEN as error:
        sentence = _("Laporan belum jadi: gambar %(name)s rusak atau tidak ada lagi.") % {"name": photo["name"]}
        raise RenderFailed(sentence, photo=photo["consent"]) from error
    plain.info = {}
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
