"""Commitments from a letter or an instruction, without a meeting."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.models import Commitment, Origin
from commitments.status import Status
from tests.factories import AgreementFactory

URL = "/komitmen/catat/"
TOKEN = "7d2f5c1e-8f52-4d0a-9c39-1c7d3f0a5b11"


def typed(**more):
    return {
        "host": "bp3mi", "origin": "LETTER", "origin_on": "2 Maret 2026", "reference": "B-7/2026",
        "lines": "Penjajakan Kelurahan Migran Emas @naker", "aksi": "draf", **more,
    }  # fmt: skip


def test_one_line_becomes_one_draft_with_its_letter(as_person, petugas, agreement, unit):
    response = as_person(petugas).post(URL, typed(agreement=agreement.pk))

    made = Commitment.objects.get()
    assert response["Location"] == f"/komitmen/{made.code}/"
    assert (made.origin, str(made.origin_on), made.origin_reference) == (Origin.LETTER, "2026-03-02", "B-7/2026")
    assert (made.agreement, made.lead, made.meeting, made.status) == (agreement, unit, None, Status.DRAFT)


def test_several_lines_are_listed_above_the_empty_form(as_person, petugas, unit):
    client = as_person(petugas)

    response = client.post(URL, typed(lines="Bursa kerja @naker\nSosialisasi SMK", origin="INSTRUCTION"), follow=True)

    text = response.content.decode()
    assert "2 komitmen baru dicatat" in text
    assert "/komitmen/K-2026-001/sampaikan/" in text
    assert "2 komitmen tersimpan sebagai draf: K-2026-001, K-2026-002." in text


def test_saving_and_sharing_makes_them_known(as_person, petugas, unit):
    as_person(petugas).post(URL, typed(aksi="sampaikan"))

    assert Commitment.objects.get().status == Status.NOT_STARTED


def test_an_unshared_line_is_shared_later_and_twice_is_once(as_person, petugas, unit):
    client = as_person(petugas)
    client.post(URL, typed())
    made = Commitment.objects.get()

    first = client.post(f"/komitmen/{made.code}/sampaikan/")
    client.post(f"/komitmen/{made.code}/sampaikan/")

    made.refresh_from_db()
    assert first["Location"] == f"/komitmen/{made.code}/"
    assert made.status == Status.NOT_STARTED
    assert made.moves.count() == 1


def test_the_page_of_an_unshared_line_offers_to_share_or_discard_it(as_person, petugas, unit):
    client = as_person(petugas)

    drafted = client.post(URL, typed(), follow=True).content.decode()
    made = Commitment.objects.get()
    client.post(f"/komitmen/{made.code}/sampaikan/")
    shared = client.get(f"/komitmen/{made.code}/").content.decode()

    for door in ("sampaikan", "buang"):
        assert f"/komitmen/{made.code}/{door}/" in drafted
        assert f"/komitmen/{made.code}/{door}/" not in shared


def test_the_lead_does_not_share_or_see_a_draft(as_person, petugas, petugas_unit):
    as_person(petugas).post(URL, typed())
    made = Commitment.objects.get()

    response = as_person(petugas_unit).post(f"/komitmen/{made.code}/sampaikan/")

    made.refresh_from_db()
    assert response.status_code == 404
    assert made.status == Status.DRAFT


def test_the_second_click_records_once(as_person, petugas, unit):
    client = as_person(petugas)

    first, second = (client.post(URL, typed(token=TOKEN)) for _click in range(2))

    assert Commitment.objects.count() == 1
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("origin_on", "31 Februari 2026", "tidak ada di kalender"),
        ("origin_on", "Selasa, 28 Januari 2026", "jatuh pada hari Rabu, bukan Selasa"),
        ("origin_on", "", "belum diisi"),
        ("reference", "", "belum diisi"),
        ("lines", "", "Tulis paling sedikit satu komitmen."),
        ("lines", "Bursa kerja @nakr", "@naker"),
        ("lines", "Bursa kerja /1jan2025", "Simpan meskipun ada peringatan"),
        ("lines", "x" * 5000, "terlalu panjang"),
        ("origin", "MEETING", "Masukkan pilihan yang valid"),
        ("host", "asing", "Masukkan pilihan yang valid"),
    ],
)
def test_bad_input_is_said_and_everything_typed_is_kept(as_person, petugas, unit, stranger, field, value, sentence):
    response = as_person(petugas).post(URL, typed(**{field: value}))

    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert value in text
    assert "B-7/2026" in text or field == "reference"
    assert not Commitment.objects.exists()


def test_an_empty_form_says_what_is_missing(as_person, petugas):
    response = as_person(petugas).post(URL, {"aksi": "draf"})

    assert response.status_code == 422
    assert {"origin_on", "reference", "lines"} <= set(response.context["form"].errors)


def test_an_agreement_of_strangers_is_no_choice(as_person, petugas, unit, stranger):
    foreign = AgreementFactory(host_agency=stranger)

    response = as_person(petugas).post(URL, typed(agreement=foreign.pk))

    assert response.status_code == 422
    assert "agreement" in response.context["form"].errors
    assert not Commitment.objects.exists()


def test_the_box_is_read_while_typing(as_person, petugas, unit):
    response = as_person(petugas).post(URL, typed(aksi="periksa"), headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "Terbaca 1 komitmen" in response.content.decode()
    assert "<h1>" not in response.content.decode()


def test_the_box_is_read_even_before_the_date_is_typed(as_person, petugas, unit):
    response = as_person(petugas).post(URL, typed(aksi="periksa", origin_on=""))

    assert "Terbaca 1 komitmen" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("humas", 403), ("admin", 403), ("auditor", 403), ("petugas_unit", 200)])
def test_who_may_open_the_page(as_person, request, unit, who, status):
    assert as_person(request.getfixturevalue(who)).get(URL).status_code == status


def test_codes_of_others_in_the_address_show_nothing(as_person, petugas_asing, commitment):
    text = as_person(petugas_asing).get(URL, {"tercatat": f"{commitment.code} \0 x"}).content.decode()

    assert commitment.wording not in text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(["host", "origin", "origin_on", "reference", "agreement", "lines", "aksi", "token"]),
        st.text(max_size=80)
        | st.sampled_from(["LETTER", "bp3mi", "2 Maret 2026", "Bursa @naker /30jun #1 =4", "draf"]),
    )
)
def test_whatever_is_sent_is_answered(as_person, petugas, unit, fields):
    response = as_person(petugas).post(URL, fields)

    assert response.status_code in (200, 302, 409, 422)
