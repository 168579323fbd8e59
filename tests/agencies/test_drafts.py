"""Drafts: what is typed is kept for its writer, comes back with every field, and moves only to colleagues."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from agencies import drafts
from agencies.drafts import Opening
from agencies.models import Agreement, Draft, Event, FormToken, Role
from agencies.policy import Refusal
from agencies.tasks import sweep_drafts
from commitments.models import Commitment
from meetings.models import Meeting
from tests.factories import CommitmentFactory, MeetingFactory, at, person

KEEP = "/konsep/"
SCRIPT = {"HTTP_HX_REQUEST": "true"}
LOG = "/pertemuan/catat/"
AT = at("2026-03-02", "10.00")


@pytest.fixture
def bare(meeting):
    return CommitmentFactory(code="K-2026-050", meeting=meeting, lead=None, wording="Rumusan pertama")


@pytest.fixture
def rekan(bp3mi):
    """A second officer of BP3MI."""
    return person(bp3mi, Role.OFFICER)


def url(commitment):
    return f"{commitment.get_absolute_url()}lengkapi/"


def hidden_of(browser, address):
    """What the draft line adds to the form of a page."""
    draft = browser.get(address).context["draft"]
    return {"konsep": draft.ticket, "konsep_versi": str(draft.version)}


def written(**changes):
    return {"wording": "Sedang ditulis", "unit": "kali", "target": "3", "version": "1", "reason": "Alasan"} | changes


def keep(browser, hidden, **changes):
    """Save the draft the way the script does."""
    return browser.post(KEEP, hidden | written(**changes), **SCRIPT)


def test_what_is_typed_comes_back_with_every_field(as_person, petugas, bare, unit, other_unit):
    browser = as_person(petugas)

    kept = keep(browser, hidden_of(browser, url(bare)), lead="naker", due_on="30/6/2026", supporting=["sosial"])
    again = as_person(petugas).get(url(bare))

    form, page = again.context["form"], again.content.decode()
    assert kept.status_code == 200
    assert "Konsep tersimpan pukul" in kept.content.decode()
    assert {name: form[name].value() for name in ("wording", "unit", "target", "lead", "due_on", "supporting")} == {
        "wording": "Sedang ditulis", "unit": "kali", "target": "3", "lead": "naker", "due_on": "30/6/2026",
        "supporting": ["sosial"],
    }  # fmt: skip
    assert "dilanjutkan" in page
    assert "Mulai kosong" in page
    assert Commitment.objects.get(pk=bare.pk).wording == "Rumusan pertama"


@pytest.mark.parametrize("step", ["tunda", "batalkan", "rencana", "gabung"])
def test_a_reason_for_a_meeting_comes_back_too(as_person, petugas, bp3mi, city, step):
    planned = MeetingFactory(host_agency=bp3mi, counterpart=city, status="PLANNED", shared_at=None)
    address, name = f"{planned.get_absolute_url()}{step}/", "place" if step == "rencana" else "reason"
    browser = as_person(petugas)

    kept = browser.post(KEEP, hidden_of(browser, address) | {name: "Belum siap"}, **SCRIPT)
    again = as_person(petugas).get(address)

    assert kept.status_code == 200
    assert again.context["form"][name].value() == "Belum siap"
    assert "dilanjutkan" in again.content.decode()


@pytest.mark.parametrize(
    ("step", "name"), [("tambah/", "title"), ("{code}/ubah/", "place"), ("{code}/ruang-lingkup/", "text")]
)
def test_words_about_an_agreement_come_back_and_save_nothing(as_person, pimpinan, agreement, step, name):
    address, browser = f"/kesepakatan/{step.format(code=agreement.code)}", as_person(pimpinan)
    known = list(Agreement.objects.values())

    kept = browser.post(KEEP, hidden_of(browser, address) | {name: "1. Pelatihan bahasa"}, **SCRIPT)
    again = as_person(pimpinan).get(address)

    assert (kept.status_code, again.status_code) == (200, 200)
    assert again.context["form"][name].value() == "1. Pelatihan bahasa"
    assert list(Agreement.objects.values()) == known
    assert not agreement.clauses.exists()


def test_a_saved_correction_of_an_agreement_leaves_no_draft(as_person, pimpinan, agreement):
    address, browser = f"/kesepakatan/{agreement.code}/ubah/", as_person(pimpinan)
    hidden = hidden_of(browser, address)
    form = browser.get(address).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}
    browser.post(KEEP, hidden | {"place": "Balai Kota"}, **SCRIPT)

    saved = browser.post(address, typed | hidden | {"place": "Balai Kota"})

    agreement.refresh_from_db()
    assert (saved.status_code, agreement.place, Draft.objects.count()) == (302, "Balai Kota", 0)


def test_a_continued_draft_is_not_scolded(as_person, petugas, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)), wording="", due_on="31 Februari 2026", target="banyak")

    again = browser.get(url(bare))

    assert again.status_code == 200
    assert again.context["form"].errors == {}
    assert again.context["form"]["due_on"].value() == "31 Februari 2026"
    assert "data-error-summary" not in again.content.decode()


def test_a_whole_meeting_comes_back_with_names_chips_and_ticks(as_person, petugas, bp3mi, city, unit, other_unit):
    browser = as_person(petugas)
    hidden = hidden_of(browser, LOG)
    typed = {
        "host": "bp3mi", "counterpart": "kota", "held_on": "28 Januari 2026", "place": "Balai Kota",
        "present": ["naker", "sosial"], "lines": "Bursa kerja @naker /30jun", "minutes": "Perkenalan.",
        "nama-naker": "Kepala Suku Dinas", "led_by": "Kepala BP3MI", "kind": "AUDIENCE",
    }  # fmt: skip

    browser.post(KEEP, hidden | typed, **SCRIPT)
    again = as_person(petugas).get(LOG)

    form, page = again.context["form"], again.content.decode()
    assert {name: form[name].value() for name in ("counterpart", "held_on", "place", "lines", "minutes", "led_by")} == {
        name: typed[name] for name in ("counterpart", "held_on", "place", "lines", "minutes", "led_by")
    }
    assert {agency.code for agency, is_ticked in form.suggested if is_ticked} == {"naker", "sosial"}
    assert 'value="Kepala Suku Dinas"' in page
    assert "Bursa kerja" in page


def test_saving_drops_the_draft_also_on_the_second_click(as_person, petugas, bare):
    browser = as_person(petugas)
    hidden = hidden_of(browser, url(bare))
    keep(browser, hidden)
    body = hidden | written(token=str(uuid.uuid4()))

    answers = [browser.post(url(bare), body).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert Commitment.objects.get(pk=bare.pk).version == 2
    assert not Draft.objects.exists()


def test_a_refused_form_keeps_its_draft(as_person, petugas, bare):
    browser = as_person(petugas)
    hidden = hidden_of(browser, url(bare))
    keep(browser, hidden)

    refused = browser.post(url(bare), hidden | written(wording=""))

    assert refused.status_code == 422
    assert refused.context["draft"].version == 1
    assert Draft.objects.count() == 1


def test_words_that_arrive_after_their_form_was_saved_are_not_a_draft(as_person, petugas, bare):
    browser = as_person(petugas)
    hidden, token = hidden_of(browser, url(bare)), str(uuid.uuid4())
    browser.post(url(bare), hidden | written(token=token))

    late = keep(browser, hidden, token=token)

    assert late.status_code == 410
    assert not Draft.objects.exists()


def test_two_windows_with_one_draft_save_once(as_person, petugas, bp3mi, city):
    browser = as_person(petugas)
    typed = {"host": "bp3mi", "held_on": "28 Januari 2026", "kind": "AUDIENCE", "lines": "Bursa kerja"}
    browser.post(KEEP, hidden_of(browser, LOG) | typed | {"token": str(uuid.uuid4())}, **SCRIPT)
    windows = [browser.get(LOG).context for _window in range(2)]

    places = [
        browser.post(
            LOG,
            typed | {"token": page["form"]["token"].value(), "konsep": page["draft"].ticket, "aksi": "draf"},
        )["Location"]
        for page in windows
    ]

    assert places[0] == places[1]
    assert Meeting.objects.count() == 1


def test_a_draft_with_a_used_token_gets_a_new_one(petugas):
    used = uuid.uuid4()
    FormToken.objects.create(token=used, user=petugas, digest="", result="/", at=AT)
    draft = Draft.objects.create(
        user=petugas, form="x", content={"fields": {"token": [str(used)], "a": ["b"]}}, updated_at=AT
    )

    again = drafts.typed_again(draft)

    assert uuid.UUID(again["token"]) != used
    assert again["a"] == "b"


@pytest.mark.parametrize(("who", "status"), [("rekan", 403), ("petugas_unit", 403), ("petugas_asing", 403)])
def test_nobody_writes_into_the_draft_of_another(as_person, petugas, bare, request, who, status):
    hidden = hidden_of(as_person(petugas), url(bare))

    answer = keep(as_person(request.getfixturevalue(who)), hidden)

    assert answer.status_code == status
    assert not Draft.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "é" * 9000, "\0"])
def test_a_forged_ticket_keeps_nothing(as_person, petugas, ticket):
    answer = as_person(petugas).post(KEEP, {"konsep": ticket, "wording": "x"}, **SCRIPT)

    assert answer.status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("known", ["x", "-1", "²", "9" * 40, ""])
def test_a_nonsense_version_counts_as_none(as_person, petugas, bare, known):
    browser = as_person(petugas)

    answer = keep(browser, hidden_of(browser, url(bare)) | {"konsep_versi": known})

    assert answer.status_code == 200


def test_files_and_request_tokens_are_not_kept_and_the_zero_character_is_dropped(as_person, petugas, bare):
    browser = as_person(petugas)

    keep(browser, hidden_of(browser, url(bare)), csrfmiddlewaretoken="x", aksi="draf", wording="a\0b")

    kept = Draft.objects.get().content["fields"]
    assert kept["wording"] == ["ab"]
    assert not {"csrfmiddlewaretoken", "aksi", "konsep", "konsep_versi"} & set(kept)


def test_too_long_a_draft_is_refused_in_words(as_person, petugas, bare):
    browser = as_person(petugas)

    answer = keep(browser, hidden_of(browser, url(bare)), wording="a" * (drafts.LIMIT + 1))

    assert answer.status_code == 413
    assert "terlalu panjang" in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_second_window_is_told_that_the_first_went_on(as_person, petugas, bare):
    browser = as_person(petugas)
    first, second = (hidden_of(browser, url(bare)) for _window in range(2))
    keep(browser, first, wording="Jendela pertama")

    answer = keep(browser, second, wording="Jendela kedua")

    assert answer.status_code == 409
    assert "jendela atau perangkat lain" in answer.content.decode()
    assert Draft.objects.get().content["fields"]["wording"] == ["Jendela pertama"]


def test_a_draft_thrown_away_elsewhere_does_not_rise_again(as_person, petugas, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)))
    hidden = hidden_of(browser, url(bare))
    browser.post(reverse("agencies:draft_throw_away", args=[Draft.objects.get().pk]))

    answer = keep(browser, hidden)

    assert answer.status_code == 409
    assert not Draft.objects.exists()


def test_two_new_meetings_are_two_drafts_and_starting_empty_keeps_the_first(as_person, petugas, bp3mi):
    browser = as_person(petugas)
    browser.post(KEEP, hidden_of(browser, LOG) | {"place": "Ruang satu"}, **SCRIPT)

    resumed = browser.get(LOG)
    fresh = browser.get(resumed.context["draft"].fresh_address)
    draft = fresh.context["draft"]
    browser.post(KEEP, {"konsep": draft.ticket, "konsep_versi": "0", "place": "Ruang dua"}, **SCRIPT)

    assert resumed.context["form"]["place"].value() == "Ruang satu"
    assert fresh.context["form"]["place"].value() in (None, "")
    assert {row.content["fields"]["place"][0] for row in Draft.objects.all()} == {"Ruang satu", "Ruang dua"}


def test_without_scripts_a_button_keeps_the_words_and_comes_back(as_person, petugas, bare):
    browser = as_person(petugas)

    answer = browser.post(KEEP, hidden_of(browser, url(bare)) | written(), follow=True)

    assert answer.redirect_chain[0][0] == url(bare)
    assert "Konsep tersimpan pukul" in answer.content.decode()
    assert answer.context["form"]["wording"].value() == "Sedang ditulis"


# --- the session ended ---------------------------------------------------------------------


def test_a_form_sent_after_the_session_ended_waits_for_its_writer(as_person, petugas, bare):
    hidden = hidden_of(as_person(petugas), url(bare))

    turned_away = Client().post(url(bare), hidden | written(wording="Sesudah sesi berakhir"))
    sign_in = Client().get(turned_away["Location"])
    again = as_person(petugas).get(url(bare))

    assert turned_away.status_code == 302
    assert turned_away["Location"] == f"/masuk/?next={url(bare).replace('/', '%2F')}&konsep=1"
    assert "Isian terakhir tersimpan" in sign_in.content.decode()
    assert again.context["form"]["wording"].value() == "Sesudah sesi berakhir"
    assert Commitment.objects.get(pk=bare.pk).wording == "Rumusan pertama"


def test_whoever_signs_in_instead_sees_nothing_of_it(as_person, petugas, rekan, bare):
    hidden = hidden_of(as_person(petugas), url(bare))
    Client().post(url(bare), hidden | written(wording="Rahasia petugas"))

    for address in (url(bare), "/"):
        page = as_person(rekan).get(address).content.decode()

        assert "Rahasia petugas" not in page


def test_the_script_is_told_that_the_session_ended_and_the_words_are_kept(as_person, petugas, bare):
    hidden = hidden_of(as_person(petugas), url(bare))

    answer = keep(Client(), hidden, wording="Sesudah sesi berakhir")

    assert answer.status_code == 401
    assert answer["X-Konsep"] == "tersimpan"
    assert answer["HX-Redirect"].startswith("/masuk/?next=%2Fkomitmen%2F")
    assert Draft.objects.get().user == petugas


def test_a_signed_out_form_without_a_ticket_keeps_nothing(bare):
    answer = Client().post(url(bare), written())

    assert answer["Location"] == f"/masuk/?next={url(bare)}"
    assert not Draft.objects.exists()


def test_an_old_ticket_keeps_nothing(as_person, petugas, bare, monkeypatch):
    hidden = hidden_of(as_person(petugas), url(bare))
    monkeypatch.setattr(drafts, "TICKET_AGE", dt.timedelta(seconds=-1))

    assert Client().post(url(bare), hidden | written())["Location"] == f"/masuk/?next={url(bare)}"
    assert not Draft.objects.exists()


def test_a_person_who_left_gets_no_draft(as_person, petugas, bare):
    hidden = hidden_of(as_person(petugas), url(bare))
    petugas.is_active = False
    petugas.save()

    Client().post(url(bare), hidden | written())

    assert not Draft.objects.exists()


def test_a_page_older_than_the_sign_in_comes_back_with_its_words(as_person, petugas, bare):
    browser = as_person(petugas, enforce_csrf_checks=True)
    hidden = hidden_of(browser, url(bare))

    answer = browser.post(url(bare), hidden | written(csrfmiddlewaretoken="lama"), follow=True)

    assert answer.redirect_chain == [(url(bare), 302)]
    assert "sudah lama dibuka" in answer.content.decode()
    assert answer.context["form"]["wording"].value() == "Sedang ditulis"
    assert Commitment.objects.get(pk=bare.pk).version == 1


def test_a_forged_request_keeps_nothing(as_person, petugas, bare):
    answer = as_person(petugas, enforce_csrf_checks=True).post(url(bare), written())

    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_an_old_page_of_another_account_is_kept_for_its_writer_only(as_person, petugas, rekan, bare):
    hidden = hidden_of(as_person(petugas), url(bare))

    answer = as_person(rekan, enforce_csrf_checks=True).post(url(bare), hidden | written())

    assert answer.status_code == 403
    assert "Sedang ditulis" not in answer.content.decode()
    assert Draft.objects.get().user == petugas


def test_sign_out_empties_what_the_browser_kept(as_person, petugas):
    browser = as_person(petugas)

    assert browser.post("/keluar/")["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in as_person(petugas).get("/").headers


# --- two people ----------------------------------------------------------------------------


def test_a_colleague_is_told_who_writes_and_never_what(as_person, petugas, rekan, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)), wording="Rahasia petugas")

    page = as_person(rekan).get(url(bare)).content.decode()

    assert f"Sedang ditulis oleh {petugas.name} (pukul" in page
    assert "Ambil alih" in page
    assert "Lihat saja" in page
    assert "Rahasia petugas" not in page


def test_an_older_draft_is_told_as_what_it_is(as_person, petugas, rekan, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)))
    draft = Draft.objects.get()
    draft.updated_at -= dt.timedelta(days=3)
    draft.save()

    assert f"{petugas.name} mempunyai konsep yang belum disimpan" in as_person(rekan).get(url(bare)).content.decode()


def take_address(browser, address):
    return browser.get(address).context["draft"].colleague.take_address


def test_taking_over_moves_the_words_and_leaves_a_trace(as_person, petugas, rekan, bare):
    writer, taker = as_person(petugas), as_person(rekan)
    keep(writer, hidden_of(writer, url(bare)), wording="Kata petugas")
    hidden = hidden_of(writer, url(bare))
    address = take_address(taker, url(bare))

    asked = taker.get(address)
    taken = [taker.post(address)["Location"] for _click in range(2)]
    page = taker.get(taken[0])
    told = keep(writer, hidden, wording="Kata petugas, lebih jauh")

    assert "Ambil alih konsep ini?" in asked.content.decode()
    assert "Kata petugas" not in asked.content.decode()
    assert taken == [url(bare), url(bare)]
    assert page.context["form"]["wording"].value() == "Kata petugas"
    assert told.status_code == 409
    assert f"diambil alih oleh {rekan.name}" in told.content.decode()
    assert Event.objects.filter(verb="draft.taken_over", actor_id=rekan.pk).count() == 1
    assert Draft.objects.get().user == rekan


def test_the_former_writer_is_told_even_after_the_taker_went_on(as_person, petugas, rekan, bare):
    writer, taker = as_person(petugas), as_person(rekan)
    keep(writer, hidden_of(writer, url(bare)))
    hidden = hidden_of(writer, url(bare))
    taker.post(take_address(taker, url(bare)))
    keep(taker, hidden_of(taker, url(bare)), wording="Diteruskan rekan")

    assert f"diambil alih oleh {rekan.name}" in keep(writer, hidden).content.decode()


def test_nothing_is_taken_over_one_s_own_words(as_person, petugas, rekan, bare):
    writer, taker = as_person(petugas), as_person(rekan)
    keep(writer, hidden_of(writer, url(bare)), wording="Kata petugas")
    keep(taker, hidden_of(taker, url(bare)), wording="Kata rekan")

    refused = taker.post(take_address(taker, url(bare)))

    assert refused.status_code == 409
    assert {d.user: d.content["fields"]["wording"] for d in Draft.objects.all()} == {
        petugas: ["Kata petugas"],
        rekan: ["Kata rekan"],
    }


def test_the_same_partner_and_day_are_found_however_they_are_typed(as_person, petugas, rekan, bp3mi, city):
    writer, colleague = as_person(petugas), as_person(rekan)
    same = {"host": "bp3mi", "counterpart": "Kota Uji", "held_on": "Rabu, 28 Jan 2026", "lines": "Rahasia petugas"}
    writer.post(KEEP, hidden_of(writer, LOG) | same, **SCRIPT)

    told = colleague.post(
        KEEP, hidden_of(colleague, LOG) | {"host": "bp3mi", "counterpart": "@kota", "held_on": "28/1/2026"}, **SCRIPT
    )
    other = colleague.post(
        KEEP, hidden_of(colleague, LOG) | {"host": "bp3mi", "counterpart": "@kota", "held_on": "29/1/2026"}, **SCRIPT
    )

    assert f"Sedang ditulis oleh {petugas.name}" in told.content.decode()
    assert "Rahasia petugas" not in told.content.decode()
    assert "Sedang ditulis" not in other.content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_day_of_a_draft_stands_in_the_same_words_for_everybody(as_person, petugas, bp3mi, city, language):
    browser = as_person(petugas)
    typed = {"host": "bp3mi", "counterpart": "kota", "held_on": "28/5/2026", "lines": "Bursa kerja"}
    browser.post(KEEP, hidden_of(browser, LOG) | typed, HTTP_ACCEPT_LANGUAGE=language, **SCRIPT)

    assert Draft.objects.get(user=petugas).label == f"{city.short_name}, 28 Mei 2026"


@pytest.mark.parametrize("who", ["petugas_unit", "petugas_asing", "humas", "admin", "auditor"])
def test_strangers_learn_nothing_and_take_nothing(as_person, petugas, bare, request, who):
    stranger = request.getfixturevalue(who)
    writer = as_person(petugas)
    keep(writer, hidden_of(writer, url(bare)))
    draft = Draft.objects.get()
    permission = f"?izin={drafts.grant(draft, stranger)}"

    address = reverse("agencies:draft_take_over", args=[draft.pk])
    answers = [as_person(stranger).post(address + more).status_code for more in ("", "?izin=x", permission)]

    assert set(answers) <= {403, 404}
    assert Draft.objects.get().user == petugas


def test_a_permission_is_for_one_person_and_one_hour(as_person, petugas, rekan, pimpinan, bare, monkeypatch):
    writer = as_person(petugas)
    keep(writer, hidden_of(writer, url(bare)))
    address = take_address(as_person(rekan), url(bare))

    assert as_person(pimpinan).post(address).status_code == 404
    monkeypatch.setattr(drafts, "GRANT_AGE", dt.timedelta(seconds=-1))
    assert as_person(rekan).post(address).status_code == 404


def test_the_journal_of_another_agency_is_nobody_s_business(as_person, petugas, rekan, commitment, petugas_unit):
    address = f"{commitment.get_absolute_url()}perkembangan/"
    browser = as_person(petugas_unit)
    browser.post(KEEP, hidden_of(browser, address) | {"text": "Rahasia unit"}, **SCRIPT)

    for other in (petugas, rekan):
        assert "Sedang ditulis" not in as_person(other).get(address).content.decode()


# --- throwing away, the desk, the sweep ----------------------------------------------------


def test_throwing_away_asks_first_and_works_once(as_person, petugas, rekan, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)))
    address = reverse("agencies:draft_throw_away", args=[Draft.objects.get().pk])

    asked = browser.get(address)
    stolen = [as_person(rekan).get(address).status_code, as_person(rekan).post(address).status_code]
    assert Draft.objects.count() == 1
    answers = [browser.post(address).status_code for _click in range(2)]

    assert "Buang konsep ini?" in asked.content.decode()
    assert stolen == [404, 404]
    assert answers == [302, 302]
    assert not Draft.objects.exists()


def test_the_desk_leads_back_to_one_s_own_drafts_only(as_person, petugas, rekan, bare):
    browser = as_person(petugas)
    keep(browser, hidden_of(browser, url(bare)))

    mine, others = (as_person(user).get("/").content.decode() for user in (petugas, rekan))

    assert "Konsep yang belum disimpan" in mine
    assert f'href="{url(bare)}"' in mine
    assert "Lengkapi isian: K-2026-050" in mine
    assert "Konsep yang belum disimpan" not in others


@pytest.mark.parametrize("rows", [1, 20])
def test_the_desk_costs_the_same_for_any_number_of_drafts(as_person, petugas, rows, django_assert_num_queries):
    for number in range(rows):
        content = {"path": LOG, "title": "Catat pertemuan", "fields": {}}
        Draft.objects.create(user=petugas, form=f"catat~{number}", content=content, updated_at=AT)

    with django_assert_num_queries(1):
        found = drafts.drafts_of(petugas)

    assert len(found) == rows
    assert as_person(petugas).get("/").content.decode().count("Buang") >= rows


def test_drafts_untouched_for_ninety_days_are_dropped(petugas):
    for age, form in ((91, "tua"), (89, "muda")):
        Draft.objects.create(user=petugas, form=form, updated_at=AT - dt.timedelta(days=age))

    assert drafts.sweep(at=AT) == 1
    assert Draft.objects.get().form == "muda"


def test_the_sweep_is_a_task(db):
    assert sweep_drafts() == 0


def test_a_draft_belongs_to_the_agency_chosen_in_the_form_only_when_it_is_one_s_own(petugas, bp3mi, stranger):
    opening = Opening(user_id=petugas.pk, key="catat~1", title="-", path=LOG, agency_id=bp3mi.pk, is_shared=True)

    draft = drafts.keep(opening, {"host": ["asing"]}, at=AT, known=0)

    assert draft.agency == bp3mi


def test_what_a_guest_writes_about_a_record_is_not_its_keeper_s_to_take(petugas_unit, petugas, bp3mi):
    opening = Opening(user_id=petugas_unit.pk, key="jawab:A-1", title="-", path="/", agency_id=bp3mi.pk, is_shared=True)

    draft = drafts.keep(opening, {"text": ["Keberatan kami"]}, at=AT, known=0)

    assert draft.agency is None
    with pytest.raises(Refusal, match="Tidak ditemukan"):
        drafts.take_over(draft, by=petugas, at=AT)


def test_the_refusal_carries_its_reason(petugas):
    opening = Opening(user_id=petugas.pk, key="x", title="-", path="/")

    with pytest.raises(Refusal, match="disimpan atau dibuang"):
        drafts.keep(opening, {}, at=AT, known=7)
