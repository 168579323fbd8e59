"""The date that the tests of reminders count from, and how they look at what went out."""

import datetime as dt
import smtplib

from django.core import mail

from commitments.models import Reminder
from tests.factories import at

DUE = dt.date(2026, 6, 30)
H_MINUS_7 = at("2026-06-23", "07.30")
UP = "django.core.mail.backends.locmem.EmailBackend"


class DownBackend:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("closed")


def mails_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


def states(commitment):
    return {(r.rung, r.state) for r in Reminder.objects.filter(commitment=commitment)}
