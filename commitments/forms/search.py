"""The filter of the list: everything stands in the address; what is not understood is named and left out."""

import dataclasses
import re
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Clause, User
from commitments import queues
from commitments.ages import AGES, aged
from commitments.happened import HAPPENED, by_address, happened_words
from commitments.models import Contribution
from commitments.models.commitment import CommitmentQuerySet
from commitments.seen import seen_values
from commitments.status import Condition, Status
from commitments.stood import THEN, stood, stood_words
from config.forms import Form, choices_of

NONE = "-"
GAPS = {
    "ada": _("perlu dilengkapi"),
    "pemilik": _("tanpa penanggung jawab"),
    "tenggat": _("tanpa tenggat"),
    "target": _("tanpa target"),
    "ruang-lingkup": _("belum dikaitkan dengan ruang lingkup"),
    "terukur": _("bertarget"),
}
DUE = {
    "7": _("tenggat dalam 7 hari"),
    "14": _("tenggat dalam 14 hari"),
    "30": _("tenggat dalam 30 hari"),
    "lewat-usulan": _("melewati tanggal usulan"),
}
TASKS = {
    "kewajiban": (_("kewajiban instansi kita"), queues.owed_by),
    "verifikasi": (_("menunggu keputusan Anda"), queues.awaiting_decision),
    "terkendala": (_("terkendala di instansi kita"), queues.blocked_near),
    "tanggapan": (_("usul perubahan dan keberatan"), queues.answered_otherwise),
    "lengkapi": (_("perlu dilengkapi instansi kita"), queues.to_complete),
}
WRITTEN = {"minggu": stood_words, "peristiwa": happened_words}
LATE_FOR = {age.key: age for age in AGES}
ORDERS: dict[str, tuple[Any, Any]] = {
    "tenggat": (_("tenggat terdekat"), (F("due_on").asc(nulls_last=True), "code")),
    "-tenggat": (_("tenggat terjauh"), (F("due_on").desc(nulls_last=True), "code")),
    "kode": (_("kode"), ("code",)),
    "-kode": (_("kode terbaru"), ("-code",)),
    "perkembangan": (_("perkembangan terbaru"), (F("last_progress_at").desc(nulls_last=True), "code")),
}
MOST_WORDS = 6
_MEETING_CODE = re.compile(r"A-\d{4}-\d{3,}")


@dataclasses.dataclass(frozen=True)
class Chip:
    """One active filter in words, and the address without it."""

    words: str
    query: str


class SearchForm(Form):
    """Filters by the names that stand in the address; choices hold only what the person may see."""

    q = forms.CharField(label=_("Cari kode, kata, atau instansi"), max_length=100, required=False)
    status = forms.MultipleChoiceField(
        label=_("Status"), choices=Status.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kondisi = forms.ChoiceField(label=_("Keadaan"), choices=choices_of(Condition.choices, _("Semua")), required=False)
    penanggung_jawab = forms.ChoiceField(label=_("Penanggung jawab"), required=False)
    kesepakatan = forms.ChoiceField(label=_("Kesepakatan"), required=False)
    tenggat = forms.ChoiceField(label=_("Tenggat"), choices=choices_of(list(DUE.items()), _("Semua")), required=False)
    celah = forms.ChoiceField(
        label=_("Kelengkapan"), choices=choices_of(list(GAPS.items()), _("Semua")), required=False
    )
    tugas = forms.ChoiceField(
        label=_("Tugas"), choices=choices_of([(key, words) for key, (words, _pick) in TASKS.items()], _("Semua")),
        required=False,
    )  # fmt: skip
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    umur = forms.ChoiceField(
        label=_("Terlambat"), choices=choices_of([(age.key, age.label) for age in AGES], _("Semua")), required=False
    )
    urut = forms.ChoiceField(
        label=_("Urut"), choices=[(key, words) for key, (words, _order) in ORDERS.items()], required=False
    )
    ruang_lingkup = forms.CharField(max_length=22, required=False, widget=forms.HiddenInput)
    pertemuan = forms.RegexField(_MEETING_CODE, max_length=24, required=False, widget=forms.HiddenInput)
    pendukung = forms.CharField(label=_("Pendukung"), max_length=24, required=False, widget=forms.HiddenInput)
    minggu = forms.RegexField(THEN, max_length=30, required=False, widget=forms.HiddenInput)
    peristiwa = forms.RegexField(HAPPENED, max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, user: User, at: Any) -> None:
        super().__init__(query)
        self.query, self.user, self.at = query, user, at
        self._offer()
        self.is_valid()
        self.asked: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        unknown = [name for name in self.errors if self.data.get(name)]
        self._errors = ErrorDict()  # nothing is refused here: what is not understood is left out, in words
        self.ignored = [self._ignored(name) for name in unknown]

    def _offer(self) -> None:
        """Offer the leads, their regions and the agreements of visible commitments; one query for all."""
        leads = Agency.objects.filter(pk__in=seen_values("lead", self.user)).order_by()
        pacts = Agreement.objects.filter(pk__in=seen_values("agreement", self.user)).order_by()
        rows = leads.values_list(Value("lead"), "code", "short_name", "region").union(
            pacts.values_list(Value("pact"), "code", "title", Value("")), all=True
        )
        found = sorted(rows, key=lambda row: (row[0], row[2], row[1]))
        agencies = [(code, name) for kind, code, name, _region in found if kind == "lead"]
        agreements = [(code, f"{code} {title}".strip()) for kind, code, title, _region in found if kind == "pact"]
        regions = sorted({region for _kind, _code, _name, region in found if region})
        self._choices("wilayah", [(region, region) for region in regions])
        self._choices("penanggung_jawab", [*agencies, (NONE, _("Belum ada penanggung jawab"))])
        self._choices("kesepakatan", [*agreements, (NONE, _("Tanpa kesepakatan"))])

    def _choices(self, name: str, rows: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices_of(rows, _("Semua"))

    def _ignored(self, name: str) -> str:
        label = self.fields[name].label or name.replace("_", " ")
        return gettext('Filter %(label)s "%(value)s" tidak dikenal dan diabaikan.') % {
            "label": label,
            "value": str(self.data.get(name))[:40],
        }

    def filter(self, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
        """The rows that match, in the asked order. Void and merged ones only when their status is asked for."""
        found = commitments
        if not {"status", "minggu"} & self.asked.keys():
            found = found.exclude(status__in=(Status.VOID, Status.MERGED))
        for name, value in self.asked.items():
            if narrow := getattr(self, f"_by_{name}", None):
                found = narrow(found, value)
        return found.order_by(*ORDERS[self.order][1])

    @property
    def order(self) -> str:
        """Name of the order in use."""
        return str(self.asked.get("urut") or "tenggat")

    @property
    def order_words(self) -> str:
        """The order in words."""
        return str(ORDERS[self.order][0])

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(set(self.asked) - {"urut"})

    def _by_q(self, rows: CommitmentQuerySet, typed: str) -> CommitmentQuerySet:
        for word in typed.split()[:MOST_WORDS]:
            rows = rows.filter(
                Q(code__icontains=word)
                | Q(wording__icontains=word)
                | Q(lead__short_name__icontains=word)
                | Q(lead__code__iexact=word)
            )
        return rows

    def _by_status(self, rows: CommitmentQuerySet, wanted: list[str]) -> CommitmentQuerySet:
        return rows.filter(status__in=wanted)

    def _by_kondisi(self, rows: CommitmentQuerySet, wanted: str) -> CommitmentQuerySet:
        if wanted == Condition.LATE:
            return rows.overdue(at=self.at)
        return rows.filter(status=wanted).exclude(pk__in=rows.overdue(at=self.at).values("pk"))

    def _by_penanggung_jawab(self, rows: CommitmentQuerySet, code: str) -> CommitmentQuerySet:
        return rows.filter(lead__isnull=True) if code == NONE else rows.filter(lead__code=code)

    def _by_kesepakatan(self, rows: CommitmentQuerySet, code: str) -> CommitmentQuerySet:
        return rows.filter(agreement__isnull=True) if code == NONE else rows.filter(agreement__code=code)

    def _by_ruang_lingkup(self, rows: CommitmentQuerySet, number: str) -> CommitmentQuerySet:
        """``3`` is the item itself, ``3*`` the item and those below it, ``3.*`` what stands below it only."""
        if number == NONE:
            return rows.filter(clauses__isnull=True)
        links = rows.model.clauses.through.objects
        own = links.filter(clause__number=number.removesuffix("*").removesuffix(".")).values("commitment")
        if not number.endswith("*"):
            return rows.filter(pk__in=own)
        items = Clause.objects.filter(number=number.removesuffix("*").removesuffix("."))
        if pact := self.asked.get("kesepakatan"):
            items = items.filter(agreement__code=pact)
        whole = rows.filter(pk__in=links.filter(clause__in=_with_all_below(items)).values("commitment"))
        return whole.exclude(pk__in=own) if number.endswith(".*") else whole

    def _by_pertemuan(self, rows: CommitmentQuerySet, code: str) -> CommitmentQuerySet:
        return rows.filter(meeting__code=code)

    def _by_celah(self, rows: CommitmentQuerySet, gap: str) -> CommitmentQuerySet:
        return {
            "ada": rows.with_gap,
            "pemilik": rows.without_owner,
            "tenggat": rows.without_date,
            "target": rows.without_target,
            "ruang-lingkup": rows.without_clause,
            "terukur": rows.with_target,
        }[gap]()

    def _by_tenggat(self, rows: CommitmentQuerySet, span: str) -> CommitmentQuerySet:
        if span == "lewat-usulan":
            return rows.past_proposal(at=self.at)
        return queues.due_within(rows, int(span), at=self.at)

    def _by_tugas(self, rows: CommitmentQuerySet, task: str) -> CommitmentQuerySet:
        _words, pick = TASKS[task]
        return pick(rows, self.user)

    def _by_wilayah(self, rows: CommitmentQuerySet, region: str) -> CommitmentQuerySet:
        return rows.filter(lead__region=region)

    def _by_pendukung(self, rows: CommitmentQuerySet, code: str) -> CommitmentQuerySet:
        return rows.filter(pk__in=Contribution.objects.filter(agency__code=code).values("commitment"))

    def _by_umur(self, rows: CommitmentQuerySet, key: str) -> CommitmentQuerySet:
        return rows.filter(aged(LATE_FOR[key], at=self.at))

    def _by_minggu(self, rows: CommitmentQuerySet, written: str) -> CommitmentQuerySet:
        return stood(rows, written, at=self.at)

    def _by_peristiwa(self, rows: CommitmentQuerySet, written: str) -> CommitmentQuerySet:
        return by_address(rows, written)

    def chips(self) -> list[Chip]:
        """Every active filter with the address that lacks it."""
        found = []
        for name, value in self.asked.items():
            if name == "urut":
                continue
            for one in value if isinstance(value, list) else [value]:
                found.append(Chip(self._words(name, one), self._without(name, one)))
        return found

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        choices = cast("list[tuple[str, Any]]", field.choices) if isinstance(field, forms.ChoiceField) else []
        words = dict(choices).get(value, value)
        labels = {"q": _("Cari"), "ruang_lingkup": _("Ruang lingkup"), "pertemuan": _("Pertemuan")}
        if value == NONE and name == "ruang_lingkup":
            return str(GAPS["ruang-lingkup"]).capitalize()
        if name in WRITTEN:
            return WRITTEN[name](value)
        if name in ("celah", "tenggat", "tugas"):
            return str(words).capitalize()
        return f"{labels.get(name, field.label)}: {words}"

    def _without(self, name: str, value: str) -> str:
        rest = self.query.copy()
        rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
        said = [(key, one) for key, values in rest.lists() for one in values if one and key != "halaman"]
        return f"?{urlencode(said)}"


def _with_all_below(items: QuerySet[Clause]) -> set[int]:
    """Scope items (primary keys) and all that stand under them; a query for each level."""
    found: set[int] = set()
    level = set(items.values_list("pk", flat=True))
    while level:
        found |= level
        level = set(Clause.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
    return found


def counted_up_to(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are, but never counting further than ``most`` + 1."""
    return rows.order_by()[: most + 1].count()
