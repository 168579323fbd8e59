"""Every paper is read aloud as it is read: tagged, titled, in Indonesian, with headers that say what they head."""

import datetime as dt
import io

import pikepdf
import pytest

from agencies.models import Role
from commitments.models import Kind
from meetings.models import Attendance
from reports.papers.attendance import print_list, print_sheet
from reports.papers.brief import print_brief
from reports.papers.brief_facts import BriefFacts
from reports.papers.minutes import minutes_of, print_minutes
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person
from tests.reports.test_pdf_ua import findings
from tests.reports.worlds import issuing_office

NOW = at("2026-04-02")


@pytest.fixture
def meeting(db):
    """A meeting with somebody present and one commitment."""
    office, city = issuing_office(), AgencyFactory(code="kota-uji")
    held = MeetingFactory(code="A-2026-001", host_agency=office, counterpart=city, minutes="Dibahas dua hal.")
    Attendance.objects.create(meeting=held, agency=city, name="Nama Contoh", post_text="Kepala Bagian")
    CommitmentFactory(meeting=held, lead=city, due_on=dt.date(2026, 6, 30), agreed=True, kind=Kind.PLAN)
    return held


def brief(meeting, user):
    facts = BriefFacts(meeting.host_agency, meeting.counterpart, user, at=NOW, meeting=meeting)
    return print_brief(facts)


PAPERS = {
    "brief": (brief, "Bahan Audiensi A-2026-001"),
    "list": (lambda meeting, user: print_list(meeting, at=NOW), "Daftar Hadir A-2026-001"),
    "sheet": (lambda meeting, user: print_sheet(meeting, at=NOW), "Daftar Hadir A-2026-001"),
    "minutes": (lambda meeting, user: print_minutes(minutes_of(meeting, user), at=NOW), "Notula A-2026-001"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_tagged_titled_and_in_indonesian(meeting, name):
    make, title = PAPERS[name]

    printed = make(meeting, person(meeting.host_agency, Role.OFFICER))

    assert findings(printed.pdf) == []
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        root = document.Root
        tree = list(elements(root.StructTreeRoot))
        kinds = [str(element.get("/S", "")) for element in tree]
        headings = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(root.Lang) == "id"
        assert title in str(document.docinfo["/Title"])
        assert headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False))
        assert [element for element in tree if element.get("/S") == "/Figure" and "/Alt" not in element] == []
        assert {"/Table", "/TH", "/TD"} <= set(kinds)
        assert {str(element.A.Scope) for element in tree if element.get("/S") == "/TH"} <= {"/Column", "/Row"}
        assert all(has_header(element) for element in tree if element.get("/S") == "/Table")


def elements(element):
    """An element of the tree of tags and all below it, in reading order."""
    if not isinstance(element, pikepdf.Dictionary):
        return
    yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from elements(child)


def has_header(table):
    """Whether a table has a cell that heads others."""
    return any(element.get("/S") == "/TH" for element in elements(table))
