"""The import page: a table is read, checked, saved once, and not a word of it is lost."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from commitments.models import Commitment, DueBasis, Origin
from commitments.status import Status
from meetings.models import Meeting, SourceText
from tests.factories import CommitmentFactory, MeetingFactory
from tests.sheets import HEADINGS, sent, uploaded, workbook

URL = reverse("commitments:import")
ROWS = (
    (1, "Sosialisasi migrasi aman", "Sudin Naker", "30 Juni 2030", "Proses", "Dua sekolah"),
    (2, "Pelatihan bahasa", "Sudin Naker, Sudin Sosial", "TW II 2024", "Selesai", None),
    (3, "Pendataan lembaga", "Dinas Antah", "Juni 2030", None, None),
)


@pytest.fixture
def browser(as_person, petugas):
    return as_person(petugas)


@pytest.fixture
def read(browser, unit, other_unit):
    """Send a table and return the answer."""

    def read(*rows, **fields):
        table = {"file": workbook(HEADINGS, *rows)} if rows else {}
        return browser.post(URL, table | {"aksi": "baca"} | fields)

    return read


def filled(response, **changes):
    """The fields of the second step as a browser would send them."""
    page = response.content.decode()
    form = response.context["form"]
    sent_back = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "", False) and name != "agreement"
    }
    sent_back |= {"token": str(uuid.uuid4()), "host": form.hosts[0].code, "bacaan": response.context["page"].key}
    sent_back |= dict.fromkeys(re.findall(r'name="(baris-\d+)" value="ya" checked', page), "ya")
    names = re.findall(r'name="nama-instansi" value="([^"]*)"', page)
    sent_back |= {"nama-instansi": names, "pilihan-instansi": [""] * len(names)}
    return sent_back | {"held_on": "28 Januari 2026", "aksi": "draf"} | changes


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


# --- reading ------------------------------------------------------------------------------------


def test_the_page_opens_empty_and_an_empty_form_is_told_what_is_missing(browser):
    assert browser.get(URL).status_code == 200
    response = browser.post(URL, {"aksi": "baca"})

    assert response.status_code == 422
    assert "Pilih satu berkas, atau tempel baris dari Excel." in response.content.decode()


def test_every_row_shows_what_was_understood_and_what_was_not(read):
    page = text_of(read(*ROWS))

    assert "3 komitmen akan disimpan, 1 perlu dilengkapi" in page
    assert "tenggat Minggu, 30 Juni 2030 · usulan" in page
    assert "&quot;Dinas Antah&quot; belum dikenal sebagai instansi" in page
    assert "&quot;Juni 2030&quot; hanya menyebut bulan" in page
    assert "Status menurut tabel: Selesai" in page
    assert not Commitment.objects.exists()


def test_a_date_that_has_passed_says_that_nobody_is_reminded_of_it(read):
    page = text_of(read(*ROWS))

    assert "1 komitmen tenggatnya sudah lewat: pengingat untuk tanggal yang sudah lewat tidak dikirim." in page


def test_pasted_rows_are_read_like_a_file(read):
    response = read(pasted="Komitmen\tPIC\nPelatihan\tSudin Sosial")

    assert [row.lead.code for row in response.context["page"].taken] == ["sosial"]


def test_a_file_and_pasted_rows_together_are_not_chosen_between(browser):
    response = browser.post(URL, {"file": workbook(HEADINGS), "pasted": "a\tb", "aksi": "baca"})

    assert response.status_code == 422
    assert "salah satu saja" in response.content.decode()


def test_a_file_that_cannot_be_read_is_said_beside_the_field_and_pasted_words_stay(browser):
    response = browser.post(URL, {"file": sent(b"\x89PNG\r\n\x1a\n\0"), "aksi": "baca"})

    assert response.status_code == 422
    assert "Berkas ini bukan tabel." in response.content.decode()


def test_a_file_past_the_limit_is_refused_with_its_size(browser, settings):
    settings.EVIDENCE_MAX_BYTES = 1000

    assert browser.post(URL, {"file": workbook(HEADINGS, *ROWS), "aksi": "baca"}).status_code == 413


def test_a_table_without_a_row_is_said_to_have_none(browser):
    response = browser.post(URL, {"pasted": "\t\t\n\t\t.", "aksi": "baca"})

    assert response.status_code == 422


def test_a_pasted_table_beyond_every_measure_is_refused(browser):
    response = browser.post(URL, {"pasted": "a\tb\n" * 30_000, "aksi": "baca"})

    assert response.status_code == 422
    assert "terlalu besar" in response.content.decode()


def test_the_sheet_with_the_commitments_is_chosen_and_may_be_changed(browser, unit):
    book = Workbook()
    book.active.title = "Daftar hadir"
    book.active.append(["Nama", "Paraf"])
    sheet = book.create_sheet("Matriks")
    for row in (HEADINGS, (1, "Pelatihan", "Sudin Naker", None, None, None)):
        sheet.append(row)

    response = browser.post(URL, {"file": uploaded(book), "aksi": "baca"})
    other = browser.post(URL, filled(response, sheet="0", aksi="periksa"))

    assert [row.row.line.wording for row in response.context["page"].taken] == ["Pelatihan"]
    assert other.context["chosen"].sheet.name == "Daftar hadir"


def test_other_columns_are_read_again_with_and_without_scripts(browser, read):
    response = read((1, "Salah", "Sudin Naker", None, None, "Yang benar"))
    changed = filled(response, kolom_komitmen="5", kolom_keterangan="", aksi="periksa")

    page = browser.post(URL, changed)
    part = browser.post(URL, changed, headers={"HX-Request": "true"})

    assert [row.row.line.wording for row in page.context["page"].taken] == ["Yang benar"]
    assert "Komitmen: Salah" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "Yang benar" in part.content.decode()


def test_a_name_may_be_said_to_mean_an_agency_for_all_its_rows(browser, read, other_unit):
    response = read(*ROWS, (4, "Pameran", "Dinas Antah", None, None, None))
    assert "Dinas Antah</label>" in text_of(response) or "Dinas Antah <span" in text_of(response)

    again = browser.post(URL, filled(response, **{"pilihan-instansi": ["sosial"], "aksi": "periksa"}))

    assert [row.lead.code for row in again.context["page"].taken[2:]] == ["sosial", "sosial"]


def test_months_become_dates_only_when_that_is_wanted(browser, read):
    response = read(*ROWS)

    again = browser.post(URL, filled(response, month_ends="on", aksi="periksa"))

    assert again.context["page"].taken[2].row.line.due_on == dt.date(2030, 6, 30)


def test_the_day_in_the_title_is_the_day_of_the_meeting(browser, unit):
    table = workbook(("Hasil rapat tanggal 12 Maret 2025",), HEADINGS, (1, "Pelatihan", "Sudin Naker", "TW II", "", ""))

    response = browser.post(URL, {"file": table, "aksi": "baca"})

    assert response.context["form"]["held_on"].value() == "Rabu, 12 Maret 2025"
    assert response.context["page"].taken[0].row.line.due_on == dt.date(2025, 6, 30)


# --- saving -------------------------------------------------------------------------------------


def test_ticked_rows_are_saved_with_the_table_they_stand_in(browser, read, unit, other_unit):
    response = browser.post(URL, filled(read(*ROWS)))

    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    first, second, third = Commitment.objects.order_by("position")
    assert (first.lead, first.due_on, first.due_basis) == (unit, dt.date(2030, 6, 30), DueBasis.PROPOSED)
    assert [row.agency for row in second.contributions.all()] == [other_unit]
    assert third.note == "Penanggung jawab menurut tabel: Dinas Antah\nTenggat menurut tabel: Juni 2030"
    assert {row.status for row in (first, second, third)} == {Status.DRAFT}
    assert second.original == "2\tPelatihan bahasa\tSudin Naker, Sudin Sosial\tTW II 2024\tSelesai"
    assert SourceText.objects.get().label == "matriks.xlsx"


def test_old_rows_arrive_muted_and_others_do_not(browser, read, now):
    browser.post(URL, filled(read(*ROWS)))

    muted = dict(Commitment.objects.values_list("wording", "reminders_from"))
    assert muted["Pelatihan bahasa"] is not None
    assert muted["Sosialisasi migrasi aman"] is muted["Pendataan lembaga"] is None


def test_rows_may_be_saved_and_shared_at_once(browser, read):
    browser.post(URL, filled(read(*ROWS), aksi="sampaikan"))

    assert set(Commitment.objects.values_list("status", flat=True)) == {Status.NOT_STARTED}


def test_rows_may_come_from_a_letter(browser, read):
    browser.post(URL, filled(read(*ROWS), origin="LETTER", reference="B-12/2026", held_on="5 Februari 2026"))

    found = Commitment.objects.first()
    assert (found.origin, found.origin_reference, found.meeting) == (Origin.LETTER, "B-12/2026", None)
    assert Commitment.objects.count() == 3


def test_a_letter_without_a_number_is_asked_for_it(browser, read):
    response = browser.post(URL, filled(read(*ROWS), origin="LETTER"))

    assert response.status_code == 422
    assert "Tulis nomor surat" in response.content.decode()


def test_only_ticked_rows_are_saved_also_those_that_were_left_out(browser, read):
    response = read(*ROWS, (None, "BAGIAN PENUTUP", None, None, None, None))
    data = filled(response)
    del data["baris-2"]
    data["baris-5"] = "ya"

    browser.post(URL, data)

    assert set(Commitment.objects.values_list("wording", flat=True)) == {
        "Pelatihan bahasa", "Pendataan lembaga", "BAGIAN PENUTUP",
    }  # fmt: skip


def test_a_second_click_saves_once(browser, read):
    data = filled(read(*ROWS))

    first, second = browser.post(URL, data), browser.post(URL, data)

    assert first.url == second.url
    assert Meeting.objects.count() == 1


def test_without_a_date_nothing_is_saved_and_everything_stays(browser, read):
    response = browser.post(URL, filled(read(*ROWS), held_on="", counterpart="Kota Uji"))

    assert response.status_code == 422
    assert "Tanggal" in response.content.decode()
    assert response.context["form"]["counterpart"].value() == "Kota Uji"
    assert len(response.context["page"].picked) == 3
    assert not Meeting.objects.exists()


def test_without_a_tick_nothing_is_saved(browser, read):
    data = {name: value for name, value in filled(read(*ROWS)).items() if not name.startswith("baris-")}

    response = browser.post(URL, data)

    assert response.status_code == 422
    assert "Centang paling sedikit satu baris." in response.content.decode()


def test_more_rows_than_can_be_saved_at_once_are_not_ticked_beyond_the_limit(read, unit):
    response = read(*((n, f"Kegiatan {n}", "Sudin Naker", None, None, None) for n in range(1, 260)))

    assert len(response.context["page"].picked) == 200
    assert len(response.context["page"].taken) == 259


def test_a_row_that_is_too_long_is_named_before_it_is_saved(browser, read):
    response = browser.post(URL, filled(read((1, "x" * 2100, "Sudin Naker", None, None, None))))

    assert response.status_code == 422
    assert "Baris 2:" in response.content.decode()


def test_what_is_recorded_already_is_said_and_not_ticked(browser, read, meeting):
    CommitmentFactory(code="K-2026-077", meeting=meeting, wording="Pelatihan bahasa")

    page = read(*ROWS).context["page"]

    assert [row.known_as for row in page.taken] == ["", "K-2026-077", ""]
    assert [row.is_picked for row in page.taken] == [True, False, True]


def test_what_others_keep_to_themselves_is_not_recognised(as_person, petugas_asing, read, meeting, unit):
    CommitmentFactory(code="K-2026-077", meeting=meeting, wording="Pelatihan bahasa")

    response = as_person(petugas_asing).post(URL, {"file": workbook(HEADINGS, *ROWS), "aksi": "baca"})

    assert "K-2026-077" not in response.content.decode()


# --- who, and what comes back broken ------------------------------------------------------------


def test_nobody_imports_for_an_agency_that_is_not_theirs(browser, read, stranger):
    response = browser.post(URL, filled(read(*ROWS), host=stranger.code))

    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_press_and_auditors_do_not_import(as_person, humas, auditor):
    assert as_person(humas).get(URL).status_code == 403
    assert as_person(auditor).post(URL, {"aksi": "baca"}).status_code == 403


@pytest.mark.parametrize(
    "book",
    ["", "{", "[]", '{"name":1,"sheets":[]}', '{"name":"x","sheets":[{"text":"a"}]}', "[" * 100_000, '{"sheets":{}}'],
    ids=range(7),
)
def test_cells_that_do_not_come_back_whole_are_asked_for_again(browser, book):
    response = browser.post(URL, {"book": book, "aksi": "draf", "held_on": "28 Januari 2026"})

    assert response.status_code == 422
    assert "Isi tabel tidak ikut terkirim" in response.content.decode()


@pytest.mark.parametrize("field", ["sheet", "mapped", "first_row", "kolom_komitmen", "kolom_tenggat"])
@pytest.mark.parametrize("value", ["-1", "99999999999", "x", "\u0663", "1.5"])
def test_nonsense_in_a_choice_is_no_breakdown(browser, read, field, value):
    response = browser.post(URL, filled(read(*ROWS), **{field: value, "aksi": "periksa"}))

    assert response.status_code == 200


def test_words_of_a_table_are_shown_as_words(read):
    page = read((1, "<script>alert(1)</script>", "<b>x</b>", None, None, None)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_large_table_costs_as_many_queries_as_a_small_one(read, unit):
    counts = []
    for size in (1, 1, 40):  # the first visit warms up
        with CaptureQueriesContext(connection) as queries:
            read(*((n, f"Kegiatan {n}", "Sudin Naker, Dinas Antah", "TW II 2030", "x", "y") for n in range(size)))
        counts.append(len(queries))

    assert counts[1] == counts[2]


# --- a meeting that is recorded already ----------------------------------------------------------


def test_rows_of_a_meeting_that_is_recorded_can_go_into_its_record(browser, read, bp3mi, city):
    standing = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-01-28")
    fields = filled(read(*ROWS), counterpart=city.name)

    asked = browser.post(URL, fields)
    for _click in range(2):
        assert browser.post(URL, fields | {"aksi": f"gabung-{standing.code}"}).url == standing.get_absolute_url()

    assert asked.status_code == 422
    assert f"Mungkin sudah dicatat oleh BP3MI: {standing.code}" in asked.content.decode()
    assert f'value="gabung-{standing.code}"' in asked.content.decode()
    assert standing.commitments.count() == len(ROWS)
    assert SourceText.objects.get().meeting == standing
    assert Meeting.objects.count() == 1


def test_rows_of_another_meeting_are_kept_apart_with_one_tick(browser, read, bp3mi, city):
    standing = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-01-28")
    tick = f"sudah-dicatat-{standing.code}"

    saved = browser.post(URL, filled(read(*ROWS), counterpart=city.name, abaikan_peringatan=[tick]))

    assert (saved.status_code, Meeting.objects.count()) == (302, 2)


def test_rows_of_a_letter_have_no_such_double(browser, read, bp3mi, city):
    MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-01-28")

    saved = browser.post(URL, filled(read(*ROWS), counterpart=city.name, origin="LETTER", reference="12/2026"))

    assert (saved.status_code, Meeting.objects.count()) == (302, 1)
