"""Whether a photo may be printed: written down by the keeper, the last answer counts, nothing is ever changed."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from agencies.models import Event
from agencies.models.event import AppendOnlyError
from agencies.policy import Refusal
from commitments import actions
from commitments.actions import Proof
from commitments.actions.photos import allow_photo, disallow_photo
from commitments.models import Evidence, PhotoConsent, Sensitivity
from config.files import take_in
from meetings.actions import attach_file
from meetings.models import FileKind
from meetings.retention import remove_file
from tests.commitments.papers import document, photo
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory, at

AT = at("2026-03-02", "10.00")
WORDS = {"allowed_by": "Kepala SMK Contoh", "caption": "Bursa kerja di halaman sekolah"}


def proof_of(commitment, by, content=None, **about):
    stored = take_in(SimpleUploadedFile("foto.jpg", content or photo()))
    actions.report_progress(commitment, by=by, at=AT, text="x", evidence=[Proof(stored=stored, **about)])
    return Evidence.objects.latest("pk")


@pytest.fixture
def proof(commitment, petugas_unit):
    return proof_of(commitment, petugas_unit)


@pytest.fixture
def picture(meeting, petugas):
    stored = take_in(SimpleUploadedFile("foto.jpg", photo()))
    return attach_file(meeting, FileKind.PHOTO, stored, by=petugas, at=AT)


def page_of(proof):
    return f"/bukti/{proof.pk}/izin/"


def in_force():
    return [consent.caption for consent in PhotoConsent.objects.in_force()]


def test_a_photo_is_internal_until_somebody_says_who_allowed_it(proof, petugas):
    assert in_force() == []

    consent = allow_photo(proof, by=petugas, at=AT, **WORDS)

    assert in_force() == [WORDS["caption"]]
    assert (consent.photo, consent.record, consent.by, consent.at) == (proof, proof.progress.commitment, petugas, AT)
    trace = Event.objects.get(verb="photo.allowed")
    assert (trace.object_code, trace.after["sha256"]) == ("K-2026-001", proof.sha256)
    assert WORDS["allowed_by"] not in str(trace.after)


def test_the_last_answer_counts_and_the_earlier_ones_stay(proof, petugas, pimpinan):
    first = allow_photo(proof, by=petugas, at=AT, **WORDS)
    disallow_photo(proof, by=pimpinan, at=AT)
    assert in_force() == []

    allow_photo(proof, by=petugas, at=AT, **WORDS | {"caption": "Keterangan baru"})

    assert in_force() == ["Keterangan baru"]
    assert [answer.is_allowed for answer in proof.photo_consents.all()] == [True, False, True]
    with pytest.raises(AppendOnlyError):
        first.delete()


def test_the_same_answer_twice_is_one_row(proof, petugas):
    rows = [allow_photo(proof, by=petugas, at=AT, **WORDS) for _click in range(2)]
    rows += [disallow_photo(proof, by=petugas, at=AT) for _click in range(2)]

    assert len({row.pk for row in rows}) == 2
    assert Event.objects.filter(verb__startswith="photo.").count() == 2


def test_a_yes_without_a_name_and_a_row_without_a_photo_cannot_be_stored(proof, petugas):
    for wrong in ({"evidence": proof, "is_allowed": True}, {"is_allowed": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhotoConsent.objects.create(by=petugas, at=AT, **wrong)


@pytest.mark.parametrize("who", ["petugas_unit", "pimpinan_unit", "petugas_lain", "petugas_asing", "auditor", "admin"])
def test_only_the_keeper_writes_it_down(proof, picture, request, who):
    user = request.getfixturevalue(who)
    for kept in (proof, picture):
        with pytest.raises(Refusal):
            allow_photo(kept, by=user, at=AT, **WORDS)

    assert not PhotoConsent.objects.exists()


def test_press_allows_what_it_may_see(commitment, humas, petugas_unit, proof):
    general = proof_of(commitment, petugas_unit, sensitivity=Sensitivity.GENERAL)

    allow_photo(general, by=humas, at=AT, **WORDS)
    with pytest.raises(Refusal, match="internal"):
        allow_photo(proof, by=humas, at=AT, **WORDS)


def test_only_pictures_that_are_still_there_and_no_lists_of_names(commitment, petugas, petugas_unit, meeting, picture):
    paper = proof_of(commitment, petugas_unit, content=document())
    names = attach_file(
        meeting, FileKind.ATTENDANCE, take_in(SimpleUploadedFile("daftar.jpg", photo())), by=petugas, at=AT
    )
    remove_file(picture, by=petugas, at=AT, reason="Diminta")
    picture.refresh_from_db()

    for wrong in (paper, names, picture):
        with pytest.raises(Refusal, match="hanya untuk foto") as refused:
            allow_photo(wrong, by=petugas, at=AT, **WORDS)
        assert refused.value.verdict.status == 409


def test_a_photo_with_an_answer_may_be_removed_and_is_printed_no_more(picture, petugas):
    allow_photo(picture, by=petugas, at=AT, **WORDS)
    assert in_force() == [WORDS["caption"]]

    remove_file(picture, by=petugas, at=AT, reason="Diminta orang tua")

    assert in_force() == []


def test_photos_of_a_period_are_those_reported_or_taken_in_it(proof, picture, petugas, agreement, meeting):
    for kept in (proof, picture):
        allow_photo(kept, by=petugas, at=AT, **WORDS)
    of_period = PhotoConsent.objects.in_force().of_period

    def found(first, last, of=agreement):
        return [one.photo for one in of_period(of, first=first, last=last)]

    assert found(dt.date(2026, 1, 1), dt.date(2026, 3, 31)) == [proof, picture]
    assert found(dt.date(2026, 2, 1), dt.date(2026, 3, 31)) == [proof]
    assert found(dt.date(2026, 1, 28), dt.date(2026, 1, 28)) == [picture]
    assert found(dt.date(2026, 1, 1), dt.date(2026, 3, 31), of=AgreementFactory()) == []
    meeting.shared_at = None
    meeting.save()
    assert found(dt.date(2026, 1, 28), dt.date(2026, 1, 28)) == []


def test_an_agency_prints_photos_of_what_it_keeps_leads_supports_or_attended(
    proof, picture, petugas, bp3mi, unit, other_unit, stranger, ministry
):
    for kept in (proof, picture):
        allow_photo(kept, by=petugas, at=AT, **WORDS)

    def found(issuer):
        return sorted(one.pk for one in PhotoConsent.objects.printable_by(issuer).distinct())

    both, meetings_own = found(bp3mi), found(other_unit)
    assert len(both) == 2
    assert found(unit) == found(ministry) == both
    assert meetings_own == [picture.photo_consents.get().pk]
    assert found(stranger) == []


def test_the_page_asks_shows_and_takes_back(as_person, petugas, proof):
    browser = as_person(petugas)

    before = browser.get(page_of(proof)).content.decode()
    answer = browser.post(page_of(proof), WORDS)
    after = browser.get(page_of(proof)).content.decode()
    detail = browser.get("/komitmen/K-2026-001/").content.decode()
    browser.post(page_of(proof), {"aksi": "cabut"})

    assert "Tidak dicetak: belum ada izin." in before
    assert "Cabut izin" not in before
    assert (answer.status_code, answer.url) == (302, "/komitmen/K-2026-001/")
    assert "Boleh dicetak dalam laporan." in after
    assert "boleh dicetak, izin Kepala SMK Contoh" in detail
    assert "izin dicabut" in browser.get(page_of(proof)).content.decode()


def test_a_photo_of_a_meeting_has_the_same_page(as_person, petugas, picture, meeting):
    browser, page = as_person(petugas), f"/pertemuan/{meeting.code}/berkas/{picture.pk}/izin/"

    answer = browser.post(page, WORDS)
    papers = browser.get(meeting.get_absolute_url()).content.decode()

    assert (answer.status_code, answer.url) == (302, meeting.get_absolute_url())
    assert "boleh dicetak, izin Kepala SMK Contoh" in papers
    assert page in papers


def test_an_empty_answer_is_explained_and_kept(as_person, petugas, proof):
    answer = as_person(petugas).post(page_of(proof), {"caption": "Bursa kerja"})

    assert answer.status_code == 422
    assert "&quot;Izin diberikan oleh&quot; belum diisi." in answer.content.decode()
    assert 'value="Bursa kerja"' in answer.content.decode()
    assert not PhotoConsent.objects.exists()


def test_a_photo_of_others_does_not_exist(as_person, petugas_asing, petugas_lain, proof, picture, meeting):
    other = MeetingFactory(host_agency=meeting.host_agency)
    for user in (petugas_asing, petugas_lain):
        assert as_person(user).get(page_of(proof)).status_code == 404
    browser = as_person(petugas_asing)
    assert browser.get(f"/pertemuan/{meeting.code}/berkas/{picture.pk}/izin/").status_code == 404
    assert browser.get(f"/pertemuan/{other.code}/berkas/{picture.pk}/izin/").status_code == 404


def test_the_lead_sees_the_answer_and_gives_none(as_person, petugas_unit, proof, petugas):
    allow_photo(proof, by=petugas, at=AT, **WORDS)

    page = as_person(petugas_unit).get("/komitmen/K-2026-001/").content.decode()

    assert "boleh dicetak, izin Kepala SMK Contoh" in page
    assert "/izin/" not in page
    assert as_person(petugas_unit).post(page_of(proof), WORDS).status_code == 403


def test_a_commitment_of_another_agreement_keeps_its_photos(proof, petugas, agreement, bp3mi):
    other = CommitmentFactory(meeting=MeetingFactory(host_agency=bp3mi, agreement=AgreementFactory()), lead=bp3mi)
    foreign = proof_of(other, petugas)
    for kept in (proof, foreign):
        allow_photo(kept, by=petugas, at=AT, **WORDS)

    rows = PhotoConsent.objects.of_period(agreement, first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))

    assert [one.photo for one in rows] == [proof]
