"""Whoever is refused finds the way back to the thing, not only to the front page."""

import re

import pytest
from django.urls import resolve, reverse

from agencies.access import doors
from config.way_back import way_back
from tests.project.test_doors import rows


@pytest.mark.parametrize(
    ("refused", "back"),
    [
        ("/laporan/7KQ4-M2XD-9F/tarik/", "/laporan/7KQ4-M2XD-9F/"),
        ("/laporan/7KQ4-M2XD-9F/ralat/1/tidak-perlu/", "/laporan/7KQ4-M2XD-9F/"),
        ("/laporan/pekerjaan/7/batal/", "/laporan/pekerjaan/7/"),
        ("/laporan/pekerjaan/7/", ""),
        ("/instansi/contoh-a/narahubung/3/", "/instansi/contoh-a/"),
        ("/unduh/berkas/7/unduh/", "/unduh/berkas/7/"),
        ("/laporan/7KQ4-M2XD-9F/", ""),
        ("/laporan/", ""),
        ("/", ""),
        ("/tidak-ada/7/", ""),
    ],
)
def test_the_way_back_is_the_page_of_the_thing(refused, back):
    assert way_back(refused) == back


def test_every_way_back_is_a_page_that_can_be_opened():
    opened = {row["url_name"] for row in rows() if row["method"] == "GET"}
    addresses = [re.sub("<[^>]+>", "7", f"/{route}") for _name, route, _view in doors() if "(?P" not in route]

    found = {resolve(back).view_name for back in map(way_back, addresses) if back}

    assert len(found) > 5
    assert found <= opened


def test_a_refusal_offers_it_beside_the_front_page(agreement, petugas, as_person):
    page = as_person(petugas).get(reverse("agencies:agreement_edit", args=[agreement.code]))

    assert page.status_code == 403
    assert f'href="{agreement.get_absolute_url()}">Kembali ke halamannya' in page.content.decode()
