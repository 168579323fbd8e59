"""*Lembar instansi*: two pages about what an agency leads and supports, of what the reader may see."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency, User
from commitments.models import Answer, Commitment, Consent, Strength
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Condition
from commitments.words import Mark, schedule_mark
from config.qr import qr_address
from meetings.models import Meeting, MeetingStatus
from reports.board.overview import Overview, overview
from reports.papers.frame import Issuer, Paper, print_paper
from reports.printing.charts import MARKS, bar_svg, mark_svg
from reports.printing.pdf import Rendered, data_uri

LED, SUPPORTED = 12, 6
"""Rows that fit on two pages, however long their words are."""


@dataclass(frozen=True)
class SheetLine:
    """One commitment: its condition, what is to be said of its date, and how firmly the agency stands by it."""

    commitment: Commitment
    condition: Condition
    mark: Mark | None
    strength: str


class AgencySheet:
    """The facts of one sheet; every number is of rows that ``user`` may see, as of ``at``."""

    def __init__(self, agency: Agency, user: User, *, at: dt.datetime) -> None:
        self.agency, self.user, self.at = agency, user, at

    @cached_property
    def figures(self) -> Overview:
        """What the agency leads, counted as on the dashboard."""
        return overview(self._led, own=frozenset(), at=self.at)

    @cached_property
    def by_condition(self) -> dict[str, int]:
        """The same numbers for the bar."""
        cells = {cell.condition: cell.number.count for cell in self.figures.totals.cells}
        return {str(condition): count for condition, count in cells.items()} | {Condition.LATE: self.figures.late.count}

    @cached_property
    def confirmed(self) -> int:
        """How many of those it leads the agency itself confirmed."""
        return sum(strength == Strength.CONFIRMED for strength in self._strengths.values())

    @cached_property
    def led(self) -> list[SheetLine]:
        """The first :data:`LED`: what is past its date first, then by date."""
        return self._lines(self._led, most=LED)

    @cached_property
    def supported(self) -> list[SheetLine]:
        """The first :data:`SUPPORTED` in the same order."""
        return self._lines(self._supported, most=SUPPORTED)

    @cached_property
    def supported_total(self) -> int:
        """How many it supports."""
        return self._supported.count()

    @cached_property
    def meetings(self) -> int:
        """Meetings held at which it was present, of those the reader may see."""
        held = Meeting.objects.visible_to(self.user).filter(status=MeetingStatus.HELD, attendance__agency=self.agency)
        return held.distinct().count()

    @property
    def more_led(self) -> int:
        """Rows that found no room."""
        return self.figures.totals.total.count - len(self.led)

    @property
    def more_supported(self) -> int:
        """Rows that found no room."""
        return self.supported_total - len(self.supported)

    @property
    def is_example(self) -> bool:
        """Whether anything on it was made up to show how it works."""
        lines = (*self.led, *self.supported)
        return self.agency.is_example or self.figures.is_example or any(one.commitment.is_example for one in lines)

    @cached_property
    def _led(self) -> CommitmentQuerySet:
        return Commitment.objects.visible_to(self.user).counted().filter(lead=self.agency)

    @cached_property
    def _supported(self) -> CommitmentQuerySet:
        seen = Commitment.objects.visible_to(self.user).counted().filter(contributions__agency=self.agency)
        return seen.exclude(lead=self.agency).distinct()

    @cached_property
    def _strengths(self) -> dict[int, Strength]:
        """By primary key of what it leads: how firmly it stands by the present version; one query."""
        answers = Consent.objects.filter(
            terms__commitment__in=self._led, terms__n=F("terms__commitment__terms_n"), agency=self.agency
        ).order_by("pk")
        given: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for pk, answer, strength in answers.values_list("terms__commitment_id", "answer", "strength"):
            given[pk].append((answer, strength))
        return {pk: _strength(said) for pk, said in given.items()}

    def _lines(self, rows: CommitmentQuerySet, *, most: int) -> list[SheetLine]:
        late = rows.overdue(at=self.at)
        rest = rows.exclude(pk__in=late.values("pk")).order_by(F("due_on").asc(nulls_last=True), "code")
        found = list(late.with_row_data().order_by("due_on", "code")[:most])
        return [self._line(one) for one in [*found, *rest.with_row_data()[: most - len(found)]]]

    def _line(self, commitment: Commitment) -> SheetLine:
        strength = self._strengths.get(commitment.pk, Strength.RECORDED)
        return SheetLine(
            commitment,
            commitment.condition(at=self.at),
            schedule_mark(commitment, at=self.at),
            str(strength.label) if commitment.lead_id == self.agency.pk else "",
        )


def print_sheet(sheet: AgencySheet) -> Rendered:
    """The PDF. Raises :class:`reports.printing.pdf.RenderFailed` with a sentence."""
    with override(settings.LANGUAGE_CODE):
        issuer = sheet.user.rights.main_agency or sheet.agency
        confirmed = _("%(n)d dari %(m)d komitmen dikonfirmasi instansi ini") % {
            "n": sheet.confirmed,
            "m": sheet.figures.totals.total.count,
        }
        paper = Paper(
            title=_("Lembar instansi: %(name)s") % {"name": sheet.agency.short_name},
            issuer=Issuer.of(issuer),
            standing=f"{confirmed} · {_('Belum ditandatangani')}",
            is_example=sheet.is_example,
        )
        address = f"{settings.SITE_URL}{sheet.agency.get_absolute_url()}"
        content = {
            "sheet": sheet,
            "bar": data_uri(bar_svg(sheet.by_condition), "image/svg+xml"),
            "shown": [
                (Condition(one), count)
                for one in MARKS
                if one != Condition.DRAFT and (count := sheet.by_condition.get(one, 0))
            ],
            "marks": {str(one): data_uri(mark_svg(name), "image/svg+xml") for one, name in MARKS.items()},
            "address": address,
            "qr": qr_address(address),
        }
        return print_paper("papers/agency_sheet.html", paper, content, at=sheet.at)


def _strength(said: Iterable[tuple[str, str]]) -> Strength:
    """The strongest yes, unless the last word was something else."""
    answers = list(said)
    if answers[-1][0] != Answer.AGREED:
        return Strength.RECORDED
    given = {strength for answer, strength in answers if answer == Answer.AGREED}
    return Strength.CONFIRMED if Strength.CONFIRMED in given else Strength.IN_MEETING
