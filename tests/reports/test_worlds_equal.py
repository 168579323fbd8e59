"""One world, one set of numbers: lists, dashboard, document, tables and texts say the same, whoever is named how."""

import json
import re
from urllib.parse import unquote

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import given, settings

from agencies.models import Agency
from commitments.forms.search import SearchForm
from commitments.models import Commitment
from commitments.status import COUNTED, COUNTED_CONDITIONS
from reports.board.overview import overview
from reports.counting.figures import AgreementFigures, figures
from reports.counting.periods import read_period
from reports.counting.tracing import traces
from reports.exports.report_tables import summary_table
from reports.exports.share_text import dashboard_text, report_text
from reports.press.sources import facts_of_report
from reports.printing.document import report_html
from reports.snapshots.snapshot import build_snapshot
from tests.reports.random_worlds import NOW, PATIENT, build, scope_of, specs, three_leads, undone
from tests.reports.worlds import report_of

QUARTER = read_period("2026-TW1")


@pytest.fixture(autouse=True)
def at_the_end_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


def filtered(counted: AgreementFigures) -> list[tuple[str, int]]:
    """Every figure that a filter of the list of commitments can show, with the filter."""
    everything = "&".join(f"status={status.value}" for status in COUNTED)
    return [
        (everything, counted.total),
        ("status=DRAFT", counted.drafts),
        ("status=DONE", counted.verified),
        ("status=DONE&status=SUBMITTED", counted.claimed),
        ("tenggat=lewat-usulan", counted.past_proposal),
        ("tenggat=30", len(counted.upcoming)),
        ("celah=pemilik", counted.gaps.owner),
        ("celah=tenggat", counted.gaps.date),
        ("celah=target", counted.gaps.target),
        ("celah=ruang-lingkup", counted.gaps.scope),
        ("celah=ada", counted.gaps.any),
        *((f"kondisi={condition.value}", counted.by_condition[condition]) for condition in COUNTED_CONDITIONS),
        *((f"umur={age.key}", age.count) for age in counted.aging),
        *((f"{everything}&penanggung_jawab={lead.code or '-'}", lead.total) for lead in counted.by_lead),
        *((f"{everything}&ruang_lingkup={clause.number}", clause.total) for clause in counted.clauses),
        *(
            (f"kondisi={condition.value}&ruang_lingkup={clause.number}", count)
            for clause in counted.clauses[:1]
            for condition, count in clause.by_condition.items()
        ),
        *((f"minggu=terbuka-{week.ends_on}", week.open) for week in counted.trend[::4]),
        *((f"minggu=terlambat-{week.ends_on}", week.late) for week in counted.trend[1::4]),
        *((f"minggu=selesai-{week.ends_on}", week.done) for week in counted.trend[3::4]),
    ]


@settings(PATIENT, max_examples=8)
@given(rows=specs(most=10))
def test_every_filter_of_the_list_finds_as_many_rows_as_the_report_counts(meeting, agreement, petugas, rows):
    with undone():
        build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        counted = figures(agreement, QUARTER, NOW)
        visible = Commitment.objects.visible_to(petugas).filter(agreement=agreement)

        found = []
        for query, _count in filtered(counted):
            search = SearchForm(QueryDict(query), user=petugas, at=NOW)
            assert not search.ignored or query.endswith("=0"), search.ignored
            found.append((query, search.filter(visible).count()))

        assert found == filtered(counted)


@settings(PATIENT, max_examples=12)
@given(rows=specs())
def test_document_tables_texts_and_dashboard_say_the_same(meeting, agreement, rows):
    with undone():
        build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        counted = figures(agreement, QUARTER, NOW)
        report = report_of(agreement, at=NOW)
        snapshot = json.loads(report.snapshot)
        printed = {name: figure.printed for name, figure in traces(snapshot)}

        assert printed["total"] == counted.total
        assert in_document(snapshot).items() <= printed.items()
        assert in_table(report, snapshot) == printed
        assert in_press(report).items() <= printed.items()
        text = report_text(report, snapshot)
        assert snapshot["sentence"] == counted.sentence()
        assert counted.sentence() in text
        for one in counted.classes if counted.total else ():
            assert f"- {one.label}: {one.count} dari {counted.total}" in text
        seen = overview(Commitment.objects.filter(agreement=agreement), own=frozenset(), at=NOW)
        on_page = {f"condition-{cell.condition}": cell.number.count for cell in seen.totals.cells}
        on_page |= {"late": seen.late.count, "total": seen.totals.total.count, "drafts": seen.drafts.count}
        assert on_page.items() <= printed.items()
        shared = dashboard_text(seen, title="Dasbor", zone="Asia/Jakarta")
        for cell in seen.totals.cells if counted.total else ():
            assert f"- {cell.label}: {cell.number.count} dari {counted.total}" in shared


def in_document(snapshot: dict) -> dict[str, int]:
    """Numbers of the printed document that link to their rows, by the name of the figure."""
    html = report_html(snapshot, digest="0" * 64, issued=False)
    links = re.findall(r'href="[^"]*/angka/([^"]+)/"[^>]*>\s*(?:<[^>]+>\s*)*(\d+)', html)
    assert len(links) >= 20
    return {unquote(name): int(number) for name, number in links}


def in_table(report, snapshot: dict) -> dict[str, int]:
    """The summary sheet of the workbook, by the name of the figure."""
    return {str(name): int(value) for _label, value, _whole, name in summary_table(report, snapshot).rows if name}


def in_press(report) -> dict[str, int]:
    """The numbers that a press text may use, by the name of the figure; what has no name there is left out."""
    numbers = facts_of_report(report).numbers
    named = {
        "total": "total", "done": "verified", "late": "late", "meetings": "flow-meetings", "shared": "flow-shared",
        "done_in_period": "flow-done", "shifts": "flow-shifts", "gap_owner": "gap-owner", "gap_any": "gap-any",
    }  # fmt: skip
    return {ours: numbers[theirs] for theirs, ours in named.items()}


def frozen(agreement, instant=NOW) -> str:
    counted = figures(agreement, QUARTER, instant)
    built = build_snapshot(
        counted, agreement=agreement, issuer=agreement.host_agency, code="7KQ4-M2XD-9F", made_at=instant,
        audit_head="",
    )  # fmt: skip
    built["leads"] = sorted(built["leads"], key=lambda lead: -lead["total"])
    return json.dumps(built, ensure_ascii=False, sort_keys=True)


def swap(first: Agency, second: Agency) -> None:
    """Give each the code and the names of the other."""
    old = {agency.pk: (agency.code, agency.name, agency.short_name) for agency in (first, second)}
    Agency.objects.filter(pk=first.pk).update(code="sementara")
    for agency, other in ((second, first), (first, second)):
        code, name, short_name = old[other.pk]
        Agency.objects.filter(pk=agency.pk).update(code=code, name=name, short_name=short_name)


def renamed(text: str, first: Agency, second: Agency) -> str:
    """The text with every code and name of the two exchanged."""
    pairs = {}
    for name in ("code", "name", "short_name"):
        one, other = (json.dumps(getattr(agency, name), ensure_ascii=False) for agency in (first, second))
        pairs |= {one: other, other: one}
    return re.sub("|".join(re.escape(one) for one in pairs), lambda found: pairs[found[0]], text)


def comparable(text: str) -> dict:
    """Leads stand in the order of their names, which is all that may move."""
    snapshot = json.loads(text)
    snapshot["leads"] = sorted(snapshot["leads"], key=lambda lead: lead["code"])
    return snapshot


@PATIENT
@given(rows=specs())
def test_two_agencies_that_change_places_change_nothing_but_names(meeting, agreement, rows):
    with undone():
        leads = three_leads()
        build(rows, meeting=meeting, leads=leads, clauses=scope_of(agreement))
        before = frozen(agreement)

        swap(leads[0], leads[2])

        assert comparable(frozen(agreement)) == comparable(renamed(before, leads[0], leads[2]))
