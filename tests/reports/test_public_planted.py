"""Nothing personal leaves with the public version: three hundred pieces are planted, and every file is read."""

import io
import re
import zipfile

import pikepdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies.models import Party, Role
from agencies.policy import Refusal
from commitments.actions.merging import merge_commitments
from commitments.models import PhotoConsent, Sensitivity
from reports.counting.periods import read_period
from reports.issuing import erratum as errata
from reports.issuing import mailing, publishing
from reports.jobs import actions
from reports.models import Audience, Cadence, JobState, Report
from reports.options import ReportOptions
from reports.press.drafting import draft
from reports.press.sources import facts_of_report
from reports.printing.pdf import Rendered
from reports.snapshots.making import freeze
from tests.factories import at, person
from tests.reports.artefacts import words_of_word
from tests.reports.planting import MANY, Planted
from tests.reports.poppler import requires_poppler, text_of
from tests.reports.test_photos import photo_of
from tests.reports.worlds import issuing_office, year_of_work

QUARTER = read_period("2026-TW1")
ADDED, NOW, LATER = at("2026-04-01"), at("2026-04-02"), at("2026-04-08", "10.00")
PUBLIC = ReportOptions(is_public=True)
NIK, PHONE = "3171012505900001", "0812-3456-7890"


@pytest.fixture
def office(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return issuing_office()


@pytest.fixture
def press(office):
    return person(office, Role.PRESS, Role.SUPERVISOR)


@pytest.fixture
def pact(office):
    return year_of_work(office, title="Peningkatan pelindungan calon pekerja migran")


def made(pact, by, **chosen):
    options = ReportOptions(**chosen)
    job = actions.request_report(pact, QUARTER, issuer=pact.host_agency, by=by, at=NOW, options=options)
    return actions.make(actions.take(job.pk, at=NOW), at=NOW)


def inside(pdf: bytes) -> str:
    """Text, facts about the document, attachments and all other strings of a PDF, as one text."""
    found = [text_of(pdf)]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found += [str(value) for value in document.docinfo.values()]
        found += [spec.get_file().read_bytes().decode() for spec in document.attachments.values()]
        found += [str(name) for name in document.attachments]
        found += [str(document.open_metadata())]
        for one in document.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
                found.append(one.read_raw_bytes().decode("latin-1"))  # what a camera wrote beside the pixels
            elif isinstance(one, pikepdf.Dictionary):
                found += [str(value) for value in one.values() if isinstance(value, pikepdf.String)]
    return "\n".join(found)


def words_of_zip(content: bytes) -> str:
    """Every file inside a workbook, a Word file or a bundle; a PDF in it as its words."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told = [inside(body) if name.endswith(".pdf") else body.decode("latin-1") for name, body in files.items()]
    return "\n".join([*files, *told])


def handed_out(report: Report, browser: Client) -> dict[str, str]:
    """All that leaves the house about an issued public report, by where it is found, as text."""
    found = {"snapshot": report.snapshot, "press": draft(facts_of_report(report)).text}
    browser.post(reverse("reports:archive", args=[report.code]))
    for path in ("pdf/", "arsip.pdf", "data.xlsx", "data.csv", "data.json", "salinan-kerja.docx", "bundel/"):
        answer = browser.get(f"{report.get_absolute_url()}{path}")
        assert answer.status_code == 200, path
        content = answer.getvalue()
        read = inside if content[:4] == b"%PDF" else words_of_zip if content[:2] == b"PK" else bytes.decode
        found[path] = read(content)
    found["salinan-kerja.docx"] += words_of_word(browser.get(f"{report.get_absolute_url()}salinan-kerja.docx").content)
    found["bagikan/"] = browser.get(f"{report.get_absolute_url()}bagikan/").context["text"]
    found["check"] = Client().get(reverse("reports:check", args=[report.code])).content.decode()
    return found


@requires_poppler
def test_nothing_that_leaves_the_house_holds_one_of_three_hundred_personal_data(as_person, office, pact, press):
    mailing.add_recipient(
        issuer=office, agreement=pact, post_text="Kepala Dinas", address="dinas@kota.example",
        audience=Audience.PUBLIC, cadence=Cadence.ON_PUBLISH, by=press, at=ADDED,
    )  # fmt: skip
    planted = Planted(pact, office, press)
    report = publishing.publish(made(pact, press, is_public=True), by=press, at=NOW)

    found = handed_out(report, as_person(press))
    mailing.sweep(LATER)
    [message] = mail.outbox
    found["mail"] = f"{message.subject}\n{message.body}\n{message.extra_headers}"
    found["mail, attached"] = inside(message.attachments[0][1])
    found["erratum"] = corrected(report, press)

    assert len(set(planted.pieces)) >= MANY
    assert {where: leaks(text, planted) for where, text in found.items() if leaks(text, planted)} == {}
    for where in ("pdf/", "arsip.pdf", "salinan-kerja.docx", "mail, attached"):
        assert "Sosialisasi di balai" in found[where], "the photo for everybody is there"
    own = freeze(pact, QUARTER, issuer=office, at=NOW)
    assert len(leaks(own, planted)) > 60, "they were really there"


def leaks(text: str, planted: Planted) -> list[str]:
    plain = re.sub(r"\s+", " ", text)
    return [piece for piece in planted.pieces if piece in plain]


def corrected(report: Report, by) -> str:
    """The words of an erratum, after two commitments turned out to be one."""
    rows = report.agreement.commitments.filter(status="BLOCKED").order_by("-code")
    merge_commitments(rows[0], rows[1], by=person(report.issuer, Role.OFFICER), at=LATER)
    found = errata.find_erratum(report, at=LATER)
    issued = errata.issue_erratum(found, "", by=by, at=LATER)
    with issued.pdf.open("rb") as file:
        return inside(file.read())


@pytest.mark.parametrize("piece", [NIK, PHONE, "orang@surat.id"])
@pytest.mark.parametrize("where", ["keterangan foto", "penanda tangan", "judul kesepakatan", "nomor pihak"])
def test_what_is_printed_as_it_was_typed_stops_a_public_report(office, pact, where, piece):
    options = PUBLIC
    if where == "keterangan foto":
        photo_of(pact.commitments.get(code="K-2026-001"), caption=f"Ibu {piece}", sensitivity=Sensitivity.GENERAL)
    elif where == "penanda tangan":
        options = ReportOptions(is_public=True, signatories=(f"Kepala Balai, {piece}",))
    elif where == "judul kesepakatan":
        type(pact).objects.filter(pk=pact.pk).update(title=f"Kerja sama {piece}")
    else:
        Party.objects.filter(agreement=pact).update(number=f"No. {piece}")
    pact.refresh_from_db()

    with pytest.raises(Refusal, match=f"Versi publik tidak dapat memuat data pribadi.*{where}") as refusal:
        freeze(pact, QUARTER, issuer=office, at=NOW, options=options)

    assert refusal.value.verdict.status == 409
    assert piece not in str(refusal.value)
    assert freeze(pact, QUARTER, issuer=office, at=NOW, options=ReportOptions(signatories=options.signatories))


def test_the_worker_and_the_builder_say_why_there_is_no_public_report(as_person, office, pact, press):
    photo_of(pact.commitments.get(code="K-2026-001"), caption=f"Ibu {PHONE}", sensitivity=Sensitivity.GENERAL)
    asked = {
        "agreement": pact.pk, "period": QUARTER.code, "form": "FULL", "audience": "PUBLIC", "layout": "MODERN",
        "sections": ["PHOTOS"], "paper": "A4",
    }  # fmt: skip

    page = as_person(press).get(reverse("reports:build_preview"), asked)
    job = actions.request_report(pact, QUARTER, issuer=office, by=press, at=NOW, options=PUBLIC)

    assert page.status_code == 422
    assert "Hapus nomor telepon dari keterangan foto." in page.content.decode()
    assert actions.make(actions.take(job.pk, at=NOW), at=NOW) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Hapus nomor telepon dari keterangan foto." in job.error
    assert PhotoConsent.objects.count() == 1


def test_the_check_page_never_gets_personal_data_to_show(as_person, pact, press, monkeypatch):
    for module in (actions, publishing):
        monkeypatch.setattr(module, "print_report", lambda *_args, **_kwargs: Rendered(b"%PDF-1.7 uji", 3))
    report = publishing.publish(made(pact, press), by=press, at=NOW)
    browser, code = as_person(press), [report.code]

    answers = [
        browser.post(reverse(f"reports:{door}", args=code), fields)
        for piece in (NIK, PHONE)
        for door, fields in (
            ("withdraw", {"reason": f"Salah orang, {piece}"}),
            ("letter", {"number": f"B-1 {piece}", "on": "1 April 2026"}),
        )
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all("Hapus data pribadi" in answer.content.decode() for answer in answers)
    shown = Client().get(reverse("reports:check", args=code)).content.decode()
    assert [piece for piece in (NIK, PHONE) if piece in shown] == []
