"""One office alone, from the one-time link to a published report that a stranger can check."""

import datetime as dt
import json
import re
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.people import (
    body_of,
    complaints_of_axe,
    date_whose_week_before_is_worked,
    download,
    enter,
    field,
    fill,
    link_in,
    mail_to,
    make_report,
    part,
    pdf_text,
    today,
    told,
    written,
)
from tests.journeys.running import wait_for
from tests.pictures import tiny_png
from tests.services import need

pytestmark = pytest.mark.journey

OFFICER, SUPERVISOR = "rina@balai.simpul.example", "bayu@balai.simpul.example"
PASSWORD, SECOND_PASSWORD = "hujan sore di pelabuhan lama", "pagi tenang di kaki gunung"
SCOPE = "1. Pendidikan dan pelatihan (uji)\n2. Kesempatan kerja dan monitoring (uji)"
BOX = """kolaborasi edukasi dan sosialisasi ke lembaga pendidikan dan pelatihan @latih #1
optimalisasi pelaksanaan bursa kerja @naker /{due} #2 =4 kali
sinergi pencegahan dan penanganan TPPO @balai /{due} =2 kegiatan
monitoring bersama lembaga penempatan Pekerja Migran Indonesia
penjajakan pembentukan Kelurahan Migran Emas"""


def test_one_office_alone(empty_copy, new_page):
    need(shutil.which("pdftotext"), "poppler-utils (uji isi PDF)")
    due, rung_day = date_whose_week_before_is_worked()
    officer, supervisor, stranger = (new_page(empty_copy) for _person in range(3))

    link = set_up_the_office(officer, empty_copy)
    paste_the_scope(officer)
    codes = log_the_audience(officer, due)
    complete_one_line(officer, codes[3], due)
    remind_by_mail_and_by_hand(officer, empty_copy, rung_day, own=codes[2], partner=codes[1])
    report_on_behalf(officer, codes[1])
    take_the_second_account(supervisor, link)
    verify_with_the_evidence_in_view(supervisor, codes[1])
    code = publish_a_report(supervisor, codes)
    check_as_a_stranger(stranger, code)
    assert "utuh" in empty_copy.manage("verify_audit")


def set_up_the_office(page, copy):
    """The first-run page behind the printed link; returns the second person's link."""
    page.goto(link_in(wait_for(lambda: copy.output if "/mulai/" in copy.output else ""), "/mulai/"))
    assert complaints_of_axe(page) == []
    office = part(page, "1. Kantor Anda")
    fill(office, Nama_instansi="Balai Contoh Pelayanan Pekerja Migran", Nama_singkat="Balai Contoh", Kode="balai")
    pact = part(page, "2. Kesepakatan")
    fill(pact, Tanggal_kesepakatan="29 Oktober 2025", Pihak_mitra="Pemerintah Provinsi Contoh")
    fill(pact, Pihak_di_atas_kantor_Anda="Kementerian Contoh")
    first = part(page, "3. Akun Anda")
    fill(first, Nama_Anda="Rina Contoh", Surel_Anda=OFFICER, Kata_sandi=PASSWORD, Ulangi_kata_sandi=PASSWORD)
    second = part(page, "4. Orang kedua")
    fill(second, Nama_orang_kedua="Bayu Contoh", Surel_orang_kedua=SUPERVISOR)
    second.get_by_label("Pimpinan").check()
    second.get_by_label("Humas").check()
    partner = part(page, "5. Instansi mitra pertama")
    fill(partner, Nama_instansi_mitra="Suku Dinas Contoh A", Kode_mitra="naker", Jabatan_narahubung="Kepala Seksi")

    page.get_by_role("button", name="Mulai memakai Simpul").click()

    told(page, "Kantor Anda siap dipakai")
    shown = link_in(page.get_by_role("status").first.inner_text(), "/undangan/")
    assert shown in body_of(mail_to(copy, SUPERVISOR, "/undangan/"))
    return shown


def paste_the_scope(page):
    """The scope items of the agreement, as they stand in the paper."""
    page.goto("/kesepakatan/")
    page.get_by_role("link", name="29 Oktober 2025").click()
    told(page, "belum diisi")
    page.get_by_role("link", name="Tempel ruang lingkup").click()
    fill(page, Ruang_lingkup=SCOPE)
    page.get_by_role("button", name="Tambahkan butir").click()
    told(page, "Pendidikan dan pelatihan (uji)")


def log_the_audience(page, due):
    """Five typed lines; two agencies that were not in the directory are added on the way."""
    page.get_by_role("link", name="Catat pertemuan").first.click()
    fill(page, Instansi_mitra="@naker", Tanggal="Rabu, 28 Januari 2026")
    field(page, "Komitmen, satu baris satu komitmen").fill(BOX.format(due=f"{due.day}-{due.month}-{due.year}"))
    told(page, "latih")
    page.get_by_text("Instansi belum ada di daftar?").click()
    fill(page, Nama_instansi="Suku Dinas Contoh B", Kode_singkat="latih", Induk="Pemerintah Provinsi Contoh")
    page.get_by_role("button", name="Tambah instansi").click()
    told(page, "Suku Dinas Contoh B ditambahkan dan ditandai hadir.")
    preview = part(page, re.compile("Terbaca 5 komitmen"))
    expect(preview.get_by_role("listitem")).to_have_count(5)
    fair = preview.get_by_role("listitem").nth(1)
    expect(fair).to_contain_text("target 4 kali")
    expect(fair).to_contain_text("usulan")
    fair.get_by_text("Disepakati dalam rapat").click()
    fair.get_by_label("Suku Dinas Contoh A").check()
    expect(preview.get_by_role("listitem").nth(1)).to_contain_text("disepakati")
    page.get_by_text("Rincian lain").click()
    field(page, "Daftar terbuka").check()

    page.get_by_role("button", name="Simpan dan sampaikan").click()

    told(page, "Disampaikan: 5 komitmen")
    told(page, "daftar terbuka")
    expect(page.get_by_label("Teks untuk grup")).to_have_value(re.compile("bursa kerja"))
    expect(page.get_by_role("link", name="Buka WhatsApp")).to_have_attribute(
        "href", re.compile(r"^https://wa\.me/\?text=.")
    )
    return re.findall(r"K-\d{4}-\d{3,}", part(page, "5 komitmen").inner_text())


def complete_one_line(page, code, due):
    """Owner, date, target and scope of a line that had none; nothing else is asked."""
    page.goto(f"/komitmen/{code}/")
    page.get_by_role("link", name="Lengkapi atau ubah").click()
    field(page, "Penanggung jawab").select_option(label="Balai Contoh")
    fill(page, Tenggat=written(due + dt.timedelta(days=30)), Target="3", Satuan="kali")
    page.get_by_label("monitoring").check()

    page.get_by_role("button", name="Simpan").click()

    page.wait_for_url(f"/komitmen/{code}/")
    told(page, written(due + dt.timedelta(days=30)))
    told(page, "0 dari 3 kali")
    expect(page.get_by_role("link", name="Ubah isian")).to_be_visible()


def remind_by_mail_and_by_hand(page, copy, rung_day, *, own, partner):
    """The mail to the office's own staff first, then the partner's text that the officer sends herself."""
    command = ("remind", "--on", f"{rung_day}T07:30", "--json")

    first, second = json.loads(copy.manage(*command)), json.loads(copy.manage(*command))

    assert first["sent"] >= 2
    assert second["sent"] == 0
    assert "7 hari" in body_of(mail_to(copy, OFFICER, own))
    page.goto("/")
    page.get_by_role("link", name="1 pesan siap dikirim").click()
    assert complaints_of_axe(page) == []
    card = part(page, "1 pesan siap dikirim")
    expect(card).to_contain_text("Kepala Seksi, Suku Dinas Contoh A")
    words = card.get_by_label("Teks pesan").input_value()
    address = urlsplit(card.get_by_role("link", name="Buka WhatsApp").get_attribute("href"))
    assert (address.scheme, address.netloc) == ("https", "wa.me")
    assert parse_qs(address.query)["text"] == [words]
    assert partner in words
    card.get_by_role("button", name="Sudah saya kirim").click()
    expect(part(page, "pesan siap dikirim")).to_have_count(0)
    page.goto(f"/komitmen/{partner}/?linimasa=pengingat")
    told(part(page, "Linimasa"), "Pengingat H-7 terkirim")


def report_on_behalf(page, code):
    """What the partner said is written down with its source, then that it is done, with a photo."""
    page.goto(f"/komitmen/{code}/")
    page.get_by_role("link", name="Tambah perkembangan").click()
    name_the_source(page)
    fill(page, Perkembangan="Tiga bursa kerja terlaksana (contoh).", Realisasi_sampai_sekarang="3")
    page.get_by_role("button", name="Simpan perkembangan").click()
    told(page, "Perkembangan tersimpan.")
    told(page, "3 dari 4 kali")
    page.get_by_role("link", name="Laporkan selesai").click()
    name_the_source(page)
    fill(page, Apa_yang_sudah_diselesaikan="Empat bursa kerja terlaksana (contoh).", Realisasi_sampai_sekarang="4")
    page.get_by_role("button", name="Laporkan selesai").click()
    told(page, "Lampirkan satu bukti")
    assert complaints_of_axe(page) == []
    expect(field(page, "Apa yang sudah diselesaikan")).to_have_value("Empat bursa kerja terlaksana (contoh).")
    photo = {"name": "bursa-kerja.png", "mimeType": "image/png", "buffer": tiny_png()}
    field(page, "Berkas bukti").set_input_files(photo)

    page.get_by_role("button", name="Laporkan selesai").click()

    told(page, "Menunggu verifikasi")
    expect(page.get_by_role("button", name="Verifikasi")).to_be_disabled()
    assert page.goto(f"/komitmen/{code}/verifikasi/").status == 403


def name_the_source(page):
    """The partner has no account, so every word of it needs a source."""
    field(page, "Sumber").select_option(label="WhatsApp")
    fill(page, Siapa_yang_menyampaikan="Kepala Seksi Suku Dinas Contoh A", Tanggal_disampaikan=written(today()))


def take_the_second_account(page, link):
    """The one-time link lets its owner choose a password, once."""
    page.goto(link)
    fill(page, Kata_sandi=SECOND_PASSWORD, Ulangi_kata_sandi=SECOND_PASSWORD)
    page.get_by_role("button", name="Simpan kata sandi").click()
    told(page, "Kata sandi tersimpan")
    assert page.goto(link).status == 410
    enter(page, SUPERVISOR, SECOND_PASSWORD)


def verify_with_the_evidence_in_view(page, code):
    """The second person decides from the queue, seeing the photo."""
    page.get_by_role("link", name="Buka antrean").click()
    page.get_by_role("link", name="bursa kerja").click()
    picture = page.locator("main img").first
    expect(picture).to_be_visible()
    assert wait_for(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
    told(page, "Empat bursa kerja terlaksana (contoh).")

    page.get_by_role("button", name="Nyatakan selesai").click()

    told(page, f"{code} dinyatakan selesai.")
    page.goto(f"/komitmen/{code}/")
    told(page, "Selesai (terverifikasi)")


def publish_a_report(page, codes):
    """Agreement and period, a draft, one key; returns the document code."""
    code = make_report(page)
    draft = pdf_text(download(page, page.get_by_role("link", name="Unduh PDF")))
    assert complaints_of_axe(page) == []
    page.get_by_role("link", name="Terbitkan").click()
    assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Terbitkan").click()
    told(page, f"Laporan {code} diterbitkan.")

    published = pdf_text(download(page, page.get_by_role("link", name="Unduh PDF")))

    assert "DRAF" in draft
    assert "DRAF" not in published
    assert "DATA CONTOH" not in published
    for words in (*codes, code, "29 Oktober 2025", "Pendidikan dan pelatihan (uji)", "Balai Contoh"):
        assert words in published, words
    return code


def check_as_a_stranger(page, code):
    """Whoever holds the paper may ask, without an account."""
    page.goto("/v/")
    fill(page, Kode_dokumen=code.lower())
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("heading", name="Tercatat dan berlaku")).to_be_visible()
    told(page, code)
    assert complaints_of_axe(page) == []
    assert page.goto("/komitmen/").url.endswith("/masuk/?next=/komitmen/")
