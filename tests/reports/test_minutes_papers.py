"""Minutes and the report about a meeting on paper: what they say, who gets them, and what is not in them."""

import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document

from agencies.audit import canonical
from meetings.minutes import AgendaEntry, AnswerEntry, MinutesEntry, keep_minutes, note_answer, send_minutes
from meetings.minutes_content import agenda_digest
from meetings.models import MinutesNoteKind
from reports.papers.minutes import minutes_of, print_minutes, write_minutes
from reports.papers.official_note import write_official_note
from tests.factories import CommitmentFactory, MeetingFactory
from tests.reports.poppler import pages_of, requires_poppler, text_of

PDF, DOCX = "/pertemuan/A-2026-001/notula.pdf", "/pertemuan/A-2026-001/notula.docx"
NOTE = "/pertemuan/A-2026-001/nota-dinas.docx"
ENTRY = MinutesEntry((AgendaEntry("Bursa kerja", "Jadwal dibahas.", "Bursa kerja dua kali"),), "Catatan umum rapat.")


@pytest.fixture
def kept(meeting, commitment, petugas, now):
    return keep_minutes(meeting, ENTRY, by=petugas, at=now, seen=agenda_digest(meeting))


@pytest.fixture
def sent(kept, petugas, now):
    return send_minutes(kept, by=petugas, at=now)


def words_of(content):
    """Everything a Word file says, headers and footers too."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    edges = [p.text for s in document.sections for part in (s.header, s.footer) for p in part.paragraphs]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells + edges)


# the PDF


@requires_poppler
def test_the_minutes_say_what_was_sent_on_every_page(meeting, sent, petugas, now):
    document = print_minutes(minutes_of(meeting, petugas), at=now)

    text, pages = text_of(document.pdf), pages_of(document.pdf)
    for words in ("Jadwal dibahas.", "Bursa kerja dua kali", "Catatan umum rapat.", "K-2026-001", "30 Jun 2026"):
        assert words in text
    for page in pages:
        assert "Versi 1, belum ditandatangani" in page
        assert "dokumen internal" in page
        assert "DRAF" not in page


@requires_poppler
def test_a_draft_and_example_rows_are_marked_on_every_page(bp3mi, city, unit, petugas, now):
    held = MeetingFactory(host_agency=bp3mi, counterpart=city, present=[unit], is_example=True)
    for _number in range(25):
        CommitmentFactory(meeting=held, lead=unit, wording="Rumusan yang panjang sekali " * 8)

    pages = pages_of(print_minutes(minutes_of(held, petugas), at=now).pdf)

    assert len(pages) > 1
    for page in pages:
        assert "DRAF" in page
        assert "DATA CONTOH" in page


@requires_poppler
def test_what_is_not_known_is_left_open_and_never_printed_as_data(meeting, sent, petugas, now):
    text = text_of(print_minutes(minutes_of(meeting, petugas), at=now).pdf)

    assert "belum diisi" not in text
    assert re.search(r"Tempat \.{10,}", text)


def test_the_same_version_prints_the_same_bytes_twice(meeting, sent, petugas, now):
    minutes = minutes_of(meeting, petugas)

    assert print_minutes(minutes, at=now).pdf == print_minutes(minutes, at=now).pdf


def test_an_older_version_stays_as_it_was(meeting, sent, commitment, petugas, now):
    meeting.place = "Balai Kota"
    meeting.save()
    commitment.wording = "Rumusan baru"
    commitment.save()

    content = minutes_of(meeting, petugas, n=1).content

    assert content["place"] == ""
    assert content["lines"][0]["wording"] != "Rumusan baru"


# the Word files


def test_the_word_file_has_the_same_words_in_real_styles(meeting, sent, petugas, now):
    written = write_minutes(minutes_of(meeting, petugas), at=now)

    text = words_of(written)
    for words in ("NOTULA", "Jadwal dibahas.", "Bursa kerja dua kali", "Sudin Naker", "30 Jun 2026", "Versi 1"):
        assert words in text
    styles = {paragraph.style.name for paragraph in Document(io.BytesIO(written)).paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet"} <= styles


def test_a_word_file_asks_nothing_of_another_place(meeting, sent, petugas, now):
    for written in (write_minutes(minutes_of(meeting, petugas), at=now), write_official_note(meeting, at=now)):
        with zipfile.ZipFile(io.BytesIO(written)) as parts:
            names = parts.namelist()
            xml = "".join(parts.read(name).decode() for name in names if name.endswith((".xml", ".rels")))
        for forbidden in ("fldChar", "fldSimple", "instrText", "<w:hyperlink", 'TargetMode="External"', "oleObject"):
            assert forbidden not in xml
        assert not [name for name in names if "media" in name or "vba" in name or "thumbnail" in name]


def test_the_signature_of_the_report_to_the_superior_never_stands_alone_on_a_page(meeting, kept, now):
    paragraphs = Document(io.BytesIO(write_official_note(meeting, at=now))).paragraphs

    closing = next(n for n, paragraph in enumerate(paragraphs) if paragraph.text.startswith("Demikian kami laporkan"))
    assert paragraphs[-1].text.startswith("NIP")
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[closing:-1])


def test_the_report_to_the_superior_leaves_number_date_and_addressee_open(meeting, kept, now):
    text = words_of(write_official_note(meeting, at=now))

    rows = dict(re.findall(r"(Yth\.|Dari|Nomor|Tanggal|Hal)\n:\n([^\n]*)", text))
    assert all(set(rows[name]) == {"."} for name in ("Yth.", "Dari", "Nomor", "Tanggal"))
    assert rows["Hal"] == "Laporan hasil Audiensi BP3MI dengan Kota Uji"
    for heading in ("1. Dasar", "2. Waktu dan tempat", "3. Peserta", "4. Hasil", "5. Tindak lanjut"):
        assert heading in text
    assert "Jadwal dibahas." in text
    assert "Suku Dinas Tenaga Kerja" in text
    assert "belum diisi" not in text


def test_an_empty_meeting_still_makes_a_whole_letter(bp3mi, now):
    held = MeetingFactory(host_agency=bp3mi, counterpart=None, minutes="")

    text = words_of(write_official_note(held, at=now))

    assert "Laporan hasil Audiensi BP3MI" in text
    assert "Tidak ada komitmen yang dicatat." in text


@pytest.mark.parametrize(
    "typed", ["=CMD()|' /C calc'!A0", "\x0b\x1f\x7f", "\u202etxt.exe", "<w:p/>&amp;", "😀 aksara", "a" * 5000]
)
def test_whatever_was_typed_the_files_open(meeting, petugas, typed, now):
    entry = MinutesEntry((AgendaEntry("Butir", typed, typed),), typed)
    kept = keep_minutes(meeting, entry, by=petugas, at=now, seen=agenda_digest(meeting))
    minutes = minutes_of(kept, petugas)

    text = words_of(write_minutes(minutes, at=now))

    assert "Butir" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text)
    assert print_minutes(minutes, at=now).pdf.startswith(b"%PDF-")


# who gets what


def test_the_files_are_handed_out_as_attachments(as_person, petugas, meeting, sent):
    for url, kind in ((PDF, "application/pdf"), (DOCX, "wordprocessingml"), (NOTE, "wordprocessingml")):
        response = as_person(petugas).get(url)
        assert response.status_code == 200
        assert kind in response["Content-Type"]
        assert response["Content-Disposition"].startswith("attachment; filename=")
        assert "no-store" in response["Cache-Control"]


@requires_poppler
def test_a_partner_gets_its_own_lines_and_no_names(as_person, meeting, unit, petugas, petugas_lain, now, commitment):
    meeting.attendance.create(agency=unit, name="Nama Contoh", post_text="Kasudin")
    open_line = CommitmentFactory(meeting=meeting)
    send_minutes(meeting, by=petugas, at=now)

    text = text_of(as_person(petugas_lain).get(PDF).content)
    word = words_of(as_person(petugas_lain).get(DOCX).content)

    for said in (text, word):
        assert open_line.code in said
        assert commitment.code not in said
        assert "Nama Contoh" not in said


def test_a_draft_is_for_its_keeper_only(as_person, petugas_unit, meeting, kept):
    assert as_person(petugas_unit).get(PDF).status_code == 409
    assert as_person(petugas_unit).get(DOCX).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("petugas_unit", 403), ("humas", 403), ("petugas_asing", 404)])
def test_the_report_to_the_superior_is_for_the_keeper_only(as_person, request, meeting, sent, who, status):
    assert as_person(request.getfixturevalue(who)).get(NOTE).status_code == status


def test_a_stranger_gets_nothing(as_person, petugas_asing, sent):
    assert as_person(petugas_asing).get(PDF).status_code == 404


@pytest.mark.parametrize("asked", ["9", "x", "-1", "²"])
def test_a_version_nobody_sent_is_not_found(as_person, petugas, sent, asked):
    assert as_person(petugas).get(PDF, {"versi": asked}).status_code == 404


def test_an_objection_is_printed_for_the_keeper_and_its_agency_only(meeting, sent, unit, petugas, petugas_lain, now):
    note_answer(
        meeting, AnswerEntry(MinutesNoteKind.OBJECTION, unit, "Surat 12", words="Belum dibahas."), by=petugas, at=now
    )

    assert "Belum dibahas." in words_of(write_minutes(minutes_of(meeting, petugas), at=now))
    assert "Belum dibahas." not in words_of(write_minutes(minutes_of(meeting, petugas_lain), at=now))


def test_printing_reads_and_changes_nothing(meeting, sent, petugas):
    before = canonical(sent.content)
    minutes_of(meeting, petugas)

    sent.refresh_from_db()
    assert canonical(sent.content) == before
    assert isinstance(minutes_of(meeting, petugas).content["held_on"], dt.date)
