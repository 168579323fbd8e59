"""The pages of the minutes: rows without a script, versions with their changes, and nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Event
from meetings.minutes import AgendaEntry, MinutesEntry, correct_minutes, keep_minutes, send_minutes
from meetings.minutes_content import agenda_digest
from meetings.models import AgendaItem, MeetingStatus, MinutesStatus, MinutesVersion
from tests.factories import CommitmentFactory, MeetingFactory

URL = "/pertemuan/A-2026-001/notula/"
TOKEN = "2b0b3f7e-60cb-4d7a-8d55-0a4b1d3f9c11"


@pytest.fixture
def sent(meeting, petugas, now):
    """Version 1 of minutes with one item."""
    entry = MinutesEntry((AgendaEntry("Bursa kerja", "Jadwal dibahas.", "Bursa kerja dua kali"),))
    kept = keep_minutes(meeting, entry, by=petugas, at=now, seen=agenda_digest(meeting))
    return send_minutes(kept, by=petugas, at=now)


def rows(*items, **fields):
    """The fields of the page: (title, discussion, outcome) per row."""
    typed = dict(fields)
    for number, item in enumerate(items):
        for name, words in zip(("title", "discussion", "outcome"), (*item, "", ""), strict=False):
            typed[f"b{number}-{name}"] = words
    return typed


def titles(response):
    return re.findall(r'name="b\d+-title" value="([^"]*)"', response.content.decode())


def text_of(response):
    return response.content.decode()


# writing


def test_a_new_page_has_one_empty_row_and_says_who_will_receive_it(as_person, petugas, meeting):
    response = as_person(petugas).get(URL)

    assert response.status_code == 200
    assert 'name="b0-title"' in text_of(response)
    assert "Simpan dan sampaikan notula" in text_of(response)
    assert "Sudin Naker" in text_of(response)


def test_saving_keeps_the_rows_and_returns_to_the_page(as_person, petugas, meeting):
    typed = rows(("Bursa kerja", "Dibahas.", "Dua kali"), ("", "", ""), seen=agenda_digest(meeting), general="Umum")

    response = as_person(petugas).post(URL, typed | {"aksi": "simpan"})

    assert (response.status_code, response["Location"]) == (302, URL)
    assert [(item.title, item.outcome) for item in meeting.agenda.all()] == [("Bursa kerja", "Dua kali")]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("tambah", ["Satu", "Dua", "Tiga", None]),
        ("naik-2", ["Satu", "Tiga", "Dua"]),
        ("turun-0", ["Dua", "Satu", "Tiga"]),
        ("hapus-1", ["Satu", "Tiga"]),
        ("naik-0", ["Satu", "Dua", "Tiga"]),
        ("turun-99", ["Satu", "Dua", "Tiga"]),
    ],
)
def test_rows_are_arranged_without_saving_or_losing_a_word(as_person, petugas, meeting, step, expected):
    typed = rows(("Satu", "Isi satu"), ("Dua",), ("Tiga",), seen=agenda_digest(meeting), general="Umum")

    response = as_person(petugas).post(URL, typed | {"aksi": step})

    found = titles(response)
    assert found == [title for title in expected if title is not None]
    assert text_of(response).count('-title"') >= len(expected)
    assert "Isi satu" in text_of(response)
    assert ">Umum</textarea>" in text_of(response).replace("\r", "").replace("\n", "")
    assert not AgendaItem.objects.exists()


def test_a_row_without_a_title_is_told_beside_it_and_kept(as_person, petugas, meeting):
    typed = rows(("", "Ada pembahasan"), seen=agenda_digest(meeting), general="")

    response = as_person(petugas).post(URL, typed | {"aksi": "simpan"})

    assert response.status_code == 422
    assert "Butir 1: &quot;Pokok bahasan&quot; belum diisi." in text_of(response)
    assert "Ada pembahasan" in text_of(response)


@pytest.mark.parametrize("step", ["", "apa-saja", "naik", "naik-x", "komitmen-0", "hapus--1", "naik-99999"])
def test_an_unknown_button_saves_and_breaks_nothing(as_person, petugas, meeting, step):
    typed = rows(("Satu",), seen=agenda_digest(meeting), general="")

    response = as_person(petugas).post(URL, typed | {"aksi": step})

    assert response.status_code == 302
    assert meeting.agenda.count() == 1


def test_the_second_click_sends_once(as_person, petugas, meeting):
    client = as_person(petugas)
    typed = rows(("Satu",), seen=agenda_digest(meeting), general="", token=TOKEN, aksi="kirim")

    first, second = client.post(URL, typed), client.post(URL, typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert MinutesVersion.objects.count() == 1


def test_who_was_slower_sees_both_and_saves_by_a_second_decision(as_person, petugas, pimpinan, meeting, now):
    typed = rows(("Punya saya",), seen=agenda_digest(meeting), general="", aksi="simpan")
    theirs = MinutesEntry((AgendaEntry("Punya dia"),))
    keep_minutes(meeting, theirs, by=pimpinan, at=now, seen=agenda_digest(meeting))
    client = as_person(petugas)

    answer = client.post(URL, typed)

    assert answer.status_code == 409
    assert "Punya dia" in text_of(answer)
    assert titles(answer) == ["Punya saya"]
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', text_of(answer))[1]
    assert client.post(URL, typed | {"seen": seen}).status_code == 302
    assert meeting.agenda.get().title == "Punya saya"


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


@pytest.fixture
def opened(as_person, petugas, meeting, now):
    """The page of two items as it was opened, before a colleague writes."""
    entry = MinutesEntry((AgendaEntry("Bursa kerja", "Dibahas."), AgendaEntry("Pelatihan")), "Umum")
    keep_minutes(meeting, entry, by=petugas, at=now, seen=agenda_digest(meeting))
    meeting.refresh_from_db()
    page = as_person(petugas).get(URL)
    return {name: hidden(page, name) for name in ("seen", "base")} | {"aksi": "simpan", "general": "Umum"}


def test_what_two_people_wrote_in_different_items_is_joined(as_person, petugas, pimpinan, meeting, now, opened):
    theirs = MinutesEntry((AgendaEntry("Bursa kerja", "Dibahas."), AgendaEntry("Pelatihan", "Dua angkatan.")), "Umum")
    keep_minutes(meeting, theirs, by=pimpinan, at=now, seen=agenda_digest(meeting))
    mine = rows(("Bursa kerja", "Dibahas panjang."), ("Pelatihan",), ("Anggaran",), **opened)
    browser = as_person(petugas)

    answer = browser.post(URL, mine)

    assert answer.status_code == 409
    assert "sudah digabung" in text_of(answer)
    assert titles(answer) == ["Bursa kerja", "Pelatihan", "Anggaran"]
    assert "Dibahas panjang." in text_of(answer)
    assert "Dua angkatan." in text_of(answer)
    again = opened | {name: hidden(answer, name) for name in ("seen", "base")}
    sent = rows(("Bursa kerja", "Dibahas panjang."), ("Pelatihan", "Dua angkatan."), ("Anggaran",), **again)
    assert browser.post(URL, sent).status_code == 302
    assert [item.discussion for item in meeting.agenda.all()] == ["Dibahas panjang.", "Dua angkatan.", ""]


def test_one_changed_the_items_and_the_other_the_general_text(as_person, petugas, pimpinan, meeting, now, opened):
    theirs = MinutesEntry((AgendaEntry("Bursa kerja", "Dibahas."), AgendaEntry("Pelatihan")), "Umum yang baru")
    keep_minutes(meeting, theirs, by=pimpinan, at=now, seen=agenda_digest(meeting))

    answer = as_person(petugas).post(URL, rows(("Bursa kerja", "Milik saya."), ("Pelatihan",), **opened))

    assert "sudah digabung" in text_of(answer)
    assert "Umum yang baru" in text_of(answer)
    assert "Milik saya." in text_of(answer)


def test_what_both_changed_is_shown_twice_and_decided_by_the_person(as_person, petugas, pimpinan, meeting, now, opened):
    theirs = MinutesEntry((AgendaEntry("Bursa kerja", "Milik mereka."), AgendaEntry("Pelatihan")), "Umum")
    keep_minutes(meeting, theirs, by=pimpinan, at=now, seen=agenda_digest(meeting))

    answer = as_person(petugas).post(URL, rows(("Bursa kerja", "Milik saya."), ("Pelatihan",), **opened))

    assert answer.status_code == 409
    assert "sudah digabung" not in text_of(answer)
    assert "Milik saya." in text_of(answer)
    assert "Milik mereka." in text_of(answer)


def test_minutes_sent_by_a_colleague_meanwhile_do_not_swallow_what_i_typed(as_person, petugas, meeting, sent):
    typed = rows(("Tulisan saya yang panjang",), seen=agenda_digest(meeting), general="", aksi="simpan")

    answer = as_person(petugas).post(URL, typed)

    assert answer.status_code == 409
    assert "sudah disampaikan" in text_of(answer)
    assert titles(answer) == ["Tulisan saya yang panjang"]


def test_what_is_typed_comes_back_from_the_draft(as_person, petugas, meeting):
    client = as_person(petugas)
    page = text_of(client.get(URL))
    ticket = re.search(r'name="konsep" value="([^"]+)"', page)[1]
    typed = rows(("Belum disimpan", "Kalimat panjang"), ("Butir kedua",), seen=agenda_digest(meeting), general="Umum")
    client.post("/konsep/", typed | {"konsep": ticket, "konsep_versi": "0"})

    again = client.get(URL)

    assert titles(again) == ["Belum disimpan", "Butir kedua"]
    assert "Kalimat panjang" in text_of(again)
    assert "belum diisi." not in text_of(again)


def test_the_last_unsigned_minutes_are_offered_as_first_row(as_person, petugas, bp3mi, city, sent):
    following = MeetingFactory(code="A-2026-077", host_agency=bp3mi, counterpart=city, held_on=sent.at.date())

    response = as_person(petugas).get("/pertemuan/A-2026-077/notula/")

    assert titles(response) == ["Pengesahan notula Audiensi 28 Januari 2026"]
    typed = rows(("Pengesahan notula",), seen=agenda_digest(following), general="") | {"b0-about": "A-2026-001"}
    as_person(petugas).post("/pertemuan/A-2026-077/notula/", typed | {"aksi": "simpan"})
    assert following.agenda.get().about_code == "A-2026-001"


def test_an_item_cannot_be_made_about_a_thing_that_was_not_offered(as_person, petugas, meeting):
    typed = rows(("Curang",), seen=agenda_digest(meeting), general="") | {"b0-about": "A-2020-001"}

    as_person(petugas).post(URL, typed | {"aksi": "simpan"})

    assert meeting.agenda.get().about_code == ""


def test_one_click_saves_and_carries_a_result_into_the_box(as_person, petugas, meeting):
    client = as_person(petugas)
    typed = rows(("", "", ""), ("Bursa", "", "- Bursa kerja\n- Data bersama"), seen=agenda_digest(meeting), general="")

    answer = client.post(URL, typed | {"aksi": "komitmen-1-1"})

    item = meeting.agenda.get()
    assert answer["Location"] == f"/pertemuan/A-2026-001/komitmen/?dari=butir-{item.pk}-1"
    assert ">\nData bersama</textarea>" in text_of(client.get(answer["Location"])).replace("\r", "")


# reading


def test_partners_are_told_that_nothing_was_sent_yet(as_person, petugas_unit, meeting, petugas, now):
    entry = MinutesEntry((AgendaEntry("Masih disusun"),))
    keep_minutes(meeting, entry, by=petugas, at=now, seen=agenda_digest(meeting))

    response = as_person(petugas_unit).get(URL)

    assert response.status_code == 200
    assert "Notula belum disampaikan" in text_of(response)
    assert "Masih disusun" not in text_of(response)


def test_partners_read_what_was_sent_without_the_keepers_buttons(as_person, petugas_unit, sent):
    text = text_of(as_person(petugas_unit).get(URL))

    assert "Jadwal dibahas." in text
    for door in ("perbaiki/", "tanggapan/", "pengesahan/", "nota-dinas.docx", "?dari="):
        assert door not in text


def test_a_stranger_does_not_find_the_minutes(as_person, petugas_asing, sent):
    assert as_person(petugas_asing).get(URL).status_code == 404


def test_a_partner_cannot_write_them(as_person, petugas_unit, sent):
    assert as_person(petugas_unit).post(URL, {"aksi": "simpan"}).status_code == 403
    assert as_person(petugas_unit).get(f"{URL}perbaiki/").status_code == 403
    assert Event.objects.filter(verb="access.refused").exists()


def test_a_correction_shows_what_changed_with_marks_that_are_read_aloud(as_person, petugas, meeting, sent, now):
    meeting.refresh_from_db()
    entry = MinutesEntry((AgendaEntry("Bursa kerja", "Tempat dibahas.", "Bursa kerja dua kali"),))
    correct_minutes(meeting, entry, reason="Salah catat", by=petugas, at=now, seen=agenda_digest(meeting))

    text = text_of(as_person(petugas).get(URL))

    assert "Yang berubah dari versi 1" in text
    assert re.search(r"<del>.*dihapus.*Jadwal.*</del>", text)
    assert re.search(r"<ins>.*ditambahkan.*Tempat.*</ins>", text)
    assert "Salah catat" in text
    first = text_of(as_person(petugas).get(f"{URL}?versi=1"))
    assert "Jadwal dibahas." in first
    assert "Anda membaca versi 1" in first


@pytest.mark.parametrize("asked", ["3", "0", "x", "1' OR 1=1"])
def test_a_version_that_does_not_exist_is_not_found(as_person, petugas, sent, asked):
    assert as_person(petugas).get(URL, {"versi": asked}).status_code == 404


def test_a_correction_needs_its_reason(as_person, petugas, meeting, sent):
    meeting.refresh_from_db()
    typed = rows(("Bursa kerja", "Diperbaiki"), seen=agenda_digest(meeting), general="")
    client = as_person(petugas)

    refused = client.post(f"{URL}perbaiki/", typed)
    assert refused.status_code == 422
    assert "&quot;Alasan perbaikan&quot; belum diisi." in text_of(refused)
    assert "Diperbaiki" in text_of(refused)

    assert client.post(f"{URL}perbaiki/", typed | {"reason": "Salah ketik"}).status_code == 302
    assert MinutesVersion.objects.count() == 2


def test_nothing_is_corrected_before_it_was_sent(as_person, petugas, meeting):
    assert as_person(petugas).get(f"{URL}perbaiki/").status_code == 409


def test_facts_that_changed_since_are_pointed_out_to_the_keeper(as_person, petugas, petugas_unit, meeting, sent):
    meeting.refresh_from_db()
    meeting.place = "Balai Kota"
    meeting.save()

    assert "berubah sejak versi terakhir" in text_of(as_person(petugas).get(URL))
    assert "berubah sejak versi terakhir" not in text_of(as_person(petugas_unit).get(URL))


# answers


def test_an_answer_is_noted_once_and_shown_to_the_keeper_and_its_agency(
    as_person, petugas, petugas_unit, petugas_lain, sent
):
    typed = {"kind": "OBJECTION", "agency": "naker", "source": "Surat 12", "words": "Belum dibahas.", "token": TOKEN}
    client = as_person(petugas)

    client.post(f"{URL}tanggapan/", typed)
    assert client.post(f"{URL}tanggapan/", typed).status_code == 302

    assert sent.notes.count() == 1
    assert "Belum dibahas." in text_of(client.get(URL))
    assert "Belum dibahas." in text_of(as_person(petugas_unit).get(URL))
    assert "Belum dibahas." not in text_of(as_person(petugas_lain).get(URL))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "OBJECTION", "agency": "naker", "source": "Surat"}, "apa keberatannya"),
        ({"kind": "APPROVAL", "agency": "naker"}, "Sumber"),
        ({"kind": "APPROVAL", "agency": "asing", "source": "Surat"}, "asing"),
        ({"kind": "SIGNED", "agency": "naker", "source": "Surat"}, "SIGNED"),
    ],
)
def test_an_answer_that_is_not_whole_is_explained(as_person, petugas, stranger, sent, fields, words):
    response = as_person(petugas).post(f"{URL}tanggapan/", fields)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not sent.notes.exists()


# cost and the meeting's page


def queries_of(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_reading_costs_the_same_for_one_and_twenty_lines(as_person, petugas, bp3mi, city, unit, now):
    found = []
    for code, count in (("A-2026-081", 1), ("A-2026-082", 20)):
        held = MeetingFactory(code=code, host_agency=bp3mi, counterpart=city, present=[unit])
        for _number in range(count):
            CommitmentFactory(meeting=held, lead=unit)
        entry = MinutesEntry(tuple(AgendaEntry(f"Butir {n}", outcome="Hasil") for n in range(count)))
        send_minutes(keep_minutes(held, entry, by=petugas, at=now, seen=agenda_digest(held)), by=petugas, at=now)
        found.append(queries_of(as_person(petugas), f"/pertemuan/{code}/notula/"))

    assert found[0] == found[1]


def test_writing_costs_the_same_for_one_and_twenty_rows(as_person, petugas, bp3mi, city, unit):
    found = []
    for code, count in (("A-2026-083", 1), ("A-2026-084", 20)):
        held = MeetingFactory(code=code, host_agency=bp3mi, counterpart=city, present=[unit])
        for number in range(count):
            CommitmentFactory(meeting=held, lead=unit)
            AgendaItem.objects.create(meeting=held, position=number, title=f"Butir {number}", outcome="Satu\nDua")
        found.append(queries_of(as_person(petugas), f"/pertemuan/{code}/notula/"))

    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (MinutesStatus.DRAFT, "Susun notula"),
        (MinutesStatus.SENT, "Sudah disampaikan, belum ditandatangani."),
        (MinutesStatus.SIGNED, "Notula disahkan."),
    ],
)
def test_the_meetings_page_says_how_far_the_minutes_are(as_person, petugas, meeting, standing, words):
    meeting.minutes_status = standing
    meeting.save()

    assert words in text_of(as_person(petugas).get("/pertemuan/A-2026-001/"))


def test_a_planned_meeting_has_an_agenda_but_nothing_to_send(as_person, petugas, bp3mi, city):
    MeetingFactory(code="A-2026-090", host_agency=bp3mi, counterpart=city, shared_at=None, status=MeetingStatus.PLANNED)

    text = text_of(as_person(petugas).get("/pertemuan/A-2026-090/notula/"))

    assert "Simpan dan sampaikan notula" not in text
    assert "setelah pertemuan terlaksana" in text
