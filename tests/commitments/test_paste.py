"""The paste page: read, checked beside the source, corrected, and kept whole; nothing before *Simpan*."""

import dataclasses
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, Draft
from commitments.models import Commitment, DueBasis, Kind
from commitments.reading.release import Kind as ReadKind
from commitments.status import Status
from commitments.views import paste as paste_views
from meetings.models import Meeting, SourceText, Statement
from tests.commitments.pasting import TEXT, fields_of, key_in, release_of, span_in
from tests.factories import AgencyFactory, AgreementFactory, MeetingFactory

FIRST = key_in(TEXT, "pendataan bersama")
SECOND = key_in(TEXT, "pelatihan pendamping oleh Suku Dinas Sosial")
DOUBTFUL = key_in(TEXT, "menjajaki pos terpadu")
PLEDGE = key_in(TEXT, "Kami siap membuka layanan di kelurahan")
QUOTE = key_in(TEXT, "Kami siap membuka layanan di kelurahan,")


@pytest.fixture(autouse=True)
def good_reader(monkeypatch):
    monkeypatch.setattr(paste_views, "read_release", release_of)


@pytest.fixture
def url():
    return reverse("commitments:paste")


@pytest.fixture
def browser(as_person, petugas, city, unit, other_unit, agreement):
    return as_person(petugas)


@pytest.fixture
def second_step(browser, url):
    """The page after *Uraikan*."""
    return browser.post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode()


@pytest.fixture
def fields(second_step):
    """What the second step sends back untouched."""
    return fields_of(second_step)


def test_the_page_opens_with_an_empty_box(browser, url):
    page = browser.get(url).content.decode()

    assert "Tempel siaran pers atau notula" in page
    assert 'name="text"' in page


def test_who_may_not_log_may_not_paste(as_person, humas, petugas_asing, url):
    assert as_person(humas).get(url).status_code == 403
    assert as_person(petugas_asing).get(url).status_code == 200


def test_reading_saves_nothing(second_step):
    assert not Meeting.objects.exists()
    assert not SourceText.objects.exists()


def test_what_was_read_stands_in_the_fields(fields, agreement, bp3mi, unit, other_unit):
    assert fields["held_on"] == ["Rabu, 28 Jan 2026"]
    assert fields["place"] == ["Balai Warga"]
    assert fields["host"] == [bp3mi.code]
    assert fields["counterpart"] == ["@kota"]
    assert set(fields["present"]) == {unit.code, other_unit.code}
    assert fields["agreement"] == [str(agreement.pk)]
    assert fields["led_by"] == ["Kepala BP3MI Uji"]
    assert fields["is_open_list"] == ["on"]
    assert fields["kind"] == ["AUDIENCE"]


def test_nobody_is_made_responsible_and_no_date_is_made_up(fields):
    assert fields[f"instansi-{SECOND}"] == [""]
    assert fields[f"tenggat-{SECOND}"] == [""]
    assert fields["due_all"] == [""]


def test_only_what_is_sure_is_ticked(fields):
    assert fields["baris"] == [FIRST, SECOND, DOUBTFUL]
    assert f"pilih-{FIRST}" in fields
    assert f"pilih-{DOUBTFUL}" not in fields


def test_every_field_says_how_sure_it_is_and_why(second_step):
    assert "cocok" in second_step
    assert "perlu dicek" in second_step
    assert "cocok tanggal" in second_step
    assert "kata kunci &#x27;menghasilkan kesepakatan&#x27;" in second_step


def test_the_day_of_publication_is_told_where_the_text_tells_it(browser, url, second_step, monkeypatch):
    assert "Tanggal terbit menurut teks: -" in second_step

    def dated(text, *, agencies=()):
        found = release_of(text, agencies=agencies)
        return dataclasses.replace(found, published_on=found.held_on)

    monkeypatch.setattr(paste_views, "read_release", dated)

    page = browser.post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode()
    assert "Tanggal terbit menurut teks: Rabu, 28 Januari 2026" in page


def test_field_and_source_point_to_each_other(second_step):
    number = second_step.split(f'data-go="id_pilih-{FIRST}"')[0].rsplit('id="sumber-', 1)[1].split('"')[0]

    assert f'href="#sumber-{number}"' in second_step
    assert f'href="#id_pilih-{FIRST}"' in second_step


def test_the_first_look_scolds_nobody(browser, url):
    page = browser.post(url, {"text": "Cuaca hari ini cerah.", "aksi": "uraikan"}).content.decode()

    assert "Tidak ada komitmen yang terbaca" in page
    assert "data-error-summary" not in page
    assert "tidak ditemukan" in page


def test_saving_keeps_the_whole_text_and_every_commitment_points_into_it(
    browser, url, fields, petugas, unit, other_unit
):
    sent = fields | {
        f"instansi-{FIRST}": "naker, sosial", f"tenggat-{FIRST}": "30jun", "due_all": "tw3",
        f"rumusan-{SECOND}": "Pelatihan pendamping", f"jenis-{SECOND}": "PLAN", "aksi": "sampaikan",
        "source_url": "situs.contoh.example/berita",
    }  # fmt: skip

    response = browser.post(url, sent)

    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    kept = SourceText.objects.get()
    assert (kept.text, kept.label, kept.source_url) == (TEXT, "Siaran pers", "https://situs.contoh.example/berita")
    assert kept.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    first, second = Commitment.objects.order_by("position")
    assert (first.original, second.original) == ("pendataan bersama", "pelatihan pendamping oleh Suku Dinas Sosial")
    assert (first.wording, second.wording) == ("Pendataan bersama", "Pelatihan pendamping")
    assert (first.kind, second.kind) == (Kind.AGREED, Kind.PLAN)
    assert (first.lead, second.lead) == (unit, None)
    assert [row.agency for row in first.contributions.all()] == [other_unit]
    assert (str(first.due_on), str(second.due_on)) == ("2026-06-30", "2026-09-30")
    assert {first.due_basis, second.due_basis} == {DueBasis.PROPOSED}
    assert {first.status, second.status} == {Status.NOT_STARTED}
    assert meeting.is_open_list
    assert {row.agency for row in meeting.attendance.all()} == {unit, other_unit}


def test_a_ticked_quotation_is_kept_with_its_place_and_may_not_be_quoted_yet(browser, url, fields):
    browser.post(url, fields | {"aksi": "draf"})

    said, span = Statement.objects.get(), span_in(TEXT, "Kami siap membuka layanan di kelurahan,")
    assert (said.verbatim, said.speaker) == ("Kami siap membuka layanan di kelurahan,", "Wali Kota Uji")
    assert (said.source, said.span_start, said.span_end) == (SourceText.objects.get(), span.start, span.end)
    assert not said.may_quote


def test_an_unticked_quotation_is_not_kept(browser, url, fields):
    fields.pop("kutip")

    browser.post(url, fields | {"aksi": "draf"})

    assert not Statement.objects.exists()


def test_a_draft_stays_unknown(browser, url, fields):
    browser.post(url, fields | {"aksi": "draf"})

    assert set(Commitment.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert Meeting.objects.get().shared_at is None


def test_a_second_click_saves_once(browser, url, fields):
    first = browser.post(url, fields | {"aksi": "draf"})
    second = browser.post(url, fields | {"aksi": "draf"})

    assert first.url == second.url
    assert (Meeting.objects.count(), SourceText.objects.count()) == (1, 1)


def test_an_unticked_row_may_be_nonsense(browser, url, fields):
    browser.post(url, fields | {f"instansi-{DOUBTFUL}": "entah", f"tenggat-{DOUBTFUL}": "31feb", "aksi": "draf"})

    assert Commitment.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": ""}, "belum diisi"),
        ({"held_on": "31 Februari 2026"}, "tidak ada di kalender"),
        ({f"instansi-{FIRST}": "nakr"}, "&quot;@nakr&quot; tidak dikenal. Maksud Anda @naker"),
        ({f"tenggat-{FIRST}": "31feb"}, "tidak ada di kalender"),
        ({"due_all": "kapan-kapan"}, "tidak terbaca"),
        ({f"rumusan-{FIRST}": ""}, "Rumusan belum diisi."),
        ({f"rumusan-{FIRST}": "\u200b\u202e"}, "Rumusan belum diisi."),
        ({f"rumusan-{FIRST}": "a" * 2001}, "2000"),
        ({"due_all": "1jan2026"}, "mendahului tanggal pertemuan"),
        ({"counterpart": "Kota Antah Berantah"}, "tidak dikenal"),
        ({"source_url": "bukan alamat"}, "Tulis alamat lengkap"),
        ({f"pilih-{FIRST}": [], f"pilih-{SECOND}": []}, "Centang paling sedikit satu komitmen"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(browser, url, fields, changes, sentence):
    response = browser.post(url, fields | {"minutes": "", "led_by": "Kepala Seksi"} | changes | {"aksi": "sampaikan"})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    again = fields_of(page)
    assert again["text"] == [TEXT]
    assert again["led_by"] == ["Kepala Seksi"]
    assert again["baris"] == fields["baris"]
    assert not Meeting.objects.exists()


def test_minutes_alone_are_enough_and_keep_the_text(browser, url, fields):
    fields.pop(f"pilih-{FIRST}")
    fields.pop(f"pilih-{SECOND}")

    browser.post(url, fields | {"minutes": "Tidak ada kesepakatan.", "aksi": "draf"})

    assert Meeting.objects.get().minutes == "Tidak ada kesepakatan."
    assert SourceText.objects.get().text == TEXT


def test_a_date_before_the_meeting_can_be_accepted(browser, url, fields):
    sent = fields | {"due_all": "1jan2026", "aksi": "draf"}
    page = browser.post(url, sent).content.decode()
    tick = page.split('name="abaikan_peringatan"')[1].split('value="')[1].split('"')[0]

    assert browser.post(url, sent | {"abaikan_peringatan": tick}).status_code == 302


def test_a_meeting_that_is_recorded_already_is_pointed_out(browser, url, fields, bp3mi, city):
    MeetingFactory(code="A-2026-050", host_agency=bp3mi, counterpart=city, held_on="2026-01-28")

    page = browser.post(url, fields | {"aksi": "draf"})

    assert page.status_code == 422
    assert "Mungkin sudah dicatat oleh BP3MI: A-2026-050" in page.content.decode()


def test_what_was_read_can_go_into_the_record_that_stands(browser, url, fields, bp3mi, city):
    standing = MeetingFactory(code="A-2026-050", host_agency=bp3mi, counterpart=city, held_on="2026-01-28")
    page = browser.post(url, fields | {"aksi": "draf"}).content.decode()
    sent = fields | {"aksi": "gabung-A-2026-050", "kutip": [QUOTE], f"penutur-{QUOTE}": "Wali Kota Uji"}

    assert 'value="gabung-A-2026-050"' in page
    for _click in range(2):
        assert browser.post(url, sent).url == standing.get_absolute_url()

    source = SourceText.objects.get()
    assert (source.meeting, source.text) == (standing, TEXT)
    assert {row.meeting for row in Commitment.objects.all()} == {standing}
    assert all(row.source == source and row.status == Status.DRAFT for row in Commitment.objects.all())
    assert Statement.objects.get().meeting == standing
    assert Meeting.objects.count() == 1


def test_a_planned_meeting_has_taken_place_when_its_release_is_joined(browser, url, fields, bp3mi, city):
    planned = MeetingFactory(
        code="A-2026-050", host_agency=bp3mi, counterpart=city, held_on="2026-01-28", status="PLANNED", shared_at=None
    )

    browser.post(url, fields | {"aksi": "gabung-A-2026-050"})

    planned.refresh_from_db()
    assert (planned.status, planned.place, Meeting.objects.count()) == ("HELD", "Balai Warga", 1)


def test_an_agency_named_in_the_sentence_is_offered_and_taken_on_request(browser, url, second_step, fields):
    assert f'value="{SECOND}:sosial"' in second_step

    page = browser.post(url, fields | {"pakai": f"{SECOND}:sosial"}).content.decode()

    assert fields_of(page)[f"instansi-{SECOND}"] == ["@sosial"]
    assert "Sudin Sosial · tenggat belum ada" in page
    assert f'value="{SECOND}:sosial"' not in page


def test_an_offer_goes_behind_what_is_typed(browser, url, fields):
    page = browser.post(url, fields | {f"instansi-{SECOND}": "naker", "pakai": f"{SECOND}:sosial"}).content.decode()

    assert fields_of(page)[f"instansi-{SECOND}"] == ["naker, @sosial"]


def test_a_quotation_becomes_a_pledge_on_request(browser, url, second_step, fields):
    assert f'name="jadikan" id="butir-{QUOTE}" value="{PLEDGE}:PLEDGE"' in second_step

    page = browser.post(url, fields | {"jadikan": f"{PLEDGE}:PLEDGE"}).content.decode()

    again = fields_of(page)
    assert again["baris"] == [PLEDGE, FIRST, SECOND, DOUBTFUL]
    assert again[f"jenis-{PLEDGE}"] == ["PLEDGE"]
    assert again[f"rumusan-{PLEDGE}"] == ["Kami siap membuka layanan di kelurahan"]
    assert f"pilih-{PLEDGE}" in again
    assert "Kata-kata ini sudah menjadi komitmen di atas." in page


def test_a_plan_that_somebody_only_said_is_offered_not_proposed(browser, url, monkeypatch):
    def with_plan(text, *, agencies=()):
        found = release_of(text, agencies=agencies)
        said = dataclasses.replace(found.commitments[0], kind=ReadKind.PLAN, is_sure=True)
        return dataclasses.replace(found, commitments=(said, *found.commitments[1:]))

    monkeypatch.setattr(paste_views, "read_release", with_plan)

    page = browser.post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode()

    assert fields_of(page)["baris"] == [FIRST, SECOND, DOUBTFUL]
    assert f'value="{PLEDGE}:PLAN"' in page


def test_selected_words_become_a_commitment_in_whole_words(browser, url, fields):
    span = span_in(TEXT, "dua pihak mungkin menjaja")

    page = browser.post(url, fields | {"aksi": "jadikan", "pilihan": f"{span.start}-{span.end}"}).content.decode()

    key = key_in(TEXT, "Kedua pihak mungkin menjajaki")
    assert key in fields_of(page)["baris"]
    assert fields_of(page)[f"jenis-{key}"] == ["AGREED"]
    assert "dipilih sendiri" in page


def test_ticked_sentences_become_commitments(browser, url, fields):
    keys = [
        key_in(TEXT, "Audiensi dipimpin Kepala BP3MI Uji."),
        key_in(TEXT, "Kedua pihak mungkin menjajaki pos terpadu."),
    ]

    page = browser.post(url, fields | {"aksi": "jadikan", "kalimat": keys}).content.decode()

    assert set(keys) < set(fields_of(page)["baris"])


@pytest.mark.parametrize("pilihan", ["", "5", "9-3", "0-9999999", "-1-4", "a-b", "٣-٤"])
def test_a_made_up_place_makes_no_row(browser, url, fields, pilihan):
    page = browser.post(url, fields | {"aksi": "jadikan", "pilihan": pilihan})

    assert page.status_code == 200
    assert fields_of(page.content.decode())["baris"] == fields["baris"]


def test_a_row_outside_the_text_is_not_saved(browser, url, fields):
    beyond = "90000-90010"
    sent = fields | {"baris": [*fields["baris"], beyond], f"pilih-{beyond}": "on", f"rumusan-{beyond}": "Di luar",
                     f"jenis-{beyond}": "AGREED", "kutip": [beyond], "aksi": "draf"}  # fmt: skip

    browser.post(url, sent)

    assert Commitment.objects.count() == 2
    assert not Statement.objects.exists()


def test_corrections_survive_every_step(browser, url, fields):
    typed = fields | {f"rumusan-{FIRST}": "Pendataan keluarga", f"instansi-{FIRST}": "naker", "place": "Ruang 3"}

    again = fields_of(browser.post(url, typed | {"aksi": "jadikan", "jadikan": QUOTE}).content.decode())

    assert again[f"rumusan-{FIRST}"] == ["Pendataan keluarga"]
    assert again[f"instansi-{FIRST}"] == ["naker"]
    assert again["place"] == ["Ruang 3"]


def test_an_unknown_agency_is_text_until_it_is_added(browser, url, second_step, fields, city):
    assert "Badan Baru Uji" in second_step
    page = browser.post(url, fields | {"instansi-baru": "Badan Baru Uji"}).content.decode()
    new = fields_of(page)
    assert new["new_name"] == ["Badan Baru Uji"]

    page = browser.post(
        url, new | {"new_code": "badan", "new_parent": "kota", "aksi": "tambah-instansi"}
    ).content.decode()

    assert Agency.objects.get(code="badan").parent == city
    assert "badan" in fields_of(page)["present"]
    assert "instansi baru?" not in page


def test_a_bad_new_agency_is_explained_and_loses_nothing(browser, url, fields):
    response = browser.post(url, fields | {"new_name": "", "new_code": "naker", "aksi": "tambah-instansi"})

    assert response.status_code == 422
    assert "Kode naker sudah dipakai." in response.content.decode()
    assert fields_of(response.content.decode())["baris"] == fields["baris"]


def test_htmx_gets_only_what_stands_beside_the_rows(browser, url, fields):
    sent = fields | {f"instansi-{FIRST}": "naker", "due_all": "30jun", "aksi": "periksa"}

    part = browser.post(url, sent, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "2 komitmen akan disimpan, 1 perlu dilengkapi" in " ".join(part.split())
    assert "Sudin Naker · tenggat Selasa, 30 Juni 2026 · usulan" in part


def test_several_agreements_of_one_day_are_left_to_the_person(as_person, petugas, bp3mi, ministry, agreement, url):
    AgreementFactory(code="NK-2025-009", host_agency=bp3mi, parties=[ministry])

    page = as_person(petugas).post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode()

    assert fields_of(page)["agreement"] == [""]
    assert "lebih dari satu kesepakatan bertanggal itu" in page


def test_the_own_agency_logs_whichever_side_the_text_puts_first(
    as_person, pimpinan_unit, unit, city, bp3mi, agreement, url, monkeypatch
):
    def swapped(text, *, agencies=()):
        found = release_of(
            text.replace("audiensi dengan Kota Uji", "audiensi dengan Suku Dinas Tenaga Kerja, Kota Uji"),
            agencies=agencies,
        )
        partner = next(a for a in found.agencies if a.code == unit.code)
        return dataclasses.replace(found, partner=partner)

    monkeypatch.setattr(paste_views, "read_release", swapped)

    fields = fields_of(as_person(pimpinan_unit).post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode())

    assert fields["host"] == [unit.code]
    assert fields["counterpart"] == [f"@{bp3mi.code}"]


def test_a_file_is_read_and_gives_its_name(browser, url):
    file = SimpleUploadedFile("Siaran pers 28 Januari.txt", TEXT.encode())

    fields = fields_of(browser.post(url, {"file": file, "aksi": "uraikan"}).content.decode())

    assert fields["label"] == ["Siaran pers 28 Januari.txt"]
    assert fields["baris"] == [FIRST, SECOND, DOUBTFUL]


def test_box_and_file_together_are_refused_with_the_text_kept(browser, url):
    file = SimpleUploadedFile("rilis.txt", b"Lain")

    response = browser.post(url, {"text": TEXT, "file": file, "aksi": "uraikan"})

    assert response.status_code == 422
    assert "salah satu saja" in response.content.decode()
    assert "Balai Warga" in response.content.decode()


def test_the_text_can_be_changed_again(browser, url, fields):
    page = browser.post(url, fields | {"aksi": "ubah-teks"}).content.decode()

    assert 'class="source-start"' in page
    assert "Balai Warga" in page


def test_a_draft_is_continued_at_its_step_and_dropped_when_saved(browser, url, fields, petugas):
    keep = reverse("agencies:draft_keep")
    browser.post(keep, fields | {f"rumusan-{FIRST}": "Pendataan keluarga"})
    assert Draft.objects.filter(user=petugas).exists()

    again = fields_of(browser.get(url).content.decode())
    assert again[f"rumusan-{FIRST}"] == ["Pendataan keluarga"]

    browser.post(url, again | {"aksi": "draf"})
    assert not Draft.objects.filter(user=petugas).exists()


def test_many_agencies_cost_no_more_queries(browser, url, fields, django_assert_max_num_queries, city):
    browser.post(url, fields | {"aksi": "periksa"})
    with django_assert_max_num_queries(60) as few:
        browser.post(url, fields | {"aksi": "periksa"})
    for number in range(20):
        AgencyFactory(code=f"baru{number}", parent=city)

    with django_assert_max_num_queries(len(few)):
        browser.post(url, fields | {"aksi": "periksa"})
