"""The host's page for the projector and the page at the door, as browsers meet them."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from meetings.models import Attendance, CheckIn, Meeting
from meetings.views import checkin as views
from tests.factories import at

ROOM = "/pertemuan/A-2026-001/hadir-mandiri/"
MORNING = at("2026-01-28", "09.00")
TYPED = {"name": "Peserta Satu", "post_text": "Kepala Seksi", "agency_text": "Sudin Naker"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def forget(db):
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as moved:
        yield moved


@pytest.fixture
def host(as_person, petugas, clock):
    return as_person(petugas)


@pytest.fixture
def door(host, meeting):
    host.post(ROOM, {"aksi": "buka", "ends_at": "12.00"})
    meeting.refresh_from_db()
    return f"/h/{meeting.checkin_token}/"


def test_the_end_is_proposed_two_hours_from_now(host, meeting, clock):
    clock.move_to(at("2026-01-28", "09.10"))

    assert 'value="11.30"' in host.get(ROOM).content.decode()


def test_on_another_day_no_end_is_proposed(host, meeting, clock):
    clock.move_to(at("2026-01-27", "09.10"))

    assert host.get(ROOM).context["form"].initial["ends_at"] is None


def test_the_opened_page_shows_code_address_and_end(host, door, settings):
    words = host.get(ROOM).content.decode()

    assert "data:image/svg+xml;base64," in words
    assert f"{settings.SITE_URL}{door}" in words
    assert "28 Jan 2026 14.00 WIB" in words


@pytest.mark.parametrize("typed", ["", "25.00", "siang", "12.61"])
def test_an_unreadable_clock_stands_beside_its_field(host, meeting, typed):
    response = host.post(ROOM, {"aksi": "buka", "ends_at": typed})

    assert response.status_code == 422
    assert response.context["form"].errors["ends_at"]


def test_a_time_that_is_over_is_refused_beside_the_field(host, meeting):
    response = host.post(ROOM, {"aksi": "buka", "ends_at": "06.30"})

    assert response.status_code == 409
    assert "sudah lewat" in response.content.decode()


def test_anybody_writes_a_name_without_an_account(door):
    guest = Client()

    page, answer = guest.get(door), guest.post(door, TYPED)

    row = CheckIn.objects.get()
    assert page.status_code == 200
    assert (row.name, row.post_text, row.agency.code) == ("Peserta Satu", "Kepala Seksi", "naker")
    assert "Kehadiran Anda tercatat 28 Jan 2026 09.00 WIB" in answer.content.decode()


def test_sent_twice_it_is_one_entry(door):
    guest = Client()

    guest.post(door, TYPED)
    again = guest.post(door, TYPED)

    assert again.status_code == 200
    assert "sudah tercatat" in again.content.decode()
    assert CheckIn.objects.count() == 1


def test_the_page_says_kind_agencies_and_day_and_nothing_of_the_others(door, meeting):
    guest = Client()
    guest.post(door, TYPED)
    meeting.minutes, meeting.led_by = "Isi rahasia", "Pemimpin Rapat"
    meeting.save()

    words = guest.get(door).content.decode()

    for shown in ("Audiensi", "BP3MI", "Pemkot", "Rabu, 28 Januari 2026", "Sudin Naker"):
        assert shown in words
    for hidden in ("Peserta Satu", "Kepala Seksi", "Isi rahasia", "Pemimpin Rapat", meeting.code, "NK-2025-001"):
        assert hidden not in words


def test_the_page_is_kept_and_found_by_nobody_and_needs_no_script(door):
    answer = Client().get(door)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "<script" not in answer.content.decode()
    assert len(answer.content) < 12_000


def test_the_page_says_what_the_name_is_for_who_sees_it_and_how_long(door):
    words = Client().get(door).content.decode()

    assert "dipakai untuk daftar hadir pertemuan ini" in words
    assert "Yang melihatnya" in words
    assert "dihapus 12 bulan sesudah pertemuan" in words


def test_a_form_without_its_token_is_refused(door):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(door).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    assert Client(enforce_csrf_checks=True).post(door, TYPED).status_code == 403
    assert strict.post(door, TYPED | {"csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize("missing", ["name", "agency_text"])
def test_what_is_missing_is_said_and_the_rest_stays(door, missing):
    response = Client().post(door, TYPED | {missing: " \u200b "})

    assert response.status_code == 422
    assert "belum diisi" in response.content.decode()
    assert "Kepala Seksi" in response.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("name", ["x" * 121, "x" * 1_000_000])
def test_a_name_longer_than_its_place_is_refused(door, name):
    assert Client().post(door, TYPED | {"name": name}).status_code == 422


def test_hostile_words_are_shown_as_words(door):
    answer = Client().post(door, TYPED | {"name": "<script>alert(1)</script>", "agency_text": "\u202eUji"})

    assert "&lt;script&gt;" in answer.content.decode()
    assert CheckIn.objects.get().agency_text == "Uji"


def test_two_hours_after_the_end_the_door_is_closed_in_words(door, clock):
    clock.move_to(at("2026-01-28", "14.00"))

    page, sent = Client().get(door), Client().post(door, TYPED)

    assert page.status_code == sent.status_code == 410
    assert "sudah ditutup" in page.content.decode()
    assert not CheckIn.objects.exists()


def test_closed_by_the_host_it_answers_in_words_too(host, door):
    host.post(ROOM, {"aksi": "tutup"})

    assert Client().get(door).status_code == 410


def test_an_unknown_address_is_not_found_and_guessing_ends(door, clock):
    guest = Client()

    for _guess in range(views.GUESSES.most):
        assert guest.get("/h/bukan-alamat/").status_code == 404
    assert guest.get("/h/bukan-alamat/").status_code == 429
    clock.shift(dt.timedelta(minutes=11))
    assert guest.get("/h/bukan-alamat/").status_code == 404


def test_whoever_scans_an_old_code_does_not_shut_the_door_for_the_room(host, door):
    """Everybody in a room may come from one address."""
    host.post(ROOM, {"aksi": "buka", "ends_at": "12.00", "is_new_address": "on"})
    new = "/h/" + Meeting.objects.get(code="A-2026-001").checkin_token + "/"

    for _scan in range(views.GUESSES.most + 5):
        Client().get(door)

    assert Client().get(door).status_code == 429
    assert Client().post(new, TYPED).status_code == 200


def test_a_name_the_host_has_not_seen_is_not_taken_over(host, door, meeting, stranger):
    """An agency in the list may read the meeting, so nobody slips in between the look and the click."""
    Client().post(door, TYPED)
    shown = re.search(r'name="terbaru" value="(\d+)"', host.get(ROOM).content.decode())[1]
    Client().post(door, TYPED | {"name": "Peserta Dua", "agency_text": stranger.name})

    host.post(ROOM, {"aksi": "masukkan", "terbaru": shown})

    assert not meeting.attendance.filter(agency=stranger).exists()
    assert CheckIn.objects.get(taken_over_at=None).name == "Peserta Dua"


@pytest.mark.parametrize("newest", ["", "x", "-1", "²", "9" * 40])
def test_a_torn_page_takes_nobody_over(host, door, meeting, newest):
    Client().post(door, TYPED)

    assert host.post(ROOM, {"aksi": "masukkan", "terbaru": newest}).status_code == 302
    assert not CheckIn.objects.exclude(taken_over_at=None).exists()


def test_too_many_names_from_one_place_wait_and_what_is_typed_stays(door):
    guest = Client()
    for n in range(views.ENTRIES.most):
        guest.post(door, TYPED | {"name": f"Peserta {n}"})

    refused = guest.post(door, TYPED | {"name": "Peserta Terakhir"})

    assert refused.status_code == 429
    assert "Peserta Terakhir" in refused.content.decode()
    assert Client(REMOTE_ADDR="10.0.0.9").post(door, TYPED).status_code == 200


def test_the_host_sees_names_arrive_and_nothing_when_there_is_no_news(host, door):
    page = host.get(ROOM)
    Client().post(door, TYPED)

    news = host.get(ROOM, {"tampil": page.context["stand"]}, headers=HTMX)
    stand = re.search(r"tampil=([0-9a-f]{12})", news.content.decode())[1]
    stale = host.get(ROOM, {"tampil": stand}, headers=HTMX)

    assert "Peserta Satu" in news.content.decode()
    assert "<html" not in news.content.decode()
    assert stale.status_code == 204


def test_closed_the_list_asks_no_more(host, door):
    host.post(ROOM, {"aksi": "tutup"})

    assert "every 5s" not in host.get(ROOM).content.decode()


def test_the_host_strikes_and_takes_over(host, door, meeting, unit):
    guest = Client()
    guest.post(door, TYPED)
    guest.post(door, TYPED | {"name": "Salah Tulis"})
    wrong = CheckIn.objects.get(name="Salah Tulis")

    host.post(f"{ROOM}{wrong.pk}/", {"aksi": "coret"})
    answer = host.post(ROOM, {"aksi": "masukkan", "terbaru": CheckIn.objects.latest("pk").pk}, follow=True)

    assert "1 nama masuk daftar hadir" in answer.content.decode()
    assert list(Attendance.objects.filter(agency=unit).values_list("name", flat=True)) == ["Peserta Satu"]


def test_an_unknown_agency_is_chosen_on_a_page_of_its_own(host, door, unit):
    Client().post(door, TYPED | {"agency_text": "Dinas Tenaga Krja"})
    row = CheckIn.objects.get()

    page = host.get(f"{ROOM}{row.pk}/")
    wrong = host.post(f"{ROOM}{row.pk}/", {"agency": "Tidak Ada"})
    right = host.post(f"{ROOM}{row.pk}/", {"agency": "naker"})

    row.refresh_from_db()
    assert (page.status_code, wrong.status_code, right.status_code) == (200, 422, 302)
    assert row.agency == unit


def test_an_agency_that_would_gain_the_right_to_read_is_pointed_out(host, door, stranger):
    Client().post(door, TYPED | {"agency_text": "Dinas Asing"})

    assert "dapat membaca pertemuan" in host.get(ROOM).content.decode()


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_others_do_not_keep_the_door(as_person, request, door, who, status):
    browser = as_person(request.getfixturevalue(who))

    assert browser.get(ROOM).status_code == status
    assert browser.post(ROOM, {"aksi": "tutup"}).status_code == status


@pytest.mark.parametrize("names", [1, 20])
def test_the_projector_costs_the_same_for_one_and_for_twenty(host, door, meeting, django_assert_max_num_queries, names):
    for n in range(names):
        CheckIn.objects.create(meeting=meeting, name=f"Peserta {n}", agency_text="Yayasan Uji", at=MORNING)

    with django_assert_max_num_queries(16):
        assert host.get(ROOM).status_code == 200
