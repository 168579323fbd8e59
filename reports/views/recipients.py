"""Addresses without an account that get issued reports: kept by the issuer, stopped by either side."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import SignedInRequest, needs, public
from agencies.models import Delivery
from agencies.views.answering import answer
from agencies.views.posted import typed
from config.htmx import go
from config.paging import evaluated, paginate
from reports.forms.recipient import RecipientForm
from reports.issuing import mailing
from reports.models import ReportRecipient


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.recipients")
def recipients(request: HttpRequest) -> HttpResponse:
    """The addresses of one's own agency with what went out last, and the form that adds one."""
    signed = cast("SignedInRequest", request)
    issuer = signed.user.rights.main_agency
    assert issuer is not None  # who has no agency is signed out by the middleware
    form = RecipientForm(typed(request), user=signed.user, issuer=issuer)

    def act() -> str:
        said = {name: form.cleaned_data[name] for name in ("post_text", "address", "agreement", "audience", "cadence")}
        mailing.add_recipient(issuer=issuer, by=signed.user, at=timezone.now(), **said)
        messages.success(request, _("Penerima tersimpan. Laporan yang terbit sesudah ini dikirim ke alamat itu."))
        return request.path

    rows = ReportRecipient.objects.visible_to(signed.user).select_related("agreement", "issuer")
    page = paginate(request, rows.order_by("stopped_at", "agreement", "post_text", "pk"))
    last = _last_messages(list(page.object_list))
    page = evaluated(page, [(row, last.get(row.pk)) for row in page.object_list])
    return answer(signed, "reports/recipients.html", {"form": form, "page": page, "issuer": issuer}, form, act)


@require_POST
@needs("report.recipients")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing more to an address."""
    user = cast("SignedInRequest", request).user
    recipient = get_object_or_404(ReportRecipient.objects.visible_to(user), pk=pk)
    mailing.stop(recipient, by=user, at=timezone.now())
    messages.success(request, _("Pengiriman kepada %(post)s dihentikan.") % {"post": recipient.post_text})
    return go(request, "reports:recipients")


@require_http_methods(["GET", "HEAD", "POST"])
@public
def stop_as_reader(request: HttpRequest, token: str) -> HttpResponse:
    """The reader's own way to stop: opening the link only asks, the button stops."""
    recipient = get_object_or_404(ReportRecipient.objects.select_related("agreement", "issuer"), token=token)
    if request.method == "POST":
        mailing.stop(recipient, by=None, at=timezone.now())
        recipient.refresh_from_db()
    return render(request, "reports/recipient_stop.html", {"recipient": recipient})


def _last_messages(rows: list[ReportRecipient]) -> dict[int, Delivery]:
    """The newest message of each address (by its primary key); one query."""
    ends = {f":{row.pk}": row.pk for row in rows}
    found: dict[int, Delivery] = {}
    sent = Delivery.objects.filter(key__startswith=mailing.PREFIX, address__in=[row.address for row in rows])
    for delivery in sent.order_by("pk"):
        if (pk := ends.get(delivery.key[delivery.key.rfind(":") :])) is not None:
            found[pk] = delivery
    return found
