"""Every printed figure opens exactly the rows behind it, in any world."""

import hashlib
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agencies.audit import head_hash
from agencies.models import Role
from commitments.models import DueBasis, Evidence, Sensitivity
from commitments.status import REPORT_CLASS, Condition
from reports.counting.figures import AgreementFigures, figures
from reports.counting.periods import read_period
from reports.counting.tracing import names, trace, traces
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import build_snapshot
from tests.browsers import browser_of
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, ProgressFactory, person
from tests.reports.random_worlds import NOW, PATIENT, build, scope_of, specs, three_leads, undone
from tests.reports.worlds import issuing_office, report_of, snapshot_of, year_of_work

PERIODS = st.sampled_from(["2026-TW1", "2026-01", "2026-02", "2026-03", "2026"])


def frozen(counted: AgreementFigures, agreement) -> dict:
    built = build_snapshot(
        counted, agreement=agreement, issuer=agreement.host_agency, code="7KQ4-M2XD-9F", made_at=NOW,
        audit_head=head_hash(),
    )  # fmt: skip
    return json.loads(json.dumps(built))


@PATIENT
@given(rows=specs(), period=PERIODS)
def test_every_figure_of_any_world_is_the_sum_of_its_rows(meeting, agreement, rows, period):
    with undone():
        build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        counted = figures(agreement, read_period(period), NOW)
        snapshot = frozen(counted, agreement)

        followed = dict(traces(snapshot))

        assert {name: one.value for name, one in followed.items()} == {n: o.printed for n, o in followed.items()}
        assert all(one.codes or not one.value or not one.has_rows for one in followed.values())
        assert [name for name, one in followed.items() if not one.has_rows] == ["drafts"]
        assert followed["total"].codes == tuple(row.code for row in counted.rows)


@PATIENT
@given(rows=specs(), period=PERIODS)
def test_groups_of_any_world_sum_to_what_they_divide(meeting, agreement, rows, period):
    with undone():
        build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        counted = figures(agreement, read_period(period), NOW)

        assert sum(one.count for one in counted.classes) == counted.total
        assert sum(counted.by_condition.values()) == counted.total
        assert sum(counted.by_strength.values()) == counted.total
        assert sum(one.total for one in counted.by_lead) == counted.total
        assert sum(one.count for one in counted.aging) == counted.late == sum(one.late for one in counted.by_lead)
        for one in counted.by_lead:
            assert sum(one.by_class.values()) == sum(one.by_condition.values()) == one.total
        for clause in counted.clauses:
            assert sum(clause.by_condition.values()) == clause.total
            assert clause.realised.counted <= clause.total
            assert clause.expected.counted <= clause.realised.counted
        week = counted.trend[-1]
        assert (week.open, week.late) == (sum(row.is_open for row in counted.rows), counted.late)
        assert counted.verified <= counted.claimed <= counted.total


@pytest.fixture
def snapshot(db):
    office = issuing_office()
    return json.loads(json.dumps(snapshot_of(year_of_work(office), office)))


def test_a_figure_says_what_it_counts_and_names_its_rows(snapshot):
    late = trace(snapshot, "late")

    assert late.label == "Melewati tenggat"
    assert late.codes == tuple(row["code"] for row in snapshot["rows"] if row["condition"] == Condition.LATE)
    assert trace(snapshot, "clause-1").value == 5
    assert trace(snapshot, "lead--").label == "Belum ada penanggung jawab"
    assert trace(snapshot, "flow-meetings").counts_meetings
    assert trace(snapshot, "class-MET").codes == tuple(
        row["code"] for row in snapshot["rows"] if REPORT_CLASS[row["status"]] == "MET"
    )
    assert trace(snapshot, "past-proposal").codes == tuple(
        row["code"] for row in snapshot["rows"] if row["is_past_proposal"] and row["due_basis"] == DueBasis.PROPOSED
    )


def test_names_are_unique_and_hold_every_family(snapshot):
    found = names(snapshot)

    assert len(found) == len(set(found))
    for wanted in (
        "total", "drafts", "condition-DONE", "class-PARTLY", "late", "past-proposal", "confirmed", "claimed",
        "verified", "gap-owner", "gap-date", "gap-target", "gap-scope", "gap-any", "strength-CONFIRMED", "clause-2",
        "clause-2-SUBMITTED", "coverage", "trend-open", "trend-late", "trend-done",
        "aging-1-7", "aging-91", "flow-shared", "flow-done", "flow-meetings", "flow-shifts",
    ):  # fmt: skip
        assert wanted in found


def test_running_scope_items_are_those_their_rows_have_begun(snapshot):
    running = trace(snapshot, "coverage")

    begun = {number for row in snapshot["rows"] if row["code"] in running.codes for number in row["clauses"]}
    assert running.counts_scope
    assert (running.printed, running.value) == (snapshot["coverage"]["running"], len(begun))


@pytest.mark.parametrize("name", ["", "totals", "condition-", "condition-DRAFT", "clause-99", "lead-", "gap", "../v"])
def test_a_name_that_no_figure_has_is_a_key_error(snapshot, name):
    with pytest.raises(KeyError):
        trace(snapshot, name)


def test_a_report_whose_numbers_were_touched_is_found_out(snapshot):
    snapshot["totals"]["late"] += 1

    touched = trace(snapshot, "late")

    assert (touched.printed, touched.value) == (touched.value + 1, len(touched.codes))


def as_schema_1(snapshot: dict) -> dict:
    """What the first schema held: no ages, leads or strengths, five groups a scope item, no tracing fields."""
    lacking = {"shift_log", "confirmed", "shared_on", "lead_code", "host_code"}
    rows = [{key: value for key, value in row.items() if key not in lacking} for row in snapshot["rows"]]
    clauses = []
    for clause in snapshot["clauses"]:
        counts = dict(clause["by_condition"])
        counts["RUNNING"] += counts.pop("BLOCKED") + counts.pop("SUBMITTED")
        clauses.append(clause | {"by_condition": counts})
    later = {"aging", "leads", "strengths", "outside", "trend", "upcoming", "realised", "expected", "audience"}
    kept = {key: value for key, value in snapshot.items() if key not in later}
    gaps = {key: value for key, value in snapshot["gaps"].items() if key != "any"}
    return kept | {"schema": 1, "rows": rows, "clauses": clauses, "gaps": gaps}


def test_reports_of_the_first_schema_are_followed_as_far_as_they_tell(snapshot):
    followed = dict(traces(as_schema_1(snapshot)))

    assert all(one.value == one.printed for one in followed.values())
    assert {name for name, one in followed.items() if not one.has_rows} == {
        "drafts", "confirmed", "flow-shared", "flow-shifts",
    }  # fmt: skip
    assert "lead--" not in followed
    assert followed["clause-1-RUNNING"].value == trace(snapshot, "clause-1-RUNNING").value + sum(
        trace(snapshot, f"clause-1-{one}").value for one in ("BLOCKED", "SUBMITTED")
    )


def test_the_public_version_shows_what_was_printed_and_the_rows_it_has(snapshot):
    public = snapshot | {"audience": "PUBLIC", "rows": snapshot["rows"][:1]}

    total = trace(public, "total")

    assert (total.value, total.printed, total.is_partial) == (8, 8, True)
    assert total.codes == (snapshot["rows"][0]["code"],)


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def report(office):
    return report_of(year_of_work(office), at=NOW)


@pytest.fixture
def reader(office):
    return browser_of(person(office, Role.OFFICER))


def page(browser, report, name, **query):
    return browser.get(reverse("reports:figure", args=[report.code, name]), query)


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_printed_figure_opens_exactly_its_rows_and_each_row_its_commitment(reader, report):
    whole = reader.get(reverse("reports:figures", args=[report.code])).content.decode()
    links = re.findall(r'href="(/laporan/[^"]+/angka/[^"]+/)">(\d+)</a>', whole)

    assert len(links) == len(names(json.loads(report.snapshot)))
    for address, number in links:
        response = reader.get(address)
        figure, rows = response.context["figure"], list(response.context["page"])
        assert f": {number}</h1>" in response.content.decode()
        assert figure.value == int(number)
        assert [row["code"] for row, _address, _proofs in rows] == list(figure.codes)
        assert all(address for _row, address, _proofs in rows)


@pytest.mark.parametrize(("role", "opened"), [(Role.OFFICER, ["dalam.jpg", "umum.jpg"]), (Role.PRESS, ["umum.jpg"])])
def test_a_row_leads_to_the_very_file_that_was_frozen_as_its_proof(office, settings, tmp_path, role, opened):
    settings.MEDIA_ROOT = tmp_path
    pact = year_of_work(office)
    for name, sensitivity in (("dalam.jpg", Sensitivity.INTERNAL), ("umum.jpg", Sensitivity.GENERAL)):
        proof_of(pact.commitments.get(code="K-2026-002"), name=name, sensitivity=sensitivity)
    report, browser = report_of(pact, at=NOW), browser_of(person(office, role))
    frozen = {one["name"]: one["sha256"] for row in json.loads(report.snapshot)["rows"] for one in row["proofs"]}

    shown = page(browser, report, "verified").content.decode()

    links = dict(re.findall(r'href="(/bukti/\d+/)">([^<]+)</a>', shown))
    assert sorted(links.values()) == opened
    for address, name in links.items():
        assert hashlib.sha256(browser.get(address).getvalue()).hexdigest() == frozen[name]
    assert all(name in shown and digest[:12] in shown for name, digest in frozen.items())


def proof_of(commitment, *, name: str, sensitivity: str):
    content = name.encode()
    return Evidence.objects.create(
        progress=ProgressFactory(commitment=commitment), kind="FILE", name=name, sensitivity=sensitivity,
        file=ContentFile(content, name=name), content_type="image/jpeg", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def test_the_rows_are_shown_as_they_were_frozen(reader, report, office):
    row = report.agreement.commitments.order_by("code").first()
    type(row).objects.filter(pk=row.pk).update(wording="Sudah lain sekarang")

    response = page(reader, report, "total")

    assert "Sudah lain sekarang" not in words_of(response)
    assert reader.get(row.get_absolute_url()).status_code == 200
    assert row.get_absolute_url() in response.content.decode()


def test_drafts_have_a_number_and_no_rows(reader, report):
    assert "tanpa daftar baris" in words_of(page(reader, report, "drafts"))


def test_a_figure_without_rows_says_so(reader, report):
    assert "Tidak ada baris di balik angka ini." in words_of(page(reader, report, "aging-91"))


def test_an_unknown_figure_is_not_found(reader, report):
    assert page(reader, report, "tidak-ada").status_code == 404
    assert page(reader, report, "clause-1/../../x").status_code == 404


def test_a_snapshot_that_does_not_add_up_is_said_aloud(reader, office):
    agreement = year_of_work(office)
    touched = json.loads(freeze(agreement, read_period("2026-TW1"), issuer=office, at=NOW))["totals"] | {"late": 99}

    response = page(reader, report_of(agreement, at=NOW, totals=touched), "late")

    assert "sedangkan yang tercetak 99" in words_of(response)


def test_shifts_of_dates_are_counted_apart_from_their_rows(reader, office):
    agreement = year_of_work(office)
    snapshot = json.loads(freeze(agreement, read_period("2026-TW1"), issuer=office, at=NOW))
    shift = {"shifted_on": "2026-02-02", "old_on": "2026-02-01", "new_on": "2026-03-01"}
    snapshot["rows"][0]["shift_log"] = [shift, shift]
    report = report_of(agreement, at=NOW, rows=snapshot["rows"], flows=snapshot["flows"] | {"shifts": 2})

    assert "2 kali pada 1 komitmen." in words_of(page(reader, report, "flow-shifts"))


def test_a_meeting_behind_a_figure_can_be_opened(reader, report):
    response = page(reader, report, "flow-meetings")

    assert report.agreement.meetings.get().get_absolute_url() in response.content.decode()


def test_strangers_do_not_learn_that_the_report_exists(report):
    stranger = browser_of(person(AgencyFactory(), Role.OFFICER))

    assert page(stranger, report, "total").status_code == 404
    assert stranger.get(reverse("reports:figures", args=[report.code])).status_code == 404


def test_many_rows_are_cut_into_pages(reader, office):
    agreement = year_of_work(office)
    meeting = MeetingFactory(host_agency=office, agreement=agreement)
    CommitmentFactory.create_batch(60, meeting=meeting)
    report = report_of(agreement, at=NOW)

    first, second = page(reader, report, "total"), page(reader, report, "total", halaman=2)

    assert (len(first.context["page"]), len(second.context["page"])) == (50, 18)
