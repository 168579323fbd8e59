"""*Bahan audiensi* is one page whatever is in the record: filled by counting, checked by laying it out."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.carry import Carried, Why
from commitments.models import Commitment, Progress, Strength
from commitments.status import Status
from meetings.models import Attendance
from reports.counting.strength import Remark, Standpoint
from reports.papers.brief import page_of, print_brief
from reports.papers.brief_facts import BriefFacts, Open, Since
from reports.papers.measure import fitted
from tests.factories import AgencyFactory, AgreementFactory, MeetingFactory, UserFactory, at

NOW = at("2026-04-02")
HARD = (
    "W" * 200,
    "😀 اتفاقية التعاون " * 20,
    " ".join(["pelatihan"] * 33),
    "kata " * 60,
    "漢字" * 90,
    "i" * 300,
)


def in_memory(sizes, words) -> BriefFacts:
    """Facts of an office and a partner that are in no database: (ours, theirs, nobody's) open commitments."""
    host, partner = (
        AgencyFactory.build(pk=n, name=words[:200], short_name=words[:80], is_example=True) for n in (1, 2)
    )
    noted = {"host_agency": host, "counterpart": partner, "starts_at": dt.time(9), "place": words[:200]}
    coming, before = (MeetingFactory.build(led_by=words[:200], received_by=words[:200], **noted) for _n in "ab")
    facts = BriefFacts(host, partner, UserFactory.build(), at=NOW, meeting=coming)
    facts.previous, facts.closed = before, 3
    facts.agreement = AgreementFactory.build(host_agency=host, ends_on=dt.date(2028, 10, 29)) if any(sizes) else None
    facts.people = [Attendance(agency=partner, name=words[:120], post_text=words[:160])] * 5
    facts.open_rows = [
        unsaved(side, n, words, lead=(host, partner, None)[side]) for side in range(3) for n in range(sizes[side])
    ]
    told = [Progress(commitment=row.commitment, agency=partner, text=words, at=NOW) for row in facts.open_rows]
    facts.last_word = told[0] if told else None
    facts.since = Since(9, 9, 9, len(told), len(told), 9, tuple(told))
    return facts


def unsaved(side, n, words, *, lead) -> Open:
    """An open row; its reason follows from its number."""
    row = Commitment(
        code=f"K-2026-{side}{n:02}", wording=words, lead=lead, host_agency=AgencyFactory.build(),
        status=Status.RUNNING, due_on=dt.date(2026, 5, 1) if n % 2 else None, due_basis="AGREED" if n % 2 else "",
    )  # fmt: skip
    remark = Remark(words[:80], "keberatan", words, NOW)
    stood = Standpoint(Strength.IN_MEETING, 1, 2, is_confirmed_by_partner=False, words="", remarks=(remark,))
    why = list(Why)[n % 4]
    return Open(
        Carried(row, why, "belum ada perkembangan 100 hari"), stood, is_ours=side == 0, is_theirs=side == 1,
        we_support=False, they_support=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", HARD, ids=lambda words: words[:9])
def test_sixty_commitments_in_hard_words_are_one_page(words):
    facts = in_memory((20, 25, 15), words)

    page = page_of(facts)

    assert print_brief(facts).pages == 1
    assert [group.total for group in page.groups] == [20, 25, 15]
    assert all(group.lines for group in page.groups)


@settings(max_examples=10, deadline=None)
@given(sizes=st.tuples(*[st.integers(0, 12)] * 3), words=st.sampled_from([*HARD, "Sosialisasi ke sekolah"]))
def test_any_number_of_commitments_is_one_page_and_every_group_shows_its_first(sizes, words):
    facts = in_memory(sizes, words)

    page = page_of(facts)

    assert print_brief(facts).pages == 1
    assert [group.total for group in page.groups if group.total] == [size for size in sizes if size]
    assert all(group.lines for group in page.groups if group.total)


@given(said=st.text(max_size=600), mm=st.floats(20, 180), most=st.integers(1, 3))
def test_fitted_words_are_the_beginning_of_what_was_said_and_never_more_lines_than_allowed(said, mm, most):
    plain = " ".join(said.split())

    text = fitted(said, mm=mm, most=most)

    assert 1 <= text.lines <= most
    assert text.words == plain or plain.startswith(text.words.removesuffix("…"))
    assert text.words == plain or text.words.endswith("…")


def test_ordinary_words_are_measured_as_they_are_printed():
    sentence = "Sosialisasi migrasi aman di sekolah menengah kejuruan dan lembaga pelatihan kerja"

    assert fitted(sentence, mm=172, most=2).lines == 1
    assert fitted(sentence, mm=100, most=2).lines == 2
    assert fitted(sentence, mm=60, most=2).words.endswith("…")
