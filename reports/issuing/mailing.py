"""Issued reports by mail to addresses without an account: the stored PDF, byte for byte, once to each.

What is due is told by the dates and by which messages exist, never by ticks of a clock, so that a missed sweep or
two sweeps at once do no harm. Each message is checked once more before it leaves: a report that was withdrawn or
replaced, or an address that stopped, gets nothing; a file that is not what was issued is never sent.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import outbox
from agencies.audit import record
from agencies.models import Agency, Agreement, Delivery, User
from agencies.numbering import refused_when_taken
from agencies.policy import allowed, require
from commitments.reminders import working_calendar
from config.mail import plain_text
from config.workdays import WIB, Calendar, day_of
from reports.models import Audience, Cadence, Report, ReportRecipient, ReportStatus

PREFIX = outbox.ENCLOSING


@transaction.atomic
def add_recipient(
    *,
    issuer: Agency,
    agreement: Agreement,
    post_text: str,
    address: str,
    audience: Audience,
    cadence: Cadence,
    by: User,
    at: dt.datetime,
) -> ReportRecipient:
    """Let an address get the reports that its issuer publishes from now on. Raises Refusal (403; 409 when it does)."""
    recipient = ReportRecipient(
        issuer=issuer, agreement=agreement, post_text=post_text, address=address, audience=audience, cadence=cadence,
        token=secrets.token_urlsafe(32), added_by=by, added_at=at,
    )  # fmt: skip
    require(allowed(by, "report.recipients", recipient))
    with refused_when_taken(_("Alamat ini sudah menerima laporan kesepakatan itu.")):
        recipient.save()
    after = {"agreement": agreement.code, "issuer": issuer.code, "audience": audience, "cadence": cadence}
    record("report.recipient_added", on=recipient, by=by, at=at, after=after, texts={"address": address})
    return recipient


@transaction.atomic
def stop(recipient: ReportRecipient, *, by: User | None, at: dt.datetime) -> None:
    """Send nothing more to an address; ``by`` is None when its reader asked. The second click changes nothing."""
    held = ReportRecipient.objects.select_for_update().get(pk=recipient.pk)
    if by is not None:
        require(allowed(by, "report.recipients", held))
    if held.stopped_at is not None:
        return
    held.stopped_at = at
    held.save(update_fields=["stopped_at"])
    record("report.recipient_stopped", on=held, by=by, at=at, after={"by_reader": by is None})


def sweep(at: dt.datetime) -> outbox.DeliveryCount:
    """Plan what is due and send what waits; safe to run many times and at once."""
    plan(at)
    return outbox.deliver(at, ledger=ReportLedger(), prefix=PREFIX, enclosures=issued_file)


def plan(at: dt.datetime) -> int:
    """Make a message for every report that is due to an address and has none yet; returns how many were made."""
    calendar, made = working_calendar(), 0
    recipients = ReportRecipient.objects.active().select_related("issuer", "agreement").order_by("pk")
    for recipient in recipients:
        for report in due_reports(recipient, at=at, calendar=calendar):
            made += _put(report, recipient, at=at)
    return made


def due_reports(recipient: ReportRecipient, *, at: dt.datetime, calendar: Calendar) -> list[Report]:
    """Reports issued since the address was added that still stand, have its version, and whose day has come."""
    issued = Report.objects.filter(
        issuer=recipient.issuer_id,
        agreement=recipient.agreement_id,
        audience=recipient.audience,
        status=ReportStatus.PUBLISHED,
        replaced_by=None,
        is_example=False,
        published_at__gt=recipient.added_at,
        published_at__lte=_due_until(Cadence(recipient.cadence), at, calendar),
    )
    known = _known_keys(issued, recipient)
    return [report for report in issued.order_by("published_at", "pk") if _key(report, recipient) not in known]


class ReportLedger:
    """Keeps the trail in step with the outbox, and asks at the last moment whether a message is still wanted."""

    def is_wanted(self, delivery: Delivery, *, at: dt.datetime) -> bool:
        """Whether the report still stands and its reader still wants it."""
        del at
        report, recipient = _of(delivery)
        wants = recipient.stopped_at is None and recipient.address == delivery.address
        return wants and report.is_current and not report.is_example

    def sent(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """Write down that it went out."""
        report, recipient = _of(delivery)
        record("report.sent", on=report, by=None, at=at, after={"recipient": recipient.pk, "pdf": report.pdf_sha256})

    def failed(self, delivery: Delivery, *, at: dt.datetime) -> None:
        """Tell who added the address."""
        report, recipient = _of(delivery)
        with override(settings.LANGUAGE_CODE):
            subject = _("Laporan %(code)s tidak terkirim kepada %(post)s") % {
                "code": report.code,
                "post": recipient.post_text,
            }
        key, path = f"{delivery.key}:gagal", reverse("reports:recipients")
        outbox.post_notice(key=key, user=recipient.added_by, subject=subject, path=path, at=at)


def issued_file(delivery: Delivery) -> bytes:
    """The stored PDF of a message, if it is the very file that was issued. Raises outbox.Unsendable."""
    report, _recipient = _of(delivery)
    try:
        with default_storage.open(delivery.attachment) as file:
            content: bytes = file.read()
    except OSError as error:
        raise outbox.Unsendable(_("Berkas PDF laporan %(code)s tidak ditemukan.") % {"code": report.code}) from error
    if hashlib.sha256(content).hexdigest() != report.pdf_sha256:
        words = _("Berkas PDF laporan %(code)s tidak cocok dengan sidik jarinya, jadi tidak dikirim.")
        raise outbox.Unsendable(words % {"code": report.code})
    return content


@transaction.atomic
def _put(report: Report, recipient: ReportRecipient, *, at: dt.datetime) -> bool:
    """Put the message into the outbox unless the address stopped meanwhile."""
    held = ReportRecipient.objects.select_for_update().active().filter(pk=recipient.pk)
    if not held.exists():
        return False
    snapshot = json.loads(report.snapshot)
    with override(settings.LANGUAGE_CODE):
        words = {
            "report": report,
            "recipient": recipient,
            "sentence": snapshot["sentence"],
            "check_url": snapshot["check_url"],
            "stop_url": settings.SITE_URL + reverse("reports:recipient_stop_reader", args=[recipient.token]),
            "is_internal": report.audience == Audience.INTERNAL,
        }
        subject = _("Laporan Kemajuan %(agreement)s, %(period)s (%(code)s)") % {
            "agreement": report.agreement.code,
            "period": report.period_label,
            "code": report.code,
        }
        body = plain_text("reports/mail/report.txt", words)
    outbox.enqueue_mail(
        key=_key(report, recipient),
        address=recipient.address,
        subject=subject,
        body=body,
        attachment=report.pdf.name or "",
        attachment_name=f"{report.file_stem}.pdf",
        at=at,
    )
    return True


def _due_until(cadence: Cadence, at: dt.datetime, calendar: Calendar) -> dt.datetime:
    """Up to which instant of publishing a report is due now.

    At the turn of a month or quarter: what was published before its first working day, from that day on.
    """
    if cadence == Cadence.ON_PUBLISH:
        return at
    months, today = 3 if cadence == Cadence.QUARTERLY else 1, day_of(at)
    first = dt.date(today.year, (today.month - 1) // months * months + 1, 1)
    due_on = calendar.first_on_or_after(first)
    if today < due_on:
        due_on = calendar.first_on_or_after(_months_before(first, months))
    return dt.datetime.combine(due_on, dt.time(), tzinfo=WIB)


def _months_before(first: dt.date, months: int) -> dt.date:
    """The first day of the month ``months`` before a first day."""
    month = first.year * 12 + first.month - 1 - months
    return dt.date(month // 12, month % 12 + 1, 1)


def _key(report: Report, recipient: ReportRecipient) -> str:
    return f"{PREFIX}{report.code}:{recipient.pk}"


def _known_keys(reports: Iterable[Report], recipient: ReportRecipient) -> set[str]:
    keys = [_key(report, recipient) for report in reports]
    return set(Delivery.objects.filter(key__in=keys).values_list("key", flat=True))


def _of(delivery: Delivery) -> tuple[Report, ReportRecipient]:
    """The report and the address of a message, told by its key."""
    code, _colon, pk = delivery.key.removeprefix(PREFIX).partition(":")
    return (
        Report.objects.select_related("agreement").get(code=code),
        ReportRecipient.objects.select_related("added_by").get(pk=int(pk)),
    )
