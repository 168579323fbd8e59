"""Every number that is a link, on every page that counts, opens exactly that many rows: over the example world."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from reports.example.accounts import email_of
from reports.management.commands.demo import load
from tests.browsers import browser_of

LISTS = (reverse("commitments:list"), reverse("meetings:list"), reverse("commitments:review"))
COUNT = re.compile(r"(?:^|\()(\d+)(?!\.?\d*%)")
PEOPLE = ("pimpinan.bp3mi", "pimpinan.contoh", "auditor")
YEAR = timezone.localdate().year
PAGES = (
    "/", f"/dasbor/?bagian=semua&periode={YEAR}", "/dasbor/?bagian=semua&kesepakatan=NK-2025-001", "/dasbor/cetak/",
    "/instansi/contoh-a/", "/instansi/contoh-b/?peran=pendukung", f"/kesepakatan/NK-{YEAR}-001/",
    "/kesepakatan/NK-2025-001/",
)  # fmt: skip


class Numbers(HTMLParser):
    """(address, number) of every link to a list whose words hold a count."""

    def __init__(self, html):
        super().__init__()
        self.found, self.href, self.words = [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.href, self.words = dict(attrs).get("href", ""), ""

    def handle_data(self, data):
        if self.href is not None:
            self.words += data

    def handle_endtag(self, tag):
        if tag != "a" or self.href is None:
            return
        count = COUNT.search(self.words.strip())
        if count and self.href.split("?")[0] in LISTS:
            self.found.append((self.href, int(count[1])))
        self.href = None


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(now=timezone.localtime())


def test_every_number_opens_exactly_its_rows(world):
    followed, wrong = 0, []
    for person in PEOPLE:
        browser, opened = browser_of(User.objects.get(email=email_of(person))), {}
        for page in PAGES:
            response = browser.get(page)
            if response.status_code != 200:
                continue
            for href, count in Numbers(response.content.decode()).found:
                if href not in opened:
                    opened[href] = browser.get(href).context["page"].total
                followed += 1
                if opened[href] != count:
                    wrong.append((person, page, href, count, opened[href]))

    assert wrong == []
    assert followed > 150
