"""What others do shows nowhere: pages of a person are the same, byte for byte, after thirty foreign rows."""

import re

from django.urls import reverse
from django.utils import timezone

from tests.project.canaries import ForeignWorld
from tests.project.crawling import let_go, words_of
from tests.project.test_doors import rows

BY_LOT = re.compile(
    r'name="(?:csrfmiddlewaretoken|token|konsep)"[^>]*value="[^"]*"|"X-CSRFToken": "\w+"|salin-[0-9a-f]{8}'
    r"|~\w{8,16}|konsep=\w+|Content-Length: \d+"  # a signed ticket is not always of one length
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}|Set-Cookie: .*"
)
READERS = ("petugas.bp3mi", "pimpinan.contoh", "auditor")
LOOKS = (
    "/komitmen/?q=a", "/komitmen/?urut=-kode&status=DONE", "/komitmen/?celah=ada", "/komitmen/?tugas=verifikasi",
    "/komitmen/?kondisi=LATE", "/pertemuan/?q=a", "/instansi/?q=a", "/instansi/kenari/", "/instansi/gelatik/",
)  # fmt: skip


def pages(example, browser):
    """Every page a person can open, without what is drawn by lot for each answer."""
    found = {}
    addresses = {example.address(row["url_name"], row["object"]) for row in rows() if row["method"] == "GET"}
    for address in sorted(addresses | set(LOOKS)):
        response = browser.get(address, headers={"accept-encoding": "identity"})
        found[address] = (response.status_code, BY_LOT.sub("", words_of(response)))
        let_go(response)
    return found


def test_foreign_rows_change_no_page(example, signed_in, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    world = ForeignWorld()  # the directory is everybody's: the agencies and their accounts stand there from the start
    for person in READERS:
        signed_in[person].get("/")
    before = {person: pages(example, signed_in[person]) for person in READERS}

    added = sum(world.grow(round_) for round_ in range(3))

    assert added >= 30
    after = {person: pages(example, signed_in[person]) for person in READERS}
    different = [
        f"{person} {address}" for person in READERS for address in before[person]
        if before[person][address] != after[person][address]
    ]  # fmt: skip
    assert different == []


def test_the_comparison_sees_a_row_of_ones_own(example, signed_in):
    """Else the test above could not fail."""
    browser = signed_in["petugas.bp3mi"]
    before = pages(example, browser)

    form = {"host": "bp3mi-jakarta", "held_on": "2 Februari 2026", "kind": "AUDIENCE", "lines": "Isi", "aksi": "draf"}
    assert browser.post(reverse("commitments:log"), form).status_code == 302

    after = pages(example, browser)
    different = {address for address in before if before[address] != after[address]}
    assert {"/", "/komitmen/", "/pertemuan/"} <= different
