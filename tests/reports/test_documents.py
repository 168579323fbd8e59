"""The parts of a report: chosen, in order, for the right eyes, and the same from an old snapshot."""

import json
import re
from pathlib import Path

import pytest

from agencies.audit import sha256
from agencies.models import Agency, AgreementKind
from agencies.policy import Refusal
from commitments.models import Evidence, ProgressKind
from meetings.models import Attendance
from reports.counting.periods import read_period
from reports.models import Report, ReportStatus
from reports.options import Form, Layout, ReportOptions, Section
from reports.printing.document import TABLE_ROWS, print_report, report_html
from reports.snapshots.making import freeze
from tests.factories import AgencyFactory, ProgressFactory, at, person
from tests.reports.poppler import requires_poppler, text_of
from tests.reports.worlds import issuing_office, year_of_work

QUARTER = read_period("2026-TW1")
NOW = at("2026-03-31", "16.20")
OLD = Path(__file__).parent / "fixtures" / "snapshot-1.json"
HEADINGS = re.compile(r"<h([1-4])[^>]*>(.*?)</h\1>", re.DOTALL)


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def pact(office):
    return year_of_work(office, title="Peningkatan pelindungan calon pekerja migran")


def frozen_with(pact, office, **options):
    return json.loads(freeze(pact, QUARTER, issuer=office, at=NOW, options=ReportOptions(**options)))


def page(snapshot, *, issued=True):
    return report_html(snapshot, digest="0" * 64, issued=issued)


def headings(html, level="2"):
    return [words for found, words in HEADINGS.findall(html) if found == level]


def test_every_section_stands_in_its_order_under_a_running_number(office, pact):
    assert headings(page(frozen_with(pact, office))) == [
        "1. Ringkasan",
        "2. Perubahan sejak laporan sebelumnya",
        "3. Dasar dan cakupan",
        "4. Kemajuan per ruang lingkup",
        "5. Matriks komitmen",
        "6. Melewati tenggat dan terkendala",
        "7. Selesai pada periode ini",
        "8. Tren dan umur keterlambatan",
        "9. Agenda 30 hari berikut",
        "10. Pengesahan",
        "Lampiran A. Keterlacakan ruang lingkup",
        "Lampiran B. Riwayat perubahan tenggat",
        "Lampiran C. Pertemuan dan instansi hadir",
        "Lampiran D. Metode dan definisi",
    ]


def test_what_was_not_chosen_is_not_printed_and_the_numbers_close_up(office, pact):
    html = page(frozen_with(pact, office, sections=(Section.MATRIX,)))

    assert headings(html) == ["1. Ringkasan", "2. Dasar dan cakupan", "3. Matriks komitmen", "4. Pengesahan"]


def test_the_conventional_order_holds_the_same_parts_in_five_chapters(office, pact):
    html = page(frozen_with(pact, office, layout=Layout.CONVENTIONAL))

    assert [words for words in headings(html) if words.startswith("BAB")] == [
        "BAB I Pendahuluan",
        "BAB II Pelaksanaan",
        "BAB III Hasil",
        "BAB IV Kendala dan tindak lanjut",
        "BAB V Penutup",
    ]
    assert headings(html, "3")[:3] == ["A. Dasar", "B. Maksud dan tujuan", "C. Ruang lingkup laporan"]
    assert "B. Pengesahan" in headings(html, "3")


@pytest.mark.parametrize("layout", list(Layout))
def test_headings_never_skip_a_level(office, pact, layout):
    levels = [int(level) for level, _words in HEADINGS.findall(page(frozen_with(pact, office, layout=layout)))]

    assert levels[0] == 1
    assert [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1] == []


def test_what_hinders_is_told_with_its_cause_only_where_the_issuer_takes_part(office, pact):
    blocked = pact.commitments.get(code="K-2026-004")
    ProgressFactory(commitment=blocked, kind=ProgressKind.OBSTACLE, text="Ruang belum tersedia.", at=at("2026-03-02"))
    stranger = AgencyFactory(code="pihak-lain")

    assert "Ruang belum tersedia." in page(frozen_with(pact, office))
    assert "Ruang belum tersedia." not in json.dumps(frozen_with(pact, stranger))


def test_a_proof_is_named_beside_what_is_done(office, pact):
    done = pact.commitments.get(code="K-2026-002")
    proof = Evidence.objects.create(
        progress=ProgressFactory(commitment=done, kind=ProgressKind.CLAIM), kind="LETTER", letter_number="B-12/2026"
    )

    html = page(frozen_with(pact, office))

    assert f"B{proof.pk} B-12/2026" in html


def test_who_was_in_the_room_is_told_to_those_who_were(office, pact):
    guest = AgencyFactory(code="tamu", short_name="Sudin Tamu")
    Attendance.objects.create(meeting=pact.commitments.first().meeting, agency=guest, name="Seorang Pegawai")

    snapshot = frozen_with(pact, office)

    assert snapshot["meetings"][0]["present"] == ["Sudin Tamu"]
    assert "Seorang Pegawai" not in json.dumps(snapshot)
    assert frozen_with(pact, AgencyFactory(code="orang-luar"))["meetings"][0]["present"] == []


def test_only_the_chosen_agencies_are_counted_and_the_document_says_so(office, pact):
    lead = pact.commitments.get(code="K-2026-001").lead

    snapshot = frozen_with(pact, office, agencies=(lead.code,))

    assert {row["lead"] for row in snapshot["rows"]} == {lead.short_name}
    assert f"penanggung jawab: {lead.short_name}" in page(snapshot)


def test_a_region_narrows_like_its_agencies(office, pact):
    Agency.objects.filter(code=pact.commitments.get(code="K-2026-001").lead.code).update(region="Kota Contoh Timur")

    snapshot = frozen_with(pact, office, region="Kota Contoh Timur")

    assert 0 < snapshot["totals"]["total"] < 8
    assert "wilayah Kota Contoh Timur" in page(snapshot)


def test_up_to_three_posts_sign_the_issuer_first(office, pact):
    html = page(frozen_with(pact, office, signatories=("Kepala Balai", "Wali Kota", "Mengetahui: Deputi", "Kelima")))

    assert html.index("Kepala Balai") < html.index("Wali Kota") < html.index("Mengetahui: Deputi")
    assert "Kelima" not in html
    assert html.count("Nama dan NIP") == 3


def test_every_number_of_the_summary_leads_to_its_page(office, pact):
    snapshot = frozen_with(pact, office)

    html = page(snapshot)

    for name in ("total", "late", "condition-DONE", "class-MET", "confirmed", "claimed", "verified", "clause-1"):
        assert f'href="{snapshot["page_url"]}angka/{name}/"' in html


@pytest.mark.parametrize("layout", [Layout.MODERN, Layout.CONVENTIONAL])
def test_every_number_inside_a_sentence_leads_to_its_page(office, pact, layout):
    snapshot = frozen_with(pact, office, layout=layout)

    html = page(snapshot)

    owner = (
        f'<a href="{snapshot["page_url"]}angka/gap-owner/">{snapshot["gaps"]["owner"]}</a> belum ada penanggung jawab'
    )
    assert owner in html
    for name in ("gap-date", "gap-target", "gap-scope", "flow-done", "flow-shifts"):
        assert f'href="{snapshot["page_url"]}angka/{name}/"' in html


def test_a_revision_tells_what_changed_since_the_report_it_revises(office, pact):
    text = freeze(pact, QUARTER, issuer=office, at=at("2026-03-01"))
    author = person(office, "OFFICER")
    first = Report.objects.create(
        code="0000-0000-0A", agreement=pact, issuer=office, period="2026-TW1", starts_on=QUARTER.starts_on,
        ends_on=QUARTER.ends_on, as_of=at("2026-03-01"), snapshot=text, snapshot_sha256=sha256(text), made_at=NOW,
        status=ReportStatus.PUBLISHED, published_by=author, published_at=NOW,
    )  # fmt: skip

    second = json.loads(freeze(pact, QUARTER, issuer=office, at=NOW, revises=first))

    assert (second["revision"], second["revises"], second["changes"]["report"]) == (2, first.code, first.code)
    assert "Dibandingkan dengan laporan 0000-0000-0A" in page(second)
    assert "Revisi 2." in page(second)


@pytest.mark.parametrize(
    ("form", "title"), [(Form.FULL, "Laporan Kemajuan Pelaksanaan"), (Form.ONE_PAGE, "Ringkasan Kemajuan")]
)
def test_the_title_names_the_kind_of_agreement(office, pact, form, title):
    pact.kind = AgreementKind.COOPERATION
    pact.save()

    html = page(frozen_with(pact, office, form=form))

    assert f"<h1>{title} Perjanjian Kerja Sama</h1>" in html
    assert "Nota Kesepakatan" not in html


def test_a_long_table_is_laid_out_in_pieces_and_loses_no_row(office, pact):
    snapshot = frozen_with(pact, office)
    snapshot["rows"] = [snapshot["rows"][0] | {"code": f"K-{n:04d}"} for n in range(2 * TABLE_ROWS + 1)]

    html = page(snapshot)

    assert [n for n in range(2 * TABLE_ROWS + 1) if html.count(f"K-{n:04d}</") < 2] == []


def test_a_snapshot_of_the_first_schema_still_prints(db):
    old = json.loads(OLD.read_text(encoding="utf-8"))

    html = page(old, issued=False)

    assert "1. Ringkasan" in headings(html)
    assert "Perubahan sejak" not in html
    assert "angka/" not in html


@requires_poppler
def test_the_pdf_of_the_first_schema_has_its_rows(db):
    old = json.loads(OLD.read_text(encoding="utf-8"))

    text = text_of(print_report(old, digest="0" * 64, issued=False).pdf)

    assert [row["code"] for row in old["rows"] if row["code"] not in text] == []


def test_the_public_version_names_only_agencies_that_agreed(office, pact):
    lead = pact.commitments.get(code="K-2026-001").lead
    other = pact.commitments.get(code="K-2026-002").lead
    Agency.objects.filter(pk=lead.pk).update(named_in_public=True)

    snapshot = frozen_with(pact, office, is_public=True)

    assert [one["name"] for one in snapshot["leads"]] == [lead.short_name]
    assert other.short_name not in json.dumps(snapshot)
    assert snapshot["rows"] == []
    assert snapshot["totals"]["total"] == 8
    assert lead.short_name in page(snapshot)


def test_a_public_report_is_not_narrowed_to_an_agency_that_stays_unnamed(office, pact):
    lead = pact.commitments.get(code="K-2026-001").lead

    with pytest.raises(Refusal, match=lead.short_name):
        frozen_with(pact, office, is_public=True, agencies=(lead.code,))


def test_a_public_report_is_not_narrowed_to_a_region_with_an_agency_that_stays_unnamed(office, pact):
    lead = pact.commitments.get(code="K-2026-001").lead
    Agency.objects.filter(pk=lead.pk).update(region="Kota Sunyi")

    with pytest.raises(Refusal, match=lead.short_name) as refusal:
        frozen_with(pact, office, is_public=True, region="Kota Sunyi")

    assert refusal.value.verdict.status == 409
    assert frozen_with(pact, office, region="Kota Sunyi")["totals"]["total"] == 4


def test_a_region_asks_only_the_agencies_whose_numbers_it_tells(office, pact):
    lead = pact.commitments.get(code="K-2026-001").lead
    Agency.objects.filter(pk=lead.pk).update(region="Kota Sunyi", named_in_public=True)
    AgencyFactory(short_name="Tanpa Komitmen", region="Kota Sunyi")

    assert frozen_with(pact, office, is_public=True, region="Kota Sunyi")["totals"]["total"] == 4


def test_the_public_version_prints_totals_and_scope_items_only(office, pact):
    html = page(frozen_with(pact, office, is_public=True))

    assert "Versi publik." in html
    assert "angka/" not in html
    assert "K-2026-" not in html
    assert [words for words in headings(html) if "Matriks" in words or "Lampiran A" in words] == []
