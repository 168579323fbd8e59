"""Sentences that say what somebody will do next, and declarations of readiness."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from commitments.reading.release.days import find_days, find_due
from commitments.reading.release.passages import trimmed
from commitments.reading.release.shapes import Kind
from commitments.reading.release.words import (
    CONCRETE_VERBS,
    CONDITION,
    DESCRIBED,
    DUTY,
    HOPE,
    LASTING_ADVERBS,
    LINKING_ADVERBS,
    PURPOSE_END,
    VAGUE_VERBS,
)
from commitments.reading.spans import Span

_WILL = re.compile(
    r"\b(?:akan|akn|bakal|hendak|berencana|merencanakan|diagendakan|mengagendakan|rencananya|direncanakan"
    r"|dijadwalkan|menjadwalkan|bersiap|segera|ditargetkan|menargetkan|siap)\b",
    re.IGNORECASE,
)
_NO_WILL = re.compile(
    r"\b(?:yang|tidak|tak|bukan|belum|sadar|tahu|apa|haus|bahwa tidak|apakah|calon|terhadap|agar|supaya|untuk"
    r"|dapat|bisa|harus|perlu|telah|sudah|semula|sedianya|tadinya|seharusnya|sempat|guna|kebutuhan|kesadaran"
    r"|pemahaman|jika|apabila|bila|ketika|kapan)[ ]?(?:juga[ ]|nantinya[ ])?\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_CLAUSE = re.compile(
    r"[;\"]|\bbahwa\b|,?[ ](?:sedangkan|sementara(?: itu)?|namun|tetapi|adapun|lalu|kemudian|dan selanjutnya)\b"
    r"|,[ ](?:dan|serta)\b(?=[^,.;]{3,60}?\bakan\b)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:mengatakan|menyampaikan|menjelaskan|menegaskan|menekankan|menambahkan|menyebut|menyebutkan"
    r"|mengungkapkan|menuturkan|memaparkan|menerangkan"
    r"|menyatakan|mengaku|memastikan|mengonfirmasi|berjanji|melaporkan|membenarkan|menyebutkan|menguraikan|berujar"
    r"|berkata|kata|ujar)\b[ ]?,?(?:[ ]bahwa)?,?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"[ ]*(?:menjawab|menyusul|ke depan(?:nya)?|selanjutnya|menanggapi|dalam|sebagai|untuk|guna|setelah|usai|pada"
    r"|melalui|menurut\w*|dengan|terkait|selain|berdasarkan"
    r"|menindaklanjuti|nantinya|sementara itu|adapun|di|kemudian|lebih lanjut|karena|mengingat|merespons?|sesuai"
    r"|kata|untuk itu|oleh karena itu|karena itu"
    r"|tak hanya|tidak hanya|mulai|rencananya|sebelum|demi|seiring|bersama|menyikapi|minggu depan|pekan depan"
    r"|bulan depan|tahun depan|insya allah|lanjut\w*|tambah\w*|paling lambat|menjelang|hal itu|berkaitan|khusus"
    r"|nanti|terakhir|sedangkan|lalu)\b[^,.;\"]{0,160},[ ]*",
    re.IGNORECASE,
)
_SUBJECT_OFFICE = re.compile(
    r"\b(?:pihaknya|pihak|kami|kita|keduanya|tim|satgas|ia|dia|beliau|mereka|pemerintah|instansi|opd|skpd|panitia"
    r"|penyidik|petugas|dinas\w*|kepala|bupati|gubernur|wali kota|camat|lurah|pemkab|pemkot|pemprov|pemda)\b",
    re.IGNORECASE,
)
_MEETING_NOUN = re.compile(
    r"\b(?:rapat|pertemuan|audiensi|sosialisasi|pelatihan|kunjungan|koordinasi|diskusi|evaluasi|penandatanganan"
    r"|bimbingan|bimtek|monitoring|monev|kegiatan|peresmian|peluncuran|uji coba|pendataan|pembangunan|perbaikan"
    r"|pengerjaan|pekerjaan|simulasi|hasil|program|posko|layanan|kerja ?sama|kolaborasi)\b",
    re.IGNORECASE,
)
_READY = re.compile(
    r"\b(?:(?:menyatakan|menegaskan|menyampaikan)[ ](?:kesiapan|kesediaan|kesanggupan|komitmen)(?:nya)?"
    r"|kesiapan[ ](?:pihaknya|\w+nya|instansinya)|(?:menyatakan[ ])?(?:siap|bersedia|sanggup)"
    r"|menyanggupi|berkomitmen|kesiapannya|kesediaannya|bertekad|berjanji)\b(?P<to>[ ](?:penuh[ ])?(?:untuk|akan)\b)?",
    re.IGNORECASE,
)
_NOT_READY = re.compile(
    r"\b(?:yang|agar|tidak|belum|tak|supaya|lebih|harus|perlu|untuk|dapat|sudah|telah|generasi|tenaga|sdm|lulusan"
    r"|calon|masyarakat|warga|peserta|siswa|pekerja|menjadi|terus|bisa|semua pihak|selalu|senantiasa)[ ]?\Z",
    re.IGNORECASE,
)
_DESCRIBED_AND = re.compile(
    r"\b(?:yang|lulusan|tenaga|calon|generasi|sdm|menjadi)\b[^,;]{0,80}\bdan[ ]\Z", re.IGNORECASE
)
_PLEDGER = re.compile(r"\b(?:kami|pihaknya|saya|kita)\b", re.IGNORECASE)
_DAY_WORDS = re.compile(
    r"\b(?:20[0-9]{2}|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    r"|triwulan|semester|pekan depan|minggu depan|bulan depan|tahun depan|senin|selasa|rabu|kamis|jumat|sabtu"
    r"|dalam waktu dekat)\b",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(r"\b(?:telah|sudah|sejak|pernah|belum|tidak|berhasil|jika|apabila)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:telah|sudah|pernah)\b[^,;]{0,80}\Z", re.IGNORECASE)
_EFFECT = re.compile(  # "akan memberikan dampak" promises nothing
    r"\b(?:memberikan|diberikan|membawa|membuka|menghadirkan)[ ](?:\w+[ ])?(?:dampak|manfaat|pengaruh|kontribusi"
    r"|kemudahan|rasa"
    r"|dorongan|semangat|peluang|angin|harapan|warna|ruang|nilai|kepastian|keuntungan|perubahan|hasil)\b",
    re.IGNORECASE,
)
_VERBAL = ("me", "ber", "hadir", "turun", "bekerja", "ikut", "turut", "di")
_MOST = 12  # words of intention that are looked at in one sentence
_TAIL = " .,;:!?\"'\u2013-"


@dataclass(frozen=True, slots=True)
class Intention:
    """Words that announce an action: the whole clause, and the words that made it one."""

    span: Span
    words: Span
    kind: Kind
    is_sure: bool


def find_intentions(flat: str, sentence: Span, held_on: dt.date | None) -> Iterator[Intention]:
    """Yield the plans and pledges of a sentence, in order; hopes, duties and conditions are none."""
    last = sentence.start
    if CONDITION.search(flat, sentence.start, sentence.end):
        yield from _pledges(flat, sentence)
        return
    for found in islice(_WILL.finditer(flat, sentence.start, sentence.end), _MOST):
        if found.start() < last:
            continue
        clause = _clause(flat, sentence, Span(*found.span()))
        if plan := _plan(flat, clause, found):
            last = plan.span.end
            yield plan
    if last == sentence.start:
        yield from _dated(flat, sentence, held_on) or _lasting(flat, sentence) or _pledges(flat, sentence)


def _clause(flat: str, sentence: Span, word: Span) -> Span:
    """Return the clause around a word, without who says it and without what only leads in."""
    start = sentence.start
    for boundary in _CLAUSE.finditer(flat, sentence.start, word.start):
        start = boundary.end()
    ending = next((b for b in _CLAUSE.finditer(flat, word.end, sentence.end) if _ends(flat, b, sentence)), None)
    end = ending.start() if ending else sentence.end
    for saying in _SAYING.finditer(flat, start, word.start):
        start = saying.end()
    while (lead_in := _LEAD_IN.match(flat, start, word.start)) and lead_in.end() < word.start:
        start = lead_in.end()
    return trimmed(flat, Span(start, end), _TAIL)


def _ends(flat: str, boundary: re.Match[str], sentence: Span) -> bool:
    return boundary[0].lower() != "bahwa"


def _plan(flat: str, clause: Span, found: re.Match[str]) -> Intention | None:
    before, after = flat[clause.start : found.start()], flat[found.end() : clause.end]
    word = found[0].lower()
    if _NO_WILL.search(before) or HOPE.search(before) or DUTY.search(before) or _PAST.search(before):
        return None
    rule = {
        **dict.fromkeys(("akan", "akn", "bakal", "hendak"), _will),
        "segera": _soon,
        "siap": _nothing,
        "bersiap": _soon,
        "ditargetkan": _targeted,
        "menargetkan": _nothing,
    }
    is_sure = rule.get(word, _intends)(before, after)
    if is_sure is None:
        return None
    span = _without_purpose(flat, clause, Span(*found.span()))
    return Intention(span, Span(*found.span()), Kind.PLAN, is_sure)


def _without_purpose(flat: str, clause: Span, word: Span) -> Span:
    stop = PURPOSE_END.search(flat, min(word.end + 12, clause.end), clause.end)
    return trimmed(flat, Span(clause.start, stop.start() if stop else clause.end), _TAIL)


def _verb(after: str) -> tuple[str, bool]:
    """Return the verb after "akan" and whether a lasting adverb ("terus", "selalu") stands before it."""
    is_lasting = False
    for found in list(_WORD.finditer(after[:120]))[:6]:
        word = found[0].lower()
        if word in LASTING_ADVERBS:
            is_lasting = True
        elif word not in LINKING_ADVERBS:
            return word, is_lasting
    return "", is_lasting


def _will(before: str, after: str) -> bool | None:
    """Whether "akan" announces a concrete action for sure; None when it announces none."""
    verb, is_lasting = _verb(after)
    if not verb or is_lasting or DESCRIBED.search(before):
        return None
    has_day = bool(_DAY_WORDS.search(after))
    if verb in VAGUE_VERBS and not (has_day and verb not in ("menjadi", "dihadiri", "diikuti", "melibatkan")):
        return None
    if _EFFECT.search(after[:90]):
        return None
    is_named = bool(_SUBJECT_OFFICE.search(before)) or _has_name(before)
    if verb in CONCRETE_VERBS:
        return has_day or (is_named and not verb.startswith("di"))
    if not verb.startswith(("me", "di", "ber")):
        return None
    return False if has_day or is_named else None


def _has_name(before: str) -> bool:
    """Whether a name (a word with a capital that does not open the sentence) stands before the verb."""
    words = before.split()
    return any(word[0].isupper() for word in words if word[0].isalpha())


def _intends(before: str, after: str) -> bool | None:
    """Whether "berencana" and the like announce something concrete."""
    verb, is_lasting = _verb(after)
    return None if is_lasting or not verb or (verb in VAGUE_VERBS and not _DAY_WORDS.search(after)) else True


def _soon(before: str, after: str) -> bool | None:
    verb, _ = _verb(after)
    if (
        verb not in CONCRETE_VERBS
        or not verb.startswith(("me", "ber"))
        or not (_SUBJECT_OFFICE.search(before) or _has_name(before))
    ):
        return None
    return False


def _targeted(before: str, after: str) -> bool | None:
    return False if _DAY_WORDS.search(after) and _MEETING_NOUN.search(before) else None


def _nothing(before: str, after: str) -> bool | None:
    return None


def _dated(flat: str, sentence: Span, held_on: dt.date | None) -> list[Intention]:
    """Return the plan of a sentence that names an action and a day after the meeting, without "akan"."""
    days = find_days(flat, sentence)
    due = find_due(flat, sentence, held_on=held_on, days=days)
    if due is None or held_on is None or due.on is None or due.on <= held_on or held_on in {day.on for day in days}:
        return []
    clause = _clause(flat, sentence, due.span)
    before = flat[clause.start : due.span.start]
    verb = next((word for word in _WORD.finditer(before) if word[0].lower() in CONCRETE_VERBS), None)
    if verb is None or before[: verb.start()].rstrip().lower().endswith(("yang", "untuk", "guna", "agar")):
        return []
    if HOPE.search(before) or DUTY.search(before) or _NOT_TOLD.search(before) or not before[: verb.start()].strip():
        return []
    return [Intention(_without_purpose(flat, clause, due.span), due.span, Kind.PLAN, is_sure=False)]


def _lasting(flat: str, sentence: Span) -> list[Intention]:
    """Return the pledge of a sentence in which somebody "akan terus" do something."""
    for found in islice(_WILL.finditer(flat, sentence.start, sentence.end), _MOST):
        clause = _clause(flat, sentence, Span(*found.span()))
        before, after = flat[clause.start : found.start()], flat[found.end() : clause.end]
        verb, is_lasting = _verb(after)
        if found[0].lower() not in ("akan", "bakal", "akn") or not is_lasting or not verb.startswith(("me", "ber")):
            continue
        if _NO_WILL.search(before) or HOPE.search(before) or DESCRIBED.search(before) or _PAST.search(before):
            continue
        if _SUBJECT_OFFICE.search(before) or _has_name(before):
            return [
                Intention(
                    _without_purpose(flat, clause, Span(*found.span())), Span(*found.span()), Kind.PLEDGE, is_sure=False
                )
            ]
    return []


def _pledges(flat: str, sentence: Span) -> Iterator[Intention]:
    for found in islice(_READY.finditer(flat, sentence.start, sentence.end), _MOST):
        before = flat[sentence.start : found.start()]
        is_declared = found[0].lower().startswith(("menyatakan", "menyampaikan", "menegaskan", "menyanggupi"))
        is_described = _NOT_READY.search(before) or _DESCRIBED_AND.search(before)
        if (is_described and not is_declared) or HOPE.search(before[-60:]) or DUTY.search(before[-40:]):
            continue
        if (verb := _pledged(flat, found, sentence)) is None:
            continue
        start = found.start()
        for pledger in _PLEDGER.finditer(flat, max(sentence.start, start - 40), start):
            start = pledger.start()
        stop = re.compile(r'"').search(flat, found.end(), sentence.end)
        span = trimmed(flat, Span(start, stop.start() if stop else sentence.end), _TAIL)
        yield Intention(span, Span(*found.span()), Kind.PLEDGE, is_sure=bool(found["to"]) and verb not in VAGUE_VERBS)
        return


def _pledged(flat: str, found: re.Match[str], sentence: Span) -> str | None:
    """Return the verb that is pledged, or None when the words only describe."""
    words = [
        word[0].lower() for word in list(_WORD.finditer(flat, found.end(), min(sentence.end, found.end() + 100)))[:6]
    ]
    verb = next((word for word in words if word.startswith(_VERBAL)), "")
    if verb and (
        found["to"] or verb in words[:2] or found[0].lower().endswith(("kesanggupan", "kesiapan", "kesediaan"))
    ):
        return verb
    return None
