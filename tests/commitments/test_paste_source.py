"""The whole source behind a commitment: for its keeper and its auditor only, with the commitment's words marked."""

import pytest
from django.urls import reverse

from commitments.models import Commitment
from tests.factories import CommitmentFactory, SourceTextFactory

TEXT = "Pembuka <b>tebal</b>. Pendataan bersama. Perkara Dinas Lain.\nPenutup."


@pytest.fixture
def pasted(meeting, unit):
    start = TEXT.index("Pendataan bersama")
    return CommitmentFactory(
        code="K-2026-031",
        meeting=meeting,
        lead=unit,
        source=SourceTextFactory(text=TEXT, label="Siaran pers uji", source_url="https://situs.contoh.example/a"),
        span_start=start,
        span_end=start + len("Pendataan bersama"),
    )


@pytest.fixture
def url(pasted):
    return reverse("commitments:source", args=[pasted.code])


def test_the_keeper_reads_the_whole_text_with_the_words_marked(as_person, petugas, url):
    page = as_person(petugas).get(url).content.decode()

    assert '<mark id="rumusan-asli" tabindex="-1">Pendataan bersama</mark>' in page
    assert "Perkara Dinas Lain." in page
    assert "Siaran pers uji" in page


def test_markup_in_a_source_is_text(as_person, petugas, url):
    page = as_person(petugas).get(url).content.decode()

    assert "Pembuka &lt;b&gt;tebal&lt;/b&gt;." in page


def test_its_auditor_reads_it_too(as_person, auditor, url):
    assert as_person(auditor).get(url).status_code == 200


@pytest.mark.parametrize("name", ["petugas_unit", "pimpinan_unit", "humas", "admin"])
def test_others_who_see_the_commitment_read_only_its_own_words(request, as_person, name, url, pasted):
    browser = as_person(request.getfixturevalue(name))

    answer = browser.get(url)

    assert answer.status_code == 403
    assert "Perkara Dinas Lain" not in answer.content.decode()
    assert url not in browser.get(pasted.get_absolute_url()).content.decode()


def test_to_strangers_it_does_not_exist(as_person, petugas_asing, url):
    assert as_person(petugas_asing).get(url).status_code == 404


def test_the_commitment_leads_to_its_place_in_the_source(as_person, petugas, url, pasted):
    page = as_person(petugas).get(pasted.get_absolute_url()).content.decode()

    assert f'href="{url}#rumusan-asli"' in page


def test_reading_costs_the_same_however_many_share_the_text(
    as_person, petugas, url, pasted, django_assert_max_num_queries
):
    browser = as_person(petugas)
    browser.get(url)
    with django_assert_max_num_queries(40) as few:
        browser.get(url)
    for number in range(20):
        row = CommitmentFactory(
            meeting=pasted.meeting, source=pasted.source, lead=pasted.lead, span_start=0, span_end=7
        )
        assert Commitment.objects.filter(pk=row.pk).exists(), number

    with django_assert_max_num_queries(len(few)):
        browser.get(url)


def test_it_is_only_read(as_person, petugas, url):
    assert as_person(petugas).post(url).status_code == 405
