"""A report or an erratum that another person prepared waits where a supervisor begins the day, and nowhere else."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from commitments.models import Commitment, ProgressKind
from commitments.status import Status
from reports.board.tallied import Near, count_turns, tallied
from reports.board.waiting import waiting_for
from reports.issuing import erratum as errata
from reports.issuing import publishing
from reports.issuing.codes import new_code
from reports.models import Erratum, Report, ReportStatus
from tests.factories import AgreementFactory, CommitmentFactory, ProgressFactory, at, person

HOME, DASHBOARD = reverse("reports:home"), reverse("reports:dashboard")
NOW = at("2026-04-02")
WAITS = "Laporan NK-2025-001, Triwulan I 2026"
SHEET_WAITS = "Lembar Ralat 1, laporan NK-2025-001, Triwulan I 2026"


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def report_of(issuer, agreement, code="", **values):
    return Report.objects.create(
        code=code or new_code(), agreement=agreement, issuer=issuer, period="2026-TW1", starts_on="2026-01-01",
        ends_on="2026-03-31", as_of=at("2026-03-31"), snapshot="{}", snapshot_sha256="a1b2" * 16, made_at=NOW, **values,
    )  # fmt: skip


@pytest.fixture
def draft(bp3mi, agreement):
    bp3mi.two_key_publishing = True
    bp3mi.save()
    return report_of(bp3mi, agreement)


@pytest.fixture
def prepared(draft, humas):
    return publishing.prepare(draft, by=humas, at=NOW)


@pytest.mark.parametrize("address", [HOME, DASHBOARD])
def test_who_may_release_it_finds_it_with_its_page_and_its_day(address, prepared, pimpinan, as_person):
    html = as_person(pimpinan).get(address).content.decode()

    assert "1 menunggu keputusan Anda." in html
    assert WAITS in html
    assert f'href="{prepared.get_absolute_url()}"' in html
    assert "disiapkan 2 April 2026" in html


@pytest.mark.parametrize("address", [HOME, DASHBOARD])
@pytest.mark.parametrize("who", ["humas", "petugas", "auditor", "petugas_asing", "pimpinan_unit"])
def test_nobody_else_is_told(address, who, prepared, unit, as_person, request):
    somebody = person(unit, Role.SUPERVISOR) if who == "pimpinan_unit" else request.getfixturevalue(who)

    html = as_person(somebody).get(address).content.decode()

    assert "1 menunggu keputusan Anda." not in html
    assert "disiapkan 2 April 2026" not in html


def test_who_prepared_it_does_not_wait_for_their_own_word_but_the_other_does(draft, bp3mi, pimpinan, as_person):
    other = person(bp3mi, Role.SUPERVISOR)
    publishing.prepare(draft, by=pimpinan, at=NOW)

    assert "menunggu keputusan Anda." not in as_person(pimpinan).get(HOME).content.decode()
    assert WAITS in as_person(other).get(HOME).content.decode()


def test_after_the_release_and_its_second_click_nothing_waits(prepared, pimpinan, as_person):
    Report.objects.filter(pk=prepared.pk).update(status=ReportStatus.PUBLISHED, published_by=pimpinan, published_at=NOW)
    page = as_person(pimpinan)

    again = page.post(reverse("reports:publish", args=[prepared.code]))

    assert again.status_code in (302, 403)
    assert "menunggu keputusan Anda." not in page.get(HOME).content.decode()


def test_a_returned_report_waits_no_longer(prepared, pimpinan, as_person):
    publishing.return_to_draft(prepared, "Kop belum benar", by=pimpinan, at=NOW)

    assert WAITS not in as_person(pimpinan).get(HOME).content.decode().partition("Laporan</h2>")[0]


def test_a_revision_that_another_overtook_cannot_be_released_and_does_not_wait(prepared, bp3mi, agreement, pimpinan):
    issued = {"status": ReportStatus.PUBLISHED, "published_by": pimpinan, "published_at": NOW}
    newest = report_of(bp3mi, agreement, **issued)
    first = report_of(bp3mi, agreement, replaced_by=newest, **issued)
    Report.objects.filter(pk=prepared.pk).update(revises=first)

    assert not Report.objects.awaiting_release(pimpinan).exists()


def test_claims_and_reports_are_counted_together_by_one_query(prepared, meeting, unit, petugas_unit, pimpinan):
    claim = CommitmentFactory(meeting=meeting, lead=unit, status=Status.SUBMITTED, submitted_at=at("2026-03-24"))
    ProgressFactory(commitment=claim, kind=ProgressKind.CLAIM, author=petugas_unit)
    seen = Commitment.objects.visible_to(pimpinan)
    told = count_turns(tallied(pimpinan, at=NOW, near=Near(deciding=pimpinan.rights.own))).claims

    with CaptureQueriesContext(connection) as queries:
        waiting = waiting_for(pimpinan, seen, told, at=NOW)

    assert len(queries) == 1
    assert (waiting.count, waiting.claims, waiting.oldest_days) == (2, 1, 9)
    assert [one.code for one in waiting.releases] == [prepared.code]


def test_the_dashboard_of_another_agreement_does_not_show_it(prepared, pimpinan, as_person):
    other = AgreementFactory()
    seen = Commitment.objects.visible_to(pimpinan)

    assert not waiting_for(pimpinan, seen, 0, at=NOW, agreement=other).releases
    assert waiting_for(pimpinan, seen, 0, at=NOW, agreement=prepared.agreement).releases


def test_who_would_prepare_it_in_vain_is_told_before(draft, bp3mi, humas, pimpinan, as_person):
    address, alone = reverse("reports:publish", args=[draft.code]), "Selain Anda belum ada pimpinan"

    assert alone in as_person(pimpinan).get(address).content.decode()
    assert alone not in as_person(humas).get(address).content.decode()
    person(bp3mi, Role.SUPERVISOR)
    assert alone not in as_person(pimpinan).get(address).content.decode()


@pytest.fixture
def sheet(bp3mi, agreement, pimpinan):
    """The draft of an erratum to a report that stands issued, of an issuer with two keys."""
    bp3mi.two_key_publishing = True
    bp3mi.save()
    issued = {"status": ReportStatus.PUBLISHED, "published_by": pimpinan, "published_at": NOW}
    report = report_of(bp3mi, agreement, **issued)
    return report.errata.create(
        items='{"causes": [], "figures": []}', items_sha256="c3d4" * 16, as_of=report.as_of, found_at=NOW
    )


@pytest.fixture
def prepared_sheet(sheet, humas):
    return errata.prepare_erratum(sheet, "", by=humas, at=NOW)


@pytest.mark.parametrize("address", [HOME, DASHBOARD])
def test_who_may_release_an_erratum_finds_it_with_its_page_and_its_day(address, prepared_sheet, pimpinan, as_person):
    html = as_person(pimpinan).get(address).content.decode()

    assert "1 menunggu keputusan Anda." in html
    assert SHEET_WAITS in html
    assert f'href="{prepared_sheet.get_absolute_url()}"' in html
    assert "disiapkan 2 April 2026" in html


@pytest.mark.parametrize("address", [HOME, DASHBOARD])
@pytest.mark.parametrize("who", ["humas", "petugas", "auditor", "petugas_asing", "pimpinan_unit"])
def test_nobody_else_is_told_of_an_erratum(address, who, prepared_sheet, unit, as_person, request):
    somebody = person(unit, Role.SUPERVISOR) if who == "pimpinan_unit" else request.getfixturevalue(who)

    html = as_person(somebody).get(address).content.decode()

    assert "menunggu keputusan Anda." not in html.replace("Tidak ada yang menunggu keputusan Anda.", "")
    assert SHEET_WAITS not in html


def test_an_erratum_does_not_wait_for_who_prepared_it_but_for_the_other(sheet, bp3mi, pimpinan):
    other = person(bp3mi, Role.SUPERVISOR)
    for _click in range(2):
        errata.prepare_erratum(sheet, "", by=pimpinan, at=NOW)

    assert not Erratum.objects.awaiting_release(pimpinan).exists()
    assert Erratum.objects.awaiting_release(other).get() == sheet


def test_an_erratum_that_nobody_prepared_or_that_was_returned_does_not_wait(sheet, humas, pimpinan):
    assert not Erratum.objects.awaiting_release(pimpinan).exists()
    errata.prepare_erratum(sheet, "", by=humas, at=NOW)
    errata.return_erratum(sheet, "Tanggalnya keliru", by=pimpinan, at=NOW)

    assert not Erratum.objects.awaiting_release(pimpinan).exists()


def test_an_erratum_that_was_decided_waits_no_longer(prepared_sheet, pimpinan):
    errata.dismiss_erratum(prepared_sheet, "Sudah dijelaskan", by=pimpinan, at=NOW)

    assert not Erratum.objects.awaiting_release(pimpinan).exists()


def test_an_erratum_waits_only_while_its_report_stands_and_two_keys_are_asked(prepared_sheet, bp3mi, pimpinan):
    report = Report.objects.filter(pk=prepared_sheet.report_id)
    report.update(replaced_by=report_of(bp3mi, prepared_sheet.report.agreement))
    assert not Erratum.objects.awaiting_release(pimpinan).exists()
    report.update(replaced_by=None)
    assert Erratum.objects.awaiting_release(pimpinan).exists()

    bp3mi.two_key_publishing = False
    bp3mi.save()

    assert not Erratum.objects.awaiting_release(pimpinan).exists()


def test_reports_and_errata_wait_together_in_one_query(prepared, prepared_sheet, pimpinan):
    seen = Commitment.objects.visible_to(pimpinan)

    with CaptureQueriesContext(connection) as queries:
        waiting = waiting_for(pimpinan, seen, 0, at=NOW)

    assert len(queries) == 1
    assert waiting.count == 2
    assert {one.url for one in waiting.releases} == {prepared.get_absolute_url(), prepared_sheet.get_absolute_url()}
    assert {one.title for one in waiting.releases} == {WAITS, SHEET_WAITS}
    assert not waiting_for(pimpinan, seen, 0, at=NOW, agreement=AgreementFactory()).releases
