"""The check page: open to all, says little, never says forged."""

import hashlib
import json
import re
from urllib.parse import urljoin

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.audit import canonical
from agencies.models import Agency, Agreement
from reports.counting.periods import read_period
from reports.issuing.codes import new_code
from reports.models import Audience, Erratum, Report, ReportStatus
from reports.options import ReportOptions
from reports.snapshots.making import freeze
from reports.views import check
from tests.factories import at

CODE = "7KQ4-M2XD-97"
DIGEST = " ".join(["a1b2a1b2"] * 8)


@pytest.fixture(autouse=True)
def forget(db):
    cache.clear()


@pytest.fixture
def draft(agreement, bp3mi, humas):
    return Report.objects.create(
        code=CODE, agreement=agreement, issuer=bp3mi, period="2026-TW1", starts_on="2026-01-01", ends_on="2026-03-31",
        as_of=at("2026-03-31"), snapshot='{"rahasia":"isi"}', snapshot_sha256="a1b2" * 16, made_by=humas,
        made_at=at("2026-04-01"), pages=7,
    )  # fmt: skip


@pytest.fixture
def published(draft, humas):
    draft.status, draft.published_by, draft.published_at = ReportStatus.PUBLISHED, humas, at("2026-04-02", "10.15")
    draft.pdf_sha256 = "c3d4" * 16
    draft.save(update_fields=["status", "published_by", "published_at", "pdf_sha256"])
    return draft


def page(code: str = CODE, **kwargs):
    return Client(**kwargs).get(reverse("reports:check", args=[code]))


def test_a_published_report_is_recorded_and_valid(published):
    answer = page()

    words = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Tercatat dan berlaku", CODE, "BP3MI Uji", "2 April 2026", DIGEST, "c3d4c3d4 c3d4c3d4", ">7<"):
        assert shown in words
    assert "Keaslian tanda tangan diperiksa pada dokumen bertanda tangan" in words
    assert "asli" not in words.lower().replace("keaslian", "")


def test_the_answer_names_the_issuer_as_the_paper_does_whatever_it_is_called_now(published, agreement, bp3mi):
    text = freeze(
        agreement, read_period("2026-TW1"), issuer=bp3mi, at=at("2026-04-01"), options=ReportOptions(is_public=True)
    )
    tricky = text.replace(
        '"is_example"', canonical({'"issuer":{': '"issuer":{"name":"Kantor Lain"}'})[1:-1] + ',"is_example"'
    )
    Report.objects.filter(pk=published.pk).update(snapshot=tricky, audience=Audience.PUBLIC)
    Agency.objects.filter(pk=bp3mi.pk).update(name="Balai Baru")
    Agreement.objects.filter(pk=agreement.pk).update(kind="PKS", signed_on="2024-01-02")

    words = page().content.decode()

    assert words.count("BP3MI Uji") == 2
    assert "Nota Kesepakatan 29 Oktober 2025" in " ".join(words.split())
    for later in ("Balai Baru", "Kantor Lain", "2 Januari 2024"):
        assert later not in words


def test_a_draft_says_only_that_it_is_one_and_whose(draft, humas):
    words = page().content.decode()

    assert "Draf, belum diterbitkan" in words
    assert "BP3MI Uji" in words
    for hidden in ("a1b2", draft.agreement.code, "29 Oktober", humas.name, "rahasia", "TW1", "31 Maret"):
        assert hidden not in words


def test_an_unknown_code_is_not_called_forged(db):
    answer = page(new_code())

    words = answer.content.decode()
    assert answer.status_code == 404
    assert "Tidak dikenal" in words
    assert "Kode tidak ditemukan di sistem ini" in words
    assert "palsu" not in words.lower()


@pytest.mark.parametrize("typed", [CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "])
def test_a_code_is_found_however_it_is_typed(published, typed):
    asked = Client().get(reverse("reports:check_form"), {"kode": typed}, follow=True)
    opened = Client().get(f"/v/{typed.strip()}/", follow=True)

    assert asked.redirect_chain[0][0] == reverse("reports:check", args=[CODE])
    for answer in (asked, opened):
        assert "Tercatat dan berlaku" in answer.content.decode()


@pytest.mark.parametrize(
    "typed", ["../../etc/passwd", "<script>alert(1)</script>", "x" * 5000, "....", "/", "..", "./."]
)
def test_nonsense_is_unknown_and_never_breaks_the_page(db, typed):
    answer = Client().get(reverse("reports:check_form"), {"kode": typed}, follow=True)

    assert answer.status_code in (200, 404)
    where = urljoin("https://simpul.test/", answer.redirect_chain[0][0])  # as browsers read dots
    assert where.startswith("https://simpul.test/v/")
    assert "<script>alert" not in answer.content.decode()


def test_the_empty_form_asks_for_the_code(db):
    answer = Client().get(reverse("reports:check_form"))

    assert answer.status_code == 200
    assert "Ketik kode" in answer.content.decode()
    assert "belum diisi" not in answer.content.decode()


def test_a_code_that_is_left_out_is_asked_for(db):
    answer = Client().get(reverse("reports:check_form"), {"kode": " "})

    assert answer.status_code == 422
    assert "Kode dokumen&quot; belum diisi." in answer.content.decode()


def test_guessing_is_slowed_down_in_words_and_other_people_are_not(published):
    for _guess in range(check.MISSES):
        assert page(new_code()).status_code == 404

    refused = page()

    assert refused.status_code == 429
    assert "Terlalu banyak percobaan. Coba lagi pukul" in refused.content.decode()
    assert page(REMOTE_ADDR="192.0.2.9").status_code == 200


def test_looking_up_a_known_code_never_counts_as_guessing(published):
    for _look in range(check.MISSES + 5):
        assert page().status_code == 200


def test_the_page_says_everything_without_script_and_weighs_little(published):
    published.revises = None
    words = page().content.decode()

    scripts = re.findall(r"<script[^>]*>", words)
    assert all("compare.js" in tag and "defer" in tag for tag in scripts)
    assert "onclick" not in words
    addresses = {address for address in re.findall(r'(?:href|src)="([^"#]+)"', words) if address.startswith("/static/")}
    assert not any("icons.svg" in address for address in addresses)
    assert sent_bytes(words) + sum(map(static_bytes, addresses)) <= 45 * 1024


def sent_bytes(text: str) -> int:
    return len(brotli.compress(text.encode()))


def static_bytes(address: str) -> int:
    """What travels for a static file and the stylesheets it imports; type faces are compressed already."""
    path = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix(settings.STATIC_URL))
    with open(finders.find(path), "rb") as file:
        content = file.read()
    if path.endswith(".woff2"):
        return len(content)
    if path.endswith(".css"):
        folder = path.rpartition("/")[0]
        for imported in re.findall(rb'@import url\("([^"]+)"\)', content):
            with open(finders.find(re.sub(r"[^/]+/\.\./", "", f"{folder}/{imported.decode()}")), "rb") as file:
                content += file.read()
    return len(brotli.compress(content))


def test_the_page_cannot_be_posted_to(db):
    assert Client().post(reverse("reports:check", args=[CODE])).status_code == 405


# --- where a document stands --------------------------------------------------------------


def issued_as(report, **values):
    for name, value in values.items():
        setattr(report, name, value)
    report.save(update_fields=list(values))
    return report


@pytest.fixture
def second(published, bp3mi, humas):
    return Report.objects.create(
        code="HJKM-NPQR-S1", agreement=published.agreement, issuer=bp3mi, period="2026-TW1", starts_on="2026-01-01",
        ends_on="2026-03-31", as_of=at("2026-03-31"), snapshot="{}", snapshot_sha256="e5f6" * 16, revision=2,
        made_at=at("2026-05-01"), revises=published, status=ReportStatus.PUBLISHED, published_by=humas,
        published_at=at("2026-05-02"),
    )  # fmt: skip


def test_a_replaced_report_leads_to_the_newest_revision(published, second):
    issued_as(published, replaced_by=second)

    words = page().content.decode()

    assert "Sudah digantikan" in words
    assert "Tercatat dan berlaku" not in words
    assert "revisi 2 tanggal 2 Mei 2026, kode HJKM-NPQR-S1" in words
    assert reverse("reports:check", args=[second.code]) in words


def test_a_withdrawn_report_says_when_and_why(published, pimpinan):
    issued_as(
        published,
        status="WITHDRAWN",
        withdrawn_by=pimpinan,
        withdrawn_at=at("2026-04-20"),
        withdrawal_reason="Angka keliru",
    )

    words = page().content.decode()

    assert "Ditarik" in words
    assert "ditarik oleh penerbit pada 20 April 2026. Alasan: Angka keliru" in words
    assert "masih berlaku" not in words
    assert pimpinan.name not in words


def test_what_waits_for_release_is_a_draft(draft, humas):
    issued_as(draft, status="PREPARED", prepared_by=humas, prepared_at=at("2026-04-01"))

    words = page().content.decode()

    assert "Draf, belum diterbitkan" in words
    assert humas.name not in words


def test_example_data_says_so(draft):
    Report.objects.filter(pk=draft.pk).update(is_example=True)

    assert "DATA CONTOH" in page().content.decode()


def test_the_letter_and_the_missing_signature_are_told(published):
    assert "Belum ditandatangani" in page().content.decode()
    issued_as(published, letter_number="B-12/IV/2026", letter_on="2026-04-02", signed_scan="reports/2026/scan.pdf")

    words = page().content.decode()

    assert "B-12/IV/2026, 2 April 2026" in words
    assert "Belum ditandatangani" not in words


def test_no_answer_ever_says_genuine_or_forged(published, second, pimpinan):
    answers = [page().content, page(new_code()).content]
    issued_as(published, replaced_by=second)
    answers.append(page().content)

    for answer in answers:
        words = answer.decode().lower().replace("keaslian", "")
        assert "asli" not in words
        assert "palsu" not in words


# --- figures to compare -------------------------------------------------------------------

TOTALS = {"totals": {"total": 37, "classes": [{"label": "x", "count": n} for n in (11, 20, 5, 1)]}}


def test_readers_of_a_public_report_compare_total_and_classes(published):
    Report.objects.filter(pk=published.pk).update(audience=Audience.PUBLIC, snapshot=json.dumps(TOTALS))

    words = page().content.decode()

    assert "Cocokkan angka ini" in words
    assert re.findall(r'<td class="number">(\d+)</td>', words) == ["37", "11", "20", "5", "1"]
    assert published.agreement.code in words


def test_an_internal_report_shows_no_figure_and_no_agreement(published):
    Report.objects.filter(pk=published.pk).update(snapshot=json.dumps(TOTALS))

    words = page().content.decode()

    assert "Cocokkan angka ini" not in words
    assert published.agreement.code not in words
    assert "37" not in re.sub(r"[0-9a-f]{8}", "", words)


def test_issued_errata_are_pointed_to_and_correct_the_figures(published, humas):
    Report.objects.filter(pk=published.pk).update(audience=Audience.PUBLIC, snapshot=json.dumps(TOTALS))
    items = {"figures": [{"figure": "total", "label": "Jumlah komitmen", "issued": 37, "present": 36, "codes": []}]}
    erratum = published.errata.create(
        items=json.dumps(items), items_sha256="0" * 64, as_of=published.as_of, found_at=at("2026-05-01")
    )
    assert "Lembar Ralat" not in page().content.decode()
    erratum.state, erratum.decided_by, erratum.decided_at = "ISSUED", humas, at("2026-05-04")
    erratum.save()

    words = page().content.decode()

    assert "Lembar Ralat 1" in words
    assert "terbit 4 Mei 2026" in words
    assert re.findall(r'<td class="number">(\S+)</td>', words)[:4] == ["37", "36", "11", "tetap"]
    assert words.index("Sebagian angkanya sudah diralat.") < words.index("Kode dokumen")  # beside the answer itself


@pytest.fixture
def sheet(published, humas):
    Report.objects.filter(pk=published.pk).update(audience=Audience.PUBLIC, snapshot=json.dumps(TOTALS))
    erratum = published.errata.create(
        items='{"causes": [], "figures": []}', items_sha256="0" * 64, as_of=published.as_of, found_at=at("2026-05-01"),
        state="ISSUED", decided_by=humas, decided_at=at("2026-05-04"),
    )  # fmt: skip
    erratum.pdf.save("ralat.pdf", ContentFile(b"%PDF-1.7 ralat"))
    return erratum


SHEET = reverse("reports:check_erratum", args=[CODE, 1])


def test_anybody_may_fetch_the_erratum_of_a_public_report(sheet):
    assert SHEET in page().content.decode()

    fetched = Client().get(SHEET)

    assert b"".join(fetched.streaming_content) == b"%PDF-1.7 ralat"
    assert fetched["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "closed",
    [
        {"state": "DRAFT", "decided_by": None, "decided_at": None}, {"note": "Hubungi 0812-3456-7890"},
        {"state": "DISMISSED"},
    ],
)  # fmt: skip
def test_a_sheet_that_is_not_issued_or_names_a_person_is_asked_for(sheet, closed):
    Erratum.objects.filter(pk=sheet.pk).update(**closed)

    assert Client().get(SHEET).status_code == 404
    assert SHEET not in page().content.decode()


def test_the_erratum_of_an_internal_report_is_asked_for(sheet):
    Report.objects.update(audience=Audience.INTERNAL)

    assert Client().get(SHEET).status_code == 404
    assert "diminta kepada penerbit" in page().content.decode()


# --- comparing a file ---------------------------------------------------------------------


def compared(content: bytes | None, code: str = CODE):
    sent = {} if content is None else {"berkas": SimpleUploadedFile("x.pdf", content, content_type="application/pdf")}
    return Client(enforce_csrf_checks=True).post(reverse("reports:compare", args=[code]), sent)


@pytest.fixture
def with_files(published):
    published.draft_pdf.save("draf.pdf", ContentFile(b"draf"), save=False)
    sums = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("terbit", "arsip", "pindaian")}
    Report.objects.filter(pk=published.pk).update(
        draft_pdf=published.draft_pdf.name, pdf_sha256=sums["terbit"], archive_pdf_sha256=sums["arsip"],
        signed_scan_sha256=sums["pindaian"],
    )  # fmt: skip
    return published


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"terbit", "Sama dengan berkas yang diterbitkan."),
        (b"arsip", "Sama dengan berkas arsip (PDF/A)."),
        (b"pindaian", "Sama dengan pindaian bertanda tangan yang tercatat."),
        (b"draf", "Sama dengan berkas draf, bukan yang terbit."),
        (b"terbit ", "Berbeda dengan semua berkas"),
    ],
)
def test_a_file_is_told_apart_without_script(with_files, content, said):
    answer = compared(content)

    assert answer.status_code == 200
    assert f"<p>{said}" in answer.content.decode()


@pytest.mark.parametrize(("content", "look"), [(b"terbit", "success"), (b"draf", "warning"), (b"terbit ", "warning")])
def test_good_and_bad_news_about_a_file_do_not_look_alike(with_files, content, look):
    assert f'class="notice notice-{look}" role="status"' in compared(content).content.decode()


def test_no_file_of_a_withdrawn_report_is_good_news(with_files, pimpinan):
    Report.objects.filter(pk=with_files.pk).update(
        status=ReportStatus.WITHDRAWN, withdrawn_by=pimpinan, withdrawn_at=at("2026-04-20"), withdrawal_reason="Keliru"
    )

    assert "notice-success" not in compared(b"terbit").content.decode()


def test_the_browser_knows_the_same_sums_as_the_server(with_files):
    words = page().content.decode()

    known = dict(re.findall(r'<data hidden value="(\w+)" data-words="([^"]+)"', words))
    for content in (b"terbit", b"arsip", b"pindaian", b"draf"):
        assert known[hashlib.sha256(content).hexdigest()] in compared(content).content.decode()


def test_a_sent_file_is_kept_nowhere(with_files, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    compared(b"x" * 3_000_000)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (None, 422, "Pilih berkas yang akan dibandingkan."),
        (b"", 422, "Pilih berkas yang akan dibandingkan."),
        (b"x" * (20 * 2**20 + 1), 413, "Berkas terlalu besar. Batas 20 MB."),
    ],
)
def test_what_cannot_be_compared_is_explained(with_files, content, status, said):
    answer = compared(content)

    assert answer.status_code == status
    assert said in answer.content.decode()


def test_comparing_under_an_unknown_code_counts_as_guessing(db):
    for _guess in range(check.MISSES):
        assert compared(b"x", new_code()).status_code == 404

    assert compared(b"x", new_code()).status_code == 429


def test_senders_are_slowed_down_in_words(with_files):
    for _file in range(check.COMPARISONS):
        assert compared(b"x").status_code == 200

    refused = compared(b"x")

    assert refused.status_code == 429
    assert "Coba lagi pukul" in refused.content.decode()
    assert page().status_code == 200
