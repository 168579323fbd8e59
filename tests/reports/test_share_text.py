"""The figures as a text for a WhatsApp group: the same as everywhere, short, and without names of people."""

import json

import pytest

from agencies.models import Role
from reports.board.overview import overview
from reports.exports.share_text import LONGEST, dashboard_text, report_text
from reports.models import Report
from tests.factories import at, person
from tests.reports.test_report_exports import issue, stored
from tests.reports.worlds import issuing_office, year_of_work

NOW = at("2026-04-02")


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def press(office):
    return person(office, Role.PRESS)


@pytest.fixture
def report(office):
    return stored(year_of_work(office), office)


def test_a_report_is_told_with_the_figures_of_its_snapshot(report):
    snapshot = json.loads(report.snapshot)

    text = report_text(report, snapshot)

    totals = snapshot["totals"]
    assert snapshot["sentence"] in text
    for one in totals["classes"]:
        assert f"{one['count']} dari {totals['total']}" in text
    assert f"Dikonfirmasi mitra: {totals['confirmed']} dari {totals['total']}" in text
    assert "Draf, belum diterbitkan" in text
    assert snapshot["check_url"] not in text
    assert len(text) <= LONGEST


def test_an_issued_report_carries_the_address_where_it_is_checked(report, press):
    issue(report, press)
    report = Report.objects.get(pk=report.pk)

    text = report_text(report, json.loads(report.snapshot))

    assert json.loads(report.snapshot)["check_url"] in text
    assert "Draf" not in text


def test_the_text_stays_short_whatever_stands_in_it(report):
    snapshot = json.loads(report.snapshot)
    snapshot["sentence"] = "x" * 600
    snapshot["totals"]["classes"] *= 9

    text = report_text(report, snapshot)

    assert len(text) <= LONGEST
    assert f"Kode dokumen {report.code}" in text


def test_the_dashboard_is_told_as_it_is_seen(report, press):
    seen = report.agreement.commitments.visible_to(press)
    counted = overview(seen, own=press.rights.own, at=NOW)

    text = dashboard_text(counted, title="Komitmen", zone="Asia/Jakarta")

    assert f"Selesai: {counted.totals.cells[-1].number.count} dari {counted.totals.total.count}" in text.replace(
        " (terverifikasi)", ""
    )
    assert len(text) <= LONGEST


def test_pages_offer_the_text_to_copy_and_to_open(as_person, report, press, petugas_asing):
    browser = as_person(press)

    page = browser.get(f"/laporan/{report.code}/bagikan/").content.decode()
    assert "https://wa.me/?text=" in page
    assert "belum terbit" in page
    assert "Bagikan ke WhatsApp" in browser.get(f"/laporan/{report.code}/").content.decode()
    assert "dari 8" in browser.get("/dasbor/bagikan/?kesepakatan=" + report.agreement.code).content.decode()
    stranger = as_person(petugas_asing)
    text = stranger.get("/dasbor/bagikan/?kesepakatan=" + report.agreement.code).context["text"]
    assert "Belum ada komitmen" in text
    assert report.agreement.code not in text


def test_no_person_is_named(report, press):
    text = report_text(report, json.loads(report.snapshot))

    assert press.name not in text
