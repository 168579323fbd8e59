"""Every list as a table: the rows that its page shows to this person under the same filters, in the same order."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import directory
from agencies.models import Agreement, User
from agencies.policy import permit
from commitments.export import COLUMNS, commitment_rows
from commitments.forms.search import SearchForm
from commitments.models import Commitment, DueBasis
from commitments.queues import awaiting_decision
from commitments.status import Condition
from config.downloads import Column, Table, Value
from config.workdays import day_of
from meetings.forms import MeetingSearch
from meetings.lines import LineCount, line_counts
from meetings.models import Meeting
from reports.board.changed import question_of, seen
from reports.board.of_agreement import ScopeItem, scope_tree

Row = tuple[Value, ...]
EXAMPLE = gettext_lazy("DATA CONTOH: bukan data resmi")
_CHUNK = 500
_NAME = 80  # letters of the filters in the name of a file


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be given out. ``found`` is counted, ``rows`` are read once; ``is_example`` marks the whole file.

    ``filters``: what was asked of it, in the words of its page; ``ignored``: what was not understood.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    found: QuerySet[Any] | Sequence[Any]
    rows: Callable[[], Iterator[Row]]
    is_example: bool
    filters: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def is_longer_than(self, most: int) -> bool:
        """Whether there are more rows than ``most``; never counts further."""
        if isinstance(self.found, QuerySet):
            return self.found.order_by()[: most + 1].count() > most
        return len(self.found) > most

    def count(self) -> int:
        """How many rows there are."""
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)

    def table(self) -> Table:
        """The rows as they are given out, each read once; example data says so above the head."""
        notes = (str(EXAMPLE),) if self.is_example else ()
        return Table(self.title, self.columns, self.rows(), notes)

    @property
    def told(self) -> tuple[str, ...]:
        """What a reader must know of the filters, line by line; empty for the whole list."""
        return (*self.filters, *self.ignored)

    def told_table(self) -> list[Table]:
        """A second sheet that names the filters, so that the first stays rows alone; none for the whole list."""
        words = _("Filter yang dipakai")
        return [Table(words, (Column(words, 90),), [(line,) for line in self.told])] if self.told else []

    def name_on(self, day: dt.date) -> str:
        """The name of a file that holds rows alone: list, day, and the filters as far as a name can say them."""
        words = slugify(" ".join(self.filters))[:_NAME].strip("-")
        return "-".join([self.name, f"{day:%Y-%m-%d}", *([words] if words else [])])


@dataclass(frozen=True, slots=True)
class Kind:
    """A list by its name in the address: what one must be allowed to do to see it, and how it is made."""

    action: str
    label: Any
    build: Callable[[User, QueryDict, dt.datetime], Listing]


def _commitments(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    visible = Commitment.objects.visible_to(user)
    form = SearchForm(query, user=user, at=at)
    found = form.filter(visible)
    return Listing(
        "komitmen", _("Komitmen"), COLUMNS, found, lambda: commitment_rows(found, user), _has_example(found),
        tuple(chip.words for chip in form.chips()), tuple(form.ignored),
    )  # fmt: skip


def _meetings(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    del at
    visible = Meeting.objects.visible_to(user).standing_apart()
    form = MeetingSearch(query, meetings=visible, keepers=user.rights.own)
    found = form.filter(visible)
    columns = (
        Column(_("Kode"), 14), Column(_("Tanggal"), 14), Column(_("Jenis"), 22), Column(_("Pengelola"), 24),
        Column(_("Instansi mitra"), 28), Column(_("Tempat"), 28), Column(_("Kesepakatan"), 16),
        Column(_("Komitmen"), 12), Column(_("Keadaan"), 20),
    )  # fmt: skip
    return Listing(
        "pertemuan", _("Pertemuan"), columns, found, lambda: _meeting_rows(found, user), _has_example(found),
        tuple(form.words), tuple(filter(None, [form.ignored])),
    )  # fmt: skip


def _meeting_rows(found: QuerySet[Meeting], user: User) -> Iterator[Row]:
    rows = found.select_related("host_agency", "counterpart", "agreement")
    for chunk in _chunks(rows):
        counts = line_counts(chunk, user)
        for meeting in chunk:
            yield (
                meeting.code,
                meeting.held_on,
                str(meeting.get_kind_display()),
                meeting.host_agency.short_name,
                meeting.counterpart.short_name if meeting.counterpart else "",
                meeting.place,
                meeting.agreement.code if meeting.agreement else "",
                counts.get(meeting.pk, LineCount()).all,
                _state_of(meeting),
            )


def _state_of(meeting: Meeting) -> str:
    """As the page says it: not held yet, a draft, or made known."""
    if meeting.status != "HELD":
        return str(meeting.get_status_display())
    return _("disampaikan") if meeting.is_shared else _("draf")


def _agreements(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    del query, at
    found = Agreement.objects.visible_to(user).order_by("-signed_on", "code")
    columns = (
        Column(_("Kode"), 16), Column(_("Jenis"), 22), Column(_("Judul resmi"), 50), Column(_("Tanggal"), 14),
        Column(_("Berlaku dari"), 14), Column(_("Berlaku sampai"), 14), Column(_("Para pihak"), 40),
        Column(_("Dicatat oleh"), 24), Column(_("Ruang lingkup"), 14),
    )  # fmt: skip
    return Listing("kesepakatan", _("Kesepakatan"), columns, found, lambda: _agreement_rows(found), _has_example(found))


def _agreement_rows(found: QuerySet[Agreement]) -> Iterator[Row]:
    rows = found.annotate(items=Count("clauses", distinct=True)).select_related("host_agency")
    for agreement in rows.prefetch_related("parties__agency").iterator(chunk_size=_CHUNK):
        yield (
            agreement.code,
            str(agreement.get_kind_display()),
            agreement.title,
            agreement.signed_on,
            agreement.starts_on,
            agreement.ends_on,
            "; ".join(party.agency.short_name for party in agreement.parties.all()),
            agreement.host_agency.short_name,
            agreement.items,
        )


def _scope(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    """The commitments of one agreement (``?kode=``) under its scope items, each item with what it has or lacks."""
    agreement = get_object_or_404(Agreement.objects.visible_to(user), code=query.get("kode", "").replace("\0", ""))
    permit(user, "agreement.read", agreement)
    tree = scope_tree(agreement, user, at=at)
    found = [*_under(tree.items), *((_("Belum dikaitkan dengan ruang lingkup"), row) for row in tree.unlinked)]
    columns = (
        Column(_("Ruang lingkup"), 44), Column(_("Kode"), 14), Column(_("Komitmen"), 60),
        Column(_("Penanggung jawab"), 28), Column(_("Tenggat"), 14), Column(_("Sifat tenggat"), 14),
        Column(_("Keadaan"), 22),
    )  # fmt: skip
    title = _("Komitmen %(code)s") % {"code": agreement.code}
    is_example = agreement.is_example or any(row.is_example for _words, row in found if row)
    filters = (_("Kesepakatan: %(code)s") % {"code": agreement.code},)
    return Listing(f"komitmen-{agreement.code}", title, columns, found, lambda: _scope_rows(found), is_example, filters)


def _under(items: Sequence[ScopeItem]) -> Iterator[tuple[str, Any]]:
    """Each scope item in words with its commitments, one by one; None for an item without any."""
    for item in items:
        words = f"{item.clause.number}. {item.clause.text}"
        yield from ((words, row) for row in item.rows or (None,))
        yield from _under(item.items)


def _scope_rows(found: Sequence[tuple[str, Any]]) -> Iterator[Row]:
    bases = dict(DueBasis.choices)
    for words, row in found:
        if row is None:
            yield words, "", _("belum ada komitmen"), "", None, "", ""
            continue
        lead = row.lead.short_name if row.lead else ""
        basis = str(bases.get(row.due_basis, ""))
        yield words, row.code, row.wording, lead, row.due_on, basis, str(Condition(row.condition).label)


def _agencies(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    del user  # the directory is the same for everybody who is signed in
    words = query.get("q", "").replace("\0", "").strip()[:100]
    found = directory.tree(on=day_of(at), query=words)
    columns = (
        Column(_("Kode"), 18), Column(_("Nama"), 50), Column(_("Nama singkat"), 28), Column(_("Jenis"), 22),
        Column(_("Instansi induk"), 28), Column(_("Wilayah"), 22), Column(_("Keikutsertaan"), 18),
    )  # fmt: skip
    is_example = any(row.agency.is_example for row in found)
    filters = (f"{_('Cari')}: {words}",) if words else ()
    return Listing("instansi", _("Instansi"), columns, found, lambda: _agency_rows(found), is_example, filters)


def _agency_rows(found: Sequence[directory.TreeRow]) -> Iterator[Row]:
    for row in found:
        agency = row.agency
        yield (
            agency.code,
            agency.name,
            agency.short_name,
            str(agency.get_kind_display()),
            agency.parent.short_name if agency.parent else "",
            agency.region,
            _participation(row),
        )


def _participation(row: directory.TreeRow) -> str:
    """As the page says it."""
    if not row.agency.is_active:
        return _("Tidak aktif")
    return _("Akun") if row.has_accounts else _("Dicatatkan")


def _claims(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    del query
    found = awaiting_decision(Commitment.objects.visible_to(user), user).order_by("submitted_at", "code")
    columns = (
        Column(_("Kode"), 14), Column(_("Komitmen"), 60), Column(_("Penanggung jawab"), 28),
        Column(_("Dilaporkan selesai"), 18), Column(_("Menunggu (hari)"), 16),
    )  # fmt: skip
    return Listing("verifikasi", _("Verifikasi"), columns, found, lambda: _claim_rows(found, at), _has_example(found))


def _claim_rows(found: QuerySet[Commitment], at: dt.datetime) -> Iterator[Row]:
    for row in found.select_related("lead").iterator(chunk_size=_CHUNK):
        since = day_of(row.submitted_at) if row.submitted_at else None
        lead = row.lead.short_name if row.lead else ""
        yield row.code, row.wording, lead, since, (day_of(at) - since).days if since else None


def _changes(user: User, query: QueryDict, at: dt.datetime) -> Listing:
    question = question_of(query, user, at=at)
    if question.agreement is None or not question.form.is_valid():
        raise Http404
    told = seen(question.agreement, question.form, user).changes
    found = [(group.label, one.code, one.wording, one.words) for group in told.groups for one in group.changes]
    columns = (
        Column(_("Perubahan"), 28), Column(_("Kode"), 14), Column(_("Komitmen"), 60), Column(_("Keterangan"), 50),
    )  # fmt: skip
    is_example, ends = question.agreement.is_example, {"since": told.since_words, "until": told.until_words}
    filters = (
        _("Kesepakatan: %(code)s") % {"code": question.agreement.code},
        _("Dari %(since)s sampai %(until)s") % ends,
    )
    return Listing("perubahan", _("Yang berubah"), columns, found, lambda: iter(found), is_example, filters)


def _has_example(found: QuerySet[Any]) -> bool:
    return bool(found.order_by().filter(is_example=True).exists())


def _chunks(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The rows in lists of a few hundred, so that what belongs to them is asked for together."""
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


KINDS: dict[str, Kind] = {
    "komitmen": Kind("commitment.list", gettext_lazy("Komitmen"), _commitments),
    "pertemuan": Kind("meeting.list", gettext_lazy("Pertemuan"), _meetings),
    "kesepakatan": Kind("agreement.list", gettext_lazy("Kesepakatan"), _agreements),
    "ruang-lingkup": Kind("agreement.list", gettext_lazy("Komitmen per ruang lingkup"), _scope),
    "instansi": Kind("agency.read", gettext_lazy("Instansi"), _agencies),
    "perubahan": Kind("dashboard", gettext_lazy("Yang berubah"), _changes),
    "verifikasi": Kind("commitment.verify", gettext_lazy("Verifikasi"), _claims),
}
