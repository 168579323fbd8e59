"""What later data say about the figures of an issued report.

The same figures are counted again for the same period and the same instant, with what is known now: rows that were
entered late, scope items linked later, drafts thrown away. What happened after that instant does not change them,
with three exceptions that overturn what was counted: a row cancelled as a slip (*salah catat*), a row merged into
another, and a row counted as done that was opened again. When that is undone after an erratum was issued, the figures
are told once more, as they were printed: the erratum is what no longer holds.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import Event
from commitments.models import CommitmentMerge, Move
from commitments.status import COUNTED, Status
from config.workdays import day_of
from meetings.models import MeetingMerge
from reports.counting.figures import figures
from reports.counting.history import history
from reports.counting.periods import read_period
from reports.counting.recorded import Step
from reports.counting.rows import rows_of
from reports.counting.tracing import Trace, traces
from reports.models import Audience, ErratumState, Report
from reports.snapshots.particulars import narrowing
from reports.snapshots.snapshot import Snapshot, build_snapshot

UNTRACED = frozenset({"drafts"})
"""Figures that are no part of any total: thrown-away slips change them and contradict nothing."""
SAME = {"lead--": "gap-owner", "trend-late": "late", "condition-LATE": "late"}
"""Figures that say again what another one says; told only where they differ otherwise than it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Correction:
    """One figure: as it was issued, as it is now, and the codes that make the difference."""

    figure: str
    label: str
    issued: int
    present: int
    codes: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Cause:
    """Why a row counts otherwise now, and since when (None: not known)."""

    code: str
    why: str
    on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class Contradictions:
    """All figures of a report that differ; nothing in them when it still tells the truth."""

    figures: tuple[Correction, ...]
    causes: tuple[Cause, ...]

    def __bool__(self) -> bool:
        return bool(self.figures)

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the erratum."""
        return {
            "figures": [dataclasses.asdict(one) | {"codes": list(one.codes)} for one in self.figures],
            "causes": [dataclasses.asdict(one) for one in self.causes],
        }


def contradictions(report: Report, *, at: dt.datetime) -> Contradictions:
    """Compare an issued report with what its figures would be, known as of ``at``. A constant number of queries."""
    with translation.override("id"):
        issued, present = json.loads(report.snapshot), _present(report)
        present["coverage"]["below"] = issued["coverage"].get("below", False)  # counted as it was counted then
        causes = _overturn(present, report, at=at)
        before, now = dict(traces(issued)), dict(traces(present))
        changed = [
            _correction(name, before[name], now[name])
            for name in before
            if name in now and name not in UNTRACED and before[name].printed != now[name].value
        ]
        back = _taken_back(report, {one.figure for one in changed})
        changed = sorted([*_once(changed), *back], key=lambda one: list(before).index(one.figure))
        told = _told(changed, issued, present, causes, report)
    if report.audience == Audience.PUBLIC:
        return Contradictions(_without_codes(changed), _anonymous(told))
    return Contradictions(tuple(changed), tuple(told))


def _present(report: Report) -> Snapshot:
    """The same figures of the same period and instant, from the rows as they are known now."""
    options = dataclasses.replace(report.chosen, is_public=False)
    return build_snapshot(
        figures(report.agreement, read_period(report.period), report.as_of, within=narrowing(options)),
        agreement=report.agreement,
        issuer=report.issuer,
        code=report.code,
        made_at=report.made_at,
        audit_head=report.audit_head,
        options=options,
    )


def _overturn(present: Snapshot, report: Report, *, at: dt.datetime) -> dict[str, Cause]:
    """Take out of the rows what was cancelled or merged since, and undo what was opened again; says why."""
    rows = {row["code"]: row for row in present["rows"]}
    later, targets = _later_moves(rows, report, at=at), _merge_targets(report)
    causes: dict[str, Cause] = {}
    reopened = []
    for code, moves in later.items():
        last = moves[-1]
        if last.to_status not in COUNTED:
            causes[code] = Cause(code, _outside_words(last, targets), day_of(last.at))
        elif rows[code]["status"] == Status.DONE and last.to_status != Status.DONE:
            causes[code] = Cause(code, _reopened_words(last), day_of(moves[0].at))
            reopened.append(code)
    present["rows"] = [row for code, row in rows.items() if code not in causes or code in reopened]
    for code, values in _opened_again(report, {code: later[code] for code in reopened}).items():
        rows[code].update(values)
    merged = _merged_meetings(report, at=at)
    causes |= {code: Cause(code, _("pertemuan yang sama dicatat dua kali"), on) for code, on in merged.items()}
    present["meetings"] = [meeting for meeting in present["meetings"] if meeting["code"] not in merged]
    return causes


def _later_moves(codes: Iterable[str], report: Report, *, at: dt.datetime) -> dict[str, list[Move]]:
    """What happened to these commitments after the instant of the report, by code, oldest first."""
    found: dict[str, list[Move]] = {}
    moves = Move.objects.filter(commitment__agreement=report.agreement, at__gt=report.as_of, at__lte=at)
    for move in moves.select_related("commitment").order_by("at", "pk"):
        found.setdefault(move.commitment.code, []).append(move)
    return {code: found[code] for code in codes if code in found}


def _opened_again(report: Report, later: dict[str, list[Move]]) -> dict[str, dict[str, Any]]:
    """How rows stand at the instant of the report when their being done is taken back."""
    if not later:
        return {}
    then = [
        dataclasses.replace(one, moves=[*one.moves, *map(_step, later[one.commitment.code])], verification=None)
        for one in history(report.agreement, at=report.as_of)
        if one.commitment.code in later
    ]
    return {
        row.code: {
            "status": str(row.status),
            "condition": str(row.condition),
            "days_past": row.days_past,
            "is_past_proposal": row.is_past_proposal,
            "gaps": list(row.gaps),
            "closed_on": None,
        }
        for row in rows_of(then)
    }


def _step(move: Move) -> Step:
    return Step(move.at, move.to_status, move.verb)


def _merged_meetings(report: Report, *, at: dt.datetime) -> dict[str, dt.date]:
    """Meetings that turned out, after the report, to be another one's double: code and day."""
    merges = MeetingMerge.objects.filter(
        source__agreement=report.agreement, at__gt=report.as_of, at__lte=at, undone_at=None
    )
    return {merge.source.code: day_of(merge.at) for merge in merges.select_related("source")}


def _correction(name: str, before: Trace, now: Trace) -> Correction:
    codes = () if before.is_partial else tuple(sorted(set(before.codes) ^ set(now.codes)))
    return Correction(name, before.label, before.printed, now.value, codes)


def _once(changed: list[Correction]) -> list[Correction]:
    """Without the figures that repeat another one: same numbers, same rows."""
    told = {one.figure: (one.issued, one.present, one.codes) for one in changed}
    return [one for one in changed if told[one.figure] != told.get(SAME.get(one.figure, ""))]


def _taken_back(report: Report, changed: Collection[str]) -> list[Correction]:
    """Figures that the last issued erratum put otherwise, and that are what was printed again."""
    last = report.errata.filter(state=ErratumState.ISSUED).order_by("n").last()
    return [
        Correction(one["figure"], one["label"], one["issued"], one["issued"], tuple(one["codes"]))
        for one in (json.loads(last.items)["figures"] if last else ())
        if one["figure"] not in changed
    ]


def _told(
    changed: list[Correction], issued: Snapshot, present: Snapshot, causes: dict[str, Cause], report: Report
) -> list[Cause]:
    """One cause for every code that makes a difference, in the order of the codes."""
    codes = {code for one in changed for code in one.codes} | (causes.keys() if changed else set())
    was, is_now = ({row["code"] for row in snapshot["rows"]} for snapshot in (issued, present))
    first = _first_events(codes - causes.keys(), report)
    for code in codes - causes.keys():
        if code not in was:
            words = _("dicatat atau dikaitkan kemudian")
        elif code not in is_now:
            words = _("tidak lagi dihitung di bawah kesepakatan ini")
        else:
            words = _("dilengkapi atau diperbaiki kemudian")
        causes[code] = Cause(code, words, first.get(code))
    found = [causes[code] for code in sorted(codes)]
    if any(one.issued == one.present for one in changed):
        found.append(Cause("", _("angka yang sudah diralat kembali seperti yang tercetak"), None))
    return found


def _first_events(codes: set[str], report: Report) -> dict[str, dt.date]:
    """The day of the first event of each thing that was written down after the report was made."""
    found: dict[str, dt.date] = {}
    events = Event.objects.filter(
        object_kind__in=["commitment", "meeting"], object_code__in=codes, recorded_at__gt=report.made_at
    )
    for code, recorded_at in events.order_by("seq").values_list("object_code", "recorded_at"):
        found.setdefault(code, day_of(recorded_at))
    return found


def _merge_targets(report: Report) -> dict[str, str]:
    """Code of the row into which each merged one went, by its own code."""
    merges = CommitmentMerge.objects.filter(source__agreement=report.agreement, undone_at=None)
    return dict(merges.order_by("pk").values_list("source__code", "target__code"))


def _outside_words(move: Move, targets: dict[str, str]) -> str:
    if move.to_status == Status.MERGED:
        return _("digabung ke %(code)s") % {"code": targets.get(move.commitment.code, "-")}
    return _("dibatalkan (salah catat)")


def _reopened_words(move: Move) -> str:
    label = str(Status(move.to_status).label).lower()
    return _("dihitung selesai, kemudian dibuka kembali; kini %(status)s") % {"status": label}


def _without_codes(changed: list[Correction]) -> tuple[Correction, ...]:
    return tuple(dataclasses.replace(one, codes=()) for one in changed)


def _anonymous(causes: list[Cause]) -> tuple[Cause, ...]:
    """The causes without saying which row; each once."""
    return tuple(dict.fromkeys(dataclasses.replace(one, code="") for one in causes))
