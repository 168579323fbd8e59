"""What kind of meeting a text tells of: an *audiensi* is no *deklarasi*, and a *rakor* is a *rapat koordinasi*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.facts import PressFacts
from reports.press.findings import Answer, no_data, verified

_SAME = {
    "rakor": "rapat koordinasi", "monev": "monitoring dan evaluasi", "rapat evaluasi": "monitoring dan evaluasi",
    "rapat monitoring dan evaluasi": "monitoring dan evaluasi", "raker": "rapat kerja", "bimtek": "bimbingan teknis",
    "rdp": "rapat dengar pendapat", "kunker": "kunjungan kerja",
}  # fmt: skip
_KINDS = (
    r"audiensi|sosialisasi|penandatanganan|rakor|monev|raker|bimtek|rdp|kunker"
    r"|rapat[ ](?:koordinasi|tindak[ ]lanjut|monitoring[ ]dan[ ]evaluasi|evaluasi|kerja|terbatas|pimpinan|paripurna"
    r"|pleno|dengar[ ]pendapat|konsultasi|perdana|teknis)|monitoring[ ]dan[ ]evaluasi"
    r"|deklarasi|kunjungan(?:[ ]kerja)?|seminar|lokakarya|workshop|webinar|simposium|bimbingan[ ]teknis|apel|upacara"
    r"|peresmian|pelantikan|peluncuran|dialog[ ]publik|konferensi[ ]pers|jumpa[ ]pers|diskusi[ ]kelompok|musyawarah"
    r"|istig[ah]+[so]+ah|doa[ ]bersama|pengajian|tablig[h]?|halal ?bihalal|pameran|festival|baza+r|jalan[ ]sehat"
    r"|bakti[ ]sosial|sarasehan|konsultasi[ ]publik|inspeksi[ ]mendadak|sidak|silaturahmi|lokalatih|kuliah[ ]umum"
)
_HELD = (
    r"menggelar|mengadakan|melaksanakan|menyelenggarakan|menghadiri|memimpin|membuka|menutup|mengikuti|melakukan"
    r"|dalam|pada|usai|seusai|saat|hasil|melalui|lewat"
)
_GOES_ON = (
    r"itu|ini|tersebut|berlangsung|digelar|diadakan|dilaksanakan|diselenggarakan|dipimpin|dihadiri|diikuti|dibuka"
    r"|berakhir|bertempat|menghasilkan|antara|bersama|dengan"
)
_GATHERING = re.compile(
    rf"\b(?:(?:(?:{_HELD})|(?:kegiatan|acara)[ ]?:)[ ](?P<held>{_KINDS})\b"
    rf"|(?P<goes>{_KINDS})(?=[ ](?:[\w-]+[ ]){{0,5}}?(?:{_GOES_ON})\b))",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:akan|bakal|hendak|segera|berencana|lanjutan|berikutnya)\b", re.IGNORECASE)
_AROUND = 60


def find_gatherings(
    flat: str, sentence: Span, facts: PressFacts, taken: Sequence[Span]
) -> Iterator[tuple[Span, Answer]]:
    """Kinds of meetings that are said to have taken place outside ``taken``, and whether one of that kind did."""
    kinds = [one for one in facts.occasions if one.kind]
    counted = {row.unit.casefold() for row in facts.rows}
    for found in _GATHERING.finditer(flat, sentence.start, sentence.end) if kinds else ():
        name = "held" if found["held"] else "goes"
        place, said = Span(*found.span(name)), _one_name(found[name])
        around = flat[max(sentence.start, place.start - _AROUND) : min(sentence.end, place.end + _AROUND)]
        if (
            said in counted
            or _AHEAD.search(around)
            or any(one.start < place.end and place.start < one.end for one in taken)
        ):
            continue
        same = next((one for one in kinds if _one_name(one.kind) == said), None)
        if same is not None:
            yield place, verified(_("jenis pertemuan sesuai catatan"), same.code)
        else:
            yield place, no_data(_("jenis pertemuan yang tercatat lain"), kinds[0].kind, kinds[0].code)


def _one_name(kind: str) -> str:
    words = " ".join(kind.casefold().split())
    return _SAME.get(words, words)
