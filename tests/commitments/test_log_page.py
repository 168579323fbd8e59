"""The log page: what is typed is read, shown, saved, shared, and never lost."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency
from commitments.models import Commitment, Consent, DueBasis
from commitments.status import Status
from meetings.models import Meeting
from tests.factories import AgencyFactory, AgreementFactory
from tests.pictures import tiny_png

TEXT = "Optimalisasi bursa kerja @naker @sosial /30jun #1 =4 kali\nSinergi pencegahan TPPO"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def url():
    return reverse("commitments:log")


@pytest.fixture
def typed(bp3mi, city, unit, other_unit, agreement, clause):
    return {
        "host": bp3mi.code, "counterpart": city.name, "held_on": "Rabu, 28 Januari 2026", "lines": TEXT,
        "agreement": agreement.pk, "kind": "AUDIENCE", "token": str(uuid.uuid4()), "present": [unit.code],
        "aksi": "sampaikan",
    }  # fmt: skip


@pytest.fixture
def browser(as_person, petugas):
    return as_person(petugas)


def test_the_page_opens_with_today_and_the_only_agreement_chosen(browser, url, agreement):
    page = browser.get(url).content.decode()

    assert "Catat pertemuan" in page
    assert f'<option value="{agreement.pk}" selected>' in page


def test_save_and_share_makes_everything_known(browser, url, typed, unit, other_unit, clause, city):
    response = browser.post(url, typed)

    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert response.url == meeting.get_absolute_url()
    first = Commitment.objects.get(code="K-2026-001")
    assert (first.lead, first.due_basis, first.target, first.unit) == (unit, DueBasis.PROPOSED, 4, "kali")
    assert [c.agency for c in first.contributions.all()] == [other_unit]
    assert list(first.clauses.all()) == [clause]
    assert (first.status, meeting.counterpart) == (Status.NOT_STARTED, city)
    assert first.original.startswith("Optimalisasi bursa kerja @naker")


def test_a_draft_is_saved_and_stays_unknown(browser, url, typed):
    browser.post(url, typed | {"aksi": "draf"})

    assert set(Commitment.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert Meeting.objects.get().shared_at is None


def test_the_second_click_makes_no_second_meeting(browser, url, typed):
    first = browser.post(url, typed)
    second = browser.post(url, typed)

    assert Meeting.objects.count() == 1
    assert first.url == second.url


def test_the_same_token_with_other_words_is_refused(browser, url, typed):
    browser.post(url, typed)

    response = browser.post(url, typed | {"lines": "Lain sama sekali"})

    assert response.status_code == 409
    assert Meeting.objects.count() == 1


def test_htmx_gets_only_the_reading(browser, url, typed):
    response = browser.post(url, typed | {"aksi": "periksa"}, headers={"HX-Request": "true"})

    part = response.content.decode()
    assert "<html" not in part
    assert "Terbaca 2 komitmen, 1 perlu dilengkapi" in re.sub(r"\s+", " ", part)
    assert "Selasa, 30 Juni 2026" in part
    assert not Meeting.objects.exists()


def test_without_scripts_check_shows_the_page_with_the_reading_and_every_word(browser, url, typed):
    page = browser.post(url, typed | {"aksi": "periksa", "minutes": "Catatan panjang"}).content.decode()

    assert "<html" in page
    assert "Optimalisasi bursa kerja @naker @sosial /30jun" in page
    assert "Catatan panjang" in page


def test_a_tick_in_the_room_is_the_leads_consent(browser, url, typed, unit):
    part = browser.post(url, typed | {"aksi": "periksa"}).content.decode()
    tick = next(name for name in re.findall(r'name="(setuju-[0-9a-f]{8}-naker)"', part))

    browser.post(url, typed | {tick: "ya", "nama-naker": "", "jabatan-naker": "Kepala Seksi"})

    assert Commitment.objects.get(code="K-2026-001").due_basis == DueBasis.AGREED
    assert set(Consent.objects.values_list("agency__code", "post_text")) == {("naker", "Kepala Seksi")}


def test_a_tick_falls_away_when_its_words_change(browser, url, typed):
    part = browser.post(url, typed | {"aksi": "periksa"}).content.decode()
    tick = next(name for name in re.findall(r'name="(setuju-[0-9a-f]{8}-naker)"', part))

    browser.post(url, typed | {tick: "ya", "lines": TEXT.replace("30jun", "30sep")})

    assert not Consent.objects.exists()


def test_a_wrong_date_does_not_call_a_full_box_empty(browser, url, typed):
    page = browser.post(url, typed | {"held_on": "31feb", "minutes": ""}).content.decode()

    assert "tidak ada di kalender" in page
    assert "Tulis paling sedikit satu komitmen atau notula." not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "31 Februari 2026"}, "tidak ada di kalender"),
        ({"held_on": "Selasa, 28 Januari 2026"}, "jatuh pada hari Rabu, bukan Selasa"),
        ({"lines": "Bursa kerja @nakr"}, "Baris 1: &quot;@nakr&quot; tidak dikenal. Maksud Anda @naker"),
        ({"lines": "Bursa kerja /31feb"}, "Baris 1: tanggal &quot;31feb&quot; tidak ada di kalender"),
        ({"lines": "", "minutes": ""}, "Tulis paling sedikit satu komitmen atau notula."),
        ({"lines": "a" * 5000}, "Baris 1: terlalu panjang"),
        ({"counterpart": "Kota Antah Berantah"}, "tidak dikenal"),
        ({"lines": "Bursa kerja /1jan2026"}, "mendahului tanggal pertemuan"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(browser, url, typed, changes, sentence):
    response = browser.post(url, typed | {"minutes": "Notula yang panjang", "place": "Ruang 3"} | changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Ruang 3" in page
    assert not Meeting.objects.exists()
    for value in changes.values():
        assert value.replace('"', "&quot;") in page


def test_a_warning_can_be_accepted(browser, url, typed):
    early = typed | {"lines": "Bursa kerja /1jan2026"}
    page = browser.post(url, early).content.decode()
    code = re.search(r'name="abaikan_peringatan" value="([^"]+)"', page)[1]

    response = browser.post(url, early | {"abaikan_peringatan": code})

    assert response.status_code == 302
    assert Commitment.objects.get().due_on.isoformat() == "2026-01-01"


def test_an_agreement_of_strangers_cannot_be_chosen(browser, url, typed, stranger):
    foreign = AgreementFactory(host_agency=stranger)

    response = browser.post(url, typed | {"agreement": foreign.pk})

    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_a_foreign_host_cannot_be_chosen(browser, url, typed, stranger):
    assert browser.post(url, typed | {"host": stranger.code}).status_code == 422


def test_files_are_taken_in_by_content(browser, url, typed):
    photo = SimpleUploadedFile("foto.png", tiny_png(), content_type="image/png")

    browser.post(url, typed | {"file_1": photo, "file_kind_1": "PHOTO"})

    assert Meeting.objects.get().files.get().content_type == "image/png"


def test_a_page_renamed_to_pdf_is_refused_and_the_text_stays(browser, url, typed):
    fake = SimpleUploadedFile("surat.pdf", b"<html><script>alert(1)</script>", content_type="application/pdf")

    response = browser.post(url, typed | {"file_1": fake, "file_kind_1": "INVITATION"})

    assert response.status_code == 422
    assert "Berkas harus JPG, PNG, HEIC, atau PDF." in response.content.decode()
    assert "Sinergi pencegahan TPPO" in response.content.decode()


def test_a_huge_file_is_answered_with_413_and_the_text_stays(browser, url, typed):
    huge = SimpleUploadedFile("besar.pdf", b"%PDF-1.7" + b"0" * (25 * 1024 * 1024), content_type="application/pdf")

    response = browser.post(url, typed | {"file_1": huge, "file_kind_1": "INVITATION"})

    assert response.status_code == 413
    assert "terlalu besar. Batas 10 MB per berkas." in response.content.decode()
    assert "Sinergi pencegahan TPPO" in response.content.decode()
    assert not Meeting.objects.exists()


def test_an_unknown_agency_is_added_without_leaving_the_page(browser, url, typed, city):
    new = {
        "aksi": "tambah-instansi",
        "new_name": "Suku Dinas Baru",
        "new_code": "baru",
        "new_parent": "kota",
        "new_kind": "CITY_OFFICE",
    }

    page = browser.post(url, typed | new).content.decode()

    added = Agency.objects.get(code="baru")
    assert added.parent == city
    assert re.search(r'value="baru" checked', page)
    assert "Optimalisasi bursa kerja @naker" in page
    assert not Meeting.objects.exists()


def test_a_code_that_is_taken_is_explained_beside_its_field(browser, url, typed):
    AgencyFactory(code="baru")
    new = {"aksi": "tambah-instansi", "new_name": "Suku Dinas Baru", "new_code": "baru", "new_kind": "CITY_OFFICE"}

    response = browser.post(url, typed | new)

    assert response.status_code == 422
    assert "Kode baru sudah dipakai." in response.content.decode()
    assert "Sinergi pencegahan TPPO" in response.content.decode()


def test_a_code_is_read_as_everywhere_and_never_hides_a_page(browser, url, typed):
    new = {"aksi": "tambah-instansi", "new_name": "Suku Dinas Baru", "new_kind": "CITY_OFFICE"}

    reserved = browser.post(url, typed | new | {"new_code": "tambah"})
    browser.post(url, typed | new | {"new_code": "@Baru"})

    assert reserved.status_code == 422
    assert not Agency.objects.filter(code="tambah").exists()
    assert Agency.objects.filter(code="baru").exists()


def test_only_officers_and_supervisors_may_log(as_person, url, typed, humas, auditor, admin):
    for person in (humas, auditor, admin):
        browser = as_person(person)
        assert browser.get(url).status_code == 403
        assert browser.post(url, typed).status_code == 403
    assert not Meeting.objects.exists()


def test_minutes_alone_are_enough(browser, url, typed):
    response = browser.post(url, typed | {"lines": "", "minutes": "Saling memperkenalkan diri."})

    assert response.status_code == 302
    assert not Commitment.objects.exists()
