"""One world, one truth in every file that leaves the house: the bytes are read back and say the same numbers."""

import json
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from hypothesis import given, settings

from agencies.models import Agency, Agreement, User
from commitments import tallies
from commitments.models import Commitment
from commitments.status import COUNTED_CONDITIONS, Condition, Status
from reports.counting.tracing import traces
from reports.models import Report
from reports.papers.agency_sheet import AgencySheet, print_sheet
from reports.press.drafting import draft
from reports.press.sources import facts_of_report
from reports.printing.document import print_report
from reports.snapshots import making
from tests.browsers import browser_of
from tests.reports.artefacts import (
    Links,
    counted_in_csv,
    in_pdf,
    in_press_text,
    in_share_text,
    in_word,
    in_workbook,
    pdf_lines,
    rows_of_sheet,
)
from tests.reports.poppler import requires_poppler
from tests.reports.random_worlds import NOW, PATIENT, build, scope_of, specs, three_leads, undone
from tests.reports.test_worlds_equal import swap
from tests.reports.worlds import report_of

pytestmark = requires_poppler
CODE = "7KQ4-M2XD-97"


@pytest.fixture(autouse=True)
def at_the_end_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files_of(report: Report, reader: User) -> dict[str, bytes]:
    """What a reader may download of a report, by the end of its address."""
    browser, found = browser_of(reader), {}
    for path in ("data.xlsx", "data.csv", "salinan-kerja.docx"):
        answer = browser.get(f"{report.get_absolute_url()}{path}")
        found[path] = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


@settings(PATIENT, max_examples=4)
@given(rows=specs(least=2))
def test_every_file_of_a_report_says_the_same_numbers(meeting, agreement, petugas, rows):
    with undone():
        build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        report = report_of(agreement, at=NOW)
        snapshot = json.loads(report.snapshot)
        printed = {name: figure.printed for name, figure in traces(snapshot)}
        files = files_of(report, petugas)
        digest = report.snapshot_sha256

        pages = in_pdf(print_report(snapshot, digest=digest, issued=True).pdf)
        one_page = in_pdf(
            print_report(snapshot | {"options": {"form": "ONE_PAGE"}}, digest=digest, issued=False).pdf
        )  # fmt: skip

        assert len(pages) >= (20 if printed["total"] else 12)
        assert {"total", "late", "condition-DONE", "coverage"} <= set(one_page)
        for read in (pages, one_page):
            assert read == {name: {printed[name]} for name in read}
        assert in_workbook(files["data.xlsx"]) == printed
        assert len(rows_of_sheet(files["data.xlsx"], "Komitmen")) == printed["total"]
        assert len(rows_of_sheet(files["data.xlsx"], "Pertemuan")) == printed["flow-meetings"]
        assert counted_in_csv(files["data.csv"]) == Counter(recounted(snapshot, printed))
        assert in_word(files["salinan-kerja.docx"]).items() >= labelled(snapshot, printed).items()
        assert_passed_on(report, snapshot, printed, petugas)


def recounted(snapshot: dict, printed: dict[str, int]) -> dict[str, int]:
    """What the rows of the text file must add up to, in the words of its columns."""
    conditions = {f"condition {one.label}": printed[f"condition-{one}"] for one in COUNTED_CONDITIONS}
    wanted = conditions | {f"clause {one['number']}": one["total"] for one in snapshot["clauses"]}
    wanted |= {f"lead {one['name']}": one["total"] for one in snapshot["leads"] if one["code"]}
    wanted |= {"lead ": printed.get("lead--", 0), "total": printed["total"]}
    wanted |= {"gap-owner": printed.get("lead--", 0), "gap-scope": len(snapshot["unlinked"])}
    wanted["shifts"] = sum(row["shifts"] for row in snapshot["rows"])
    for status in Status:
        wanted[f"status {status.label}"] = sum(row["status"] == status for row in snapshot["rows"])
    return wanted


def labelled(snapshot: dict, printed: dict[str, int]) -> dict[str, set[int]]:
    """What the tables of the working copy must hold, by the label."""
    wanted = {str(one.label): printed[f"condition-{one}"] for one in COUNTED_CONDITIONS if one != Condition.UNMET}
    wanted |= {"Sesuai": printed["class-MET"], "Belum sesuai": printed["class-PARTLY"]}
    wanted |= {"Jumlah": printed["total"], "Draf, di luar jumlah": printed["drafts"]}
    wanted |= {"Dikonfirmasi mitra": printed["confirmed"], "Dilaporkan selesai": printed["claimed"]}
    return {label: {count} for label, count in wanted.items()}


def assert_passed_on(report: Report, snapshot: dict, printed: dict[str, int], reader: User) -> None:
    """The page with the text to pass on, and the first text for the press, say the same."""
    text = browser_of(reader).get(f"{report.get_absolute_url()}bagikan/").context["text"]
    total = printed["total"]
    wanted = {one["label"].capitalize(): (one["count"], total) for one in snapshot["totals"]["classes"]}
    wanted |= {"Dikonfirmasi mitra": (printed["confirmed"], total)}
    assert snapshot["sentence"] in text
    assert (in_share_text(text).items() >= wanted.items()) is bool(total)
    said = in_press_text(draft(facts_of_report(report)).text)
    states = {
        "submitted": "condition-SUBMITTED", "running": "condition-RUNNING", "blocked": "condition-BLOCKED",
        "late": "late", "not_started": "condition-NOT_STARTED", "unmet": "condition-UNMET", "done": "verified",
        "total": "total", "coverage": "coverage", "meetings": "flow-meetings",
    }  # fmt: skip
    assert said == {name: printed[states[name]] for name in said}
    assert {name for name, figure in states.items() if printed[figure]} <= set(said)


@settings(PATIENT, max_examples=3)
@given(rows=specs(least=3))
def test_the_dashboard_and_the_sheets_of_agencies_say_what_the_report_says(meeting, agreement, petugas, rows):
    with undone():
        leads = three_leads()
        build(rows, meeting=meeting, leads=leads, clauses=scope_of(agreement))
        tallies.repair(NOW)
        snapshot = json.loads(report_of(agreement, at=NOW).snapshot)
        printed = {name: figure.printed for name, figure in traces(snapshot)}

        page = browser_of(petugas).get(f"/dasbor/?bagian=semua&kesepakatan={agreement.code}").content.decode()

        counted = {str(one): printed[f"condition-{one}"] for one in COUNTED_CONDITIONS}
        assert conditions_of(page) == {name: {count} for name, count in counted.items() if count}
        by_code = {one["code"]: one for one in snapshot["leads"]}
        for lead in leads:
            if lead.code in by_code:
                assert_sheet(AgencySheet(lead, petugas, at=NOW), by_code[lead.code])


def conditions_of(page: str) -> dict[str, set[int]]:
    """The numbers of the dashboard that open all rows in one state, by the state."""
    found: dict[str, set[int]] = {}
    for address, number in Links(page).found:
        asked = parse_qs(urlsplit(address).query)
        if set(asked) == {"kesepakatan", "kondisi"} and number:
            found.setdefault(asked["kondisi"][0], set()).add(number)
    return found


def assert_sheet(sheet: AgencySheet, lead: dict) -> None:
    """The figures of one agency stand on its sheet."""
    text = " ".join(pdf_lines(print_sheet(sheet).pdf))

    shown = [Condition(one) for one in Condition if lead["by_condition"].get(one)]
    assert f"Dari {lead['total']} komitmen:" in text
    for one in shown:
        assert f"{one.label} {lead['by_condition'][one]}" in text


@pytest.fixture
def one_code(monkeypatch):
    """Every report gets the same code, so that two may be compared word by word."""
    monkeypatch.setattr(making, "new_code", lambda: CODE)


def told(agreement: Agreement, reader: User) -> dict[str, list[str]]:
    """Everything that leaves the house about an agreement, as lines in the order of the alphabet."""
    report = report_of(agreement, at=NOW, audit_head="")
    snapshot = json.loads(report.snapshot)
    files = files_of(report, reader)
    lines = {
        "pdf": pdf_lines(print_report(snapshot, digest="0" * 64, issued=True).pdf),
        "csv": files["data.csv"].decode("utf-8-sig").splitlines(),
        "press": draft(facts_of_report(report)).text.splitlines(),
        "workbook": [
            repr(row) for name in ("Ringkasan", "Komitmen") for row in rows_of_sheet(files["data.xlsx"], name)
        ],
    }  # fmt: skip
    return {name: sorted(line for line in found if "SHA-256" not in line) for name, found in lines.items()}


@settings(PATIENT, max_examples=2)
@given(rows=specs(least=5))
def test_in_files_too_two_agencies_that_change_places_change_nothing_but_names(
    one_code, meeting, agreement, petugas, rows
):
    with undone():
        leads = three_leads()
        build(rows, meeting=meeting, leads=leads, clauses=scope_of(agreement))
        with undone():
            before = told(agreement, petugas)

        swap(leads[0], leads[2])

        after = told(agreement, petugas)
        for name, lines in before.items():
            assert after[name] == sorted(renamed_words(line, leads) for line in lines), name
    assert Commitment.objects.count() == 0


def renamed_words(line: str, leads: list[Agency]) -> str:
    """A line with the names and codes of the first and the last exchanged."""
    pairs = {}
    for field in ("code", "name", "short_name"):
        one, other = (getattr(lead, field) for lead in (leads[0], leads[2]))
        pairs |= {one: other, other: one}
    return re.sub("|".join(re.escape(one) for one in pairs), lambda found: pairs[found[0]], line)
