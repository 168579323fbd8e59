"""The pages that count, and what stands on them without a link and why."""

from django.utils import timezone

from tests.reports.every_number.world import REAL


def pages_of(world):
    """The addresses of the pages that count."""
    year, fictional = timezone.localdate().year, world.fictional
    old, new = world.issued
    return (
        "/",
        f"/dasbor/?bagian=semua&periode={year}",
        "/dasbor/?bagian=semua&wilayah=Jakarta+Selatan",
        f"/dasbor/?bagian=semua&kesepakatan={fictional}&periode={year}",
        f"/dasbor/?bagian=semua&kesepakatan={REAL}",
        "/dasbor/cetak/",
        "/instansi/",
        "/instansi/contoh-a/",
        "/instansi/contoh-b/?peran=pendukung",
        "/instansi/jaksel/",
        "/instansi/bp3mi-jakarta/",
        "/kesepakatan/",
        *(f"/kesepakatan/{code}/" for code in (fictional, REAL)),
        *(f"/kesepakatan/{code}/cakupan/" for code in (fictional, REAL)),
        f"/kesepakatan/{fictional}/cakupan/?tampil=tanpa-hasil",
        "/kalender/",
        f"/laporan/perubahan/?kesepakatan={fictional}",
        f"/laporan/perubahan/?kesepakatan={REAL}&lama={old}&baru={new}",
        "/pertemuan/",
        *(f"/pertemuan/{code}/" for code in world.meetings),
    )


HERE = "ancestor::main//"
ITEMS = f"{HERE}details[contains(@class, 'scope-item')]"
LINES = f"{HERE}*[@id='komitmen']//ol/li"
GONE = ".//span[contains(@class, 'tag-merged') or contains(@class, 'tag-void')]"
COUNTED_LINES = f"{LINES}[not({GONE})]"
GAPS = f"{LINES}[.//span[contains(@class, 'tag-gap')]]"
CHANGES = f"{HERE}section/ul/li"
CODES_CHANGED = f"{CHANGES}/span[1][not(. = ../preceding::li/span)]"
ROWS_HERE = {
    "# instansi, # mempunyai akun.": (f"{HERE}tbody/tr", f"{HERE}tbody/tr[td[last()]='Akun']"),
    "# kesepakatan yang dapat Anda baca.": (f"{HERE}tbody/tr",),
    "# pertemuan, terbaru di atas.": (f"{HERE}tbody/tr",),
    "# butir ruang lingkup": (f"{HERE}tbody/tr",),
    "# butir tanpa hasil terverifikasi": (f"{HERE}tbody/tr",),
    "# instansi hadir": (f"{HERE}*[@id='daftar-hadir']/ul/li[not(@class)]",),
    "# komitmen": (COUNTED_LINES,),
    "# komitmen, # perlu dilengkapi": (COUNTED_LINES, GAPS),
    "# komitmen, # perlu dilengkapi, # di luar jumlah": (COUNTED_LINES, GAPS, f"{LINES}[{GONE}]"),
    "Sampaikan # komitmen": (f"{LINES}[.//span[contains(@class, 'tag-draft')]]",),
    "# dari # butir ruang lingkup punya komitmen. # komitmen belum dikaitkan dengan ruang lingkup.": (
        f"{ITEMS}[summary/span[contains(@class, 'nowrap')]]",
        ITEMS,
        f"{HERE}section[h2='Belum dikaitkan dengan ruang lingkup']/ul/li",
    ),
    "# perubahan pada # komitmen, dari … sampai … ….": (CHANGES, CODES_CHANGED),
    "# perubahan pada # komitmen, dari …, … … (…) sampai …, … … (…).": (CHANGES, CODES_CHANGED),
    "#": ("self::span[@class='count']/ancestor::section[1]/ul/li",),
}
"""What is counted stands on the page itself: the words, and for each number where the rows stand that make it up."""

SAID_AGAIN = (
    "self::p[contains(@class, 'sentence')]",
    "self::p[@class='strong'] | self::figcaption",  # what a part of the dashboard finds
    "self::text[contains(., ' ')]",  # the word at the end of a line of a drawing
    "self::span[parent::summary]",  # of a scope item, whose link stands inside
    "self::*[starts-with(., '0 dari ')]",  # none of those that stand as a link beside it
)
"""Sentences and drawings say what stands as a link on the same page: their places."""

NO_ROWS = {
    "#": "self::text | self::span[@class='day-number']",  # the axis of a drawing, the days of a month
    "… · Sudin Contoh A + # pendukung · tenggat … (disepakati) · … · …": "self::span",  # named on its page
    "# dari # butir ruang lingkup sudah dimulai.": "self::p",  # has a test of its own
}
"""What opens no list, and where it may stand."""
