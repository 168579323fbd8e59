"""*Bahan audiensi*: one page A4 for the head of an office before a meeting with a partner.

The page is filled by counting: every text is cut to the lines it may take at most, the style sheet holds it
to them, and open commitments are added while the sum of all lines stays inside the page.
"""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.templatetags.waktu import tanggal_hari
from reports.papers import brief_words as words
from reports.papers.brief_facts import BriefFacts, Open
from reports.papers.frame import Issuer, Paper, print_paper
from reports.papers.measure import Text, fitted
from reports.printing.pdf import Rendered

# Points of height, as templates/papers/brief.html sets them; PAGE is what remains of A4 between the margins.
PAGE, HEAD, LINE, SECTION, BOX, FACT, QUESTION, TABLE, GROUP, ROW, NOTE = 742, 72, 13, 26, 34, 3, 3, 29, 19, 31, 24
WIDE, FACTS, ASKED, WORDING, OWNER, DUE = 172, 139, 160, 69, 39, 58  # millimetres of each column
NEWS, SCOPE, NOTES = 3, 6, 16  # at most: entries of the journal, scope items, lines to write on
ENOUGH = 6  # rows of the table for which entries of the journal give way


@dataclasses.dataclass(frozen=True)
class Line:
    """One open commitment in the table."""

    code: str
    wording: Text
    owner: Text
    strength: str
    due: str
    state: Text


@dataclasses.dataclass(frozen=True)
class Group:
    """Open commitments by whose duty they are: those that fit, and how many there are."""

    title: str
    total: int
    lines: tuple[Line, ...]


@dataclasses.dataclass(frozen=True)
class Page:
    """All that is printed between the letterhead line and the footer."""

    title: Text
    facts: tuple[tuple[str, Text], ...]
    summary: Text
    questions: tuple[tuple[Text, Text], ...]  # about what; what to ask and why
    since_on: dt.date | None = None
    since: Text | None = None
    news: tuple[Text, ...] = ()
    scope: tuple[Text, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: int = 0  # lines to write on

    @property
    def lines_to_write_on(self) -> range:
        """For the template."""
        return range(self.notes)

    @property
    def height(self) -> int:
        """Points that everything but the table and the lines to write on takes at most."""
        texts = [self.title, self.summary, *(text for _label, text in self.facts)]
        texts += [text for question in self.questions for text in question]
        texts += [*([self.since] if self.since else []), *self.news, *self.scope]
        heads = BOX * bool(self.questions) + SECTION * (bool(self.since) + bool(self.scope))
        gaps = FACT * len(self.facts) + QUESTION * len(self.questions)
        return HEAD + sum(text.lines for text in texts) * LINE + heads + gaps


def print_brief(facts: BriefFacts) -> Rendered:
    """The brief of two offices, exactly one page, unsigned and internal.

    The same facts at the same instant give the same bytes. Raises :class:`reports.printing.pdf.RenderFailed`.
    """
    with override(settings.LANGUAGE_CODE), timezone.override(ZoneInfo(facts.host.zone)):
        page = page_of(facts)
        about = facts.meeting.code if facts.meeting is not None else facts.partner.code
        paper = Paper(
            title=f"{_('Bahan Audiensi')} {about}",
            issuer=Issuer.of(facts.host),
            standing=_("Belum ditandatangani · dokumen internal · %(about)s") % {"about": about},
            is_example=facts.is_example,
        )
    content = {"page": page, "meeting": facts.meeting, "today": facts.today}
    return print_paper("papers/brief.html", paper, content, at=facts.at)


def page_of(facts: BriefFacts) -> Page:
    """What the page says: the newest entries of the journal give way to open commitments when both do not fit."""
    page = Page(
        title=fitted(facts.partner.name, mm=WIDE, most=2, size=13, is_heavy=True),
        facts=tuple((label, fitted(said, mm=FACTS, most=2)) for label, said in _facts(facts) if said),
        summary=fitted(words.summary(facts), mm=WIDE, most=3, size=10, is_heavy=True),
        questions=tuple(
            (fitted(question.about, mm=ASKED, most=2), fitted(question.words, mm=ASKED, most=2, is_heavy=True))
            for question in words.questions(facts.open_rows, at=facts.at)
        ),
        since_on=facts.previous.held_on if facts.previous is not None else None,
        since=fitted(words.since(facts.since), mm=WIDE, most=2) if facts.since is not None else None,
        scope=() if facts.open_rows else _scope(facts),
    )
    told = facts.since.latest if facts.since is not None else ()
    for count in range(min(len(told), NEWS), -1, -1):
        news = tuple(fitted(words.entry(entry), mm=WIDE - 4, most=1) for entry in told[:count])
        page = dataclasses.replace(page, news=news)
        if PAGE - page.height >= _height_of_table(facts, rows=ENOUGH):
            break
    groups = _groups(facts, room=PAGE - page.height)
    left = PAGE - page.height - _height_of_table(facts, rows=sum(len(group.lines) for group in groups)) - SECTION
    return dataclasses.replace(page, groups=groups, notes=max(0, min(left // NOTE, NOTES)))


def _facts(facts: BriefFacts) -> tuple[tuple[str, str], ...]:
    return (
        (_("Pertemuan"), words.occasion(facts.meeting) if facts.meeting is not None else ""),
        (_("Keadaan per"), "" if facts.meeting is not None else tanggal_hari(facts.today)),
        (_("Pejabat mitra"), words.people(facts.people)),
        (_("Terakhir bertemu"), words.last_meeting(facts.previous)),
        (_("Kabar terakhir"), words.last_word(facts.last_word)),
        (_("Kesepakatan"), words.agreement(facts.agreement, today=facts.today)),
    )


def _scope(facts: BriefFacts) -> tuple[Text, ...]:
    """Where nothing is open yet: what the agreement is about."""
    if facts.agreement is None:
        return ()
    return tuple(
        fitted(f"{clause.number}. {clause.text}", mm=WIDE - 4, most=1)
        for clause in facts.agreement.clauses.all()[:SCOPE]
    )


def _sides(facts: BriefFacts) -> list[tuple[str, list[tuple[Open, bool]]]]:
    """Title and rows of each group; what an office leads comes before what it supports (True). Nothing open: []."""
    rows = facts.open_rows
    if not rows:
        return []
    ours = [(row, False) for row in rows if row.is_ours] + [(row, True) for row in rows if _only_supported(row)]
    theirs = [(row, False) for row in rows if row.is_theirs]
    theirs += [(row, True) for row in rows if row.they_support and not row.is_theirs]
    others = [(row, False) for row in rows if not (row.is_ours or row.is_theirs or row.we_support or row.they_support)]
    sides = [(_("Kewajiban instansi kita"), ours), (_("Kewajiban mitra"), theirs)]
    return sides + ([(_("Penanggung jawab belum ditetapkan atau instansi lain"), others)] if others else [])


def _only_supported(row: Open) -> bool:
    return row.we_support and not row.is_ours


def _height_of_table(facts: BriefFacts, *, rows: int) -> int:
    """Points that the table takes with this many rows, or all there are."""
    sides = _sides(facts)
    total = sum(len(found) for _title, found in sides)
    return TABLE + GROUP * len(sides) + ROW * min(rows, total) if sides else 0


def _groups(facts: BriefFacts, *, room: int) -> tuple[Group, ...]:
    """The rows that fit into ``room`` points: the first of each group before the second of any."""
    sides = _sides(facts)
    ranked = sorted((place, side) for side, (_title, rows) in enumerate(sides) for place in range(len(rows)))
    taken = [side for _place, side in ranked[: max(0, room - _height_of_table(facts, rows=0)) // ROW]]
    return tuple(
        Group(title, len(rows), tuple(_line(row, facts.at, is_supporting=it) for row, it in rows[: taken.count(side)]))
        for side, (title, rows) in enumerate(sides)
    )


def _line(row: Open, at: dt.datetime, *, is_supporting: bool) -> Line:
    commitment = row.commitment
    owner = commitment.lead.short_name if commitment.lead is not None else _("belum ditetapkan")
    role = f"{_('sebagai pendukung')} · " if is_supporting else ""
    wording = fitted(f"{commitment.code} · {role}{commitment.wording}", mm=WORDING, most=2)
    return Line(
        code=commitment.code,
        wording=Text(wording.words.removeprefix(commitment.code), wording.lines),
        owner=fitted(owner, mm=OWNER, most=1),
        strength=str(row.stood.strength.label),
        due=words.due_words(commitment),
        state=fitted(words.state_words(row, at=at), mm=DUE, most=1, is_heavy=True),
    )
