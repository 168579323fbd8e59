import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reading.spans import Span, lines_with_spans, normalise


@pytest.mark.parametrize("typed", ["a\r\nb", "a\rb", "a\u2028b", "a\x0bb", "a\x85b"])
def test_every_kind_of_line_break_becomes_a_newline(typed):
    assert normalise(typed) == "a\nb"


@pytest.mark.parametrize("invisible", ["\x00", "\u200b", "\u202e", "\ufeff", "\u00ad", "\u2066", "\x1b"])
def test_invisible_characters_are_left_out(invisible):
    assert normalise(f"@na{invisible}ker") == "@naker"


def test_accents_tabs_and_no_break_spaces_stay_as_typed():
    typed = "e\u0301\tRp\u00a05 \U0001f44d"

    assert normalise(typed) == typed


def test_a_lone_surrogate_is_replaced_because_it_cannot_be_stored():
    assert normalise("a\ud800b") == "a\ufffdb"


@given(st.text())
def test_normalising_twice_changes_nothing_and_gives_storable_text(typed):
    once = normalise(typed)

    assert normalise(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@given(st.text(alphabet="ab \n\r"))
def test_lines_stand_where_their_spans_say(typed):
    text = normalise(typed)

    lines = list(lines_with_spans(text))

    assert [line.text for line in lines] == text.split("\n")
    assert all(line.span.of(text) == line.text for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_cannot_run_backwards_or_before_the_text(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)
