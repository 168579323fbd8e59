"""What changed between versions: nothing lost, nothing marked that stayed, and no text that takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.minutes_diff import Mark, changes, word_diff
from meetings.minutes_words import time_words

WORDS = st.lists(st.sampled_from(["rapat", "bursa", "kerja", "30", "Juni", "\n", "  "]), max_size=30).map(" ".join)


def side(pieces, left_out):
    return "".join(piece.text for piece in pieces if piece.mark != left_out)


@given(WORDS, WORDS)
def test_both_texts_are_whole_in_the_difference(old, new):
    pieces = word_diff(old, new)

    assert side(pieces, Mark.ADDED) == old
    assert side(pieces, Mark.REMOVED) == new


@given(WORDS)
def test_the_same_text_has_no_marks(text):
    assert {piece.mark for piece in word_diff(text, text)} <= {Mark.SAME}


def test_only_the_words_that_differ_are_marked():
    pieces = word_diff("Tempat belum ditentukan hari ini.", "Tempat sudah ditentukan hari ini.")

    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.SAME, "Tempat "), (Mark.REMOVED, "belum"), (Mark.ADDED, "sudah"), (Mark.SAME, " ditentukan hari ini."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 200_000, "b " * 200_000),
        ("a\n" * 200_000, "b\na\n" * 100_000),
        ("".join(f"{n % 97}\n" for n in range(60_000)), "".join(f"{n % 89}\n" for n in range(60_000))),
        ("x" * 1_000_000, "y" * 1_000_000),
    ],
)
def test_long_texts_take_no_longer_than_a_page_may(old, new):
    started = time.perf_counter()
    pieces = word_diff(old, new)

    assert time.perf_counter() - started < 2
    assert side(pieces, Mark.ADDED) == old


def content(**changed):
    return {
        "kind": "Audiensi", "held_on": "2026-01-28", "starts_at": "", "ends_at": "", "place": "", "led_by": "",
        "received_by": "", "attendance": [], "general": "", "agenda": [], "lines": [], "statements": [],
    } | changed  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("09.00", "11.30", "09.00 sampai 11.30"),
        ("09.00", "", "09.00"),
        ("", "11.30", "Sampai pukul 11.30"),
        ("", "", ""),
    ],
)
def test_the_time_says_which_end_is_known(starts, ends, words):
    assert time_words(content(starts_at=starts, ends_at=ends)) == words


def test_only_the_sections_that_differ_are_told():
    old = content(place="Balai Kota", general="Satu.")
    new = content(place="Balai Kota", general="Dua.")

    assert [change.label for change in changes(old, new)] == ["Catatan umum"]


def test_a_new_item_before_the_others_marks_itself_alone():
    items = [{"title": title, "discussion": "Dibahas.", "outcome": ""} for title in ("Satu", "Dua", "Tiga")]

    (change,) = changes(content(agenda=items[1:]), content(agenda=items))

    assert {piece.mark for piece in change.pieces} == {Mark.SAME, Mark.ADDED}
    assert [piece.text.split()[0] for piece in change.pieces if piece.mark == Mark.ADDED] == ["Satu"]


def test_a_long_passage_that_stayed_is_shortened():
    old = content(general=f"{'panjang ' * 300}\nawal")
    new = content(general=f"{'panjang ' * 300}\nakhir")

    (change,) = changes(old, new)

    assert "[...]" in change.pieces[0].text
    assert len(change.pieces[0].text) < 500
