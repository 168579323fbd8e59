"""When later data contradict an issued figure: found, drafted once, issued or dismissed, and never in silence."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from agencies.audit import trail
from agencies.models import Delivery
from agencies.policy import Refusal
from commitments.actions.merging import merge_commitments
from commitments.models import Consent, Move, Progress, Strength, Terms
from commitments.status import Status, Verb
from reports.counting.periods import read_period
from reports.issuing import erratum as errata
from reports.issuing import publishing as issuing
from reports.issuing.contradictions import contradictions
from reports.issuing.knowing import public_figures
from reports.models import Erratum, Report
from reports.options import ReportOptions
from reports.printing.pdf import Rendered
from reports.snapshots.making import freeze, kept, store
from reports.tasks import find_errata
from tests.factories import CommitmentFactory, ProgressFactory, at
from tests.reports.poppler import text_of
from tests.reports.worlds import year_of_work

QUARTER = read_period("2026-TW1")
MADE, LATER = at("2026-04-02"), at("2026-05-04")
FAKE = Rendered(b"%PDF-1.7 uji", 3)


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    monkeypatch.setattr(issuing, "print_report", lambda *_args, **_kwargs: FAKE)


@pytest.fixture
def world(bp3mi):
    return year_of_work(bp3mi)


def issue(agreement, by, **options):
    text = freeze(agreement, QUARTER, issuer=agreement.host_agency, at=MADE, options=ReportOptions(**options))
    with kept(FAKE.pdf, text=text, suffix="-draf") as file:
        draft = store(text, FAKE, file=file, agreement=agreement, issuer=agreement.host_agency, by=by)
    return issuing.publish(Report.objects.get(pk=draft.pk), by=by, at=MADE)


@pytest.fixture
def issued(world, humas):
    return issue(world, humas)


def changed(report, when=LATER):
    return {one.figure: (one.issued, one.present) for one in contradictions(report, at=when).figures}


def commitment_of(report, n):
    return report.agreement.commitments.get(code=f"K-2026-{n:03d}")


def move_on(commitment, status, verb, when):
    Move.objects.create(commitment=commitment, from_status=commitment.status, to_status=status, verb=verb, at=when)
    commitment.status = status
    commitment.submitted_at = when if status == Status.SUBMITTED else None
    commitment.closed_at = when if status == Status.DONE else None
    commitment.save()


def test_what_did_not_change_contradicts_nothing(issued):
    assert not contradictions(issued, at=LATER)
    assert errata.find_erratum(issued, at=LATER) is None
    assert not Erratum.objects.exists()


def test_what_happens_after_the_instant_is_the_next_reports_matter(issued):
    running = commitment_of(issued, 1)
    move_on(running, Status.SUBMITTED, Verb.SUBMIT, at("2026-04-20"))
    ProgressFactory(commitment=running, realised=9, at=at("2026-04-21"))
    Terms.objects.create(
        commitment=running, n=2, wording=running.wording, lead=running.lead, due_on=dt.date(2026, 9, 1),
        due_basis="AGREED", target=Decimal(99), unit="SMK", at=at("2026-04-22"),
    )  # fmt: skip
    CommitmentFactory(meeting=running.meeting, created_at=at("2026-04-10"), shared_at=at("2026-04-10"))

    assert not contradictions(issued, at=LATER)


def test_a_row_entered_late_with_an_earlier_day_is_found(issued):
    CommitmentFactory(code="K-2026-050", meeting=commitment_of(issued, 1).meeting)

    found = contradictions(issued, at=LATER)

    assert changed(issued)["total"] == (8, 9)
    assert changed(issued)["class-UNTOUCHED"] == (2, 3)
    total = next(one for one in found.figures if one.figure == "total")
    assert total.codes == ("K-2026-050",)
    assert [(cause.code, cause.why) for cause in found.causes] == [("K-2026-050", "dicatat atau dikaitkan kemudian")]


def test_a_move_entered_late_with_an_earlier_day_is_found(issued):
    move_on(commitment_of(issued, 1), Status.DONE, Verb.VERIFY, at("2026-03-30"))

    assert changed(issued)["verified"] == (1, 2)
    assert contradictions(issued, at=LATER).causes[0].why == "dilengkapi atau diperbaiki kemudian"


def test_a_late_row_that_was_a_slip_is_told_by_one_figure_of_each_name(issued):
    late = next(row["code"] for row in json.loads(issued.snapshot)["rows"] if row["condition"] == "LATE")
    move_on(issued.agreement.commitments.get(code=late), Status.VOID, Verb.MERGE, at("2026-04-20"))

    labels = [one.label for one in contradictions(issued, at=LATER).figures]

    assert "Melewati tenggat" in labels
    assert len(labels) == len(set(labels))


def test_a_confirmation_entered_late_with_an_earlier_day_is_found(issued):
    promised = commitment_of(issued, 3)
    Consent.objects.create(
        agency=promised.lead, terms=promised.terms.get(), strength=Strength.CONFIRMED, at=at("2026-03-01")
    )

    assert changed(issued)["confirmed"] == (2, 3)


def test_a_row_cancelled_as_a_slip_was_counted_wrongly(issued):
    move_on(commitment_of(issued, 6), Status.VOID, Verb.MERGE, at("2026-04-20"))

    found = contradictions(issued, at=LATER)

    assert changed(issued)["total"] == (8, 7)
    assert [(cause.why, cause.on) for cause in found.causes] == [("dibatalkan (salah catat)", dt.date(2026, 4, 20))]


def test_a_merged_row_was_counted_twice_and_the_other_is_named(issued, petugas):
    merge_commitments(commitment_of(issued, 6), commitment_of(issued, 1), by=petugas, at=at("2026-04-20"))

    found = contradictions(issued, at=LATER)

    assert changed(issued)["total"] == (8, 7)
    assert found.causes[0].why == "digabung ke K-2026-001"


def test_done_and_opened_again_since_is_no_longer_done(issued):
    done = commitment_of(issued, 2)
    move_on(done, Status.RUNNING, Verb.RESUME, at("2026-04-20"))

    found = contradictions(issued, at=LATER)

    assert changed(issued)["verified"] == (1, 0)
    assert changed(issued)["class-MET"] == (1, 0)
    assert changed(issued)["class-PARTLY"] == (4, 5)
    assert "total" not in changed(issued)
    assert found.causes[0].why == "dihitung selesai, kemudian dibuka kembali; kini berjalan"
    assert found.causes[0].on == dt.date(2026, 4, 20)


def test_opened_again_and_done_again_contradicts_nothing(issued):
    done = commitment_of(issued, 2)
    move_on(done, Status.RUNNING, Verb.RESUME, at("2026-04-20"))
    move_on(done, Status.DONE, Verb.VERIFY, at("2026-04-25"))

    assert not contradictions(issued, at=LATER)


def test_a_scope_item_linked_later_changes_its_figure_and_not_the_total(issued):
    loose = commitment_of(issued, 6)
    loose.clauses.add(issued.agreement.clauses.get(number="3"))

    assert changed(issued)["clause-3"] == (0, 1)
    assert "total" not in changed(issued)


def test_a_row_moved_to_another_agreement_is_missing(issued, agreement):
    moved = commitment_of(issued, 8)
    moved.agreement = agreement
    moved.save()

    assert changed(issued)["total"] == (8, 7)
    assert contradictions(issued, at=LATER).causes[0].why == "tidak lagi dihitung di bawah kesepakatan ini"


def test_a_draft_thrown_away_contradicts_nothing(world, humas):
    draft = CommitmentFactory(meeting=world.meetings.first(), status=Status.DRAFT)
    report = issue(world, humas)
    draft.is_discarded = True
    draft.save()

    assert not contradictions(report, at=LATER)


def test_classes_still_sum_to_the_total(issued):
    move_on(commitment_of(issued, 6), Status.VOID, Verb.MERGE, at("2026-04-20"))
    move_on(commitment_of(issued, 2), Status.RUNNING, Verb.RESUME, at("2026-04-20"))
    now = {one.figure: one.present for one in contradictions(issued, at=LATER).figures}
    totals = json.loads(issued.snapshot)["totals"]
    issued_classes = dict(zip(("MET", "PARTLY", "UNTOUCHED", "IMPOSSIBLE"), totals["classes"], strict=True))

    classes = sum(now.get(f"class-{name}", one["count"]) for name, one in issued_classes.items())

    assert classes == now["total"] == 7


def test_the_public_version_is_compared_too_and_names_no_row(world, humas):
    report = issue(world, humas, is_public=True)
    move_on(report.agreement.commitments.get(code="K-2026-006"), Status.VOID, Verb.MERGE, at("2026-04-20"))

    found = contradictions(report, at=LATER)

    assert changed(report)["total"] == (8, 7)
    assert "K-2026" not in json.dumps(found.as_json(), default=str)


def test_the_questions_stay_the_same_however_many_rows(bp3mi, humas, django_assert_max_num_queries):
    report = issue(year_of_work(bp3mi, rows=64), humas)
    for n in (2, 10, 18, 26):
        move_on(commitment_of(report, n), Status.RUNNING, Verb.RESUME, at("2026-04-20"))

    with django_assert_max_num_queries(34):
        assert contradictions(report, at=LATER)


# --- the draft ----------------------------------------------------------------------------


@pytest.fixture
def wrong(issued):
    move_on(commitment_of(issued, 6), Status.VOID, Verb.MERGE, at("2026-04-20"))
    return issued


def test_the_daily_look_drafts_once_and_tells_those_who_decide(wrong, humas, pimpinan, petugas):
    assert find_errata() == 1
    assert find_errata() == 1

    draft = Erratum.objects.get()
    assert (draft.n, draft.state) == (1, "DRAFT")
    told = Delivery.objects.filter(path=draft.get_absolute_url())
    assert {notice.user for notice in told} == {humas, pimpinan}
    assert [event.verb for event in trail(wrong)].count("report.erratum_drafted") == 1


def test_the_notice_of_a_draft_is_indonesian_whatever_language_the_asker_reads(wrong, humas, pimpinan):
    with translation.override("en"):
        errata.find_erratum(wrong, at=LATER, by=humas)

    subjects = Delivery.objects.filter(user=pimpinan).values_list("subject", flat=True)
    assert list(subjects) == [
        f"Angka laporan {wrong.code} berbeda dengan data sekarang: draf Lembar Ralat siap dibaca."
    ]


def test_the_draft_follows_the_data_and_goes_when_nothing_differs(wrong):
    first = errata.find_erratum(wrong, at=LATER)
    move_on(commitment_of(wrong, 8), Status.VOID, Verb.MERGE, at("2026-04-21"))
    second = errata.find_erratum(wrong, at=LATER)
    assert (second.pk, second.items_sha256 != first.items_sha256) == (first.pk, True)

    for n, verb in ((6, Verb.UNMERGE), (8, Verb.UNMERGE)):
        move_on(commitment_of(wrong, n), Status.NOT_STARTED, verb, at("2026-04-22"))

    assert errata.find_erratum(wrong, at=LATER) is None
    assert not Erratum.objects.exists()


def test_one_broken_report_does_not_keep_the_others_from_being_looked_at(wrong, humas, caplog):
    broken = issue(wrong.agreement, humas, paper="F4")
    Report.objects.filter(pk=broken.pk).update(snapshot="{")

    assert errata.find_errata(at=LATER) == 1
    assert broken.code in caplog.text


def test_what_is_replaced_or_withdrawn_is_not_looked_at(wrong, pimpinan):
    issuing.withdraw(wrong, "Angka keliru", by=pimpinan, at=LATER)

    assert errata.find_errata(at=LATER) == 0


def test_a_report_withdrawn_while_it_is_compared_gets_no_draft(wrong, pimpinan, monkeypatch):
    def overtaken(report, *, at):
        issuing.withdraw(report, "Angka keliru", by=pimpinan, at=at)
        return contradictions(report, at=at)

    monkeypatch.setattr(errata, "contradictions", overtaken)

    assert errata.find_erratum(Report.objects.get(pk=wrong.pk), at=LATER) is None
    assert not Erratum.objects.exists()


# --- decided by people --------------------------------------------------------------------


def test_the_sheet_says_what_was_printed_what_stands_now_and_why(wrong, humas, as_person):
    page = as_person(humas)
    opened = page.post(reverse("reports:erratum_find", args=[wrong.code]), follow=True).content.decode()
    for shown in ("Jumlah komitmen", "K-2026-006", "dibatalkan (salah catat)", "20 April 2026"):
        assert shown in opened

    page.post(Erratum.objects.get().get_absolute_url(), {"note": "Baris itu salah catat."})

    sheet = Erratum.objects.get()
    assert (sheet.state, sheet.decided_by, sheet.note) == ("ISSUED", humas, "Baris itu salah catat.")
    pdf = page.get(reverse("reports:erratum_pdf", args=[wrong.code, 1])).getvalue()
    words = " ".join(text_of(pdf).split())
    for printed in ("Lembar Ralat 1", wrong.code, "Jumlah komitmen 8 7", "K-2026-006", "Baris itu salah catat."):
        assert printed in words
    assert "Belum ditandatangani" in words
    assert "Lembar Ralat 1" in page.get(wrong.get_absolute_url()).content.decode()


def test_the_same_difference_is_not_drafted_again_after_it_was_decided(wrong, humas, pimpinan):
    errata.dismiss_erratum(errata.find_erratum(wrong, at=LATER), "Sudah diumumkan", by=pimpinan, at=LATER)

    assert errata.find_erratum(wrong, at=at("2026-05-05")) is None
    move_on(commitment_of(wrong, 8), Status.VOID, Verb.MERGE, at("2026-05-05"))
    assert errata.find_erratum(wrong, at=at("2026-05-06")).n == 2


def test_when_the_cause_of_an_erratum_is_undone_the_next_one_says_so(world, humas):
    report = issue(world, humas, is_public=True)
    slip = commitment_of(report, 6)
    move_on(slip, Status.VOID, Verb.MERGE, at("2026-04-20"))
    first = errata.issue_erratum(errata.find_erratum(report, at=LATER), "", by=humas, at=LATER)
    assert [figure.present for figure in public_figures(report)][0] == 7
    move_on(slip, Status.NOT_STARTED, Verb.UNMERGE, at("2026-05-05"))

    second = errata.find_erratum(report, at=at("2026-05-06"))
    said = json.loads(second.items)

    assert {one["figure"] for one in said["figures"]} == {one["figure"] for one in json.loads(first.items)["figures"]}
    assert all(one["issued"] == one["present"] for one in said["figures"])
    assert [cause["why"] for cause in said["causes"]] == ["angka yang sudah diralat kembali seperti yang tercetak"]
    errata.issue_erratum(second, "", by=humas, at=at("2026-05-06"))
    assert [figure.present for figure in public_figures(report)] == [None] * 5
    assert errata.find_erratum(report, at=at("2026-05-07")) is None


def test_what_the_last_issued_erratum_says_is_not_drafted_again(wrong, humas, pimpinan):
    errata.issue_erratum(errata.find_erratum(wrong, at=LATER), "", by=humas, at=LATER)
    second = commitment_of(wrong, 8)
    move_on(second, Status.VOID, Verb.MERGE, at("2026-05-05"))
    errata.dismiss_erratum(errata.find_erratum(wrong, at=at("2026-05-06")), "Segera dibuka", by=pimpinan, at=LATER)
    move_on(second, Status.NOT_STARTED, Verb.UNMERGE, at("2026-05-07"))

    assert errata.find_erratum(wrong, at=at("2026-05-08")) is None


def test_a_draft_whose_figures_moved_on_is_not_issued_unread(wrong, humas):
    draft = errata.find_erratum(wrong, at=LATER)
    move_on(commitment_of(wrong, 8), Status.VOID, Verb.MERGE, at("2026-04-21"))

    with pytest.raises(Refusal, match="berubah lagi") as refusal:
        errata.issue_erratum(draft, "", by=humas, at=LATER)

    assert refusal.value.verdict.status == 409
    assert Erratum.objects.get().items != draft.items
    assert Erratum.objects.get().state == "DRAFT"


def test_a_draft_that_is_gone_is_not_decided_and_the_next_is_told(wrong, humas):
    draft = errata.find_erratum(wrong, at=LATER)
    Erratum.objects.filter(pk=draft.pk).delete()

    with pytest.raises(Refusal, match="sudah tidak ada"):
        errata.dismiss_erratum(draft, "Tidak perlu.", by=humas, at=LATER)

    told = Delivery.objects.filter(user=humas, subject__contains="Lembar Ralat")
    assert told.count() == 1
    assert errata.find_erratum(wrong, at=at("2026-05-05")).n == draft.n
    assert told.count() == 2


def test_the_second_click_issues_nothing_twice(wrong, humas, as_person):
    draft = errata.find_erratum(wrong, at=LATER)
    page, address = as_person(humas), draft.get_absolute_url()

    answers = [page.post(address, {"note": ""}).status_code for _click in range(2)]

    assert answers == [302, 409]
    assert [event.verb for event in trail(wrong)].count("report.erratum_issued") == 1


def test_dismissing_needs_a_reason(wrong, humas, as_person):
    errata.find_erratum(wrong, at=LATER)
    page, address = as_person(humas), reverse("reports:erratum_dismiss", args=[wrong.code, 1])

    assert page.post(address, {"reason": "  "}).status_code == 422
    assert page.post(address, {"reason": "Sudah diumumkan"}).status_code == 302
    assert Erratum.objects.get().note == "Sudah diumumkan"


def test_only_those_who_may_issue_reports_decide(wrong, petugas, petugas_asing, as_person):
    draft = errata.find_erratum(wrong, at=LATER)

    assert as_person(petugas).get(draft.get_absolute_url()).status_code == 200
    assert as_person(petugas).post(draft.get_absolute_url(), {}).status_code == 403
    assert as_person(petugas).post(reverse("reports:erratum_find", args=[wrong.code])).status_code == 403
    assert as_person(petugas_asing).get(draft.get_absolute_url()).status_code == 404


def test_nothing_to_correct_is_said_in_words(issued, humas, as_person):
    answer = as_person(humas).post(reverse("reports:erratum_find", args=[issued.code]), follow=True)

    assert "Tidak ada angka yang perlu diralat." in answer.content.decode()


def test_progress_entered_late_changes_no_count(issued):
    assert not Progress.objects.filter(commitment=commitment_of(issued, 3)).exists()
    ProgressFactory(commitment=commitment_of(issued, 3), realised=3, at=at("2026-03-20"))

    assert not contradictions(issued, at=LATER)
