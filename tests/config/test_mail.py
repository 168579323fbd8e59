"""Mail without a mail server."""

import datetime as dt
import email
import email.policy
import stat

import pytest
from django.core.mail import EmailMessage, send_mail
from django.template.loader import render_to_string

from config.mail import EmlFileBackend, plain_text


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


@pytest.mark.parametrize("name", ["password_changed", "password_reset", "password_set", "password_reset_key"])
def test_a_text_mail_says_signs_as_they_are_and_not_as_a_page_would(name):
    said = {
        "user_agent": "Peramban 'A' & <B>", "ip": "127.0.0.1", "timestamp": dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
        "password_reset_url": "https://simpul.example/?a=1&b=2", "product_name": "Simpul & Co",
    }  # fmt: skip

    mail = render_to_string(f"account/email/{name}_message.txt", said)

    assert "Simpul & Co" in mail
    assert said["password_reset_url" if name == "password_reset_key" else "user_agent"] in mail
    assert "&amp;" not in mail


@pytest.mark.parametrize("name", ["agencies/mail/invitation.txt", "reports/mail/report.txt"])
def test_signs_in_our_own_mails_stay_as_they_were_typed(name):
    named = {"name": 'Kepala "A & B" <c>', "post_text": 'Kepala "A & B" <c>'}

    text = plain_text(name, {"person": named, "recipient": named, "report": {}})

    assert text.startswith('Yth. Kepala "A & B" <c>')
