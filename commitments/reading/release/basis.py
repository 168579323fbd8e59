"""What a meeting rests on: agreements and regulations the text names."""

import re

from commitments.reading.release.passages import Page, Shape, trimmed
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import Found
from commitments.reading.release.words import any_of
from commitments.reading.spans import Span

_PACT = re.compile(
    r"\b(?:Nota Kesepakatan|Nota Kesepahaman|Memorandum of Understanding|MoU|Perjanjian Kerja ?sama|PKS"
    r"|Kesepakatan Bersama)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b"
    + any_of(
        """
        Undang-Undang|UU|Peraturan Pemerintah|PP|Peraturan Presiden|Perpres|Peraturan Menteri|Permen\\w*
        Peraturan Gubernur|Pergub|Peraturan Bupati
        Perbup|Peraturan Wali Kota|Perwali|Perwal|Peraturan Daerah|Perda|Peraturan Desa|Peraturan Kepala
        Peraturan Badan|Peraturan
        Keputusan Presiden|Keputusan Menteri|Kepmen\\w*|Keputusan Gubernur|Kepgub|Keputusan Bupati
        Keputusan Wali Kota|Keputusan|Instruksi Presiden
        Inpres|Instruksi Gubernur|Instruksi|Surat Edaran|Surat Keputusan|SK|Surat Perintah|Surat Tugas
        Surat Undangan|Surat
        """
    )
    + r"\b(?=[^.;:\"\n]{0,160}?(?:\bNomor\b|\bNo\b|\bNo\.))",
    re.IGNORECASE,
)
_LAW_END = re.compile(
    r"(?:Nomor|No\.?)[ ]?:?[ ]?[\w./-]{1,40}(?:[ ]Tahun[ ](?:19"
    r"|20)[0-9]{2})?(?:[ ]tanggal[ ][0-9]{1,2}[ ]\w{3,9}[ ](?:19|20)[0-9]{2})?",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:tindak lanjut|berdasarkan|didasari|berlandaskan|sesuai|mengacu|implementasi|pelaksanaan|menindaklanjuti"
    r"|amanat|dasar|merujuk|turunan|sebagaimana|dalam rangka|melaksanakan|dengan)\b[^.;]{0,80}\Z",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:akan|rencana|penyusunan|menyusun|draf|rancangan|menandatangani|penandatanganan|penjajakan|pembahasan"
    r"|membahas|berencana|usulan)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[.;\"](?=\s|\Z)|,(?=[ ](?:serta|dan|yang akan|kegiatan|rapat|kami|pertemuan|audiensi|ini|untuk|guna))"
    r"|[ ](?:ini|tersebut|guna|untuk|agar|digelar|menggelar|sebagai)\b|,[ ]|\"",
    re.IGNORECASE,
)


def find_basis(page: Page) -> list[Found]:
    """Return the agreements and regulations named as the ground of the meeting, each once, in order."""
    basis = dict[str, Found]()
    for passage in page.passages:
        if passage.shape in (Shape.CHROME, Shape.TITLE):
            continue
        for sentence in passage.sentences:
            for span, code in _in_sentence(page.flat, sentence):
                words = page.text[span.start : span.end]
                basis.setdefault(words.lower(), Found(words, span, Reason(code), is_sure=code == "basis_law"))
    return sorted(basis.values(), key=lambda found: found.span)


def _in_sentence(flat: str, sentence: Span) -> list[tuple[Span, str]]:
    found, end = list[tuple[Span, str]](), sentence.start
    for law in _LAW.finditer(flat, sentence.start, sentence.end):
        number = _LAW_END.search(flat, law.end(), min(sentence.end, law.end() + 200))
        if number and law.start() >= end:
            end = number.end()
            found.append((trimmed(flat, Span(law.start(), end), " .,"), "basis_law"))
    for pact in _PACT.finditer(flat, sentence.start, sentence.end):
        stop = _ENDS.search(flat, pact.end(), sentence.end)
        span = trimmed(flat, Span(pact.start(), stop.start() if stop else sentence.end), " .,")
        before = flat[sentence.start : pact.start()]
        if pact.start() >= end and _CUE.search(before) and not _AHEAD.search(before):
            found.append((span, "basis_pact"))
            end = span.end
    return found
