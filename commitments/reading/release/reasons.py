"""Why something was taken from a text, as a sentence for the reader of the page.

As with remarks, the sentences are only marked for the catalogue here; ``Reason.worded(gettext)`` puts
them into the language of the viewer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from commitments.reading.remarks import gettext_noop

SENTENCES: Mapping[str, str] = {
    # commitments
    "outcome": gettext_noop("kata kunci '%(words)s'"),
    "plan": gettext_noop("rencana, dari kata '%(words)s'"),
    "pledge": gettext_noop("pernyataan kesanggupan, dari kata '%(words)s'"),
    "open_list": gettext_noop("kata '%(words)s' berarti daftarnya belum lengkap"),
    # days
    "date_written": gettext_noop("tanggal lengkap tertulis dalam teks"),
    "date_and_weekday": gettext_noop("hari dan tanggal cocok"),
    "date_published": gettext_noop("tanggal pada awal berita"),
    "date_today": gettext_noop("teks menyebut hari ini; tanggal diambil dari awal berita"),
    "date_alone": gettext_noop("satu-satunya tanggal pada awal teks"),
    "weekday_differs": gettext_noop("%(date)s jatuh pada hari %(weekday)s, sedangkan teks menulis %(typed)s"),
    "year_from_text": gettext_noop("tahun %(year)s diambil dari '%(words)s'"),
    "year_missing": gettext_noop("tahun untuk '%(words)s' tidak disebut dalam teks"),
    # place
    "place_keyed": gettext_noop("baris tempat"),
    "place_venue": gettext_noop("nama tempat dalam kalimat tentang pertemuan"),
    "place_dateline": gettext_noop("kota pada awal berita; tempat pertemuan tidak disebut"),
    # agencies
    "agency_known": gettext_noop("nama instansi yang terdaftar"),
    "agency_by_name": gettext_noop("pola nama instansi, belum terdaftar"),
    "host_by_verb": gettext_noop("disebut sebagai penyelenggara dengan kata '%(words)s'"),
    "host_first": gettext_noop("instansi yang pertama disebut"),
    "partner_by_word": gettext_noop("disebut sesudah kata '%(words)s'"),
    "partner_next": gettext_noop("instansi lain yang pertama disebut"),
    # people
    "person_leads": gettext_noop("disebut memimpin"),
    "person_receives": gettext_noop("disebut menerima"),
    "person_listed": gettext_noop("disebut hadir"),
    "person_named": gettext_noop("nama dan jabatan disebut dalam teks"),
    # legal basis
    "basis_law": gettext_noop("peraturan atau surat dengan nomor"),
    "basis_pact": gettext_noop("kesepakatan yang menjadi dasar"),
    # statements
    "statement": gettext_noop("kutipan, diucapkan %(speaker)s"),
    "statement_alone": gettext_noop("kutipan tanpa nama pembicara"),
    # the text as a whole
    "text_too_long": gettext_noop("teks terlalu panjang; yang dibaca hanya %(limit)s huruf pertama"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Which rule found it (``code``) and the words that made it do so (``values``)."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason in Indonesian."""
        return self.worded(gettext_noop)

    def worded(self, translate: Callable[[str], str]) -> str:
        """Return the reason in the language of ``translate`` (a gettext function)."""
        return translate(SENTENCES[self.code]) % self.values
