"""*Notula* as PDF and as Word file: printed from a version that was sent, or from the draft of its keeper."""

import dataclasses
import datetime as dt

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import User
from agencies.policy import Refusal, no
from config.templatetags.waktu import tanggal, tanggal_hari
from meetings.minutes_content import Content, content_of, for_reader, partners_of
from meetings.minutes_words import readable
from meetings.models import Meeting, MinutesNote, MinutesNoteKind, MinutesVersion
from reports.papers.frame import Issuer, Paper, print_paper
from reports.papers.word import WordPaper
from reports.printing.pdf import Rendered

_WIDTHS = (11, 62, 36, 25, 31)  # millimetres


@dataclasses.dataclass(frozen=True)
class Signing:
    """One place in the table of signatures; ``words`` are empty while it is unsigned."""

    agency: str
    words: str


@dataclasses.dataclass(frozen=True)
class Minutes:
    """What is printed: the readable content of a version (``n`` is None for a draft), and what came back on it."""

    content: Content
    n: int | None
    places: tuple[Signing, ...]
    remarks: tuple[MinutesNote, ...]
    signed_on: dt.date | None

    @property
    def standing(self) -> str:
        """*Draf*, *belum ditandatangani*, or *disahkan* with its day."""
        if self.n is None:
            return _("DRAF, belum disampaikan")
        if self.signed_on is not None:
            return _("Notula disahkan tanggal %(day)s") % {"day": tanggal(self.signed_on)}
        return _("Versi %(n)d, belum ditandatangani") % {"n": self.n}


def minutes_of(meeting: Meeting, user: User, *, n: int | None = None) -> Minutes:
    """The minutes as this person may read them: version ``n`` or the last; the draft only for its keeper.

    Raises Refusal (409) while nothing was sent, Http404 for a version that does not exist.
    """
    versions = {version.n: version for version in meeting.minutes_versions.all()}
    is_keeper = meeting.host_agency_id in user.rights.own
    if n is not None and n not in versions:
        raise Http404
    if not versions and not is_keeper:
        raise Refusal(no(_("Notula ini belum disampaikan."), status=409))
    with override(settings.LANGUAGE_CODE):
        if not versions:
            content = content_of(meeting) | {"sent_to": [{"agency": row.short_name} for row in partners_of(meeting)]}
            return Minutes(readable(content), None, _places(content, []), (), None)
        version = versions[n or max(versions)]
        content = for_reader(version.content, user, meeting)
        notes = _notes(version)
        signed = [note for note in notes if note.kind == MinutesNoteKind.SIGNED]
        return Minutes(
            readable(content),
            version.n,
            _places(content, signed),
            tuple(note for note in notes if note not in signed and (is_keeper or note.agency_id in user.rights.own)),
            next((note.document.letter_on for note in signed if note.document), None),
        )


def print_minutes(minutes: Minutes, *, at: dt.datetime) -> Rendered:
    """The PDF. Raises :class:`reports.printing.pdf.RenderFailed` with a sentence."""
    with override(settings.LANGUAGE_CODE):
        c = minutes.content
        remarks = [remark_words(note) for note in minutes.remarks]
        page = {"c": c, "minutes": minutes, "subject": subject(c), "facts": _facts(c), "remarks": remarks}
        return print_paper("papers/minutes.html", _paper(minutes), page, at=at)


def write_minutes(minutes: Minutes, *, at: dt.datetime) -> bytes:
    """The Word file, with the same words in the same order."""
    with override(settings.LANGUAGE_CODE):
        word, c = WordPaper(_paper(minutes), at=at), minutes.content
        word.title(_("NOTULA"), below=subject(c))
        word.facts(_facts(c))
        _write_people(word, c)
        _write_discussion(word, c)
        write_lines(word, c, heading=_("Komitmen"))
        if minutes.n is not None and c["lines"]:
            word.text(_("Kekuatan menurut keadaan saat versi ini disampaikan."))
        _write_remarks(word, c, minutes)
        word.heading(_("Pengesahan"))
        word.text(minutes.standing)
        rows = [(str(n), place.agency, place.words or "\n\n") for n, place in enumerate(minutes.places, start=1)]
        word.table((_("No."), _("Instansi"), _("Jabatan, nama, dan tanda tangan")), rows, (11, 60, 94))
        return word.save()


def subject(content: Content) -> str:
    """``Audiensi BP3MI Jakarta dengan Kota Administrasi Contoh``."""
    if not content["counterpart"]:
        return f"{content['kind']} {content['host']['short_name']}"
    return _("%(kind)s %(host)s dengan %(partner)s") % {
        "kind": content["kind"],
        "host": content["host"]["short_name"],
        "partner": content["counterpart"]["name"],
    }


def write_lines(word: WordPaper, content: Content, *, heading: str) -> None:
    """The commitments as a table: words, owner, date, and how firmly they stand."""
    word.heading(heading)
    if content["is_open_list"]:
        word.text(_("Daftar terbuka: sumber menyebut sebagian saja."))
    if not content["lines"]:
        word.text(_("Tidak ada komitmen yang dicatat."))
        return
    rows = [
        (
            str(number),
            "\n".join(filter(None, [f"{line['code']} ({line['kind']})", line["wording"], line["amount"]])),
            "\n".join(filter(None, [line["lead"] or _("belum ditetapkan"), line["person"], _supporters(line)])),
            line["due"],
            line["strength"],
        )
        for number, line in enumerate(content["lines"], start=1)
    ]
    head = (_("No."), _("Komitmen"), _("PIC"), _("Tenggat"), _("Kekuatan"))
    word.table(head, rows, _WIDTHS, size=10)


def _supporters(line: Content) -> str:
    names = ", ".join(line["supporting"])
    return _("pendukung: %(names)s") % {"names": names} if names else ""


def agreement_words(content: Content) -> str:
    """The agreement the meeting stands on; empty without one."""
    found = content["agreement"]
    if not found:
        return ""
    named = f"{found['kind']} {tanggal(found['signed_on'])} ({found['code']})"
    return f"{named}: {found['title']}" if found["title"] else named


def issuer_of(content: Content) -> Issuer:
    """The keeper as it was when the version was frozen; the first versions did not keep how its paper looks."""
    host = {"logo": "", "paper": "A4", "is_plain_type": False} | content["host"]
    return Issuer(
        name=host["name"],
        short_name=host["short_name"],
        letterhead=tuple(host["letterhead"]),
        address_line=host["address_line"],
        signing_place=host["signing_place"],
        signing_post=host["signing_post"],
        zone=host["zone"],
        logo=host["logo"],
        size=host["paper"],
        is_plain_type=host["is_plain_type"],
    )


def _notes(version: MinutesVersion) -> list[MinutesNote]:
    return list(version.notes.select_related("agency", "document"))


def _places(content: Content, signed: list[MinutesNote]) -> tuple[Signing, ...]:
    """A place for the keeper and for every agency the version went to."""
    words = {}
    for note in signed:
        if note.agency is not None and note.document is not None and note.document.letter_on is not None:
            said = {"number": note.document.letter_number, "day": tanggal(note.document.letter_on)}
            words[note.agency.short_name] = _("Menandatangani naskah nomor %(number)s tanggal %(day)s") % said
    names = [content["host"]["short_name"], *(row["agency"] for row in content["sent_to"])]
    return tuple(Signing(name, words.get(name, "")) for name in names)


def _paper(minutes: Minutes) -> Paper:
    c = minutes.content
    return Paper(
        title=_("Notula %(code)s") % {"code": c["code"]},
        issuer=issuer_of(c),
        standing=_("%(standing)s · dokumen internal") % {"standing": minutes.standing},
        is_official=minutes.n is not None,
        is_draft=minutes.n is None,
        is_example=c["is_example"],
    )


def _facts(c: Content) -> list[tuple[str, str]]:
    rows = [
        (_("Rapat"), subject(c)),
        (_("Hari, tanggal"), tanggal_hari(c["held_on"])),
        (_("Waktu"), c["time"]),
        (_("Tempat"), c["place"]),
        (_("Pimpinan rapat"), c["led_by"]),
        (_("Diterima oleh"), c["received_by"]),
        (_("Dasar"), agreement_words(c)),
    ]
    needed = (_("Waktu"), _("Tempat"), _("Pimpinan rapat"))
    return [(label, words) for label, words in rows if words or label in needed]


def _write_people(word: WordPaper, c: Content) -> None:
    word.heading(_("Peserta"))
    if not c["attendance"]:
        word.text(_("Daftar hadir terlampir."))
        return
    rows = [
        (str(number), row["agency"], ", ".join(filter(None, [row["name"], row["post"]])))
        for number, row in enumerate(c["attendance"], start=1)
    ]
    word.table((_("No."), _("Instansi"), _("Nama dan jabatan")), rows, (11, 75, 79))


def _write_discussion(word: WordPaper, c: Content) -> None:
    word.heading(_("Pembahasan"))
    for number, item in enumerate(c["agenda"], start=1):
        word.heading(f"{number}. {item['title']}", level=2)
        if item["discussion"]:
            word.text(item["discussion"])
        if item["outcomes"]:
            word.text(_("Hasil:"), is_strong=True).paragraph_format.keep_with_next = True
            word.bullets(item["outcomes"])
    if c["general"]:
        word.heading(_("Catatan umum"), level=2)
        word.text(c["general"])


def _write_remarks(word: WordPaper, c: Content, minutes: Minutes) -> None:
    if c["statements"]:
        word.heading(_("Pernyataan yang boleh dikutip"))
        for row in c["statements"]:
            who = ", ".join(filter(None, [row["speaker"], row["agency"]]))
            word.text(f"“{row['words']}” ({who})")
    if minutes.remarks:
        word.heading(_("Tanggapan atas notula"))
        word.bullets([remark_words(note) for note in minutes.remarks])


def remark_words(note: MinutesNote) -> str:
    """``Sudin Contoh A, keberatan: ... (surat 12/2026)``."""
    agency = note.agency.short_name if note.agency else ""
    said = f"{agency}, {note.get_kind_display()}"
    return f"{said}: {note.words} ({note.source})" if note.words else f"{said} ({note.source})"
