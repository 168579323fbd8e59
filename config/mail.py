"""The words of mails, and mail without a mail server: one ``.eml`` file per message."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone


def plain_text(name: str, context: Mapping[str, object]) -> str:
    """The text of a plain-text template, without blank ends; nothing is escaped because no browser reads it."""
    template = get_template(name)
    text: str = template.template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]
    return text.strip()


class EmlFileBackend(BaseEmailBackend):
    """Writes each message into ``EMAIL_FILE_PATH``; a reader never sees half a file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every message and return how many were written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email in email_messages:
            _write(folder, email)
        return len(email_messages)


def _write(folder: Path, email: EmailMessage) -> None:
    message = email.message()
    digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:10]
    # The clock only names the file; the message carries its own date.
    final = folder / f"{timezone.localtime():%Y%m%dT%H%M%S%f}-{digest}.eml"
    partial = final.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
    partial.rename(final)
