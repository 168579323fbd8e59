"""A line that nearly repeats an open commitment: news about that one, or a promise of its own."""

import re
import uuid

import pytest
from django.urls import reverse

from agencies.models import Event
from commitments.models import Commitment, Progress
from commitments.status import Status
from meetings.models import Meeting
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, person

WORDS = "Pendataan keluarga pekerja migran di tiga kelurahan"


@pytest.fixture
def url():
    return reverse("commitments:log")


@pytest.fixture
def known(meeting, unit):
    """An open commitment of an agency without account."""
    return CommitmentFactory(code="K-2026-031", meeting=meeting, lead=unit, wording=WORDS, status=Status.RUNNING)


@pytest.fixture
def typed(bp3mi, known):
    return {
        "host": bp3mi.code, "held_on": "3 Maret 2025", "kind": "AUDIENCE", "token": str(uuid.uuid4()),
        "lines": f"{WORDS}. @naker /30jun\n  sudah dua kelurahan\nHal lain sama sekali", "aksi": "sampaikan",
    }  # fmt: skip


@pytest.fixture
def browser(as_person, petugas):
    return as_person(petugas)


def read(browser, url, typed):
    return browser.post(url, typed | {"aksi": "periksa"})


def choice(answer):
    """The name of the choice beside the line, or None when nothing is offered."""
    found = re.search(r'name="(mirip-[0-9a-f]{8})"', answer.content.decode())
    return found and found[1]


def test_the_near_one_is_named_with_its_status(browser, url, typed):
    page = read(browser, url, typed).content.decode()

    assert "K-2026-031</a> (Berjalan) · Sudin Naker" in page
    assert "Jadikan perkembangan di sana" in page
    assert page.count('type="radio"') == 2


def test_without_a_choice_the_line_stays_a_new_commitment(browser, url, typed):
    browser.post(url, typed)

    assert Commitment.objects.exclude(code="K-2026-031").count() == 2
    assert not Progress.objects.exists()


def test_as_news_it_is_written_into_that_journal_and_makes_no_commitment(browser, url, typed, known, unit, petugas):
    name = choice(read(browser, url, typed))

    answer = browser.post(url, typed | {name: "K-2026-031"}, follow=True)

    meeting = Meeting.objects.latest("pk")
    assert [c.wording for c in meeting.commitments.all()] == ["Hal lain sama sekali"]
    news = known.progress.get()
    assert news.text == f"{WORDS}.\nsudah dua kelurahan\nTenggat yang disebut: Senin, 30 Juni 2025."
    assert (news.on_behalf_of, news.source_kind, news.author) == (unit, "MEETING", petugas)
    assert (news.source_text, news.source_on) == (f"Pertemuan {meeting.code}", meeting.held_on)
    assert "1 perkembangan dicatat: K-2026-031." in answer.content.decode()


def test_news_alone_is_enough_for_a_meeting(browser, url, typed, known):
    typed |= {"lines": WORDS}
    name = choice(read(browser, url, typed))

    answer = browser.post(url, typed | {name: "K-2026-031"})

    assert answer.status_code == 302
    assert not Meeting.objects.latest("pk").commitments.exists()
    assert known.progress.count() == 1


def test_a_second_click_tells_it_once(browser, url, typed, known):
    name = choice(read(browser, url, typed))

    for _click in range(2):
        browser.post(url, typed | {name: "K-2026-031"})

    assert known.progress.count() == 1


def test_the_choice_is_kept_while_other_lines_are_typed_and_falls_away_with_its_words(browser, url, typed):
    name = choice(read(browser, url, typed))
    chosen = typed | {name: "K-2026-031"}

    kept = read(browser, url, chosen | {"lines": f"{typed['lines']}\nSatu lagi"})
    changed = read(browser, url, chosen | {"lines": f"{WORDS} dan satu kota @naker"})

    assert "Terbaca 2 komitmen, 1 perkembangan" in re.sub(r"\s+", " ", kept.content.decode())
    assert "perkembangan K-2026-031" not in changed.content.decode()


def test_a_choice_that_can_no_longer_be_kept_is_said_and_nothing_is_saved(browser, url, typed, known):
    name = choice(read(browser, url, typed))
    known.status, known.closed_at = Status.DONE, known.created_at
    known.save()

    answer = browser.post(url, typed | {name: "K-2026-031"})

    assert answer.status_code == 422
    assert "perkembangan pada K-2026-031 tidak dapat dicatat lagi" in answer.content.decode()
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("typed_code", ["K-2020-999", "<b>", "\0", "x" * 5000])
def test_a_made_up_choice_saves_nothing(browser, url, typed, typed_code):
    name = choice(read(browser, url, typed))

    answer = browser.post(url, typed | {name: typed_code})

    assert answer.status_code == 422
    assert not Progress.objects.exists()


def test_a_lead_with_an_account_speaks_for_itself_so_it_is_only_named(browser, url, typed, petugas_unit):
    answer = read(browser, url, typed)

    assert "K-2026-031</a> (Berjalan)" in answer.content.decode()
    assert choice(answer) is None


def test_the_lead_itself_reports_in_its_own_name(as_person, petugas_unit, unit, url, typed, known):
    own = as_person(petugas_unit)
    typed |= {"host": unit.code}
    name = choice(read(own, url, typed))

    own.post(url, typed | {name: "K-2026-031"})

    news = known.progress.get()
    assert (news.agency, news.on_behalf_of, news.source_kind) == (unit, None, "")


def test_commitments_of_others_are_never_named(as_person, stranger, url, typed):
    other = as_person(person(stranger, "OFFICER"))

    page = read(other, url, typed | {"host": stranger.code}).content.decode()

    assert "K-2026-031" not in page


@pytest.mark.parametrize(
    ("lines", "is_near"),
    [
        (f"{WORDS} @naker", True),
        (WORDS.upper(), True),
        (f"{WORDS} @sosial", False),
        ("Pendataan perusahaan @naker", False),
    ],
)
def test_near_means_nearly_the_same_words_and_no_other_owner(browser, url, typed, other_unit, lines, is_near):
    assert bool(choice(read(browser, url, typed | {"lines": lines}))) is is_near


def test_one_without_owner_is_near_to_a_line_of_anybody(browser, url, typed, known):
    known.lead = None
    known.save()

    assert choice(read(browser, url, typed))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DONE])
def test_only_what_is_open_is_near(browser, url, typed, known, status):
    known.status, known.closed_at = status, known.created_at if status == Status.DONE else None
    known.save()

    assert choice(read(browser, url, typed)) is None


def test_news_may_come_in_a_letter_but_not_in_an_instruction(browser, bp3mi, known):
    address = reverse("commitments:record_letter")
    typed = {
        "host": bp3mi.code, "origin": "LETTER", "origin_on": "3 Maret 2026", "reference": "S-12/2026", "lines": WORDS,
        "token": str(uuid.uuid4()),
    }  # fmt: skip
    name = choice(read(browser, address, typed))

    browser.post(address, typed | {name: "K-2026-031", "aksi": "draf"})

    assert (known.progress.get().source_kind, known.progress.get().source_text) == ("LETTER", "S-12/2026")
    assert choice(read(browser, address, typed | {"origin": "INSTRUCTION"})) is None


def test_lines_added_later_may_be_news_too(browser, meeting, known):
    address = reverse("commitments:add_lines", args=[meeting.code])
    typed = {"lines": WORDS, "token": str(uuid.uuid4())}
    name = choice(read(browser, address, typed))

    answer = browser.post(address, typed | {name: "K-2026-031", "aksi": "draf"}, follow=True)

    assert known.progress.count() == 1
    assert "1 perkembangan dicatat: K-2026-031." in answer.content.decode()


def test_the_trail_tells_of_the_news(browser, url, typed, known):
    name = choice(read(browser, url, typed))
    browser.post(url, typed | {name: "K-2026-031"})

    told = Event.objects.filter(object_code="K-2026-031").values_list("verb", flat=True)
    assert "commitment.progress_reported" in told


def test_what_fails_halfway_leaves_no_news(browser, url, typed, known, monkeypatch):
    name = choice(read(browser, url, typed))
    monkeypatch.setattr("commitments.views.recorded.recording.share", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        browser.post(url, typed | {name: "K-2026-031"})

    assert not Progress.objects.exists()
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 20])
def test_the_cost_does_not_grow_with_the_lines_or_with_what_is_open(
    browser, url, typed, meeting, city, rows, django_assert_num_queries
):
    others = AgencyFactory.create_batch(rows, parent=city)
    held = MeetingFactory(host_agency=meeting.host_agency, present=others)
    for number, lead in enumerate(others):
        CommitmentFactory(meeting=held, lead=lead, wording=f"Penyusunan bahan ajar jilid {number * 1111}")
    lines = [f"Penyusunan bahan ajar jilid {n * 1111} @{lead.code}" for n, lead in enumerate(others)]
    typed |= {"lines": "\n".join(lines), "aksi": "periksa"}
    browser.post(url, typed)

    with django_assert_num_queries(READING_QUERIES):
        page = browser.post(url, typed, headers={"HX-Request": "true"}).content.decode()

    assert page.count("Tetap baru") == rows


READING_QUERIES = 19
