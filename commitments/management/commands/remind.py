"""``manage.py remind``: the same sweep as the scheduler's, by hand."""

import dataclasses
import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.models import Contact, User
from commitments import reminders
from commitments.addressees import Addressee
from commitments.reading.dates import short_date
from commitments.reminders import Plan, SweepCount
from config.workdays import WIB


class Command(BaseCommand):
    """Sends what is due, or shows what would be sent."""

    help = "Mengirim pengingat yang tiba waktunya; aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the choices."""
        parser.add_argument("--on", default="", help="waktu, misalnya 2026-06-23T07:30 (WIB bila tanpa zona)")
        parser.add_argument("--dry-run", action="store_true", help="hanya menunjukkan, tidak mengirim")
        parser.add_argument("--json", action="store_true", help="satu baris JSON")

    def handle(self, *args: Any, on: str, dry_run: bool, json: bool, **options: Any) -> None:
        """Sweep once and say what happened."""
        if on and settings.IS_PRODUCTION and not dry_run:
            raise CommandError("Pada mode produksi, --on hanya boleh bersama --dry-run.")
        at = instant_of(on) if on else timezone.now()
        planned = reminders.plan(at) if dry_run else Plan()
        count = planned.count if dry_run else reminders.sweep(at)
        if not on and not dry_run:
            reminders.note_sweep(at)
        self.stdout.write(as_json(count) if json else in_words(count, planned, is_dry=dry_run))


def instant_of(text: str) -> dt.datetime:
    """Read ``2026-06-23T07:30`` (WIB unless it names its zone); a day alone means 07.30.

    Raises CommandError when it is neither.
    """
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f'Waktu "{text}" tidak terbaca. Tulis misalnya 2026-06-23T07:30.') from error
    if len(text) == len("2026-06-23"):
        instant = dt.datetime.combine(instant.date(), reminders.SEND_FROM)
    return instant if timezone.is_aware(instant) else instant.replace(tzinfo=WIB)


def as_json(count: SweepCount) -> str:
    """The counts as one line for other programs."""
    return json.dumps(dataclasses.asdict(count))


def in_words(count: SweepCount, planned: Plan, *, is_dry: bool) -> str:
    """The counts as a sentence; a dry run lists who would get what."""
    if not is_dry:
        return (
            f"{count.planned} pengingat direncanakan, {count.sent} pesan dikirim atau disiapkan, "
            f"{count.skipped} dilewati, {count.failed} gagal."
        )
    lines = [f"{count.planned} pengingat akan direncanakan, {count.skipped} dilewati. Tidak ada yang dikirim."]
    for notice in planned.due:
        due = short_date(notice.step.due_on)
        lines.append(f"  {notice.commitment.code:<12} {notice.step.rung:<5} {due:<12} {_name(notice.addressee)}")
    return "\n".join(lines)


def _name(addressee: Addressee) -> str:
    """Who gets it: an address to sign in with, or the post of a contact; never a number."""
    person: User | Contact | None = addressee.contact or addressee.user
    if isinstance(person, Contact):
        return f"WhatsApp: {person.post_text}, {person.agency.short_name}"
    return f"{person.email if person else ''}{' (tugas: hubungi)' if addressee.is_host_duty else ''}"
