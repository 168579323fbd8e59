"""The pages of the texts for the press, without JavaScript."""

import io

import pytest
from django.urls import reverse
from docx import Document

from agencies.models import Draft
from reports.models import PressText
from tests.factories import CommitmentFactory, MeetingFactory

FIRST = "reports:press_meeting"


@pytest.fixture
def browser(as_person, humas):
    return as_person(humas)


@pytest.fixture
def address(meeting, commitment):
    return reverse(FIRST, args=[meeting.code])


def saved(browser, address, **words):
    page = browser.get(address)
    form = page.context["form"]
    sent = {"title": form["title"].value(), "text": form["text"].value(), "token": form["token"].value()} | words
    return browser.post(address, sent)


def test_the_page_offers_a_text_with_the_source_of_each_sentence(browser, address):
    page = browser.get(address).content.decode()

    assert "melaksanakan audiensi pada Rabu (28/1/2026)" in page
    assert "Kalimat 1" in page
    assert reverse("commitments:detail", args=["K-2026-001"]) in page


def test_saving_twice_makes_one_text(browser, address):
    page = browser.get(address)
    sent = {"title": "Judul", "text": "Naskah.", "token": page.context["form"]["token"].value()}
    first, second = browser.post(address, sent), browser.post(address, sent)

    assert first.url == second.url == PressText.objects.get().get_absolute_url()


def test_an_empty_text_is_refused_with_what_was_typed(browser, address):
    page = browser.post(address, {"title": "Judul", "text": "  "})

    assert page.status_code == 422
    assert 'value="Judul"' in page.content.decode()


def test_a_meeting_without_commitments_says_so(browser, bp3mi, city, agreement):
    empty = MeetingFactory(host_agency=bp3mi, counterpart=city, agreement=agreement)
    page = browser.get(reverse(FIRST, args=[empty.code])).content.decode()

    assert "Belum ada komitmen tercatat dari pertemuan ini" in page
    assert "menghasilkan" not in page.split("<textarea")[1].split("</textarea>")[0]


def test_a_meeting_not_shared_yet_is_refused_in_words(browser, draft_commitment):
    page = browser.get(reverse(FIRST, args=[draft_commitment.meeting.code]))

    assert page.status_code == 409
    assert "belum disampaikan" in page.content.decode()


def test_progress_of_nothing_is_refused_in_words(browser, agreement, commitment):
    page = browser.get(reverse("reports:press_agreement", args=[agreement.code]), {"periode": "2025-TW1"})

    assert page.status_code == 409
    assert "belum ada kemajuan" in page.content.decode()
    assert browser.get(reverse("reports:press_agreement", args=[agreement.code]), {"periode": "x"}).status_code == 404


def test_a_saved_text_is_changed_checked_and_joined(browser, as_person, petugas, address):
    text = PressText.objects.get(pk=saved(browser, address).url.split("/")[2])
    page = browser.get(text.get_absolute_url())
    base = {name: page.context["form"][name].value() for name in ("version", "base")}
    asked = {"title": "A", "text": "Tercatat 7 komitmen.", "aksi": "periksa", **base}
    looked = browser.post(text.get_absolute_url(), asked)
    other = as_person(petugas).post(text.get_absolute_url(), {"title": "Judul lain", "text": text.text, **base})
    mine = browser.post(text.get_absolute_url(), {"title": text.title, "text": "Naskah saya.", **base})

    assert "berbeda" in looked.content.decode()
    assert (other.status_code, mine.status_code) == (302, 302)
    text.refresh_from_db()
    assert (text.title, text.text, text.version) == ("Judul lain", "Naskah saya.", 3)


def test_when_both_changed_the_text_the_writer_chooses(browser, as_person, petugas, address):
    text = PressText.objects.get(pk=saved(browser, address).url.split("/")[2])
    page = browser.get(text.get_absolute_url())
    base = {name: page.context["form"][name].value() for name in ("version", "base")}
    as_person(petugas).post(text.get_absolute_url(), {"title": text.title, "text": "Punya petugas.", **base})
    clash = browser.post(text.get_absolute_url(), {"title": text.title, "text": "Punya humas.", **base})

    assert clash.status_code == 409
    assert "Punya petugas." in clash.content.decode()
    assert "Punya humas." in clash.content.decode()


def test_a_kept_draft_comes_back_and_is_dropped_when_saved(browser, humas, address):
    page = browser.get(address)
    token, ticket = page.context["form"]["token"].value(), page.context["draft"].ticket
    kept = {"title": "Setengah", "text": "Jadi.", "token": token, "konsep": ticket, "konsep_versi": "0"}
    browser.post(reverse("agencies:draft_keep"), kept)

    assert 'value="Setengah"' in browser.get(address).content.decode()
    saved(browser, address)
    assert not Draft.objects.filter(user=humas).exists()


def test_release_shows_the_text_and_fixes_it(browser, address):
    text = PressText.objects.get(pk=saved(browser, address).url.split("/")[2])
    door = reverse("reports:press_release", args=[text.pk])

    assert browser.get(door).status_code == 200
    assert browser.post(door, {"version": text.version}).url == text.get_absolute_url()
    page = browser.get(text.get_absolute_url()).content.decode()
    assert "Dirilis" in page
    assert 'name="text"' not in page
    assert browser.post(text.get_absolute_url(), {"title": "A", "text": "B", "version": 1}).status_code == 409


def test_personal_data_are_named_on_the_page(browser, address):
    text = PressText.objects.get(pk=saved(browser, address, text="Hubungi 0812-0000-0000.").url.split("/")[2])
    page = browser.get(text.get_absolute_url()).content.decode()

    assert "nomor telepon pada baris 2" in page
    assert reverse("reports:press_release", args=[text.pk]) not in page
    assert browser.post(reverse("reports:press_release", args=[text.pk]), {"version": 1}).status_code == 409


def test_the_files_hold_the_words(browser, address):
    text = PressText.objects.get(pk=saved(browser, address, title="Judul", text="Satu.\n\nDua.").url.split("/")[2])
    word = browser.get(reverse("reports:press_docx", args=[text.pk]))
    plain = browser.get(reverse("reports:press_plain", args=[text.pk]))

    words = [paragraph.text for paragraph in Document(io.BytesIO(word.content)).paragraphs]
    assert words[-4:] == ["SIARAN PERS", "Judul", "Satu.", "Dua."]
    assert plain.content.decode() == "Judul\n\nSatu.\n\nDua."
    assert "attachment" in plain.headers["Content-Disposition"]


def test_the_list_is_empty_in_words_and_holds_many(browser, address, meeting):
    assert "Belum ada siaran pers" in browser.get(reverse("reports:press_list")).content.decode()
    saved(browser, address)
    text = PressText.objects.get()
    for n in range(1, 55):
        text.pk, text.title = None, f"Naskah {n}"
        text.save(force_insert=True)

    page = browser.get(reverse("reports:press_list"))
    assert page.context["page"].total == 55
    assert "Naskah 54" in page.content.decode()


def test_any_text_is_checked_and_nothing_is_stored(browser, address, meeting):
    sent = {"source": meeting.code, "text": "Audiensi Kamis, 28 Januari 2026 mencatat 9 komitmen."}
    page = browser.post(reverse("reports:press_check"), sent).content.decode()

    assert "2 berbeda" in page
    assert "Rabu, 28 Januari 2026" in page
    assert 'id="temuan-1"' in page
    assert 'href="#naskah-1"' in page
    assert not PressText.objects.exists()


def test_a_text_is_compared_only_with_what_one_keeps(as_person, petugas_unit, meeting, commitment):
    page = as_person(petugas_unit).post(reverse("reports:press_check"), {"source": meeting.code, "text": "Teks."})

    assert page.status_code == 422
    assert "Teks." in page.content.decode()


def test_markup_in_a_text_stays_text(browser, meeting, commitment):
    CommitmentFactory(meeting=meeting, wording="<script>alert(1)</script> bursa kerja")
    sent = {"source": meeting.code, "text": "<script>alert(2)</script> akan 3 komitmen"}
    page = browser.post(reverse("reports:press_check"), sent).content.decode()

    assert "<script>alert" not in page
