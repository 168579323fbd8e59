"""Who leads how much, in which class; in the order of names, which ranks nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.status import COUNTED_CONDITIONS, REPORT_CLASS, Condition, ReportClass
from reports.counting.rows import ReportRow


@dataclass(frozen=True, slots=True)
class LeadFigures:
    """The commitments one agency leads; ``code`` and ``name`` are empty for those nobody leads.

    Classes sum to ``total``, and so do conditions.
    """

    code: str
    name: str
    total: int
    late: int
    by_class: dict[ReportClass, int]
    by_condition: dict[Condition, int]
    codes: tuple[str, ...]


def lead_figures(rows: Iterable[ReportRow]) -> tuple[LeadFigures, ...]:
    """Count rows by lead: agencies by name, those nobody leads last."""
    groups: dict[tuple[str, str], list[ReportRow]] = defaultdict(list)
    for row in rows:
        groups[row.lead_code, row.lead_name].append(row)
    ordered = sorted(groups.items(), key=lambda group: (not group[0][0], group[0][1], group[0][0]))
    return tuple(_figures(code, name, led) for (code, name), led in ordered)


def _figures(code: str, name: str, led: list[ReportRow]) -> LeadFigures:
    classes = Counter(REPORT_CLASS[row.status] for row in led)
    conditions = Counter(row.condition for row in led)
    return LeadFigures(
        code=code,
        name=name,
        total=len(led),
        late=conditions[Condition.LATE],
        by_class={one: classes[one] for one in ReportClass},
        by_condition={one: conditions[one] for one in COUNTED_CONDITIONS},
        codes=tuple(row.code for row in led),
    )
