"""Holidays: editable by the Admin, never moving an agreed date."""

import datetime as dt

import pytest

from agencies.models import Event, Holiday, HolidayKind

ADDED = {"on": "17 Agustus 2026", "name": "Hari Kemerdekaan", "kind": "NATIONAL"}


@pytest.fixture
def holiday(db):
    return Holiday.objects.create(on=dt.date(2026, 3, 19), name="Hari Suci", kind=HolidayKind.NATIONAL)


def test_the_page_lists_one_year(as_person, admin, holiday):
    browser = as_person(admin)

    shown = browser.get("/kelola/libur/", {"tahun": "2026"}).content.decode()
    other = browser.get("/kelola/libur/", {"tahun": "2025"}).content.decode()
    nonsense = browser.get("/kelola/libur/", {"tahun": "٢٠٢٦"})

    assert "Kamis, 19 Maret 2026" in shown
    assert "tidak pernah bergeser" in shown
    assert "Hari Suci" not in other
    assert nonsense.status_code == 200


def test_a_day_is_added_once(as_person, admin):
    browser = as_person(admin)

    first = browser.post("/kelola/libur/tambah/", ADDED)
    second = browser.post("/kelola/libur/tambah/", ADDED)

    assert first["Location"] == "/kelola/libur/?tahun=2026"
    assert second.status_code == 422
    assert "sudah tercatat" in second.content.decode()
    assert Holiday.objects.count() == 1


def test_an_impossible_date_is_explained_and_kept(as_person, admin):
    answer = as_person(admin).post("/kelola/libur/tambah/", ADDED | {"on": "31 Februari 2026"})

    assert answer.status_code == 422
    assert "tidak ada di kalender" in answer.content.decode()
    assert "31 Februari 2026" in answer.content.decode()


def test_a_removed_day_is_marked_and_can_come_back(as_person, admin, holiday):
    browser = as_person(admin)

    browser.post(f"/kelola/libur/{holiday.pk}/hapus/")
    browser.post(f"/kelola/libur/{holiday.pk}/hapus/")
    holiday.refresh_from_db()
    assert holiday.is_removed
    assert Event.objects.filter(verb="holiday.removed").count() == 1
    browser.post(f"/kelola/libur/{holiday.pk}/kembalikan/")

    holiday.refresh_from_db()
    assert not holiday.is_removed


def test_a_removed_day_can_be_added_under_another_name(as_person, admin, holiday):
    browser = as_person(admin)
    browser.post(f"/kelola/libur/{holiday.pk}/hapus/")

    browser.post("/kelola/libur/tambah/", {"on": "19/3/2026", "name": "Libur kantor", "kind": "OWN"})

    holiday.refresh_from_db()
    assert (holiday.name, holiday.is_removed) == ("Libur kantor", False)


def test_changing_holidays_moves_no_agreed_date(as_person, admin, commitment):
    before = (commitment.due_on, commitment.late_from)

    as_person(admin).post("/kelola/libur/tambah/", ADDED | {"on": "30 Juni 2026"})

    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.late_from) == before


def test_only_an_admin_gets_in(as_person, pimpinan, petugas, holiday):
    for user in (pimpinan, petugas):
        browser = as_person(user)
        assert browser.get("/kelola/libur/").status_code == 403
        assert browser.post(f"/kelola/libur/{holiday.pk}/hapus/").status_code == 403
    holiday.refresh_from_db()
    assert not holiday.is_removed
