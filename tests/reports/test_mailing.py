"""Issued reports by mail: the stored file, once to each address, and nothing that no longer stands."""

import datetime as dt
import hashlib
import re

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from agencies import outbox
from agencies.models import Delivery, DeliveryState, Event, Role
from agencies.policy import Refusal
from reports.issuing import mailing
from reports.models import Audience, Cadence, Report, ReportRecipient
from tests.factories import AgreementFactory, at, person
from tests.reports.test_report_exports import stored
from tests.reports.worlds import issuing_office, year_of_work

ADDED = at("2026-04-01")
PUBLISHED = at("2026-04-08", "10.00")
NEXT_SWEEP = at("2026-04-08", "10.05")
PDF = b"%PDF-1.7 laporan"
PAGE = "/laporan/penerima/"


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def head(office):
    return person(office, Role.SUPERVISOR)


@pytest.fixture
def pact(office):
    return year_of_work(office)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def publish(office, pact, head, media):
    def publish(when=PUBLISHED, **changes):
        report = stored(pact, office, is_public=changes.pop("is_public", True))
        report.pdf.save(f"{report.code}.pdf", ContentFile(PDF), save=False)
        values = {
            "status": "PUBLISHED", "published_by": head, "published_at": when, "pdf": report.pdf.name,
            "pdf_sha256": hashlib.sha256(PDF).hexdigest(), "is_example": False,
        }  # fmt: skip
        Report.objects.filter(pk=report.pk).update(**values | changes)
        return Report.objects.get(pk=report.pk)

    return publish


def added(office, pact, head, **values):
    given = {
        "post_text": "Kepala Dinas", "address": "dinas@kota.example", "audience": Audience.PUBLIC,
        "cadence": Cadence.ON_PUBLISH,
    }  # fmt: skip
    return mailing.add_recipient(issuer=office, agreement=pact, by=head, at=ADDED, **given | values)


@pytest.fixture
def recipient(office, pact, head):
    return added(office, pact, head)


def test_the_stored_file_goes_out_once_with_its_digest_and_a_way_to_stop(recipient, publish):
    report = publish()

    counts = [mailing.sweep(NEXT_SWEEP), mailing.sweep(NEXT_SWEEP + dt.timedelta(hours=1))]

    assert [count.sent for count in counts] == [1, 0]
    [message] = mail.outbox
    assert message.to == ["dinas@kota.example"]
    assert message.attachments[0][1:] == (PDF, "application/pdf")
    assert message.attachments[0][0].endswith(f"{report.code}.pdf")
    for words in (report.code, report.pdf_digest, f"/v/{report.code}/", f"/laporan/berhenti/{recipient.token}/"):
        assert words in message.body
    assert Event.objects.get(verb="report.sent").after["pdf"] == report.pdf_sha256


def test_only_what_is_issued_after_the_address_was_added_and_has_its_version(recipient, publish):
    publish(ADDED - dt.timedelta(days=1))
    publish(is_public=False)
    publish(status="DRAFT", published_by=None, published_at=None)

    assert mailing.plan(NEXT_SWEEP) == 0


def test_a_replaced_report_is_not_sent_only_the_newest(recipient, publish):
    newer = publish(PUBLISHED + dt.timedelta(minutes=1))
    publish(replaced_by=newer)

    mailing.sweep(NEXT_SWEEP)

    assert [newer.code in message.subject for message in mail.outbox] == [True]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "WITHDRAWN", "withdrawn_at": NEXT_SWEEP, "withdrawal_reason": "Salah"},
        {"is_example": True, "status": "DRAFT", "published_by": None, "published_at": None},
    ],
)
def test_what_fell_before_it_left_is_cancelled(recipient, publish, change):
    report = publish()
    mailing.plan(NEXT_SWEEP)
    Report.objects.filter(pk=report.pk).update(**change)

    mailing.sweep(NEXT_SWEEP)

    assert mail.outbox == []
    assert Delivery.objects.get(key__startswith="report:").state == DeliveryState.CANCELLED


def test_an_address_that_stopped_before_it_left_gets_nothing(recipient, publish, head):
    publish()
    mailing.plan(NEXT_SWEEP)
    mailing.stop(recipient, by=head, at=NEXT_SWEEP)
    mailing.stop(recipient, by=head, at=NEXT_SWEEP + dt.timedelta(days=1))

    mailing.sweep(NEXT_SWEEP)

    assert mail.outbox == []
    recipient.refresh_from_db()
    assert recipient.stopped_at == NEXT_SWEEP


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_is_not_what_was_issued_is_never_sent(recipient, publish, head, media, damage):
    path = media / publish().pdf.name
    path.unlink() if damage == "gone" else path.write_bytes(PDF + b"!")

    mailing.sweep(NEXT_SWEEP)

    assert mail.outbox == []
    failed = Delivery.objects.get(key__startswith="report:", channel="EMAIL")
    assert failed.state == DeliveryState.FAILED
    assert "Berkas PDF laporan" in failed.error
    assert "tidak terkirim" in Delivery.objects.get(user=head).subject


def test_a_sender_killed_between_claim_and_send_is_followed_by_another(recipient, publish):
    publish()
    mailing.plan(NEXT_SWEEP)
    outbox.claim(NEXT_SWEEP, prefix=mailing.PREFIX)

    during = mailing.sweep(NEXT_SWEEP + dt.timedelta(seconds=30))
    after = mailing.sweep(NEXT_SWEEP + 2 * outbox.LEASE)

    assert (during.sent, after.sent, len(mail.outbox)) == (0, 1, 1)


def test_two_sweeps_at_once_make_and_send_one_message(recipient, publish, monkeypatch):
    publish()
    due = mailing.due_reports

    def overtaken(*args, **kwargs):
        found = due(*args, **kwargs)
        monkeypatch.setattr(mailing, "due_reports", due)
        mailing.sweep(NEXT_SWEEP)  # another sweep is faster
        return found

    monkeypatch.setattr(mailing, "due_reports", overtaken)
    mailing.sweep(NEXT_SWEEP)

    assert len(mail.outbox) == 1


def test_other_senders_leave_reports_alone(recipient, publish):
    publish()
    mailing.plan(NEXT_SWEEP)

    assert outbox.deliver(NEXT_SWEEP).sent == 0
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("cadence", "before", "on"),
    [
        (Cadence.MONTHLY, at("2026-04-30", "23.00"), at("2026-05-01", "00.00")),  # no holiday is on record here
        (Cadence.QUARTERLY, at("2026-06-30", "23.00"), at("2026-07-01", "00.05")),
    ],
)
def test_by_month_and_quarter_on_the_first_working_day(office, pact, head, publish, cadence, before, on):
    added(office, pact, head, cadence=cadence)
    publish()

    assert (mailing.plan(before), mailing.plan(on)) == (0, 1)


def test_the_first_working_day_waits_for_weekend_and_holidays_and_is_caught_up(office, pact, head, publish):
    added(office, pact, head, cadence=Cadence.MONTHLY)
    publish(at("2026-07-20"))

    assert mailing.plan(at("2026-08-02")) == 0  # 1 and 2 August are a weekend
    publish(at("2026-08-04"))
    assert mailing.plan(at("2026-08-20")) == 1  # nobody swept on the 3rd; what came after it waits for September
    assert mailing.plan(at("2026-09-01")) == 1


def test_nobody_adds_addresses_for_others(office, pact, petugas_asing, head):
    officer = person(office, Role.OFFICER)
    for stranger in (petugas_asing, officer):
        with pytest.raises(Refusal):
            added(office, pact, stranger)
    added(office, pact, head)
    with pytest.raises(Refusal) as refused:
        added(office, pact, head)
    assert refused.value.verdict.status == 409


def posted(pact, **values):
    return {
        "post_text": "Kepala Dinas", "address": "dinas@kota.example", "agreement": pact.pk, "audience": "PUBLIC",
        "cadence": "ON_PUBLISH",
    } | values  # fmt: skip


def test_the_page_adds_once_and_shows_what_went_out(as_person, head, pact, publish):
    browser = as_person(head)
    token = browser.get(PAGE).context["form"]["token"].value()

    for _click in range(2):
        assert browser.post(PAGE, posted(pact, token=token)).status_code == 302

    recipient = ReportRecipient.objects.get()
    ReportRecipient.objects.update(added_at=ADDED)
    publish()
    mailing.sweep(NEXT_SWEEP)
    page = browser.get(PAGE).content.decode()
    assert "dinas@kota.example" in page
    assert "terkirim" in page
    assert browser.post(f"{PAGE}{recipient.pk}/berhenti/").status_code == 302
    assert "dihentikan" in browser.get(PAGE).content.decode()
    assert Event.objects.get(verb="report.recipient_added").after.keys().isdisjoint({"address"})


def test_the_internal_version_asks_once_more(as_person, head, pact):
    browser = as_person(head)

    first = browser.post(PAGE, posted(pact, audience="INTERNAL"))
    assert first.status_code == 422
    page = first.content.decode()
    assert "meninggalkan kantor" in page
    code = re.search(r'name="abaikan_peringatan" value="([^"]+)"', page)[1]
    assert browser.post(PAGE, posted(pact, audience="INTERNAL", abaikan_peringatan=code)).status_code == 302
    other = posted(pact, audience="INTERNAL", abaikan_peringatan=code, address="lain@kota.example")
    assert browser.post(PAGE, other).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "bukan surel"}, "dinas"),
        ({"address": "a@kota.example\nBcc: b@kota.example"}, "Bcc"),
        ({"post_text": ""}, "belum diisi"),
    ],
)
def test_bad_input_stays_and_is_explained(as_person, head, pact, wrong, words):
    answer = as_person(head).post(PAGE, posted(pact, **wrong))

    assert answer.status_code == 422
    assert not ReportRecipient.objects.exists()


def test_an_address_that_gets_it_already_is_said_beside_the_field(as_person, head, pact, recipient):
    answer = as_person(head).post(PAGE, posted(pact))

    assert answer.status_code == 422
    assert "sudah menerima" in answer.content.decode()


def test_an_agreement_of_others_cannot_be_chosen(as_person, head):
    foreign = AgreementFactory()

    assert as_person(head).post(PAGE, posted(foreign)).status_code == 422


def test_addresses_of_others_do_not_exist(as_person, recipient, petugas_asing, pimpinan_unit):
    assert as_person(petugas_asing).get(PAGE).status_code == 403
    stranger = as_person(pimpinan_unit)
    assert recipient.address not in stranger.get(PAGE).content.decode()
    assert stranger.post(f"{PAGE}{recipient.pk}/berhenti/").status_code == 404


def test_the_reader_stops_without_signing_in_and_opening_the_link_does_not(client, recipient):
    link = f"/laporan/berhenti/{recipient.token}/"

    asked = client.get(link)
    assert "Hentikan pengiriman" in asked.content.decode()
    recipient.refresh_from_db()
    assert recipient.stopped_at is None
    for _click in range(2):
        assert "Pengiriman dihentikan" in client.post(link).content.decode()
    assert Event.objects.get(verb="report.recipient_stopped").after == {"by_reader": True}
    assert client.get("/laporan/berhenti/bukan-tautan/").status_code == 404
    assert recipient.address not in asked.content.decode()


def test_many_addresses_cost_as_many_queries_as_one(as_person, office, pact, head, django_assert_max_num_queries):
    for n in range(30):
        added(office, pact, head, address=f"dinas{n}@kota.example")
    browser = as_person(head)
    browser.get(PAGE)

    with django_assert_max_num_queries(16):
        assert browser.get(PAGE).content.decode().count("@kota.example") == 30
