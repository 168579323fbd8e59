"""Photos in a report: only with consent, shrunk, bare, and a broken one named."""

import base64
import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from commitments.models import Evidence, PhotoConsent, Sensitivity
from reports.options import Section
from reports.papers.photos import LONGEST_SIDE, pictures
from reports.printing.document import print_report, report_html
from reports.printing.pdf import RenderFailed
from tests.factories import AgencyFactory, ProgressFactory, at
from tests.reports.poppler import pages_of, requires_poppler, text_of
from tests.reports.test_documents import frozen_with
from tests.reports.worlds import issuing_office, year_of_work


def jpeg(size=(1200, 900), *, place: str = "") -> bytes:
    picture, out = Image.new("RGB", size, "teal"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010E] = place or "Rumah peserta"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def photo_of(commitment, *, content: bytes = b"", allowed: bool = True, caption: str = "Sosialisasi", **values):
    """A proof with a picture, and an answer about it."""
    content = content or jpeg()
    proof = Evidence.objects.create(
        progress=ProgressFactory(commitment=commitment, at=at("2026-02-11")),
        kind="FILE",
        file=ContentFile(content, name="foto.jpg"),
        name="foto-3.jpg",
        content_type="image/jpeg",
        sha256=hashlib.sha256(content).hexdigest(),
        **values,
    )
    return answered(proof, allowed=allowed, caption=caption)


def answered(proof, *, allowed: bool, caption: str = "Sosialisasi"):
    return PhotoConsent.objects.create(
        evidence=proof, is_allowed=allowed, allowed_by="Kepala Sekolah" if allowed else "", caption=caption,
        by=proof.progress.author, at=at("2026-02-12"),
    )  # fmt: skip


@pytest.fixture
def office(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return issuing_office()


@pytest.fixture
def pact(office):
    return year_of_work(office)


@pytest.fixture
def row(pact):
    return pact.commitments.get(code="K-2026-001")


def test_a_photo_tells_what_where_when_and_of_which_record(office, pact, row):
    photo_of(row, caption="Sosialisasi di aula")

    html = report_html(frozen_with(pact, office), digest="0" * 64, issued=True)

    assert "Dokumentasi" in html
    assert "Sosialisasi di aula" in html
    assert "11 Februari 2026 · K-2026-001" in html


def test_only_photos_whose_last_answer_allows_it_are_printed(office, pact, row):
    photo_of(row, allowed=False)
    answered(photo_of(row).evidence, allowed=False)

    snapshot = frozen_with(pact, office)

    assert snapshot["photos"] == []
    assert "Dokumentasi" not in report_html(snapshot, digest="0" * 64, issued=True)


def test_a_photo_left_out_or_of_others_is_not_in_the_snapshot(office, pact, row):
    consent = photo_of(row)

    assert frozen_with(pact, office, left_out=(consent.pk,))["photos"] == []
    assert frozen_with(pact, office, sections=(Section.MATRIX,))["photos"] == []
    assert frozen_with(pact, AgencyFactory(code="orang-luar"))["photos"] == []


def test_the_public_version_takes_only_photos_marked_for_everybody(office, pact, row):
    photo_of(row, caption="dalam")
    photo_of(row, caption="umum", sensitivity=Sensitivity.GENERAL)

    photos = frozen_with(pact, office, is_public=True)["photos"]

    assert [(photo["caption"], photo["code"]) for photo in photos] == [("umum", "")]


def test_the_public_version_names_no_agency_beside_a_photo_that_did_not_agree(office, pact, row):
    consent = photo_of(row, sensitivity=Sensitivity.GENERAL)
    reporter = consent.evidence.progress.agency

    (photo,) = frozen_with(pact, office, is_public=True)["photos"]
    assert (photo["place"], "foto-3" in str(photo)) == ("", False)

    reporter.named_in_public = True
    reporter.save()
    (photo,) = frozen_with(pact, office, is_public=True)["photos"]
    assert photo["place"] == reporter.short_name


def test_a_photo_of_forty_megapixels_is_shrunk_and_bare(office, pact, row):
    photo_of(row, content=jpeg((7300, 5500), place="Jalan Rahasia 5"))

    ((_photo, address),) = pictures(frozen_with(pact, office)["photos"])

    content = io.BytesIO(base64.b64decode(address.split(",")[1]))
    picture = Image.open(content)
    assert max(picture.size) == LONGEST_SIDE
    assert dict(picture.getexif()) == {}
    assert b"Rahasia" not in content.getvalue()


@pytest.mark.parametrize("damage", ["broken", "changed", "gone"])
def test_a_photo_that_cannot_be_read_is_named_with_its_consent(office, pact, row, damage):
    consent = photo_of(row, content=b"\xff\xd8\xff bukan gambar" if damage == "broken" else jpeg())
    snapshot = frozen_with(pact, office)
    if damage == "changed":
        with consent.evidence.file.storage.open(consent.evidence.file.name, "wb") as file:
            file.write(jpeg((10, 10)))
    if damage == "gone":
        consent.evidence.file.storage.delete(consent.evidence.file.name)

    with pytest.raises(RenderFailed, match="foto-3.jpg") as failure:
        print_report(snapshot, digest="0" * 64, issued=True)

    assert failure.value.photo == consent.pk
    assert failure.value.may_pass is False


@requires_poppler
def test_seven_photos_take_two_pages_of_six_places(office, pact, row):
    for n in range(7):
        photo_of(row, caption=f"Gambar ke-{n}")
    snapshot = frozen_with(pact, office, sections=(Section.PHOTOS,))

    pages = pages_of(print_report(snapshot, digest="0" * 64, issued=True).pdf)

    assert [page.count("Gambar ke-") for page in pages if "Gambar ke-" in page] == [6, 1]


@requires_poppler
def test_a_long_caption_leaves_room_for_where_when_and_which(office, pact, row):
    photo_of(row, caption="Pelatihan dengan keterangan yang panjang sekali " * 4)
    snapshot = frozen_with(pact, office, sections=(Section.PHOTOS,))

    text = text_of(print_report(snapshot, digest="0" * 64, issued=True).pdf)

    shown = text.partition("Foto ditampilkan dengan izin yang tercatat.")[2]
    assert shown.count("keterangan yang panjang") < 4
    assert "…" in shown.partition("11 Februari 2026")[0]
    assert row.code in shown
