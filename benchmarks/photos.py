"""An issued report with 24 photos: ``python -m benchmarks.photos``. Goal: at most 4 s on two quiet processors.

The photos are as telephones make them, twelve megapixels each. The time runs from the click of the supervisor to the
frozen report: the second printing with the letterhead, its archive and the transaction. The floor is opening the same
photos and making them as small as paper needs.
"""

import hashlib
import io
import os
import random
import tempfile
import time
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from benchmarks.growing import set_up
from benchmarks.measuring import show

if TYPE_CHECKING:
    from agencies.models import Agreement
    from commitments.models import Commitment

PHOTOS = 24
SIZE = (4000, 3000)
ROUNDS = 3
PERIOD = "2026-TW1"


def main() -> None:
    """Make the example with photos in a folder that is thrown away, and measure."""
    with tempfile.TemporaryDirectory(prefix="simpul-ukur-") as home:
        os.environ.pop("DATABASE_URL", None)
        set_up(home)
        measure()


def measure() -> None:
    """Issue the same report a few times and keep the best: noise only ever adds."""
    import pikepdf

    from agencies.models import Agency, Agreement
    from commitments.models import Commitment
    from meetings.models import Meeting

    for model in (Commitment, Meeting, Agreement, Agency):
        model.objects.update(is_example=False)  # an example cannot be issued
    agreement = Agreement.objects.filter(commitments__isnull=False)[0]
    row = agreement.commitments.counted().select_related("host_agency")[0]
    photos = [photo(number) for number in range(PHOTOS)]
    for content in photos:
        allow(row, content)
    taken = [issue(agreement, row) for _round in range(ROUNDS)]
    began = time.perf_counter()
    for content in photos:
        small(content)
    floor = time.perf_counter() - began
    with pikepdf.open(io.BytesIO(taken[-1][1])) as document:
        pages = len(document.pages)
    show(f"issuing {pages} pages, {PHOTOS} photos", min(seconds for seconds, _pdf in taken), floor, "s")


def photo(number: int) -> bytes:
    """A picture with as much in it as a photo has: about 3 MB."""
    chance = random.Random(number)
    grain = Image.frombytes("RGB", (1000, 750), chance.randbytes(1000 * 750 * 3)).filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    grain.resize(SIZE).save(out, "JPEG", quality=88)
    return out.getvalue()


def small(content: bytes) -> None:
    """What the printing cannot do without."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (1000, 1000))
        picture.thumbnail((1000, 1000))
        picture.save(io.BytesIO(), "JPEG", quality=82)


def allow(row: "Commitment", content: bytes) -> None:
    """Keep a photo as a proof of the period, with the consent to show it."""
    import datetime as dt

    from django.core.files.base import ContentFile

    from agencies.models import Tenure
    from commitments.models import Evidence, PhotoConsent, Progress
    from config.workdays import WIB

    at = dt.datetime(2026, 2, 11, 10, 0, tzinfo=WIB)
    keeper = Tenure.objects.filter(post__agency=row.host_agency, role="OFFICER").select_related("user")[0].user
    told = Progress.objects.create(
        commitment=row, author=keeper, agency=row.host_agency, text="Kegiatan berlangsung.", at=at
    )
    proof = Evidence.objects.create(
        progress=told,
        kind="FILE",
        file=ContentFile(content, name="foto.jpg"),
        name="foto.jpg",
        content_type="image/jpeg",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    PhotoConsent.objects.create(
        evidence=proof, is_allowed=True, allowed_by="Kepala Sekolah", caption="Kegiatan", by=keeper, at=at
    )


def issue(agreement: "Agreement", row: "Commitment") -> tuple[float, bytes]:
    """Make a report, and time its publishing; the seconds and the PDF."""
    from django.utils import timezone

    from agencies.models import Tenure
    from reports.counting.periods import read_period
    from reports.issuing.publishing import publish, withdraw
    from reports.jobs.actions import make_at_once

    report = make_at_once(agreement, read_period(PERIOD), issuer=row.host_agency, at=timezone.now())
    head = Tenure.objects.filter(post__agency=row.host_agency, role="SUPERVISOR").select_related("user")[0].user
    began = time.perf_counter()
    issued = publish(report, by=head, at=timezone.now())
    seconds = time.perf_counter() - began
    pdf = issued.pdf.read()
    withdraw(issued, "Hanya untuk mengukur", by=head, at=timezone.now())  # the next one is the same
    return seconds, pdf


if __name__ == "__main__":
    main()
