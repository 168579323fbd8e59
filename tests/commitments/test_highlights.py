"""Numbered stretches of a source text: every word once, every stretch complete, numbers in the order of the text."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.highlights import numbered, pieces
from commitments.reading.spans import Span

TEXT = "Rabu (28/1/2026) rapat menyepakati pendataan bersama Dinas Alfa."


def spans_in(length):
    edges = st.tuples(st.integers(0, length), st.integers(0, length))
    return st.lists(edges.map(lambda pair: Span(min(pair), max(pair))), max_size=12)


def test_numbers_follow_the_text_and_the_outer_stretch_comes_first():
    inner, outer, first = Span(40, 45), Span(40, 60), Span(0, 4)

    assert numbered([inner, outer, first]) == {first: 1, outer: 2, inner: 3}


def test_two_things_from_the_same_words_share_a_number():
    assert numbered([Span(0, 4), Span(0, 4)]) == {Span(0, 4): 1}


def test_a_stretch_without_words_has_no_number():
    assert numbered([Span(3, 3)]) == {}


def test_a_stretch_inside_another_is_cut_out_and_belongs_to_both():
    outer, inner = Span(35, 63), Span(53, 63)

    found = pieces(TEXT, numbered([outer, inner]))

    assert [(piece.text, piece.numbers, piece.begins) for piece in found] == [
        (TEXT[:35], (), ()),
        ("pendataan bersama ", (1,), (1,)),
        ("Dinas Alfa", (1, 2), (2,)),
        (".", (), ()),
    ]
    assert found[2].number_list == " 1 2 "


def test_a_text_without_stretches_is_one_piece():
    assert [piece.text for piece in pieces(TEXT, {})] == [TEXT]


def test_an_empty_text_has_no_piece():
    assert list(pieces("", {})) == []


@given(spans_in(len(TEXT)))
def test_the_pieces_together_are_the_text_and_each_stretch_is_whole(spans):
    numbers = numbered(spans)

    found = pieces(TEXT, numbers)

    assert "".join(piece.text for piece in found) == TEXT
    for span, number in numbers.items():
        assert "".join(piece.text for piece in found if number in piece.numbers) == span.of(TEXT)
        assert [piece.start for piece in found if number in piece.begins] == [span.start]
