"""An erratum whose issuer wants two keys: prepared by one, released by another, void when the figures change."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.audit import trail
from agencies.models import Delivery
from agencies.policy import Refusal
from commitments.status import Status, Verb
from reports.issuing import erratum as errata
from reports.models import Erratum, Report
from tests.factories import at
from tests.reports.test_erratum import LATER, commitment_of, fast, issued, move_on, world, wrong

__all__ = ["fast", "issued", "world", "wrong"]


@pytest.fixture
def two_keys(wrong):
    """The draft of an erratum to a report whose issuer wants two keys."""
    wrong.issuer.two_key_publishing = True
    wrong.issuer.save()
    return errata.find_erratum(Report.objects.get(pk=wrong.pk), at=LATER)


def now(erratum):
    return Erratum.objects.select_related("report__issuer").get(pk=erratum.pk)


def test_with_two_keys_one_prepares_the_sheet_and_another_releases_it(two_keys, humas, pimpinan):
    with pytest.raises(Refusal, match="dua kunci"):
        errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER)

    for _click in range(2):
        errata.prepare_erratum(now(two_keys), "Satu baris terlambat dicatat.", by=humas, at=LATER)
    with pytest.raises(Refusal, match="Anda yang menyiapkan"):
        errata.issue_erratum(now(two_keys), "", by=humas, at=LATER)
    with pytest.raises(Refusal, match="sudah disiapkan"):
        errata.prepare_erratum(now(two_keys), "Lain", by=pimpinan, at=LATER)
    released = errata.issue_erratum(now(two_keys), "Lain", by=pimpinan, at=LATER)

    assert (released.decided_by, released.note) == (pimpinan, "Satu baris terlambat dicatat.")
    assert (released.prepared_by, released.prepared_at) == (humas, LATER)
    assert trail(two_keys.report).filter(verb="report.erratum_prepared").count() == 1
    assert Delivery.objects.filter(user=pimpinan, subject__contains="menunggu rilis Anda").count() == 1


def test_press_does_not_release_and_switching_off_frees_no_preparer(two_keys, humas, pimpinan, bp3mi):
    errata.prepare_erratum(now(two_keys), "", by=pimpinan, at=LATER)
    with pytest.raises(Refusal, match="dirilis oleh pimpinan"):
        errata.issue_erratum(now(two_keys), "", by=humas, at=LATER)

    bp3mi.two_key_publishing = False
    bp3mi.save()

    with pytest.raises(Refusal, match="Anda yang menyiapkan"):
        errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER)


def test_figures_that_change_make_the_first_key_void(two_keys, humas, pimpinan):
    errata.prepare_erratum(now(two_keys), "", by=humas, at=LATER)
    assert Erratum.objects.awaiting_release(pimpinan).exists()
    move_on(commitment_of(two_keys.report, 1), Status.DONE, Verb.VERIFY, at("2026-03-30"))

    with pytest.raises(Refusal, match="berubah lagi"):
        errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER)
    with pytest.raises(Refusal, match="Siapkan dahulu"):
        errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER)
    assert (now(two_keys).prepared_by, now(two_keys).prepared_at) == (None, None)
    assert not Erratum.objects.awaiting_release(pimpinan).exists()


def test_figures_that_stay_as_they_are_keep_the_first_key(two_keys, humas):
    errata.prepare_erratum(now(two_keys), "", by=humas, at=LATER)

    errata.find_erratum(now(two_keys).report, at=LATER)

    assert now(two_keys).prepared_by == humas


def test_a_returned_sheet_is_prepared_by_nobody(two_keys, humas, pimpinan):
    errata.prepare_erratum(now(two_keys), "", by=humas, at=LATER)

    errata.return_erratum(now(two_keys), "Tanggalnya keliru", by=pimpinan, at=LATER)

    assert (now(two_keys).prepared_by, now(two_keys).prepared_at) == (None, None)
    assert errata.why_returned(now(two_keys)) == "Tanggalnya keliru"
    with pytest.raises(Refusal, match="tidak menunggu rilis"):
        errata.return_erratum(now(two_keys), "Lagi", by=pimpinan, at=LATER)


@pytest.mark.parametrize("is_prepared", [True, False])
def test_one_person_may_say_that_it_is_not_needed_for_nothing_is_published(two_keys, humas, is_prepared):
    if is_prepared:
        errata.prepare_erratum(now(two_keys), "", by=humas, at=LATER)

    dismissed = errata.dismiss_erratum(now(two_keys), "Sudah dijelaskan", by=humas, at=LATER)

    assert (dismissed.state, dismissed.decided_by, dismissed.pdf.name) == ("DISMISSED", humas, "")
    told = trail(two_keys.report).get(verb="report.erratum_dismissed")
    assert [text.text for text in told.free_texts.all()] == ["Sudah dijelaskan"]


def test_a_note_written_anew_while_the_sheet_is_printed_is_not_passed_over(two_keys, humas, pimpinan, monkeypatch):
    errata.prepare_erratum(now(two_keys), "Keterangan pertama", by=humas, at=LATER)
    printed = errata.print_erratum

    def print_meanwhile(erratum, **more):
        errata.return_erratum(now(two_keys), "Keliru", by=pimpinan, at=LATER)
        errata.prepare_erratum(now(two_keys), "Keterangan kedua", by=humas, at=LATER)
        return printed(erratum, **more)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(errata, "print_erratum", print_meanwhile)
        with pytest.raises(Refusal, match="ditulis lagi") as refused:
            errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER)

    assert refused.value.verdict.status == 409
    assert (now(two_keys).state, now(two_keys).note) == ("DRAFT", "Keterangan kedua")
    assert errata.issue_erratum(now(two_keys), "", by=pimpinan, at=LATER).note == "Keterangan kedua"


def test_the_database_keeps_the_two_keys_apart(two_keys, humas):
    row = Erratum.objects.filter(pk=two_keys.pk)
    errata.prepare_erratum(now(two_keys), "", by=humas, at=LATER)

    for values in (
        {"state": "ISSUED", "decided_by": humas, "decided_at": LATER},
        {"prepared_at": None},
        {"prepared_by": None},
    ):
        with pytest.raises(IntegrityError, match="erratum_"), transaction.atomic():
            row.update(**values)


def test_the_page_leads_from_key_to_key_and_back(two_keys, humas, pimpinan, as_person):
    page = two_keys.get_absolute_url()
    back = reverse("reports:erratum_return", args=[two_keys.report.code, two_keys.n])
    assert "Siapkan untuk dirilis" in as_person(humas).get(page).content.decode()
    as_person(humas).post(page, {"note": "Keterangan pertama"})
    assert "Anda yang menyiapkan" in as_person(humas).get(page).content.decode()
    assert "Rilis</button>" in as_person(pimpinan).get(page).content.decode()

    assert as_person(pimpinan).post(back, {"reason": ""}).status_code == 422
    as_person(pimpinan).post(back, {"reason": "Tanggalnya keliru"})
    assert Delivery.objects.get(user=humas, subject__contains="dikembalikan").body == "Tanggalnya keliru"
    assert "Tanggalnya keliru" in as_person(humas).get(page).content.decode()
    as_person(humas).post(page, {"note": "Keterangan kedua"})
    as_person(pimpinan).post(page, {"note": ""})

    issued = now(two_keys)
    assert (issued.state, issued.note, issued.decided_by) == ("ISSUED", "Keterangan kedua", pimpinan)
    assert as_person(pimpinan).get(back).status_code == 409


def test_issuing_asks_for_the_password_again_and_reading_does_not(wrong, humas, as_person):
    page = errata.find_erratum(wrong, at=LATER).get_absolute_url()
    humas.set_password("sandi-uji-yang-panjang")
    humas.save()
    browser = as_person(humas, ago=3600)

    assert browser.get(page).status_code == 200
    assert browser.post(page, {"note": ""}).url.startswith(reverse("account_reauthenticate"))
    assert Erratum.objects.get().state == "DRAFT"
