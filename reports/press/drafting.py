"""From facts to a first text, in the order the ministry writes: title, place and day, lead, people, basis, quotes,
results, closing. What is not recorded is left out, and every sentence knows its sources.

Partners are named in the order they were recorded and never ranked; an office stands beside a commitment in a
text about progress only when it agreed to be named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commitments.models import Kind
from commitments.status import CLOSED, Status
from reports.press.facts import Occasion, Office, Part, PressFacts, Quote, Row
from reports.press.words import called, day_words, headline, in_full, inside, listed, period_words, weekday_words

_RESULTS = (
    (Kind.AGREED, "kesepakatan bersama", "akan ditindaklanjuti"),
    (Kind.PLAN, "rencana", "akan dilaksanakan"),
    (Kind.PLEDGE, "kesanggupan", "akan dipenuhi"),
    (Kind.EXPLORATION, "penjajakan", "akan dilakukan"),
)
MOST_LISTED = 12  # commitments in one sentence; more are counted


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what it rests on: codes of commitments, meetings, agreements, reports, quotations."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A first text. Paragraphs are runs of sentences; the title is a sentence too."""

    title: Sentence
    paragraphs: tuple[tuple[Sentence, ...], ...]

    @property
    def text(self) -> str:
        """The paragraphs, an empty line between them."""
        return "\n\n".join(" ".join(one.text for one in paragraph) for paragraph in self.paragraphs)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences below the title, in order."""
        return tuple(one for paragraph in self.paragraphs for one in paragraph)


def draft(facts: PressFacts) -> Draft:
    """The text that the facts allow."""
    title, parts = (_progress if facts.is_progress else _meeting)(facts)
    return Draft(title, tuple(part for part in (tuple(one) for one in parts) if part))


def _meeting(facts: PressFacts) -> tuple[Sentence, list[Sequence[Sentence]]]:
    occasion = facts.occasion
    assert occasion is not None  # facts of a meeting have one
    opening = [_lead(facts, occasion), *_leaders(facts, occasion), *_present(facts, occasion)]
    quotes = [[one] for one in _quotes(facts)]
    return _meeting_title(facts, occasion), [
        opening, list(_basis(facts, "Pertemuan tersebut")), *quotes, list(_results(facts, occasion)),
        [_kept_by(facts)], [_byline(facts)],
    ]  # fmt: skip


def _meeting_title(facts: PressFacts, occasion: Occasion) -> Sentence:
    sides = [called(office) for office in _sides(facts, occasion)]
    agreed = sum(row.kind == Kind.AGREED for row in facts.rows)
    if agreed and agreed == len(facts.rows):
        least = "Sekurang-kurangnya " if occasion.is_open_list else ""
        words = f"{listed(sides)} Sepakati {least}{agreed} Komitmen Bersama"
    else:
        words = f"{listed(sides)} Laksanakan {headline(occasion.kind)}"
    return Sentence(words, (occasion.code,))


def _sides(facts: PressFacts, occasion: Occasion) -> list[Office]:
    found = (facts.office(code) for code in (occasion.host, occasion.counterpart))
    return [office for office in found if office is not None]


def _dateline(facts: PressFacts, day: str) -> str:
    place = f"{facts.city}, " if facts.city else ""
    return f"{place}{called(facts.issuer)} ({day}) - "


def _lead(facts: PressFacts, occasion: Occasion) -> Sentence:
    on = occasion.held_on
    sides = [in_full(office) for office in _sides(facts, occasion)]
    place = f" di {occasion.place}" if occasion.place else ""
    kind = occasion.kind[:1].lower() + occasion.kind[1:]
    return Sentence(
        f"{_dateline(facts, f'{on.day}/{on.month}')}{listed(sides)} melaksanakan {kind} pada "
        f"{weekday_words(on)}{place}.",
        (occasion.code,),
    )


def _leaders(facts: PressFacts, occasion: Occasion) -> Iterator[Sentence]:
    led = next((person.words for person in facts.people if person.part is Part.LEADS), "")
    received = next((person.words for person in facts.people if person.part is Part.RECEIVES), "")
    parts = ([f"dipimpin {led}"] if led else []) + ([f"diterima {received}"] if received else [])
    if parts:
        yield Sentence(f"Pertemuan tersebut {', dan '.join(parts) if led else parts[0]}.", (occasion.code,))


def _present(facts: PressFacts, occasion: Occasion) -> Iterator[Sentence]:
    others = [code for code in occasion.present if code not in (occasion.host, occasion.counterpart)]
    names = [office.name for code in others if (office := facts.office(code))]
    if names:
        yield Sentence(f"Hadir pula {listed(names)}.", (occasion.code,))


def _basis(facts: PressFacts, subject: str) -> Iterator[Sentence]:
    pact = facts.pact
    if pact is None:
        return
    title = f' "{pact.title}"' if pact.title else ""
    parties = [office.name for code in pact.parties if (office := facts.office(code))]
    between = f" antara {listed(parties)}" if len(parties) > 1 else ""
    yield Sentence(
        f"{subject} merupakan tindak lanjut {pact.kind}{title}{between} yang ditandatangani pada "
        f"{day_words(pact.signed_on)}.",
        (pact.code,),
    )


def _quotes(facts: PressFacts) -> Iterator[Sentence]:
    for quote in facts.quotes:
        if quote.may_quote:
            yield Sentence(_quoted(quote), (quote.source,))


def _quoted(quote: Quote) -> str:
    words = " ".join(quote.words.split()).strip('"\u201c\u201d').rstrip(".,")
    return f"\u201c{words},\u201d ujar {quote.speaker}."


def _results(facts: PressFacts, occasion: Occasion) -> Iterator[Sentence]:
    """What will be done, by the way it was promised; what is closed already is counted and told apart."""
    openings = iter(("Pertemuan tersebut menghasilkan", "Selain itu, dicatat", "Dicatat pula", "Dicatat juga"))
    is_open_list = occasion.is_open_list
    for kind, noun, verb in _RESULTS:
        rows = [row for row in facts.rows if row.kind == kind]
        if any(row.status not in CLOSED for row in rows):
            yield _result(rows, noun, verb, opening=next(openings), is_open_list=is_open_list)
            is_open_list = False
    ahead = [row for row in facts.rows if row.status not in CLOSED and row.is_due_agreed and row.due_on]
    if days := sorted((row.due_on, row.code) for row in ahead if row.due_on and row.due_on >= facts.as_of):
        yield Sentence(f"Tenggat terdekat yang disepakati ialah {day_words(days[0][0])}.", (days[0][1],))
    if done := [row for row in facts.rows if row.status == Status.DONE]:
        yield Sentence(f"Yang telah selesai dan terverifikasi ialah {_said(done)}.", _codes(done))


def _result(rows: Sequence[Row], noun: str, verb: str, *, opening: str, is_open_list: bool) -> Sentence:
    """One group. The first carries the open list of the meeting, the others tell what was recorded beside it."""
    ahead = [row for row in rows if row.status not in CLOSED]
    count = f"{'sekurang-kurangnya ' if is_open_list else ''}{len(rows)} {noun}"
    joint = "antara lain" if is_open_list or len(ahead) > MOST_LISTED else "yaitu"
    told = f"yang {verb}, {joint}" if len(ahead) == len(rows) else f"dan yang masih {verb} {joint}"
    comma = " " if len(ahead) == len(rows) else ", "
    return Sentence(f"{opening} {count}{comma}{told} {_said(ahead)}.", _codes(ahead))


def _said(rows: Sequence[Row]) -> str:
    return listed([inside(row.wording) for row in rows[:MOST_LISTED]])


def _codes(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.code for row in rows[:MOST_LISTED])


def _kept_by(facts: PressFacts) -> Sentence:
    return Sentence(f"Hasil pertemuan dicatat oleh {in_full(facts.issuer)}.", (facts.subject,))


def _byline(facts: PressFacts) -> Sentence:
    return Sentence(f"(Humas/{called(facts.issuer)})", (facts.subject,))


# --- progress ---------------------------------------------------------------------------------------


def _progress(facts: PressFacts) -> tuple[Sentence, list[Sequence[Sentence]]]:
    quotes = [[one] for one in _quotes(facts)]
    return _progress_title(facts), [
        [_state(facts), *_standing(facts)], list(_basis(facts, "Komitmen tersebut")), list(_done(facts)), *quotes,
        list(_coverage(facts)), list(_checkable(facts)), [_byline(facts)],
    ]  # fmt: skip


def _progress_title(facts: PressFacts) -> Sentence:
    done, total = facts.numbers["done"], facts.numbers["total"]
    kind = facts.pact.kind if facts.pact else ""
    if done:
        return Sentence(f"{done} dari {total} Komitmen Tindak Lanjut {kind} Telah Selesai", (facts.subject,))
    return Sentence(f"Perkembangan Tindak Lanjut {kind} per {day_words(facts.as_of)}", (facts.subject,))


def _state(facts: PressFacts) -> Sentence:
    done, total = facts.numbers["done"], facts.numbers["total"]
    least = "sekurang-kurangnya " if facts.is_open_list else ""
    day = _dateline(facts, f"{facts.as_of.day}/{facts.as_of.month}")
    verb = "telah selesai dan terverifikasi" if done else "dinyatakan selesai"
    count = f"{done} dari {least}{total} komitmen" if done else f"belum ada dari {least}{total} komitmen yang"
    return Sentence(f"{day}Per {day_words(facts.as_of)}, {count} {verb}.", (facts.subject,))


def _standing(facts: PressFacts) -> Iterator[Sentence]:
    """What is reported and not verified is said as such; the rest is counted, and nobody is named."""
    numbers = facts.numbers
    if numbers["submitted"]:
        words = f"{numbers['submitted']} komitmen dilaporkan selesai dan menunggu verifikasi"
        yield Sentence(f"Sebanyak {words}.", (facts.subject,))
    states = (
        ("running", "sedang berjalan"), ("blocked", "terkendala"), ("late", "melewati tenggat"),
        ("not_started", "belum dimulai"), ("unmet", "tidak dapat ditindaklanjuti"),
    )  # fmt: skip
    parts = [f"{numbers[name]} komitmen {words}" for name, words in states if numbers[name]]
    if parts:
        yield Sentence(f"Selain itu, {listed(parts)}.", (facts.subject,))


def _done(facts: PressFacts) -> Iterator[Sentence]:
    done = [row for row in facts.rows if row.status == Status.DONE and is_told(facts, row)]
    if done:
        said = listed([_with_lead(facts, row) for row in done[:MOST_LISTED]])
        all_done = facts.numbers["done"]
        joint = "yaitu" if len(done) == all_done <= MOST_LISTED else "antara lain"
        yield Sentence(f"Komitmen yang telah selesai dan terverifikasi {joint} {said}.", _codes(done))


def is_told(facts: PressFacts, row: Row) -> bool:
    """Whether a text about progress may tell a commitment by itself: its lead agreed, is the issuer, or is open."""
    lead = facts.office(row.lead)
    return not row.lead or row.lead == facts.issuer.code or (lead is not None and lead.is_named)


def _with_lead(facts: PressFacts, row: Row) -> str:
    lead = facts.office(row.lead)
    return f"{inside(row.wording)} oleh {called(lead)}" if lead else inside(row.wording)


def _coverage(facts: PressFacts) -> Iterator[Sentence]:
    if facts.numbers["clauses"]:
        running, total = facts.numbers["clauses_running"], facts.numbers["clauses"]
        yield Sentence(f"Tindak lanjut mencakup {running} dari {total} ruang lingkup.", (facts.subject,))
    if facts.numbers["meetings"]:
        words = f"Dalam {period_words(facts.period)} telah dilaksanakan {facts.numbers['meetings']} pertemuan."
        yield Sentence(words, tuple(one.code for one in facts.occasions) or (facts.subject,))


def _checkable(facts: PressFacts) -> Iterator[Sentence]:
    if facts.check_url:
        words = f"Angka ini bersumber dari laporan berkode {facts.subject} dan dapat diperiksa di {facts.check_url}."
        yield Sentence(words, (facts.subject,))
