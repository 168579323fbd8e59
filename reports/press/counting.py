"""What a number in a text counts, and whether the figures say the same."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from config.templatetags.waktu import angka
from reports.press.amounts import in_another_unit, in_wording, judge_amount
from reports.press.counted import Counted
from reports.press.facts import PressFacts, Row
from reports.press.findings import Answer, different, no_data, verified
from reports.press.labels import LABELS
from reports.press.linking import Region, nearest_first
from reports.press.numbers import Number

_REST = {  # what is left of all commitments without these
    "open": ("done", "unmet"),
    "undone": ("done",),
    "begun": ("not_started",),
    "unconfirmed": ("confirmed",),
    "not_late": ("late",),
    "dated": ("gap_date",),
    "gap_date": ("dated",),
}
_NOUNS = (
    ("gap_owner", r"komitmen (?:tanpa|belum (?:ada|memiliki|mempunyai)) penanggung jawab"),
    ("gap_date", r"komitmen (?:tanpa|belum (?:ada|memiliki|mempunyai)) tenggat"),
    ("kind_agreed", r"kesepakatan bersama|kesepakatan"),
    ("kind_plan", r"rencana"),
    ("kind_pledge", r"kesanggupan"),
    ("kind_exploration", r"penjajakan"),
    ("clauses", r"ruang lingkup"),
    ("rows", r"komitmen|butir|poin"),
    ("steps", r"langkah|janji|hal|tindak lanjut|agenda|keputusan"),
    ("leads", r"(?:instansi )?penanggung jawab"),
    ("offices", r"perangkat daerah|skpd|opd|ukpd|unit kerja|suku dinas|sudin|dinas"),
    ("agencies", r"instansi|lembaga"),
    ("shifts", r"(?:kali )?perubahan (?:tenggat|jadwal)"),
    ("meetings", r"(?:kali )?(?:pertemuan|audiensi|rapat)"),
    ("days", r"hari"),
    ("parties", r"pihak"),
)
_NOUN = re.compile(
    r"[ ]*(?:di[ ]?antaranya[ ])?(?:[a-z]+[ ]){0,1}?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _NOUNS)
    + r")\b",
    re.IGNORECASE,
)
_QUALITIES = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        ("gap_owner", r"(?:tanpa|kehilangan|(?:belum|tidak) (?:ada|memiliki|mempunyai|punya)) penanggung jawab"),
        ("submitted", r"menunggu verifikasi|(?:di)?lapor(?:kan)? (?:telah )?selesai|belum (?:di|ter)verifikasi"),
        ("past_proposal", r"(?:me)?lewati? tanggal usulan"),
        ("gap_date", r"(?:belum|tanpa|tidak)(?: (?:ber|memiliki |mempunyai |punya |ada )|[ ])tenggat"),
        ("dated", r"(?:ber|memiliki |mempunyai |punya )tenggat"),
        ("not_late", r"(?:tidak|belum) (?:me)?lewati? tenggat|tepat waktu"),
        ("late", r"(?:me)?lewati? tenggat|lewat tenggat|terlambat|telat|molor"),
        ("unmet", r"tidak dapat ditindaklanjuti"),
        ("not_started", r"belum (?:dimulai|mulai|berjalan|dijalankan|dikerjakan|dilaksanakan|ditindaklanjuti)"),
        ("class_partly", r"belum sesuai"),
        ("begun", r"(?:sudah|telah) (?:di)?(?:mulai|tindaklanjuti|jalankan|kerjakan)"),
        ("open", r"belum (?:juga )?(?:di)?(?:selesai|rampung|tuntas|kelar|beres)\w*|masih terbuka"),
        ("blocked", r"terkendala|mandek|macet|tersendat|(?:meng(?:h|al)a(?:da|m)pi|mengalami) kendala|terhambat"),
        ("running", r"berjalan(?! (?:sesuai|menurut))|sedang|dalam proses|berlangsung|jalan(?=[ ]?:)"),
        ("unconfirmed", r"belum (?:di|ter)konfirmasi"),
        ("confirmed", r"(?:di|ter|meng)k?onfirmasi"),
        (
            "done",
            r"selesai|rampung|tuntas|kelar|beres|ditepati|terpenuhi|terverifikasi|terlaksana|terealisasi|dituntaskan",
        ),
    )
)
_TIMES = tuple(
    (name, re.compile(rf"\b(?:{before})(?:[ ](?:sebanyak|hingga|sampai))?[ ]\Z", re.I), re.compile(unit, re.I))
    for name, before, unit in (
        (
            "shifts",
            (
                r"(?:tenggat|jadwal)(?:nya)?(?: (?:telah|sudah))? (?:di|ber)?(?:ubah|geser|undur|mundur)"
                r"|(?:perubahan|pergeseran|pengunduran) (?:tenggat|jadwal)(?: [a-z]+){0,2}"
            ),
            r"[ ]kali\b",
        ),
        (
            "meetings",
            r"ber(?:temu|kumpul|rapat|audiensi|jumpa|tatap muka)|duduk (?:bersama|semeja)|digelar|menggelar|diadakan",
            r"[ ]kali(?:[ ](?:pertemuan|rapat|audiensi))?(?!\w)",
        ),
    )
)
_LEADS = re.compile(
    r"[ ]*(?:instansi|lembaga)[ ](?:(?:yang|akan|telah)[ ])*(?:(?:menjadi|sebagai|selaku|adalah)[ ]penanggung jawab"
    r"|(?:memegang|mendapat|menerima|mengemban|memikul|kebagian|memperoleh)[ ](?:tugas|tanggung jawab|mandat|amanah)"
    r"|bertanggung jawab|bertugas)",
    re.IGNORECASE,
)
_LEADS_BEFORE = re.compile(r"\bpenanggung jawab(?:nya)?(?:[ ]?:|[ ](?:berjumlah|sebanyak|ada))[ ]\Z", re.IGNORECASE)
_OTHERS_NOT = re.compile(r"[ ]*(?:(?:lainnya|lagi|sisanya|di antaranya)[ ])?(?:belum|tidak)[ ]*", re.IGNORECASE)
_CONTRARY = {
    "confirmed": "unconfirmed",
    "done": "open",
    "late": "not_late",
    "begun": "not_started",
    "dated": "gap_date",
}
_EARLY = re.compile(r"[ ]*hari[ ](?:lebih[ ](?:awal|cepat|dini)|sebelum)\b", re.IGNORECASE)
_LISTED = {"rows": "kind_agreed", "steps": "kind_pledge"}  # "tiga komitmen, satu rencana, dan satu janji"
_LIST_WORD = re.compile(r"[ ]*(?:komitmen|janji)[ ]?(?:,|dan\b|serta\b|\.|\Z)", re.IGNORECASE)
_OTHER_KIND = re.compile(r"(?:\A|,|\bdan|\bserta)[ ](?:\w+[ ]){0,2}(?:rencana|penjajakan|kesanggupan)\b", re.IGNORECASE)
_AGREED = re.compile(r"\bkesepakatan\b", re.IGNORECASE)
_KIND = re.compile(
    r"[ ]*(?:komitmen|butir|poin)?[ ]*(?:berupa|berbentuk|bersifat|berstatus|merupakan|adalah|masih|baru)"
    r"(?P<kind>[ ](?:kesepakatan|rencana|kesanggupan|penjajakan)\w*)",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(r"\bdari[ ](?:total[ ]|seluruh[ ]|sekurang-kurangnya[ ])?\Z", re.IGNORECASE)
_LABEL = re.compile(r"(?:\A|[,;:(]|\b(?:dan|serta)\b)[ ]*(?P<words>[a-z]+(?:[ ][a-z]+){0,2})[ ]\Z", re.IGNORECASE)
_STATE_LABEL = re.compile(r"(?:\A|[.;,|(])(?P<words>[^.;,:|(]{3,40}):[ ]?\Z")  # "Selesai: 3 komitmen"
_HEADING = re.compile(r"(?:\A|[.;,:|])(?P<words>[^.;,:|(]{3,40})\([ ]?\Z")  # "TUNTAS (2)"
_FROM = re.compile(r"[ ]*Dari[ ](?:total[ ])?")
_THOSE = re.compile(r"[ ](?:komitmen|butir)[ ]yang(?P<words>(?:[ ][\w-]+){1,2})", re.IGNORECASE)
_SUM = re.compile(r"[ ]*(?:jumlah|total)(?:[ ](?:seluruhnya|keseluruhan|komitmen))?[ ]?[:=]?[ ]?\Z", re.IGNORECASE)
_VALID = re.compile(r"\b(?:berlaku|jangka waktu|masa)\b[^.;]*\Z", re.IGNORECASE)
_YEARS = re.compile(r"[ ]*tahun\b", re.IGNORECASE)
_LATE = re.compile(r"terlama|paling lama|tenggat|terlambat|telat|molor", re.IGNORECASE)
_DARI = re.compile(r"\bdari\b", re.IGNORECASE)
_ASKED_KINDS = (
    ("kind_agreed", re.compile(r"\bdisepakati\b", re.IGNORECASE)),
    ("kind_pledge", re.compile(r"\b(?:disanggupi|dijanjikan)\b", re.IGNORECASE)),
    ("kind_exploration", re.compile(r"\bdijajaki\b", re.IGNORECASE)),
)
_COUNTED = re.compile(
    r"\b(?:sebanyak|berjumlah|sejumlah|tercatat|mencapai|ada|yakni|yaitu|jumlahnya|menjadi|cuma|hanya|tinggal)[ ]?\Z"
    r"|:[ ]?\Z"
)
_ALL_SIDES = re.compile(r"\b(?:termasuk|seluruhnya|keseluruhan|total|beserta|bersama|tuan rumah)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bberapa(?:[ ](?:banyak|jumlah|total))?(?:[ ](?:banyak|jumlah))?\b", re.IGNORECASE)
_JOINT = re.compile(r"[ ]*komitmen bersama\b", re.IGNORECASE)


def judge_number(counted: Counted, facts: PressFacts, regions: Sequence[Region], flat: str) -> Answer:
    """Compare one number with what it counts."""
    number = counted.number
    if number.said_otherwise is not None:
        return different(_("angka dan sebutannya tidak sama"), angka(number.value))
    rows = tuple(row for region in nearest_first(regions, number.span.start) for row in region.rows)
    own = judge_amount(counted, rows, facts.rows) or in_wording(counted, regions, flat)
    if own is not None:
        return own
    names = _figures(counted, facts)
    if number.is_percent:
        return _percentage(counted, names, facts, rows)
    if _YEARS.match(counted.after) and _VALID.search(counted.opening):
        return _years(number, facts)
    if names == ("days",):
        return _days(number, counted, facts, rows)
    other = in_another_unit(counted, rows) if not names else None
    if other is not None:
        return other
    if names == ("present", "present_all") and not _ALL_SIDES.search(f"{counted.before} {counted.further}"):
        return _others_present(number, facts)
    return _compare(number, names, facts)


def _others_present(number: Number, facts: PressFacts) -> Answer:
    """*6 instansi hadir*: those who came; whether the two sides are among them nobody can tell from the words."""
    everybody, others = value_of("present_all", facts), value_of("present", facts)
    if number.value == everybody and everybody != others:
        return no_data(_("sama hanya bila kedua pihak pertemuan ikut dihitung"), str(others), facts.subject)
    return _compare(number, ("present", "present_all"), facts)


def quality_of(words: str) -> str:
    """The state that words tell: ``done``, ``late``, ...; empty for none."""
    found = [
        (match.start(), place, name) for place, (name, rule) in enumerate(_QUALITIES) if (match := rule.search(words))
    ]
    return min(found, key=lambda one: one[1])[2] if found else ""


def only_quality(words: str) -> str:
    """The state that words tell where they tell one alone."""
    found = [name for name, rule in _QUALITIES if rule.search(words)]
    return found[0] if len(found) == 1 else ""


def _figures(counted: Counted, facts: PressFacts) -> tuple[str, ...]:
    """Names of the figures that a number may be; none when its words do not say."""
    if named := next((name for name, rule, unit in _TIMES if _says(counted, rule, unit)), ""):
        return (named,)
    noun, quality = _told(counted)
    if _OTHERS_NOT.fullmatch(counted.after):
        return _either(_CONTRARY.get(quality_of(counted.before), ""))
    if noun == "agencies" and (_LEADS.match(counted.after) or _LEADS_BEFORE.search(counted.before)):
        noun = "leads"
    if noun in ("gap_owner", "gap_date", "leads", "days", "meetings", "parties", "shifts"):
        return (noun,)
    if noun == "clauses":
        return ("clauses_running",) if counted.is_part or (quality and not counted.is_whole) else ("clauses",)
    if noun in ("offices", "agencies"):
        return ("present",) if noun == "offices" else ("present", "present_all")
    return _row_figures(counted, noun, quality, facts)


def _told(counted: Counted) -> tuple[str, str]:
    """Noun and quality by the words behind a number, else by those before it, else by the question it answers."""
    said = _noun(counted.after), quality_of(counted.after)
    if said == ("rows", "") and (label := _STATE_LABEL.search(counted.before)):
        return "rows", quality_of(label[0])
    if any(said):
        return said
    if counted.after.startswith(")") and (label := _HEADING.search(counted.before)):
        return "", quality_of(label["words"])
    before = _told_before(counted)
    return before if any(before) else _asked(counted)


def _says(counted: Counted, rule: re.Pattern[str], unit: re.Pattern[str]) -> bool:
    return bool(unit.match(counted.after) and rule.search(counted.before))


def _row_figures(counted: Counted, noun: str, quality: str, facts: PressFacts) -> tuple[str, ...]:
    """Figures about commitments: the whole of *n dari m*, a state, a kind, or all of them."""
    if named := _set_apart(counted, noun, quality):
        return named
    if noun in ("", "rows") and (counted.is_whole or _OF_BEFORE.search(counted.before)):
        return ("total",) if noun or quality or not counted.after.strip() else ()
    if counted.is_part and noun == "rows" and not quality:
        quality = next(filter(None, map(quality_of, (counted.further, counted.before, counted.asked))), "")
        return _either(quality) if quality else ()
    if kind := _KIND.match(counted.after):
        return (_noun(kind["kind"]),)
    if quality and not noun.startswith("kind_"):
        return _either(quality)
    if noun == "rows":
        is_joint = _JOINT.match(counted.after) and "kind_agreed" in facts.numbers
        return ("total", "kind_agreed") if is_joint else ("total",)
    return (noun,) if noun else ()


def _set_apart(counted: Counted, noun: str, quality: str) -> tuple[str, ...]:
    """Figures told by the form of a sentence: in a list of kinds, *Dari lima komitmen yang bertenggat*, *Jumlah 8*."""
    if _is_in_list_of_kinds(counted, noun):
        return (_LISTED[noun],)
    found = _THOSE.match(counted.after) if _FROM.fullmatch(counted.opening) else None
    if found and (those := quality_of(found["words"])):
        return _either(those)
    is_sum = not (noun or quality or counted.after.strip()) and _SUM.fullmatch(counted.opening)
    return ("total",) if is_sum else ()


def _is_in_list_of_kinds(counted: Counted, noun: str) -> bool:
    if noun not in _LISTED or not _LIST_WORD.match(counted.further):
        return False
    is_listed = _OTHER_KIND.search(counted.before) or _OTHER_KIND.search(counted.further)
    return bool(is_listed and (noun == "steps" or not _AGREED.search(counted.further)))


def _either(quality: str) -> tuple[str, ...]:
    """*Belum selesai* counts what nobody can carry out with the rest, or not; no quality, no figure."""
    if not quality:
        return ()
    return ("open", "undone") if quality == "open" else (quality,)


def _noun(words: str) -> str:
    found = _NOUN.match(words)
    return str(found.lastgroup) if found else ""


def _told_before(counted: Counted) -> tuple[str, str]:
    """Noun and quality of ``komitmen yang telah selesai berjumlah 3``."""
    said = _COUNTED.search(counted.led_by)
    if said is None:
        label = _LABEL.search(counted.before) if not counted.after.strip() else None
        return "", quality_of(label["words"]) if label else ""
    words = counted.led_by[: said.start()]
    found = re.search(r"\b(komitmen|instansi|ruang lingkup|pertemuan)\b", words, re.IGNORECASE)
    nouns = {"komitmen": "rows", "instansi": "agencies", "ruang lingkup": "clauses", "pertemuan": "meetings"}
    return (nouns[found[1].lower()] if found else ""), quality_of(words)


def _asked(counted: Counted) -> tuple[str, str]:
    """Noun and quality of *Berapa komitmen yang selesai?*, which the sentence answers."""
    found = _HOW_MANY.search(counted.asked)
    if found and _DARI.search(counted.asked, 0, found.start()):
        behind = counted.asked[found.end() :]
        if kind := next((name for name, rule in _ASKED_KINDS if rule.search(behind)), ""):
            return kind, ""  # "dari enam komitmen, berapa yang disepakati?"
    return (_noun(counted.asked[found.end() :]), quality_of(counted.asked)) if found else ("", "")


def value_of(name: str, facts: PressFacts) -> int | None:
    """The value of a figure, stored or counted from stored ones; None when nothing is recorded."""
    if name in facts.numbers:
        return facts.numbers[name]
    if name in _REST and "total" in facts.numbers:
        known = [facts.numbers[one] for one in _REST[name] if one in facts.numbers]
        return facts.numbers["total"] - sum(known) if known else None
    if name == "parties":
        return len(facts.pact.parties) if facts.pact else None
    return 0 if name.startswith("kind_") and not facts.is_progress else None


def _compare(number: Number, names: tuple[str, ...], facts: PressFacts) -> Answer:
    is_loose = names == ("steps",)
    known = [
        (name, value) for name in (("total",) if is_loose else names) if (value := value_of(name, facts)) is not None
    ]
    if not known:
        return no_data(_("tidak ada angka tercatat yang dapat dibandingkan"))
    for name, value in known:
        if number.agrees(value):
            return verified(_("sama dengan data: %(what)s") % {"what": LABELS[name]}, facts.subject)
    if is_loose:
        return no_data(_("tidak ada angka tercatat yang dapat dibandingkan"))
    name, value = known[0]
    return different(_("berbeda dari data: %(what)s") % {"what": LABELS[name]}, str(value), facts.subject)


def _percentage(counted: Counted, names: tuple[str, ...], facts: PressFacts, rows: Sequence[Row]) -> Answer:
    number, total = counted.number, facts.numbers.get("total", 0)
    if counted.pair is not None and counted.pair[1]:
        return _near(number, counted.pair[0] * 100 / counted.pair[1], facts.subject)
    for row in rows if _noun(counted.after) != "rows" else ():
        if row.target and row.realised and Decimal(row.target):
            return _near(number, Decimal(row.realised) * 100 / Decimal(row.target), row.code)
    count = value_of(names[0], facts) if names and names[0] != "total" else None
    if count is None or not total:
        return no_data(_("tidak ada persentase tercatat yang dapat dibandingkan"))
    return _near(number, Decimal(count) * 100 / Decimal(total), facts.subject)


def _near(number: Number, exact: Decimal, source: str) -> Answer:
    """Equal when rounded as the text rounds; a share in words when it is less than one per cent off."""
    if (number.is_rough and abs(exact - number.value) < 1) or (number.bound and number.agrees(exact)):
        return verified(_("sama dengan hasil hitung dari data"), source)
    step = Decimal(1).scaleb(0 if number.is_rough else min(0, int(number.value.as_tuple().exponent)))
    right = exact.quantize(step, ROUND_HALF_UP)
    if right == number.value:
        return verified(_("sama dengan hasil hitung dari data"), source)
    return different(_("berbeda dari hasil hitung data"), f"{angka(right)} %", source)


def _days(number: Number, counted: Counted, facts: PressFacts, rows: Sequence[Row]) -> Answer:
    if _EARLY.match(counted.after):
        return _days_early(number, rows)
    late = [row for row in rows if row.days_past]
    if late:
        right = late[0].days_past
        sources: tuple[str, ...] = (late[0].code,)
    elif _LATE.search(counted.opening + counted.after):
        right, sources = facts.numbers.get("longest_late", 0), (facts.subject,)
    else:
        return no_data(_("tidak ada jumlah hari tercatat"))
    if number.value == right:
        return verified(_("sama dengan data: hari sesudah tenggat"), *sources)
    return different(_("berbeda dari data: hari sesudah tenggat"), str(right), *sources)


def _years(number: Number, facts: PressFacts) -> Answer:
    """How long the agreement is valid."""
    pact = facts.pact
    if pact is None or pact.ends_on is None:
        return no_data(_("masa berlaku tidak tercatat"))
    right = round(((pact.ends_on - (pact.starts_on or pact.signed_on)).days + 1) / 365.25, 1)
    if number.value == Decimal(str(right)):
        return verified(_("sama dengan data: masa berlaku kesepakatan"), pact.code)
    words = _("berbeda dari data: masa berlaku kesepakatan")
    return different(words, _("%(years)s tahun") % {"years": angka(Decimal(str(right)))}, pact.code)


def _days_early(number: Number, rows: Sequence[Row]) -> Answer:
    """*Tiga hari lebih awal*: between the day a commitment was closed and its date."""
    for row in rows:
        if row.due_on and row.closed_on:
            early = (row.due_on - row.closed_on).days
            if number.value == early:
                return verified(_("sama dengan hasil hitung dari data"), row.code)
            return different(_("berbeda dari hasil hitung data"), str(early), row.code)
    return no_data(_("tidak ada jumlah hari tercatat"))
