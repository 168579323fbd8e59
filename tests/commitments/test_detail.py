"""One commitment's page: its chain, its facts, one timeline, the steps it offers and why not the others."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import actions
from commitments.actions import OnBehalf, Proof, TermsEntry
from commitments.actions.terms import Tick, agree_in_meeting
from commitments.models import Commitment, Reminder, ReminderState, Rung, Sensitivity
from commitments.status import Status
from tests.factories import CommitmentFactory, at

AT = at("2026-03-02", "10.00")
LETTER = Proof(letter_number="12/ND/2026")


def page_of(browser, commitment, query=""):
    response = browser.get(f"{commitment.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


def report(commitment, by, **changes):
    return actions.report_progress(commitment, **{"by": by, "at": AT, "text": "Bursa kerja pertama."} | changes)


@pytest.fixture
def rich(commitment, clause, unit, other_unit, petugas, petugas_unit, pimpinan):
    """A commitment to which everything has happened."""
    commitment.clauses.add(clause)
    commitment.contributions.create(agency=other_unit)
    agree_in_meeting(commitment, [Tick(unit, "Ibu Contoh", "Kepala Seksi")], by=petugas, at=AT)
    row = Commitment.objects.get(pk=commitment.pk)
    entry = TermsEntry(row.wording, row.lead, dt.date(2026, 9, 30), row.target, row.unit, (other_unit,), (clause,))
    actions.change_terms(row, entry, by=petugas, at=at("2026-03-03"), version=row.version, reason="Jadwal bergeser.")
    report(row, petugas_unit, realised=Decimal(1), evidence=[LETTER])
    actions.submit(row, by=petugas_unit, at=at("2026-03-05"), text="Rampung.", evidence=[LETTER])
    actions.send_back(row, by=pimpinan, at=at("2026-03-06"), reason="Foto belum ada.")
    Reminder.objects.create(
        commitment=row, rung=Rung.BEFORE_7, due_on=row.due_on, recipient="user:1", state=ReminderState.SENT, at=AT
    )
    return Commitment.objects.get(pk=commitment.pk)


def test_the_page_shows_the_chain_back_to_the_agreement(as_person, petugas, rich, agreement, meeting):
    page = page_of(as_person(petugas), rich)

    for link in (agreement.get_absolute_url(), meeting.get_absolute_url()):
        assert f'href="{link}"' in page
    assert "Sosialisasi peluang kerja" in page


def test_one_timeline_tells_everything_newest_first(as_person, petugas, rich):
    page = page_of(as_person(petugas), rich)

    told = [
        "Foto belum ada.", "Rampung.", "Jadwal bergeser.", "Bursa kerja pertama.", "Pengingat H-7 terkirim",
        "Status menjadi Belum dimulai", "Berasal dari pertemuan A-2026-001",
    ]  # fmt: skip
    timeline = page[page.index('id="linimasa"') :]
    places = [timeline.index(words) for words in told]
    assert places[0] < places[1] < places[2] < places[3]
    assert places[3] < places[5] < places[6]
    assert "Realisasi 0 menjadi 1 kali" in page
    assert timeline.count("disepakati dalam rapat oleh Ibu Contoh, Kepala Seksi") >= 1


def test_a_moved_date_shows_where_it_came_from(as_person, petugas, rich):
    page = page_of(as_person(petugas), rich)

    assert "tenggat diubah 1 kali" in page
    assert "Rabu, 30 September 2026 (usulan)" in page


@pytest.mark.parametrize(
    ("only", "shown", "hidden"),
    [
        ("perkembangan", "Bursa kerja pertama.", "Berasal dari pertemuan"),
        ("perubahan", "Jadwal bergeser.", "Bursa kerja pertama."),
        ("pengingat", "Pengingat H-7 terkirim", "Bursa kerja pertama."),
    ],
)
def test_the_timeline_can_be_narrowed(as_person, petugas, rich, only, shown, hidden):
    part = as_person(petugas).get(f"{rich.get_absolute_url()}?linimasa={only}", headers={"HX-Request": "true"})

    assert shown in part.content.decode()
    assert hidden not in part.content.decode()


def test_a_part_of_the_timeline_without_entries_says_so(as_person, petugas, commitment):
    assert "Tidak ada catatan pada bagian ini." in page_of(as_person(petugas), commitment, "?linimasa=pengingat")


def test_an_unknown_part_of_the_timeline_shows_all(as_person, petugas, rich):
    assert "Bursa kerja pertama." in page_of(as_person(petugas), rich, "?linimasa=%27x")


def test_target_and_realisation_stand_as_n_of_m(as_person, petugas, rich):
    assert "1 dari 4 kali (25%)" in page_of(as_person(petugas), rich)


def test_the_original_words_stay_with_their_source(as_person, petugas, commitment):
    original = commitment.wording
    entry = TermsEntry("Rumusan baru", commitment.lead, commitment.due_on, commitment.target, commitment.unit)
    actions.change_terms(commitment, entry, by=petugas, at=AT, version=1, reason="Diperjelas")

    page = page_of(as_person(petugas), commitment)

    assert f'<blockquote class="pre">{original}</blockquote>' in page
    assert "<h1>Rumusan baru</h1>" in page


def test_gaps_are_named_and_lead_to_the_form(as_person, petugas, meeting):
    bare = CommitmentFactory(meeting=meeting, lead=None)

    page = page_of(as_person(petugas), bare)

    for words in ("belum ada penanggung jawab", "belum ada tenggat", "belum dikaitkan dengan ruang lingkup"):
        assert words in page
    assert "Lengkapi atau ubah" in page


def test_the_buttons_are_the_steps_a_person_may_take(as_person, petugas_unit, commitment):
    page = page_of(as_person(petugas_unit), commitment)

    for step in ("perkembangan", "selesai", "kendala", "mulai"):
        assert f"{commitment.get_absolute_url()}{step}/" in page
    for step in ("lanjutkan", "verifikasi", "lengkapi"):
        assert f"{commitment.get_absolute_url()}{step}/" not in page


def test_a_refused_step_says_why(as_person, petugas, petugas_unit, commitment):
    page = page_of(as_person(petugas), commitment)

    assert 'disabled aria-describedby="alasan-report"' in page
    assert "Sudin Naker sudah mempunyai akun dan melaporkan sendiri perkembangannya." in page


def test_press_has_no_buttons_and_no_internal_proofs(as_person, humas, rich, petugas_unit):
    open_proof = Proof(letter_number="UMUM/1", sensitivity=Sensitivity.GENERAL)
    report(rich, petugas_unit, evidence=[open_proof])

    page = page_of(as_person(humas), rich)

    assert "UMUM/1" in page
    assert "12/ND/2026" not in page
    assert "2 bukti internal tidak dibuka untuk Anda." in page
    assert f"{rich.get_absolute_url()}perkembangan/" not in page


def test_an_internal_note_is_read_by_its_keeper_only(as_person, petugas, petugas_unit, humas, commitment):
    Commitment.objects.filter(pk=commitment.pk).update(note="Hubungi lewat ajudan.")

    assert "Hubungi lewat ajudan." in page_of(as_person(petugas), commitment)
    for other in (petugas_unit, humas):
        assert "Hubungi lewat ajudan." not in page_of(as_person(other), commitment)


def test_a_mere_party_sees_title_owner_date_and_status(as_person, petugas_lain, agreement, commitment, petugas_unit):
    report(commitment, petugas_unit, realised=Decimal(3), evidence=[LETTER])
    agreement.is_open_between_parties = True
    agreement.save()

    page = page_of(as_person(petugas_lain), commitment)

    assert commitment.wording in page
    assert "Suku Dinas Tenaga Kerja" in page
    for secret in ("Bursa kerja pertama.", "3 dari 4", "12/ND/2026", "Rumusan asli"):
        assert secret not in page


def test_who_may_not_see_it_finds_nothing(as_person, petugas_asing, petugas_lain, draft_commitment, commitment):
    assert as_person(petugas_asing).get(commitment.get_absolute_url()).status_code == 404
    assert as_person(petugas_lain).get(draft_commitment.get_absolute_url()).status_code == 404
    assert as_person(petugas_lain).get("/komitmen/K-2026-999/").status_code == 404


def test_the_assigned_auditor_reads_everything(as_person, auditor, rich):
    assert "12/ND/2026" in page_of(as_person(auditor), rich)


def test_on_behalf_is_told_with_its_source(as_person, petugas, commitment):
    report(commitment, petugas, on_behalf=OnBehalf("WHATSAPP", "Kepala seksi", dt.date(2026, 3, 1)))

    page = page_of(as_person(petugas), commitment)

    assert "atas nama Sudin Naker" in page
    assert "Sumber: WhatsApp, Kepala seksi, 1 Mar 2026" in page


def test_a_claim_is_called_a_claim_until_it_is_verified(as_person, petugas, petugas_unit, pimpinan, commitment):
    claimed = actions.submit(commitment, by=petugas_unit, at=AT, text="Selesai.", evidence=[LETTER])
    assert "Selesai menurut laporan, belum diverifikasi." in page_of(as_person(petugas), claimed)

    digest = actions.claim_digest(claimed, claimed.progress.get(kind="CLAIM"))
    actions.verify(claimed, by=pimpinan, at=AT, seen_digest=digest)

    assert "diverifikasi pengelola" in page_of(as_person(petugas), claimed)


def test_text_is_text_and_never_markup(as_person, petugas, petugas_unit, commitment):
    report(commitment, petugas_unit, text="<script>alert(1)</script>")

    page = page_of(as_person(petugas), commitment)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_draft_shows_itself_to_its_keeper(as_person, petugas, draft_commitment):
    assert "Draf" in page_of(as_person(petugas), draft_commitment)


@pytest.mark.parametrize("status", [Status.UNMET, Status.VOID, Status.MERGED])
def test_every_status_has_a_page(as_person, petugas, meeting, status):
    page_of(as_person(petugas), CommitmentFactory(meeting=meeting, status=status))


def test_the_page_costs_the_same_with_one_entry_and_with_twenty(as_person, petugas, petugas_unit, commitment):
    browser, costs = as_person(petugas), []
    page_of(browser, commitment)  # the first visit also dates the session
    for more in (1, 19):
        for _ in range(more):
            report(commitment, petugas_unit, evidence=[LETTER])
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, commitment)
        costs.append([query["sql"] for query in queries])

    about_it = [sql for sql in costs[1] if "django_session" not in sql and "agencies_user" not in sql[:60]]
    assert len(costs[0]) == len(costs[1]), costs[1]
    assert len(about_it) == 10


def test_who_was_present_and_who_is_a_party_is_asked_once(as_person, petugas, agreement, meeting):
    row = CommitmentFactory(meeting=meeting)
    agreement.is_open_between_parties = True
    agreement.save()
    browser = as_person(petugas)
    page_of(browser, row)  # the first visit also dates the session

    with CaptureQueriesContext(connection) as queries:
        page_of(browser, row)

    asked = [query["sql"].partition(" FROM ")[2] for query in queries]
    assert sum(sql.startswith('"meetings_attendance"') for sql in asked) == 1
    assert sum(sql.startswith('"agencies_party" WHERE') for sql in asked) == 1


def test_the_page_says_what_kind_of_promise_it_is_and_who_carries_it_out(as_person, petugas, meeting):
    row = CommitmentFactory(meeting=meeting, kind="PLEDGE", is_important=True, person_text="Kepala Seksi Penempatan")

    page = page_of(as_person(petugas), row)

    assert "kesanggupan" in page
    assert "penting" in page
    assert "Kepala Seksi Penempatan" in page
