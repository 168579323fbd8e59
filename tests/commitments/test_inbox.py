"""*Pemberitahuan*: own notices, and the texts that an officer sends by hand."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

from agencies.audit import trail
from agencies.models import Contact, Delivery, DeliveryState
from agencies.outbox import post_notice
from agencies.policy import Refusal
from commitments import reminders
from commitments.actions import notices
from commitments.models import Reminder
from commitments.views.inbox import card_of
from tests.factories import CommitmentFactory, at

INBOX = "/pemberitahuan/"
NOW = at("2026-06-23", "07.30")


@pytest.fixture
def contact(unit, bp3mi):
    return Contact.objects.create(agency=unit, kept_by=bp3mi, post_text="Kepala Seksi", name="Ibu Contoh")


@pytest.fixture
def ready(meeting, unit, clause, contact, petugas):
    """A reminder that lies ready for the officers of BP3MI."""
    call_command("seed_reference", verbosity=0)
    CommitmentFactory(
        code="K-2026-001", meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 30), agreed=True, target=4, unit="kali",
        clauses=[clause], wording="Optimalisasi bursa kerja & \"job fair\"",
    )  # fmt: skip
    reminders.sweep(NOW)
    return Delivery.objects.get(contact=contact)


def page(client):
    response = client.get(INBOX)
    assert response.status_code == 200
    return response.content.decode()


def test_the_officer_sees_the_text_and_opens_whatsapp_without_a_number(ready, petugas, as_person):
    html = page(as_person(petugas))

    assert "1 pesan siap dikirim" in html
    assert "Kepala Seksi, Sudin Naker" in html
    assert "Nomor belum diisi: pilih penerima di WhatsApp." in html
    assert 'href="https://wa.me/?text=' in html
    assert "Optimalisasi bursa kerja &amp; &quot;job fair&quot;" in html


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0812-1111-1111", "6281211111111"), ("6281211111111", "6281211111111"), ("", ""), ("belum ada", "")],
)
def test_the_address_carries_the_number_and_exactly_the_text(ready, contact, typed, number):
    ready.contact.whatsapp = typed

    address = urlsplit(card_of(ready).address)

    assert (address.netloc, address.path) == ("wa.me", f"/{number}")
    assert parse_qs(address.query)["text"] == [ready.body]


def test_sent_by_hand_writes_the_ledger_with_who_and_when(ready, petugas, as_person):
    response = as_person(petugas).post(f"{INBOX}{ready.pk}/terkirim/")

    ready.refresh_from_db()
    reminder = Reminder.objects.get()
    assert (response.status_code, response["Location"]) == (302, INBOX)
    assert (ready.state, ready.sent_by, reminder.state) == (DeliveryState.SENT, petugas, "SENT")
    event = trail(reminder.commitment).get(verb="reminder.sent_by_hand")
    assert (event.actor_id, event.after["rung"]) == (petugas.pk, "H-7")
    assert "pesan siap dikirim</h2>" not in page(as_person(petugas))


def test_the_second_click_writes_nothing_more(ready, petugas, as_person):
    client = as_person(petugas)
    client.post(f"{INBOX}{ready.pk}/terkirim/")
    ready.refresh_from_db()
    first = ready.sent_at

    again, dropped = client.post(f"{INBOX}{ready.pk}/terkirim/"), client.post(f"{INBOX}{ready.pk}/batal/")

    ready.refresh_from_db()
    assert (again.status_code, dropped.status_code, ready.sent_at, ready.state) == (302, 302, first, "SENT")
    assert trail(Reminder.objects.get().commitment).filter(verb__startswith="reminder.").count() == 1


def test_a_dropped_text_cancels_its_rungs_and_keeps_the_reason(ready, petugas, as_person):
    as_person(petugas).post(f"{INBOX}{ready.pk}/batal/", {"alasan": "Sudah ditelepon"})

    reminder = Reminder.objects.get()
    ready.refresh_from_db()
    event = trail(reminder.commitment).get(verb="reminder.dropped_by_hand")
    assert (ready.state, reminder.state) == (DeliveryState.CANCELLED, "CANCELLED")
    assert event.free_texts.get().text == "Sudah ditelepon"


def test_a_dropped_text_does_not_come_back_with_the_next_run(ready, petugas):
    notices.drop_by_hand(ready, by=petugas, at=NOW)

    again = reminders.sweep(at("2026-06-24", "07.30"))

    assert (again.planned, again.sent) == (0, 0)


def test_a_text_withdrawn_meanwhile_is_not_written_down_as_sent(ready, petugas, as_person):
    Delivery.objects.filter(pk=ready.pk).update(state=DeliveryState.CANCELLED)

    response = as_person(petugas).post(f"{INBOX}{ready.pk}/terkirim/", follow=True)

    assert "sudah ditarik" in response.content.decode()
    assert Delivery.objects.get(pk=ready.pk).sent_by is None


@pytest.mark.parametrize("who", ["petugas_unit", "petugas_lain", "petugas_asing"])
def test_officers_of_other_agencies_neither_see_nor_send_it(ready, who, as_person, request):
    client = as_person(request.getfixturevalue(who))

    answers = [client.post(f"{INBOX}{ready.pk}/{verb}/").status_code for verb in ("terkirim", "batal")]

    assert answers == [404, 404]
    assert "Kepala Seksi" not in page(client)
    assert Delivery.objects.get(pk=ready.pk).state == DeliveryState.WAITING


@pytest.mark.parametrize("who", ["pimpinan", "humas", "admin", "auditor"])
def test_only_officers_send_by_hand(ready, who, as_person, request):
    user = request.getfixturevalue(who)
    client = as_person(user)

    answer = client.post(f"{INBOX}{ready.pk}/terkirim/")

    assert answer.status_code == 403
    assert "Kepala Seksi" not in page(client)
    with pytest.raises(Refusal):
        notices.mark_sent_by_hand(ready, by=user, at=NOW)


def test_a_message_that_is_not_sent_by_hand_is_no_card(petugas, as_person):
    notice = post_notice(key="x", user=petugas, subject="Komitmen baru", at=NOW)

    assert as_person(petugas).post(f"{INBOX}{notice.pk}/terkirim/").status_code == 404


def test_sending_by_hand_needs_a_post(ready, petugas, as_person):
    assert as_person(petugas).get(f"{INBOX}{ready.pk}/terkirim/").status_code == 405


def test_everybody_reads_their_own_notices_only(petugas, petugas_unit, as_person):
    post_notice(key="a", user=petugas, subject="Untuk petugas", body="<script>x</script>", path="/komitmen/", at=NOW)
    post_notice(key="b", user=petugas_unit, subject="Untuk orang lain", at=NOW)

    html = page(as_person(petugas))

    assert '<a href="/komitmen/">Untuk petugas</a>' in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "Untuk orang lain" not in html


def test_marking_as_read_touches_only_own_notices(petugas, petugas_unit, as_person):
    for user in (petugas, petugas_unit):
        post_notice(key=f"n{user.pk}", user=user, subject="Komitmen baru", at=NOW)
    client = as_person(petugas)
    before = page(client)

    response = client.post(f"{INBOX}dibaca/")

    assert response.status_code == 302
    assert "1 belum dibaca" in before
    assert "Semua sudah dibaca" in page(client)
    assert Delivery.objects.notices_of(petugas_unit).get().read_at is None


def test_an_empty_page_says_so(petugas, as_person):
    html = page(as_person(petugas))

    assert "Belum ada pemberitahuan" in html
    assert "siap dikirim" not in html


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(INBOX).status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_for_one_text_and_for_twenty(
    count, bp3mi, unit, petugas, as_person, django_assert_max_num_queries
):
    from agencies.outbox import prepare_whatsapp

    for n in range(count):
        contact = Contact.objects.create(agency=unit, kept_by=bp3mi, post_text=f"Kasi {n}")
        prepare_whatsapp(key=f"digest:contact:{n}", contact=contact, handled_by=bp3mi, body="Yth.", at=NOW)
        post_notice(key=f"n{n}", user=petugas, subject="Komitmen baru", at=NOW)
    client = as_person(petugas)

    with django_assert_max_num_queries(14):
        assert page(client).count("Sudah saya kirim") == count
