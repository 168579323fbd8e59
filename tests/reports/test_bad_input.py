"""Whatever people typed or sent: a correct document or a clear sentence, from the rows to the finished pages.

The page-maker is the real one; nothing in these documents is fetched, run or attached.
"""

import io
import json

import pikepdf
import pytest
from django.urls import reverse
from PIL import Image

from commitments.models import Answer, Consent
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.models import JobState
from reports.options import Form, ReportOptions
from reports.papers.photos import LONGEST_SIDE
from reports.printing import pdf
from reports.printing.document import print_report
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import frozen
from tests.factories import (
    AgencyFactory,
    AgreementFactory,
    ClauseFactory,
    CommitmentFactory,
    MeetingFactory,
    ProgressFactory,
    at,
    person,
)
from tests.reports.poppler import requires_poppler, text_of
from tests.reports.test_pdf import ATTACKS, attachments
from tests.reports.test_pdf import listener as listener
from tests.reports.test_photos import photo_of
from tests.reports.worlds import issuing_office

QUARTER, EMPTY = read_period("2026-TW1"), read_period("2020-TW1")
NOW = at("2026-04-02")
ODD = "😀👩‍👩‍👧 اتفاقية 協定 e\u0301 \u202bterbalik\u202c"


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def world(words: str, **about):
    """An agreement in which every text that is printed says ``words``, as far as it fits."""

    def text(longest: int = 2000) -> str:
        return words[:longest]

    host = issuing_office(
        name=text(200), short_name=text(80), letterhead=text(300), address_line=text(250), signing_place=text(80),
        signing_post=text(120), **about,
    )  # fmt: skip
    lead = AgencyFactory(name=text(200), short_name=text(80), region=text(120))
    agreement = AgreementFactory(host_agency=host, parties=[host, lead], title=text(300))
    clause = ClauseFactory(agreement=agreement, number="1", text=text(), citation=text(60))
    meeting = MeetingFactory(
        host_agency=host, agreement=agreement, counterpart=lead, place=text(150), led_by=text(150), present=[lead]
    )
    promise = CommitmentFactory(
        code="K-2026-001", meeting=meeting, lead=lead, wording=text() or "-", unit=text(60), target=4, clauses=[clause],
        person_text=text(160),
    )  # fmt: skip
    ProgressFactory(commitment=promise, text=text() or "-")
    Consent.objects.create(
        terms=promise.terms.get(), agency=lead, answer=Answer.OBJECTED, text=text(), source="APP", at=at("2026-02-01")
    )
    return agreement, host, promise


def printed(agreement, host, *, period=QUARTER, issued=False, **chosen):
    options = ReportOptions(**chosen)
    snapshot = json.loads(freeze(agreement, period, issuer=host, at=NOW, options=options))
    return print_report(snapshot, digest=frozen(snapshot)[1], issued=issued)


@requires_poppler
@pytest.mark.parametrize("chosen", [{}, {"form": Form.ONE_PAGE}])
def test_an_empty_period_is_a_document_that_says_so(db, chosen):
    agreement, host, _promise = world("Isi")

    text = text_of(printed(agreement, host, period=EMPTY, **chosen).pdf)

    assert "Belum ada komitmen pada periode ini." in text
    assert "K-2026-001" not in text


@requires_poppler
def test_an_agreement_without_scope_items_is_a_document_that_says_so(meeting, commitment, agreement, bp3mi):
    text = text_of(printed(agreement, bp3mi).pdf)

    assert "Ruang lingkup kesepakatan ini belum diisi." in text
    assert "K-2026-001" in text


@requires_poppler
@pytest.mark.parametrize("is_issued", [False, True])
def test_a_word_of_two_hundred_letters_in_every_field_stays_on_the_page(db, is_issued):
    agreement, host, _promise = world("W" * 200)

    document = printed(agreement, host, issued=is_issued, signatories=("W" * 120,) * 3)

    text = text_of(document.pdf)
    assert "W" * 200 not in text
    assert "K-2026-001" in text
    assert document.pages < 20


@requires_poppler
def test_emoji_arabic_and_marks_of_direction_in_every_field_hide_nothing_else(db):
    agreement, host, _promise = world(f"awal {ODD} akhir")

    text = text_of(printed(agreement, host, issued=True, signatories=(ODD,)).pdf)

    assert "awal" in text
    assert "akhir" in text
    assert "K-2026-001" in text


@requires_poppler
@pytest.mark.parametrize("is_forward", [True, False])  # short fields hold the beginning only
def test_html_and_css_in_every_field_is_printed_as_it_was_typed(db, listener, stored, is_forward):
    url, seen = listener
    attacks = [attack.format(url=url) for attack in ATTACKS]
    agreement, host, promise = world(" ".join(attacks if is_forward else attacks[::-1]))
    photo_of(promise, caption=attacks[0])

    document = printed(agreement, host, issued=True, signatories=tuple(attack[:120] for attack in attacks[:3]))

    text = text_of(document.pdf)
    assert [word for word in ("<link", "<style>@import", "<img", "<object", "<embed") if word not in text] == []
    assert attachments(document.pdf) == 0
    assert seen == []


def test_a_missing_logo_prints_a_letterhead_without_it(db, stored):
    agreement, host, _promise = world("Isi", logo="logos/hilang.png")

    assert printed(agreement, host, issued=True).pages >= 1


def test_a_photo_of_forty_megapixels_is_shrunk_before_it_is_printed(db, stored):
    agreement, host, promise = world("Isi")
    out = io.BytesIO()
    Image.new("RGB", (7300, 5500), "teal").save(out, "JPEG")
    photo_of(promise, content=out.getvalue())

    document = printed(agreement, host)

    with pikepdf.open(io.BytesIO(document.pdf)) as opened:
        sides = {
            max(int(image.Width), int(image.Height))
            for page in opened.pages
            for image in page.get_images().values()
            if int(image.Width) > 600
        }
    assert sides == {LONGEST_SIDE}
    assert len(document.pdf) < 1_000_000


@pytest.fixture
def asked(db, stored, monkeypatch):
    """Ask for a report of a world in which a photo may be broken; nothing happens by itself."""
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)

    def ask(**chosen):
        agreement, host, promise = world("Isi")
        asker = person(host)
        options = ReportOptions(**chosen)
        job = actions.request_report(agreement, QUARTER, issuer=host, by=asker, at=NOW, options=options)
        return job, promise, asker

    return ask


def work(job):
    made = actions.make(actions.take(job.pk, at=NOW), at=NOW)
    job.refresh_from_db()
    return made


def test_a_broken_photo_is_named_and_the_report_is_made_without_it(asked):
    job, promise, asker = asked()
    consent = photo_of(promise, content=b"\xff\xd8\xff not a picture")

    assert work(job) is None
    assert (job.state, job.broken_photo) == (JobState.FAILED, consent.pk)
    assert "foto-3.jpg" in job.error

    actions.try_again(job, by=asker, at=NOW, without_photo=True)
    report = work(job)

    assert job.state == JobState.DONE
    assert report.chosen.left_out == (consent.pk,)
    assert report.pages >= 1


def test_a_report_that_takes_too_long_ends_with_a_sentence_and_no_file(asked, tmp_path, monkeypatch):
    job, _promise, _asker = asked()
    snapshot = json.loads(freeze(job.agreement, QUARTER, issuer=job.issuer, at=NOW))
    job.snapshot = frozen(snapshot | {"rows": snapshot["rows"] * 500})[0]
    job.save()
    monkeypatch.setattr(actions, "SECONDS", 2)

    assert work(job) is None

    assert job.state == JobState.FAILED
    assert "melebihi batas waktu" in job.error
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_ten_thousand_commitments_end_with_a_sentence_before_a_page_is_laid_out(asked, monkeypatch):
    job, _promise, _asker = asked()
    snapshot = json.loads(freeze(job.agreement, QUARTER, issuer=job.issuer, at=NOW))
    job.snapshot = frozen(snapshot | {"rows": snapshot["rows"] * 10_000})[0]
    job.save()
    monkeypatch.setattr(pdf, "_child", lambda: pytest.fail("a child was started"))

    assert work(job) is None

    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert "sekali susun paling banyak 220" in job.error


def test_a_report_that_is_too_large_ends_with_a_sentence_before_a_page_is_laid_out(asked, monkeypatch):
    job, _promise, _asker = asked()
    monkeypatch.setattr(pdf, "MAX_HTML", 50_000)
    monkeypatch.setattr(pdf, "_child", lambda: pytest.fail("a child was started"))

    assert work(job) is None

    assert job.state == JobState.FAILED
    assert "terlalu besar" in job.error


def test_html_in_every_field_of_the_builder_is_text_there_too(db, as_person, stored):
    typed = "<script>alert(1)</script><style>*{display:none}</style>"
    agreement, host, _promise = world(typed)
    browser = as_person(person(host))
    asked = {
        "agreement": agreement.pk, "period": "2026-TW1", "form": "FULL", "audience": "INTERNAL", "layout": "MODERN",
        "sections": ["MATRIX"], "paper": "A4", "signatory_1": typed,
    }  # fmt: skip

    page = browser.get(reverse("reports:build_preview"), asked).content.decode()
    builder = browser.post(reverse("reports:build"), asked, follow=True).content.decode()

    assert "<script>alert" not in page + builder
    assert "<style>*{" not in page + builder
    assert "&lt;script&gt;alert(1)" in page
