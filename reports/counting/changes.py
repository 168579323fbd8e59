"""What changed under one agreement between two instants, or between two frozen reports, by code.

Both readers turn what they read into the same states and compare those, so they say the same for the same
world. A commitment that was open then and is open now may stand in several groups; any other in one or two.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agreement
from commitments.models import DueBasis, Strength
from commitments.status import CLOSED, COUNTED, OPEN, Status
from config.templatetags.waktu import angka, tanggal, waktu
from config.workdays import WIB
from reports.counting.history import Then, touched
from reports.counting.strength import strength_of

MOST_LETTERS = 160
"""Of an earlier wording, in words."""


class Kind(StrEnum):
    """Kinds of changes in the order they are told."""

    NEW = "new"
    DONE = "done"
    UNMET = "unmet"
    SHIFTED = "shifted"
    COMPLETED = "completed"
    REWORDED = "reworded"
    STRENGTH = "strength"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


LABELS: dict[Kind, str | Promise] = {
    Kind.NEW: gettext_lazy("Komitmen baru"),
    Kind.DONE: gettext_lazy("Selesai (terverifikasi)"),
    Kind.UNMET: gettext_lazy("Dinyatakan tidak dapat ditindaklanjuti"),
    Kind.SHIFTED: gettext_lazy("Tenggat berubah"),
    Kind.COMPLETED: gettext_lazy("Dilengkapi"),
    Kind.REWORDED: gettext_lazy("Rumusan, penanggung jawab, atau target berubah"),
    Kind.STRENGTH: gettext_lazy("Kekuatan kesepakatan berubah"),
    Kind.REOPENED: gettext_lazy("Dibuka kembali"),
    Kind.WITHDRAWN: gettext_lazy("Tidak lagi dihitung"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one commitment; ``wording`` is empty where it may not be shown."""

    kind: Kind
    code: str
    wording: str
    words: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one kind, by code."""

    kind: Kind
    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed; groups without a change are left out."""

    since_words: str
    until_words: str
    groups: tuple[ChangeGroup, ...]

    @property
    def total(self) -> int:
        """Number of changes; one commitment may have several."""
        return sum(len(group.changes) for group in self.groups)

    @property
    def codes(self) -> frozenset[str]:
        """Commitments that changed."""
        return frozenset(change.code for group in self.groups for change in group.changes)

    def only(self, codes: frozenset[str]) -> "Changes":
        """The changes of some commitments."""
        kept = (change for group in self.groups for change in group.changes if change.code in codes)
        return dataclasses.replace(self, groups=_grouped(kept))

    def as_json(self) -> dict[str, Any]:
        """As it stands in a snapshot."""
        groups = [
            {
                "kind": str(group.kind),
                "label": group.label,
                "changes": [{"code": one.code, "wording": one.wording, "words": one.words} for one in group.changes],
            }
            for group in self.groups
        ]
        return {"since": self.since_words, "until": self.until_words, "groups": groups}


@dataclass(frozen=True, slots=True)
class _State:
    """One shared commitment at one end. Only ``code`` and ``status`` are known of those outside the stock.

    ``wording`` is None where it may not be shown.
    """

    code: str
    status: Status
    wording: str | None = None
    lead: str = ""
    due_on: dt.date | None = None
    due_basis: str = ""
    target: Decimal | None = None
    unit: str = ""
    strength: str = Strength.RECORDED

    @property
    def is_counted(self) -> bool:
        """Neither void nor merged."""
        return self.status in COUNTED


_States = Mapping[str, _State]


def changes(
    agreement: Agreement,
    *,
    since: dt.datetime,
    until: dt.datetime,
    within: frozenset[str] | None = None,
    readable: frozenset[str] | None = None,
) -> Changes:
    """Compare two instants (aware, ``since`` first) from the append-only rows. Five queries.

    ``within`` (codes of agencies) narrows as in :func:`reports.counting.figures.figures`; ``readable`` (codes of
    commitments) names those whose words may be shown, None for all. ValueError when ``until`` is the earlier.
    """
    if until < since:
        raise ValueError("the later instant comes second")
    now = touched(agreement, since=since, until=until)
    before = [earlier for then in now if (earlier := then.rewound(since)) is not None]
    return Changes(
        _instant_words(since),
        _instant_words(until),
        _compared(_told(before, within, readable), _told(now, within, readable), leavers_are_closed=False),
    )


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Compare two snapshots of one agreement as they were stored, the older first; any schema."""
    return Changes(
        _named(old),
        _named(new),
        _compared(_frozen(old), _frozen(new), leavers_are_closed="outside" not in new),
    )


def _instant_words(instant: dt.datetime) -> str:
    """The day alone when it is told from its beginning or to its end; otherwise with the time."""
    local = instant.astimezone(WIB)
    is_edge = local.time() in (dt.time.min, dt.time.max)
    return tanggal(local.date()) if is_edge else waktu(instant, WIB)


def _named(snapshot: Mapping[str, Any]) -> str:
    instant = dt.datetime.fromisoformat(snapshot["as_of"])
    return f"{snapshot['period']['label']}, {waktu(instant, WIB)} ({snapshot['code']})"


def _told(then: Iterable[Then], within: frozenset[str] | None, readable: frozenset[str] | None) -> dict[str, _State]:
    shared = [one for one in then if one.status != Status.DRAFT and (within is None or one.keeper.code in within)]
    outside = {one.commitment.code: _State(one.commitment.code, one.status) for one in shared}
    counted = (one for one in shared if one.status in COUNTED)
    return outside | {one.commitment.code: _state(one, readable) for one in counted}


def _state(one: Then, readable: frozenset[str] | None) -> _State:
    code, terms = one.commitment.code, one.terms
    return _State(
        code=code,
        status=one.status,
        wording=terms.wording if readable is None or code in readable else None,
        lead=one.lead.short_name if one.lead else "",
        due_on=terms.due_on,
        due_basis=terms.due_basis,
        target=terms.target,
        unit=terms.unit,
        strength=strength_of(
            one.consents, present_terms=terms.pk, lead=terms.lead_id, host=one.commitment.host_id
        ),  # fmt: skip
    )


def _frozen(snapshot: Mapping[str, Any]) -> dict[str, _State]:
    outside = {row["code"]: _State(row["code"], Status(row["status"])) for row in snapshot.get("outside", [])}
    return outside | {row["code"]: _revived(row) for row in snapshot["rows"]}


def _revived(row: Mapping[str, Any]) -> _State:
    return _State(
        code=row["code"],
        status=Status(row["status"]),
        wording=None if row.get("is_hidden") else row["wording"],
        lead=row["lead"],
        due_on=dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        due_basis=row["due_basis"],
        target=Decimal(row["target"]) if row["target"] else None,
        unit=row["unit"],
        strength=row["strength"],
    )


def _compared(old: _States, new: _States, *, leavers_are_closed: bool) -> tuple[ChangeGroup, ...]:
    """``leavers_are_closed``: the newer side does not say why a closed row left its stock, so it is no change."""
    found: list[Change] = []
    for code in sorted({*old, *new}):
        before, after = old.get(code), new.get(code)
        if before is not None and not before.is_counted:
            before = None
        if after is None or not after.is_counted:
            if before is not None and not (after is None and leavers_are_closed and before.status in CLOSED):
                found.append(_change(Kind.WITHDRAWN, before, _leaving_words(after)))
        elif before is None:
            found += _of_new(after)
        else:
            found += _of_both(before, after)
    return _grouped(found)


def _grouped(found: Iterable[Change]) -> tuple[ChangeGroup, ...]:
    by_kind: dict[Kind, list[Change]] = {kind: [] for kind in Kind}
    for change in found:
        by_kind[change.kind].append(change)
    return tuple(ChangeGroup(kind, str(LABELS[kind]), tuple(them)) for kind, them in by_kind.items() if them)


def _change(kind: Kind, state: _State, words: str) -> Change:
    return Change(kind, state.code, state.wording or "", words)


def _of_new(after: _State) -> list[Change]:
    found = [_change(Kind.NEW, after, _due_words(after) if after.status in OPEN else "")]
    if after.status in CLOSED:
        found.append(_change(_closing(after), after, ""))
    return found


def _of_both(before: _State, after: _State) -> list[Change]:
    was, now = before.status in OPEN, after.status in OPEN
    if was and now:
        details = {
            Kind.SHIFTED: _shift_words(before, after),
            Kind.COMPLETED: _completing_words(before, after),
            Kind.REWORDED: _rewording_words(before, after),
            Kind.STRENGTH: _strength_words(before, after),
        }
        return [_change(kind, after, words) for kind, words in details.items() if words]
    words = _("sebelumnya: %(status)s") % {"status": Status(before.status).label}
    if was:
        known = after if after.wording else before
        return [_change(_closing(after), known, words)]
    return [_change(Kind.REOPENED, after, words)] if now else []


def _closing(state: _State) -> Kind:
    return Kind.DONE if state.status == Status.DONE else Kind.UNMET


def _leaving_words(after: _State | None) -> str:
    if after is None:
        return _("tidak lagi tercakup")
    return _("salah catat") if after.status == Status.VOID else _("digabung dengan komitmen lain")


def _due_words(state: _State) -> str:
    if state.due_on is None:
        return _("tanpa tenggat")
    return _("tenggat %(day)s (%(basis)s)") % {"day": tanggal(state.due_on), "basis": _basis(state)}


def _basis(state: _State) -> str:
    return str(DueBasis(state.due_basis).label)


def _shift_words(before: _State, after: _State) -> str:
    if before.due_on is None or before.due_on == after.due_on:
        return ""
    new = tanggal(after.due_on) if after.due_on else _("tanpa tenggat")
    return _("%(old)s menjadi %(new)s") % {"old": tanggal(before.due_on), "new": new}


def _completing_words(before: _State, after: _State) -> str:
    found = []
    if after.lead and not before.lead:
        found.append(_("penanggung jawab %(name)s") % {"name": after.lead})
    if after.due_on and before.due_on is None:
        found.append(_due_words(after))
    if after.target is not None and before.target is None:
        found.append(_("target %(amount)s") % {"amount": _amount(after)})
    return "; ".join(found)


def _rewording_words(before: _State, after: _State) -> str:
    found = []
    if before.wording and after.wording and before.wording != after.wording:
        found.append(_("sebelumnya “%(words)s”") % {"words": Truncator(before.wording).chars(MOST_LETTERS)})
    if before.lead and before.lead != after.lead:
        new = after.lead or _("belum ada penanggung jawab")
        found.append(_("%(old)s menjadi %(new)s") % {"old": before.lead, "new": new})
    if before.target is not None and (before.target, before.unit) != (after.target, after.unit):
        new = _amount(after) if after.target is not None else _("tanpa target")
        found.append(_("target %(old)s menjadi %(new)s") % {"old": _amount(before), "new": new})
    return "; ".join(found)


def _strength_words(before: _State, after: _State) -> str:
    found = []
    if before.strength != after.strength:
        old, new = Strength(before.strength).label, Strength(after.strength).label
        found.append(_("%(old)s menjadi %(new)s") % {"old": old, "new": new})
    if before.due_on and before.due_on == after.due_on and before.due_basis != after.due_basis:
        words = _("tenggat %(day)s: %(old)s menjadi %(new)s")
        found.append(words % {"day": tanggal(after.due_on), "old": _basis(before), "new": _basis(after)})
    return "; ".join(found)


def _amount(state: _State) -> str:
    return f"{angka(state.target)} {state.unit}".strip()
