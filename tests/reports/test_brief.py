"""*Bahan audiensi*: what the one page says, and who gets it."""

import datetime as dt
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from commitments.models import Answer, Consent, Contribution, DueBasis, Strength, Terms
from commitments.status import Status
from meetings.models import Attendance, MeetingKind, MeetingStatus
from reports.papers.brief import Page, page_of, print_brief
from reports.papers.brief_facts import BriefFacts
from reports.papers.brief_words import questions, summary
from tests.factories import (
    AgencyFactory,
    AgreementFactory,
    ClauseFactory,
    CommitmentFactory,
    MeetingFactory,
    ProgressFactory,
    at,
    person,
)
from tests.reports.poppler import requires_poppler, text_of
from tests.reports.worlds import issuing_office

NOW = at("2026-04-02")


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def city(db):
    return AgencyFactory(code="kota-uji", name="Kota Administrasi Uji", short_name="Kota Uji")


@pytest.fixture
def unit(city):
    return AgencyFactory(code="sudin-a", name="Suku Dinas A", short_name="Sudin A", parent=city)


@pytest.fixture
def officer(office):
    return person(office, Role.OFFICER)


@pytest.fixture
def last(office, city, unit):
    """The meeting of 28 January 2026 at which everything was promised."""
    held = MeetingFactory(code="A-2026-001", host_agency=office, counterpart=city, received_by="Wali Kota Uji")
    Attendance.objects.create(meeting=held, agency=unit, post_text="Kepala Suku Dinas A")
    return held


@pytest.fixture
def coming(office, city, last):
    """A planned audience with the same partner."""
    return MeetingFactory(
        code="A-2026-009", host_agency=office, counterpart=city, held_on=dt.date(2026, 4, 8), place="Balai Kota Uji",
        starts_at=dt.time(9), status=MeetingStatus.PLANNED, shared_at=None, kind=MeetingKind.AUDIENCE,
    )  # fmt: skip


@pytest.fixture
def facts(office, city, officer, coming):
    return lambda **options: BriefFacts(office, city, officer, at=NOW, **{"meeting": coming} | options)


def promised(last, **values):
    """A commitment of the last meeting about which something was heard yesterday, unless told otherwise."""
    return CommitmentFactory(**{"meeting": last, "last_progress_at": at("2026-04-01")} | values)


def late(last, **values):
    return promised(last, due_on=dt.date(2026, 3, 21), due_basis=DueBasis.AGREED, **values)


def codes_of(page: Page) -> list[list[str]]:
    return [[line.code for line in group.lines] for group in page.groups]


def objection(commitment, agency, words="Belum ada anggaran"):
    return Consent.objects.create(
        agency=agency, terms=commitment.terms.get(), answer=Answer.OBJECTED, strength=Strength.RECORDED, text=words,
        at=at("2026-02-03"),
    )  # fmt: skip


def asked(facts) -> list[str]:
    return [question.about.split(" ")[0] for question in questions(facts.open_rows, at=NOW)]


@requires_poppler
def test_the_page_says_who_where_when_and_where_it_stands(facts, last, unit):
    late(last, code="K-2026-001", lead=unit, wording="Sosialisasi ke sekolah")

    text = text_of(print_brief(facts()).pdf)

    assert "Kota Administrasi Uji" in text
    assert "Audiensi, Rabu, 8 April 2026 pukul 09.00 WIB, di Balai Kota Uji" in text
    assert "Kepala Suku Dinas A (Sudin A)" in text
    assert "28 Januari 2026 (A-2026-001), diterima oleh Wali Kota Uji" in text
    assert "1 komitmen terbuka (penanggung jawab: mitra 1); 1 melewati tenggat, terlama 12 hari" in text
    assert "0 dari 1 komitmen dikonfirmasi mitra" in text
    assert "Sosialisasi ke sekolah" in text
    assert "Disusun oleh BP3MI Uji · dicetak 2 Apr 2026 09.00 WIB" in text
    assert "Belum ditandatangani · dokumen internal · A-2026-009" in text
    assert "DATA CONTOH" not in text


@requires_poppler
def test_example_rows_mark_the_page(facts, last, unit):
    promised(last, lead=unit, is_example=True)

    assert "DATA CONTOH" in text_of(print_brief(facts()).pdf)


def test_duties_stand_by_whose_they_are_and_own_ones_first(facts, last, office, city, unit):
    below = AgencyFactory(parent=office)
    stranger = AgencyFactory()
    supported = promised(last, lead=unit)
    Contribution.objects.create(commitment=supported, agency=office)
    own, ours_below = promised(last, lead=office), promised(last, lead=below)
    nobodys, elsewhere = promised(last), promised(last, lead=stranger)

    page = page_of(facts())

    assert codes_of(page) == [
        [own.code, ours_below.code, supported.code],
        [supported.code],
        [nobodys.code, elsewhere.code],
    ]
    assert ["sebagai pendukung" in line.wording.words for line in page.groups[0].lines] == [False, False, True]


def test_what_is_late_disputed_or_silent_is_asked_first_with_its_reason(facts, last, unit):
    soon = promised(last, code="K-2026-001", lead=unit, due_on=dt.date(2026, 4, 20), agreed=True)
    silent = promised(last, code="K-2026-002", lead=unit, last_progress_at=None)
    disputed = promised(last, code="K-2026-003", lead=unit)
    objection(disputed, unit)
    overdue = late(last, code="K-2026-004", lead=unit)

    found = questions(facts().open_rows, at=NOW)

    assert asked(facts()) == [overdue.code, disputed.code, silent.code]
    assert soon.code not in asked(facts())
    assert "Karena terlambat 12 hari." in found[0].words
    assert "keberatan Sudin A: “Belum ada anggaran”" in found[1].words
    assert "belum ada perkembangan 63 hari" in found[2].words


def test_a_row_without_date_is_asked_before_a_dated_one_and_there_may_be_fewer_than_three(facts, last, unit):
    dated = promised(last, code="K-2026-001", lead=unit, due_on=dt.date(2026, 4, 20), agreed=True)
    undated = promised(last, code="K-2026-002", lead=unit)

    found = questions(facts().open_rows, at=NOW)

    assert asked(facts()) == [undated.code, dated.code]
    assert "tenggat belum ditetapkan" in found[0].words
    assert "tenggat 20 April 2026 (disepakati), 18 hari lagi" in found[1].words


def test_a_passed_proposal_is_nobodys_lateness(facts, last, unit):
    promised(last, lead=unit, due_on=dt.date(2026, 3, 21))

    page = page_of(facts())

    assert "melewati tenggat" not in page.summary.words
    assert "terlambat" not in " ".join(text.words for pair in page.questions for text in pair)
    assert "melewati tanggal usulan 12 hari" in page.questions[0][1].words


def test_own_duties_and_what_was_reported_as_done_are_not_asked_about(facts, last, office, unit):
    late(last, lead=office)
    promised(last, lead=unit, status=Status.SUBMITTED)

    assert asked(facts()) == []


def test_an_obstacle_is_asked_about_as_one(facts, last, unit):
    promised(last, lead=unit, status=Status.BLOCKED)

    assert "mengatasi kendalanya? Karena terkendala" in questions(facts().open_rows, at=NOW)[0].words


def test_since_last_time_counts_news_ends_and_moved_dates(facts, last, unit):
    done = promised(last, lead=unit, status=Status.DONE)
    moved = promised(last, code="K-2026-010", lead=unit, due_on=dt.date(2026, 5, 1), agreed=True)
    Terms.objects.create(
        commitment=moved, n=2, wording=moved.wording, lead=unit, due_on=dt.date(2026, 6, 1), due_basis="AGREED",
        at=at("2026-03-01"),
    )  # fmt: skip
    ProgressFactory(commitment=done, agency=unit, text="Jadwal disusun.", at=at("2026-02-20"))
    ProgressFactory(commitment=moved, agency=unit, text="Tempat dipesan.", at=at("2026-03-02"))
    ProgressFactory(commitment=moved, agency=unit, text="Sebelum pertemuan.", at=at("2026-01-28"))
    later = MeetingFactory(host_agency=last.host_agency, held_on=dt.date(2026, 1, 5), counterpart=last.counterpart)
    CommitmentFactory(meeting=later, lead=unit, shared_at=at("2026-02-02"))

    page = page_of(facts())

    assert page.since_on == last.held_on
    assert page.since.words == (
        "2 kabar perkembangan pada 2 komitmen, 1 selesai (terverifikasi), 1 komitmen baru, tenggat diubah 1 kali."
    )
    assert [entry.words for entry in page.news] == [
        "2 Mar 2026 · K-2026-010 · Sudin A: Tempat dipesan.",
        f"20 Feb 2026 · {done.code} · Sudin A: Jadwal disusun.",
    ]


def test_the_meeting_before_is_the_last_one_held_and_not_one_that_was_only_planned(facts, office, city, last):
    MeetingFactory(
        host_agency=office,
        counterpart=city,
        held_on=dt.date(2026, 3, 1),
        status=MeetingStatus.CANCELLED,
        shared_at=None,
    )

    assert facts().previous == last
    assert facts(meeting=last).previous is None


def test_a_named_meeting_before_goes_before_the_latest(facts, office, city, last, coming):
    MeetingFactory(host_agency=office, counterpart=city, held_on=dt.date(2026, 3, 1))
    coming.previous = last
    coming.save()

    assert facts().previous == last


def test_the_validity_of_the_agreement_is_told_only_when_it_is_known(facts, office, city):
    agreement = AgreementFactory(code="NK-2025-001", host_agency=office, parties=[office, city])

    assert fact(facts(), "Kesepakatan") == "Nota Kesepakatan 29 Oktober 2025 (NK-2025-001)"

    agreement.ends_on = dt.date(2026, 4, 12)
    agreement.save()

    assert fact(facts(), "Kesepakatan").endswith("berlaku sampai 12 April 2026 (tinggal 10 hari)")


def fact(facts, label) -> str:
    return {name: text.words for name, text in page_of(facts).facts}[label]


@requires_poppler
def test_without_commitments_the_page_names_the_scope_and_leaves_room_to_write(facts, office, city):
    agreement = AgreementFactory(host_agency=office, parties=[office, city])
    ClauseFactory(agreement=agreement, number="1", text="Pertukaran data")

    printed = print_brief(facts())

    text = text_of(printed.pdf)
    assert printed.pages == 1
    assert "Belum ada komitmen terbuka di antara kedua instansi." in text
    assert "1. Pertukaran data" in text
    assert "Catatan" in text
    assert "Hal yang dapat ditanyakan" not in text


def test_an_open_list_is_counted_as_at_least_so_many(facts, last):
    last.is_open_list = True
    last.save()
    promised(last)

    assert summary(facts()).startswith("Sekurang-kurangnya 1 komitmen terbuka")


def test_closed_commitments_are_counted_where_nothing_is_open(facts, last, unit):
    promised(last, lead=unit, status=Status.DONE)

    assert summary(facts()).endswith("1 komitmen sudah ditutup.")


def test_the_partners_own_record_stays_out(facts, city, unit, office):
    theirs = MeetingFactory(host_agency=city, counterpart=office)
    CommitmentFactory(meeting=theirs, lead=unit)

    assert facts().open_rows == []


def test_a_person_of_another_office_would_find_nothing_on_it(office, city, unit, last, coming):
    promised(last, lead=unit)

    assert BriefFacts(office, city, person(AgencyFactory()), at=NOW, meeting=coming).open_rows == []


def test_a_partner_above_the_host_is_not_taken_for_the_host(office, officer, last):
    ministry = AgencyFactory()
    office.parent = ministry
    office.save()
    held = MeetingFactory(host_agency=office, counterpart=ministry)
    own, theirs = promised(held, lead=office), promised(held, lead=ministry)

    page = page_of(BriefFacts(office, ministry, officer, at=NOW))

    assert codes_of(page) == [[own.code], [theirs.code]]


def test_an_office_of_the_hosts_own_tree_answers_for_itself(office, officer):
    below = AgencyFactory(parent=office)
    held = MeetingFactory(host_agency=office, counterpart=below)
    own, theirs = promised(held, lead=office), promised(held, lead=below)

    page = page_of(BriefFacts(office, below, officer, at=NOW))

    assert codes_of(page) == [[own.code], [theirs.code]]


def test_the_same_record_at_the_same_instant_gives_the_same_bytes(facts, last, unit):
    late(last, lead=unit)

    first = print_brief(facts()).pdf

    assert first == print_brief(facts()).pdf
    with pikepdf.open(io.BytesIO(first)) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20260402020000Z"


def fill(last, office, unit, *, ours, theirs, nobodys, words):
    """Commitments in every reason, each with news and an objection, all in the same hard words."""
    leads = [office] * ours + [unit] * theirs + [None] * nobodys
    for n, lead in enumerate(leads):
        row = [late, promised][n % 2](last, code=f"K-2026-{n + 200}", lead=lead, wording=words)
        ProgressFactory(commitment=row, agency=unit, text=words, at=at("2026-03-10"))
        if n % 3 == 0:
            objection(row, unit, words)


def test_it_costs_the_same_for_three_commitments_and_for_thirty(facts, last, office, unit):
    fill(last, office, unit, ours=1, theirs=1, nobodys=1, words="Pertukaran data")
    queries_of(facts())  # the person's rights are read once
    few = queries_of(facts())

    for _n in range(30):
        row = promised(last, lead=unit)
        ProgressFactory(commitment=row, agency=unit, at=at("2026-03-11"))
        Contribution.objects.create(commitment=row, agency=office)

    assert queries_of(facts()) == few


def queries_of(facts) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        page_of(facts)
    return len(asked_for)


def test_the_keeper_downloads_it_from_the_meeting_and_from_the_partners_page(as_person, officer, coming, city):
    browser = as_person(officer)

    for page, address in (
        (coming.get_absolute_url(), reverse("reports:meeting_brief", args=[coming.code])),
        (city.get_absolute_url(), reverse("reports:agency_brief", args=[city.code])),
    ):
        assert address in browser.get(page).content.decode()
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="bahan-audiensi-')
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_only_officers_and_heads_of_the_host_get_it(as_person, office, unit, last, coming):
    promised(last, lead=unit)
    address = reverse("reports:meeting_brief", args=[last.code])

    assert as_person(person(office, Role.SUPERVISOR)).get(address).status_code == 200
    assert as_person(person(office, Role.PRESS)).get(address).status_code == 403
    assert as_person(person(unit, Role.OFFICER)).get(address).status_code == 403
    assert as_person(person(AgencyFactory(), Role.OFFICER)).get(address).status_code == 404
    assert as_person(person(unit, Role.OFFICER)).get(
        reverse("reports:meeting_brief", args=[coming.code])
    ).status_code == 404  # fmt: skip


def test_a_meeting_without_partner_and_ones_own_office_are_answered_in_words(as_person, officer, office):
    alone = MeetingFactory(host_agency=office)
    browser = as_person(officer)

    for address in (
        reverse("reports:meeting_brief", args=[alone.code]),
        reverse("reports:agency_brief", args=[office.code]),
    ):
        answer = browser.get(address)
        assert answer.status_code == 409
        assert "Bahan audiensi" in answer.content.decode()
    assert "bahan.pdf" not in browser.get(alone.get_absolute_url()).content.decode()
    assert "bahan.pdf" not in browser.get(office.get_absolute_url()).content.decode()
    assert browser.get("/instansi/tidak-ada/bahan.pdf").status_code == 404
