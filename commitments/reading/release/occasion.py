"""When and where: the day of the event, the day of publication, the place."""

import datetime as dt
import re
from dataclasses import dataclass

from commitments.reading.dates import WEEKDAY_NAMES, long_date
from commitments.reading.release.days import Day, event_years, find_days
from commitments.reading.release.passages import Page, Passage, Shape, trimmed
from commitments.reading.release.reasons import Reason
from commitments.reading.release.shapes import Found, FoundDate
from commitments.reading.release.words import any_of
from commitments.reading.spans import Span

_KEYED_DAY = re.compile(
    r"[ ]*(?:hari\b[^:]{0,30}|(?:tanggal|tgl)(?! (?:terbit|publikasi|cetak))[^:]{0,20}|pelaksanaan"
    r"|waktu[^:]{0,20})[ ]?:",
    re.IGNORECASE,
)
_KEYED_PLACE = re.compile(r"[ ]*(?:tempat|lokasi|bertempat di)\b[^:]{0,24}:[ ]*(?P<place>[^\n;]{3,120})", re.IGNORECASE)
_MINUTES = re.compile(
    r"\b(?:notul\w*|berita acara|catatan rapat|izin melapor\w*|laporan kegiatan|yth)\b", re.IGNORECASE
)
_WORDY = re.compile(r"\b(?:rapat|pertemuan|kegiatan|acara|di|pada)\b", re.IGNORECASE)
_PLACE_DAY = re.compile(
    r"[ ]*(?!(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"
    r"|Hari)\b)[A-Z][A-Za-z. ]{2,30},[ ](?:tanggal[ ])?[0-9]{1,2}[ ]\w{3,9}[ ](?:19|20)[0-9]{2}[ ]*\Z"
)
_AT = re.compile(r"\b(?:pukul|pkl|jam|s\.d\.)", re.IGNORECASE)
_LETTER_DAY = re.compile(r"[ ]*(?:tanggal|tgl\.?)[ ]?:", re.IGNORECASE)
_LETTER = re.compile(r"^[ ]*(?:nomor|hal|perihal|kepada|yth)\b[^:\n]{0,12}:", re.IGNORECASE | re.MULTILINE)
_PUBLISHED = re.compile(
    r"\b(?:terbit|diterbitkan|publikasi|dipublikasikan|diposting|diposkan|posted|published|rilis|diunggah|oleh"
    r"|tayang|ditayangkan|diperbarui|dimuat|update|redaksi|humas|kontributor|admin|wib|wita|wit)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b"
    + any_of(
        """
        rapat|pertemuan|audiensi|beraudiensi|diskusi|berdiskusi|forum|kunjungan|musyawarah|mediasi|dialog|sidang
        rakor|fgd|acara|lokakarya
        menggelar|digelar|menerima|mengadakan|diadakan|dilaksanakan|melaksanakan|berlangsung|diselenggarakan
        bertempat|menghadiri
        mengunjungi|bertemu|melakukan|mengikuti|dipimpin|meninjau|mendatangi|menemui|menyambangi|berkumpul
        duduk bersama|silaturahmi
        """
    )
    + r"\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"(?:ditandatangani|ditetapkan|disepakati|disahkan|sejak|paling lambat|selambat-lambatnya|sebelum|hingga"
    r"|sampai|nomor|tertanggal|berlaku|mulai|terbit"
    r"|dikirim|batas|per|dibuka|lahir|kejadian|surat tanggal)[^.;,]{0,24}\Z",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:akan|berencana|dijadwalkan|direncanakan|rencananya|mendatang|paling lambat|nantinya|ditargetkan|telah "
    r"disepakati)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:hari ini|pada hari ini|siang ini|pagi ini|sore ini)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"[ ]*(?P<head>[A-Z][^\n\u2013\u2014|:]{2,90}?)[ ]{0,2}(?:[\u2013\u2014]|--?(?=[ ])|\|)[ ]{0,2}(?=\S)"
)
_NO_PLACE = re.compile(
    r"\b(?:siaran|pers|notula|notulen|nomor|rilis|press|release|laporan|dokumentasi|berita|humas|info|breaking)\b",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"\b(?:bertempat[ ])?(?:di|ke)[ ](?P<place>(?:lantai[ ]\w{1,8}[ ])?(?:ruang(?:an)?|aula|gedung|kantor|hotel"
    r"|pendopo|pendapa|balai|balairung|auditorium|lobi|rumah[ ](?:dinas|jabatan)|kampus|mal|lapangan|kediaman"
    r"|markas|mapolres|polres"
    r"|polsek|mapolda|ballroom|command[ ]center|sekretariat|graha|wisma|convention|lantai|stadion|taman|pelabuhan"
    r"|sekolah|puskesmas|rsud|universitas|museum|kecamatan|kelurahan|posko|pasar|perpustakaan|bandara|terminal"
    r"|balaikota|balaidesa|kafe|joglo|gudang|studio|asrama|dermaga|kolam|masjid|gereja|pondok|pesantren|lobby|gor"
    r"|gelanggang|rumah[ ]sakit|rs)\b)",
    re.IGNORECASE,
)
_PLACE_ENDS = re.compile(
    r"[,.;:()\"]|[ ](?:pada|yang|untuk|dengan|dan|guna|dalam|oleh|serta|membahas|dihadiri|dipimpin|ini|tersebut"
    r"|itu|bersama|guna|sekaligus|terkait|mulai|pukul|hari|tanggal|setelah|usai|saat|sebagai|melalui|menerima"
    r"|menggelar"
    r"|senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|telah|akan)\b",
    re.IGNORECASE,
)
_EARLY, _MOST_DAYS, _PARAGRAPH = 3, 200, 90


@dataclass(frozen=True, slots=True)
class Occasion:
    """When the event was, when the text came out, where; and where the dateline stands."""

    held_on: FoundDate | None
    published_on: FoundDate | None
    place: Found | None
    dateline: Span | None

    @property
    def first_day(self) -> dt.date | None:
        """The day from which on something can be due: of the event, else of the publication."""
        days = [found.on for found in (self.held_on, self.published_on) if found and found.on]
        return days[0] if days else None


@dataclass(frozen=True, slots=True)
class _Setting:
    """A day with the sentence it stands in; ``number`` counts the sentences of the text."""

    day: Day
    sentence: Span
    number: int
    is_keyed: bool


def read_occasion(page: Page) -> Occasion:
    """Find day and place of what the text reports."""
    dateline = _dateline(page)
    published = _published(page, dateline)
    settings = [setting for setting in _settings(page, dateline) if setting.day != published]
    held = _held(page, settings)
    published_on = _completed(page, published, [s.day for s in settings if s.day.on]) if published else None
    held_on = _dated(page, held, published_on, settings) if held else None
    if held_on is None and published_on:
        held_on, published_on = _only_day(page, published_on, dateline)
    return Occasion(held_on, published_on, _place(page, dateline), dateline)


def _only_day(page: Page, published: FoundDate, dateline: Span | None) -> tuple[FoundDate | None, FoundDate | None]:
    """Return the days of event and publication where the text has only one, that at its head.

    It is the event's where the dateline has a weekday or the text says "hari ini", and in minutes that begin with it.
    """
    held = FoundDate(published.text, published.span, Reason("date_today"), is_sure=False, on=published.on)
    if dateline and dateline.start <= published.span.start < dateline.end:
        return (held if _said_today(page) or _has_weekday(page, dateline) else None), published
    line = page.text[page.text.rfind("\n", 0, published.span.start) + 1 :].split("\n", 1)[0]
    if (_PUBLISHED.search(line) and not _AT.search(line)) or _is_letter_day(page, line) or _PLACE_DAY.match(line):
        return None, published
    return FoundDate(published.text, published.span, Reason("date_alone"), is_sure=False, on=published.on), None


# --- the dateline ---------------------------------------------------------------------------------


def _dateline(page: Page) -> Span | None:
    """Return the words that open the first paragraph, such as ``Jakarta, KP2MI (28/1)`` before a dash."""
    for passage in page.passages:
        if passage.shape is not Shape.PROSE:
            continue
        found = _DATELINE.match(page.flat, passage.span.start, passage.span.end)
        if found and _is_head(page.of(head := Span(*found.span("head")))):
            return head
        if dated := _dated_head(page, passage.span):
            return dated
    return None


def _dated_head(page: Page, passage: Span) -> Span | None:
    """Return the head of a paragraph that begins with place and date, whatever sign follows them."""
    days = find_days(page.flat, Span(passage.start, min(passage.end, passage.start + 70)))
    if not days or len(passage) < _PARAGRAPH:
        return None
    head = Span(passage.start, days[0].span.end)
    before, after = page.of(Span(passage.start, days[0].span.start)), page.flat[head.end : head.end + 3].lstrip(" )")
    is_open = before.strip(" ,(")[:1].isupper() and _is_head(before)
    return head if is_open and after[:1] in ("-", "\u2013", "\u2014", "|", ":", ".", "/") else None


def _is_head(words: str) -> bool:
    named = [word for word in words.split() if word[0].isalpha()]
    return len(words.split()) <= 10 and not _NO_PLACE.search(words) and all(w[0].isupper() or "." in w for w in named)


def _published(page: Page, dateline: Span | None) -> Day | None:
    if dateline and (days := find_days(page.flat, dateline)):
        return days[0]
    for passage in page.passages[:25]:
        words = page.of(passage.span)
        days = find_days(page.flat, passage.span)
        if not days or not days[0].year:
            continue
        extra = len(words) - len(days[0].span)
        is_alone = (extra <= 12 and not _WORDY.search(words) and not _MINUTES.search(page.flat[:600])) or (
            extra <= 40 and bool(_PUBLISHED.search(words)) and not _KEYED_DAY.match(words)
        )
        is_signed = bool(_PLACE_DAY.match(words)) and extra <= 32
        if passage.shape is Shape.CHROME or is_alone or is_signed or _is_letter_day(page, words):
            return days[0]
    return None


def _is_letter_day(page: Page, words: str) -> bool:
    """Whether a line "Tanggal :" stands in the head of a letter or memo."""
    return bool(_LETTER_DAY.match(words) and _LETTER.search(page.flat[:1200]))


def _completed(page: Page, day: Day, others: list[Day]) -> FoundDate:
    """Return the day of publication, its year taken from a day of the text written in full."""
    words = page.of(day.span)
    if day.on:
        return FoundDate(
            page.text[day.span.start : day.span.end],
            day.span,
            Reason("date_published"),
            is_sure=day.agrees(day.on),
            on=day.on,
        )
    near = [
        on for other in others if other.on and (on := day.in_year(other.on.year)) and 0 <= (on - other.on).days <= 31
    ]
    text = page.text[day.span.start : day.span.end]
    if near and len(set(near)) == 1:
        return FoundDate(
            text,
            day.span,
            Reason("year_from_text", {"words": words, "year": str(near[0].year)}),
            is_sure=True,
            on=near[0],
        )
    return FoundDate(text, day.span, Reason("year_missing", {"words": words}), is_sure=False, on=None)


# --- the day of the event ---------------------------------------------------------------------------


def _settings(page: Page, dateline: Span | None) -> list[_Setting]:
    settings, number = list[_Setting](), 0
    for passage in page.passages:
        if passage.shape is Shape.CHROME or _PLACE_DAY.match(page.of(passage.span)):
            continue
        is_keyed = bool(_KEYED_DAY.match(page.flat, passage.span.start, passage.span.end))
        for sentence in passage.sentences:
            number += 1
            for day in find_days(page.flat, sentence):
                if len(settings) < _MOST_DAYS and not (
                    dateline and day.span.start < dateline.end and day.span.end > dateline.start
                ):
                    settings.append(_Setting(day, sentence, number, is_keyed))
    return settings


def _held(page: Page, settings: list[_Setting]) -> _Setting | None:
    ranked = sorted(settings, key=lambda setting: (-_weight(page, setting), setting.day.span.start))
    if not ranked:
        return None
    best, weight = ranked[0], _weight(page, ranked[0])
    return best if weight >= 4 or (weight >= 2 and best.day.on is not None) else None


def _weight(page: Page, setting: _Setting) -> int:
    """Return how likely a day is the day of the event."""
    before = page.flat[max(setting.sentence.start, setting.day.span.start - 200) : setting.day.span.start]
    weight = 20 if setting.is_keyed else 0
    weight += 3 if setting.day.weekday is not None else 0
    weight += 2 if _EVENT.search(page.of(setting.sentence)) else 0
    weight += 2 if setting.number <= _EARLY else 0
    weight -= 6 if _OTHER_DAY.search(before) else 0
    weight -= 6 if _AHEAD.search(before) else 0
    return weight


def _dated(page: Page, held: _Setting, published: FoundDate | None, settings: list[_Setting]) -> FoundDate:
    day, text = held.day, page.text[held.day.span.start : held.day.span.end]
    if day.on:
        if not day.agrees(day.on):
            values = {
                "date": long_date(day.on).split(", ")[1],
                "weekday": WEEKDAY_NAMES[day.on.weekday()],
                "typed": day.weekday_name,
            }
            return FoundDate(text, day.span, Reason("weekday_differs", values), is_sure=False, on=day.on)
        code = "date_and_weekday" if day.weekday is not None else "date_written"
        return FoundDate(
            text, day.span, Reason(code, {"words": " ".join(page.of(day.span).split())}), is_sure=True, on=day.on
        )
    for on, source, is_sure in _years(page, held, published, settings):
        if day.agrees(on):
            reason = Reason("year_from_text", {"words": source, "year": str(on.year)})
            return FoundDate(text, day.span, reason, is_sure=is_sure and day.weekday is not None, on=on)
    return FoundDate(
        text, day.span, Reason("year_missing", {"words": " ".join(page.of(day.span).split())}), is_sure=False, on=None
    )


def _years(
    page: Page, held: _Setting, published: FoundDate | None, settings: list[_Setting]
) -> list[tuple[dt.date, str, bool]]:
    """Return the dates the day can be, with the words that give the year and whether they leave no doubt."""
    day, dates = held.day, list[tuple[dt.date | None, str, bool]]()
    for other in settings:
        if other.day.on and (other.day.day, other.day.month) == (day.day, day.month):
            dates.append((other.day.on, page.of(other.day.span), True))
    if published and published.on:
        same = day.in_year(published.on.year)
        is_before = same is not None and same <= published.on
        dates.append((same if is_before else day.in_year(published.on.year - 1), page.of(published.span), is_before))
    if day.weekday is not None:
        dates += [(day.in_year(year), f"Tahun {year}", False) for year in event_years(page.flat, held.sentence)]
        dates += [(day.in_year(o.day.year), page.of(o.day.span), False) for o in settings if o.day.year and o.day.on]
    return [(on, " ".join(words.split()), is_sure) for on, words, is_sure in dates if on]


def _has_weekday(page: Page, dateline: Span) -> bool:
    return any(day.weekday is not None for day in find_days(page.flat, dateline))


def _said_today(page: Page) -> bool:
    prose = [passage for passage in page.passages if passage.shape is Shape.PROSE][:2]
    return any(_TODAY.search(page.of(passage.span)) for passage in prose)


# --- the place ----------------------------------------------------------------------------------------


def _place(page: Page, dateline: Span | None) -> Found | None:
    passages = [passage for passage in page.passages if passage.shape is not Shape.CHROME]
    for passage in passages:
        if found := _KEYED_PLACE.match(page.flat, passage.span.start, passage.span.end):
            return _found(page, Span(*found.span("place")), Reason("place_keyed"), is_sure=True)
    if venue := next(
        (
            venue
            for number, passage in enumerate(passages[:12])
            if (venue := _venue(page, passage, is_early=number < 4))
        ),
        None,
    ):
        return _found(page, venue, Reason("place_venue"), is_sure=True)
    if dateline is None:
        return None
    end = min((page.of(dateline).find(mark) for mark in ",(" if mark in page.of(dateline)), default=len(dateline))
    place = trimmed(page.flat, Span(dateline.start, dateline.start + end))
    return (
        _found(page, place, Reason("place_dateline"), is_sure=False)
        if len(place) > 2 and "." not in page.of(place)
        else None
    )


def _venue(page: Page, passage: Passage, *, is_early: bool) -> Span | None:
    for sentence in passage.sentences:
        if not (is_early or _EVENT.search(page.of(sentence))):
            continue
        for found in _VENUE.finditer(page.flat, sentence.start, sentence.end):
            if page.flat.count('"', passage.span.start, found.start()) % 2:
                continue
            if not page.flat[found.start("place")].isupper() or _AHEAD.search(page.flat, sentence.start, found.start()):
                continue
            stop = _PLACE_ENDS.search(page.flat, found.end(), sentence.end)
            return Span(found.start("place"), stop.start() if stop else sentence.end)
    return None


def _found(page: Page, span: Span, reason: Reason, *, is_sure: bool) -> Found:
    span = trimmed(page.flat, span, " .,;")
    return Found(page.text[span.start : span.end], span, reason, is_sure)
