"""From a figure of a frozen report to the rows behind it: every figure has a name, and its rows add up to it.

Names: ``total``, ``drafts``, ``late``, ``past-proposal``, ``confirmed``, ``claimed``, ``verified``,
``condition-LATE``, ``class-MET``, ``strength-RECORDED``, ``gap-owner``, ``aging-8-30``, ``clause-1``,
``clause-1-DONE``, ``clause-1-below``, ``coverage``, ``lead-naker`` (``lead--`` for nobody), ``flow-shifts``,
``trend-open``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commitments.ages import AGES, Age
from commitments.models import Strength
from commitments.status import BEGUN, COUNTED_CONDITIONS, OPEN, REPORT_CLASS, Condition, ReportClass, Status
from reports.counting.under import and_above

NOBODY = "-"
Row = Mapping[str, Any]
Frozen = Mapping[str, Any]
Picks = Callable[[Row], int]


@dataclass(frozen=True, slots=True)
class Trace:
    """One printed figure: what it counts, what was printed, what its rows add up to, and their codes.

    ``value`` equals ``printed`` in every report whose snapshot is whole. ``has_rows`` is False for figures
    that stand without rows (drafts; a few of the first schema); ``is_partial`` when the report shows only some
    rows (the public version). Then ``value`` is what was printed. ``counts_meetings``: codes of meetings.
    ``counts_scope``: the scope items that the rows moved, and those above them, each once.
    """

    label: str
    printed: int
    value: int
    codes: tuple[str, ...]
    has_rows: bool = True
    is_partial: bool = False
    counts_meetings: bool = False
    counts_scope: bool = False


@dataclass(frozen=True, slots=True)
class _Figure:
    """A printed figure, and how much each row adds to it; ``picks`` is None when the rows do not tell."""

    name: str
    label: str
    printed: int
    picks: Picks | None
    rows: str = "rows"
    counts_scope: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one kind under their heading, each with its name."""

    label: str
    figures: tuple[tuple[str, Trace], ...]


def families(snapshot: Frozen) -> tuple[Family, ...]:
    """Every figure of a snapshot, by kind."""
    kinds = (
        (_("Jumlah"), _totals),
        (_("Keadaan"), _conditions),
        (_("Kelas tindak lanjut"), _classes),
        (_("Kekuatan kesepakatan"), _strengths),
        (_("Kelengkapan"), _gaps),
        (_("Umur keterlambatan"), _ages),
        (_("Ruang lingkup"), _clauses),
        (_("Penanggung jawab"), _leads),
        (_("Pada periode ini"), _flows),
        (_("Akhir minggu terakhir"), _last_week),
    )
    found = (
        Family(label, tuple((figure.name, _traced(snapshot, figure)) for figure in read(snapshot)))
        for label, read in kinds
    )
    return tuple(family for family in found if family.figures)


def names(snapshot: Frozen) -> tuple[str, ...]:
    """Every figure of a snapshot by name, in the order of the report."""
    return tuple(figure.name for figure in _figures(snapshot))


def trace(snapshot: Frozen, name: str) -> Trace:
    """Return a figure and the rows behind it. KeyError when the snapshot has no such figure."""
    found = next((figure for figure in _figures(snapshot) if figure.name == name), None)
    if found is None:
        raise KeyError(name)
    return _traced(snapshot, found)


def traces(snapshot: Frozen) -> Iterator[tuple[str, Trace]]:
    """Yield every figure by name with its rows."""
    for figure in _figures(snapshot):
        yield figure.name, _traced(snapshot, figure)


def _traced(snapshot: Frozen, figure: _Figure) -> Trace:
    if figure.picks is None:
        return Trace(figure.label, figure.printed, figure.printed, (), has_rows=False)
    picked = [(row, figure.picks(row)) for row in traced_rows(snapshot, figure.rows)]
    moved = {number for row, count in picked if count for number in row.get("clauses", ())}
    value = len(_moving(snapshot, moved)) if figure.counts_scope else sum(count for _row, count in picked)
    is_partial = snapshot.get("audience") == "PUBLIC"
    return Trace(
        label=figure.label,
        printed=figure.printed,
        value=figure.printed if is_partial else value,
        codes=tuple(row["code"] for row, count in picked if count),
        is_partial=is_partial,
        counts_meetings=figure.rows == "meetings",
        counts_scope=figure.counts_scope,
    )


def _moving(snapshot: Frozen, moved: set[str]) -> set[str]:
    """Numbers of the scope items that rows moved; with those above them, unless it is an earlier report."""
    if not snapshot["coverage"].get("below"):
        return moved
    return and_above(moved, {clause["number"]: clause.get("parent", "") for clause in snapshot["clauses"]})


def traced_rows(snapshot: Frozen, kind: str) -> list[Row]:
    """The frozen rows of a kind: ``rows``, ``meetings``, or ``known``: the rows and what lies outside the period."""
    return [*snapshot["rows"], *snapshot.get("outside", [])] if kind == "known" else snapshot[kind]


def _figures(snapshot: Frozen) -> Iterator[_Figure]:
    yield from _totals(snapshot)
    yield from _conditions(snapshot)
    yield from _classes(snapshot)
    yield from _strengths(snapshot)
    yield from _gaps(snapshot)
    yield from _ages(snapshot)
    yield from _clauses(snapshot)
    yield from _leads(snapshot)
    yield from _flows(snapshot)
    yield from _last_week(snapshot)


def _totals(snapshot: Frozen) -> Iterator[_Figure]:
    totals = snapshot["totals"]
    knows_partners = all("confirmed" in row for row in snapshot["rows"])
    yield _Figure("total", _("Jumlah komitmen"), totals["total"], _every)
    if totals["drafts"] is not None:  # no public version counts them
        yield _Figure("drafts", _("Draf, di luar jumlah"), totals["drafts"], None)
    yield _Figure("late", _condition(Condition.LATE), totals["late"], _equal("condition", Condition.LATE))
    yield _Figure("past-proposal", _("Melewati tanggal usulan"), totals["past_proposal"], _is("is_past_proposal"))
    confirmed = _is("confirmed") if knows_partners else None
    yield _Figure("confirmed", _("Dikonfirmasi mitra"), totals["confirmed"], confirmed)
    yield _Figure("claimed", _("Dilaporkan selesai"), totals["claimed"], _any_status(Status.SUBMITTED, Status.DONE))
    yield _Figure("verified", _("Selesai dan terverifikasi"), totals["verified"], _any_status(Status.DONE))


def _conditions(snapshot: Frozen) -> Iterator[_Figure]:
    for condition, count in _in_order(snapshot["totals"]["by_condition"], COUNTED_CONDITIONS):
        yield _Figure(f"condition-{condition}", _condition(condition), count, _equal("condition", condition))


def _classes(snapshot: Frozen) -> Iterator[_Figure]:
    for one, counted in zip(ReportClass, snapshot["totals"]["classes"], strict=True):
        yield _Figure(f"class-{one}", str(one.label), counted["count"], _of_class(one))


def _strengths(snapshot: Frozen) -> Iterator[_Figure]:
    for strength, count in _in_order(snapshot.get("strengths", {}), Strength):
        label = str(Strength(strength).label).capitalize()
        yield _Figure(f"strength-{strength}", label, count, _equal("strength", strength))


def _gaps(snapshot: Frozen) -> Iterator[_Figure]:
    labels = {
        "owner": _("Tanpa penanggung jawab"),
        "date": _("Tanpa tenggat"),
        "target": _("Tanpa target"),
        "scope": _("Belum dikaitkan dengan ruang lingkup"),
        "any": _("Perlu dilengkapi"),
    }
    for gap, count in _in_order(snapshot["gaps"], labels):
        yield _Figure(f"gap-{gap}", labels[gap], count, _is("gaps") if gap == "any" else _holds("gaps", gap))


def _ages(snapshot: Frozen) -> Iterator[_Figure]:
    for age, counted in zip(AGES, snapshot.get("aging", []), strict=False):
        label = _("Melewati tenggat %(age)s") % {"age": age.label}
        yield _Figure(f"aging-{age.key}", label, counted["count"], _of_age(age))


def _clauses(snapshot: Frozen) -> Iterator[_Figure]:
    running = snapshot["coverage"]["running"]
    yield _Figure("coverage", _("Ruang lingkup berjalan"), running, _has_begun, counts_scope=True)
    for clause in snapshot["clauses"]:
        number = clause["number"]
        label = _("Ruang lingkup %(number)s") % {"number": number}
        yield _Figure(f"clause-{number}", label, clause["total"], _holds("clauses", number))
        is_whole = Condition.BLOCKED in clause["by_condition"]
        for condition, count in _in_order(clause["by_condition"], COUNTED_CONDITIONS):
            picks = _of_clause(number, _merged(condition, is_whole=is_whole))
            yield _Figure(f"clause-{number}-{condition}", f"{label}: {_condition(condition)}", count, picks)
        if parts := _parts(snapshot["clauses"], number):
            words = _("%(item)s: pada butir di bawahnya") % {"item": label}
            yield _Figure(f"clause-{number}-below", words, clause["below"], _of_parts(number, parts))


def _parts(clauses: Sequence[Frozen], number: str) -> frozenset[str]:
    """Numbers of the sub-items of a scope item, and of theirs; the first snapshots do not tell."""
    direct = [clause["number"] for clause in clauses if clause.get("parent") == number]
    return frozenset(direct).union(*(_parts(clauses, part) for part in direct))


def _leads(snapshot: Frozen) -> Iterator[_Figure]:
    for lead in snapshot.get("leads", []):
        label = lead["name"] or _("Belum ada penanggung jawab")
        yield _Figure(f"lead-{lead['code'] or NOBODY}", label, lead["total"], _equal("lead_code", lead["code"]))


def _flows(snapshot: Frozen) -> Iterator[_Figure]:
    flows, period = snapshot["flows"], snapshot["period"]
    first, last = period["starts_on"], period["ends_on"]
    tells = all("shift_log" in row for row in snapshot["rows"])

    def inside(day: str | None) -> bool:
        return day is not None and first <= day <= last

    def shared(row: Row) -> int:
        return inside(row["shared_on"])

    def done(row: Row) -> int:
        return row["status"] == Status.DONE and inside(row["closed_on"])

    def shifts(row: Row) -> int:
        return sum(inside(shift["shifted_on"]) for shift in row["shift_log"])

    yield _Figure("flow-shared", _("Disampaikan pada periode ini"), flows["shared"], shared if tells else None)
    yield _Figure("flow-done", _("Selesai pada periode ini"), flows["done"], done)
    yield _Figure("flow-meetings", _("Pertemuan pada periode ini"), flows["meetings"], _every, rows="meetings")
    yield _Figure("flow-shifts", _("Perubahan tenggat pada periode ini"), flows["shifts"], shifts if tells else None)


def _last_week(snapshot: Frozen) -> Iterator[_Figure]:
    for week in snapshot.get("trend", [])[-1:]:
        yield _Figure("trend-open", _("Terbuka pada akhir minggu terakhir"), week["open"], _any_status(*OPEN))
        late = _equal("condition", Condition.LATE)
        yield _Figure("trend-late", _("Melewati tenggat pada akhir minggu terakhir"), week["late"], late)
        done = _any_status(Status.DONE)
        yield _Figure("trend-done", _("Selesai sampai akhir minggu terakhir"), week["done"], done, rows="known")


def _in_order(counts: Mapping[str, int], names: Iterable[str]) -> list[tuple[str, int]]:
    """The counts there are, in the order people know; a stored snapshot is in that of the alphabet."""
    return [(str(name), counts[name]) for name in names if name in counts]


def _condition(condition: str) -> str:
    return str(Condition(condition).label)


def _merged(condition: str, *, is_whole: bool) -> tuple[str, ...]:
    """The first schema counted everything under way and not late as running."""
    is_merged = condition == Condition.RUNNING and not is_whole
    return (condition, Condition.BLOCKED, Condition.SUBMITTED) if is_merged else (condition,)


def _every(row: Row) -> int:
    del row
    return 1


def _has_begun(row: Row) -> int:
    return bool(row["clauses"]) and row["status"] in BEGUN


def _is(name: str) -> Picks:
    return lambda row: bool(row[name])


def _equal(name: str, value: str) -> Picks:
    return lambda row: row[name] == value


def _holds(name: str, value: str) -> Picks:
    return lambda row: value in row[name]


def _any_status(*statuses: Status) -> Picks:
    return lambda row: row["status"] in statuses


def _of_class(one: ReportClass) -> Picks:
    return lambda row: REPORT_CLASS[row["status"]] == one


def _of_age(age: Age) -> Picks:
    return lambda row: row["condition"] == Condition.LATE and row["days_past"] in age


def _of_parts(number: str, parts: frozenset[str]) -> Picks:
    return lambda row: number not in row["clauses"] and not parts.isdisjoint(row["clauses"])


def _of_clause(number: str, conditions: tuple[str, ...]) -> Picks:
    return lambda row: number in row["clauses"] and row["condition"] in conditions
