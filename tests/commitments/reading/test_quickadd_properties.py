"""What holds for every text, not only for those somebody thought of."""

import datetime as dt
import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.reading.offers import take
from commitments.reading.quickadd import AgencyName, ClauseName, Line, parse, render

AGENCIES = [
    AgencyName("naker", "Sudin Contoh A", "Sudin A", ("Disnaker",)),
    AgencyName("dik1", "Sudin Contoh B"),
    AgencyName("dik2", "Sudin Contoh C"),
]
CLAUSES = [ClauseName("1", "Edukasi"), ClauseName("3.1.b", "Pemantauan")]
PIECES = [
    "Edukasi", "job fair/bursa", "(bersama", "SMK)", "dan,", "kali", "juni", "2026", "2", "e\u0301", "\U0001f44d",
    "@naker", "@dik1,2", "(@dik2)", "@nakr", "@", "@@x", "#1", "#3.1.b.", "#9", "=4", "=2,5ton", "=x",
    "/30jun", "/30", "/31feb", "/atau", "/tw", "/minggu", "/1-1-2020",
    "1.", "-", "- ", "[ ]", "[x]y", "a)", "[28/01/26 10.15] Nama:", ">", "\n", "\n  ", "\n> ",
    "@@Kepala", "@@Kepala Seksi,", "(@@x)", "!", "\\!", "(!", "Sudin A akan", "paling lambat 30 Juni 2026",
    "\\", "\\@x", "\\\\#1", "\\-", "\t", ",", ".", ":", ")", "(", "\u00a0", "\u200b",
]  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join) | st.lists(st.sampled_from(PIECES)).map("".join)
days = st.dates(dt.date(2001, 1, 1), dt.date(2090, 1, 1))


def read(text: str, meeting_on: dt.date = dt.date(2026, 1, 28)):
    return parse(text, meeting_on=meeting_on, agencies=AGENCIES, clauses=CLAUSES)


def said(line: Line) -> tuple:
    return (
        line.wording,
        line.lead,
        line.supporting,
        line.due_on,
        line.clause_keys,
        line.target,
        line.unit,
        line.note,
        line.person_text,
        line.is_important,
    )


@given(texts, st.dates())
def test_reading_never_raises_and_repeats_itself(text, meeting_on):
    reading = read(text, meeting_on)

    assert read(reading.text, meeting_on) == reading
    assert all(remark.text for remark in reading.all_remarks)


@given(texts)
def test_spans_lie_in_the_text_and_hold_what_they_say(text):
    reading = read(text)

    for line in reading.lines:
        assert 0 <= line.span.start <= line.wording_span.start <= line.wording_span.end <= line.span.end
        assert line.span.end <= len(reading.text)
        assert "\n" not in line.span.of(reading.text)
        assert reading.text.count("\n", 0, line.span.start) == line.number - 1
        stretch = "".join(re.findall(r"[^\\\s]", line.wording_span.of(reading.text)))
        assert is_subsequence(re.findall(r"[^\\\s]", line.wording), stretch)


@given(texts)
def test_offers_rest_on_words_of_their_line_and_taking_one_is_understood(text):
    reading = read(text)

    for line in reading.lines:
        for offer in line.offers:
            assert line.span.start <= offer.span.start < offer.span.end <= line.span.end
            taken = read(take(reading.text, line.span, offer))
            again = next(other for other in taken.lines if other.number == line.number)
            assert offer.code in (None, again.lead, *again.supporting)
            assert offer.on in (None, again.due_on)
            assert len(taken.lines) == len(reading.lines)


def is_subsequence(short, long) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


PLAIN = [piece for piece in PIECES if not {"\n", "\t"} & set(piece) and piece != "juni"]  # a tab may make a table


@given(st.lists(st.sampled_from(PLAIN)).map(" ".join))
def test_words_outside_tokens_are_never_lost(text):
    reading = read(text)

    for line in reading.lines:
        plain = re.sub(r"(?:^|(?<=\s))[(\[]*[@/#=]\S*", " ", line.span.of(reading.text))
        kept = f"{line.wording} {line.unit} {line.person_text}"
        assert all(word in kept for word in re.findall(r"[A-Za-z]+", plain))


@given(texts, days)
def test_a_line_written_back_reads_the_same(text, meeting_on):
    for line in read(text, meeting_on).lines:
        assume(line.wording or line.lead or line.due_on or line.clause_keys or line.person_text)
        written = render(line)
        assume(max(map(len, written.split("\n"))) <= 2000)

        (again,) = read(written, meeting_on).lines

        assert said(again) == said(line)
        is_kept = not any(remark.is_error for remark in again.remarks)
        assert is_kept or not line.wording or len(line.unit) > 60


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "@x " * 330_000,
        "/1 " * 330_000,
        ("@nakr" * 390 + "\n") * 500,
        ("@nakr " * 330 + "\n") * 500,
        "(" * 1_000_000 + "a",
        "\\" * 1_000_000 + "a",
        "- " * 500_000 + "a",
        "1" + " " * 1_000_000 + "1",
        "[" + "1" * 1_000_000,
        "a\n" + "> b\n" * 250_000,
        "\n" * 1_000_000,
        ("@@ab " * 390 + "\n") * 500,
        ("Sudin A dan " * 160 + "\n") * 500,
        ("paling lambat " * 140 + "\n") * 500,
        ("30 juni " * 240 + "\n") * 500,
        ("akhir bulan " * 160 + "\n") * 500,
        ("dalam waktu 2 " * 140 + "\n") * 500,
        ("tw iv " * 300 + "\n") * 500,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_megabyte_is_read_in_a_moment(text):
    started = time.process_time()

    read(text)

    assert time.process_time() - started < 5
