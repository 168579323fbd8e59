"""The check page: open to all, says little, never says forged."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reports.codes import new_code
from reports.models import Report, ReportStatus
from reports.views import check
from tests.factories import at

CODE = "7KQ4-M2XD-97"
DIGEST = " ".join(["a1b2a1b2"] * 8)


@pytest.fixture(autouse=True)
def forget(db):
    cache.clear()


@pytest.fixture
def draft(agreement, bp3mi, humas):
    return Report.objects.create(
        code=CODE, agreement=agreement, issuer=bp3mi, period="2026-TW1", starts_on="2026-01-01", ends_on="2026-03-31",
        as_of=at("2026-03-31"), snapshot='{"rahasia":"isi"}', snapshot_sha256="a1b2" * 16, made_by=humas,
        made_at=at("2026-04-01"), pages=7,
    )  # fmt: skip


@pytest.fixture
def published(draft, humas):
    draft.status, draft.published_by, draft.published_at = ReportStatus.PUBLISHED, humas, at("2026-04-02", "10.15")
    draft.pdf_sha256 = "c3d4" * 16
    draft.save(update_fields=["status", "published_by", "published_at", "pdf_sha256"])
    return draft


def page(code: str = CODE, **kwargs):
    return Client(**kwargs).get(reverse("reports:check", args=[code]))


def test_a_published_report_is_recorded_and_valid(published):
    answer = page()

    words = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Tercatat dan berlaku", CODE, "BP3MI Uji", "2 April 2026", DIGEST, "c3d4c3d4 c3d4c3d4", ">7<"):
        assert shown in words
    assert "Keaslian tanda tangan diperiksa pada dokumen bertanda tangan" in words
    assert "asli" not in words.lower().replace("keaslian", "")


def test_a_draft_says_only_that_it_is_one_and_whose(draft, humas):
    words = page().content.decode()

    assert "Draf, belum diterbitkan" in words
    assert "BP3MI Uji" in words
    for hidden in ("a1b2", draft.agreement.code, "29 Oktober", humas.name, "rahasia", "TW1", "31 Maret"):
        assert hidden not in words


def test_an_unknown_code_is_not_called_forged(db):
    answer = page(new_code())

    words = answer.content.decode()
    assert answer.status_code == 404
    assert "Tidak dikenal" in words
    assert "Kode tidak ditemukan di sistem ini" in words
    assert "palsu" not in words.lower()


@pytest.mark.parametrize("typed", [CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "])
def test_a_code_is_found_however_it_is_typed(published, typed):
    asked = Client().get(reverse("reports:check_form"), {"kode": typed}, follow=True)
    opened = Client().get(f"/v/{typed.strip()}/", follow=True)

    assert asked.redirect_chain[0][0] == reverse("reports:check", args=[CODE])
    for answer in (asked, opened):
        assert "Tercatat dan berlaku" in answer.content.decode()


@pytest.mark.parametrize("typed", ["../../etc/passwd", "<script>alert(1)</script>", "x" * 5000, "....", "/"])
def test_nonsense_is_unknown_and_never_breaks_the_page(db, typed):
    answer = Client().get(reverse("reports:check_form"), {"kode": typed}, follow=True)

    assert answer.status_code in (200, 404)
    assert "<script>alert" not in answer.content.decode()


def test_the_empty_form_asks_for_the_code(db):
    answer = Client().get(reverse("reports:check_form"))

    assert answer.status_code == 200
    assert "Ketik kode" in answer.content.decode()


def test_guessing_is_slowed_down_in_words_and_other_people_are_not(published):
    for _guess in range(check.MISSES):
        assert page(new_code()).status_code == 404

    refused = page()

    assert refused.status_code == 429
    assert "Terlalu banyak percobaan. Coba lagi pukul" in refused.content.decode()
    assert page(REMOTE_ADDR="192.0.2.9").status_code == 200


def test_looking_up_a_known_code_never_counts_as_guessing(published):
    for _look in range(check.MISSES + 5):
        assert page().status_code == 200


def test_the_page_needs_no_script_and_is_small(published):
    answer = page()

    assert "<script" not in answer.content.decode()
    assert len(answer.content) < 20_000


def test_the_page_cannot_be_posted_to(db):
    assert Client().post(reverse("reports:check", args=[CODE])).status_code == 405
