"""Nonsense in every form and every address: answered in words, never with a breakdown."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.project.crawling import let_go
from tests.project.test_doors import rows
from tests.project.test_id_swap import EVERYTHING, UNASKED, forms

NONSENSE = {
    "a zero character": "a\0b",
    "a very large number": "9" * 400,
    "a negative number": "-1",
    "a number that is none": "NaN",
    "a long line": "x " * 2500 + "y" * 2500,
    "marks that turn the direction": "\u202egnp.exe\u2066",
    "half of a pair": "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "line ends": "a\r\nBcc: b@simpul.example\r\n\r\nc",
    "signs of every language": "{{7*7}} {% x %} %s %(a)s ' \" ; -- <script>alert(1)</script> ../../etc/passwd",
    "an impossible date": "31 Februari 2026",
    "the year 10000": "1 Januari 10000",
}  # fmt: skip
EXTRA = ("host", "host_agency", "agreement", "agency", "parent", "lead", "supporting", "clauses", "period", "token",
         "present", "counterpart", "others_present", "target", "unit", "due_on", "email", "whatsapp", "code", "roles",
         "origin", "origin_on", "reference", "on", "ready", "party1", "party2", "abaikan_peringatan", "file_kind_1",
         "new_name", "new_code", "new_parent", "new_kind", "valid_from", "starts_on", "ends_on", "source_url",
         "relation", "region", "letterhead")  # fmt: skip
WRITERS = ("petugas.bp3mi", "pimpinan.bp3mi", "admin")
LOOKED_FOR = (
    "q", "status", "kondisi", "penanggung_jawab", "kesepakatan", "tenggat", "celah", "tugas", "urut", "ruang_lingkup",
    "pertemuan", "halaman", "tahun", "induk", "tercatat", "linimasa", "kode", "next",
)  # fmt: skip
PLACES = (
    "/bukti/{}/", "/laporan/{}/", "/laporan/{}/pdf/", "/laporan/pekerjaan/{}/", "/v/{}/", "/kelola/pengguna/{}/",
    "/komitmen/K-2026-{}/", "/pertemuan/A-2026-{}/", "/pertemuan/A-2026-001/berkas/{}/", "/instansi/{}/",
    "/kesepakatan/{}/", "/undangan/{}/", "/mulai/{}/", "/surel/{}/", "/lupa-sandi/1-{}/",
    "/instansi/contoh-b/narahubung/{}/",
)  # fmt: skip


@pytest.fixture
def patient(signed_in):
    """The browsers, which report a breakdown as 500 instead of raising it."""
    for browser in signed_in.values():
        browser.raise_request_exception = False
        browser.get("/")
    return signed_in


def tried(browser, address, body=None):
    with transaction.atomic():
        response = browser.get(address) if body is None else browser.post(address, body)
        let_go(response)
        transaction.set_rollback(True)
    return response.status_code


def test_nonsense_in_every_form_is_no_breakdown(example, patient):
    """Every field gets another piece of nonsense, and in the next round the next one."""
    values, broken = list(NONSENSE.values()), {}
    fields = (*EVERYTHING, *UNASKED, *EXTRA)
    for row in (row for row in rows() if row["method"] == "POST"):
        address = example.address(row["url_name"], row["object"])
        person = next((name for name in WRITERS if row[name] not in ("403", "404")), "tamu")
        for round_ in range(0, len(values), 3):
            body = {name: values[(number + round_) % len(values)] for number, name in enumerate(fields)}
            status = tried(patient[person], address, body | {"aksi": "sampaikan"})
            if status >= 500:
                broken[f"{person} {row['url_name']} {round_}"] = status

    assert broken == {}


@pytest.mark.parametrize("kind", ["a zero character", "a very large number", "a long line", "the year 10000"])
def test_nonsense_in_one_field_of_a_good_form_is_no_breakdown(example, foreign, patient, kind):
    broken = {}
    for name, form in forms(example, foreign).items():
        for field in {*form.fields, *form.foreign}:
            status = tried(patient[form.person], form.address, form.fields | {field: NONSENSE[kind]})
            if status >= 500:
                broken[f"{name} {field}"] = status

    assert broken == {}


def test_nonsense_in_every_address_is_no_breakdown(example, patient):
    looks = [row for row in rows() if row["method"] == "GET" and row["object"] == ""]
    broken = {}
    for value in NONSENSE.values():
        short = value[:600]
        queries = [f"{reverse(row['url_name'])}?{urlencode(dict.fromkeys(LOOKED_FOR, short))}" for row in looks]
        places = [place.format(urlencode({"": short})[1:].replace("+", "%20")) for place in PLACES]
        for address in (*queries, *places):
            if (status := tried(patient["petugas.bp3mi"], address)) >= 500:
                broken[address[:120]] = status

    assert broken == {}


def test_a_body_that_is_no_form_is_no_breakdown(petugas, as_person):
    browser = as_person(petugas)
    browser.raise_request_exception = False
    for kind in ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "x/y"):
        for body in (b"", b"{", b"--x\r\n", b"\xff\xfe", b"a=" + b"%" * 50):
            assert browser.post("/pertemuan/catat/", body, content_type=kind).status_code < 500, (kind, body)
    assert Client().get("/masuk/", headers={"cookie": "sessionid=\0; csrftoken=" + "x" * 5000}).status_code == 200
