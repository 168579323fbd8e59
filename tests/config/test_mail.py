"""Mail without a mail server."""

import email
import email.policy
import stat

import pytest
from django.core.mail import EmailMessage, send_mail

from config.mail import EmlFileBackend


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "config.mail.EmlFileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def test_each_message_is_one_readable_file(mail_folder):
    for number in range(3):
        send_mail(f"Pengingat {number}", "Tenggat 30 Juni", "simpul@simpul.example", ["petugas@simpul.example"])

    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(mail_folder.iterdir())
    ]
    assert [message["Subject"] for message in messages] == ["Pengingat 0", "Pengingat 1", "Pengingat 2"]
    assert messages[0].get_content().strip() == "Tenggat 30 Juni"


def test_a_file_is_private_and_no_part_file_stays(mail_folder):
    send_mail("Pengingat", "isi", "simpul@simpul.example", ["petugas@simpul.example"])

    [path] = mail_folder.iterdir()
    assert path.suffix == ".eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_message_keeps_the_identifier_it_was_given(mail_folder):
    message = EmailMessage(
        "Pengingat", "isi", to=["petugas@simpul.example"], headers={"Message-ID": "<a1@simpul.example>"}
    )

    sent = EmlFileBackend().send_messages([message])

    [path] = mail_folder.iterdir()
    assert sent == 1
    assert b"Message-ID: <a1@simpul.example>" in path.read_bytes()


def test_a_folder_that_cannot_be_written_is_an_error_for_the_outbox(settings, tmp_path):
    (tmp_path / "mail").write_text("bukan folder", encoding="utf-8")
    settings.EMAIL_BACKEND = "config.mail.EmlFileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"

    with pytest.raises(OSError, match="mail"):
        send_mail("Pengingat", "isi", "simpul@simpul.example", ["petugas@simpul.example"])
