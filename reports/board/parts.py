"""Parts of the dashboard: ages of lateness, twelve weeks, the days ahead, and what the reader decides."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agreement, User
from commitments import queues
from commitments.ages import AGES
from commitments.models import Commitment, DueBasis
from commitments.models.commitment import CommitmentQuerySet
from commitments.stood import DONE, LATE, OPENED
from config.templatetags.waktu import tanggal, tanggal_pendek
from config.workdays import day_of
from meetings.models import Meeting
from reports.board.groups import NEAR_DAYS
from reports.board.numbers import Filter, Number
from reports.board.tallied import Tallied, Turns, count_ages
from reports.board.waiting import Release, Waiting
from reports.board.weeks import weeks
from reports.counting.trend import Week
from reports.printing.plots import length_svg, trend_svg

AHEAD_ROWS = 5


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Late commitments of one age, with a bar against the most frequent age."""

    label: str
    number: Number
    drawing: str


@dataclass(frozen=True, slots=True)
class AgesPart:
    """The four ages; they sum to all that is late."""

    title: str
    rows: tuple[AgeRow, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The state at the end of a week."""

    ends_on: dt.date
    open: Number
    late: Number
    done: Number


@dataclass(frozen=True, slots=True)
class WeeksPart:
    """Twelve weeks: the finding, the line of what was late, and all numbers."""

    title: str
    label: str
    drawing: str
    rows: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True)
class AheadRow:
    """A date of a commitment or a planned meeting: the day, the words of its link and those beside it."""

    on: dt.date
    url: str
    link: str
    words: str
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class AheadPart:
    """Dates of commitments and planned meetings of the next days, the nearest first; ``due`` counts all dates."""

    rows: tuple[AheadRow, ...]
    due: Number


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for the reader: how it looks, how many, where it is decided, and since when."""

    mark: str
    words: str
    count: int
    url: str
    action: str
    note: str = ""


def ages_part(known: Tallied, within: Filter) -> AgesPart:
    """Count late rows by age. Two queries."""
    counts = count_ages(known)
    return AgesPart(
        title=_ages_title(sum(counts), counts[-1]),
        rows=tuple(
            AgeRow(str(age.label), Number(count, within.also(("umur", age.key))), length_svg(count, max(counts)))
            for age, count in zip(AGES, counts, strict=True)
        ),
    )


def weeks_part(known: Tallied, within: Filter) -> WeeksPart:
    """Count twelve weeks. Three queries, a few more with rows that the tallies do not tell."""
    found = weeks(known, at=known.at)
    late = [week.late for week in found]
    days = [tanggal_pendek(week.ends_on).rsplit(" ", 1)[0] for week in found]
    return WeeksPart(
        title=_weeks_title(found[0], found[-1]),
        label=_("Melewati tenggat setiap akhir minggu: %(counts)s.") % {"counts": ", ".join(map(str, late))},
        drawing=trend_svg({_("melewati tenggat"): late}, days, width=120.0, height=40.0),
        rows=tuple(_week_row(week, within) for week in reversed(found)),
    )


def ahead_part(
    commitments: CommitmentQuerySet, meetings: "list[Meeting]", due: Number, *, at: dt.datetime
) -> AheadPart:
    """Read the nearest dates; ``due`` is their number, counted already. One query, if there are any."""
    near = queues.due_within(commitments, NEAR_DAYS, at=at) if due.count else commitments.none()
    rows = near.only("code", "wording", "due_on", "due_basis").order_by("due_on", "code")
    ahead = [_ahead_meeting(meeting) for meeting in meetings] + [_ahead_date(row) for row in rows[:AHEAD_ROWS]]
    return AheadPart(tuple(sorted(ahead, key=lambda row: row.on)), due)


def _ahead_meeting(meeting: Meeting) -> AheadRow:
    partner = meeting.counterpart.short_name if meeting.counterpart else ""
    return AheadRow(meeting.held_on, meeting.get_absolute_url(), meeting.get_kind_display(), partner)


def _ahead_date(row: Commitment) -> AheadRow:
    assert row.due_on is not None  # only rows with a date are within the next days
    is_proposed = row.due_basis == DueBasis.PROPOSED
    return AheadRow(row.due_on, row.get_absolute_url(), row.code, row.wording, is_proposed)


def planned(user: User, agreement: Agreement | None, *, at: dt.datetime) -> list[Meeting]:
    """Return the meetings planned for the next days, of one agreement where one is chosen. One query."""
    today = day_of(at)
    rows = Meeting.objects.visible_to(user).awaited().filter(
        status="PLANNED", held_on__range=(today, today + dt.timedelta(days=NEAR_DAYS))
    )  # fmt: skip
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    shown = rows.select_related("counterpart").only("code", "kind", "held_on", "counterpart__short_name")
    return list(shown.order_by("held_on", "pk")[:AHEAD_ROWS])


def decisions(
    turns: Turns, commitments: CommitmentQuerySet, user: User, within: Filter, waiting: Waiting
) -> list[Decision]:
    """What a supervisor decides: what ``waiting`` and ``turns`` found, counted already; and answers. One query."""
    found = [_release(one) for one in waiting.releases]
    if claims := waiting.claims:
        words = ngettext("%(n)d menunggu verifikasi", "%(n)d menunggu verifikasi", claims) % {"n": claims}
        oldest = {"n": waiting.oldest_days}
        days = ngettext("terlama %(n)d hari", "terlama %(n)d hari", waiting.oldest_days) % oldest
        url = _list(within.also(("tugas", "verifikasi")))
        found.append(Decision("SUBMITTED", words, claims, url, _("Buka antrean"), days))
    answered = queues.answered_otherwise(commitments, user).order_by().count()
    for task, mark, count, label, action in (
        ("terkendala", "BLOCKED", turns.blocked, _("%(n)d terkendala"), _("Lihat kendalanya")),
        ("tanggapan", "proposed", answered, _("%(n)d usul perubahan atau keberatan"), _("Baca")),
        ("lengkapi", "gap", turns.lacking, _("%(n)d perlu dilengkapi instansi kita"), _("Lengkapi")),
    ):
        if count:
            found.append(Decision(mark, label % {"n": count}, count, _list(within.also(("tugas", task))), action))
    return found


def _release(one: Release) -> Decision:
    since = _("disiapkan %(day)s") % {"day": tanggal(one.since)}
    return Decision("SUBMITTED", _("Menunggu rilis"), 1, one.url, one.title, since)


def _list(chosen: Filter) -> str:
    return f"{reverse('commitments:list')}?{chosen.query}"


def _week_row(week: Week, within: Filter) -> WeekRow:
    def number(count: int, what: str) -> Number:
        return Number(count, within.also(("minggu", f"{what}-{week.ends_on}")))

    return WeekRow(week.ends_on, number(week.open, OPENED), number(week.late, LATE), number(week.done, DONE))


def _ages_title(late: int, oldest: int) -> str:
    if not late:
        return _("Tidak ada komitmen yang melewati tenggat.")
    if not oldest:
        return _("Tidak ada yang melewati tenggat lebih dari 90 hari.")
    return _("%(n)d dari %(m)d yang melewati tenggat sudah lebih dari 90 hari.") % {"n": oldest, "m": late}


def _weeks_title(first: Week, last: Week) -> str:
    counts = {"first": first.late, "last": last.late, "day": tanggal(first.ends_on)}
    if first.late == last.late:
        return _("Yang melewati tenggat kini %(last)d, sama dengan pada %(day)s.") % counts
    if last.late < first.late:
        return _("Yang melewati tenggat turun dari %(first)d menjadi %(last)d sejak %(day)s.") % counts
    return _("Yang melewati tenggat naik dari %(first)d menjadi %(last)d sejak %(day)s.") % counts
