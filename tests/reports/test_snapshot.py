"""The snapshot: plain JSON, the same for the same facts, and nothing in it that a party may not see."""

import json

import pytest

from reports.counting.figures import figures
from reports.counting.periods import read_period
from reports.printing.document import report_html, revive
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import frozen
from tests.factories import AgencyFactory, ProgressFactory, at
from tests.reports.worlds import issuing_office, snapshot_of, year_of_work

QUARTER = read_period("2026-TW1")


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def pact(office):
    return year_of_work(office)


def test_the_same_facts_freeze_to_the_same_text(office, pact):
    first, second = frozen(snapshot_of(pact, office)), frozen(snapshot_of(pact, office))

    assert first == second
    assert json.loads(first[0])["code"] == "7KQ4-M2XD-9F"


def test_the_snapshot_counts_what_the_figures_count(office, pact):
    counted = figures(pact, QUARTER, at("2026-03-31", "16.20"))

    snapshot = snapshot_of(pact, office)

    assert snapshot["totals"]["total"] == counted.total == len(snapshot["rows"]) == 8
    assert sum(one["count"] for one in snapshot["totals"]["classes"]) == counted.total
    shown = {name: n for name, n in snapshot["totals"]["by_condition"].items() if name != "DRAFT"}
    assert sum(shown.values()) == counted.total
    assert shown == {str(name): n for name, n in counted.by_condition.items()}


def test_a_snapshot_survives_json_unchanged(office, pact):
    text, digest = frozen(snapshot_of(pact, office))

    assert frozen(json.loads(text)) == (text, digest)


def test_dates_and_numbers_come_back_as_what_they_were(office, pact):
    row = revive(json.loads(frozen(snapshot_of(pact, office))[0]))["rows"][0]

    assert f"{row['due_on']:%d-%m-%Y}" == "30-06-2026"
    assert row["target"] == 12


def test_progress_texts_stay_out_of_a_report_by_an_office_that_takes_no_part(office, pact):
    outsider = AgencyFactory(code="pihak-lain")

    texts = json.loads(freeze(pact, QUARTER, issuer=outsider, at=at("2026-03-31")))

    assert {row["last_news"] for row in texts["rows"]} == {""}
    assert texts["rows"][0]["last_news_on"] == "2026-02-10"


def test_the_office_that_keeps_the_record_prints_the_progress_texts(office, pact):
    texts = json.loads(freeze(pact, QUARTER, issuer=office, at=at("2026-03-31")))

    assert "5 SMK" in texts["rows"][0]["last_news"]


def test_news_after_the_period_is_not_in_its_report(office, pact):
    row = pact.commitments.get(code="K-2026-001")
    ProgressFactory(commitment=row, text="Kabar bulan Mei.", at=at("2026-05-04"))
    ProgressFactory(commitment=row, text="Kabar bulan Maret.", at=at("2026-03-04"))

    texts = json.loads(freeze(pact, QUARTER, issuer=office, at=at("2026-06-01")))

    assert texts["rows"][0]["last_news"] == "Kabar bulan Maret."
    assert "Kabar bulan Mei." not in json.dumps(texts)


def test_every_report_gets_a_code_of_its_own(office, pact):
    codes = {json.loads(freeze(pact, QUARTER, issuer=office, at=at("2026-03-31")))["code"] for _ in range(3)}

    assert len(codes) == 3


def test_an_example_row_marks_the_whole_snapshot(office):
    snapshot = snapshot_of(year_of_work(office, is_example=True), office)

    assert snapshot["is_example"] is True
    assert "DATA CONTOH" in report_html(snapshot, digest="0" * 64, issued=False)


def test_a_report_without_any_row_says_so(office):
    html = report_html(snapshot_of(year_of_work(office, rows=0), office), digest="0" * 64, issued=False)

    assert "Belum ada komitmen pada periode ini." in html


def test_the_letterhead_stands_only_on_issued_documents(office, pact):
    snapshot = snapshot_of(pact, office)

    assert 'class="letterhead"' in report_html(snapshot, digest="0" * 64, issued=True)
    assert 'class="letterhead"' not in report_html(snapshot, digest="0" * 64, issued=False)


def test_a_changed_wording_is_printed_beside_the_words_it_was_born_with(office, pact):
    snapshot = snapshot_of(pact, office)
    snapshot["rows"][0]["wording"] = "Rumusan yang diperjelas"

    html = report_html(snapshot, digest="0" * 64, issued=False)

    assert "rumusan asli: “Kolaborasi edukasi" in html
    assert html.count("rumusan asli") == 1


def test_a_claim_and_a_verified_claim_are_told_apart(office, pact):
    html = report_html(snapshot_of(pact, office), digest="0" * 64, issued=False)

    assert "selesai menurut laporan, belum diverifikasi" in html


def test_the_sentence_of_a_scope_item_calls_each_condition_as_the_bar_beside_it_does(office, pact):
    sentence = snapshot_of(pact, office)["clauses"][0]["sentence"]

    assert sentence == (
        "5 komitmen: 1 selesai, 1 menunggu verifikasi, 1 sedang berjalan, 1 terkendala, 1 melewati tenggat."
    )
