"""*Telah* and *akan* against the status of what a sentence speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from commitments.status import CLOSED, Condition, Status
from reports.press.counted import count_in
from reports.press.counting import quality_of, value_of
from reports.press.facts import PressFacts, Row
from reports.press.findings import Answer, different, no_data, verified
from reports.press.labels import LABELS
from reports.press.linking import Region

_MARK = re.compile(
    r"\b(?P<unmet>(?:tidak|tak) (?:dapat|bisa|mungkin) (?:ditindaklanjuti|dilanjutkan|dilaksanakan))\b"
    r"|\b(?P<feasible>(?:dapat|bisa) ditindaklanjuti)\b"
    r"|\b(?P<unconfirmed>belum (?:di|ter)konfirmasi)\b"
    r"|\b(?P<confirmed>(?:telah|sudah) (?:di|ter)konfirmasi)\b"
    r"|\b(?P<undated>(?:belum|tidak) (?:bertenggat|(?:memiliki|mempunyai|punya) tenggat))\b"
    r"|\b(?P<dated>(?:telah|sudah) (?:bertenggat|(?:memiliki|mempunyai|punya) tenggat))\b"
    r"|\b(?P<unreported>(?:akan|bakal|hendak|belum) (?:me|di)lapor\w*)\b"
    r"|\b(?P<not_begun>belum (?:dimulai|mulai|berjalan|ditindaklanjuti))\b"
    r"|\b(?P<not_late>(?<!agar )(?<!supaya )(?:tidak|belum) (?:(?:melewati|lewat) tenggat|terlambat|telat|molor))\b"
    r"|\b(?P<given_up>(?:gagal|batal|urung) (?:di|me|ter)[a-z]{4,}|(?:di)?batal(?:kan)?|urung"
    r"|(?<!agar )(?<!supaya )(?:tidak|tak) (?:akan|jadi) (?:di|me|ber|ter)[a-z]{3,}"
    r"|(?:tidak|tak) lagi (?:dijajaki|dilanjutkan|diteruskan|dilaksanakan|dikerjakan|berjalan|dijadwalkan"
    r"|direncanakan))\b"
    r"|\b(?P<put_off>tertunda|ditunda|dijadwal ulang)\b"
    r"|\b(?P<stuck>(?<!sempat )(?<!tidak )(?<!karena )(?<!akibat )(?:masih )?"
    r"(?:terkendala|terhambat|mandek|tersendat))\b"
    r"|\b(?P<smooth>(?:masih |sedang )?berjalan (?:dengan )?(?:lancar|mulus|baik)"
    r"|lancar(?:-lancar)? saja|tanpa (?:kendala|hambatan))\b"
    r"|\b(?P<not_done>belum (?:(?:juga|sempat|pernah|kunjung) )?(?:selesai|rampung|tuntas|beres|kelar"
    r"|(?!ada\b|meng(?:etahui|erti)|berarti|ter(?:lambat|catat))"
    r"(?:di|me|ter|ber)[a-z]{3,20}))\b"
    r"|\b(?P<running>(?:sedang|masih|tengah) (?:berjalan|dilaksanakan|dikerjakan|berlangsung|diproses)"
    r"|(?:sedang|tengah) (?:di|me)[a-z]{4,})\b"
    r"|\b(?P<still>masih (?:(?:di|me)[a-z]{4,}|(?:dalam|pada) (?:proses|tahap|persiapan|pengerjaan)))\b"
    r"|\b(?P<claimed>(?:telah|sudah) (?:me|di)lapor\w*(?! (?:telah |sudah )?selesai)"
    r"|(?:telah |sudah )?dilaporkan (?:telah |sudah )?selesai(?: dan menunggu verifikasi)?"
    r")\b"
    r"|\b(?P<waiting>menunggu verifikasi)\b"
    r"|\b(?P<begun>(?:telah|sudah) (?:ditindaklanjuti|dimulai|mulai|berjalan|menjangkau|mencapai|melibatkan|diikuti))\b"
    r"|\b(?P<late>(?:(?:(?:tidak|belum) )?ada (?:[a-z]+ )?yang )?(?:telah |sudah )?"
    r"(?:(?:melewati|lewat) tenggat|terlambat|telat|molor|meleset dari (?:jadwal|tenggat|target waktu)))\b"
    r"|\b(?P<spoken>(?:telah|sudah) (?:me?nyepakati|disepakati|bersepakat|sepakat|berkomitmen|menyatakan|menyampaikan"
    r"|disampaikan|mencatat|dicatat|membahas|dibahas|menghasilkan|menandatangani|ditandatangani|dijanjikan|direncanakan"
    r"|merencanakan|dijadwalkan))\b"
    r"|\b(?P<ahead>akan|segera(?= (?:me|di)[a-z]{4,})|berencana|rencananya|nantinya|kelak|hendak|bakal|direncanakan"
    r"|siap)(?: (?:segera )?(?:selesai|rampung|tuntas|beres|kelar|terlaksana|terealisasi))?\b"
    r"|\b(?P<done>(?:telah|sudah)(?! (?:[\w.]+ ){1,3}(?:hari|pekan|bulan|tahun)\b)"
    r"(?: selesai| rampung| tuntas| beres| kelar)?"
    r"|(?:berhasil|sukses|usai|selesai|rampung|tuntas|kelar) (?:di|me)[a-z]{4,}"
    r"|dinyatakan selesai|(?<!targetkan )(?<!harapkan )(?<!harus )(?<!harusnya )(?<!mestinya )(?<!dapat )(?<!bisa )"
    r"(?:selesai|rampung|tuntas|beres|kelar|terlaksana|terealisasi))\b",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"(?:(?:\A|[|(])[ ]*|[:\u2013\u2014-][ ]+)(?P<state>"
    r"(?P<is_running>(?:sedang )?(?:berjalan|diproses)|(?:dalam )?proses|on[ -]progress)"
    r"|(?P<is_blocked>terhambat|terkendala|mandek|macet|tersendat)|(?P<done>terverifikasi))(?=[ ]*(?:[|).,;]|\Z))",
    re.IGNORECASE,
)  # the cell of a table, or what stands behind a dash or a colon
_GOAL = re.compile(
    r"\b(?:(?<!dari )target(?:nya)?|ditargetkan|menargetkan|dijadwalkan|direncanakan|diharapkan|diupayakan"
    r"|diproyeksikan|harus|wajib|mesti|akan|bakal|agar|supaya|melaporkan|dilaporkan)\b[^.;:,|]{0,50}\Z",
    re.IGNORECASE,
)
_GOAL_BEHIND = re.compile(r"[ ](?:paling lambat|selambat-?lambatnya|sebelum[ ](?:tanggal[ ])?[0-9])", re.IGNORECASE)
_PLAIN_DONE = re.compile(r"(?:selesai|rampung|tuntas|beres|kelar|terlaksana|terealisasi)\Z", re.I)
_BREAK = re.compile(r";|\b(?:sedangkan|sementara|namun|tetapi|adapun|sementara itu)\b", re.IGNORECASE)
_FEW = 5  # words after a break that are no subject of their own: "; enam puluh nelayan belum menerima"
_MAY_BE_PART = re.compile(r"(?:terlaksana|terealisasi|telah|sudah)\Z", re.IGNORECASE)
_PAUSE = re.compile(r"[:;,]")
_BUT = re.compile(r"(?:tetapi|namun)\b|;", re.IGNORECASE)
_AND = re.compile(r"\b(?:dan|serta|lalu|kemudian)[ ](?:\w+[ ]){0,2}\Z", re.IGNORECASE)
_OF_PROOF = re.compile(r"\b(?:menunggu |di|ter)verifikasi\b", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:audiensi|pertemuan|rapat)\b[^.;]{0,60}\Z", re.IGNORECASE)
_EVENT_VERB = re.compile(
    r"[ ](?:digelar|menggelar|dilaksanakan|melaksanakan|diselenggarakan|berlangsung|diadakan|dipimpin|dihadiri|diterima"
    r"|menghasilkan|bertemu)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"[ ](?:dilaksanakan|digelar|berlangsung|diadakan|melaksanakan|menggelar)[ ](?:[\w-]+[ ]){0,3}"
    r"(?:pertemuan|audiensi|rapat)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[ ](?:ditandatangani|menandatangani|diteken|meneken)\b", re.IGNORECASE)
_ALLOWED: dict[str, frozenset[str]] = {
    "done": frozenset({Status.DONE}),
    "ahead": frozenset(set(Status) - set(CLOSED)),
    "not_done": frozenset(set(Status) - {Status.DONE}),
    "not_begun": frozenset({Status.NOT_STARTED}),
    "running": frozenset({Status.RUNNING, Status.BLOCKED, Status.SUBMITTED}),
    "still": frozenset(set(Status) - set(CLOSED)),
    "given_up": frozenset({Status.UNMET}),
    "begun": frozenset({Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.DONE}),
    "claimed": frozenset({Status.SUBMITTED, Status.DONE}),
    "waiting": frozenset({Status.SUBMITTED}),
    "put_off": frozenset(set(Status) - set(CLOSED)),
    "stuck": frozenset({Status.BLOCKED}),
    "smooth": frozenset({Status.RUNNING, Status.SUBMITTED, Status.DONE}),
    "is_running": frozenset({Status.RUNNING}),
    "is_blocked": frozenset({Status.BLOCKED}),
    "unreported": frozenset({Status.DRAFT, Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED}),
    "unmet": frozenset({Status.UNMET}),
    "feasible": frozenset(set(Status) - {Status.UNMET}),
}
_OF_COMMITMENTS = frozenset(("stuck", "smooth", "put_off", "given_up"))  # else about weather, a meeting, a permit
_OF_DATES = {"late": True, "not_late": False}  # claims about the date of a commitment, not about its status
_OF_FIGURES = frozenset(("spoken", "confirmed", "unconfirmed", "dated", "undated"))  # claims no status answers
_QUALITY = {"ahead": "open", "claimed": "submitted", "waiting": "submitted", "undated": "gap_date"}
_OPPOSITE = {
    "dated": "gap_date", "gap_date": "dated", "confirmed": "unconfirmed", "unconfirmed": "confirmed",
    "late": "not_late", "not_late": "late", "done": "open", "open": "done", "begun": "not_started",
    "not_started": "begun",
}  # fmt: skip
_ALL = re.compile(r"\b(?:seluruh(?:nya)?|semua(?:nya)?|segenap)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(?:komitmen|butir|seluruhnya|semuanya|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\b"
    r"|(?<![\w/])[0-9]+(?![\w/])",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:(?:belum|tidak|tak) ada|(?:tidak|tak) satu ?pun)\b", re.IGNORECASE)
_AROUND = 80
_ONLY = re.compile(r"(?<!\w)baru[ ](?!saja)(?=\w)")  # not the "Baru" of a name
_APART = re.compile(r"[|;:(]")
_NEAR = 25  # characters between *n dari m* and what is said of it


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of time: its place, what it claims, and the stretch of the sentence it governs."""

    span: Span
    claim: str
    reach: Span


def find_marks(flat: str, sentence: Span, regions: Sequence[Region] = ()) -> list[Mark]:
    """The words of time in a sentence. Each governs from the mark before it (or a break) to the one after it.

    A question claims nothing, and neither does a word of trouble that is part of the wording of a commitment.
    """
    if sentence.of(flat).rstrip().endswith("?"):
        return []
    read = _MARK.finditer(flat, sentence.start, sentence.end)
    found = [one for one in read if not _is_goal(one, flat, sentence) and not _is_worded(one, regions)]
    found += _CELL.finditer(flat, sentence.start, sentence.end)
    found.sort(key=lambda one: one.start())
    breaks = [one.start() for one in _BREAK.finditer(flat, sentence.start, sentence.end)]
    marks = []
    for place, match in enumerate(found):
        starts = [sentence.start, *(one for one in breaks if one < match.start())]
        ends = [sentence.end, *(one for one in breaks if one > match.end())]
        before = found[place - 1].end() if place else sentence.start
        after = found[place + 1].start() if place + 1 < len(found) else sentence.end
        reach = Span(max(max(starts), before), min(min(ends), after))
        marks.append(_mark(match, reach))
    return marks


def _mark(match: re.Match[str], reach: Span) -> Mark:
    if match.re is _MARK:
        return Mark(Span(*match.span()), str(match.lastgroup), reach)
    claim = next(name for name in ("is_running", "is_blocked", "done") if match[name])
    return Mark(Span(*match.span("state")), claim, reach)


def _is_worded(match: re.Match[str], regions: Sequence[Region]) -> bool:
    """Whether a word of trouble stands in a wording: *rumah singgah bagi pekerja migran terkendala*."""
    words = match[0].lower()
    return match.lastgroup in _OF_COMMITMENTS and any(
        words in row.wording.lower() for one in regions for row in one.rows
    )


def _is_goal(match: re.Match[str], flat: str, sentence: Span) -> bool:
    """Whether *rampung* is what is aimed at: *targetnya rampung akhir Januari*, *tuntas paling lambat 30 Juni*."""
    if not _PLAIN_DONE.match(match[0]):
        return False
    before = flat[max(sentence.start, match.start() - _AROUND) : match.start()]
    return bool(_GOAL.search(before) or _GOAL_BEHIND.match(flat, match.end()))


def judge_mark(mark: Mark, flat: str, facts: PressFacts, regions: Sequence[Region]) -> Answer:
    """Compare a claim with the status of the commitments it governs, else with the event or the figures."""
    governed = _governed(mark, regions) or _taken_up(mark, flat, regions)
    if governed and mark.claim == "not_done" and _is_measured(_pair_before(mark, flat), governed):
        row = governed[0].rows[0]
        return different(
            _("jumlah ini tercatat untuk keadaan sebaliknya"), f"{row.realised} {row.unit}".strip(), row.code
        )
    if governed and mark.claim not in _OF_FIGURES:
        return _of_rows("begun" if mark.claim == "done" and _is_partly(mark, flat, governed) else mark.claim, governed)
    return (
        _of_event(mark, flat, facts)
        or _of_count(mark, flat, facts)
        or no_data(_("tidak terkait dengan komitmen yang tercatat"))
    )


def says_nothing(mark: Mark, flat: str, regions: Sequence[Region]) -> bool:
    """Whether a word of trouble or good progress is said of no commitment."""
    return mark.claim in _OF_COMMITMENTS and not (_governed(mark, regions) or _taken_up(mark, flat, regions))


def _governed(mark: Mark, regions: Sequence[Region]) -> list[Region]:
    """Those that follow the mark within its reach; without any, those before it."""
    inside = [one for one in regions if mark.reach.start <= one.span.start < mark.reach.end]
    after = [one for one in inside if one.span.end > mark.span.end]
    return after or inside or [one for one in regions if one.span.start < mark.reach.start < one.span.end]


def _taken_up(mark: Mark, flat: str, regions: Sequence[Region]) -> list[Region]:
    """The commitment before a *tetapi* that brings no subject of its own: *..., tetapi belum diverifikasi*."""
    between = flat[mark.reach.start : mark.span.start]
    before = [one for one in regions if one.span.start < mark.reach.start]
    if _AND.search(between) and _OF_PROOF.search(flat, mark.span.start, mark.span.end + 16):
        return before[-1:]
    return before[-1:] if _BUT.match(between) and len(between.split()) <= _FEW else []


def _is_measured(pair: tuple[Decimal, Decimal] | None, regions: Sequence[Region]) -> bool:
    """Whether *n dari m* are what was realised and the target of a commitment."""
    rows = [row for region in regions for row in region.rows if row.realised and row.target]
    return pair is not None and any((Decimal(row.realised), Decimal(row.target)) == pair for row in rows)


def _is_partly(mark: Mark, flat: str, regions: Sequence[Region]) -> bool:
    """Whether what is told as done is a part: *terlaksana di 5 dari 9 sekolah*."""
    pair = _pair_before(mark, flat)
    if _ONLY.search(flat, mark.reach.start, mark.span.start) or flat.startswith("Baru ", mark.reach.start):
        return True
    if pair is not None and (_MAY_BE_PART.search(mark.span.of(flat)) or _is_measured(pair, regions)):
        return pair[0] < pair[1]
    following = count_in(flat, Span(mark.span.end, min(mark.reach.end, mark.span.end + _AROUND)), [])
    if not _MAY_BE_PART.search(mark.span.of(flat)) or not following or _PAUSE.search(following[0].before):
        return False
    return following[0].is_part and following[0].number.value < (following[0].pair or (0, 0))[1]


def _pair_before(mark: Mark, flat: str) -> tuple[Decimal, Decimal] | None:
    """*n dari m* right before a mark: *15 dari 24 kelurahan sudah terjangkau*."""
    before = count_in(flat, Span(mark.reach.start, mark.span.start), []) if mark.span.start > mark.reach.start else []
    between = flat[before[-1].number.span.end : mark.span.start] if before else ""
    is_near = before and before[-1].is_whole and len(between) <= _NEAR and not _APART.search(between)
    return before[-1].pair if is_near else None


def _of_rows(claim: str, regions: Sequence[Region]) -> Answer:
    for region in regions:
        if not any(_is_true(claim, row) for row in region.rows):
            row = region.rows[0]
            return different(_reason(claim, row), _status(row), row.code)
    return verified(_("sesuai status komitmen"), *(region.rows[0].code for region in regions))


def _is_true(claim: str, row: Row) -> bool:
    if claim in _OF_DATES:
        return (row.condition == Condition.LATE) is _OF_DATES[claim]
    return row.status in _ALLOWED[claim]


def _reason(claim: str, row: Row) -> str:
    if claim in ("ahead", "still"):
        return _("komitmen ini sudah ditutup")
    if claim == "done":
        return _("komitmen ini belum dinyatakan selesai")
    return _("status komitmen ini lain")


def _status(row: Row) -> str:
    return str(Status(row.status).label)


def _of_event(mark: Mark, flat: str, facts: PressFacts) -> Answer | None:
    """The meeting and the signing have happened: *telah* is true of them and *akan* is not."""
    source, has_been = "", True
    if facts.pact and (_SIGNED.match(flat, mark.span.end) or "tandatangan" in mark.span.of(flat)):
        source, has_been = facts.pact.code, facts.pact.signed_on <= facts.as_of
    elif facts.occasions and _is_event(mark, flat):
        source, has_been = facts.occasions[0].code, facts.occasions[0].held_on <= facts.as_of
    elif facts.numbers.get("meetings") and mark.claim != "spoken" and _is_event(mark, flat):
        source = facts.subject  # what everybody may read counts meetings without naming one
    if not source:
        return None
    if (mark.claim == "ahead") != has_been:
        return verified(_("sesuai catatan"), source)
    return different(_("hal ini sudah berlangsung"), _("telah"), source)


def _is_event(mark: Mark, flat: str) -> bool:
    if mark.claim == "spoken":
        return True
    before = flat[max(0, mark.span.start - _AROUND) : mark.span.start]
    is_said_of_it = _EVENT.search(before) and _EVENT_VERB.match(flat, mark.span.end)
    return bool(is_said_of_it or _HELD.match(flat, mark.span.end))


def _of_count(mark: Mark, flat: str, facts: PressFacts) -> Answer | None:
    """*3 komitmen telah selesai*: true when anything is; *belum ada yang selesai*: when nothing is."""
    words = mark.reach.of(flat)
    if "total" not in facts.numbers or not _COUNTS.search(words):
        return None
    quality = _QUALITY.get(mark.claim) or quality_of(mark.span.of(flat)) or quality_of(words)
    count = value_of(quality, facts) if quality else None
    if count is None:
        return None
    if _is_turned(mark, quality, flat, facts):
        return different(
            _("jumlah ini tercatat untuk keadaan sebaliknya"), str(LABELS[_OPPOSITE[quality]]), facts.subject
        )
    if mark.claim == "ahead" and count == value_of(_OPPOSITE.get(quality, ""), facts):
        return no_data(_("sama banyak sudah selesai"), "", facts.subject)
    if bool(count) != bool(_NONE.search(words)):
        return verified(_("sesuai angka yang tercatat"), facts.subject)
    return different(_("jumlah komitmen dalam keadaan ini"), str(count), facts.subject)


def _is_turned(mark: Mark, quality: str, flat: str, facts: PressFacts) -> bool:
    """Whether the number before a claim is the one of its opposite: *3 dari 8 komitmen akan selesai* where 3 are."""
    opposite = value_of(_OPPOSITE.get(quality, ""), facts)
    before = Span(mark.reach.start, max(mark.reach.start, mark.span.start))
    if _NONE.search(before.of(flat)):  # *belum ada dari 8 komitmen yang selesai*: eight are all there are
        return False
    said = [one.number.value for one in count_in(flat, before, []) if not one.number.is_percent and not one.is_whole]
    if _ALL.search(before.of(flat)):
        said.append(Decimal(facts.numbers["total"]))
    return bool(said) and opposite is not None and said[-1] == opposite != value_of(quality, facts)
