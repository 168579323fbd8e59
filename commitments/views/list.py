"""The list of commitments: filters in the address, one sentence that counts, pages of 50."""

import dataclasses
import datetime as dt
from typing import cast

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import right_form
from agencies.policy import allowed
from commitments.forms.search import SearchForm, counted_up_to
from commitments.models import Answer, Commitment, Consent, Contribution, Kind, Strength
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from commitments.words import Mark, amount_words, basis_words, schedule_mark
from config.htmx import page_or_part
from config.paging import NumberedPage, paginate
from config.templatetags.waktu import angka, tanggal_pendek

TABS = (
    ("", gettext_lazy("Semua")),
    ("status=NOT_STARTED&status=RUNNING&status=BLOCKED&status=SUBMITTED", gettext_lazy("Belum selesai")),
    ("tugas=kewajiban", gettext_lazy("Kewajiban kita")),
    ("kondisi=LATE", gettext_lazy("Melewati tenggat")),
    ("tenggat=14", gettext_lazy("Tenggat 14 hari")),
    ("celah=ada", gettext_lazy("Perlu dilengkapi")),
)
FIELDS = ("kondisi", "penanggung_jawab", "wilayah", "kesepakatan", "tenggat", "umur", "celah", "tugas", "urut")
COUNT_LIMIT = 1_000
TITLE_LENGTH = 140  # characters


@dataclasses.dataclass(frozen=True)
class Row:
    """A commitment in the words of its row, so that the template, drawn fifty times a page, only places them."""

    commitment: Commitment
    code: str  # with what is special about it
    url: str
    title: str
    gaps: str
    lead: str  # short name
    strength: str
    mark: Mark | None
    due: str
    basis: str
    amount: str
    is_late: bool
    lacks_lead: bool  # and needs one
    lacks_date: bool


@needs("commitment.list")
def listing(request: HttpRequest) -> HttpResponse:
    """Fetch what the person may see, narrow it, cut a page, answer with the page or its table."""
    signed, at = cast(SignedInRequest, request), timezone.now()
    visible = Commitment.objects.visible_to(signed.user)
    form = SearchForm(request.GET, visible=visible, user=signed.user, at=at)
    page = paginate(request, with_words(form.filter(visible), signed.user), most=COUNT_LIMIT)
    context = {
        "search": form,
        "fields": [form[name] for name in FIELDS],
        "may_log": bool(allowed(signed.user, "meeting.log")),
        "page": page,
        "rows": [row_of(commitment, signed.user, at=at) for commitment in page],
        "sentence": _count_sentence(form, page, visible),
        "tabs": [(f"?{query}" if query else "?", label, request.GET.urlencode() == query) for query, label in TABS],
    }
    return page_or_part(request, "commitments/list.html", "rows", context)


@needs("commitment.list")
def tidy_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead ``k-2026-14`` to ``K-2026-014``; whether it exists is said there."""
    return redirect("commitments:detail", code=right_form(code), permanent=True)


def with_words(rows: CommitmentQuerySet, user: User) -> CommitmentQuerySet:
    """Rows with all their row says, at constant cost."""
    consents = Consent.objects.filter(
        terms__commitment=OuterRef("pk"), terms__n=OuterRef("terms_n"), agency=OuterRef("lead"), answer=Answer.AGREED
    )
    own_parts = Contribution.objects.filter(commitment=OuterRef("pk"), agency__in=user.rights.own)
    return rows.select_related("lead", "host_agency").annotate(
        lead_strength=Subquery(consents.order_by("strength").values("strength")[:1]),  # CONFIRMED comes first
        is_own_part=Exists(own_parts),
        has_clause=Exists(Commitment.clauses.through.objects.filter(commitment=OuterRef("pk"))),
    )


def row_of(commitment: Commitment, user: User, *, at: dt.datetime) -> Row:
    """A row in words; who is only a party sees wording, owner, date and status."""
    is_full, lead, mark = _sees_all(commitment, user), commitment.lead, schedule_mark(commitment, at=at)
    is_open = commitment.is_open
    return Row(
        commitment,
        code=_code_words(commitment),
        url=commitment.get_absolute_url(),
        title=Truncator(commitment.wording).chars(TITLE_LENGTH),
        gaps=_gaps(commitment) if is_full and is_open else "",
        lead=lead.short_name if lead else "",
        strength=_strength_words(commitment) if is_full and lead else "",
        mark=mark,
        due=tanggal_pendek(commitment.due_on),
        basis=basis_words(commitment),
        amount=amount_words(commitment) if is_full else "",
        is_late=mark is not None and mark.kind == "late",
        lacks_lead=lead is None and (is_open or commitment.status == Status.DRAFT),
        lacks_date=commitment.due_on is None and is_open,
    )


def _code_words(commitment: Commitment) -> str:
    """``K-2026-014 · penting · rencana``."""
    words = [commitment.code]
    if commitment.is_important:
        words.append(_("penting"))
    if commitment.kind != Kind.AGREED:
        words.append(str(Kind(commitment.kind).label))
    if commitment.is_example:
        words.append(_("DATA CONTOH"))
    return " · ".join(words)


def _strength_words(commitment: Commitment) -> str:
    return str(Strength(getattr(commitment, "lead_strength", None) or Strength.RECORDED).label)


def _sees_all(commitment: Commitment, user: User) -> bool:
    rights = user.rights
    return (
        bool({commitment.host_agency_id, commitment.lead_id} & rights.own)
        or commitment.lead_id is None
        or commitment.agreement_id in rights.audited_agreements
        or bool(getattr(commitment, "is_own_part", False))
    )


def _gaps(commitment: Commitment) -> str:
    words = [_("tanpa target")] if commitment.target is None else []
    if not getattr(commitment, "has_clause", True):
        words.append(_("belum dikaitkan dengan ruang lingkup"))
    return ", ".join(words)


def _count_sentence(form: SearchForm, page: NumberedPage, visible: CommitmentQuerySet) -> str:
    """``12 dari 37 komitmen, urut tenggat terdekat``; a very large whole is not counted to its end."""
    order = form.order_words
    if not form.is_narrowed:
        words = ngettext("%(n)s komitmen, urut %(order)s", "%(n)s komitmen, urut %(order)s", page.total)
        return words % {"n": page.total_words, "order": order}
    whole = counted_up_to(visible, COUNT_LIMIT)
    total = angka(whole) if whole <= COUNT_LIMIT else _("lebih dari %(n)s") % {"n": angka(COUNT_LIMIT)}
    return _("%(n)s dari %(total)s komitmen, urut %(order)s") % {
        "n": page.total_words,
        "total": total,
        "order": order,
    }
