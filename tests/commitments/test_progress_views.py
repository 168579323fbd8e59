"""The small forms of follow-up: what they take, what they refuse in words, and that nothing typed is lost."""

import threading
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from agencies.models import Event
from commitments import actions
from commitments.actions import Proof
from commitments.models import Commitment, Evidence, Progress
from commitments.status import Status
from tests.commitments.papers import document, photo
from tests.factories import CommitmentFactory, at

AT = at("2026-03-02", "10.00")


def url(commitment, step):
    return f"{commitment.get_absolute_url()}{step}/"


def fresh(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def test_a_sentence_a_total_and_a_photo_are_kept(as_person, petugas_unit, commitment):
    response = as_person(petugas_unit).post(
        url(commitment, "perkembangan"),
        {
            "text": "Bursa kerja pertama.", "realised": "1", "is_general": "on",
            "papers": SimpleUploadedFile("foto.jpg", photo(), "image/jpeg"),
        },
    )  # fmt: skip

    assert (response.status_code, response.headers["Location"]) == (302, commitment.get_absolute_url())
    assert (fresh(commitment).status, fresh(commitment).realised) == (Status.RUNNING, 1)
    assert Evidence.objects.get().sensitivity == "GENERAL"


def test_several_proofs_at_once(as_person, petugas_unit, commitment):
    files = [SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.pdf", document())]

    as_person(petugas_unit).post(
        url(commitment, "perkembangan"),
        {
            "text": "x",
            "papers": files,
            "link": "simpul.example/berita",
            "letter_number": "1/2026",
            "letter_on": "1/3/2026",
        },
    )

    assert sorted(Evidence.objects.values_list("kind", flat=True)) == ["FILE", "FILE", "LETTER", "LINK"]


@pytest.mark.parametrize("step", ["perkembangan", "kendala", "mulai", "selesai"])
def test_each_form_opens(as_person, petugas_unit, commitment, step):
    assert as_person(petugas_unit).get(url(commitment, step)).status_code == 200


@pytest.mark.parametrize(
    ("step", "body", "status"),
    [
        ("mulai", {}, Status.RUNNING),
        ("kendala", {"obstacle": "Gedung belum ada.", "decider": "Wali kota"}, Status.BLOCKED),
        ("selesai", {"text": "Rampung.", "letter_number": "7/2026"}, Status.SUBMITTED),
    ],
)
def test_each_step_moves_the_commitment(as_person, petugas_unit, commitment, step, body, status):
    assert as_person(petugas_unit).post(url(commitment, step), body).status_code == 302
    assert fresh(commitment).status == status


def test_what_was_blocked_goes_on(as_person, petugas_unit, meeting, unit):
    blocked = CommitmentFactory(meeting=meeting, lead=unit, status=Status.BLOCKED)

    as_person(petugas_unit).post(url(blocked, "lanjutkan"), {"text": "Gedung ada."})

    assert fresh(blocked).status == Status.RUNNING


@pytest.mark.parametrize("step", ["perkembangan", "kendala", "mulai", "selesai"])
@pytest.mark.parametrize(
    ("who", "status"), [("petugas_asing", 404), ("humas", 403), ("petugas", 403), ("auditor", 403)]
)
def test_the_wrong_person_is_refused(as_person, petugas_unit, commitment, request, step, who, status):
    browser = as_person(request.getfixturevalue(who))
    body = {"text": "x", "obstacle": "x", "letter_number": "1"}

    assert browser.get(url(commitment, step)).status_code == status
    assert browser.post(url(commitment, step), body).status_code == status
    assert not Progress.objects.exists()
    assert fresh(commitment).status == Status.NOT_STARTED


def test_a_refused_post_leaves_its_trace(as_person, petugas, petugas_unit, commitment):
    as_person(petugas).post(url(commitment, "perkembangan"), {"text": "x"})

    assert Event.objects.get(verb="access.refused").after["door"] == "commitments:report"


def test_an_empty_form_says_what_is_missing(as_person, petugas_unit, commitment):
    response = as_person(petugas_unit).post(url(commitment, "selesai"), {})

    page = response.content.decode()
    assert response.status_code == 422
    assert "&quot;Apa yang sudah diselesaikan&quot; belum diisi." in page
    assert "Lampirkan satu bukti: berkas, tautan, atau nomor surat." in page


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "a" * 10_001}, "10000"),
        ({"text": "x", "realised": "banyak"}, "Tulis angka"),
        ({"text": "x", "realised": "-1"}, "Tulis angka"),
        ({"text": "x", "realised": "1e9999"}, "Tulis angka"),
        ({"text": "x", "realised": "NaN"}, "Tulis angka"),
        ({"text": "x", "letter_number": "1", "letter_on": "31 Februari 2026"}, "tidak ada di kalender"),
        ({"text": "x", "link": "javascript:alert(1)"}, "URL"),
        ({"text": "x", "token": "bukan-token"}, "Muat ulang"),
        ({"text": "x\0"}, "Null"),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field_and_kept(as_person, petugas_unit, commitment, body, words):
    response = as_person(petugas_unit).post(url(commitment, "perkembangan"), body)

    assert response.status_code == 422
    assert words.lower() in response.content.decode().lower()
    assert not Progress.objects.exists()


def test_numbers_are_read_as_they_are_written_here(as_person, petugas_unit, commitment):
    Commitment.objects.filter(pk=commitment.pk).update(target=5_000)

    as_person(petugas_unit).post(url(commitment, "perkembangan"), {"text": "x", "realised": "1.200,5"})

    assert str(fresh(commitment).realised) == "1200.50"


def test_more_than_the_target_is_doubted_and_then_believed(as_person, petugas_unit, commitment):
    browser, body = as_person(petugas_unit), {"text": "x", "realised": "14"}

    doubted = browser.post(url(commitment, "perkembangan"), body)
    assert doubted.status_code == 422
    assert "Realisasi 14 melebihi target 4." in doubted.content.decode()

    code = doubted.context["form"].pending_warnings[0].code
    believed = browser.post(url(commitment, "perkembangan"), body | {"abaikan_peringatan": code})
    assert believed.status_code == 302


def test_html_renamed_to_pdf_is_refused_and_the_words_stay(as_person, petugas_unit, commitment):
    fake = SimpleUploadedFile("laporan.pdf", b"<html><script>alert(1)</script>", "application/pdf")

    response = as_person(petugas_unit).post(url(commitment, "perkembangan"), {"text": "Kata-kata saya", "papers": fake})

    assert response.status_code == 422
    assert "Berkas harus JPG, PNG, HEIC, atau PDF." in response.content.decode()
    assert "Kata-kata saya" in response.content.decode()


def test_a_file_of_25_mb_is_refused_and_the_words_stay(as_person, petugas_unit, commitment):
    large = SimpleUploadedFile("besar.pdf", b"%PDF-" + b"0" * (25 * 2**20), "application/pdf")

    response = as_person(petugas_unit).post(url(commitment, "selesai"), {"text": "Kata-kata saya", "papers": large})

    page = response.content.decode()
    assert response.status_code == 413
    assert "besar.pdf: Berkas terlalu besar. Batas 10 MB per berkas." in page
    assert "Kata-kata saya" in page
    assert "Lampirkan satu bukti" not in page


def test_the_second_click_finds_the_first_result(as_person, petugas_unit, commitment):
    browser, body = as_person(petugas_unit), {"text": "Rampung.", "letter_number": "1", "token": str(uuid.uuid4())}

    first, second = (browser.post(url(commitment, "selesai"), body) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Progress.objects.count() == 1


def test_the_same_token_with_other_words_is_refused(as_person, petugas_unit, commitment):
    browser, token = as_person(petugas_unit), str(uuid.uuid4())
    browser.post(url(commitment, "perkembangan"), {"text": "Satu", "token": token})

    response = browser.post(url(commitment, "perkembangan"), {"text": "Dua", "token": token})

    assert response.status_code == 409
    assert "Dua" in response.content.decode()
    assert Progress.objects.count() == 1


def test_ten_clicks_at_once_make_one_entry(flushable, request):
    commitment, petugas_unit = (request.getfixturevalue(name) for name in ("commitment", "petugas_unit"))
    body, answers = {"text": "Sekali saja.", "token": str(uuid.uuid4())}, []
    browsers = []
    for _ in range(10):
        browser = Client()
        browser.force_login(petugas_unit)
        browsers.append(browser)

    def click(browser):
        try:
            answers.append(browser.post(url(commitment, "perkembangan"), body).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert answers == [302] * 10
    assert Progress.objects.count() == 1


def test_a_step_that_came_too_late_keeps_the_words(as_person, petugas_unit, commitment):
    proof = Proof(letter_number="1")
    actions.submit(commitment, by=petugas_unit, at=AT, text="Rampung.", evidence=[proof])

    response = as_person(petugas_unit).post(url(commitment, "perkembangan"), {"text": "Kata-kata saya"})

    assert response.status_code == 409
    assert "menunggu verifikasi" in response.content.decode()
    assert "Kata-kata saya" in response.content.decode()
    assert Event.objects.filter(verb="access.refused").exists()


def test_a_total_over_a_newer_total_is_shown_both(as_person, petugas_unit, commitment):
    version = commitment.version
    actions.report_progress(commitment, by=petugas_unit, at=AT, text="Dua kali.", realised=2)
    browser, body = as_person(petugas_unit), {"text": "Kata-kata saya", "realised": "1", "version": version}

    response = browser.post(url(commitment, "perkembangan"), body)

    page = response.content.decode()
    assert response.status_code == 409
    assert "realisasi sekarang tercatat 2" in page
    assert "Kata-kata saya" in page
    again = browser.post(
        url(commitment, "perkembangan"), body | {"version": response.context["form"]["version"].value()}
    )
    assert again.status_code == 302


def test_on_behalf_needs_its_source(as_person, petugas, commitment):
    browser = as_person(petugas)

    empty = browser.post(url(commitment, "perkembangan"), {"text": "Kabar baik."})
    assert empty.status_code == 422
    assert "&quot;Siapa yang menyampaikan&quot; belum diisi." in empty.content.decode()

    source = {"source_kind": "PHONE", "source_text": "Kepala seksi", "source_on": "1 Maret 2026"}
    assert browser.post(url(commitment, "perkembangan"), {"text": "Kabar baik."} | source).status_code == 302
    assert Progress.objects.get().on_behalf_of == commitment.lead


def test_a_source_cannot_lie_in_the_future(as_person, petugas, commitment):
    source = {"source_kind": "PHONE", "source_text": "Kepala seksi", "source_on": "1 Maret 2090"}

    response = as_person(petugas).post(url(commitment, "perkembangan"), {"text": "x"} | source)

    assert response.status_code == 422
    assert "belum terjadi" in response.content.decode()


def test_a_supporting_host_may_speak_for_its_own_part(as_person, petugas, bp3mi, commitment):
    commitment.contributions.create(agency=bp3mi)

    as_person(petugas).post(url(commitment, "perkembangan"), {"text": "Bagian kami."})

    assert (Progress.objects.get().agency, Progress.objects.get().on_behalf_of) == (bp3mi, None)


def test_extra_fields_change_nothing(as_person, petugas_unit, stranger, commitment):
    attack = {
        "text": "x", "status": "DONE", "closed_at": "2026-01-01", "host_agency": stranger.pk, "lead": stranger.code,
        "author": 1, "commitment": 99, "is_example": "on", "terms_n": 7, "due_basis": "AGREED",
        "on_behalf_of": stranger.pk,
        "code": "K-2026-777", "is_superuser": "1", "agency": stranger.pk,
    }  # fmt: skip
    before = fresh(commitment)

    as_person(petugas_unit).post(url(commitment, "perkembangan"), attack)

    after = fresh(commitment)
    assert (after.status, after.lead, after.host_agency, after.code) == (
        Status.RUNNING, before.lead, before.host_agency, before.code,
    )  # fmt: skip
    assert (after.terms_n, after.is_example, after.closed_at) == (before.terms_n, False, None)
    assert (Progress.objects.get().agency, Progress.objects.get().author) == (before.lead, petugas_unit)


def test_nothing_is_changed_by_looking(as_person, petugas_unit, commitment):
    for step in ("mulai", "perkembangan", "selesai", "kendala"):
        as_person(petugas_unit).get(url(commitment, step))

    assert fresh(commitment).version == commitment.version
