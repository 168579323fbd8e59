"""What the readers have to say about a text: errors and warnings, with their sentence.

The package knows no Django, so the sentences are only *marked* for the catalogue here
(``gettext_noop``); ``Remark.worded(gettext)`` puts them into the language of the viewer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from commitments.reading.spans import Span


def gettext_noop(text: str) -> str:
    """Mark ``text`` for the catalogue and return it unchanged."""
    return text


class Level(StrEnum):
    """An error keeps a text from being saved; a warning waits for a tick; a note only says how something was read."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_IN_LINE = gettext_noop("Baris %(line)d: %(sentence)s")

SENTENCES: Mapping[str, str] = {
    # dates
    "date_missing": gettext_noop("tulis tanggalnya, misalnya 28 Januari 2026."),
    "date_impossible": gettext_noop('tanggal "%(typed)s" tidak ada di kalender. Tulis misalnya %(example)s.'),
    "date_order": gettext_noop(
        'tanggal "%(typed)s" tidak terbaca. Tulis hari dahulu, lalu bulan, misalnya %(example)s.'
    ),
    "date_incomplete": gettext_noop('tanggal "%(typed)s" belum lengkap. Tulis misalnya %(example)s.'),
    "date_year": gettext_noop('tahun pada tanggal "%(typed)s" di luar 2000 sampai 2099. Periksa tanggalnya.'),
    "date_unreadable": gettext_noop('tanggal "%(typed)s" tidak terbaca. Tulis misalnya %(example)s.'),
    "date_token_unreadable": gettext_noop(
        'tanggal "%(typed)s" tidak terbaca. Tulis misalnya %(example)s, atau \\/%(typed)s jika bukan tanggal.'
    ),
    "date_or_frequency": gettext_noop(
        '"/%(typed)s" dibaca sebagai kata, bukan tenggat. Untuk tenggat tulis misalnya %(example)s.'
    ),
    "weekday_mismatch": gettext_noop("%(date)s jatuh pada hari %(weekday)s, bukan %(typed)s. Periksa tanggalnya."),
    "two_dates": gettext_noop('ada dua tenggat, "%(first)s" dan "%(second)s". Pilih salah satu.'),
    "before_meeting": gettext_noop(
        "tenggat %(date)s mendahului tanggal pertemuan, %(meeting)s. Simpan jika memang benar, atau perbaiki."
    ),
    # agencies
    "agency_unknown": gettext_noop('"%(typed)s" tidak dikenal. Maksud Anda %(nearest)s?'),
    "agency_unknown_more": gettext_noop(
        '"%(typed)s" tidak dikenal. Maksud Anda %(nearest)s? Pilihan lain: %(others)s.'
    ),
    "agency_unknown_alone": gettext_noop('"%(typed)s" tidak dikenal. Tambahkan instansinya bila belum terdaftar.'),
    "agency_ambiguous": gettext_noop('"%(typed)s" dapat berarti %(others)s. Tulis kodenya.'),
    # scope items
    "clause_unknown": gettext_noop('"%(typed)s" tidak ada dalam ruang lingkup kesepakatan. Yang tersedia: %(known)s.'),
    "clause_unknown_alone": gettext_noop(
        '"%(typed)s" belum dapat dikaitkan: belum ada ruang lingkup. Pilih kesepakatannya, atau hapus tanda #.'
    ),
    # targets
    "target_unreadable": gettext_noop(
        'target "%(typed)s" tidak terbaca. Tulis angka lalu satuan, misalnya =4 kali atau =2,5 ton.'
    ),
    "target_too_large": gettext_noop('target "%(typed)s" terlalu besar. Periksa angkanya.'),
    "two_targets": gettext_noop('ada dua target, "%(first)s" dan "%(second)s". Pilih salah satu.'),
    "unit_too_long": gettext_noop(
        "satuan target terlalu panjang, paling banyak %(limit)d huruf. Letakkan target di akhir baris."
    ),
    # people
    "two_people": gettext_noop('ada dua pelaksana, "%(first)s" dan "%(second)s". Pilih salah satu.'),
    "person_too_long": gettext_noop(
        "nama atau jabatan pelaksana terlalu panjang, paling banyak %(limit)d huruf. Akhiri dengan koma."
    ),
    # lines
    "wording_missing": gettext_noop("isi komitmen belum ada. Tulis apa yang disepakati."),
    "line_too_long": gettext_noop(
        "terlalu panjang, %(length)s huruf dari paling banyak %(limit)s. Pisahkan menjadi beberapa baris."
    ),
    "too_many_lines": gettext_noop(
        "terlalu banyak baris. Sekali simpan paling banyak %(limit)d komitmen; simpan dahulu sebagian."
    ),
    "more_remarks": gettext_noop("masih ada kata lain yang belum terbaca. Perbaiki yang di atas dahulu."),
    # tables
    "table_agency": gettext_noop(
        '"%(typed)s" belum dikenal sebagai instansi, jadi tetap tersimpan di catatan. Yang terdekat: %(nearest)s.'
    ),
    "table_agency_alone": gettext_noop('"%(typed)s" belum dikenal sebagai instansi, jadi tetap tersimpan di catatan.'),
    "table_agencies": gettext_noop(
        "sel penanggung jawab memuat %(count)d instansi: yang pertama, %(first)s, dibaca sebagai penanggung jawab dan "
        "yang lain sebagai pendukung."
    ),
    "table_completed": gettext_noop('tenggat "%(typed)s" tidak menyebut hari atau tahun, dibaca %(date)s.'),
    "table_date": gettext_noop('tenggat "%(typed)s" tidak terbaca sebagai tanggal, jadi tetap tersimpan di catatan.'),
    "table_formula": gettext_noop(
        "ada rumus yang hasilnya tidak ikut di berkas. Buka berkasnya di Excel, simpan, lalu kirim lagi."
    ),
    "table_items": gettext_noop("sel komitmen memuat beberapa butir dan dibaca sebagai satu komitmen."),
    "table_month": gettext_noop('tenggat "%(typed)s" hanya menyebut bulan, jadi tetap tersimpan di catatan.'),
    "table_range": gettext_noop('tenggat "%(typed)s" adalah rentang, dibaca sampai %(date)s.'),
    "table_skipped": gettext_noop('baris tabel "%(typed)s" tidak dibaca sebagai komitmen. Tulis sendiri bila perlu.'),
    "table_status": gettext_noop('status "%(typed)s" tersimpan di catatan; status komitmen tidak ikut berubah.'),
    "table_support": gettext_noop("pendukung tersimpan di catatan karena penanggung jawab belum ada."),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell the writer: how serious, which rule (``code``), where, and in which words."""

    level: Level
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    line: int | None = None
    span: Span | None = None
    choices: tuple[str, ...] = ()  # codes the writer may have meant, nearest first

    @property
    def is_error(self) -> bool:
        """Whether the text cannot be saved as it stands."""
        return self.level is Level.ERROR

    @property
    def text(self) -> str:
        """The whole sentence in Indonesian, with its line number where there is one."""
        return self.worded(gettext_noop)

    def worded(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate`` (a gettext function)."""
        sentence = translate(SENTENCES[self.code]) % self.params
        if self.line is None:
            return sentence[:1].upper() + sentence[1:]
        return translate(_IN_LINE) % {"line": self.line, "sentence": sentence}

    def offering(self, *choices: str) -> Self:
        """Return the same remark with codes to choose from."""
        return replace(self, choices=choices)

    def at(self, *, line: int, span: Span) -> Self:
        """Return the same remark, placed in a text."""
        return replace(self, line=line, span=span)


def error(code: str, **params: str | int) -> Remark:
    """Return an error with the sentence of ``code``."""
    return Remark(Level.ERROR, code, params)


def warning(code: str, **params: str | int) -> Remark:
    """Return a warning with the sentence of ``code``."""
    return Remark(Level.WARNING, code, params)


def note(code: str, **params: str | int) -> Remark:
    """Return a note with the sentence of ``code``."""
    return Remark(Level.NOTE, code, params)
