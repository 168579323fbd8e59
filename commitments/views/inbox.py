"""*Pemberitahuan*: what a person was told, and the texts an officer sends by hand."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Channel, Delivery, DeliveryState, Role, User
from agencies.models.delivery import DeliveryQuerySet
from agencies.phones import whatsapp_link, whatsapp_number
from commitments.actions import notices
from commitments.forms.fields import storable
from config.htmx import go
from config.paging import paginate

REASON_LONGEST = 300


@dataclass(frozen=True)
class Card:
    """One text that lies ready, with the address that opens WhatsApp."""

    message: Delivery
    address: str
    has_number: bool


@require_safe
@needs("reminder.inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """Own notices, and for officers the texts that lie ready."""
    user = cast(SignedInRequest, request).user
    own = Delivery.objects.notices_of(user)
    page = {
        "cards": [card_of(message) for message in _by_hand(user).to_send_by_hand(_desks(user))],
        "page": paginate(request, own),
        "unread": own.filter(read_at=None).count(),
    }
    return render(request, "commitments/inbox.html", page)


@require_POST
@needs("reminder.inbox")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every own notice as read."""
    notices.mark_read(cast(SignedInRequest, request).user, at=timezone.now())
    return go(request, "commitments:inbox")


@require_POST
@needs("reminder.send_by_hand")
def sent_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """*Sudah saya kirim*: write the ledger; the second click finds it written."""
    user = cast(SignedInRequest, request).user
    message = get_object_or_404(_by_hand(user), pk=pk)
    message = notices.mark_sent_by_hand(message, by=user, at=timezone.now())
    if message.state == DeliveryState.SENT:
        messages.success(request, _("Pesan dicatat sudah dikirim."))
    else:
        messages.warning(request, _("Pesan ini sudah ditarik: komitmennya berubah. Tidak ada yang dicatat."))
    return go(request, "commitments:inbox")


@require_POST
@needs("reminder.send_by_hand")
def drop_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """*Tidak jadi dikirim*: drop the text, with a reason if one was typed."""
    user = cast(SignedInRequest, request).user
    message = get_object_or_404(_by_hand(user), pk=pk)
    reason = storable(request.POST.get("alasan", "")).strip()[:REASON_LONGEST]
    message = notices.drop_by_hand(message, by=user, at=timezone.now(), reason=reason)
    if message.state == DeliveryState.CANCELLED:
        messages.success(request, _("Pesan tidak jadi dikirim."))
    return go(request, "commitments:inbox")


def card_of(message: Delivery) -> Card:
    """A text with the address that opens it in WhatsApp; without a usable number the officer picks whom to send to."""
    number = ""
    if message.contact is not None:
        try:
            number = whatsapp_number(message.contact.whatsapp)
        except ValueError:
            number = ""
    return Card(message, whatsapp_link(message.body, number), bool(number))


def _desks(user: User) -> frozenset[int]:
    """Agencies for which the person is an officer; contacts are seen by nobody else."""
    return user.rights.by_role[Role.OFFICER]


def _by_hand(user: User) -> DeliveryQuerySet:
    """Texts of the person's own desk, whatever became of them."""
    rows = Delivery.objects.filter(channel=Channel.WHATSAPP_MANUAL, handled_by__in=_desks(user))
    return rows.select_related("contact__agency", "handled_by")
