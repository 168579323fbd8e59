"""The list of commitments: filters in the address, one sentence that counts, pages of 50."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.access import SignedInRequest, needs
from agencies.numbering import right_form
from agencies.policy import allowed
from commitments.forms.search import SearchForm, counted_up_to
from commitments.models import Commitment
from commitments.models.commitment import CommitmentQuerySet
from commitments.rows import row_of, with_words
from config.htmx import page_or_part
from config.paging import NumberedPage, paginate
from config.templatetags.waktu import angka

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


@needs("commitment.list")
def listing(request: HttpRequest) -> HttpResponse:
    """Fetch what the person may see, narrow it, cut a page, answer with the page or its table."""
    signed, at = cast(SignedInRequest, request), timezone.now()
    visible = Commitment.objects.visible_to(signed.user)
    form = SearchForm(request.GET, user=signed.user, at=at)
    shown = with_words(Commitment.objects.all(), signed.user)  # of the rows found among the visible ones
    page = paginate(request, form.filter(visible), most=COUNT_LIMIT, shown=shown)
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
