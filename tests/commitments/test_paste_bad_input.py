"""Whatever is pasted or sent: a sentence, at most two seconds, and the typed words are still there."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.models import Meeting, SourceText
from tests.commitments.pasting import fields_of
from tests.config.documents import fetching, laughing, pdf, swelling, with_macros, word
from tests.pictures import tiny_png

RELEASE = (
    "Rapat koordinasi digelar Kota Uji bersama BP3MI Uji pada Rabu (28/1/2026).\n"
    "Rapat menghasilkan kesepakatan, antara lain pendataan bersama dan pelatihan pendamping.\n"
)
OVERRIDE, ISOLATE, ZERO_WIDTH, HYPHEN = "\u202e", "\u2066", "\u200b", "\u00ad"


@pytest.fixture
def url():
    return reverse("commitments:paste")


@pytest.fixture
def browser(as_person, petugas, city, unit, other_unit, agreement):
    return as_person(petugas)


def timed(browser, url, sent):
    """The answer and its page; it must cost less than two seconds of this process, however busy the machine is."""
    began = time.process_time()
    answer = browser.post(url, sent | {"aksi": "uraikan"})
    assert time.process_time() - began < 2
    return answer, answer.content.decode()


FILES = {
    "empty": (lambda: b"", "kosong"),
    "binary": (lambda: bytes(range(256)) * 40, "bukan teks"),
    "picture": (tiny_png, "bukan teks"),
    "macros": (with_macros, "memuat makro"),
    "locked": (lambda: pdf("Rapat", password="kunci"), "terkunci kata sandi"),
    "200 pages": (lambda: pdf(*["Rapat koordinasi"] * 200), "lebih dari 50 halaman"),
    "scan": (lambda: pdf(blank=2), "tidak memuat teks, mungkin hasil pindai"),
    "zip bomb": (lambda: swelling(120), "terlalu besar setelah dibuka"),
    "billion laughs": (laughing, "tidak terbaca"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_read_is_answered_with_a_sentence_beside_its_field(browser, url, name):
    build, words = FILES[name]
    sent = {"file": SimpleUploadedFile("rilis.docx", build())}

    answer, page = timed(browser, url, sent)

    assert answer.status_code == 422
    assert words in page or "terlalu lama dibaca" in page
    assert 'id="id_file_error"' in page
    assert not Meeting.objects.exists()


def test_a_file_past_the_limit_is_named(browser, url, settings):
    settings.EVIDENCE_MAX_BYTES = 2**20
    file = SimpleUploadedFile("besar.docx", b"x" * (2**20 + 1))

    answer, page = timed(browser, url, {"file": file, "text": ""})

    assert answer.status_code == 413
    assert "besar.docx" in page


def test_links_of_a_file_are_not_followed_and_its_words_are_read(browser, url, monkeypatch):
    answer, page = timed(browser, url, {"file": SimpleUploadedFile("rilis.docx", fetching())})

    assert answer.status_code == 200
    assert fields_of(page)["text"][0].startswith("Dinas Contoh Alfa menggelar rapat koordinasi.")


def test_the_wrong_ending_does_not_matter(browser, url):
    answer, page = timed(browser, url, {"file": SimpleUploadedFile("rilis.pdf", word(RELEASE.strip()))})

    assert answer.status_code == 200
    assert "Rapat koordinasi digelar" in fields_of(page)["text"][0]


def test_a_megabyte_is_refused_with_a_sentence_and_comes_back_whole(browser, url):
    long = "Rapat koordinasi menghasilkan kesepakatan, antara lain pendataan. " * 16_000

    answer, page = timed(browser, url, {"text": long})

    assert answer.status_code == 422
    assert "Batasnya 200.000 huruf" in page
    assert page.count("antara lain pendataan. ") >= 16_000
    assert "maxlength" not in page.split('id="id_text"')[0].rsplit("<textarea", 1)[1]


def test_the_longest_text_that_is_taken_is_read_in_time(browser, url):
    long = ("Rapat menghasilkan kesepakatan, antara lain pendataan bersama dan pelatihan. " * 2700)[:200_000]

    answer, page = timed(browser, url, {"text": long})

    assert answer.status_code == 200
    assert len(fields_of(page)["text"][0]) == 200_000
    assert "Hanya 100 komitmen pertama ditampilkan." in page


@pytest.mark.parametrize(
    "words",
    [
        "a ",
        "(",
        "“",
        '"',
        "antara lain ",
        "dan ",
        "sepakat ",
        "Dinas ",
        "28/1/2026 ",
        "\n",
        "- ",
        "1. ",
        "Dr. ",
        "@#/=",
    ],
)
def test_long_repeats_do_not_hold_the_page(browser, url, words):
    answer, _page = timed(browser, url, {"text": "Rapat " + words * (60_000 // len(words))})

    assert answer.status_code == 200


def test_markup_and_scripts_are_words(browser, url):
    harm = "<script>alert(1)</script><img src=x onerror=alert(2)>\n</textarea><b>tebal</b>\n" + RELEASE

    answer, page = timed(browser, url, {"text": harm})

    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "</textarea><b>" not in page
    assert fields_of(page)["text"] == [harm]


def test_hidden_marks_of_direction_are_taken_out_and_said(browser, url):
    spoofed = RELEASE.replace("Kota Uji", f"{OVERRIDE}ijU atoK{ISOLATE}").replace("BP3MI", f"BP{ZERO_WIDTH}3MI")

    answer, page = timed(browser, url, {"text": spoofed})

    assert answer.status_code == 200
    assert "3 tanda tak terlihat dibuang dari teks" in page
    for mark in (OVERRIDE, ISOLATE, ZERO_WIDTH):
        assert mark not in page


def test_letters_written_from_right_to_left_stay_and_stand_apart(browser, url):
    answer, page = timed(browser, url, {"text": RELEASE + "Bersama وزارة الهجرة hadir."})

    assert "وزارة الهجرة" in fields_of(page)["text"][0]
    assert 'dir="ltr"' in page


@pytest.mark.parametrize(
    "text",
    [
        "The agencies agreed on a joint survey and will meet again on 30 June 2026.",
        "😀" * 500,
        "\u0000\ud800 rapat",
        "Cuaca hari ini cerah berawan.",
        ".",
    ],
)
def test_a_text_without_commitments_says_so(browser, url, text):
    answer, page = timed(browser, url, {"text": text.encode("utf-8", "replace").decode()})

    assert answer.status_code == 200
    assert "Tidak ada komitmen yang terbaca" in page


@pytest.mark.parametrize("text", ["", "   \n\t ", ZERO_WIDTH * 20])
def test_nothing_is_answered_with_what_to_do(browser, url, text):
    answer, page = timed(browser, url, {"text": text})

    assert answer.status_code == 422
    assert "Tempel teks di kotak, atau pilih satu berkas." in page


def test_what_is_kept_is_what_was_read(browser, url):
    _answer, page = timed(browser, url, {"text": RELEASE.replace("\n", "\r\n") + HYPHEN})
    fields = fields_of(page)

    browser.post(url, fields | {"held_on": "28/1/2026", "minutes": "Notula", "aksi": "draf"})

    assert SourceText.objects.get().text == RELEASE


def test_a_torn_form_is_answered_without_harm(browser, url):
    sent = {"label": "x", "baris": ["0-5", "5-0", "1-2"], "text": "abc", "aksi": "sampaikan", "token": "bukan-token"}

    answer = browser.post(url, sent)

    assert answer.status_code == 422
    assert "Halaman ini rusak saat dikirim" in answer.content.decode()


def test_more_rows_than_fit_are_not_read(browser, url):
    text = "a b " * 1000
    rows = [f"{n * 4}-{n * 4 + 3}" for n in range(900)]

    answer = browser.post(url, {"label": "x", "text": text, "baris": rows, "aksi": "periksa"})

    assert answer.status_code == 200
    assert len(fields_of(answer.content.decode())["baris"]) == 100
