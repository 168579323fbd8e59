"""Every kind of document passes the validator: PDF/UA-1 for what is handed out, PDF/A-3a for the archive."""

import datetime as dt
import hashlib
import io
import json
import zlib
from xml.etree import ElementTree

import page as validator
import pikepdf
import pytest
from django.urls import reverse

from agencies.audit import sha256
from agencies.models import Agency, Event, Role
from agencies.policy import Refusal
from commitments.actions.merging import merge_commitments
from commitments.models import Contribution
from meetings.models import Attendance, Meeting
from reports.counting.periods import read_period
from reports.issuing.archive import archived
from reports.issuing.erratum import find_erratum
from reports.models import Report, ReportStatus
from reports.papers import attendance
from reports.papers.agency_sheet import LED, AgencySheet, print_sheet
from reports.papers.brief import print_brief
from reports.papers.brief_facts import BriefFacts
from reports.papers.erratum import print_erratum
from reports.papers.minutes import minutes_of, print_minutes
from reports.printing.document import print_report
from reports.printing.pdf import Attached, render_pdf
from reports.snapshots.making import freeze
from tests.browsers import browser_of
from tests.factories import CommitmentFactory, at, person
from tests.reports.test_documents import frozen_with
from tests.reports.test_photos import photo_of
from tests.reports.worlds import issuing_office, year_of_work

QUARTER = read_period("2026-TW1")
NOW, LATER = at("2026-03-31", "16.20"), at("2026-05-04")
KINDS = {
    "full": {},
    "conventional on F4": {"layout": "CONVENTIONAL", "paper": "F4", "signatories": ("Kepala Balai", "Wali Kota")},
    "one page": {"form": "ONE_PAGE"},
    "public": {"is_public": True},
}


@pytest.fixture(autouse=True)
def well_formed(monkeypatch):
    """Every document comes well-formed to the page-maker, for repairing takes long."""

    def watched(html, **how):
        assert ElementTree.fromstring(html).tag == "html"
        return render_pdf(html, **how)

    monkeypatch.setattr("reports.printing.document.render_pdf", watched)
    monkeypatch.setattr("reports.papers.frame.render_pdf", watched)


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def pact(office):
    return year_of_work(office, title="Peningkatan pelindungan calon pekerja migran", is_example=True)


def findings(pdf: bytes, profile: str = "ua1") -> list[str]:
    report = validator.validate_pdf_bytes(pdf, profile=profile)
    return [f"{one.rule_id} {one.message}" for one in report.failures]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_report_is_accessible(office, pact, kind):
    photo_of(pact.commitments.get(code="K-2026-001"))
    Agency.objects.filter(pk=office.pk).update(is_plain_type=kind.endswith("F4"))
    office.refresh_from_db()
    snapshot = frozen_with(pact, office, **KINDS[kind])

    document = print_report(snapshot, digest="0" * 64, issued=True)

    assert findings(document.pdf) == []
    assert (document.pages == 1) is (kind == "one page")


def test_the_sheet_of_an_agency_is_accessible_and_has_two_pages_however_much_it_leads(office, pact):
    first = pact.commitments.get(code="K-2026-001")
    words = ("Kolaborasi edukasi dan sosialisasi kerja luar negeri yang aman dan prosedural " * 3)[:200]
    for n in range(2 * LED):
        row = CommitmentFactory(
            code=f"K-2025-{n:03d}", meeting=first.meeting, host_agency=office, wording=words,
            lead=first.lead if n % 2 else None, due_on=dt.date(2026, 1, 30),
        )  # fmt: skip
        if not n % 2:
            Contribution.objects.create(commitment=row, agency=first.lead)

    document = print_sheet(AgencySheet(first.lead, person(office), at=NOW))

    assert findings(document.pdf) == []
    assert document.pages == 2


@pytest.fixture
def held(office, pact):
    """A meeting with people in its room, and one commitment that was counted once too often."""
    meeting = Meeting.objects.get()
    Attendance.objects.create(meeting=meeting, agency=office, name="Nama Contoh", post_text="Kepala Seksi")
    return meeting


def corrected(meeting, _user):
    """An erratum with a figure that went down and its cause."""
    pact = meeting.agreement
    text = freeze(pact, QUARTER, issuer=pact.host_agency, at=NOW)
    report = stored(text, pact, status=ReportStatus.PUBLISHED, published_by=person(pact.host_agency), published_at=NOW)
    rows, keeper = pact.commitments.filter(lead=None).order_by("code"), person(pact.host_agency, Role.OFFICER)
    merge_commitments(rows[1], rows[0], by=keeper, at=LATER)
    found = find_erratum(report, at=LATER)
    found.note = "Dua catatan ternyata sama."
    return print_erratum(found, at=LATER)


PAPERS = {
    "agency sheet": lambda meeting, user: print_sheet(AgencySheet(meeting.host_agency, user, at=NOW)),
    "minutes": lambda meeting, user: print_minutes(minutes_of(meeting, user), at=NOW),
    "erratum": corrected,
    "brief": lambda meeting, user: print_brief(
        BriefFacts(meeting.host_agency, meeting.counterpart, user, at=NOW, meeting=meeting)
    ),
    "attendance list": lambda meeting, _user: attendance.print_list(meeting, at=NOW),
    "attendance sheet": lambda meeting, _user: attendance.print_sheet(meeting, at=NOW),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_other_paper_is_accessible_on_f4_and_in_plain_type_too(office, held, name):
    Agency.objects.filter(pk=office.pk).update(paper="F4", is_plain_type=True)
    meeting = Meeting.objects.get(pk=held.pk)

    document = PAPERS[name](meeting, person(meeting.host_agency, Role.OFFICER))

    assert findings(document.pdf) == []
    with pikepdf.open(io.BytesIO(document.pdf)) as opened:
        sizes = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in opened.pages}
    assert sizes == {(215, 330)}


def test_an_erratum_is_accessible_on_a4(held):
    assert findings(corrected(held, None).pdf) == []


def stored(text, pact, **values):
    return Report.objects.create(
        code=json.loads(text)["code"], agreement=pact, issuer=pact.host_agency, period=QUARTER.code,
        starts_on=QUARTER.starts_on, ends_on=QUARTER.ends_on, as_of=NOW, snapshot=text, snapshot_sha256=sha256(text),
        made_at=NOW, **values,
    )  # fmt: skip


@pytest.fixture
def issued(office):
    pact = year_of_work(office)
    text, author = freeze(pact, QUARTER, issuer=office, at=NOW), person(office, Role.PRESS)
    return stored(text, pact, status=ReportStatus.PUBLISHED, published_by=author, published_at=NOW)


def test_an_archive_is_valid_whatever_byte_its_streams_end_with():
    files = [text for n in range(10_000, 20_000) if zlib.compress(text := f"catatan {n}".encode())[-1:] == b"\r"][:3]
    attached = [Attached(f"{n}.txt", text, "text/plain", f"Berkas {n}") for n, text in enumerate(files)]
    page = '<html lang="id"><head><title>Arsip</title></head><body><p>Laporan</p></body></html>'

    pdf = render_pdf(page, identifier="0" * 32, made_at=NOW.isoformat(), attached=attached).pdf

    assert len(attached) == 3
    assert findings(pdf, "3a") == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [document.attachments[one.name].get_file().read_bytes() for one in attached] == files


def test_the_archive_carries_the_data_it_was_made_from_and_is_made_once(issued):
    browser = browser_of(issued.published_by)
    address = reverse("reports:archive", args=[issued.code])

    made = [browser.post(address) for _turn in range(2)]
    first, second = (b"".join(browser.get(address).streaming_content) for _turn in range(2))

    issued.refresh_from_db()
    assert [answer["Location"] for answer in made] == [issued.get_absolute_url()] * 2
    assert Event.objects.filter(verb="report.archived").count() == 1
    assert first == second
    assert issued.archive_pdf_sha256 == hashlib.sha256(first).hexdigest()
    assert findings(first, "3a") == []
    with pikepdf.open(io.BytesIO(first)) as document:
        held = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
        kinds = {str(spec.UF): str(spec.AFRelationship) for spec in document.Root.AF}
    assert held["report.json"].decode() == issued.snapshot
    assert "K-2026-001" in held["komitmen.csv"].decode()
    assert kinds == {"report.json": "/Source", "komitmen.csv": "/Data"}


def test_looking_for_an_archive_makes_none(issued):
    browser = browser_of(issued.published_by)
    address = reverse("reports:archive", args=[issued.code])

    assert browser.get(address).status_code == 404
    assert f'<form method="post" action="{address}">' in browser.get(issued.get_absolute_url()).content.decode()
    issued.refresh_from_db()
    assert not issued.archive_pdf
    assert not Event.objects.filter(verb="report.archived").exists()


def test_what_was_not_issued_has_no_archive(issued):
    issued.status, issued.published_at, issued.published_by = ReportStatus.DRAFT, None, None

    with pytest.raises(Refusal, match="sudah terbit"):
        archived(issued, by=person(issued.issuer), at=NOW)
