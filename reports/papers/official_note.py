"""*Nota dinas*: the report of a meeting to one's own superior, as a Word file to be completed and signed.

Number, date, addressee and signature stay open: the office has its own, and none is made up.
"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.shared import Pt

from config.templatetags.waktu import tanggal_hari
from meetings.minutes_content import Content, content_of
from meetings.minutes_words import readable
from meetings.models import Meeting
from reports.papers.frame import Paper
from reports.papers.minutes import agreement_words, issuer_of, subject, write_lines
from reports.papers.word import DOTS, WordPaper


def write_official_note(meeting: Meeting, *, at: dt.datetime) -> bytes:
    """The Word file, from the record as it stands now: basis, time, people, results, what follows."""
    with override(settings.LANGUAGE_CODE):
        c = readable(content_of(meeting))
        word = WordPaper(_paper(c), at=at)
        word.title(_("NOTA DINAS"))
        word.facts(_address(c), label=28)
        word.rule()
        word.text(_("Dengan hormat kami laporkan hasil pertemuan sebagai berikut."))
        _write_facts(word, c)
        _write_results(word, c)
        write_lines(word, c, heading=_("5. Tindak lanjut"))
        thanks = _("Demikian kami laporkan. Atas perhatian dan arahan Bapak/Ibu, kami ucapkan terima kasih.")
        closing = word.text(thanks).paragraph_format
        closing.keep_with_next, closing.space_after = True, Pt(12)  # no signature stands alone on a page
        word.signature([c["host"]["signing_post"] or DOTS, "", "", "", DOTS, _("NIP %(dots)s") % {"dots": DOTS[:30]}])
        return word.save()


def _paper(c: Content) -> Paper:
    return Paper(
        title=_("Nota dinas %(code)s") % {"code": c["code"]},
        issuer=issuer_of(c),
        standing=_("Konsep, belum ditandatangani"),
        is_official=True,
        is_example=c["is_example"],
    )


def _address(c: Content) -> list[tuple[str, str]]:
    return [
        (_("Yth."), ""),
        (_("Dari"), ""),
        (_("Tembusan"), ""),
        (_("Tanggal"), ""),
        (_("Nomor"), ""),
        (_("Sifat"), ""),
        (_("Lampiran"), ""),
        (_("Hal"), _("Laporan hasil %(subject)s") % {"subject": subject(c)}),
    ]


def _write_facts(word: WordPaper, c: Content) -> None:
    word.heading(_("1. Dasar"))
    word.bullets([agreement_words(c) or _("Undangan nomor %(dots)s") % {"dots": DOTS}])
    word.heading(_("2. Waktu dan tempat"))
    word.facts(
        [
            (_("Hari, tanggal"), tanggal_hari(c["held_on"])),
            (_("Waktu"), c["time"]),
            (_("Tempat"), c["place"]),
            (_("Pimpinan rapat"), c["led_by"]),
            *([(_("Diterima oleh"), c["received_by"])] if c["received_by"] else []),
        ]
    )
    word.heading(_("3. Peserta"))
    word.bullets([row["words"] for row in c["attendance"]] or [DOTS])


def _write_results(word: WordPaper, c: Content) -> None:
    word.heading(_("4. Hasil"))
    if not c["agenda"] and not c["general"]:
        word.text(DOTS)
    for letter, item in zip(_letters(), c["agenda"], strict=False):
        word.heading(f"{letter}. {item['title']}", level=2)
        if item["discussion"]:
            word.text(item["discussion"])
        word.bullets(item["outcomes"])
    if c["general"]:
        word.text(c["general"])


def _letters() -> list[str]:
    """a, b, ... z, aa, ab, ...: how the parts of a point are counted."""
    first = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    return first + [f"{one}{two}" for one in first for two in first]
