"""Completing gaps and correcting: what is asked, what is doubted, and two people at the same row."""

import datetime as dt
import uuid

import pytest

from agencies.models import Event
from commitments import actions
from commitments.actions import TermsEntry
from commitments.models import Commitment, DueBasis, Terms
from commitments.status import Status
from tests.factories import AgreementFactory, ClauseFactory, CommitmentFactory, at

AT = at("2026-03-02", "10.00")


def url(commitment):
    return f"{commitment.get_absolute_url()}lengkapi/"


def fresh(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def typed(commitment, **changes):
    row = fresh(commitment)
    return {
        "wording": row.wording,
        "lead": row.lead.code if row.lead else "",
        "due_on": f"{row.due_on:%d/%m/%Y}" if row.due_on else "",
        "target": str(row.target or ""),
        "unit": row.unit,
        "version": str(row.version),
        "reason": "",
    } | changes


@pytest.fixture
def bare(meeting):
    return CommitmentFactory(code="K-2026-050", meeting=meeting, lead=None)


def test_gaps_are_completed_without_a_reason(as_person, petugas, bare, unit, other_unit, clause):
    body = typed(
        bare, lead="naker", due_on="Selasa, 30 Juni 2026", target="4", unit="kali", clauses=[clause.pk],
        supporting=["sosial"],
    )  # fmt: skip

    response = as_person(petugas).post(url(bare), body)

    row = fresh(bare)
    assert response.status_code == 302
    assert (row.lead, row.due_on, row.due_basis, row.target) == (unit, dt.date(2026, 6, 30), DueBasis.PROPOSED, 4)
    assert [*row.clauses.all()] == [clause]
    assert [c.agency for c in row.contributions.all()] == [other_unit]


def test_replacing_what_others_were_told_needs_a_reason(as_person, petugas, commitment):
    browser = as_person(petugas)

    refused = browser.post(url(commitment), typed(commitment, wording="Rumusan lain"))
    assert refused.status_code == 422
    assert "Tulis alasan perubahannya" in refused.content.decode()

    accepted = browser.post(url(commitment), typed(commitment, wording="Rumusan lain", reason="Diperjelas"))
    assert accepted.status_code == 302
    assert Terms.objects.get(commitment=commitment, n=2).reason == "Diperjelas"


def test_whoever_was_slower_sees_the_conflict_before_a_reason_is_asked(as_person, petugas, bare):
    slower = typed(bare, target="9", unit="berkas")
    as_person(petugas).post(url(bare), typed(bare, target="7", unit="rapat"))

    response = as_person(petugas).post(url(bare), slower)

    assert response.status_code == 409
    assert fresh(bare).target == 7


def test_a_draft_is_corrected_without_a_reason(as_person, petugas, draft_commitment):
    response = as_person(petugas).post(url(draft_commitment), typed(draft_commitment, wording="Lebih jelas"))

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": "31 Februari 2026"}, "tidak ada di kalender"),
        ({"due_on": "Senin, 30 Juni 2026"}, "Selasa"),
        ({"due_on": "nanti"}, "tidak terbaca"),
        ({"due_on": "1" * 500}, ""),
        ({"wording": ""}, "belum diisi"),
        ({"wording": "a" * 10_001}, "10000"),
        ({"lead": "tidakada"}, ""),
        ({"supporting": ["tidakada"]}, ""),
        ({"clauses": ["999999"]}, ""),
        ({"clauses": ["x"]}, ""),
        ({"target": "banyak"}, "Tulis angka"),
        ({"version": ""}, "Muat ulang"),
        ({"version": "x"}, ""),
        ({"unit": "kali"}, "Isi angka target"),
        ({"wording": "a\0b"}, ""),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_kept(as_person, petugas, bare, changes, words):
    response = as_person(petugas).post(url(bare), typed(bare, reason="Alasan saya", **changes))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Alasan saya" in page
    assert fresh(bare).version == 1


def test_a_date_before_the_meeting_is_doubted(as_person, petugas, bare):
    browser, body = as_person(petugas), typed(bare, due_on="1 Januari 2026")

    doubted = browser.post(url(bare), body)
    assert doubted.status_code == 422
    assert "lebih awal dari asal komitmen, 28 Jan 2026" in doubted.content.decode()

    code = doubted.context["form"].pending_warnings[0].code
    assert browser.post(url(bare), body | {"abaikan_peringatan": code}).status_code == 302


def test_a_scope_item_of_another_agreement_cannot_be_chosen(as_person, petugas, bare):
    foreign = ClauseFactory(agreement=AgreementFactory())

    assert as_person(petugas).post(url(bare), typed(bare, clauses=[foreign.pk])).status_code == 422
    assert not fresh(bare).clauses.exists()


def test_two_editors_see_both_values_and_nothing_is_overwritten(as_person, petugas, commitment):
    body = typed(commitment, wording="Ketikan saya", reason="Alasan saya")
    entry = TermsEntry("Yang lebih cepat", commitment.lead, commitment.due_on, commitment.target, commitment.unit)
    actions.change_terms(commitment, entry, by=petugas, at=AT, version=1, reason="Cepat")
    browser = as_person(petugas)

    response = browser.post(url(commitment), body)

    page = response.content.decode()
    assert response.status_code == 409
    for words in ("Ketikan saya", "Yang lebih cepat", "Alasan saya", f"{petugas.name} mengubah isian ini"):
        assert words in page
    assert fresh(commitment).wording == "Yang lebih cepat"

    decided = browser.post(url(commitment), body | {"version": response.context["form"]["version"].value()})
    assert decided.status_code == 302
    assert fresh(commitment).wording == "Ketikan saya"


def opened(browser, commitment, **changes):
    """What the page sends after ``changes``: it knows with which values it was opened."""
    return typed(commitment, base=browser.get(url(commitment)).context["form"]["base"].value(), **changes)


def test_changes_that_do_not_overlap_are_joined_with_one_click(as_person, petugas, commitment, other_unit):
    browser = as_person(petugas)
    mine = opened(browser, commitment, wording="Rumusan saya", reason="Diperjelas")
    theirs = typed(commitment, target="9", supporting=["sosial"], due_on="31/7/2026", reason="Bertambah")
    as_person(petugas).post(url(commitment), theirs)

    response = browser.post(url(commitment), mine, follow=True)

    row = fresh(commitment)
    assert (row.wording, row.target, row.due_on) == ("Rumusan saya", 9, dt.date(2026, 7, 31))
    assert [c.agency for c in row.contributions.all()] == [other_unit]
    assert "Yang hanya diubah orang lain ikut dipakai: Pendukung, Tenggat, Target." in response.content.decode()


def test_only_what_both_changed_is_asked_and_the_rest_is_joined(as_person, petugas, commitment):
    browser = as_person(petugas)
    mine = opened(browser, commitment, wording="Rumusan saya", target="5", reason="Alasan saya")
    as_person(petugas).post(url(commitment), typed(commitment, wording="Rumusan mereka", unit="rapat", reason="Cepat"))

    response = browser.post(url(commitment), mine)

    form = response.context["form"]
    assert response.status_code == 409
    assert [(c.name, c.mine, c.stored) for c in form.clashes] == [("wording", "Rumusan saya", "Rumusan mereka")]
    assert {name: form[name].value() for name in ("wording", "target", "unit", "reason")} == {
        "wording": "Rumusan saya", "target": "5", "unit": "rapat", "reason": "Alasan saya",
    }  # fmt: skip
    assert form.errors == {}
    assert response.context["taken"] == "Satuan"


@pytest.mark.parametrize(("choice", "wording"), [("saya", "Rumusan saya"), ("tersimpan", "Rumusan mereka")])
def test_the_choice_decides(as_person, petugas, commitment, choice, wording):
    browser = as_person(petugas)
    mine = opened(browser, commitment, wording="Rumusan saya", target="5", reason="Alasan saya")
    as_person(petugas).post(url(commitment), typed(commitment, wording="Rumusan mereka", reason="Cepat"))
    asked = browser.post(url(commitment), mine).context["form"]
    again = mine | {name: asked[name].value() for name in ("version", "base", "clashing")}

    unchosen = browser.post(url(commitment), again)
    chosen = browser.post(url(commitment), again | {"pilih-wording": choice})

    assert unchosen.status_code == 422
    assert "Pilih isian yang dipakai" in unchosen.content.decode()
    assert "Rumusan saya" in unchosen.content.decode()
    assert "Rumusan mereka" in unchosen.content.decode()
    assert chosen.status_code == 302
    assert (fresh(commitment).wording, fresh(commitment).target) == (wording, 5)


def test_a_third_editor_is_told_too(as_person, petugas, commitment):
    browser = as_person(petugas)
    mine = opened(browser, commitment, wording="Rumusan saya", reason="Alasan saya")
    as_person(petugas).post(url(commitment), typed(commitment, wording="Rumusan mereka", reason="Cepat"))
    asked = browser.post(url(commitment), mine).context["form"]
    as_person(petugas).post(url(commitment), typed(commitment, wording="Rumusan ketiga", reason="Lagi"))

    answer = {name: asked[name].value() for name in ("version", "base", "clashing")} | {"pilih-wording": "saya"}
    response = browser.post(url(commitment), mine | answer)

    assert response.status_code == 409
    assert [(c.mine, c.stored) for c in response.context["form"].clashes] == [("Rumusan saya", "Rumusan ketiga")]


@pytest.mark.parametrize("base", ["", "x", "[]", '{"wording": 7}', "{" * 4000])
def test_a_spoilt_base_asks_and_overwrites_nothing(as_person, petugas, commitment, base):
    mine = typed(commitment, wording="Rumusan saya", reason="Alasan saya", base=base)
    as_person(petugas).post(url(commitment), typed(commitment, target="9", reason="Cepat"))

    response = as_person(petugas).post(url(commitment), mine)

    assert response.status_code == 409
    assert (fresh(commitment).wording, fresh(commitment).target) == (commitment.wording, 9)


def test_two_editors_with_the_same_words_have_no_conflict(as_person, petugas, commitment):
    body = typed(commitment, wording="Sama", reason="Alasan")
    entry = TermsEntry("Sama", commitment.lead, commitment.due_on, commitment.target, commitment.unit)
    actions.change_terms(commitment, entry, by=petugas, at=AT, version=1, reason="Cepat")

    assert as_person(petugas).post(url(commitment), body).status_code == 302


def test_the_second_click_changes_once(as_person, petugas, commitment):
    browser = as_person(petugas)
    body = typed(commitment, wording="Sekali", reason="Alasan", token=str(uuid.uuid4()))

    answers = [browser.post(url(commitment), body).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert fresh(commitment).version == 2


@pytest.mark.parametrize(
    ("who", "status"), [("petugas_unit", 403), ("humas", 403), ("auditor", 403), ("admin", 403), ("petugas_asing", 404)]
)
def test_the_wrong_person_changes_nothing(as_person, commitment, request, who, status):
    browser = as_person(request.getfixturevalue(who))
    body = typed(commitment, wording="Diubah", reason="x")

    assert browser.post(url(commitment), body).status_code == status
    assert fresh(commitment).version == 1
    assert Event.objects.filter(verb="access.refused").exists() == (status == 403)


def test_extra_fields_change_nothing(as_person, petugas, commitment, stranger):
    attack = {"status": "DONE", "host_agency": stranger.pk, "due_basis": "AGREED", "code": "K-1", "agreement": "9"}

    as_person(petugas).post(url(commitment), typed(commitment, wording="Baru", reason="x") | attack)

    row = fresh(commitment)
    assert (row.status, row.host_agency, row.code) == (Status.NOT_STARTED, commitment.host_agency, commitment.code)


def test_a_closed_commitment_is_not_opened_for_change(as_person, petugas, meeting):
    closed = CommitmentFactory(meeting=meeting, status=Status.DONE)

    assert as_person(petugas).get(url(closed)).status_code == 409
